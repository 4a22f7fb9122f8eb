//! Bare party codes: a sheet → the marks without brackets, in lists (`M, S och MP`), compounds, genitives, behind names.
//!
//! A letter alone is a party's only where the words around it say so, or where a roll names a person and a party a line.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::mark::{ACTS, Mark, NO_PERSON, code_at, next_is_name};
use super::party::{Party, TABLE};
use super::sheet::{Gated, Sheet, cue, folded, gated, tolerant};

/// A list of codes (`M, S och MP`), a code in a compound (`FP-ersättare`), a genitive (`SD:s`), a code behind `från`.
pub(super) fn codes(sheet: &Sheet, around: &str, marks: &mut Vec<Mark>) {
    static CODES: LazyLock<Pattern> = LazyLock::new(|| {
        let known: Vec<String> = TABLE
            .iter()
            .flat_map(|row| &row.marks)
            .filter(|mark| mark.chars().all(char::is_alphabetic))
            .map(|mark| folded(mark).to_ascii_uppercase())
            .collect();
        let one = format!("(?:{}|Fi)", known.join("|"));
        Pattern::new(&format!(
            r"^(?-u)(?:{one}(?:(?:\s*[,+/&]\s*(?:och\s+)?|\s+(?:och|samt|eller)\s+|[-~](?:\s+och\s+|,\s*)){one})+|{one}(?::s\b|[-~][a-z]{{4,}})|{one})\b"
        ))
        .expect("a pattern that compiles")
    });
    static BY: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"\b(?:av|från|med|mellan|mot|stöd av)\s+$"));
    static STEM: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^(?:ledar|ledam|förslag|motion|grupp|ersätt|politik|styr|topp|råd|företräd|skrivels|budget|reserv|yrkan|majoritet|märkt)",
        )
    });
    static FROM: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"(?:skrivelse[nr]?|motion(?:en|er)?|interpellation(?:en)?|yrkande[nt]?|förslag(?:et)?|reservation(?:en)?|initiativ(?:et)?|fråga[n]?|uttalande(?:t)?|yttrande(?:t)?|protokollsanteckning|partierna|ledam[a-z]+|ersätta[a-z]+)(?: från| av)?\s+$",
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
            // "SD-kort", "FI-nummer"
            let thing = THINGS.iter().any(|thing| rest.starts_with(thing));
            if first_end > 1 && !thing || STEM.is_match(rest) {
                marks.extend(list.into_iter().take(1));
            }
        } else if (from
            || behind_name(sheet, range.clone())
            || (first_end > 1 && BY.is_match(before))
            || ACTS.is_match(&sheet.folded[range.end..(range.end + 32).min(sheet.folded.len())]))
            && !matches!(after, b'-' | b'/')
            && (after != b':' || behind_name(sheet, range.clone()))
            && (after != b'.'
                || first_end > 1
                || ends_text(sheet, range.end + 1)
                || behind_name(sheet, range.clone()))
            && !next_is_name(sheet, range.end)
        {
            marks.extend(list);
        }
    }
}

/// Whether a bare code stands between commas behind a first and a last name: `Elsa Berg, S, ordförande`.
fn behind_name(sheet: &Sheet, code: Range<usize>) -> bool {
    let ends = match sheet.cased.get(code.end..).unwrap_or_default() {
        // "S:t Eriks"
        [b':', next, ..] => !next.is_ascii_alphanumeric(),
        [byte, ..] => !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'/' | b'('),
        [] => true,
    };
    ends && behind_two_names(sheet, code.start)
}

/// Whether a first and a last name and a comma stand before `at`.
fn behind_two_names(sheet: &Sheet, at: usize) -> bool {
    let before = sheet.cased[at.saturating_sub(60)..at].trim_ascii_end();
    let Some(name) = before.strip_suffix(b",") else {
        return false;
    };
    let mut words = name
        .rsplit(u8::is_ascii_whitespace)
        // "Ulf T Ek": an initial is passed over.
        .filter(|word| {
            word.len() > 1
                || word
                    .first()
                    .is_some_and(|letter| !letter.is_ascii_uppercase())
        });
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
    is_name() && is_name()
}

/// What is called by letters that are a party's by chance: `SD-kort`.
const THINGS: [&[u8]; 6] = [b"kort", b"minne", b"nummer", b"spelare", b"skiva", b"kabel"];

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
    // Codes of local parties that the table lacks count where a roll stands.
    let mut others: Vec<Mark> = Vec::new();
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', &sheet.cased).chain([sheet.cased.len()]);
    for end in ends {
        let at = start;
        let line = &sheet.cased[start..end];
        start = end + 1;
        if (7..80).contains(&line.len())
            && let Some(code) = rolled(line)
            && let Ok(letters) = std::str::from_utf8(&line[code.clone()])
        {
            let range = at + code.start..at + code.end;
            match Party::of_mark(letters, around) {
                Some(party) => found.push(Mark { party, range }),
                None => others.extend(local(sheet, range)),
            }
        }
    }
    if is_roll(&found) {
        marks.extend(found);
        marks.extend(others);
    }
}

/// Whether marks make a roll: three of them, of two parties.
fn is_roll(found: &[Mark]) -> bool {
    let first = found.first().map(|mark| mark.party);
    found.len() > 2 && found.iter().any(|mark| Some(mark.party) != first)
}

/// The local party whose code, which the table lacks, stands at `range`.
fn local(sheet: &Sheet, range: Range<usize>) -> Option<Mark> {
    let party = Party::local(sheet.written(range.clone()))?;
    Some(Mark { party, range })
}

cue!(
    PRESENT,
    r"\bbeslutande\b|\bnärvar|\bledamöter\b|\bersättare\b|\bdeltagande\b|\bupprop|\bnärvarolista"
);

/// Bytes behind a roll's heading in which its people stand.
const LONGEST_ROLL: usize = 3_000;

/// A roll that runs on in one line, behind a word that heads one: `Beslutande S Elsa Berg, ordförande M Ulf Ek C Ida Rask`,
/// small `s Elsa Berg fp Ulf Ek`, or the surname first and the party last, `Berg Elsa S Ek Ulf M`.
pub(super) fn running_rolls(sheet: &Sheet, around: &str, marks: &mut Vec<Mark>) {
    // A roll stands where minutes begin.
    let beginning = &sheet.folded[..sheet.folded.len().min(LONGEST_ROLL)];
    if !PRESENT.may_be_in(sheet) {
        return;
    }
    let Some(heading) = PRESENT.find(beginning) else {
        return;
    };
    let from = heading.end();
    let to = (from + LONGEST_ROLL).min(sheet.cased.len());
    // Each word that may be a code, with whether two names stand behind it, and before it.
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut at = from;
    for word in sheet.cased[from..to].split(u8::is_ascii_whitespace) {
        if !word.is_empty() {
            words.push(at..at + word.len());
        }
        at += word.len() + 1;
    }
    let names: Vec<bool> = words
        .iter()
        .map(|word| is_rolled_name(&sheet.cased[word.clone()]))
        .collect();
    let two = |from: Option<usize>| {
        from.and_then(|from| names.get(from..from + 2))
            .is_some_and(|pair| pair.iter().all(|name| *name))
    };
    // Before large, before small, behind.
    let mut found: [Vec<Mark>; 3] = Default::default();
    let mut others: [Vec<Mark>; 3] = Default::default();
    for (i, range) in words.into_iter().enumerate() {
        let code = &sheet.cased[range.clone()];
        let small = code.iter().all(u8::is_ascii_lowercase);
        let large = code.iter().all(u8::is_ascii_uppercase) || code == b"Fi";
        let list = match (large, small) {
            _ if code.len() > 4 => continue,
            (true, _) if two(Some(i + 1)) => 0,
            (_, true) if two(Some(i + 1)) => 1,
            (true, _) if two(i.checked_sub(2)) => 2,
            _ => continue,
        };
        let known = std::str::from_utf8(code)
            .ok()
            .and_then(|code| Party::of_mark(code, around));
        match known {
            Some(party) => found[list].push(Mark { party, range }),
            None => others[list].extend(local(sheet, range)),
        }
    }
    // What stands between two people has names on both sides.
    if found[2].len() + others[2].len() > 0 {
        let before = found[0].clone();
        found[2].extend(before);
        let before = others[0].clone();
        others[2].extend(before);
    }
    for ((found, others), least) in found.into_iter().zip(others).zip([3, 5, 5]) {
        if is_roll(&found) && found.len() >= least {
            marks.extend(found);
            marks.extend(others);
        }
    }
}

/// Whether a word of a roll may be a part of a name: it has a capital, and none but small letters behind.
fn is_rolled_name(word: &[u8]) -> bool {
    let word = word.strip_suffix(b",").unwrap_or(word);
    word.len() > 1
        && word.split(|byte| *byte == b'-').all(|part| {
            part.split_first().is_some_and(|(first, rest)| {
                first.is_ascii_uppercase() && rest.iter().all(u8::is_ascii_lowercase)
            })
        })
}

/// The codes that are read in small letters.
const SMALL: [&str; 10] = ["s", "m", "l", "c", "v", "fp", "kd", "mp", "sd", "fi"];

/// Whether what stands behind a genitive is a party's: `skrivelse om snö`, or another party's genitive, `och m:s skrivelse`.
fn owns(behind: &[u8]) -> bool {
    const OWN: [&[u8]; 7] = [
        b"skrivelse",
        b"motion",
        b"interpellation",
        b"initiativ",
        b"forslag",
        b"reservation",
        b"yrkande",
    ];
    let own = |text: &[u8]| OWN.iter().any(|word| text.starts_with(word));
    own(behind)
        || behind
            .strip_prefix(b"och ")
            .and_then(|rest| {
                Some(&rest[memchr::memmem::find(&rest[..rest.len().min(5)], b":s ")? + 3..])
            })
            .is_some_and(own)
}

/// Small codes: between commas behind people (`Elsa Berg, s, ordförande`) where there are two such, and in compounds
/// (`mp-ledamotens`).
pub(super) fn small(sheet: &Sheet, around: &str, marks: &mut Vec<Mark>) {
    cue!(
        COMPOUND,
        r"-(?:ledam|grupp|motion|reservation|yrkand|skrivelse|politiker|ersättar)"
    );
    let mark = |range: Range<usize>| {
        let code = std::str::from_utf8(&sheet.cased[range.clone()]).ok()?;
        if !SMALL.contains(&code) {
            return None;
        }
        let party = Party::of_mark(code, around)?;
        Some(Mark { party, range })
    };
    let letters = |at: usize| {
        let rest = sheet.cased.get(at..).unwrap_or_default();
        let length = rest
            .iter()
            .take(3)
            .take_while(|byte| byte.is_ascii_lowercase());
        at..at + length.count()
    };
    let mut found = Vec::new();
    for comma in memchr::memchr_iter(b',', &sheet.cased) {
        let blanks = sheet.cased[comma + 1..]
            .iter()
            .take(4)
            .take_while(|byte| byte.is_ascii_whitespace());
        let blanks = blanks.count();
        if blanks == 0 {
            continue;
        }
        if let Some(mark) = mark(letters(comma + 1 + blanks)) {
            let end = mark.range.end;
            let rest = sheet.cased.get(end..).unwrap_or_default();
            let next = rest.trim_ascii_start().first();
            let ends = match rest.first() {
                None | Some(b',' | b':' | b'\n' | b')') => true,
                Some(b' ' | b'\t' | b'\r') => next.is_none_or(u8::is_ascii_uppercase),
                Some(_) => false,
            };
            if ends && behind_two_names(sheet, mark.range.start) {
                found.push(mark);
            }
        }
    }
    if found.len() > 1 {
        marks.extend(found);
    }
    for genitive in memchr::memmem::find_iter(&sheet.folded, b":s ") {
        // "Fp:s och m:s skrivelse", where "M:s skrivelse" is found among the large ones.
        let code = sheet.cased[genitive.saturating_sub(2)..genitive]
            .iter()
            .rev()
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        let start = genitive - code;
        let begins = start == 0 || !sheet.cased[start - 1].is_ascii_alphanumeric();
        let behind = &sheet.folded[genitive + 3..(genitive + 40).min(sheet.folded.len())];
        if !begins || !sheet.cased[genitive - 1].is_ascii_lowercase() || !owns(behind) {
            continue;
        }
        let letters = &sheet.folded[start..genitive];
        let party = std::str::from_utf8(letters)
            .ok()
            .filter(|code| SMALL.contains(code))
            .and_then(|code| Party::of_mark(code, around));
        marks.extend(party.map(|party| Mark {
            party,
            range: start..genitive,
        }));
    }
    if COMPOUND.may_be_in(sheet) {
        for dash in COMPOUND.find_iter(&sheet.folded) {
            let before = &sheet.cased[dash.start().saturating_sub(2)..dash.start()];
            let code = before
                .iter()
                .rev()
                .take_while(|byte| byte.is_ascii_lowercase())
                .count();
            let start = dash.start() - code;
            let begins = start == 0
                || !sheet.cased[start - 1].is_ascii_alphanumeric()
                    && sheet.cased[start - 1] != b'-';
            let Some(last) = mark(start..dash.start()).filter(|_| begins) else {
                continue;
            };
            // "s- och v-gruppernas skrivelse"
            let mut first = last.range.start;
            marks.push(last);
            while let Some(before) = ["- och ", "- samt ", "-, "]
                .iter()
                .find_map(|joiner| sheet.cased[..first].strip_suffix(joiner.as_bytes()))
            {
                let code = before
                    .iter()
                    .rev()
                    .take_while(|byte| byte.is_ascii_lowercase());
                let code = before.len() - code.count();
                let parted = code == 0 || before[code - 1].is_ascii_whitespace();
                let Some(mark) = mark(code..before.len()).filter(|_| parted) else {
                    break;
                };
                first = mark.range.start;
                marks.push(mark);
            }
        }
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
    let mut voted = false;
    let code = loop {
        let from = text.iter().rposition(|byte| *byte == b' ')? + 1;
        match &text[from..] {
            b"x" | b"X" | b"Ja" | b"Nej" | b"ja" | b"nej" | b"-" | b"T" | b"ersattare" => {
                text = text[..from].trim_ascii_end();
                voted = true;
            }
            // "N" for närvarande stands before the vote.
            b"N" | b"F" if voted => {
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

/// The small code of two letters (`fp`, `kd`), a word of its own, that stands at `at`.
pub(super) fn small_code_at(sheet: &Sheet, at: usize) -> Option<Mark> {
    let code = sheet.cased.get(at..at + 2)?;
    let next = sheet.cased.get(at + 2).copied().unwrap_or(b' ');
    if !matches!(code, b"fp" | b"kd" | b"mp" | b"sd" | b"fi") || next.is_ascii_alphanumeric() {
        return None;
    }
    Some(Mark {
        party: Party::of_mark(std::str::from_utf8(code).ok()?, "")?,
        range: at..at + 2,
    })
}

/// The list of small codes without brackets (`s, v och mp`) that stands at `at`, two of them at least, and its end.
pub(super) fn small_list_at(sheet: &Sheet, at: usize, around: &str) -> Option<(Vec<Mark>, usize)> {
    static LIST: LazyLock<Pattern> = LazyLock::new(|| {
        let one = "(?:s|m|l|c|v|fp|kd|mp|sd|fi)";
        Pattern::new(&format!(
            r"^(?-u){one}(?:-?(?:,\s*|\s+och\s+|\s+samt\s+|,\s+och\s+|\s*\+\s*|/){one})+(?:[\s.,]|-(?:grupp|led)|$)"
        ))
        .expect("a pattern that compiles")
    });
    let found = LIST.find(&sheet.cased[at..(at + 60).min(sheet.cased.len())])?;
    let mut marks = Vec::new();
    let mut from = at;
    for piece in found.as_bytes().split(|byte| !byte.is_ascii_alphabetic()) {
        let range = from..from + piece.len();
        from = range.end + 1;
        // "s- och v-grupperna"
        if piece.starts_with(b"grupp") || piece.starts_with(b"led") {
            break;
        }
        if let Ok(code) = std::str::from_utf8(piece)
            && !matches!(code, "" | "och" | "samt")
        {
            marks.push(Mark {
                party: Party::of_mark(code, around)?,
                range,
            });
        }
    }
    let end = marks.last()?.range.end;
    Some((marks, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_roll_may_run_on_in_one_line() {
        for (text, want) in [
            (
                "Beslutande C Elsa Berg, ordförande S Ulf Ek, vice ordförande M Ida Rask KIL Bo Alm",
                "C S M KIL",
            ),
            (
                "Närvarolista Parti Namn s Elsa Berg fp Ulf Ek m Ida Rask c Bo Alm v Elsa Ek",
                "S L M C V",
            ),
            (
                "Ledamöter Parti Berg Elsa S Ek Ulf M Rask Ida C Alm Bo V Ek Elsa MP",
                "S M C V MP",
            ),
            ("Beslutande Elsa S Berg, Ulf M Ek", ""),
            (
                "Ledamöter i hus A Norra Vägen B Södra Vägen C Östra Vägen",
                "",
            ),
            ("S Elsa Berg, M Ulf Ek och C Ida Rask", ""),
        ] {
            let mut marks = Vec::new();
            running_rolls(&Sheet::new([(1, text)]), "", &mut marks);
            marks.sort_by_key(|mark| mark.range.start);
            marks.dedup();
            let codes: Vec<&str> = marks.iter().map(|mark| mark.party.code()).collect();
            assert_eq!(codes.join(" "), want, "{text:?}");
        }
    }

    #[test]
    fn a_card_is_no_party() {
        for (text, want) in [
            ("SD-kort och SD-minnen", ""),
            ("SD-förslag", "SD"),
            ("MP-ledaren", "MP"),
        ] {
            let mut marks = Vec::new();
            codes(&Sheet::new([(1, text)]), "", &mut marks);
            let codes: Vec<&str> = marks.iter().map(|mark| mark.party.code()).collect();
            assert_eq!(codes.join(" "), want, "{text:?}");
        }
    }

    #[test]
    fn small_codes_stand_behind_people_and_in_compounds() {
        for (text, want) in [
            ("Elsa Berg, s, ordförande\nUlf T Ek, m", "S M"),
            ("Elsa Berg, s, ordförande", ""),
            ("bifall till mp-ledamotens och s-gruppens förslag", "MP S"),
            ("a-lagets grupp, c-uppsats, hiss-gruppen", ""),
            ("Fp:s och m:s skrivelse, v:s bil", "L M"),
        ] {
            let mut marks = Vec::new();
            small(&Sheet::new([(1, text)]), "", &mut marks);
            let codes: Vec<&str> = marks.iter().map(|mark| mark.party.code()).collect();
            assert_eq!(codes.join(" "), want, "{text:?}");
        }
    }

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
