//! Words → numbers, in the order in which they first come. Pure.
//!
//! They lie behind each other in one text, and nothing is allocated for each of them.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;

/// Slots of the smallest table.
const FEWEST: usize = 64;

/// Bytes of a text for each word of it that comes for the first time, as a mean over papers of a few pages.
const TEXT_TO_A_WORD: usize = 12;

/// Words, numbered from 0 in the order in which they first came.
#[derive(Default)]
pub(super) struct Numbered {
    letters: String,
    /// Where each word ends in `letters`, and its hash.
    words: Vec<(usize, u32)>,
    /// The numbers of words, counted from 1, each at the first free slot from that of its hash on. At most half are taken.
    slots: Vec<u32>,
    state: RandomState,
}

impl Numbered {
    /// No words yet, and room for those of a text of so many bytes.
    pub(super) fn with_room(bytes: usize) -> Numbered {
        let words = bytes / TEXT_TO_A_WORD;
        Numbered {
            letters: String::with_capacity(bytes / 2),
            words: Vec::with_capacity(words),
            slots: vec![0; (2 * words).next_power_of_two().max(FEWEST)],
            state: RandomState::default(),
        }
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Bytes of all words.
    pub(super) fn letters(&self) -> usize {
        self.letters.len()
    }

    /// The words, by their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.words.iter().map(move |(end, _)| {
            let word = self.letters.get(start..*end).unwrap_or_default();
            start = *end;
            word
        })
    }

    /// The word of that number; nothing where there is none.
    pub(super) fn word(&self, number: usize) -> &str {
        let start = match number {
            0 => 0,
            _ => self.words.get(number - 1).map_or(0, |word| word.0),
        };
        let end = self.words.get(number).map_or(start, |word| word.0);
        self.letters.get(start..end).unwrap_or_default()
    }

    /// Bytes of memory that they take.
    pub(super) fn memory(&self) -> usize {
        self.letters.capacity()
            + self.words.capacity() * size_of::<(usize, u32)>()
            + self.slots.capacity() * size_of::<u32>()
    }

    /// The number of `word`, if it has come.
    pub(super) fn find(&self, word: &str) -> Option<u32> {
        self.seek(word, self.state.hash_one(word) as u32).ok()
    }

    /// The number of `word`, and whether it came for the first time.
    pub(super) fn number(&mut self, word: &str) -> (u32, bool) {
        if self.slots.len() <= 2 * self.words.len() {
            self.widen();
        }
        let hash = self.state.hash_one(word) as u32;
        match self.seek(word, hash) {
            Ok(number) => (number, false),
            Err(slot) => {
                self.letters.push_str(word);
                self.words.push((self.letters.len(), hash));
                self.slots[slot] = self.words.len() as u32;
                (self.words.len() as u32 - 1, true)
            }
        }
    }

    /// The number of `word`, or the free slot that is to be its own.
    fn seek(&self, word: &str, hash: u32) -> Result<u32, usize> {
        let Some(mask) = self.slots.len().checked_sub(1) else {
            return Err(0);
        };
        let mut slot = hash as usize & mask;
        loop {
            let Some(number) = (self.slots[slot] as usize).checked_sub(1) else {
                return Err(slot);
            };
            if self.words[number].1 == hash && self.word(number) == word {
                return Ok(number as u32);
            }
            slot = (slot + 1) & mask;
        }
    }

    fn widen(&mut self) {
        let slots = (2 * self.slots.len()).max(FEWEST);
        self.slots.clear();
        self.slots.resize(slots, 0);
        let mask = slots - 1;
        for (number, (_, hash)) in self.words.iter().enumerate() {
            let mut slot = *hash as usize & mask;
            while self.slots[slot] > 0 {
                slot = (slot + 1) & mask;
            }
            self.slots[slot] = number as u32 + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_numbered_as_they_first_come(words in proptest::collection::vec("[a-dåäö]{0,3}", 0..300), room in 0usize..2_000) {
            let mut numbered = Numbered::with_room(room);
            let mut first: Vec<&str> = Vec::new();
            for word in &words {
                let known = first.iter().position(|other| other == word);
                let number = known.unwrap_or(first.len());
                prop_assert_eq!(numbered.find(word), known.map(|number| number as u32));
                prop_assert_eq!(numbered.number(word), (number as u32, known.is_none()));
                prop_assert_eq!(numbered.word(number), word);
                if known.is_none() {
                    first.push(word);
                }
            }
            prop_assert_eq!(numbered.iter().collect::<Vec<_>>(), first);
        }
    }
}
