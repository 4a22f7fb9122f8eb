//! The threads of a run: one looks into the files in their order, the others have a worker each and write what comes back.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Context;

use super::books::{self, Fresh, INSIDE, Put};
use super::crew::{Hand, Trouble};
use super::sieve::{OLD_RULES, Sieve};
use super::worker::Facts;
use super::{Damaged, Options, Progress, tries};
use crate::discover::Source;
use crate::extract::{self, Attachment};
use crate::index::{self, Writer};
use crate::record::{self, Entries, Entry, State};

/// Documents in one file, at most; more are named and not read.
const ATTACHMENTS: usize = 500;

/// What is said of a paper whose text the index has lost while its file cannot be read.
pub(super) const LOST: &str = "its stored text is lost";

/// Papers of which a run says one by one what became of their stored text.
const NOTES: usize = 50;

/// How many documents a document that is read may lie inside.
const DEPTH: usize = extract::DEEPEST_ATTACHMENT;

/// What the threads of a run share.
pub(super) struct Lanes<'a> {
    pub(super) writer: &'a Writer,
    pub(super) options: &'a Options,
    pub(super) sieve: Sieve<'a>,
    pub(super) progress: &'a dyn Progress,
}

/// What came of the reading.
#[derive(Default)]
pub(super) struct Read {
    /// The entry of each file and attachment that stands in the corpus.
    pub(super) present: Entries,
    /// The keys under which contents were written in this run, by [`Entry::content`].
    pub(super) fresh: Fresh,
    /// Pages read.
    pub(super) pages: usize,
    /// Pages read whose letters were mended.
    pub(super) pages_repaired: usize,
    /// Personal identity numbers on the pages read.
    pub(super) personal_numbers: usize,
    /// Files that could not be looked at and are kept as they were.
    pub(super) kept: usize,
    /// Those of them that could not be opened, with the reason.
    pub(super) unreadable: Vec<String>,
    /// Contents that someone reads or has read.
    pub(super) claimed: BTreeSet<Arc<str>>,
    /// Contents of which nothing could be read in this run, with the reason.
    failed: BTreeMap<Arc<str>, Arc<str>>,
    /// Contents that are kept as an older program read them.
    pub(super) by_old_rules: BTreeSet<Arc<str>>,
    /// Entries of contents that were claimed already; their state is not known yet.
    pub(super) twins: Vec<Entry>,
    /// Documents whose worker died of them.
    died: Vec<Job>,
    /// What ended the run: nothing after it could be kept.
    broken: Option<index::Error>,
}

/// A document to read: its entry so far, and its bytes.
pub(super) struct Job {
    pub(super) entry: Entry,
    pub(super) bytes: Vec<u8>,
}

impl Lanes<'_> {
    /// Reads the sources. `present` holds the entries that are known already.
    pub(super) fn read(&self, sources: &[Source], present: Entries) -> anyhow::Result<Read> {
        self.progress.begin(sources.len());
        let read = Mutex::new(Read::beginning_with(present));
        if !sources.is_empty() {
            self.crew(&read, |jobs| self.look(sources, jobs, &read))?;
            self.alone(&read);
        }
        let mut read = read.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(broken) = read.broken {
            return Err(broken.into());
        }
        self.twins(&mut read);
        Ok(read)
    }

    /// Starts the threads, and ends when all that `feed` sends has been read.
    fn crew(
        &self,
        read: &Mutex<Read>,
        feed: impl FnOnce(&SyncSender<Job>) + Send,
    ) -> anyhow::Result<()> {
        let threads = self.threads()?;
        // A document more than are being read lies ready.
        let (send, jobs) = sync_channel::<Job>(1);
        let jobs = Mutex::new(jobs);
        std::thread::scope(|scope| {
            scope.spawn(move || feed(&send));
            threads.broadcast(|_| {
                let mut hand = Hand::new(
                    &self.options.workers,
                    &self.options.extract,
                    self.options.learned.as_deref(),
                );
                while let Some(job) = next(&jobs) {
                    // After a failure to write, the rest is only let go.
                    if held(read).broken.is_none() {
                        self.document(&mut hand, job, read, Again::Later);
                    }
                }
            });
        });
        Ok(())
    }

    fn threads(&self) -> anyhow::Result<rayon::ThreadPool> {
        rayon::ThreadPoolBuilder::new()
            .num_threads(self.options.workers.number)
            // Where documents are read on these threads, one may be nested deeply before a limit stops it.
            .stack_size(extract::STACK)
            .start_handler(|_| extract::this_thread_has_room())
            .build()
            .context("cannot start threads")
    }

    /// Opens the files in their order, so that the first name of a content is its home, and sends those that are to be read.
    fn look(&self, sources: &[Source], jobs: &SyncSender<Job>, read: &Mutex<Read>) {
        for source in sources {
            let opened = extract::bytes(&source.path, &self.options.extract.limits);
            // Nothing is held while it waits for a worker.
            let job = self.sieve.sort(source, opened, &mut held(read));
            match job {
                Some(job) => {
                    if jobs.send(job).is_err() {
                        return;
                    }
                }
                None => self.progress.step(),
            }
        }
    }

    /// One document through the rooms and into the index, with what lies inside it.
    fn document(&self, hand: &mut Hand, job: Job, read: &Mutex<Read>, again: Again) {
        let mut jobs = vec![job];
        while let Some(mut job) = jobs.pop() {
            let inside = job.entry.file.matches(INSIDE).count();
            match hand.read(&job.entry.file, &job.bytes) {
                Ok(done)
                    if waits_for_ocr(&done.facts)
                        && self.sieve.keeps(
                            &job.entry,
                            extract::WAITS_FOR_OCR,
                            &mut held(read),
                        ) => {}
                Ok(done) => {
                    let before = self.said_before(&job.entry);
                    job.entry.state = done.facts.state;
                    job.entry.reason =
                        tries::counted(done.facts.reason.clone(), before).map(Arc::from);
                    let written = self.writer.put_card(&job.entry, done.card);
                    let mut read = held(read);
                    if let Err(error) = written {
                        read.broken.get_or_insert(error);
                        return;
                    }
                    read.count(&done.facts);
                    let (content, file) = (job.entry.shared_content(), Arc::clone(&job.entry.file));
                    read.fresh.insert(content, file);
                    // From last to first, so that the first is taken up first.
                    let attachments = self.attachments(&job.entry, done.attachments, &mut read);
                    jobs.extend(attachments.into_iter().rev());
                    read.present.insert(job.entry.file.clone(), job.entry);
                }
                Err(Trouble::Said(reason)) => self.fail(job.entry, reason, read),
                Err(Trouble::Died(_)) if again == Again::Later => {
                    held(read).died.push(job);
                    if inside > 0 {
                        continue;
                    }
                    // Counted when it has been tried once more.
                    continue;
                }
                Err(Trouble::Died(reason)) => self.fail(job.entry, reason, read),
            }
            if inside == 0 {
                self.progress.step();
            }
        }
    }

    /// A document of which nothing can be read.
    fn fail(&self, entry: Entry, reason: String, read: &Mutex<Read>) {
        let mut read = held(read);
        if !self.sieve.keeps(&entry, &reason, &mut read) {
            let before = self.said_before(&entry);
            let reason = tries::counted(Some(reason), before).unwrap_or_default();
            read.fail(entry, reason);
        }
    }

    /// What was said of the same content under this name before.
    fn said_before(&self, entry: &Entry) -> Option<&str> {
        let before = self.sieve.known.entries.get(&entry.file);
        let before = before.filter(|before| before.hash == entry.hash);
        before.and_then(|before| before.reason.as_deref())
    }

    /// The documents inside `parent` that are to be read.
    fn attachments(
        &self,
        parent: &Entry,
        attachments: Vec<Attachment>,
        read: &mut Read,
    ) -> Vec<Job> {
        let mut jobs = Vec::new();
        let deep = parent.file.matches(INSIDE).count() >= DEPTH;
        let root = format!("{}{INSIDE}", books::root(&parent.file));
        for attachment in attachments {
            // Another of that name may lie there.
            let name = crate::discover::part(attachment.name.as_bytes());
            let mut key = format!("{}{INSIDE}{name}", parent.file);
            let mut number = 2;
            while read.present.contains_key(key.as_str())
                || jobs.iter().any(|job: &Job| *job.entry.file == key)
            {
                // Before the ending, which says how it is read.
                let (stem, ending) = name.split_at(name.rfind('.').unwrap_or(name.len()));
                key = format!("{}{INSIDE}{stem} ({number}){ending}", parent.file);
                number += 1;
            }
            let mut entry = Entry {
                file: key.into(),
                size: attachment.bytes.len() as u64,
                modified: parent.modified,
                hash: blake3::hash(&attachment.bytes).to_hex().as_str().into(),
                state: State::Skipped,
                reason: None,
            };
            let siblings = books::beginning_with(&read.present, root.clone()).count();
            let is_pdf = attachment.bytes.starts_with(b"%PDF-");
            entry.reason = if siblings + jobs.len() >= ATTACHMENTS {
                Some(format!("more than {ATTACHMENTS} documents inside one file").into())
            } else if deep {
                Some(format!("inside more than {DEPTH} other documents").into())
            } else if is_pdf {
                None
            } else {
                crate::discover::no_reader(attachment.name.as_ref()).map(Arc::from)
            };
            if entry.reason.is_some() {
                read.present.insert(entry.file.clone(), entry);
            } else if self.sieve.is_to_be_read(&entry, read) {
                let bytes = attachment.bytes;
                jobs.push(Job { entry, bytes });
            }
        }
        jobs
    }

    /// Tries the documents whose workers died once more, one after another and each in a fresh worker: it may have been the
    /// neighbour's memory, or a machine that was busy.
    fn alone(&self, read: &Mutex<Read>) {
        let mut died = std::mem::take(&mut held(read).died);
        died.sort_by(|a, b| a.entry.file.cmp(&b.entry.file));
        let mut hand = Hand::new(
            &self.options.workers,
            &self.options.extract,
            self.options.learned.as_deref(),
        );
        for job in died {
            hand.refresh();
            if held(read).broken.is_none() {
                self.document(&mut hand, job, read, Again::Never);
            }
        }
    }

    /// Gives the entries that waited for another of the same content what came of that.
    fn twins(&self, read: &mut Read) {
        for mut entry in in_turn(std::mem::take(&mut read.twins), &read.fresh) {
            if let Some(reason) = read.failed.get(&*entry.content()) {
                entry.state = State::Failed;
                entry.reason = Some(Arc::clone(reason));
            } else if let Some(home) = read.fresh.get(&*entry.content()).cloned() {
                entry.state = State::Copy;
                let prefix = format!("{home}{INSIDE}");
                let length = prefix.len();
                let inside: Vec<Entry> = books::beginning_with(&read.present, prefix)
                    .map(|(key, inner)| Entry {
                        file: format!("{}{INSIDE}{}", entry.file, &key[length..]).into(),
                        modified: entry.modified,
                        ..inner.clone()
                    })
                    .collect();
                for inner in inside {
                    read.present.insert(inner.file.clone(), inner);
                }
            } else if self.sieve.keep
                && let Some(home) = self.sieve.known.home(&entry.content())
            {
                // Neither read nor failed: kept.
                self.sieve.take_over(&entry, home, read);
                continue;
            }
            read.present.insert(entry.file.clone(), entry);
        }
    }

    /// Writes `puts`, whose records are taken from the index as it was before; with `anew`, repaired and tagged again. Those that
    /// cannot be read there are read from the papers below `corpus`. Gives what a person should know.
    ///
    /// # Errors
    /// [`Damaged`] when the generation being written shares the files in which something cannot be read.
    pub(super) fn put(
        &self,
        puts: Vec<Put>,
        anew: bool,
        read: &mut Read,
        corpus: &Path,
    ) -> anyhow::Result<Vec<String>> {
        let (with_record, bare): (Vec<Put>, Vec<Put>) =
            puts.into_iter().partition(|put| put.record_of.is_some());
        for put in bare {
            self.writer.put(&put.entry, None)?;
        }
        if with_record.is_empty() {
            return Ok(Vec::new());
        }
        self.progress.begin(with_record.len());
        let work = Mutex::new(with_record.into_iter());
        let done: Mutex<Vec<(Entry, Option<String>)>> = Mutex::new(Vec::new());
        let lost: Mutex<BTreeMap<String, Vec<Entry>>> = Mutex::new(BTreeMap::new());
        let broken: Mutex<Option<anyhow::Error>> = Mutex::new(None);
        let by_old_rules = &read.by_old_rules;
        self.threads()?.broadcast(|_| {
            let mut hand = Hand::new(
                &self.options.workers,
                &self.options.extract,
                self.options.learned.as_deref(),
            );
            loop {
                let put = work.lock().unwrap_or_else(PoisonError::into_inner).next();
                let Some(put) = put else { break };
                let is_old = by_old_rules.contains(&*put.entry.content());
                match self.carry(&mut hand, put, anew, is_old) {
                    Ok(Carried::Filed(entry, note)) => held(&done).push((entry, note)),
                    Ok(Carried::Lost(entry)) => {
                        let root = books::root(&entry.file).to_owned();
                        held(&lost).entry(root).or_default().push(entry);
                    }
                    Err(error) => {
                        held(&broken).get_or_insert(error);
                        break;
                    }
                }
                self.progress.step();
            }
        });
        if let Some(error) = broken.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return Err(error);
        }
        let mut notes = Vec::new();
        for (entry, note) in done.into_inner().unwrap_or_else(PoisonError::into_inner) {
            notes.extend(note);
            read.present.insert(entry.file.clone(), entry);
        }
        let lost = lost.into_inner().unwrap_or_else(PoisonError::into_inner);
        let copies = match lost.is_empty() {
            true => Copies::new(),
            false => copies(&read.present),
        };
        for (root, lost) in lost {
            let mut left = self.read_lost(corpus, &root, lost, read, &mut notes)?;
            // What cannot be opened by one name may be by another.
            for other in other_roots(&left, &root, &copies) {
                if !left.is_empty() {
                    left = self.read_lost(corpus, &other, left, read, &mut notes)?;
                }
            }
            for entry in left {
                self.lose(entry, &copies, read, &mut notes)?;
            }
        }
        notes.sort();
        let more = notes.len().saturating_sub(NOTES);
        if more > 1 {
            notes.truncate(NOTES);
            notes.push(format!("and so for {more} more"));
        }
        Ok(notes)
    }

    /// Files a content whose stored text is lost, and which no file gives now, as failed under each of its names; the next run looks for it.
    fn lose(
        &self,
        entry: Entry,
        copies: &Copies,
        read: &mut Read,
        notes: &mut Vec<String>,
    ) -> anyhow::Result<()> {
        let copies = copies.get(&*entry.content()).into_iter().flatten();
        let copies = copies.filter_map(|file| read.present.get(file)).cloned();
        let copies: Vec<Entry> = copies.collect();
        notes.push(format!("{}: its stored text is lost", entry.file));
        for mut entry in std::iter::once(entry).chain(copies) {
            // Without a hash nothing says that it has been read.
            entry.hash = Arc::default();
            entry.state = State::Failed;
            entry.reason = Some(format!("{LOST}; the next run reads it again").into());
            self.writer.put(&entry, None)?;
            read.present.insert(entry.file.clone(), entry);
        }
        Ok(())
    }

    /// One record from the index as it was into the next; with `is_old`, its paper is to be read again as soon as it can be.
    fn carry(
        &self,
        hand: &mut Hand,
        put: Put,
        anew: bool,
        is_old: bool,
    ) -> anyhow::Result<Carried> {
        let mut entry = put.entry;
        let from = put.record_of.unwrap_or_default();
        let before = self.writer.before();
        let record = match before.map(|before| before.record(&from)) {
            Some(Ok(Some(record))) => record,
            // What stands beside it in the same files is not to be trusted either.
            other if self.writer.holds_before() => {
                let why = match other {
                    Some(Err(error)) => error.to_string(),
                    _ => "it is missing".to_owned(),
                };
                return Err(Damaged(format!("the stored text of `{from}`: {why}")).into());
            }
            _ => return Ok(Carried::Lost(entry)),
        };
        let mut note = None;
        if anew {
            match hand.again(&record) {
                Ok(done) => {
                    entry.state = done.facts.state;
                    let old = is_old.then(|| OLD_RULES.to_owned());
                    let reasons: Vec<String> = done.facts.reason.into_iter().chain(old).collect();
                    entry.reason = (!reasons.is_empty()).then(|| reasons.join("; ").into());
                    self.writer.put_card(&entry, done.card)?;
                    return Ok(Carried::Filed(entry, None));
                }
                Err(Trouble::Said(reason) | Trouble::Died(reason)) => {
                    note = Some(format!("{}: kept as it was: {reason}", entry.file));
                }
            }
        }
        self.writer.put(&entry, Some(&record))?;
        Ok(Carried::Filed(entry, note))
    }

    /// Reads once more what lies in the file `root` and whose stored text is `lost`, with a note on each; gives what is not found
    /// there.
    fn read_lost(
        &self,
        corpus: &Path,
        root: &str,
        lost: Vec<Entry>,
        read: &mut Read,
        notes: &mut Vec<String>,
    ) -> anyhow::Result<Vec<Entry>> {
        let mut lost: BTreeMap<Arc<str>, Entry> = lost
            .into_iter()
            .map(|entry| (entry.shared_content(), entry))
            .collect();
        let mut hand = Hand::new(
            &self.options.workers,
            &self.options.extract,
            self.options.learned.as_deref(),
        );
        let path = crate::discover::path(corpus, root);
        let mut jobs: Vec<(String, Vec<u8>, usize)> =
            extract::bytes(&path, &self.options.extract.limits)
                .map(|bytes| (root.to_owned(), bytes, 0))
                .into_iter()
                .collect();
        while let Some((name, bytes, deep)) = jobs.pop() {
            if lost.is_empty() {
                break;
            }
            let Ok(said) = hand.read(&name, &bytes) else {
                continue;
            };
            let hash = blake3::hash(&bytes).to_hex();
            if let Some(mut entry) = lost.remove(&*record::content(&name, &hash)) {
                read.count(&said.facts);
                entry.state = said.facts.state;
                entry.reason = said.facts.reason.clone().map(Arc::from);
                self.writer.put_card(&entry, said.card)?;
                let note = format!("{}: read once more, its stored text was lost", entry.file);
                notes.push(note);
                read.present.insert(entry.file.clone(), entry);
            }
            if deep < DEPTH {
                jobs.extend(said.attachments.into_iter().map(|attachment| {
                    let part = crate::discover::part(attachment.name.as_bytes());
                    let name = format!("{name}{INSIDE}{part}");
                    (name, attachment.bytes, deep + 1)
                }));
            }
        }
        Ok(lost.into_values().collect())
    }
}

/// The names that are copies, by [`Entry::content`].
type Copies = BTreeMap<Arc<str>, Vec<Arc<str>>>;

fn copies(present: &Entries) -> Copies {
    let mut copies = Copies::new();
    for entry in present.values().filter(|entry| entry.state == State::Copy) {
        let names = copies.entry(entry.shared_content()).or_default();
        names.push(Arc::clone(&entry.file));
    }
    copies
}

/// The files beside `root` in which the contents of `lost` lie too.
fn other_roots(lost: &[Entry], root: &str, copies: &Copies) -> BTreeSet<String> {
    let others = lost.iter().flat_map(|entry| copies.get(&*entry.content()));
    let roots = others.flatten().map(|other| books::root(other).to_owned());
    roots.filter(|other| other != root).collect()
}

/// `twins` in an order in which whatever lies inside a home is known before the home is copied: what lies there may be a twin itself.
fn in_turn(twins: Vec<Entry>, fresh: &Fresh) -> Vec<Entry> {
    let mut ordered = Vec::with_capacity(twins.len());
    let mut waiting = twins;
    while !waiting.is_empty() {
        let keys: BTreeSet<Arc<str>> = waiting.iter().map(|twin| Arc::clone(&twin.file)).collect();
        let waits = |twin: &Entry| {
            let inside = format!("{}{INSIDE}", fresh.get(&*twin.content())?);
            let from = (Bound::Included(inside.as_str()), Bound::Unbounded);
            let first = keys.range::<str, _>(from).next()?;
            first.starts_with(&inside).then_some(())
        };
        let (later, now): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|twin| waits(twin).is_some());
        // Nothing lies inside itself, so this does not come to be; and if it did, it would end.
        let is_stuck = now.is_empty();
        ordered.extend(now);
        waiting = later;
        if is_stuck {
            ordered.append(&mut waiting);
        }
    }
    ordered
}

/// Whether some page of a document has no text because nobody could read its picture.
fn waits_for_ocr(facts: &Facts) -> bool {
    let reason = facts.reason.as_deref().unwrap_or_default();
    facts.state == State::OcrNeeded || reason.contains(extract::WAITS_FOR_OCR)
}

/// What came of taking a record into the next index.
enum Carried {
    /// It is there, with what a person should know.
    Filed(Entry, Option<String>),
    /// It cannot be read where it stood.
    Lost(Entry),
}

impl Read {
    /// What is known before anything is opened.
    pub(super) fn beginning_with(present: Entries) -> Read {
        Read {
            present,
            ..Read::default()
        }
    }

    fn count(&mut self, facts: &Facts) {
        self.pages += facts.pages;
        self.pages_repaired += facts.pages_repaired;
        self.personal_numbers += facts.personal_numbers;
    }

    fn fail(&mut self, mut entry: Entry, reason: String) {
        let reason: Arc<str> = reason.into();
        self.failed
            .insert(entry.shared_content(), Arc::clone(&reason));
        entry.state = State::Failed;
        entry.reason = Some(reason);
        self.present.insert(entry.file.clone(), entry);
    }
}

/// When a document whose worker died is tried again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Again {
    Later,
    Never,
}

fn next(jobs: &Mutex<Receiver<Job>>) -> Option<Job> {
    held(jobs).recv().ok()
}

/// What a thread that panicked left is whole: nothing panics while it holds it but a failed allocation.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
