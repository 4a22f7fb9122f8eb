//! Nämnder and förvaltningar: a header and a sheet → the nämnd a paper is written to. The table is `namnder.tsv`.
//!
//! Names are matched as an OCR engine may have left them, in definite and genitive forms, broken over lines. A nämnd that
//! the table lacks is taken as written.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use regex::bytes::Regex;

use super::namnd_name::namnd_covers;
use super::sheet::{Gated, Sheet, folded, gated, parts_around, tolerant};

/// One line of the table.
struct Row {
    /// The full name: "Farsta stadsdelsnämnd", "Socialnämnden".
    name: &'static str,
    /// What its name is built on: "Farsta", "Socialnämnd".
    word: &'static str,
    forvaltning: Option<&'static str>,
    /// A stadsdel's own name, as a pattern.
    stem: Option<String>,
    /// The nämnd's name and the förvaltning's, as patterns without a genitive's s.
    patterns: Vec<String>,
    /// `patterns`, each for a text that holds nothing else.
    whole: Vec<Whole>,
    /// `stem`, for a text that holds nothing else.
    alone: Option<Whole>,
}

/// A pattern for a text that holds nothing else. There are some 160 of them, most papers ask none, and compiling them takes
/// a sixth of a process's start: it is done when one is asked.
struct Whole {
    pattern: String,
    compiled: OnceLock<Regex>,
}

impl Whole {
    fn new(pattern: &str) -> Whole {
        Whole {
            pattern: format!("^(?:{pattern})s?$"),
            compiled: OnceLock::new(),
        }
    }

    fn is_match(&self, folded: &[u8]) -> bool {
        self.compiled
            .get_or_init(|| tolerant(&self.pattern))
            .is_match(folded)
    }
}

static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let some = |column: &'static str| Some(column).filter(|&column| column != "-");
    // A name may be broken over lines behind a dash.
    let pattern = |name: &str| name.to_lowercase().replace('-', r"-\s*");
    include_str!("namnder.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let (name, word) = (columns.next()?, columns.next()?);
            let forvaltning = some(columns.next()?);
            let stem = name.ends_with("stadsdelsnämnd").then(|| pattern(word));
            let mut patterns = match &stem {
                Some(stem) => vec![
                    format!(r"{stem}s?\s+stadsdels ?nämnd(?:en)?"),
                    format!(r"{stem}s?\s+stadsdels ?förvaltning(?:en)?"),
                ],
                None => vec![format!("{}(?:n|en)?", pattern(word))],
            };
            patterns.extend(forvaltning.filter(|_| stem.is_none()).map(pattern));
            Some(Row {
                name,
                word,
                forvaltning,
                whole: patterns.iter().map(|pattern| Whole::new(pattern)).collect(),
                alone: stem.as_deref().map(Whole::new),
                patterns,
                stem,
            })
        })
        .collect()
});

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
///
/// `plain` is the header, folded.
pub(super) fn of_header(header: &str, plain: &str) -> Option<String> {
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
                .map(|(part, _)| (*part).to_owned())
        })
}

fn tolerant_meeting() -> &'static Regex {
    static MEETING: LazyLock<Regex> = LazyLock::new(|| tolerant(r"^(?:sammanträde|möte)"));
    &MEETING
}

/// The full name of the nämnd that `plain`, folded, is the name of.
fn canonical(plain: &str) -> Option<String> {
    let (row, office) = known(plain.as_bytes())?;
    (!office).then(|| row.name.to_owned())
}

/// What every name of a nämnd or a förvaltning holds.
static ANY_BODY: LazyLock<Gated> = LazyLock::new(|| gated(r"nämnd|styre|fullm|förva|kontor"));

/// Every form in which a name stands where nothing is damaged, with its row and whether it is the förvaltning's. Asking each
/// row's patterns is for the others.
fn undamaged() -> BTreeMap<String, (usize, bool)> {
    let mut map = BTreeMap::new();
    for (i, row) in TABLE.iter().enumerate() {
        let mut put = |form: String, office| {
            let form = folded(&form);
            for end in ["", "s"] {
                map.entry(format!("{form}{end}")).or_insert((i, office));
            }
        };
        if row.stem.is_some() {
            for owner in ["", "s"] {
                for gap in ["", " "] {
                    for (body, office) in [("nämnd", false), ("förvaltning", true)] {
                        for article in ["", "en"] {
                            let word = row.word;
                            put(
                                format!("{word}{owner} stadsdels{gap}{body}{article}"),
                                office,
                            );
                        }
                    }
                }
            }
            continue;
        }
        for article in ["", "n", "en"] {
            put(format!("{}{article}", row.word), false);
        }
        if let Some(office) = row.forvaltning {
            put(office.to_owned(), true);
        }
    }
    map
}

/// A name that may be broken over lines, without its breaks: `hagersten- alvsjo` is `hagersten-alvsjo`.
fn on_one_line(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split_ascii_whitespace() {
        if !out.is_empty() && !out.ends_with('-') {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The row whose nämnd, or whose förvaltning, `folded` is the name of and nothing else.
fn known(folded: &[u8]) -> Option<(&'static Row, bool)> {
    static UNDAMAGED: LazyLock<BTreeMap<String, (usize, bool)>> = LazyLock::new(undamaged);
    let exact = std::str::from_utf8(folded)
        .ok()
        .and_then(|name| UNDAMAGED.get(&on_one_line(name)));
    if let Some(&(row, office)) = exact {
        return Some((TABLE.get(row)?, office));
    }
    if !ANY_BODY.is_match(folded) {
        return None;
    }
    TABLE.iter().find_map(|row| {
        let at = row.whole.iter().position(|whole| whole.is_match(folded))?;
        Some((row, at % 2 == 1))
    })
}

/// The score from which a nämnd is named where papers name their own.
const SAID_PLAINLY: u32 = 1000;

/// What a sheet says of the nämnd it is written to: the proposal's subject, else whom it is sent to, else the one named in
/// the head, else most often; a förvaltning says its nämnd. `named` is what [`all`] finds on it, `head_end` where a whole
/// paper's head ends.
pub(super) fn of_text(sheet: &Sheet, named: &[Named], head_end: usize) -> Option<Hit> {
    let times = times(named);
    // "Utlåtande 2018:122": what the board puts before the assembly.
    static TO_ASSEMBLY: LazyLock<Gated> = LazyLock::new(|| gated(r"^\W*utlåtande \d{4}:\d"));
    let assembly = TO_ASSEMBLY.is_in(sheet, &sheet.folded);
    // "KF § 70" heads a matter of the assembly, whoever is named in it.
    static MATTER_OF: LazyLock<Regex> = LazyLock::new(|| tolerant(r"(?m)^[ \t]*(?:(kf)|ks) § ?\d"));
    let beginning = &sheet.folded[..sheet.folded.len().min(120)];
    if head_end == 0
        && beginning.contains(&b'$')
        && let Some(found) = MATTER_OF.captures(beginning)
        && let Some(all) = found.get(0)
    {
        let name = match found.get(1) {
            Some(_) => "Kommunfullmäktige",
            None => "Kommunstyrelsen",
        };
        return Some(Hit {
            name: name.to_owned(),
            range: Some(sheet.range(all.start()..all.start() + 2)),
        });
    }
    let mut best: Option<(u32, &Named)> = None;
    for one in named {
        // Of two that decide together the first is meant.
        let score = match (one.decides, one.range.start < head_end) {
            _ if assembly && one.name == "Kommunfullmäktige" => 5 * SAID_PLAINLY,
            _ if one.address > 0 => (2 + one.address) * SAID_PLAINLY,
            (true, _) => 2 * SAID_PLAINLY,
            (false, true) => SAID_PLAINLY + u32::from(!one.office),
            (false, false) => {
                u32::from(one.to) * 100
                    + u32::from(!one.office) * 50
                    + times
                        .get(one.name.as_str())
                        .map_or(0, |times| *times.min(&40))
            }
        };
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, one));
        }
    }
    let hit = |one: &Named| Hit {
        name: one.name.clone(),
        range: Some(one.range.clone()),
    };
    match best {
        Some((score, one)) if score >= SAID_PLAINLY => Some(hit(one)),
        // "Stadsdelsförvaltningen" writes, and other offices are only spoken of.
        best => lone_stadsdel(sheet).or(best
            .filter(|(_, one)| !one.office || !WE_OF_THE_STADSDEL.is_in(sheet, &sheet.folded))
            .map(|(_, one)| hit(one))),
    }
}

/// Bytes at the beginning of a paper in which its letterhead stands.
const LETTERHEAD: usize = 700;

/// How plainly a nämnd's name has its line of the letterhead to itself, maybe with the meeting's date behind it: 2
/// `Till Socialnämnden` or `Mottagare Kulturnämnden`, 1 the name alone, 0 neither. `at` is of the folded copy.
fn address(folded: &[u8], at: &Range<usize>) -> u32 {
    static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
        tolerant(
            r"^[ \t,:]*(?:(?:den )?\d{1,4}[- /]?(?:\d\d-\d\d|[a-z]+ \d{4})[ \t,]*)?(?:p\.? ?\d+|[$] ?\d+)?[ \t]*(?:\n|$)",
        )
    });
    static BEFORE: LazyLock<Regex> =
        LazyLock::new(|| tolerant(r"(?:^|\n)[ \t]*(?:(till|mottagare)[ \t]*:?\s{0,4})?$"));
    // "Organ: Kommunstyrelsens arbetsutskott", on the sheet that says when minutes were put up.
    static ORGAN: LazyLock<Regex> =
        LazyLock::new(|| tolerant(r"\b(?:organ|beslutsinstans|beslutande organ) ?:?\s*$"));
    if ORGAN.is_match(&folded[at.start.saturating_sub(24)..at.start]) {
        return 2;
    }
    // "Förslag till beslut i kommunstyrelsen"
    static PROPOSED_IN: LazyLock<Regex> =
        LazyLock::new(|| tolerant(r"förslag till (?:beslut (?:i|för) )?$"));
    if PROPOSED_IN.is_match(&folded[at.start.saturating_sub(40)..at.start]) {
        return 1;
    }
    if at.start > LETTERHEAD || !BEHIND.is_match(&folded[at.end..(at.end + 40).min(folded.len())]) {
        return 0;
    }
    match BEFORE.captures(&folded[..at.start]) {
        Some(before) => 1 + u32::from(before.get(1).is_some()),
        None => 0,
    }
}

/// How often each nämnd is named.
fn times<'a>(named: impl IntoIterator<Item = &'a Named>) -> BTreeMap<&'a str, u32> {
    let mut times = BTreeMap::new();
    for one in named {
        *times.entry(one.name.as_str()).or_insert(0) += 1;
    }
    times
}

/// The förvaltning that is named in a sheet's head, or else most often, and where. `named` is what [`all`] finds on it.
pub(super) fn forvaltning(
    named: &[Named],
    head_end: usize,
    namnd: Option<&str>,
) -> Option<(String, Range<usize>)> {
    let offices = || named.iter().filter(|one| one.office);
    let times = times(offices());
    let one = offices().rev().max_by_key(|one| {
        let head = one.range.start < head_end;
        // Behind the head other offices are consulted; the nämnd's own comes first.
        let own = namnd == Some(one.name.as_str());
        (head, own, times.get(one.name.as_str()))
    })?;
    let row = TABLE.iter().find(|row| row.name == one.name)?;
    Some((row.forvaltning?.to_owned(), one.range.clone()))
}

/// A nämnd or förvaltning named in a text.
pub(super) struct Named {
    /// The nämnd.
    name: String,
    /// In the sheet's text.
    range: Range<usize>,
    decides: bool,
    to: bool,
    /// Named by its förvaltning.
    office: bool,
    /// How plainly the letterhead addresses it; see [`address`].
    address: u32,
}

/// Every name of the table, the longest first: one pass over a text finds them all.
static ANY: LazyLock<Regex> = LazyLock::new(|| {
    let mut patterns: Vec<&str> = TABLE
        .iter()
        .filter(|row| row.stem.is_none())
        .flat_map(|row| row.patterns.iter().map(String::as_str))
        .collect();
    patterns.sort_by_key(|pattern| (std::cmp::Reverse(pattern.len()), *pattern));
    tolerant(&format!(
        r"\b(?:(?:{})s?\s+stadsdels ?(?:nämnd|förvaltning)(?:en)?|{})s?\b",
        stadsdelar(),
        patterns.join("|")
    ))
});

/// The stems of every stadsdel as one pattern, the longest first.
fn stadsdelar() -> String {
    let mut stems: Vec<&str> = TABLE.iter().filter_map(|row| row.stem.as_deref()).collect();
    stems.sort_by_key(|stem| (std::cmp::Reverse(stem.len()), *stem));
    stems.join("|")
}

/// Every stadsdel.
static STADSDELAR: LazyLock<Regex> =
    LazyLock::new(|| tolerant(&format!(r"\b(?:{})s?\b", stadsdelar())));

/// Bytes of the longest name before its last word: `Socialtjänst- och arbetsmarknads`, broken over lines.
const LONGEST_NAME: usize = 100;

/// Every nämnd and förvaltning that a sheet names, in the order of the text.
pub(super) fn all(sheet: &Sheet) -> Vec<Named> {
    let folded = sheet.folded.as_slice();
    let parts = parts_around(sheet, &ANY_BODY, LONGEST_NAME, 24);
    let find = |pattern: &'static Regex| {
        parts.iter().flat_map(move |part| {
            pattern
                .find_iter(&folded[part.clone()])
                .map(move |found| part.start + found.start()..part.start + found.end())
        })
    };
    let mut out: Vec<Named> = find(&ANY)
        .filter_map(|found| {
            let (row, office) = known(&folded[found.clone()])?;
            let (start, end) = (found.start, found.end);
            // "Vatten- och byggnadsnämnden" is no byggnadsnämnd.
            if JOINED.is_match(&folded[start.saturating_sub(12)..start]) {
                return None;
            }
            // "kommunstyrelsens pensionärsråd" is another body.
            let genitive = folded[end - 1] == b's';
            // "Kommunstyrelsens arbetsutskott" with a line to itself.
            let committee = COMMITTEE
                .find(&folded[end..(end + 24).min(folded.len())])
                .map(|committee| start..end + committee.end())
                .filter(|whole| genitive && address(folded, whole) > 0);
            let found = committee.clone().unwrap_or(found);
            let end = found.end;
            let name = match committee {
                Some(whole) => sheet.text[sheet.range(whole)].to_owned(),
                None => row.name.to_owned(),
            };
            Some(Named {
                name,
                range: sheet.range(start..end),
                decides: !office && DECIDES.is_match(&folded[end..(end + 90).min(folded.len())]),
                to: !genitive && TO.is_match(&folded[start.saturating_sub(12)..start]),
                office,
                address: if office { 0 } else { address(folded, &found) },
            })
        })
        .collect();
    let known = out.len();
    for found in find(&UNKNOWN) {
        let range = sheet.range(found.clone());
        let next = out[..known].partition_point(|one| one.range.end <= range.start);
        if ANY_NAMND.is_match(&folded[found.clone()])
            || out[..known]
                .get(next)
                .is_some_and(|one| one.range.start < range.end)
        {
            continue;
        }
        // "Nämnden för funktionshindrade" has a line to itself; "till nämnden för beslut" does not.
        let named_for = folded[found.clone()].starts_with(b"namnden ");
        if named_for && address(folded, &found) == 0 {
            continue;
        }
        let written = sheet.text[range.clone()]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let mut letters = written.chars();
        let name = letters.next().map_or_else(String::new, |first| {
            first.to_uppercase().chain(letters).collect()
        });
        out.push(Named {
            name,
            range,
            decides: DECIDES.is_match(&folded[found.end..(found.end + 90).min(folded.len())]),
            to: TO.is_match(&folded[found.start.saturating_sub(12)..found.start]),
            office: false,
            address: address(folded, &found),
        });
    }
    out.sort_by_key(|one| one.range.start);
    out
}

/// A board's own committee.
static COMMITTEE: LazyLock<Regex> =
    LazyLock::new(|| tolerant(r"^ (?:arbetsutskott|allmänna utskott|utskott)\b"));

/// The paper speaks of its stadsdel's office or nämnd without naming it.
static WE_OF_THE_STADSDEL: LazyLock<Gated> =
    LazyLock::new(|| gated(r"\bstadsdels?(?:förvaltningen|nämnden|direktören)"));

/// A nämnd that the table may lack: `Park- och naturnämnden`.
static UNKNOWN: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r"\bnämnden för [a-z]{5,}(?: (?:och|i) [a-z]+)?\b|\b(?:[a-z]+-,? (?:[a-z]+-,? )?(?:och )?)?[a-z]{4,}nämnd(?:en)\b",
    )
});

/// What stands before a name that is only the last part of a longer one.
static JOINED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?-u)[a-z]-,?\s+(?:och\s+)?$").expect("a pattern that compiles"));

/// Part of a nämnd's name that says nothing of which it is.
static ANY_NAMND: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r"^(?:stadsdels|kommun|fack|facks|stads|region|landstings|gemensam|del|ansvars|respektive)nämnd",
    )
});

/// The stadsdel that is named alone in a paper of "stadsdelsförvaltningen", when it is only one.
fn lone_stadsdel(sheet: &Sheet) -> Option<Hit> {
    let folded = sheet.folded.as_slice();
    if !WE_OF_THE_STADSDEL.is_in(sheet, folded) {
        return None;
    }
    let mut hits: BTreeMap<&'static str, Range<usize>> = BTreeMap::new();
    for found in STADSDELAR.find_iter(folded) {
        // "bromma flygplats" in small letters, or a part of another name, is no stadsdel.
        if !sheet.cased[found.start()].is_ascii_uppercase()
            || found.start() > 0 && folded[found.start() - 1] == b'-'
            || folded.get(found.end()) == Some(&b'-')
        {
            continue;
        }
        let row = TABLE.iter().find(|row| {
            row.alone
                .as_ref()
                .is_some_and(|alone| alone.is_match(found.as_bytes()))
        })?;
        hits.entry(row.name).or_insert(found.range());
    }
    // One alone, or the one that took over from all the others.
    let (name, range) = hits
        .iter()
        .find(|(name, _)| hits.keys().all(|other| namnd_covers(name, other)))?;
    Some(Hit {
        name: (*name).to_owned(),
        range: Some(sheet.range(range.clone())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<String> {
        let sheet = Sheet::new([(1, text)]);
        of_text(&sheet, &all(&sheet), 0).map(|hit| hit.name)
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
            for other in columns[5].split("; ") {
                assert!(other == "-" || names.contains(&other), "{line:?}");
            }
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
            assert_eq!(
                of_header(header, &folded(header)).as_deref(),
                Some(want),
                "{header:?}"
            );
        }
        assert_eq!(of_header("", ""), None);
        let city = "Stockholms stad > Sammanträde 2008-04-10";
        assert_eq!(of_header(city, &folded(city)), None);
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
            (
                "Miljö- och byggnadsnämnden\nRemiss av ett förslag",
                Some("Miljö- och byggnadsnämnden"),
            ),
            (
                "Vatten- och byggnadsnämnden\nRemiss av ett förslag",
                Some("Vatten- och byggnadsnämnden"),
            ),
            (
                "Storby kommun\nTJÄNSTESKRIVELSE\nKommunstyrelsen\nEn förskola\nKommunfullmäktige beslutar att motionen är besvarad.",
                Some("Kommunstyrelsen"),
            ),
            (
                "Mottagare Kultur- och fritidsnämnden\nNämnden lämnar svaret till kommunstyrelsen.",
                Some("Kultur- och fritidsnämnden"),
            ),
            (
                "Kommunstyrelsen\nTill Socialnämnden 2014-03-11\nEtt ärende",
                Some("Socialnämnden"),
            ),
            (
                "Utlåtande 2018:122 RV\nKommunstyrelsen föreslår att kommunfullmäktige beslutar följande.",
                Some("Kommunfullmäktige"),
            ),
        ] {
            assert_eq!(said(text).as_deref(), want, "{text:?}");
        }
    }

    #[test]
    fn every_name_holds_the_letters_that_are_looked_for() {
        for line in include_str!("lines.tsv").lines() {
            let folded = folded(&line.replace('⏎', "\n"));
            for pattern in [&*ANY, &*UNKNOWN] {
                for found in pattern.find_iter(folded.as_bytes()) {
                    assert!(ANY_BODY.is_match(found.as_bytes()), "{found:?}");
                }
            }
        }
    }

    #[test]
    fn every_row_holds_the_letters_that_are_looked_for() {
        for row in TABLE.iter() {
            for name in [Some(row.name), row.forvaltning].into_iter().flatten() {
                assert!(ANY_BODY.is_match(folded(name).as_bytes()), "{name}");
                assert!(name.len() < LONGEST_NAME, "{name}");
            }
        }
    }

    #[test]
    fn undamaged_forms_name_what_the_patterns_name() {
        for (form, (row, office)) in undamaged() {
            let by_pattern = TABLE.iter().enumerate().find_map(|(i, row)| {
                let folded = form.as_bytes();
                let at = row.whole.iter().position(|whole| whole.is_match(folded))?;
                Some((i, at % 2 == 1))
            });
            assert_eq!(by_pattern, Some((row, office)), "{form}");
        }
        for broken in [
            "Hägersten-\nLiljeholmens stadsdelsnämnds",
            "kommun styrelsen",
        ] {
            let (row, _) = known(folded(broken).as_bytes()).unzip();
            assert_eq!(
                row.map(|row| row.name),
                (!broken.starts_with('k')).then_some("Hägersten-Liljeholmens stadsdelsnämnd"),
                "{broken}"
            );
        }
    }
}
