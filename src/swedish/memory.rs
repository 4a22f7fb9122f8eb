//! What was told of words, kept for the next time they are asked about. A thread has its own.
//!
//! Papers say the same words again and again, and the words that a compound is made of come back in others.

use std::borrow::Borrow;
use std::cell::RefCell;
use std::collections::HashSet;
use std::hash::{Hash, Hasher};
use std::thread::LocalKey;

use foldhash::fast::RandomState;

/// A word and what was told of it, known by the word.
struct Told<V> {
    word: Box<str>,
    value: V,
}

impl<V> Borrow<str> for Told<V> {
    fn borrow(&self) -> &str {
        &self.word
    }
}

impl<V> PartialEq for Told<V> {
    fn eq(&self, other: &Told<V>) -> bool {
        self.word == other.word
    }
}

impl<V> Eq for Told<V> {}

impl<V> Hash for Told<V> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.word.hash(state);
    }
}

/// What was told of words: those asked about of late, and those asked about before them. When there are `most` of the first
/// they become the second, so that the words of every paper stay known and those of one paper are forgotten.
pub(super) struct Memory<V> {
    most: usize,
    late: HashSet<Told<V>, RandomState>,
    early: HashSet<Told<V>, RandomState>,
}

impl<V> Memory<V> {
    /// A memory of at most twice as many words as `most`.
    pub(super) fn new(most: usize) -> Memory<V> {
        Memory {
            most,
            late: HashSet::default(),
            early: HashSet::default(),
        }
    }

    fn recall<R>(&mut self, word: &str, take: impl FnOnce(&V) -> R) -> Option<R> {
        if let Some(told) = self.late.get(word) {
            return Some(take(&told.value));
        }
        let told = self.early.take(word)?;
        let taken = take(&told.value);
        self.put(told);
        Some(taken)
    }

    fn put(&mut self, told: Told<V>) {
        if self.late.len() >= self.most {
            self.early = std::mem::take(&mut self.late);
        }
        self.late.insert(told);
    }
}

/// Gives `take` what `tell` says of `word`, or has said of it; `tell` may ask the same memory about other words, `take` not.
pub(super) fn with<V, R>(
    memory: &'static LocalKey<RefCell<Memory<V>>>,
    word: &str,
    tell: impl FnOnce() -> V,
    mut take: impl FnMut(&V) -> R,
) -> R {
    if let Some(taken) = memory.with_borrow_mut(|memory| memory.recall(word, &mut take)) {
        return taken;
    }
    let value = tell();
    let taken = take(&value);
    let word = word.into();
    memory.with_borrow_mut(|memory| memory.put(Told { word, value }));
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    thread_local! {
        static LENGTHS: RefCell<Memory<usize>> = RefCell::new(Memory::new(4));
    }

    #[test]
    fn what_was_told_is_told_again_and_what_nobody_asks_about_is_forgotten() {
        let asked = RefCell::new(Vec::new());
        let length = |word: &'static str| {
            let tell = || {
                asked.borrow_mut().push(word);
                word.len()
            };
            assert_eq!(with(&LENGTHS, word, tell, |length| *length), word.len());
        };
        for word in [
            "a", "bb", "a", "ccc", "dddd", "a", "ee", "a", "f", "g", "h", "a", "bb",
        ] {
            length(word);
        }
        assert_eq!(
            *asked.borrow(),
            ["a", "bb", "ccc", "dddd", "ee", "f", "g", "h", "bb"]
        );
        let known = LENGTHS.with_borrow(|memory| memory.late.len() + memory.early.len());
        assert!(known <= 8, "{known}");
    }
}
