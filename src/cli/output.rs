//! Where answers go: standard output, through a pager when a person sits at a terminal.
//!
//! What goes out here has been through `guard`, where whatever must hold for all that is printed belongs.

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

use super::terminal::is_obeyed;

/// An object of the output, with the version of its fields.
#[derive(serde::Serialize)]
struct Versioned<'a, T> {
    schema: u32,
    #[serde(flatten)]
    object: &'a T,
}

/// Prints `object` as a line of JSON, with the version of its fields.
///
/// # Errors
/// When it cannot be written.
pub(super) fn object(out: &mut impl Write, object: &impl serde::Serialize) -> io::Result<()> {
    let schema = crate::query::SCHEMA;
    json(out, &Versioned { schema, object })?;
    writeln!(out)
}

/// Prints `value` as JSON, in which what a terminal would obey is escaped: JSON itself leaves some of that as it is.
///
/// # Errors
/// When it cannot be written.
pub(super) fn json(out: &mut impl Write, value: &impl serde::Serialize) -> io::Result<()> {
    let mut to = serde_json::Serializer::with_formatter(out, Inert);
    Ok(value.serialize(&mut to)?)
}

struct Inert;

impl serde_json::ser::Formatter for Inert {
    fn write_string_fragment<W>(&mut self, out: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + Write,
    {
        let mut written = 0;
        for (at, c) in fragment.char_indices().filter(|(_, c)| is_obeyed(*c)) {
            out.write_all(&fragment.as_bytes()[written..at])?;
            // All of them are below U+10000.
            write!(out, "\\u{:04x}", u32::from(c))?;
            written = at + c.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[written..])
    }
}

/// The way out.
pub(super) enum Output {
    /// Through a pager, which is begun when there is something to read: an error needs none.
    Waiting,
    /// Straight to standard output.
    Plain(BufWriter<io::StdoutLock<'static>>),
    /// Through a pager.
    Paged(Child, Option<BufWriter<ChildStdin>>),
}

impl Output {
    /// Standard output; through a pager when `long` and it is a terminal.
    ///
    /// The pager is `DIARIUM_PAGER`, else `PAGER`, else `less`; an empty one or `cat` is none. `less` ends at once when all
    /// fits the screen (`LESS=FRX`, unless that is set).
    pub(super) fn open(long: bool) -> Output {
        if long && io::stdout().is_terminal() {
            Output::Waiting
        } else {
            Output::Plain(BufWriter::new(io::stdout().lock()))
        }
    }

    /// The pager, or standard output where none is wanted.
    fn paged() -> Output {
        let plain = || Output::Plain(BufWriter::new(io::stdout().lock()));
        let set = |name| std::env::var_os(name);
        let pager = set("DIARIUM_PAGER")
            .or_else(|| set("PAGER"))
            .unwrap_or_else(|| OsString::from("less"));
        let pager = pager.to_string_lossy().into_owned();
        let mut words = pager.split_whitespace();
        let Some(program) = words.next().filter(|program| *program != "cat") else {
            return plain();
        };
        let mut command = Command::new(program);
        command.args(words).stdin(Stdio::piped());
        if set("LESS").is_none() {
            command.env("LESS", "FRX");
        }
        match command.spawn() {
            Ok(mut child) => {
                let input = child.stdin.take().map(BufWriter::new);
                Output::Paged(child, input)
            }
            // No pager on this machine is no reason to be silent.
            Err(_) => plain(),
        }
    }

    /// Ends the output: waits until the reader of the pager is done.
    ///
    /// # Errors
    /// When what is left cannot be written.
    pub(super) fn finish(self) -> io::Result<()> {
        match self {
            Output::Waiting => Ok(()),
            Output::Plain(mut out) => {
                let flushed = out.flush();
                // A closed pipe must not be met again when the buffer is dropped.
                let _ = out.into_parts();
                flushed
            }
            Output::Paged(mut child, input) => {
                let flushed = input.map_or(Ok(()), |mut input| {
                    let flushed = input.flush();
                    let _ = input.into_parts();
                    flushed
                });
                child.wait()?;
                flushed
            }
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if matches!(self, Output::Waiting) && !bytes.is_empty() {
            *self = Output::paged();
        }
        match self {
            Output::Waiting => Ok(0),
            Output::Plain(out) => out.write(bytes),
            Output::Paged(_, Some(input)) => input.write(bytes),
            Output::Paged(_, None) => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Waiting => Ok(()),
            Output::Plain(out) => out.flush(),
            Output::Paged(_, Some(input)) => input.flush(),
            Output::Paged(_, None) => Ok(()),
        }
    }
}
