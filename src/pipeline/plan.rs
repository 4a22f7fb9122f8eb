//! What a run would do, told without doing it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use super::lanes::Read;
use super::removals::Removals;
use super::{Beside, Options, books, emptied, left_out, look, standing};
use crate::extract;
use crate::index::{self, Before, Summary};
use crate::record::State;

/// What a run would do, without reading a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Files whose text would be read: new, changed, or to be read again; in order.
    pub read: Vec<String>,
    /// Files with another name than before, in the order of the new ones.
    pub moved: Vec<Moved>,
    /// Files that are gone and under no other name.
    pub gone: Vec<String>,
    /// Of all that stand there, those that the index does not know.
    pub added: usize,
    /// Those whose content is another.
    pub changed: usize,
    /// Those that are one more name of a content.
    pub copied: usize,
    /// Those that are as they were.
    pub unchanged: usize,
    /// Of the unchanged, those whose time is another.
    pub touched: usize,
    /// Entries that are no documents.
    pub skipped: usize,
    /// Whether every stored text would be repaired and tagged again.
    pub rebuild: bool,
    /// Folders and entries that could not be looked at.
    pub unreadable: Vec<String>,
}

/// A file under another name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The name it has.
    pub file: String,
    /// The name it had.
    pub was: String,
}

/// What [`super::ingest`] would do. Files that look new or changed are opened to compare their content with what is known.
///
/// # Errors
/// When the corpus folder or the index cannot be used.
pub fn plan(corpus: &Path, folder: &Path, options: &Options) -> anyhow::Result<Plan> {
    index::refuse_newer(folder)?;
    let before = Before::latest(folder)?;
    let beside = Beside::of(folder, before.as_ref(), options)?;
    let left_out = left_out(corpus, folder, options);
    let (eve, changes) = look(corpus, before.as_ref(), options, &beside, &left_out)?;
    let corpus_path = corpus.canonicalize()?.to_string_lossy().into_owned();
    let removals = Removals::of(&corpus_path, folder, &eve, &changes, &left_out, options);
    let present = standing(&eve.known, &changes);
    removals.refused_at_once(&eve.known, &changes, &present)?;
    let sieve = eve.sieve(&beside.forgotten, options);
    let mut read = Read::beginning_with(present);
    let mut to_read = Vec::new();
    for source in &changes.to_read {
        let opened = extract::bytes(&source.path, &options.extract.limits);
        if let Some(mut job) = sieve.sort(source, opened, &mut read) {
            to_read.push(source.key.clone());
            // What will come of it is not known: something, as a rule.
            job.entry.state = State::Indexed;
            read.present.insert(Arc::clone(&job.entry.file), job.entry);
        }
    }
    for mut twin in std::mem::take(&mut read.twins) {
        twin.state = State::Copy;
        read.present.insert(twin.file.clone(), twin);
    }
    let mut unreadable = changes.unreadable;
    if !removals.allowed {
        unreadable.extend(emptied::keep(&changes.empty, &eve.known, &mut read.present));
    }
    unreadable.append(&mut read.unreadable);
    removals.refused(&eve.known, &read.present, 0)?;
    let mut summary = Summary::default();
    books::count(&eve.known.entries, &read.present, &mut summary);
    let moves = books::moves(&eve.known.entries, &read.present);
    let moved_away: BTreeSet<&str> = moves.values().copied().collect();
    let gone = changes.gone.into_iter();
    Ok(Plan {
        read: to_read,
        gone: gone
            .filter(|key| {
                !read.present.contains_key(key.as_str()) && !moved_away.contains(key.as_str())
            })
            .collect(),
        moved: moves
            .into_iter()
            .map(|(file, was)| Moved {
                file: file.to_owned(),
                was: was.to_owned(),
            })
            .collect(),
        added: summary.added,
        changed: summary.changed,
        copied: summary.copied,
        unchanged: summary.unchanged,
        touched: summary.touched,
        skipped: changes.skipped.len(),
        rebuild: eve.rebuild && !eve.reread,
        unreadable,
    })
}
