//! Words that an OCR engine has cut in two (`gru ndskolan`).
//!
//! Comes in: the text of a mangled page. Goes out: the blanks that stand inside words, to be taken away. Two pieces are one
//! word only where a piece is no word by itself, neither as it stands nor with its marks, and both together are one.

use super::candidates::{Candidate, Memory, with_memory};
use super::ledger::Edit;
use super::tokens::{Kind, Token, tokens};
use crate::lexicon::{self, Figures};

/// What a blank inside a word costs, in nats.
const EXTRA_BLANK: f32 = 9.0;
/// A piece that costs more, in nats, is no word, however it was misread.
const STRANGE: f32 = 16.0;
/// So many words of a page are cut by an engine that reads their letters well.
const MOST_PLAIN: usize = 2;
/// How common a word must be whose one piece is a word as well.
const SEEN: u32 = 20;
/// What is no name, in nats: a capitalised piece needs not be known.
const NAME: f32 = 6.0;

/// Finds the blanks of `text` that stand inside words.
pub(super) fn find(text: &str, figures: &Figures<'_>) -> Vec<Edit> {
    let tokens = tokens(text);
    with_memory(figures, |memory| {
        let mut edits = Vec::new();
        let (mut at, mut plain) = (0, 0);
        while let [first, second, ..] = &tokens[at..] {
            at += 1;
            if is_cut(text, first, second, figures, memory) {
                let is_misread = |token: &Token| {
                    let mut letters = text[token.range.clone()].chars().skip(1);
                    letters.any(|letter| !letter.is_ascii_lowercase())
                };
                plain += usize::from(!is_misread(first) && !is_misread(second));
                edits.push(Edit {
                    range: first.range.end..second.range.start,
                    now: String::new(),
                    rule: "blanks",
                    confidence: 0.8,
                    alternatives: Vec::new(),
                });
                // A word in three pieces is not looked for.
                at += 1;
            }
        }
        // A page with many words cut between letters that were read well was written so.
        if plain > MOST_PLAIN {
            edits.clear();
        }
        edits
    })
}

/// Whether `first` and `second` are the pieces of one word.
fn is_cut(
    text: &str,
    first: &Token,
    second: &Token,
    figures: &Figures<'_>,
    memory: &mut Memory,
) -> bool {
    let (from, to) = (first.range.end, second.range.start);
    if [first, second].iter().any(|token| token.kind != Kind::Word)
        || text.get(from..to) != Some(" ")
        || !text[second.range.clone()].starts_with(char::is_lowercase)
    {
        return false;
    }
    let pieces = [&text[first.range.clone()], &text[second.range.clone()]];
    // Most pairs of words are two words.
    let known = |word: &str| lexicon::count(word) > 0;
    if pieces.iter().all(|piece| known(piece)) {
        return false;
    }
    let cost = |candidates: &[Candidate]| {
        candidates
            .iter()
            .map(|candidate| candidate.channel + candidate.prior)
            .fold(f32::MAX, f32::min)
    };
    let apart = pieces.map(|piece| cost(&memory.candidates(figures, piece, false)));
    let strange = apart.iter().filter(|cost| **cost > STRANGE).count();
    if strange == 0 {
        return false;
    }
    let whole = format!("{}{}", pieces[0], pieces[1]);
    let name = pieces[0].starts_with(char::is_uppercase);
    let found = memory.candidates(figures, &whole, false);
    let words: Vec<Candidate> = found
        .iter()
        .filter(|word| word.second.is_none() && word.like.is_some())
        // What stands beside a word makes a new compound with it too easily.
        .filter(|word| {
            strange == 2 && word.marks || word.id.is_some_and(|id| figures.count(id) >= SEEN)
        })
        .cloned()
        .collect();
    cost(&words) + EXTRA_BLANK + if name { NAME } else { 0.0 } < apart[0] + apart[1]
}

#[cfg(test)]
mod tests {
    use super::super::ledger;
    use super::*;

    fn joined(text: &str) -> String {
        ledger::apply(text, &find(text, &Figures::new(None)))
    }

    #[test]
    fn a_word_cut_in_two_is_one_again() {
        for (cut, whole) in [
            ("en m6j ligt insats", "en m6jligt insats"),
            ("alla doku ment finns", "alla dokument finns"),
            ("de bevil jade medel", "de beviljade medel"),
        ] {
            assert_eq!(joined(cut), whole);
        }
    }

    #[test]
    fn two_words_stay_two() {
        for text in [
            "av omsorg och for behov",
            "en social tjanst",
            "om mojligt till foljd av",
            "hos Berit Kvastlund i dag",
            "for forskolan och fran namnden",
        ] {
            assert_eq!(joined(text), text);
        }
    }

    #[test]
    fn a_writer_who_cuts_many_words_is_left_alone() {
        let text = "doku menten och bevil jade medel samt doku mentet";
        assert_eq!(joined(text), text);
    }
}
