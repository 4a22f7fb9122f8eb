//! `diarium extract`: the text of documents, as ingest reads it.

use std::io::Write;
use std::path::PathBuf;

use super::reading::{self, Reading};
use super::{Outcome, terminal};
use crate::extract;

/// Print the text of documents: the running text, pages parted by form feeds.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The documents: .pdf, or .txt (text already pulled out, a form feed as page break).
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print one JSON object a page: file, page, text, lines with their boxes, origin, notes.
    #[arg(long)]
    json: bool,
    /// Print running heads and feet too.
    #[arg(long)]
    raw: bool,
    #[command(flatten)]
    reading: Reading,
}

pub(super) fn run(args: Args, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let mut options = args.reading.options(reading::user_cache())?;
    options.threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut outcome = Outcome::Done;
    for file in &args.files {
        let read = extract::bytes(file, &options.limits)
            .and_then(|bytes| extract::text(file, &bytes, &options));
        let raw = match read {
            Ok(raw) => raw,
            // One bad file is named and does not stop the others.
            Err(error) => {
                let name = terminal::safe(&file.display().to_string());
                writeln!(
                    std::io::stderr().lock(),
                    "error: `{name}`: {error}; {}",
                    next_step(&error)
                )?;
                outcome = Outcome::Failed;
                continue;
            }
        };
        for (i, page) in raw.pages.iter().enumerate() {
            if args.json {
                #[derive(serde::Serialize)]
                struct Row<'a> {
                    file: String,
                    #[serde(flatten)]
                    page: &'a extract::RawPage,
                }
                serde_json::to_writer(
                    &mut *out,
                    &Row {
                        file: file.display().to_string(),
                        page,
                    },
                )?;
                writeln!(out)?;
            } else {
                if i > 0 {
                    write!(out, "\u{c}")?;
                }
                let text = if args.raw {
                    page.text.clone()
                } else {
                    page.running_text()
                };
                writeln!(out, "{}", text.trim_end_matches('\n'))?;
            }
        }
    }
    Ok(outcome)
}

/// What to do about a document that cannot be read.
fn next_step(error: &extract::Error) -> &'static str {
    match error {
        extract::Error::Kind(_) => "give a .pdf or a .txt",
        extract::Error::Nothing => "fetch it again",
        extract::Error::TooLarge { .. } | extract::Error::Limit(_) => {
            "split it into smaller documents"
        }
        extract::Error::NeedsPassword => {
            "give one with --password PW or a list with --passwords FILE"
        }
        extract::Error::Broken(_) => "fetch it again or have it made anew",
        extract::Error::Io(_) => "see that the file system is well and try again",
    }
}
