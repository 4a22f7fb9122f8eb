//! Whom an answer names as those who get it: the place of an initiative's word → the people and parties, where no list of
//! writers stands beside it.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::loose::{ending_at, last_mark};
use super::mark::Mark;
use super::sheet::{Sheet, begins, tolerant};
use super::who::{Who, who_at};

/// Bytes in which whoever `hennes skrivelse` means was named.
const MEANT: usize = 400;

/// Who was named last before `svar på hennes skrivelse`.
pub(super) fn meant(sheet: &Sheet, at: &Range<usize>, marks: &[Mark], around: &str) -> Option<Who> {
    static HERS: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"\b(?:svar(?:et)? på|besvarande av|med anledning av) (?:hennes|hans|deras|dennes|partiets|hens) $",
        )
    });
    let folded = sheet.folded.as_slice();
    let from = at.start.saturating_sub(MEANT);
    HERS.is_match(&folded[at.start.saturating_sub(40)..at.start])
        .then(|| last_mark(marks, &(from..at.start), at.start))?
        .map(|mark| ending_at(sheet, &(from..at.start), mark, around))
}

/// To whom a letter goes that is headed as an answer, with its sender below or above: `Till: A (p)`, `Från: B (p)`.
pub(super) fn receiver(sheet: &Sheet, at: &Range<usize>, around: &str) -> Option<Who> {
    static TO: LazyLock<Pattern> = LazyLock::new(|| tolerant(r"(?m)^[ \t]*till ?: ?"));
    static SENDER: LazyLock<Pattern> = LazyLock::new(|| tolerant(r"(?m)^[ \t]*från ?: ?[a-z]"));
    let folded = sheet.folded.as_slice();
    let line = memchr::memrchr(b'\n', &folded[..at.start]).map_or(0, |line| line + 1);
    let end = memchr::memchr(b'\n', &folded[at.end..]).map_or(folded.len(), |end| at.end + end);
    let heading = &folded[line..end];
    let answers = heading.ends_with(b"svar") || begins(heading.trim_ascii_start(), b"svar ");
    let below = &folded[end..(end + 300).min(folded.len())];
    if !answers || !SENDER.is_match(below) {
        return None;
    }
    let who = who_at(sheet, end + TO.find(below)?.end(), around);
    (!who.marks.is_empty()).then_some(who)
}

/// Whom the answer is sent to, when it is an answer on their initiative.
pub(super) fn addressed(
    sheet: &Sheet,
    at: &Range<usize>,
    sentence: &Range<usize>,
    around: &str,
) -> Option<Who> {
    static TO: LazyLock<Pattern> = LazyLock::new(|| tolerant(r"\bsvar till "));
    static ON: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^[,)]?\s*(?:på|angående|om|med anledning av|gällande|över|rörande)(?: (?:en|hans|hennes|sin|deras|er))? *$",
        )
    });
    let folded = sheet.folded.as_slice();
    let to = TO.find(&folded[sentence.start..at.start])?;
    let who = who_at(sheet, sentence.start + to.end(), around);
    let named = |(name, _): &(Range<usize>, _)| folded[name.clone()].contains(&b' ');
    ((!who.marks.is_empty() || who.people.iter().any(named))
        && who.end <= at.start
        && ON.is_match(&folded[who.end..at.start]))
    .then_some(who)
}
