//! The words of a field, with their places → one text that the engine takes apart again. Pure.
//!
//! The engine's own way to take words with places is a string for each, which it copies once more, and it looks each up
//! among all the words of all papers: most of the time of filing a paper, and most of that is waiting for memory. Here each
//! word of a paper is spelled once, with all its places, so that the engine has at hand what it looks up again.

use tantivy::schema::Field;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::card::Card;
use super::numbered::Numbered;
use crate::swedish::{filing, words};

/// The name under which the engine knows [`Filed`].
pub(super) const NAME: &str = "filed";

/// The sign that says 0; the next one says 1, and so on.
const NOUGHT: u32 = 0x20;

/// The number that no sign says.
const MOST: u32 = 0x4000;

/// The sign that says [`MOST`] places further, where the word does not stand.
const FURTHER: char = '\u{1f}';

/// The sign for `number`, which is less than [`MOST`].
fn sign(number: u32) -> char {
    char::from_u32(NOUGHT + number).unwrap_or(FURTHER)
}

/// The number that `sign` says.
fn number(sign: char) -> u32 {
    u32::from(sign).saturating_sub(NOUGHT)
}

/// The words of one field of a paper, as [`Filed`] reads them.
#[derive(Default)]
pub(super) struct Tokens {
    words: Numbered,
    /// What stands in the field, by the words' numbers, and where.
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

    /// The number of `text` among the words of this field.
    pub(super) fn number(&mut self, text: &str) -> u32 {
        self.words.number(text).0
    }

    /// Adds the word of that number at `position`, which is not before the last place of this word.
    pub(super) fn put(&mut self, position: usize, number: u32) {
        let position = u32::try_from(position).unwrap_or(u32::MAX);
        self.said.push((number, position));
    }

    /// Adds `text` at `position`, which is not before its last place.
    pub(super) fn push(&mut self, position: usize, text: &str) {
        let number = self.number(text);
        self.put(position, number);
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

    /// Adds the stem of each word of `text` and of its parts, all at one place: the field keeps none.
    pub(super) fn stems(&mut self, text: &str) {
        for word in words::cut(text) {
            filing::with(&word.form, |filing| {
                self.push(0, filing.stem());
                for part in filing.parts() {
                    self.push(0, part);
                }
            });
        }
    }

    /// Puts the words on `card` as `field`.
    pub(super) fn file(&self, field: Field, card: &mut Card) {
        if !self.said.is_empty() {
            card.text(field, &self.spelled(usize::MAX));
        }
    }

    /// Puts the words on `card` as `field`, which does not keep how often a paper says them: each stands there once.
    pub(super) fn file_once(&self, field: Field, card: &mut Card) {
        if !self.said.is_empty() {
            card.text(field, &self.spelled(1));
        }
    }

    /// Each word behind a sign for its bytes, and its places, each by how far it is from the one before, behind a sign for
    /// how many they are; a word of very many places stands there several times. Of each word at most so many places are told.
    fn spelled(&self, most: usize) -> String {
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
        let letters = self.words.letters() + 2 * self.words.len() + places.len();
        let mut spelled = String::with_capacity(letters + letters / 4);
        for (word, run) in self.words.iter().zip(starts.windows(2)) {
            let [start, end] = run else { continue };
            let Some(bytes) = u32::try_from(word.len()).ok().filter(|bytes| *bytes < MOST) else {
                continue;
            };
            let end = start.saturating_add(most).min(*end);
            for places in places[*start..end].chunks(MOST as usize - 1) {
                spelled.push(sign(bytes));
                spelled.push_str(word);
                spelled.push(sign(places.len() as u32));
                let mut before = 0;
                for place in places {
                    let mut step = place - before;
                    before = *place;
                    while step >= MOST {
                        spelled.push(FURTHER);
                        step -= MOST;
                    }
                    spelled.push(sign(step));
                }
            }
        }
        spelled
    }
}

/// Reads what [`Tokens`] spells.
#[derive(Clone, Default)]
pub(super) struct Filed {
    token: Token,
}

/// The words of one text, each lent to the engine as often as it stands there.
pub(super) struct Words<'a> {
    rest: std::str::Chars<'a>,
    /// Places of the word at hand that are still to come.
    places: u32,
    position: usize,
    token: &'a mut Token,
}

impl Tokenizer for Filed {
    type TokenStream<'a> = Words<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Words<'a> {
        self.token.reset();
        self.token.position_length = 1;
        Words {
            rest: text.chars(),
            places: 0,
            position: 0,
            token: &mut self.token,
        }
    }
}

impl Words<'_> {
    /// Goes on to the next word; whether there is one.
    fn word(&mut self) -> bool {
        let bytes = self.rest.next().map(number);
        let word = bytes.and_then(|bytes| self.rest.as_str().split_at_checked(bytes as usize));
        let Some((word, rest)) = word else {
            return false;
        };
        self.token.text.clear();
        self.token.text.push_str(word);
        self.rest = rest.chars();
        self.places = self.rest.next().map_or(0, number);
        self.position = 0;
        true
    }
}

impl TokenStream for Words<'_> {
    fn advance(&mut self) -> bool {
        while self.places == 0 {
            if !self.word() {
                return false;
            }
        }
        self.places -= 1;
        for sign in self.rest.by_ref() {
            if sign != FURTHER {
                self.position += number(sign) as usize;
                self.token.position = self.position;
                return true;
            }
            self.position += MOST as usize;
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn read(tokens: &Tokens) -> Vec<(String, usize)> {
        let text = tokens.spelled(usize::MAX);
        let mut filed = Filed::default();
        let mut words = filed.token_stream(&text);
        let mut out = Vec::new();
        while words.advance() {
            out.push((words.token().text.clone(), words.token().position));
        }
        out
    }

    proptest! {
        #[test]
        fn words_come_out_with_the_places_that_they_went_in_with(words in proptest::collection::vec((0usize..200_000, "[a-cå ]{1,2}"), 0..60)) {
            let mut words = words;
            words.sort_by_key(|word| word.0);
            let mut tokens = Tokens::default();
            let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (position, word) in &words {
                tokens.push(*position, word);
                places.entry(word.clone()).or_default().push(*position);
            }
            let mut runs = 0;
            let mut out: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            let mut last = None;
            for (word, position) in read(&tokens) {
                runs += usize::from(last.as_ref() != Some(&word));
                last = Some(word.clone());
                out.entry(word).or_default().push(position);
            }
            prop_assert_eq!(&out, &places);
            prop_assert_eq!(runs, places.len());
        }
    }

    #[test]
    fn words_in_a_row_are_filed_as_one_with_blanks() {
        let mut tokens = Tokens::default();
        tokens.push_run(4, &["som", "en", "av"]);
        tokens.push_run(5, &["en", "av"]);
        tokens.push_run(9, &["en", "av"]);
        tokens.push_run(12, &["ensam"]);
        let said: Vec<(String, usize)> = read(&tokens);
        let said: Vec<(&str, usize)> = said.iter().map(|(word, at)| (&**word, *at)).collect();
        assert_eq!(
            said,
            [("som en av", 4), ("en av", 5), ("en av", 9), ("ensam", 12)]
        );
    }

    #[test]
    fn where_it_does_not_matter_how_often_a_word_stands_there_once() {
        let mut tokens = Tokens::default();
        for place in 0..3 {
            tokens.push(place, "hund");
            tokens.push(place, "katt");
        }
        let said = |most: usize| {
            let text = tokens.spelled(most);
            let mut filed = Filed::default();
            let mut words = filed.token_stream(&text);
            let mut said = Vec::new();
            while words.advance() {
                said.push(words.token().text.clone());
            }
            said
        };
        assert_eq!(said(1), ["hund", "katt"]);
        assert_eq!(said(usize::MAX).len(), 6);
    }

    #[test]
    fn a_word_may_stand_at_very_many_places() {
        let mut tokens = Tokens::default();
        for position in 0..40_000 {
            tokens.push(3 * position, "och");
        }
        let places: Vec<usize> = read(&tokens).into_iter().map(|(_, place)| place).collect();
        assert_eq!(
            places,
            (0..40_000).map(|place| 3 * place).collect::<Vec<_>>()
        );
    }
}
