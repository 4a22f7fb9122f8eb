//! Why a paper answers a party, or does not.

use crate::shelf::Shelf;

fn shelf() -> Shelf {
    let shelf = Shelf::new();
    shelf.put(
        "svar.txt",
        "Tjänsteutlåtande\nFarsta stadsdelsnämnd\n2009-10-22\n\nSvar på skrivelse från Elsa Berg (V) om ljus.\nModeraterna har en annan mening.",
    );
    shelf.put(
        "remiss.txt",
        "7 Ljus i parken\nRemiss från kommunstyrelsen av motion (2009:3) av Ulf Ek (M)\nDnr 328-2009-599",
    );
    shelf.put(
        "protokoll.txt",
        "Protokoll\nFarsta stadsdelsnämnd 2009-12-17\n§ 1 Val av justerare\nNämnden utser Ulf Ek (M).\n\
         § 2 Ljus i parken\nSvar på skrivelse från Elsa Berg (V)\nDnr 311-234/2009\n",
    );
    shelf.ingest();
    shelf
}

#[test]
fn the_sentence_and_the_rule_are_told() {
    let shelf = shelf();
    let said = shelf.run(&["why", "svar.txt", "--party", "V"]);
    assert_eq!(said.code, 0, "{}", said.err);
    for part in [
        "Vänsterpartiet (V): is answered here",
        "page 1, line 5: Svar på skrivelse från Elsa Berg (*V*) om ljus",
        "from-list",
    ] {
        assert!(said.out.contains(part), "{part:?} in {}", said.out);
    }
    let said = shelf.run(&["why", "svar.txt", "--party", "moderaterna"]);
    assert!(
        said.out.contains("is not answered; it is only named") && said.out.contains("named-only"),
        "{}",
        said.out
    );
}

#[test]
fn a_sentence_that_goes_over_two_pages_is_told_whole() {
    let shelf = Shelf::new();
    shelf.put(
        "blad.txt",
        "Farsta stadsdelsnämnd\n2009-10-22\n\nSvar på skrivelse om ljus.\n\nI en skrivelse om ljus vid\n\
         torget föreslår\u{c}\nElsa Berg (V) att lampor sätts upp. Förvaltningen svarar.\n",
    );
    shelf.ingest();
    let said = shelf.run(&["why", "blad.txt", "--party", "V"]);
    let first = said
        .out
        .find("page 1, line 6: I en skrivelse om ljus vid torget föreslår\n");
    let second = said
        .out
        .find("page 2, line 2: Elsa Berg (*V*) att lampor sätts upp");
    assert!(
        first.is_some() && first < second,
        "both parts, in their order: {}",
        said.out
    );
    let said = shelf.run(&["why", "blad.txt", "--party", "V", "--json"]);
    assert!(
        said.out
            .contains(r#""beyond":{"page":1,"line":6,"sentence":"I en skrivelse om ljus"#),
        "{}",
        said.out
    );
}

#[test]
fn of_a_protokoll_each_sentence_is_told_under_its_matter() {
    let shelf = shelf();
    let said = shelf.run(&["why", "protokoll.txt", "--party", "V"]);
    assert!(
        said.out.contains("Vänsterpartiet (V): is answered in § 2"),
        "{}",
        said.out
    );
    assert_eq!(
        said.out.matches("Elsa Berg (*V*)").count(),
        1,
        "{}",
        said.out
    );
    let cited = shelf.run(&["answers", "V", "--cite"]);
    assert!(cited.out.contains(", § 2, s. 1"), "{}", cited.out);
}

#[test]
fn a_rule_that_kept_a_party_out_is_told() {
    let shelf = shelf();
    let said = shelf.run(&["why", "remiss.txt", "--party", "M", "--json"]);
    let row = said.json().remove(0);
    assert_eq!(
        (
            row["relation"].as_str(),
            row["rule"].as_str(),
            row["kept_out"].as_bool()
        ),
        (Some("via-remiss"), Some("remitted"), Some(true)),
        "{row}"
    );
    assert_eq!(
        (row["page"].as_u64(), row["line"].as_u64()),
        (Some(1), Some(2))
    );
    let said = shelf.run(&["why", "remiss.txt", "--party", "S"]);
    assert_eq!(
        (said.code, said.out.lines().count()),
        (1, 1),
        "{}",
        said.out
    );
    assert!(
        said.err.contains("Socialdemokraterna (S) is not named"),
        "{}",
        said.err
    );
    assert_eq!(shelf.run(&["why", "nothing.txt"]).code, 1);
}

#[test]
fn a_protokoll_says_in_which_matter() {
    let shelf = shelf();
    let rows = shelf
        .run(&["why", "protokoll.txt", "--party", "V", "--json"])
        .json();
    let answering: Vec<&str> = rows
        .iter()
        .filter(|row| row["relation"] == "answers")
        .filter_map(|row| row["matter"].as_str())
        .collect();
    assert_eq!(answering, ["§ 2"], "{rows:#?}");
    let said = shelf.run(&["why", "protokoll.txt", "--party", "V"]);
    assert!(said.out.contains("(V): is answered in § 2"), "{}", said.out);
}
