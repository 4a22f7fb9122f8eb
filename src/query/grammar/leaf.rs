//! A word, a phrase, a prefix or a spelling distance → what it asks for.

use super::{Error, Parser};
use crate::query::node::Node;
use crate::query::readings::{self, Piece};
use crate::swedish::words;
use crate::tag::Party;

/// Letters that must stand before a `*`.
const SHORTEST_PREFIX: usize = 3;
/// Letters that must stand before a `~`, and before a `~2`.
const SHORTEST_FUZZY: [usize; 2] = [4, 6];

impl<'a> Parser<'a> {
    /// What stands between the quotes that begin here. Those that a word processor makes are closed by any such.
    pub(super) fn quoted(&mut self) -> Result<&'a str, Error> {
        let begin = self.at;
        let opening = self.rest().chars().next().unwrap_or('"');
        let inner = &self.rest()[opening.len_utf8()..];
        let closing = inner
            .char_indices()
            .find(|(_, c)| *c == '"' || opening != '"' && is_quote(*c));
        let Some((length, closing)) = closing else {
            return Err(self.error(begin, format!("this `{opening}` is never closed")));
        };
        self.at += opening.len_utf8() + length + closing.len_utf8();
        Ok(&inner[..length])
    }

    /// The words between quotes.
    pub(super) fn phrase(&self, at: usize, text: &str) -> Result<Node, Error> {
        if let Some(star) = text.find(['*', '~']) {
            return Err(self.error(
                at + star,
                "no `*` or `~` between quotes: they ask for words as they stand".into(),
            ));
        }
        if self.rest().starts_with(|c: char| "~*^".contains(c)) {
            return Err(self.error(self.at, "this cannot follow a quote; for words close to each other write `one near/5 other`".into()));
        }
        let words: Vec<String> = words::words(text).map(|word| word.form).collect();
        if words.is_empty() {
            let quote = self.query.floor_char_boundary(at.saturating_sub(1));
            return Err(self.error(quote, "no word stands between these quotes".into()));
        }
        Ok(Node::Phrase(words))
    }

    /// Takes a word, with what is glued to it: `prefix*`, `word~`, `field:value`.
    pub(super) fn word(&mut self) -> Result<Piece, Error> {
        let begin = self.at;
        let end = self
            .rest()
            .find(|c: char| c.is_whitespace() || "()".contains(c) || is_quote(c))
            .unwrap_or(self.rest().len());
        let text = &self.rest()[..end];
        self.at += end;
        if let Some(whole) = self.number_goes_on(text) {
            let pieces = words::words(&whole).map(|word| word.form).collect();
            return Ok(Piece {
                node: readings::pieced(&whole, pieces),
                bare: true,
                typed: whole,
            });
        }
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
            // `dnr: HL 2019/619` is how papers write it.
            && !(value.is_empty() && readings::is_label(field) && self.goes_on())
        {
            let value_at = begin + field.len() + 1;
            let value = if value.is_empty() && self.rest().starts_with(is_quote) {
                self.quoted()?
            } else if value.is_empty() && self.rest().starts_with('(') {
                match self.bracketed() {
                    Some(inside) => inside,
                    None => {
                        let what = format!("write each by itself: {field}:M OR {field}:V");
                        return Err(self.error(value_at, what));
                    }
                }
            } else {
                value
            };
            return Ok(made(self.field(begin, field, value_at, value)?));
        }
        self.honoured(begin, text)?;
        if text == "&" {
            return Ok(Piece {
                node: Node::Word("och".into()),
                bare: true,
                typed: "och".into(),
            });
        }
        if text.contains('*') {
            return Ok(made(self.prefix(begin, text)?));
        }
        if let Some((word, distance)) = text.split_once('~') {
            return Ok(made(self.fuzzy(begin, word, distance)?));
        }
        let found: Vec<words::Word> = words::words(text).collect();
        let node = match found.as_slice() {
            [] => {
                let what = match text {
                    "&&" => "write AND, or nothing, between words that are all wanted".into(),
                    "-" | "\u{2013}" | "\u{2014}" | "\u{2212}" => {
                        "a minus stands right before the word that is not wanted".into()
                    }
                    _ => format!("`{text}` has no letter or digit to search for"),
                };
                return Err(self.error(begin, what));
            }
            [word] if !word.form.bytes().any(|b| b.is_ascii_digit()) => {
                let letters = &text[word.range.clone()];
                // `(M)` and `M,` are the party; `C++` is none.
                let signs = text.replacen(letters, "", 1);
                let party = signs
                    .chars()
                    .all(|sign| "().,;:?".contains(sign))
                    .then(|| party_letter(letters))
                    .flatten();
                match party {
                    Some(party) => self.party(party, letters),
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

    /// Takes a single word in brackets: `svar:(M)`, as papers write a party.
    fn bracketed(&mut self) -> Option<&'a str> {
        let (inside, _) = self.rest().strip_prefix('(')?.split_once(')')?;
        let single = !inside.is_empty() && inside.chars().all(char::is_alphanumeric);
        single.then(|| {
            self.at += inside.len() + 2;
            inside
        })
    }

    /// Whether something else than a quote stands behind the blanks here.
    fn goes_on(&self) -> bool {
        let rest = self.rest();
        let after = rest.trim_start();
        after.len() < rest.len() && !after.is_empty() && !after.starts_with('"')
    }

    /// Takes what belongs to a number with blanks about its signs, `2019 / 619` or `013 – 127 / 05`, and gives the whole
    /// without them. A hyphen has its blanks on both sides: with one it is a NOT.
    fn number_goes_on(&mut self, text: &str) -> Option<String> {
        let digit = |c: char| c.is_ascii_digit();
        if !text.ends_with(digit)
            || !text
                .chars()
                .all(|c| c.is_alphanumeric() || ".-/:".contains(c))
        {
            return None;
        }
        let mut whole = text.to_owned();
        loop {
            let rest = self.rest();
            let signed = rest.trim_start();
            let Some(sign) = signed.chars().next().filter(|c| "/-\u{2013}".contains(*c)) else {
                break;
            };
            let after = &signed[sign.len_utf8()..];
            let next = after.trim_start();
            let blanks = (signed.len() < rest.len(), next.len() < after.len());
            let taken = next.find(|c: char| !digit(c)).unwrap_or(next.len());
            let ends = next[taken..].starts_with(|c: char| c.is_whitespace() || "()".contains(c));
            if taken == 0 || !(ends || taken == next.len()) || blanks != (true, true) {
                break;
            }
            whole.push(if sign == '/' { '/' } else { '-' });
            whole.push_str(&next[..taken]);
            self.at += rest.len() - next.len() + taken;
        }
        (whole.len() > text.len()).then_some(whole)
    }

    /// Refuses marks that other query lines have and this one has not: to leave them out would ask for something else.
    fn honoured(&self, begin: usize, text: &str) -> Result<(), Error> {
        let wrong = |at: usize, what: &str| Err(self.error(begin + at, what.into()));
        // What other lines write before a word that is wanted, or is not.
        if text.chars().any(char::is_alphanumeric) {
            match text.chars().next() {
                Some('+') => return wrong(0, "every word is wanted: leave the `+` out"),
                Some('!') => return wrong(0, "write `-word` for a word that is not wanted"),
                Some('-') => {
                    return wrong(0, "one minus stands right before a word that is not wanted");
                }
                Some(quote)
                    if "'\u{2018}\u{2019}\u{201a}".contains(quote)
                        && text.len() > quote.len_utf8() =>
                {
                    return wrong(
                        0,
                        "words side by side stand between double quotes: \"one two\"",
                    );
                }
                _ => {}
            }
        }
        for (at, mark) in text.char_indices() {
            let last = at + mark.len_utf8() == text.len();
            match mark {
                // Behind several words it may end a question.
                '?' if !text[at..].trim_start_matches('?').is_empty()
                    || begin == 0
                    || begin + text.len() < self.query.trim_end().len() =>
                {
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
        if let Some(node) = hyphened(letters, &found) {
            return Ok(node);
        }
        let [prefix] = found.as_slice() else {
            let what = match found.last() {
                Some(last)
                    if letters.contains('-')
                        && letters.ends_with(|c: char| c.is_alphanumeric())
                        && last.chars().count() < SHORTEST_PREFIX =>
                {
                    format!("at least {SHORTEST_PREFIX} letters between a hyphen and a `*`")
                }
                Some(last) if letters.ends_with(|c: char| c.is_alphanumeric()) => format!(
                    "only a word in one piece may end in a `*`: write {last}*, and the rest as words"
                ),
                _ => "a `*` may only end a word".to_owned(),
            };
            return Err(self.error(begin, what));
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
}

/// `social-sek*`: a word with a hyphen in it that begins so, written in one piece or not.
fn hyphened(letters: &str, pieces: &[String]) -> Option<Node> {
    let plain = |c: char| c.is_alphabetic() || c == '-';
    let (last, before) = pieces.split_last()?;
    let whole = pieces.concat();
    if before.is_empty()
        || !letters.chars().all(plain)
        || letters.starts_with('-')
        || letters.ends_with('-')
        || last.chars().count() < SHORTEST_PREFIX
    {
        return None;
    }
    let joined = Node::Prefix(whole);
    let mut apart: Vec<Node> = before.iter().cloned().map(Node::Word).collect();
    apart.push(Node::Prefix(last.clone()));
    Some(Node::Any(vec![joined, Node::All(apart)]))
}

/// Whether `c` opens or closes a phrase: `"`, or what a word processor puts in its place.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}')
}

/// A single capital that is a party's mark: `M`.
fn party_letter(letters: &str) -> Option<Party> {
    let mut chars = letters.chars();
    let one = chars.next().filter(|c| c.is_uppercase())?;
    (chars.next().is_none() && "MSVLC".contains(one))
        .then(|| letters.parse().ok())
        .flatten()
}

/// What between words is no word: with a sign behind it, it is one, in small letters.
const OPERATORS: [&str; 6] = ["AND", "OCH", "OR", "ELLER", "NOT", "INTE"];

/// The word in small letters, unless it has capitals beyond its first letter.
fn cased(letters: &str, form: &str) -> String {
    let told = letters.chars().skip(1).any(char::is_uppercase) && !OPERATORS.contains(&letters);
    // What is not composed, or longer than a word can be, keeps no capitals either.
    if told && letters.to_lowercase() == form {
        letters.to_owned()
    } else {
        form.to_owned()
    }
}
