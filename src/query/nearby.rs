//! What stands near what: where each of two stands in a text, and how far they are apart. Pure.

use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

use super::bare::Bare;
use super::node::{Node, Synonym};
use super::passages::meets;
use super::word::{Stem, Tier, Wanted};
use crate::swedish::words::Word;

/// One way in which what stands at a place of a text is written.
pub(super) enum Side {
    /// A word in every tier.
    Word(Rc<Wanted>),
    /// Words as they are, side by side.
    Phrase(Vec<String>),
    /// The stems of words side by side, and the tier that they count as.
    Stems(Vec<Stem>, Tier),
}

/// What stands at a place of a text, in each way that it may be written.
pub(super) fn sides(node: &Node) -> Vec<Side> {
    let stems = |words: &[String]| words.iter().map(|word| Stem::of(word)).collect();
    match node {
        Node::Word(word) => vec![Side::Word(Wanted::word(word))],
        Node::Phrase(words) => vec![Side::Phrase(words.clone())],
        Node::Beside(words) => vec![
            Side::Phrase(words.clone()),
            Side::Stems(stems(words), Tier::Inflection),
        ],
        Node::Any(nodes) => nodes.iter().flat_map(sides).collect(),
        Node::Also(node, synonyms) => {
            let mut all = sides(node);
            for synonym in synonyms {
                if let Synonym::Words(words) = synonym {
                    all.push(Side::Stems(stems(words), Tier::Synonym));
                }
            }
            all
        }
        _ => Vec::new(),
    }
}

/// Where something stands in a text: its first and last word by their numbers, its letters, and how it was found.
pub(super) struct Stand {
    words: (usize, usize),
    pub(super) range: Range<usize>,
    pub(super) tier: Tier,
}

impl Stand {
    /// Whether at most so many words lie from this to `other`; two parts of one word are near each other too.
    pub(super) fn is_near(&self, other: &Stand, within: usize) -> bool {
        if self.words == other.words {
            return self.range != other.range;
        }
        let apart = |one: &Stand, next: &Stand| next.words.0.checked_sub(one.words.1);
        let behind = apart(self, other).or_else(|| apart(other, self));
        behind.is_some_and(|apart| (1..=within).contains(&apart))
    }
}

/// Where words with these stems stand side by side: the number of the first, and their letters.
pub(super) fn beside(
    stems: &[Stem],
    words: &[Word<Cow<str>>],
    bare: &Bare,
) -> Vec<(usize, Range<usize>)> {
    let Some(first) = stems.first() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for at in bare.with(&first.key) {
        let Some(said) = words.get(at..at + stems.len()) else {
            continue;
        };
        let mut both = said.iter().zip(stems);
        if both.all(|(word, stem)| stem.is_of(&word.form)) {
            let end = said[stems.len() - 1].range.end;
            found.push((at, said[0].range.start..end));
        }
    }
    found
}

/// Where what is written so stands in a text.
pub(super) fn stands(side: &Side, text: &str, words: &[Word<Cow<str>>], bare: &Bare) -> Vec<Stand> {
    match side {
        Side::Word(wanted) => {
            let met = bare.with_any(&wanted.keys).into_iter().filter_map(|at| {
                let (range, tier) = meets(wanted, text, &words[at])?;
                let words = (at, at);
                Some(Stand { words, range, tier })
            });
            met.collect()
        }
        Side::Phrase(phrase) => {
            let said = words.windows(phrase.len()).enumerate();
            let said = said.filter(|(_, said)| said.iter().map(|word| &word.form).eq(phrase));
            let stand = |(at, said): (usize, &[Word<Cow<str>>])| Stand {
                words: (at, at + said.len() - 1),
                range: said[0].range.start..said[said.len() - 1].range.end,
                tier: Tier::Exact,
            };
            said.map(stand).collect()
        }
        Side::Stems(stems, tier) => {
            let found = beside(stems, words, bare).into_iter();
            let stand = |(at, range)| Stand {
                words: (at, at + stems.len() - 1),
                range,
                tier: *tier,
            };
            found.map(stand).collect()
        }
    }
}
