//! What readers ask of the sample corpus, need by need; `tests/retrieval/needs.tsv` says what each must find.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::corpus::{gold, run};
use crate::shelf::root;

/// The gold text of each readable paper, in small letters with single blanks, by its path.
fn texts() -> BTreeMap<String, String> {
    let texts = gold()
        .into_iter()
        .filter(|paper| paper.state != "ocr-needed");
    texts
        .map(|paper| {
            let file = root().join("tests/gold/text").join(&paper.text);
            let text = std::fs::read_to_string(file).expect("a gold text");
            let words: Vec<&str> = text.split_whitespace().collect();
            (paper.path, words.join(" ").to_lowercase())
        })
        .collect()
}

#[test]
fn the_needs_of_readers_are_met_over_the_sample_corpus() {
    let texts = texts();
    let table = std::fs::read_to_string(root().join("tests/retrieval/needs.tsv")).expect("needs");
    let (mut asked, mut unmet) = (0, Vec::new());
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [query, kind, evidence, open @ ..] = cells.as_slice() else {
            panic!("a row of three cells or four: {line}")
        };
        let evidence = Regex::new(evidence).expect("an expression");
        let must: BTreeSet<&str> = texts
            .iter()
            .filter(|(_, text)| evidence.is_match(text))
            .map(|(path, _)| path.as_str())
            .collect();
        let files = run(&["search", "--json", "--limit", "1000", "--", query]).files();
        let found: BTreeSet<&str> = files
            .iter()
            .map(String::as_str)
            .filter(|file| texts.contains_key(*file))
            .collect();
        asked += 1;
        let missed: Vec<_> = must.difference(&found).collect();
        let beyond: Vec<_> = found.difference(&must).collect();
        if !missed.is_empty() || open.is_empty() && !beyond.is_empty() {
            unmet.push(format!(
                "`{query}` ({kind}) misses {missed:?}, finds {beyond:?} too"
            ));
        }
    }
    eprintln!("{} of {asked} needs met", asked - unmet.len());
    // Words that a scanner broke beyond repair are among them.
    assert!(unmet.len() * 100 <= asked * 3, "{unmet:#?}");
}
