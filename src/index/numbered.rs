//! Words → numbers, in the order in which they first come. Pure.
//!
//! For the words of one paper: they lie behind each other in one text, and nothing is allocated for each of them.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;

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
    state: FixedState,
}

impl Numbered {
    /// No words yet, and room for those of a text of so many bytes.
    pub(super) fn with_room(bytes: usize) -> Numbered {
        let words = bytes / TEXT_TO_A_WORD;
        Numbered {
            letters: String::with_capacity(bytes / 2),
            words: Vec::with_capacity(words),
            slots: vec![0; (2 * words).next_power_of_two().max(FEWEST)],
            state: FixedState::default(),
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

    /// The number of `word`, and whether it came for the first time.
    pub(super) fn number(&mut self, word: &str) -> (u32, bool) {
        if self.slots.len() <= 2 * self.words.len() {
            self.widen();
        }
        let hash = self.state.hash_one(word) as u32;
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let number = self.slots[slot] as usize;
            if number == 0 {
                break;
            }
            let (end, other) = self.words[number - 1];
            if other == hash {
                let start = if number > 1 {
                    self.words[number - 2].0
                } else {
                    0
                };
                if self.letters.as_bytes().get(start..end) == Some(word.as_bytes()) {
                    return (number as u32 - 1, false);
                }
            }
            slot = (slot + 1) & mask;
        }
        self.letters.push_str(word);
        self.words.push((self.letters.len(), hash));
        self.slots[slot] = self.words.len() as u32;
        (self.words.len() as u32 - 1, true)
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
                prop_assert_eq!(numbered.number(word), (number as u32, known.is_none()));
                if known.is_none() {
                    first.push(word);
                }
            }
            prop_assert_eq!(numbered.iter().collect::<Vec<_>>(), first);
        }
    }
}
