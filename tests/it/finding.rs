//! What a question finds and what is told of it, on papers made for the purpose.

use crate::shelf::Shelf;

/// A shelf of these papers, filed.
fn filed(papers: &[(&str, &str)]) -> Shelf {
    let shelf = papers
        .iter()
        .fold(Shelf::new(), |shelf, (name, text)| shelf.file(name, text));
    shelf.ingest();
    shelf
}

#[test]
fn a_month_holds_its_days_and_days_in_a_row_hold_the_first() {
    let shelf = filed(&[
        (
            "a.txt",
            "Nämnden sammanträdde den 4-5 juni 2018 i Lindvalla.",
        ),
        (
            "b.txt",
            "Underlaget är daterat 2018-06-08 och gäller kajen.",
        ),
        (
            "c.txt",
            "Underlaget är daterat 2018-07-08 och gäller kajen.",
        ),
    ]);
    for (query, files) in [
        ("dag:2018-06", &["a.txt", "b.txt"][..]),
        ("juni 2018", &["a.txt", "b.txt"]),
        ("dag:2018-07", &["c.txt"]),
        ("dag:2018-06-04", &["a.txt"]),
        ("dag:2018-06-05", &["a.txt"]),
        ("dag:2018-06-03", &[]),
    ] {
        let mut found = shelf.search(query);
        found.sort();
        assert_eq!(found, files, "{query}");
    }
}

#[test]
fn a_copy_is_not_like_its_own_paper() {
    let text = "Kolonilotterna vid Svanviken arrenderas ut och köerna till lotterna är långa. ";
    let shelf = filed(&[
        ("2019/a.txt", text),
        ("arkiv/b.txt", text),
        (
            "2020/c.txt",
            "Kolonilotterna arrenderas ut vid Rävbacken, och köerna är korta.",
        ),
        ("2020/d.txt", "Simhallen stängs, och badhuset rivs."),
    ]);
    for name in ["2019/a.txt", "arkiv/b.txt"] {
        let files = shelf.run(&["similar", "--json", name]).files();
        assert_eq!(files, ["2020/c.txt"], "{name}");
    }
}

#[test]
fn passages_are_no_less_sure_than_the_tier_that_was_asked_for() {
    let far = "Här står något annat som fyller sidan med ord. ".repeat(20);
    let text = format!("Ett arbete väntar.\n\n{far}\n\nArbetsmiljön och arbetena växlar.\n");
    let shelf = filed(&[("a.txt", text.as_str())]);
    let tiers = |tier: &str| -> Vec<String> {
        let said = shelf.run(&["search", "--json", "--tier", tier, "arbete"]);
        let passages = said.json()[0]["passages"].clone();
        let passages = passages.as_array().expect("passages").iter();
        passages
            .map(|passage| passage["tier"].to_string())
            .collect()
    };
    assert_eq!(tiers("exact"), ["\"exact\""]);
    assert_eq!(tiers("part").len(), 2);
}

#[test]
fn nothing_found_is_told_as_json_too() {
    let shelf = filed(&[("a.txt", "En snickare lagar taket på förskolan.")]);
    let said = shelf.run(&["search", "--json", "snikkare", "kärnkraft"]);
    let told = said.json().remove(0);
    assert_eq!(said.code, 1);
    assert!(
        told["total"] == 0 && told["failed"] == 0 && told["indexed"].is_string(),
        "{told}"
    );
    assert_eq!(told["nearest"][0]["near"][0], "snickare", "{told}");
    assert!(
        told["hint"][0]
            .as_str()
            .is_some_and(|hint| hint.contains("nearest: snickare")),
        "{told}"
    );
    assert!(said.files().is_empty());
}

#[test]
fn pairs_with_a_short_first_part_are_found_by_both_words() {
    let shelf = filed(&[
        ("a.txt", "In- och utflyttningen ökade i Lindvalla."),
        ("b.txt", "För- och nackdelar med förslaget redovisas."),
        ("c.txt", "Av- och påstigning sker vid hållplatsen."),
    ]);
    for (query, file) in [
        ("inflyttning", "a.txt"),
        ("utflyttning", "a.txt"),
        ("fördelar", "b.txt"),
        ("nackdel", "b.txt"),
        ("avstigning", "c.txt"),
    ] {
        let said = shelf.run(&["search", "--json", query]);
        assert_eq!(said.files(), [file], "{query}");
        let hit = said.json().remove(0);
        assert!(
            hit["tier"] != "spelling" && !hit["passages"].as_array().expect("passages").is_empty(),
            "{hit}"
        );
    }
}

#[test]
fn a_namnd_is_found_by_the_words_of_its_name_and_its_letters() {
    let paper = |namnd: &str| {
        format!(
            "{namnd}\nTjänsteutlåtande\nDnr 2019/12\n2019-03-21\n\nKöp av bänkar\n\nFörslag till beslut\n{namnd} godkänner köpet.\n"
        )
    };
    let (care, board) = (paper("Vård- och omsorgsnämnden"), paper("Kommunstyrelsen"));
    let shelf = filed(&[("v.txt", care.as_str()), ("k.txt", board.as_str())]);
    for (namnd, file) in [
        ("vård och omsorg", "v.txt"),
        ("Vård & omsorg", "v.txt"),
        ("VON", "v.txt"),
        ("KS", "k.txt"),
    ] {
        let said = shelf.run(&["search", "--json", "--namnd", namnd]);
        assert_eq!(said.files(), [file], "{namnd}");
    }
}

#[test]
fn one_matter_of_a_protokoll_has_both_the_party_and_the_outcome() {
    let shelf = filed(&[(
        "p.txt",
        "Lindvalla kommun\nSocialnämnden\nProtokoll\n2019-05-22\n\n\
         § 2 Svar på skrivelse från Vänsterpartiet om bänkar\n\
         Beslut\nNämnden godkänner förvaltningens svar på skrivelsen från Vera Lind (V).\n\n\
         § 3 Svar på motion från Moderaterna om parkering\n\
         Beslut\nNämnden avslår motionen från Otto Ek (M).\n",
    )]);
    let answers = |party: &str, outcome: &str| {
        shelf
            .run(&["answers", "--json", party, "--outcome", outcome])
            .files()
            .len()
    };
    for party in ["V", "M"] {
        for outcome in ["avslag", "godkänner"] {
            let found = shelf
                .search(&format!("svar:{party} utfall:{outcome}"))
                .len();
            assert_eq!(found, answers(party, outcome), "{party} {outcome}");
        }
    }
    assert_eq!(shelf.search("svar:M utfall:avslag"), ["p.txt"]);
    assert_eq!(shelf.search("svar:V utfall:avslag"), [""; 0]);
}

#[test]
fn a_span_of_days_tells_of_papers_whose_day_nobody_knows() {
    let paper = |day: &str| {
        format!(
            "Socialnämnden\nTjänsteutlåtande\nDnr 2019/12\n{day}\n\nKöp av bänkar\n\nFörslag till beslut\nNämnden godkänner köpet.\n"
        )
    };
    let (dated, undated) = (paper("2019-03-21"), paper(""));
    let shelf = filed(&[("a.txt", dated.as_str()), ("b.txt", undated.as_str())]);
    for (from, said) in [
        ("2019", "1 paper found (1 more has no date)"),
        ("2020", "0 papers found (1 more has no date)"),
    ] {
        let told = shelf.run(&["search", "bänkar", "--from", from]);
        assert!(told.err.contains(said), "{told:?}");
    }
    let told = shelf.run(&["search", "bänkar"]);
    assert!(told.err.contains("2 papers found;"), "{told:?}");
}

#[test]
fn a_diary_number_is_shown_where_a_reader_sees_it() {
    let body = "Förvaltningen redogör för hur bänkarna i parken lagas och målas om varje vår.\n"
        .repeat(12);
    let page = |number: u32, head: &str| {
        format!("Tjänsteutlåtande\nDnr LIN 2019/77\nSida {number} (3)\n\n{head}{body}")
    };
    let own = "Köp av bänkar\n\nÄrendet har diarienummer LIN 2019/77 i registret.\n\n";
    let text = [page(1, own), page(2, ""), page(3, "")].join("\u{c}");
    let shelf = filed(&[("a.txt", text.as_str())]);
    let said = shelf.run(&["search", "--json", "LIN 2019/77"]);
    let passages = said.json()[0]["passages"].clone();
    let shown = shelf.run(&["show", "a.txt"]).out;
    for passage in passages.as_array().expect("passages") {
        let (page, line) = (&passage["page"], &passage["line"]);
        let from = shown
            .split(&format!("── page {page} ──"))
            .nth(1)
            .expect("the page");
        let lines: Vec<&str> = from
            .split("── page")
            .next()
            .expect("its lines")
            .lines()
            .collect();
        let number = format!("{line:>4}  ", line = line.as_u64().expect("a line"));
        assert!(
            lines.iter().any(|shown| shown.starts_with(&number)),
            "line {line} of page {page} in {shown}"
        );
    }
}
