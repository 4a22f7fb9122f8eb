//! Records → the index folder. The only room that writes it.
//!
//! One tantivy index and nothing beside it: what is known of each file is stored in it and committed with it, so that
//! nothing can fall out of step. Does not rank and does not parse what people ask; that is `query`.

mod document;
mod fields;
mod inflection;
pub mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tantivy::collector::DocSetCollector;
use tantivy::columnar::StrColumn;
use tantivy::directory::error::LockError;
use tantivy::indexer::LogMergePolicy;
use tantivy::query::AllQuery;
use tantivy::schema::Value;
use tantivy::store::Compressor;
use tantivy::{
    DocAddress, IndexSettings, IndexWriter, Searcher, SegmentReader, TantivyDocument, Term,
};

pub use document::date_number;
pub(crate) use document::searchable;
pub use fields::Fields;

use crate::record::{self, Entry, Record, State};

/// Bytes of memory that the writer may fill before it writes a segment; tantivy may take twice as much while it does.
const WRITER_MEMORY: usize = 128 << 20;

/// Threads that write segments. One core writes 13 MB of text a second; reading the papers takes the others.
const WRITER_THREADS: usize = 1;

/// Why an index cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing has been indexed there.
    #[error("no index in `{}`; run `diarium ingest` first, or name another with --index", .0.display())]
    NoIndex(PathBuf),
    /// Another run is writing.
    #[error("another run is writing the index in `{}`; wait for it to end", .0.display())]
    Locked(PathBuf),
    /// The index engine gave up.
    #[error("the index in `{}` cannot be used: {source}; if it is damaged, move the folder away and run `diarium ingest`", folder.display())]
    Engine {
        /// The index folder.
        folder: PathBuf,
        /// What the engine says.
        source: tantivy::TantivyError,
    },
    /// A file of the index cannot be made or read.
    #[error("the folder `{}` cannot be used: {source}", folder.display())]
    Io {
        /// The folder.
        folder: PathBuf,
        /// What the file system says.
        source: std::io::Error,
    },
    /// Something stored is not what this program stores.
    #[error("the index in `{}` holds what cannot be understood ({what}); move the folder away and run `diarium ingest`", folder.display())]
    Strange {
        /// The index folder.
        folder: PathBuf,
        /// What it is.
        what: String,
    },
}

/// What is stored beside the papers: which run filled the index, and by what rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Generation {
    /// [`record::VERSION`] of the program that filled it.
    pub version: u32,
    /// When the run ended.
    pub finished: Timestamp,
    /// The corpus folder, as it was named.
    pub corpus: String,
    /// What the run did.
    pub summary: Summary,
}

/// What a run saw and did, in files unless another unit is said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Everything in the corpus folder but folders.
    pub seen: usize,
    /// Read for the first time.
    pub added: usize,
    /// Read again because their content is another.
    pub changed: usize,
    /// Known before and there no more.
    pub removed: usize,
    /// As they were.
    pub unchanged: usize,
    /// Of those read in this run, the ones of which nothing could be read.
    pub failed: usize,
    /// Pages read in this run.
    pub pages: usize,
    /// Pages read in this run whose letters were mended.
    pub pages_repaired: usize,
    /// Seconds that the run took.
    pub seconds: f64,
    /// Files in each state after the run, by the state's name; the sum is the number of files known.
    pub states: BTreeMap<String, usize>,
}

/// The layout's own folder: another layout never meets these files.
fn layout_folder(folder: &Path) -> PathBuf {
    folder.join(format!("layout-{}", fields::LAYOUT))
}

/// Writes the index; holds the lock until it is dropped.
pub struct Writer {
    folder: PathBuf,
    index: tantivy::Index,
    writer: IndexWriter,
    fields: Fields,
}

impl Writer {
    /// Opens the index in `folder`, or makes one, and takes its lock.
    ///
    /// # Errors
    /// [`Error::Locked`] when another process writes it; [`Error::Engine`], [`Error::Io`] when it cannot be opened.
    pub fn open(folder: &Path) -> Result<Writer, Error> {
        let inner = layout_folder(folder);
        let io = |source| Error::Io {
            folder: folder.to_owned(),
            source,
        };
        let engine = |source| Error::Engine {
            folder: folder.to_owned(),
            source,
        };
        std::fs::create_dir_all(&inner).map_err(io)?;
        let (schema, fields) = Fields::schema();
        let directory =
            tantivy::directory::MmapDirectory::open(&inner).map_err(|e| engine(e.into()))?;
        let settings = IndexSettings {
            docstore_compression: Compressor::Zstd(Default::default()),
            ..Default::default()
        };
        let index = tantivy::IndexBuilder::new()
            .schema(schema)
            .settings(settings)
            .open_or_create(directory)
            .map_err(engine)?;
        let writer = index
            .writer_with_num_threads(WRITER_THREADS, WRITER_MEMORY)
            .map_err(|error| match error {
                tantivy::TantivyError::LockFailure(LockError::LockBusy, _) => {
                    Error::Locked(folder.to_owned())
                }
                other => engine(other),
            })?;
        // Papers are replaced night after night: without this, tantivy never cleans out what was replaced.
        let mut merging = LogMergePolicy::default();
        merging.set_del_docs_ratio_before_merge(0.3);
        writer.set_merge_policy(Box::new(merging));
        Ok(Writer {
            folder: folder.to_owned(),
            index,
            writer,
            fields,
        })
    }

    /// What the index knows of each file, by its path below the corpus folder.
    ///
    /// # Errors
    /// [`Error::Engine`] when the index cannot be read.
    pub fn known(&self) -> Result<BTreeMap<String, Entry>, Error> {
        reader(&self.folder, self.index.clone(), self.fields.clone())?.entries()
    }

    /// What is stored of the last run; nothing in a new index.
    ///
    /// # Errors
    /// [`Error::Engine`] or [`Error::Strange`] when it cannot be read.
    pub fn generation(&self) -> Result<Option<Generation>, Error> {
        generation(&self.folder, &self.index)
    }

    /// Files `record` under `entry.file`, in the place of what stood there. Seen by nobody before [`Writer::commit`].
    ///
    /// # Errors
    /// [`Error::Engine`] when the writer has died, for example of a full disk.
    pub fn put(&self, entry: &Entry, record: Option<&Record>) -> Result<(), Error> {
        let document =
            document::of(&self.fields, entry, record).map_err(|error| Error::Strange {
                folder: self.folder.clone(),
                what: format!("the record of `{}`: {error}", entry.file),
            })?;
        self.remove(&entry.file);
        self.writer
            .add_document(document)
            .map_err(|source| self.engine(source))?;
        Ok(())
    }

    /// Takes `file` out of the index, with the next [`Writer::commit`].
    pub fn remove(&self, file: &str) {
        self.writer
            .delete_term(Term::from_field_text(self.fields.file, file));
    }

    /// Makes everything since the last commit visible, at once, with what is to be known of the run.
    ///
    /// # Errors
    /// [`Error::Engine`] when it cannot be written; the index then is as it was before.
    pub fn commit(mut self, generation: &Generation) -> Result<(), Error> {
        let payload = serde_json::to_string(generation).map_err(|error| Error::Strange {
            folder: self.folder.clone(),
            what: error.to_string(),
        })?;
        let engine = |source| Error::Engine {
            folder: self.folder.clone(),
            source,
        };
        let mut commit = self.writer.prepare_commit().map_err(engine)?;
        commit.set_payload(&payload);
        commit.commit().map_err(engine)?;
        self.writer.wait_merging_threads().map_err(engine)?;
        Ok(())
    }

    fn engine(&self, source: tantivy::TantivyError) -> Error {
        Error::Engine {
            folder: self.folder.clone(),
            source,
        }
    }
}

/// Reads the index as its last commit left it.
pub struct Reader {
    folder: PathBuf,
    searcher: Searcher,
    fields: Fields,
    generation: Generation,
}

impl Reader {
    /// Opens the index in `folder`.
    ///
    /// # Errors
    /// [`Error::NoIndex`] when nothing has been indexed there; [`Error::Engine`] when it cannot be opened.
    pub fn open(folder: &Path) -> Result<Reader, Error> {
        let inner = layout_folder(folder);
        if !inner.join("meta.json").is_file() {
            return Err(Error::NoIndex(folder.to_owned()));
        }
        let index = tantivy::Index::open_in_dir(&inner).map_err(|source| Error::Engine {
            folder: folder.to_owned(),
            source,
        })?;
        reader(folder, index, Fields::schema().1)
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
    pub fn entries(&self) -> Result<BTreeMap<String, Entry>, Error> {
        let mut entries = BTreeMap::new();
        let addresses = self
            .searcher
            .search(&AllQuery, &DocSetCollector)
            .map_err(|e| self.engine(e))?;
        let mut columns: Vec<Columns> = Vec::new();
        for segment in self.searcher.segment_readers() {
            columns.push(Columns::of(segment).map_err(|e| self.engine(e))?);
        }
        // The set's order does not matter: the map sorts.
        let mut addresses: Vec<DocAddress> = addresses.into_iter().collect();
        addresses.sort_unstable();
        for address in addresses {
            let entry = columns[address.segment_ord as usize]
                .entry(address.doc_id)
                .ok_or_else(|| self.strange(format!("the entry of document {address:?}")))?;
            entries.insert(entry.file.clone(), entry);
        }
        Ok(entries)
    }

    /// What is known of the file of one document, and its record when it has one.
    ///
    /// # Errors
    /// [`Error::Engine`] or [`Error::Strange`] when it cannot be read.
    pub fn document(&self, address: DocAddress) -> Result<(Entry, Option<Record>), Error> {
        let segment = self.searcher.segment_reader(address.segment_ord);
        let entry = Columns::of(segment)
            .map_err(|e| self.engine(e))?
            .entry(address.doc_id)
            .ok_or_else(|| self.strange(format!("the entry of document {address:?}")))?;
        let stored: TantivyDocument = self.searcher.doc(address).map_err(|e| self.engine(e))?;
        let record = stored
            .get_first(self.fields.record)
            .and_then(|value| value.as_bytes())
            .map(serde_json::from_slice)
            .transpose()
            .map_err(|error| self.strange(format!("the record of `{}`: {error}", entry.file)))?;
        Ok((entry, record))
    }

    /// The path below the corpus folder under which a document is filed.
    ///
    /// # Errors
    /// [`Error::Engine`] or [`Error::Strange`] when it cannot be read.
    pub fn file(&self, address: DocAddress) -> Result<String, Error> {
        let segment = self.searcher.segment_reader(address.segment_ord);
        let column = segment
            .fast_fields()
            .str("file")
            .map_err(|e| self.engine(e))?;
        column
            .and_then(|column| first(&column, address.doc_id))
            .ok_or_else(|| self.strange(format!("the path of document {address:?}")))
    }

    /// The document filed under `file`.
    ///
    /// # Errors
    /// [`Error::Engine`] or [`Error::Strange`] when it cannot be read.
    pub fn find(&self, file: &str) -> Result<Option<(Entry, Option<Record>)>, Error> {
        let term = Term::from_field_text(self.fields.file, file);
        let query = tantivy::query::TermQuery::new(term, tantivy::schema::IndexRecordOption::Basic);
        let found = self
            .searcher
            .search(&query, &DocSetCollector)
            .map_err(|e| self.engine(e))?;
        found
            .into_iter()
            .min()
            .map(|address| self.document(address))
            .transpose()
    }

    /// Wraps what the engine says with the name of the index.
    pub fn engine(&self, source: tantivy::TantivyError) -> Error {
        Error::Engine {
            folder: self.folder.clone(),
            source,
        }
    }

    fn strange(&self, what: String) -> Error {
        Error::Strange {
            folder: self.folder.clone(),
            what,
        }
    }
}

fn reader(folder: &Path, index: tantivy::Index, fields: Fields) -> Result<Reader, Error> {
    let engine = |source| Error::Engine {
        folder: folder.to_owned(),
        source,
    };
    let generation = generation(folder, &index)?.unwrap_or_else(|| Generation {
        version: record::VERSION,
        finished: Timestamp::UNIX_EPOCH,
        corpus: String::new(),
        summary: Summary::default(),
    });
    let searcher = index
        .reader_builder()
        .reload_policy(tantivy::ReloadPolicy::Manual)
        .try_into()
        .map_err(engine)?
        .searcher();
    Ok(Reader {
        folder: folder.to_owned(),
        searcher,
        fields,
        generation,
    })
}

fn generation(folder: &Path, index: &tantivy::Index) -> Result<Option<Generation>, Error> {
    let meta = index.load_metas().map_err(|source| Error::Engine {
        folder: folder.to_owned(),
        source,
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

/// The columns of a segment that hold the entries.
struct Columns {
    file: StrColumn,
    hash: StrColumn,
    state: StrColumn,
    reason: Option<StrColumn>,
    size: tantivy::columnar::Column<u64>,
    modified: tantivy::columnar::Column<i64>,
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
            file: first(&self.file, document)?,
            size: self.size.first(document)?,
            modified: self.modified.first(document)?,
            hash: first(&self.hash, document).unwrap_or_default(),
            state: first(&self.state, document)?.parse::<State>().ok()?,
            reason: self
                .reason
                .as_ref()
                .and_then(|column| first(column, document)),
        })
    }
}

fn first(column: &StrColumn, document: u32) -> Option<String> {
    let ordinal = column.ords().first(document)?;
    let mut text = String::new();
    column.ord_to_str(ordinal, &mut text).ok()?.then_some(text)
}
