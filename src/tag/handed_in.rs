//! What is only handed in: a place of an initiative's word → whether it stands below a heading of new ones.
//!
//! Minutes and agendas head them: `§ 52 Nya motioner, interpellationer och enkla frågor`, `Anmälan av motioner`,
//! `Interpellationer; nya`. What stands below is answered another day, whatever the matter above it was.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::sheet::{Gated, Sheet, gated, tolerant};

/// Bytes of a line that may head new initiatives.
const LONGEST_HEADING: usize = 110;

/// Bytes above an initiative in which its heading is looked for.
const REACH: usize = 2_500;

/// The line that heads new initiatives.
static NEW: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(concat!(
        r"^\W*(?:[$] ?\d{1,3}(?:/\d{2,4})?|\d{1,3}(?:\.\d{1,3}){0,2})?[a-z]?[.:)]?\s*",
        r"(?:(?:(?:anmälan|inlämnande) av|inlämnade|inkomna|nyinkomna|nya|ny|väckta|anmälda) )+(?:enkla |muntliga |skriftliga )?(?:motion|interpellation|fråg|skrivelse|initiativ|nämndinitiativ|ledamotsinitiativ)",
        r"|^\W*(?:redovisning av |förteckning över )?(?:motioner(?: och medborgarförslag)? under (?:beredning|handläggning)|obesvarade (?:motioner|interpellationer|skrivelser))|^\W*(?:motioner|interpellationer|frågor) som (?:har )?(?:lämnats in|kommit in|inkommit|väckts)\b",
        r"|^\W*(?:[$] ?\d{1,3}(?:/\d{2,4})?)?\s*(?:motioner|interpellationer|frågor)(?:;| -|,) (?:nya|nyinkomna|inlämnade)\b"
    ))
});

/// Whether `sheet` may hold such a line.
static SAYS_NEW: LazyLock<Gated> = LazyLock::new(|| {
    gated(
        r"(?:anmälan av|inlämnande av|inlämnade|inkomna|nya|ny|väckta|anmälda|ioner som|frågor som|obesvarade) |under beredning|under handläggning|; ny|- ny|, ny|- inl|; inl|, inl",
    )
});

/// A heading of those that are answered, too.
static ANSWERS: LazyLock<Pattern> = LazyLock::new(|| tolerant(r"\bsvar\b|\bbesvara"));

/// A line that ends what such a heading heads: another matter of the minutes, or what is answered.
static ENDS: LazyLock<Pattern> =
    LazyLock::new(|| tolerant(r"^\W*(?:[a-z]{2,4} )?[$] ?\d|\bsvar\b|\bbesvara|\bbehandling av\b"));

/// Whether the initiative at `at` stands below a heading of new ones, and no other heading between.
pub(super) fn stands_below(sheet: &Sheet, at: &Range<usize>) -> bool {
    if !SAYS_NEW.may_be_in(sheet) {
        return false;
    }
    let folded = sheet.folded.as_slice();
    let from = at.start.saturating_sub(REACH);
    // The heading's own words, and what is read from the line below it.
    let end = memchr::memchr(b'\n', &folded[at.end..]).map_or(folded.len(), |end| at.end + end);
    let mut below = end;
    for line in folded[from..end].rsplit(|byte| *byte == b'\n') {
        let behind = below.min(end);
        below = behind.saturating_sub(line.len() + 1);
        if may_head(line) && NEW.is_match(line) {
            let between = &folded[behind..end];
            // "Anmälan och besvarande av frågor" heads those that are answered, too.
            return !ANSWERS.is_match(line)
                && !between
                    .split(|byte| *byte == b'\n')
                    .filter(|line| line.len() <= LONGEST_HEADING)
                    .any(|line| ENDS.is_match(line));
        }
    }
    false
}

/// Bytes behind an initiative's sentence in which its answer may be said.
const ANSWER: usize = 500;

/// Whether the paragraph that goes on at `at` says that the answer was handed in, too: `B (q) har lämnat in ett skriftligt svar`.
pub(super) fn has_answer(folded: &[u8], at: usize) -> bool {
    static ANSWERED: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"\bhar (?:lämnat|avgett|avgivit|avlämnat)(?: in)? (?:ett |sitt )?(?:skriftligt )?svar\b|\bhar (?:skriftligt )?(?:besvarat|svarat på) (?:interpellationen|frågan)|\b(?:skriftligt )?svar har lämnats\b",
        )
    });
    let behind = &folded[at..(at + ANSWER).min(folded.len())];
    let end = memchr::memmem::find(behind, b"\n\n").unwrap_or(behind.len());
    ANSWERED.is_match(&behind[..end])
}

/// Whether a line is as short as a heading of new ones and begins with a letter that one may begin with.
fn may_head(line: &[u8]) -> bool {
    let first = line.iter().find(|byte| byte.is_ascii_alphabetic());
    line.len() <= LONGEST_HEADING
        && matches!(
            first,
            Some(b'a' | b'd' | b'i' | b'l' | b'n' | b'r' | b'v' | b'm' | b'f' | b'o')
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_its_written_answer_is_no_longer_new() {
        for (text, answered) in [
            (
                "Ulf Ek (M) har lämnat in ett skriftligt svar (bilaga).",
                true,
            ),
            ("Ordföranden har besvarat interpellationen.", true),
            ("Frågan bordläggs.\n\nUlf Ek har lämnat in ett svar.", false),
            ("Svar ska lämnas.", false),
        ] {
            let folded = super::super::sheet::folded(text);
            assert_eq!(has_answer(folded.as_bytes(), 0), answered, "{text:?}");
        }
    }

    #[test]
    fn what_stands_below_a_heading_of_new_ones_is_new() {
        for (text, new) in [
            ("§ 52 Nya motioner och frågor\n\nEn motion", true),
            (
                "Interpellationer; nya\n\nElsa Berg (V) väckte en motion",
                true,
            ),
            (
                "Anmälan av motioner\n1. 31.\nNy båt\n2. 32.\nEn motion",
                true,
            ),
            ("5. Ny interpellation\nom snö\nmotion", true),
            ("Nya motioner\n§ 53 Snö\nEn motion", false),
            ("Nya motioner\nSvar på frågor\nEn motion", false),
            (
                "Anmälan av nya motioner och besvarande av frågor\nEn motion",
                false,
            ),
            ("Ny gångväg\nEn motion", false),
            ("Motioner som har lämnats in för beredning\nEn motion", true),
            ("Ny motion", true),
            ("Ny motion, svar på en motion", false),
        ] {
            let sheet = Sheet::new([(1, text)]);
            let end = sheet.folded.len();
            assert_eq!(
                stands_below(&sheet, &(end - "motion".len()..end)),
                new,
                "{text:?}"
            );
        }
    }
}
