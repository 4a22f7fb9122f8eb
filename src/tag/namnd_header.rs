//! What surrounds a paper: its header → the nämnd that it names.

use std::sync::LazyLock;

use super::pattern::Pattern;

use super::namnd_grammar::names;
use super::namnd_table::{ANY, canonical, known};
use super::sheet::{Sheet, tolerant};

/// What a header ("Stockholms stad > Farsta stadsdelsnämnd > Sammanträde 2008-04-10") says of the nämnd.
///
/// `plain` is the header, folded.
pub(super) fn of_header(header: &str, plain: &str) -> Option<String> {
    if let Some(closed) = closed_up(header) {
        return of_header(&closed, &super::sheet::folded(&closed));
    }
    // Folding keeps every sign that parts the header.
    let parts: Vec<(&str, &str)> = header
        .split('>')
        .map(str::trim)
        .zip(plain.split('>').map(str::trim))
        .filter(|(part, _)| !part.is_empty())
        .collect();
    parts
        .iter()
        .find_map(|(_, plain)| canonical(plain))
        .or_else(|| {
            let meeting = tolerant_meeting();
            parts
                .get(1)
                .filter(|(_, plain)| !meeting.is_match(plain.as_bytes()))
                // "Nytt från kommunfullmäktige 2022-03-08", "Motioner": pages about meetings, not bodies.
                .filter(|(_, plain)| {
                    let when = parts
                        .get(2)
                        .is_some_and(|(_, plain)| WHEN.is_match(plain.as_bytes()));
                    when || BODY.is_match(plain.as_bytes())
                })
                .map(|(part, _)| (*part).to_owned())
        })
        .or_else(|| named_in(parts.iter().map(|(_, plain)| *plain)))
        .or_else(|| unlisted(header))
        .or_else(|| shortened(plain))
}

/// The header with its letterspaced words closed up, when it has any: `K o m m u n s t y r e l s e n` is a word. Two blanks or
/// more part such words; where all blanks are alike, they run together.
fn closed_up(header: &str) -> Option<String> {
    /// Letters that stand alone, one after the other, in a letterspaced word.
    const FEWEST: usize = 6;
    let words: Vec<&str> = header.split(' ').collect();
    let alone = |word: &&str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    };
    let mut closed = String::new();
    let mut any = false;
    let mut i = 0;
    while i < words.len() {
        let run = words[i..].iter().take_while(|word| alone(word)).count();
        if run >= FEWEST {
            closed.push_str(&words[i..i + run].concat());
            any = true;
        } else {
            // Fewer are what they are: "A B".
            closed.push_str(&words[i..i + run.max(1)].join(" "));
        }
        closed.push(' ');
        i += run.max(1);
    }
    any.then_some(closed)
}

/// The nämnd that a header names beside other words and that no table has: `SAMMANTRÄDESPROTOKOLL Nämnden för Vård & Omsorg
/// Datum 2024-05-15`.
fn unlisted(header: &str) -> Option<String> {
    let sheet = Sheet::new([(1, header)]);
    let whole = 0..sheet.folded.len();
    let mut named = names(&sheet, std::slice::from_ref(&whole), &[]).into_iter();
    named
        .find(|one| !one.office && (!one.plainly || one.name.starts_with("Nämnden för ")))
        .map(|one| one.name)
}

/// The body that a header shortens before the day on which it met: `KF 2017-08-28`.
fn shortened(plain: &str) -> Option<String> {
    static MET: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"(?:^|[^a-z])(?:(kf)|ks) \d{4}-\d\d-\d\d"));
    let found = MET.captures(plain.as_bytes())?;
    let name = match found.get(1) {
        Some(_) => "Kommunfullmäktige",
        None => "Kommunstyrelsen",
    };
    Some(name.to_owned())
}

/// What a header says behind a body: when it met.
static WHEN: LazyLock<Pattern> = LazyLock::new(|| tolerant(r"^(?:sammanträde|möte|protokoll|\d)"));

/// What the name of a body ends in.
static BODY: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"(?:nämnd(?:en)?|styrelsen?|fullmäktige|utskott(?:et)?|beredning(?:en)?|kommittén?|delegation(?:en)?|råd(?:et)?|direktion(?:en)?|revision(?:en)?|ting(?:et)?|möte(?:t)?)$|^nämnden för ",
    )
});

/// The one body that the parts of a header name among other words: `Kommunstyrelsen i korthet den 21 januari`.
fn named_in<'a>(parts: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut named = parts.flat_map(|plain| {
        ANY.find_iter(plain.as_bytes()).filter_map(|found| {
            let (row, office) =
                known(found.as_bytes()).or_else(|| known(found.as_bytes().strip_suffix(b"s")?))?;
            let part = part_of(
                &plain.as_bytes()[..found.end()],
                &plain.as_bytes()[found.end()..],
            );
            Some((row.name, part, office))
        })
    });
    let (name, part, _) = named.find(|(_, _, office)| !office)?;
    Some(match part {
        Some(part) => format!("{name}s {part}"),
        None => name.to_owned(),
    })
}

/// The committee of the body that ends `before` which the words behind it name: `Kommunstyrelsens arbetsutskott`.
fn part_of(before: &[u8], behind: &[u8]) -> Option<&'static str> {
    const PARTS: [(&[u8], &str); 4] = [
        (b"arbetsutskott", "arbetsutskott"),
        (b"personalutskott", "personalutskott"),
        (b"planutskott", "planutskott"),
        (b"allmanna utskott", "allmänna utskott"),
    ];
    let own = behind.strip_prefix(b"s");
    let behind = own.or(before.ends_with(b"s").then_some(behind))?;
    let behind = behind.strip_prefix(b" ")?;
    PARTS
        .iter()
        .find(|(word, _)| behind.starts_with(word))
        .map(|(_, name)| *name)
}

fn tolerant_meeting() -> &'static Pattern {
    static MEETING: LazyLock<Pattern> = LazyLock::new(|| tolerant(r"^(?:sammanträde|möte)"));
    &MEETING
}

#[cfg(test)]
mod tests {
    use super::super::sheet::folded;
    use super::*;

    #[test]
    fn a_header_names_its_namnd_even_damaged() {
        for (header, want) in [
            (
                "Stockholms stad > Farsta stadsdelsnämnd > Sammanträde 2008-04-10",
                "Farsta stadsdelsnämnd",
            ),
            (
                "Stockholms stad > Hagersten-Liljeholmens stadsdelsn&mnd > Sammantrade 2010-06-17",
                "Hägersten-Liljeholmens stadsdelsnämnd",
            ),
            (
                "Stockholms stad > Miljg- och hdlsoskyddsnémnden > Sammantrade 2010-09-21",
                "Miljö- och hälsoskyddsnämnden",
            ),
            (
                "Stockholms stad > Kommunfullmiaktige > Sammantriade 2002-04-08",
                "Kommunfullmäktige",
            ),
            ("Storby kommun > Vattennämnden", "Vattennämnden"),
            (
                "STORBY KOMMUN SAMMANTRÄDESPROTOKOLL 7 (13) Nämnden för Vatten & Skog Datum 2024-05-15",
                "Nämnden för Vatten & Skog",
            ),
            (
                "Protokoll Nr 5 Sammanträdestid Kommunstyrelsens arbetsutskott",
                "Kommunstyrelsens arbetsutskott",
            ),
            (
                "Protokoll Nr 5 Kommunstyrelsens ordförande",
                "Kommunstyrelsen",
            ),
            ("Filmen laddas ... KF 2017-08-28", "Kommunfullmäktige"),
            ("Filmen laddas ... KS 2017-08-28", "Kommunstyrelsen"),
            (
                "K o m m u n f u l l m ä k t i g e 2011-03-14",
                "Kommunfullmäktige",
            ),
            (
                "STORBY KOMMUN  S o c i a l n ä m n d e n  P r o t o k o l l",
                "Socialnämnden",
            ),
        ] {
            assert_eq!(
                of_header(header, &folded(header)).as_deref(),
                Some(want),
                "{header:?}"
            );
        }
        for none in ["", "Vi i KF", "Nytt från staden 2017-08-28"] {
            assert_eq!(of_header(none, &folded(none)), None, "{none:?}");
        }
        let city = "Stockholms stad > Sammanträde 2008-04-10";
        assert_eq!(of_header(city, &folded(city)), None);
    }
}
