//! Folders that stand without a paper where many lay, which is what a share that is not mounted leaves behind; and folders that are
//! gone with many papers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::MANY;
use super::books::{self, INSIDE, Known};
use crate::record::{Entries, Entry, State};

/// Keeps what is known below those of the folders `empty` of which many papers are missing, and says so of each in one clause.
/// Papers that lie elsewhere by now are not missing: when most of a folder's do, people have emptied it themselves.
pub(super) fn keep(empty: &[String], known: &Known, present: &mut Entries) -> Vec<String> {
    let mut kept = Vec::new();
    for folder in empty {
        let below: Vec<(&Arc<str>, &Entry)> =
            books::beginning_with(&known.entries, format!("{folder}/")).collect();
        let papers: Vec<&Entry> = below
            .iter()
            .filter(|(key, entry)| !key.contains(INSIDE) && entry.state != State::Skipped)
            .map(|(_, entry)| *entry)
            .collect();
        if papers.len() < MANY {
            continue;
        }
        let elsewhere: BTreeSet<&str> = present.values().map(|entry| &*entry.hash).collect();
        let missing = papers
            .iter()
            .filter(|entry| entry.hash.is_empty() || !elsewhere.contains(&*entry.hash))
            .count();
        if missing * 2 <= papers.len() {
            continue;
        }
        kept.push(format!(
            "`{folder}` holds no paper, and {} were in it: they are kept as they were (is a disk or share not mounted? --allow-removals lets them go)",
            papers.len()
        ));
        present.extend(
            below
                .into_iter()
                .map(|(key, entry)| (key.clone(), entry.clone())),
        );
    }
    kept
}

/// The folders that are gone with many papers, which lie nowhere else now: one clause each. People take folders away, so the papers go
/// from the index; but whoever reads the report is to see it.
pub(super) fn gone(known: &Known, present: &Entries) -> Vec<String> {
    let gone: Vec<(&Arc<str>, &Entry)> = books::beside(&known.entries, present)
        .filter(|(key, entry, now)| {
            now.is_none() && !key.contains(INSIDE) && entry.state != State::Skipped
        })
        .map(|(key, entry, _)| (key, entry))
        .collect();
    if gone.len() < MANY {
        return Vec::new();
    }
    let elsewhere: BTreeSet<&str> = present.values().map(|entry| &*entry.hash).collect();
    let holds = |folder: &str| {
        books::beginning_with(present, format!("{folder}/"))
            .next()
            .is_some()
    };
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for (key, entry) in gone {
        if !entry.hash.is_empty() && elsewhere.contains(&*entry.hash) {
            continue;
        }
        // The outermost in which nothing is left.
        let mut above = key.match_indices('/').map(|(at, _)| &key[..at]);
        if let Some(folder) = above.find(|folder| !holds(folder)) {
            *folders.entry(folder).or_default() += 1;
        }
    }
    folders
        .into_iter()
        .filter(|(_, papers)| *papers >= MANY)
        .map(|(folder, papers)| {
            format!("`{folder}` is gone, and {papers} papers with it (they come back with it)")
        })
        .collect()
}
