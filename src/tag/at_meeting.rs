//! What is done at a meeting: a sheet's words → whether they are of minutes: who was there, who spoke, who dissented.

use std::ops::Range;
use std::sync::LazyLock;

use super::cue::{Cue, Held};
use super::decide::{Decision, Reading};
use super::kind::Kind;
use super::shape::{has_heading, is_sheet_of_matter};
use super::sheet::{Gated, cue, ends, folded, gated};

/// A part of minutes that is no matter of its own.
pub(super) fn at_meeting(reading: &Reading<'_>) -> Option<Decision> {
    let place = attendance(reading).or_else(|| {
        debate(reading)
            .or_else(|| dissent(reading))
            .filter(|place| !is_told_of_party(reading, place))
    })?;
    // "I en motion föreslår A (p) … Fullmäktige beslutade att motionen anses besvarad … reserverade sig": the matter's own.
    let own = reading
        .decided()
        .is_none_or(|at| place.start < at && !is_extract(reading, &place));
    let first = reading.svar().is_none_or(|svar| place.start < svar.start);
    (own && first).then(|| Decision::of(Kind::Protokoll, place))
}

/// Whether the words at `place` are those that are printed on each sheet of minutes on an extract.
fn is_extract(reading: &Reading<'_>, place: &Range<usize>) -> bool {
    reading.folded[place.clone()].starts_with(b"utdrag")
}

/// Whether `place` stands in a paper's head, or the paper is a passage.
fn in_head(reading: &Reading<'_>, place: &Range<usize>) -> bool {
    let parts = reading.scene.parts;
    !parts.whole || parts.head.contains(&place.start)
}

/// Who was there, and who signs the minutes.
fn attendance(reading: &Reading<'_>) -> Option<Range<usize>> {
    let (scene, folded) = (reading.scene, reading.folded);
    // "2. Beslutet justeras omedelbart" in a report's proposal is no attendance, nor is what is printed on each sheet of
    // minutes on an extract.
    let place = match reading.extract() {
        // Its sheet's head and foot name the minutes, whatever the matter is.
        Some(heading) => Held::by(reading.sheet, &folded[heading.clone()])
            .find(Cue::Attendance, &folded[heading.clone()])
            .map(|place| heading.start + place.start..heading.start + place.end),
        None => reading.find(Cue::Attendance),
    }?;
    // "Ledamöter:" below a matter's heading lists those who are chosen.
    let chosen =
        folded[place.clone()].trim_ascii_end().ends_with(b":") && has_heading(scene, place.start);
    // "§ 65 … Följande anmäler jäv: A (ersättare: B)": on one matter of the minutes.
    let aside = scene.section && folded[place.clone()].starts_with(b"ers");
    (!reading.headed_answer()
        && !aside
        && !is_sheet_of_matter(scene, &place)
        && !chosen
        && (!is_extract(reading, &place) || reading.decided().is_none())
        && in_head(reading, &place))
    .then_some(place)
}

/// What was moved and said, without a matter's heading.
fn debate(reading: &Reading<'_>) -> Option<Range<usize>> {
    // "Fullmäktige beslöt utan omröstning": nobody moved anything.
    let place = reading
        .first(Cue::Debate, |place| {
            let before = &reading.folded[..place.start];
            // "Förvaltningen instämmer i skrivelsens beskrivning": the office writes so.
            let office = reading.folded[place.clone()].starts_with(b"inst")
                && [
                    "förvaltningen ",
                    "kontoret ",
                    "förvaltningen som ",
                    "nämnden ",
                ]
                .iter()
                .any(|who| ends(before, folded(who).as_bytes()));
            !before.ends_with(b"utan ") && !office
        })
        .filter(|_| reading.extract().is_none())?;
    (in_head(reading, &place)
        && !reading.headed_answer()
        && !reading.scene.section
        && !has_heading(reading.scene, place.start))
    .then_some(place)
}

cue!(
    PARTY_DID,
    r"^\s*(?:även |också )?(?:\([a-z]{1,4}\)(?:, | och | samt )?)+ (?:yrkade|reserverade|lade|ville|röstade|lämnade)\b"
);

/// Whether the words at `place` tell what a party did: "(S) yrkade på att …". Minutes say who did.
fn is_told_of_party(reading: &Reading<'_>, place: &Range<usize>) -> bool {
    let folded = reading.folded;
    let word = (place.end - 1).max(place.start);
    let mut from = folded[..word]
        .iter()
        .rposition(|byte| matches!(byte, b'.' | b'\n'))
        .map_or(0, |end| end + 1);
    // A line that only wraps goes on.
    let before = folded[..from].trim_ascii_end();
    if folded[..from].ends_with(b"\n") && !before.ends_with(b".") && !before.is_empty() {
        from = folded.len();
    }
    PARTY_DID.is_match(&folded[from..])
}

/// Who dissented.
fn dissent(reading: &Reading<'_>) -> Option<Range<usize>> {
    reading
        .find(Cue::Dissent)
        .filter(|_| !reading.scene.parts.whole && !reading.headed_answer())
}
