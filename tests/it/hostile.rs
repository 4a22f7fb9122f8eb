//! Files that crash, hang and flood other readers.

use std::path::{Path, PathBuf};

use crate::shelf::{Shelf, diarium, pdf, shared};

fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "pdf") {
            paths.push(path);
        }
    }
    paths.sort();
    paths
}

#[test]
fn no_hostile_file_crashes_or_silences_a_run() {
    let Some(folder) = shared("hostile") else {
        return;
    };
    let shelf = Shelf::new();
    let mut hostile = 0;
    for path in pdfs(&folder.join("made"))
        .into_iter()
        .chain(pdfs(&folder.join("fetched")))
    {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        shelf.put(
            &format!("hostile/{name}"),
            std::fs::read(&path).expect("its bytes"),
        );
        hostile += 1;
    }
    let good = 20;
    for n in 0..good {
        shelf.put(
            &format!("good/{n}.pdf"),
            pdf(&format!("Förvaltningen arbetar löpande, ärende {n}")),
        );
    }
    let summary = shelf.ingest();
    assert_eq!(summary["seen"], hostile + good);
    let states: u64 = summary["states"]
        .as_object()
        .unwrap()
        .values()
        .filter_map(serde_json::Value::as_u64)
        .sum();
    let inside = summary["attachments"].as_u64().unwrap_or_default();
    assert_eq!(states, hostile + good + inside, "every file has a state");
    let found = shelf
        .run(&["search", "--json", "--limit", "1000", "löpande"])
        .files();
    assert_eq!(
        found
            .iter()
            .filter(|file| file.starts_with("good/"))
            .count() as u64,
        good
    );
    for entry in shelf.run(&["status", "--failed", "--json"]).json() {
        assert!(
            entry["reason"]
                .as_str()
                .is_some_and(|reason| !reason.is_empty()),
            "{entry}"
        );
    }
    // What could not be read is not tried again while it is as it was.
    assert_eq!(shelf.ingest()["unchanged"], hostile + good);
}

#[test]
fn each_hostile_file_alone_ends_with_text_or_a_reason() {
    let Some(folder) = shared("hostile") else {
        return;
    };
    for path in pdfs(&folder.join("made"))
        .into_iter()
        .chain(pdfs(&folder.join("fetched")))
    {
        let output = diarium()
            .arg("extract")
            .arg(&path)
            .output()
            .expect("the program runs");
        match output.status.code() {
            Some(0) => {}
            Some(2) => assert!(!output.stderr.is_empty(), "{}", path.display()),
            other => panic!(
                "{}: {other:?} {}",
                path.display(),
                String::from_utf8_lossy(&output.stderr)
            ),
        }
    }
}
