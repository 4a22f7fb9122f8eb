//! A page's text → the passages that the judge sees otherwise than the page: a quotation that an engine has misread on a
//! sound page, an English summary on a misread one.
//!
//! A passage is what stands between empty lines. Only one that is long enough to be judged alone is looked at.

use std::ops::Range;

use crate::lexicon::{self, Verdict};

/// Letters that a passage without å, ä and ö must have to be suspected on a sound page: Swedish would have ten of them.
const SUSPECT: usize = 200;
/// Letters that a passage must have to be spared on a damaged page.
const SPARED: usize = 120;

/// Bytes that a sentence must have to be spared.
const SENTENCE: usize = 24;

/// The passages of `text`, as byte ranges; none when it has but one.
fn passages(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let (mut at, mut open) = (0, false);
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        let empty = line.trim().is_empty();
        match out.last_mut() {
            Some(last) if open && !empty => last.end = end,
            _ if !empty => out.push(at..end),
            _ => {}
        }
        (open, at) = (!empty, end);
    }
    if out.len() < 2 { Vec::new() } else { out }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

fn has_marks(text: &str) -> bool {
    text.contains(['å', 'ä', 'ö', 'Å', 'Ä', 'Ö'])
}

/// The damaged passages of `text`, a sound page, in their order.
pub(super) fn damaged(text: &str) -> Vec<(Range<usize>, Verdict)> {
    passages(text)
        .into_iter()
        .filter(|range| range.len() >= SUSPECT && !has_marks(&text[range.clone()]))
        .filter(|range| letters(&text[range.clone()]) >= SUSPECT)
        .map(|range| (range.clone(), lexicon::judge(&text[range]).verdict))
        .filter(|(_, verdict)| matches!(verdict, Verdict::LostMarks | Verdict::Mangled))
        .collect()
}

/// The passages and sentences of `text`, a damaged page, that are sound Swedish or another language.
pub(super) fn spared(text: &str) -> Vec<Range<usize>> {
    let mut out = sound(text);
    let mut at = 0;
    for sentence in text.split_inclusive(['.', '!', '?']) {
        let range = at..at + sentence.len();
        at = range.end;
        if sentence.len() >= SENTENCE && lexicon::is_foreign_sentence(sentence) {
            out.push(range);
        }
    }
    out
}

/// The passages of `text`, a damaged page, that are sound Swedish or another language, in their order.
fn sound(text: &str) -> Vec<Range<usize>> {
    passages(text)
        .into_iter()
        .filter(|range| range.len() >= SPARED && letters(&text[range.clone()]) >= SPARED)
        .filter(|range| {
            let passage = &text[range.clone()];
            has_marks(passage) && lexicon::judge(passage).verdict == Verdict::Clean
                || lexicon::is_foreign(passage)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_stand_between_empty_lines() {
        let text = "en\ntva\n\n \ntre\n\nfyra";
        let all: Vec<&str> = passages(text)
            .into_iter()
            .map(|range| &text[range])
            .collect();
        assert_eq!(all, ["en\ntva\n", "tre\n", "fyra"]);
        assert!(passages("en\ntva\n").is_empty());
        assert!(passages("").is_empty());
    }
}
