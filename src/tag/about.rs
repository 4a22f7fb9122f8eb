//! What a report is about: its title, its proposal and how its account begins → whether its initiatives are its matter.

use std::sync::LazyLock;

use super::answer::{Form, Initiative};
use super::decide::Scene;
use super::noun::Noun;
use super::sheet::{Gated, cue, gated};

/// Whether a paper with a title and a proposal under its heading speaks of no initiative in either: what its text tells of
/// motions and letters is past.
pub(super) fn is_about_another(scene: &Scene<'_>) -> bool {
    cue!(
        SPEAKS,
        r"\b(?:följd)?skrivels|motion|terpell|fråg|initiativ|förslag från|yrkande|\bsvar|besvara|yttra|remis|medborgar|framställ|begäran|synpunkt"
    );
    let folded = scene.sheet.folded.as_slice();
    if is_of_period(folded) {
        return true;
    }
    let Some(proposal) = scene.parts.proposal.clone() else {
        return false;
    };
    let head = scene.parts.head.clone();
    // A proposal in the running text stands in no part of its own.
    let above = folded[..proposal.start].trim_ascii_end();
    let own = above.ends_with(b"beslut") || above.ends_with(b"beslut:");
    own && !head.is_empty()
        && head.end <= proposal.start
        && (scene.parts.title.is_some() || !scene.headed)
        && !SPEAKS.is_match(&folded[head])
        && !SPEAKS.is_match(&folded[proposal])
        && !scene
            .initiatives
            .iter()
            .any(|one| opens_report(folded, one))
}

/// Bytes behind a letter's word in which it is said what the nämnd did with it.
const DONE_WITH_IT: usize = 400;

/// Headings of a report's account.
const ACCOUNTS: [&[u8]; 6] = [
    b"sammanfattning",
    b"sammanfattning av arendet",
    b"bakgrund",
    b"arendet",
    b"beskrivning av arendet",
    b"arendebeskrivning",
];

/// Whether a line heads a report's account.
pub(super) fn heads_account(line: &[u8]) -> bool {
    ACCOUNTS.contains(&line.trim_ascii())
}

/// Whether the account of a report begins with a letter: below `Sammanfattning` its first words are `Elsa Berg (S) har i en
/// skrivelse ställt frågor`, and the nämnd has decided nothing on it.
fn opens_report(folded: &[u8], one: &Initiative) -> bool {
    if one.noun != Noun::Skrivelse
        || one.form != Form::Subject
        || one.who.marks.is_empty()
        || one.earlier
    {
        return false;
    }
    let Some(gap) = folded[..one.at.start]
        .windows(8)
        .rposition(|part| part.starts_with(b" har i "))
    else {
        return false;
    };
    // The writers, and above them the heading.
    let paragraph = folded[..gap]
        .windows(2)
        .rposition(|part| part == b"\n\n")
        .map_or(0, |at| at + 2);
    let above = |text: &[u8]| {
        let line = text.trim_ascii_end();
        let line = line.rsplit(|byte| *byte == b'\n').next().unwrap_or(line);
        heads_account(line)
    };
    let first = folded[paragraph..gap].split(|byte| *byte == b'\n').next();
    let heads = above(&folded[..paragraph]) || first.is_some_and(heads_account);
    let behind = &folded[one.at.end..(one.at.end + DONE_WITH_IT).min(folded.len())];
    let decided = [&b" beslutade"[..], b" beslot", b" i uppdrag", b" uppdrog"]
        .iter()
        .any(|word| memchr::memmem::find(behind, word).is_some());
    // It is the first sentence of the account.
    let begin = paragraph + first.map_or(0, <[u8]>::len) + 1;
    heads && gap > one.sentence.start && one.sentence.start <= begin && !decided
}

/// Whether the first line is the title of what a nämnd writes of a time, whatever came in then: `Verksamhetsberättelse 2020`.
fn is_of_period(folded: &[u8]) -> bool {
    const TITLES: [&[u8]; 9] = [
        b"verksamhetsberattelse",
        b"arsberattelse",
        b"arsredovisning",
        b"arsrapport",
        b"bokslut",
        b"delarsrapport",
        b"tertialrapport",
        b"manadsrapport",
        b"verksamhetsplan",
    ];
    let line = folded
        .trim_ascii_start()
        .split(|byte| *byte == b'\n')
        .next();
    let line = line.unwrap_or_default();
    let first = line.iter().position(u8::is_ascii_alphabetic);
    first.is_some_and(|first| {
        TITLES.iter().any(|title| line[first..].starts_with(title))
            && !line.contains(&b'.')
            && memchr::memmem::find(line, b"skrivelse").is_none()
            && memchr::memmem::find(line, b"motion").is_none()
    })
}
