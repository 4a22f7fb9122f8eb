//! Where an index lies: one folder a generation, and a note that says which one answers.
//!
//! A run never touches the generation that answers. It builds the next one beside it, out of links to the same files
//! (they never change once written), and when that is complete on disk, the note is replaced in one step. Whoever is killed
//! at whatever moment leaves the note, and so the answers, as they were; what lies about half built is taken away by the
//! next run.
//!
//! ```text
//! index/writer.lock            held by the run that writes, and says which it is
//! index/layout-2/CURRENT       "000042"
//! index/layout-2/000042/       the files of the engine, and SUMS
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

use super::{Error, fields};

/// The note that says which generation answers.
const CURRENT: &str = "CURRENT";

/// The checksums of a generation's files: BLAKE3 and name, a line each, in the order of the names.
const SUMS: &str = "SUMS";

/// The engine's list of segments.
pub(super) const META: &str = "meta.json";

/// The engine's list of the files that are its own.
const MANAGED: &str = ".managed.json";

/// The file whose lock is the right to write.
const LOCK: &str = "writer.lock";

/// How many times more the lock is asked for, a twentieth of a second apart.
const PATIENCE: usize = 4;

/// The layout's own folder: another layout never meets these files.
fn layout(folder: &Path, layout: u32) -> PathBuf {
    folder.join(format!("layout-{layout}"))
}

/// The folder of the generation that answers in `layout`; none where nothing has been indexed.
pub(super) fn current(folder: &Path, of: u32) -> Option<PathBuf> {
    let inner = layout(folder, of);
    let name = fs::read_to_string(inner.join(CURRENT)).ok()?;
    let name = name.trim_end();
    // The note is ours; what else it may say leads nowhere outside.
    let ours = !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit());
    ours.then(|| inner.join(name))
}

/// Whether there is a generation in `layout`, or a note that says which one answers, and the note leads nowhere.
pub(super) fn leads_nowhere(folder: &Path, of: u32) -> bool {
    let inner = layout(folder, of);
    let complete = |name: &String| inner.join(name).join(SUMS).exists();
    current(folder, of).is_none()
        && (inner.join(CURRENT).exists() || names(&inner).iter().any(complete))
}

/// What the file system says when the index may be there and this user may not look at it.
pub(super) fn closed(folder: &Path) -> Option<io::Error> {
    let newest = layouts(folder).last().map(|number| layout(folder, *number));
    let note = newest.map_or(Ok(()), |inner| fs::read(inner.join(CURRENT)).map(|_| ()));
    fs::read_dir(folder)
        .map(|_| ())
        .and(note)
        .err()
        .filter(|error| error.kind() == io::ErrorKind::PermissionDenied)
}

/// Bytes that are left for this user on the disk of `folder`; nothing where the system does not tell.
pub(super) fn room(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// The layouts that lie in `folder`, in order.
pub(super) fn layouts(folder: &Path) -> Vec<u32> {
    let mut layouts: Vec<u32> = names(folder)
        .iter()
        .filter_map(|name| name.strip_prefix("layout-")?.parse().ok())
        .collect();
    layouts.sort_unstable();
    layouts
}

/// The names of all that is part of an index in `folder`, for one that lies among the papers themselves.
pub fn own(folder: &Path) -> Vec<PathBuf> {
    let is_own = |name: &str| {
        let layout = name.strip_prefix("layout-");
        layout.is_some_and(|number| number.parse::<u32>().is_ok())
            || ["reports", "ocr-cache", "learned.tsv", "learned.part", LOCK].contains(&name)
            || super::marks::FILES.contains(&name)
    };
    let mut names = names(folder);
    names.retain(|name| is_own(name));
    names.into_iter().map(PathBuf::from).collect()
}

/// The names in a folder, in order; those that are no UTF-8 are none of ours.
fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

/// A generation that is being built. Dropped before it is published, it goes.
pub(super) struct Next {
    folder: PathBuf,
    inner: PathBuf,
    /// Where it is built.
    pub(super) path: PathBuf,
    /// Sums of the files that it shares with the generation before.
    shared: BTreeMap<String, String>,
    published: bool,
}

impl Next {
    /// Begins a generation: with the files of `base`, or with none.
    pub(super) fn begin(folder: &Path, base: Option<&Path>) -> Result<Next, Error> {
        let io = |cause| Error::Io {
            folder: folder.to_owned(),
            cause,
        };
        let inner = layout(folder, fields::LAYOUT);
        fs::create_dir_all(&inner).map_err(io)?;
        let answers = current(folder, fields::LAYOUT);
        let number = |path: &Path| path.file_name()?.to_str()?.parse::<u64>().ok();
        let mut last = answers.as_deref().and_then(number).unwrap_or(0);
        // What earlier runs left half built.
        for name in names(&inner) {
            let path = inner.join(&name);
            if path.is_dir() && Some(&path) != answers.as_ref() {
                last = last.max(number(&path).unwrap_or(0));
                fs::remove_dir_all(&path).map_err(io)?;
            }
        }
        let path = inner.join(format!("{:06}", last + 1));
        fs::create_dir(&path).map_err(io)?;
        let mut next = Next {
            folder: folder.to_owned(),
            inner,
            path,
            shared: BTreeMap::new(),
            published: false,
        };
        if let Some(base) = base {
            next.share(base).map_err(io)?;
        }
        Ok(next)
    }

    /// Takes in the files that `base` needs, as links, or as copies where the file system has no links.
    fn share(&mut self, base: &Path) -> io::Result<()> {
        let meta = fs::read(base.join(META))?;
        let needed = segments(&meta)?;
        let mut managed = vec![META.to_owned()];
        for name in names(base) {
            let id: String = name.split('.').next().unwrap_or_default().to_owned();
            if !needed.contains(&id) {
                continue;
            }
            let (from, to) = (base.join(&name), self.path.join(&name));
            if fs::hard_link(&from, &to).is_err() {
                fs::copy(&from, &to)?;
                File::open(&to)?.sync_all()?;
            }
            managed.push(name);
        }
        fs::write(self.path.join(META), meta)?;
        fs::write(self.path.join(MANAGED), serde_json::to_vec(&managed)?)?;
        self.shared = sums(base).unwrap_or_default();
        Ok(())
    }

    /// Makes this the generation that answers, in one step, and takes the one before away.
    pub(super) fn publish(mut self) -> Result<(), Error> {
        let folder = self.folder.clone();
        let io = |cause| Error::Io {
            folder: folder.clone(),
            cause,
        };
        self.seal().map_err(io)?;
        let note = self.inner.join(format!("{CURRENT}.new"));
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let write = || -> io::Result<()> {
            let mut file = File::create(&note)?;
            writeln!(file, "{name}")?;
            file.sync_all()?;
            fs::rename(&note, self.inner.join(CURRENT))
        };
        write().map_err(io)?;
        self.published = true;
        // Until the disk has that, the old generation stays, for a note that comes back after a power cut.
        File::open(&self.inner)
            .and_then(|inner| inner.sync_all())
            .map_err(io)?;
        // From here on the run has succeeded; what cannot be tidied up now is tidied up by the next.
        for name in names(&self.inner) {
            let path = self.inner.join(&name);
            if path != self.path && path.is_dir() {
                let _ = fs::remove_dir_all(path);
            }
        }
        for older in layouts(&self.folder) {
            if older < fields::LAYOUT {
                let _ = fs::remove_dir_all(layout(&self.folder, older));
            }
        }
        Ok(())
    }

    /// Notes the sums of all files, and sees that files and names are on disk.
    fn seal(&self) -> io::Result<()> {
        let mut lines = String::new();
        for name in names(&self.path) {
            if name.starts_with('.') || name == SUMS {
                continue;
            }
            let sum = match self.shared.get(&name) {
                Some(sum) if name != META => sum.clone(),
                _ => sum(&self.path.join(&name))?,
            };
            lines.push_str(&format!("{sum}  {name}\n"));
        }
        let mut file = File::create(self.path.join(SUMS))?;
        file.write_all(lines.as_bytes())?;
        file.sync_all()?;
        self.open_to_readers(&file)?;
        // The engine syncs its files, and the folder before it renames its own note but not after.
        File::open(&self.path)?.sync_all()?;
        File::open(&self.folder)?.sync_all()
    }
}

impl Next {
    /// Gives the notes that the engine writes by way of a temporary file, which nobody else may read, the rights of `any` other
    /// file: who may read the one may read the others.
    #[cfg(unix)]
    fn open_to_readers(&self, any: &File) -> io::Result<()> {
        let rights = any.metadata()?.permissions();
        for name in [META, MANAGED] {
            fs::set_permissions(self.path.join(name), rights.clone())?;
        }
        Ok(())
    }

    #[cfg(not(unix))]
    fn open_to_readers(&self, _: &File) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Next {
    fn drop(&mut self) {
        if !self.published {
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

/// The names of the segments that an engine's note lists, as its files begin with them.
fn segments(meta: &[u8]) -> io::Result<BTreeSet<String>> {
    let meta: serde_json::Value = serde_json::from_slice(meta)?;
    let segments = meta["segments"]
        .as_array()
        .ok_or(io::ErrorKind::InvalidData)?;
    Ok(segments
        .iter()
        .filter_map(|segment| segment["segment_id"].as_str())
        .map(|id| id.replace('-', ""))
        .collect())
}

/// The sums that were noted when a generation was made.
fn sums(path: &Path) -> io::Result<BTreeMap<String, String>> {
    Ok(fs::read_to_string(path.join(SUMS))?
        .lines()
        .filter_map(|line| line.split_once("  "))
        .map(|(sum, name)| (name.to_owned(), sum.to_owned()))
        .collect())
}

fn sum(path: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    let mut file = File::open(path)?;
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.finalize().to_hex().to_string()),
            n => hasher.update(&buffer[..n]),
        };
    }
}

/// How many files a generation has, and what is wrong with them: one clause each, with the file's name.
pub(super) fn damage_in(path: &Path) -> (usize, Vec<String>) {
    let noted = match sums(path) {
        Ok(noted) => noted,
        Err(error) => return (0, vec![format!("`{SUMS}`: {error}")]),
    };
    let mut damage = Vec::new();
    for (name, noted) in &noted {
        match sum(&path.join(name)) {
            Ok(found) if found == *noted => {}
            Ok(_) => damage.push(format!("`{name}` is not as it was written")),
            Err(error) => damage.push(format!("`{name}`: {error}")),
        }
    }
    // A segment without any file on the list would be missed by looking at the list alone.
    match fs::read(path.join(META)).and_then(|meta| segments(&meta)) {
        Ok(segments) => {
            // The list says of none of its files that it is there; those that are there and not on it nobody has counted.
            let names = fs::read_dir(path).into_iter().flatten().flatten();
            let names: Vec<String> = names
                .filter_map(|entry| entry.file_name().into_string().ok())
                .collect();
            for id in segments {
                if !noted.keys().any(|name| name.starts_with(&id)) {
                    damage.push(format!("no file of segment {id} is on the list of sums"));
                }
                let unlisted = |name: &&String| name.starts_with(&id) && !noted.contains_key(*name);
                let unlisted = names.iter().filter(unlisted);
                damage.extend(unlisted.map(|name| format!("`{name}` is not on the list of sums")));
            }
        }
        Err(error) => damage.push(format!("`{META}`: {error}")),
    }
    (noted.len(), damage)
}

/// The folder of the generation that a run would go on from.
pub(super) fn newest(folder: &Path) -> Option<PathBuf> {
    let mut layouts = layouts(folder).into_iter().rev();
    layouts.find_map(|layout| current(folder, layout))
}

/// What is wrong with the files of the generation that a run would go on from: one clause each.
pub fn damage(folder: &Path) -> Vec<String> {
    newest(folder).map_or_else(Vec::new, |path| damage_in(&path).1)
}

/// What is wrong with the first of the files behind `last` that is not as it was written, within `bytes` of them, and the name of
/// the last one that was looked at; empty when none is left behind that.
pub(super) fn some_damage(folder: &Path, last: &str, bytes: u64) -> (Option<String>, String) {
    let Some(path) = newest(folder) else {
        return (None, String::new());
    };
    let noted = match sums(&path) {
        Ok(noted) => noted,
        Err(error) => return (Some(format!("`{SUMS}`: {error}")), String::new()),
    };
    let behind = (Bound::Excluded(last), Bound::Unbounded);
    let mut left = bytes;
    for (name, noted) in noted.range::<str, _>(behind) {
        let file = path.join(name);
        match sum(&file) {
            Ok(found) if found == *noted => {}
            Ok(_) => {
                return (
                    Some(format!("`{name}` is not as it was written")),
                    String::new(),
                );
            }
            Err(error) => return (Some(format!("`{name}`: {error}")), String::new()),
        }
        left = left.saturating_sub(fs::metadata(&file).map_or(0, |metadata| metadata.len()));
        if left == 0 {
            return (None, name.clone());
        }
    }
    (None, String::new())
}

/// The names of the files of that generation that are not as they were written.
pub fn unsound(folder: &Path) -> Vec<String> {
    let Some(path) = newest(folder) else {
        return Vec::new();
    };
    let Ok(noted) = sums(&path) else {
        return vec![SUMS.to_owned()];
    };
    noted
        .into_iter()
        .filter(|(name, noted)| !sum(&path.join(name)).is_ok_and(|sum| sum == *noted))
        .map(|(name, _)| name)
        .collect()
}

/// Whether somebody holds the right to write the index in `folder` just now.
pub fn being_written(folder: &Path) -> bool {
    // Who may not open the file is told nothing.
    File::open(folder.join(LOCK))
        .is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// The right to write an index. It goes with its process, however that ends.
#[derive(Debug)]
pub struct Lock(File);

/// Takes the right to write in the index folder, for who writes beside the index.
///
/// # Errors
/// [`Error::Locked`] when another process has it, [`Error::Io`] when it cannot be asked for.
pub fn hold(folder: &Path) -> Result<Lock, Error> {
    Lock::take(folder)
}

impl Lock {
    /// Takes the right, or says who has it.
    pub(super) fn take(folder: &Path) -> Result<Lock, Error> {
        let io = |cause| Error::Io {
            folder: folder.to_owned(),
            cause,
        };
        fs::create_dir_all(folder).map_err(io)?;
        let mut file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(folder.join(LOCK))
            .map_err(io)?;
        let mut taken = file.try_lock();
        for _ in 0..PATIENCE {
            // Someone may only be asking whether it is free.
            if !matches!(taken, Err(TryLockError::WouldBlock)) {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
            taken = file.try_lock();
        }
        match taken {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let _ = file.take(1000).read_to_string(&mut holder);
                return Err(Error::Locked {
                    folder: folder.to_owned(),
                    holder: match holder.trim() {
                        "" => String::new(),
                        holder => format!(" ({holder})"),
                    },
                });
            }
            Err(TryLockError::Error(cause)) => return Err(io(cause)),
        }
        let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
        let holder = format!(
            "pid {} on {}, since {}",
            std::process::id(),
            match host.trim() {
                "" => "this host",
                host => host,
            },
            Timestamp::now().strftime("%Y-%m-%d %H:%M:%S UTC")
        );
        file.set_len(0).map_err(io)?;
        file.seek(SeekFrom::Start(0)).map_err(io)?;
        writeln!(file, "{holder}").map_err(io)?;
        Ok(Lock(file))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // An empty file says that nobody writes. The lock goes when the file is closed, but a process that is being started
        // just now may hold the file a moment longer.
        let _ = self.0.set_len(0);
        let _ = self.0.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_note_leads_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let inner = layout(folder.path(), 7);
        fs::create_dir_all(&inner).unwrap();
        assert_eq!(current(folder.path(), 7), None);
        for (note, leads) in [
            ("000042\n", true),
            ("../../etc", false),
            ("", false),
            ("4 2", false),
        ] {
            fs::write(inner.join(CURRENT), note).unwrap();
            assert_eq!(current(folder.path(), 7).is_some(), leads, "{note:?}");
        }
    }

    #[test]
    fn a_generation_that_is_not_published_goes() {
        let folder = tempfile::tempdir().unwrap();
        let next = Next::begin(folder.path(), None).unwrap();
        let path = next.path.clone();
        fs::write(path.join("a"), "a").unwrap();
        drop(next);
        assert!(!path.exists());
        assert_eq!(current(folder.path(), fields::LAYOUT), None);
        // One that a killed run left is taken away by the next, which has another name.
        fs::create_dir_all(&path).unwrap();
        let next = Next::begin(folder.path(), None).unwrap();
        assert!(!path.exists() && next.path != path);
    }

    #[test]
    fn the_second_to_ask_hears_who_writes() {
        let folder = tempfile::tempdir().unwrap();
        let lock = Lock::take(folder.path()).unwrap();
        let Err(error) = Lock::take(folder.path()) else {
            panic!("two writers");
        };
        assert!(
            error
                .to_string()
                .contains(&format!("pid {}", std::process::id())),
            "{error}"
        );
        drop(lock);
        assert!(Lock::take(folder.path()).is_ok());
    }
}
