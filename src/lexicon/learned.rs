//! Words and word pairs of the user's own sound papers: names of places and people of a municipality, its terms.
//!
//! Comes in: counts. Goes out: a text to be kept beside the index, and from it the figures that weigh beside the embedded
//! ones. The same counts give the same text; its BLAKE3 hash names it.

use std::collections::BTreeMap;
use std::fmt::Write;

use fst::Map;

use super::data::model;
use super::pack;

/// The first line; the figure is the version of the form.
const HEAD: &str = "diarium learned words 1";
/// A word that stands fewer times than this in all papers may be a slip; it is not learned.
const LEAST: u32 = 2;
/// One sighting in the user's own papers weighs as many in the papers of others.
const WEIGHT: u32 = 8;

/// Counts of words and word pairs of sound pages, to be made into [`Learned`].
#[derive(Clone, Debug, Default)]
pub struct Sightings {
    words: BTreeMap<String, [u32; 2]>,
    pairs: BTreeMap<(String, String), u32>,
}

impl Sightings {
    /// Counts `word` as written; `before` is the word before it in small letters, `<s>` at a line's start.
    pub fn see(&mut self, before: Option<&str>, word: &str) {
        let small = word.to_lowercase();
        let known = self.words.entry(small.clone()).or_default();
        known[0] += 1;
        known[1] += u32::from(word.chars().any(char::is_uppercase));
        if let Some(before) = before {
            *self.pairs.entry((before.to_owned(), small)).or_default() += 1;
        }
    }

    /// The text to keep: a head line, words with their count and how often they had capitals, an empty line, pairs with
    /// their count.
    pub fn text(&self) -> String {
        let mut out = format!("{HEAD}\n");
        for (word, [count, capitals]) in &self.words {
            if *count >= LEAST {
                let _ = writeln!(out, "{word}\t{count}\t{capitals}");
            }
        }
        out.push('\n');
        for ((first, second), count) in &self.pairs {
            if *count >= LEAST {
                let _ = writeln!(out, "{first}\t{second}\t{count}");
            }
        }
        out
    }
}

/// What was learned of the user's own papers, opened.
#[derive(Debug)]
pub struct Learned {
    id: String,
    /// Words that the embedded figures lack → their number among these.
    words: Option<Map<Vec<u8>>>,
    /// Counts of these, and how often they had capitals.
    new: Vec<[u32; 2]>,
    /// Counts of words that the embedded figures have, by their number.
    known: BTreeMap<u32, u32>,
    pairs: BTreeMap<u64, u32>,
    /// Word pairs that begin with a word, by its number: the sum of their counts.
    total: u32,
    /// The number of the first word that the embedded figures lack.
    first: u32,
}

impl Learned {
    /// Opens what [`Sightings::text`] wrote.
    ///
    /// # Errors
    /// A sentence for a person when `text` is something else.
    pub fn open(text: &str) -> Result<Learned, String> {
        let mut lines = text.lines();
        if lines.next() != Some(HEAD) {
            return Err(format!("this does not begin with `{HEAD}`"));
        }
        let model = model();
        let first = model.words().map_or(0, |words| words.len() as u32);
        let mut learned = Learned {
            id: blake3::hash(text.as_bytes()).to_hex().to_string(),
            words: None,
            new: Vec::new(),
            known: BTreeMap::new(),
            pairs: BTreeMap::new(),
            total: 0,
            first,
        };
        let bad = |line: &str| format!("`{line}` is no row of learned words");
        let mut new: BTreeMap<&str, [u32; 2]> = BTreeMap::new();
        for line in lines.by_ref().take_while(|line| !line.is_empty()) {
            let mut columns = line.split('\t');
            let word = columns.next().ok_or_else(|| bad(line))?;
            let mut figure = || columns.next()?.parse::<u32>().ok();
            let (Some(count), Some(capitals)) = (figure(), figure()) else {
                return Err(bad(line));
            };
            learned.total = learned.total.saturating_add(count);
            match model.id(word) {
                Some(id) => {
                    learned.known.insert(id, count);
                }
                None => {
                    new.insert(word, [count, capitals]);
                }
            }
        }
        // Words that would outgrow the numbers of a pair's key are left out; no municipality writes so many.
        let room = (1usize << 20).saturating_sub(first as usize);
        let mut builder = fst::MapBuilder::memory();
        for (number, (word, counts)) in (0u32..).zip(new.iter().take(room)) {
            builder
                .insert(word, u64::from(number))
                .map_err(|error| error.to_string())?;
            learned.new.push(*counts);
        }
        let bytes = builder.into_inner().map_err(|error| error.to_string())?;
        learned.words = Map::new(bytes).ok();
        for line in lines {
            let mut columns = line.split('\t');
            let (Some(one), Some(two), Some(Ok(count))) = (
                columns.next(),
                columns.next(),
                columns.next().map(str::parse::<u32>),
            ) else {
                return Err(bad(line));
            };
            let id = |word: &str| model.id(word).or_else(|| learned.id_of(word));
            if let (Some(one), Some(two)) = (id(one), id(two)) {
                learned.pairs.insert(pack::pair(one, two), count);
            }
        }
        Ok(learned)
    }

    /// The BLAKE3 hash of the text, in hexadecimal: which model this is.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// How many words the embedded figures lack.
    pub fn len(&self) -> usize {
        self.new.len()
    }

    /// Whether nothing new was learned.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty()
    }

    fn id_of(&self, word: &str) -> Option<u32> {
        let number = self.words.as_ref()?.get(word)?;
        Some(self.first + number as u32)
    }
}

/// The embedded figures and, where there are any, the learned ones on top: one answer to every question.
#[derive(Clone, Copy, Debug)]
pub struct Figures<'a> {
    /// The embedded figures.
    pub model: &'static super::Model,
    /// What was learned.
    pub learned: Option<&'a Learned>,
}

impl<'a> Figures<'a> {
    /// The embedded figures with `learned` on top.
    pub fn new(learned: Option<&'a Learned>) -> Figures<'a> {
        Figures {
            model: model(),
            learned,
        }
    }

    /// Words that were learned and the embedded figures lack, and the number of the first; for whoever walks them.
    pub fn words_learned(&self) -> Option<(&'a Map<Vec<u8>>, u32)> {
        let learned = self.learned?;
        Some((learned.words.as_ref()?, learned.first))
    }

    /// The number of a word in small letters.
    pub fn id(&self, word: &str) -> Option<u32> {
        let known = self.model.id(word);
        match self.learned {
            Some(learned) => known.or_else(|| learned.id_of(word)),
            None => known,
        }
    }

    /// How often word `id` was counted; one's own papers weigh more.
    pub fn count(&self, id: u32) -> u32 {
        let Some(learned) = self.learned else {
            return self.model.count(id);
        };
        let own = match id.checked_sub(learned.first) {
            Some(number) => learned.new.get(number as usize).map_or(0, |new| new[0]),
            None => learned.known.get(&id).copied().unwrap_or(0),
        };
        self.model
            .count(id)
            .saturating_add(own.saturating_mul(WEIGHT))
    }

    /// The cost, in nats, of word `id` where nothing is known of its neighbours.
    pub fn cost(&self, id: u32) -> f32 {
        let Some(learned) = self.learned else {
            return self.model.cost(id);
        };
        let total = self.model.total() + learned.total as f32 * WEIGHT as f32;
        (total / (self.count(id) as f32).max(0.4)).ln()
    }

    /// How often word `second` followed word `first`.
    pub fn pair(&self, first: u32, second: u32) -> f32 {
        let known = self.model.pair(first, second);
        let Some(learned) = self.learned else {
            return known;
        };
        let own = learned.pairs.get(&pack::pair(first, second));
        known + own.map_or(0.0, |own| (own * WEIGHT) as f32)
    }

    /// The shares, 0 to 15, in which word `id` stands in small letters and Capitalised.
    pub fn cases(&self, id: u32) -> (u8, u8) {
        if let Some(learned) = self.learned
            && let Some(number) = id.checked_sub(learned.first)
        {
            let [count, capitals] = learned.new.get(number as usize).copied().unwrap_or([1, 0]);
            let capitals = (capitals * 15 / count.max(1)).min(15) as u8;
            return (15 - capitals, capitals);
        }
        self.model.cases(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_is_kept_and_comes_back() {
        let mut sightings = Sightings::default();
        for _ in 0..3 {
            sightings.see(Some("<s>"), "Gråskärsvik");
            sightings.see(Some("gråskärsvik"), "ligger");
        }
        sightings.see(None, "felstavnad");
        let text = sightings.text();
        let learned = Learned::open(&text).unwrap();
        let figures = Figures::new(Some(&learned));
        let id = figures.id("gråskärsvik").unwrap();
        assert_eq!(Figures::new(None).id("gråskärsvik"), None);
        assert_eq!(figures.count(id), 3 * WEIGHT);
        assert!(figures.pair(id, figures.id("ligger").unwrap()) > 10.0);
        assert_eq!(figures.id("felstavnad"), None);
        assert_eq!(learned.id(), Learned::open(&text).unwrap().id());
        assert_eq!(figures.cases(id).0, 0);
        assert!(Learned::open("something else").is_err());
        assert!(Learned::open(&format!("{HEAD}\nno row\n")).is_err());
    }
}
