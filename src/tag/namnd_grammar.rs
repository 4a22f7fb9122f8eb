//! How nämnder are named that no table has: parts of a sheet → names such as `Stadsdelsnämnden Östra Göteborg`, `Socialnämnd
//! Nordost`, `Angereds stadsdelsnämnd`, `Humanistiska nämnden`, `Nämnden för konsument- och medborgarservice`.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::namnd::DECIDES;
use super::namnd_table::{PLACES, TABLE};
use super::sheet::{Sheet, folded, tolerant};
use crate::swedish::alike::letters_between;

/// A name by its grammar.
pub(super) struct Grammatical {
    /// In the folded copy.
    pub(super) range: Range<usize>,
    /// The full name.
    pub(super) name: String,
    /// Whether it is the förvaltning's.
    pub(super) office: bool,
    /// Whether it is a name only where a line is its own, or where it decides.
    pub(super) plainly: bool,
}

/// A place's name: `Angered`, `Östra Göteborg`, `Askim-Frölunda-Högsbo`; `g` and figures stand for what an engine made of å, ä, ö.
const PLACE: &str =
    r"(?:(?:norra|södra|östra|västra|centrala) )?[a-z0-9&]{3,}(?:-\s*[a-z0-9&]{3,}){0,2}";

/// The forms: 1 the kind of a nämnd before its place (2 its first word); 3 the place before stadsdelsnämnd (4 its body); 5 the
/// place behind SDN, 6 before it; 7 a nämnd for something; 8 others.
pub(super) static FORMS: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(&format!(
        concat!(
            r"\b(?:((stadsdels ?|stadsområdes|kommundels|distrikts)nämnd(?:en)?(?: [i1] )? ?{place}",
            r"|socialnämnd(?:en)? (?:centrum|innerstaden|mitt|hisingen|(?:nord|syd|sydöst|sydväst|nordöst|nordväst|nordost|sydost|norr|söder|öster|väster|öst|väst)\b)",
            r"|[a-z]{{4,}}nämnd (?:centrum|innerstaden|mitt|(?:nord|syd|sydöst|sydväst|nordöst|nordväst|nordost|sydost|norr|söder|öster|väster|öst|väst)\b))",
            r"|({place}s? stadsdels ?(nämnd|förvaltning)(?:en)?)",
            r"|sdn ({place})",
            r"|({place}) sdn",
            r"|(nämnden för (?:[a-z]+- ?(?:och|samt) )?[a-z]{{4,}}(?: (?:och|samt|i|med|&) [a-z]{{3,}}){{0,2}})",
            r"|([a-z]{{4,}}ska nämnden|(?:[a-z]+- och )?[a-z]{{3,}}utskottet|kyrkofullmäktige|kyrkomötet|(?:[a-z]+-,? (?:[a-z]+-,? )?(?:(?:och|samt) )?)?[a-z]{{4,}}nämnd(?:en)))s?\b"
        ),
        place = PLACE
    ))
});

/// Words with a capital beside `stadsdelsnämnd` that are no place.
const NO_PLACE: &[&str] = &[
    "aktuell",
    "alla",
    "annan",
    "ansvarig",
    "behandlar",
    "berord",
    "beslut",
    "beslutar",
    "datum",
    "den",
    "denna",
    "det",
    "diarienummer",
    "dnr",
    "egen",
    "en",
    "engelska",
    "fem",
    "forra",
    "forslag",
    "fyra",
    "for",
    "gemensam",
    "gor",
    "har",
    "hos",
    "information",
    "ingen",
    "inom",
    "kallelse",
    "kommunens",
    "ledamoter",
    "med",
    "motet",
    "namnden",
    "nagon",
    "nar",
    "nasta",
    "ny",
    "nya",
    "och",
    "ordforande",
    "protokoll",
    "respektive",
    "samma",
    "sammantrade",
    "samtliga",
    "sida",
    "stadens",
    "ska",
    "som",
    "svar",
    "tidigare",
    "till",
    "tjansteskrivelse",
    "tjansteutlatande",
    "tre",
    "tva",
    "var",
    "vara",
    "varje",
    "vid",
    "vilken",
];

/// What a nämnd is asked for, and no name: "till nämnden för beslut".
const PURPOSE: &[&str] = &[
    "beslut",
    "kannedom",
    "behandling",
    "yttrande",
    "godkannande",
    "information",
    "stallningstagande",
    "provning",
    "svar",
    "antagande",
    "vidare",
    "aterrapportering",
    "avgorande",
    "beredning",
    "besvarande",
    "fortsatt",
    "redovisning",
    "remiss",
    "handlaggning",
    "diskussion",
    "slutligt",
    "overvagande",
    "fastallande",
    "faststallande",
    "dessa",
    "denna",
    "detta",
];

/// Every name by its grammar in `parts` of the folded copy of `sheet`; `known` are those that the table has, in the order of the
/// text.
pub(super) fn names(
    sheet: &Sheet,
    parts: &[Range<usize>],
    known: &[Range<usize>],
) -> Vec<Grammatical> {
    let mut out = Vec::new();
    for part in parts {
        let mut at = part.start;
        while at < part.end {
            let Some(found) = FORMS.find(&sheet.folded[at..part.end]) else {
                break;
            };
            let whole = at + found.start()..at + found.end();
            // The table's own names are no more than it says.
            let next = known.partition_point(|known| known.end < whole.end);
            let inside = known
                .get(next)
                .filter(|known| known.start <= whole.start && whole.end <= known.end);
            if let Some(inside) = inside {
                at = inside.end.max(at + 1);
                continue;
            }
            let one = read(sheet, whole.clone());
            match one {
                Some(one) => {
                    at = one.range.end.max(at + 1);
                    out.push(one);
                }
                // What was no name by one form may begin one by another.
                None => at = next_word(&sheet.folded, whole.start),
            }
        }
    }
    out
}

/// The name at `whole`, by its form.
fn read(sheet: &Sheet, whole: Range<usize>) -> Option<Grammatical> {
    let text = &sheet.folded[whole.clone()];
    // Which form it is costs more to ask than most need.
    let compound = !text.contains(&b' ') && !text.contains(&b'\n');
    if compound {
        return other(sheet, whole);
    }
    let found = FORMS.captures(text)?;
    let group = |number: usize| {
        let group = found.get(number)?;
        Some(whole.start + group.start()..whole.start + group.end())
    };
    if let Some(range) = group(1) {
        behind_kind(sheet, range)
    } else if let Some(range) = group(3) {
        stadsdel(sheet, range, group(4))
    } else if let Some(place) = group(5).or_else(|| group(6)) {
        sdn(sheet, whole.clone(), place)
    } else if let Some(range) = group(7) {
        named_for(sheet, range)
    } else {
        other(sheet, whole.clone())
    }
}

/// Where the word behind the one at `at` begins.
fn next_word(folded: &[u8], at: usize) -> usize {
    let letters = folded[at..]
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric());
    at + letters.count().max(1)
}

/// `Stadsdelsnämnden Östra Göteborg`, `Socialnämnd Nordost`.
fn behind_kind(sheet: &Sheet, range: Range<usize>) -> Option<Grammatical> {
    let text = &sheet.folded[range.clone()];
    let blank = text.iter().position(|byte| byte.is_ascii_whitespace());
    let kind = match blank {
        // "Stadsdels nämnden Farsta"
        Some(blank) if text[..blank].ends_with(b"stadsdels") => {
            blank
                + 1
                + text[blank + 1..]
                    .iter()
                    .position(|byte| byte.is_ascii_whitespace())?
        }
        Some(blank) => blank,
        None => return None,
    };
    let mut place = range.start + kind + 1;
    if sheet.folded[place..].starts_with(b"i ") {
        place += 2;
    }
    // A line's end is the name's, and a place begins with a capital.
    let mut breaks = memchr::memchr_iter(b'\n', &sheet.folded[place..range.end]);
    let end = breaks.find(|&at| sheet.folded[place + at - usize::from(at > 0)] != b'-');
    let place = place..end.map_or(range.end, |at| place + at);
    let range = range.start..place.end;
    if sheet.folded[range.start + kind] == b'\n' || place.is_empty() || !is_place(sheet, &place) {
        return None;
    }
    if text.starts_with(b"stadsdels")
        && let Some(name) = known_place(sheet.folded.get(place.clone())?)
    {
        return Some(Grammatical {
            range,
            name: name.to_owned(),
            office: false,
            plainly: false,
        });
    }
    let kind = capital(sheet.written(range.start..range.start + kind));
    let name = format!("{kind} {}", squeezed(sheet.written(place)));
    Some(Grammatical {
        range,
        name,
        office: false,
        plainly: false,
    })
}

/// `Angereds stadsdelsnämnd`, and a name of the table that is too damaged for its pattern.
fn stadsdel(sheet: &Sheet, range: Range<usize>, body: Option<Range<usize>>) -> Option<Grammatical> {
    let body = body?;
    let office = sheet.folded[body.start] == b'f';
    let before = sheet.folded[range.start..body.start].trim_ascii_end();
    let place = before.len()
        - if before.ends_with(b"stadsdels") {
            9
        } else {
            return None;
        };
    let place = range.start
        ..range.start
            + sheet.folded[range.start..range.start + place]
                .trim_ascii_end()
                .len();
    if !is_place(sheet, &place) {
        return None;
    }
    let name = match known_place(&sheet.folded[place]) {
        Some(name) => name.to_owned(),
        // Whose förvaltning writes is said by its nämnd, when no table says it; and what stands on the line above is no name.
        None if office || memchr::memchr(b'\n', &sheet.folded[range.clone()]).is_some() => {
            return None;
        }
        None => undetermined(&squeezed(sheet.written(range.clone()))),
    };
    Some(Grammatical {
        range,
        name,
        office,
        plainly: false,
    })
}

/// `SDN Farsta`, `Farsta SDN`.
fn sdn(sheet: &Sheet, whole: Range<usize>, place: Range<usize>) -> Option<Grammatical> {
    let behind = place.start > whole.start;
    let sign = if behind { whole.start } else { whole.end - 3 };
    let gap = if behind { place.start - 1 } else { place.end };
    if !sheet.cased[sign..].starts_with(b"SDN")
        || sheet.folded[gap] == b'\n'
        || !is_place(sheet, &place)
    {
        return None;
    }
    let name = match known_place(&sheet.folded[place.clone()]) {
        Some(name) => name.to_owned(),
        None => format!("Stadsdelsnämnden {}", squeezed(sheet.written(place))),
    };
    Some(Grammatical {
        range: whole,
        name,
        office: false,
        plainly: false,
    })
}

/// `Nämnden för funktionshindrade`; not what is sent "till nämnden för beslut".
fn named_for(sheet: &Sheet, range: Range<usize>) -> Option<Grammatical> {
    let words = sheet.folded[range.clone()].trim_ascii_start();
    let what = words.split(u8::is_ascii_whitespace).nth(2)?;
    let what = std::str::from_utf8(what).ok()?;
    if PURPOSE.contains(&what) {
        return None;
    }
    let range = whole_name(sheet, range);
    let name = capital(&squeezed(sheet.written(range.clone())));
    Some(Grammatical {
        range,
        name,
        office: false,
        plainly: true,
    })
}

/// The name that begins at `range` and is for something, to where its line ends that it has to itself, or to the verb that tells
/// what it decides: `Nämnden för hållbart samhälle`.
fn whole_name(sheet: &Sheet, range: Range<usize>) -> Range<usize> {
    static WORDS: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(r"^(?-u)(?:,? [a-z]+-?){1,6}").expect("a pattern that compiles")
    });
    let folded = &sheet.folded[..(range.end + LONGEST_END).min(sheet.folded.len())];
    let Some(words) = WORDS.find(&folded[range.end..]) else {
        return range;
    };
    let end = range.end + words.end();
    let before = sheet.folded[..range.start].trim_ascii_end();
    let begins = before.len() < range.start
        && sheet.folded[before.len()..range.start].contains(&b'\n')
        || range.start == 0
        || before.ends_with(b"till");
    if begins
        && matches!(sheet.folded.get(end), None | Some(b'\n'))
        && sheet.cased[range.start].is_ascii_uppercase()
    {
        return range.start..end;
    }
    let blanks = memchr::memchr_iter(b' ', &folded[range.end..end]).skip(1);
    let mut ends = blanks.map(|blank| range.end + blank);
    ends.find(|&at| DECIDES.is_match(&folded[at..]))
        .map_or(range.clone(), |at| range.start..at)
}

/// Bytes behind the beginning of a name in which its end is looked for.
const LONGEST_END: usize = 60;

/// `Park- och naturnämnden`, `Humanistiska nämnden`, `Ledningsutskottet`.
fn other(sheet: &Sheet, whole: Range<usize>) -> Option<Grammatical> {
    let mut range = whole;
    let text = &sheet.folded[range.clone()];
    for ending in [&b"ens"[..], b"ets"] {
        if text.ends_with(ending) {
            range.end -= 1;
        }
    }
    // "Myndighetsnämnden för bygg och miljö"
    let behind = &sheet.folded[range.end..(range.end + LONGEST_END).min(sheet.folded.len())];
    if let Some(what) = behind.strip_prefix(b" for ") {
        let what = what
            .split(|byte| !byte.is_ascii_alphabetic())
            .next()
            .unwrap_or_default();
        let purpose = PURPOSE.iter().any(|purpose| purpose.as_bytes() == what);
        range = if purpose {
            range
        } else {
            whole_name(sheet, range)
        };
    }
    let text = &sheet.folded[range.clone()];
    if ANY_NAMND.is_match(text) {
        return None;
    }
    let adjective = text.ends_with(b" namnden");
    let plainly = adjective || !text.ends_with(b"namnden");
    let name = capital(&squeezed(sheet.written(range.clone())));
    Some(Grammatical {
        range,
        name,
        office: false,
        plainly,
    })
}

/// Part of a nämnd's name that says nothing of which it is.
static ANY_NAMND: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"^(?:(?:stadsdels|kommun|fack|facks|stads|region|landstings|gemensam|del|ansvars|respektive|stadsområdes|kommundels|distrikts)nämnd|(?:politiska|kommunala|svenska|berörda|enskilda|stockholmska|gemensamma) |(?:riksdags|konstitutions|finans)utskott)",
    )
});

/// Whether the words at `range` of the folded copy are written as a place is.
fn is_place(sheet: &Sheet, range: &Range<usize>) -> bool {
    let first = sheet.folded[range.clone()]
        .split(|byte| !byte.is_ascii_alphanumeric())
        .next()
        .and_then(|word| std::str::from_utf8(word).ok());
    sheet.cased[range.start].is_ascii_uppercase()
        && first.is_some_and(|word| !NO_PLACE.contains(&word))
        && !sheet.folded[range.clone()].iter().all(u8::is_ascii_digit)
}

/// The full name of the nämnd of the stadsdel that `place`, folded, is the name of, maybe damaged.
fn known_place(place: &[u8]) -> Option<&'static str> {
    let place = std::str::from_utf8(place).ok()?;
    let place: String = place
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace("- ", "-");
    let bare = place.strip_suffix('s').unwrap_or(&place);
    let most = match bare.len() {
        0..=5 => 0,
        6..=8 => 1,
        9..=14 => 2,
        _ => 3,
    };
    static STADSDELAR: LazyLock<Vec<(String, &'static str)>> = LazyLock::new(|| {
        let stadsdelar = TABLE.iter().filter(|row| row.stem.is_some());
        let stadsdelar = stadsdelar.map(|row| (folded(row.word), row.name));
        stadsdelar.chain(PLACES.iter().cloned()).collect()
    });
    let mut near: Vec<(u8, &'static str)> = STADSDELAR
        .iter()
        // What is left of a damaged name has its beginning or its end.
        .filter(|(word, _)| {
            let (word, bare) = (word.as_bytes(), bare.as_bytes());
            let end = |name: &[u8]| {
                name.len()
                    .checked_sub(3)
                    .map(|at| [name[at], name[at + 1], name[at + 2]])
            };
            word.len().abs_diff(bare.len()) <= usize::from(most)
                && (word.first() == bare.first() || end(word) == end(bare))
        })
        .filter_map(|(word, name)| {
            let away = match word == bare {
                true => 0,
                false => letters_between(word, bare, most).filter(|_| most > 0)?,
            };
            Some((away, *name))
        })
        .collect();
    near.sort_by_key(|(away, _)| *away);
    match near.as_slice() {
        [(one, _), (other, _), ..] if one == other => None,
        [(_, name), ..] => Some(name),
        [] => None,
    }
}

/// `Angereds stadsdelsnämnden` without its article.
fn undetermined(name: &str) -> String {
    match name.strip_suffix("nämnden") {
        Some(stem) => format!("{stem}nämnd"),
        None => name.to_owned(),
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
