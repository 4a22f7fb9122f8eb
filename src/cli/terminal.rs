//! Text from documents and file names, made safe and plain to read on a terminal.

use std::io::{self, IsTerminal, Write};

use crate::query::{Card, Passage};

/// `text` on one line, without anything that a terminal would obey: control characters and marks that turn the reading
/// direction are shown as `\u{1b}`.
pub(super) fn safe(text: &str) -> String {
    escaped(text, |_| false)
}

/// The same, keeping line ends.
pub(super) fn safe_lines(text: &str) -> String {
    escaped(text, |c| c == '\n')
}

fn escaped(text: &str, keep: fn(char) -> bool) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if (c.is_control() || turns(c)) && !keep(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// How marked words look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    colour: bool,
    personal: bool,
}

impl Style {
    /// Colour on a terminal, unless `NO_COLOR` is set; stars in a pipe.
    pub(super) fn of_stdout() -> Style {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Style {
            colour: wanted && io::stdout().is_terminal(),
            personal: std::env::args_os().any(|arg| arg == "--show-personal"),
        }
    }

    fn bold(self, text: &str) -> String {
        if self.colour {
            format!("\u{1b}[1m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn marked(self, text: &str) -> String {
        if self.colour {
            format!("\u{1b}[1;33m{text}\u{1b}[0m")
        } else {
            format!("*{text}*")
        }
    }

    /// The passage with its words marked.
    pub(super) fn passage(self, passage: &Passage) -> String {
        let mut out = String::new();
        let mut at = 0;
        // Before the marks, which would part a number in pieces; masking moves no byte.
        let text = if self.personal {
            std::borrow::Cow::Borrowed(passage.text.as_str())
        } else {
            crate::personal::masked(&passage.text)
        };
        for &(start, end) in &passage.marks {
            out.push_str(&safe(&text[at..start]));
            out.push_str(&self.marked(&safe(&text[start..end])));
            at = end;
        }
        out.push_str(&safe(&text[at..]));
        out
    }

    /// The paper in two lines: its title, then file, date, nämnd, dnr and whom it answers.
    pub(super) fn card(self, out: &mut impl Write, number: usize, card: &Card) -> io::Result<()> {
        let name = card.file.rsplit('/').next().unwrap_or(&card.file);
        let title = card.title.as_deref().unwrap_or(name);
        writeln!(out, "{number:>3}. {}", self.bold(&safe(title)))?;
        let mut facts = vec![card.date.map_or("no date".into(), |date| date.to_string())];
        facts.extend(card.namnd.as_deref().map(safe));
        if !card.dnr.is_empty() {
            facts.push(format!("dnr {}", safe(&card.dnr.join(", "))));
        }
        if !card.answers.is_empty() {
            let codes: Vec<_> = card.answers.iter().map(|party| party.code()).collect();
            facts.push(format!("answers {}", codes.join(", ")));
        }
        facts.push(safe(&card.file));
        writeln!(out, "     {}", facts.join(" · "))
    }

    /// A passage under its card, with page and line.
    pub(super) fn place(
        self,
        out: &mut impl Write,
        passage: &Passage,
        tier: &str,
    ) -> io::Result<()> {
        let scanned = match passage.scanned.as_slice() {
            [] => String::new(),
            words => format!(" (scanned as {})", safe(&words.join(", "))),
        };
        writeln!(
            out,
            "     page {}, line {}{tier}{scanned}: {}",
            passage.page,
            passage.line,
            self.passage(passage)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown() {
        assert_eq!(safe("a\u{1b}[2Jb\nc"), "a\\u{1b}[2Jb\\u{a}c");
        assert_eq!(safe_lines("a\nb\u{202e}"), "a\nb\\u{202e}");
        assert_eq!(safe("Nämnden”"), "Nämnden”");
    }
}
