//! What somebody meets who has never seen the program.

use expect_test::expect;

use crate::shelf::{Shelf, root};

const VERBS: [&str; 9] = [
    "ingest", "search", "answers", "show", "status", "extract", "repair", "tag", "lexicon",
];

#[test]
fn every_verb_explains_itself() {
    let shelf = Shelf::new();
    let help = shelf.run(&["--help"]).out;
    for verb in VERBS {
        assert!(help.contains(&format!("\n  {verb} ")), "{verb} in {help}");
        let said = shelf.run(&[verb, "--help"]);
        assert_eq!(said.code, 0);
        assert!(said.out.contains("Usage: diarium"), "{}", said.out);
        let lines: Vec<&str> = said.out.lines().collect();
        for pair in lines
            .windows(2)
            .filter(|pair| pair[0].starts_with("      --"))
        {
            let next = pair[1].trim();
            let told = pair[0].trim().contains("  ") || !(next.is_empty() || next.starts_with('-'));
            assert!(told, "every flag has a help text: {} of {verb}", pair[0]);
        }
    }
}

#[test]
fn the_readme_names_every_verb_and_the_commands_that_are_run_elsewhere() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("the README");
    for verb in VERBS {
        assert!(readme.contains(&format!("`{verb}")), "{verb}");
    }
    let ci = std::fs::read_to_string(root().join(".ci/run")).expect("the CI script");
    let test = "cargo test --release";
    assert!(
        readme.contains(test) && ci.contains(test),
        "CI runs the README's test command"
    );
    let cron = std::fs::read_to_string(root().join("contrib/diarium.cron")).expect("for cron");
    for line in cron.lines().filter(|line| !line.starts_with('#')) {
        assert!(readme.contains(line), "{line}");
    }
}

#[test]
fn a_query_that_cannot_be_honoured_points_at_its_fault() {
    let shelf = Shelf::new().file("a.txt", "Svar på skrivelse");
    shelf.ingest();
    let said = shelf.run(&["search", "löpande (arbete"]);
    assert_eq!(said.code, 2);
    expect![[r#"
        error: this `(` is never closed
          löpande (arbete
                  ^
    "#]]
    .assert_eq(&said.err);
    assert_eq!(shelf.run(&["search"]).code, 2, "nothing to search for");
    assert_eq!(shelf.run(&["search", "--kind", "nonsens"]).code, 2);
}

#[test]
fn a_hit_is_shown_with_title_page_line_and_the_word_marked() {
    let shelf = Shelf::new().file(
        "2016/svar.txt",
        "Sammanfattning\n\nGruppen för löpande\nminnesanteckningar från mötena.",
    );
    shelf.ingest();
    let said = shelf.run(&["search", "minnesanteckning"]);
    assert_eq!(said.code, 0);
    assert!(said.out.contains("page 1, line 4"), "{}", said.out);
    assert!(said.out.contains("*minnesanteckningar*"), "{}", said.out);
    assert!(said.out.contains("2016/svar.txt"), "{}", said.out);
    assert!(
        said.err.starts_with("1 paper found; index of "),
        "{}",
        said.err
    );
    assert_eq!(shelf.run(&["search", "cykelbana"]).code, 1);
    let said = shelf.run(&["search", "--limit", "99999999999", "minnesanteckning"]);
    assert_eq!(
        said.code, 0,
        "a limit beyond all papers is no reason to fail: {}",
        said.err
    );
}

#[test]
fn a_mended_word_is_shown_with_what_the_scanner_read() {
    let shelf = Shelf::new().file(
        "skannad.txt",
        "Socialndmnden godkanner forvaltningens tjénsteutlatande som svar pa inkommen skrivelse.\n\
         Forvaltningen foljer utvecklingen i det 16pande arbetet och aterkommer till namnden i host.\n",
    );
    shelf.ingest();
    let said = shelf.run(&["search", "löpande"]);
    assert!(
        said.out.contains("line 2 (scanned as 16pande)"),
        "{}",
        said.out
    );
    let hit = shelf.run(&["search", "--json", "löpande"]).json().remove(0);
    assert_eq!(
        hit["passages"][0]["scanned"],
        serde_json::json!(["16pande"])
    );
}

#[test]
fn a_document_is_shown_by_its_path_its_name_or_a_part_of_it() {
    let shelf = Shelf::new()
        .file("2016/svar.txt", "Ett")
        .file("2017/svar.txt", "Två")
        .file("2017/motion.txt", "Tre");
    shelf.ingest();
    assert_eq!(shelf.run(&["show", "2016/svar.txt"]).code, 0);
    assert_eq!(shelf.run(&["show", "motion"]).code, 0);
    let said = shelf.run(&["show", "svar.txt"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("2016/svar.txt") && said.err.contains("2017/svar.txt"),
        "{}",
        said.err
    );
    assert_eq!(shelf.run(&["show", "protokoll"]).code, 1);
}
