//! The room as a whole: the relations as a table, the seed papers, laws by chance.

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::{extract, repair};

pub(super) fn tagged(text: &str, header: &str) -> Tags {
    tags(&repair::text(&extract::plain(text.as_bytes())), header)
}

pub(super) fn codes(found: &[Found<Party>]) -> String {
    let codes: Vec<&str> = found.iter().map(|found| found.value.code()).collect();
    codes.join(" ")
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test must say so")]
fn the_seed_papers_are_tagged_as_a_reader_would() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(entries) = std::fs::read_dir(&seeds) else {
        eprintln!("skipped: no seed papers at {}", seeds.display());
        return;
    };
    let mut seen = 0;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Ok(bytes) = std::fs::read(entry.path()) else {
            continue;
        };
        let tags = tags(&repair::text(&extract::plain(&bytes)), "");
        let dnr: Vec<(&str, DnrRole)> = tags
            .dnr
            .iter()
            .map(|dnr| (dnr.value.key.as_str(), dnr.value.role))
            .collect();
        let namnd = tags.namnd.as_ref().map(|namnd| namnd.value.as_str());
        let (answers, kind, want_dnr, want_namnd): (&str, Kind, Vec<(&str, DnrRole)>, &str) =
            match &name[..3] {
                "000" => (
                    "M",
                    Kind::SvarPaSkrivelse,
                    vec![("2.2.1-230/2016", DnrRole::Other)],
                    "Spånga-Tensta stadsdelsnämnd",
                ),
                "001" => ("", Kind::Arende, vec![], "Socialnämnden"),
                "002" => ("M", Kind::SvarPaSkrivelse, vec![], "Socialnämnden"),
                "003" => (
                    "V",
                    Kind::SvarPaSkrivelse,
                    vec![("HL2019/619", DnrRole::Own)],
                    "Hägersten-Liljeholmens stadsdelsnämnd",
                ),
                "004" => ("L", Kind::SvarPaSkrivelse, vec![], "Socialnämnden"),
                _ => continue,
            };
        seen += 1;
        assert_eq!(codes(&tags.answers), answers, "{name}");
        assert_eq!(codes(&tags.via_remiss), "", "{name}");
        assert_eq!(codes(&tags.mentions), answers, "{name}");
        assert_eq!(tags.kind, kind, "{name}");
        assert_eq!(dnr, want_dnr, "{name}");
        assert_eq!(namnd, Some(want_namnd), "{name}");
        let people = match &name[..3] {
            "000" | "002" | "003" => 1,
            "004" => 2,
            _ => 0,
        };
        assert_eq!(tags.authors.len(), people, "{name}: {:?}", tags.authors);
        if name.starts_with("003") {
            let date = |role| {
                tags.dates
                    .iter()
                    .find(|date| date.value.role == role)
                    .map(|date| date.value.date.to_string())
            };
            assert_eq!(
                tags.date.map(|date| date.value.to_string()).as_deref(),
                Some("2020-02-09")
            );
            assert_eq!(date(DateRole::Meeting).as_deref(), Some("2020-03-12"));
            assert_eq!(date(DateRole::Skrivelse).as_deref(), Some("2019-12-19"));
            assert_eq!(
                tags.title.map(|title| title.value).as_deref(),
                Some("Arbetsmiljön för socialsekreterare och biståndsbedömare")
            );
        }
    }
    assert_eq!(seen, 5);
}

#[test]
fn a_header_gives_namnd_and_date_without_place() {
    let tags = tagged(
        "6 Investeringar i parker",
        "Storby > Farsta stadsdelsnämnd > Sammanträde 2008-04-10",
    );
    let namnd = tags.namnd.map(|found| (found.value, found.place));
    assert_eq!(
        namnd,
        Some(("Farsta stadsdelsnämnd".to_owned(), Place::new(1, 0..0)))
    );
    assert_eq!(
        tags.date.map(|found| (found.value, found.place)),
        Some((Date::constant(2008, 4, 10), Place::new(1, 0..0)))
    );
}

/// Text, header's nämnd, kind, whom it answers, via a remiss.
type Row = (&'static str, &'static str, Kind, &'static str, &'static str);

#[test]
fn every_relation_is_told_apart() {
    use Kind::*;
    const SDN: &str = "Farsta stadsdelsnämnd";
    const KF: &str = "Kommunfullmäktige";
    let rows: &[Row] = &[
        (
            "9 Ljus i parken\nSvar på skrivelse (s)\nDnr 328-2009-599",
            SDN,
            SvarPaSkrivelse,
            "S",
            "",
        ),
        (
            "Svar på skrivelse (s), (mp) och (v) om ljus",
            SDN,
            SvarPaSkrivelse,
            "S MP V",
            "",
        ),
        (
            "Ökad e-demokrati. Svar på skrivelse",
            SDN,
            SvarPaSkrivelse,
            "",
            "",
        ),
        (
            "8 Ljus från Elsa Berg (V). Svar på skrivelse",
            SDN,
            SvarPaSkrivelse,
            "V",
            "",
        ),
        (
            "8 Ljus i parker (v)\nSvar på skrivelse",
            SDN,
            SvarPaSkrivelse,
            "V",
            "",
        ),
        (
            "Svar på skrivelse angående ljus (fp)",
            SDN,
            SvarPaSkrivelse,
            "L",
            "",
        ),
        (
            "Svar på skrivelse från Elsa Berg (fp) Ulf Ek (m) och Ida Rask (c)",
            SDN,
            SvarPaSkrivelse,
            "L M C",
            "",
        ),
        (
            "Svar på skrivelse från vice ordföranden Elsa Berg m fl (m) angående ljus",
            SDN,
            SvarPaSkrivelse,
            "M",
            "",
        ),
        (
            "Svar på Vänsterpartiets skrivelse om ljus",
            "",
            SvarPaSkrivelse,
            "V",
            "",
        ),
        (
            "Elsa Berg m.fl. (V) med flera har i en skrivelse till nämnden begärt ljus.",
            "",
            SvarPaSkrivelse,
            "V",
            "",
        ),
        (
            "I en skrivelse till nämnden föreslår Elsa Berg (S) att parken rustas.",
            SDN,
            SvarPaSkrivelse,
            "S",
            "",
        ),
        (
            "I skrivelsen ”Ljus” från Elsa Berg \n\n(L) och Ida Rask (L) till nämnden framförs",
            "",
            SvarPaSkrivelse,
            "L",
            "",
        ),
        (
            "8 Ljus. Skrivelse från Elsa Berg (mp) (S)",
            "Trafiknämnden",
            SvarPaSkrivelse,
            "MP",
            "",
        ),
        (
            "8 Ljus. Skrivelse från Elsa Berg (s). Återremiss (RY)",
            "Gatu- och fastighetsnämnden",
            SvarPaSkrivelse,
            "S",
            "",
        ),
        (
            "Svar på skrivelse från Farsta pensionärsråd om ljus",
            SDN,
            SvarPaSkrivelse,
            "",
            "",
        ),
        (
            "Svar på skrivelse från Hyresgästföreningen om ljus av Elsa Berg (S)",
            SDN,
            SvarPaSkrivelse,
            "",
            "",
        ),
        (
            "Svar på skrivelse från IVO om ljus",
            SDN,
            SvarPaRemiss,
            "",
            "",
        ),
        (
            "Förvaltningens svar på skrivelse av den 3 mars 2009 från Elsa Berg (V)",
            SDN,
            SvarPaSkrivelse,
            "V",
            "",
        ),
        (
            "Skrivelse från Elsa Berg (V) - svar",
            SDN,
            SvarPaSkrivelse,
            "V",
            "",
        ),
        (
            "Elsa Berg (V) anmälde en skrivelse om ljus.",
            SDN,
            Skrivelse,
            "",
            "",
        ),
        (
            "6 Svar på Stadsrevisionens granskning",
            SDN,
            SvarPaRemiss,
            "",
            "",
        ),
        ("5 Anmälan av skrivelse från (V)", SDN, Anmalan, "", ""),
        (
            "5 Skrivelser som inkommit från nämndens ledamöter",
            SDN,
            Anmalan,
            "",
            "",
        ),
        (
            "2 Medborgarförslag anmälan\nSnö från Lisa Ek",
            SDN,
            Anmalan,
            "",
            "",
        ),
        (
            "Skrivelse från Elsa Berg (V) om ljus\nÖverlämnas till förvaltningen för beredning",
            SDN,
            Skrivelse,
            "",
            "",
        ),
        (
            "Yttrande över en motion från Ulf Ek (kd)",
            SDN,
            SvarPaMotion,
            "KD",
            "",
        ),
        (
            "Tjänsteutlåtande rörande motion av Ulf Ek (s) om ett museum",
            "Kulturnämnden",
            SvarPaMotion,
            "S",
            "",
        ),
        (
            "6 Utl. 2009:31. En byst. Motion av Elsa Berg och Ulf Ek (båda s) (2008:63)",
            KF,
            SvarPaMotion,
            "S",
            "",
        ),
        (
            "7 Motion om arbete (KS 2009-05-26, § 104) bordlagt 2009-06-11",
            KF,
            SvarPaMotion,
            "",
            "",
        ),
        (
            "7 Motion (2012:6) av Elsa Berg (S) om ljus",
            KF,
            Motion,
            "",
            "",
        ),
        (
            "13 Motion (2010:2) av Elsa Berg (S) om ljus\nRemiss från kommunstyrelsen",
            "Miljönämnden",
            SvarPaRemiss,
            "",
            "S",
        ),
        (
            "Remissvar avseende motion (2011:44) från Ida Rask m.fl (S)",
            SDN,
            SvarPaRemiss,
            "",
            "S",
        ),
        (
            "Svar på remiss av motion om ljus av Elsa Berg (V)",
            SDN,
            SvarPaRemiss,
            "",
            "V",
        ),
        (
            "19 Motion (2008:78) om mark - Elsa Berg (s) och Ulf Ek (s)\nRemiss från kommunstyrelsen",
            "Miljönämnden",
            SvarPaRemiss,
            "",
            "S",
        ),
        (
            "Interpellation från Elsa Berg (S) till kommunalrådet Ulf Ek (M) om ljus",
            KF,
            Interpellation,
            "",
            "",
        ),
        (
            "Svar på interpellation ställd av Elsa Berg (S) till Ulf Ek (M)",
            KF,
            SvarPaInterpellation,
            "S",
            "",
        ),
        (
            "Svar på Elsa Bergs (S) interpellation om ljus",
            KF,
            SvarPaInterpellation,
            "S",
            "",
        ),
        (
            "Bifall till motionen från MP-ledamöterna och V-ledamoten.",
            KF,
            Protokoll,
            "",
            "",
        ),
        (
            "§1 Mötet öppnas\nOrdföranden Ulf Ek (M) öppnade mötet.",
            SDN,
            Protokoll,
            "",
            "",
        ),
        (
            "§1 Justering\nUlf Ek (m) justerar med ordföranden Elsa Berg (s).",
            SDN,
            Protokoll,
            "",
            "",
        ),
        (
            "7 Tider för nämndens sammanträden 2011 (S)",
            "Trafiknämnden",
            Arende,
            "",
            "",
        ),
    ];
    for &(text, namnd, kind, answers, via) in rows {
        let header = if namnd.is_empty() {
            String::new()
        } else {
            format!("Storby > {namnd} > Sammanträde 2009-10-22")
        };
        for text in [
            text.to_owned(),
            text.replace(['å', 'ä'], "a")
                .replace('ö', "o")
                .replace('Ö', "O")
                .replace('Å', "A"),
        ] {
            let tags = tagged(&text, &header);
            assert_eq!(
                (tags.kind, codes(&tags.answers), codes(&tags.via_remiss)),
                (kind, answers.to_owned(), via.to_owned()),
                "{text:?}"
            );
        }
    }
}

#[test]
fn lines_of_many_kinds_are_tagged_as_a_reader_would() {
    let mut wrong = Vec::new();
    let lines = include_str!("lines.tsv").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [namnd, kind, answers, via, text] = columns.as_slice() else {
            panic!("five columns: {line:?}");
        };
        let header = match *namnd {
            "-" => String::new(),
            namnd => format!("Storby kommun > {namnd} > Sammanträde 2012-04-10"),
        };
        let tags = tagged(&text.replace('⏎', "\n"), &header);
        let sorted = |codes: &str| {
            let mut codes: Vec<&str> = codes.split(' ').filter(|code| *code != "-").collect();
            codes.retain(|code| !code.is_empty());
            codes.sort_unstable();
            codes.join(" ")
        };
        let got = (
            tags.kind.to_string(),
            sorted(&codes(&tags.answers)),
            sorted(&codes(&tags.via_remiss)),
        );
        if got != ((*kind).to_owned(), sorted(answers), sorted(via)) {
            wrong.push(format!("{line:?}: {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn questions_that_are_answered_in_a_debate_answer_no_letter() {
    let text = "Årsredovisning 2018\nÅrsredovisningen godkänns.\nModeraterna lämnar en skrivelse som bifogas protokollet. \
        Ordföranden svarar på frågor från Liberalerna.";
    assert_eq!(codes(&tagged(text, "").answers), "");
}

#[test]
fn who_hands_in_another_beside_the_answered_one_is_an_author() {
    let text = "§ 51 Svar på interpellation om snö\nElsa Berg (S) har ställt en interpellation till Ulf Ek (C). Ulf Ek (C) har svarat \
        på interpellationen.\n\n§ 52 Nya motioner\nIda Rask (L) har lämnat en motion om is. Motionen remitteras.";
    let tags = tagged(
        text,
        "Storby kommun > Kommunfullmäktige > Sammanträde 2012-04-10",
    );
    let authors: Vec<&str> = tags
        .authors
        .iter()
        .map(|author| author.value.name.as_str())
        .collect();
    assert_eq!(authors, ["Elsa Berg", "Ida Rask"]);
    assert_eq!(codes(&tags.answers), "S");
}

#[test]
fn a_letter_listed_among_the_attachments_is_the_one_that_is_answered() {
    let text = format!(
        "Tjänsteutlåtande\nDnr 1.1-88/2012\nFarsta stadsdelsnämnd\n\nLjus i parken\nSvar på skrivelse från Elsa Berg (V)\n\n\
         Sammanfattning\n{}\n\nBakgrund\nMer.\n\nBilagor\nSkrivelse från Elsa Berg (V)\nSkrivelse från Ulf Ek (M)\n",
        "Ett stycke om belysning. ".repeat(50)
    );
    let tags = tagged(&text, "");
    assert_eq!(codes(&tags.answers), "V");
    let rules: Vec<(&str, Rule)> = tags
        .reasons
        .iter()
        .map(|reason| (reason.party.code(), reason.rule))
        .collect();
    assert_eq!(
        rules,
        [
            ("V", Rule::FromList),
            ("V", Rule::FromList),
            ("M", Rule::NotInHead)
        ]
    );
}

#[test]
fn six_digits_behind_a_letter_with_a_ring_are_no_number() {
    assert_eq!(tagged("Å123456 kr", "").dnr, []);
}

#[test]
fn a_protokoll_is_tagged_matter_by_matter() {
    let text = "Protokoll\nFarsta stadsdelsnämnd 2009-12-17\n§ 1 Val av justerare\nNämnden utser Ulf Ek (M).\n\
        § 2 Ljus i parken\nSvar på skrivelse från Elsa Berg (V)\nDnr 311-234/2009\n\u{c}\
        § 3 Snö\nSvar på skrivelse från Ida Rask (S)\nReservation av (M)";
    let clean = repair::text(&extract::plain(text.as_bytes()));
    let matters = matters(&clean, "");
    let answers: Vec<String> = matters
        .iter()
        .map(|matter| codes(&matter.tags.answers))
        .collect();
    assert_eq!(answers, ["", "V", "S"]);
    let heads: Vec<(&str, &str)> = matters
        .iter()
        .map(|matter| {
            let title = matter.tags.title.as_ref();
            (
                matter.number.as_str(),
                title.map_or("", |title| title.value.as_str()),
            )
        })
        .collect();
    assert_eq!(
        heads,
        [
            ("§ 1", "Val av justerare"),
            ("§ 2", "Ljus i parken"),
            ("§ 3", "Snö")
        ]
    );
    let found = &matters[2].tags.answers[0];
    let page = &clean.pages[found.place.page as usize - 1];
    assert_eq!(
        (found.place.page, &page.text[found.place.range()]),
        (2, "S")
    );
    assert_eq!(matters[1].tags.dnr[0].value.key, "311-234/2009");
    assert_eq!(tags(&clean, "").kind, Kind::Protokoll);
}

/// Every place lies in its page on letter boundaries; what is quoted as written stands there.
fn check_places(clean: &CleanText, tags: &Tags) {
    let at = |place: &Place| {
        let page = clean
            .pages
            .iter()
            .find(|page| page.number == place.page)
            .expect("a page");
        page.text
            .get(place.range())
            .expect("letter boundaries")
            .to_owned()
    };
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for dnr in &tags.dnr {
        assert_eq!(at(&dnr.place), dnr.value.verbatim);
    }
    for person in tags.authors.iter().chain(&tags.people) {
        assert!(
            squeezed(&at(&person.place)).contains(&person.value.name),
            "{person:?}"
        );
    }
    for party in tags
        .answers
        .iter()
        .chain(&tags.via_remiss)
        .chain(&tags.mentions)
    {
        assert!(!at(&party.place).is_empty(), "{party:?}");
    }
    for text in tags.title.iter().chain(&tags.proposal) {
        assert_eq!(fold::on_one_line(&at(&text.place)), text.value);
    }
    for reason in &tags.reasons {
        assert!(!at(&reason.place).is_empty());
        let sentence = reason.sentence.range();
        if reason.sentence.page == reason.place.page {
            assert!(sentence.start <= reason.place.start && sentence.end >= reason.place.end);
        }
        at(&reason.sentence);
        if let Some(beyond) = &reason.beyond {
            at(beyond);
            assert_ne!(beyond.page, reason.sentence.page);
        }
    }
    for written in &tags.written {
        assert_eq!(at(&written.place), written.verbatim);
        assert!(as_written(&written.mark).is_some_and(|(party, _)| party == written.party));
    }
    if let Some(outcome) = &tags.outcome {
        assert!(!at(&outcome.place).is_empty());
    }
    for date in &tags.dates {
        assert!(at(&date.place).bytes().any(|byte| byte.is_ascii_digit()));
    }
    for date in &tags.dates_partial {
        assert!(at(&date.place).bytes().any(|byte| byte.is_ascii_digit()));
    }
    for place in tags
        .kind_place
        .iter()
        .chain(tags.namnd.iter().map(|found| &found.place))
    {
        at(place);
    }
    for place in tags
        .forvaltning
        .iter()
        .map(|found| &found.place)
        .chain(tags.date.iter().map(|found| &found.place))
    {
        at(place);
    }
}

/// Text in which the words of this room meet in every order, with damage between them.
fn wild_text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("Svar på skrivelse från ".to_owned()),
        Just("motion (2010:4) av ".to_owned()),
        Just("har i en skrivelse ".to_owned()),
        Just("Elsa Berg ".to_owned()),
        Just("m.fl. ".to_owned()),
        Just("(M) ".to_owned()),
        Just("(s, v och mp".to_owned()),
        Just("vänsterpartiets ".to_owned()),
        Just("Dnr ".to_owned()),
        Just("HL 2019/619 ".to_owned()),
        Just("1.2.4.- 579/12".to_owned()),
        Just("den 3 mars ".to_owned()),
        Just("2016-02-\n16 ".to_owned()),
        Just("Socialnämnden godkänner ".to_owned()),
        Just("Farsta \nstadsdelsnämnd".to_owned()),
        Just("\nSammanfattning\n".to_owned()),
        Just("\nFörslag till beslut\n".to_owned()),
        Just("\nBilagor\n".to_owned()),
        Just("\n§ 4 ".to_owned()),
        Just("\u{c}".to_owned()),
        Just("o\u{308}ﬁ\u{ad}\u{fffd}".to_owned()),
        "[ -~åäöÅÄÖ\n]{0,12}",
        "\\PC{0,6}",
    ];
    prop::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn no_text_panics_and_every_place_holds(text in wild_text(), header in "(?:[a-zåäö>0-9 -]{0,40})") {
        let clean = repair::text(&extract::plain(text.as_bytes()));
        let tags = tagged_once_and_again(&clean, &header);
        check_places(&clean, &tags);
        for matter in matters(&clean, &header) {
            check_places(&clean, &matter.tags);
        }
    }

    #[test]
    fn no_bytes_panic(text in any::<String>()) {
        let clean = repair::text(&extract::plain(text.as_bytes()));
        check_places(&clean, &tags(&clean, &text));
    }

    #[test]
    fn a_document_is_tagged_the_same_after_any_other(one in wild_text(), other in wild_text()) {
        let alone = tagged(&one, "");
        tagged(&other, "");
        prop_assert_eq!(tagged(&one, ""), alone);
    }
}

fn tagged_once_and_again(clean: &CleanText, header: &str) -> Tags {
    let tags = tags(clean, header);
    assert_eq!(super::tags(clean, header), tags);
    tags
}
