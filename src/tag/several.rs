//! The writers of the first of several initiatives → those who wrote the others with them.

use std::ops::Range;
use std::sync::LazyLock;

use super::heading;
use super::pattern::Pattern;
use super::sheet::{Sheet, tolerant};
use super::who::{Who, who_at};
use super::wrote::each_with_topic;

/// Adds those who wrote the others of several initiatives: `skrivelser från A (p) om snö och från B (p) om grus`, `skrivelse
/// från A (p) om snö samt fråga från B (p)`.
pub(super) fn join_others(
    sheet: &Sheet,
    at: &Range<usize>,
    who: &mut Who,
    end: usize,
    around: &str,
) {
    // The first one's number may stand in brackets: "(2007:38)".
    static OTHERS: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^(?:[^.()]|[(]{1,2}[\d:/ -]{4,12}[)]){0,120}?\b(?:och|samt|respektive)\b[^.()]{0,80}?\b(?:från|av) ",
        )
    });
    // Few papers hold its words, and the whole of it is long.
    static ANOTHER_WORD: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"\b(?:och|samt|respektive) (?:en |ny |ytterligare |på )?(?:skrivelse|motion|interpellation|(?:enkel |muntlig |skriftlig )?fråga)\b",
        )
    });
    static ANOTHER: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^(?:[^.()]|[(]{1,2}[\d:/ -]{4,12}[)]){0,120}?\b(?:och|samt|respektive) (?:en |ny |ytterligare |på )?(?:skrivelse|motion|interpellation|(?:enkel |muntlig |skriftlig )?fråga)\b(?:[^.()]|[(]{1,2}[\d:/ -]{4,12}[)]){0,80}?\b(?:från|av|ställd av) ",
        )
    });
    let several = sheet.folded[at.clone()].ends_with(b"er");
    if sheet.folded[at.end..].starts_with(b" av:") || sheet.folded[at.end..].starts_with(b" fran:")
    {
        heading::join_next(sheet, who, around);
        return;
    }
    let rest = sheet.folded.get(who.end..end).unwrap_or_default();
    if !several && !ANOTHER_WORD.is_match(rest) {
        return;
    }
    let pattern = if several { &OTHERS } else { &ANOTHER };
    for _ in 0..8 {
        let Some(rest) = sheet.folded.get(who.end..end) else {
            break;
        };
        let next = match pattern.find(rest) {
            Some(other) => who_at(sheet, who.end + other.end(), around),
            None if several => match each_with_topic(sheet, who.end..end, around) {
                Some(next) => next,
                None => break,
            },
            None => break,
        };
        if next.marks.is_empty() || next.end > end {
            break;
        }
        who.end = next.end;
        who.people.extend(next.people);
        who.marks.extend(next.marks);
    }
}
