//! `diarium ingest`: bring the index up to date.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::reading::{self, Reading};
use super::{IndexFolder, Outcome, terminal};
use crate::pipeline::{self, Progress};
use crate::record::State;

/// Bring the index up to date with a folder of papers: read what is new or changed, drop what is gone.
///
/// Prints a summary and names each file that could not be read. Exit codes: 0 done, 2 the run could not be made, 3 done,
/// but some files could not be read, 4 another run is writing the index.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder of papers, with the folders in it; .pdf and .txt are read.
    #[arg(value_name = "CORPUS")]
    named: Option<PathBuf>,
    /// The folder of papers when CORPUS is not given.
    #[arg(
        long,
        value_name = "DIR",
        env = "DIARIUM_CORPUS",
        default_value = "corpus"
    )]
    corpus: PathBuf,
    #[command(flatten)]
    index: IndexFolder,
    /// Read every file, changed or not.
    #[arg(long)]
    full: bool,
    /// Empty the index when the corpus folder is empty.
    #[arg(long)]
    allow_empty: bool,
    #[command(flatten)]
    reading: Reading,
    /// Print the summary as one JSON object.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: Args, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let corpus = args.named.unwrap_or(args.corpus);
    let mut options = pipeline::Options {
        full: args.full,
        allow_empty: args.allow_empty,
        learned: super::lexicon::learned(&args.index.folder)?.map(Arc::new),
        ..pipeline::Options::default()
    };
    options.extract = args
        .reading
        .options(Some(args.index.folder.join("ocr-cache")))?;
    let bar = Bar::default();
    let run = pipeline::ingest(&corpus, &args.index.folder, &options, &bar);
    bar.0.finish_and_clear();
    let run = run?;
    let mut err = io::stderr().lock();
    for unreadable in &run.unreadable {
        writeln!(err, "unreadable: {}", terminal::safe(unreadable))?;
    }
    for entry in &run.failed {
        let reason = entry.reason.as_deref().unwrap_or("no reason known");
        writeln!(
            err,
            "failed: {}: {}",
            terminal::safe(&entry.file),
            terminal::safe(reason)
        )?;
    }
    let summary = &run.summary;
    if args.json {
        serde_json::to_writer(&mut *out, summary)?;
        writeln!(out)?;
    } else {
        writeln!(
            out,
            "{} seen: {} added, {} changed, {} unchanged; {} removed; {} failed\n{} pages read, {} repaired, in {:.1} s",
            summary.seen,
            summary.added,
            summary.changed,
            summary.unchanged,
            summary.removed,
            summary.failed,
            summary.pages,
            summary.pages_repaired,
            summary.seconds
        )?;
        let states: Vec<_> = State::ALL
            .iter()
            .filter_map(|state| {
                summary
                    .states
                    .get(state.name())
                    .map(|n| format!("{n} {state}"))
            })
            .collect();
        if !states.is_empty() {
            writeln!(out, "the index holds: {}", states.join(", "))?;
        }
    }
    if let Some(waiting) = summary.states.get(State::OcrNeeded.name()) {
        writeln!(
            err,
            "{waiting} ocr-needed: scanned pages without text; `diarium status --state ocr-needed` names them"
        )?;
        if let Some(missing) = reading::missing(&options.extract.ocr) {
            writeln!(err, "{missing}")?;
        }
    }
    let gaps = summary.failed > 0 || !run.unreadable.is_empty();
    Ok(if gaps { Outcome::Gaps } else { Outcome::Done })
}

/// A bar on a terminal, nothing elsewhere.
struct Bar(ProgressBar);

impl Default for Bar {
    fn default() -> Bar {
        // Standard error, and hidden by the crate itself when that is no terminal.
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} files, {eta} left");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Bar(bar)
    }
}

impl Progress for Bar {
    fn begin(&self, files: usize) {
        self.0.set_length(files as u64);
        self.0.set_message("reading");
    }

    fn step(&self) {
        self.0.inc(1);
    }

    fn writing(&self) {
        self.0.set_message("writing the index");
    }
}
