//! Bullets, dashes, quotation marks and brackets that an OCR engine took for something else.
//!
//! Comes in: the text of a page. Goes out: changes of single signs that stand alone or at a word's edge: on a mangled page those
//! that are likely, on any page those that it proves itself.

use super::ledger::Edit;
use super::tokens::is_code;
use crate::lexicon::Verdict;

/// Finds the changes of `text`, whose verdict is `verdict`.
pub(super) fn find(text: &str, verdict: Verdict) -> Vec<Edit> {
    let mut edits = Vec::new();
    if !matches!(verdict, Verdict::Mangled | Verdict::LostMarks) {
        return edits;
    }
    // A page whose letters are merely without marks keeps all signs but those that no Swedish line begins with.
    let mangled = verdict == Verdict::Mangled;
    let mut push = |start: usize, was: &str, now: &str, confidence: f32| {
        edits.push(Edit {
            range: start..start + was.len(),
            now: now.to_owned(),
            rule: "signs",
            confidence,
            alternatives: Vec::new(),
        });
    };
    // Swedish quotes with ” on both sides; the page shows whether its engine can read it.
    let curved = text.contains(['”', '“']);
    // Where every opening one is “, the writer may have set them so, as the English do.
    let english = text.contains('“')
        && !text
            .split_whitespace()
            .any(|word| word.len() > 3 && word.starts_with(['"', '”']));
    let place = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    // A list whose every item begins with the same odd sign.
    const ODD: [&str; 6] = ["0", "°", "'", "‘", "~", "="];
    let mut items = [0; ODD.len()];
    for line in text.lines().filter(|_| mangled) {
        if let Some(sign) = opens(line).and_then(|sign| ODD.iter().position(|odd| *odd == sign)) {
            items[sign] += 1;
        }
    }
    let lists: Vec<&str> = ODD
        .into_iter()
        .zip(items)
        .filter(|(_, items)| *items >= 3)
        .map(|(sign, _)| sign)
        .collect();
    for line in text.lines() {
        let mut words = line.split_whitespace().peekable();
        let mut first = true;
        let mut number = false;
        while let Some(word) = words.next() {
            if let Some(at) = square(word, number).filter(|_| mangled) {
                let sign = word[at..].chars().next().map_or(0, char::len_utf8);
                push(place(word) + at, &word[at..at + sign], "²", 0.7);
            }
            number = word.ends_with(|c: char| c.is_ascii_digit());
            if word.len() > 2 && word.bytes().all(|byte| byte.is_ascii() && byte != b'"') {
                if mangled && word.starts_with("(Sol)") {
                    push(place(word) + 1, "Sol", "SoL", 0.8);
                }
                if is_code(word) {
                    push(place(word), "{", "(", 0.9);
                    if let Some(at) = word.find(['}', ']']) {
                        push(place(word) + at, &word[at..=at], ")", 0.9);
                    }
                }
                first = false;
                continue;
            }
            let alone = first && words.peek().is_none() && matches!(word, "«" | "»" | "¢");
            let before_word = alone
                || words
                    .peek()
                    .is_some_and(|next| next.chars().filter(|c| c.is_alphabetic()).count() >= 2);
            match word {
                "«" | "»" | "¢" | "©" | "*" | "+" | "e" | "®" | "¢»" | "+»" | "eo"
                    if first
                        && before_word
                        && (mangled || matches!(word, "«" | "»" | "¢" | "¢»" | "+»")) =>
                {
                    push(place(word), word, "•", 0.8);
                }
                _ if first && before_word && lists.contains(&word) => {
                    push(place(word), word, "•", 0.7);
                }
                "—" if mangled => push(place(word), word, "–", 0.9),
                "|" if mangled && before_word => {
                    // Inside a sentence it is no capital.
                    let before = text[..place(word)].trim_end().chars().next_back();
                    let inside = !first && before.is_some_and(|c| c.is_lowercase() || c == ',');
                    push(place(word), word, if inside { "i" } else { "I" }, 0.8);
                }
                _ if mangled => {
                    let mut letters = word.chars().rev();
                    if letters.next() == Some('—')
                        && letters.next().is_some_and(char::is_alphabetic)
                    {
                        push(place(word) + word.len() - '—'.len_utf8(), "—", "-", 0.8);
                    }
                    for (at, sign) in word.char_indices() {
                        let around = |c: Option<char>, is: fn(char) -> bool| c.is_some_and(is);
                        let before = word[..at].chars().next_back();
                        let after = word[at..].chars().nth(1);
                        if sign == '—'
                            && around(before, char::is_alphabetic)
                            && around(after, char::is_alphabetic)
                        {
                            push(place(word) + at, "—", "-", 0.8);
                        }
                        // At a word's end the engine reads them as they are.
                        if sign == '“' && !english || sign == '"' && curved && at == 0 {
                            let start = place(word) + at;
                            push(start, &text[start..start + sign.len_utf8()], "”", 0.8);
                        }
                    }
                }
                _ => {}
            }
            first = false;
        }
    }
    edits
}

/// The bullets of a list that an engine took for quotation marks, on pages that are sound otherwise: an engine that knows Swedish does
/// so too. Only where the page proves it: no line begins with the sign that closes a quotation, a blank behind it, and two in the list do
/// not look alike by chance.
pub(super) fn bullets(text: &str) -> Vec<Edit> {
    const SIGNS: [&str; 4] = ["«", "»", "»«", "+»"];
    if !text.contains('«') {
        return Vec::new();
    }
    let items: Vec<&str> = text
        .lines()
        .filter_map(|line| {
            let line = line.trim_start();
            let (sign, rest) = line.split_once([' ', '\t'])?;
            let is_item = SIGNS.contains(&sign) && rest.chars().any(char::is_alphabetic);
            // A quotation as the French set it.
            (is_item && !rest.contains('»')).then_some(sign)
        })
        .collect();
    let proof = items
        .iter()
        .any(|sign| sign.starts_with('«') || sign.ends_with('«'));
    if !proof || items.len() < 2 {
        return Vec::new();
    }
    items
        .into_iter()
        .map(|sign| {
            let start = sign.as_ptr() as usize - text.as_ptr() as usize;
            Edit {
                range: start..start + sign.len(),
                now: "•".to_owned(),
                rule: "bullets",
                confidence: 0.9,
                alternatives: Vec::new(),
            }
        })
        .collect()
}

/// Signs of paragraphs that an engine took for dollars (`$ 12 Val av justerare`, `4 kap. 13 $ skollagen`, `$$ 14–16`), where money
/// does not stand.
pub(super) fn paragraph_signs(text: &str) -> Vec<Edit> {
    // Whoever writes of dollars may mean them.
    if !text.contains('$') || text.contains("USD") || text.to_lowercase().contains("dollar") {
        return Vec::new();
    }
    let number = |word: Option<&&str>| {
        word.is_some_and(|word| {
            let word = word.trim_matches([',', '.', ';', ':', ')']);
            let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
            let sound = digits.split(['-', '–']).all(|part| {
                (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
            });
            sound && word.len() <= digits.len() + 1
        })
    };
    let mut edits = Vec::new();
    for line in text.lines().filter(|line| line.contains('$')) {
        let words: Vec<&str> = line.split_whitespace().collect();
        for (at, word) in words.iter().enumerate() {
            let sign = word.trim_end_matches([',', '.', ';', ':', ')']);
            let before = |n: usize| at.checked_sub(n).and_then(|at| words.get(at));
            let (next, third) = (words.get(at + 1), words.get(at + 2));
            // `$ 100 000` is money.
            let thousands = third.is_some_and(|third| {
                third.len() == 3 && third.bytes().all(|byte| byte.is_ascii_digit())
            });
            let is_one = match sign {
                "$$" => number(next) || number(before(1)),
                // A heading; a sum that the line before has left over goes on in small letters.
                "$" if at == 0 => {
                    number(next) && third.is_some_and(|third| third.starts_with(char::is_uppercase))
                }
                "$" => {
                    let heads = at == 1
                        && number(before(1))
                        && next.is_some_and(|next| next.starts_with(char::is_uppercase));
                    let cited = number(before(1))
                        && before(2).is_some_and(|word| {
                            ["kap.", "kap", "i", "av", "enligt"]
                                .contains(&word.to_lowercase().as_str())
                        });
                    let dated = number(next)
                        && !thousands
                        && before(1).is_some_and(|word| {
                            word.len() == 11
                                && word.ends_with(',')
                                && word.matches('-').count() == 2
                        });
                    heads || cited || dated
                }
                _ => false,
            };
            if is_one {
                let start = word.as_ptr() as usize - text.as_ptr() as usize;
                edits.push(Edit {
                    range: start..start + sign.len(),
                    now: "§".repeat(sign.len()),
                    rule: "paragraph-signs",
                    confidence: 0.9,
                    alternatives: Vec::new(),
                });
            }
        }
    }
    edits
}

/// Where in `word` the two of square metres stands, misread (`40 m?`, `kr/m*`); `number` says whether a number stands before.
fn square(word: &str, number: bool) -> Option<usize> {
    let bare = word.trim_end_matches(['.', ',', ';', ')']);
    let unit = bare.strip_suffix(['?', '®', '*'])?;
    (number && unit == "m" || unit.ends_with("/m") && unit.len() > 2).then_some(unit.len())
}

/// The sign with which `line` begins, alone, when it goes on with a word.
fn opens(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let second = line.char_indices().nth(1)?;
    if !second.1.is_whitespace() {
        return None;
    }
    let word = line[second.0..].split_whitespace().next()?;
    (word.chars().filter(|c| c.is_alphabetic()).count() >= 2).then_some(&line[..second.0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::ledger;

    #[test]
    fn signs_of_paragraphs_are_no_dollars() {
        let mended = |text: &str| ledger::apply(text, &paragraph_signs(text));
        for (was, now) in [
            ("$ 12 Val av justerare", "§ 12 Val av justerare"),
            (
                "enligt 4 kap. 13 $ skollagen",
                "enligt 4 kap. 13 § skollagen",
            ),
            ("som avses i 2 $, om", "som avses i 2 §, om"),
            ("6 $ Nämnden tar ut avgift", "6 § Nämnden tar ut avgift"),
            (
                "Omedelbart justerade $$ 14-16",
                "Omedelbart justerade §§ 14-16",
            ),
            ("Utskottet 2024-09-10, $ 240", "Utskottet 2024-09-10, § 240"),
            (
                "med stöd av 10 och 27 $$ skollagen",
                "med stöd av 10 och 27 §§ skollagen",
            ),
        ] {
            assert_eq!(mended(was), now);
            assert_eq!(mended(now), now);
        }
        for kept in [
            "$ 100 000 betalades",
            "$ 40 per person",
            "Priset är 12 $ per styck",
            "Resan kostade $ 40",
            "$ 12 är tolv dollar",
            "US$ 12",
            "$HOME $$",
        ] {
            assert_eq!(mended(kept), kept);
        }
    }

    #[test]
    fn bullets_of_a_sound_page_are_known_by_a_sign_that_no_line_begins_with() {
        let list = "Nämnden ska\n« följa upp målen\n» redovisa kostnaden\n  »« rapportera i maj\nsamt mer.";
        let mended = ledger::apply(list, &bullets(list));
        assert_eq!(
            mended,
            "Nämnden ska\n• följa upp målen\n• redovisa kostnaden\n  • rapportera i maj\nsamt mer."
        );
        assert!(bullets(&mended).is_empty());
        for kept in [
            // Somebody's own bullets.
            "» följa upp målen\n» redovisa kostnaden",
            // Quotations, as the French and as Swedish books set them.
            "« Bonjour », dit-il.\n« Oui »",
            "»Ja», sade hon.\n«Nej», sade han.",
            // One alone may be anything.
            "« följa upp målen\noch mer",
            "« 12\n« 14",
        ] {
            assert!(bullets(kept).is_empty(), "{kept}");
        }
    }
}
