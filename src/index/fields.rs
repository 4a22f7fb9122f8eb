//! The fields of the index and what each holds.

use tantivy::schema::{
    BytesOptions, FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema,
    TextFieldIndexing, TextOptions,
};

use super::tokens;

/// The layout of the index. Raise it when a field changes: an index of another layout lies in another folder, and the
/// next run fills the new one.
pub(super) const LAYOUT: u32 = 8;

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
    /// The row of the paper as JSON, in a column.
    pub(super) row: Field,
    /// Every word in lower case, with positions.
    pub exact: Field,
    /// The stem of every word, with positions.
    pub stem: Field,
    /// The stems of the parts of compounds.
    pub part: Field,
    /// Words of the text as extracted that repair has changed, without marks.
    pub original: Field,
    /// Stems and parts of the title.
    pub title: Field,
    /// Stems and parts of the letterhead, the lines about the title and the proposal.
    pub lead: Field,
    /// Codes of the parties answered, by the paper or by a matter of it.
    pub answers: Field,
    /// Codes of every party named, in any role.
    pub party: Field,
    /// Marks of the parties as written, `FP` for `(fp)`, and the same behind `answers ` of those answered in that form.
    pub written: Field,
    /// What the proposal comes to, by name; of a protokoll, each outcome of its matters.
    pub outcome: Field,
    /// Lookup keys of the diary numbers.
    pub dnr: Field,
    /// The same by year and serial alone, `2016-230=2-2-1-230-2016`.
    pub dnr_short: Field,
    /// The nämnd's name.
    pub namnd: Field,
    /// The kind of paper, by name.
    pub kind: Field,
    /// The paper's date as a number, 20160414; 0 when it is not known.
    pub date: Field,
    /// Every date in the text, `2016-04-14`, and its month, `2016-04`.
    pub dates: Field,
}

impl Fields {
    /// The field of the path below the corpus folder.
    pub fn file(&self) -> Field {
        self.file
    }

    /// The field of the BLAKE3 of its bytes.
    pub fn hash(&self) -> Field {
        self.hash
    }

    /// The fields and the schema that holds them.
    pub(super) fn schema() -> (Schema, Fields) {
        let mut schema = Schema::builder();
        let tokens = |record| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(tokens::NAME)
                .set_index_option(record);
            TextOptions::default().set_indexing_options(indexing)
        };
        let bare = || {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(tokens::NAME)
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
            row: schema.add_bytes_field("row", BytesOptions::default().set_fast()),
            // The engine reads and writes stored bytes one by one, and a text at once.
            record: schema.add_text_field("record", STORED),
            exact: schema.add_text_field("exact", tokens(IndexRecordOption::WithFreqsAndPositions)),
            stem: schema.add_text_field("stem", tokens(IndexRecordOption::WithFreqsAndPositions)),
            part: schema.add_text_field("part", tokens(IndexRecordOption::WithFreqs)),
            original: schema.add_text_field("original", bare()),
            title: schema.add_text_field("title", bare()),
            lead: schema.add_text_field("lead", bare()),
            answers: schema.add_text_field("answers", STRING | FAST),
            party: schema.add_text_field("party", STRING | FAST),
            written: schema.add_text_field("written", STRING),
            outcome: schema.add_text_field("outcome", STRING | FAST),
            dnr: schema.add_text_field("dnr", STRING),
            dnr_short: schema.add_text_field("dnr_short", STRING),
            namnd: schema.add_text_field("namnd", STRING | FAST),
            kind: schema.add_text_field("kind", STRING | FAST),
            date: schema.add_u64_field("date", FAST | INDEXED),
            dates: schema.add_text_field("dates", STRING),
        };
        (schema.build(), fields)
    }
}
