//! Papers → a segment of the index.
//!
//! The engine can gather segments by itself, of any documents. It then looks up each word of each field of each paper among
//! all it has seen. Here a word is looked up once for a paper, and what it is found by, its stem and its parts, once for the
//! segment: their lists are put together from those of the words when the segment is written. What is written is the
//! engine's form, by the engine's writers, and it is the engine that reads and merges it.

use std::collections::BTreeMap;

use tantivy::fastfield::FastFieldsWriter;
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::SegmentComponent;
use tantivy::postings::{FieldSerializer, InvertedIndexSerializer};
use tantivy::schema::{Field, FieldType, Schema, Value};
use tantivy::store::StoreWriter;
use tantivy::{SegmentMeta, TantivyDocument, TantivyError};

use super::card::{Card, Kind};
use super::fields::Fields;
use super::lists::{Handing, Kept, List, Lists};
use super::numbered::Numbered;
use super::tokens;
use crate::swedish::filing;

/// Words, each with its papers.
#[derive(Default)]
struct Said {
    words: Numbered,
    lists: Vec<List>,
}

impl Said {
    /// The number of `word`, and whether it came for the first time.
    fn number(&mut self, word: &str) -> (usize, bool) {
        let (number, new) = self.words.number(word);
        if new {
            self.lists.push(List::default());
        }
        (number as usize, new)
    }

    /// The numbers of the words, in the order of their letters.
    fn sorted(&self) -> Vec<u32> {
        sorted(&self.words)
    }

    fn memory(&self) -> usize {
        self.words.memory() + self.lists.capacity() * size_of::<List>()
    }
}

/// The numbers of `words`, in the order of their bytes.
fn sorted(words: &Numbered) -> Vec<u32> {
    // The first eight bytes tell most words apart, and are at hand.
    let mut keys: Vec<(u64, u32)> = words
        .iter()
        .zip(0..)
        .map(|(word, number)| {
            let mut first = [0; 8];
            let length = word.len().min(8);
            first[..length].copy_from_slice(&word.as_bytes()[..length]);
            (u64::from_be_bytes(first), number)
        })
        .collect();
    keys.sort_unstable_by(|one, other| {
        let word = |number: u32| words.word(number as usize);
        let letters = || word(one.1).cmp(word(other.1));
        one.0.cmp(&other.0).then_with(letters)
    });
    keys.into_iter().map(|(_, number)| number).collect()
}

/// What words are found by.
#[derive(Default)]
struct Roots {
    words: Numbered,
    /// The papers that have it in their title, and in their letterhead or proposal.
    title: Vec<List>,
    lead: Vec<List>,
    /// Of each of [`Segment::words`]: its stem, and where its parts begin and end among `parts`.
    filed: Vec<(u32, [u32; 2])>,
    parts: Vec<u32>,
    /// Of each of [`Segment::joined`] and [`Segment::shared`]: its stem.
    joined: Vec<u32>,
    shared: Vec<u32>,
}

impl Roots {
    fn number(&mut self, root: &str) -> u32 {
        let (number, new) = self.words.number(root);
        if new {
            self.title.push(List::default());
            self.lead.push(List::default());
        }
        number
    }

    fn stem(&mut self, word: &str) -> u32 {
        filing::with(word, |filing| self.number(filing.stem()))
    }

    /// What the next of the words is found by.
    fn file(&mut self, word: &str) {
        let filed = filing::with(word, |filing| {
            let first = self.parts.len() as u32;
            for part in filing.parts() {
                let part = self.number(part);
                self.parts.push(part);
            }
            let stem = self.number(filing.stem());
            (stem, [first, self.parts.len() as u32])
        });
        self.filed.push(filed);
    }

    fn parts_of(&self, word: usize) -> &[u32] {
        let (_, [first, end]) = self.filed[word];
        &self.parts[first as usize..end as usize]
    }

    fn memory(&self) -> usize {
        let lists = self.title.capacity() + self.lead.capacity();
        self.words.memory() + lists * size_of::<List>() + self.filed.capacity() * 16
    }
}

/// A segment in the making.
pub(super) struct Segment {
    segment: tantivy::Segment,
    schema: Schema,
    fields: Fields,
    papers: u32,
    lists: Lists,
    words: Said,
    others: Said,
    joined: Said,
    shared: Said,
    roots: Roots,
    /// What stands in the other text fields, by their numbers.
    terms: Vec<Said>,
    /// What stands in the fields of numbers.
    numbers: BTreeMap<(Field, u64), List>,
    /// How much the papers say in each field.
    said: Vec<u64>,
    lengths: FieldNormsWriter,
    columns: FastFieldsWriter,
    store: StoreWriter,
}

/// How much a paper says in each field.
struct Lengths(Vec<u32>);

impl Lengths {
    fn add(&mut self, field: Field, times: u32) {
        if let Some(length) = self.0.get_mut(field.field_id() as usize) {
            *length = length.saturating_add(times);
        }
    }
}

impl Segment {
    /// Begins `segment`, in which there is nothing yet.
    ///
    /// # Errors
    /// When nothing can be written.
    pub(super) fn begin(
        segment: tantivy::Segment,
        fields: Fields,
    ) -> Result<Segment, TantivyError> {
        let schema = segment.schema();
        let settings = segment.index().settings();
        let store = StoreWriter::new(
            segment.open_write(SegmentComponent::Store)?,
            settings.docstore_compression,
            settings.docstore_blocksize,
            settings.docstore_compress_dedicated_thread,
        )?;
        let columns = segment.index().fast_field_tokenizer().clone();
        let mut terms = Vec::new();
        terms.resize_with(schema.num_fields(), Said::default);
        Ok(Segment {
            papers: 0,
            lists: Lists::default(),
            words: Said::default(),
            others: Said::default(),
            joined: Said::default(),
            shared: Said::default(),
            roots: Roots::default(),
            terms,
            numbers: BTreeMap::new(),
            said: vec![0; schema.num_fields()],
            lengths: FieldNormsWriter::for_schema(&schema),
            columns: FastFieldsWriter::from_schema_and_tokenizer_manager(&schema, columns)?,
            store,
            segment,
            schema,
            fields,
        })
    }

    /// Whether a paper of that file is in it.
    pub(super) fn holds(&self, file: &str) -> bool {
        let files = &self.terms[self.fields.file.field_id() as usize];
        files.words.find(file).is_some()
    }

    /// The files of its papers.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.terms[self.fields.file.field_id() as usize]
            .words
            .iter()
    }

    /// Bytes of memory that it takes, about.
    pub(super) fn memory(&self) -> usize {
        let said = [&self.words, &self.others, &self.joined, &self.shared];
        let said = said.into_iter().chain(&self.terms).map(Said::memory);
        said.sum::<usize>()
            + self.lists.memory()
            + self.roots.memory()
            + self.lengths.mem_usage()
            + self.columns.mem_usage()
            + self.store.mem_usage()
    }

    /// Adds a paper: `document`, what is known of its file, with what is on its card.
    ///
    /// # Errors
    /// When that is no card, and when nothing can be written; the segment then is of no use.
    pub(super) fn add(
        &mut self,
        document: &mut TantivyDocument,
        card: &Card,
    ) -> Result<(), TantivyError> {
        let strange = || TantivyError::InvalidArgument("its card cannot be understood".to_owned());
        let words = card.add_to(document).ok_or_else(strange)?;
        let mut lengths = Lengths(vec![0; self.schema.num_fields()]);
        for (field, value) in document.field_values() {
            self.value(field, &value, &mut lengths);
        }
        for (kind, spelled) in words {
            let read = match kind {
                Kind::Word | Kind::Other | Kind::Joined | Kind::Shared => {
                    self.said(kind, spelled, &mut lengths)
                }
                Kind::Title | Kind::Lead | Kind::Original => self.bare(kind, spelled),
            };
            read.ok_or_else(strange)?;
        }
        for (field, entry) in self.schema.fields() {
            let length = lengths.0[field.field_id() as usize];
            if length > 0 && entry.has_fieldnorms() {
                self.lengths.record(self.papers, field, length);
            }
            self.said[field.field_id() as usize] += u64::from(length);
        }
        self.columns.add_document(document)?;
        self.store.store(document, &self.schema)?;
        self.papers += 1;
        Ok(())
    }

    /// Adds what stands in one of the fields that are found as they are.
    fn value<'a>(&mut self, field: Field, value: &impl Value<'a>, lengths: &mut Lengths) {
        let entry = self.schema.get_field_entry(field);
        if !entry.is_indexed() {
            return;
        }
        match entry.field_type() {
            FieldType::Str(_) => {
                let Some(text) = value.as_str() else { return };
                let said = &mut self.terms[field.field_id() as usize];
                let (number, _) = said.number(text);
                self.lists.note(&mut said.lists[number], self.papers);
            }
            _ => {
                let Some(number) = value.as_u64() else { return };
                let list = self.numbers.entry((field, number)).or_default();
                self.lists.note(list, self.papers);
            }
        }
        lengths.add(field, 1);
    }

    /// Adds words with their places; nothing when they cannot be read.
    fn said(&mut self, kind: Kind, spelled: &[u8], lengths: &mut Lengths) -> Option<()> {
        let mut rest = spelled;
        while !rest.is_empty() {
            let tokens::Said { word, times, steps } = tokens::next(&mut rest)?;
            let said = match kind {
                Kind::Word => &mut self.words,
                Kind::Joined => &mut self.joined,
                Kind::Shared => &mut self.shared,
                _ => &mut self.others,
            };
            let (number, new) = said.number(word);
            self.lists
                .put(&mut said.lists[number], self.papers, times, steps);
            let fields = &self.fields;
            match kind {
                Kind::Word => {
                    if new {
                        self.roots.file(word);
                    }
                    let parts = self.roots.parts_of(number).len() as u32;
                    lengths.add(fields.exact, times);
                    lengths.add(fields.stem, times);
                    lengths.add(fields.part, times.saturating_mul(parts));
                }
                Kind::Joined => {
                    if new {
                        let stem = self.roots.stem(word);
                        self.roots.joined.push(stem);
                    }
                    lengths.add(fields.stem, times);
                }
                Kind::Shared => {
                    if new {
                        let stem = self.roots.stem(word);
                        self.roots.shared.push(stem);
                    }
                    lengths.add(fields.part, times);
                }
                _ => lengths.add(fields.exact, times),
            }
        }
        Some(())
    }

    /// Adds words without places; nothing when they cannot be read.
    fn bare(&mut self, kind: Kind, spelled: &[u8]) -> Option<()> {
        let mut rest = spelled;
        let roots = &mut self.roots;
        let paper = self.papers;
        let field = match kind {
            Kind::Title => self.fields.title,
            Kind::Lead => self.fields.lead,
            _ => self.fields.original,
        };
        let mut new = 0;
        while !rest.is_empty() {
            let word = tokens::next_bare(&mut rest)?;
            if kind == Kind::Original {
                let said = &mut self.terms[field.field_id() as usize];
                let (number, _) = said.number(word);
                new += u64::from(self.lists.note(&mut said.lists[number], paper));
                continue;
            }
            filing::with(word, |filing| {
                for root in std::iter::once(filing.stem()).chain(filing.parts()) {
                    let number = roots.number(root) as usize;
                    let lists = match kind {
                        Kind::Title => &mut roots.title,
                        _ => &mut roots.lead,
                    };
                    new += u64::from(self.lists.note(&mut lists[number], paper));
                }
            });
        }
        self.said[field.field_id() as usize] += new;
        Some(())
    }

    /// Writes the segment; what the engine is to know of it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn write(mut self) -> Result<SegmentMeta, TantivyError> {
        self.lengths.fill_up_to_max_doc(self.papers);
        let lengths = self.segment.open_write(SegmentComponent::FieldNorms)?;
        self.lengths
            .serialize(FieldNormsSerializer::from_write(lengths)?, None)?;
        let lengths = self.segment.open_read(SegmentComponent::FieldNorms)?;
        let lengths = FieldNormReaders::open(lengths)?;
        let mut serializer = InvertedIndexSerializer::open(&self.segment)?;
        let roots = sorted(&self.roots.words);
        for (field, _) in self.schema.fields() {
            let said = self.said[field.field_id() as usize];
            if said > 0 {
                let lengths = lengths.get_field(field)?;
                let mut to = serializer.new_field(field, said, lengths)?;
                self.hand_over(field, &roots, &mut to)?;
                to.close()?;
            }
        }
        serializer.close()?;
        let mut columns = self.segment.open_write(SegmentComponent::FastFields)?;
        self.columns.serialize(&mut columns, None)?;
        tantivy::directory::TerminatingWrite::terminate(columns)?;
        self.store.close()?;
        Ok(self.segment.with_max_doc(self.papers).meta().clone())
    }

    /// Hands the words of `field` over in the order of their letters; `roots` are in that order.
    fn hand_over(
        &self,
        field: Field,
        roots: &[u32],
        to: &mut FieldSerializer,
    ) -> Result<(), TantivyError> {
        let mut handing = Handing::of(&self.lists);
        if field == self.fields.exact {
            return self.hand_exact(&mut handing, to);
        }
        if field == self.fields.stem || field == self.fields.part {
            return self.hand_roots(field, roots, &mut handing, to);
        }
        if field == self.fields.title || field == self.fields.lead {
            let lists = match field == self.fields.title {
                true => &self.roots.title,
                false => &self.roots.lead,
            };
            for root in roots.iter().map(|root| *root as usize) {
                let word = self.roots.words.word(root).as_bytes();
                handing.word(to, word, &[lists[root]], Kept::Bare)?;
            }
            return Ok(());
        }
        let said = &self.terms[field.field_id() as usize];
        for number in said.sorted().into_iter().map(|number| number as usize) {
            let word = said.words.word(number).as_bytes();
            handing.word(to, word, &[said.lists[number]], Kept::Bare)?;
        }
        for ((_, number), list) in self.numbers.range((field, 0)..=(field, u64::MAX)) {
            handing.word(to, &number.to_be_bytes(), &[*list], Kept::Bare)?;
        }
        Ok(())
    }

    /// The words as they stand: those of the text, and those that are found only so.
    fn hand_exact(
        &self,
        handing: &mut Handing,
        to: &mut FieldSerializer,
    ) -> Result<(), TantivyError> {
        let others = self.others.sorted();
        let mut others = others.iter().map(|number| *number as usize).peekable();
        let other = |number: usize| self.others.words.word(number);
        for number in self
            .words
            .sorted()
            .into_iter()
            .map(|number| number as usize)
        {
            let word = self.words.words.word(number);
            while let Some(before) = others.next_if(|number| other(*number) < word) {
                let list = self.others.lists[before];
                handing.word(to, other(before).as_bytes(), &[list], Kept::Places)?;
            }
            let list = self.words.lists[number];
            match others.next_if(|number| other(*number) == word) {
                Some(same) => {
                    let lists = [list, self.others.lists[same]];
                    handing.word(to, word.as_bytes(), &lists, Kept::Places)?;
                }
                None => handing.word(to, word.as_bytes(), &[list], Kept::Places)?,
            }
        }
        for number in others {
            let list = self.others.lists[number];
            handing.word(to, other(number).as_bytes(), &[list], Kept::Places)?;
        }
        Ok(())
    }

    /// The stems, or the parts, each with the lists of the words that are found by it.
    fn hand_roots(
        &self,
        field: Field,
        roots: &[u32],
        handing: &mut Handing,
        to: &mut FieldSerializer,
    ) -> Result<(), TantivyError> {
        let stems = field == self.fields.stem;
        let mut rank = vec![0; roots.len()];
        for (at, root) in (0u32..).zip(roots) {
            rank[*root as usize] = at;
        }
        // The place of the root in the order, whether the word is written in pieces, and its number.
        let mut found: Vec<(u32, bool, u32)> = Vec::new();
        for (word, (stem, _)) in (0u32..).zip(&self.roots.filed) {
            let of_parts = self.roots.parts_of(word as usize);
            let of_stem = std::slice::from_ref(stem);
            for root in if stems { of_stem } else { of_parts } {
                found.push((rank[*root as usize], false, word));
            }
        }
        let (pieces, pieces_by) = match stems {
            true => (&self.joined, &self.roots.joined),
            false => (&self.shared, &self.roots.shared),
        };
        for (word, root) in (0u32..).zip(pieces_by) {
            found.push((rank[*root as usize], true, word));
        }
        found.sort_unstable();
        let kept = if stems { Kept::Places } else { Kept::Times };
        let mut lists = Vec::new();
        for words in found.chunk_by(|one, next| one.0 == next.0) {
            lists.clear();
            lists.extend(words.iter().map(|(_, in_pieces, word)| {
                let said = if *in_pieces { pieces } else { &self.words };
                said.lists[*word as usize]
            }));
            let root = roots[words[0].0 as usize] as usize;
            handing.word(to, self.roots.words.word(root).as_bytes(), &lists, kept)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;
    use tantivy::postings::Postings;
    use tantivy::schema::IndexRecordOption;
    use tantivy::{DocSet, IndexWriter, TERMINATED};

    use super::super::tokens::Tokens;
    use super::*;
    use crate::swedish::words::Forms;

    const WORDS: [&str; 8] = [
        "nämnd",
        "nämnden",
        "nämndens",
        "äldreomsorgen",
        "omsorgens",
        "barnomsorg",
        "och",
        "ö",
    ];

    /// Of a field: of each word, of each paper that says it, the places.
    type Places = BTreeMap<String, BTreeMap<u32, Vec<u32>>>;

    /// What a paper says: words by kind and place.
    type Paper = Vec<(u8, usize)>;

    fn card(paper: &Paper) -> Card {
        let mut card = Card::default();
        for kind in Kind::ALL {
            let mut tokens = Tokens::default();
            for (at, (of, word)) in paper.iter().enumerate() {
                if Kind::ALL[*of as usize] == kind {
                    tokens.push(at, WORDS[*word]);
                }
            }
            if tokens.is_empty() {
                continue;
            }
            match kind {
                Kind::Title | Kind::Lead | Kind::Original => {
                    card.words(kind, &tokens.spelled_bare());
                }
                _ => card.words(kind, &tokens.spelled()),
            }
        }
        card
    }

    /// What is to be found, field by field, said as simply as it can be.
    fn wanted(fields: &Fields, papers: &[Paper]) -> BTreeMap<Field, Places> {
        let mut wanted: BTreeMap<Field, Places> = BTreeMap::new();
        for (number, paper) in (0u32..).zip(papers) {
            let mut put = |field: Field, word: &str, at: u32| {
                let places = wanted.entry(field).or_default();
                let papers = places.entry(word.to_owned()).or_default();
                papers.entry(number).or_default().push(at);
            };
            for (at, (kind, word)) in (0u32..).zip(paper) {
                let word = WORDS[*word];
                let Forms { stem, parts, .. } = Forms::of(word);
                match Kind::ALL[*kind as usize] {
                    Kind::Word => {
                        put(fields.exact, word, at);
                        put(fields.stem, &stem, at);
                        for part in &parts {
                            put(fields.part, part, at);
                        }
                    }
                    Kind::Other => put(fields.exact, word, at),
                    Kind::Joined => put(fields.stem, &stem, at),
                    Kind::Shared => put(fields.part, &stem, at),
                    Kind::Original => put(fields.original, word, at),
                    kind => {
                        let field = match kind {
                            Kind::Title => fields.title,
                            _ => fields.lead,
                        };
                        for root in parts.iter().chain([&stem]) {
                            put(field, root, at);
                        }
                    }
                }
            }
        }
        wanted
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn words_are_found_as_they_stand_by_their_stems_and_by_their_parts(
            papers in prop::collection::vec(prop::collection::vec((0u8..7, 0..WORDS.len()), 0..14), 1..200),
        ) {
            let (schema, fields) = Fields::schema();
            let index = tantivy::Index::create_in_ram(schema);
            let mut writer: IndexWriter = index.writer_with_num_threads(1, 16 << 20).expect("a writer");
            let mut segment = Segment::begin(writer.new_segment(), fields.clone()).expect("a segment");
            for (number, paper) in papers.iter().enumerate() {
                let mut document = tantivy::doc!(fields.file => format!("{number}.pdf"), fields.date => number as u64);
                segment.add(&mut document, &card(paper)).expect("added");
            }
            writer.add_segment(segment.write().expect("written")).expect("taken");
            writer.commit().expect("committed");
            let searcher = index.reader().expect("a reader").searcher();
            let reader = searcher.segment_reader(0);
            let wanted = wanted(&fields, &papers);
            for field in [fields.exact, fields.stem, fields.part, fields.title, fields.lead, fields.original] {
                let empty = Places::new();
                let wanted = wanted.get(&field).unwrap_or(&empty);
                let inverted = reader.inverted_index(field).expect("an index");
                let (mut positions, mut found) = (Vec::new(), BTreeSet::new());
                let mut terms = inverted.terms().stream().expect("terms");
                while terms.advance() {
                    let word = std::str::from_utf8(terms.key()).expect("a word").to_owned();
                    let papers = &wanted[&word];
                    let mut postings = inverted
                        .read_postings_from_terminfo(terms.value(), IndexRecordOption::WithFreqsAndPositions)
                        .expect("postings");
                    prop_assert_eq!(terms.value().doc_freq as usize, papers.len());
                    for (paper, places) in papers {
                        prop_assert_eq!(postings.doc(), *paper);
                        if field != fields.title && field != fields.lead && field != fields.original {
                            prop_assert_eq!(postings.term_freq() as usize, places.len());
                        }
                        if field == fields.exact || field == fields.stem {
                            postings.positions(&mut positions);
                            prop_assert_eq!(&positions, places);
                        }
                        postings.advance();
                    }
                    prop_assert_eq!(postings.doc(), TERMINATED);
                    found.insert(word);
                }
                prop_assert_eq!(found.len(), wanted.len());
                if field == fields.exact || field == fields.stem || field == fields.part {
                    let lengths = reader.get_fieldnorms_reader(field).expect("lengths");
                    for paper in 0..papers.len() as u32 {
                        let said: usize = wanted.values().filter_map(|papers| papers.get(&paper)).map(Vec::len).sum();
                        // Up to forty the engine keeps lengths as they are.
                        prop_assert_eq!(lengths.fieldnorm(paper) as usize, said);
                    }
                }
            }
            let dates = reader.inverted_index(fields.date).expect("an index");
            let mut terms = dates.terms().stream().expect("terms");
            let mut number = 0u64;
            while terms.advance() {
                prop_assert_eq!(terms.key(), number.to_be_bytes());
                number += 1;
            }
            prop_assert_eq!(number as usize, papers.len());
        }
    }
}
