use expect_test::expect;
use proptest::prelude::*;

use super::*;
use crate::query::node::Span;

fn word(word: &str) -> Node {
    Node::Word(word.into())
}

#[test]
fn words_are_anded_and_operators_bind_as_people_expect() {
    for (query, node) in [
        ("Löpande", word("löpande")),
        (
            "löpande arbete",
            Node::All(vec![word("löpande"), word("arbete")]),
        ),
        (
            "a OR b c",
            Node::Any(vec![word("a"), Node::All(vec![word("b"), word("c")])]),
        ),
        (
            "hemtjänst -natt",
            Node::All(vec![word("hemtjänst"), Node::Not(Box::new(word("natt")))]),
        ),
        (
            "NOT (a OR b)",
            Node::Not(Box::new(Node::Any(vec![word("a"), word("b")]))),
        ),
        ("arbets*", Node::Prefix("arbets".into())),
        (
            "\"ekonomiskt bistånd\"",
            Node::Phrase(vec!["ekonomiskt".into(), "bistånd".into()]),
        ),
        ("barn- och", Node::All(vec![word("barn"), word("och")])),
        ("order", word("order")),
        ("svar:(M)", Node::Answers("M".parse().expect("a party"))),
        ("svar:M", Node::Answers("M".parse().expect("a party"))),
    ] {
        assert_eq!(parse(query), Ok(node), "{query}");
    }
}

#[test]
fn what_a_word_processor_makes_of_signs_is_meant() {
    for (typed, plain) in [
        ("hemtjänst –natt", "hemtjänst -natt"),
        ("hemtjänst —natt", "hemtjänst -natt"),
        ("hemtjänst −(natt)", "hemtjänst -natt"),
        ("hemtjänst –”hela natten”", "hemtjänst -\"hela natten\""),
        ("”ekonomiskt bistånd”", "\"ekonomiskt bistånd\""),
        ("“ekonomiskt bistånd” hyra", "\"ekonomiskt bistånd\" hyra"),
        ("„ekonomiskt bistånd“", "\"ekonomiskt bistånd\""),
        ("»ekonomiskt bistånd» hyra", "\"ekonomiskt bistånd\" hyra"),
        ("«ekonomiskt bistånd»", "\"ekonomiskt bistånd\""),
        (
            "namnd:”Farsta stadsdelsnämnd”",
            "namnd:\"Farsta stadsdelsnämnd\"",
        ),
        ("2019 – 619", "2019-619"),
    ] {
        assert_eq!(parse(typed), parse(plain), "{typed}");
        assert!(parse(typed).is_ok(), "{typed}");
    }
}

#[test]
fn what_is_wrong_is_said_and_where() {
    for (query, at, what) in [
        ("cykel AND", 6, "nothing stands behind this AND"),
        ("(cykel AND) tak", 7, "nothing stands behind this AND"),
        ("cykel && tak", 6, "write AND"),
        ("cykel - tak", 6, "a minus stands right before"),
        ("datum:2019..2016", 6, "the earlier date stands first"),
        ("fråga: varför", 0, "no field `fråga`"),
        ("författare:Ekdal", 0, "names are searched as words"),
        ("hemtjänst near/5", 11, "`near` stands between two words"),
        ("near/5", 0, "`near` stands between two words"),
        ("hyra* near/5 lokal", 6, "`near` stands between two words"),
        ("parti:M near/5 lokal", 8, "`near` stands between two words"),
        (
            "parti:(M OR V)",
            6,
            "write each by itself: parti:M OR parti:V",
        ),
        ("från:2016", 0, "write datum:2016..2018"),
        ("datum:2014-2016", 6, "and 2014..2016 for the days between"),
        ("titel:far*~", 9, "no `*` or `~` behind `titel:`"),
        ("namnd:farst~", 11, "no `*` or `~` behind `namnd:`"),
        ("\"bistånd~\"", 9, "no `*` or `~` between quotes"),
        ("+hyra", 0, "leave the `+` out"),
        ("!hyra", 0, "write `-word`"),
        ("cykel --hyra", 6, "one minus"),
        ("'hyra lokal'", 0, "between double quotes"),
        ("”hyra", 0, "this `”` is never closed"),
        (
            "{lss OR sol = lagen om stöd}",
            0,
            "between braces stands a word",
        ),
        ("e-po*", 0, "at least 3 letters between a hyphen and a `*`"),
        ("{lss = }", 0, "between braces stands a word"),
        ("{2016 TO 2018}", 0, "no ranges in such brackets"),
        ("titel: varför", 6, "`titel:` has no value"),
        ("parti:X", 6, "no party is written `X`"),
    ] {
        let error = parse(query).expect_err(query);
        assert_eq!(error.at, at, "{query}: {error}");
        assert!(error.what.contains(what), "{query}: {error}");
    }
}

#[test]
fn a_long_query_is_shown_about_the_place_that_is_wrong() {
    let query = format!("{}titl:a {}", "cykel ".repeat(40), "tak ".repeat(20));
    let shown = parse(&query).expect_err("no such field").to_string();
    let lines: Vec<&str> = shown.lines().collect();
    let caret = lines[2].chars().position(|c| c == '^').expect("a caret");
    assert!(lines[1].chars().count() < 130, "{shown}");
    let there: String = lines[1].chars().skip(caret).take(4).collect();
    assert_eq!(there, "titl", "{shown}");
}

#[test]
fn fields_have_the_names_that_people_try() {
    for (query, same) in [
        ("år:2019", "datum:2019"),
        ("parti:vänstern", "parti:V"),
        ("svar:sossarna", "svar:S"),
        ("rubrik:sommarjobb", "titel:sommarjobb"),
        ("Titel:sommarjobb", "titel:\"sommarjobb\""),
    ] {
        assert_eq!(parse(query), parse(same), "{query}");
        assert!(parse(query).is_ok(), "{query}");
    }
}

#[test]
fn initials_and_a_surname_are_a_person() {
    for (query, read) in [
        ("C. Ekdal", "intill:\"c ekdal\" ELLER ekdal"),
        ("O-J Ekdal", "intill:\"o j ekdal\" ELLER ekdal"),
        ("A.B. Ekdal", "intill:\"a b ekdal\" ELLER ekdal"),
        ("C Ekdal", "(parti:C ekdal) ELLER intill:\"c ekdal\""),
        ("V svarar", "parti:V svarar"),
        ("58 procent", "intill:\"58 procent\""),
        ("1,5 %", "intill:\"1 5 procent\""),
        ("58 personer", "(58) personer"),
        ("(C) Ekdal", "(parti:C ekdal) ELLER intill:\"c ekdal\""),
        ("Dnr 2.2.1 230/2016", "dnr:2-2-1-230-2016"),
    ] {
        assert_eq!(parse(query).expect(query).to_string(), read, "{query}");
    }
}

#[test]
fn a_diary_number_may_have_a_blank() {
    let Ok(Node::Any(readings)) = parse("HL 2019/619") else {
        panic!("two readings")
    };
    assert_eq!(
        readings[0],
        Node::Dnr(crate::tag::lookup_key("HL2019/619").expect("a number"))
    );
    assert_eq!(
        parse("HL chef"),
        Ok(Node::All(vec![word("HL"), word("chef")]))
    );
}

#[test]
fn what_cannot_be_honoured_is_an_error_that_points_at_it() {
    let mut all = String::new();
    for query in [
        "a (b",
        "a) b",
        "\"öppen",
        "färg:röd",
        "*",
        "ab*",
        "a*b",
        "datum:2016-13",
        "-",
        "",
        "a OR",
        "a NOT",
        "l?pande",
        "löpande^2",
        "[2016 TO 2018]",
        "\"löp* arbete\"",
        "\"löpande arbete\"~5",
        "löpande~9",
        "ord~",
        "a near/0 b",
        "near/5 b",
        "(a b) near/5 c",
        "utfall:kanske",
        "dag:2016",
        "/löp.*/",
    ] {
        all.push_str(&parse(query).unwrap_err().to_string());
        all.push('\n');
    }
    expect![[r#"
        this `(` is never closed
          a (b
            ^
        a `)` without its `(`
          a) b
           ^
        this `"` is never closed
          "öppen
          ^
        no field `färg`; fields are parti, svar, namnd, typ, utfall, dnr, titel, datum, dag; put quotes round a word with a colon
          färg:röd
          ^
        a `*` may only end a word
          *
          ^
        at least 3 letters before a `*`
          ab*
          ^
        only a word in one piece may end in a `*`: write b*, and the rest as words
          a*b
          ^
        no date `2016-13`; write 2016, 2016-04 or 2016-04-14, and 2014..2016 for the days between
          datum:2016-13
                ^
        a minus stands right before the word that is not wanted
          -
          ^
        a word is missing here
          
          ^
        a word is missing here
          a OR
              ^
        nothing stands behind this NOT
          a NOT
            ^
        a `?` cannot stand for a letter; write `word~` for words that differ by one
          l?pande
           ^
        words cannot be weighed with `^`
          löpande^2
                 ^
        no ranges in such brackets; write datum:2016..2018
          [2016 TO 2018]
          ^
        no `*` or `~` between quotes: they ask for words as they stand
          "löp* arbete"
              ^
        this cannot follow a quote; for words close to each other write `one near/5 other`
          "löpande arbete"~5
                          ^
        write `~` or `~2` behind a word
          löpande~9
                 ^
        at least 4 letters before this `~`
          ord~
          ^
        write near/5 with a number of words from 1 to 50
          a near/0 b
            ^
        `near` stands between two words or phrases: no `*` or `~`, no field, no second `near`
          near/5 b
          ^
        `near` stands between two words or phrases: no `*` or `~`, no field, no second `near`
          (a b) near/5 c
                ^
        no outcome is called `kanske`; try one of: bifall, delvis bifall, avslag, besvarad, återremiss, bordläggning, yttrande, avstår, till handlingarna, godkänner, bereds
          utfall:kanske
                 ^
        no day or month `2016`; write 2016-04-14 or 2016-04
          dag:2016
              ^
        no patterns; write prefix* or word~
          /löp.*/
          ^
    "#]].assert_eq(&all);
}

#[test]
fn what_people_type_for_one_thing_is_read_as_one() {
    for (query, read) in [
        ("alla svar till V", "svar:V"),
        ("svar på skrivelse från moderaterna", "svar:M"),
        ("svar till centerpartiet", "svar:C"),
        ("svar på frågor", "(svar) på frågor"),
        ("skrivelse från V", "skrivelse från parti:V"),
        ("(fp) hemtjänst", "parti:L hemtjänst"),
        ("14 april 2016", "dag:2016-04-14 ELLER \"14 april 2016\""),
        ("april 2016", "dag:2016-04 ELLER \"april 2016\""),
        ("dnr HL 2019-619", "dnr:HL-2019-619"),
        ("barn- och ungdomsvården", "barnvården ungdomsvården"),
        (
            "social-sekreterare",
            "socialsekreterare ELLER intill:\"social sekreterare\"",
        ),
        ("Hägersten-Liljeholmen", "intill:\"hägersten liljeholmen\""),
        ("hemtjänst near/5 natt", "hemtjänst near/5 natt"),
        (
            "social-sekreterare near/3 \"hård natt\"",
            "(socialsekreterare ELLER intill:\"social sekreterare\") near/3 \"hård natt\"",
        ),
        ("social-sek*", "socialsek* ELLER (social sek*)"),
        ("lokal INTE §", "lokal (-§)"),
        ("lokal -§", "lokal (-§)"),
        ("{LSS = lagen om stöd}", "{LSS = lagen om stöd}"),
        ("-{fp = parti:L}", "-{fp = parti:L}"),
        ("{namnd as written: Järva}", "{namnd as written: Järva}"),
        ("OR.", "or"),
        ("barn- & ungdomsvården", "barnvården ungdomsvården"),
        ("barn\u{2013} och ungdomsvården", "barnvården ungdomsvården"),
        (
            "hemtjänst NÄRA/5 natt -dag",
            "(hemtjänst near/5 natt) (-dag)",
        ),
        ("socialndmnden~2", "socialndmnden~2"),
        ("utfall:avslag", "utfall:\"avslag\""),
        ("datum:2016..2018-06", "datum:2016-01-01..2018-06-30"),
        ("datum:2016-04", "datum:2016-04-01..2016-04-30"),
        ("-natt", "-natt"),
        ("LSS SoL Skola", "LSS SoL skola"),
        ("LKUF:s", "intill:\"lkuf s\""),
        ("hur många?", "hur många"),
    ] {
        let node = parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
        assert_eq!(node.to_string(), read, "{query}");
    }
}

#[test]
fn brackets_and_length_are_bounded() {
    assert!(parse(&"(".repeat(1_999)).is_err());
    assert!(parse(&"a ".repeat(5_000)).is_err());
    assert!(parse(&"- ".repeat(900)).is_err());
    assert!(parse(&"NOT ".repeat(400)).is_err());
}

fn leaf() -> impl Strategy<Value = Node> {
    let form = || "[a-zåäö]{4,9}";
    let party = || prop_oneof![Just("V"), Just("M"), Just("SD")];
    prop_oneof![
        form().prop_map(Node::Word),
        Just(Node::Word("svar".into())),
        Just(Node::Word("2016".into())),
        Just(Node::Word("SoL".into())),
        form().prop_map(Node::Prefix),
        (form(), 1..2u8).prop_map(|(word, distance)| Node::Fuzzy(word, distance)),
        proptest::collection::vec(form(), 1..4).prop_map(Node::Phrase),
        proptest::collection::vec(form(), 1..4).prop_map(Node::Beside),
        (side(), side(), 1..50u32)
            .prop_filter("two words", |(one, other, _)| one != other)
            .prop_map(|(one, other, within)| Node::Near(one, other, within)),
        proptest::sample::select(TOLD).prop_map(|word| Node::Word(word.into())),
        party().prop_map(|party| Node::Party(party.parse().expect("a party"))),
        party().prop_map(|party| Node::Answers(party.parse().expect("a party"))),
        form().prop_map(Node::Namnd),
        Just(Node::Dnr("HL-2019-619".into())),
        Just(Node::Day("2016-04-14".into())),
        Just(Node::Day("2016-04".into())),
        Just(Node::Titled(vec!["sommarjobb".into(), "ung".into()])),
        Just(Node::Kind(crate::tag::Kind::SvarPaMotion)),
        Just(Node::Outcome(crate::tag::Outcome::Avslag)),
        Just(Node::Dated(Span::default())),
        Just(Node::Dated(span("2016").expect("a year"))),
    ]
}

/// Words that have synonyms, in one word or in several.
const TOLD: &[&str] = &[
    "LSS",
    "IFO",
    "fp",
    "järva",
    "SD",
    "sopor",
    "vänstern",
    "inflyttning",
    "tjänstutlåtande",
    "pga",
];

/// What may be near something else.
fn side() -> impl Strategy<Value = Box<Node>> {
    let form = || "[a-zåäö]{4,9}";
    let word = || form().prop_map(Node::Word);
    prop_oneof![
        word(),
        proptest::sample::select(TOLD).prop_map(|word| Node::Word(word.into())),
        proptest::collection::vec(form(), 1..4).prop_map(Node::Phrase),
        (word(), proptest::collection::vec(form(), 2..4))
            .prop_map(|(word, words)| Node::Any(vec![word, Node::Beside(words)])),
    ]
    .prop_map(Box::new)
}

fn tree() -> impl Strategy<Value = Node> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 2..4).prop_map(Node::All),
            proptest::collection::vec(inner.clone(), 2..4).prop_map(Node::Any),
            inner.prop_map(|node| Node::Not(Box::new(node))),
        ]
    })
}

/// The tree without words that an operator or a date would take: they are never bare words of a query.
fn typed(node: &Node) -> bool {
    let text = node.to_string();
    ![
        "alla",
        "dnr",
        "januari",
        "februari",
        "mars",
        "april",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
    ]
    .iter()
    .any(|word| text.contains(word))
}

/// What people type.
const PIECES: &[&str] = &[
    "LSS",
    "IFO",
    "fp",
    "Järva",
    "m.fl.",
    "e-post",
    "1,25 mnkr",
    "4 kap. 1 § SoL",
    "inflyttning",
    "SoL",
    "ekonomiskt bistånd",
    "moderata samlingspartiet",
    "hemsida~",
    "OR",
    "INTE",
    "near/5",
    "(",
    ")",
    "\"LSS\"",
    "14 april 2016",
    "HL 2019/619",
    "barn- och ungdomsvården",
    "social-sek*",
    "AND.",
    "&",
    "COVID19",
    "M Ekdal",
    "§ 121",
    "SFS 2017:725",
    "28/3",
    "sopor",
    "namnd:järva",
    "parti:V",
    "alla svar till V",
    "bygga om",
    "-",
    "god man",
    "2016-2018",
    "1 500",
    "folkpartiet",
];

#[test]
fn what_is_taken_is_taken_as_it_is_printed() {
    let dates = "(14 april 2016) ".repeat(60);
    let laws = "LSS ".repeat(150);
    let nots = "NOT ".repeat(19) + "LSS";
    let deep = format!("{}järva{}", "(a OR ".repeat(10), ")".repeat(10));
    for query in [&dates, &laws, &nots, &deep] {
        let told = crate::query::synonyms::with_synonyms(parse(query).expect(query));
        assert_eq!(parse(&told.to_string()), Ok(told), "{query:.60}");
    }
}

#[test]
fn letters_that_are_none_are_left_out() {
    for (query, same) in [
        ("hem\u{ad}tjänst", "hemtjänst"),
        ("e\u{fb00}ekt", "effekt"),
        ("\u{fb01}lial*", "filial*"),
    ] {
        assert_eq!(parse(query), parse(same), "{query}");
        assert!(parse(query).is_ok(), "{query}");
    }
}

proptest! {
    #[test]
    fn the_printed_form_of_a_tree_reads_back_to_it(node in tree().prop_filter("typed", typed)) {
        prop_assert_eq!(parse(&node.to_string()), Ok(node));
    }

    /// As `--explain` prints it: what has synonyms with these, and nothing more when it is read once more.
    #[test]
    fn the_printed_form_with_synonyms_reads_back_to_it(node in tree().prop_filter("typed", typed)) {
        let told = crate::query::synonyms::with_synonyms(node);
        let read = parse(&told.to_string());
        prop_assert_eq!(read.as_ref(), Ok(&told), "{}", told);
        prop_assert_eq!(read.map(crate::query::synonyms::with_synonyms), Ok(told));
    }

    /// Words of the field as they are typed, in any order.
    #[test]
    fn what_is_explained_can_be_asked(words in proptest::collection::vec(proptest::sample::select(PIECES), 1..9)) {
        if let Ok(node) = parse(&words.join(" ")) {
            let told = crate::query::synonyms::with_synonyms(node);
            let printed = told.to_string();
            prop_assert_eq!(parse(&printed), Ok(told), "{}", printed);
        }
    }

    #[test]
    fn what_was_read_is_printed_so_that_it_reads_the_same(query in "[a-zåäöA-Z0-9 ()\"*:.~/-]{0,30}") {
        if let Ok(node) = parse(&query) {
            let printed = node.to_string();
            prop_assert_eq!(parse(&printed), Ok(node), "{}", printed);
        }
    }

    #[test]
    fn no_query_panics(query in "\\PC{0,60}") {
        let _ = parse(&query).map_err(|error| error.to_string());
    }

    #[test]
    fn no_query_of_marks_panics(query in "[a-zåäö ()\"*:.0-9-]{0,40}") {
        let _ = parse(&query).map_err(|error| error.to_string());
    }
}
