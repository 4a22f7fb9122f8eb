//! What must outlive an index that is damaged or thrown away: small files beside its generations, written whole or not at
//! all. Hashes and names of files only; no text of any paper.
//!
//! ```text
//! index/forgotten     contents that are not to be read again, a BLAKE3 hash a line
//! index/tried         the passwords that locked papers were last tried with, as one hash; for the eyes of the writer alone
//! index/looked-at     the file of the index whose sum was compared last; the next run goes on behind it
//! ```

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::Error;

const FORGOTTEN: &str = "forgotten";
const TRIED: &str = "tried";
const LOOKED_AT: &str = "looked-at";

/// The names of these files.
pub(super) const FILES: [&str; 6] = [
    FORGOTTEN,
    TRIED,
    LOOKED_AT,
    "forgotten.new",
    "tried.new",
    "looked-at.new",
];

/// The marks beside the index in a folder. Whoever writes them holds the right to write the index.
#[derive(Clone, Debug)]
pub(crate) struct Marks {
    folder: PathBuf,
}

impl Marks {
    /// Those of the index in `folder`.
    pub(crate) fn of(folder: &Path) -> Marks {
        Marks {
            folder: folder.to_owned(),
        }
    }

    /// Hashes of contents that are not to be read again.
    ///
    /// # Errors
    /// [`Error::Io`] when the file is there and cannot be read: without it what was forgotten would come back.
    pub(crate) fn forgotten(&self) -> Result<BTreeSet<String>, Error> {
        let lines = self.lines(FORGOTTEN)?;
        let is_hash = |line: &&str| line.len() == 64 && line.bytes().all(|b| b.is_ascii_hexdigit());
        Ok(lines.lines().filter(is_hash).map(str::to_owned).collect())
    }

    /// Notes the contents that are not to be read again.
    ///
    /// # Errors
    /// [`Error::Io`] when the file system refuses.
    pub(crate) fn forget(&self, hashes: &BTreeSet<String>) -> Result<(), Error> {
        if self.forgotten()? == *hashes {
            return Ok(());
        }
        let lines: String = hashes.iter().map(|hash| format!("{hash}\n")).collect();
        self.put(FORGOTTEN, &lines)
    }

    /// Whether locked papers have not been tried with these passwords yet.
    pub(crate) fn are_new(&self, passwords: &[String]) -> bool {
        let tried = self.lines(TRIED).unwrap_or_default();
        !passwords.is_empty() && tried.trim_end() != sum(passwords)
    }

    /// Notes that locked papers have been tried with these passwords. Where there are none, nothing has been tried: what failed so is
    /// to be tried by the next run that has any.
    ///
    /// # Errors
    /// [`Error::Io`] when the file system refuses.
    pub(crate) fn tried(&self, passwords: &[String]) -> Result<(), Error> {
        if self.are_new(passwords) {
            return self.put(TRIED, &sum(passwords));
        }
        let gone = passwords
            .is_empty()
            .then(|| fs::remove_file(self.folder.join(TRIED)));
        match gone {
            Some(Err(cause)) if cause.kind() != ErrorKind::NotFound => Err(self.io(cause)),
            _ => Ok(()),
        }
    }

    /// The file of the index that was looked at last; empty when the next is the first.
    pub(super) fn looked_at(&self) -> String {
        let name = self.lines(LOOKED_AT).unwrap_or_default();
        name.trim_end().to_owned()
    }

    /// Notes which file was looked at last.
    ///
    /// # Errors
    /// [`Error::Io`] when the file system refuses.
    pub(super) fn look_at(&self, name: &str) -> Result<(), Error> {
        self.put(LOOKED_AT, name)
    }

    fn lines(&self, name: &str) -> Result<String, Error> {
        match fs::read(self.folder.join(name)) {
            Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
            Err(cause) => Err(self.io(cause)),
        }
    }

    fn put(&self, name: &str, text: &str) -> Result<(), Error> {
        let new = self.folder.join(format!("{name}.new"));
        let write = || -> io::Result<()> {
            let mut options = File::options();
            options.write(true).create(true).truncate(true);
            #[cfg(unix)]
            if name == TRIED {
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            }
            let mut file = options.open(&new)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&new, self.folder.join(name))?;
            File::open(&self.folder)?.sync_all()
        };
        write().map_err(|cause| self.io(cause))
    }

    fn io(&self, cause: io::Error) -> Error {
        Error::Io {
            folder: self.folder.clone(),
            cause,
        }
    }
}

/// One hash of a list of passwords, whatever its order.
fn sum(passwords: &[String]) -> String {
    let mut hasher = blake3::Hasher::new_derive_key("diarium passwords tried on locked papers");
    for password in passwords.iter().collect::<BTreeSet<_>>() {
        hasher.update(&(password.len() as u64).to_le_bytes());
        hasher.update(password.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_kept_and_what_is_none_is_no_mark() {
        let folder = tempfile::tempdir().unwrap();
        let marks = Marks::of(folder.path());
        assert_eq!(marks.forgotten().unwrap(), BTreeSet::new());
        marks.forget(&BTreeSet::new()).unwrap();
        assert!(!folder.path().join(FORGOTTEN).exists());
        let hashes: BTreeSet<String> = ["a", "b"].map(|hash| hash.repeat(64)).into();
        marks.forget(&hashes).unwrap();
        assert_eq!(marks.forgotten().unwrap(), hashes);
        let damaged = format!("{}\nskräp\n\u{fffd}\n", "a".repeat(64));
        fs::write(folder.path().join(FORGOTTEN), damaged).unwrap();
        assert_eq!(marks.forgotten().unwrap().len(), 1);
        marks.forget(&BTreeSet::new()).unwrap();
        assert_eq!(marks.forgotten().unwrap().len(), 0);
    }

    #[test]
    fn passwords_are_new_until_they_have_been_tried() {
        let folder = tempfile::tempdir().unwrap();
        let marks = Marks::of(folder.path());
        let list = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        assert!(!marks.are_new(&[]));
        assert!(marks.are_new(&list(&["a", "b"])));
        marks.tried(&list(&["a", "b"])).unwrap();
        assert!(!marks.are_new(&list(&["b", "a"])) && !marks.are_new(&[]));
        assert!(marks.are_new(&list(&["ab"])) && marks.are_new(&list(&["a"])));
        let kept = fs::read_to_string(folder.path().join(TRIED)).unwrap();
        assert_eq!(kept.len(), 64);
        // A run without any has tried none.
        marks.tried(&[]).unwrap();
        assert!(marks.are_new(&list(&["a", "b"])) && !folder.path().join(TRIED).exists());
    }
}
