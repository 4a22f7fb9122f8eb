//! What is told besides the papers: why nothing was found, what was read as a word, which matter is meant.

use std::sync::OnceLock;

use serde_json::Value;

use crate::shelf::{Said, Shelf};

/// A few papers of invented matters, filed once for all stories.
fn shelf() -> &'static Shelf {
    static SHELF: OnceLock<Shelf> = OnceLock::new();
    SHELF.get_or_init(|| {
        let shelf = Shelf::new()
            .file(
                "svar.txt",
                "Lindvalla kommun\nFritidsnämnden\nHandläggare: Eva Ask\nTjänsteskrivelse\n2019-05-22\nDnr FN 2019/619\n\nSvar på skrivelse från Ulf Ek (M) om lekplatsen Bävern\n\n\
                 Förslag till beslut\nSkrivelsen besvaras.\n\nSammanfattning\nStaden arbetar med personalomsättning i hemtjänsten. \
                 Ett it-system för covid-19 köps.",
            )
            .file(
                "skrivelse.txt",
                "Lindvalla kommun\nFritidsnämnden\nSkrivelse\n2018-11-03\n\nLekplatsen Bävern\n\nLekplatsen Bävern är sliten. Lekplatsen Bävern \
                 behöver nya gungor. Vad gör nämnden åt Bävern?\n\nUlf Ek (M)",
            )
            .file(
                "gård.txt",
                "Barn\u{2013} och utbildningsnämnden\n2020-02-03\n\nFörskolelokaler och -gårdar\n\nFörslag till beslut\n\
                 Nämnden godkänner förslaget.\n\nSammanfattning\nHållbara lokaler byggs enligt lagen om stöd och service. \
                 Omsättningen av personal i social-sekreterarnas grupp minskar.",
            )
            .file(
                "protokoll.txt",
                "Lindvalla kommun\nSocialnämnden\nProtokoll\n2019-05-22\n\n\
                 § 7 Svar på skrivelse från Ulf Ek (M) om staket\nDnr SN 2019/71\nBeslut\nNämnden avslår förslaget om staket.\n\n\
                 § 8 Svar på skrivelse från Eva Berg (V) om bänkar\nDnr SN 2019/82\nBeslut\nNämnden bifaller förslaget om bänkar.\n",
            );
        shelf.ingest();
        shelf
    })
}

fn run(args: &[&str]) -> Said {
    shelf().run(args)
}

fn found(query: &str) -> Vec<String> {
    run(&["search", "--json", "--sort", "date", "--", query]).files()
}

#[test]
fn what_no_paper_has_is_named_whatever_was_asked() {
    for (query, told) in [
        ("parti:ZZ", "nothing holds `parti:ZZ`; nearest: "),
        ("svar:ZZ", "nothing holds `svar:ZZ`; nearest: "),
        (
            "dnr:FN2019/618",
            "nothing holds `dnr:FN-2019-618`; nearest: FN-2019-619",
        ),
        (
            "FN 2019/618",
            "nothing holds `dnr:FN-2019-618`; nearest: FN-2019-619",
        ),
        ("dnr:BN77", "nothing holds `dnr:BN-77`"),
        ("lekplx*", "nothing holds `lekplx*`; nearest: lekplatsen"),
        ("titel:hemtjänst", "nothing holds `titel:hemtjänst`"),
        ("lekplatsen near/5 kärnkraft", "nothing holds `kärnkraft`"),
    ] {
        let said = run(&["search", "--", query]);
        assert_eq!(said.code, 1, "{query}: {said:?}");
        assert!(said.err.contains(told), "{query}: {}", said.err);
    }
}

#[test]
fn what_nothing_says_side_by_side_is_told_with_what_to_ask_instead() {
    for (query, told) in [
        (
            "\"lokaler minskar\"",
            "nothing says `\"lokaler minskar\"`; `lokaler minskar`: 1\n",
        ),
        (
            "\"lokaler enligt\"",
            "nothing says `\"lokaler enligt\"`; `lokaler near/5 enligt`: 1, `lokaler enligt`: 1\n",
        ),
        (
            "\"nya gungor lekplatsen\"",
            "nothing says `\"nya gungor lekplatsen\"`; `\"nya gungor\"`: 1, `nya gungor lekplatsen`: 1\n",
        ),
        (
            "lekplatsen \"hållbara gungor\"",
            "nothing says `\"hållbara gungor\"`; and no paper has all its words\n",
        ),
        (
            "hållbara near/2 minskar",
            "nothing says `hållbara near/2 minskar`; `hållbara minskar`: 1\n",
        ),
    ] {
        let said = run(&["search", "--", query]);
        assert_eq!(said.code, 1, "{query}: {said:?}");
        assert!(said.err.contains(told), "{query}: {}", said.err);
    }
    let said = run(&["search", "--json", "\"lokaler minskar\""]);
    let looser =
        serde_json::json!([{"asked": "\"lokaler minskar\"", "instead": [["lokaler minskar", 1]]}]);
    assert_eq!(said.json()[0]["looser"], looser, "{}", said.out);
    // Words that every paper has stand near each other in all of them: counting that tells nobody anything.
    let said = run(&["search", "\"i och\""]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(!said.err.contains("near/"), "{}", said.err);
    // What stands nowhere at all is told as that alone.
    let said = run(&["search", "\"lokaler kärnkraft\""]);
    assert!(!said.err.contains("nothing says"), "{}", said.err);
}

#[test]
fn a_party_that_nobody_knows_is_no_empty_answer() {
    let said = run(&["answers", "ZZ"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(
        said.err.contains("no party is written `ZZ`"),
        "{}",
        said.err
    );
    assert!(said.err.contains("parties of the papers: "), "{}", said.err);
    let said = run(&["answers", "SD"]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.err.contains("0 papers answer SD"), "{}", said.err);
}

#[test]
fn an_operator_in_small_letters_is_told_of() {
    let said = run(&["search", "lekplatsen eller staket"]);
    assert!(
        said.err.contains("`eller` was read as a word; write ELLER"),
        "{}",
        said.err
    );
    let said = run(&["search", "lekplatsen ELLER staket"]);
    assert!(!said.err.contains("was read as a word"), "{}", said.err);
}

#[test]
fn words_near_each_other_may_be_written_in_any_way() {
    for (query, papers) in [
        ("personal near/5 omsättning", "gård.txt svar.txt"),
        ("LSS near/4 lokaler", "gård.txt"),
        ("IT-system near/3 covid", "svar.txt"),
        ("\"lokaler byggs\" near/2 hållbara", "gård.txt"),
        ("hållbara near/2 minskar", ""),
    ] {
        assert_eq!(found(query).join(" "), papers, "{query}");
    }
    for (query, tier) in [
        ("lokaler near/3 byggs", "exact"),
        ("lokal near/3 byggs", "inflection"),
        ("LSS near/4 lokaler", "synonym"),
    ] {
        let said = run(&["search", "--json", query]);
        assert_eq!(said.json()[0]["tier"], tier, "{query}: {}", said.out);
    }
    let said = run(&["search", "--json", "--tier", "exact", "lokal near/3 byggs"]);
    assert_eq!(said.json()[0]["total"], 0, "{}", said.out);
}

#[test]
fn every_paper_that_is_found_shows_where() {
    for query in [
        "hallb*",
        "omsätt*",
        "social-sek*",
        "it-sys*",
        "COVID19",
        "itsystem",
        "personalomsättning",
        "förskolegårdar",
        "barnnämnden",
        "barn- & utbildningsnämnden",
        "omsättning near/3 personal",
        "lek*",
        "LSS",
        "hem\u{ad}tjänst",
    ] {
        let said = run(&["search", "--json", "--", query]);
        let hits = said.json();
        assert!(hits[0]["total"] != 0, "{query}: {}", said.out);
        for hit in &hits {
            let shown = hit["passages"]
                .as_array()
                .is_some_and(|all| !all.is_empty());
            assert!(shown && hit["tier"] != Value::Null, "{query}: {hit}");
        }
    }
    for (query, papers) in [
        ("hallb*", "gård.txt"),
        ("omsätt*", "gård.txt svar.txt"),
        ("personalomsättning", "gård.txt svar.txt"),
    ] {
        assert_eq!(found(query).join(" "), papers, "{query}");
    }
}

#[test]
fn the_answer_stands_before_the_letter_that_it_answers() {
    let said = run(&["search", "--json", "lekplatsen bävern"]);
    assert_eq!(said.files(), ["svar.txt", "skrivelse.txt"]);
}

#[test]
fn one_matter_of_a_protokoll_is_cited_by_its_own_number() {
    let said = run(&["search", "--cite", "bänkar"]);
    assert!(
        said.out.contains("dnr SN 2019/82, § 8, s. 1"),
        "{}",
        said.out
    );
    assert!(!said.out.contains("2019/71"), "{}", said.out);
    let said = run(&["search", "--json", "staket"]);
    let hit = &said.json()[0];
    assert_eq!(hit["matter"]["number"], "§ 7", "{hit}");
    // The row has what it is counted by.
    assert_eq!(hit["answers"], serde_json::json!(["M", "V"]), "{hit}");
    assert_eq!(
        hit["outcomes"],
        serde_json::json!(["avslag", "bifall"]),
        "{hit}"
    );
}

#[test]
fn a_page_behind_the_end_of_the_list_tells_its_length() {
    let said = run(&["search", "--json", "--offset", "500", "nämnden"]);
    let rows = said.json();
    assert_eq!(rows.len(), 1, "{}", said.out);
    assert!(
        rows[0]["file"].is_null() && rows[0]["total"] == 4,
        "{}",
        said.out
    );
}

#[test]
fn what_stands_for_too_many_words_is_pointed_at() {
    let many = "lek* ".repeat(50);
    assert_eq!(run(&["search", "--json", &many]).files().len(), 2);
}

#[test]
fn every_key_of_a_record_is_told_of() {
    let told = run(&["fields"]).out;
    let words: Vec<&str> = told
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .collect();
    fn names(value: &Value, into: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                for (name, value) in map {
                    into.push(name.clone());
                    names(value, into);
                }
            }
            Value::Array(list) => list.iter().for_each(|value| names(value, into)),
            _ => {}
        }
    }
    let mut printed = Vec::new();
    for file in ["svar.txt", "protokoll.txt"] {
        names(&run(&["show", "--json", file]).json()[0], &mut printed);
    }
    let nothing = run(&["search", "--json", "lekplx*"]);
    names(&nothing.json()[0], &mut printed);
    let untold: Vec<&String> = printed
        .iter()
        .filter(|name| !words.contains(&name.as_str()))
        .collect();
    assert!(untold.is_empty() && printed.len() > 60, "{untold:?}");
}

#[test]
fn the_colour_is_spelled_both_ways_and_the_pager_can_be_left_out() {
    let said = run(&["--no-pager", "search", "--color=always", "bänkar"]);
    assert!(said.out.contains("\u{1b}[1;33m"), "{said:?}");
    let said = run(&["search", "--color", "never", "--no-pager", "bänkar"]);
    assert!(said.code == 0 && !said.out.contains('\u{1b}'), "{said:?}");
}

#[test]
fn a_query_that_cannot_be_honoured_has_a_row_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("queries.txt");
    std::fs::write(&file, "lekplatsen\n\nfärg:röd\n\n").expect("a file");
    let file = file.to_str().expect("a path");
    let said = run(&["search", "--json", "--queries", file]);
    let last = said.json().pop().expect("a row");
    assert!(said.code == 2 && last["query"] == "färg:röd", "{said:?}");
    assert!(last["total"].is_null() && last["file"].is_null(), "{last}");
    assert!(
        last["error"]
            .as_str()
            .is_some_and(|told| told.contains("no field `färg`")),
        "{last}"
    );
    let said = run(&["search", "--csv", "--queries", file]);
    let rows: Vec<&str> = said.out.lines().collect();
    assert!(rows[0].ends_with(";citation;error"), "{}", rows[0]);
    let empty = rows[rows.len() - 2];
    assert!(
        empty.starts_with(";;;") && empty.ends_with("nothing is asked for on this line"),
        "{empty}"
    );
    let last = rows[rows.len() - 1];
    assert!(
        last.starts_with("färg:röd;;;") && last.contains("no field `färg`"),
        "{last}"
    );
}
