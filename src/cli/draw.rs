//! `diarium draw-page`: what this program's reading of scanned pages does in a child process; not for people.

use std::io::{self, Write};

use super::Outcome;
use crate::extract::ocr;

/// Draw the one page of the PDF on standard input as a PGM picture.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Dots per inch.
    #[arg(long)]
    dpi: f32,
}

pub(super) fn run(args: Args, out: &mut impl Write) -> anyhow::Result<Outcome> {
    ocr::draw_page(args.dpi, &mut io::stdin().lock(), out)?;
    Ok(Outcome::Done)
}
