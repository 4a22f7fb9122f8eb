//! What is only made known: a sheet's words → whether they announce something, or list files, and answer nobody.

use std::sync::LazyLock;

use regex::bytes::Regex;

use super::cue::Cue;
use super::decide::{Decision, Reading};
use super::kind::Kind;
use super::shape::{heads_initiatives, is_list_of_files, is_wrapped};
use super::sheet::{Gated, begins, cue, gated, tolerant};

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

cue!(ANNOUNCES, r"anmäls?(?:es)?$");

/// A paper that announces something, unless the announcement is only what an answer is about.
pub(super) fn announced(reading: &Reading<'_>) -> Option<Decision> {
    let folded = reading.folded;
    // Below "Information om parkbänkar" stands "Svar på skrivelse från A (p)": the topic announces nothing.
    if reading.scene.parts.whole || reading.headed_answer() {
        return None;
    }
    // "… att⏎handlingar som ska tas upp" only wraps.
    let notice = reading.first(Cue::Notice, |place| !is_wrapped(reading.sheet, place))?;
    let before = folded[..notice.start].trim_ascii_end();
    // "Besluten bifogas ärendet för kännedom."
    let enclosed = folded[notice.clone()].ends_with(b"kannedom")
        && ENCLOSED.is_match(&folded[notice.start.saturating_sub(40)..notice.start]);
    // "Anmälan och besvarande av interpellationer"
    // and "Förhinder anmäls till nämndsekreteraren" announce no paper.
    if enclosed
        || begins(&folded[notice.end..], b" och besvarande")
        || before.ends_with(b"forhinder")
    {
        return None;
    }
    let announces = !heads_initiatives(reading.scene, &notice)
        && !(ANNOUNCES.is_match(&folded[notice.clone()])
            && reading
                .find(Cue::Dissent)
                .is_some_and(|dissent| dissent.start <= notice.start))
        && reading
            .svar()
            .is_none_or(|svar| notice.start <= svar.start)
        // "Motionen anses besvarad … 14. Anmälan av nya motioner"
        && reading.decided().is_none_or(|at| notice.start < at)
        && reading
            .find(Cue::Attendance)
            .is_none_or(|place| notice.start <= place.start);
    announces.then(|| Decision::of(Kind::Anmalan, notice))
}

/// What stands before "för kännedom" where something is enclosed.
static ENCLOSED: LazyLock<Regex> = LazyLock::new(|| tolerant(r"\bbifoga[sd]e? (?:[a-z]+ )?$"));
