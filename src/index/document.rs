//! A record → the document that tantivy files.

use tantivy::TantivyDocument;
use tantivy::schema::Field;
use tantivy::tokenizer::{PreTokenizedString, Token};

use super::fields::Fields;
use super::words;
use crate::record::{Entry, Record, State};
use crate::tag;

/// The document for `entry` and its record.
pub(super) fn of(
    fields: &Fields,
    entry: &Entry,
    record: Option<&Record>,
) -> serde_json::Result<TantivyDocument> {
    let mut document = TantivyDocument::default();
    document.add_text(fields.file, &entry.file);
    document.add_u64(fields.size, entry.size);
    document.add_i64(fields.modified, entry.modified);
    document.add_text(fields.hash, &entry.hash);
    document.add_text(fields.state, entry.state.name());
    if let Some(reason) = &entry.reason {
        document.add_text(fields.reason, reason);
    }
    let Some(record) = record else {
        return Ok(document);
    };
    debug_assert!(!matches!(entry.state, State::Failed | State::Skipped));
    document.add_bytes(fields.record, &serde_json::to_vec(record)?);
    text(fields, record, &mut document);
    tags(fields, record, &mut document);
    Ok(document)
}

/// Running heads and feet of these first pages are searchable; on later pages they only repeat themselves.
const PAGES_WITH_FURNITURE: u32 = 2;

/// The byte ranges of a page's text that are searchable, in order.
pub(crate) fn searchable(
    text: &str,
    page: u32,
    furniture: &[(usize, usize)],
) -> Vec<(usize, usize)> {
    if page <= PAGES_WITH_FURNITURE {
        return vec![(0, text.len())];
    }
    let mut ranges = Vec::new();
    let mut at = 0;
    for &(start, end) in furniture {
        if at < start {
            ranges.push((at, start));
        }
        at = end;
    }
    if at < text.len() {
        ranges.push((at, text.len()));
    }
    ranges
}

fn text(fields: &Fields, record: &Record, document: &mut TantivyDocument) {
    let mut exact = Tokens::default();
    let mut stem = Tokens::default();
    let mut part = Tokens::default();
    let mut fold = Tokens::default();
    let mut original = Tokens::default();
    let mut position = 0;
    for page in &record.pages {
        let clean = &page.clean;
        // Readings nearly as likely as the one that stands: found as if they stood there.
        let others = clean.alternatives();
        for (start, end) in searchable(&clean.text, clean.number, &clean.furniture) {
            for word in words::words(&clean.text[start..end]) {
                exact.push(position, &word.form);
                let at = start + word.range.start;
                let first = others.partition_point(|(range, _)| range.start < at);
                for (_, other) in others[first..]
                    .iter()
                    .take_while(|(range, _)| range.start == at)
                {
                    for other in words::words(other) {
                        exact.push(position, &other.form);
                    }
                }
                words::with_forms(&word.form, |forms| {
                    stem.push(position, &forms.stem);
                    fold.push(position, &words::fold(&forms.stem));
                    for part_stem in &forms.parts {
                        part.push(position, part_stem);
                        fold.push(position, &words::fold(part_stem));
                    }
                });
                position += 1;
            }
        }
        for repair in &clean.repairs {
            for word in words::words(&repair.was) {
                original.push(0, &words::fold(&word.form));
            }
        }
    }
    let mut title = Tokens::default();
    if let Some(found) = &record.tags.title {
        for (position, word) in words::words(&found.value).enumerate() {
            words::with_forms(&word.form, |forms| {
                title.push(position, &forms.stem);
                for part_stem in &forms.parts {
                    title.push(position, part_stem);
                }
            });
        }
    }
    for (field, tokens) in [
        (fields.exact, exact),
        (fields.stem, stem),
        (fields.part, part),
        (fields.fold, fold),
        (fields.original, original),
        (fields.title, title),
    ] {
        tokens.file(field, document);
    }
}

fn tags(fields: &Fields, record: &Record, document: &mut TantivyDocument) {
    let tags = &record.tags;
    for party in &tags.answers {
        document.add_text(fields.answers, party.value.code());
    }
    let mut parties: Vec<tag::Party> = Vec::new();
    parties.extend(tags.answers.iter().map(|party| party.value));
    parties.extend(tags.via_remiss.iter().map(|party| party.value));
    parties.extend(tags.mentions.iter().map(|party| party.value));
    parties.extend(tags.authors.iter().filter_map(|person| person.value.party));
    parties.sort_unstable();
    parties.dedup();
    for party in parties {
        document.add_text(fields.party, party.code());
    }
    for dnr in &tags.dnr {
        if let Some(key) = tag::lookup_key(&dnr.value.key) {
            document.add_text(fields.dnr, key);
        }
    }
    if let Some(namnd) = &tags.namnd {
        document.add_text(fields.namnd, &namnd.value);
    }
    document.add_text(fields.kind, tags.kind.to_string());
    document.add_u64(
        fields.date,
        tags.date.as_ref().map_or(0, |date| date_number(date.value)),
    );
    let mut dates: Vec<String> = tags
        .dates
        .iter()
        .map(|date| date.value.date.to_string())
        .collect();
    dates.extend(tags.date.as_ref().map(|date| date.value.to_string()));
    dates.sort_unstable();
    dates.dedup();
    for date in dates {
        document.add_text(fields.dates, date);
    }
}

/// A day as the number that the index sorts and filters by: 20160414.
pub fn date_number(date: jiff::civil::Date) -> u64 {
    let part = |n: i8| u64::try_from(n).unwrap_or(0);
    u64::try_from(date.year()).unwrap_or(0) * 10_000 + part(date.month()) * 100 + part(date.day())
}

/// The tokens of one field.
#[derive(Default)]
struct Tokens(Vec<Token>);

impl Tokens {
    fn push(&mut self, position: usize, text: &str) {
        self.0.push(Token {
            offset_from: 0,
            offset_to: 0,
            position,
            text: text.to_owned(),
            position_length: 1,
        });
    }

    fn file(self, field: Field, document: &mut TantivyDocument) {
        if !self.0.is_empty() {
            document.add_pre_tokenized_text(
                field,
                PreTokenizedString {
                    text: String::new(),
                    tokens: self.0,
                },
            );
        }
    }
}
