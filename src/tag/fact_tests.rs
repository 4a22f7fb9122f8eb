//! What a paper says of its number, its days, its nämnd and its people, as the room tells it.

use super::tests::tagged;
use super::*;

/// A whole paper of Vattennäs, whose letterhead is `head` and whose running text ends with `body`.
fn paper(head: &str, body: &str) -> String {
    let fill =
        "Förvaltningen ser över belysningen i parken varje år och redovisar arbetet för nämnden. "
            .repeat(8);
    format!(
        "{head}Belysningen i parken\n\nFörslag till beslut\nNämnden godkänner svaret.\n\nSammanfattning\n{fill}\n\nÄrendet\n{body}\n{fill}\n"
    )
}

const HEAD: &str = "Vattennäs stadsdelsförvaltning\n\nTjänsteutlåtande\nDnr VN 2019/619\n2020-02-09\n\nHandläggare\nSiv Modigh\n\nTill\nVattennäs stadsdelsnämnd\n2020-03-12\n\n";

fn roles(tags: &Tags) -> Vec<String> {
    let role = |role| if role == DnrRole::Own { "own" } else { "other" };
    tags.dnr
        .iter()
        .map(|dnr| format!("{} {}", dnr.value.verbatim, role(dnr.value.role)))
        .collect()
}

fn days(tags: &Tags) -> Vec<String> {
    tags.dates
        .iter()
        .map(|date| format!("{} {:?}", date.value.date, date.value.role))
        .collect()
}

#[test]
fn what_only_the_running_heads_say_is_the_papers_own() {
    let running = "Vattennäs stadsdelsförvaltning Dnr VN 2019/619 2020-02-09 Sida";
    let body = "Ett annat ärende, dnr VN 2017/4, avslutades 2018-01-02.";
    let first = paper("", body);
    let text = format!("{first}\u{c}{running} 2\n{body}\n\u{c}{running} 3\nSlut.\n");
    let tags = tagged(&text, "");
    assert_eq!(
        roles(&tags),
        [
            "VN 2017/4 other",
            "VN 2019/619 own",
            "VN 2017/4 other",
            "VN 2019/619 own"
        ]
    );
    assert_eq!(
        tags.date.map(|date| date.value.to_string()).as_deref(),
        Some("2020-02-09")
    );
    // The same, where the reader of the file says which lines they are.
    let mut clean = crate::repair::text(&crate::extract::plain(text.as_bytes()));
    for page in clean.pages.iter_mut().skip(1) {
        page.text = page.text.replacen(" 2\n", " sida två\n", 1);
        let end = page.text.find('\n').unwrap_or_default();
        page.furniture = vec![(0, end)];
    }
    let own = super::tags(&clean, "");
    assert!(
        roles(&own).contains(&"VN 2019/619 own".to_owned()),
        "{:?}",
        roles(&own)
    );
    // What stands on one page alone is no running head.
    let alone = tagged(&format!("{first}\u{c}{running} 2\n{body}\n"), "");
    assert!(
        roles(&alone).iter().all(|dnr| dnr.ends_with("other")),
        "{:?}",
        roles(&alone)
    );
}

#[test]
fn a_number_that_is_cited_in_a_passage_is_anothers() {
    for (passage, cited) in [
        (
            "IVO har i beslut 2014-05-06 (dnr 8.5-29206/2014) riktat kritik mot nämnden.",
            "8.5-29206/2014 other",
        ),
        (
            "Socialstyrelsens beslut dnr 8.2-22970/2013 gäller.",
            "8.2-22970/2013 other",
        ),
        (
            "JO har i beslut den 2 mars 2006, dnr 3579-2005, uttalat sig.",
            "3579-2005 other",
        ),
        (
            "I ett tidigare ärende, dnr VN 2018/44, svarade nämnden.",
            "VN 2018/44 other",
        ),
        (
            "Ärendet har tidigare behandlats i nämnden (dnr 2.2.1-230/2016).",
            "2.2.1-230/2016 other",
        ),
        (
            "Kommunstyrelsen har remitterat förslaget (BUN 2019/787) till nämnden.",
            "BUN 2019/787 other",
        ),
        (
            "Samma ärende, dnr VN 2019/619, togs upp i maj.",
            "VN 2019/619 own",
        ),
    ] {
        let short = format!(
            "{HEAD}Belysningen i parken\n\nFörslag till beslut\nNämnden godkänner svaret.\n\n{passage}\n"
        );
        assert_eq!(
            roles(&tagged(&short, "")),
            ["VN 2019/619 own", cited],
            "{passage}"
        );
    }
    // Two numbers of one case behind one label, and two matters of one list, are own.
    for text in [
        "Tjänsteskrivelse\nDnr 7-742-2011 och 5-744-2011\nEn skrivelse",
        "7 En bro\nDnr VN 2019/1\n\n8 En väg\nDnr VN 2019/2\n",
    ] {
        let tags = tagged(text, "");
        assert_eq!(tags.dnr.len(), 2);
        assert!(
            tags.dnr.iter().all(|dnr| dnr.value.role == DnrRole::Own),
            "{text}"
        );
    }
}

#[test]
fn days_have_the_role_that_their_sentence_gives() {
    for (sentence, day) in [
        (
            "Skrivelsen från Ada Berg (V) är daterad den 19 december 2019.",
            "2019-12-19 Skrivelse",
        ),
        (
            "Ada Berg (V) lämnade den 19 december en skrivelse till nämnden.",
            "2019-12-19 Skrivelse",
        ),
        (
            "Den 8 februari 2019 lämnade Bo Ek (M) in en skrivelse.",
            "2019-02-08 Skrivelse",
        ),
        (
            "Den 8 februari 2019 lämnade nämnden svar på en motion.",
            "2019-02-08 Other",
        ),
        (
            "Pensionärsrådet tog upp frågan den 3 mars.",
            "2020-03-03 Preparation",
        ),
        (
            "Bostadsområdet byggdes den 1 juni 2015.",
            "2015-06-01 Other",
        ),
        ("Frågan ska följas upp den 15 oktober.", "2020-10-15 Other"),
        ("Parken stängdes den 15 november.", "2019-11-15 Other"),
    ] {
        let tags = tagged(&paper(HEAD, sentence), "");
        let want = ["2020-02-09 Document", "2020-03-12 Meeting", day];
        assert_eq!(days(&tags), want, "{sentence}");
    }
}

#[test]
fn what_another_body_decided_once_is_not_the_papers_namnd() {
    let fill = "Förvaltningen ser över belysningen. ".repeat(30);
    for (proposal, told) in [
        (
            "Förslag till beslut\nSocialnämnden godkänner svaret.",
            "Kommunstyrelsen beslutade 2019 att alla nämnder ska spara.",
        ),
        (
            "Förvaltningen föreslår att socialnämnden godkänner svaret.",
            "Trafiknämnden beslutade i maj att ge alla i uppdrag att spara.",
        ),
        (
            "Socialförvaltningen föreslår att nämnden godkänner svaret.",
            "Kommunstyrelsen beslutade 2019 att spara. Kommunstyrelsen har ansvar.",
        ),
    ] {
        let text =
            format!("En fråga\n\nSammanfattning\n{told} {fill}\n\nÄrendet\n{fill}\n\n{proposal}\n");
        let namnd = tagged(&text, "").namnd.map(|namnd| namnd.value);
        assert_eq!(namnd.as_deref(), Some("Socialnämnden"), "{proposal}");
    }
    // A passage of minutes decides so.
    let minutes = tagged(
        "Kommunfullmäktige beslutade\natt motionen är besvarad.\nKommunstyrelsen föreslår att motionen är besvarad.",
        "",
    );
    assert_eq!(
        minutes.namnd.map(|namnd| namnd.value).as_deref(),
        Some("Kommunfullmäktige")
    );
}

#[test]
fn namnder_are_named_by_their_grammar() {
    for name in [
        "Stadsdelsnämnden Östra Vattennäs",
        "Vattennäs stadsdelsnämnd",
        "Socialnämnd Nordost",
        "Socialnämnden Centrum",
        "Stadsområdesnämnd Väster",
        "Humanistiska nämnden",
        "Nämnden för konsument- och medborgarservice",
        "Nämnden för hållbart samhälle",
        "Myndighetsnämnden för bygg och miljö",
        "Äldre samt vård- och omsorgsnämnden",
        "Kretslopp och vattennämnden",
        "Regionala utvecklingsnämnden",
        "Ledningsutskottet",
        "Kommunstyrelsens ekonomiutskott",
    ] {
        let text = format!(
            "Tjänsteskrivelse\nHandläggare\nSiv Ask\nTill\n{name}\n\nEn bro\nKommunstyrelsen vill bygga. Byggnadsnämnden har beslutat.\n"
        );
        let namnd = tagged(&text, "").namnd.map(|namnd| namnd.value);
        assert_eq!(namnd.as_deref(), Some(name));
    }
    for (text, name) in [
        ("SDN Farsta\nEn bro", Some("Farsta stadsdelsnämnd")),
        (
            "Till SDN Vattennäs\nEn bro",
            Some("Stadsdelsnämnden Vattennäs"),
        ),
        // The table's name, though half of it cannot be read.
        (
            "H4gersten-Alvsjo stadsdelsforvaltning\nEn bro",
            Some("Hägersten-Älvsjö stadsdelsnämnd"),
        ),
        ("Varje stadsdelsnämnd ska spara.", None),
        ("Ärendet går till nämnden för beslut.", None),
        (
            "att nämnden för vård och omsorg godkänner svaret",
            Some("Nämnden för vård och omsorg"),
        ),
        ("Siv Ask\nStadsdelsnämnden beslutade.", None),
    ] {
        let namnd = tagged(text, "").namnd.map(|namnd| namnd.value);
        assert_eq!(namnd.as_deref(), name, "{text}");
    }
}

#[test]
fn a_header_that_tells_of_a_meeting_names_its_body() {
    for (header, name) in [
        (
            "Storby kommun > Kommunstyrelsen i korthet den 21 januari",
            Some("Kommunstyrelsen"),
        ),
        (
            "Storby kommun > Kommunfullmäktiges beslut den 24 oktober 2016",
            Some("Kommunfullmäktige"),
        ),
        ("Storby kommun > Nyheter > Arkiv", None),
        (
            "Storby kommun > Lagtinget > Sammanträde 2016-02-03",
            Some("Lagtinget"),
        ),
        (
            "Storby kommun > Demokratiberedningen",
            Some("Demokratiberedningen"),
        ),
    ] {
        let namnd = tagged("En bro byggs.", header)
            .namnd
            .map(|namnd| namnd.value);
        assert_eq!(namnd.as_deref(), name, "{header}");
    }
}

#[test]
fn the_officer_of_a_short_paper_is_named() {
    let tags = tagged(
        &format!(
            "{HEAD}Belysningen\n\nFörslag till beslut\nNämnden godkänner svaret.\n\nUlla Berg\nStadsdelsdirektör\n"
        ),
        "",
    );
    let people: Vec<&str> = tags
        .people
        .iter()
        .map(|person| person.value.name.as_str())
        .collect();
    assert_eq!(people, ["Siv Modigh", "Ulla Berg"]);
}

#[test]
fn a_first_letter_read_as_a_nought_is_a_capital() {
    let tags = tagged("Svar på skrivelse från 0rjan Ångström (MP) om bänkar", "");
    let authors: Vec<&str> = tags
        .authors
        .iter()
        .map(|person| person.value.name.as_str())
        .collect();
    assert_eq!(authors, ["Örjan Ångström"]);
}

#[test]
fn a_sentence_over_two_pages_is_shown_where_it_names_the_party() {
    let text = paper(
        HEAD,
        "I en skrivelse till nämnden från Ada Berg\u{c}(V) begärs fler bänkar.",
    );
    let clean = crate::repair::text(&crate::extract::plain(text.as_bytes()));
    for reason in super::tags(&clean, "").reasons {
        let page = &clean.pages[reason.sentence.page as usize - 1].text;
        assert_eq!(reason.sentence.page, reason.place.page);
        assert!(page[reason.sentence.start..reason.sentence.end].contains("(V)"));
    }
}

#[test]
fn local_parties_that_share_a_code_are_told_apart() {
    let answered = |text: &str, header: &str| {
        let parties = tagged(text, header).answers;
        parties
            .iter()
            .map(|party| party.value.key())
            .collect::<Vec<_>>()
            .join(", ")
    };
    for (text, header, key) in [
        (
            "Svar på skrivelse från Stockholmspartiet om bänkar",
            "Stockholms stad > Farsta stadsdelsnämnd",
            "SP Stockholmspartiet",
        ),
        (
            "Svar på skrivelse från Ada Berg (sp) om bänkar",
            "Sollentuna kommun > Kommunstyrelsen",
            "SP Sollentunapartiet",
        ),
        ("Svar på skrivelse från Ada Berg (V) om bänkar", "", "V"),
    ] {
        assert_eq!(answered(text, header), key, "{text}");
    }
    let typed = |text: &str| typed_party(text).expect("a party");
    assert_eq!(
        typed("SP").keys(),
        ["SP", "SP Stockholmspartiet", "SP Sollentunapartiet"]
    );
    assert!(typed("sp").covers(typed("Sollentunapartiet")));
    assert!(!typed("Stockholmspartiet").covers(typed("Sollentunapartiet")));
    assert!(!typed("Stockholmspartiet").covers(typed("SP")));
    assert_eq!(typed("Stockholmspartiet").name(), "Stockholmspartiet");
    for text in ["SP", "Sollentunapartiet", "V"] {
        let json = serde_json::to_string(&typed(text)).expect("a word");
        assert_eq!(
            serde_json::from_str::<Party>(&json).expect("the same"),
            typed(text)
        );
    }
}

#[test]
fn a_number_is_found_as_it_is_written_and_without_its_class() {
    for (written, typed) in [
        ("KS 02-820 107", "KS 02-820 107"),
        ("KS 02-820 107", "KS02-820107"),
        ("2014/KS 0012 001", "2014/KS 0012 001"),
        ("2.2.1-230/2016", "2.2.1-230/2016"),
    ] {
        let tags = tagged(&format!("Tjänsteskrivelse\nDnr {written}\n"), "");
        let keys = tags.dnr[0].value.lookup_keys();
        let typed = lookup_key(typed).expect("a number");
        assert!(keys.contains(&typed), "{typed} in {keys:?}");
    }
    let tags = tagged("Tjänsteskrivelse\nDnr KS 2012/00421 008\n", "");
    let dnr = &tags.dnr[0].value;
    assert_eq!(dnr.short_key().as_deref(), Some("2012-421"));
    let typed = lookup_key("KS 2012/421").expect("a number");
    assert!(dnr.lookup_keys().iter().any(|key| has_all_of(key, &typed)));
}

#[test]
fn a_full_stop_is_the_sentences_unless_a_class_has_it() {
    for (text, verbatim) in [
        ("Kontorets dnr 2010-701-0075. Mer", "2010-701-0075"),
        ("Dnr KS 2019/12.", "KS 2019/12"),
        ("Dnr 137-2012-1.6.\n", "137-2012-1.6."),
        ("Dnr 707-2011-5.\n8 Nästa", "707-2011-5."),
    ] {
        assert_eq!(tagged(text, "").dnr[0].value.verbatim, verbatim, "{text}");
    }
}

#[test]
fn who_wrote_is_named_in_many_forms() {
    for (text, want) in [
        (
            "Svar på motion från SD - Elsa Berg - Fler bussar",
            "Elsa Berg SD",
        ),
        (
            "§ 92 Motion (V) Elsa Berg: Fri entré\nNämnden bifaller motionen.",
            "Elsa Berg V",
        ),
        // A surname of one letter, and several writers on one line.
        ("Svar på motion från Siv Å (C) om vägskyltar", "Siv Å C"),
        (
            "§ 60 Motioner av Olle Grahn (kd) om hospice och Siv Ek (c) om skolor anses besvarade.",
            "Olle Grahn KD, Siv Ek C",
        ),
        (
            "§ 3 Frågor\n1) Elsa Berg (S) frågar styrelsens ordförande om bron. 2) Ulf Ek (V) frågar nämndens ordförande om snön.",
            "Elsa Berg S, Ulf Ek V",
        ),
        (
            "Svar på S k r i v e l s e från Elsa Berg (S) om lek",
            "Elsa Berg S",
        ),
        // Before a colon and a title, of which the next sentence speaks.
        (
            "12. Elsa Berg (S): Hur mår våra sjöar?\nInterpellationen besvaras av Ulf Ek (M)",
            "Elsa Berg S",
        ),
        (
            "§ 31 Fråga: Elsa Berg (SD) - Vad kostar snön?\nUlf Ek (M) besvarar frågan.",
            "Elsa Berg SD",
        ),
        // Each sentence of the list has its own.
        (
            "Interpellationer av: Elsa Berg (S) om skolmat. KS-2016-12. Handling. Ulf Ek (M) om bussar.",
            "Elsa Berg S, Ulf Ek M",
        ),
        // The letter of a party without brackets.
        (
            "92 Interpellationer\nFullmäktige medger att följande interpellationer får framställas\n1. Elsa Berg, S Skolor i länet\n2. Ulf Ek, M Köer till sjukhuset\n",
            "Elsa Berg S, Ulf Ek M",
        ),
        // An alliance of parties is nobody's name.
        ("Svar på motion från Kustsamverkan (M, C) om bussar", ""),
        // Who moves something wrote nothing.
        (
            "5. Motion 14/2017 Nattbussar\nFullmäktige avslår motion 14/2017.\nElsa Berg (L) föreslog bifall till motionen.",
            "",
        ),
        // What stands behind the dash is the matter.
        ("Svar på motion från SD - Stora Torget", ""),
        (
            "Motion nr 12-2020 Elsa Berg (KD) m.fl. Snö i parken",
            "Elsa Berg KD",
        ),
        (
            "Elsa Berg och Ulf Ek från Moderaterna respektive Liberalerna har i en skrivelse begärt svar. Förvaltningen anser att det är bra.",
            "Elsa Berg M, Ulf Ek L",
        ),
        (
            "Från: Elsa Berg (KD)\nTill: Socialnämnden\n\nSkrivelse\n\nVi undrar hur nämnden tänker.",
            "Elsa Berg KD",
        ),
        (
            "2 Beredning Elsa Bergs och Ulf Eks motion har remitterats till stadsledningskontoret.",
            "Elsa Berg -, Ulf Ek -",
        ),
        (
            "Svar på interpellation från (V) om snö. Elsa Berg (V) har interpellerat till kommunalrådet Ulf Ek (M). Handlingar \
             Svar på interpellation Ulf Ek (M)",
            "Elsa Berg V",
        ),
    ] {
        let authors: Vec<String> = tagged(text, "")
            .authors
            .iter()
            .map(|person| {
                let party = person.value.party.map_or("-", |party| party.code());
                format!("{} {party}", person.value.name)
            })
            .collect();
        assert_eq!(authors.join(", "), want, "{text:?}");
    }
}

#[test]
fn a_remiss_answer_has_the_number_of_the_remiss_and_its_own() {
    let text = "12 Fler odlingslotter\n\nRemissvar, dnr: 336-1801/2011, svar på motion från Elsa Berg\nDnr: 1.5.1-424/11";
    assert_eq!(
        roles(&tagged(text, "")),
        ["336-1801/2011 other", "1.5.1-424/11 own"]
    );
    let text = "12 Fler odlingslotter\n\nRemissvar, dnr: 336-1801/2011";
    assert_eq!(roles(&tagged(text, "")), ["336-1801/2011 own"]);
}
