//! The words of a field, with their places → one text that the engine takes apart again. Pure.
//!
//! The engine's own way to take words with places is a string for each, which it copies once more: half of the time of
//! filing a paper. Here a paper's words lie in one text, and the engine is lent one at a time.

use tantivy::TantivyDocument;
use tantivy::schema::Field;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::{filing, words};

/// The name under which the engine knows [`Filed`].
pub(super) const NAME: &str = "filed";

/// Between a word and the next; words hold no such sign.
const END: char = '\n';

/// The sign for a word at the place of the one before it; the next sign says one place further, and so on.
const HERE: u32 = 0x20;

/// Places that one sign can say; a wider step takes several, with no word behind them.
const WIDEST: u32 = 0x4000;

/// The words of one field of a paper, as [`Filed`] reads them.
#[derive(Default)]
pub(super) struct Tokens {
    spelled: String,
    /// The place of the last word.
    at: usize,
}

impl Tokens {
    /// Nothing yet, and room for so many bytes.
    pub(super) fn with_room(bytes: usize) -> Tokens {
        Tokens {
            spelled: String::with_capacity(bytes),
            at: 0,
        }
    }

    /// Adds `text` at `position`, which is not before that of the last word.
    pub(super) fn push(&mut self, position: usize, text: &str) {
        self.place(position);
        self.spelled.push_str(text);
        self.spelled.push(END);
    }

    /// Adds `first` and `second` as one, with a blank between them.
    pub(super) fn push_two(&mut self, position: usize, first: &str, second: &str) {
        self.place(position);
        self.spelled.push_str(first);
        self.spelled.push(' ');
        self.spelled.push_str(second);
        self.spelled.push(END);
    }

    fn place(&mut self, position: usize) {
        debug_assert!(position >= self.at, "{position} before {}", self.at);
        let mut step = u32::try_from(position.saturating_sub(self.at)).unwrap_or(u32::MAX);
        self.at = position.max(self.at);
        while step >= WIDEST {
            self.spelled.extend(char::from_u32(HERE + WIDEST - 1));
            self.spelled.push(END);
            step -= WIDEST - 1;
        }
        self.spelled.extend(char::from_u32(HERE + step));
    }

    /// Adds the stem of each word of `text` and of its parts, all at one place: the field keeps none.
    pub(super) fn stems(&mut self, text: &str) {
        for word in words::words(text) {
            filing::with(&word.form, |filing| {
                self.push(0, filing.stem());
                for part in filing.parts() {
                    self.push(0, part);
                }
            });
        }
    }

    /// Files the words as `field` of `document`.
    pub(super) fn file(&self, field: Field, document: &mut TantivyDocument) {
        if !self.spelled.is_empty() {
            document.add_text(field, &self.spelled);
        }
    }
}

/// Reads what [`Tokens`] spells.
#[derive(Clone, Default)]
pub(super) struct Filed {
    token: Token,
}

/// The words of one text, each lent to the engine.
pub(super) struct Words<'a> {
    rest: &'a str,
    position: usize,
    token: &'a mut Token,
}

impl Tokenizer for Filed {
    type TokenStream<'a> = Words<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Words<'a> {
        self.token.reset();
        Words {
            rest: text,
            position: 0,
            token: &mut self.token,
        }
    }
}

impl TokenStream for Words<'_> {
    fn advance(&mut self) -> bool {
        while let Some((one, rest)) = self.rest.split_once(END) {
            self.rest = rest;
            let mut letters = one.chars();
            let step = letters
                .next()
                .map_or(0, |sign| u32::from(sign).saturating_sub(HERE));
            self.position += step as usize;
            let word = letters.as_str();
            if !word.is_empty() {
                self.token.text.clear();
                self.token.text.push_str(word);
                self.token.position = self.position;
                self.token.position_length = 1;
                return true;
            }
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
    use proptest::prelude::*;

    use super::*;

    fn read(tokens: &Tokens) -> Vec<(usize, String)> {
        let text = &tokens.spelled;
        let mut filed = Filed::default();
        let mut words = filed.token_stream(text);
        let mut out = Vec::new();
        while words.advance() {
            out.push((words.token().position, words.token().text.clone()));
        }
        out
    }

    proptest! {
        #[test]
        fn words_come_out_as_they_went_in(words in proptest::collection::vec((0usize..200_000, "[a-zåäö ]{1,9}"), 0..40)) {
            let mut words = words;
            words.sort_by_key(|word| word.0);
            let mut tokens = Tokens::default();
            for (position, word) in &words {
                tokens.push(*position, word);
            }
            prop_assert_eq!(read(&tokens), words);
        }
    }
}
