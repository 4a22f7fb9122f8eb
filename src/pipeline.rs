//! The corridor: the only place that knows the order of the rooms, and the only one with threads.
//!
//! A bad file costs itself only: it is named, counted and stops nothing. Nothing of a run is visible before its end, and
//! then all of it is.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use anyhow::Context;
use jiff::Timestamp;
use rayon::prelude::*;

use crate::discover::{self, Changes, Known, Source};
use crate::index::{self, Generation, Summary, Writer};
use crate::lexicon::Learned;
use crate::record::{self, Entry, Record, State};
use crate::{extract, repair, tag};

/// How to run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How to read a document.
    pub extract: extract::Options,
    /// Read every file, whatever is known of it.
    pub full: bool,
    /// Index an empty corpus folder too: without it, a run that would remove everything is an error.
    pub allow_empty: bool,
    /// Words learned of the user's own papers, to repair damaged ones with; what was repaired with others is read anew.
    pub learned: Option<Arc<Learned>>,
}

impl Options {
    /// Which learned words are used.
    fn model(&self) -> Option<&str> {
        self.learned.as_deref().map(Learned::id)
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
}

/// How far a run is.
pub trait Progress: Sync {
    /// `files` are to be read.
    fn begin(&self, files: usize);
    /// One more file is done.
    fn step(&self);
    /// All are read; the index is being written.
    fn writing(&self);
}

/// Brings the index in `folder` up to date with the tree below `corpus`.
///
/// # Errors
/// When the corpus folder or the index cannot be used; the index then is as it was. A file that cannot be read is no
/// error of the run.
pub fn ingest(
    corpus: &Path,
    folder: &Path,
    options: &Options,
    progress: &dyn Progress,
) -> anyhow::Result<Run> {
    let begun = Instant::now();
    // Look before the index is made: a corpus folder mistyped must leave no empty index behind.
    if !corpus.is_dir() {
        return Err(discover::Error::NoFolder(corpus.to_owned()).into());
    }
    let writer = Writer::open(folder)?;
    let known = writer.known()?;
    let before = writer.generation()?;
    let outdated = before
        .as_ref()
        .is_some_and(|generation| generation.version != record::VERSION);
    // Damaged papers that other words than today's were used for.
    let relearned = before
        .as_ref()
        .is_some_and(|generation| generation.learned.as_deref() != options.model());
    let anew =
        |entry: &Entry| options.full || outdated || relearned && entry.state == State::Repaired;
    let changes = discover::changes(corpus, &hints(&known, anew))?;
    let mut states: BTreeMap<String, State> = known
        .iter()
        .map(|(file, entry)| (file.clone(), entry.state))
        .collect();
    let mut summary = Summary {
        seen: changes.to_read.len() + changes.skipped.len() + changes.unchanged.len(),
        unchanged: changes.unchanged.len(),
        ..Summary::default()
    };
    if summary.seen == 0 && !known.is_empty() && !options.allow_empty {
        anyhow::bail!(
            "the corpus folder `{}` is empty but the index holds {} files; if that is meant, say --allow-empty (is a disk or share not mounted?)",
            corpus.display(),
            known.len()
        );
    }
    forget(&writer, &changes, &mut states, &mut summary);
    skip(&writer, &changes, &known, &mut states, &mut summary)?;
    let mut done = read(&writer, &changes.to_read, options, progress)?;
    done.sort_by(|a, b| a.entry.file.cmp(&b.entry.file));
    let mut failed = Vec::new();
    for Done {
        entry,
        pages,
        pages_repaired,
    } in done
    {
        summary.pages += pages;
        summary.pages_repaired += pages_repaired;
        match known.get(&entry.file) {
            None => summary.added += 1,
            Some(before) if before.hash == entry.hash && !entry.hash.is_empty() => {
                summary.unchanged += 1
            }
            Some(_) => summary.changed += 1,
        }
        states.insert(entry.file.clone(), entry.state);
        if entry.state == State::Failed {
            summary.failed += 1;
            failed.push(entry);
        }
    }
    progress.writing();
    for state in states.values() {
        *summary.states.entry(state.name().to_owned()).or_default() += 1;
    }
    summary.seconds = begun.elapsed().as_secs_f64();
    let generation = Generation {
        version: record::VERSION,
        finished: Timestamp::now(),
        corpus: corpus.display().to_string(),
        summary: summary.clone(),
        learned: options.model().map(str::to_owned),
    };
    writer.commit(&generation)?;
    Ok(Run {
        summary,
        failed,
        unreadable: changes.unreadable,
    })
}

/// What tells an unchanged file; nothing where it is to be read `anew`.
fn hints(
    known: &BTreeMap<String, Entry>,
    anew: impl Fn(&Entry) -> bool,
) -> BTreeMap<String, Known> {
    known
        .iter()
        .map(|(file, entry)| {
            // No file has this size, so it is read, and does not look new or gone.
            let size = if anew(entry) { u64::MAX } else { entry.size };
            (
                file.clone(),
                Known {
                    size,
                    modified: entry.modified,
                },
            )
        })
        .collect()
}

fn forget(
    writer: &Writer,
    changes: &Changes,
    states: &mut BTreeMap<String, State>,
    summary: &mut Summary,
) {
    for file in &changes.gone {
        writer.remove(file);
        states.remove(file);
        summary.removed += 1;
    }
}

/// Files entries that are no documents, so that they too have a state and a reason.
fn skip(
    writer: &Writer,
    changes: &Changes,
    known: &BTreeMap<String, Entry>,
    states: &mut BTreeMap<String, State>,
    summary: &mut Summary,
) -> Result<(), index::Error> {
    for skipped in &changes.skipped {
        let entry = Entry::new(
            &skipped.source,
            String::new(),
            State::Skipped,
            Some(skipped.reason.clone()),
        );
        if known.get(&entry.file) == Some(&entry) {
            summary.unchanged += 1;
            continue;
        }
        if known.contains_key(&entry.file) {
            summary.changed += 1;
        } else {
            summary.added += 1;
        }
        writer.put(&entry, None)?;
        states.insert(entry.file, State::Skipped);
    }
    Ok(())
}

/// What became of one file.
struct Done {
    entry: Entry,
    pages: usize,
    pages_repaired: usize,
}

/// Stack of a reading thread: a document may be nested deeply before a limit stops it.
const STACK: usize = 16 << 20;

fn read(
    writer: &Writer,
    sources: &[Source],
    options: &Options,
    progress: &dyn Progress,
) -> anyhow::Result<Vec<Done>> {
    progress.begin(sources.len());
    let threads = rayon::ThreadPoolBuilder::new()
        .stack_size(STACK)
        .build()
        .context("cannot start threads")?;
    // One failure to write ends the run: nothing after it could be kept.
    let broken: Mutex<Option<index::Error>> = Mutex::new(None);
    let done = threads.install(|| {
        sources
            .par_iter()
            .map(|source| {
                let (entry, record) = guarded(source, options);
                let done = Done {
                    pages: record.as_ref().map_or(0, |record| record.pages.len()),
                    pages_repaired: record.as_ref().map_or(0, Record::pages_repaired),
                    entry,
                };
                let written = writer.put(&done.entry, record.as_ref());
                progress.step();
                match written {
                    Ok(()) => Some(done),
                    Err(error) => {
                        if let Ok(mut broken) = broken.lock() {
                            broken.get_or_insert(error);
                        }
                        None
                    }
                }
            })
            .while_some()
            .collect::<Vec<_>>()
    });
    match broken.into_inner() {
        Ok(None) => Ok(done),
        Ok(Some(error)) => Err(error.into()),
        Err(_) => anyhow::bail!("a reading thread died"),
    }
}

/// One file through the rooms, whatever happens there.
///
/// A fault of ours in one paper must not lose the night: extract catches the panics of its libraries at its own door,
/// this catches what is left, and the paper is named with it.
fn guarded(source: &Source, options: &Options) -> (Entry, Option<Record>) {
    std::panic::catch_unwind(|| one(source, options)).unwrap_or_else(|panic| {
        let said = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("no word of why");
        let reason = format!("a fault of this program ({said}); please report it with the file");
        (
            Entry::new(source, String::new(), State::Failed, Some(reason)),
            None,
        )
    })
}

/// One file through the rooms.
fn one(source: &Source, options: &Options) -> (Entry, Option<Record>) {
    let failed = |hash, error: extract::Error| {
        (
            Entry::new(source, hash, State::Failed, Some(error.to_string())),
            None,
        )
    };
    let bytes = match extract::bytes(&source.path, &options.extract.limits) {
        Ok(bytes) => bytes,
        Err(error) => return failed(String::new(), error),
    };
    // The hash of what was read, not of what lies there by now.
    let hash = blake3::hash(&bytes).to_hex().to_string();
    let raw = match extract::text(&source.path, &bytes, &options.extract) {
        Ok(raw) => raw,
        Err(error) => return failed(hash, error),
    };
    drop(bytes);
    let clean = repair::text_with(&raw, options.learned.as_deref());
    let tags = tag::tags(&clean, "");
    let matters = tag::matters(&clean, "");
    let record = Record::new(raw, clean, tags, matters);
    let (state, reason) = record.state();
    (Entry::new(source, hash, state, reason), Some(record))
}
