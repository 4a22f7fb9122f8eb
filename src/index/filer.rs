//! The thread that gathers papers into segments, beside those that read them.
//!
//! Taking a file out and filing it anew go through one queue, so that each taking out meets the papers before it and none
//! behind it.

use std::collections::HashSet;
use std::hash::BuildHasher;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use foldhash::fast::FixedState;
use tantivy::{IndexWriter, TantivyDocument, TantivyError, Term};

use super::card::Card;
use super::fields::Fields;
use super::segment::Segment;

/// Papers that wait to be gathered, at most: a large one is some megabytes.
const WAITING: usize = 32;

enum Job {
    /// Files a paper under `file`, in the place of what stood there.
    Put {
        file: String,
        document: TantivyDocument,
        card: Card,
    },
    /// Takes `file` out.
    Remove(String),
    /// There is no more to come.
    End,
}

/// The other side of the thread. Dropped before [`Filer::end`], it leaves what was not written unwritten.
pub(super) struct Filer {
    jobs: Option<SyncSender<Job>>,
    thread: Option<JoinHandle<Option<IndexWriter>>>,
    trouble: Arc<Mutex<Option<TantivyError>>>,
}

impl Filer {
    /// Begins the thread, with an engine that merges nothing of its own accord. It writes a segment whenever what it has gathered takes so many bytes of memory.
    ///
    /// # Errors
    /// When the machine gives no thread.
    pub(super) fn begin(
        writer: IndexWriter,
        fields: Fields,
        memory: usize,
    ) -> Result<Filer, TantivyError> {
        let (jobs, queue) = sync_channel(WAITING);
        let trouble = Arc::new(Mutex::new(None));
        let told = Arc::clone(&trouble);
        let mut gathering = Gathering {
            holds_before: !writer.index().searchable_segment_ids()?.is_empty(),
            writer,
            fields,
            memory,
            open: None,
            written: HashSet::new(),
            taken_out: false,
        };
        let thread = std::thread::Builder::new()
            .name("filer".to_owned())
            .spawn(move || {
                let done = catch_unwind(AssertUnwindSafe(|| gathering.all(&queue)));
                let error = match done {
                    Ok(Ok(())) => return Some(gathering.writer),
                    Ok(Err(error)) => error,
                    Err(_) => TantivyError::InternalError("filing papers broke off".to_owned()),
                };
                *told.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                None
            })?;
        Ok(Filer {
            jobs: Some(jobs),
            thread: Some(thread),
            trouble,
        })
    }

    /// Files a paper under `file`, in the place of what stood there.
    ///
    /// # Errors
    /// What has stopped the thread, which may be an earlier paper's.
    pub(super) fn put(
        &self,
        file: String,
        document: TantivyDocument,
        card: Card,
    ) -> Result<(), TantivyError> {
        self.send(Job::Put {
            file,
            document,
            card,
        })
    }

    /// Takes `file` out. What has stopped the thread is told by the next paper, or at the end.
    pub(super) fn remove(&self, file: &str) {
        let _ = self.send(Job::Remove(file.to_owned()));
    }

    fn send(&self, job: Job) -> Result<(), TantivyError> {
        let sent = self.jobs.as_ref().and_then(|jobs| jobs.send(job).ok());
        sent.ok_or_else(|| self.trouble())
    }

    fn trouble(&self) -> TantivyError {
        let trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        let said =
            || TantivyError::InternalError("the thread that files papers has ended".to_owned());
        trouble.clone().unwrap_or_else(said)
    }

    /// Writes what was gathered, and gives the engine back.
    ///
    /// # Errors
    /// As [`Filer::put`].
    pub(super) fn end(mut self) -> Result<IndexWriter, TantivyError> {
        let _ = self.send(Job::End);
        let thread = self.thread.take();
        let writer = thread.and_then(|thread| thread.join().ok().flatten());
        writer.ok_or_else(|| self.trouble())
    }
}

impl Drop for Filer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // A panic is caught within.
            let _ = thread.join();
        }
    }
}

/// What the thread holds.
struct Gathering {
    writer: IndexWriter,
    fields: Fields,
    memory: usize,
    /// Whether papers of older runs are in the index.
    holds_before: bool,
    open: Option<Segment>,
    /// The files of the papers in the segments that this run has written, by their hashes.
    written: HashSet<u64>,
    /// Whether the engine was told to take papers out and may not have done so yet.
    taken_out: bool,
}

impl Gathering {
    fn all(&mut self, queue: &Receiver<Job>) -> Result<(), TantivyError> {
        while let Ok(job) = queue.recv() {
            match job {
                Job::Put {
                    file,
                    mut document,
                    card,
                } => {
                    self.remove(&file)?;
                    self.put(&file, &mut document, &card)?;
                }
                Job::Remove(file) => self.remove(&file)?,
                Job::End => return self.close(),
            }
        }
        Ok(())
    }

    fn remove(&mut self, file: &str) -> Result<(), TantivyError> {
        // The engine takes out of the segments that it knows.
        if self.open.as_ref().is_some_and(|open| open.holds(file)) {
            self.close()?;
        }
        if self.holds_before || self.written.contains(&hash(file)) {
            let file = Term::from_field_text(self.fields.file, file);
            self.writer.delete_term(file);
            self.taken_out = true;
        }
        Ok(())
    }

    fn put(
        &mut self,
        file: &str,
        document: &mut TantivyDocument,
        card: &Card,
    ) -> Result<(), TantivyError> {
        let mut open = match self.open.take() {
            Some(open) => open,
            None => Segment::begin(self.writer.new_segment(), self.fields.clone())?,
        };
        let strange = |error: TantivyError| match error {
            TantivyError::InvalidArgument(what) => {
                TantivyError::InvalidArgument(format!("the record of `{file}`: {what}"))
            }
            other => other,
        };
        open.add(document, card).map_err(strange)?;
        let is_full = open.memory() >= self.memory;
        self.open = Some(open);
        if is_full { self.close() } else { Ok(()) }
    }

    /// Writes the segment at hand, if there is one.
    fn close(&mut self) -> Result<(), TantivyError> {
        let Some(open) = self.open.take() else {
            return Ok(());
        };
        self.written.extend(open.files().map(hash));
        let segment = open.write()?;
        // The engine takes what it has not taken out yet out of a segment that comes later, too, and in that the same file
        // may stand anew. When it commits it has taken out all.
        if std::mem::take(&mut self.taken_out) {
            self.writer.commit()?;
        }
        self.writer.add_segment(segment)
    }
}

/// Files of one run that share it are no loss: what is taken out once too often is not there.
fn hash(file: &str) -> u64 {
    FixedState::default().hash_one(file)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use tantivy::schema::Value;

    use super::super::fields::Fields;
    use super::*;

    fn paper(fields: &Fields, file: &str, state: &str) -> TantivyDocument {
        tantivy::doc!(fields.file => file, fields.state => state, fields.record => state)
    }

    /// What stands under each file, by the engine.
    fn stands(index: &tantivy::Index, fields: &Fields) -> Vec<(String, String)> {
        let searcher = index.reader().expect("a reader").searcher();
        let mut stands = Vec::new();
        for segment in searcher.segment_readers() {
            let store = segment.get_store_reader(1).expect("a store");
            let files = segment.fast_fields().str("file").expect("a column");
            let files = files.expect("a column");
            for paper in segment.doc_ids_alive() {
                let mut file = String::new();
                let number = files.term_ords(paper).next().expect("a file");
                assert!(files.ord_to_str(number, &mut file).expect("a file"));
                let document: TantivyDocument = store.get(paper).expect("a paper");
                let said = document
                    .get_first(fields.record)
                    .and_then(|said| said.as_str().map(str::to_owned));
                stands.push((file, said.expect("a record")));
            }
        }
        stands.sort();
        stands
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// A job is a file and what is filed under it, or nothing when it is taken out; a run is its jobs.
        #[test]
        fn each_file_stands_once_as_it_was_last_filed(
            runs in prop::collection::vec(prop::collection::vec((0u8..6, prop::option::of(0u8..9)), 0..12), 1..4),
            memory in prop_oneof![Just(0usize), Just(usize::MAX)],
        ) {
            let (schema, fields) = Fields::schema();
            let index = tantivy::Index::create_in_ram(schema);
            let mut last: BTreeMap<String, String> = BTreeMap::new();
            for jobs in runs {
                let writer = index.writer_with_num_threads(1, 16 << 20).expect("a writer");
                let filer = Filer::begin(writer, fields.clone(), memory).expect("a thread");
                for (file, said) in jobs {
                    let file = format!("{file}.pdf");
                    match said {
                        Some(said) => {
                            let said = said.to_string();
                            filer.put(file.clone(), paper(&fields, &file, &said), Card::default()).expect("filed");
                            last.insert(file, said);
                        }
                        None => {
                            filer.remove(&file);
                            last.remove(&file);
                        }
                    }
                }
                let mut writer = filer.end().expect("the engine");
                writer.commit().expect("written");
                writer.wait_merging_threads().expect("merged");
                let stands = stands(&index, &fields);
                prop_assert_eq!(stands, last.clone().into_iter().collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn what_is_no_card_is_told_and_stops_the_filing() {
        let (schema, fields) = Fields::schema();
        let index = tantivy::Index::create_in_ram(schema);
        let writer = index
            .writer_with_num_threads(1, 16 << 20)
            .expect("a writer");
        let filer = Filer::begin(writer, fields.clone(), usize::MAX).expect("a thread");
        let card = Card::read(vec![1, 2, 3]);
        let put = filer.put("a.pdf".to_owned(), paper(&fields, "a.pdf", "indexed"), card);
        assert!(put.is_ok());
        let error = filer.end().err().expect("an error").to_string();
        assert!(error.contains("`a.pdf`: its card cannot"), "{error}");
    }
}
