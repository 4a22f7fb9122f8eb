//! Records → the index folder. The only room that writes it.
//!
//! One tantivy index and nothing beside it: what is known of each file is stored in it and committed with it, so that
//! nothing can fall out of step. Does not rank and does not parse what people ask; that is `query`.

mod document;
mod fields;
mod inflection;
mod quote;
mod reader;
mod readonly;
mod row;
pub mod words;
mod writer;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use document::date_number;
pub(crate) use document::searchable;
pub use fields::Fields;
pub use quote::Quote;
pub(crate) use quote::window;
pub use reader::{Lists, Reader};
pub use row::{Answered, Head, Row, RowMatter};
pub use writer::Writer;

/// Why an index cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing has been indexed there.
    #[error("no index in `{}`; run `diarium ingest` first, or name another with --index", .0.display())]
    NoIndex(PathBuf),
    /// Another run is writing.
    #[error("another run is writing the index in `{}`; wait for it to end", .0.display())]
    Locked(PathBuf),
    /// The index engine gave up.
    #[error("the index in `{}` cannot be used: {source}; if it is damaged, move the folder away and run `diarium ingest`", folder.display())]
    Engine {
        /// The index folder.
        folder: PathBuf,
        /// What the engine says.
        source: tantivy::TantivyError,
    },
    /// A file of the index cannot be made or read.
    #[error("the folder `{}` cannot be used: {source}", folder.display())]
    Io {
        /// The folder.
        folder: PathBuf,
        /// What the file system says.
        source: std::io::Error,
    },
    /// Something stored is not what this program stores.
    #[error("the index in `{}` holds what cannot be understood ({what}); move the folder away and run `diarium ingest`", folder.display())]
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
    /// When the run ended.
    pub finished: Timestamp,
    /// The corpus folder, as it was named.
    pub corpus: String,
    /// What the run did.
    pub summary: Summary,
    /// Which learned words damaged papers were repaired with; nothing when there were none.
    #[serde(default)]
    pub learned: Option<String>,
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
    /// As they were.
    pub unchanged: usize,
    /// Of those read in this run, the ones of which nothing could be read.
    pub failed: usize,
    /// Pages read in this run.
    pub pages: usize,
    /// Pages read in this run whose letters were mended.
    pub pages_repaired: usize,
    /// Seconds that the run took.
    pub seconds: f64,
    /// Files in each state after the run, by the state's name; the sum is the number of files known.
    pub states: BTreeMap<String, usize>,
}

/// The layout's own folder: another layout never meets these files.
fn layout_folder(folder: &Path) -> PathBuf {
    folder.join(format!("layout-{}", fields::LAYOUT))
}
