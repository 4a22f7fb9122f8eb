//! `diarium similar`: papers like one paper.

use std::io::Write;

use super::asking::Shape;
use super::search::List;
use super::terminal::safe;
use super::{IndexFolder, Outcome, status};
use crate::index::Reader;
use crate::query;

/// List the papers most like one paper: those that share the words that tell most of it, best first.
///
/// Exit codes: 0 found, 1 no such paper or none like it, 2 error.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The paper: its path below the corpus folder, its file name, or a part of the path that no other paper has.
    #[arg(value_name = "DOC")]
    document: String,
    /// Papers to show.
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    limit: usize,
    #[command(flatten)]
    shape: Shape,
    #[command(flatten)]
    index: IndexFolder,
}

pub(super) fn run(args: Args, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let reader = Reader::open(&args.index.folder)?;
    let Some((entry, record)) = super::document(&reader, &args.document)? else {
        super::no_document(&reader, &args.document)?;
        return Ok(Outcome::Nothing);
    };
    let Some(record) = record else {
        super::no_text(&entry)?;
        return Ok(Outcome::Nothing);
    };
    let (total, hits) = query::similar(&reader, &entry, &record, args.limit)?;
    let list = List {
        total,
        offset: 0,
        hits: &hits,
    };
    list.print(out, &args.shape, &reader)?;
    out.flush()?;
    writeln!(
        super::guard::err(),
        "{total} papers share words that tell of {}, {} shown; {}",
        safe(&entry.file),
        hits.len(),
        status::freshness(&reader)
    )?;
    Ok(if total == 0 {
        Outcome::Nothing
    } else {
        Outcome::Done
    })
}
