//! The reports of past runs: one a run, as JSON, the last of them kept beside the index.
//!
//! A run that could not be made has a report too; so it is here, and not in the index, that one sees whether last night
//! went well.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Run, begun};
use crate::index::Summary;
use crate::personal;
use crate::record::Entry;

/// Reports that are kept.
const KEPT: usize = 30;

/// Files that a report names one by one; the others are counted.
const NAMED: usize = 10_000;

/// What a run did, or why it could not be made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// When the run began.
    pub begun: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// The program's exit code.
    pub exit: u8,
    /// The corpus folder, as it was named.
    pub corpus: String,
    /// Why the run could not be made, if it could not.
    pub error: Option<String>,
    /// The figures of a run that was made.
    pub summary: Option<Summary>,
    /// Files that were read in this run, and of which nothing could be read.
    pub failed: Vec<Entry>,
    /// Folders and entries that could not be looked at.
    pub unreadable: Vec<String>,
    /// What else a person should know.
    pub notes: Vec<String>,
}

impl Report {
    /// The report of a run that ended with exit code `exit`.
    pub fn new(
        begun: Timestamp,
        corpus: &Path,
        exit: u8,
        run: Result<&Run, &anyhow::Error>,
    ) -> Report {
        let mut report = Report {
            begun,
            ended: Timestamp::now(),
            exit,
            corpus: corpus.display().to_string(),
            error: None,
            summary: None,
            failed: Vec::new(),
            unreadable: Vec::new(),
            notes: Vec::new(),
        };
        match run {
            Ok(run) => {
                report.summary = Some(run.summary.clone());
                report.failed = run.failed.iter().take(NAMED).cloned().collect();
                report.unreadable = run.unreadable.iter().take(NAMED).cloned().collect();
                report.notes = run.notes.clone();
            }
            Err(error) => report.error = Some(format!("{error:#}")),
        }
        report
    }

    /// Whether the run was made; some files may have failed all the same.
    pub fn is_good(&self) -> bool {
        self.error.is_none()
    }
}

/// The folder of the reports.
pub(super) fn folder(index: &Path) -> PathBuf {
    index.join("reports")
}

/// The reports in their order: their names begin with a counter, so that a clock that is set back does not confuse them.
fn kept(index: &Path) -> Vec<(u64, PathBuf)> {
    let Ok(entries) = fs::read_dir(folder(index)) else {
        return Vec::new();
    };
    let mut kept: Vec<(u64, PathBuf)> = entries
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let number = path.file_stem()?.to_str()?.parse().ok()?;
            (path.extension()? == "json").then_some((number, path))
        })
        .collect();
    kept.sort();
    kept
}

/// Keeps `report` and, beside it, `text`, the same for a person, both without the personal numbers that names of files may
/// hold; the oldest go, and so does the mark that the run had begun. An index folder that is not there is not made.
///
/// # Errors
/// When the file system refuses.
pub fn write(index: &Path, report: &Report, text: &str) -> io::Result<()> {
    if !index.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder(index))?;
    let kept = kept(index);
    let number = kept
        .last()
        .map_or(0, |(number, _)| *number)
        .saturating_add(1);
    let name = |number: u64, ending: &str| folder(index).join(format!("{number:06}.{ending}"));
    put(&name(number, "txt"), personal::masked(text).as_bytes())?;
    let json = serde_json::to_string(report)?;
    put(
        &name(number, "json"),
        personal::masked_json(&json).as_bytes(),
    )?;
    for (old, path) in kept.iter().rev().skip(KEPT - 1) {
        let _ = fs::remove_file(path);
        let _ = fs::remove_file(name(*old, "txt"));
    }
    begun::clear(index);
    Ok(())
}

/// A file that is there whole or not at all.
pub(super) fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = path.with_extension("new");
    let mut file = fs::File::create(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(new, path)
}

/// The report of the last run; nothing where there is none that can be read.
pub fn latest(index: &Path) -> Option<Report> {
    let (_, path) = kept(index).pop()?;
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// The figures of the last run that had some: one that was refused has none, and says nothing of what there was before.
pub(super) fn latest_figures(index: &Path) -> Option<Summary> {
    let read =
        |path: PathBuf| -> Option<Report> { serde_json::from_slice(&fs::read(path).ok()?).ok() };
    let mut kept = kept(index).into_iter().rev();
    kept.find_map(|(_, path)| read(path)?.summary)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_thirty_are_kept_in_the_order_of_the_runs() {
        let index = tempfile::tempdir().unwrap();
        let failed = anyhow::anyhow!("no space left");
        let mut report = Report::new(Timestamp::now(), Path::new("c"), 2, Err(&failed));
        for exit in 0..40 {
            report.exit = exit;
            // The clock goes back each night.
            report.ended -= jiff::SignedDuration::from_hours(24);
            write(index.path(), &report, "text").unwrap();
        }
        assert_eq!(latest(index.path()), Some(report));
        assert_eq!(kept(index.path()).len(), KEPT);
        assert_eq!(
            fs::read_dir(folder(index.path())).unwrap().count(),
            2 * KEPT
        );
    }

    #[test]
    fn a_folder_mistyped_is_not_made_for_a_report() {
        let gone = Path::new("/no/such/index");
        let report = Report::new(Timestamp::now(), gone, 2, Err(&anyhow::anyhow!("x")));
        assert!(write(gone, &report, "").is_ok() && !gone.exists());
    }
}
