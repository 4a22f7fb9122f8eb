//! Diary numbers: a sheet → every dnr in it, with the place and whose it is.
//!
//! Behind a label (`Dnr`, `D nr`, `Diarienummer`) nearly every shape is taken; without one only shapes that nothing else
//! has. Phones, organisation numbers, SFS, SOU, motions and court cases are none.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::bytes::Regex;
use serde::{Deserialize, Serialize};

use super::dnr_key::key;
use super::sheet::{Gated, Sheet, gated, tolerant};

/// Whose number a dnr is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DnrRole {
    /// The paper's own case.
    Own,
    /// Another case, or another authority's number for this one.
    Other,
}

/// A diary number (diarienummer): the name of a case in its register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dnr {
    /// The form that equal numbers share however their blanks, dashes and letters are written: upper case, no blanks
    /// (`HL2019/619` for `HL 2019/619`). [`lookup_key`](super::lookup_key) of it also forgets which separators were used.
    pub key: String,
    /// The number as written, without its label.
    pub verbatim: String,
    /// Whose it is.
    pub role: DnrRole,
}

impl Dnr {
    /// The dnr that a person typed, with or without a label.
    pub fn parse(text: &str) -> Option<Dnr> {
        let sheet = Sheet::new([(1, text.trim())]);
        let label = LABEL
            .find(&sheet.folded)
            .filter(|label| label.start() == 0)
            .map_or(0, |label| label.end());
        let found = NUMBER.find(&sheet.folded[label..])?;
        if label + found.end() != sheet.folded.len() {
            return None;
        }
        let verbatim = sheet.written(label..label + found.end()).to_owned();
        Some(Dnr {
            key: key(&verbatim),
            verbatim,
            role: DnrRole::Own,
        })
    }
}

/// `Dnr`, `D nr:`, `Diarienummer`, `Dor` (misread), glued to the number or not.
pub(super) static LABEL: LazyLock<Gated> = LazyLock::new(|| {
    gated(
        r"\b(?:d[ .]?n[rt]\b\.?|d[.]?[no][rt](?:[^a-z0-9]|$)|dnr|diari[ea]nu?mm?[ea]r|diari[ea]nr|ärendenummer|ärendenr|beteckning)\s*[.:;]*\s*",
    )
});

/// One number, any shape: `HL 2019/619`, `1.2.4.-579/12`, `002 - 443 / 05`, `2013-KS0548/003`, `2014/KS 0012 001`.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?-u)(?:",
        r"\d{4}/[a-z]{2,4} ?\d{3,4} \d{2,3}\b",
        // "2016KSM1334.042"
        r"|(?:19|20)\d\d[a-z]{2,4}\d{1,5}(?:\.\d{2,3})?\b",
        // "16KS388", "11KS/0398", "N134-0511/15"
        r"|\d\d[a-z]{2,4}/?\d{1,5}\b",
        r"|[a-z]\d{2,4}-\d{2,5}/\d\d\b",
        // "LK/121021", "KS.2011.0301.008"
        r"|[a-z]{2,3}/\d{5,7}\b",
        r"|[a-z]{2,4}\.(?:19|20)\d\d\.\d{3,4}(?:\.\d{2,3})?\b",
        r"|[a-z]{2,4} \d\d-\d{3} \d{3}\b",
        r"|(?:(?:[a-z]{2,3}-)?[a-z]{1,5}(?:[/-]|\s?))?\d+(?:[.,]\d+)*\.?",
        r"(?: ?[-/:]\s{0,2}(?:[a-z]{2,4})?\d+(?:[.,]\d+)*(?:-(?:ks|kf|sn|bun|ksn)\b)?\.?){1,4}",
        r")"
    ))
    .expect("a pattern that compiles")
});

/// A class of four parts at least, behind a blank.
static CLASS_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?-u) \d(?:\.\d{1,2}){2,4}\b").expect("a pattern that compiles")
});

static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?-u) (?:\d{3}|[A-Z]{2,4})(?:[\n)]|$)").expect("a pattern that compiles")
});

/// What joins two numbers behind one label.
static NEXT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?-u)\s*(?:,|;|och|samt|&|resp\.?)\s+").expect("a pattern that compiles")
});

/// Bytes that a number without a label has at most.
const LONGEST: usize = 48;

/// Shapes that are dnr without a label, from their first digit. Their first letters, the body, are looked for in the text before them.
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?-u)(?:",
        // year/serial or year:serial or year-serial, only behind a body
        r"(?:19|20)\d\d[/:-]\d{1,6}(?: \d{3}\b|\.\d{3}\b|(?:-\d+(?:\.\d+)*){0,2})",
        // LS yymm-serial
        r"|\d{4}-\d{4}",
        // class-serial/year
        r"|\d{3}-\d{2,5}/(?:19|20)?\d\d",
        r"|\d(?:\.\d{1,2}){1,3}\.?- ?\d{1,6}[/-](?:20)?\d\d",
        r"|\d\.\d{1,2}(?:\.\d{1,2})?/\d{2,5}[-/]20\d\d",
        // class/serial-year and serial-year-class
        r"|\d{3}/\d{2,4}-(?:19|20)\d\d",
        r"|\d{3}-(?:19|20)\d\d-\d{1,3}(?:\.\d){0,3}",
        // yyBODYserial
        r"|\d\dk[sf]/?\d{1,5}\b",
        // yy/serial, only glued to a body
        r"|\d\d/\d{4,5}",
        // serial/year, only behind a body; fewer digits number a meeting: "SDN 5/2013"
        r"|\d{3,5}/(?:19|20)\d\d",
        // serial/yy, only behind a board
        r"|\d{3,4}/\d\d",
        r")"
    ))
    .expect("a pattern that compiles")
});

/// Words before a number that say it is something else.
static NOT_A_DNR: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r"(?:^|[^a-z])(?:mål(?: ?nr)?|t[ae]l[ea]?fon|tfn|tel|t[ea]l[ea]fonnr|fax|växel|orgnr|org\.? ?nr|organisationsnummer|bankgiro|plusgiro|fakturanummer|fakturanr|avtalsnr|avtal|sou|ds|sfs|kfs|prop\.?|proposition|motion|nr|bet\.?|dir\.?|s-dp|dp|pm|personnr|sid|sidan|postgiro|skr\.?|protokoll|läsåret|mobil)[ .:(]*[a-z]?\s*$",
    )
});

/// Bodies of letters that look like one and are none.
const NO_BODY: &[&str] = &[
    "SOU", "DS", "SFS", "KFS", "PROP", "PM", "NR", "SOSFS", "HSLF", "FS", "AFS", "BFS", "JO", "EU",
    "EG", "ISO", "SIS", "BBR", "NJA", "RÅ", "AD", "MÖD", "SKR", "BET", "DIR", "FN", "DP", "RIX",
    "ÖÄ", "M", "P", "U", "A", "B", "C", "S", "V", "NFS", "TSFS", "LVFS", "SKOLFS", "AB", "RUFS",
    "HFD", "MIG", "UTL", "SLL", "RF", "BG", "PG", "TFN", "TEL", "FAX",
];

/// Bodies that some municipalities write in small letters behind the first: `Ks 884/2012`.
const MIXED: &[&str] = &[
    "Ks", "Kf", "Sn", "Bn", "Bun", "Un", "Von", "Vn", "Kn", "Kfn", "Tn", "Fn", "Nf", "Mn", "Bmn",
    "Sbn", "Mbn", "Gn", "Ön", "Ftn", "Ls", "Rs", "Ksf", "Kst",
];

/// Words with a capital behind a label that are no body.
const NO_MIXED: &[&str] = &[
    "Sid", "Den", "Nr", "Bil", "Kap", "Kl", "Tel", "Box", "Och", "Se", "Av", "Om", "Dok", "Id",
    "Vår", "Ert", "Er", "Fax", "Tfn", "Dp", "Pm",
];

/// A remiss from another body: its number is not ours.
static FROM_OTHERS: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r"(?:remiss(?:en)? från|inbjudan från|skrivelse från|beslut (?:från|av)|begäran från|ansökan från|upphandling)[^.;]{0,160}$",
    )
});

/// "Remiss dnr 328/1769/08": the remiss's own number.
static REMISS_NUMBER: LazyLock<Regex> =
    LazyLock::new(|| tolerant(r"remiss(?:en)?,? d[ .]?nr?[^a-z0-9]*$"));

/// "ert dnr 8.2-22970/2013": the sender's number.
static THEIRS: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r"\b(?:ert|er|deras|[a-z]+(?:verkets|styrelsens|inspektionens|domstolens|departementets|revisionens|kontorets)) d[ .]?nr?[^a-z0-9]*$",
    )
});

/// An answer to a remiss, said right after a number in brackets.
static REMISS_AFTER: LazyLock<Regex> =
    LazyLock::new(|| tolerant(r"^\s*\)?\s*\.\s*(?:svar på r|r)emiss"));

/// A dnr and where it stands in the sheet's text.
pub(super) struct Hit {
    pub(super) range: Range<usize>,
    pub(super) dnr: Dnr,
}

/// Every dnr of `sheet`. `body_start` is where a whole paper's running text begins (in the sheet's text); numbers behind
/// it are others'. `namnd` is the nämnd's name, folded.
pub(super) fn find(sheet: &Sheet, body_start: Option<usize>, namnd: &str) -> Vec<Hit> {
    let folded = sheet.folded.as_slice();
    let mut hits: Vec<(Range<usize>, bool)> = Vec::new();
    let labels = LABEL.may_be_in(sheet).then(|| LABEL.find_iter(folded));
    for label in labels.into_iter().flatten() {
        let mut at = label.end();
        // "Dor-" swallowed the first sign of the number: step back onto a digit.
        if at > label.start() && folded[at - 1].is_ascii_digit() {
            at -= 1;
        }
        while let Some(end) = number_at(sheet, at) {
            hits.push((at..end, true));
            let Some(next) = NEXT.find(&folded[end..]) else {
                break;
            };
            at = end + next.end();
        }
    }
    let labelled = hits.len();
    let mut next = 0;
    while let Some(at) = sheet.digit_from(next) {
        next = at + 1;
        let Some(shape) = BARE.find(&folded[at..(at + LONGEST).min(folded.len())]) else {
            continue;
        };
        next = at + shape.end();
        if let Some(range) = bare(sheet, at..next) {
            // Labels were walked in the order of the text, and their numbers do not overlap.
            let next = hits[..labelled].partition_point(|(hit, _)| hit.end <= range.start);
            if hits[..labelled]
                .get(next)
                .is_none_or(|(hit, _)| hit.start >= range.end)
            {
                hits.push((range, false));
            }
        }
    }
    hits.sort_by_key(|(range, _)| range.start);
    let many = hits.len() > 1;
    let mut found: Vec<Hit> = Vec::new();
    let mut own: BTreeSet<String> = BTreeSet::new();
    for (folded_range, labelled) in hits {
        let range = sheet.range(folded_range.clone());
        // Two pages' numbers that only look like one.
        if sheet.on_one_page(range.clone()) != range {
            continue;
        }
        let verbatim = sheet.text[range.clone()].to_owned();
        let key = with_marks(key(&verbatim), namnd);
        let other = is_others(sheet, &folded_range, &key, namnd, labelled, many)
            || body_start.is_some_and(|body| range.start >= body && !own.contains(&key));
        let role = if other { DnrRole::Other } else { DnrRole::Own };
        if !other {
            own.insert(key.clone());
        }
        found.push(Hit {
            range,
            dnr: Dnr {
                key,
                verbatim,
                role,
            },
        });
    }
    found
}

/// Bodies of the stadsdelar with rings and dots, and how their nämnder begin, folded.
const MARKED: &[(&str, &str, &str)] = &[
    ("SOD", "SÖD", "sodermalm"),
    ("OST", "ÖST", "ostermalm"),
    ("JAR", "JÄR", "jarva"),
    ("SPA", "SPÅ", "spanga"),
    ("EAV", "EÅV", "enskede"),
    ("HA", "HÄ", "hagersten-alvsjo"),
    ("HAS", "HÄS", "hasselby"),
    ("ALV", "ÄLV", "alvsjo"),
    ("ALD", "ÄLD", "aldrenamnd"),
];

/// `key` with the rings and dots that its body lost on a damaged page, when the nämnd says which body is meant.
fn with_marks(key: String, namnd: &str) -> String {
    let body = key.bytes().take_while(u8::is_ascii_uppercase).count();
    let known = MARKED
        .iter()
        .find(|(plain, _, of)| *plain == &key[..body] && namnd.starts_with(of));
    match known {
        Some((_, marked, _)) => format!("{marked}{}", &key[body..]),
        None => key,
    }
}

/// The end of the number that begins at `at` behind a label.
fn number_at(sheet: &Sheet, at: usize) -> Option<usize> {
    let folded = sheet.folded.as_slice();
    let Some(found) = NUMBER.find(&folded[at..]) else {
        return serial_at(folded, at);
    };
    let mut end = at + found.end();
    let written = sheet.written(at..end);
    // Letters before the number are a body only in capitals; "och 2009" is none.
    let body: String = written.chars().take_while(|c| c.is_alphabetic()).collect();
    let first = body.chars().next().is_some_and(char::is_uppercase);
    let known =
        first && (2..4).contains(&body.chars().count()) && !NO_MIXED.contains(&body.as_str());
    if !known
        && body.chars().any(char::is_lowercase)
        && written
            .chars()
            .nth(body.chars().count())
            .is_some_and(char::is_whitespace)
    {
        return None;
    }
    if is_plan(&body) || is_date(&folded[at..end]) {
        return None;
    }
    // "Dnr 328-2009-599/2" keeps; a digit that goes on means that the shape was cut.
    if folded.get(end).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    // "2018-00710 1.1.1.1": the class behind a blank.
    if let Some(class) = CLASS_BEHIND.find(&folded[end..(end + 16).min(folded.len())])
        && folded[at..end].get(4) == Some(&b'-')
    {
        return Some(end + class.end());
    }
    // "KS 2012/00421 008", "2014/0211 TFN": a class or a body behind a blank ends the line.
    if let Some(behind) = BEHIND.find(&sheet.cased[end..(end + 8).min(folded.len())])
        && (behind.as_bytes()[1].is_ascii_digit() != body.is_empty()
            && folded[at..end].iter().filter(|byte| **byte == b'/').count() == 1
            || behind.as_bytes()[1].is_ascii_digit() && folded[at..end].get(4) == Some(&b'-'))
    {
        let last = behind
            .as_bytes()
            .last()
            .is_some_and(u8::is_ascii_alphanumeric);
        return Some(end + behind.end() - usize::from(!last));
    }
    // "523-3732-10 Rm": Naturvårdsverket puts its unit behind.
    if folded[at..end].get(3) == Some(&b'-')
        && let [b' ', unit @ ..] = &sheet.cased[end..(end + 3).min(folded.len())]
        && matches!(
            unit,
            b"Rm" | b"Rs" | b"Rt" | b"Nv" | b"Ns" | b"Ho" | b"Mm" | b"Mk" | b"Tf" | b"Kk"
        )
        && !folded.get(end + 3).is_some_and(u8::is_ascii_alphanumeric)
    {
        return Some(end + 3);
    }
    // A full stop that ends the sentence is not the plan's.
    if folded[end - 1] == b'.'
        && folded
            .get(end)
            .is_some_and(|next| *next != b'\n' && *next != b' ')
    {
        end -= 1;
    }
    Some(end)
}

/// The end of a number without any part (`Dnr 1600711`) that begins at `at` behind a label: six digits at least, for a year
/// alone is what was left of a number whose digits were lost.
fn serial_at(folded: &[u8], at: usize) -> Option<usize> {
    let length = folded[at..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let end = at + length;
    let whole = folded.get(end).is_none_or(|next| {
        matches!(next, b'\n' | b' ' | b')' | b',' | b';')
            || *next == b'.' && !folded.get(end + 1).is_some_and(u8::is_ascii_digit)
    });
    ((6..=8).contains(&length) && whole).then_some(end)
}

/// The range, with its body, of a shape without label, when it is a dnr.
fn bare(sheet: &Sheet, mut shape: Range<usize>) -> Option<Range<usize>> {
    let folded = sheet.folded.as_slice();
    let after = |at: usize| folded.get(at).copied().unwrap_or(b' ');
    // "KS 2011/0412 001" has its class behind a blank; in "KS 2011/0412 250 kronor" that is no class.
    if let Some(blank) = folded[shape.clone()].iter().position(|byte| *byte == b' ')
        && !folded[shape.start..shape.start + blank].ends_with(b"-")
        && (blank != 9 || !matches!(folded.get(shape.end), None | Some(b'\n' | b')')))
    {
        shape.end = shape.start + blank;
    }
    let next = after(shape.end);
    if next.is_ascii_alphanumeric()
        || (matches!(next, b'-' | b'/' | b':' | b'.') && after(shape.end + 1).is_ascii_digit())
        || is_date(&folded[shape.clone()])
    {
        return None;
    }
    // Back over one blank, dash or slash to the body's capitals.
    let mut from = shape.start;
    if from > 0 && matches!(folded[from - 1], b' ' | b'-' | b'/') {
        from -= 1;
    }
    let text = &sheet.text[..sheet.range(from..from).start];
    let mut body: Vec<char> = {
        let mut body: Vec<char> = text
            .chars()
            .rev()
            .take_while(|c| c.is_uppercase())
            .take(6)
            .collect();
        body.reverse();
        body
    };
    let mut name: String = body.iter().collect();
    if body.is_empty()
        && let Some(mixed) = MIXED.iter().find(|mixed| text.ends_with(*mixed))
        && !text[..text.len() - mixed.len()].ends_with(char::is_alphanumeric)
    {
        name = (*mixed).to_owned();
        body = mixed.chars().collect();
    }
    let numbers = &folded[shape.clone()];
    let has_class = numbers.contains(&b'.')
        || numbers.get(3) == Some(&b'-')
        || numbers.get(3) == Some(&b'/') && numbers.contains(&b'-');
    let with_body = !body.is_empty()
        && body.len() <= 5
        && !NO_BODY.contains(&name.as_str())
        && !is_plan(&name)
        && (body.len() > 1
            || name == "T" && numbers.contains(&b'-')
            // Göteborg's nämnder have a letter and a number: "N134-0511/15".
            || name == "N" && from == shape.start && numbers.len() > 9
            // Four digits behind the year are another year more often than not.
            || name == "E" && numbers.get(4) == Some(&b'-') && numbers.len() > 9);
    if with_body {
        let mut start = from - body.len();
        // "KS-KOM-2013-00211"
        if let [.., one, two, b'-'] = &sheet.cased[..start]
            && one.is_ascii_uppercase()
            && two.is_ascii_uppercase()
            && !sheet.cased[..start - 3]
                .last()
                .is_some_and(u8::is_ascii_alphanumeric)
        {
            start -= 3;
        }
        // "KS 322/13" is one; behind other letters such figures count something else.
        let slash = numbers.iter().position(|byte| *byte == b'/');
        if matches!(slash, Some(3 | 4))
            && numbers.len() == slash.unwrap_or(0) + 3
            && !(slash == Some(4) && (numbers.starts_with(b"20") || numbers.starts_with(b"19")))
            && !matches!(
                name.as_str(),
                "KS" | "KF" | "SN" | "BUN" | "KFN" | "Ks" | "Sn" | "Bun"
            )
        {
            return None;
        }
        // "LD12/00811" is one; "SN 12/2011" numbers a meeting.
        if numbers.get(2) == Some(&b'/') && from < shape.start {
            return None;
        }
        // "LS 1202-0260" is the landsting's; four and four digits that are no year and month are phones and the like.
        if numbers.len() == 9
            && numbers[4] == b'-'
            && !numbers.starts_with(b"20")
            && !is_month(&numbers[..4])
        {
            return None;
        }
        // What ends the line above says nothing of a number with a body.
        let window = window(folded, start);
        let line = window.rsplit(|byte| *byte == b'\n').next();
        if line.is_some_and(|line| NOT_A_DNR.is_match(line)) {
            return None;
        }
        return Some(start..shape.end);
    }
    // "16KS388"
    let has_class = has_class
        || numbers.iter().any(u8::is_ascii_alphabetic)
            && sheet.cased[shape.clone()]
                .iter()
                .any(u8::is_ascii_uppercase);
    if !has_class
        || (from < shape.start && folded[from] != b' ')
        || (shape.start > 0 && folded[shape.start - 1].is_ascii_alphanumeric())
        || NOT_A_DNR.is_match(window(folded, shape.start))
    {
        return None;
    }
    Some(shape)
}

/// The forty letters before `at`.
fn window(folded: &[u8], at: usize) -> &[u8] {
    &folded[at.saturating_sub(40)..at]
}

/// `1202`: February 2012, when the landsting numbered by months.
fn is_month(yymm: &[u8]) -> bool {
    (b"03"..=b"19").contains(&&[yymm[0], yymm[1]]) && (b"01"..=b"12").contains(&&[yymm[2], yymm[3]])
}

fn is_plan(body: &str) -> bool {
    matches!(body.to_lowercase().as_str(), "dp" | "s-dp" | "sdp")
}

/// `2009-05-26`, with or without a body before it.
fn is_date(folded: &[u8]) -> bool {
    let digits: Vec<&[u8]> = folded
        .split(|byte| !byte.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let [year, month, day] = digits.as_slice() else {
        return false;
    };
    let small = |part: &[u8], most: u32| {
        part.len() == 2
            && std::str::from_utf8(part)
                .ok()
                .and_then(|part| part.parse::<u32>().ok())
                .is_some_and(|number| (1..=most).contains(&number))
    };
    year.len() == 4 && !folded.contains(&b'/') && small(month, 12) && small(day, 31)
}

/// Whether a number is another authority's, from the words beside it and from its body.
fn is_others(
    sheet: &Sheet,
    at: &Range<usize>,
    key: &str,
    namnd: &str,
    labelled: bool,
    many: bool,
) -> bool {
    let folded = sheet.folded.as_slice();
    let before = &folded[at.start.saturating_sub(200)..at.start];
    let line_start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    let line = &before[line_start..];
    // "Dnr 2010-12343" on a line of its own is the paper's, whatever stands above.
    if labelled
        && LABEL
            .find(line.trim_ascii_start())
            .is_some_and(|label| label.start() == 0)
    {
        return false;
    }
    let body: String = key.chars().take_while(|c| c.is_alphabetic()).collect();
    let theirs = match body.as_str() {
        "LS" => !namnd.contains("landsting"),
        "KS" => {
            !namnd.is_empty() && !namnd.contains("kommunstyrelse") && !namnd.contains("kommunfull")
        }
        "T" => !namnd.is_empty() && !namnd.contains("trafik"),
        "SSA" => true,
        _ => false,
    };
    let bracketed = line.contains(&b'(');
    theirs
        || labelled && THEIRS.is_match(line)
        || bracketed && REMISS_AFTER.is_match(&folded[at.end..])
        || labelled && REMISS_NUMBER.is_match(line)
        // One number alone is ours more often than not.
        || many && FROM_OTHERS.is_match(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        find(&Sheet::new([(1, text)]), None, "")
            .into_iter()
            .map(|hit| {
                assert_eq!(&text[hit.range], hit.dnr.verbatim);
                hit.dnr.key
            })
            .collect()
    }

    #[test]
    fn every_shape_is_read() {
        for (text, want) in [
            ("Dnr HL 2019/619", "HL2019/619"),
            ("N134-0511/15\nBeslut", "N134-0511/15"),
            ("Ärendenummer: Ks 884/2012\nHandläggare", "KS884/2012"),
            ("svar på motion\nKs/2011:488\nElsa", "KS/2011:488"),
            ("Dnr 16KS388", "16KS388"),
            ("Dnr 11KS/0398", "11KS/0398"),
            ("Dnr 2016KSM1334.042", "2016KSM1334.042"),
            ("Dnr 2015/KS0612 050", "2015/KS0612050"),
            ("Dnr 2015/KS 0233 53", "2015/KS023353"),
            ("KS-KOM-2013-00211", "KS-KOM-2013-00211"),
            ("Rädda akuten\nLD12/00811", "LD12/00811"),
            ("Dnr KS 2012/00421 008\nMotion", "KS2012/00421008"),
            ("Dnr 2014/0211 TFN", "2014/0211TFN"),
            ("Dnr 2018-00710 1.1.1.1", "2018-007101.1.1.1"),
            ("dnr 523-3732-10 Rm", "523-3732-10RM"),
            ("Dnr LK/121021", "LK/121021"),
            ("om elevhälsa\nKS 322/13", "KS322/13"),
            ("upphandling, Dnr 2.2.1-230/2016, bilaga", "2.2.1-230/2016"),
            ("Dnr: 301-064-07", "301-064-07"),
            ("(Dnr 002 – 443 / 05)", "002-443/05"),
            ("(D nr 013 – 430 / 05)", "013-430/05"),
            ("Dnr 328-2009-599", "328-2009-599"),
            ("Dnr 137-2012-1.6.", "137-2012-1.6"),
            ("Dnr 707-2011-5.\n8 Nästa", "707-2011-5"),
            ("Dnr 2012- 182-3.1.", "2012-182-3.1"),
            ("Dnr 1.2.4.-579/12", "1.2.4-579/12"),
            ("Dnr 1.1.- 295/12", "1.1-295/12"),
            ("Dnr 1.5.1.388-2011", "1.5.1.388-2011"),
            ("dnr 099/668-2008.", "099/668-2008"),
            ("Dnr 1.1/3296/2012", "1.1/3296/2012"),
            ("Dnr 05-320/ 538", "05-320/538"),
            ("Dnr 08-400/475", "08-400/475"),
            ("Dnr 2010-12272", "2010-12272"),
            ("Dnr 210-11038", "210-11038"),
            ("Dnr 2009-010756-217", "2009-010756-217"),
            ("Dnr:308-247/2004", "308-247/2004"),
            ("Dnr60902-188/2013", "60902-188/2013"),
            ("DNR:0402-170/2012", "0402-170/2012"),
            ("Dor: 004123/2007.", "004123/2007"),
            ("Dnr T2021-00031", "T2021-00031"),
            ("dnr T 2010-313-01743", "T2010-313-01743"),
            ("Dnr KS 2018/00909-1.1.1", "KS2018/00909-1.1.1"),
            ("Dnr 2016/433-KS", "2016/433-KS"),
            ("Dnr 2014/KS 0012 001", "2014/KS0012001"),
            ("Dnr KS 02-820 107", "KS02-820107"),
            ("Dnr 2013-KS0548/003", "2013-KS0548/003"),
            ("Diarienummer LD11/02896", "LD11/02896"),
            ("Ärendenummer SLK-2023-01047", "SLK-2023-01047"),
            ("Dnr 0263/20", "0263/20"),
            ("SN 18/0098 saknar", ""),
            ("(KS/2021:155)", "KS/2021:155"),
            ("DIARIENUMMER SIDA 11 maj 2015 KS-2015/31", "KS-2015/31"),
            ("tjänsteresorLS 0806-0619", "LS0806-0619"),
            (
                "Remiss från kommunstyrelsen - 001-1606/2009",
                "001-1606/2009",
            ),
            ("BUN 2010/428", "BUN2010/428"),
            ("beslut 1.6-0463/2011 gäller", "1.6-0463/2011"),
            ("Markanvisning\nE2015-00777", "E2015-00777"),
            ("om ungdomsmottagningar HSN 1209-1101", "HSN1209-1101"),
            ("Badplatsen KS-2015/1912.109", "KS-2015/1912.109"),
            ("Elsa Berg (S) KS 2011/0412 001", "KS2011/0412001"),
            ("KS 2011/0412 250 kronor", "KS2011/0412"),
            ("Dnr 1600711", "1600711"),
            ("nytt hyresavtal (FSK 2020/411)", "FSK2020/411"),
            ("SAM 311/2016", "SAM311/2016"),
            ("Dnr2.2.1-230/2016", "2.2.1-230/2016"),
            ("Dnr1.5.1.388-2011", "1.5.1.388-2011"),
            ("Snö i parken (099/668-2008)", "099/668-2008"),
            ("Snö i parken\n328-2009-599", "328-2009-599"),
        ] {
            let want: Vec<&str> = Some(want)
                .filter(|want| !want.is_empty())
                .into_iter()
                .collect();
            assert_eq!(keys(text), want, "{text:?}");
        }
        assert_eq!(
            keys("Dnr 7-742-2011 och 5-744-2011"),
            ["7-742-2011", "5-744-2011"]
        );
    }

    #[test]
    fn the_senders_number_is_anothers() {
        let text = "Vårt dnr 2012/34, ert dnr 8.2-22970/2013, länsstyrelsens dnr 505-08-64515";
        let roles: Vec<DnrRole> = find(&Sheet::new([(1, text)]), None, "")
            .into_iter()
            .map(|hit| hit.dnr.role)
            .collect();
        assert_eq!(roles, [DnrRole::Own, DnrRole::Other, DnrRole::Other]);
    }

    #[test]
    fn other_numbers_are_none() {
        for text in [
            "(Dnr /2016)",
            "DNR /2008",
            "Motion (2012:6) av Elsa Berg (S)",
            "SOU 2016:5, Ds 2017:8, SFS 2001:453, prop. 2019/20:147, KFS 2018:10",
            "KS 2009-05-26, § 104",
            "§ 70/20",
            "mål nr M 3003-10",
            "Växel 08-508 220 00, Fax 08-508 22 099, 08-508 18 161",
            "Organisationsnummer 212000-0142, bankgiro 5052-8124",
            "org.nr 802411-8310",
            "Ågesta 1:4 och Fullbro 2:5",
            "protokoll 4/2009",
            "läsåret 2003/04",
            "Fakturanummer 2021-004512. Avtalsnr U2020/188.",
            "under 2016-2018",
            "daterad 2016-01-27",
            "s-dp 2007-03929-54",
            "personnummer 19121212-1212",
            "EU-direktiv 2006/123/EG och 2014/24/EU, AFS 2015:4, HSLF-FS 2016:40",
            "ISBN 978-91-38-23456-7, ISSN 0375-250X, SS-EN 1176-1",
            "bet. 2009/10:KU19, rskr. 2009/10:304, dir. 2012:13",
            "mål nr T 1234-12 och B 55-10, skala 1:500",
            "SDN 12/11, rum B 112/14 och linje A 134-12",
            "Dnr Sid 2-3",
        ] {
            assert_eq!(keys(text), Vec::<String>::new(), "{text:?}");
        }
    }
}
