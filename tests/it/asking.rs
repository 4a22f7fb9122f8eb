//! What people ask, and how answers are printed.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use expect_test::expect;
use serde_json::Value;

use crate::shelf::{Said, Shelf};

/// A few papers of invented matters, filed once for all stories.
fn shelf() -> &'static Shelf {
    static SHELF: OnceLock<Shelf> = OnceLock::new();
    SHELF.get_or_init(|| {
        let shelf = Shelf::new()
            .file(
                "2008/fp.txt",
                "Farsta stadsdelsnämnd\nDnr 2.2.1-230/2008\n2008-04-10\n\nNattvandring i Farsta\nSvar på skrivelse från Tora Lind (fp)\n\n\
                 Förslag till beslut\nNämnden godkänner förvaltningens tjänsteutlåtande som svar på skrivelsen.\n\n\
                 Sammanfattning\nNattvandringen i Farsta fortsätter. Barn- och ungdomsvården deltar.",
            )
            .file(
                "2017/l.txt",
                "Socialnämnden\nDnr 3.1.1-587/2017\n2017-09-19\n\nStöd enligt lagen om stöd och service till vissa funktionshindrade\n\
                 Svar på skrivelse från Bo Ek (L)\n\nFörslag till beslut\nNämnden avslår förslaget i skrivelsen.\n\n\
                 Sammanfattning\nStaden har fler social-sekreterare än förut. Nattvandring nämns här.",
            )
            .file(
                "2012/spanga.txt",
                "Spånga-Tensta stadsdelsnämnd\nDnr 1.1-12/2012\n2012-05-03\n\nNytt utegym vid sjön\n\nFörslag till beslut\n\
                 Nämnden godkänner förslaget.\n\nSammanfattning\nUtegymmet byggs. Personal med god omsättning av idéer finns.",
            )
            .file(
                "=annan.txt",
                "Bromma stadsdelsnämnd\nDnr 1.2-230/2013\n2013-02-07\n\n=Tak på skolan; etapp 2\n\nFörslag till beslut\n\
                 Nämnden godkänner förslaget.\n\nSammanfattning\nTaket lagas av en snickare som kan arbetsbelastning.",
            );
        shelf.ingest();
        shelf
    })
}

fn run(args: &[&str]) -> Said {
    shelf().run(args)
}

fn found(query: &str) -> String {
    let said = run(&["search", "--json", "--sort", "date", "--", query]);
    said.files().join(" ")
}

#[test]
fn each_way_of_asking_finds_its_papers() {
    for (query, papers) in [
        // Parties and abbreviations by their other names; quotes switch that off.
        ("folkpartiet", "2017/l.txt 2008/fp.txt"),
        ("\"folkpartiet\"", ""),
        ("LSS", "2017/l.txt"),
        ("\"lss\"", ""),
        ("(fp)", "2017/l.txt 2008/fp.txt"),
        // A nämnd that went up in another.
        ("Järva", "2012/spanga.txt"),
        ("namnd:järva", "2012/spanga.txt"),
        // Words in two pieces, and compounds of parts that nobody counted.
        ("barnvården", "2008/fp.txt"),
        ("barn- och ungdomsvården", "2008/fp.txt"),
        ("socialsekreterare", "2017/l.txt"),
        ("social-sekreterare", "2017/l.txt"),
        ("gym", "2012/spanga.txt"),
        // Distance, spelling, what is not there.
        ("personal near/4 omsättning", "2012/spanga.txt"),
        ("omsättning near/3 personal", "2012/spanga.txt"),
        ("personal near/2 omsättning", ""),
        ("nattvandrng~", "2017/l.txt 2008/fp.txt"),
        // What the word itself finds, and a misspelt word's inflections.
        ("omsättning~", "2012/spanga.txt"),
        ("barnvård~", "2008/fp.txt"),
        ("nattvandrngarnas~", "2017/l.txt 2008/fp.txt"),
        ("-nämnden", ""),
        ("-nattvandring", "=annan.txt 2012/spanga.txt"),
        // Numbers, dates, outcomes.
        ("dnr:2017-587", "2017/l.txt"),
        ("2008-230", "2008/fp.txt"),
        ("19 september 2017", "2017/l.txt"),
        ("september 2017", "2017/l.txt"),
        ("datum:2012..2013", "=annan.txt 2012/spanga.txt"),
        ("utfall:avslag", "2017/l.txt"),
        ("alla svar till liberalerna", "2017/l.txt 2008/fp.txt"),
        ("\"som kan\"", "=annan.txt"),
        ("\"en snickare som kan arbetsbelastning\"", "=annan.txt"),
        ("\"snickare en som kan\"", ""),
    ] {
        assert_eq!(found(query), papers, "{query}");
    }
}

#[test]
fn every_hit_says_what_found_it() {
    for (query, tier) in [
        ("nattvandringen", "exact"),
        ("snickaren", "inflection"),
        ("belastning", "part"),
        ("LSS", "synonym"),
        ("nattvandrng", "spelling"),
        ("barnvård", "part"),
    ] {
        let said = run(&["search", "--json", query]);
        assert!(
            said.json().iter().any(|hit| hit["tier"] == tier),
            "{query}: {}",
            said.out
        );
    }
    // The part that hit is marked, not the whole compound.
    let said = run(&["search", "belastning"]);
    assert!(said.out.contains("arbets*belastning*"), "{}", said.out);
}

#[test]
fn the_form_as_written_can_be_asked_for() {
    let list = |args: &[&str]| run(args).files().join(" ");
    assert_eq!(list(&["answers", "--json", "fp"]), "2017/l.txt 2008/fp.txt");
    assert_eq!(
        list(&["answers", "--json", "fp", "--as-written"]),
        "2008/fp.txt"
    );
    assert_eq!(
        list(&["answers", "--json", "L", "--as-written"]),
        "2017/l.txt"
    );
    assert_eq!(
        list(&["search", "--json", "--party", "fp", "--as-written"]),
        "2008/fp.txt"
    );
    assert_eq!(run(&["search", "--namnd", "järva", "--as-written"]).code, 1);
    // The query line's fields are governed alike.
    assert_eq!(run(&["search", "namnd:järva", "--as-written"]).code, 1);
    for (query, papers) in [
        ("parti:fp", "2008/fp.txt"),
        ("(fp)", "2008/fp.txt"),
        ("svar:fp", "2008/fp.txt"),
        ("alla svar till folkpartiet", "2008/fp.txt"),
        ("svar till (L)", "2017/l.txt"),
        ("parti:L", "2017/l.txt"),
    ] {
        let found = list(&["search", "--json", "--as-written", "--", query]);
        assert_eq!(found, papers, "{query}");
    }
}

#[test]
fn a_query_is_explained() {
    let said = run(&[
        "search",
        "--explain",
        "LSS bolag",
        "OR",
        "svar till V",
        "--from",
        "2016",
    ]);
    expect![[r#"
        (({LSS = lagen om stöd och service till vissa funktionshindrade = lagen om stöd och service} bolag) ELLER svar:V) datum:2016-01-01..
    "#]]
    .assert_eq(&said.out);
}

#[test]
fn lists_are_paged_sorted_and_counted() {
    let all = run(&[
        "search", "--json", "--sort", "date", "nämnden", "--limit", "100",
    ])
    .files();
    assert_eq!(all.len(), 4);
    let mut paged = Vec::new();
    for offset in ["0", "2", "4"] {
        let said = run(&[
            "search", "--json", "--sort", "date", "nämnden", "--limit", "2", "--offset", offset,
        ]);
        assert!(said.err.contains("4 papers found"), "{}", said.err);
        paged.extend(said.files());
    }
    assert_eq!(paged, all);
    let facets = run(&["search", "nämnden", "--limit", "0", "--facets"]);
    expect![[r#"
        answers
               2  L
        nämnd (each alone: --namnd NAME --as-written)
               1  Bromma stadsdelsnämnd
               1  Farsta stadsdelsnämnd
               1  Socialnämnden
               1  Spånga-Tensta stadsdelsnämnd
        year
               1  2017
               1  2013
               1  2012
               1  2008
        kind
               2  svar på skrivelse
               2  ärende
        outcome
               3  godkänner
               1  avslag
    "#]]
    .assert_eq(&facets.out);
}

#[test]
fn csv_opens_in_a_spreadsheet_and_calculates_nothing() {
    let said = run(&["search", "--csv", "arbetsbelastning"]);
    assert!(
        said.out.starts_with("\u{feff}number;date;namnd;"),
        "{}",
        said.out
    );
    assert!(said.out.contains("\"'=annan.txt\";"), "{}", said.out);
    assert!(
        said.out.lines().count() == 2 && said.out.ends_with("\r\n"),
        "{}",
        said.out
    );
    let said = run(&["answers", "L", "--csv"]);
    assert_eq!(said.out.lines().count(), 3, "{}", said.out);
}

#[test]
fn a_party_is_meant_by_its_people_too() {
    let all = run(&["answers", "L"]).out;
    for typed in ["liberal", "folkpartisten", "L-politiker"] {
        assert_eq!(run(&["answers", typed]).out, all, "{typed}");
    }
    let said = run(&["answers", "liberlerna"]);
    assert!(said.err.contains("is it Liberalerna (L)?"), "{}", said.err);
}

#[test]
fn a_word_with_a_tilde_finds_what_the_word_finds() {
    for word in [
        "arbetsbelastning",
        "belastning",
        "personal",
        "barnvård",
        "nattvandring",
    ] {
        let with = run(&["search", "--json", &format!("{word}~")]).files();
        let missed: Vec<String> = run(&["search", "--json", word])
            .files()
            .into_iter()
            .filter(|file| !with.contains(file))
            .collect();
        assert_eq!(missed, [""; 0], "{word}~");
    }
}

#[test]
fn words_that_tell_nothing_need_not_stand_in_a_paper() {
    let papers = run(&["search", "--json", "nattvandring"]).files();
    assert!(!papers.is_empty());
    for query in ["nattvandring mellan", "nattvandring där över"] {
        assert_eq!(run(&["search", "--json", query]).files(), papers, "{query}");
    }
    assert!(
        run(&["search", "--json", "nattvandring \"där över\""])
            .files()
            .is_empty()
    );
}

#[test]
fn a_citation_is_ready_to_use() {
    let said = run(&["answers", "L", "--as-written", "--cite"]);
    expect![[r#"
        Socialnämnden, "Svar på skrivelse från Bo Ek (L)", 2017-09-19, dnr 3.1.1-587/2017, s. 1
    "#]]
    .assert_eq(&said.out);
}

#[test]
fn many_queries_are_answered_in_one_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("queries.txt");
    std::fs::write(&file, "nattvandring\n\nfolkpartiet\nkärnkraft\n").expect("a file");
    let file = file.to_str().expect("a path");
    let said = run(&["search", "--json", "--queries", file]);
    let rows: Vec<(String, String)> = said
        .json()
        .iter()
        .map(|row| (row["query"].to_string(), row["file"].to_string()))
        .collect();
    assert_eq!(rows.len(), 6, "{}", said.out);
    assert!(rows[2].0 == "\"\"" && rows[2].1 == "null", "{}", said.out);
    assert_eq!(rows[5].0, "\"kärnkraft\"");
    assert!(
        rows[5].1 == "null" && said.json()[5]["total"] == 0,
        "{}",
        said.out
    );
    assert!(
        said.err.contains("3 queries, 2 with papers, 0 that"),
        "{}",
        said.err
    );
    assert_eq!(said.code, 0, "{said:?}");
    let said = run(&["search", "--queries", file]);
    assert!(
        said.out.lines().all(|line| line.split('\t').count() == 18),
        "{}",
        said.out
    );
    assert!(said.out.contains("\nkärnkraft\t0\t"), "{}", said.out);
}

#[test]
fn a_file_of_queries_may_come_from_any_editor() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("queries.txt");
    let path = file.to_str().expect("a path");
    std::fs::write(&file, "\u{feff}nattvandring\nkärnkraft\n").expect("a file");
    let said = run(&["search", "--json", "--queries", path]);
    assert_eq!(said.json()[0]["query"], "nattvandring");
    assert!(
        said.err.contains("nothing found: `kärnkraft`"),
        "{}",
        said.err
    );
    std::fs::write(&file, b"natt\nk\xe4rnkraft\n").expect("a file");
    let said = run(&["search", "--json", "--queries", path]);
    assert_eq!(said.json().pop().expect("a row")["query"], "kärnkraft");
    assert_eq!(said.code, 0, "{said:?}");
}

#[test]
fn a_list_that_is_empty_by_its_filters_says_so() {
    let said = run(&["answers", "fp", "--namnd", "farrsta"]);
    assert_eq!(said.code, 1);
    for part in [
        "nothing holds `namnd:farrsta`",
        "0 papers answer L (Liberalerna), of namnd:\"farrsta\"",
    ] {
        assert!(said.err.contains(part), "{part} in {}", said.err);
    }
    for verb in [&["search", "natt"][..], &["answers", "fp"]] {
        let said = run(&[verb, &["--from", "2018", "--to", "2016-05"]].concat());
        assert!(
            said.code == 2 && said.err.contains("the earlier date stands first"),
            "{said:?}"
        );
    }
}

#[test]
fn every_row_of_json_tells_its_place_and_of_how_many() {
    let said = run(&["search", "--json", "--offset", "1", "-n", "1", "skrivelse"]);
    let row = said.json().remove(0);
    let total = row["total"].as_u64().expect("a total");
    assert!(
        row["number"] == 2 && total > 1 && row["indexed"].is_string(),
        "{row}"
    );
    let rows = run(&["answers", "--json", "fp"]).json();
    assert!(
        rows.iter().zip(1..).all(|(row, at)| row["number"] == at),
        "{rows:?}"
    );
    let row = run(&["search", "--json", "--explain", "LSS -natt"])
        .json()
        .remove(0);
    assert!(
        row["query"] == "LSS -natt"
            && row["read"]
                .as_str()
                .is_some_and(|read| read.contains("-natt")),
        "{row}"
    );
}

#[test]
fn like_papers_are_listed_without_the_paper_itself() {
    let said = run(&["similar", "--json", "2008/fp.txt"]);
    let files = said.files();
    assert_eq!(
        files.first().map(String::as_str),
        Some("2017/l.txt"),
        "{}",
        said.out
    );
    assert!(!files.contains(&"2008/fp.txt".to_owned()));
    assert_eq!(run(&["similar", "saknas.pdf"]).code, 1);
    assert_eq!(run(&["similar", "-n", "0", "2008/fp.txt"]).code, 0);
}

#[test]
fn colour_and_links_are_there_when_asked_for() {
    let said = run(&["search", "--colour", "always", "arbetsbelastning"]);
    assert!(
        said.out.contains("\u{1b}]8;;file:///") && said.out.contains("#page=1\u{1b}\\"),
        "{}",
        said.out
    );
    assert!(said.out.contains("\u{1b}[1;33m"), "{}", said.out);
    assert!(!run(&["search", "arbetsbelastning"]).out.contains('\u{1b}'));
}

#[test]
fn a_closed_list_of_values_is_named_and_completed() {
    let script = run(&["completions", "bash"]).out;
    for value in [
        "svar-pa-motion",
        "delvis-bifall",
        "ocr-needed",
        "inflection",
    ] {
        assert!(script.contains(value), "{value}");
    }
    let wrong = run(&["status", "--state", "copied"]);
    assert_eq!(wrong.code, 2);
    assert!(
        wrong.err.contains("states are indexed, repaired"),
        "{}",
        wrong.err
    );
}

#[test]
fn every_field_that_is_printed_is_told_of() {
    let told = run(&["fields"]).out;
    let told: BTreeSet<&str> = told
        .lines()
        .filter_map(|line| line.split('\t').nth(1))
        .collect();
    fn names(value: &Value, into: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => {
                for (name, value) in map {
                    into.insert(name.clone());
                    if name != "facets" {
                        names(value, into);
                    }
                }
            }
            Value::Array(list) => list.iter().for_each(|value| names(value, into)),
            _ => {}
        }
    }
    let mut printed = BTreeSet::new();
    for args in [
        ["search", "--json", "--facets", "nattvandring"],
        ["answers", "--json", "--as-written", "L"],
        ["similar", "--json", "-n5", "2008/fp.txt"],
    ] {
        run(&args)
            .json()
            .iter()
            .for_each(|object| names(object, &mut printed));
    }
    let untold: Vec<&String> = printed
        .iter()
        .filter(|name| !told.contains(name.as_str()))
        .collect();
    assert!(untold.is_empty() && printed.len() > 15, "{untold:?}");
}

#[test]
fn what_stands_nowhere_has_its_nearest_words_named() {
    let said = run(&["search", "snikkare", "kärnkraft"]);
    assert_eq!(said.code, 1);
    assert!(
        said.err
            .contains("nothing holds `snikkare`; nearest: snickare"),
        "{}",
        said.err
    );
    assert!(
        said.err
            .contains("nothing holds `kärnkraft`; nor anything written much like it"),
        "{}",
        said.err
    );
}

#[test]
fn query_bombs_are_refused_quickly_and_clearly() {
    let long = "ord ".repeat(2_000);
    let deep = "(".repeat(1_000);
    let nots = "NOT ".repeat(300);
    for query in [
        long.as_str(),
        &deep,
        &nots,
        "a*",
        "(((((",
        "near/999 a",
        "ab~2",
    ] {
        let begun = run(&["search", "--", query]);
        assert_eq!(begun.code, 2, "{query:.40}");
        assert!(begun.err.starts_with("error: "), "{}", begun.err);
    }
}

/// A nämnd stands for its forerunners in their years; a paper without a date is theirs as long as nothing says otherwise.
#[test]
fn a_namnd_covers_its_forerunners_by_date() {
    let paper = |namnd: &str, day: &str| {
        format!(
            "{namnd}\n{day}\n\nNya bänkar vid torget\n\nFörslag till beslut\nNämnden godkänner förslaget.\n\n\
             Sammanfattning\nBänkarna står där de stod."
        )
    };
    let mut shelf = Shelf::new();
    for (file, namnd, day) in [
        (
            "spanga-2012.txt",
            "Spånga-Tensta stadsdelsnämnd",
            "2012-05-03",
        ),
        (
            "spanga-2026.txt",
            "Spånga-Tensta stadsdelsnämnd",
            "2026-05-03",
        ),
        ("spanga-odaterad.txt", "Spånga-Tensta stadsdelsnämnd", ""),
        ("kista-2004.txt", "Kista stadsdelsnämnd", "2004-03-18"),
        ("kista-2015.txt", "Kista stadsdelsnämnd", "2015-03-18"),
        (
            "rinkeby-kista-2003.txt",
            "Rinkeby-Kista stadsdelsnämnd",
            "2003-03-20",
        ),
        (
            "rinkeby-kista-2021.txt",
            "Rinkeby-Kista stadsdelsnämnd",
            "2021-03-18",
        ),
        ("jarva-2024.txt", "Järva stadsdelsnämnd", "2024-02-15"),
        ("jarva-2001.txt", "Järva stadsdelsnämnd", "2001-02-15"),
        ("farsta-2012.txt", "Farsta stadsdelsnämnd", "2012-05-24"),
    ] {
        shelf = shelf.file(file, paper(namnd, day));
    }
    shelf.ingest();
    let found = |args: &[&str]| {
        let mut files = shelf.run(&[&["search", "--json"], args].concat()).files();
        files.sort();
        files.join(" ")
    };
    let all = "jarva-2001.txt jarva-2024.txt kista-2004.txt rinkeby-kista-2003.txt rinkeby-kista-2021.txt \
               spanga-2012.txt spanga-odaterad.txt";
    let written = "jarva-2001.txt jarva-2024.txt";
    assert_eq!(found(&["--namnd", "Järva"]), all);
    assert_eq!(found(&["--namnd", "Järva", "bänkar"]), all);
    assert_eq!(found(&["namnd:järva"]), all);
    assert_eq!(found(&["--namnd", "Järva", "--as-written"]), written);
    assert_eq!(found(&["namnd:järva", "--as-written"]), written);
    assert_eq!(
        found(&["--namnd", "Järva", "--from", "2012", "--to", "2022"]),
        "rinkeby-kista-2021.txt spanga-2012.txt"
    );
    // By its own name a nämnd is found whatever the year.
    assert_eq!(
        found(&["--namnd", "Spånga-Tensta"]),
        "spanga-2012.txt spanga-2026.txt spanga-odaterad.txt"
    );
    // A part of a name is that of every nämnd that has it; the whole name, or the flag, of one alone.
    let kista = "kista-2004.txt kista-2015.txt";
    assert_eq!(
        found(&["--namnd", "kista"]),
        format!("{kista} rinkeby-kista-2003.txt rinkeby-kista-2021.txt")
    );
    assert_eq!(found(&["--namnd", "Kista stadsdelsnämnd"]), kista);
    assert_eq!(found(&["--namnd", "kista", "--as-written"]), kista);
    assert_eq!(
        found(&["--namnd", "rinkeby-kista"]),
        "kista-2004.txt rinkeby-kista-2003.txt rinkeby-kista-2021.txt"
    );
}

#[test]
fn a_span_of_days_tells_of_answers_whose_day_nobody_knows() {
    let answer = |when: &str| {
        format!(
            "Socialnämnden\n{when}\n\nSvar på skrivelse från Vera Lind (V) om bänkar\n\nFörvaltningen svarar. {when}"
        )
    };
    let shelf = Shelf::new()
        .file("a.txt", answer("2016-04-14"))
        .file("b.txt", answer("Utan dag"));
    shelf.ingest();
    let said = shelf.run(&["answers", "V", "--from", "2010"]);
    assert!(
        said.err.contains("1 paper answers V") && said.err.contains("(1 more has no date)"),
        "{said:?}"
    );
    let said = shelf.run(&["answers", "V"]);
    assert!(!said.err.contains("more ha"), "{said:?}");
}

#[test]
fn a_word_that_is_not_asked_for_is_told() {
    let shelf = Shelf::new()
        .file("a.txt", "Förbud mot mobiler.")
        .file("b.txt", "Mobiler har förbud.");
    shelf.ingest();
    let said = shelf.run(&["search", "förbud mot mobiler"]);
    assert!(said.err.contains("2 papers found"), "{said:?}");
    assert!(
        said.err
            .contains("not asked for, as nearly every paper has them: mot; \"mot\" asks for it"),
        "{said:?}"
    );
    let said = shelf.run(&["search", "--explain", "förbud mot mobiler"]);
    assert!(said.err.contains("not asked for"), "{said:?}");
    let said = shelf.run(&["search", "förbud \"mot\" mobiler"]);
    assert!(
        said.err.contains("1 paper found") && !said.err.contains("not asked for"),
        "{said:?}"
    );
}

#[test]
fn local_parties_of_one_code_have_their_own_answers() {
    let paper = |place: &str, party: &str| {
        format!(
            "{place}\n2016-04-14\n\nSvar på skrivelse från {party} om bänkar\n\nFörvaltningen svarar."
        )
    };
    let shelf = Shelf::new()
        .file(
            "farsta.txt",
            paper("Farsta stadsdelsnämnd", "Stockholmspartiet"),
        )
        .file("tuna.txt", paper("Sollentuna kommun", "Sollentunapartiet"))
        .file("marke.txt", paper("Sollentuna kommun", "Ada Berg (SP)"));
    shelf.ingest();
    let listed = |party: &[&str]| {
        let args = [&["answers", "--json"][..], party].concat();
        let mut files: Vec<String> = (shelf.run(&args).json().iter())
            .filter_map(|row| row["file"].as_str().map(str::to_owned))
            .collect();
        files.sort();
        files.join(" ")
    };
    assert_eq!(listed(&["Stockholmspartiet"]), "farsta.txt");
    assert_eq!(listed(&["Sollentunapartiet"]), "marke.txt tuna.txt");
    assert_eq!(
        listed(&["Sollentunapartiet", "--as-written"]),
        "marke.txt tuna.txt"
    );
    assert_eq!(listed(&["SP"]), "farsta.txt marke.txt tuna.txt");
    let said = shelf.run(&["why", "tuna.txt", "--party", "SP"]);
    assert!(said.out.contains("Sollentunapartiet (SP)"), "{said:?}");
    assert!(!said.out.contains("Stockholmspartiet"), "{said:?}");
}

#[test]
fn a_number_with_a_blank_inside_is_found_as_it_is_written() {
    let shelf = Shelf::new()
        .file(
            "a.txt",
            "Tjänsteskrivelse\nDnr KS 02-820 107\n\nEn bro byggs.",
        )
        .file(
            "b.txt",
            "Tjänsteskrivelse\nDnr KS 2012/00421 008\n\nEn väg byggs.",
        );
    shelf.ingest();
    for (typed, file) in [
        ("KS 02-820 107", "a.txt"),
        ("KS02-820107", "a.txt"),
        ("KS 2012/00421 008", "b.txt"),
        ("KS 2012/00421", "b.txt"),
        ("KS 2012/421", "b.txt"),
    ] {
        let said = shelf.run(&["search", "--json", &format!("dnr:\"{typed}\"")]);
        let files: Vec<String> = (said.json().iter())
            .filter_map(|row| row["file"].as_str().map(str::to_owned))
            .collect();
        assert_eq!(files, [file], "{typed}");
    }
}
