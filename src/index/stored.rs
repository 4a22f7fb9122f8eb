//! What the engine stores of a paper → the record as JSON, without a copy more than it makes itself.

use tantivy::schema::Field;
use tantivy::schema::document::{
    DeserializeError, DocumentDeserialize, DocumentDeserializer, ValueDeserialize,
    ValueDeserializer,
};

/// The texts that are stored of a paper, each with its field.
pub(super) struct Stored(Vec<(Field, Text)>);

impl Stored {
    /// The text of `field`, if there is one.
    pub(super) fn text(&self, field: Field) -> Option<&str> {
        let text = self.0.iter().find(|(of, _)| *of == field)?;
        Some(&text.1.0)
    }
}

impl DocumentDeserialize for Stored {
    fn deserialize<'de, D>(mut document: D) -> Result<Stored, DeserializeError>
    where
        D: DocumentDeserializer<'de>,
    {
        let mut texts = Vec::new();
        while let Some(text) = document.next_field()? {
            texts.push(text);
        }
        Ok(Stored(texts))
    }
}

struct Text(String);

impl ValueDeserialize for Text {
    fn deserialize<'de, D>(value: D) -> Result<Text, DeserializeError>
    where
        D: ValueDeserializer<'de>,
    {
        value.deserialize_string().map(Text)
    }
}
