//! The matters of a protokoll or an agenda: a sheet → the range of each, from its number to the next one's.

use std::ops::Range;
use std::sync::LazyLock;

use regex::bytes::Regex;

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

/// The matters of `sheet`, ranges of its text; none when it is no protokoll or agenda.
pub(super) fn split(sheet: &Sheet) -> Vec<Range<usize>> {
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
    starts.push(folded.len());
    starts
        .windows(2)
        .map(|pair| sheet.range(pair[0]..pair[1]))
        .collect()
}

/// Where the numbers stand that go upwards, each soon after the one before: a list inside a matter begins anew at 1.
fn numbered(pattern: &Regex, folded: &[u8]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut last = 0;
    for found in pattern.captures_iter(folded) {
        let (Some(all), Some(number)) = (found.get(0), found.get(1)) else {
            continue;
        };
        let Some(number) = std::str::from_utf8(number.as_bytes())
            .ok()
            .and_then(|number| number.parse::<u32>().ok())
        else {
            continue;
        };
        if starts.is_empty() || (number > last && number <= last + 5) {
            last = number;
            starts.push(all.start());
        }
    }
    starts
}
