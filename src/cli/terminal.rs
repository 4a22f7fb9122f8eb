//! Text from documents and file names, made safe and plain to read on a terminal.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use crate::index::Quote;
use crate::query::{Card, Place};

/// `text` on one line, without anything that a terminal would obey: control characters and marks that turn the reading
/// direction are shown as `\u{1b}`.
pub(super) fn safe(text: &str) -> String {
    escaped(text, |_| false)
}

/// The same, keeping line ends.
pub(super) fn safe_lines(text: &str) -> String {
    escaped(text, |c| c == '\n')
}

/// A page's text, keeping line ends and the tabs between cells.
pub(super) fn safe_page(text: &str) -> String {
    escaped(text, |c| matches!(c, '\n' | '\t'))
}

/// `name`, with what [`safe`] has written for a character put back: a name as it is shown is a name.
pub(super) fn as_meant(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once("\\u{") {
        let written = after.split_once('}').and_then(|(digits, rest)| {
            let c = u32::from_str_radix(digits, 16)
                .ok()
                .and_then(char::from_u32)?;
            Some((c, rest))
        });
        out.push_str(before);
        match written {
            Some((c, behind)) => {
                out.push(c);
                rest = behind;
            }
            None => {
                out.push_str("\\u{");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Whether a terminal does something else with it than to show it: a control character, or a mark that turns the reading direction
/// or ends the line.
pub(super) fn is_obeyed(c: char) -> bool {
    let turns = |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns(c)
}

fn escaped(text: &str, keep: fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_obeyed(c) && !keep(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// Diary numbers that a card shows; a list of delegated decisions has thousands.
const NUMBERS: usize = 4;

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always, with links.
    Always,
    /// Never.
    Never,
}

/// How marked words look, and where names lead.
#[derive(Clone, Debug)]
pub(super) struct Style {
    colour: bool,
    /// Whether personal identity numbers are shown as they stand.
    personal: bool,
    /// The corpus folder that names of files lead into, when they do.
    links: Option<PathBuf>,
}

impl Style {
    /// Colour and links (to the files below `corpus`) as `colour` asks for; stars about marked words in a pipe.
    pub(super) fn new(colour: Colour, corpus: &str) -> Style {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let able = std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        let colour = match colour {
            Colour::Auto => wanted && able && io::stdout().is_terminal(),
            Colour::Always => true,
            Colour::Never => false,
        };
        let corpus = std::path::absolute(corpus).ok();
        Style {
            colour,
            personal: super::guard::is_open(),
            links: corpus.filter(|corpus| colour && corpus.is_dir()),
        }
    }

    /// `text`, leading to a page of `file` where the terminal can follow it (OSC 8).
    fn link(&self, text: &str, file: &str, page: Option<u32>) -> String {
        // A link to a name that must not be shown would show it.
        let shown = self.personal || crate::personal::numbers(file).is_empty();
        let Some(corpus) = self.links.as_ref().filter(|_| shown) else {
            return text.to_owned();
        };
        // What lies inside another paper is shown where that paper is.
        let file = file.split(crate::pipeline::INSIDE).next().unwrap_or(file);
        let mut url = String::from("file://");
        for &byte in corpus.join(file).as_os_str().as_encoded_bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                    url.push(char::from(byte));
                }
                byte => url.push_str(&format!("%{byte:02X}")),
            }
        }
        if let Some(page) = page {
            url.push_str(&format!("#page={page}"));
        }
        format!("\u{1b}]8;;{url}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\")
    }

    fn bold(&self, text: &str) -> String {
        if self.colour {
            format!("\u{1b}[1m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn marked(&self, text: &str) -> String {
        if self.colour {
            format!("\u{1b}[1;33m{text}\u{1b}[0m")
        } else {
            format!("*{text}*")
        }
    }

    /// The passage with its words marked.
    pub(super) fn passage(&self, passage: &Quote) -> String {
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

    /// The paper in two lines: its title, then date, nämnd, dnr, whom it answers, what it comes to, and its file.
    pub(super) fn card(
        &self,
        out: &mut impl Write,
        number: usize,
        card: &Card,
        matter: Option<&Place>,
    ) -> io::Result<()> {
        let name = card.file.rsplit('/').next().unwrap_or(&card.file);
        let title = card.title.as_deref().unwrap_or(name);
        writeln!(out, "{number:>3}. {}", self.bold(&safe(title)))?;
        let mut facts = vec![card.date.map_or("no date".into(), |date| date.to_string())];
        facts.extend(card.namnd.as_deref().map(safe));
        if !card.dnr.is_empty() {
            let shown = card.dnr.len().min(NUMBERS);
            let more = match card.dnr.len() - shown {
                0 => String::new(),
                more => format!(" + {more}"),
            };
            let numbers = safe(&card.dnr[..shown].join(", "));
            facts.push(format!("dnr {numbers}{more}"));
        }
        if !card.answers.is_empty() {
            let codes: Vec<_> = card.answers.iter().map(|party| party.code()).collect();
            facts.push(format!("answers {}", codes.join(", ")));
        }
        facts.extend(card.outcome.map(|outcome| outcome.to_string()));
        facts.push(self.link(&safe(&card.file), &card.file, None));
        facts.extend(matter.map(|matter| safe(&matter.named())));
        writeln!(out, "     {}", facts.join(" · "))
    }

    /// A passage of `file` under its card, with page and line.
    pub(super) fn place(
        &self,
        out: &mut impl Write,
        file: &str,
        quote: &Quote,
        tier: &str,
    ) -> io::Result<()> {
        let scanned = match quote.scanned.as_slice() {
            [] => String::new(),
            words => format!(" (scanned as {})", safe(&words.join(", "))),
        };
        let place = format!("page {}, line {}", quote.page, quote.line);
        writeln!(
            out,
            "     {}{tier}{scanned}: {}",
            self.link(&place, file, Some(quote.page)),
            self.passage(quote)
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
        assert_eq!(safe_page("a\tb\u{7}\n"), "a\tb\\u{7}\n");
    }

    #[test]
    fn a_name_as_it_is_shown_is_a_name() {
        for name in [
            "ny\nrad.txt",
            "esc\u{1b}[31mröd.txt",
            "a\\u{zz}b\\u{",
            "vanlig.pdf",
        ] {
            assert_eq!(as_meant(&safe(name)), name);
        }
    }
}
