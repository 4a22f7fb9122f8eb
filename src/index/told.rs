//! What the index engine says of its troubles → one clause for a person, and what is to be done.
//!
//! The engine's own words repeat each other and hold what only its makers can read.

use std::io::{self, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use tantivy::TantivyError;
use tantivy::directory::error::{OpenDirectoryError, OpenReadError, OpenWriteError};

use super::Error;

/// What is done about a damaged index: the same word wherever one is met.
pub const ANEW: &str =
    "`diarium ingest --full` builds the index anew from the papers, beside this one";

/// Letters of the engine's own words that are told at most: a damaged note would be told whole.
const MOST: usize = 160;

/// The trouble in one clause, and what to do about it.
pub(super) fn told(cause: &TantivyError) -> String {
    let (what, advice) = match cause {
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(path)) => {
            (format!("`{}` is missing", path.display()), ANEW)
        }
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath })
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, filepath }) => {
            let name = filepath.file_name().unwrap_or(filepath.as_os_str());
            (
                format!("`{}`: {io_error}", name.to_string_lossy()),
                advice(io_error),
            )
        }
        TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, .. }) => {
            (io_error.to_string(), advice(io_error))
        }
        TantivyError::IoError(error) => (error.to_string(), advice(error)),
        other => (short(&other.to_string()), ANEW),
    };
    format!("{what}; {advice}")
}

/// Whether the trouble is the machine's and may pass: what is stored may be whole.
pub(super) fn is_passing(cause: &TantivyError) -> bool {
    let error: &io::Error = match cause {
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. })
        | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, .. }) => {
            io_error
        }
        TantivyError::IoError(error) => error,
        _ => return false,
    };
    error.raw_os_error().is_some()
        && !matches!(
            error.kind(),
            ErrorKind::NotFound | ErrorKind::InvalidData | ErrorKind::UnexpectedEof
        )
}

/// What to do about what the file system says.
fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::PermissionDenied => "see that you may read and write there",
        ErrorKind::NotFound | ErrorKind::InvalidData | ErrorKind::UnexpectedEof => ANEW,
        // The engine makes errors of its own that are none of the file system's.
        _ if error.raw_os_error().is_none() && error.kind() == ErrorKind::Other => ANEW,
        _ => "see that the disk is well and has room, and try again",
    }
}

/// The beginning of `text`, as one line.
fn short(text: &str) -> String {
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(MOST) {
        line.truncate(end);
        line.push('…');
    }
    line
}

/// What `read` gives; an error where the engine falls over files that are not as it wrote them.
///
/// # Errors
/// [`Error::Strange`] in the place of a panic; else those of `read`.
pub(super) fn caught<T>(
    folder: &Path,
    read: impl FnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        Err(Error::Strange {
            folder: folder.to_owned(),
            what: "the index engine falls over it".to_owned(),
        })
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn a_trouble_is_told_once_and_with_what_to_do() {
        let denied = Arc::new(io::Error::from_raw_os_error(13));
        for (cause, what, advice) in [
            (
                TantivyError::OpenReadError(OpenReadError::wrap_io_error(
                    io::Error::from_raw_os_error(13),
                    "/x/meta.json".into(),
                )),
                "`meta.json`: ",
                "see that you may",
            ),
            (TantivyError::IoError(denied), "denied", "see that you may"),
            (
                TantivyError::IoError(Arc::new(io::Error::from_raw_os_error(28))),
                "space",
                "has room",
            ),
            (
                TantivyError::OpenReadError(OpenReadError::FileDoesNotExist("a.term".into())),
                "`a.term` is missing",
                ANEW,
            ),
            (
                TantivyError::SchemaError("ord ".repeat(5_000)),
                "ord ord",
                ANEW,
            ),
        ] {
            let told = told(&cause);
            assert!(told.contains(what) && told.contains(advice), "{told}");
            assert!(told.len() < 400 && !told.contains("IoError"), "{told}");
            assert_eq!(
                told.matches(what).count().min(2),
                if what == "ord ord" { 2 } else { 1 },
                "{told}"
            );
        }
    }

    #[test]
    fn a_fall_is_an_error() {
        let fallen: Result<(), Error> = caught(Path::new("i"), || {
            let none: &[u8] = &[];
            assert!(!none.is_empty(), "a block that is too short");
            Ok(())
        });
        assert!(fallen.unwrap_err().to_string().contains("ingest --full"));
    }
}
