//! The side of the index that takes records in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tantivy::directory::error::LockError;
use tantivy::indexer::LogMergePolicy;
use tantivy::store::Compressor;
use tantivy::{IndexSettings, IndexWriter, Term};

use super::fields::Fields;
use super::{Error, Generation, document, layout_folder, reader};
use crate::record::{Entry, Record};

/// Bytes of memory that the writer may fill before it writes a segment; tantivy may take twice as much while it does.
const WRITER_MEMORY: usize = 128 << 20;

/// Threads that write segments. One core writes 13 MB of text a second; reading the papers takes the others.
const WRITER_THREADS: usize = 1;

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
        reader::of(&self.folder, self.index.clone(), self.fields.clone())?.entries()
    }

    /// What is stored of the last run; nothing in a new index.
    ///
    /// # Errors
    /// [`Error::Engine`] or [`Error::Strange`] when it cannot be read.
    pub fn generation(&self) -> Result<Option<Generation>, Error> {
        reader::generation(&self.folder, &self.index)
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
