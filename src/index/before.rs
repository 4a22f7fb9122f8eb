//! What an index held when a run began: read by the names of its fields, so that an index of an older layout can be read too.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use tantivy::columnar::StrColumn;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, Searcher, SegmentReader, TantivyDocument, Term};

use super::told::caught;
use super::{Error, Generation, reader, readonly, store};
use crate::record::{Entries, Entry, Record, State};

/// The index as the last run left it.
pub struct Before {
    folder: PathBuf,
    searcher: Searcher,
    generation: Generation,
    /// Segments whose records are not to be believed, by the beginning of their files' names.
    distrusted: BTreeSet<String>,
    /// Where each file is filed, once it is asked for.
    places: OnceLock<BTreeMap<Arc<str>, DocAddress>>,
}

impl Before {
    /// Opens the generation that lies in `path`, part of the index in `folder`.
    pub(super) fn open(folder: &Path, path: &Path) -> Result<Before, Error> {
        caught(folder, || Before::open_in(folder, path))
    }

    fn open_in(folder: &Path, path: &Path) -> Result<Before, Error> {
        let engine = |cause| Error::Engine {
            folder: folder.to_owned(),
            cause,
        };
        let index = readonly::open(path).map_err(engine)?;
        let generation = reader::generation(folder, &index)?.ok_or_else(|| Error::Strange {
            folder: folder.to_owned(),
            what: "no note of the last run".to_owned(),
        })?;
        super::is_known(folder, &generation)?;
        let searcher = index
            .reader_builder()
            .reload_policy(tantivy::ReloadPolicy::Manual)
            .try_into()
            .map_err(engine)?
            .searcher();
        Ok(Before {
            folder: folder.to_owned(),
            searcher,
            generation,
            distrusted: BTreeSet::new(),
            places: OnceLock::new(),
        })
    }

    /// Believes no record that lies in one of `files`. Records lie in the stores alone, whatever is damaged beside them.
    pub(super) fn distrust(&mut self, files: &[String]) {
        let segments = files.iter().filter_map(|file| file.strip_suffix(".store"));
        self.distrusted = segments.map(str::to_owned).collect();
    }

    /// The index in `folder` as the last run left it, in whatever layout; nothing where there is none.
    ///
    /// # Errors
    /// [`Error::Engine`] when it cannot be read.
    pub fn latest(folder: &Path) -> Result<Option<Before>, Error> {
        store::newest(folder)
            .map(|path| Before::open(folder, &path))
            .transpose()
    }

    /// Which run filled it.
    pub fn generation(&self) -> &Generation {
        &self.generation
    }

    /// How many documents there are.
    pub(super) fn documents(&self) -> usize {
        usize::try_from(self.searcher.num_docs()).unwrap_or(usize::MAX)
    }

    /// What is known of each file, by its path below the corpus folder.
    ///
    /// # Errors
    /// [`Error::Engine`] or [`Error::Strange`] when it cannot be read.
    pub fn entries(&self) -> Result<Entries, Error> {
        caught(&self.folder, || {
            entries(&self.searcher).map_err(|cause| self.engine(cause))
        })
    }

    /// The record of the paper filed under `file`, if it has one.
    ///
    /// # Errors
    /// [`Error::Engine`] when it cannot be read, [`Error::Strange`] when it is of a form that this program does not know.
    pub fn record(&self, file: &str) -> Result<Option<Record>, Error> {
        caught(&self.folder, || self.read(file))
    }

    /// Where `file` is filed, by its term; nothing where that says nothing.
    fn by_term(&self, file: &str) -> Result<Option<DocAddress>, Error> {
        let engine = |cause| self.engine(cause);
        let by = self.searcher.schema().get_field("file").map_err(engine)?;
        let query = TermQuery::new(Term::from_field_text(by, file), IndexRecordOption::Basic);
        let found = self
            .searcher
            .search(&query, &tantivy::collector::DocSetCollector)
            .map_err(engine)?;
        Ok(found.into_iter().min())
    }

    /// Where `file` is filed, by its column: for an index whose terms are damaged.
    fn by_column(&self, file: &str) -> Option<DocAddress> {
        let places = self.places.get_or_init(|| {
            let all = || places(&self.searcher).map_err(|cause| self.engine(cause));
            caught(&self.folder, all).unwrap_or_default()
        });
        places.get(file).copied()
    }

    fn read(&self, file: &str) -> Result<Option<Record>, Error> {
        let engine = |cause| self.engine(cause);
        let stored = self.searcher.schema().get_field("record").map_err(engine)?;
        let by_term = caught(&self.folder, || self.by_term(file)).ok().flatten();
        let Some(address) = by_term.or_else(|| self.by_column(file)) else {
            return Ok(None);
        };
        let segment = self.searcher.segment_reader(address.segment_ord);
        if self
            .distrusted
            .contains(&segment.segment_id().uuid_string())
        {
            return Err(Error::Strange {
                folder: self.folder.clone(),
                what: format!("the record of `{file}` lies in a damaged file"),
            });
        }
        let document: TantivyDocument = self.searcher.doc(address).map_err(engine)?;
        document
            .get_first(stored)
            // Bytes until layout 4, a text since.
            .and_then(|value| value.as_bytes().or(value.as_str().map(str::as_bytes)))
            .map(serde_json::from_slice)
            .transpose()
            .map_err(|error| Error::Strange {
                folder: self.folder.clone(),
                what: format!("the record of `{file}`: {error}"),
            })
    }

    fn engine(&self, cause: tantivy::TantivyError) -> Error {
        Error::Engine {
            folder: self.folder.clone(),
            cause,
        }
    }
}

/// Reads every entry.
pub(super) fn entries(searcher: &Searcher) -> tantivy::Result<Entries> {
    let mut entries = Vec::new();
    for segment in searcher.segment_readers() {
        entries_of(segment, &mut entries)?;
    }
    // Some long runs in their order, which is cheap to merge: cheaper than to look for each entry's place.
    let keyed = entries
        .into_iter()
        .map(|entry| (Arc::clone(&entry.file), entry));
    Ok(keyed.collect())
}

/// Where each file is filed, by its column.
fn places(searcher: &Searcher) -> tantivy::Result<BTreeMap<Arc<str>, DocAddress>> {
    let mut places = BTreeMap::new();
    for (segment, number) in searcher.segment_readers().iter().zip(0..) {
        let file = Texts::of(segment.fast_fields().str("file")?)?;
        for document in segment.doc_ids_alive() {
            if let Some(file) = file.get(document) {
                places.insert(Arc::clone(file), DocAddress::new(number, document));
            }
        }
    }
    Ok(places)
}

/// Reads the entries of one segment, in the order of their keys.
fn entries_of(segment: &SegmentReader, entries: &mut Vec<Entry>) -> tantivy::Result<()> {
    let fast = segment.fast_fields();
    let text = |name: &str| -> tantivy::Result<Texts> { Texts::of(fast.str(name)?) };
    let (file, hash, state, reason) = (
        text("file")?,
        text("hash")?,
        text("state")?,
        text("reason")?,
    );
    let size = fast.u64("size")?;
    let modified = fast.i64("modified")?;
    let missing = |what: &str, document: u32| {
        tantivy::TantivyError::SchemaError(format!("document {document} has no {what}"))
    };
    let mut documents = Vec::new();
    for document in segment.doc_ids_alive() {
        // Ordinals are in the order of the texts.
        let ordinal = file.ordinal(document);
        documents.push((ordinal.ok_or_else(|| missing("path", document))?, document));
    }
    documents.sort_unstable();
    entries.reserve(documents.len());
    for (ordinal, document) in documents {
        let file = file.at(ordinal).ok_or_else(|| missing("path", document))?;
        let state = state
            .get(document)
            .and_then(|state| state.parse::<State>().ok())
            .ok_or_else(|| missing("state", document))?;
        let entry = Entry {
            file: Arc::clone(file),
            size: size
                .first(document)
                .ok_or_else(|| missing("size", document))?,
            modified: modified
                .first(document)
                .ok_or_else(|| missing("time", document))?,
            hash: hash.get(document).map(Arc::clone).unwrap_or_default(),
            state,
            reason: reason.get(document).map(Arc::clone),
        };
        entries.push(entry);
    }
    Ok(())
}

/// A column of texts with its dictionary spelled out: read once from end to end it costs a hundredth of what looking up
/// each document's text does.
struct Texts {
    column: Option<StrColumn>,
    all: Vec<Arc<str>>,
}

impl Texts {
    fn of(column: Option<StrColumn>) -> tantivy::Result<Texts> {
        let mut all = Vec::new();
        if let Some(column) = &column {
            let mut stream = column.dictionary().stream()?;
            while stream.advance() {
                let text = std::str::from_utf8(stream.key());
                all.push(
                    text.map_or_else(|_| String::from_utf8_lossy(stream.key()).into(), Arc::from),
                );
            }
        }
        Ok(Texts { column, all })
    }

    fn ordinal(&self, document: u32) -> Option<u64> {
        self.column.as_ref()?.ords().first(document)
    }

    fn at(&self, ordinal: u64) -> Option<&Arc<str>> {
        self.all.get(usize::try_from(ordinal).ok()?)
    }

    fn get(&self, document: u32) -> Option<&Arc<str>> {
        self.at(self.ordinal(document)?)
    }
}
