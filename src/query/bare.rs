//! The words of a text without their marks, to look for letters in all of them at once. Pure.

use std::borrow::Cow;

use crate::swedish::words::{self, Word};

/// The words of a text without their marks, behind each other: looking for letters in all of them at once takes a fraction of
/// looking in one after the other.
pub(super) struct Bare {
    letters: String,
    /// Where each word begins.
    starts: Vec<usize>,
}

/// Between two words; no word holds such a sign.
const BETWEEN: char = '\n';

impl Bare {
    /// Those of `words`.
    pub(super) fn of(words: &[Word<Cow<str>>]) -> Bare {
        let letters = words.iter().map(|word| word.form.len() + 1).sum();
        let mut bare = Bare {
            letters: String::with_capacity(letters),
            starts: Vec::with_capacity(words.len()),
        };
        for word in words {
            bare.starts.push(bare.letters.len());
            words::fold_onto(&word.form, &mut bare.letters);
            bare.letters.push(BETWEEN);
        }
        bare
    }

    /// The numbers of the words that have these letters somewhere, in order.
    pub(super) fn with(&self, letters: &str) -> Vec<usize> {
        let found = memchr::memmem::find_iter(self.letters.as_bytes(), letters);
        let mut numbers: Vec<usize> = found
            .map(|place| self.starts.partition_point(|start| *start <= place))
            .filter_map(|behind| behind.checked_sub(1))
            .collect();
        numbers.dedup();
        numbers
    }

    /// The numbers of the words that have one of these somewhere, in order.
    pub(super) fn with_any(&self, keys: &[String]) -> Vec<usize> {
        let mut numbers: Vec<usize> = keys.iter().flat_map(|key| self.with(key)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}
