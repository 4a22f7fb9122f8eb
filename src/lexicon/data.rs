//! The embedded figures: what is known of a word by its number.
//!
//! Comes in: a word in small letters. Goes out: its number, its counts, what follows it. Opening costs a few
//! microseconds, and only whoever asks pays it.

use std::cell::RefCell;
use std::sync::OnceLock;

use fst::Map;

use super::classes;
use super::marks;
use super::numbers;
use super::pack::{self, Letters, Table};

/// Built by `diarium lexicon build`; LICENSES-DATA.md says from what.
static BYTES: &[u8] = include_bytes!("sv.bin");

/// How many answers about word pairs are kept at hand, 16 bytes each.
const ASKED_PAIRS: usize = 1 << 13;

#[derive(Debug)]
/// The figures, opened: words by their numbers, for whoever weighs one reading against another.
pub struct Model {
    words: Option<Map<&'static [u8]>>,
    modifiers: Option<Map<&'static [u8]>>,
    shared: &'static [u8],
    figures: &'static [u8],
    /// What the levels of counts stand for.
    levels: [u32; 256],
    letters: Letters,
    classes: &'static [u8],
    follow: &'static [u8],
    skip: &'static [u8],
    /// What the steps of `follow` stand for, and the roots of it.
    times: [f32; 256],
    roots: [f32; 256],
    pairs: Table,
    triples: Table,
    marks: Table,
    total: f32,
}

/// The embedded figures, opened at the first call.
pub fn model() -> &'static Model {
    static DATA: OnceLock<Model> = OnceLock::new();
    DATA.get_or_init(|| {
        let section = |number| pack::section(BYTES, number);
        let total = section(pack::TOTAL);
        Model {
            words: Map::new(section(pack::WORDS)).ok(),
            modifiers: Map::new(section(pack::MODIFIERS)).ok(),
            shared: section(pack::SHARED),
            figures: section(pack::FIGURES),
            levels: std::array::from_fn(|level| pack::unlevel(level as u8).round() as u32),
            letters: Letters::new(section(pack::LETTERS)),
            classes: section(pack::CLASSES),
            follow: section(pack::FOLLOW),
            skip: section(pack::SKIP),
            times: std::array::from_fn(|step| classes::nats(step).exp()),
            roots: std::array::from_fn(|step| (classes::nats(step) / 2.0).exp()),
            pairs: Table::new(section(pack::PAIRS)),
            triples: Table::new(section(pack::TRIPLES)),
            marks: Table::new(section(pack::MARKS)),
            total: (pack::word(total, 0) as f32).max(1.0),
        }
    })
}

impl Model {
    /// The word list, for whoever walks it letter by letter.
    pub fn words(&self) -> Option<&Map<&'static [u8]>> {
        self.words.as_ref()
    }

    /// First parts of compounds, for whoever walks them letter by letter.
    pub fn modifiers(&self) -> Option<&Map<&'static [u8]>> {
        self.modifiers.as_ref()
    }

    /// The number of a word in small letters.
    pub fn id(&self, word: &str) -> Option<u32> {
        match numbers::at_hand(|| self.words.as_ref()) {
            Some(numbers) => numbers.get(word),
            None => self.words.as_ref()?.get(word).map(|id| id as u32),
        }
    }

    /// How often word `id` was counted, to within five of a hundred.
    pub fn count(&self, id: u32) -> u32 {
        self.levels[usize::from(self.figures(id)[0])]
    }

    /// Whether nobody counted word `id`, and it is of the long lists of words.
    pub fn is_guess(&self, id: u32) -> bool {
        self.figures(id)[0] >= pack::GUESSED
    }

    /// The figures of word `id`, see [`pack::FIGURES`].
    fn figures(&self, id: u32) -> [u8; 4] {
        let at = id as usize * 2;
        let number = self
            .shared
            .get(at..at + 2)
            .and_then(|two| two.try_into().ok());
        number
            .map(|two| usize::from(u16::from_le_bytes(two)) * 4)
            .and_then(|at| self.figures.get(at..at + 4)?.try_into().ok())
            .unwrap_or_default()
    }

    /// The words counted in all.
    pub fn total(&self) -> f32 {
        self.total
    }

    /// The shares, 0 to 15, in which word `id` stands in small letters and Capitalised; what is left is CAPITALS.
    pub fn cases(&self, id: u32) -> (u8, u8) {
        let both = self.figures(id)[1];
        (both & 15, both >> 4)
    }

    /// In how many compounds word `id` was counted as the last part.
    pub fn head(&self, id: u32) -> f32 {
        pack::unlevel(self.figures(id)[2])
    }

    /// How many heads follow `modifier` (small letters, with its linking letter), and the letters that link (0 or 1).
    pub fn modifier(&self, modifier: &str) -> Option<(u32, usize)> {
        let value = self.modifiers.as_ref()?.get(modifier)?;
        Some(modifier_value(value))
    }

    /// How often word `second` followed word `first`; 0 below the cut of the counts.
    pub fn pair(&self, first: u32, second: u32) -> f32 {
        // The table is larger than what a processor keeps at hand, and most questions are asked again soon.
        thread_local! {
            static ASKED: RefCell<Vec<(u64, f32)>> = RefCell::new(vec![(u64::MAX, 0.0); ASKED_PAIRS]);
        }
        let key = pack::pair(first, second);
        let slot = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize % ASKED_PAIRS;
        ASKED.with_borrow_mut(|asked| {
            let known = &mut asked[slot];
            if known.0 != key {
                *known = (key, self.pairs.get(key));
            }
            known.1
        })
    }

    /// How often the three words followed each other; 0 below the cut of the counts.
    pub fn triple(&self, first: u32, second: u32, third: u32) -> f32 {
        self.triples.get(pack::triple(first, second, third))
    }

    /// The cost, in nats, of word `id` where nothing is known of its neighbours.
    pub fn cost(&self, id: u32) -> f32 {
        // A form that nobody wrote is rarer than one written once.
        (self.total / (self.count(id) as f32).max(0.4)).ln()
    }

    /// The cost, in nats, of a word in small letters that is not known, by its letters.
    pub fn unknown(&self, word: &str) -> f32 {
        let mut last = [0, 0, 0];
        let mut cost = 0.0;
        for letter in word.chars().map(pack::letter).chain([0]) {
            cost += self.letter(last[0], last[1], last[2], letter);
            last = [last[1], last[2], letter];
        }
        cost
    }

    /// The cost, in nats, of a small letter after three others; `\0` is a word's edge.
    pub fn letter_after(&self, last: [char; 3], letter: char) -> f32 {
        let number = |c: char| if c == '\0' { 0 } else { pack::letter(c) };
        let [a, b, c] = last.map(number);
        self.letter(a, b, c, number(letter))
    }

    /// By how much likelier, in nats, the letters of `now` have their marks than `was` has its own, by the letters around
    /// each: two words of the same letters but for marks, in small letters. Nothing where they are not.
    pub fn marks_likelier(&self, was: &str, now: &str) -> Option<f32> {
        marks::likelier(self.marks, was, now)
    }

    /// The cost, in nats, of going on after word `id` with a word never seen after it.
    pub fn backoff(&self, id: u32) -> f32 {
        f32::from(self.figures(id)[3]) / 16.0
    }

    /// The class of word `id`, by the places where it stands.
    pub fn class(&self, id: u32) -> Option<u8> {
        self.classes.get(id as usize).copied()
    }

    /// How many times more common words of class `second` are after one of class `first` than anywhere.
    pub fn class_after(&self, first: u8, second: u8) -> f32 {
        between(self.follow, &self.times, first, second)
    }

    /// The same where one word stands between them; its root, for the word between them tells most of it.
    pub fn class_skipping(&self, first: u8, second: u8) -> f32 {
        between(self.skip, &self.roots, first, second)
    }

    /// The cost, in nats, of letter `d` after `a`, `b` and `c` (numbered as in the table).
    fn letter(&self, a: usize, b: usize, c: usize, d: usize) -> f32 {
        f32::from(self.letters.get([a, b, c], d).unwrap_or(160)) / 16.0
    }
}

/// What `times` makes of the step in a table of class after class.
fn between(table: &[u8], times: &[f32; 256], first: u8, second: u8) -> f32 {
    let at = usize::from(first) * classes::CLASSES + usize::from(second);
    table.get(at).map_or(1.0, |step| times[usize::from(*step)])
}

/// What a value of [`Model::modifiers`] says: how many heads follow, and how many letters link.
pub fn modifier_value(value: u64) -> (u32, usize) {
    ((value >> 2) as u32, (value & 3) as usize)
}
