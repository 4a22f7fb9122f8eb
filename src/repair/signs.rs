//! Bullets, dashes and quotation marks that an OCR engine took for something else.
//!
//! Comes in: the text of a mangled page. Goes out: changes of single signs that stand alone or at a word's edge.

use super::ledger::Edit;
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
    let place = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    // A list whose every item begins with the same odd sign.
    let lists: Vec<&str> = ["0", "°", "'", "‘", "~", "="]
        .into_iter()
        .filter(|sign| mangled && text.lines().filter(|line| opens(line, sign)).count() >= 3)
        .collect();
    for line in text.lines() {
        let mut words = line.split_whitespace().peekable();
        let mut first = true;
        while let Some(word) = words.next() {
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
                "|" if mangled && before_word => push(place(word), word, "I", 0.8),
                _ if mangled => {
                    let mut letters = word.chars().rev();
                    if letters.next() == Some('—')
                        && letters.next().is_some_and(char::is_alphabetic)
                    {
                        push(place(word) + word.len() - '—'.len_utf8(), "—", "-", 0.8);
                    }
                    for (at, sign) in word.char_indices() {
                        if sign == '“' || sign == '"' && curved {
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

/// Whether `line` begins with `sign`, alone, and goes on with a word.
fn opens(line: &str, sign: &str) -> bool {
    let mut words = line.split_whitespace();
    words.next() == Some(sign)
        && words
            .next()
            .is_some_and(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 2)
}
