//! Diary numbers in a letterhead's table: a line of labels, and below it the line of what they label.

use std::ops::Range;
use std::sync::LazyLock;

use super::dnr_labelled::number_at;
use super::pattern::Pattern;
use super::sheet::{Sheet, tolerant};

/// A line that holds nothing but the labels of a letterhead.
static LABELS: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"^(?:\s*(?:(?:ert |vårt |sammanträdes)?datum|(?:ert |vårt )?d ?nr|diarie(?:nummer|nr)|ärende(?:nummer|nr|beteckning)|beteckning|sida?|sidnr|blad|handläggare|till|instans|(?:er|vår) (?:ref|referens|beteckning))\b[ \t:.]*)+$",
    )
});

/// The number below the label at `at` of the folded copy, where labels alone stand on its line: `Datum  Diarienummer`, and
/// below it `2018-02-11  2018/44`.
pub(super) fn below(sheet: &Sheet, at: usize) -> Option<Range<usize>> {
    let folded = sheet.folded.as_slice();
    let start = memchr::memrchr(b'\n', &folded[..at]).map_or(0, |line| line + 1);
    let end = at + memchr::memchr(b'\n', &folded[at..])?;
    if !LABELS.is_match(&folded[start..end]) {
        return None;
    }
    let values = end
        + folded[end..]
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
    let last = memchr::memchr(b'\n', &folded[values..]).map_or(folded.len(), |line| values + line);
    // "Elsa tog 2018/44": a sentence is no row.
    let is_row = sheet.cased[values..last]
        .split(u8::is_ascii_whitespace)
        .all(|word| word.len() < 2 || !word[0].is_ascii_lowercase());
    if !is_row {
        return None;
    }
    let mut from = values;
    while from < last {
        if let Some(number) = number_at(sheet, from).filter(|number| *number <= last) {
            return Some(from..number);
        }
        // The next word.
        let word = folded[from..last]
            .iter()
            .take_while(|byte| !byte.is_ascii_whitespace())
            .count();
        from += word;
        from += folded[from..last]
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
    }
    None
}
