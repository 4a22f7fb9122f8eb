//! The corridor: the only place that knows the order of the rooms, and that reads many papers at once. (Within one paper
//! `extract` shares pages among threads, and asks an OCR engine in a process of its own.)
//!
//! A bad file costs itself only: it is named, counted and stops nothing. Nothing of a run is visible before its end, and
//! then all of it is. What is known of each file stands in the index and nowhere else.

mod begun;
mod books;
mod crew;
mod emptied;
mod forget;
mod frame;
mod lanes;
mod large;
mod mute;
mod plan;
mod removals;
mod report;
mod session;
mod sieve;
mod tries;
mod worker;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use jiff::Timestamp;

pub use begun::{Begun, Underway, underway};
pub use books::INSIDE;
pub use crew::{Limits, Workers};
pub use forget::forget;
pub use large::begin_anew;
pub use plan::{Plan, plan};
pub use report::{Report, latest as latest_report, write as write_report};
pub use worker::serve;

use crate::discover::{self, Changes};
use crate::extract;
use crate::index::{self, Before, Generation, Marks, Reader, Summary, Writer};
use crate::lexicon::Learned;
use crate::record::{self, Entries, Entry, State};
use books::Known;
use lanes::Lanes;
use removals::Removals;
use sieve::Sieve;

/// How to run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How to read a document.
    pub extract: extract::Options,
    /// Who reads them, and the limits of one document.
    pub workers: Workers,
    /// Read every file, whatever is known of it, into an index that begins with nothing.
    pub full: bool,
    /// Read once more what could not be read before, and what waits for OCR.
    pub retry_failed: bool,
    /// Index an empty corpus folder too: without it, a run that would remove everything is an error.
    pub allow_empty: bool,
    /// Index another corpus folder than last time's, or one of which more than half is gone: without it, that is an error.
    pub allow_removals: bool,
    /// Words learned of the user's own papers, to repair damaged ones with; other words than last time rebuild the index from
    /// its stored text.
    pub learned: Option<Arc<Words>>,
}

/// Learned words, and the text that they were read from, for workers to read.
#[derive(Debug)]
pub struct Words {
    /// The words.
    pub learned: Learned,
    /// Their file's text.
    pub text: String,
}

impl Options {
    /// Which learned words are used.
    fn model(&self) -> Option<&str> {
        self.learned.as_deref().map(|words| words.learned.id())
    }
}

/// What a run did, and what a person must hear of.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The figures.
    pub summary: Summary,
    /// The files read in this run of which nothing could be read, in the order of their paths.
    pub failed: Vec<Entry>,
    /// Folders and entries that could not be looked at.
    pub unreadable: Vec<String>,
    /// What else a person should know of the run: one clause each.
    pub notes: Vec<String>,
}

/// The run was good, but what must be found is not found any more; the index is as it was.
#[derive(Debug, thiserror::Error)]
#[error("the index is kept as it was: {}", .0.join("; "))]
pub struct Golden(pub Vec<String>);

/// Something in the index as it was cannot be read: the generation that goes on from it would be damaged too.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Damaged(String);

/// A fault of ours, or of a library, where none was looked for.
#[derive(Debug, thiserror::Error)]
#[error(
    "a fault of this program ({0}); the index is as it was, and `diarium verify` says whether it is damaged"
)]
struct Fault(String);

/// How far a run is.
pub trait Progress: Sync {
    /// `files` are to be read.
    fn begin(&self, files: usize);
    /// One more file is done.
    fn step(&self);
    /// All are read; the index is being written.
    fn writing(&self);
}

/// Looks at a finished index before it answers, and says in one clause each what is wrong with it.
pub type Check<'a> = &'a dyn Fn(&Reader) -> anyhow::Result<Checked>;

/// What is thought of an index before it answers.
#[derive(Debug, Default)]
pub struct Checked {
    /// Why it may not answer, one clause each; empty when it may.
    pub wrong: Vec<String>,
    /// What the report should say beside.
    pub notes: Vec<String>,
}

/// Why a content is not read, in the entries of files that have it.
const FORGOTTEN: &str = "forgotten; `diarium forget --undo` brings it back";

/// What is known before a run, and what of it holds still.
struct Eve {
    known: Known,
    generation: Option<Generation>,
    /// The stored text is not what this program would read: every document is opened.
    reread: bool,
    /// The stored text is good, but repair, tag or the index have other rules.
    rebuild: bool,
    /// Hashes of contents to be read again although they are known.
    retry: BTreeSet<String>,
    /// Files that hold them.
    retry_files: BTreeSet<String>,
}

impl Eve {
    fn of(before: Option<&Before>, options: &Options, beside: &Beside) -> anyhow::Result<Eve> {
        let entries = before.map(Before::entries).transpose()?.unwrap_or_default();
        let generation = before.map(|before| before.generation().clone());
        let reread = options.full
            || generation
                .as_ref()
                .is_some_and(|generation| generation.reading != record::READING);
        let rebuild = generation.as_ref().is_some_and(|generation| {
            generation.version != record::VERSION
                || generation.learned.as_deref() != options.model()
        });
        let engine = engine(&options.extract);
        let new_engine = engine.is_some()
            && generation
                .as_ref()
                .is_some_and(|generation| generation.engine != engine);
        let mut retry = BTreeSet::new();
        let mut retry_files = BTreeSet::new();
        for (key, entry) in &entries {
            let again = match entry.state {
                // Nothing of the file was read: a matter of rights or of the disk, that may have passed. One that is too large stays so.
                State::Failed => {
                    options.retry_failed
                        || entry.hash.is_empty() && !is_too_large(entry, options)
                        || beside.new_passwords && entry.reason.as_deref().is_some_and(is_locked)
                }
                State::OcrNeeded => options.retry_failed || new_engine,
                _ => false,
            };
            let reason = entry.reason.as_deref().unwrap_or_default();
            let again = again
                || (engine.is_some() || entry.state == State::Failed) && tries::again(reason)
                || (new_engine || options.retry_failed && engine.is_some())
                    && (reason.contains(extract::WAITS_FOR_OCR)
                        || reason.contains(extract::NOT_READ_BY_OCR))
                || sieve::is_by_old_rules(entry);
            // Whoever forgot it was stopped before it was out of the index.
            let again =
                again || entry.state != State::Skipped && beside.forgotten.contains(&*entry.hash);
            if again {
                let root = books::root(key);
                retry_files.insert(root.to_owned());
                retry.insert(entry.hash.to_string());
                retry.extend(entries.get(root).map(|root| root.hash.to_string()));
            }
        }
        retry.remove("");
        Ok(Eve {
            known: Known::of(entries),
            generation,
            reread,
            rebuild,
            retry,
            retry_files,
        })
    }

    /// Which contents have to be read.
    fn sieve<'a>(&'a self, forgotten: &'a BTreeSet<String>, options: &Options) -> Sieve<'a> {
        Sieve {
            known: &self.known,
            reuse: !self.reread,
            // Whoever asks for all of it anew gets that.
            keep: self.reread && !options.full,
            retry: &self.retry,
            forgotten,
        }
    }

    /// What tells an unchanged file, in the order of the keys.
    fn hints(&self) -> impl Iterator<Item = (&str, discover::Known)> {
        self.known
            .entries
            .iter()
            .filter(|(key, _)| !key.contains(INSIDE))
            .map(|(key, entry)| {
                let again = self.reread || self.retry_files.contains(&**key);
                // No file has this size, so it is read, and does not look new or gone.
                let size = if again { u64::MAX } else { entry.size };
                let modified = entry.modified;
                (&**key, discover::Known { size, modified })
            })
    }
}

/// Whether a file was not opened for its size, and would not be now.
fn is_too_large(entry: &Entry, options: &Options) -> bool {
    let (size, limit) = (entry.size, options.extract.limits.file_bytes);
    let reason = extract::Error::TooLarge { size, limit }.to_string();
    entry.reason.as_deref() == Some(&reason)
}

/// Whether a paper could not be read for want of a password.
fn is_locked(reason: &str) -> bool {
    reason.starts_with(&extract::Error::NeedsPassword.to_string())
}

/// What lies beside the generations of an index.
struct Beside {
    /// Hashes of contents that are not to be read again.
    forgotten: BTreeSet<String>,
    /// Whether locked papers are to be tried once more.
    new_passwords: bool,
}

impl Beside {
    fn of(
        folder: &Path,
        before: Option<&Before>,
        options: &Options,
    ) -> Result<Beside, index::Error> {
        let marks = Marks::of(folder);
        let mut forgotten = marks.forgotten()?;
        // An index of an older program has its marks in itself alone.
        forgotten.extend(
            before
                .iter()
                .flat_map(|before| before.generation().forgotten.iter().cloned()),
        );
        Ok(Beside {
            forgotten,
            new_passwords: marks.are_new(&options.extract.passwords),
        })
    }
}

/// What lies below `corpus` and is no paper: the index in `folder`, and what OCR has read.
fn left_out(corpus: &Path, folder: &Path, options: &Options) -> Vec<PathBuf> {
    let Ok(corpus) = corpus.canonicalize() else {
        return Vec::new();
    };
    let below = |path: &Path| {
        let path = path.canonicalize().ok()?;
        path.strip_prefix(&corpus).ok().map(Path::to_owned)
    };
    let mut out: Vec<PathBuf> = options
        .extract
        .ocr
        .cache
        .iter()
        .filter_map(|p| below(p))
        .collect();
    match below(folder) {
        // The index lies among the papers themselves.
        Some(path) if path.as_os_str().is_empty() => out.extend(index::own(folder)),
        path => out.extend(path),
    }
    out.retain(|path| !path.as_os_str().is_empty());
    out
}

/// Looks at the corpus and at what was known of it, at the same time: each takes as long as the other.
fn look(
    corpus: &Path,
    before: Option<&Before>,
    options: &Options,
    beside: &Beside,
    left_out: &[PathBuf],
) -> anyhow::Result<(Eve, Changes)> {
    let (tree, eve) = std::thread::scope(|scope| {
        let walk = scope.spawn(|| discover::walk(corpus, left_out));
        let eve = Eve::of(before, options, beside);
        let tree = walk
            .join()
            .unwrap_or_else(|fault| std::panic::resume_unwind(fault));
        (tree, eve)
    });
    let eve = eve?;
    let changes = tree?.against(eve.hints());
    Ok((eve, changes))
}

/// The OCR engine that a run would use, in a word, if it has one.
fn engine(options: &extract::Options) -> Option<String> {
    let engine = extract::ocr::available(&options.ocr).filter(|engine| engine.swedish)?;
    Some(format!("tesseract {}", engine.version))
}

/// Brings the index in `folder` up to date with the tree below `corpus`. `check` sees the index before it answers; when it
/// finds something wrong, the old one stays.
///
/// While it runs, a mark says so; it goes when [`write_report`] keeps the report of this run.
///
/// # Errors
/// [`Golden`] when `check` finds something wrong; others when the corpus folder or the index cannot be used. The index then
/// is as it was. A file that cannot be read is no error of the run, and neither is a damaged index: it is built anew, from its
/// stored text as far as that can be read, and from the papers.
pub fn ingest(
    corpus: &Path,
    folder: &Path,
    options: &Options,
    progress: &dyn Progress,
    check: Check,
) -> anyhow::Result<Run> {
    // Look before the index is made: a corpus folder mistyped must leave no empty index behind.
    if !corpus.is_dir() {
        return Err(discover::Error::NoFolder(corpus.to_owned()).into());
    }
    let begin = if options.full {
        Begin::Full
    } else {
        Begin::Shared
    };
    let night = Night {
        corpus,
        folder,
        options,
        progress,
        check,
        unsound: Vec::new(),
    };
    let error = match caught(|| night.run(begin)) {
        Err(error) if begin == Begin::Shared => error,
        done => return done,
    };
    // Of the others, those that a damaged file may be the cause of: looking at all files is worth while then.
    let why = if error.is::<Damaged>() {
        error.to_string()
    } else if error.is::<Fault>()
        || matches!(
            error.downcast_ref(),
            Some(index::Error::Engine { .. } | index::Error::Strange { .. })
        )
    {
        match index::damage(folder).first() {
            Some(damage) => damage.clone(),
            None => return Err(error),
        }
    } else {
        return Err(error);
    };
    let unsound = index::unsound(folder);
    // Where only texts are damaged, what is known of the files still holds.
    let texts = [".store", ".pos", ".fieldnorm"];
    let is_text = |name: &String| texts.iter().any(|ending| name.ends_with(ending));
    let (begin, from) = if unsound.iter().all(is_text) {
        (
            Begin::Apart,
            "from the text stored in it where that is sound",
        )
    } else {
        (Begin::Full, "from the papers")
    };
    let options = Options {
        full: begin == Begin::Full,
        ..options.clone()
    };
    let night = Night {
        options: &options,
        unsound,
        ..night
    };
    let mut run = caught(|| night.run(begin))?;
    let note = format!("the index was damaged ({why}); it has been built anew, {from}");
    run.notes.insert(0, note);
    Ok(run)
}

/// What `work` gives; a panic is an error.
fn caught<T>(work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    std::panic::catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|panic| Err(Fault(worker::said(&*panic).to_owned()).into()))
}

/// Files that are known at least where the loss of half of them, or of all in a folder, is not meant.
const MANY: usize = 20;

/// What the generation of a run begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begin {
    /// The files of the last one.
    Shared,
    /// Nothing; what is known and stored is filed again.
    Apart,
    /// Nothing, and every document is opened.
    Full,
}

/// One run, as it is asked for.
struct Night<'a> {
    corpus: &'a Path,
    folder: &'a Path,
    options: &'a Options,
    progress: &'a dyn Progress,
    check: Check<'a>,
    /// Files of the index that are not as they were written.
    unsound: Vec<String>,
}

impl Night<'_> {
    fn run(&self, begin: Begin) -> anyhow::Result<Run> {
        let Night {
            corpus,
            folder,
            options,
            progress,
            check,
            ref unsound,
        } = *self;
        let begun = Instant::now();
        let mut writer = match begin {
            Begin::Shared => Writer::open(folder)?,
            Begin::Apart | Begin::Full => Writer::fresh(folder)?,
        };
        writer.distrust(unsound);
        // Where there is no room for the mark, the run itself tells.
        let cut_off = begun::mark(folder).ok().flatten().is_some();
        if cut_off
            && writer.holds_before()
            && let Some(damage) = index::damage(folder).into_iter().next()
        {
            return Err(Damaged(damage).into());
        }
        // A read-only or full disk fails the run where it must, not here.
        if begin == Begin::Shared
            && let Ok(Some(damage)) = index::round(folder)
        {
            return Err(Damaged(damage).into());
        }
        let mut options = options.clone();
        let mut mute = mute::from_the_start(writer.before(), &options);
        options.extract.ocr.works = mute.is_none();
        let options = &options;
        let left_out = left_out(corpus, folder, options);
        let beside = Beside::of(folder, writer.before(), options)?;
        let (eve, changes) = match look(corpus, writer.before(), options, &beside, &left_out) {
            Err(error) if begin != Begin::Shared && writer.before().is_some() => {
                writer.lose_before(format!("{error:#}"));
                look(corpus, None, options, &beside, &left_out)?
            }
            seen => seen?,
        };
        let mut notes: Vec<String> = writer
            .lost()
            .map(|lost| format!("the old index could not be read and is built anew ({lost})"))
            .into_iter()
            .collect();
        let corpus_path = corpus.canonicalize()?.to_string_lossy().into_owned();
        let removals = Removals::of(&corpus_path, folder, &eve, &changes, &left_out, options);
        let present = standing(&eve.known, &changes);
        removals.refused_at_once(&eve.known, &changes, &present)?;
        if writer.lost().is_some() {
            removals.refused_after_a_loss()?;
        }
        let forgotten = beside.forgotten;
        let lanes = Lanes {
            writer: &writer,
            options,
            sieve: eve.sieve(&forgotten, options),
            progress,
        };
        let mut read = lanes.read(&changes.to_read, present)?;
        let mut unreadable = changes.unreadable;
        if !removals.allowed {
            let before = read.present.len();
            unreadable.extend(emptied::keep(&changes.empty, &eve.known, &mut read.present));
            read.kept += read.present.len() - before;
        }
        unreadable.append(&mut read.unreadable);
        removals.refused(&eve.known, &read.present, 0)?;
        notes.extend(emptied::gone(&eve.known, &read.present));
        let nothing = BTreeMap::new();
        let filed = if writer.holds_before() {
            &eve.known.entries
        } else {
            &nothing
        };
        // Where everything is read anew, what is not fresh has a text that an earlier run has read.
        let by_other_rules = eve.rebuild || eve.reread;
        let anew = by_other_rules || !writer.holds_before();
        let puts = books::settle(&mut read.present, &eve.known, &read.fresh, filed, anew);
        notes.extend(lanes.put(puts, by_other_rules, &mut read, corpus)?);
        for key in eve.known.entries.keys() {
            if !read.present.contains_key(key) {
                writer.remove(key);
            }
        }
        progress.writing();
        mute = mute.or_else(|| mute::after(&changes.to_read, &read, options));
        unreadable.extend(mute.iter().filter_map(|why| mute::told(why, &read)));
        let mut summary = Summary {
            pages: read.pages,
            pages_repaired: read.pages_repaired,
            personal_numbers: read.personal_numbers,
            unseen: changes.unseen + read.kept,
            ..Summary::default()
        };
        books::count(&eve.known.entries, &read.present, &mut summary);
        let tried: BTreeSet<&str> = changes
            .to_read
            .iter()
            .map(|source| source.key.as_str())
            .collect();
        let failed: Vec<Entry> = read
            .present
            .values()
            .filter(|entry| {
                let is_lost = |reason: &str| reason.starts_with(lanes::LOST);
                entry.state == State::Failed
                    && (tried.contains(books::root(&entry.file))
                        || entry.reason.as_deref().is_some_and(is_lost))
            })
            .cloned()
            .collect();
        summary.failed = failed.len();
        summary.seconds = begun.elapsed().as_secs_f64();
        // A cache that is no longer used keeps what it holds.
        let mut caches: BTreeSet<OsString> = eve
            .generation
            .iter()
            .flat_map(|generation| generation.ocr_caches.iter().cloned())
            .collect();
        if let Some(cache) = &options.extract.ocr.cache {
            caches.insert(std::path::absolute(cache)?.into_os_string());
        }
        let generation = Generation {
            version: record::VERSION,
            reading: record::READING,
            // Without an engine that reads, the one that does is a new one.
            engine: engine(&options.extract).filter(|_| mute.is_none()),
            finished: Timestamp::now(),
            corpus: corpus.display().to_string(),
            corpus_path: Some(corpus_path.clone()),
            summary: summary.clone(),
            forgotten: forgotten.iter().cloned().collect(),
            learned: options.model().map(str::to_owned),
            ocr_caches: caches.into_iter().collect(),
        };
        // What somebody has forgotten leaves the files too, whoever was stopped before it did.
        let forgets = eve
            .known
            .entries
            .values()
            .any(|entry| books::readable(entry.state) && forgotten.contains(&*entry.hash));
        let ready = writer.commit(&generation, forgets)?;
        let reader = ready.reader().context("the new index cannot be read")?;
        let checked = check(&reader)?;
        drop(reader);
        if !checked.wrong.is_empty() {
            return Err(Golden(checked.wrong).into());
        }
        notes.extend(checked.notes);
        let marks = Marks::of(folder);
        marks.forget(&forgotten)?;
        ready.publish()?;
        // Trying them once too often is no harm.
        let _ = marks.tried(&options.extract.passwords);
        Ok(Run {
            summary,
            failed,
            unreadable,
            notes,
        })
    }
}

/// The entries that need no look into the file: those of unchanged files and what lies in them, and those of no documents.
fn standing(known: &Known, changes: &Changes) -> Entries {
    if changes.unchanged.len() == known.entries.len() && changes.skipped.is_empty() {
        return known.entries.clone();
    }
    // Files are in the order of their keys on both sides; what lies inside one may stand apart from it.
    let mut unchanged = changes.unchanged.iter().peekable();
    let mut is_unchanged = |key: &str| {
        if key.contains(INSIDE) {
            let root = books::root(key);
            let found = changes
                .unchanged
                .binary_search_by(|file| file.as_str().cmp(root));
            return found.is_ok();
        }
        while unchanged.next_if(|file| file.as_str() < key).is_some() {}
        unchanged.next_if(|file| *file == key).is_some()
    };
    let mut present: Entries = known
        .entries
        .iter()
        .filter(|(key, _)| is_unchanged(key))
        .map(|(key, entry)| (key.clone(), entry.clone()))
        .collect();
    for skipped in &changes.skipped {
        let reason = Some(&*skipped.reason);
        let entry = Entry::new(&skipped.source, "", State::Skipped, reason);
        present.insert(entry.file.clone(), entry);
    }
    present
}
