//! Sentences: a place in a sheet → the sentence in which it stands, or the field of an agenda's item.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::sheet::{Sheet, tolerant};

/// Where a new field of an agenda's item begins.
static NEW_FIELD: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"\n\s*(?:dnr|dor|d nr|diarie|svar|remiss|yttrande|handläggare|bilag|beslut|förslag|sammanfattning|bakgrund|ärende|\d{1,2}[a-z]? [a-z]|§|nämnden|förvaltningen)",
    )
});

/// The sentence in which `at` stands: to a full stop before a capital, or to a new field of an agenda's item.
pub(super) fn sentence(sheet: &Sheet, at: &Range<usize>) -> Range<usize> {
    let folded = sheet.folded.as_slice();
    let from = at.start.saturating_sub(700);
    let to = (at.end + 700).min(folded.len());
    let mut start = (from..at.start)
        .rev()
        .find(|&i| is_stop(sheet, i))
        .map_or(from, |i| i + 1);
    let field = NEW_FIELD
        .find_iter(&folded[start..at.start])
        .filter(|field| {
            !goes_on(field.as_bytes(), &folded[start + field.end()..])
                && !in_date(folded, start + field.start())
        })
        .last();
    if let Some(field) = field {
        start += field.start();
    }
    let mut end = (at.end..to).find(|&i| is_stop(sheet, i)).unwrap_or(to);
    let field = NEW_FIELD.find_iter(&folded[at.end..end]).find(|field| {
        !goes_on(field.as_bytes(), &folded[at.end + field.end()..])
            && !in_date(folded, at.end + field.start())
    });
    if let Some(field) = field {
        end = at.end + field.start();
    }
    start..end
}

/// Whether a field that begins with a number is a date that was broken over lines: `den⏎23 mars`.
fn goes_on(field: &[u8], behind: &[u8]) -> bool {
    static MONTH: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^(?:anuari|ebruari|ars|pril|aj|uni|uli|ugusti|eptember|ktober|ovember|ecember)\b",
        )
    });
    field
        .trim_ascii_start()
        .first()
        .is_some_and(u8::is_ascii_digit)
        && MONTH.is_match(behind)
}

/// Whether the line's end at `at` breaks a date in figures: `2024-03-⏎20`.
fn in_date(folded: &[u8], at: usize) -> bool {
    let digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    at >= 3 && folded[at - 1] == b'-' && digits(&folded[at - 3..at - 1])
}

/// Shortened words, folded, whose stop ends no sentence.
const ABBREVIATIONS: &[&[u8]] = &[
    b"adm", b"ang", b"avd", b"avs", b"bil", b"bitr", b"bl", b"ca", b"dir", b"dnr", b"enl", b"ers",
    b"ev", b"exkl", b"f1", b"ff", b"fi", b"fl", b"forts", b"fr", b"inkl", b"jfr", b"kap", b"kl",
    b"kv", b"kvm", b"max", b"mfl", b"min", b"mm", b"nr", b"ordf", b"prop", b"resp", b"sid", b"st",
    b"stf", b"tel", b"tf", b"tfn", b"tom", b"utl", b"utr",
];

/// Whether the sign at `i` ends a sentence.
fn is_stop(sheet: &Sheet, i: usize) -> bool {
    let folded = sheet.folded.as_slice();
    if !matches!(folded[i], b'.' | b'!' | b'?') {
        return false;
    }
    let rest = &sheet.cased[i + 1..(i + 8).min(folded.len())];
    let next = rest.trim_ascii_start();
    if next.is_empty() {
        return true;
    }
    if next.len() == rest.len()
        || !(next[0].is_ascii_uppercase() || next[0].is_ascii_digit() || next[0] == b'"')
    {
        return false;
    }
    let word: &[u8] = {
        let before = &folded[i.saturating_sub(8)..i];
        let length = before
            .iter()
            .rev()
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .count();
        &before[before.len() - length..]
    };
    !(ABBREVIATIONS.contains(&word) || word.len() == 1 && word[0].is_ascii_alphabetic())
}
