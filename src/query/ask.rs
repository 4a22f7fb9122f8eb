//! What is asked of the index, in its terms: the tree that `plan` makes of a query and `part` walks over a segment with.

use std::rc::Rc;

use super::Error;
use super::terms::{Known, Terms};

/// What is asked of the index. Scores are never below 0.
#[derive(Clone, Debug)]
pub(super) enum Ask {
    /// No paper.
    Nothing,
    /// Every paper that has been read.
    Read,
    /// Papers that have this term, scored by how often (BM25) times the weight.
    Term(Rc<Known>, f32),
    /// Papers that have this term, all with this score.
    Filter(Rc<Known>, f32),
    /// Papers that have any of these terms, all with this score.
    AnyOf(Vec<Rc<Known>>, f32),
    /// Papers that say this.
    Phrase(Said),
    /// Papers whose own date is one of these, both included: `20160414`.
    Dated(u64, u64),
    /// Papers that match any of these, scored by the best of them.
    Best(Vec<Ask>),
    /// Papers that match any of these, scored by all of them.
    Sum(Vec<Ask>),
    /// Papers that match `body`; those that have a term of `bonus` score more, whether often or not.
    Word {
        /// What a paper must match.
        body: Box<Ask>,
        /// Terms that make it score more, with their weights.
        bonus: Vec<(Rc<Known>, f32)>,
    },
    /// Papers that match all of `must` and none of `never`; those that match one of `bonus` score more.
    All {
        /// What a paper must match; something at least.
        must: Vec<Ask>,
        /// What a paper may not match.
        never: Vec<Ask>,
        /// What makes it score more.
        bonus: Vec<Said>,
    },
}

/// Words side by side, or near each other.
#[derive(Clone, Debug)]
pub(super) struct Said {
    /// The terms, each with its place.
    pub(super) terms: Vec<(usize, Rc<Known>)>,
    /// By how many places they may be off; more than none only for two terms.
    pub(super) slop: u32,
    /// What the score is multiplied with, which tells how often it is said and how rare its terms are (BM25).
    pub(super) weight: f32,
}

impl Ask {
    /// The same papers with scores this many times as high.
    pub(super) fn times(self, by: f32) -> Ask {
        let all = |asks: Vec<Ask>| asks.into_iter().map(|ask| ask.times(by)).collect();
        match self {
            Ask::Nothing | Ask::Read | Ask::Dated(..) => self,
            Ask::Term(term, weight) => Ask::Term(term, weight * by),
            Ask::Filter(term, score) => Ask::Filter(term, score * by),
            Ask::AnyOf(terms, score) => Ask::AnyOf(terms, score * by),
            Ask::Phrase(said) => Ask::Phrase(said.times(by)),
            Ask::Best(asks) => Ask::Best(all(asks)),
            Ask::Sum(asks) => Ask::Sum(all(asks)),
            Ask::Word { body, bonus } => Ask::Word {
                body: Box::new(body.times(by)),
                bonus: bonus
                    .into_iter()
                    .map(|(term, weight)| (term, weight * by))
                    .collect(),
            },
            Ask::All { must, never, bonus } => Ask::All {
                must: all(must),
                never,
                bonus: bonus.into_iter().map(|said| said.times(by)).collect(),
            },
        }
    }

    /// Adds to `key` what tells the papers of segment `number` that match; whether it can be told in few numbers.
    pub(super) fn key(&self, number: usize, key: &mut Vec<u64>) -> bool {
        let place = |term: &Known| {
            let info = term.places.get(number).and_then(Option::as_ref);
            let start = info.map_or(u64::MAX, |info| info.postings_range.start as u64);
            [u64::from(term.field.field_id()), start]
        };
        match self {
            Ask::Term(term, _) | Ask::Filter(term, _) => {
                key.push(0);
                key.extend(place(term));
                true
            }
            Ask::Phrase(said) => {
                key.extend([1, u64::from(said.slop), said.terms.len() as u64]);
                for (at, term) in &said.terms {
                    key.push(*at as u64);
                    key.extend(place(term));
                }
                true
            }
            Ask::Best(asks) | Ask::Sum(asks) => {
                key.extend([2, asks.len() as u64]);
                asks.iter().all(|ask| ask.key(number, key))
            }
            Ask::Word { body, .. } => body.key(number, key),
            Ask::Nothing | Ask::Read | Ask::AnyOf(..) | Ask::Dated(..) | Ask::All { .. } => false,
        }
    }

    /// Words side by side, or at most `slop` places from that: a single one is a term.
    pub(super) fn beside(mut terms: Vec<(usize, Rc<Known>)>, slop: u32) -> Ask {
        match terms.len() {
            0 => Ask::Nothing,
            1 => terms
                .pop()
                .map_or(Ask::Nothing, |(_, term)| Ask::Term(term, 1.0)),
            _ => Ask::Phrase(Said {
                terms,
                slop,
                weight: 1.0,
            }),
        }
    }
}

impl Said {
    fn times(self, by: f32) -> Said {
        let weight = self.weight * by;
        Said { weight, ..self }
    }
}

/// Every paper that has been read, by what is taken from all: the terms of files of which nothing was read, and of copies.
pub(super) fn unread(terms: &Terms<'_>) -> Result<Vec<Rc<Known>>, Error> {
    use crate::record::State;
    let state = terms.fields().state;
    [State::Failed, State::Skipped, State::Copy]
        .map(|of| terms.get(state, of.name()))
        .into_iter()
        .collect()
}
