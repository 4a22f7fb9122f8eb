//! Five real papers, as text and set as PDFs: who is answered, and what a search finds.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::shelf::{Shelf, pdf, shared};

/// The five, by the number that their name begins with.
fn numbers(files: &[String]) -> Vec<&str> {
    let mut numbers: Vec<&str> = files.iter().map(|file| &file[..3]).collect();
    numbers.sort_unstable();
    numbers
}

fn shelf(seeds: &Path, as_pdf: bool) -> Shelf {
    let shelf = Shelf::new();
    for entry in std::fs::read_dir(seeds).expect("the seeds") {
        let entry = entry.expect("a seed");
        let text = std::fs::read_to_string(entry.path()).expect("a seed is UTF-8");
        let name = entry.file_name().into_string().expect("a name");
        if as_pdf {
            // Double-spaced text does not fit a page; blank lines are no words.
            let lines: Vec<&str> = text
                .split('\n')
                .filter(|line| !line.trim().is_empty())
                .collect();
            shelf.put(&name.replace(".txt", ".pdf"), pdf(&lines.join("\n")));
        } else {
            shelf.put(&name, text);
        }
    }
    let summary = shelf.ingest();
    assert_eq!(
        (summary["seen"].as_u64(), summary["failed"].as_u64()),
        (Some(5), Some(0))
    );
    shelf
}

fn right_answers(shelf: &Shelf) {
    for (party, papers) in [
        ("M", vec!["000", "002"]),
        ("V", vec!["003"]),
        ("L", vec!["004"]),
        ("S", vec![]),
        ("C", vec![]),
        ("KD", vec![]),
        ("MP", vec![]),
        ("SD", vec![]),
    ] {
        assert_eq!(numbers(&shelf.answers(party)), papers, "answers {party}");
    }
    for (query, papers) in [
        ("löpande", vec!["000", "002", "003"]),
        ("socialnämnden", vec!["001", "002", "004"]),
        ("når", vec![]),
        ("omsättning", vec!["002", "004"]),
        ("HL2019/619", vec!["003"]),
    ] {
        assert_eq!(numbers(&shelf.search(query)), papers, "search {query}");
    }
}

#[test]
fn five_real_papers_as_text() {
    let Some(seeds) = shared("seeds") else { return };
    right_answers(&shelf(&seeds, false));
}

#[test]
fn five_real_papers_as_pdfs() {
    let Some(seeds) = shared("seeds") else { return };
    right_answers(&shelf(&seeds, true));
}

/// The needs of real readers over the five: a need passes when every paper it must find is found and none that it must
/// not; `rank_first` papers come before all others.
#[test]
fn needs_of_readers_are_met() {
    let (Some(seeds), Some(needs)) = (shared("seeds"), shared("search")) else {
        return;
    };
    let shelf = shelf(&seeds, false);
    let needs = std::fs::read_to_string(needs.join("needs_dev.jsonl")).expect("the needs");
    let mut missed = Vec::new();
    let mut count = 0;
    for line in needs.lines() {
        let need: Value = serde_json::from_str(line).expect("a need");
        count += 1;
        let list = |key: &str| -> Vec<&str> {
            need[key]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect()
        };
        let found = asked(&shelf, &need);
        let set: BTreeSet<&str> = found.iter().map(String::as_str).collect();
        let first: BTreeSet<&str> = list("rank_first").into_iter().collect();
        let lead: BTreeSet<&str> = found.iter().take(first.len()).map(String::as_str).collect();
        let met = list("must").iter().all(|file| set.contains(file))
            && !list("must_not").iter().any(|file| set.contains(file))
            && (first.is_empty() || lead == first);
        if !met {
            missed.push(format!(
                "{} `{}` found {:?}",
                need["id"],
                need["query"],
                numbers(&found)
            ));
        }
    }
    eprintln!("{} of {count} needs met", count - missed.len());
    assert!(missed.is_empty(), "{missed:#?}");
}

/// Asks a need as a person would who knows the flags: by the flag that says it, else by plain words.
fn asked(shelf: &Shelf, need: &Value) -> Vec<String> {
    let mut args = vec!["search", "--json", "--limit", "1000"];
    let filters = &need["filters"];
    if let Some(party) = filters["answers_party"].as_str() {
        args.extend(["--answers", party]);
    } else if let Some(dnr) = filters["dnr"].as_str() {
        args.extend(["--dnr", dnr]);
    } else {
        args.push(
            need["plain"]
                .as_str()
                .or(need["query"].as_str())
                .expect("a query"),
        );
    }
    shelf.run(&args).files()
}
