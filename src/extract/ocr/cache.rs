//! A folder that keeps what was read on pages, by what they show: no page is read twice, whichever file it comes in.
//!
//! Each reading is a file of its own, written under another name and then renamed, and begins with the hash of the rest:
//! what a crash or another program left half is not taken. The folder is bounded; what was used longest ago goes first.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::ErrorKind::NotFound;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use super::words::ReadLine;

/// What is kept of a page.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub(super) struct Reading {
    /// The lines, in pixels of the picture that was read.
    pub(super) lines: Vec<ReadLine>,
    /// The quarters clockwise by which the picture was turned.
    pub(super) turn: u8,
}

/// A folder of readings; one that cannot be used keeps nothing and harms nobody.
pub(super) struct Cache<'a> {
    folder: Option<&'a Path>,
    most: u64,
}

/// The file that tells which engine read last.
const ENGINE: &str = "ocr-engine";

/// The folder is measured when this many readings have been added.
const BETWEEN_SWEEPS: u64 = 256;

impl<'a> Cache<'a> {
    /// The cache in `folder`, of at most about `most` bytes.
    pub(super) fn new(folder: Option<&'a Path>, most: u64) -> Cache<'a> {
        Cache { folder, most }
    }

    /// What is known of the page with this key.
    pub(super) fn get(&self, key: &blake3::Hash) -> Option<Reading> {
        let path = self.path(key)?;
        let bytes = fs::read(&path).ok()?;
        let (seal, rest) = bytes.split_at_checked(SEAL)?;
        if blake3::hash(rest).to_hex().as_bytes() != &seal[..SEAL - 1] {
            return None;
        }
        let reading = serde_json::from_slice(rest).ok()?;
        // The time of its last use; where it cannot be set, the time of writing serves.
        if let Ok(file) = File::options().append(true).open(&path) {
            let _ = file.set_modified(SystemTime::now());
        }
        Some(reading)
    }

    /// Keeps a reading. That it cannot be kept costs time later and nothing else.
    pub(super) fn put(&self, key: &blake3::Hash, reading: &Reading) {
        static WRITTEN: AtomicU64 = AtomicU64::new(0);
        let (Some(path), Some(folder)) = (self.path(key), self.folder) else {
            return;
        };
        let Ok(json) = serde_json::to_vec(reading) else {
            return;
        };
        let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
        let part = path.with_extension(format!("{}-{number}.part", std::process::id()));
        let written = || -> std::io::Result<()> {
            make(path.parent().unwrap_or(folder))?;
            let mut file = File::options().write(true).create_new(true).open(&part)?;
            file.write_all(blake3::hash(&json).to_hex().as_bytes())?;
            file.write_all(b"\n")?;
            file.write_all(&json)?;
            fs::rename(&part, &path)
        };
        if written().is_err() {
            let _ = fs::remove_file(&part);
        }
        if number.is_multiple_of(BETWEEN_SWEEPS) {
            sweep(folder, self.most);
        }
    }

    /// The version of the engine that was the last to read a page.
    pub(super) fn engine(&self) -> Option<String> {
        fs::read_to_string(self.folder?.join(ENGINE)).ok()
    }

    /// Takes note of the version of the engine that reads now.
    pub(super) fn note_engine(&self, version: &str) {
        let Some(folder) = self.folder else { return };
        if self.engine().as_deref() != Some(version) {
            // Without the note, readings are found while the engine is there.
            let part = folder.join(format!("{ENGINE}.{}.part", std::process::id()));
            let _ = fs::write(&part, version).and_then(|()| fs::rename(&part, folder.join(ENGINE)));
        }
    }

    fn path(&self, key: &blake3::Hash) -> Option<PathBuf> {
        let name = key.to_hex();
        let (shelf, rest) = name.as_str().split_at(2);
        Some(self.folder?.join(shelf).join(rest))
    }
}

/// Removes every reading in `folder`, and nothing else that may lie there; gives how many there were.
///
/// # Errors
/// When the folder cannot be read, or a reading not be removed.
pub fn remove_readings(folder: &Path) -> std::io::Result<usize> {
    let hash = |name: &str, length| {
        name.len() == length && name.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let mut removed = 0;
    for entry in walkdir::WalkDir::new(folder).min_depth(2).max_depth(2) {
        let entry = match entry {
            Ok(entry) => entry,
            // A run that goes on may have swept it.
            Err(error) if error.io_error().is_some_and(|io| io.kind() == NotFound) => continue,
            Err(error) => return Err(error.into()),
        };
        let path = entry.path();
        let shelf = path
            .parent()
            .and_then(Path::file_name)
            .and_then(OsStr::to_str);
        let Some((shelf, name)) = shelf.zip(entry.file_name().to_str()) else {
            continue;
        };
        // What a crash left half has an ending.
        let (name, half) = name
            .split_once('.')
            .map_or((name, false), |(name, _)| (name, true));
        if entry.file_type().is_file() && hash(shelf, 2) && hash(name, 62) {
            fs::remove_file(path)?;
            removed += usize::from(!half);
        }
    }
    // Without it a reading would not be found, and there is none.
    let _ = fs::remove_file(folder.join(ENGINE));
    Ok(removed)
}

/// The hash in hexadecimal and a line end.
const SEAL: usize = 65;

/// Makes a folder that nobody else reads: it holds the text of papers.
fn make(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

/// Brings the folder below `most` bytes, and removes what crashed runs left half.
fn sweep(folder: &Path, most: u64) {
    const HALF_FOR: u64 = 3600;
    let mut all = 0;
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder)
        .min_depth(2)
        .max_depth(2)
        .into_iter()
        .flatten()
    {
        let Ok(about) = entry.metadata() else {
            continue;
        };
        let used = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        let part = entry.path().extension().is_some();
        let age = used.elapsed().unwrap_or_default().as_secs();
        if !about.is_file() {
            continue;
        }
        if part {
            if age > HALF_FOR {
                let _ = fs::remove_file(entry.path());
            }
            continue;
        }
        all += about.len();
        files.push((used, entry.into_path(), about.len()));
    }
    if all <= most {
        return;
    }
    files.sort();
    for (_, path, size) in files {
        // Some room, so that not every sweep has work.
        if all <= most / 10 * 9 {
            break;
        }
        let _ = fs::remove_file(path);
        all = all.saturating_sub(size);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(text: &str) -> Reading {
        Reading {
            lines: vec![ReadLine {
                text: text.to_owned(),
                bbox: [1.0, 2.0, 3.5, 4.0],
                size: 12.0,
                cells: Vec::new(),
                block: 1,
            }],
            turn: 0,
        }
    }

    #[test]
    fn readings_are_removed_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::new(Some(folder.path()), 1 << 20);
        let keys: Vec<blake3::Hash> = (0..3u8).map(|n| blake3::hash(&[n])).collect();
        for key in &keys {
            cache.put(key, &reading("Nämnden"));
        }
        let path = cache.path(&keys[0]).expect("a path");
        fs::write(path.with_extension("7-1.part"), "half").expect("a file");
        let theirs = [
            folder.path().join("notes.txt"),
            path.with_file_name("ab"),
            folder.path().join("papers/a.pdf"),
        ];
        fs::create_dir(folder.path().join("papers")).expect("a folder");
        for path in &theirs {
            fs::write(path, "theirs").expect("a file");
        }
        assert_eq!(remove_readings(folder.path()).expect("a count"), 3);
        assert!(keys.iter().all(|key| cache.get(key).is_none()));
        assert!(!path.with_extension("7-1.part").exists());
        assert!(theirs.iter().all(|path| path.exists()));
        assert_eq!(
            remove_readings(&folder.path().join("none")).expect("a count"),
            0
        );
    }

    #[test]
    fn what_was_read_is_kept_and_what_is_broken_is_not_taken() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::new(Some(folder.path()), 1 << 20);
        let (key, other) = (blake3::hash(b"a page"), blake3::hash(b"another"));
        assert_eq!(cache.get(&key), None);
        cache.put(&key, &reading("Nämnden"));
        assert_eq!(cache.get(&key), Some(reading("Nämnden")));
        assert_eq!(cache.get(&other), None);
        assert_eq!(cache.engine(), None);
        for version in ["5.3.0, data 7", "5.3.1, data 7"] {
            cache.note_engine(version);
            assert_eq!(cache.engine().as_deref(), Some(version));
        }
        let path = cache.path(&key).expect("a path");
        let whole = fs::read(&path).expect("written");
        for cut in [0, 10, SEAL, whole.len() - 1] {
            fs::write(&path, &whole[..cut]).expect("written");
            assert_eq!(cache.get(&key), None, "cut at {cut}");
        }
        cache.put(&key, &reading("igen"));
        assert_eq!(cache.get(&key), Some(reading("igen")));
    }

    #[test]
    fn a_folder_that_cannot_be_used_harms_nobody() {
        let key = blake3::hash(b"a page");
        for folder in [None, Some(Path::new("/proc/none"))] {
            let cache = Cache::new(folder, 1 << 20);
            cache.put(&key, &reading("Nämnden"));
            assert_eq!(cache.get(&key), None);
        }
    }

    #[test]
    fn the_folder_stays_within_its_bound_and_what_was_used_last_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::new(Some(folder.path()), 1 << 20);
        let keys: Vec<_> = (0..40u8).map(|n| blake3::hash(&[n])).collect();
        for (key, age) in keys.iter().zip(1..) {
            cache.put(key, &reading("Nämnden"));
            let file = File::options()
                .append(true)
                .open(cache.path(key).expect("a path"));
            let then = SystemTime::now() - std::time::Duration::from_secs(1000 - age);
            file.expect("written").set_modified(then).expect("set");
        }
        let one = fs::metadata(cache.path(&keys[0]).expect("a path"))
            .expect("there")
            .len();
        assert!(cache.get(&keys[0]).is_some(), "used now");
        sweep(folder.path(), one * 20);
        let left: Vec<usize> = (0..40).filter(|&n| cache.get(&keys[n]).is_some()).collect();
        assert!(left.len() <= 20 && left.len() >= 15, "{left:?}");
        assert_eq!((left[0], *left.last().expect("some")), (0, 39));
    }
}
