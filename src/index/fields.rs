//! The fields of the index and what each holds.

use tantivy::schema::{
    BytesOptions, FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema,
    TextFieldIndexing, TextOptions,
};

/// The layout of the index. Raise it when a field changes: an index of another layout lies in another folder, and the
/// next run fills the new one.
pub(super) const LAYOUT: u32 = 1;

/// The fields, by what they hold.
#[derive(Clone, Debug)]
pub struct Fields {
    /// The path below the corpus folder; one document a path.
    pub(super) file: Field,
    /// Bytes of the file.
    pub(super) size: Field,
    /// Its last change, in nanoseconds since 1970.
    pub(super) modified: Field,
    /// BLAKE3 of its bytes.
    pub(super) hash: Field,
    /// Its state, by name.
    pub state: Field,
    /// The reason for the state; empty when there is none.
    pub(super) reason: Field,
    /// The whole record as JSON.
    pub(super) record: Field,
    /// Every word in lower case, with positions.
    pub exact: Field,
    /// The stem of every word.
    pub stem: Field,
    /// The stems of the parts of compounds.
    pub part: Field,
    /// Stems and parts without marks.
    pub fold: Field,
    /// Words of the text as extracted that repair has changed, without marks.
    pub original: Field,
    /// Stems and parts of the title.
    pub title: Field,
    /// Codes of the parties answered.
    pub answers: Field,
    /// Codes of every party named, in any role.
    pub party: Field,
    /// Lookup keys of the diary numbers.
    pub dnr: Field,
    /// The nämnd's name.
    pub namnd: Field,
    /// The kind of paper, by name.
    pub kind: Field,
    /// The paper's date as a number, 20160414; 0 when it is not known.
    pub date: Field,
    /// Every date in the text, `2016-04-14`.
    pub dates: Field,
}

impl Fields {
    /// The fields and the schema that holds them.
    pub(super) fn schema() -> (Schema, Fields) {
        let mut schema = Schema::builder();
        let tokens = |record| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer("raw")
                .set_index_option(record);
            TextOptions::default().set_indexing_options(indexing)
        };
        let bare = || {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer("raw")
                .set_index_option(IndexRecordOption::Basic)
                .set_fieldnorms(false);
            TextOptions::default().set_indexing_options(indexing)
        };
        let fields = Fields {
            file: schema.add_text_field("file", STRING | FAST),
            size: schema.add_u64_field("size", FAST),
            modified: schema.add_i64_field("modified", FAST),
            hash: schema.add_text_field("hash", STRING | FAST),
            state: schema.add_text_field("state", STRING | FAST),
            reason: schema.add_text_field("reason", FAST),
            record: schema.add_bytes_field("record", BytesOptions::from(STORED)),
            exact: schema.add_text_field("exact", tokens(IndexRecordOption::WithFreqsAndPositions)),
            stem: schema.add_text_field("stem", tokens(IndexRecordOption::WithFreqs)),
            part: schema.add_text_field("part", tokens(IndexRecordOption::WithFreqs)),
            fold: schema.add_text_field("fold", tokens(IndexRecordOption::WithFreqs)),
            original: schema.add_text_field("original", bare()),
            title: schema.add_text_field("title", bare()),
            answers: schema.add_text_field("answers", STRING),
            party: schema.add_text_field("party", STRING),
            dnr: schema.add_text_field("dnr", STRING),
            namnd: schema.add_text_field("namnd", STRING),
            kind: schema.add_text_field("kind", STRING),
            date: schema.add_u64_field("date", FAST | INDEXED),
            dates: schema.add_text_field("dates", STRING),
        };
        (schema.build(), fields)
    }
}
