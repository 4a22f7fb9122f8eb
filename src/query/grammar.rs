//! The query line → what it asks for. Pure.
//!
//! Words are ANDed; `"a phrase"`, `OR`, `NOT` or `-`, `( )`, `prefix*`, `field:value`. Nothing that was typed is
//! dropped: what cannot be honoured is an [`Error`] that points at it.

use std::fmt;

use jiff::civil::Date;

use crate::index::words;
use crate::tag::{Kind, Party};

/// Bytes that a query may have.
const LONGEST: usize = 2_000;
/// Brackets and NOTs that may stand inside each other.
const DEEPEST: usize = 20;
/// Words, phrases and fields that a query may have.
const MOST: usize = 64;
/// Letters that must stand before a `*`.
const SHORTEST_PREFIX: usize = 3;

/// What a query asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Every one of these.
    All(Vec<Node>),
    /// At least one of these.
    Any(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// A word, in any of its forms.
    Word(String),
    /// One of these words, which are written much like the one that was asked for.
    Similar(Vec<String>),
    /// A word that begins so.
    Prefix(String),
    /// These words, as they are, side by side.
    Phrase(Vec<String>),
    /// A party that the paper names.
    Party(Party),
    /// A party that the paper answers.
    Answers(Party),
    /// A diary number, by its lookup key.
    Dnr(String),
    /// A nämnd, as typed.
    Namnd(String),
    /// A kind of paper.
    Kind(Kind),
    /// A day named in the text.
    Day(Date),
    /// The paper's own date, from and to, both included.
    Dated(Span),
}

/// Days from one to another, both included; an open end is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

/// A query that cannot be honoured, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Error {
    /// The query as typed.
    pub query: String,
    /// The place that is wrong, in bytes of the query.
    pub at: usize,
    /// What is wrong, in one clause.
    pub what: String,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = self
            .query
            .get(..self.at)
            .unwrap_or(&self.query)
            .chars()
            .count();
        let line: String = self
            .query
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        write!(f, "{}\n  {line}\n  {:column$}^", self.what, "")
    }
}

/// Reads `query`.
///
/// # Errors
/// An [`Error`] with the place of the first thing that cannot be honoured.
pub fn parse(query: &str) -> Result<Node, Error> {
    let mut parser = Parser {
        query,
        at: 0,
        depth: 0,
        leaves: 0,
    };
    if query.len() > LONGEST {
        return Err(parser.error(LONGEST, format!("the query is longer than {LONGEST} bytes")));
    }
    let node = parser.any()?;
    parser.blanks();
    if parser.at < query.len() {
        return Err(parser.error(parser.at, "a `)` without its `(`".into()));
    }
    Ok(node)
}

/// Reads a day, a month or a year: `2016-04-14`, `2016-04`, `2016`, as the days that it spans.
///
/// # Errors
/// A clause that says what is wrong.
pub fn span(text: &str) -> Result<Span, String> {
    let bad = || format!("no date `{text}`; write 2016, 2016-04 or 2016-04-14");
    let mut parts = text.split('-');
    let mut number = |digits: usize| match parts.next() {
        None => Ok(None),
        Some(part) if part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()) => {
            part.parse::<i16>().map(Some).map_err(|_| bad())
        }
        Some(_) => Err(bad()),
    };
    let (Some(year), month, day) = (number(4)?, number(2)?, number(2)?) else {
        return Err(bad());
    };
    let date = |month: i16, day: i16| {
        let small = |n: i16| i8::try_from(n).map_err(|_| bad());
        Date::new(year, small(month)?, small(day)?).map_err(|_| bad())
    };
    if parts.next().is_some() {
        return Err(bad());
    }
    let (from, to) = match (month, day) {
        (None, _) => (date(1, 1)?, date(12, 31)?),
        (Some(month), None) => (date(month, 1)?, date(month, 1)?.last_of_month()),
        (Some(month), Some(day)) => (date(month, day)?, date(month, day)?),
    };
    Ok(Span {
        from: Some(from),
        to: Some(to),
    })
}

struct Parser<'a> {
    query: &'a str,
    at: usize,
    depth: usize,
    leaves: usize,
}

impl<'a> Parser<'a> {
    fn error(&self, at: usize, what: String) -> Error {
        Error {
            query: self.query.to_owned(),
            at,
            what,
        }
    }

    fn rest(&self) -> &'a str {
        &self.query[self.at..]
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Takes `word` when it stands here by itself.
    fn operator(&mut self, words: &[&str]) -> bool {
        self.blanks();
        for word in words {
            if let Some(after) = self.rest().strip_prefix(word)
                && (after.is_empty()
                    || after.starts_with(|c: char| c.is_whitespace() || "()".contains(c)))
            {
                self.at += word.len();
                return true;
            }
        }
        false
    }

    fn any(&mut self) -> Result<Node, Error> {
        let mut nodes = vec![self.all()?];
        while self.operator(&["OR", "ELLER"]) {
            nodes.push(self.all()?);
        }
        Ok(one_or(nodes, Node::Any))
    }

    fn all(&mut self) -> Result<Node, Error> {
        let mut nodes = Vec::new();
        loop {
            self.blanks();
            let begin = self.at;
            if self.operator(&["AND", "OCH"]) && nodes.is_empty() {
                return Err(self.error(begin, "nothing stands before this AND".into()));
            }
            self.blanks();
            let done = self.rest().is_empty() || self.rest().starts_with(')');
            let next = Parser {
                query: self.query,
                at: self.at,
                depth: 0,
                leaves: 0,
            }
            .operator(&["OR", "ELLER"]);
            if done || next {
                break;
            }
            nodes.push(self.unary()?);
        }
        if nodes.is_empty() {
            return Err(self.error(self.at, "a word is missing here".into()));
        }
        Ok(one_or(nodes, Node::All))
    }

    fn unary(&mut self) -> Result<Node, Error> {
        let begin = self.at;
        let minus = self.rest().starts_with('-')
            && self.rest()[1..].starts_with(|c: char| c == '"' || c == '(' || c.is_alphanumeric());
        if minus {
            self.at += 1;
        }
        if minus || self.operator(&["NOT", "INTE"]) {
            self.deeper(begin)?;
            self.blanks();
            let node = self.unary()?;
            self.depth -= 1;
            return Ok(Node::Not(Box::new(node)));
        }
        if self.rest().starts_with('(') {
            self.deeper(begin)?;
            self.at += 1;
            let node = self.any()?;
            self.blanks();
            if !self.rest().starts_with(')') {
                return Err(self.error(begin, "this `(` is never closed".into()));
            }
            self.at += 1;
            self.depth -= 1;
            return Ok(node);
        }
        self.leaves += 1;
        if self.leaves > MOST {
            return Err(self.error(begin, format!("more than {MOST} words")));
        }
        if self.rest().starts_with('"') {
            let quoted = self.quoted()?;
            return self.phrase(begin, quoted);
        }
        self.word()
    }

    fn deeper(&mut self, at: usize) -> Result<(), Error> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.error(
                at,
                format!("more than {DEEPEST} brackets inside each other"),
            ));
        }
        Ok(())
    }

    /// What stands between the quotes that begin here.
    fn quoted(&mut self) -> Result<&'a str, Error> {
        let begin = self.at;
        let inner = &self.rest()[1..];
        let Some(length) = inner.find('"') else {
            return Err(self.error(begin, "this `\"` is never closed".into()));
        };
        self.at += length + 2;
        Ok(&inner[..length])
    }

    fn phrase(&self, at: usize, text: &str) -> Result<Node, Error> {
        let words: Vec<String> = words::words(text).map(|word| word.form).collect();
        if words.is_empty() {
            return Err(self.error(at, "no word stands between these quotes".into()));
        }
        Ok(Node::Phrase(words))
    }

    fn word(&mut self) -> Result<Node, Error> {
        let begin = self.at;
        let end = self
            .rest()
            .find(|c: char| c.is_whitespace() || "()\"".contains(c))
            .unwrap_or(self.rest().len());
        let text = &self.rest()[..end];
        self.at += end;
        if let Some((field, value)) = text.split_once(':')
            && !field.is_empty()
            && field.chars().all(char::is_alphabetic)
        {
            let value_at = begin + field.len() + 1;
            let value = if value.is_empty() && self.rest().starts_with('"') {
                self.quoted()?
            } else {
                value
            };
            return self.field(begin, field, value_at, value);
        }
        if text.contains('*') {
            let letters = text.trim_end_matches('*');
            let found: Vec<String> = words::words(letters).map(|word| word.form).collect();
            let [prefix] = found.as_slice() else {
                return Err(self.error(begin, "a `*` may only end a word".into()));
            };
            if letters.contains('*') || letters.chars().count() != prefix.chars().count() {
                return Err(self.error(begin, "a `*` may only end a word".into()));
            }
            if prefix.chars().count() < SHORTEST_PREFIX {
                return Err(self.error(
                    begin,
                    format!("at least {SHORTEST_PREFIX} letters before a `*`"),
                ));
            }
            return Ok(Node::Prefix(prefix.clone()));
        }
        let found: Vec<String> = words::words(text).map(|word| word.form).collect();
        match found.as_slice() {
            [] => Err(self.error(
                begin,
                format!("`{text}` has no letter or digit to search for"),
            )),
            [word] if !word.bytes().any(|b| b.is_ascii_digit()) => Ok(self.body_of_dnr(text, word)),
            _ => Ok(numbered(text, found)),
        }
    }

    /// A word without digits: `HL` before `2019/619` is the body of a diary number, anything else a word.
    fn body_of_dnr(&mut self, text: &str, word: &str) -> Node {
        let word = Node::Word(word.to_owned());
        let is_body = text.len() <= 4 && text.chars().all(|c| c.is_uppercase());
        let next = self.rest().trim_start();
        let end = next
            .find(|c: char| c.is_whitespace() || "()\"".contains(c))
            .unwrap_or(next.len());
        let number = &next[..end];
        if !is_body || !number.starts_with(|c: char| c.is_ascii_digit()) {
            return word;
        }
        let Some(key) = crate::tag::lookup_key(&format!("{text} {number}")) else {
            return word;
        };
        self.blanks();
        self.at += number.len();
        let pieces = words::words(number).map(|word| word.form).collect();
        Node::Any(vec![
            Node::Dnr(key),
            Node::All(vec![word, numbered(number, pieces)]),
        ])
    }

    fn field(&self, at: usize, field: &str, value_at: usize, value: &str) -> Result<Node, Error> {
        let wrong = |what: String| self.error(value_at, what);
        if value.trim().is_empty() {
            return Err(wrong(format!("`{field}:` has no value")));
        }
        match field.to_lowercase().as_str() {
            "parti" | "party" => value.parse().map(Node::Party).map_err(|e| wrong(format!("{e}"))),
            "svar" | "answers" => value.parse().map(Node::Answers).map_err(|e| wrong(format!("{e}"))),
            "namnd" | "nämnd" => Ok(Node::Namnd(value.to_owned())),
            "kind" | "typ" => value.parse().map(Node::Kind).map_err(|e| wrong(format!("{e}"))),
            "dnr" => crate::tag::lookup_key(value)
                .map(Node::Dnr)
                .ok_or_else(|| wrong(format!("no diary number `{value}`; write it as in `HL 2019/619`"))),
            "datum" | "date" => {
                let open = |text: &str| if text.is_empty() { Ok(Span::default()) } else { span(text) };
                let dated = match value.split_once("..") {
                    None => span(value),
                    Some((from, to)) => open(from)
                        .and_then(|from| open(to).map(|to| Span { from: from.from, to: to.to })),
                };
                dated.map(Node::Dated).map_err(wrong)
            }
            _ => Err(self.error(
                at,
                format!("no field `{field}`; fields are parti, svar, namnd, kind, dnr, datum; put quotes round a word with a colon"),
            )),
        }
    }
}

/// A word with digits or marks inside: maybe a diary number or a date, else its pieces side by side.
fn numbered(text: &str, pieces: Vec<String>) -> Node {
    let mut readings = Vec::new();
    if let Ok(Span {
        from: Some(from),
        to: Some(to),
    }) = span(text)
        && from == to
    {
        readings.push(Node::Day(from));
    } else if pieces.len() > 1
        && let Some(key) = crate::tag::lookup_key(text)
    {
        readings.push(Node::Dnr(key));
    }
    readings.push(match pieces.as_slice() {
        [word] => Node::Word(word.clone()),
        _ => Node::Phrase(pieces),
    });
    one_or(readings, Node::Any)
}

fn one_or(mut nodes: Vec<Node>, many: fn(Vec<Node>) -> Node) -> Node {
    if nodes.len() == 1 {
        nodes.swap_remove(0)
    } else {
        many(nodes)
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use proptest::prelude::*;

    use super::*;

    fn word(word: &str) -> Node {
        Node::Word(word.into())
    }

    #[test]
    fn words_are_anded_and_operators_bind_as_people_expect() {
        for (query, node) in [
            ("Löpande", word("löpande")),
            (
                "löpande arbete",
                Node::All(vec![word("löpande"), word("arbete")]),
            ),
            (
                "a OR b c",
                Node::Any(vec![word("a"), Node::All(vec![word("b"), word("c")])]),
            ),
            (
                "hemtjänst -natt",
                Node::All(vec![word("hemtjänst"), Node::Not(Box::new(word("natt")))]),
            ),
            (
                "NOT (a OR b)",
                Node::Not(Box::new(Node::Any(vec![word("a"), word("b")]))),
            ),
            ("arbets*", Node::Prefix("arbets".into())),
            (
                "\"ekonomiskt bistånd\"",
                Node::Phrase(vec!["ekonomiskt".into(), "bistånd".into()]),
            ),
            ("barn- och", Node::All(vec![word("barn"), word("och")])),
            ("order", word("order")),
        ] {
            assert_eq!(parse(query), Ok(node), "{query}");
        }
    }

    #[test]
    fn a_diary_number_may_have_a_blank() {
        let Ok(Node::Any(readings)) = parse("HL 2019/619") else {
            panic!("two readings")
        };
        assert_eq!(
            readings[0],
            Node::Dnr(crate::tag::lookup_key("HL2019/619").expect("a number"))
        );
        assert_eq!(
            parse("HL chef"),
            Ok(Node::All(vec![word("hl"), word("chef")]))
        );
    }

    #[test]
    fn what_cannot_be_honoured_is_an_error_that_points_at_it() {
        let mut all = String::new();
        for query in [
            "a (b",
            "a) b",
            "\"öppen",
            "färg:röd",
            "*",
            "ab*",
            "a*b",
            "datum:2016-13",
            "-",
            "",
            "a OR",
        ] {
            all.push_str(&parse(query).unwrap_err().to_string());
            all.push('\n');
        }
        expect![[r#"
            this `(` is never closed
              a (b
                ^
            a `)` without its `(`
              a) b
               ^
            this `"` is never closed
              "öppen
              ^
            no field `färg`; fields are parti, svar, namnd, kind, dnr, datum; put quotes round a word with a colon
              färg:röd
              ^
            a `*` may only end a word
              *
              ^
            at least 3 letters before a `*`
              ab*
              ^
            a `*` may only end a word
              a*b
              ^
            no date `2016-13`; write 2016, 2016-04 or 2016-04-14
              datum:2016-13
                    ^
            `-` has no letter or digit to search for
              -
              ^
            a word is missing here
              
              ^
            a word is missing here
              a OR
                  ^
        "#]]
        .assert_eq(&all);
    }

    #[test]
    fn brackets_and_length_are_bounded() {
        assert!(parse(&"(".repeat(1_999)).is_err());
        assert!(parse(&"a ".repeat(5_000)).is_err());
        assert!(parse(&"- ".repeat(900)).is_err());
        assert!(parse(&"NOT ".repeat(400)).is_err());
    }

    proptest! {
        #[test]
        fn no_query_panics(query in "\\PC{0,60}") {
            let _ = parse(&query).map_err(|error| error.to_string());
        }

        #[test]
        fn no_query_of_marks_panics(query in "[a-zåäö ()\"*:.0-9-]{0,40}") {
            let _ = parse(&query).map_err(|error| error.to_string());
        }
    }
}
