//! The query line → what it asks for. Pure.
//!
//! Words are ANDed; `"a phrase"`, `OR`, `NOT` or `-`, `( )`, `prefix*`, `word~`, `a near/5 b`, `field:value`. Nothing that
//! was typed is dropped: what cannot be honoured is an [`Error`] that points at it.

use std::fmt;

use jiff::civil::Date;

use super::node::{Node, Span};
use super::readings::{self, Piece};
use crate::index::words;
use crate::tag::Party;

/// Bytes that a query may have.
const LONGEST: usize = 2_000;
/// Brackets and NOTs that may stand inside each other.
const DEEPEST: usize = 20;
/// Words, phrases and fields that a query may have.
const MOST: usize = 64;
/// Letters that must stand before a `*`.
const SHORTEST_PREFIX: usize = 3;
/// Letters that must stand before a `~`, and before a `~2`.
const SHORTEST_FUZZY: [usize; 2] = [4, 6];
/// Words that may lie from one to the other of two that are near.
const FARTHEST: u32 = 50;

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

/// A day or a month that a text names, as the index holds it.
fn day(text: &str) -> Result<String, String> {
    let bad = || format!("no day or month `{text}`; write 2016-04-14 or 2016-04");
    let Span {
        from: Some(from),
        to: Some(to),
    } = span(text)?
    else {
        return Err(bad());
    };
    if from == to {
        Ok(from.to_string())
    } else if text.len() == 7 {
        Ok(text.to_owned())
    } else {
        Err(bad())
    }
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
        let mut pieces: Vec<Piece> = Vec::new();
        loop {
            self.blanks();
            let begin = self.at;
            if self.operator(&["AND", "OCH"]) && pieces.is_empty() {
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
            let begin = self.at;
            if let Some(within) = self.near()? {
                let before = pieces.pop();
                self.blanks();
                let after = self.unary()?;
                let words = (before.map(|piece| piece.node), after.node);
                let (Some(Node::Word(one)), Node::Word(other)) = words else {
                    return Err(self.error(begin, "`near` stands between two words".into()));
                };
                if one == other {
                    return Err(
                        self.error(begin, "`near` stands between two different words".into())
                    );
                }
                pieces.push(Piece {
                    node: Node::Near(one, other, within),
                    bare: false,
                    typed: String::new(),
                });
                continue;
            }
            pieces.push(self.unary()?);
        }
        if pieces.is_empty() {
            return Err(self.error(self.at, "a word is missing here".into()));
        }
        Ok(one_or(readings::together(pieces), Node::All))
    }

    /// Takes `near/5` when it stands here by itself.
    fn near(&mut self) -> Result<Option<u32>, Error> {
        let end = self
            .rest()
            .find(|c: char| c.is_whitespace() || "()\"".contains(c))
            .unwrap_or(self.rest().len());
        let token = &self.rest()[..end];
        let lower = token.to_lowercase();
        let Some(number) = lower
            .strip_prefix("near/")
            .or_else(|| lower.strip_prefix("nära/"))
        else {
            return Ok(None);
        };
        let within = number.parse::<u32>().ok();
        let Some(within) = within.filter(|within| (1..=FARTHEST).contains(within)) else {
            let what = format!("write near/5 with a number of words from 1 to {FARTHEST}");
            return Err(self.error(self.at, what));
        };
        self.at += end;
        Ok(Some(within))
    }

    fn unary(&mut self) -> Result<Piece, Error> {
        let begin = self.at;
        let made = |node| Piece {
            node,
            bare: false,
            typed: String::new(),
        };
        let minus = self.rest().starts_with('-')
            && self.rest()[1..].starts_with(|c: char| c == '"' || c == '(' || c.is_alphanumeric());
        if minus {
            self.at += 1;
        }
        if minus || self.operator(&["NOT", "INTE"]) {
            self.deeper(begin)?;
            self.blanks();
            if self.rest().is_empty() {
                return Err(self.error(begin, "nothing stands behind this NOT".into()));
            }
            let node = self.unary()?.node;
            self.depth -= 1;
            return Ok(made(Node::Not(Box::new(node))));
        }
        if self.rest().starts_with('(') {
            if let Some(party) = self.bracketed_party() {
                return Ok(made(Node::Party(party)));
            }
            self.deeper(begin)?;
            self.at += 1;
            let node = self.any()?;
            self.blanks();
            if !self.rest().starts_with(')') {
                return Err(self.error(begin, "this `(` is never closed".into()));
            }
            self.at += 1;
            self.depth -= 1;
            return Ok(made(node));
        }
        self.leaves += 1;
        if self.leaves > MOST {
            return Err(self.error(begin, format!("more than {MOST} words")));
        }
        if self.rest().starts_with('"') {
            let quoted = self.quoted()?;
            return Ok(made(self.phrase(begin + 1, quoted)?));
        }
        self.word()
    }

    /// Takes `(V)`: a party as papers write it.
    fn bracketed_party(&mut self) -> Option<Party> {
        let inside = self.rest().strip_prefix('(')?.split_once(')')?.0;
        let mark = inside.chars().count() <= 4 && inside.chars().all(char::is_alphabetic);
        let party = mark.then(|| inside.parse().ok()).flatten()?;
        self.at += inside.len() + 2;
        self.leaves += 1;
        Some(party)
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
        if let Some(star) = text.find('*') {
            return Err(self.error(
                at + star,
                "no `*` between quotes: they ask for words as they stand".into(),
            ));
        }
        if self.rest().starts_with(|c: char| "~*^".contains(c)) {
            return Err(self.error(self.at, "this cannot follow a quote; for words close to each other write `one near/5 other`".into()));
        }
        let words: Vec<String> = words::words(text).map(|word| word.form).collect();
        if words.is_empty() {
            return Err(self.error(at - 1, "no word stands between these quotes".into()));
        }
        Ok(Node::Phrase(words))
    }

    fn word(&mut self) -> Result<Piece, Error> {
        let begin = self.at;
        let end = self
            .rest()
            .find(|c: char| c.is_whitespace() || "()\"".contains(c))
            .unwrap_or(self.rest().len());
        let text = &self.rest()[..end];
        self.at += end;
        let made = |node| Piece {
            node,
            bare: false,
            typed: String::new(),
        };
        if let Some((field, value)) = text.split_once(':')
            && !field.is_empty()
            && field.chars().all(char::is_alphabetic)
            // `LKUF:s` and `SD:s` are genitives.
            && !["s", "n", "en", "et"].contains(&value)
        {
            let value_at = begin + field.len() + 1;
            let value = if value.is_empty() && self.rest().starts_with('"') {
                self.quoted()?
            } else {
                value
            };
            return Ok(made(self.field(begin, field, value_at, value)?));
        }
        self.honoured(begin, text)?;
        if text.contains('*') {
            return Ok(made(self.prefix(begin, text)?));
        }
        if let Some((word, distance)) = text.split_once('~') {
            return Ok(made(self.fuzzy(begin, word, distance)?));
        }
        let found: Vec<words::Word> = words::words(text).collect();
        let node = match found.as_slice() {
            [] => {
                return Err(self.error(
                    begin,
                    format!("`{text}` has no letter or digit to search for"),
                ));
            }
            [word] if !word.form.bytes().any(|b| b.is_ascii_digit()) => {
                let letters = &text[word.range.clone()];
                match party_letter(letters) {
                    Some(party) => Node::Party(party),
                    None => Node::Word(cased(letters, &word.form)),
                }
            }
            _ => readings::pieced(text, found.into_iter().map(|word| word.form).collect()),
        };
        Ok(Piece {
            node,
            bare: true,
            typed: text.to_owned(),
        })
    }

    /// Refuses marks that other query lines have and this one has not: to leave them out would ask for something else.
    fn honoured(&self, begin: usize, text: &str) -> Result<(), Error> {
        let wrong = |at: usize, what: &str| Err(self.error(begin + at, what.into()));
        for (at, mark) in text.char_indices() {
            let last = at + mark.len_utf8() == text.len();
            match mark {
                '?' if !text[at..].trim_start_matches('?').is_empty() => {
                    return wrong(
                        at,
                        "a `?` cannot stand for a letter; write `word~` for words that differ by one",
                    );
                }
                '^' => return wrong(at, "words cannot be weighed with `^`"),
                '[' | ']' | '{' | '}' => {
                    return wrong(at, "no ranges in such brackets; write datum:2016..2018");
                }
                '|' => return wrong(at, "write OR for one or the other"),
                '/' if at == 0 && !last && text.ends_with('/') => {
                    return wrong(at, "no patterns; write prefix* or word~");
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn prefix(&self, begin: usize, text: &str) -> Result<Node, Error> {
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
        Ok(Node::Prefix(prefix.clone()))
    }

    fn fuzzy(&self, begin: usize, word: &str, distance: &str) -> Result<Node, Error> {
        let found: Vec<String> = words::words(word).map(|word| word.form).collect();
        let [form] = found.as_slice() else {
            return Err(self.error(begin, "a `~` may only end a word".into()));
        };
        let distance = match distance {
            "" | "1" => 1,
            "2" => 2,
            _ => {
                return Err(
                    self.error(begin + word.len(), "write `~` or `~2` behind a word".into())
                );
            }
        };
        let least = SHORTEST_FUZZY[usize::from(distance) - 1];
        if word.chars().count() != form.chars().count() || form.chars().count() < least {
            return Err(self.error(begin, format!("at least {least} letters before this `~`")));
        }
        Ok(Node::Fuzzy(form.clone(), distance))
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
            "utfall" | "outcome" => value.parse().map(Node::Outcome).map_err(|e| wrong(format!("{e}"))),
            "dnr" => crate::tag::lookup_key(value)
                .map(Node::Dnr)
                .ok_or_else(|| wrong(format!("no diary number `{value}`; write it as in `HL 2019/619`"))),
            "dag" | "day" => day(value).map(Node::Day).map_err(wrong),
            "intill" => {
                let words: Vec<String> = words::words(value).map(|word| word.form).collect();
                match words.len() {
                    0 => Err(wrong("no word stands here".into())),
                    _ => Ok(Node::Beside(words)),
                }
            }
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
                format!("no field `{field}`; fields are parti, svar, namnd, typ, utfall, dnr, datum, dag; put quotes round a word with a colon"),
            )),
        }
    }
}

/// A single capital that is a party's mark: `M`.
fn party_letter(letters: &str) -> Option<Party> {
    let mut chars = letters.chars();
    let one = chars.next().filter(|c| c.is_uppercase())?;
    (chars.next().is_none() && "MSVLC".contains(one))
        .then(|| letters.parse().ok())
        .flatten()
}

/// The word in small letters, unless it has capitals beyond its first letter.
fn cased(letters: &str, form: &str) -> String {
    let told = letters.chars().skip(1).any(char::is_uppercase);
    // What is not composed, or longer than a word can be, keeps no capitals either.
    if told && letters.to_lowercase() == form {
        letters.to_owned()
    } else {
        form.to_owned()
    }
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
            Ok(Node::All(vec![word("HL"), word("chef")]))
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
            "a NOT",
            "l?pande",
            "löpande^2",
            "[2016 TO 2018]",
            "\"löp* arbete\"",
            "\"löpande arbete\"~5",
            "löpande~9",
            "ord~",
            "a near/0 b",
            "near/5 b",
            "(a b) near/5 c",
            "utfall:kanske",
            "dag:2016",
            "/löp.*/",
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
            no field `färg`; fields are parti, svar, namnd, typ, utfall, dnr, datum, dag; put quotes round a word with a colon
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
            nothing stands behind this NOT
              a NOT
                ^
            a `?` cannot stand for a letter; write `word~` for words that differ by one
              l?pande
               ^
            words cannot be weighed with `^`
              löpande^2
                     ^
            no ranges in such brackets; write datum:2016..2018
              [2016 TO 2018]
              ^
            no `*` between quotes: they ask for words as they stand
              "löp* arbete"
                  ^
            this cannot follow a quote; for words close to each other write `one near/5 other`
              "löpande arbete"~5
                              ^
            write `~` or `~2` behind a word
              löpande~9
                     ^
            at least 4 letters before this `~`
              ord~
              ^
            write near/5 with a number of words from 1 to 50
              a near/0 b
                ^
            `near` stands between two words
              near/5 b
              ^
            `near` stands between two words
              (a b) near/5 c
                    ^
            no outcome is called `kanske`; try one of: bifall, delvis bifall, avslag, besvarad, återremiss, bordläggning, yttrande, avstår, till handlingarna, godkänner, bereds
              utfall:kanske
                     ^
            no day or month `2016`; write 2016-04-14 or 2016-04
              dag:2016
                  ^
            no patterns; write prefix* or word~
              /löp.*/
              ^
        "#]].assert_eq(&all);
    }

    #[test]
    fn what_people_type_for_one_thing_is_read_as_one() {
        for (query, read) in [
            ("alla svar till V", "svar:V"),
            ("svar på skrivelse från moderaterna", "svar:M"),
            ("svar till centerpartiet", "svar:C"),
            ("svar på frågor", "(svar) på frågor"),
            ("skrivelse från V", "skrivelse från parti:V"),
            ("(fp) hemtjänst", "parti:L hemtjänst"),
            ("14 april 2016", "dag:2016-04-14 ELLER \"14 april 2016\""),
            ("april 2016", "dag:2016-04 ELLER \"april 2016\""),
            ("dnr HL 2019-619", "dnr:HL-2019-619"),
            ("barn- och ungdomsvården", "barnvården ungdomsvården"),
            (
                "social-sekreterare",
                "socialsekreterare ELLER intill:\"social sekreterare\"",
            ),
            ("Hägersten-Liljeholmen", "intill:\"hägersten liljeholmen\""),
            ("hemtjänst near/5 natt", "hemtjänst near/5 natt"),
            (
                "hemtjänst NÄRA/5 natt -dag",
                "(hemtjänst near/5 natt) (-dag)",
            ),
            ("socialndmnden~2", "socialndmnden~2"),
            ("utfall:avslag", "utfall:\"avslag\""),
            ("datum:2016..2018-06", "datum:2016-01-01..2018-06-30"),
            ("datum:2016-04", "datum:2016-04-01..2016-04-30"),
            ("-natt", "-natt"),
            ("LSS SoL Skola", "LSS SoL skola"),
            ("LKUF:s", "intill:\"lkuf s\""),
            ("hur många?", "hur många"),
        ] {
            let node = parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
            assert_eq!(node.to_string(), read, "{query}");
        }
    }

    #[test]
    fn brackets_and_length_are_bounded() {
        assert!(parse(&"(".repeat(1_999)).is_err());
        assert!(parse(&"a ".repeat(5_000)).is_err());
        assert!(parse(&"- ".repeat(900)).is_err());
        assert!(parse(&"NOT ".repeat(400)).is_err());
    }

    fn leaf() -> impl Strategy<Value = Node> {
        let form = || "[a-zåäö]{4,9}";
        let party = || prop_oneof![Just("V"), Just("M"), Just("SD")];
        prop_oneof![
            form().prop_map(Node::Word),
            Just(Node::Word("svar".into())),
            Just(Node::Word("2016".into())),
            Just(Node::Word("SoL".into())),
            form().prop_map(Node::Prefix),
            (form(), 1..2u8).prop_map(|(word, distance)| Node::Fuzzy(word, distance)),
            proptest::collection::vec(form(), 1..4).prop_map(Node::Phrase),
            proptest::collection::vec(form(), 1..4).prop_map(Node::Beside),
            (form(), form(), 1..50u32)
                .prop_filter("two words", |(one, other, _)| one != other)
                .prop_map(|(one, other, within)| Node::Near(one, other, within)),
            party().prop_map(|party| Node::Party(party.parse().expect("a party"))),
            party().prop_map(|party| Node::Answers(party.parse().expect("a party"))),
            form().prop_map(Node::Namnd),
            Just(Node::Dnr("HL-2019-619".into())),
            Just(Node::Day("2016-04-14".into())),
            Just(Node::Day("2016-04".into())),
            Just(Node::Kind(crate::tag::Kind::SvarPaMotion)),
            Just(Node::Outcome(crate::tag::Outcome::Avslag)),
            Just(Node::Dated(Span::default())),
            Just(Node::Dated(span("2016").expect("a year"))),
        ]
    }

    fn tree() -> impl Strategy<Value = Node> {
        leaf().prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 2..4).prop_map(Node::All),
                proptest::collection::vec(inner.clone(), 2..4).prop_map(Node::Any),
                inner.prop_map(|node| Node::Not(Box::new(node))),
            ]
        })
    }

    /// The tree without words that an operator or a date would take: they are never bare words of a query.
    fn typed(node: &Node) -> bool {
        let text = node.to_string();
        ![
            "alla",
            "dnr",
            "januari",
            "februari",
            "mars",
            "april",
            "juni",
            "juli",
            "augusti",
            "september",
            "oktober",
        ]
        .iter()
        .any(|word| text.contains(word))
    }

    proptest! {
        #[test]
        fn the_printed_form_of_a_tree_reads_back_to_it(node in tree().prop_filter("typed", typed)) {
            prop_assert_eq!(parse(&node.to_string()), Ok(node));
        }

        #[test]
        fn what_was_read_is_printed_so_that_it_reads_the_same(query in "[a-zåäöA-Z0-9 ()\"*:.~/-]{0,30}") {
            if let Ok(node) = parse(&query) {
                let printed = node.to_string();
                prop_assert_eq!(parse(&printed), Ok(node), "{}", printed);
            }
        }

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
