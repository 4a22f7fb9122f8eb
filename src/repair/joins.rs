//! Words that an OCR engine has cut in two (`gru ndskolan`).
//!
//! Comes in: the words of a mangled page, each with what it may have been. Goes out: the blanks that stand inside words, to
//! be taken away. Two pieces are one word only where a piece is no word by itself, neither as it stands nor with its marks,
//! and both together are one.

use super::candidates::{Candidate, with_memory};
use super::lattice::{Choices, Node};
use super::ledger::Edit;
use super::tokens::Kind;
use crate::lexicon::{self, Figures};

/// What a blank inside a word costs, in nats.
const EXTRA_BLANK: f32 = 9.0;
/// What a word in two pieces may cost to be misread, in nats.
const REACH: f32 = 4.0;
/// A piece that costs more, in nats, is no word, however it was misread.
const STRANGE: f32 = 16.0;
/// So many words of a page are cut by an engine that reads their letters well.
const MOST_PLAIN: usize = 2;
/// How common a word must be whose one piece is a word as well.
const SEEN: u32 = 20;
/// How common it must be where either piece may be a misread word.
const COMMON: u32 = 1000;
/// What is no name, in nats: a capitalised piece needs not be known.
const NAME: f32 = 6.0;

/// A word that may be a piece of another.
#[derive(Clone, Copy)]
struct Piece<'a> {
    text: &'a str,
    range: (usize, usize),
    /// Whether it is a word as it stands.
    known: bool,
    /// Whether it is none, or hardly one.
    rare: bool,
    /// What it costs as the likeliest word, in nats.
    cost: f32,
}

impl Piece<'_> {
    fn is_strange(&self) -> bool {
        self.cost > STRANGE
    }

    /// Whether other letters than small ones stand in it: its engine has misread it.
    fn is_misread(&self) -> bool {
        let mut letters = self.text.chars().skip(1);
        letters.any(|letter| !letter.is_ascii_lowercase())
    }
}

/// Finds the blanks of `text` that stand inside words; `nodes` are its words with what each may have been.
pub(super) fn find(text: &str, nodes: &[Node], figures: &Figures<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut plain = 0;
    let mut before: Option<Piece<'_>> = None;
    for node in nodes {
        let piece = match &node.choices {
            Choices::Words(words) if node.kind == Kind::Word => Some(Piece {
                text: &text[node.range.clone()],
                range: (node.range.start, node.range.end),
                known: words[0].id.is_some(),
                rare: words[0].id.is_none_or(|id| figures.count(id) < SEEN),
                cost: cost(words),
            }),
            _ => None,
        };
        if let (Some(first), Some(second)) = (before, piece)
            && text.get(first.range.1..second.range.0) == Some(" ")
            && is_cut(&first, &second, figures)
        {
            plain += usize::from(!first.is_misread() && !second.is_misread());
            edits.push(Edit {
                range: first.range.1..second.range.0,
                now: String::new(),
                rule: "blanks",
                confidence: 0.8,
                alternatives: Vec::new(),
            });
            // A word in three pieces is not looked for.
            before = None;
        } else {
            before = piece;
        }
    }
    // A page with many words cut between letters that were read well was written so.
    if plain > MOST_PLAIN {
        edits.clear();
    }
    edits
}

/// The least cost of `candidates`, in nats.
fn cost(candidates: &[Candidate]) -> f32 {
    candidates
        .iter()
        .map(|candidate| candidate.channel + candidate.prior)
        .fold(f32::MAX, f32::min)
}

/// Whether `first` and `second` are the pieces of one word.
fn is_cut(first: &Piece<'_>, second: &Piece<'_>, figures: &Figures<'_>) -> bool {
    let strange = [first, second].map(Piece::is_strange);
    // Most pairs of words are two words.
    if !second.text.starts_with(char::is_lowercase) {
        return false;
    }
    // Two pieces that others have written as words by a slip, or that are misread words by chance (`kommu nen`).
    if first.rare && second.rare && is_common(first, second, figures) {
        return true;
    }
    if first.known && second.known || strange == [false; 2] {
        return false;
    }
    let name = first.text.starts_with(char::is_uppercase);
    let whole = format!("{}{}", first.text, second.text);
    let found = with_memory(figures, |memory| memory.narrow(figures, &whole, REACH));
    // What stands beside a word makes another with it too easily.
    let is_seen = |word: &Candidate| {
        word.id.is_some_and(|id| figures.count(id) >= SEEN) || strange == [true; 2]
    };
    let together = found
        .iter()
        .filter(|word| is_seen(word))
        .map(|word| word.channel + word.prior)
        .fold(f32::MAX, f32::min);
    together + EXTRA_BLANK + if name { NAME } else { 0.0 } < first.cost + second.cost
}

/// Whether `first` and `second` together are a common word as they stand, or but for marks.
fn is_common(first: &Piece<'_>, second: &Piece<'_>, figures: &Figures<'_>) -> bool {
    let whole = format!("{}{}", first.text, second.text);
    let bare = lexicon::without_marks(&whole.to_lowercase());
    let found = with_memory(figures, |memory| memory.narrow(figures, &whole, REACH));
    found.iter().any(|word| {
        word.id.is_some_and(|id| figures.count(id) >= COMMON)
            && lexicon::without_marks(&word.text.to_lowercase()) == bare
    })
}

#[cfg(test)]
mod tests {
    use super::super::{ledger, letters};
    use super::*;

    fn joined(text: &str) -> String {
        let figures = Figures::new(None);
        ledger::apply(text, &letters::cuts(text, &figures))
    }

    #[test]
    fn a_word_cut_in_two_is_one_again() {
        for (cut, whole) in [
            ("en m6j ligt insats", "en m6jligt insats"),
            ("alla doku ment finns", "alla dokument finns"),
            ("de bevil jade medel", "de beviljade medel"),
            ("hela kommu nen far", "hela kommunen far"),
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
