//! The matters of a protokoll or an agenda: a sheet → the range of each, from its number to the next one's.

use std::ops::Range;
use std::sync::LazyLock;

use regex::bytes::Regex;

use super::head::trimmed;
use super::sheet::{Sheet, tolerant};

/// `§ 12 Svar på skrivelse` at a line's beginning; an OCR engine reads 8 for §, and then the number is glued to it.
static PARAGRAPH: LazyLock<Regex> = LazyLock::new(|| tolerant(r"(?m)^[ \t]*§ ?(\d{1,3})\b"));

/// `12 Svar på skrivelse`, `12. Svar`, at a line's beginning.
static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| tolerant(r"(?m)^[ \t]*(\d{1,3})[.)]?[ \t]+[a-z]"));

/// A paper that holds many matters says so at its beginning.
static LIST: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r"\bprotokoll\b|föredragningslista|dagordning|kallelse|ärendelista|sammanträdesprotokoll",
    )
});

/// One matter. Ranges are of the sheet's text.
pub(super) struct Item {
    /// From its number to the next matter's.
    pub(super) range: Range<usize>,
    /// Its number as written: `§ 12`.
    pub(super) number: String,
    /// Its heading, without the number.
    pub(super) title: Option<Range<usize>>,
}

/// The matters of `sheet`; none when it is no protokoll or agenda.
pub(super) fn split(sheet: &Sheet) -> Vec<Item> {
    let folded = sheet.folded.as_slice();
    let mut starts = numbered(&PARAGRAPH, folded);
    if starts.len() < 2 {
        if !LIST.is_match(&folded[..folded.len().min(600)]) {
            return Vec::new();
        }
        starts = numbered(&NUMBER, folded);
    }
    if starts.len() < 2 {
        return Vec::new();
    }
    let ends = starts.iter().skip(1).map(|next| next.start);
    ends.chain([folded.len()])
        .zip(&starts)
        .map(|(end, number)| Item {
            range: sheet.range(number.start..end),
            number: sheet
                .written(number.clone())
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
            title: title(folded, number.end..end).map(|title| sheet.range(title)),
        })
        .collect()
}

/// Bytes that a matter's heading may have.
const LONGEST_HEADING: usize = 260;

/// The heading behind a matter's number: its first line, and those that it wraps to.
fn title(folded: &[u8], range: Range<usize>) -> Option<Range<usize>> {
    let mut start = range.start;
    let mut end = None;
    let mut at = range.start;
    for line in folded[range].split(|byte| *byte == b'\n') {
        let this = at..at + line.len();
        at = this.end + 1;
        let empty = line.trim_ascii().is_empty();
        match end {
            None if empty => start = at,
            None => end = Some(this.end),
            Some(_) if empty || NEW_FIELD.is_match(line) || this.end > start + LONGEST_HEADING => {
                break;
            }
            Some(_) => end = Some(this.end),
        }
    }
    let title = trimmed(folded, start..end?);
    (!title.is_empty()).then_some(title)
}

/// A line of a matter that is no more its heading.
static NEW_FIELD: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r"^[ \t]*(?:\(?d ?nr|diarie|svar|remiss|yttrande|skrivelse från|motion|beslut|nämnden|förvaltning|föreligger|handläggare|bilag|sammanfattning|bakgrund|ärendet|reserv|särskilt|ordförande|omedelbar|förslag|stadsdels|utses|utser|[0-9a-z][.)] )",
    )
});

/// Where the numbers stand that go upwards, each soon after the one before: a list inside a matter begins anew at 1.
fn numbered(pattern: &Regex, folded: &[u8]) -> Vec<Range<usize>> {
    let mut starts: Vec<Range<usize>> = Vec::new();
    let mut last = 0;
    for found in pattern.captures_iter(folded) {
        let (Some(all), Some(number)) = (found.get(0), found.get(1)) else {
            continue;
        };
        let sign = all.start()..number.end();
        let Some(number) = std::str::from_utf8(number.as_bytes())
            .ok()
            .and_then(|number| number.parse::<u32>().ok())
        else {
            continue;
        };
        if starts.is_empty() || (number > last && number <= last + 5) {
            last = number;
            starts.push(sign);
        }
    }
    starts
}
