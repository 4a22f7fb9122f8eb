//! A person's name: where it begins → where it ends, its letters misread or not.

use std::sync::LazyLock;

use super::pattern::Pattern;

use super::name_part::nickname;
use super::sheet::{Sheet, tolerant};

/// `m.fl.` in all its forms.
static AND_OTHERS: LazyLock<Pattern> = LazyLock::new(|| tolerant("^¤"));

/// The length of "m.fl." where `rest` begins with it.
pub(super) fn and_others(rest: &[u8]) -> Option<usize> {
    // Most often something else begins there.
    let first = rest
        .iter()
        .find(|byte| !matches!(byte, b'.' | b',') && !byte.is_ascii_whitespace());
    matches!(first, Some(b'm' | b'r'))
        .then(|| AND_OTHERS.find(rest).map(|found| found.end()))
        .flatten()
}

/// Words with a capital that end a list: a new field of an agenda begins.
static FIELD: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(concat!(
        r"^(?:(?:dnr|dor|dnr|svar|om|ang|till|den|i|på|med|enligt|utl|anm|ks|kf)\b",
        r"|remiss|yttrande|skrivelse|motion|interpellation|handläggare|bilag|beslut|förslag|sammanfattning|bakgrund|föredragande|nämnden\b|",
        r"förvaltningen\b|frågan\b|frågestund|angående|diarie|ärende|omedelbar|återremi|bordlag|anmäl|sammanträde|telefon|svaret|justering|paragraf|reserv|yrkand|överlägg|proposition|protokoll|särskil|ersättaryttr|expedier|handlingar|utdrag)"
    ))
});

/// Small words inside names.
const PARTICLES: &[&[u8]] = &[
    b"af", b"von", b"de", b"van", b"der", b"la", b"el", b"al", b"bin", b"den", b"da", b"di",
];

/// Whether one more name stands at `at`, and then a bracket or "m.fl.": a name broken over a line.
fn ends_before_mark(cased: &[u8], folded: &[u8], at: usize) -> bool {
    let word = cased[at..]
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic() || matches!(**byte, b'-' | b'0'))
        .count();
    let rest = &folded[at + word..(at + word + 16).min(folded.len())];
    let next = rest.trim_ascii_start();
    word > 1
        && (cased[at].is_ascii_uppercase() || cased[at] == b'0')
        && !FIELD.is_match(&folded[at..(at + 24).min(folded.len())])
        && next.len() < rest.len()
        && (next.first() == Some(&b'(') || and_others(next).is_some())
}

/// Whether the word at `at` is a name whose Å, Ä or Ö was read as a small letter or a nought (`0berg`, `östen Alm (s)`).
/// `behind` says that a part of the name stands before it.
fn is_small_capital(sheet: &Sheet, at: usize, behind: bool) -> bool {
    static SMALL: LazyLock<Pattern> = LazyLock::new(|| tolerant(r"^[a-z-]{2,}¤?\s*[({]"));
    static GIVEN: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^[a-z-]{2,}\s+[A-Z0][a-z-]+(?:\s+[A-Z][a-z-]+)?(?:¤|\soch\s+[A-Z][a-z-]+\s+[A-Z][a-z-]+)?\s*[({]",
        )
    });
    let cased = &sheet.cased[at..(at + 80).min(sheet.cased.len())];
    if cased.first() == Some(&b'0') {
        return cased.get(1).is_some_and(u8::is_ascii_lowercase)
            && cased.get(2).is_some_and(u8::is_ascii_lowercase);
    }
    let marked = !sheet.written(at..at + 1).is_ascii();
    marked && (GIVEN.is_match(cased) || behind && SMALL.is_match(cased))
}

/// Where the name that begins at `at` ends.
pub(super) fn name_end(sheet: &Sheet, at: usize) -> Option<usize> {
    let (cased, folded) = (sheet.cased.as_slice(), sheet.folded.as_slice());
    let mut end = None;
    let mut pos = at;
    let mut words = 0;
    for _ in 0..6 {
        let word = {
            let length = cased[pos..]
                .iter()
                .take_while(|byte| {
                    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'\'' | b'&' | b'~')
                })
                .count();
            // "Ulf E:son Ek"
            let son = usize::from(length == 1 && cased[pos + 1..].starts_with(b":son")) * 4;
            &cased[pos..pos + length + son]
        };
        let stop = word.len() == 1 && cased.get(pos + 1) == Some(&b'.');
        // "J Berg" has lost its stop.
        // "Siv Å (C)": the party ends the name.
        let initial = stop
            || word.len() == 1
                && (is_surname(&cased[pos + 1..], words > 0)
                    || words > 0 && cased[pos + 1..].starts_with(b" ("));
        // "STK-2018-1211" is a number; in "0berg" one letter was misread.
        let digits = word.iter().filter(|byte| byte.is_ascii_digit()).count();
        let is_name = digits < 3
            && (word.first().is_some_and(u8::is_ascii_uppercase)
                || is_small_capital(sheet, pos, words > 0))
            && (word.len() > 1 || initial)
            && !FIELD.is_match(&folded[pos..(pos + 24).min(folded.len())]);
        // "INLEDNING Elsa Berg (C)": a heading in capitals stands before the name.
        let heading = words == 0
            && word.len() > 4
            && word.iter().all(u8::is_ascii_uppercase)
            && cased
                .get(pos + word.len())
                .is_some_and(u8::is_ascii_whitespace)
            && cased
                .get(pos + word.len() + 1)
                .is_some_and(u8::is_ascii_uppercase)
            && cased
                .get(pos + word.len() + 2)
                .is_some_and(u8::is_ascii_lowercase);
        if is_name && !heading {
            words += 1;
            pos += word.len() + usize::from(stop);
            end = Some(pos);
        } else if words > 0
            && let Some(length) = nickname(&cased[pos..])
        {
            pos += length;
        } else if words > 0 && PARTICLES.contains(&word) {
            pos += word.len();
        } else {
            break;
        }
        let blank = cased[pos..]
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
        // A whole name ends with its line, unless the line broke before "(M)" or "m.fl.".
        let lines = cased[pos..pos + blank]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        // So does any word above an empty line.
        let ends = lines > 1 || words > 1 && lines > 0;
        if blank == 0 || ends && !ends_before_mark(cased, folded, pos + blank) {
            break;
        }
        pos += blank;
    }
    end
}

/// Whether a blank and a word with a capital and three letters at least follow; two are enough `behind` a first name.
fn is_surname(rest: &[u8], behind: bool) -> bool {
    match rest {
        // "Ulf E P Ek"
        [blank, first, rest @ ..]
            if behind
                && blank.is_ascii_whitespace()
                && first.is_ascii_uppercase()
                && rest.first().is_some_and(u8::is_ascii_whitespace) =>
        {
            is_surname(rest, behind)
        }
        [blank, first, second, rest @ ..] => {
            blank.is_ascii_whitespace()
                && first.is_ascii_uppercase()
                && second.is_ascii_lowercase()
                && (behind
                    || rest.first().is_some_and(u8::is_ascii_lowercase)
                    // "N Ax (M)"
                    || rest.starts_with(b" ("))
        }
        _ => false,
    }
}
