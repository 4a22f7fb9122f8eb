//! The sample corpus: every paper in its state, every tag, and every search, against the gold beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::Deserialize;
use serde_json::Value;

use crate::shelf::{Said, diarium, root};

/// The right answer of one paper; tests/gold/README.md says what each field means.
#[derive(Deserialize)]
pub(crate) struct Gold {
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) state: String,
    pages: usize,
    scanned: bool,
    kind: String,
    namnd: Option<String>,
    forvaltning: Option<String>,
    date: Option<String>,
    meeting_date: Option<String>,
    dnr_own: Vec<String>,
    answers: Vec<String>,
    via_remiss: Vec<String>,
    damaged: Vec<String>,
}

pub(crate) fn gold() -> Vec<Gold> {
    let text = std::fs::read_to_string(root().join("tests/gold/corpus.jsonl")).expect("the gold");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("a gold object a line"))
        .collect()
}

/// The index of the sample corpus, made once for all stories.
fn index() -> &'static tempfile::TempDir {
    static INDEX: OnceLock<tempfile::TempDir> = OnceLock::new();
    INDEX.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder for the index");
        let status = diarium()
            .current_dir(root())
            .args(["ingest", "--index"])
            .arg(folder.path())
            .output()
            .expect("the program runs");
        assert!(
            status.status.success(),
            "the demonstration ends with exit 0: {status:?}"
        );
        folder
    })
}

pub(crate) fn run(args: &[&str]) -> Said {
    let output = diarium()
        .args(args)
        .env("DIARIUM_INDEX", index().path())
        .output()
        .expect("the program runs");
    Said {
        code: output.status.code().expect("an exit code"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

fn record(path: &str) -> Value {
    run(&["show", "--json", path]).json().remove(0)
}

#[test]
fn every_paper_ends_in_the_state_that_it_should() {
    let mut wrong = Vec::new();
    let gold = gold();
    for paper in &gold {
        let record = record(&paper.path);
        let pages = record["record"]["pages"].as_array().map_or(0, Vec::len);
        if (record["state"].as_str(), pages) != (Some(&paper.state), paper.pages) {
            wrong.push(format!(
                "{}: {} with {pages} pages, not {}",
                paper.path, record["state"], paper.state
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let files: usize = run(&["status", "--json"]).json()[0]["summary"]["states"]
        .as_object()
        .expect("states")
        .values()
        .filter_map(Value::as_u64)
        .sum::<u64>() as usize;
    assert_eq!(files, gold.len(), "the states add up to the files");
}

#[test]
fn the_answers_to_each_party_are_complete_and_hold_nothing_else() {
    let gold = gold();
    let readable = |paper: &&Gold| paper.state != "ocr-needed";
    for party in ["M", "S", "V", "MP", "L", "C", "KD", "SD"] {
        let right: BTreeSet<&str> = gold
            .iter()
            .filter(readable)
            .filter(|paper| paper.answers.iter().any(|answered| answered == party))
            .map(|paper| paper.path.as_str())
            .collect();
        let said = run(&["answers", "--json", party]);
        // A protokoll is listed matter by matter; as a paper it answers nobody.
        let rows = said.json();
        let papers = rows.iter().filter(|row| row["matter"].is_null());
        let listed: Vec<String> = papers
            .map(|row| row["file"].as_str().expect("a file").to_owned())
            .collect();
        let set: BTreeSet<&str> = listed.iter().map(String::as_str).collect();
        assert_eq!(set, right, "answers {party}");
        assert_eq!(listed.len(), set.len(), "each paper once");
        assert!(
            said.err.starts_with(&format!("{} paper", rows.len())),
            "an exact total: {}",
            said.err
        );
        let dates: Vec<String> = said
            .json()
            .iter()
            .map(|row| row["date"].as_str().unwrap_or_default().to_owned())
            .collect();
        assert!(dates.is_sorted_by(|a, b| a >= b), "newest first: {dates:?}");
        for row in said.json() {
            let evidence = &row["evidence"];
            assert!(
                evidence["page"].as_u64() >= Some(1) && evidence["line"].as_u64() >= Some(1),
                "{row}"
            );
            assert!(
                !evidence["marks"].as_array().expect("marks").is_empty(),
                "{row}"
            );
        }
    }
}

#[test]
fn a_protokoll_is_listed_by_its_matters() {
    let said = run(&["answers", "KD", "--kind", "protokoll", "--json"]);
    let rows = said.json();
    assert_eq!(rows.len(), 1, "{}", said.out);
    let row = &rows[0];
    assert!(
        row["file"]
            .as_str()
            .expect("a file")
            .contains("Protokoll 5-2005")
    );
    assert_eq!(row["matter"]["number"], "§ 9");
    assert_eq!(row["matter"]["page"], 2);
    assert_eq!(row["dnr"][0], "002 – 164 / 05");
    let title = row["title"].as_str().expect("a title");
    assert!(title.contains("väntrum på Spånga station"), "{title}");
    let words = row["evidence"]["text"].as_str().expect("words");
    assert!(words.contains("(kd)"), "{words}");
    // The other matters of the paper answer nobody, and the paper names many.
    assert_eq!(run(&["answers", "S", "--kind", "protokoll"]).code, 1);
}

#[test]
fn a_party_is_one_however_it_is_written() {
    let listed = run(&["answers", "--json", "M"]).out;
    assert!(!listed.is_empty());
    for written in ["m", "(M)", "Moderaterna", "moderaterna"] {
        assert_eq!(
            run(&["answers", "--json", written]).out,
            listed,
            "answers {written}"
        );
    }
    let said = run(&["answers", "Q"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("`Q`"), "{}", said.err);
}

#[test]
fn tags_are_those_of_the_gold() {
    let mut wrong: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for paper in gold().iter().filter(|paper| paper.state != "ocr-needed") {
        let record = record(&paper.path);
        let tags = &record["record"]["tags"];
        let mut check = |field: &'static str, found: Value, right: Value| {
            if found != right {
                wrong
                    .entry(field)
                    .or_default()
                    .push(format!("{}: {found}, not {right}", paper.path));
            }
        };
        let set = |values: Vec<String>| -> Value {
            let set: BTreeSet<String> = values.into_iter().collect();
            set.into_iter().collect::<Vec<_>>().into()
        };
        let values = |key: &str| -> Vec<String> {
            let list = tags[key].as_array().expect("a list");
            list.iter()
                .filter_map(|found| found["value"].as_str().map(str::to_owned))
                .collect()
        };
        check("kind", tags["kind"].clone(), paper.kind.clone().into());
        check(
            "answers",
            set(values("answers")),
            set(paper.answers.clone()),
        );
        check(
            "via_remiss",
            set(values("via_remiss")),
            set(paper.via_remiss.clone()),
        );
        // Where the scanner lost the document's date, the meeting's is the best that the paper gives.
        let date = tags["date"]["value"].clone();
        if !(paper.scanned && date.as_str() == paper.meeting_date.as_deref()) {
            check("date", date, paper.date.clone().into());
        }
        check(
            "namnd",
            tags["namnd"]["value"].clone(),
            paper.namnd.clone().into(),
        );
        check(
            "forvaltning",
            tags["forvaltning"]["value"].clone(),
            paper.forvaltning.clone().into(),
        );
        let own: Vec<String> = tags["dnr"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(|dnr| dnr["value"]["role"] == "own")
            .filter_map(|dnr| {
                dnr["value"]["key"]
                    .as_str()
                    .and_then(diarium::tag::lookup_key)
            })
            .collect();
        let right = paper
            .dnr_own
            .iter()
            .filter_map(|dnr| diarium::tag::lookup_key(dnr))
            .collect();
        check("dnr", set(own), set(right));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_question_of_the_readme_finds_something_in_the_sample() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("the README");
    let (_, asking) = readme.split_once("## Asking").expect("a chapter");
    let (asking, _) = asking.split_once("\n## ").expect("another chapter");
    let mut questions = 0;
    for line in asking.lines() {
        let Some(command) = line.strip_prefix("    diarium ") else {
            continue;
        };
        let command = command.split("  ").next().expect("a command");
        // As a shell cuts it; no question of the README has quotes inside a word.
        let mut args: Vec<&str> = Vec::new();
        for (part, number) in command.split('\'').zip(0..) {
            if number % 2 == 1 {
                args.push(part);
            } else {
                args.extend(part.split_whitespace());
            }
        }
        let said = run(&args);
        assert!(
            said.code == 0 && !said.out.is_empty(),
            "{command}: {said:?}"
        );
        questions += 1;
    }
    assert!(questions > 8, "{asking}");
}

#[test]
fn every_search_finds_what_it_must() {
    let table =
        std::fs::read_to_string(root().join("tests/gold/searches.tsv")).expect("the searches");
    let paths: BTreeMap<String, String> = gold()
        .into_iter()
        .map(|paper| (paper.text.trim_end_matches(".txt").to_owned(), paper.path))
        .collect();
    let mut wrong = Vec::new();
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [id, query, kind, must, must_not, ..] = cells.as_slice() else {
            panic!("a row of five cells: {row}")
        };
        let found = run(&["search", "--json", "--limit", "1000", "--", query]).files();
        // A star is every paper.
        if *must_not == "*" {
            assert!(
                found.is_empty(),
                "{id} `{query}` ({kind}) must find nothing: {found:?}"
            );
            continue;
        }
        for name in must.split_whitespace() {
            if !found.contains(&paths[name]) {
                wrong.push(format!("{id} `{query}` ({kind}) must find {name}"));
            }
        }
        for name in must_not.split_whitespace() {
            if found.contains(&paths[name]) {
                wrong.push(format!("{id} `{query}` ({kind}) must not find {name}"));
            }
        }
    }
    // The scanner left of it `romingsanlaggningarna`, and nothing here makes a word of that yet.
    let known =
        ["Q06 `rötningsanläggning` (damaged) must find 10-miljo-halsoskydd-2009-remiss-motion-c"];
    assert_eq!(wrong, known);
}

#[test]
fn words_that_the_scanner_broke_are_found_where_they_stand() {
    let (mut words, mut missed) = (0, Vec::new());
    for paper in gold()
        .iter()
        .filter(|paper| paper.scanned && paper.state != "ocr-needed")
    {
        for word in &paper.damaged {
            words += 1;
            let said = run(&[
                "search",
                "--json",
                "--limit",
                "1000",
                &format!("\"{word}\""),
            ]);
            match said
                .json()
                .iter()
                .find(|hit| hit["file"] == paper.path.as_str())
            {
                None => missed.push(format!("{word} in {}", paper.path)),
                Some(hit) => {
                    let passage = &hit["passages"][0];
                    let mark = &passage["marks"][0];
                    let at = |n: usize| mark[n].as_u64().expect("an offset") as usize;
                    let text = passage["text"].as_str().expect("a text");
                    assert_eq!(
                        text[at(0)..at(1)].to_lowercase(),
                        word.to_lowercase(),
                        "the word is marked"
                    );
                }
            }
        }
    }
    eprintln!("{} of {words} broken words found", words - missed.len());
    // Three of 33 are lost to this day; losing one more is a step back.
    assert!(missed.len() * 10 <= words, "{missed:#?}");
}

/// Share of the gold's words that extraction gives, for papers that were not scanned.
#[test]
fn the_text_of_each_paper_comes_out() {
    let count = |text: &str| -> BTreeMap<String, usize> {
        let mut words = BTreeMap::new();
        for word in text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
        {
            *words.entry(word.to_lowercase()).or_default() += 1;
        }
        words
    };
    for paper in gold().iter().filter(|paper| !paper.scanned) {
        let truth = std::fs::read_to_string(root().join("tests/gold/text").join(&paper.text))
            .expect("a text");
        let truth = count(&truth);
        let said = diarium()
            .args(["extract", "--raw"])
            .arg(root().join("corpus").join(&paper.path))
            .output()
            .expect("it runs");
        let found = count(&String::from_utf8_lossy(&said.stdout));
        let all: usize = truth.values().sum();
        let hit: usize = truth
            .iter()
            .map(|(word, n)| *n.min(found.get(word).unwrap_or(&0)))
            .sum();
        assert!(
            hit * 100 >= all * 98,
            "{}: {hit} of {all} words",
            paper.path
        );
    }
}

#[test]
fn every_tag_points_to_words_on_its_page() {
    for paper in gold() {
        let record = record(&paper.path);
        let pages = record["record"]["pages"].as_array().expect("pages").clone();
        let check = |found: &Value| {
            let place = &found["place"];
            let page = place["page"].as_u64().expect("a page");
            let text = pages
                .iter()
                .find(|p| p["number"].as_u64() == Some(page))
                .expect("the page")["text"]
                .as_str();
            let at = |key: &str| place[key].as_u64().expect("an offset") as usize;
            let said = text.expect("a text").get(at("start")..at("end"));
            assert!(
                said.is_some_and(|said| !said.is_empty()),
                "{}: {found}",
                paper.path
            );
        };
        let tags = &record["record"]["tags"];
        for key in [
            "dnr",
            "dates",
            "answers",
            "via_remiss",
            "authors",
            "people",
            "mentions",
        ] {
            tags[key].as_array().expect("a list").iter().for_each(check);
        }
        for key in ["title", "namnd", "forvaltning", "date", "proposal"] {
            if !tags[key].is_null() {
                check(&tags[key]);
            }
        }
    }
}
