//! The mark of a run that has begun and not ended: whoever is killed leaves it behind.
//!
//! Written under the index's lock when the run begins, taken away when its report is kept. A mark beside a lock that is free is
//! of a run that was cut off: by a signal, a power cut, a time limit.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::report;
use crate::index;

/// A run that has begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// When.
    pub begun: Timestamp,
    /// The number of its process.
    pub pid: u32,
    /// The machine on which it runs; empty when that is not known.
    pub host: String,
}

/// What there is to be known of a run that has no report yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Underway {
    /// It is going on.
    GoingOn(Begun),
    /// It did not come to its end.
    CutOff(Begun),
}

/// How long a run is given to keep its report after it has let go of the index: this many times a tenth of a second.
const PATIENCE: usize = 20;

fn file(index: &Path) -> PathBuf {
    report::folder(index).join("begun.json")
}

fn read(index: &Path) -> Option<Begun> {
    serde_json::from_slice(&fs::read(file(index)).ok()?).ok()
}

/// The run of this process.
fn own() -> Begun {
    let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    Begun {
        begun: Timestamp::now(),
        pid: std::process::id(),
        host: host.trim().to_owned(),
    }
}

/// Marks that a run begins; its process must hold the index's lock. Gives the mark that an earlier run has left.
///
/// # Errors
/// When the file system refuses.
pub(super) fn mark(index: &Path) -> io::Result<Option<Begun>> {
    // What cannot be read was left by somebody, too.
    let left = file(index)
        .exists()
        .then(|| read(index).unwrap_or_else(own));
    fs::create_dir_all(report::folder(index))?;
    report::put(&file(index), &serde_json::to_vec(&own())?)?;
    Ok(left)
}

/// Takes the mark of this process away, and no other.
pub(super) fn clear(index: &Path) {
    let own = own();
    if read(index).is_some_and(|mark| (mark.pid, &mark.host) == (own.pid, &own.host)) {
        let _ = fs::remove_file(file(index));
    }
}

/// The run that has begun and has no report yet, if there is one.
pub fn underway(index: &Path) -> Option<Underway> {
    let mut mark = read(index)?;
    for _ in 0..PATIENCE {
        if index::being_written(index) {
            return Some(Underway::GoingOn(mark));
        }
        // It may have ended just now.
        std::thread::sleep(Duration::from_millis(100));
        mark = read(index)?;
    }
    Some(Underway::CutOff(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_of_a_run_that_goes_on_or_was_cut_off() {
        let index = tempfile::tempdir().unwrap();
        assert_eq!(underway(index.path()), None);
        assert_eq!(mark(index.path()).unwrap(), None);
        assert!(matches!(underway(index.path()), Some(Underway::CutOff(_))));
        let writer = index::Writer::open(index.path()).unwrap();
        assert!(matches!(underway(index.path()), Some(Underway::GoingOn(_))));
        drop(writer);
        let left = mark(index.path()).unwrap();
        assert_eq!(left.map(|mark| mark.pid), Some(std::process::id()));
        clear(index.path());
        assert_eq!(underway(index.path()), None);
        // That of another process stays.
        let other = Begun {
            pid: u32::MAX,
            ..own()
        };
        fs::write(file(index.path()), serde_json::to_vec(&other).unwrap()).unwrap();
        clear(index.path());
        assert_eq!(read(index.path()), Some(other));
    }
}
