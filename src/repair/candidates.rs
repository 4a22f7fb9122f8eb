//! One word as read → the words it may have been.
//!
//! Comes in: a word without the signs around it. Goes out: candidates, each with what it costs to have been misread so and
//! what it costs as a word by itself. The searching is [`super::walk`]'s; here it is decided what to search for, how far,
//! and what is worth keeping; words already met are remembered.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;
use std::rc::Rc;

use super::margins;
use super::walk::{UNKNOWN, Walk};
use crate::lexicon::{self, Figures, Model};

/// A word that may have been meant.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidate {
    /// As it would be written in place of the word read.
    pub text: String,
    /// Its number, when the word list has it; nothing for compounds and unknown words.
    pub id: Option<u32>,
    /// The word that its neighbours take it for: itself, or the last part of a compound.
    pub like: Option<u32>,
    /// The cost of being misread so, in nats.
    pub channel: f32,
    /// The cost of the word by itself, in nats.
    pub prior: f32,
    /// A second word, when a blank was lost.
    pub second: Option<u32>,
    /// Whether nothing but marks differs from the word read.
    pub marks: bool,
    /// How many letters without marks were misread.
    pub odd: u8,
    /// Which groups of them, by their number in the table of confusions.
    pub groups: Vec<u16>,
    /// How much likelier than the word as it stands it must be, in nats: for a word, and for what may be a name.
    pub margins: [f32; 2],
    /// How much of these, in nats, is mere wariness and no evidence against it.
    pub wary: f32,
    /// The cost, in nats, of its being written small, and with a capital inside a sentence.
    pub cases: [f32; 2],
    /// How much likelier it must be, in nats, where a surname stands.
    pub surname: f32,
    /// For the word as it stands: whether it is a form of a word that is known in others.
    pub form: bool,
    /// For the word as it stands: what it costs, in nats, as a name that nobody knows; as much as it likes where it is none.
    pub name: f32,
}

const MOST: usize = 8;
/// What is so much dearer, in nats, that no neighbours could speak for it.
const HOPELESS: f32 = 10.0;
/// What a word costs at least, in nats, for which letters that are misread more seldom are thought of: one found by the
/// commoner ways for so much less is the likeliest whatever the others lead to.
const NEXT: f32 = 8.0;
/// How many words are remembered, a few hundred bytes each.
const REMEMBERED: usize = 40_000;
/// The cost of a compound's being made anew.
pub(super) const COMPOUND: f32 = 5.0;
/// The further cost of a compound whose parts are not known to make any.
const JOINED: f32 = 1.0;
/// What is added for each nat that the first of two joined words costs more than a common one; what a common one costs, and
/// one that is no word by itself.
const COMMONER: f32 = 0.08;
const COMMON_PART: f32 = 10.0;
const DEAREST_PART: f32 = 12.0;
/// The cost of the genitive of a word that was never seen in it.
const GENITIVE: f32 = 5.0;
/// The same for a name.
pub(super) const NAMES_GENITIVE: f32 = 2.5;
/// The fewest letters of a word whose forms are known by it.
const STEM: usize = 4;
/// The share, of 15, in which a name is written with a capital, at least.
pub(super) const NAMES: u8 = 8;
/// The cost of a blank that was lost.
pub(super) const LOST_BLANK: f32 = 8.5;
/// Partners of all first parts and of all last parts, as logarithms.
pub(super) const PARTNERS: f32 = 11.0;

/// How the letters of a word stand: which of them are capitals.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Case {
    Small,
    Capitalised,
    Capitals,
}

fn case(word: &[char]) -> Case {
    let capitals = word.iter().filter(|c| c.is_uppercase()).count();
    let small = word.iter().filter(|c| c.is_lowercase()).count();
    let opens_small = word.first().is_some_and(|c| c.is_lowercase());
    if capitals > 1 && capitals > small && !opens_small {
        Case::Capitals
    } else if word.first().is_some_and(|c| c.is_uppercase()) {
        Case::Capitalised
    } else {
        Case::Small
    }
}

/// The words met so far and their candidates: the same ones come again on every page.
#[derive(Default)]
pub(super) struct Memory {
    /// The learned words that the candidates were found with.
    of: Option<String>,
    /// All candidates, and those with marks put back only.
    words: [Met; 2],
    /// The words of the word list alone, for what may be two pieces of one.
    narrow: Met,
}

/// Words as they were read, and their candidates.
type Met = HashMap<Box<str>, Rc<[Candidate]>, BuildHasherDefault<Quick>>;

/// Calls `work` with this thread's memory of words, as `figures` know them.
pub(super) fn with_memory<T>(figures: &Figures<'_>, work: impl FnOnce(&mut Memory) -> T) -> T {
    thread_local! {
        static MEMORY: RefCell<Memory> = RefCell::default();
    }
    let of = figures.learned.map(lexicon::Learned::id);
    let mut memory = MEMORY.take();
    if memory.of.as_deref() != of {
        memory = Memory {
            of: of.map(str::to_owned),
            ..Memory::default()
        };
    }
    let out = work(&mut memory);
    MEMORY.set(memory);
    out
}

impl Memory {
    /// The candidates for `word`, the word itself first; `marks_only` leaves all confusions out but lost marks.
    pub(super) fn candidates(
        &mut self,
        figures: &Figures<'_>,
        word: &str,
        marks_only: bool,
    ) -> Rc<[Candidate]> {
        let words = &mut self.words[usize::from(marks_only)];
        if let Some(known) = words.get(word) {
            return Rc::clone(known);
        }
        let found: Rc<[Candidate]> = search(figures, word, marks_only).into();
        if words.len() >= REMEMBERED {
            words.clear();
        }
        words.insert(word.into(), Rc::clone(&found));
        found
    }
}

impl Memory {
    /// The words of the word list that may have been read as `word` for less than `bound`, which is always the same; maybe
    /// none.
    pub(super) fn narrow(
        &mut self,
        figures: &Figures<'_>,
        word: &str,
        bound: f32,
    ) -> Rc<[Candidate]> {
        if let Some(known) = self.narrow.get(word) {
            return Rc::clone(known);
        }
        let letters: Vec<char> = word.chars().collect();
        let walk = Walk::new(figures, word, case(&letters), false);
        let found: Rc<[Candidate]> = walk.words(bound, f32::MAX).into();
        if self.narrow.len() >= REMEMBERED {
            self.narrow.clear();
        }
        self.narrow.insert(word.into(), Rc::clone(&found));
        found
    }
}

/// A hash of few steps: words are short, and nothing but speed hangs on it.
#[derive(Default)]
struct Quick(u64);

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..chunk.len()].copy_from_slice(chunk);
            let mixed = (self.0.rotate_left(23) ^ u64::from_le_bytes(eight))
                .wrapping_mul(0x9e37_79b9_7f4a_7c15);
            self.0 = mixed ^ (mixed >> 29);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The candidates for `word`, found anew; see [`Memory::candidates`].
pub(super) fn search(figures: &Figures<'_>, word: &str, marks_only: bool) -> Vec<Candidate> {
    let letters: Vec<char> = word.chars().collect();
    let case = case(&letters);
    let small = word.to_lowercase();
    let parts = if figures.id(&small).is_none() {
        lexicon::parts(&small)
    } else {
        Vec::new()
    };
    let own = itself(figures, word, &small, &parts);
    let known = own.id.map_or(0, |id| figures.count(id));
    let compound = !parts.is_empty();
    let mut out = vec![own];
    if letters.len() > 40 {
        return out;
    }
    let walk = Walk::new(figures, word, case, marks_only);
    let bounds: &[f32] = match (known >= 30, marks_only) {
        // An `an` may be an att; a longer word that is right is hardly another one misread.
        (true, _) if letters.len() < 4 => &[8.0],
        (true, _) => &[6.6],
        (false, true) => &[5.0, 8.0],
        (false, false) => &[4.0, 8.0, 13.0],
    };
    let own = out[0].prior;
    for &bound in bounds {
        let mut found = walk.words(bound, HOPELESS);
        let best = |found: &[Candidate]| {
            found
                .iter()
                .map(|c| c.channel + c.prior)
                .fold(f32::MAX, f32::min)
        };
        if known == 0 && letters.len() >= 6 && best(&found) > bound + 14.0 {
            let others = found.iter().filter(|c| c.text != word);
            let best = others.map(|c| c.channel + c.prior).fold(own, f32::min);
            found.extend(walk.compounds(bound, best + HOPELESS));
        }
        // Whoever lost nothing but marks has lost no blanks.
        // An i is lost more easily than found (`hari` is no häri).
        let i = letters[0] == 'i' || letters[letters.len() - 1] == 'i';
        if !marks_only && known == 0 && letters.len() >= 4 && (i || best(&found) > own) {
            found.extend(walk.two_words(bound.min(6.0)));
        }
        found.retain(|c| c.text != word);
        if found.is_empty() {
            continue;
        }
        found.sort_by(|a, b| {
            (a.channel + a.prior)
                .total_cmp(&(b.channel + b.prior))
                .then_with(|| a.text.cmp(&b.text))
        });
        found.dedup_by(|a, b| a.text == b.text);
        let best = found[0].channel + found[0].prior;
        found.retain(|c| c.channel + c.prior < best.min(own) + HOPELESS);
        found.truncate(MOST);
        // Two words are found more easily than the one that was misread.
        let whole = found.iter().filter(|c| c.second.is_none());
        let best = whole.map(|c| c.channel + c.prior).fold(f32::MAX, f32::min);
        out.extend(found);
        if (best < own - 4.0 || compound && best < own) && best < bound + NEXT {
            break;
        }
    }
    if known == 0
        && letters.len() >= 5
        && !compound
        && case != Case::Capitals
        && out
            .iter()
            .skip(1)
            .all(|c| c.channel + c.prior > own - 4.0 || c.odd > 0)
    {
        if letters.len() >= 7 {
            out.extend(walk.joined());
        }
        out.extend(walk.likely_letters().filter(|c| c.text != word));
    }
    let bare = lexicon::without_marks(word);
    for candidate in &mut out {
        candidate.marks = lexicon::without_marks(&candidate.text) == bare;
    }
    // Wider searches find again what narrower ones found.
    let mut seen: Vec<String> = Vec::new();
    out.retain(|c| {
        let new = !seen.contains(&c.text);
        if new {
            seen.push(c.text.clone());
        }
        new
    });
    margins::set(figures, word, &mut out);
    out
}

/// The word as it stands.
fn itself(figures: &Figures<'_>, word: &str, small: &str, parts: &[Range<usize>]) -> Candidate {
    let model = figures.model;
    let id = figures.id(small);
    let (prior, like) = match id {
        Some(id) => (figures.cost(id), Some(id)),
        None => {
            let letters = (UNKNOWN + model.unknown(small), None);
            [
                compound_cost(model, small, parts),
                prefixed_cost(model, small),
                joined_cost(figures, small),
                derived_cost(figures, small),
                genitive_cost(figures, small),
            ]
            .into_iter()
            .flatten()
            .fold(
                letters,
                |best, next| if next.0 < best.0 { next } else { best },
            )
        }
    };
    Candidate {
        text: word.to_owned(),
        id,
        like,
        prior,
        form: id.is_none() && is_form(figures, small),
        ..Candidate::default()
    }
}

/// The cost of a compound that is not in the word list.
fn compound_cost(model: &Model, small: &str, parts: &[Range<usize>]) -> Option<(f32, Option<u32>)> {
    let head = model.id(&small[parts.last()?.clone()]);
    let mut cost = COMPOUND + head_cost(model, head);
    for (index, part) in parts[..parts.len() - 1].iter().enumerate() {
        let end = parts[index + 1].start;
        let heads = model
            .modifier(&small[part.start..end])
            .map_or(2, |(heads, _)| heads);
        cost += PARTNERS - (heads as f32).ln();
    }
    Some((cost, head))
}

/// The cost of a word that two words make, whether or not the one is known to stand before others and the other behind
/// them (`anslutningsslang`, `kranvatten`). Only what stands on the paper is believed so easily.
pub(super) fn joined_cost(figures: &Figures<'_>, small: &str) -> Option<(f32, Option<u32>)> {
    if !(6..=60).contains(&small.len()) || !small.chars().all(char::is_alphabetic) {
        return None;
    }
    let model = figures.model;
    let known = |part: &str, least: u32| {
        let id = figures.id(part)?;
        (figures.count(id) >= least).then_some(id)
    };
    small
        .char_indices()
        .skip(3)
        .filter_map(|(at, _)| {
            let (first, head) = small.split_at(at);
            if head.chars().count() < 4 {
                return None;
            }
            let id = known(head, 2).or_else(|| known(head.strip_suffix('s')?, 2))?;
            let heads = match model.modifier(first) {
                Some((heads, _)) => heads as f32,
                None => {
                    known(first, 3).or_else(|| known(first.strip_suffix('s')?, 3))?;
                    1.0
                }
            };
            // Of two first parts the commoner one (`när|trafik`, not `når|trafik`).
            let common = figures
                .id(first)
                .or_else(|| figures.id(first.strip_suffix('s')?))
                .map_or(DEAREST_PART, |id| figures.cost(id));
            let cost = COMPOUND + JOINED + PARTNERS - heads.ln() + head_cost(model, Some(id));
            Some((cost + COMMONER * (common - COMMON_PART), Some(id)))
        })
        .reduce(|best, next| if next.0 < best.0 { next } else { best })
}

/// The cost of a word that an ending makes of another (`presidentskapet` of president, `telefonsvarare` of svara). Only what
/// stands on the paper is believed so easily.
fn derived_cost(figures: &Figures<'_>, small: &str) -> Option<(f32, Option<u32>)> {
    const ENDINGS: &[(&str, &str)] = &[
        ("skap", ""),
        ("skapet", ""),
        ("skapen", ""),
        ("skaps", ""),
        ("skapets", ""),
        ("het", ""),
        ("heten", ""),
        ("lös", ""),
        ("löst", ""),
        ("lösa", ""),
        ("bar", "a"),
        ("bart", "a"),
        ("bara", "a"),
        ("are", "a"),
        ("aren", "a"),
        ("arna", "a"),
        ("ares", "a"),
        ("ning", "a"),
        ("ningen", "a"),
        ("ningar", "a"),
        ("ningarna", "a"),
    ];
    let cost = |word: &str| {
        let id = figures.id(word).filter(|id| figures.count(*id) >= 5)?;
        Some(figures.cost(id))
    };
    ENDINGS
        .iter()
        .filter_map(|(ending, instead)| {
            let stem = small.strip_suffix(ending).filter(|stem| stem.len() >= 4)?;
            let base = format!("{stem}{instead}");
            let own = cost(&base).map(|cost| COMPOUND + 3.0 + cost);
            let joined = || Some(joined_cost(figures, &base)?.0 + 3.0);
            own.or_else(joined)
        })
        .reduce(f32::min)
        .map(|cost| (cost, None))
}

/// The cost of a known word with the s of the genitive behind it; any name may have one.
fn genitive_cost(figures: &Figures<'_>, small: &str) -> Option<(f32, Option<u32>)> {
    let base = small.strip_suffix('s').filter(|base| base.len() >= 4)?;
    let id = figures.id(base)?;
    if is_name(figures, id) {
        return Some((figures.cost(id) + NAMES_GENITIVE, Some(id)));
    }
    (base.len() >= 6 && figures.count(id) >= 5).then(|| (figures.cost(id) + GENITIVE, Some(id)))
}

/// Whether word `id` is mostly a name.
pub(super) fn is_name(figures: &Figures<'_>, id: u32) -> bool {
    figures.cases(id).1 >= NAMES
}

/// The cost of a word that has got a particle before it (`vidarekopplas`, `omtest`).
fn prefixed_cost(model: &Model, small: &str) -> Option<(f32, Option<u32>)> {
    PARTICLES
        .iter()
        .filter_map(|particle| {
            let id = model.id(small.strip_prefix(particle)?)?;
            (model.count(id) >= 5 && small.len() >= particle.len() + 4)
                .then(|| (COMPOUND + 3.0 + model.cost(id), Some(id)))
        })
        .reduce(|best, next| if next.0 < best.0 { next } else { best })
}

/// What is put before verbs and nouns to make others.
pub(super) const PARTICLES: &[&str] = &[
    "an", "av", "be", "bort", "efter", "el", "fram", "för", "genom", "hop", "icke", "ihop", "in",
    "miss", "mot", "ned", "ner", "ny", "o", "om", "på", "sam", "till", "under", "upp", "ut",
    "vidare", "väl", "åter", "över",
];

/// Whether `word`, marks or none, is a particle.
pub(super) fn is_particle(word: &[char]) -> bool {
    let bare = |letter: char| match letter.to_ascii_lowercase() {
        'å' | 'ä' | 'Å' | 'Ä' => 'a',
        'ö' | 'Ö' => 'o',
        'é' | 'É' => 'e',
        small => small,
    };
    PARTICLES.iter().any(|particle| {
        particle
            .chars()
            .map(bare)
            .eq(word.iter().copied().map(bare))
    })
}

pub(super) fn head_cost(model: &Model, id: Option<u32>) -> f32 {
    let heads = id.map_or(0.0, |id| model.head(id));
    PARTNERS - (heads + 0.3).ln()
}

pub(super) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Whether `small`, which nobody counted, is a form of a word that was counted in others (`kiosken` of kiosk).
fn is_form(figures: &Figures<'_>, small: &str) -> bool {
    /// Endings, and what stands in their place in the form that was counted.
    const ENDINGS: &[(&str, &str)] = &[
        ("en", ""),
        ("et", ""),
        ("ar", ""),
        ("er", ""),
        ("arna", ""),
        ("erna", ""),
        ("ens", ""),
        ("ets", ""),
        ("na", ""),
        ("r", ""),
        ("t", ""),
        ("an", "a"),
        ("or", "a"),
        ("orna", "a"),
        ("ade", "a"),
        ("ades", "a"),
        ("ande", "a"),
        ("ar", "e"),
        ("arna", "e"),
    ];
    ENDINGS.iter().any(|(ending, instead)| {
        small
            .strip_suffix(ending)
            .filter(|stem| stem.len() + instead.len() >= STEM)
            .and_then(|stem| figures.id(&format!("{stem}{instead}")))
            .is_some_and(|id| figures.count(id) >= 2 && !is_name(figures, id))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_known_by_other_forms_of_its_word() {
        let figures = Figures::new(None);
        assert!(search(&figures, "förhalningarna", true)[0].form);
        for word in ["Socialndmnden", "nimnden", "Lindarna"] {
            assert!(!search(&figures, word, false)[0].form, "{word}");
        }
    }
}
