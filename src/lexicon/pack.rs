//! The layout of the embedded figures: numbered sections in one stretch of bytes, searched where they lie.
//!
//! Comes in: the bytes of `sv.bin`, or sections to be put together. Goes out: slices of them, and answers of the packed
//! tables. Nothing is unpacked; a stretch of bytes that is not of this layout answers every question with "not known".

use std::collections::BTreeMap;

/// The first bytes of the file; the digit is the version of the layout.
const MAGIC: &[u8; 8] = b"diarlex4";

/// Words in alphabetical order → their number, as an `fst` map.
pub(super) const WORDS: usize = 0;
/// Word number → the number of its figures in [`FIGURES`], two bytes each: many words share theirs.
pub(super) const SHARED: usize = 1;
/// Figures of words, four bytes each: how often one was counted, as [`level`]; how it is written, in the low half-byte the
/// share of small-letter forms and in the high one that of Capitalised ones; in how many compounds it was the last part,
/// as [`level`], 0 is none; what is left over for unseen followers, as a cost in sixteenths of a nat.
pub(super) const FIGURES: usize = 2;
/// First parts of compounds with their linking letter → how many heads follow them × 4 + letters that link (0 or 1).
pub(super) const MODIFIERS: usize = 3;
/// Word pairs, a [`Table`].
pub(super) const PAIRS: usize = 4;
/// Word triples, a [`Table`].
pub(super) const TRIPLES: usize = 5;
/// Four letters → the cost of the fourth after the three, in sixteenths of a nat: see [`Letters`].
pub(super) const LETTERS: usize = 6;
/// One number of eight bytes: the words counted in all.
pub(super) const TOTAL: usize = 7;
/// Word number → its class, one byte.
pub(super) const CLASSES: usize = 8;
/// Two classes in a row → by how much the second is more common there than anywhere; see `classes::follow`.
pub(super) const FOLLOW: usize = 9;
/// The same for two classes with one between them.
pub(super) const SKIP: usize = 10;
/// Letters around a letter → how often it has which mark; see `marks`.
pub(super) const MARKS: usize = 11;
/// How many sections there are.
pub(super) const SECTIONS: usize = 12;

/// Puts `sections` together.
pub(super) fn join(sections: &[Vec<u8>; SECTIONS]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    let mut at = MAGIC.len() + 4 * (SECTIONS + 1);
    for section in sections {
        out.extend_from_slice(&(at as u32).to_le_bytes());
        at += section.len();
    }
    out.extend_from_slice(&(at as u32).to_le_bytes());
    for section in sections {
        out.extend_from_slice(section);
    }
    out
}

/// The bytes of section `number` of `bytes`; empty when they are not of this layout.
pub(super) fn section(bytes: &'static [u8], number: usize) -> &'static [u8] {
    if !bytes.starts_with(MAGIC) {
        return &[];
    }
    let head = &bytes[MAGIC.len()..];
    let (start, end) = (word(head, number), word(head, number + 1));
    bytes.get(start as usize..end as usize).unwrap_or(&[])
}

/// The four-byte number at place `index` of `bytes`; 0 past the end.
pub(super) fn word(bytes: &[u8], index: usize) -> u32 {
    bytes
        .get(index * 4..index * 4 + 4)
        .and_then(|four| four.try_into().ok())
        .map_or(0, u32::from_le_bytes)
}

/// A count as one byte, eight steps for each doubling; 0 stays 0.
pub(super) fn level(count: u32) -> u8 {
    if count == 0 {
        return 0;
    }
    (1.0 + (f64::from(count).log2() * 8.0).round()).min(f64::from(GUESSED - 1)) as u8
}

/// Levels from here on are of words that nobody counted.
pub(super) const GUESSED: u8 = 200;

/// The level of a word that nobody counted.
pub(super) fn guessed(level: u8) -> u8 {
    GUESSED + level.min(u8::MAX - GUESSED)
}

/// The count that a [`level`] stands for.
pub(super) fn unlevel(level: u8) -> f32 {
    let level = if level < GUESSED {
        level
    } else {
        level - GUESSED
    };
    if level == 0 {
        return 0.0;
    }
    ((f32::from(level) - 1.0) / 8.0).exp2()
}

/// How many signs the letter model knows, see [`letter`].
pub(super) const SIGNS: usize = 32;

/// What each letter costs after three others: for each three the number of a row, two bytes, then the rows. Most threes
/// stand in no word, and those that end alike share a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letters(&'static [u8]);

impl Letters {
    /// The costs in these bytes.
    pub(super) fn new(bytes: &'static [u8]) -> Letters {
        Letters(bytes)
    }

    /// Packs the rows of all threes, in their order.
    pub(super) fn build(rows: &[[u8; SIGNS]]) -> Vec<u8> {
        let mut numbers: BTreeMap<&[u8; SIGNS], u16> = BTreeMap::new();
        let mut kept = Vec::new();
        let mut out = Vec::with_capacity(rows.len() * 2);
        for row in rows {
            let next = numbers.len() as u16;
            let number = *numbers.entry(row).or_insert_with(|| {
                kept.extend_from_slice(row);
                next
            });
            out.extend(number.to_le_bytes());
        }
        out.extend(kept);
        out
    }

    /// The cost of `letter` after three others, in sixteenths of a nat; nothing past the end.
    pub(super) fn get(self, last: [usize; 3], letter: usize) -> Option<u8> {
        let three = (last[0] * SIGNS + last[1]) * SIGNS + last[2];
        let number = self.0.get(three * 2..three * 2 + 2)?.try_into().ok()?;
        let row = 2 * SIGNS * SIGNS * SIGNS + usize::from(u16::from_le_bytes(number)) * SIGNS;
        self.0.get(row + letter).copied()
    }
}

/// A hash table of counts: four bytes a slot, three of them the key's fingerprint, one the count's [`level`].
///
/// A key that is not there is taken for one that is about once in a million times.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table(&'static [u8]);

impl Table {
    /// The table in these bytes.
    pub(super) fn new(bytes: &'static [u8]) -> Table {
        Table(bytes)
    }

    /// Packs `entries` (key, count).
    pub(super) fn build(entries: &[(u64, u32)]) -> Vec<u8> {
        let entries: Vec<(u64, u8)> = entries
            .iter()
            .map(|&(key, count)| (key, level(count)))
            .collect();
        Table::build_bytes(&entries)
    }

    /// Packs `entries` (key, a byte that is not 0).
    pub(super) fn build_bytes(entries: &[(u64, u8)]) -> Vec<u8> {
        let slots = (entries.len() * 7 / 6).max(1);
        let mut out = vec![0; slots * 4];
        for &(key, byte) in entries {
            let (mut slot, print) = place(key, slots);
            while out[slot * 4..slot * 4 + 4] != [0; 4] {
                slot = (slot + 1) % slots;
            }
            out[slot * 4..slot * 4 + 3].copy_from_slice(&print);
            out[slot * 4 + 3] = byte;
        }
        out
    }

    /// The count of `key`, 0 when it is not there.
    pub(super) fn get(self, key: u64) -> f32 {
        self.byte(key).map_or(0.0, unlevel)
    }

    /// The byte of `key`, when it is there.
    pub(super) fn byte(self, key: u64) -> Option<u8> {
        let slots = self.0.len() / 4;
        if slots == 0 {
            return None;
        }
        let (mut slot, print) = place(key, slots);
        for _ in 0..slots {
            let four = self.0.get(slot * 4..slot * 4 + 4)?;
            if four[3] == 0 {
                return None;
            }
            if four[..3] == print {
                return Some(four[3]);
            }
            slot += 1;
            if slot == slots {
                slot = 0;
            }
        }
        None
    }
}

/// The slot where a key's search begins, and its fingerprint.
fn place(key: u64, slots: usize) -> (usize, [u8; 3]) {
    // The finalizer of splitmix64: every bit of the key reaches every bit of the hash.
    let mut hash = key.wrapping_add(0x9e37_79b9_7f4a_7c15);
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^= hash >> 31;
    let slot = ((hash >> 32) * slots as u64) >> 32;
    let print = hash as u32;
    (
        slot as usize,
        [print as u8, (print >> 8) as u8, (print >> 16) as u8],
    )
}

/// The key of a word pair.
pub(super) fn pair(first: u32, second: u32) -> u64 {
    u64::from(first) << 20 | u64::from(second)
}

/// The key of a word triple.
pub(super) fn triple(first: u32, second: u32, third: u32) -> u64 {
    u64::from(first) << 40 | u64::from(second) << 20 | u64::from(third)
}

/// The number of a letter in the letter model: 0 for a word's edge, 31 for what is no Swedish letter.
pub(super) fn letter(c: char) -> usize {
    match c {
        'a'..='z' => c as usize - 'a' as usize + 1,
        'å' => 27,
        'ä' => 28,
        'ö' => 29,
        'é' => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_within_five_percent_of_its_count() {
        for count in [1, 2, 3, 10, 57, 1000, 250_000, 20_000_000] {
            let back = unlevel(level(count));
            assert!(
                (back / count as f32 - 1.0).abs() < 0.05,
                "{count} came back as {back}"
            );
        }
        assert_eq!(unlevel(level(0)), 0.0);
    }

    #[test]
    fn a_table_knows_its_keys_and_no_others() {
        let entries: Vec<(u64, u32)> = (0..1000).map(|n| (pair(n, n * 7), n + 1)).collect();
        let table = Table::new(Table::build(&entries).leak());
        for &(key, count) in &entries {
            assert!((table.get(key) / count as f32 - 1.0).abs() < 0.05);
        }
        assert_eq!(table.get(pair(5, 5)), 0.0);
        assert_eq!(Table::new(&[]).get(1), 0.0);
    }

    #[test]
    fn each_three_letters_have_their_row() {
        let rows: Vec<[u8; SIGNS]> = (0..SIGNS * SIGNS * SIGNS)
            .map(|three| [(three % 7) as u8; SIGNS])
            .collect();
        let bytes = Letters::build(&rows);
        assert_eq!(bytes.len(), 2 * rows.len() + 7 * SIGNS);
        let letters = Letters::new(bytes.leak());
        for [a, b, c] in [[0, 0, 0], [3, 1, 4], [31, 31, 31]] {
            let three = (a * SIGNS + b) * SIGNS + c;
            assert_eq!(letters.get([a, b, c], 5), Some((three % 7) as u8));
        }
        assert_eq!(Letters::new(&[]).get([0; 3], 0), None);
    }

    #[test]
    fn bytes_of_another_layout_hold_nothing() {
        assert!(section(b"", 3).is_empty());
        assert!(section(b"something else entirely", WORDS).is_empty());
    }
}
