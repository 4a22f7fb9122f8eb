//! Marks that stand loose beside an initiative's word: at the end of the answer's line, or of the one before its words → the
//! people and parties that they end.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::mark::{self, Mark};
use super::sheet::{Sheet, tolerant};
use super::who::{Who, who_at};
use super::writers::BELOW;

/// The last group of marks that ends before `end`, and where the marks begin.
pub(super) fn last_mark<'a>(
    marks: &'a [Mark],
    sentence: &Range<usize>,
    end: usize,
) -> Option<&'a Mark> {
    let i = marks.partition_point(|mark| mark.range.end <= end);
    marks[..i]
        .last()
        .filter(|mark| mark.range.start >= sentence.start)
}

/// Bodies on whose lists a letter in brackets at the end of a matter is a department.
pub(super) static WITH_DEPARTMENTS: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(r"(?:gatu|trafik|mark|exploaterings|fastighets|saluhalls|renhållnings)[a-z -]*nämnd")
});

/// Marks that stand at the end of the answer's line, or of the one before its words.
pub(super) fn loose(
    sheet: &Sheet,
    at: &Range<usize>,
    sentence: &Range<usize>,
    marks: &[Mark],
    around: &str,
) -> Option<Who> {
    static ANSWER: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(r"(?:svar|yttrande|besvarande) (?:på|över|av) (?:[a-z]+ ){0,2}$")
    });
    static ANSWERED_BY: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(r"\b(?:besvara[dts]|besvarade[s]?|svarar) (?:av )?(?:[a-z]+ ){0,4}$")
    });
    let folded = sheet.folded.as_slice();
    let answer = ANSWER
        .find(&folded[sentence.start..at.start])
        .map(|answer| sentence.start + answer.start())
        // "Motionssvar laddstolpar i byarna (C)"
        .or_else(|| begins_as_answer(sheet, at).then_some(at.start));
    // "… Elsa Berg (S) KS 2011/0412": the number ends the line, not the mark.
    static NUMBER: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(
            r"(?-u)[ \t]\(?(?:d ?nr[:.]? ?)?(?:[a-z]{1,5}[ /-]?)?\d[\d/:. -]*[/:-][\d/:. -]*\)?$",
        )
        .expect("a pattern that compiles")
    });
    let close = |end: usize| {
        let mut text = folded[..end].trim_ascii_end();
        let line = text.len().saturating_sub(40);
        if let Some(number) = NUMBER.find(&text[line..]) {
            text = text[..line + number.start()].trim_ascii_end();
        }
        // "(m) *" and "(m)." end with their mark.
        while let Some(rest) = text.strip_suffix(b".").or_else(|| text.strip_suffix(b"*")) {
            text = rest.trim_ascii_end();
        }
        text.len()
    };
    // A mark, or brackets that hold nothing but codes, that end at `end`.
    let ends_with_mark = |end: usize, from: usize| -> Option<Who> {
        let open = folded[from..end]
            .iter()
            .rposition(|byte| *byte == b'(')
            .map(|open| from + open);
        if let Some(open) = open
            // "(Y)" closes an answer's line: no department has that letter.
            && let Some(bracket) =
                mark::bracket_at(sheet, open, around, folded[open..].starts_with(b"(y)"))
                .or_else(|| mark::long_bracket_at(sheet, open))
            && bracket.end == end
        {
            let first = bracket.marks.first()?.clone();
            if marks
                .binary_search_by_key(&(first.range.start, first.range.end), |mark| {
                    (mark.range.start, mark.range.end)
                })
                .is_ok()
            {
                return Some(ending_at(sheet, &(from..end), &first, around));
            }
            return Some(Who {
                marks: joined_brackets(sheet, from, open, bracket.marks, around),
                end,
                ..Who::default()
            });
        }
        let mark = last_mark(marks, &(from..end), end).filter(|mark| mark.range.end == end)?;
        Some(ending_at(sheet, &(from..end), mark, around))
    };
    let ends_with_mark = |end: usize, from: usize| {
        ends_with_mark(end, from)
            .map(|mut who| {
                // "trafik till Riksten (TUP)" names a place.
                // "… besvarad av statsrådet A (p)"
                let from = who.people.first().map_or(who.end, |(name, _)| name.start);
                if ANSWERED_BY.is_match(&folded[from.saturating_sub(60)..from]) {
                    return Who::default();
                }
                who.people.retain(|(name, _)| {
                    folded[name.clone()].contains(&b' ')
                        || folded[..name.start]
                            .trim_ascii_end()
                            .last()
                            .is_some_and(|byte| {
                                matches!(byte, b',' | b'-' | b'/' | b':' | b')' | b'.')
                            })
                });
                who
            })
            .filter(|who| !who.is_empty())
    };
    // "A (S) har interpellerat B (M)."
    static ASKED: LazyLock<Pattern> = LazyLock::new(|| tolerant(r"\binterpellera"));
    if ASKED.is_match(&folded[at.end..sentence.end]) {
        return None;
    }
    let Some(answer) = answer else {
        // "Motion om hundrastgårdar (SD) - remiss": the clause begins with the word and ends with the mark.
        static CLAUSE: LazyLock<Pattern> = LazyLock::new(|| {
            tolerant(
                r"^(?: (?:nr )?\d{1,4}[-:/]\d{1,4})?(?: (?:om|angående|ang\.?|gällande|rörande|avseende) | ?[-:] | \x22)[^.\n]{3,160}?[)\]](?:\s*(?:[-.,\n]|$)| (?:besvaras|avslås|bifalls)\b)",
            )
        });
        let line = memchr::memrchr(b'\n', &folded[..at.start]).map_or(0, |line| line + 1);
        let before = folded[sentence.start.max(line).min(at.start)..at.start].trim_ascii_end();
        let begins = before.iter().all(|byte| !byte.is_ascii_alphabetic())
            // "Remissyttrande: Motion om X (SD)", "Svar på remiss - motion: X (KD)".
            || matches!(before.last(), Some(b':' | b'-')) && before.len() < 60;
        let clause = CLAUSE.find(&folded[at.end..sentence.end])?;
        // "Interpellation: Ställd till A (p)" names who is asked.
        static ASKED_OF: LazyLock<Pattern> = LazyLock::new(|| tolerant(r"\bställd till\b"));
        if ASKED_OF.is_match(clause.as_bytes()) {
            return None;
        }
        let end = at.end
            + clause.start()
            + clause
                .as_bytes()
                .iter()
                .rposition(|byte| matches!(byte, b')' | b']'))?
            + 1;
        let who = ends_with_mark(end, at.end)?;
        let long = who.marks.iter().any(|mark| mark.range.len() > 1) || !who.people.is_empty();
        return (begins && (long || !WITH_DEPARTMENTS.is_match(around.as_bytes()))).then_some(who);
    };
    // "Svar på motion - bad (C), svar på motion - ljus (M)": each has its own.
    static ANOTHER: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(r"(?:[,;]|\)\s\d{1,3}\.?)\s(?:svar på|besvarande av|yttrande över)\s")
    });
    let sentence = ANOTHER
        .find(&folded[at.end..sentence.end])
        .map_or(sentence.clone(), |other| {
            let closed = usize::from(other.as_bytes().starts_with(b")"));
            sentence.start..at.end + other.start() + closed
        });
    // Behind: at the end of one of the next lines, or of the sentence.
    let lines = folded[at.end..sentence.end]
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'\n')
        .map(|(line, _)| at.end + line);
    if let Some(who) = lines
        .chain([sentence.end])
        .take(4)
        .filter(|end| close(*end) > at.end)
        // "… har ställt en interpellation till B (p)" on the next line: that one's.
        .filter(|end| {
            let behind = &folded[at.end..*end];
            memchr::memchr(b'\n', behind).is_none_or(|line| !BELOW.is_match(&behind[line..]))
        })
        .find_map(|end| ends_with_mark(close(end), at.end))
    {
        return Some(who);
    }
    // Before: nothing but blanks, a stop or a dash between the mark and the answer's words.
    let before = folded[..answer].trim_ascii_end();
    let before = before
        .strip_suffix(b".")
        .or_else(|| before.strip_suffix(b"-"))
        .or_else(|| before.strip_suffix(b","))
        .unwrap_or(before)
        .trim_ascii_end();
    let from = before.len().saturating_sub(300);
    ends_with_mark(before.len(), from)
}

/// Whether a word that says that a motion or a letter is answered begins its line: `12. Motionssvar`. Behind an
/// interpellation's the one who answers may stand.
fn begins_as_answer(sheet: &Sheet, at: &Range<usize>) -> bool {
    let folded = sheet.folded.as_slice();
    let word = &folded[at.clone()];
    let line = memchr::memrchr(b'\n', &folded[..at.start]).map_or(0, |line| line + 1);
    word.ends_with(b"svar")
        && matches!(word.first(), Some(b'm' | b's' | b'r'))
        && !folded[line..at.start].iter().any(u8::is_ascii_alphabetic)
}

/// `marks`, with those of the brackets that stand before `open`, joined to it: `(s) och (v)`.
fn joined_brackets(
    sheet: &Sheet,
    from: usize,
    mut open: usize,
    mut marks: Vec<Mark>,
    around: &str,
) -> Vec<Mark> {
    static JOINED: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"\([^()]{1,16}\)\s*(?:,|och|samt|&|/|\+|, och)?\s*$"));
    for _ in 0..8 {
        let Some(found) = JOINED.find(&sheet.folded[from..open]) else {
            break;
        };
        let start = from + found.start();
        let Some(bracket) = mark::bracket_at(sheet, start, around, false) else {
            break;
        };
        // "(mp) (S)": with nothing between, the second is a department.
        let gap = &sheet.folded[bracket.end.min(open)..open];
        if !gap.is_empty() && gap.trim_ascii().is_empty() {
            return bracket.marks;
        }
        marks.splice(0..0, bracket.marks);
        open = start;
    }
    marks
}

/// The person who stands right before `mark`, with it.
pub(super) fn writer_of(sheet: &Sheet, mark: &Mark, around: &str) -> Who {
    let from = mark.range.start.saturating_sub(70);
    ending_at(sheet, &(from..mark.range.end), mark, around)
}

/// The list of writers whose last mark is `mark`: read from the earliest word of the sentence from which it reads through.
pub(super) fn ending_at(sheet: &Sheet, sentence: &Range<usize>, mark: &Mark, around: &str) -> Who {
    let folded = sheet.folded.as_slice();
    let from = sentence.start.max(mark.range.start.saturating_sub(300));
    let mut starts: Vec<usize> = (from..=mark.range.start)
        .filter(|&start| {
            (start == 0 || !folded[start - 1].is_ascii_alphanumeric() && folded[start - 1] != b'-')
                && (sheet.cased[start].is_ascii_uppercase()
                    || folded[start] == b'('
                    || start == mark.range.start)
        })
        .collect();
    starts.truncate(40);
    for start in starts {
        let who = who_at(sheet, start, around);
        // "… till Lillby", and below it "Elsa Berg (S)": a whole name on a line has none of the line above.
        let from_above = who.people.first().is_some_and(|(name, _)| {
            memchr::memrchr(b'\n', &folded[name.clone()])
                .is_some_and(|line| folded[name.start + line + 1..name.end].contains(&b' '))
        });
        if who.end >= mark.range.end && !who.marks.is_empty() && !from_above {
            return who;
        }
    }
    Who {
        marks: vec![mark.clone()],
        end: mark.range.end,
        ..Who::default()
    }
}
