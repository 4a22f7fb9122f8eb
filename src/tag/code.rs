//! Bare party codes: a sheet → the marks without brackets, in lists (`M, S och MP`), compounds, genitives, behind names.
//!
//! A letter alone is a party's only where the words around it say so, or where a roll names a person and a party a line.

use std::ops::Range;
use std::sync::LazyLock;

use regex::bytes::Regex;

use super::mark::{ACTS, Mark, NO_PERSON, code_at, next_is_name};
use super::party::{Party, TABLE};
use super::sheet::{Sheet, folded, tolerant};

/// A list of codes (`M, S och MP`), a code in a compound (`FP-ersättare`), a genitive (`SD:s`), a code behind `från`.
pub(super) fn codes(sheet: &Sheet, around: &str, marks: &mut Vec<Mark>) {
    static CODES: LazyLock<Regex> = LazyLock::new(|| {
        let known: Vec<String> = TABLE
            .iter()
            .flat_map(|row| &row.marks)
            .filter(|mark| mark.chars().all(char::is_alphabetic))
            .map(|mark| folded(mark).to_ascii_uppercase())
            .collect();
        let one = format!("(?:{}|Fi)", known.join("|"));
        Regex::new(&format!(
            r"^(?-u)(?:{one}(?:(?:\s*[,+/&]\s*(?:och\s+)?|\s+(?:och|samt|eller)\s+|[-~](?:\s+och\s+|,\s*)){one})+|{one}(?::s\b|[-~][a-z]{{4,}})|{one})\b"
        ))
        .expect("a pattern that compiles")
    });
    static BY: LazyLock<Regex> =
        LazyLock::new(|| tolerant(r"\b(?:av|från|med|mellan|mot|stöd av)\s+$"));
    static STEM: LazyLock<Regex> = LazyLock::new(|| {
        tolerant(
            r"^(?:ledar|ledam|förslag|motion|grupp|ersätt|politik|styr|topp|råd|företräd|skrivels|budget|reserv|yrkan|majoritet|märkt)",
        )
    });
    static FROM: LazyLock<Regex> = LazyLock::new(|| {
        tolerant(
            r"(?:skrivelse[nr]?|motion(?:en|er)?|interpellation(?:en)?|yrkande[nt]?|förslag(?:et)?|reservation(?:en)?|initiativ(?:et)?|fråga[n]?|uttalande(?:t)?|yttrande(?:t)?|protokollsanteckning|partierna)(?: från| av)?\s+$",
        )
    });
    let mut next = 0;
    // A code begins with a capital that begins a word.
    while let Some(at) = capital_from(&sheet.cased, next) {
        next = at + 1;
        if at > 0 && (sheet.cased[at - 1].is_ascii_alphanumeric() || sheet.cased[at - 1] == b'_') {
            continue;
        }
        // A word in small letters behind its first is no code, but for Fi.
        if sheet.cased.get(at + 1).is_some_and(u8::is_ascii_lowercase)
            && !sheet.cased[at..].starts_with(b"Fi")
        {
            continue;
        }
        let most = &sheet.cased[at..(at + LONGEST_LIST).min(sheet.cased.len())];
        let Some(found) = CODES.find(most) else {
            continue;
        };
        let text = found.as_bytes();
        let range = at..at + found.end();
        next = range.end;
        let first_end = text
            .iter()
            .position(|byte| !byte.is_ascii_alphabetic())
            .unwrap_or(text.len());
        let list: Vec<Mark> = {
            let mut list = Vec::new();
            let mut at = range.start;
            for piece in text.split(|byte| !byte.is_ascii_alphabetic()) {
                list.extend(
                    code_at(sheet, at, around).filter(|mark| mark.range.len() == piece.len()),
                );
                at += piece.len() + 1;
            }
            list
        };
        let before = &sheet.folded[range.start.saturating_sub(36)..range.start];
        let from = FROM.is_match(before);
        let bracketed = before.last() == Some(&b'(');
        if bracketed {
            continue;
        }
        let after = sheet.cased.get(range.end).copied().unwrap_or(b' ');
        let is_list = list.len() > 1
            && text
                .iter()
                .any(|byte| matches!(byte, b',' | b'+' | b'&' | b'/' | b' ' | b'\n'));
        if is_list {
            let long = list.iter().any(|mark| mark.range.len() > 1);
            let acts = &sheet.folded[range.end..(range.end + 32).min(sheet.folded.len())];
            if list.len() > 2 || from || long || ACTS.is_match(acts) {
                marks.extend(list);
            }
        } else if text.ends_with(b":s") {
            marks.extend(list.into_iter().take(1));
        } else if matches!(text.get(first_end), Some(b'-' | b'~')) {
            let rest = &sheet.folded[range.start + first_end + 1..range.end];
            if first_end > 1 || STEM.is_match(rest) {
                marks.extend(list.into_iter().take(1));
            }
        } else if (from
            || behind_name(sheet, range.clone())
            || (first_end > 1 && BY.is_match(before))
            || ACTS.is_match(&sheet.folded[range.end..(range.end + 32).min(sheet.folded.len())]))
            && !matches!(after, b':' | b'-' | b'/')
            && (after != b'.' || first_end > 1 || ends_text(sheet, range.end + 1))
            && !next_is_name(sheet, range.end)
        {
            marks.extend(list);
        }
    }
}

/// Whether a bare code stands between commas behind a first and a last name: `Elsa Berg, S, ordförande`.
fn behind_name(sheet: &Sheet, code: Range<usize>) -> bool {
    let before = &sheet.cased[code.start.saturating_sub(60)..code.start];
    let Some(name) = before.strip_suffix(b", ") else {
        return false;
    };
    let line = name.rsplit(|byte| *byte == b'\n').next().unwrap_or(name);
    let mut words = line.rsplit(|byte| *byte == b' ');
    let mut is_name = || {
        words.next().is_some_and(|word| {
            word.len() > 1
                && word[0].is_ascii_uppercase()
                && word[1..]
                    .iter()
                    .all(|byte| byte.is_ascii_alphabetic() || *byte == b'-')
                && word[1..].iter().any(u8::is_ascii_lowercase)
                && !NO_PERSON.is_match(&word.to_ascii_lowercase())
        })
    };
    is_name()
        && is_name()
        && sheet
            .cased
            .get(code.end)
            .is_none_or(|byte| matches!(byte, b',' | b'\n' | b'\r' | b')'))
}

/// Bytes of a list of codes that are read.
const LONGEST_LIST: usize = 160;

/// The first capital at or behind `at`.
fn capital_from(cased: &[u8], at: usize) -> Option<usize> {
    let capital = cased.get(at..)?.iter().position(u8::is_ascii_uppercase)?;
    Some(at + capital)
}

/// Whether the line, or the text, is at its end at `at`.
fn ends_text(sheet: &Sheet, at: usize) -> bool {
    sheet.cased[at..]
        .iter()
        .find(|byte| !matches!(byte, b' '))
        .is_none_or(|byte| *byte == b'\n')
}

/// Lines of a roll: `Elsa Berg S`, `Ulf Ek, ordförande m x`, `Ida Rask MP Ja`. Three of them, of two parties, make one.
pub(super) fn rolls(sheet: &Sheet, around: &str, marks: &mut Vec<Mark>) {
    let mut found: Vec<Mark> = Vec::new();
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', &sheet.cased).chain([sheet.cased.len()]);
    for end in ends {
        let at = start;
        let line = &sheet.cased[start..end];
        start = end + 1;
        if (7..80).contains(&line.len())
            && let Some(code) = rolled(line)
            && let Ok(letters) = std::str::from_utf8(&line[code.clone()])
            && let Some(party) = Party::of_mark(letters, around)
        {
            found.push(Mark {
                party,
                range: at + code.start..at + code.end,
            });
        }
    }
    let first = found.first().map(|mark| mark.party);
    if found.len() > 2 && found.iter().any(|mark| Some(mark.party) != first) {
        marks.extend(found);
    }
}

/// Where the code of a roll's line stands: before a first and a last name, or behind them and last but for a vote or a
/// cross.
fn rolled(line: &[u8]) -> Option<Range<usize>> {
    let name = |word: &[u8]| {
        word.len() > 1
            && word[0].is_ascii_uppercase()
            && word[1].is_ascii_lowercase()
            && word[1..]
                .iter()
                .all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b','))
    };
    let is_code = |code: &[u8]| {
        code.len() < 4
            && (code.iter().all(u8::is_ascii_uppercase) || code.iter().all(u8::is_ascii_lowercase))
    };
    let start = line.len() - line.trim_ascii_start().len();
    // A code has three letters at most.
    let blank = |from: usize, to: usize| {
        let to = to.min(line.len());
        line.get(from..to).is_some_and(|part| part.contains(&b' '))
    };
    if blank(start + 1, start + 4) {
        let mut words = line[start..].split(|byte| *byte == b' ');
        let (first, second, third) = (words.next()?, words.next()?, words.next());
        if is_code(first) && name(second) && third.is_some_and(name) {
            return Some(start..start + first.len());
        }
    }
    let end = line.trim_ascii_end().len();
    if !blank(end.saturating_sub(4), end) {
        return None;
    }
    let mut text = line.trim_ascii_end();
    let code = loop {
        let from = text.iter().rposition(|byte| *byte == b' ')? + 1;
        match &text[from..] {
            b"x" | b"X" | b"Ja" | b"Nej" | b"ja" | b"nej" | b"-" | b"T" => {
                text = text[..from].trim_ascii_end();
            }
            code => {
                if !is_code(code) || code == b"i" || code == b"av" {
                    return None;
                }
                break from..text.len();
            }
        }
    };
    let mut words = line[..code.start].trim_ascii().split(|byte| *byte == b' ');
    let (first, second) = (words.next()?, words.next()?);
    (name(first) && name(second) && words.count() < 5).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_roll_names_a_party_a_line() {
        for (text, want) in [
            ("Elsa Berg S Ja\nUlf Ek M Nej\nIda Rask S Ja", 3),
            ("Elsa Berg, ordf m x\nUlf Ek fp x\nIda Rask kd", 3),
            ("M Elsa Berg, ordförande\nS Ulf Ek\nSD Ida Rask", 3),
            // Two lines, or one party alone, are no roll.
            ("Elsa Berg S\nUlf Ek M", 0),
            ("Hus Norr C\nHus Syd C\nHus Mitt C", 0),
            ("Elsa Berg\nUlf Ek\nIda Rask", 0),
        ] {
            let mut marks = Vec::new();
            rolls(&Sheet::new([(1, text)]), "", &mut marks);
            assert_eq!(marks.len(), want, "{text:?}");
        }
    }
}
