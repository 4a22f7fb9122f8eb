//! The doors through which all that is told goes: personal identity numbers do not pass them.

use std::borrow::Cow;
use std::io::{self, StderrLock, Write};

use crate::personal;

/// Whether this run may show personal identity numbers.
pub(super) fn is_open() -> bool {
    std::env::args_os().any(|arg| arg == "--show-personal")
}

/// Where remarks and errors are told: standard error, behind a guard.
pub(super) fn err() -> Remarks {
    Remarks(Guard::new(io::stderr().lock(), is_open()))
}

/// Remarks to the person who runs the program; all of them are out when this goes.
pub(super) struct Remarks(Guard<StderrLock<'static>>);

impl Write for Remarks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.pass(true)
    }
}

impl Drop for Remarks {
    fn drop(&mut self) {
        // Whom nobody hears may go on.
        let _ = self.0.pass(true);
    }
}

/// Masks personal identity numbers in what is written, line by line. Text that is no line yet waits for its end, and a line
/// at whose end a number may be broken for the next.
pub(super) struct Guard<W: Write> {
    out: W,
    waiting: Vec<u8>,
    open: bool,
}

impl<W: Write> Guard<W> {
    /// A guard before `out`; an open one lets everything through.
    pub(super) fn new(out: W, open: bool) -> Guard<W> {
        Guard {
            out,
            waiting: Vec::new(),
            open,
        }
    }

    /// Writes what is left, and gives back what stands behind the guard.
    pub(super) fn finish(mut self) -> (W, io::Result<()>) {
        let done = self.pass(true).and_then(|()| self.out.flush());
        (self.out, done)
    }

    /// Writes what may be written: whole lines, or `all`.
    fn pass(&mut self, all: bool) -> io::Result<()> {
        let end = if all {
            self.waiting.len()
        } else {
            whole(&self.waiting)
        };
        if end == 0 {
            return Ok(());
        }
        let rest = self.waiting.split_off(end);
        let lines = std::mem::replace(&mut self.waiting, rest);
        match std::str::from_utf8(&lines) {
            Ok(text) => self.out.write_all(masked(text).as_bytes()),
            Err(_) => self.out.write_all(&lines),
        }
    }
}

impl<W: Write> Write for Guard<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.open {
            return self.out.write(bytes);
        }
        self.waiting.extend_from_slice(bytes);
        if memchr::memrchr(b'\n', bytes).is_some() {
            self.pass(false)?;
        }
        Ok(bytes.len())
    }

    /// Passes all: whoever flushes has said something to its end.
    fn flush(&mut self) -> io::Result<()> {
        self.pass(true)?;
        self.out.flush()
    }
}

/// How much of `bytes` is whole lines, without a last one that may go on in the next: it ends in a digit or a dash.
fn whole(bytes: &[u8]) -> usize {
    let Some(end) = memchr::memrchr(b'\n', bytes) else {
        return 0;
    };
    let line = memchr::memrchr(b'\n', &bytes[..end]).map_or(0, |at| at + 1);
    let text = String::from_utf8_lossy(bytes[line..end].trim_ascii_end());
    let goes_on = |c: char| {
        c.is_ascii_digit()
            || "-+\u{2212}\u{ad}".contains(c)
            || ('\u{2010}'..='\u{2015}').contains(&c)
    };
    if text.ends_with(goes_on) {
        line
    } else {
        end + 1
    }
}

/// `text` with its numbers masked: those of its lines of JSON inside strings alone, for a size is none.
fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut plain = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("{\"") {
            out.push_str(&masked_plain(&text[plain..at]));
            out.push_str(&personal::masked_json(line));
            plain = at + line.len();
        }
        at += line.len();
    }
    out.push_str(&masked_plain(&text[plain..]));
    out
}

/// `text` with its numbers masked; what colours it stands between words, whatever letter it ends with.
fn masked_plain(text: &str) -> Cow<'_, str> {
    if memchr::memchr(0x1b, text.as_bytes()).is_none() {
        return personal::masked(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut escape = false;
    for c in text.chars() {
        let shown = if escape || c == '\u{1b}' { ' ' } else { c };
        escape = c == '\u{1b}' || escape && !c.is_ascii_alphabetic();
        plain.push(shown);
        plain.extend((shown.len_utf8()..c.len_utf8()).map(|_| ' '));
    }
    personal::masked_as(text, &plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(pieces: &[&str], open: bool) -> String {
        let mut guard = Guard::new(Vec::new(), open);
        for piece in pieces {
            guard.write_all(piece.as_bytes()).unwrap();
        }
        let (out, done) = guard.finish();
        done.unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_number_is_masked_however_it_is_written() {
        for (pieces, shown) in [
            (
                &["pnr 6408", "23-3234\nnästa"][..],
                "pnr xxxxxx-xxxx\nnästa",
            ),
            (&["640823-3234"], "xxxxxx-xxxx"),
            (
                &[r#"{"size":6408233234,"text":"a \"640823-3234\" b"}"#],
                r#"{"size":6408233234,"text":"a \"xxxxxx-xxxx\" b"}"#,
            ),
            (&["dnr 2.2.1-230/2016\n"], "dnr 2.2.1-230/2016\n"),
            (
                &["född 640823-\n", "3234.\n", "a\n"],
                "född xxxxxx-\nxxxx.\na\n",
            ),
            (
                &["640823-\n", "{\"text\":\"A\\n640823-3234\\tB\"}\n"],
                "640823-\n{\"text\":\"A\\nxxxxxx-xxxx\\tB\"}\n",
            ),
            (
                &["\u{1b}[1m640823-3234 Berg.txt\u{1b}[0m\n"],
                "\u{1b}[1mxxxxxx-xxxx Berg.txt\u{1b}[0m\n",
            ),
            (
                &["[640823-3234] är", " en rad\n"],
                "[xxxxxx-xxxx] är en rad\n",
            ),
        ] {
            assert_eq!(through(pieces, false), shown);
            assert_eq!(through(pieces, true), pieces.concat());
        }
    }
}
