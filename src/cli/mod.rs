//! The face: arguments, and what a person reads. The only room that prints.
//!
//! One file a command (`manual` holds the three by which the program tells of itself), and what several of them use: `asking`
//! (filters and shapes of lists), `batch` (many queries in one run), `reading` (how papers are opened), `golden`, `table` (CSV), `terminal` (what may be shown),
//! `output` and `guard`, through which all of it goes.

mod answers;
mod asking;
mod batch;
mod choice;
mod draw;
mod extract;
mod forget;
mod golden;
mod guard;
mod ingest;
mod lexicon;
mod manual;
mod output;
mod reading;
mod repair;
mod search;
mod show;
mod similar;
mod status;
mod table;
mod tag;
mod terminal;
mod verify;
mod why;
mod worker;

use std::io::{self, Write};
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use clap::{Parser, Subcommand};

use crate::{index, pipeline};
use guard::Guard;

use output::Output;

/// Finds things in the papers of Swedish nämnder: folders of PDFs in, sure answers out.
///
/// Answers go to standard output, everything about the work to standard error. Exit codes: 0 found or done, 1 nothing
/// found, 2 error; `ingest` adds 3 (done, but some files could not be read), 4 (another run is writing the index) and 5
/// (what must be found is not found any more).
#[derive(Debug, Parser)]
#[command(name = "diarium", version, max_term_width = 100, after_help = EXAMPLES)]
struct Args {
    /// Show personal identity numbers as they stand; without it they are masked in everything that is printed.
    #[arg(long, global = true)]
    show_personal: bool,
    /// Print long answers straight to the terminal, through no pager.
    #[arg(long, global = true)]
    no_pager: bool,
    #[command(subcommand)]
    verb: Verb,
}

const EXAMPLES: &str = "Examples:
  diarium ingest                                bring the index up to date with corpus/
  diarium search löpande arbete                 papers with both words, best first
  diarium search '\"ekonomiskt bistånd\" -hyra' --from 2016 --namnd farsta
  diarium answers M                             every paper that answers Moderaterna
  diarium show 'Svar om arbetsmiljö.pdf'        one paper, page by page
  diarium status --failed                       what could not be read, and why";

#[derive(Debug, Subcommand)]
enum Verb {
    Ingest(ingest::Args),
    Search(search::Args),
    Answers(answers::Args),
    Show(show::Args),
    Why(why::Args),
    Similar(similar::Args),
    Status(status::Args),
    Verify(verify::Args),
    Forget(forget::Args),
    Extract(extract::Args),
    #[command(hide = true)]
    DrawPage(draw::Args),
    #[command(hide = true)]
    Worker(worker::Args),
    Repair(repair::Args),
    Lexicon(lexicon::Args),
    Tag(tag::Args),
    Completions(manual::Completions),
    Man(manual::Man),
    Fields(manual::Fields),
}

/// Where the index lies.
#[derive(Clone, Debug, clap::Args)]
struct IndexFolder {
    /// The index folder.
    #[arg(
        long = "index",
        value_name = "DIR",
        env = "DIARIUM_INDEX",
        default_value = "index"
    )]
    folder: PathBuf,
}

/// How a command ended, when it ended well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Found, or done.
    Done,
    /// Nothing found.
    Nothing,
    /// Done, but some files could not be read.
    Gaps,
    /// Some of what was asked for could not be done, and has been named.
    Failed,
}

/// Runs the program and says how it ended.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return told(&error),
    };
    // Lists and papers are read by people; what goes into files and other programs is not paged.
    let long = matches!(
        args.verb,
        Verb::Search(_) | Verb::Answers(_) | Verb::Similar(_) | Verb::Show(_) | Verb::Why(_)
    );
    // What these write is for programs of ours and no text.
    let open = args.show_personal || matches!(args.verb, Verb::DrawPage(_) | Verb::Worker(_));
    let mut out = Guard::new(Output::open(long && !args.no_pager), open);
    let outcome = caught(|| run(args.verb, &mut out));
    let (out, passed) = out.finish();
    let written = out.finish();
    let outcome = outcome.and_then(|outcome| Ok(passed.and(written).map(|()| outcome)?));
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::Gaps) => ExitCode::from(3),
        Ok(Outcome::Failed) => ExitCode::from(2),
        // Whoever reads us may stop when it has enough (`search … | head`).
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(
                guard::err(),
                "error: {}",
                terminal::safe_lines(&format!("{error:#}"))
            );
            ExitCode::from(exit(&error))
        }
    }
}

/// Says what is wrong with the arguments, or what help was asked for. An argument may hold a personal identity number.
fn told(error: &clap::Error) -> ExitCode {
    let text = error.render().to_string();
    match crate::personal::masked(&text) {
        std::borrow::Cow::Borrowed(_) => {
            let _ = error.print();
        }
        std::borrow::Cow::Owned(masked) => {
            let _ = write!(guard::err(), "{masked}");
        }
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// What the last panic said, and where: told as an error when nothing nearer has caught it.
static FALLEN: Mutex<String> = Mutex::new(String::new());

/// What `work` gives; where it falls over something, most likely an index that is damaged, an error.
fn caught(work: impl FnOnce() -> anyhow::Result<Outcome>) -> anyhow::Result<Outcome> {
    // The rooms catch what they expect to fall over; a message of each would be noise.
    std::panic::set_hook(Box::new(|fall| {
        let payload = fall.payload();
        let said = payload
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| payload.downcast_ref::<&str>().copied());
        let at = fall.location().map_or_else(String::new, |at| {
            let file = at.file().rsplit(['/', '\\']).next().unwrap_or_default();
            format!(", {file} {}", at.line())
        });
        let said = said.unwrap_or("no word of why");
        *FALLEN.lock().unwrap_or_else(PoisonError::into_inner) = format!("{said}{at}");
    }));
    std::panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let fallen = FALLEN.lock().unwrap_or_else(PoisonError::into_inner);
        Err(anyhow::anyhow!(
            "a fault of this program, or a damaged index ({fallen}); `diarium verify` says whether the index is whole"
        ))
    })
}

fn run(verb: Verb, out: &mut Guard<Output>) -> anyhow::Result<Outcome> {
    match verb {
        Verb::Ingest(args) => ingest::run(args, out),
        Verb::Search(args) => search::run(args, out),
        Verb::Answers(args) => answers::run(args, out),
        Verb::Show(args) => show::run(args, out),
        Verb::Why(args) => why::run(args, out),
        Verb::Status(args) => status::run(args, out),
        Verb::Verify(args) => verify::run(args, out),
        Verb::Forget(args) => forget::run(args, out),
        Verb::Extract(args) => extract::run(args, out),
        Verb::DrawPage(args) => draw::run(args, out),
        Verb::Worker(args) => worker::run(args),
        Verb::Repair(args) => repair::run(args, out),
        Verb::Lexicon(args) => lexicon::run(args, out),
        Verb::Tag(args) => tag::run(args, out),
        Verb::Similar(args) => similar::run(args, out),
        Verb::Completions(args) => manual::completions(args, out),
        Verb::Man(args) => manual::man(args, out),
        Verb::Fields(args) => manual::fields(args, out),
    }
}

/// The exit code of a command that ended with an error.
fn exit(error: &anyhow::Error) -> u8 {
    if matches!(error.downcast_ref(), Some(index::Error::Locked { .. })) {
        4
    } else if error.is::<pipeline::Golden>() {
        5
    } else {
        2
    }
}

/// The document that `name` means, typed or as it was shown; see [`crate::query::document`].
fn document(
    reader: &index::Reader,
    name: &str,
) -> Result<Option<(crate::record::Entry, Option<crate::record::Record>)>, crate::query::Error> {
    let names = [
        Some(name.to_owned()),
        Some(terminal::as_meant(name)),
        below_corpus(reader, name),
    ];
    for name in names.into_iter().flatten() {
        if let Some(found) = crate::query::document(reader, &name)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The name below the corpus folder of a file that is named as a shell does it.
fn below_corpus(reader: &index::Reader, name: &str) -> Option<String> {
    let corpus = Path::new(reader.generation().corpus_path.as_deref()?);
    let path = Path::new(name)
        .canonicalize()
        .or_else(|_| std::path::absolute(name))
        .ok()?;
    path.starts_with(corpus)
        .then(|| crate::discover::key(corpus, &path))
}

/// Says that no document is called `name`, and what may be done.
fn no_document(reader: &index::Reader, name: &str) -> io::Result<()> {
    writeln!(
        guard::err(),
        "no document `{}`; a name is the path below `{}` or part of it, and `diarium search` prints it",
        terminal::safe(name),
        terminal::safe(&reader.generation().corpus)
    )
}

/// Says that nothing was read of a document, and why.
fn no_text(entry: &crate::record::Entry) -> io::Result<()> {
    let why = entry.reason.as_deref();
    let why = why.map(|why| format!(": {}", terminal::safe(why)));
    writeln!(
        guard::err(),
        "`{}` has no text{}",
        terminal::safe(&entry.file),
        why.unwrap_or_default()
    )
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause
            .downcast_ref::<serde_json::Error>()
            .and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        super::Args::command().debug_assert();
    }
}
