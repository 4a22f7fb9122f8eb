//! Papers in which the same papers lie: what is read once is known of each.

use crate::mishaps::ANSWER;
use crate::shelf::{Shelf, pdf_with, root};

/// A run with `flag`; its figures.
fn ingest(shelf: &Shelf, flag: &str) -> serde_json::Value {
    shelf.run(&["ingest", "--json", flag]).json().remove(0)
}

#[test]
fn a_copy_has_what_lies_in_its_twin_even_where_that_is_a_twin_itself() {
    let meeting = |text: &str| pdf_with(text, &[("bilaga.txt", b"Om badplatser.".to_vec())]);
    let shelf = Shelf::new()
        .file("a.pdf", meeting("Handlingar i april"))
        .file("x.pdf", meeting("Handlingar i maj"))
        .file("y.pdf", meeting("Handlingar i maj"))
        // A paper that lies in a paper that is a twin.
        .file(
            "z/1.pdf",
            pdf_with(
                "Alla handlingar",
                &[("maj.pdf", meeting("Handlingar i maj"))],
            ),
        );
    let summary = ingest(&shelf, "--workers=1");
    assert_eq!(summary["seen"], 4, "{summary}");
    assert_eq!(summary["attachments"], 5, "{summary}");
    shelf.whole();
    // The copy's own is there when all the others have gone.
    for file in ["a.pdf", "x.pdf", "z/1.pdf"] {
        std::fs::remove_file(shelf.corpus().join(file)).expect("gone");
    }
    shelf.ingest();
    let found = shelf.search("badplatser");
    assert!(found.len() == 1 && found[0].contains("y.pdf"), "{found:?}");
    shelf.whole();
}

#[test]
fn the_same_unreadable_paper_in_two_papers_has_failed_in_both() {
    let locked =
        std::fs::read(root().join("tests/data/locked-nyckel.pdf")).expect("a locked paper");
    let meeting = |text: &str| pdf_with(text, &[("bilaga.pdf", locked.clone())]);
    let shelf = Shelf::new()
        .file("1.pdf", meeting("Handlingar i april"))
        .file("2.pdf", meeting("Handlingar i maj"))
        .file("a.txt", ANSWER);
    ingest(&shelf, "--workers=1");
    let failed = shelf.run(&["status", "--failed"]);
    assert_eq!(failed.out.lines().count(), 2, "{failed:?}");
    // When it can be read, it is read in both.
    assert_eq!(shelf.run(&["ingest", "--password", "nyckel"]).code, 0);
    std::fs::remove_file(shelf.corpus().join("1.pdf")).expect("gone");
    ingest(&shelf, "--password=nyckel");
    let skipped = shelf.run(&["status", "--state", "skipped"]);
    assert_eq!(skipped.out, "", "{skipped:?}");
    let shown = shelf.run(&["show", "2.pdf » bilaga.pdf"]);
    assert_eq!(shown.code, 0, "{shown:?}");
    shelf.whole();
}
