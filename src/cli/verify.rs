//! `diarium verify`: is the index whole?

use std::io::Write;

use super::terminal::safe;
use super::{IndexFolder, Outcome};
use crate::index;

/// Read the whole index and say whether it is as it was written: checksums of its files, every paper readable, the states
/// and their sums, the places of tags.
///
/// Exit codes: 0 it is, 2 it is not: the faults are named, with what to do.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    index: IndexFolder,
}

pub(super) fn run(args: Args, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let mut verified = index::verify(&args.index.folder)?;
    // Runs stop at a list of learned words that cannot be read.
    if let Err(error) = super::lexicon::learned(&args.index.folder) {
        verified.faults.push(format!("{error:#}"));
    }
    if args.json {
        super::output::object(out, &verified)?;
    }
    for fault in &verified.faults {
        if !args.json {
            writeln!(out, "{}", safe(fault))?;
        }
    }
    if verified.faults.is_empty() {
        if !args.json {
            writeln!(
                out,
                "the index is whole: {} files of it, {} entries, {} papers, {} pages",
                verified.files, verified.entries, verified.papers, verified.pages
            )?;
        }
        return Ok(Outcome::Done);
    }
    writeln!(
        super::guard::err(),
        "{} faults; {}",
        verified.faults.len(),
        index::ANEW
    )?;
    Ok(Outcome::Failed)
}
