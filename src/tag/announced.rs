//! What is only made known: a sheet's words → whether they announce something, or list files, and answer nobody.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::cue::Cue;
use super::decide::{Decision, Reading};
use super::kind::Kind;
use super::noun::Noun;
use super::shape::{has_heading, heads_initiatives, is_list_of_files, is_wrapped};
use super::sheet::{Gated, begins, cue, ends, gated, tolerant};

/// The list of a meeting's files, and no paper.
pub(super) fn list_of_files(reading: &Reading<'_>) -> Option<Decision> {
    if reading.scene.parts.whole {
        return None;
    }
    let file = reading
        .find(Cue::File)
        .filter(|file| !reading.folded[..file.start].contains(&b'\n'));
    if file.is_some() || is_list_of_files(reading.scene) {
        return Some(Decision::of(Kind::Other, file));
    }
    None
}

/// What begins the line of `at`, where an agenda's item does: the number of `12. Anmälan av beslut`, and of a bullet its whole
/// line.
fn item(folded: &[u8], at: usize) -> Option<&[u8]> {
    let start = memchr::memrchr(b'\n', &folded[..at]).map_or(0, |line| line + 1);
    let line = folded[start..].trim_ascii_start();
    if line.starts_with(b"~") || line.starts_with(b"*") {
        return line.split(|byte| *byte == b'\n').next();
    }
    let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let ends = line
        .get(digits)
        .is_some_and(|byte| matches!(byte, b' ' | b'.' | b')'));
    ((1..4).contains(&digits) && ends).then(|| &line[..digits])
}

/// Whether a list's item announces something, and another item is a party's initiative: `11 Interpellation från A (p)`, `12
/// Anmälan av beslut`. What only informs may stand above it, too.
fn beside_initiative(reading: &Reading<'_>, notice: &Range<usize>) -> bool {
    let folded = reading.folded;
    let first = folded[notice.clone()]
        .iter()
        .position(u8::is_ascii_alphabetic)
        .map_or(notice.start, |letter| notice.start + letter);
    let words = &folded[first..notice.end];
    let Some(own) = item(folded, first).filter(|_| reading.scene.headed) else {
        return false;
    };
    let informs = ["information", "rapport"]
        .iter()
        .any(|word| words.starts_with(word.as_bytes()))
        || words.ends_with(b"informerar");
    reading.scene.initiatives.iter().any(|one| {
        let line = memchr::memrchr(b'\n', &folded[..one.at.start]).map_or(0, |line| line + 1);
        let begins = !folded[line..one.at.start]
            .iter()
            .any(u8::is_ascii_alphabetic)
            || item(folded, one.at.start).is_some();
        let other = item(folded, one.at.start).is_some_and(|number| number != own)
            || begins && folded[line..one.at.start].contains(&b'-');
        !one.who.is_empty()
            && !one.new
            && other
            && (one.at.start < first || informs && one.noun != Noun::Skrivelse)
    })
}

/// Whether a section of minutes on what somebody told has a description and a decision of its own.
fn is_described(reading: &Reading<'_>, notice: &Range<usize>) -> bool {
    let folded = reading.folded;
    has_heading(reading.scene, folded.len())
        && DESCRIBED.is_in(reading.sheet, folded)
        && (has_heading(reading.scene, notice.start)
            || memchr::memmem::find(&folded[notice.clone()], b"information om").is_some())
}

cue!(
    DESCRIBED,
    r"\n\s*(?:ärendebeskrivning|beskrivning av ärendet|ärendet|bakgrund|sammanfattning)\s*\n"
);

cue!(ANNOUNCES, r"anmäls?(?:es)?$");

/// A paper that announces something, unless the announcement is only what an answer is about.
pub(super) fn announced(reading: &Reading<'_>) -> Option<Decision> {
    let folded = reading.folded;
    // Below "Information om parkbänkar" stands "Svar på skrivelse från A (p)": the topic announces nothing.
    if reading.scene.parts.whole || reading.headed_answer() {
        return None;
    }
    // "… att⏎handlingar som ska tas upp" only wraps.
    let notice = reading.first(Cue::Notice, |place| {
        !is_wrapped(reading.sheet, place) && !is_of_plan(folded, place)
    })?;
    let before = folded[..notice.start].trim_ascii_end();
    // "Besluten bifogas ärendet för kännedom."
    let enclosed = folded[notice.clone()].ends_with(b"kannedom")
        && ENCLOSED.is_match(&folded[notice.start.saturating_sub(40)..notice.start]);
    // "Anmälan och besvarande av interpellationer"
    // and "Förhinder anmäls till nämndsekreteraren" announce no paper.
    if enclosed
        || begins(&folded[notice.end..], b" och besvarande")
        || before.ends_with(b"forhinder")
        || before.ends_with(b"jav")
    {
        return None;
    }
    // What is said of an initiative, of dissent or of another matter announces nothing.
    let of_another = heads_initiatives(reading.scene, &notice)
        || beside_initiative(reading, &notice)
        || is_described(reading, &notice)
        || ANNOUNCES.is_match(&folded[notice.clone()])
            && reading
                .find(Cue::Dissent)
                .is_some_and(|dissent| dissent.start <= notice.start);
    if of_another {
        return None;
    }
    // "Motionen anses besvarad … 14. Anmälan av nya motioner"
    let behind_decision = reading.decided().is_some_and(|at| at <= notice.start);
    let behind_answer = reading.svar().is_some_and(|svar| svar.start < notice.start);
    let behind_roll = reading
        .find(Cue::Attendance)
        .is_some_and(|place| place.start < notice.start);
    let first = !(behind_decision || behind_answer || behind_roll);
    first.then(|| Decision::of(Kind::Anmalan, notice))
}

/// Whether the words at `notice` are of what others said of a plan: `Inkomna yttranden redovisas i utlåtandet`.
fn is_of_plan(folded: &[u8], notice: &Range<usize>) -> bool {
    let said = [" yttranden", " synpunkter", " remissvar", " anbud"];
    ends(&folded[notice.clone()], b"inkomna")
        && said
            .iter()
            .any(|word| begins(&folded[notice.end..], word.as_bytes()))
}

/// What stands before "för kännedom" where something is enclosed.
static ENCLOSED: LazyLock<Pattern> = LazyLock::new(|| tolerant(r"\bbifoga[sd]e? (?:[a-z]+ )?$"));
