//! The side of the index that is asked.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::Timestamp;
use tantivy::collector::DocSetCollector;
use tantivy::columnar::{BytesColumn, Column, StrColumn};
use tantivy::{DocAddress, Searcher, SegmentReader, Term};

use super::fields::Fields;
use super::stored::Stored;
use super::told::caught;
use super::{Error, Generation, Row, Summary, layout_folder, row};
use super::{before, readonly};
use crate::record::{self, Entries, Entry, Record, State};

/// Reads the index as its last commit left it.
pub struct Reader {
    folder: PathBuf,
    searcher: Searcher,
    fields: Fields,
    generation: Generation,
    /// The columns of the segments, once a list was asked for.
    columns: OnceLock<Arc<[ListColumns]>>,
    /// Rows that were read of late.
    rows: Arc<Mutex<HashMap<DocAddress, Arc<Filed>>>>,
    /// Filters and words that were asked for; their papers, once that was more than once.
    filters: Mutex<Filters>,
}

/// A segment's number, and what tells whose papers are meant: where the terms stand in it.
type FilterKey = (usize, Vec<u64>);

/// The papers of filters and words, a bit for each paper; nothing for those that were asked for once.
#[derive(Default)]
struct Filters {
    known: HashMap<FilterKey, Option<Arc<[u64]>>>,
    /// Groups of sixty-four papers that are remembered in all.
    groups: usize,
}

/// Filters and words of which it is remembered that they were asked for.
const FILTERS: usize = 10_000;

/// Groups of papers that are remembered, in all: 32 MB.
const GROUPS: usize = 4 << 20;

impl Reader {
    /// Opens the index in `folder`.
    ///
    /// # Errors
    /// [`Error::NoIndex`] when nothing has been indexed there, [`Error::Newer`] when a newer program has;
    /// [`Error::Engine`] when it cannot be opened.
    pub fn open(folder: &Path) -> Result<Reader, Error> {
        loop {
            let inner = layout_folder(folder);
            match caught(folder, || Reader::open_in(folder, &inner)) {
                // A run has published another generation meanwhile, and taken this one away: what was opened of it may lack files,
                // which the engine takes for empty ones.
                _ if layout_folder(folder) != inner => {}
                Err(Error::NoIndex(_)) => return Err(super::none(folder)),
                done => {
                    let reader = done?;
                    super::is_known(folder, &reader.generation)?;
                    return Ok(reader);
                }
            }
        }
    }

    fn open_in(folder: &Path, inner: &Path) -> Result<Reader, Error> {
        if !inner.join("meta.json").is_file() {
            return Err(Error::NoIndex(folder.to_owned()));
        }
        let index = readonly::open(inner).map_err(|cause| Error::Engine {
            folder: folder.to_owned(),
            cause,
        })?;
        of(folder, index, Fields::schema().1)
    }

    /// The papers of a filter or a word, sixty-four in a group: a party, a kind, a nämnd. A program that asks once reads the lists
    /// of them; for one that asks again `make` unpacks them, and they are remembered.
    ///
    /// # Errors
    /// What `make` fails with.
    pub fn filter<E>(
        &self,
        key: (usize, Vec<u64>),
        make: impl FnOnce() -> Result<Vec<u64>, E>,
    ) -> Result<Option<Arc<[u64]>>, E> {
        let mut filters = self.filters.lock().unwrap_or_else(PoisonError::into_inner);
        if filters.known.len() >= FILTERS || filters.groups >= GROUPS {
            *filters = Filters::default();
        }
        let Filters { known, groups } = &mut *filters;
        match known.get_mut(&key) {
            Some(Some(papers)) => Ok(Some(Arc::clone(papers))),
            Some(first) => {
                let papers: Arc<[u64]> = make()?.into();
                *groups += papers.len();
                Ok(Some(Arc::clone(first.insert(papers))))
            }
            None => {
                known.insert(key, None);
                Ok(None)
            }
        }
    }

    /// The engine's view of the last commit.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// The fields to ask for.
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Which run filled the index.
    pub fn generation(&self) -> &Generation {
        &self.generation
    }

    /// What is known of every file, by its path below the corpus folder.
    ///
    /// # Errors
    /// [`Error::Engine`] when the index cannot be read.
    pub fn entries(&self) -> Result<Entries, Error> {
        caught(&self.folder, || {
            before::entries(&self.searcher).map_err(|e| self.engine(e))
        })
    }

    /// What is known of the file of one document, and its record when it has one.
    ///
    /// # Errors
    /// [`Error::Engine`] or [`Error::Strange`] when it cannot be read.
    pub fn document(&self, address: DocAddress) -> Result<(Entry, Option<Record>), Error> {
        caught(&self.folder, || self.filed_document(address))
    }

    fn filed_document(&self, address: DocAddress) -> Result<(Entry, Option<Record>), Error> {
        let segment = self.searcher.segment_reader(address.segment_ord);
        let entry = Columns::of(segment)
            .map_err(|e| self.engine(e))?
            .entry(address.doc_id)
            .ok_or_else(|| self.strange(format!("the entry of document {address:?}")))?;
        let record = self.record(address)?;
        // A copy is read under the other name of its content.
        if entry.state == State::Copy {
            let record = self.home(&entry)?;
            return Ok((entry, record));
        }
        Ok((entry, record))
    }

    /// The record of a paper that was found by its words; nothing where none is stored. Words stand under the first name
    /// of a content alone, so that no copy is found by them.
    ///
    /// # Errors
    /// [`Error::Engine`] or [`Error::Strange`] when it cannot be read.
    pub fn record(&self, address: DocAddress) -> Result<Option<Record>, Error> {
        caught(&self.folder, || self.unpacked(address))
    }

    fn unpacked(&self, address: DocAddress) -> Result<Option<Record>, Error> {
        let stored: Stored = self.searcher.doc(address).map_err(|e| self.engine(e))?;
        stored
            .text(self.fields.record)
            .map(serde_json::from_str)
            .transpose()
            .map_err(|error| self.strange(format!("the record of document {address:?}: {error}")))
    }

    /// The record of the content that `copy` is one of, whichever file it is filed under.
    fn home(&self, copy: &Entry) -> Result<Option<Record>, Error> {
        let term = Term::from_field_text(self.fields.hash, &copy.hash);
        let query = tantivy::query::TermQuery::new(term, tantivy::schema::IndexRecordOption::Basic);
        let found = self.searcher.search(&query, &DocSetCollector);
        let mut found: Vec<DocAddress> = found.map_err(|e| self.engine(e))?.into_iter().collect();
        found.sort_unstable();
        for address in found {
            let segment = self.searcher.segment_reader(address.segment_ord);
            let entry = Columns::of(segment)
                .map_err(|e| self.engine(e))?
                .entry(address.doc_id);
            // The same bytes under another ending may be another paper.
            let is_home =
                |entry: Entry| entry.state != State::Copy && entry.content() == copy.content();
            if entry.is_some_and(is_home) {
                return self.record(address);
            }
        }
        Ok(None)
    }

    /// The columns that lists are made of, opened once for all lists.
    ///
    /// # Errors
    /// [`Error::Engine`] when the index cannot be read.
    pub fn lists(&self) -> Result<Lists, Error> {
        let columns = match self.columns.get() {
            Some(columns) => Arc::clone(columns),
            None => {
                let segments = self.searcher.segment_readers().iter();
                let columns = segments
                    .map(ListColumns::of)
                    .collect::<tantivy::Result<_>>();
                let columns = columns.map_err(|e| self.engine(e))?;
                Arc::clone(self.columns.get_or_init(|| columns))
            }
        };
        Ok(Lists {
            folder: self.folder.clone(),
            columns,
            rows: Arc::clone(&self.rows),
        })
    }

    /// The document filed under `file`, if one is.
    ///
    /// # Errors
    /// [`Error::Engine`] when the index cannot be read.
    pub fn address(&self, file: &str) -> Result<Option<DocAddress>, Error> {
        let term = Term::from_field_text(self.fields.file, file);
        let query = tantivy::query::TermQuery::new(term, tantivy::schema::IndexRecordOption::Basic);
        let found = self.searcher.search(&query, &DocSetCollector);
        Ok(found.map_err(|e| self.engine(e))?.into_iter().min())
    }

    /// The document filed under `file`.
    ///
    /// # Errors
    /// [`Error::Engine`] or [`Error::Strange`] when it cannot be read.
    pub fn find(&self, file: &str) -> Result<Option<(Entry, Option<Record>)>, Error> {
        self.address(file)?
            .map(|address| self.document(address))
            .transpose()
    }

    /// Wraps what the engine says with the name of the index.
    pub fn engine(&self, cause: tantivy::TantivyError) -> Error {
        Error::Engine {
            folder: self.folder.clone(),
            cause,
        }
    }

    fn strange(&self, what: String) -> Error {
        Error::Strange {
            folder: self.folder.clone(),
            what,
        }
    }
}

pub(super) fn of(folder: &Path, index: tantivy::Index, fields: Fields) -> Result<Reader, Error> {
    let engine = |cause| Error::Engine {
        folder: folder.to_owned(),
        cause,
    };
    let generation = generation(folder, &index)?.unwrap_or_else(|| Generation {
        version: record::VERSION,
        reading: record::READING,
        engine: None,
        finished: Timestamp::UNIX_EPOCH,
        corpus: String::new(),
        corpus_path: None,
        summary: Summary::default(),
        forgotten: Vec::new(),
        learned: None,
        ocr_caches: Vec::new(),
    });
    let searcher = index
        .reader_builder()
        .reload_policy(tantivy::ReloadPolicy::Manual)
        .doc_store_cache_num_blocks(BLOCKS)
        .try_into()
        .map_err(engine)?
        .searcher();
    Ok(Reader {
        folder: folder.to_owned(),
        searcher,
        fields,
        generation,
        columns: OnceLock::new(),
        rows: Arc::default(),
        filters: Mutex::default(),
    })
}

pub(super) fn generation(
    folder: &Path,
    index: &tantivy::Index,
) -> Result<Option<Generation>, Error> {
    let meta = index.load_metas().map_err(|cause| Error::Engine {
        folder: folder.to_owned(),
        cause,
    })?;
    let Some(payload) = meta.payload else {
        return Ok(None);
    };
    serde_json::from_str(&payload)
        .map(Some)
        .map_err(|error| Error::Strange {
            folder: folder.to_owned(),
            what: format!("the note of the last run: {error}"),
        })
}

/// What lists are made of: path, date and row of each document, read from columns.
#[derive(Clone)]
pub struct Lists {
    folder: PathBuf,
    columns: Arc<[ListColumns]>,
    rows: Arc<Mutex<HashMap<DocAddress, Arc<Filed>>>>,
}

/// A paper's path below the corpus folder and its row.
pub type Filed = (String, Row);

/// Unpacked blocks of records that a segment keeps. The papers that answer a question lie in as many blocks: keeping them
/// all takes fresh memory for each.
const BLOCKS: usize = 2;

/// Rows that are remembered: unpacking one takes as long as finding a hundred papers, and the papers that answer one question
/// best often answer the next.
const REMEMBERED: usize = 1_000;

struct ListColumns {
    file: StrColumn,
    date: Column<u64>,
    answers: Option<StrColumn>,
    row: Option<BytesColumn>,
    documents: u32,
    /// How often all days were asked for, and the days once that was more than once.
    asked: AtomicUsize,
    days: OnceLock<Box<[u32]>>,
}

impl ListColumns {
    fn of(segment: &SegmentReader) -> tantivy::Result<ListColumns> {
        let fast = segment.fast_fields();
        Ok(ListColumns {
            file: fast
                .str("file")?
                .ok_or_else(|| tantivy::TantivyError::SchemaError("no column `file`".into()))?,
            date: fast.u64("date")?,
            answers: fast.str("answers")?,
            row: fast.bytes("row")?,
            documents: segment.max_doc(),
            asked: AtomicUsize::new(0),
            days: OnceLock::new(),
        })
    }
}

impl Lists {
    /// The paper's date as a number, 20160414; 0 when it has none.
    pub fn date(&self, address: DocAddress) -> u64 {
        let Some(columns) = self.columns.get(address.segment_ord as usize) else {
            return 0;
        };
        match columns.days.get() {
            Some(days) => days
                .get(address.doc_id as usize)
                .copied()
                .map_or(0, u64::from),
            None => columns.date.first(address.doc_id).unwrap_or(0),
        }
    }

    /// The dates of all documents of a segment, as [`Lists::date`] gives them, where they have been unpacked.
    pub fn days(&self, segment: usize) -> Option<&[u32]> {
        let days = self.columns.get(segment)?.days.get()?;
        Some(days)
    }

    /// Says that the days of many documents of a segment will be asked for. A program that asks once looks them up one by
    /// one; one that asks again has them all unpacked, which takes as long as looking up some ten thousand.
    pub fn many_days(&self, segment: usize) {
        let Some(columns) = self.columns.get(segment) else {
            return;
        };
        if columns.asked.fetch_add(1, Ordering::Relaxed) > 0 {
            columns.days.get_or_init(|| {
                let date = |document| columns.date.first(document).unwrap_or(0);
                let dates = (0..columns.documents).map(date);
                dates.map(|date| u32::try_from(date).unwrap_or(0)).collect()
            });
        }
    }

    /// Whether the paper answers a party.
    pub fn answers(&self, address: DocAddress) -> bool {
        let columns = self.columns.get(address.segment_ord as usize);
        let column = columns.and_then(|columns| columns.answers.as_ref());
        column.is_some_and(|column| column.ords().first(address.doc_id).is_some())
    }

    /// The place of the paper's path among those of its segment, in their order.
    pub fn place_of_file(&self, address: DocAddress) -> u64 {
        self.columns
            .get(address.segment_ord as usize)
            .and_then(|columns| columns.file.ords().first(address.doc_id))
            .unwrap_or(0)
    }

    /// The path below the corpus folder under which a document is filed.
    ///
    /// # Errors
    /// [`Error::Strange`] when there is none.
    pub fn file(&self, address: DocAddress) -> Result<String, Error> {
        self.columns
            .get(address.segment_ord as usize)
            .and_then(|columns| first(&columns.file, address.doc_id))
            .ok_or_else(|| self.strange(format!("the path of document {address:?}")))
    }

    /// The path and the row of a document that has been read; remembered for a while.
    ///
    /// # Errors
    /// [`Error::Strange`] when there is none.
    pub fn filed(&self, address: DocAddress) -> Result<Arc<Filed>, Error> {
        let lock = || self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(filed) = lock().get(&address) {
            return Ok(Arc::clone(filed));
        }
        let filed = Arc::new((self.file(address)?, self.row(address)?));
        let mut rows = lock();
        if rows.len() >= REMEMBERED {
            rows.clear();
        }
        rows.insert(address, Arc::clone(&filed));
        Ok(filed)
    }

    /// The row of a document that has been read.
    ///
    /// # Errors
    /// [`Error::Strange`] when there is none.
    pub fn row(&self, address: DocAddress) -> Result<Row, Error> {
        let bytes = self
            .columns
            .get(address.segment_ord as usize)
            .and_then(|columns| columns.row.as_ref())
            .and_then(|column| {
                let value = |ordinal| {
                    let mut bytes = Vec::new();
                    let found = column.ord_to_bytes(ordinal, &mut bytes).ok()?;
                    found.then_some(bytes)
                };
                row::whole(
                    column
                        .term_ords(address.doc_id)
                        .map(value)
                        .collect::<Option<_>>()?,
                )
            })
            .ok_or_else(|| self.strange(format!("the row of document {address:?}")))?;
        serde_json::from_slice(&bytes)
            .map_err(|error| self.strange(format!("the row of document {address:?}: {error}")))
    }

    fn strange(&self, what: String) -> Error {
        Error::Strange {
            folder: self.folder.clone(),
            what,
        }
    }
}

/// The columns of a segment that hold the entries.
struct Columns {
    file: StrColumn,
    hash: StrColumn,
    state: StrColumn,
    reason: Option<StrColumn>,
    size: Column<u64>,
    modified: Column<i64>,
}

impl Columns {
    fn of(segment: &SegmentReader) -> tantivy::Result<Columns> {
        let fast = segment.fast_fields();
        let text = |name: &str| {
            fast.str(name)?
                .ok_or_else(|| tantivy::TantivyError::SchemaError(format!("no column `{name}`")))
        };
        Ok(Columns {
            file: text("file")?,
            hash: text("hash")?,
            state: text("state")?,
            reason: fast.str("reason")?,
            size: fast.u64("size")?,
            modified: fast.i64("modified")?,
        })
    }

    fn entry(&self, document: u32) -> Option<Entry> {
        Some(Entry {
            file: first(&self.file, document)?.into(),
            size: self.size.first(document)?,
            modified: self.modified.first(document)?,
            hash: first(&self.hash, document).unwrap_or_default().into(),
            state: first(&self.state, document)?.parse::<State>().ok()?,
            reason: self
                .reason
                .as_ref()
                .and_then(|column| first(column, document))
                .map(Arc::from),
        })
    }
}

fn first(column: &StrColumn, document: u32) -> Option<String> {
    let ordinal = column.ords().first(document)?;
    let mut text = String::new();
    column.ord_to_str(ordinal, &mut text).ok()?.then_some(text)
}
