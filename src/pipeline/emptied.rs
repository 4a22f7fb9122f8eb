//! Folders that stand without a paper where many lay: what a share that is not mounted leaves behind.

use std::collections::{BTreeMap, BTreeSet};

use super::MANY;
use super::books::{INSIDE, Known};
use crate::record::{Entry, State};

/// Keeps what is known below those of the folders `empty` of which many papers are missing, and says so of each in one clause.
/// Papers that lie elsewhere by now are not missing: when most of a folder's do, people have emptied it themselves.
pub(super) fn keep(
    empty: &[String],
    known: &Known,
    present: &mut BTreeMap<String, Entry>,
) -> Vec<String> {
    let mut kept = Vec::new();
    for folder in empty {
        let prefix = format!("{folder}/");
        let below: Vec<(&String, &Entry)> = known
            .entries
            .range(prefix.clone()..)
            .take_while(|(key, _)| key.starts_with(&prefix))
            .collect();
        let papers: Vec<&Entry> = below
            .iter()
            .filter(|(key, entry)| !key.contains(INSIDE) && entry.state != State::Skipped)
            .map(|(_, entry)| *entry)
            .collect();
        if papers.len() < MANY {
            continue;
        }
        let elsewhere: BTreeSet<&str> = present.values().map(|entry| entry.hash.as_str()).collect();
        let missing = papers
            .iter()
            .filter(|entry| entry.hash.is_empty() || !elsewhere.contains(entry.hash.as_str()))
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
