//! The words of a paper, with their places → bytes, in which a worker hands them to the one who writes. Pure.
//!
//! Each word of a paper is spelled once, with all its places, so that the one who writes looks it up once.

use super::numbered::Numbered;
use super::vint;
use crate::swedish::words;

/// The name that the layout gives to how its text fields are cut. The engine cuts nothing: what it is given is cut here.
pub(super) const NAME: &str = "filed";

/// Bytes of the longest word that is filed.
const LONGEST: usize = 0x3fff;

/// Words of one kind, in the order in which they first come.
#[derive(Default)]
pub(super) struct Tokens {
    words: Numbered,
    /// What the paper says, by the words' numbers, and where.
    said: Vec<(u32, u32)>,
    /// Several words as one.
    run: String,
}

impl Tokens {
    /// Nothing yet, and room for a text of so many bytes.
    pub(super) fn with_room(bytes: usize) -> Tokens {
        Tokens {
            words: Numbered::with_room(bytes),
            said: Vec::with_capacity(bytes / 6),
            run: String::new(),
        }
    }

    /// Adds `text` at `position`, which is not before its last place; its number among these words, and whether it is new.
    pub(super) fn push(&mut self, position: usize, text: &str) -> (u32, bool) {
        let (number, new) = self.words.number(text);
        let position = u32::try_from(position).unwrap_or(u32::MAX);
        self.said.push((number, position));
        (number, new)
    }

    /// Adds `run` as one word, with a blank between its words.
    pub(super) fn push_run(&mut self, position: usize, run: &[&str]) {
        let mut one = std::mem::take(&mut self.run);
        one.clear();
        for (at, word) in run.iter().enumerate() {
            if at > 0 {
                one.push(' ');
            }
            one.push_str(word);
        }
        self.push(position, &one);
        self.run = one;
    }

    /// Adds each word of `text`, all at one place.
    pub(super) fn words_of(&mut self, text: &str) {
        for word in words::cut(text) {
            self.push(0, &word.form);
        }
    }

    /// Whether nothing was added.
    pub(super) fn is_empty(&self) -> bool {
        self.said.is_empty()
    }

    /// Each word, without its places.
    pub(super) fn spelled_bare(&self) -> Vec<u8> {
        let mut spelled = Vec::with_capacity(self.words.letters() + self.words.len());
        for word in self.words.iter().filter(|word| word.len() <= LONGEST) {
            spell(word, &mut spelled);
        }
        spelled
    }

    /// Each word with how often it is said and its places, each by how far it is from the one before.
    pub(super) fn spelled(&self) -> Vec<u8> {
        // Where the places of each word begin among all, word by word.
        let mut starts = vec![0; self.words.len() + 1];
        for (number, _) in &self.said {
            starts[*number as usize + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut places = vec![0; self.said.len()];
        let mut next = starts.clone();
        for (number, place) in &self.said {
            let at = &mut next[*number as usize];
            places[*at] = *place;
            *at += 1;
        }
        let letters = self.words.letters() + 4 * self.words.len() + places.len();
        let mut spelled = Vec::with_capacity(letters + letters / 4);
        let mut steps = Vec::new();
        for (word, run) in self.words.iter().zip(starts.windows(2)) {
            let [start, end] = run else { continue };
            if word.len() > LONGEST {
                continue;
            }
            steps.clear();
            let mut before = 0;
            for place in &places[*start..*end] {
                vint::write(place - before, &mut steps);
                before = *place;
            }
            spell(word, &mut spelled);
            vint::write((end - start) as u32, &mut spelled);
            vint::write(steps.len() as u32, &mut spelled);
            spelled.extend_from_slice(&steps);
        }
        spelled
    }
}

fn spell(word: &str, spelled: &mut Vec<u8>) {
    vint::write(word.len() as u32, spelled);
    spelled.extend_from_slice(word.as_bytes());
}

/// A word as it stands in what was spelled.
pub(super) struct Said<'a> {
    pub(super) word: &'a str,
    /// How often the paper says it.
    pub(super) times: u32,
    /// Its places, each by how far it is from the one before.
    pub(super) steps: &'a [u8],
}

fn word<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let length = vint::read(rest)? as usize;
    let (word, behind) = rest.split_at_checked(length)?;
    *rest = behind;
    std::str::from_utf8(word).ok()
}

/// Takes the next word off `rest`, which [`Tokens::spelled`] has spelled; nothing when it has not.
pub(super) fn next<'a>(rest: &mut &'a [u8]) -> Option<Said<'a>> {
    let word = word(rest)?;
    let times = vint::read(rest)?;
    let length = vint::read(rest)? as usize;
    let (steps, behind) = rest.split_at_checked(length)?;
    *rest = behind;
    (times > 0 && vint::count(steps) == Some(times)).then_some(Said { word, times, steps })
}

/// Takes the next word off `rest`, which [`Tokens::spelled_bare`] has spelled; nothing when it has not.
pub(super) fn next_bare<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    word(rest)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn read(tokens: &Tokens) -> Vec<(String, Vec<u32>)> {
        let spelled = tokens.spelled();
        let mut rest = spelled.as_slice();
        let mut out = Vec::new();
        while !rest.is_empty() {
            let said = next(&mut rest).expect("a word");
            let mut steps = said.steps;
            let mut at = 0;
            let mut places = Vec::new();
            while let Some(step) = vint::read(&mut steps) {
                at += step;
                places.push(at);
            }
            assert_eq!(places.len(), said.times as usize);
            out.push((said.word.to_owned(), places));
        }
        out
    }

    proptest! {
        #[test]
        fn words_come_out_with_the_places_that_they_went_in_with(words in prop::collection::vec((0u32..200_000, "[a-cå ]{1,2}"), 0..60)) {
            let mut words = words;
            words.sort_by_key(|word| word.0);
            let mut tokens = Tokens::default();
            let mut places: BTreeMap<String, Vec<u32>> = BTreeMap::new();
            for (position, word) in &words {
                tokens.push(*position as usize, word);
                places.entry(word.clone()).or_default().push(*position);
            }
            let out = read(&tokens);
            prop_assert_eq!(out.len(), places.len());
            prop_assert_eq!(out.into_iter().collect::<BTreeMap<_, _>>(), places);
        }

        #[test]
        fn whatever_comes_is_words_or_none(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let mut rest = bytes.as_slice();
            while next(&mut rest).is_some() {}
            let mut rest = bytes.as_slice();
            while next_bare(&mut rest).is_some() {}
        }
    }

    #[test]
    fn words_in_a_row_are_filed_as_one_with_blanks() {
        let mut tokens = Tokens::default();
        tokens.push_run(4, &["som", "en", "av"]);
        tokens.push_run(5, &["en", "av"]);
        tokens.push_run(9, &["en", "av"]);
        let said = read(&tokens);
        let said: Vec<(&str, &[u32])> = said.iter().map(|(word, at)| (&**word, &**at)).collect();
        assert_eq!(said, [("som en av", &[4][..]), ("en av", &[5, 9])]);
    }

    #[test]
    fn where_places_do_not_matter_each_word_stands_there_once() {
        let mut tokens = Tokens::default();
        tokens.words_of("Hund katt hund");
        let spelled = tokens.spelled_bare();
        let mut rest = spelled.as_slice();
        let said: Vec<&str> = std::iter::from_fn(|| next_bare(&mut rest)).collect();
        assert_eq!(said, ["hund", "katt"]);
    }

    #[test]
    fn a_word_that_is_no_word_any_more_is_not_filed() {
        let mut tokens = Tokens::default();
        tokens.push(0, &"å".repeat(LONGEST));
        tokens.push(1, "hund");
        assert_eq!(read(&tokens), [("hund".to_owned(), vec![1])]);
        assert_eq!(tokens.spelled_bare(), b"\x04hund");
    }
}
