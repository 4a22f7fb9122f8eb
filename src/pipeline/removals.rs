//! Runs that would take most papers out of the index, for want of looking at the right folder, and are not made.

use std::path::{Path, PathBuf};

use super::books::{self, Known};
use super::{Eve, MANY, Options, report};
use crate::discover::{self, Changes};
use crate::index::Generation;
use crate::record::Entries;

/// Says no to a run that would take most papers out of the index for want of looking at the right folder.
pub(super) struct Removals<'a> {
    corpus: &'a str,
    folder: &'a Path,
    /// What the last run left, when it was given another corpus folder.
    other: Option<&'a Generation>,
    /// Keys of what is no paper, whatever was thought of it before.
    left_out: Vec<String>,
    /// Files that stand there.
    seen: usize,
    pub(super) allowed: bool,
    allowed_empty: bool,
}

impl<'a> Removals<'a> {
    pub(super) fn of(
        corpus: &'a str,
        folder: &'a Path,
        eve: &'a Eve,
        changes: &Changes,
        left_out: &[PathBuf],
        options: &Options,
    ) -> Removals<'a> {
        let seen = changes.to_read.len() + changes.skipped.len() + changes.unchanged.len();
        Removals {
            corpus,
            folder,
            other: eve.generation.as_ref().filter(|generation| {
                let last = generation.corpus_path.as_deref();
                last.is_some_and(|last| last != corpus)
            }),
            left_out: left_out
                .iter()
                .map(|path| discover::key(Path::new(""), path))
                .collect(),
            seen,
            allowed: options.allow_removals || options.allow_empty && seen == 0,
            allowed_empty: options.allow_empty,
        }
    }

    /// # Errors
    /// When it is clear before anything is read that too much would go.
    pub(super) fn refused_at_once(
        &self,
        known: &Known,
        changes: &Changes,
        present: &Entries,
    ) -> anyhow::Result<()> {
        if self.seen == 0 && !known.entries.is_empty() && !self.allowed_empty {
            anyhow::bail!(
                "the corpus folder `{}` is empty but the index holds {} files; if that is meant, say --allow-empty (is a disk or share not mounted?)",
                self.corpus,
                known.entries.len()
            );
        }
        // No more can come back under another name than there are files to read.
        if changes.gone.len() <= changes.to_read.len() {
            return Ok(());
        }
        let mut there = present.clone();
        there.extend(changes.to_read.iter().filter_map(|source| {
            let (key, entry) = known.entries.get_key_value(source.key.as_str())?;
            Some((key.clone(), entry.clone()))
        }));
        self.refused(known, &there, changes.to_read.len())
    }

    /// # Errors
    /// When the old index is lost, and with it the list of its papers, and the last report tells of many more files: what is known of
    /// those that are away tonight would be lost too.
    pub(super) fn refused_after_a_loss(&self) -> anyhow::Result<()> {
        let last = report::latest_figures(self.folder);
        let last = last.map_or(0, |summary| summary.seen);
        let missing = last.saturating_sub(self.seen);
        if self.allowed || last <= MANY || missing <= MANY && missing * 2 <= last {
            return Ok(());
        }
        anyhow::bail!(
            "the index cannot be read, and of the {last} files that the last report tells of {} are in the corpus folder `{}`; if that is meant, say --allow-removals (is a disk or share not mounted?)",
            self.seen,
            self.corpus
        )
    }

    /// # Errors
    /// When too much would go, though `unread` files may still turn out to be what is missing.
    pub(super) fn refused(
        &self,
        known: &Known,
        present: &Entries,
        unread: usize,
    ) -> anyhow::Result<()> {
        if self.allowed {
            return Ok(());
        }
        let (of, gone) = books::missing(&known.entries, present, &self.left_out);
        let go = gone.saturating_sub(unread);
        let most_go = go > of / 2;
        let corpus = self.corpus;
        match self.other {
            // A part of the folder is another folder, however much of it that is.
            Some(last) if most_go || go > MANY => anyhow::bail!(
                "the index in `{}` is of the corpus folder `{}`, and of its {of} papers {gone} are not in `{corpus}` or cannot be read there; name another index with --index, or say --allow-removals if this one is to change over",
                self.folder.display(),
                last.corpus_path.as_deref().unwrap_or(&last.corpus),
            ),
            None if most_go && of > MANY => anyhow::bail!(
                "{gone} of the {of} papers in the index are gone from the corpus folder `{corpus}`, or nothing can be read of them any more; if that is meant, say --allow-removals (is a disk or share not mounted? are files damaged, or locked by a password that was not given?)",
            ),
            _ => Ok(()),
        }
    }
}
