//! A word → all that it is filed under, in one piece. Pure.
//!
//! Looking up what a word is filed under is most of the work on it, and mostly waiting for memory: the words that are
//! remembered lie behind each other in one text, each with its forms, and a table leads straight there.

use std::cell::RefCell;
use std::hash::BuildHasher;

use foldhash::fast::RandomState;

use super::words;

/// Behind a part; words hold no such sign.
const END: char = '\n';

/// What a word is filed under.
#[derive(Clone, Copy)]
pub(crate) struct Filing<'a> {
    form: &'a str,
    stem: &'a str,
    /// The stems of its parts, with [`END`] behind each.
    parts: &'a str,
    /// All of this as it is spelled.
    spelled: &'a str,
}

impl<'a> Filing<'a> {
    /// Its stem.
    pub(crate) fn stem(&self) -> &'a str {
        self.stem
    }

    /// The stems of its parts.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.parts.split_terminator(END)
    }

    /// What [`spell`] has spelled at the beginning of `text`.
    fn read(text: &'a str) -> Option<Filing<'a>> {
        let mut signs = text.chars();
        let mut number = || Some(u32::from(signs.next()?).saturating_sub(NOUGHT) as usize);
        let lengths = [number()?, number()?, number()?];
        let mut rest = signs.as_str();
        let mut piece = |length| {
            let (piece, behind) = rest.split_at_checked(length)?;
            rest = behind;
            Some(piece)
        };
        let [form, stem, parts] = lengths.map(&mut piece);
        Some(Filing {
            form: form?,
            stem: stem?,
            parts: parts?,
            spelled: text.get(..text.len() - rest.len())?,
        })
    }
}

/// The sign that says 0; the next one says 1, and so on.
const NOUGHT: u32 = 0x20;

/// Bytes of the parts of a word, at most: of a run of letters of the greatest length that is read in every way.
const MOST_PARTS: usize = 0x4000;

/// Adds to `text` what `form` is filed under: signs that say how many bytes its pieces take, and the pieces.
fn spell(form: &str, text: &mut String) {
    let forms = words::Forms::of(form);
    let mut parts = String::new();
    for part in &forms.parts {
        if parts.len() + part.len() < MOST_PARTS {
            parts.push_str(part);
            parts.push(END);
        }
    }
    let pieces = [form, &forms.stem, &parts];
    let numbers = pieces.iter().map(|piece| piece.len() as u32);
    text.extend(numbers.filter_map(|number| char::from_u32(NOUGHT + number)));
    text.extend(pieces);
}

/// Words and what they are filed under.
#[derive(Default)]
struct Shelf {
    text: String,
    words: usize,
    /// For each word its hash and the byte of `text`, counted from 1, where it begins; at the first free slot from that of its
    /// hash on. At most half are taken.
    slots: Vec<(u32, u32)>,
}

impl Shelf {
    /// Where `form` begins in the text.
    fn find(&self, form: &str, hash: u32) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut slot = hash as usize & mask;
        loop {
            let (other, at) = self.slots[slot];
            let at = (at as usize).checked_sub(1)?;
            if other == hash && self.at(at).is_some_and(|filing| filing.form == form) {
                return Some(at);
            }
            slot = (slot + 1) & mask;
        }
    }

    fn at(&self, at: usize) -> Option<Filing<'_>> {
        Filing::read(self.text.get(at..)?)
    }

    /// Notes the word that begins at byte `at` of the text.
    fn note(&mut self, hash: u32, at: usize) {
        self.words += 1;
        if self.slots.len() < 2 * self.words {
            let slots = vec![(0, 0); (2 * self.slots.len()).max(FEWEST)];
            for (hash, at) in std::mem::replace(&mut self.slots, slots) {
                if at > 0 {
                    self.place(hash, at);
                }
            }
        }
        self.place(hash, at as u32 + 1);
    }

    fn place(&mut self, hash: u32, at: u32) {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while self.slots[slot].1 > 0 {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = (hash, at);
    }
}

/// Slots of the smallest table.
const FEWEST: usize = 1 << 10;

/// What words are filed under: those asked about of late, and those asked about before them. When there are enough of the
/// first they become the second, so that the words of every paper stay known and those of one paper are forgotten.
struct Shelves {
    late: Shelf,
    early: Shelf,
    state: RandomState,
}

impl Shelves {
    fn get(&mut self, form: &str) -> Option<Filing<'_>> {
        let hash = self.state.hash_one(form) as u32;
        if let Some(at) = self.late.find(form, hash) {
            return self.late.at(at);
        }
        if self.late.words >= REMEMBERED || self.late.text.len() >= MOST_BYTES {
            self.early = std::mem::take(&mut self.late);
        }
        let at = self.late.text.len();
        let known = self.early.find(form, hash);
        match known.and_then(|known| self.early.at(known)) {
            Some(known) => self.late.text.push_str(known.spelled),
            None => spell(form, &mut self.late.text),
        }
        self.late.note(hash, at);
        self.late.at(at)
    }
}

/// Words that a thread remembers, at most twice as many. Each takes some sixty bytes.
const REMEMBERED: usize = 200_000;

/// Bytes of what they are filed under, at most twice as many.
const MOST_BYTES: usize = 1 << 28;

thread_local! {
    static FILED: RefCell<Shelves> = RefCell::new(Shelves {
        late: Shelf::default(),
        early: Shelf::default(),
        state: RandomState::default(),
    });
}

/// Gives `take` what `form`, a word as [`words::words`] gives it, is filed under. `take` may not ask about another.
pub(crate) fn with<R>(form: &str, take: impl FnOnce(&Filing) -> R) -> R {
    FILED.with_borrow_mut(|shelves| {
        let filing = shelves.get(form).unwrap_or(Filing {
            form,
            stem: form,
            parts: "",
            spelled: "",
        });
        take(&filing)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_word_is_filed_under_are_its_forms() {
        for form in [
            "socialsekreterarnas",
            "äldreomsorgen",
            "jämställdhet",
            "och",
            "1500",
            "§",
            "å",
        ] {
            let forms = words::Forms::of(form);
            for _ in 0..2 {
                with(form, |filing| {
                    assert_eq!(filing.form, form);
                    assert_eq!(filing.stem(), forms.stem);
                    assert_eq!(filing.parts().collect::<Vec<_>>(), forms.parts);
                });
            }
        }
    }

    #[test]
    fn words_stay_known_while_others_come_and_go() {
        let long = "nämndsekreterare".repeat(4);
        for round in 0..3 {
            for number in 0..3_000 {
                let form = format!("ärende{number}");
                with(&form, |filing| assert_eq!(filing.stem(), form));
                if number % 500 == round {
                    with("nämndens", |filing| assert_eq!(filing.stem(), "nämnd"));
                    with(&long, |filing| assert_eq!(filing.form, long));
                }
            }
        }
    }

    #[test]
    fn what_was_forgotten_is_taken_from_the_older_shelf() {
        let mut shelves = Shelves {
            late: Shelf::default(),
            early: Shelf::default(),
            state: RandomState::default(),
        };
        let stem = |shelves: &mut Shelves, form: &str| {
            shelves.get(form).map(|filing| filing.stem.to_owned())
        };
        assert_eq!(stem(&mut shelves, "nämndens").as_deref(), Some("nämnd"));
        shelves.early = std::mem::take(&mut shelves.late);
        assert_eq!(stem(&mut shelves, "nämndens").as_deref(), Some("nämnd"));
        assert_eq!(shelves.late.words, 1);
        assert_eq!(shelves.late.text, shelves.early.text);
    }
}
