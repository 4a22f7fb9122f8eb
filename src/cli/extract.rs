//! `diarium extract`: the text of documents, as ingest reads it.

use std::borrow::Cow;
use std::io::{ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::reading::{self, Reading};
use super::{Outcome, terminal};
use crate::extract;

/// Print the text of documents: the running text, pages parted by form feeds; documents that lie in others come after them.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The documents: .pdf, or .txt (text already pulled out, a form feed as page break).
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print one JSON object a page: file, number, text, lines with their boxes, origin, notes; the first of a file has what
    /// the file says of itself, too.
    #[arg(long)]
    json: bool,
    /// Print the page with its columns where they stand, as a terminal can show it.
    #[arg(long, conflicts_with = "json")]
    layout: bool,
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
    extract::each(&args.files, &options, |file, read| -> anyhow::Result<()> {
        let done = print(&file.display().to_string(), read, &args, &options, 0, out)?;
        // One bad file is named and does not stop the others.
        if done != Outcome::Done {
            outcome = done;
        }
        Ok(())
    })?;
    Ok(outcome)
}

/// Prints a document and those that lie in it, which are called `outer » inner`.
fn print(
    name: &str,
    read: Result<extract::RawText, extract::Error>,
    args: &Args,
    options: &extract::Options,
    depth: usize,
    out: &mut impl Write,
) -> anyhow::Result<Outcome> {
    let mut raw = match read {
        Ok(raw) => raw,
        Err(error) => {
            writeln!(
                super::guard::err(),
                "error: `{}`: {error}; {}",
                terminal::safe(name),
                next_step(&error)
            )?;
            return Ok(Outcome::Failed);
        }
    };
    raw.note_what_is_too_deep(depth);
    for (i, page) in raw.pages.iter().enumerate() {
        if args.json {
            let document = (i == 0).then(|| Document::of(&raw));
            let row = Row {
                file: name,
                document,
                page,
            };
            super::output::json(out, &row)?;
            writeln!(out)?;
        } else {
            if i > 0 || depth > 0 {
                write!(out, "\u{c}")?;
            }
            let text = if args.layout {
                extract::grid(page)
            } else if args.raw {
                page.text.clone()
            } else {
                page.running_text()
            };
            let text = text.trim_end_matches('\n');
            writeln!(out, "{}", shown(text, std::io::stdout().is_terminal()))?;
        }
    }
    let mut outcome = Outcome::Done;
    for attachment in raw.attachments {
        let inner = format!("{name} » {}", attachment.name);
        if depth >= extract::DEEPEST_ATTACHMENT {
            writeln!(
                super::guard::err(),
                "note: `{}` is not read: it lies too deep",
                terminal::safe(&inner)
            )?;
            continue;
        }
        let read = extract::text(Path::new(&attachment.name), &attachment.bytes, options);
        let done = print(&inner, read, args, options, depth + 1, out)?;
        if done != Outcome::Done {
            outcome = done;
        }
    }
    Ok(outcome)
}

/// A page, as `--json` prints it.
#[derive(serde::Serialize)]
struct Row<'a> {
    file: &'a str,
    /// Only with the first page.
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<Document<'a>>,
    #[serde(flatten)]
    page: &'a extract::RawPage,
}

/// What is said of a whole document.
#[derive(serde::Serialize)]
struct Document<'a> {
    pages: usize,
    metadata: &'a extract::Metadata,
    outline: &'a [extract::Heading],
    notes: &'a [String],
}

impl Document<'_> {
    fn of(raw: &extract::RawText) -> Document<'_> {
        Document {
            pages: raw.pages.len(),
            metadata: &raw.metadata,
            outline: &raw.outline,
            notes: &raw.notes,
        }
    }
}

/// A page's text as it goes out: as it stands into pipes and files, with nothing that a terminal would obey onto one.
fn shown(text: &str, on_terminal: bool) -> Cow<'_, str> {
    if !on_terminal {
        return Cow::Borrowed(text);
    }
    // The tabs between cells are harmless, and so are the line ends of Windows.
    let text = text.replace("\r\n", "\n");
    let cells: Vec<String> = text.split('\t').map(terminal::safe_lines).collect();
    Cow::Owned(cells.join("\t"))
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
        extract::Error::Locked(_) => "ask its sender for a copy that is not locked",
        extract::Error::Broken(_) => "fetch it again or have it made anew",
        extract::Error::Io(error) if error.kind() == ErrorKind::NotFound => {
            "there is no such file: see how its name is written"
        }
        extract::Error::Io(error) if error.kind() == ErrorKind::PermissionDenied => {
            "have its owner let you read it"
        }
        extract::Error::Io(_) => "see that the file system is well and try again",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_nothing_that_it_would_obey() {
        let text = "Nämnd\t12\r\na\u{1b}[31mröd\u{9b}2J";
        assert_eq!(shown(text, false), text);
        assert_eq!(shown(text, true), "Nämnd\t12\na\\u{1b}[31mröd\\u{9b}2J");
    }

    #[test]
    fn a_missing_file_is_called_so() {
        let step = |kind: ErrorKind| next_step(&extract::Error::Io(kind.into()));
        assert!(step(ErrorKind::NotFound).contains("no such file"));
        assert!(!step(ErrorKind::Other).contains("no such file"));
    }
}
