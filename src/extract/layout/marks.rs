//! Raised marks of notes → apart from the words that they follow and the notes that they open.

use super::segments::Segment;
use super::{Laid, is_digits, segments};

/// Whether a raised mark follows a word that it would be glued to; `next` stands behind the mark.
pub(super) fn mark_of_note(before: &Segment, part: &Segment, next: Option<&Segment>) -> bool {
    let small = part.size < 0.85 * before.size || is_digits(&part.text);
    let raised = small && part.v < before.v - 0.15 * before.size;
    let number = part.text.trim();
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    // Behind the end of a sentence, too: `2019.1` would be another number.
    if raised
        && is_number
        && before
            .text
            .ends_with(['.', ',', ';', ':', ')', '”', '"', '!', '?'])
    {
        return true;
    }
    if !raised || !before.text.ends_with(char::is_alphanumeric) {
        return false;
    }
    let token = before.text.rsplit(' ').next().unwrap_or_default();
    // m² and its like are one word, and so is kg/m².
    let unit = token.rsplit(['/', '(']).next().unwrap_or_default();
    if ["m", "km", "cm", "dm", "mm"].contains(&unit) {
        return false;
    }
    let mark = part.text.trim();
    if is_number {
        return true;
    }
    let word = token.trim_start_matches(|char: char| !char.is_alphanumeric());
    if !word.chars().all(|char| char.is_alphabetic() || char == '-') {
        return false;
    }
    // A letter that goes on is one of the word's own, however its writer has set it.
    let ends = next.is_none_or(|next| {
        next.led
            || part.trails
            || next.u0 - part.u1 > segments::BLANK * part.size
            || !next.text.starts_with(char::is_alphanumeric)
    });
    // So is the ending of an ordinal in roman numbers (`XVIe`).
    let ordinal = || mark == "e" && word.bytes().all(|byte| b"IVXLCDM".contains(&byte));
    let letters = word.chars().count();
    letters > 1 && numbers_of_notes(mark)
        || letters > 2 && ends && !ordinal() && letter_of_note(mark)
}

/// Whether a raised mark is the number of a note with more to it (`1)`, `4a`), or several (`8,9`, `8–10`, `3,b`): no charge
/// (`2+`), no end of an ordinal (`1:a`).
fn numbers_of_notes(mark: &str) -> bool {
    let is_number = |number: &str| {
        let digits = number.trim_end_matches(|char: char| char.is_ascii_lowercase());
        number.len() - digits.len() <= 1
            && digits.len() <= 3
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    mark.starts_with(|char: char| char.is_ascii_digit())
        && !mark.ends_with(['-', '–'])
        && mark
            .split([',', ';', '.', '–', '-', ')', '*', '∗', '†', ' '])
            .all(is_number)
}

/// Whether a raised mark is the letter of a note, or its number in small roman letters, or several of them.
fn letter_of_note(mark: &str) -> bool {
    let roman = ["ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"];
    let is_letter = |letter: &str| matches!(letter.as_bytes(), [b'a'..=b'z']);
    let mut letters = mark
        .trim_end_matches(')')
        .split([',', ' '])
        .filter(|letter| !letter.is_empty())
        .peekable();
    letters.peek().is_some() && letters.all(|letter| is_letter(letter) || roman.contains(&letter))
}

/// Whether a raised digit stands before the note that it numbers.
pub(super) fn opens_note(before: &Segment, part: &Segment) -> bool {
    before.size < 0.85 * part.size
        && before.v < part.v - 0.1 * part.size
        && before.text.trim().bytes().all(|byte| byte.is_ascii_digit())
        && part.text.starts_with(char::is_alphabetic)
}

/// Parts the number of a note from its first word, where the file writes them as one (`1Kommunfullmäktiges`): at the start
/// of a line in smaller print than the page's.
pub(super) fn part_note_marks(lines: &mut [Laid]) {
    let mut sizes: Vec<f32> = lines.iter().map(|laid| laid.line.size).collect();
    sizes.sort_by(f32::total_cmp);
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
    for Laid { line, .. } in lines {
        let digits = line.text.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=2).contains(&digits) || line.size >= usual * 0.95 || !line.pieces.is_empty() {
            continue;
        }
        let word: Vec<char> = line.text[digits..]
            .chars()
            .take_while(|char| !char.is_whitespace())
            .collect();
        // What may be the second half of a code is none.
        let is_word = word.len() > 1
            && word[0].is_uppercase()
            && word[1].is_alphabetic()
            && !word.iter().all(char::is_ascii_hexdigit);
        if is_word {
            line.text.insert(digits, ' ');
        }
    }
}
