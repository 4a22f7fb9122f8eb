//! `diarium status`: what the index holds.

use std::io::Write;

use jiff::{Timestamp, Unit};

use super::choice::Choice;
use super::terminal::safe;
use super::{IndexFolder, Outcome};
use crate::index::{self, Generation, Reader};
use crate::pipeline::{self, Begun, Report, Underway};
use crate::record::{Entry, State};

/// Say whether the last run went well, what the index holds, and how many files are in each state.
///
/// The first line answers "did it work last night?", and so does the exit code: 0 it did (some files may have failed), 1 it
/// did not, or too long ago. With --failed or --state, list the files in that state with the reason: exit code 0 when there
/// are some, 1 when there is none.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// List the files of which nothing could be read.
    #[arg(long)]
    failed: bool,
    /// List the files of which something is lost: cut off, or damaged.
    #[arg(long, conflicts_with_all = ["failed", "state"])]
    in_part: bool,
    /// List the files in this state.
    #[arg(
        long,
        value_name = "STATE",
        conflicts_with = "failed",
        value_parser = Choice::<State>::by(State::ALL.map(State::name))
    )]
    state: Option<State>,
    /// How long ago the last good run may be: hours or days, as in 36h, 7d.
    #[arg(long, value_name = "AGE", default_value = "36h", value_parser = hours)]
    max_age: i64,
    /// Print JSON: one object, or one a file.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    index: IndexFolder,
}

pub(super) fn run(args: Args, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let folder = &args.index.folder;
    let underway = pipeline::underway(folder);
    let reader = match (Reader::open(folder), &underway) {
        // Nothing can be asked yet, and this says why.
        (Err(error @ (index::Error::NoIndex(_) | index::Error::Older(_))), Some(underway)) => {
            let so_far = match error {
                index::Error::Older(_) => "NO: the index of an older diarium is being taken over",
                _ => "NO: nothing has been indexed yet",
            };
            let (_, line) = now(underway, (false, so_far.to_owned()));
            writeln!(out, "{}", safe(&line))?;
            return Ok(Outcome::Nothing);
        }
        (Err(error @ (index::Error::NoIndex(_) | index::Error::Older(_))), None) => {
            let report = pipeline::latest_report(folder).filter(|report| !report.is_good());
            let Some(report) = report else {
                return Err(error.into());
            };
            writeln!(
                out,
                "{}; nothing has been indexed yet",
                safe(&not_made(&report))
            )?;
            return Ok(Outcome::Nothing);
        }
        (reader, _) => reader?,
    };
    let state = args.failed.then_some(State::Failed).or(args.state);
    if state.is_some() || args.in_part {
        let entries = reader.entries()?;
        let wanted = |entry: &&Entry| match state {
            Some(state) => entry.state == state,
            None => entry.is_in_part(),
        };
        return list(out, entries.values().filter(wanted), args.json);
    }
    let generation = reader.generation();
    let report = pipeline::latest_report(folder);
    let mut told = last_night(generation, report.as_ref(), args.max_age);
    let underway = pipeline::underway(folder);
    if let Some(underway) = &underway {
        told = now(underway, told);
    }
    let (good, line) = told;
    let outcome = if good {
        Outcome::Done
    } else {
        Outcome::Nothing
    };
    if args.json {
        let mut generation = generation.clone();
        #[derive(serde::Serialize)]
        struct Status<'a> {
            schema: u32,
            good: bool,
            said: &'a str,
            #[serde(flatten)]
            generation: &'a Generation,
            /// The folders in which OCR keeps what it has read; in the place of their names' bytes.
            ocr_caches: Vec<std::borrow::Cow<'a, str>>,
            last_run: Option<&'a Report>,
            /// A run that goes on, or was cut off.
            underway: Option<&'a Underway>,
        }
        let caches = std::mem::take(&mut generation.ocr_caches);
        let status = Status {
            schema: crate::query::SCHEMA,
            ocr_caches: caches.iter().map(|name| name.to_string_lossy()).collect(),
            good,
            said: &line,
            generation: &generation,
            last_run: report.as_ref(),
            underway: underway.as_ref(),
        };
        super::output::json(out, &status)?;
        writeln!(out)?;
        return Ok(outcome);
    }
    let files: usize = generation.summary.states.values().sum();
    writeln!(out, "{}", safe(&line))?;
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
    for place in report.iter().flat_map(|report| &report.unreadable) {
        writeln!(out, "could not be looked at: {}", safe(place))?;
    }
    if generation.summary.in_part > 0 {
        writeln!(
            out,
            "{:>8} of them damaged and read in part; `diarium status --in-part` names them",
            generation.summary.in_part
        )?;
    }
    Ok(outcome)
}

/// One line a file, with the reason of its state.
fn list<'a>(
    out: &mut impl Write,
    entries: impl Iterator<Item = &'a Entry>,
    json: bool,
) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Nothing;
    for entry in entries {
        outcome = Outcome::Done;
        if json {
            super::output::object(out, entry)?;
        } else {
            let reason = entry.reason.as_deref();
            let reason = reason.map(|reason| format!(": {}", safe(reason)));
            writeln!(out, "{}{}", safe(&entry.file), reason.unwrap_or_default())?;
        }
    }
    Ok(outcome)
}

/// A number of hours from `36h`, `7d` or a bare number.
fn hours(text: &str) -> Result<i64, String> {
    let (number, unit) = match text.strip_suffix('d') {
        Some(days) => (days, 24),
        None => (text.strip_suffix('h').unwrap_or(text), 1),
    };
    number
        .parse::<i64>()
        .ok()
        .filter(|number| *number >= 0)
        .and_then(|number| number.checked_mul(unit))
        .ok_or_else(|| "an age is a number of hours or days, as in 36h or 7d".to_owned())
}

/// A time, to the minute.
fn at(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// What is to be told of a run that has begun and not ended, and of the night before it.
fn now(underway: &Underway, (good, line): (bool, String)) -> (bool, String) {
    let by = |run: &Begun| match run.host.as_str() {
        "" => format!("pid {}", run.pid),
        host => format!("pid {} on {host}", run.pid),
    };
    match underway {
        Underway::GoingOn(run) => (
            good,
            format!(
                "{line}; a run has been going on since {} ({})",
                at(run.begun),
                by(run)
            ),
        ),
        Underway::CutOff(run) => (
            false,
            format!(
                "NO: the run of {} was cut off ({}); the next one makes up for it",
                at(run.begun),
                by(run)
            ),
        ),
    }
}

/// What is to be told of a run that could not be made.
fn not_made(report: &Report) -> String {
    let error = report.error.as_deref().unwrap_or_default();
    format!("NO: the run of {} was not made: {error}", at(report.ended))
}

/// Whether the last run went well and was not too long ago, and that in one line.
fn last_night(generation: &Generation, report: Option<&Report>, max_age: i64) -> (bool, String) {
    if let Some(report) = report.filter(|report| !report.is_good()) {
        return (false, not_made(report));
    }
    let finished = generation.finished;
    let age = Timestamp::now().duration_since(finished).as_hours();
    if age >= max_age {
        let line = format!("NO: the last run was {age} hours ago, {}", at(finished));
        return (false, line);
    }
    // A clock that was set back, or forward when the run was made: how long ago it was is not to be told.
    if age < -1 {
        let line = format!(
            "NO: the last run ended at {}, which is still to come by this machine's clock; the next run sets it right",
            at(finished)
        );
        return (false, line);
    }
    let failed = generation.summary.failed;
    let papers: usize = generation.summary.states.values().sum();
    if failed * 2 > papers {
        let line = format!(
            "NO: of the {papers} files that the run of {} met, {failed} could not be read; `diarium status --failed` says why",
            at(finished)
        );
        return (false, line);
    }
    let unseen = generation.summary.unseen;
    if unseen * 2 > papers {
        let line = format!(
            "NO: of the {papers} files that are known {unseen} could not be looked at by the run of {}; they are kept as they were, and its report names the places",
            at(finished)
        );
        return (false, line);
    }
    let states = &generation.summary.states;
    let all_failed = states.get(State::Failed.name()).copied().unwrap_or(0);
    if all_failed * 2 > papers {
        let line = format!(
            "NO: of {papers} files nothing can be read of {all_failed}; `diarium status --failed` says why",
        );
        return (false, line);
    }
    let gaps = match failed {
        0 => String::new(),
        1 => ", 1 file failed".to_owned(),
        n => format!(", {n} files failed"),
    };
    let gaps = match all_failed.saturating_sub(failed) {
        0 => gaps,
        n => format!("{gaps}, {n} failed before"),
    };
    let gaps = match report.map_or(0, |report| report.unreadable.len()) {
        0 => gaps,
        1 => format!("{gaps}, 1 place could not be looked at"),
        n => format!("{gaps}, {n} places could not be looked at"),
    };
    (true, format!("yes: run of {} done{gaps}", at(finished)))
}

fn meaning(state: State) -> &'static str {
    match state {
        State::Indexed => "read",
        State::Repaired => "read, with damaged letters mended",
        State::OcrNeeded => "scanned pages without text",
        State::Failed => "nothing could be read",
        State::Copy => "the same content as another file",
        State::Skipped => "no document",
    }
}

/// How many papers the run that filled the index could not read.
pub(super) fn failed(reader: &Reader) -> usize {
    let states = &reader.generation().summary.states;
    states.get(State::Failed.name()).copied().unwrap_or(0)
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
