//! What stands around a bracket of party codes: its place in a sheet → whether an election, politics or a roll make it a party.

use std::sync::LazyLock;

use super::pattern::Pattern;

use super::loose;
use super::mark::acts;
use super::sheet::{Sheet, tolerant};

/// Whether the bracket closes the heading of an election and says whose the seat is: `11 Val av revisor (S)`. On the lists of
/// the technical boards it is a department.
pub(super) fn is_elected(sheet: &Sheet, at: usize, end: usize, around: &str) -> bool {
    static ELECTION: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^[ \t]*(?:[$] ?\d{1,3}|\d{1,3})?[a-z]?[.:)]?\s*(?:val av|fyllnadsval|nyval|befrielse från|avsägelse|entledigande|anmälan av politisk)\b",
        )
    });
    let folded = sheet.folded.as_slice();
    let line = memchr::memrchr(b'\n', &folded[..at]).map_or(0, |line| line + 1);
    let ends = |byte: &u8| *byte == b'\n';
    folded[end..]
        .iter()
        .find(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'.'))
        .is_none_or(ends)
        && at - line < 200
        && ELECTION.is_match(&folded[line..at])
        && !loose::WITH_DEPARTMENTS.is_match(around.as_bytes())
}

/// Whether the words around a person's bracket tell of politics: an initiative just before it, something moved behind it, or
/// other people with their parties beside it.
pub(super) fn is_of_politics(sheet: &Sheet, at: usize, end: usize) -> bool {
    static BEFORE: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"\b(?:motion(?:en|er)?|interpellation(?:en|er)?|nämndinitiativ|ledamotsinitiativ|ledamot(?:en)?|ersättare[n]?|justerare|gruppledare[n]?)(?: [a-z.:-]+){0,8} *$",
        )
    });
    static BESIDE: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(r"(?-u)[a-z]\s+\((?:s|m|l|c|v|fp|kd|mp|sd|fi)\)")
            .expect("a pattern that compiles")
    });
    let folded = sheet.folded.as_slice();
    let before = &folded[at.saturating_sub(120)..at];
    let behind = &folded[end..(end + 120).min(folded.len())];
    acts(sheet, end)
        || BEFORE.is_match(before)
        || BESIDE.find_iter(before).count() + BESIDE.find_iter(behind).count() > 1
}

/// Whether the person whose bracket opens at `at` follows two others with their parties: `Elsa Berg (S) Ulf Ek (M) Ida Rask (DV)`.
pub(super) fn is_rolled(sheet: &Sheet, at: usize) -> bool {
    static ROLL: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(
            r"(?-u)(?:\([a-z]{1,2}\),?(?: och)?\s+[a-z'.~-]+(?:\s+[a-z'.~-]+){1,2}\s*){2}$",
        )
        .expect("a pattern that compiles")
    });
    ROLL.is_match(&sheet.folded[at.saturating_sub(110)..at])
}
