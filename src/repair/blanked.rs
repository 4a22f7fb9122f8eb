//! Letters that an encoding had no sign for: every å, ä and ö of the page has become a question mark.
//!
//! Comes in: the text of a damaged page. Goes out: the question marks that stand where letters were, as U+FFFD, so that
//! they are weighed like other lost letters; what is not found out becomes a question mark again.

use super::ledger::Edit;
use crate::lexicon;

/// What stands for a letter that is lost.
pub(super) const LOST: char = '\u{fffd}';

fn edit(at: usize, was: char, now: char) -> Edit {
    Edit {
        range: at..at + was.len_utf8(),
        now: now.to_string(),
        rule: "lost-letters",
        confidence: 0.5,
        alternatives: Vec::new(),
    }
}

/// The question marks of `text` that are lost letters; none where the page has real letters of their kind.
pub(super) fn find(text: &str) -> Vec<Edit> {
    if !text.contains('?') || text.contains(LOST) {
        return Vec::new();
    }
    let bytes = text.as_bytes();
    let letter = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(|byte| byte.is_ascii_alphabetic())
    };
    let inside = text
        .match_indices('?')
        .filter(|(at, _)| letter(at.checked_sub(1)) && letter(Some(at + 1)))
        .count();
    // A question is asked at a word's end; a page with several inside words has lost letters.
    if inside < 3 || text.contains(['å', 'ä', 'ö']) {
        return Vec::new();
    }
    let mut edits = Vec::new();
    for word in text.split_whitespace() {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        if word.contains("://") || word.contains("www.") {
            continue;
        }
        for (at, _) in word.match_indices('?') {
            let (before, after) = (
                letter((start + at).checked_sub(1)),
                letter(Some(start + at + 1)),
            );
            let is_letter = match (before, after) {
                (_, true) => true,
                (false, false) => false,
                // At a word's end it is a question where what stands before it is a word.
                (true, false) => {
                    let bare = word[..at].trim_start_matches(|c: char| !c.is_alphanumeric());
                    lexicon::count(bare) < 20
                        || matches!(
                            bare.to_lowercase().as_str(),
                            "p" | "s" | "f" | "d" | "n" | "g" | "m"
                        )
                }
            };
            // `?` in a row, as in `n??r`, are the two bytes of one letter; the first stands for both.
            if is_letter && !word[..at].ends_with('?') {
                edits.push(edit(start + at, '?', LOST));
            }
        }
    }
    edits
}

/// What makes the lost letters of `text` that were not found out question marks again.
pub(super) fn back(text: &str) -> Vec<Edit> {
    text.match_indices(LOST)
        .map(|(at, _)| edit(at, LOST, '?'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::ledger::apply;
    use super::*;

    #[test]
    fn questions_stay_and_lost_letters_are_found() {
        let text = "F?rvaltningen f?resl?r att n?mnden g?r det p? v?ren. ?r det klart? Ja.";
        assert_eq!(
            apply(text, &find(text)).replace(LOST, "*"),
            "F*rvaltningen f*resl*r att n*mnden g*r det p* v*ren. *r det klart? Ja."
        );
        for sound in ["Vad är det? Vem?", "What? Who? When?", "a?b och c?d"] {
            assert!(find(sound).is_empty(), "{sound}");
        }
        assert_eq!(apply("n\u{fffd}r", &back("n\u{fffd}r")), "n?r");
    }
}
