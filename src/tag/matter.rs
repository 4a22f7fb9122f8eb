//! The matters of a protokoll or an agenda: a sheet → the range of each, from its number to the next one's.
//!
//! Numbers are `§ 12`, `KS § 12`, `Ärende 7:`, and on an agenda also `7` and `2.1.10.`; an OCR engine reads § as 8 or $. The
//! longest run of rising numbers is taken, and of equal ones the later, so that lists inside a matter, laws quoted at a
//! line's beginning and a table of contents part nothing.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::head::{WRAPS, goes_on, trimmed};
use super::sheet::{Sheet, tolerant};

/// One matter. Ranges are of the sheet's text.
pub(super) struct Item {
    /// From its number, or the section's heading above it, to the next matter's.
    pub(super) range: Range<usize>,
    /// Its number as written: `§ 12`.
    pub(super) number: String,
    /// Its heading, without the number.
    pub(super) title: Option<Range<usize>>,
}

/// A paper that holds many matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// Minutes.
    Protokoll,
    /// An agenda, a notice of a meeting.
    Agenda,
}

/// `§ 12` at a line's beginning, with the body's letters before it or not; 1 the sign and number, 2 the number.
static PARAGRAPH: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(r"(?m)^[ \t]*(?:[a-z]{2,6} )?(§ ?(\d{1,4}))(?:/\d{2,4})?(?:[ \t.:)]|\r?$)")
});

/// A § misread as 8, alone with its number on a line or before a capital.
static MISREAD: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"(?m-u)^[ \t]*(8 ?(\d{1,3}))(?:[ \t]+[A-Z]|[ \t]*\r?$)")
        .expect("a pattern that compiles")
});

/// `Ärende 7`, `Ärende nr 7:`.
static MATTER: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(r"(?m)^[ \t]*((?:ärende|punkt|paragraf)(?: nr\.?)? (\d{1,3}))(?:[ \t.:)-]|\r?$)")
});

/// `12 §` with a heading behind or below it, and `Ks 12 Dnr`; 1 the sign and number, 2 the number.
static BEHIND: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"(?m-u)^[ \t]*(?:[A-Z][a-z]{0,2} )?((\d{1,3})(?: ?[$]|[ \t]+D ?nr))(?:[ \t]+[A-Z0-9]|[ \t]*\r?$)")
        .expect("a pattern that compiles")
});

/// `12 Svar på skrivelse`, `12. Svar`, at a line's beginning.
static NUMBER: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r#"(?m-u)^[ \t]*((\d{1,3})[.)]?)[ \t]+(?:[A-Z"(]|[0-9][0-9-]* )"#)
        .expect("a pattern that compiles")
});

/// `2.1.10. Taxa`, at a line's beginning.
static LEVELS: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"(?m-u)^[ \t]*((\d{1,2}(?:\.\d{1,3}){1,2})\.?)[ \t]+[A-Z]")
        .expect("a pattern that compiles")
});

/// A paper that holds many matters says so on a line of its beginning: 1 an agenda's word.
static LIST: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(concat!(
        r"(?m)^[^\n]{0,60}\b(?:(?:sammanträdes|besluts|nämnd)?protokoll|protokolls[a-z]*|(föredragningslista[n]?|dagordning|kallelse|ärendelista|",
        r"k a l l e l s e|ärendeförteckning|ärenden|kungörelse|föredragningslistor))\b[^.\n]{0,90}\r?$"
    ))
});

/// An office's report says what it is on a line of its own.
static REPORT: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"(?m)^[ \t]*(?:[a-z -]{0,40} )?(?:tjänste?utlåtande|tjänsteskrivelse|remissvar)(?:[ \t]+(?:dnr|\d)[^\n]*)?[ \t]*\r?$",
    )
});

/// A line above which nothing but a report's head stands.
static ANSWER: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"(?m)^[ \t]*(?:svar på (?:skrivelse|motion|interpellation|remiss)|förslag till beslut[ \t:]*\r?$)",
    )
});

/// Bytes at a paper's beginning in which it says what it is.
const BEGINNING: usize = 700;

/// A heading of statutes: their paragraphs are no matters.
static STATUTES: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"\b(?:[a-z]*reglemente|[a-z]*stadga[r]?|[a-z]*föreskrifter|(?:arbets|delegations|bolags|besluts|attest|ordnings)(?:ordning|stadga)|[a-z]*avtal|[a-z]*taxa|[a-z]*instruktion|[a-z]*policy|[a-z]*riktlinjer|[a-z]*bestämmelser)\b[^\n]{0,80}\n",
    )
});

/// Whether `sheet` says at its beginning that it is a protokoll or an agenda.
fn list(folded: &[u8]) -> Option<List> {
    let beginning = &folded[..folded.len().min(BEGINNING)];
    if REPORT.is_match(beginning) {
        return None;
    }
    // "Anmälan av protokollets justering" is a matter of an agenda; the word that stands first says what the paper is. A § that
    // is headed so says nothing of the paper, nor do statutes' words.
    let found = LIST.captures_iter(beginning).find(|found| {
        found
            .get(0)
            .is_some_and(|line| line.as_bytes().first() != Some(&b'$'))
    })?;
    if STATUTES.is_match(&beginning[..found.get(0)?.start()]) {
        return None;
    }
    // A report's title or proposal above it: "Kallelse till samråd" is one of its points.
    if ANSWER.is_match(&beginning[..found.get(0)?.start()]) {
        return None;
    }
    Some(match found.get(1) {
        Some(_) => List::Agenda,
        None => List::Protokoll,
    })
}

/// Where a matter's number stands, and what it is.
struct Sign {
    range: Range<usize>,
    number: u32,
    /// Taken only right behind the number before it.
    doubtful: bool,
    /// Taken however far its number leaps.
    heads: bool,
}

/// The matters of `sheet`, and what kind of list it is; none when it is no protokoll or agenda.
pub(super) fn split(sheet: &Sheet) -> Option<(List, Vec<Item>)> {
    let folded = sheet.folded.as_slice();
    let said = list(folded);
    let signs = |pattern: &Pattern, text: &[u8], doubtful: bool| -> Vec<Sign> {
        pattern
            .captures_iter(text)
            .filter_map(|found| {
                let number = std::str::from_utf8(found.get(2)?.as_bytes()).ok()?;
                Some(Sign {
                    range: found.get(1)?.range(),
                    number: number.parse().ok()?,
                    doubtful,
                    heads: false,
                })
            })
            .collect()
    };
    let mut paragraphs = signs(&PARAGRAPH, folded, false);
    if !paragraphs.is_empty() || said == Some(List::Protokoll) {
        paragraphs.extend(signs(&MISREAD, &sheet.cased, true));
        paragraphs.sort_by_key(|sign| sign.range.start);
    }
    // Minutes from which matters were taken out leap as far as they like.
    if said == Some(List::Protokoll) {
        for sign in paragraphs.iter_mut().filter(|sign| !sign.doubtful) {
            sign.heads = heads(&sheet.cased, sign.range.end);
        }
    }
    let mut starts = rising(&paragraphs);
    // Two numbers in a report may be two laws.
    if starts.len() < 2
        || said.is_none()
            && (starts.len() < 3
                || REPORT.is_match(&folded[..folded.len().min(BEGINNING)])
                || !is_of_meeting(folded, &starts))
    {
        starts.clear();
    }
    if let Some(_list) = said
        && starts.len() < 2
    {
        starts = rising(&signs(&MATTER, folded, false));
        if starts.len() < 2 {
            starts = rising(&signs(&BEHIND, &sheet.cased, false));
        }
        if starts.len() < 2 {
            starts = levels(&sheet.cased);
        }
        if starts.len() < 2 {
            let numbers = signs(&NUMBER, &sheet.cased, false);
            starts = anew(folded, &numbers).unwrap_or_else(|| rising(&numbers));
        }
    }
    if starts.len() < 2 {
        return None;
    }
    let begins: Vec<usize> = starts
        .iter()
        .map(|sign| with_section(sheet, sign.start))
        .collect();
    let ends = begins.iter().skip(1).copied().chain([folded.len()]);
    let misread: Vec<usize> = paragraphs
        .iter()
        .filter(|sign| sign.doubtful)
        .map(|sign| sign.range.start)
        .collect();
    let items = ends
        .zip(&starts)
        .zip(&begins)
        .map(|((end, number), &start)| Item {
            range: sheet.range(start..end),
            number: if misread.binary_search(&number.start).is_ok() {
                format!("§ {}", sheet.written(number.start + 1..number.end).trim())
            } else {
                said_number(sheet.written(number.clone()))
            },
            title: title(sheet, number.end..end).map(|title| sheet.range(title)),
        })
        .collect();
    Some((said.unwrap_or(List::Protokoll), items))
}

/// Whether the paragraphs that begin at `starts` are a meeting's: no report or statutes above them, and words of minutes in
/// them.
fn is_of_meeting(folded: &[u8], starts: &[Range<usize>]) -> bool {
    static MEETING: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"(?m)^[ \t]*(?:[a-z]+ )?(?:beslut|beslutar|beslutade|yrkanden?|reservation(?:er)?|ärendet|bakgrund)[ \t:]*\r?$|\bnärvarande\b|\bbeslutande\b|\bjustera|\byrka[rd]|\bbeslutar(?: att)?\b|\bbeslutade\b|\bföredragningslista|\bgodkänner\b|\bdnr\b|\bsvar på\b",
        )
    });
    let Some(first) = starts.first() else {
        return false;
    };
    let above = &folded[..first.start];
    let head = &above[above.len().saturating_sub(400)..];
    if ANSWER.is_match(above) || STATUTES.is_match(head) {
        return false;
    }
    let ends = starts.iter().skip(1).map(|next| next.start);
    let said = starts
        .iter()
        .zip(ends.chain([folded.len()]))
        .filter(|(start, end)| MEETING.is_match(&folded[start.end..*end]))
        .count();
    said * 2 >= starts.len()
}

/// A matter's number with its sign: `§ 12` for `§12`, and for `$ 12` where § was misread.
fn said_number(written: &str) -> String {
    let bare = written.trim_end_matches(['.', ')', ':']);
    let digits = bare.trim_start_matches(|c: char| !c.is_ascii_digit());
    if bare.starts_with(['§', '$']) {
        return format!("§ {digits}");
    }
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How far a number may leap: a matter whose number could not be read is one of those between.
const LEAP: u32 = 5;

/// Whether a heading stands behind the number that ends at `at`, or below it: words with a capital that no stop ends, or
/// the matter's diary number.
fn heads(cased: &[u8], at: usize) -> bool {
    let mut lines = cased[at..]
        .split(|byte| *byte == b'\n')
        .map(|line| line.trim_ascii().trim_ascii_start())
        .enumerate()
        .filter(|(_, line)| !line.is_empty());
    let Some((number, line)) = lines.next() else {
        return false;
    };
    // "/2019" and signs behind the number.
    let line = match number {
        0 => {
            let signs = line.iter().take_while(|byte| {
                byte.is_ascii_digit() || matches!(byte, b'/' | b'.' | b':' | b')')
            });
            line[signs.count()..].trim_ascii()
        }
        _ => line,
    };
    let line = if line.is_empty() {
        lines.next().map_or(&[][..], |(_, line)| line)
    } else {
        line
    };
    line.first().is_some_and(u8::is_ascii_uppercase) && !line.ends_with(b".") && line.len() < 200
}

/// The longest run of signs whose numbers rise, each soon after the one before; of equal runs the one that begins last.
fn rising(signs: &[Sign]) -> Vec<Range<usize>> {
    struct Run {
        length: usize,
        /// Where its first sign stands.
        start: usize,
        last: usize,
    }
    // For each number the best run that ends with it, and each sign's predecessor.
    let mut best: BTreeMap<u32, Run> = BTreeMap::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(signs.len());
    for (i, sign) in signs.iter().enumerate() {
        let leap = match (sign.doubtful, sign.heads) {
            (true, _) => 1,
            (_, true) => u32::MAX,
            _ => LEAP,
        };
        let run = best
            .range(sign.number.saturating_sub(leap)..sign.number)
            .map(|(_, run)| run)
            .max_by_key(|run| (run.length, run.start));
        let (length, start) = run.map_or((1, i), |run| (run.length + 1, run.start));
        before.push(run.map(|run| run.last));
        if run.is_none() && sign.doubtful && sign.number != 1 {
            continue;
        }
        let known = best.get(&sign.number);
        if known.is_none_or(|known| (length, start) >= (known.length, known.start)) {
            best.insert(
                sign.number,
                Run {
                    length,
                    start,
                    last: i,
                },
            );
        }
    }
    let mut at = best
        .values()
        .max_by_key(|run| (run.length, run.start))
        .map(|run| run.last);
    let mut out = Vec::new();
    while let Some(i) = at {
        out.push(signs[i].range.clone());
        at = before[i];
    }
    out.reverse();
    out
}

/// The numbers of an agenda that begin anew below each of its sections' headings: `Beslutsärenden`, `1. Svar på motion`.
fn anew(folded: &[u8], signs: &[Sign]) -> Option<Vec<Range<usize>>> {
    static SECTION: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^[ \t]*(?:[a-z]\.? )?(?:formalia|inledning|avslutning|val\b|övriga? |övrigt|information|[a-z]*ärenden|motioner|interpellationer|frågor|[a-z]*skrivelser|anmäl|rapporter|meddelanden|medborgarförslag)[^\n.]{0,40}$",
        )
    });
    let below_section = |sign: &Sign| {
        let line = memchr::memrchr(b'\n', &folded[..sign.range.start])?;
        let above = folded[..line].trim_ascii_end();
        let from = memchr::memrchr(b'\n', above).map_or(0, |line| line + 1);
        Some(SECTION.is_match(&above[from..]))
    };
    let sections: Vec<usize> = (0..signs.len())
        .filter(|&i| signs[i].number == 1 && below_section(&signs[i]) == Some(true))
        .collect();
    if sections.len() < 2 {
        return None;
    }
    let ends = sections.iter().skip(1).copied().chain([signs.len()]);
    let mut out = Vec::new();
    for (&from, to) in sections.iter().zip(ends) {
        let mut next = 1;
        for sign in &signs[from..to] {
            if sign.number == next {
                out.push(sign.range.clone());
                next += 1;
            }
        }
    }
    Some(out)
}

/// The numbers of several levels that rise: `2.1.9`, `2.1.10`, `2.2.1`.
fn levels(cased: &[u8]) -> Vec<Range<usize>> {
    let mut last: Vec<u32> = Vec::new();
    let mut out = Vec::new();
    for found in LEVELS.captures_iter(cased) {
        let (Some(sign), Some(number)) = (found.get(1), found.get(2)) else {
            continue;
        };
        let number: Vec<u32> = number
            .as_bytes()
            .split(|byte| *byte == b'.')
            .filter_map(|part| std::str::from_utf8(part).ok()?.parse().ok())
            .collect();
        if number > last {
            last = number;
            out.push(sign.range());
        }
    }
    if out.len() < 3 { Vec::new() } else { out }
}

/// Where the matter with its number at `at` begins: at the section's heading in capitals above it, when there is one.
fn with_section(sheet: &Sheet, at: usize) -> usize {
    let mut start = sheet.cased[..at]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |line| line + 1);
    let number = start;
    for _ in 0..3 {
        let Some(end) = start.checked_sub(1) else {
            break;
        };
        let from = sheet.cased[..end]
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |line| line + 1);
        let line = &sheet.cased[from..end];
        let letters = line
            .iter()
            .filter(|byte| byte.is_ascii_alphabetic())
            .count();
        let is_section = letters > 5
            && line
                .iter()
                .all(|byte| !byte.is_ascii_lowercase() && !byte.is_ascii_digit());
        if is_section {
            return from;
        }
        if !line.trim_ascii().is_empty() {
            break;
        }
        start = from;
    }
    number
}

/// Bytes that a matter's heading may have.
const LONGEST_HEADING: usize = 260;

/// The heading behind a matter's number: its first line of words, and those that it wraps to.
fn title(sheet: &Sheet, range: Range<usize>) -> Option<Range<usize>> {
    let folded = sheet.folded.as_slice();
    let mut start = range.start;
    let mut end: Option<usize> = None;
    let mut at = range.start;
    for line in folded[range].split(|byte| *byte == b'\n') {
        let this = at..at + line.len();
        at = this.end + 1;
        let empty = line.trim_ascii().is_empty();
        match end {
            // "§ 41 Dnr KS 2017/311" has its heading below.
            None if empty || NUMBER_LINE.is_match(line) => start = at.min(folded.len()),
            None => end = Some(this.end),
            Some(before) => {
                let wraps = WRAPS.is_match(&folded[start..before]);
                if empty && !wraps || this.end > start + LONGEST_HEADING {
                    break;
                }
                if !empty
                    && (NEW_FIELD.is_match(line) || !(wraps || goes_on(&sheet.cased[this.clone()])))
                {
                    break;
                }
                if !empty {
                    end = Some(this.end);
                }
            }
        }
    }
    let mut title = trimmed(folded, start..end?);
    while title.start < title.end
        && matches!(folded[title.start], b'.' | b')' | b':' | b'-' | b' ' | b'/')
    {
        title.start += 1;
    }
    (!title.is_empty()).then_some(title)
}

/// A line with the matter's diary number and nothing else.
static NUMBER_LINE: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"^[ \t/0-9]*\(?(?:d ?nr|diarienummer|ärendenummer|[a-z]{2,4} \d{4}[/:-]\d+)[^a-z]*(?:[a-z]{0,4}[^a-z]*){0,2}$",
    )
});

/// A line of a matter that is no more its heading.
static NEW_FIELD: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"^[ \t]*(?:\(?d ?nr|diarie|svar|remiss|yttrande|skrivelse från|motion|beslut|nämnden|förvaltning|föreligger|handläggare|bilag|sammanfattning|bakgrund|ärendet|reserv|särskilt|ordförande|omedelbar|förslag|stadsdels|utses|utser|[0-9a-z][.)] )",
    )
});

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(text: &str) -> Vec<String> {
        let sheet = Sheet::new([(1, text)]);
        split(&sheet)
            .map(|(_, items)| items)
            .unwrap_or_default()
            .into_iter()
            .map(|item| {
                let title = item.title.map_or("", |title| &sheet.text[title]);
                format!("{}|{}", item.number, title.replace('\n', " "))
            })
            .collect()
    }

    #[test]
    fn every_way_of_numbering_is_read() {
        for (text, want) in [
            (
                "Protokoll\n§ 1\nVal av justerare\nNämnden utser Ulf Ek.\n§ 2\nLjus i parken\nom hösten\nBeslut\n1. Ja.\n2. Nej.\n§ 3 Snö\n",
                vec![
                    "§ 1|Val av justerare",
                    "§ 2|Ljus i parken om hösten",
                    "§ 3|Snö",
                ],
            ),
            (
                "SAMMANTRÄDESPROTOKOLL\n\nKS § 41 Dnr KS 2017/311\n\nSvar på motion om\nsimskola\n\nKS § 42 Dnr KS 2018/12\n\nÅrsredovisning 2017\n",
                vec![
                    "§ 41|Svar på motion om simskola",
                    "§ 42|Årsredovisning 2017",
                ],
            ),
            (
                "Föredragningslista\n\nÄrende 1: Val\nÄrende 2: Svar på motion\n",
                vec!["Ärende 1|Val", "Ärende 2|Svar på motion"],
            ),
            (
                "Kallelse\n1 Val av justerare\n2. Ljus i parken\n3) Snö\n",
                vec!["1|Val av justerare", "2|Ljus i parken", "3|Snö"],
            ),
            (
                "Dagordning\n2.1.1. Årsredovisning\n2.1.2. Taxa\n2.2.1. Snö\n",
                vec!["2.1.1|Årsredovisning", "2.1.2|Taxa", "2.2.1|Snö"],
            ),
            (
                // An English engine's sections, one of them whole.
                "Protokoll fort vid sammantrade\n81\nVal\n82\nSvar pa skrivelse\n8 3\nBudget 2010\n$ 4 Sno\n",
                vec![
                    "§ 1|Val",
                    "§ 2|Svar pa skrivelse",
                    "§ 3|Budget 2010",
                    "§ 4|Sno",
                ],
            ),
            (
                // A table of contents, then the matters.
                "Protokoll\n§ 7 Val ... 2\n§ 8 Ljus ... 3\n§ 9 Snö ... 4\nNärvarande\n§ 7 Val\nNej.\n§ 8 Ljus\nSe\n§ 40 kommunallagen\n§ 9 Snö\nJa.",
                vec!["§ 7|Val", "§ 8|Ljus", "§ 9|Snö"],
            ),
        ] {
            assert_eq!(heads(text), want, "{text:?}");
        }
    }

    #[test]
    fn other_papers_hold_no_matters() {
        for text in [
            "Tjänsteutlåtande\n\nFörslag till beslut\n1. Nämnden godkänner\n2. Nämnden justerar\nBakgrund\nKallelse skickas.",
            "Svar på skrivelse från (V)\n1. Första\n2. Andra\n3. Tredje",
            "Enligt\n§ 4 och\n§ 5 lagen gäller detta.",
            "Protokoll",
            "",
        ] {
            assert_eq!(heads(text), Vec::<String>::new(), "{text:?}");
        }
    }
}
