//! Patterns over bytes, as `regex::bytes` has them, that are cheap to compile and quick when they are asked much.
//!
//! The room has some 300 patterns, and each worker process compiles those that its papers ask. A third of that cost is the
//! search for letters worth looking for first, which pays only where much is read, and `regex` itself has no switch for
//! it. So a pattern is compiled without it at first, and once more, with it, when it has gone through [`MUCH`] bytes.

use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use regex_automata::meta;
use regex_automata::util::{captures, syntax};
use regex_automata::{Anchored, Input};

/// A compiled pattern.
#[derive(Debug)]
pub(super) struct Pattern {
    source: Box<str>,
    at_first: meta::Regex,
    /// The same for a process that reads much.
    at_length: OnceLock<meta::Regex>,
    /// Bytes gone through, roughly: threads that ask at once may count as one.
    read: AtomicUsize,
}

/// Bytes that a pattern goes through before it is worth compiling it once more: those of some fifty papers.
const MUCH: usize = 1 << 18;

/// Where a pattern matches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match<'h> {
    text: &'h [u8],
    start: usize,
    end: usize,
}

impl<'h> Match<'h> {
    pub(super) fn start(&self) -> usize {
        self.start
    }

    pub(super) fn end(&self) -> usize {
        self.end
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    pub(super) fn as_bytes(&self) -> &'h [u8] {
        &self.text[self.range()]
    }
}

/// A match with its groups.
#[derive(Clone, Debug)]
pub(super) struct Captures<'h> {
    text: &'h [u8],
    groups: captures::Captures,
}

impl<'h> Captures<'h> {
    /// The group of this number; 0 is the whole match, which is always there.
    pub(super) fn get(&self, group: usize) -> Option<Match<'h>> {
        self.groups.get_group(group).map(|span| Match {
            text: self.text,
            start: span.start,
            end: span.end,
        })
    }
}

impl Pattern {
    /// Compiles a pattern in the language of `regex::bytes`.
    ///
    /// # Errors
    /// What is wrong with the pattern.
    pub(super) fn new(pattern: &str) -> Result<Pattern, Box<meta::BuildError>> {
        Ok(Pattern {
            source: pattern.into(),
            at_first: compiled(pattern, false)?,
            at_length: OnceLock::new(),
            read: AtomicUsize::new(0),
        })
    }

    /// What is to go through `text`.
    fn regex(&self, text: &[u8]) -> &meta::Regex {
        if let Some(regex) = self.at_length.get() {
            return regex;
        }
        let read = self.read.load(Ordering::Relaxed).saturating_add(text.len());
        self.read.store(read, Ordering::Relaxed);
        if read < MUCH {
            return &self.at_first;
        }
        let again = || compiled(&self.source, true).unwrap_or_else(|_| self.at_first.clone());
        self.at_length.get_or_init(again)
    }

    pub(super) fn is_match(&self, text: &[u8]) -> bool {
        self.regex(text).is_match(text)
    }

    /// The first match.
    pub(super) fn find<'h>(&self, text: &'h [u8]) -> Option<Match<'h>> {
        self.regex(text).find(text).map(|found| Match {
            text,
            start: found.start(),
            end: found.end(),
        })
    }

    /// Whether a match begins where `text` does.
    pub(super) fn begins(&self, text: &[u8]) -> bool {
        self.at_first
            .is_match(Input::new(text).anchored(Anchored::Yes).earliest(true))
    }

    /// All matches, which do not overlap.
    pub(super) fn find_iter<'r, 'h: 'r>(
        &'r self,
        text: &'h [u8],
    ) -> impl Iterator<Item = Match<'h>> + 'r {
        self.regex(text).find_iter(text).map(move |found| Match {
            text,
            start: found.start(),
            end: found.end(),
        })
    }

    /// The first match with its groups.
    pub(super) fn captures<'h>(&self, text: &'h [u8]) -> Option<Captures<'h>> {
        let regex = self.regex(text);
        let mut groups = regex.create_captures();
        regex.captures(text, &mut groups);
        groups.is_match().then_some(Captures { text, groups })
    }

    /// All matches with their groups.
    pub(super) fn captures_iter<'r, 'h: 'r>(
        &'r self,
        text: &'h [u8],
    ) -> impl Iterator<Item = Captures<'h>> + 'r {
        self.regex(text)
            .captures_iter(text)
            .map(move |groups| Captures { text, groups })
    }
}

/// The engines of a pattern; `for_much` when letters worth looking for first are to be sought.
fn compiled(pattern: &str, for_much: bool) -> Result<meta::Regex, Box<meta::BuildError>> {
    let config = meta::Config::new()
        .utf8_empty(false)
        .auto_prefilter(for_much);
    meta::Regex::builder()
        .configure(config)
        .syntax(syntax::Config::new().utf8(false))
        .build(pattern)
        .map_err(Box::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_finds_the_same_at_first_and_at_length() {
        let text = b"Svar pa skrivelse fran Vera Lind (V), dnr 2016/230. Svar pa motion 2016:4.";
        let pattern = Pattern::new(r"(?-u)svar pa ([a-z]+)|(\d{4})[:/](\d+)|\bS").unwrap();
        let spans = |pattern: &Pattern| -> Vec<Vec<Option<Range<usize>>>> {
            pattern
                .captures_iter(text)
                .map(|found| {
                    (0..4)
                        .map(|group| Some(found.get(group)?.range()))
                        .collect()
                })
                .collect()
        };
        let first = spans(&pattern);
        assert_eq!(first.len(), 4);
        assert_eq!(first[1], [Some(42..50), None, Some(42..46), Some(47..50)]);
        assert!(pattern.at_length.get().is_none());

        let much = vec![b'x'; MUCH];
        assert!(!pattern.is_match(&much));
        assert!(pattern.at_length.get().is_some());
        assert_eq!(spans(&pattern), first);
        let found = pattern.find(&text[1..]).unwrap();
        assert_eq!(found.as_bytes(), b"2016/230");
        assert_eq!(pattern.find_iter(text).count(), 4);
        assert!(pattern.begins(&text[42..]) && !pattern.begins(&text[41..]));
    }
}
