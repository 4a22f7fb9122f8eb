//! `diarium worker`: reads documents that another run of this program hands it. Not for people.

use std::fs::File;
use std::os::fd::AsFd;

use super::Outcome;
use crate::pipeline;

/// Read documents that come on standard input.
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_: Args) -> anyhow::Result<Outcome> {
    // Not by way of the standard library's standard output, which looks for line ends in what is no text.
    let mut out = File::from(std::io::stdout().as_fd().try_clone_to_owned()?);
    pipeline::serve(std::io::stdin(), &mut out)?;
    Ok(Outcome::Done)
}
