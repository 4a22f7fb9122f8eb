//! Records → the index folder. The only room that writes it.
//!
//! What is known of each file is stored in one tantivy index and committed with it, so that nothing can fall out of step;
//! beside it lie only reports, what OCR has read, words that were learned, and marks that must outlive a damaged index. Does
//! not rank and does not parse what people ask; that is `query`.

mod before;
mod card;
mod document;
mod fields;
mod filer;
mod lists;
mod marks;
mod numbered;
mod quote;
mod reader;
mod readonly;
mod rounds;
mod row;
mod segment;

mod store;
mod stored;
mod tokens;
mod told;
mod verify;
mod vint;
mod writer;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use before::Before;
pub use card::Card;
pub use document::date_number;
pub(crate) use document::{answered_with, searchable};
pub use fields::Fields;
pub(crate) use marks::Marks;
pub use quote::Quote;
pub(crate) use quote::window;
pub use reader::{Filed, Lists, Reader};
pub use rounds::round;
pub use row::{Answered, Head, Row, RowMatter};
pub use store::{Lock, being_written, damage, hold, own, unsound};
pub use told::ANEW;
pub use verify::{Verified, verify};
pub use writer::{Ready, Writer};

/// Why an index cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing has been indexed there.
    #[error("no index in `{}`; run `diarium ingest` first, or name another with --index", .0.display())]
    NoIndex(PathBuf),
    /// An older program has filled it, in another form.
    #[error("the index in `{}` was made by an older diarium; `diarium ingest` takes over what it holds, and until that has ended only the older program can search it", .0.display())]
    Older(PathBuf),
    /// Another run is writing.
    #[error("another run is writing the index in `{}`{holder}; wait for it to end", folder.display())]
    Locked {
        /// The index folder.
        folder: PathBuf,
        /// Who writes, since when and where, in brackets; empty when that is not known.
        holder: String,
    },
    /// A newer program has filled it.
    #[error("the index in `{}` was made by a newer diarium ({what}); use that one, or another folder with --index", folder.display())]
    Newer {
        /// The index folder.
        folder: PathBuf,
        /// Which.
        what: String,
    },
    /// The index engine gave up.
    #[error("the index in `{}` cannot be used: {}", folder.display(), told::told(cause))]
    Engine {
        /// The index folder.
        folder: PathBuf,
        /// What the engine says; told in our words and so not as a source.
        cause: tantivy::TantivyError,
    },
    /// There is no room for what a run writes; the index is as it was.
    #[error("the disk of `{}` is full ({} kB left); make room and run again, the index is as it was", folder.display(), left >> 10)]
    Full {
        /// The index folder.
        folder: PathBuf,
        /// Bytes that are left.
        left: u64,
    },
    /// A file of the index cannot be made or read.
    #[error("the folder `{}` cannot be used: {cause}", folder.display())]
    Io {
        /// The folder.
        folder: PathBuf,
        /// What the file system says; told above and so not as a source.
        cause: std::io::Error,
    },
    /// Something stored is not what this program stores.
    #[error("the index in `{}` holds what cannot be understood ({what}); {}", folder.display(), told::ANEW)]
    Strange {
        /// The index folder.
        folder: PathBuf,
        /// What it is.
        what: String,
    },
}

/// What is stored beside the papers: which run filled the index, and by what rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Generation {
    /// [`crate::record::VERSION`] of the program that filled it.
    pub version: u32,
    /// [`crate::record::READING`] of it.
    #[serde(default)]
    pub reading: u32,
    /// The OCR engine that was on the machine, by name and version.
    #[serde(default)]
    pub engine: Option<String>,
    /// When the run ended.
    pub finished: Timestamp,
    /// The corpus folder, as it was named.
    pub corpus: String,
    /// Where that was, from the root of the file system on.
    #[serde(default)]
    pub corpus_path: Option<String>,
    /// What the run did.
    pub summary: Summary,
    /// Hashes of contents that are not to be read again, in order.
    #[serde(default)]
    pub forgotten: Vec<String>,
    /// Which learned words damaged papers were repaired with; nothing when there were none.
    #[serde(default)]
    pub learned: Option<String>,
    /// Folders in which runs have kept what OCR read, in order: what is forgotten is to go from them too. Whatever bytes their
    /// names have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ocr_caches: Vec<OsString>,
}

/// What a run saw and did, in files unless another unit is said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Everything in the corpus folder but folders.
    pub seen: usize,
    /// Read for the first time.
    pub added: usize,
    /// Read again because their content is another.
    pub changed: usize,
    /// Known before and there no more.
    pub removed: usize,
    /// Known content under a new name, whose old name is gone.
    #[serde(default)]
    pub moved: usize,
    /// Known content under one name more.
    #[serde(default)]
    pub copied: usize,
    /// As they were.
    pub unchanged: usize,
    /// Of those seen, the ones that could not be looked at in this run and are kept as they were.
    #[serde(default)]
    pub unseen: usize,
    /// Of the unchanged, those whose time is another.
    #[serde(default)]
    pub touched: usize,
    /// Of which nothing could be read before, and now it can.
    #[serde(default)]
    pub recovered: usize,
    /// Documents inside other documents, each with a state of its own; not among those seen.
    #[serde(default)]
    pub attachments: usize,
    /// Of those read in this run, the ones of which nothing could be read.
    pub failed: usize,
    /// Of all that are searchable, those of which something is lost: cut off, or damaged.
    #[serde(default)]
    pub in_part: usize,
    /// Pages read in this run.
    pub pages: usize,
    /// Pages read in this run whose letters were mended.
    pub pages_repaired: usize,
    /// Personal identity numbers on the pages read in this run; they are masked wherever text is shown.
    #[serde(default)]
    pub personal_numbers: usize,
    /// Seconds that the run took.
    pub seconds: f64,
    /// Files in each state after the run, by the state's name; the sum is the files seen and the attachments.
    pub states: BTreeMap<String, usize>,
}

/// The folder of the generation that answers; where there is none, one in which nothing lies.
fn layout_folder(folder: &Path) -> PathBuf {
    store::current(folder, fields::LAYOUT).unwrap_or_else(|| folder.join("none"))
}

/// The error of a folder in which this program finds no index: there is none, or a newer program's.
fn none(folder: &Path) -> Error {
    match store::layouts(folder).last() {
        Some(layout) if *layout > fields::LAYOUT => Error::Newer {
            folder: folder.to_owned(),
            what: format!("layout {layout}, this program knows {}", fields::LAYOUT),
        },
        _ => match store::closed(folder) {
            Some(cause) => Error::Io {
                folder: folder.to_owned(),
                cause,
            },
            None if store::leads_nowhere(folder, fields::LAYOUT) => Error::Strange {
                folder: folder.to_owned(),
                what: "the note that says which generation answers".to_owned(),
            },
            None if store::newest(folder).is_some() => Error::Older(folder.to_owned()),
            None => Error::NoIndex(folder.to_owned()),
        },
    }
}

/// # Errors
/// [`Error::Newer`] when the index in `folder` has a layout that this program does not know.
pub fn refuse_newer(folder: &Path) -> Result<(), Error> {
    match none(folder) {
        newer @ Error::Newer { .. } => Err(newer),
        _ => Ok(()),
    }
}

/// # Errors
/// [`Error::Newer`] when a program with later rules than this one's has filled the index.
fn is_known(folder: &Path, generation: &Generation) -> Result<(), Error> {
    use crate::record::{READING, VERSION};
    if generation.version <= VERSION && generation.reading <= READING {
        return Ok(());
    }
    Err(Error::Newer {
        folder: folder.to_owned(),
        what: format!(
            "rules {} and {}, this program has {VERSION} and {READING}",
            generation.version, generation.reading
        ),
    })
}
