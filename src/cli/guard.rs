//! The door through which all answers go: personal identity numbers do not pass it.

use std::io::{self, Write};

use crate::personal;

/// Masks personal identity numbers in what is written, line by line. Text that is no line yet waits for its end.
pub(super) struct Guard<W: Write> {
    out: W,
    line: Vec<u8>,
    open: bool,
}

impl<W: Write> Guard<W> {
    /// A guard before `out`; an open one lets everything through.
    pub(super) fn new(out: W, open: bool) -> Guard<W> {
        Guard {
            out,
            line: Vec::new(),
            open,
        }
    }

    /// Writes what is left, and gives back what stands behind the guard.
    pub(super) fn finish(mut self) -> (W, io::Result<()>) {
        let done = self.pass().and_then(|()| self.out.flush());
        (self.out, done)
    }

    fn pass(&mut self) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        match std::str::from_utf8(&line) {
            Ok(text) => self.out.write_all(masked(text).as_bytes()),
            Err(_) => self.out.write_all(&line),
        }
    }
}

impl<W: Write> Write for Guard<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.open {
            return self.out.write(bytes);
        }
        match memchr::memrchr(b'\n', bytes) {
            Some(end) => {
                self.line.extend_from_slice(&bytes[..=end]);
                self.pass()?;
                self.line.extend_from_slice(&bytes[end + 1..]);
            }
            None => self.line.extend_from_slice(bytes),
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The lines of `text` with their numbers masked; in a line of JSON, only those inside strings: a size is none.
fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let shown = personal::masked(line);
        if shown == line || !line.starts_with(['{', '[']) {
            out.push_str(&shown);
            continue;
        }
        let (mut inside, mut escaped) = (false, false);
        for (was, now) in line.chars().zip(shown.chars()) {
            out.push(if inside { now } else { was });
            match was {
                _ if escaped => escaped = false,
                '\\' if inside => escaped = true,
                '"' => inside = !inside,
                _ => {}
            }
        }
    }
    out
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
        ] {
            assert_eq!(through(pieces, false), shown);
            assert_eq!(through(pieces, true), pieces.concat());
        }
    }
}
