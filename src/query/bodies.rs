//! How a body is called by those who work with it: the words of its name, and its letters. Pure.

use std::collections::BTreeSet;

use crate::swedish::{compounds, nested, words};

/// Letters of the shortest and the longest of the short names.
const SHORT: std::ops::RangeInclusive<usize> = 2..=5;

/// Whether `typed` is the name `name` in the mouth of those who know it: each word typed is a word of the name, begins one or is a
/// part of one (`vård och omsorg`, `stadsdelsnämnd`), or the letters are those that its parts begin with (`VON`).
pub(super) fn called(typed: &str, name: &str) -> bool {
    let said: Vec<String> = telling(typed).collect();
    let named: Vec<String> = telling(name).collect();
    if said.is_empty() {
        return false;
    }
    said.iter()
        .all(|word| named.iter().any(|named| is_part(word, named)))
        || is_short_name(typed, &named)
}

/// The words of a name without those that only join them.
fn telling(name: &str) -> impl Iterator<Item = String> + '_ {
    let words = words::words(name).map(|word| word.form);
    words.filter(|word| !["och", "samt", "för", "i"].contains(&word.as_str()))
}

/// Whether `typed` is the word `named` in some inflection, begins it, or is a part of it.
fn is_part(typed: &str, named: &str) -> bool {
    let stem = words::with_forms(typed, |forms| forms.stem.clone());
    let begins = typed.chars().count() > 2
        && (named.starts_with(typed) || words::fold(named).starts_with(typed));
    begins
        || words::with_forms(named, |forms| {
            forms.stem == stem || forms.parts.contains(&stem)
        })
}

/// Whether `typed` is made of the letters with which the words `named` begin, and the last part of the last: KS of
/// kommunstyrelsen, BUN of barn- och utbildningsnämnden. Parts within the words may be left out or not: MHN, MHSN.
fn is_short_name(typed: &str, named: &[String]) -> bool {
    let letters: Vec<char> = typed.chars().collect();
    if !SHORT.contains(&letters.len()) || !letters.iter().all(|letter| letter.is_uppercase()) {
        return false;
    }
    // Each letter, and whether the name must have it.
    let mut wanted: Vec<(char, bool)> = Vec::new();
    for (number, word) in named.iter().enumerate() {
        // The board of the last word is never left out.
        let board = compounds::parts(word).last().map_or(0, |part| part.start);
        let parts = nested::parts_of_parts(word);
        let starts = parts.iter().map(|part| part.range.start);
        let starts: BTreeSet<usize> = std::iter::once(0).chain(starts).collect();
        for start in starts {
            let last = number + 1 == named.len() && start == board;
            let letter = word.get(start..).and_then(|rest| rest.chars().next());
            wanted.extend(letter.map(|letter| (letter, start == 0 || last)));
        }
    }
    // A name of a single part has no such letters.
    if wanted.len() < 2 {
        return false;
    }
    let mut next = letters
        .iter()
        .flat_map(|letter| letter.to_lowercase())
        .peekable();
    for (letter, must) in wanted {
        if next.next_if_eq(&letter).is_none() && must {
            return false;
        }
    }
    next.peek().is_none()
}

#[cfg(test)]
mod tests {
    use super::called;

    #[test]
    fn a_body_is_called_by_the_words_of_its_name_and_by_its_letters() {
        for (typed, name) in [
            ("vård och omsorg", "Vård- och omsorgsnämnden"),
            ("vård- och omsorg", "Vård- och omsorgsnämnden"),
            ("Vård & omsorg", "Vård- och omsorgsnämnden"),
            ("omsorg", "Vård- och omsorgsnämnden"),
            ("barn och utbildning", "Barn- och utbildningsnämnden"),
            ("miljö och hälsoskydd", "Miljö- och hälsoskyddsnämnden"),
            ("kultur- och fritid", "Kultur- och fritidsnämnden"),
            ("stadsdelsnämnd", "Järva stadsdelsnämnd"),
            ("stadsdelsnämnden", "Järva stadsdelsnämnd"),
            ("KS", "Kommunstyrelsen"),
            ("VON", "Vård- och omsorgsnämnden"),
            ("SN", "Socialnämnden"),
            ("BUN", "Barn- och utbildningsnämnden"),
            ("MHN", "Miljö- och hälsoskyddsnämnden"),
            ("MHSN", "Miljö- och hälsoskyddsnämnden"),
            ("KFN", "Kultur- och fritidsnämnden"),
            ("KF", "Kommunfullmäktige"),
        ] {
            assert!(called(typed, name), "{typed} {name}");
        }
        for (typed, name) in [
            ("", "Socialnämnden"),
            ("och", "Vård- och omsorgsnämnden"),
            ("vård och fritid", "Vård- och omsorgsnämnden"),
            ("KS", "Kulturnämnden"),
            ("SN", "Kommunstyrelsen"),
            ("sn", "Socialnämnden"),
            ("VN", "Vård- och omsorgsnämnden"),
            ("värd", "Vård- och omsorgsnämnden"),
        ] {
            assert!(!called(typed, name), "{typed} {name}");
        }
    }
}
