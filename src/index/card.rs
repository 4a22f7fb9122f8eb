//! A paper as it is to be filed: the values of its fields as bytes, which a worker hands to the one who writes.
//!
//! Finding what a paper's words are filed under is the worker's part; the one who writes reads no record and cuts no text.

use std::sync::LazyLock;

use tantivy::TantivyDocument;
use tantivy::schema::Field;

use super::fields::Fields;
use crate::record::Record;

/// Before each value: the number of its field, what it is, and its length.
const HEAD: usize = 4 + 1 + 8;

const TEXT: u8 = 0;
const BYTES: u8 = 1;
const NUMBER: u8 = 2;
const WORDS: u8 = 3;

/// What kind of words of a paper these are, and so where they are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// As they stand in the text, with their places: found as they stand, by their stems and by their parts.
    Word,
    /// Found only as they stand, at these places: readings nearly as likely, and function words in a row.
    Other,
    /// Written in pieces: found by their stems, at these places.
    Joined,
    /// Written in pieces of which the last belongs to another word too: their stems are found as parts.
    Shared,
    /// Of the title, without places: found by their stems and parts.
    Title,
    /// Of the letterhead and the proposal, as [`Kind::Title`].
    Lead,
    /// As they were before repair, without places: found as they stand.
    Original,
}

impl Kind {
    /// All, by their numbers.
    pub(super) const ALL: [Kind; 7] = [
        Kind::Word,
        Kind::Other,
        Kind::Joined,
        Kind::Shared,
        Kind::Title,
        Kind::Lead,
        Kind::Original,
    ];
}

/// What is filed of a paper, but for what the run knows of its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card(Vec<u8>);

impl Card {
    /// What is filed of `record`.
    ///
    /// # Errors
    /// When the record cannot be spelled as JSON.
    pub fn of(record: &Record) -> serde_json::Result<Card> {
        static FIELDS: LazyLock<Fields> = LazyLock::new(|| Fields::schema().1);
        super::document::of(&FIELDS, record)
    }

    /// A card as [`Card::bytes`] spells it.
    pub fn read(bytes: Vec<u8>) -> Card {
        Card(bytes)
    }

    /// The card as bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(super) fn with_room(bytes: usize) -> Card {
        Card(Vec::with_capacity(bytes))
    }

    pub(super) fn text(&mut self, field: Field, text: &str) {
        self.put(field.field_id(), TEXT, text.as_bytes());
    }

    pub(super) fn raw(&mut self, field: Field, bytes: &[u8]) {
        self.put(field.field_id(), BYTES, bytes);
    }

    pub(super) fn number(&mut self, field: Field, number: u64) {
        self.put(field.field_id(), NUMBER, &number.to_le_bytes());
    }

    /// Words of that kind, as [`Tokens`](super::tokens::Tokens) spells them.
    pub(super) fn words(&mut self, kind: Kind, spelled: &[u8]) {
        self.put(kind as u32, WORDS, spelled);
    }

    fn put(&mut self, number: u32, kind: u8, value: &[u8]) {
        self.0.extend_from_slice(&number.to_le_bytes());
        self.0.push(kind);
        self.0
            .extend_from_slice(&(value.len() as u64).to_le_bytes());
        self.0.extend_from_slice(value);
    }

    /// Adds the values to `document`; the words that are to be filed with them, by their kinds. Nothing when these bytes are no
    /// card, and then the document is of no use.
    pub(super) fn add_to(&self, document: &mut TantivyDocument) -> Option<Vec<(Kind, &[u8])>> {
        let mut words = Vec::new();
        let mut rest = self.0.as_slice();
        while !rest.is_empty() {
            let (head, behind) = rest.split_at_checked(HEAD)?;
            let number = u32::from_le_bytes(head[..4].try_into().ok()?);
            let field = Field::from_field_id(number);
            let length = u64::from_le_bytes(head[5..].try_into().ok()?);
            let (value, behind) = behind.split_at_checked(usize::try_from(length).ok()?)?;
            match head[4] {
                TEXT => document.add_text(field, std::str::from_utf8(value).ok()?),
                BYTES => document.add_bytes(field, value),
                NUMBER => document.add_u64(field, u64::from_le_bytes(value.try_into().ok()?)),
                WORDS => words.push((*Kind::ALL.get(number as usize)?, value)),
                _ => return None,
            }
            rest = behind;
        }
        Some(words)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::schema::Value;

    use super::*;

    #[test]
    fn what_is_put_in_comes_out() {
        let (_, fields) = Fields::schema();
        let mut card = Card::default();
        card.text(fields.kind, "yttrande");
        card.raw(fields.row, b"\x00\xff");
        card.number(fields.date, 20160414);
        for kind in Kind::ALL {
            card.words(kind, &[kind as u8; 3]);
        }
        let mut document = TantivyDocument::default();
        let card = Card::read(card.bytes().to_vec());
        let words = card.add_to(&mut document).unwrap();
        let of = |kind: Kind| [kind as u8; 3];
        let kinds: Vec<Kind> = words.iter().map(|(kind, _)| *kind).collect();
        assert_eq!(kinds, Kind::ALL);
        assert!(words.iter().all(|(kind, spelled)| *spelled == of(*kind)));
        let value = |field| document.get_first(field).unwrap();
        assert_eq!(value(fields.kind).as_str(), Some("yttrande"));
        assert_eq!(value(fields.row).as_bytes(), Some(&b"\x00\xff"[..]));
        assert_eq!(value(fields.date).as_u64(), Some(20160414));
    }

    proptest! {
        #[test]
        fn whatever_comes_is_a_card_or_none(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = Card::read(bytes).add_to(&mut TantivyDocument::default());
        }
    }
}
