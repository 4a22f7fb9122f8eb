//! A municipality's own names: learned from its sound papers, restored in its damaged ones; and words that may be either.

use crate::shelf::{Shelf, pdf};

const SOUND: &str = "Nämnden för samhällsbyggnad\n\nVägen från Gråskärsvik till Hökåsen är ny. Boende i Gråskärsvik får svar i \
                     maj, och nämnden åker till\nGråskärsvik på våren för att se hur vägen håller.";
const DAMAGED: &str = "Namnden for samhallsbyggnad\n\nForvaltningen foreslar att ndmnden godkanner svaret pé skrivelsen. \
                       Boende i\nGraskdrsvik har skrivit till namnden om vagen. Arendet dr klart for beslut vid nasta \
                       sammantrade.";

#[test]
fn a_place_that_only_this_municipality_knows_is_restored_after_learning() {
    let shelf = Shelf::new()
        .file("sound.pdf", pdf(SOUND))
        .file("damaged.txt", DAMAGED);
    shelf.ingest();
    assert_eq!(shelf.search("Gråskärsvik"), ["sound.pdf"]);
    let said = shelf.run(&["lexicon", "learn"]);
    assert_eq!(said.code, 0, "{said:?}");
    let text = std::fs::read(shelf.index().join("learned.tsv")).expect("the learned words");
    let again = shelf.ingest();
    assert_eq!(again["pages"], 0, "the stored text is repaired once more");
    let mut found = shelf.search("Gråskärsvik");
    found.sort();
    assert_eq!(found, ["damaged.txt", "sound.pdf"]);
    assert_eq!(shelf.ingest()["pages"], 0, "and only once");
    shelf.run(&["lexicon", "learn"]);
    assert_eq!(
        std::fs::read(shelf.index().join("learned.tsv")).expect("the learned words"),
        text,
        "the same papers teach the same"
    );
    std::fs::remove_file(shelf.index().join("learned.tsv")).expect("forgotten");
    shelf.ingest();
    assert_eq!(shelf.search("Gråskärsvik"), ["sound.pdf"]);
}

#[test]
fn nothing_is_learned_while_another_writes() {
    let shelf = Shelf::new().file("sound.pdf", pdf(SOUND));
    assert_eq!(shelf.run(&["lexicon", "learn"]).code, 2, "no index");
    assert!(!shelf.index().exists(), "and none is left behind");
    shelf.ingest();
    let lock = std::fs::File::open(shelf.index().join("writer.lock")).expect("the lock");
    lock.lock().expect("nobody else writes");
    let said = shelf.run(&["lexicon", "learn"]);
    assert_eq!(said.code, 4, "{said:?}");
    assert!(!shelf.index().join("learned.tsv").exists());
    drop(lock);
    assert_eq!(shelf.run(&["lexicon", "learn"]).code, 0);
}

#[test]
fn learned_words_that_are_something_else_are_an_error_with_a_way_out() {
    let shelf = Shelf::new().file("damaged.txt", DAMAGED);
    shelf.ingest();
    std::fs::write(shelf.index().join("learned.tsv"), "nonsense").expect("a file");
    let said = shelf.run(&["ingest"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("lexicon learn"), "{said:?}");
}
