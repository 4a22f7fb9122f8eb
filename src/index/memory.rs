//! What was told of words, kept for the next time they are asked about. A thread has its own.
//!
//! Papers say the same words again and again, and the words that a compound is made of come back in others.

use std::cell::RefCell;
use std::collections::HashMap;
use std::thread::LocalKey;

use foldhash::fast::RandomState;

type Words<V> = HashMap<Box<str>, V, RandomState>;

/// What was told of words: those asked about of late, and those asked about before them. When there are `most` of the first
/// they become the second, so that the words of every paper stay known and those of one paper are forgotten.
pub(super) struct Memory<V> {
    most: usize,
    late: Words<V>,
    early: Words<V>,
}

impl<V> Memory<V> {
    /// A memory of at most twice as many words as `most`.
    pub(super) fn new(most: usize) -> Memory<V> {
        Memory {
            most,
            late: Words::default(),
            early: Words::default(),
        }
    }

    fn get(&mut self, word: &str) -> Option<&V> {
        if !self.late.contains_key(word) {
            let (word, value) = self.early.remove_entry(word)?;
            self.put(word, value);
        }
        self.late.get(word)
    }

    fn put(&mut self, word: Box<str>, value: V) {
        if self.late.len() >= self.most {
            self.early = std::mem::take(&mut self.late);
        }
        self.late.insert(word, value);
    }
}

/// Gives `take` what `tell` says of `word`, or has said of it; `tell` may ask the same memory about other words, `take` not.
pub(super) fn with<V, R>(
    memory: &'static LocalKey<RefCell<Memory<V>>>,
    word: &str,
    tell: impl FnOnce() -> V,
    mut take: impl FnMut(&V) -> R,
) -> R {
    if let Some(told) = memory.with_borrow_mut(|memory| memory.get(word).map(&mut take)) {
        return told;
    }
    let value = tell();
    let told = take(&value);
    memory.with_borrow_mut(|memory| memory.put(word.into(), value));
    told
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
