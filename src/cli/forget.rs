//! `diarium forget`: a paper that must not be found any more.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;

use super::terminal::safe;
use super::{IndexFolder, Outcome};
use crate::extract::ocr;
use crate::index::Reader;
use crate::pipeline;

/// Take a paper out of the index for good: from every file of the index, at once, and so that no run brings it back.
///
/// The paper itself is not touched. What is forgotten is its content, under every name; another version of it is another
/// paper. `status --state skipped` lists what has been forgotten and still lies in the corpus.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The paper: its path below the corpus folder, its file name, or a part of the path that no other paper has.
    #[arg(value_name = "DOC")]
    document: String,
    /// Let the next run bring it back.
    #[arg(long)]
    undo: bool,
    #[command(flatten)]
    index: IndexFolder,
}

pub(super) fn run(args: Args, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let folder = &args.index.folder;
    let reader = Reader::open(folder)?;
    let Some((entry, _)) = super::document(&reader, &args.document)? else {
        super::no_document(&reader, &args.document)?;
        return Ok(Outcome::Nothing);
    };
    let caches = reader.generation().ocr_caches.iter();
    let mut caches: BTreeSet<PathBuf> = caches.map(PathBuf::from).collect();
    drop(reader);
    // The folder may have been moved since.
    caches.insert(std::path::absolute(folder.join("ocr-cache"))?);
    for file in pipeline::forget(folder, &entry.file, args.undo)? {
        let deed = if args.undo {
            "comes back with the next ingest"
        } else {
            "forgotten"
        };
        writeln!(out, "{}: {deed}", safe(&file))?;
    }
    if !args.undo && super::lexicon::learn_again(folder)? {
        writeln!(
            super::guard::err(),
            "the learned words are counted anew without it; the next ingest repairs with them"
        )?;
    }
    // What OCR read of its pages lies there, by what the pages show and not by whose they are.
    for cache in caches.iter().filter(|_| !args.undo) {
        if ocr::remove_readings(cache).with_context(|| {
            format!(
                "the folder `{}` still holds what OCR has read",
                cache.display()
            )
        })? > 0
        {
            writeln!(
                super::guard::err(),
                "the folder `{}`, which keeps what OCR has read, is emptied too",
                cache.display()
            )?;
        }
    }
    Ok(Outcome::Done)
}
