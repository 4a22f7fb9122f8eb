//! Words → their numbers, for whoever asks about very many: a table that is made when that is seen.
//!
//! The word list lies packed in the program and is walked letter by letter, each step a wait for memory. Who searches asks
//! about some hundred words and waits for nothing else; who files a hundred thousand papers asks about some hundred
//! million. For them the list is unpacked once into a table of eight bytes a slot.

use std::cell::Cell;
use std::hash::BuildHasher;
use std::sync::OnceLock;

use foldhash::quality::FixedState;
use fst::{Map, Streamer};

/// Questions of a thread from which on the table pays.
const MANY: u32 = 200_000;

/// Bits of a slot that are the word's number, counted from 1; the others are of its hash, and tell it from all but one in
/// some trillion words that are not in the list.
const NUMBER: u32 = 22;

/// The table: each word at the first free slot from that of its hash on.
pub(super) struct Numbers {
    slots: Vec<u64>,
    state: FixedState,
}

/// The table, once this thread has asked very much; `words` is what it is made from.
pub(super) fn at_hand<'a>(
    words: impl FnOnce() -> Option<&'a Map<&'static [u8]>>,
) -> Option<&'static Numbers> {
    static NUMBERS: OnceLock<Option<Numbers>> = OnceLock::new();
    thread_local! {
        static ASKED: Cell<u32> = const { Cell::new(0) };
    }
    let asked = ASKED.get();
    if asked < MANY {
        ASKED.set(asked + 1);
        return None;
    }
    NUMBERS
        .get_or_init(|| words().and_then(Numbers::of))
        .as_ref()
}

impl Numbers {
    /// The table of `words`; nothing when there are more than it has numbers for.
    fn of(words: &Map<&'static [u8]>) -> Option<Numbers> {
        let mut numbers = Numbers {
            slots: vec![0; (2 * words.len()).next_power_of_two()],
            state: FixedState::default(),
        };
        let mut stream = words.stream();
        while let Some((word, number)) = stream.next() {
            let number = number
                .checked_add(1)
                .filter(|number| number >> NUMBER == 0)?;
            let (tag, mut slot) = numbers.place(word);
            while numbers.slots[slot] > 0 {
                slot = (slot + 1) & (numbers.slots.len() - 1);
            }
            numbers.slots[slot] = tag | number;
        }
        Some(numbers)
    }

    /// The bits of a word's hash that its slot keeps, and the slot where it belongs.
    fn place(&self, word: &[u8]) -> (u64, usize) {
        let hash = self.state.hash_one(word);
        let tag = hash >> NUMBER << NUMBER;
        (tag, hash as usize & (self.slots.len() - 1))
    }

    /// The number of a word in small letters.
    pub(super) fn get(&self, word: &str) -> Option<u32> {
        let (tag, mut slot) = self.place(word.as_bytes());
        loop {
            let kept = self.slots[slot];
            if kept == 0 {
                return None;
            }
            if kept >> NUMBER << NUMBER == tag {
                return Some((kept ^ tag) as u32 - 1);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::model;

    #[test]
    fn the_table_says_what_the_list_says() {
        let words = model().words().expect("words");
        let numbers = Numbers::of(words).expect("a table");
        let mut stream = words.stream();
        let mut seen = 0;
        while let Some((word, number)) = stream.next() {
            let word = std::str::from_utf8(word).expect("letters");
            assert_eq!(numbers.get(word), Some(number as u32), "{word}");
            // One that is hardly a word.
            let other = format!("{word}q{word}");
            assert_eq!(
                numbers.get(&other).map(u64::from),
                words.get(&other),
                "{other}"
            );
            seen += 1;
        }
        assert!(seen > 100_000, "{seen}");
        assert_eq!(numbers.get(""), None);
    }
}
