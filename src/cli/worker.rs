//! `diarium worker`: reads documents that another run of this program hands it. Not for people.

use std::io::Write;

use super::Outcome;
use crate::pipeline;

/// Read documents that come on standard input.
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_: Args, out: &mut impl Write) -> anyhow::Result<Outcome> {
    pipeline::serve(std::io::stdin(), out)?;
    Ok(Outcome::Done)
}
