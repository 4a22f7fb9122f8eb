//! `diarium ingest`: bring the index up to date.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::Timestamp;

use super::reading::{self, Reading};
use super::{IndexFolder, Outcome, golden, terminal};
use crate::index::{Reader, Summary};
use crate::pipeline::{self, Plan, Progress, Report, Words};
use crate::record::State;

/// Bring the index up to date with a folder of papers: read what is new or changed, drop what is gone.
///
/// Prints a summary and names each file that could not be read. Searches answer from the old index until the new one is
/// complete. Exit codes: 0 done, 2 the run could not be made, 3 done, but some files could not be read, 4 another run is
/// writing the index, 5 a golden query broke: the old index stays.
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
    /// Read every file, changed or not, into a new index beside the old one, which answers until the new one is complete.
    #[arg(long)]
    full: bool,
    /// Read once more the files of which nothing could be read, and those that wait for OCR.
    #[arg(long)]
    retry_failed: bool,
    /// Say what would be done, and do nothing.
    #[arg(long)]
    dry_run: bool,
    /// Queries with documents that must be found, `query<TAB>document` a line: when one is not, the old index stays.
    #[arg(long, value_name = "FILE", env = "DIARIUM_GOLDEN")]
    golden: Option<PathBuf>,
    /// Worker processes that read documents; 0 for as many as the machine has cores.
    #[arg(long, value_name = "N", default_value_t = 0)]
    workers: usize,
    /// Seconds for one document, to which 10 are added for each megabyte.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    time_limit: u64,
    /// Megabytes of memory for the reading of one document, 256 at least.
    #[arg(long, value_name = "MB", default_value_t = 2048, value_parser = clap::value_parser!(u64).range(256..))]
    memory_limit: u64,
    /// Read documents in this process, on threads.
    #[arg(long, hide = true)]
    in_process: bool,
    /// Empty the index when the corpus folder is empty.
    #[arg(long)]
    allow_empty: bool,
    /// Take the papers of another corpus folder than last time's in the place of those that the index holds, or take out of it
    /// more than half of them, when they are more than 20, or all 20 and more of a folder that stands empty.
    #[arg(long)]
    allow_removals: bool,
    #[command(flatten)]
    reading: Reading,
    /// Print the summary as one JSON object.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: Args, out: &mut impl Write) -> anyhow::Result<Outcome> {
    // One heap serves the run itself, not readers that share its process.
    if !args.dry_run && !args.in_process {
        pipeline::begin_anew();
    }
    let begun = Timestamp::now();
    let corpus = args.named.clone().unwrap_or_else(|| args.corpus.clone());
    let folder = &args.index.folder;
    let asked = asked(&args, folder);
    if args.dry_run {
        let (options, _) = asked?;
        return dry_run(out, &pipeline::plan(&corpus, folder, &options)?, args.json);
    }
    let (options, golden) = match asked {
        Ok(asked) => asked,
        Err(error) => {
            // Such a run is one that was not made: whoever asks for its report or for the status is to hear of it.
            let report = Report::new(begun, &corpus, super::exit(&error), Err(&error));
            keep(folder, &report)?;
            return Err(error);
        }
    };
    let check = |reader: &Reader| match &golden {
        Some(golden) => golden::check(golden, reader),
        None => Ok(pipeline::Checked::default()),
    };
    let bar = Bar::default();
    let run = pipeline::ingest(&corpus, folder, &options, &bar, &check);
    bar.0.finish_and_clear();
    let exit = match &run {
        Ok(run) if run.failed.is_empty() && run.unreadable.is_empty() => 0,
        Ok(_) => 3,
        Err(error) => super::exit(error),
    };
    // Who only met another run has made none.
    if exit != 4 {
        keep(folder, &Report::new(begun, &corpus, exit, run.as_ref()))?;
    }
    let run = run?;
    let mut err = super::guard::err();
    for note in &run.notes {
        writeln!(err, "note: {}", terminal::safe(note))?;
    }
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
        super::output::object(out, summary)?;
    } else {
        figures(out, summary)?;
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

/// How the run is to be made, and what its index must find.
fn asked(
    args: &Args,
    folder: &Path,
) -> anyhow::Result<(pipeline::Options, Option<Vec<golden::Golden>>)> {
    let mut options = pipeline::Options {
        full: args.full,
        retry_failed: args.retry_failed,
        allow_empty: args.allow_empty,
        allow_removals: args.allow_removals,
        learned: learned(folder)?,
        ..pipeline::Options::default()
    };
    options.extract = args.reading.options(Some(folder.join("ocr-cache")))?;
    // Each worker has a core of its own.
    options.extract.ocr.at_once = 1;
    options.workers.number = args.workers;
    options.workers.limits.seconds = args.time_limit;
    options.workers.limits.memory = args.memory_limit.saturating_mul(1 << 20);
    if !args.in_process {
        options.workers.program = Some((this_program()?, vec!["worker".into()]));
    }
    let golden = args.golden.as_deref().map(golden::read).transpose()?;
    Ok((options, golden))
}

/// Keeps the report of a run; says so where it cannot.
fn keep(folder: &Path, report: &Report) -> io::Result<()> {
    let mut text = Vec::new();
    told(&mut text, report)?;
    if let Err(error) = pipeline::write_report(folder, report, &String::from_utf8_lossy(&text)) {
        writeln!(
            super::guard::err(),
            "the report of this run cannot be kept: {error}"
        )?;
    }
    Ok(())
}

/// The learned words beside the index, when there are any.
fn learned(folder: &Path) -> anyhow::Result<Option<Arc<Words>>> {
    let Some(learned) = super::lexicon::learned(folder)? else {
        return Ok(None);
    };
    let text = std::fs::read_to_string(folder.join("learned.tsv"))?;
    Ok(Some(Arc::new(Words { learned, text })))
}

/// This program, to be started as its own worker. On Linux by a name that leads to it even when the file has been replaced by
/// a newer one meanwhile.
fn this_program() -> io::Result<PathBuf> {
    let running = PathBuf::from("/proc/self/exe");
    if running.exists() {
        return Ok(running);
    }
    std::env::current_exe()
}

/// The figures of a run in a few lines.
fn figures(out: &mut impl Write, summary: &Summary) -> io::Result<()> {
    let mut also = String::new();
    for (n, what) in [
        (summary.unseen, "not looked at"),
        (summary.moved, "moved"),
        (summary.copied, "copied"),
        (summary.recovered, "recovered"),
        (summary.attachments, "inside others"),
    ] {
        if n > 0 {
            also.push_str(&format!(", {n} {what}"));
        }
    }
    writeln!(
        out,
        "{} seen: {} added, {} changed, {} unchanged{also}; {} removed; {} failed\n{} pages read, {} repaired, in {:.1} s",
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
    if summary.personal_numbers > 0 {
        writeln!(
            out,
            "{} personal identity numbers on the pages read; they are masked wherever text is shown",
            summary.personal_numbers
        )?;
    }
    if summary.in_part > 0 {
        writeln!(
            out,
            "{} damaged and read in part; `diarium status --in-part` names them",
            summary.in_part
        )?;
    }
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
    Ok(())
}

/// A report for a person.
fn told(out: &mut impl Write, report: &Report) -> io::Result<()> {
    let at = |time: Timestamp| time.strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
    writeln!(
        out,
        "run of {} to {}, exit code {}",
        at(report.begun),
        at(report.ended),
        report.exit
    )?;
    writeln!(out, "corpus folder: {}", terminal::safe(&report.corpus))?;
    if let Some(error) = &report.error {
        writeln!(out, "not made: {}", terminal::safe(error))?;
    }
    if let Some(summary) = &report.summary {
        figures(out, summary)?;
    }
    for (what, lines) in [("note", &report.notes), ("unreadable", &report.unreadable)] {
        for line in lines {
            writeln!(out, "{what}: {}", terminal::safe(line))?;
        }
    }
    for entry in &report.failed {
        let reason = entry.reason.as_deref().unwrap_or("no reason known");
        writeln!(
            out,
            "failed: {}: {}",
            terminal::safe(&entry.file),
            terminal::safe(reason)
        )?;
    }
    Ok(())
}

fn dry_run(out: &mut impl Write, plan: &Plan, json: bool) -> anyhow::Result<Outcome> {
    if json {
        super::output::object(out, plan)?;
        return Ok(Outcome::Done);
    }
    for (deed, files) in [("read", &plan.read), ("gone", &plan.gone)] {
        for file in files {
            writeln!(out, "{deed}: {}", terminal::safe(file))?;
        }
    }
    for moved in &plan.moved {
        let (file, was) = (terminal::safe(&moved.file), terminal::safe(&moved.was));
        writeln!(out, "moved: {file} (was {was})")?;
    }
    for unreadable in &plan.unreadable {
        writeln!(out, "unreadable: {}", terminal::safe(unreadable))?;
    }
    if plan.rebuild {
        writeln!(
            out,
            "every stored text would be repaired and tagged again, by the rules of this version"
        )?;
    }
    writeln!(
        out,
        "nothing was done: {} to read; {} new, {} changed, {} moved, {} copied, {} gone, {} unchanged ({} touched), {} no documents",
        plan.read.len(),
        plan.added,
        plan.changed,
        plan.moved.len(),
        plan.copied,
        plan.gone.len(),
        plan.unchanged,
        plan.touched,
        plan.skipped
    )?;
    Ok(Outcome::Done)
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
