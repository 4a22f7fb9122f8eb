//! `diarium status`: what the index holds.

use std::io::Write;

use jiff::{Timestamp, Unit};

use super::terminal::safe;
use super::{IndexFolder, Outcome};
use crate::index::Reader;
use crate::record::State;

/// Say what the index holds, when it was brought up to date, and how many files are in each state.
///
/// With --failed or --state, list the files in that state with the reason: exit code 0 when there are some, 1 when there
/// is none.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// List the files of which nothing could be read.
    #[arg(long)]
    failed: bool,
    /// List the files in this state: indexed, repaired, ocr-needed, failed, skipped.
    #[arg(long, value_name = "STATE", conflicts_with = "failed")]
    state: Option<State>,
    /// Print JSON: one object, or one a file.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    index: IndexFolder,
}

pub(super) fn run(args: Args, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let reader = Reader::open(&args.index.folder)?;
    let wanted = if args.failed {
        Some(State::Failed)
    } else {
        args.state
    };
    if let Some(wanted) = wanted {
        let mut outcome = Outcome::Nothing;
        for entry in reader
            .entries()?
            .values()
            .filter(|entry| entry.state == wanted)
        {
            outcome = Outcome::Done;
            if args.json {
                serde_json::to_writer(&mut *out, entry)?;
                writeln!(out)?;
            } else {
                let reason = entry
                    .reason
                    .as_deref()
                    .map(|reason| format!(": {}", safe(reason)));
                writeln!(out, "{}{}", safe(&entry.file), reason.unwrap_or_default())?;
            }
        }
        return Ok(outcome);
    }
    let generation = reader.generation();
    if args.json {
        serde_json::to_writer(&mut *out, generation)?;
        writeln!(out)?;
        return Ok(Outcome::Done);
    }
    let files: usize = generation.summary.states.values().sum();
    writeln!(out, "{}", freshness(&reader))?;
    writeln!(out, "corpus folder: {}", safe(&generation.corpus))?;
    writeln!(out, "{files} files:")?;
    for state in State::ALL {
        let n = generation
            .summary
            .states
            .get(state.name())
            .copied()
            .unwrap_or(0);
        writeln!(out, "{n:>8} {state:<11} {}", meaning(state))?;
    }
    Ok(Outcome::Done)
}

fn meaning(state: State) -> &'static str {
    match state {
        State::Indexed => "read as it was",
        State::Repaired => "read, with damaged letters mended",
        State::OcrNeeded => "scanned pages without text",
        State::Failed => "nothing could be read",
        State::Skipped => "no document",
    }
}

/// When the index was brought up to date, and what it lacks: what a reader of an answer must know.
pub(super) fn freshness(reader: &Reader) -> String {
    let generation = reader.generation();
    let when = generation.finished.strftime("%Y-%m-%d %H:%M UTC");
    let age = Timestamp::now()
        .since((Unit::Hour, generation.finished))
        .map_or(0, |span| span.get_hours());
    let age = match age {
        ..=0 => String::new(),
        hours @ 1..48 => format!(" ({hours} h ago)"),
        hours => format!(" ({} days ago)", hours / 24),
    };
    let mut text = format!("index of {when}{age}");
    for state in [State::Failed, State::OcrNeeded] {
        if let Some(n) = generation.summary.states.get(state.name()) {
            text.push_str(&format!(", {n} {state}"));
        }
    }
    text
}
