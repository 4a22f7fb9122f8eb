//! The face: arguments, and what a person reads. The only room that prints. One file a command.

mod extract;
mod lexicon;
mod repair;
mod tag;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Finds things in the papers of Swedish nämnder.
#[derive(Debug, Parser)]
#[command(name = "diarium", version, max_term_width = 100)]
struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Extract(extract::Args),
    Repair(repair::Args),
    Lexicon(lexicon::Args),
    Tag(tag::Args),
}

/// How a command ended, when it ended well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Found, or done.
    Done,
}

/// Runs the program and says how it ended.
pub fn main() -> ExitCode {
    let args = Args::parse();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let outcome = match args.verb {
        Verb::Extract(args) => extract::run(args, &mut out),
        Verb::Repair(args) => repair::run(args, &mut out),
        Verb::Lexicon(args) => lexicon::run(args, &mut out),
        Verb::Tag(args) => tag::run(args, &mut out),
    };
    match outcome.and_then(|outcome| Ok(out.flush().map(|()| outcome)?)) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        // Whoever reads us may stop when it has enough (`search … | head`).
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr().lock(), "error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
