//! Nämnder and förvaltningar: a header and a sheet → the nämnd a paper is written to. The table is `namnder.tsv`.
//!
//! Names are matched as an OCR engine may have left them, in definite and genitive forms, broken over lines. A nämnd that
//! the table lacks is taken as written.

use std::ops::Range;
use std::sync::LazyLock;

use regex::bytes::Regex;

use super::sheet::{Sheet, folded, tolerant};

/// One line of the table.
struct Row {
    /// The full name: "Farsta stadsdelsnämnd", "Socialnämnden".
    name: &'static str,
    forvaltning: Option<&'static str>,
    /// The full name of the nämnd that took over.
    successor: Option<&'static str>,
    /// Finds the nämnd's name (for a stadsdel, the stadsdel alone), from the first letter on.
    named: Regex,
    /// Finds the förvaltning's name.
    office: Option<Regex>,
}

static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let some = |column: &'static str| Some(column).filter(|&column| column != "-");
    include_str!("namnder.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let (name, word) = (columns.next()?, columns.next()?);
            let forvaltning = some(columns.next()?);
            let successor = some(columns.nth(2)?);
            let stadsdel = name.ends_with("stadsdelsnämnd");
            let lower = word.to_lowercase().replace('-', r"-\s*");
            let named = if stadsdel {
                format!(r"^{lower}(s?)\b")
            } else {
                format!(r"^{lower}(?:n|en)?(s?)\b")
            };
            Some(Row {
                name,
                forvaltning,
                successor,
                named: tolerant(&named),
                office: forvaltning.filter(|_| !stadsdel).map(|office| {
                    tolerant(&format!(
                        r"^{}s?\b",
                        office.to_lowercase().replace('-', r"-\s*")
                    ))
                }),
            })
        })
        .collect()
});

/// Words that may end a nämnd's or a förvaltning's name.
static ENDING: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r"(?:stadsdels? ?nämnd(?:en)?|stadsdels? ?förvaltning(?:en)?|nämnd(?:en)?|fullmäktige|styrelse[n]?|förvaltning(?:en)?|kontoret|utskott(?:et)?)s?\b",
    )
});

static STADSDEL: LazyLock<Regex> =
    LazyLock::new(|| tolerant(r"stadsdels? ?(?:nämnd|förvaltning|direktör)"));

/// A nämnd that decides: the proposal's subject.
static DECIDES: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r"^s?(?: respektive [a-z]+)? (?:godkänner|beslutar|beslutade|hänvisar|överlämnar|avstår|avslår|bifaller|tillstyrker|avstyrker|anser|besvarar|lägger|åberopar|ger|uppdrar|utser|föreslår|tillstyrker)\b",
    )
});

static TO: LazyLock<Regex> = LazyLock::new(|| tolerant(r"\btill\s+$"));

/// The nämnd and where it is said; no range when only the header says it.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    pub(super) name: String,
    pub(super) range: Option<Range<usize>>,
}

/// What a header ("Stockholms stad > Farsta stadsdelsnämnd > Sammanträde 2008-04-10") says of the nämnd.
pub(super) fn of_header(header: &str) -> Option<String> {
    let parts: Vec<&str> = header
        .split('>')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    parts.iter().find_map(|part| canonical(part)).or_else(|| {
        let meeting = tolerant_meeting();
        parts
            .get(1)
            .filter(|part| !meeting.is_match(folded(part).as_bytes()))
            .map(|part| (*part).to_owned())
    })
}

fn tolerant_meeting() -> &'static Regex {
    static MEETING: LazyLock<Regex> = LazyLock::new(|| tolerant(r"^(?:sammanträde|möte)"));
    &MEETING
}

/// The full name of the nämnd that `text` is the name of.
fn canonical(text: &str) -> Option<String> {
    let sheet = Sheet::new([(1, text)]);
    let stadsdel = STADSDEL.is_match(&sheet.folded);
    TABLE
        .iter()
        .filter(|row| row.name.ends_with("stadsdelsnämnd") == stadsdel)
        .filter_map(|row| {
            let end = row.named.find(&sheet.folded)?.end();
            Some((end, row.name))
        })
        .filter(|(end, _)| {
            let rest = sheet.folded[*end..].trim_ascii();
            rest.is_empty() || STADSDEL.find(rest).is_some_and(|found| found.start() == 0)
        })
        .max_by_key(|(end, _)| *end)
        .map(|(_, name)| name.to_owned())
}

/// The score from which a nämnd is named where papers name their own.
const SAID_PLAINLY: u32 = 1000;

/// What a sheet says of the nämnd it is written to: the proposal's subject, else whom it is sent to, else the one named in
/// the head, else most often; a förvaltning says its nämnd. `head_end` is where a whole paper's head ends.
pub(super) fn of_text(sheet: &Sheet, head_end: usize) -> Option<Hit> {
    let mut best: Option<(u32, usize, Hit)> = None;
    let named = all(sheet);
    for one in &named {
        let times = named
            .iter()
            .filter(|other| other.name == one.name)
            .count()
            .min(40) as u32;
        // Of two that decide together the first is meant.
        let score = match (one.decides, one.range.start < head_end) {
            (true, _) => 2 * SAID_PLAINLY,
            (false, true) => SAID_PLAINLY + u32::from(!one.office),
            (false, false) => u32::from(one.to) * 100 + u32::from(!one.office) * 50 + times,
        };
        if best.as_ref().is_none_or(|(most, ..)| score > *most) {
            best = Some((
                score,
                one.range.start,
                Hit {
                    name: one.name.clone(),
                    range: Some(one.range.clone()),
                },
            ));
        }
    }
    match best {
        Some((score, _, hit)) if score >= SAID_PLAINLY => Some(hit),
        // "Stadsdelsförvaltningen" writes, and other offices are only spoken of.
        best => lone_stadsdel(sheet).or(best.map(|(.., hit)| hit)),
    }
}

/// The förvaltning that is named in a sheet's head, or else most often, and where.
pub(super) fn forvaltning(sheet: &Sheet) -> Option<(String, Range<usize>)> {
    let offices: Vec<Named> = all(sheet).into_iter().filter(|one| one.office).collect();
    let most = offices
        .iter()
        .map(|one| {
            offices
                .iter()
                .filter(|other| other.name == one.name)
                .count()
        })
        .max()?;
    let one = offices.iter().find(|one| {
        offices
            .iter()
            .filter(|other| other.name == one.name)
            .count()
            == most
    })?;
    let row = TABLE.iter().find(|row| row.name == one.name)?;
    Some((row.forvaltning?.to_owned(), one.range.clone()))
}

/// A nämnd or förvaltning named in a text.
struct Named {
    /// The nämnd.
    name: String,
    /// In the sheet's text.
    range: Range<usize>,
    decides: bool,
    to: bool,
    /// Named by its förvaltning.
    office: bool,
}

fn all(sheet: &Sheet) -> Vec<Named> {
    let folded = sheet.folded.as_slice();
    let mut out: Vec<Named> = Vec::new();
    for ending in ENDING.find_iter(folded) {
        let Some((start, row, office)) = name_before(folded, ending.range()) else {
            continue;
        };
        let end = ending.end();
        // "kommunstyrelsens pensionärsråd" is another body.
        let genitive = folded[end - 1] == b's' && !ending.as_bytes().ends_with(b"mnds");
        out.push(Named {
            name: row.name.to_owned(),
            range: sheet.range(start..end),
            decides: !office && DECIDES.is_match(&folded[end..]),
            to: !genitive && TO.is_match(&folded[start.saturating_sub(12)..start]),
            office,
        });
    }
    out
}

/// The row whose name ends at `ending`, and where the name begins.
fn name_before(folded: &[u8], ending: Range<usize>) -> Option<(usize, &'static Row, bool)> {
    let stadsdel = STADSDEL.is_match(&folded[ending.clone()]);
    let from = ending.start.saturating_sub(60);
    // Word starts before the ending, the nearest first; the longest name that reaches the ending wins.
    let mut best = None;
    for start in (from..=ending.start).rev() {
        if start > 0 && folded[start - 1].is_ascii_alphabetic()
            || !folded.get(start).is_some_and(u8::is_ascii_alphabetic)
        {
            continue;
        }
        for row in TABLE.iter() {
            if row.name.ends_with("stadsdelsnämnd") != stadsdel {
                continue;
            }
            let reach = &folded[start..ending.end];
            if stadsdel {
                if let Some(found) = row.named.find(reach) {
                    let between = &folded[start + found.end()..ending.start];
                    if between.iter().all(u8::is_ascii_whitespace) {
                        let office = STADSDEL
                            .find(&folded[ending.clone()])
                            .is_some_and(|word| !word.as_bytes().ends_with(b"nd"));
                        best = Some((start, row, office));
                    }
                }
            } else {
                let whole = |pattern: &Regex| {
                    pattern
                        .find(reach)
                        .is_some_and(|found| found.end() == reach.len())
                };
                if whole(&row.named) {
                    best = Some((start, row, false));
                } else if row.office.as_ref().is_some_and(whole) {
                    best = Some((start, row, true));
                }
            }
        }
    }
    best
}

/// The stadsdel that is named alone in a paper of "stadsdelsförvaltningen", when it is only one.
fn lone_stadsdel(sheet: &Sheet) -> Option<Hit> {
    static OFFICE: LazyLock<Regex> =
        LazyLock::new(|| tolerant(r"\bstadsdels?(?:förvaltningen|nämnden|direktören)"));
    let folded = sheet.folded.as_slice();
    OFFICE.find(folded)?;
    let mut found: Option<Hit> = None;
    for start in 0..folded.len() {
        if !sheet.cased[start].is_ascii_uppercase()
            || (start > 0 && (folded[start - 1].is_ascii_alphabetic() || folded[start - 1] == b'-'))
        {
            continue;
        }
        let longest = TABLE
            .iter()
            .filter(|row| row.name.ends_with("stadsdelsnämnd"))
            .filter_map(|row| {
                Some((
                    row.named
                        .find(&folded[start..(start + 48).min(folded.len())])?
                        .end(),
                    row,
                ))
            })
            .max_by_key(|(end, _)| *end);
        let Some((end, row)) = longest else { continue };
        match &found {
            Some(hit) if hit.name != row.name => return None,
            Some(_) => {}
            None => {
                found = Some(Hit {
                    name: row.name.to_owned(),
                    range: Some(sheet.range(start..start + end)),
                })
            }
        }
    }
    found
}

/// Whether a nämnd asked for as `query` is the one named `value`: case, accents, the definite form and the genitive do
/// not matter, and the word `stadsdelsnämnd` may be left out.
pub fn namnd_is(query: &str, value: &str) -> bool {
    let query = bare(query);
    !query.is_empty() && query == bare(value)
}

/// Whether a nämnd asked for as `query` is the one named `value`, or took over from it: `Järva` covers Spånga-Tensta,
/// Rinkeby-Kista and what became of them.
pub fn namnd_covers(query: &str, value: &str) -> bool {
    let mut value = value.to_owned();
    // The chain of mergers is shorter than the table.
    for _ in 0..TABLE.len() {
        if namnd_is(query, &value) {
            return true;
        }
        match TABLE
            .iter()
            .find(|row| namnd_is(row.name, &value))
            .and_then(|row| row.successor)
        {
            Some(successor) => value = successor.to_owned(),
            None => return false,
        }
    }
    false
}

/// The name without what does not tell it from others: `farsta`, `socialnamnd`.
fn bare(name: &str) -> String {
    let name = folded(name);
    let mut words: Vec<&str> = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let stadsdel = words.len() > 1
        && words
            .last()
            .is_some_and(|last| last.starts_with("stadsdelsnamnd") || *last == "sdn");
    if stadsdel {
        words.pop();
    }
    let mut out = words.join(" ");
    for ending in ["namndens", "namnden", "namnds", "namnd"] {
        if let Some(stem) = out.strip_suffix(ending) {
            out = format!("{stem}namnd");
            return out;
        }
    }
    for (ending, kept) in [
        ("styrelsens", "styrelse"),
        ("styrelsen", "styrelse"),
        ("fullmaktiges", "fullmaktige"),
    ] {
        if let Some(stem) = out.strip_suffix(ending) {
            return format!("{stem}{kept}");
        }
    }
    // A stadsdel's genitive: the table knows which names end in s themselves (none does).
    if let Some(stem) = out.strip_suffix('s') {
        out.truncate(stem.len());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<String> {
        of_text(&Sheet::new([(1, text)]), 0).map(|hit| hit.name)
    }

    #[test]
    fn the_table_is_well_formed() {
        let names: Vec<&str> = TABLE.iter().map(|row| row.name).collect();
        for line in include_str!("namnder.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
        {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 6, "{line:?}");
            assert!(
                columns
                    .iter()
                    .all(|column| !column.is_empty() && column.trim() == *column),
                "{line:?}"
            );
            assert!(
                columns[3].parse::<u16>().is_ok() && columns[4].parse::<u16>().is_ok(),
                "{line:?}"
            );
            assert_eq!(
                names.iter().filter(|name| **name == columns[0]).count(),
                1,
                "{line:?}"
            );
            assert!(columns[5] == "-" || names.contains(&columns[5]), "{line:?}");
            assert!(
                columns[0].starts_with(columns[1].split(' ').next().unwrap_or_default()),
                "{line:?}"
            );
        }
    }

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
        ] {
            assert_eq!(of_header(header).as_deref(), Some(want), "{header:?}");
        }
        assert_eq!(of_header(""), None);
        assert_eq!(of_header("Stockholms stad > Sammanträde 2008-04-10"), None);
    }

    #[test]
    fn a_text_says_its_namnd() {
        for (text, want) in [
            (
                "Socialndmnden godkanner forvaltningens forslag",
                Some("Socialnämnden"),
            ),
            (
                "Hägersten-Liljeholmens \nstadsdelsförvaltning\nHägersten-Liljeholmens stadsdelsnämnd",
                Some("Hägersten-Liljeholmens stadsdelsnämnd"),
            ),
            (
                "Socialförvaltningen har tagit fram en plan.",
                Some("Socialnämnden"),
            ),
            (
                "Stadsdelsförvaltningen deltar. Spånga-\nTensta är med.",
                Some("Spånga-Tensta stadsdelsnämnd"),
            ),
            ("Stadsdelsförvaltningen i Farsta och i Bromma.", None),
            (
                "Kommunstyrelsen och äldrenämnden. Socialnämnden respektive Äldrenämnden godkänner planen.",
                Some("Socialnämnden"),
            ),
            ("Nämnden godkänner.", None),
        ] {
            assert_eq!(said(text).as_deref(), want, "{text:?}");
        }
    }

    #[test]
    fn a_filter_is_tolerant_and_knows_mergers() {
        for (query, value) in [
            ("farsta", "Farsta stadsdelsnämnd"),
            ("Farsta stadsdelsnämnden", "Farsta stadsdelsnämnd"),
            ("kungsholmen", "Kungsholmens stadsdelsnämnd"),
            ("sodermalm", "Södermalms stadsdelsnämnd"),
            ("socialnämnden", "Socialnämnden"),
            ("SOCIALNAMND", "Socialnämnden"),
            ("kommunstyrelsen", "Kommunstyrelsen"),
            (
                "hägersten-liljeholmen",
                "Hägersten-Liljeholmens stadsdelsnämnd",
            ),
        ] {
            assert!(namnd_is(query, value), "{query:?} {value:?}");
        }
        for (query, value) in [
            ("", "Farsta stadsdelsnämnd"),
            ("kista", "Rinkeby-Kista stadsdelsnämnd"),
            ("Järva", "Kista stadsdelsnämnd"),
        ] {
            assert!(!namnd_is(query, value), "{query:?} {value:?}");
        }
        assert!(namnd_covers("Järva", "Spånga-Tensta stadsdelsnämnd"));
        assert!(namnd_covers("järva", "Kista stadsdelsnämnd"));
        assert!(!namnd_covers("Spånga-Tensta", "Järva stadsdelsnämnd"));
    }
}
