//! `diarium answers`: every paper that answers a party.

use std::io::{self, Write};

use super::search::Filters;
use super::terminal::Style;
use super::{IndexFolder, Outcome, status};
use crate::index::Reader;
use crate::query;
use crate::tag::Party;

/// List every paper that answers a party's skrivelse, motion, interpellation or question: complete, newest first, each
/// with the words that show it.
///
/// M, m, (M), Moderaterna and moderaterna are the same party; so are (fp) of 2003 and (L) of 2017. A joint letter
/// answers each of its parties. Exit codes: 0 found, 1 nothing found, 2 error.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The party: its code or its name.
    #[arg(value_name = "PARTY")]
    answered: Party,
    #[command(flatten)]
    filters: Filters,
    /// Print one JSON object a paper.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    index: IndexFolder,
}

pub(super) fn run(args: Args, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let reader = Reader::open(&args.index.folder)?;
    let rows = query::answers(&reader, args.answered, &args.filters.request())?;
    let style = Style::of_stdout();
    for (row, number) in rows.iter().zip(1..) {
        if args.json {
            serde_json::to_writer(&mut *out, row)?;
            writeln!(out)?;
        } else {
            style.card(out, number, &row.card)?;
            if let Some(evidence) = &row.evidence {
                style.place(out, evidence, "")?;
            }
        }
    }
    out.flush()?;
    let papers = if rows.len() == 1 {
        "paper answers"
    } else {
        "papers answer"
    };
    let party = args.answered;
    writeln!(
        io::stderr().lock(),
        "{} {papers} {party} ({}); {}",
        rows.len(),
        party.name(),
        status::freshness(&reader)
    )?;
    Ok(if rows.is_empty() {
        Outcome::Nothing
    } else {
        Outcome::Done
    })
}
