//! The side of the index that takes records in.

use std::path::{Path, PathBuf};

use tantivy::directory::MmapDirectory;
use tantivy::indexer::{LogMergePolicy, NoMergePolicy};
use tantivy::store::Compressor;
use tantivy::{IndexSettings, IndexWriter};

use super::before::Before;
use super::card::Card;
use super::fields::{self, Fields};
use super::filer::Filer;
use super::store::{self, Lock, Next};
use super::{Error, Generation, Reader, document, reader, told};
use crate::record::{Entry, Record};

/// Bytes of memory that papers may take before they are written as a segment; while they are, it is some more.
const WRITER_MEMORY: usize = 128 << 20;

/// As [`WRITER_MEMORY`], where [`PLENTY`] is free: larger segments have fewer lists to put together, and an index of fewer
/// segments is a fiftieth smaller.
const MOST_MEMORY: usize = 256 << 20;

/// Kilobytes of free memory of which [`MOST_MEMORY`] is little.
const PLENTY: u64 = 4 << 20;

/// How much of its memory the machine gives the writer.
fn writer_memory() -> usize {
    let said = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let free = said
        .lines()
        .find_map(|line| line.strip_prefix("MemAvailable:"))
        .and_then(|rest| rest.trim().trim_end_matches("kB").trim_end().parse().ok());
    if free.is_some_and(|free: u64| free >= PLENTY) {
        MOST_MEMORY
    } else {
        WRITER_MEMORY
    }
}

/// Bytes of records that are compressed together: papers of one nämnd repeat each other, and a block of 64 kB takes a sixth
/// less than one of 16. Reading a paper unpacks its block, in a tenth of a millisecond.
const STORE_BLOCK: usize = 32 << 10;

/// Bytes of memory that the engine is given, the least that it takes: it only merges, and gathers no papers itself.
const ENGINE_MEMORY: usize = 16 << 20;

/// Writes the next generation of an index, beside the one that answers; holds the lock until it is dropped.
pub struct Writer {
    // In the order in which they are to be dropped: the lock last.
    filer: Filer,
    index: tantivy::Index,
    next: Next,
    folder: PathBuf,
    fields: Fields,
    before: Option<Before>,
    lost: Option<String>,
    shared: bool,
    lock: Lock,
}

impl Writer {
    /// Begins the next generation of the index in `folder`, with all that the last one holds, and takes the index's lock.
    ///
    /// # Errors
    /// [`Error::Locked`] when another process writes it, [`Error::Newer`] when a newer program has; [`Error::Engine`],
    /// [`Error::Io`] when nothing can be written there.
    pub fn open(folder: &Path) -> Result<Writer, Error> {
        Writer::begin(folder, false)
    }

    /// Begins the next generation with nothing in it. What the last one holds can be asked for all the same.
    ///
    /// # Errors
    /// As [`Writer::open`].
    pub fn fresh(folder: &Path) -> Result<Writer, Error> {
        Writer::begin(folder, true)
    }

    fn begin(folder: &Path, fresh: bool) -> Result<Writer, Error> {
        let lock = Lock::take(folder)?;
        let layouts = store::layouts(folder);
        if layouts
            .last()
            .is_some_and(|layout| *layout > fields::LAYOUT)
        {
            return Err(super::none(folder));
        }
        let answers = store::current(folder, fields::LAYOUT);
        // Of an older layout the stored text can be used.
        let older = || {
            let mut older = layouts.iter().rev();
            older.find_map(|layout| store::current(folder, *layout))
        };
        let mut lost = store::leads_nowhere(folder, fields::LAYOUT)
            .then(|| "the note that says which generation answers cannot be read".to_owned());
        let mut before = None;
        if let Some(path) = answers.clone().or_else(older) {
            // What cannot be opened is built anew from the papers; it goes on answering what it can until then.
            match Before::open(folder, &path) {
                Ok(opened) => before = Some(opened),
                // What the machine refuses tonight is not lost.
                Err(Error::Engine { folder, cause }) if !fresh && told::is_passing(&cause) => {
                    return Err(Error::Engine { folder, cause });
                }
                Err(newer @ Error::Newer { .. }) => return Err(newer),
                Err(error) => lost = Some(error.to_string()),
            }
        }
        let base = answers.filter(|_| !fresh && lost.is_none());
        let next = Next::begin(folder, base.as_deref())?;
        let engine = |cause| Error::Engine {
            folder: folder.to_owned(),
            cause,
        };
        let (schema, fields) = Fields::schema();
        let directory = MmapDirectory::open(&next.path).map_err(|e| engine(e.into()))?;
        let settings = IndexSettings {
            docstore_compression: Compressor::Zstd(Default::default()),
            docstore_blocksize: STORE_BLOCK,
            ..Default::default()
        };
        let index = tantivy::IndexBuilder::new()
            .schema(schema)
            .settings(settings)
            .open_or_create(directory)
            .map_err(engine)?;
        let writer: IndexWriter = index
            .writer_with_num_threads(1, ENGINE_MEMORY)
            .map_err(engine)?;
        // Of its own accord it merges once all is gathered: what is merged while papers are taken out of it, or when no trace of
        // them is to stay, would be merged twice.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let filer = Filer::begin(writer, fields.clone(), writer_memory()).map_err(engine)?;
        Ok(Writer {
            filer,
            index,
            next,
            folder: folder.to_owned(),
            fields,
            before,
            lost,
            shared: base.is_some(),
            lock,
        })
    }

    /// The index as the last run left it; nothing where there was none, or none that can be read.
    pub fn before(&self) -> Option<&Before> {
        self.before.as_ref()
    }

    /// Takes no record out of the segments to which these files belong: they may be unpacked and say something else.
    pub fn distrust(&mut self, files: &[String]) {
        if let Some(before) = &mut self.before {
            before.distrust(files);
        }
    }

    /// Goes on without what the last run left, which cannot be read. For a generation that began with nothing.
    pub fn lose_before(&mut self, why: String) {
        self.before = None;
        self.lost = Some(why);
    }

    /// Whether the generation began with all that the last one holds; if not, everything is to be filed.
    pub fn holds_before(&self) -> bool {
        self.shared
    }

    /// Why the last generation cannot be read, if there is one that cannot.
    pub fn lost(&self) -> Option<&str> {
        self.lost.as_deref()
    }

    /// Files `record` under `entry.file`, in the place of what stood there. Seen by nobody before the generation is
    /// published.
    ///
    /// # Errors
    /// [`Error::Engine`] when the writer has died, for example of a full disk.
    pub fn put(&self, entry: &Entry, record: Option<&Record>) -> Result<(), Error> {
        let card = record.map(Card::of).transpose();
        let card = card.map_err(|error| self.strange(entry, error))?;
        self.put_card(entry, card.unwrap_or_default())
    }

    /// As [`Writer::put`], with what is filed of the record.
    ///
    /// # Errors
    /// As [`Writer::put`], for this paper or one before it.
    pub fn put_card(&self, entry: &Entry, card: Card) -> Result<(), Error> {
        let document = document::of_entry(&self.fields, entry, card.bytes().len());
        self.filer
            .put(entry.file.to_string(), document, card)
            .map_err(|source| self.engine(source))
    }

    fn strange(&self, entry: &Entry, what: impl std::fmt::Display) -> Error {
        Error::Strange {
            folder: self.folder.clone(),
            what: format!("the record of `{}`: {what}", entry.file),
        }
    }

    /// Takes `file` out of the index.
    pub fn remove(&self, file: &str) {
        self.filer.remove(file);
    }

    /// Completes the generation, with what is to be known of the run. `clean` leaves nothing of what was taken out, in no
    /// segment: the engine by itself keeps deleted text until it happens to merge.
    ///
    /// # Errors
    /// [`Error::Engine`] when it cannot be written; the index then is as it was before.
    pub fn commit(self, generation: &Generation, clean: bool) -> Result<Ready, Error> {
        let payload = serde_json::to_string(generation).map_err(|error| Error::Strange {
            folder: self.folder.clone(),
            what: error.to_string(),
        })?;
        let folder = self.folder.clone();
        let engine = |cause| not_written(&folder, cause);
        let mut writer = self.filer.end().map_err(engine)?;
        if !clean {
            // Papers are replaced night after night: without this, tantivy never cleans out what was replaced.
            let mut merging = LogMergePolicy::default();
            merging.set_del_docs_ratio_before_merge(0.3);
            writer.set_merge_policy(Box::new(merging));
        }
        let mut commit = writer.prepare_commit().map_err(engine)?;
        commit.set_payload(&payload);
        commit.commit().map_err(engine)?;
        if clean {
            let with_deletes: Vec<_> = self
                .index
                .searchable_segment_metas()
                .map_err(engine)?
                .iter()
                .filter(|segment| segment.has_deletes())
                .map(|segment| segment.id())
                .collect();
            if !with_deletes.is_empty() {
                writer.merge(&with_deletes).wait().map_err(engine)?;
            }
        }
        writer.garbage_collect_files().wait().map_err(engine)?;
        writer.wait_merging_threads().map_err(engine)?;
        Ok(Ready {
            index: self.index,
            next: self.next,
            folder: self.folder,
            fields: self.fields,
            lock: self.lock,
        })
    }

    fn engine(&self, cause: tantivy::TantivyError) -> Error {
        not_written(&self.folder, cause)
    }
}

/// Bytes on a disk that is called full, when the engine has lost the reason why it cannot write.
const NO_ROOM: u64 = 4 << 20;

/// The engine's trouble with writing: its threads die of a full disk and tell only that they died.
fn not_written(folder: &Path, cause: tantivy::TantivyError) -> Error {
    let said = cause.to_string();
    let left = store::room(folder).unwrap_or(u64::MAX);
    let full = said.contains("No space left") || said.contains("killed") && left < NO_ROOM;
    let folder = folder.to_owned();
    if full {
        Error::Full { folder, left }
    } else {
        Error::Engine { folder, cause }
    }
}

/// A complete generation that does not answer yet. Dropped before it is published, it goes.
pub struct Ready {
    index: tantivy::Index,
    next: Next,
    folder: PathBuf,
    fields: Fields,
    lock: Lock,
}

impl Ready {
    /// Reads the generation as it will answer.
    ///
    /// # Errors
    /// [`Error::Engine`] when it cannot be read.
    pub fn reader(&self) -> Result<Reader, Error> {
        reader::of(&self.folder, self.index.clone(), self.fields.clone())
    }

    /// Makes it the one that answers, in one step.
    ///
    /// # Errors
    /// [`Error::Io`] when the file system refuses; the index then is as it was before.
    pub fn publish(self) -> Result<(), Error> {
        let published = self.next.publish();
        drop(self.lock);
        published
    }
}
