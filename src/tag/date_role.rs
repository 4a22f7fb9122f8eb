//! What a date is the date of: its place in a sheet → its role, from the words beside it.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::date::DateRole;
use super::sheet::tolerant;

static MEETING_LINE: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"(?:nämnd(?:en)?|styrelsen?|fullmäktige|utskott(?:et)?|sammanträde|sammanträdesdatum|sammanträdet|mötesdatum|möte)(?: den)?:?$",
    )
});
/// A line that begins so is the meeting's: `Sammanträde 2005-05-26`.
static MEETING_ALONE: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"^[^a-z]*(?:sammanträde[a-z]*|möte[a-z]*|mötesdatum|tid|[a-z-]{0,40} ?[a-z]*(?:nämnd|styrelse|fullmäktige)[a-z]*)(?: den)?[ :,]*(?:[a-z]+dagen)?[ ,]*(?:den)? ?$",
    )
});
static MEETING: LazyLock<Pattern> = LazyLock::new(|| tolerant(r"sammanträd|möte"));
static SKRIVELSE: LazyLock<Pattern> =
    LazyLock::new(|| tolerant(r"skrivelse|motion|interpellation|framställd|väckt"));
static PREPARATION: LazyLock<Pattern> = LazyLock::new(|| {
    // "Rådet" and "pensionärsrådet", but neither "området" nor "daterad".
    tolerant(
        r"\b[a-z]{4,}[abdfghiklnoprstuy]råd(?:et|en)?s?\b|\bråd(?:et|en)?s?\b|gruppen|grupperna|förvaltningsgrupp|mbl|samverkan|samråd",
    )
});
/// A letter that was handed in on that day, named behind it: "lämnade den 19 december en skrivelse".
static HANDED_IN: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"^[ ,]{0,2}(?:in )?(?:till [a-z]+ )?(?:in )?(?:en|sin|ytterligare en|följande|denna|nedanstående|bifogad) (?:gemensam )?(?:skrivelse|motion|interpellation|enkel fråga|fråga)",
    )
});
/// The same, with who did: "Den 8 februari lämnade Bo Ek (M) in en skrivelse".
static WHO_HANDED_IN: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"^,? (?:lämna|inlämna|inkom|väckt|skicka|ställ|överlämna)[a-z]* [^.;\n]{0,60}\b(?:skrivelse|motion|interpellation|enkel fråga)(?:er)?\b",
    )
});
/// What lies ahead of the paper: "ska följas upp den 15 oktober".
static AHEAD: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"\b(?:ska|skall|kommer att|kommer|senast|planeras|beräknas|väntas|inför|till och med|fram till|tills|nästa)\b",
    )
});

/// Bytes that may stand before the meeting's date on its line.
const LONGEST_LABEL: usize = 160;

/// The role, from the words before it in its sentence.
pub(super) fn role(folded: &[u8], at: &Range<usize>, head: bool) -> DateRole {
    if head {
        // The meeting's date stands under the nämnd's name or its own label.
        let before = folded[at.start.saturating_sub(80)..at.start].trim_ascii_end();
        return if MEETING_LINE.is_match(before) {
            DateRole::Meeting
        } else {
            DateRole::Document
        };
    }
    let line = memchr::memrchr(b'\n', &folded[..at.start]).map_or(0, |line| line + 1);
    // A date with more than that before it is not nearly alone; the whole of a long line is not to be read for each of its dates.
    let alone = at.start - line <= LONGEST_LABEL && MEETING_ALONE.is_match(&folded[line..at.start]);
    if alone || is_below_namnd(folded, line, at.start) {
        return DateRole::Meeting;
    }
    let sentence = sentence_before(folded, at.start);
    let behind = &folded[at.end..(at.end + 110).min(folded.len())];
    let who = || {
        WHO_HANDED_IN
            .find(behind)
            .is_some_and(|found| !found.as_bytes().windows(5).any(|word| word == b" svar"))
    };
    if HANDED_IN.is_match(behind) || who() {
        return DateRole::Skrivelse;
    }
    // The nearest cue decides.
    let last = |cue: &Pattern| cue.find_iter(sentence).last().map(|found| found.start());
    [
        (last(&MEETING), DateRole::Meeting),
        (last(&SKRIVELSE), DateRole::Skrivelse),
        (last(&PREPARATION), DateRole::Preparation),
    ]
    .into_iter()
    .filter_map(|(at, role)| Some((at?, role)))
    .max_by_key(|(at, _)| *at)
    .map_or(DateRole::Other, |(_, role)| role)
}

/// What stands before `at` in its sentence.
fn sentence_before(folded: &[u8], at: usize) -> &[u8] {
    let before = &folded[at.saturating_sub(110)..at];
    let from = before
        .windows(2)
        .rposition(|pair| pair[0] == b'.' && pair[1].is_ascii_whitespace())
        .map_or(0, |at| at + 1);
    &before[from..]
}

/// Whether the words before the date at `at` say that it lies ahead.
pub(super) fn is_ahead(folded: &[u8], at: usize) -> bool {
    AHEAD.is_match(sentence_before(folded, at))
}

/// Whether the date that begins its line at `line` stands below a nämnd's name or a meeting's label.
fn is_below_namnd(folded: &[u8], line: usize, at: usize) -> bool {
    if !folded[line..at].trim_ascii().is_empty() {
        return false;
    }
    let above = folded[..line].trim_ascii_end();
    let from = memchr::memrchr(b'\n', above).map_or(0, |line| line + 1);
    above.len() - from <= 60 && MEETING_LINE.is_match(&above[from..])
}
