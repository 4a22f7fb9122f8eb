//! What must outlive an index that is damaged or thrown away: small files beside its generations, written whole or not at
//! all. Hashes only; no text of any paper.
//!
//! ```text
//! index/forgotten     contents that are not to be read again, a BLAKE3 hash a line
//! ```

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::Error;

const FORGOTTEN: &str = "forgotten";

/// The names of these files.
pub(super) const FILES: [&str; 2] = [FORGOTTEN, "forgotten.new"];

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
            let mut file = File::create(&new)?;
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
}
