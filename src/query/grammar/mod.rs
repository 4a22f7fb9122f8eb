//! The query line → what it asks for. Pure.
//!
//! Words are ANDed; `"a phrase"`, `OR`, `NOT` or `-`, `( )`, `prefix*`, `word~`, `a near/5 b`, `field:value`. Nothing that
//! was typed is dropped: what cannot be honoured is an [`Error`] that points at it.

mod braces;
mod field;
mod leaf;
mod span;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::node::Node;
use leaf::is_quote;

use super::readings::{self, Piece};
use crate::tag::{self, Party};

pub use span::span;

/// Bytes that a query may have, as it is typed and as it is printed, but for the synonyms in it.
const LONGEST: usize = 8_000;
/// Bytes that a query with its synonyms may have.
const LONGEST_TOLD: usize = 100_000;
/// Brackets and NOTs that may stand inside each other and mean something.
const DEEPEST: usize = 20;
/// Brackets and NOTs that may stand inside each other at all: the printed form has more of them than what was typed.
const DEEPEST_TYPED: usize = 3 * DEEPEST;
/// Words, phrases and fields that a query may have; what may be read in several ways counts for each.
const MOST: usize = 200;
/// What is told of a `near` that stands elsewhere.
const NEAR: &str =
    "`near` stands between two words or phrases: no `*` or `~`, no field, no second `near`";
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

/// Letters of a query that an error shows on either side of the place that is wrong.
const SHOWN: usize = 60;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = self
            .query
            .get(..self.at)
            .unwrap_or(&self.query)
            .chars()
            .count();
        let line = self
            .query
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c });
        let (before, after) = (column.saturating_sub(SHOWN), column + SHOWN);
        let cut = |yes: bool| if yes { "\u{2026}" } else { "" };
        let ends = cut(line.clone().count() > after);
        let shown: String = line.skip(before).take(after - before).collect();
        let begins = cut(before > 0);
        let column = column - before + usize::from(before > 0);
        write!(
            f,
            "{}\n  {begins}{shown}{ends}\n  {:column$}^",
            self.what, ""
        )
    }
}

/// Reads `query`.
///
/// # Errors
/// An [`Error`] with the place of the first thing that cannot be honoured.
pub fn parse(query: &str) -> Result<Node, Error> {
    read(query, false)
}

/// Reads `query`; parties and nämnder in it are meant `as_written` when that is said: fp is not L, and Järva is not the
/// nämnder that went up in it.
///
/// # Errors
/// As [`parse`].
pub(super) fn read(query: &str, as_written: bool) -> Result<Node, Error> {
    let query = &*plain(query);
    let mut parser = Parser {
        query,
        as_written,
        at: 0,
        depth: 0,
        deepest: (0, 0),
        leaves: 0,
        told: 0,
    };
    let long = || format!("the query is longer than {LONGEST} bytes");
    if query.len() > LONGEST_TOLD {
        return Err(parser.error(LONGEST, long()));
    }
    let node = parser.any()?;
    parser.blanks();
    if parser.at < query.len() {
        return Err(parser.error(parser.at, "a `)` without its `(`".into()));
    }
    // What is taken is taken in its printed form too, so that form has the same limits.
    let size = node.size();
    if size.depth > DEEPEST {
        return Err(parser.too_deep(parser.deepest.1));
    }
    if size.leaves > MOST {
        return Err(parser.error(query.len(), format!("more than {MOST} words")));
    }
    if query.len() - parser.told > LONGEST || node.to_string().len() - size.told > LONGEST {
        return Err(parser.error(LONGEST.min(query.len()), long()));
    }
    Ok(node)
}

/// `query` without what is copied from papers and no letter: soft hyphens, letters that are printed as one.
fn plain(query: &str) -> Cow<'_, str> {
    let odd = |c: char| matches!(c, '\u{ad}' | '\u{fb00}'..='\u{fb06}');
    if !query.contains(odd) {
        return Cow::Borrowed(query);
    }
    let letters = query.chars().filter(|c| *c != '\u{ad}');
    let mut out = String::with_capacity(query.len());
    for letter in letters {
        if odd(letter) {
            out.extend(std::iter::once(letter).nfkc());
        } else {
            out.push(letter);
        }
    }
    Cow::Owned(out)
}

struct Parser<'a> {
    query: &'a str,
    /// Whether parties and nämnder are meant as they are written.
    as_written: bool,
    at: usize,
    depth: usize,
    /// How deep it went, and where.
    deepest: (usize, usize),
    leaves: usize,
    /// Bytes of synonyms.
    told: usize,
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
                    || after.starts_with(|c: char| {
                        c.is_whitespace() || "()".contains(c) || is_quote(c)
                    }))
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
            let and = self.operator(&["AND", "OCH"]);
            if and && pieces.is_empty() {
                return Err(self.error(begin, "nothing stands before this AND".into()));
            }
            self.blanks();
            let done = self.rest().is_empty() || self.rest().starts_with(')');
            if and && done {
                return Err(self.error(begin, "nothing stands behind this AND".into()));
            }
            let here = self.at;
            let next = self.operator(&["OR", "ELLER"]);
            self.at = here;
            if done || next {
                break;
            }
            let begin = self.at;
            if let Some(within) = self.near()? {
                let before = pieces.pop();
                self.blanks();
                if self.rest().is_empty() || self.rest().starts_with(')') {
                    return Err(self.error(begin, NEAR.into()));
                }
                let after = self.unary()?;
                let (Some(one), other) = (before.map(|piece| piece.node), after.node) else {
                    return Err(self.error(begin, NEAR.into()));
                };
                if !one.has_place() || !other.has_place() {
                    return Err(self.error(begin, NEAR.into()));
                }
                if one == other {
                    return Err(
                        self.error(begin, "`near` stands between two different words".into())
                    );
                }
                pieces.push(Piece {
                    node: Node::Near(Box::new(one), Box::new(other), within),
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
        Ok(one_or(
            readings::together(pieces, self.as_written),
            Node::All,
        ))
    }

    /// Takes `near/5` when it stands here by itself.
    fn near(&mut self) -> Result<Option<u32>, Error> {
        let end = self
            .rest()
            .find(|c: char| c.is_whitespace() || "()".contains(c) || is_quote(c))
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
        // A word processor makes a dash of the hyphen.
        let minus = self.rest().chars().next().filter(|c| is_minus(*c));
        let minus = minus.filter(|minus| {
            self.rest()[minus.len_utf8()..]
                .starts_with(|c: char| "({§%".contains(c) || is_quote(c) || c.is_alphanumeric())
        });
        self.at += minus.map_or(0, char::len_utf8);
        if minus.is_some() || self.operator(&["NOT", "INTE"]) {
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
            if let Some((party, typed)) = self.bracketed_party() {
                return Ok(Piece {
                    node: self.party(party, typed),
                    bare: false,
                    typed: typed.to_owned(),
                });
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
        if let Some(node) = self.braced()? {
            return Ok(made(node));
        }
        self.leaves += 1;
        if self.leaves > MOST {
            return Err(self.error(begin, format!("more than {MOST} words")));
        }
        if let Some(quote) = self.rest().chars().next().filter(|c| is_quote(*c)) {
            let quoted = self.quoted()?;
            return Ok(made(self.phrase(begin + quote.len_utf8(), quoted)?));
        }
        self.word()
    }

    /// Takes `(V)`: a party as papers write it.
    fn bracketed_party(&mut self) -> Option<(Party, &'a str)> {
        let inside = self.rest().strip_prefix('(')?.split_once(')')?.0;
        let mark = inside.chars().count() <= 4 && inside.chars().all(char::is_alphabetic);
        let party = mark.then(|| inside.parse().ok()).flatten()?;
        self.at += inside.len() + 2;
        self.leaves += 1;
        Some((party, inside))
    }

    /// A party that was typed so.
    fn party(&self, party: Party, typed: &str) -> Node {
        let named = Node::Party(party);
        if self.as_written {
            let mark = Node::Written(tag::written_mark(party, typed).to_owned());
            Node::All(vec![named, mark])
        } else {
            named
        }
    }

    fn deeper(&mut self, at: usize) -> Result<(), Error> {
        self.depth += 1;
        self.deepest = self.deepest.max((self.depth, at));
        if self.depth > DEEPEST_TYPED {
            return Err(self.too_deep(at));
        }
        Ok(())
    }

    fn too_deep(&self, at: usize) -> Error {
        self.error(
            at,
            format!("more than {DEEPEST} brackets inside each other"),
        )
    }
}

/// Whether `c` right before a word says that it is not wanted.
fn is_minus(c: char) -> bool {
    matches!(c, '-' | '\u{2013}' | '\u{2014}' | '\u{2212}')
}

fn one_or(mut nodes: Vec<Node>, many: fn(Vec<Node>) -> Node) -> Node {
    if nodes.len() == 1 {
        nodes.swap_remove(0)
    } else {
        many(nodes)
    }
}
