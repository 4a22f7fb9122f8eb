//! Patterns over bytes, as `regex::bytes` has them, that are cheap to make and quick when they are asked much.
//!
//! The room has some 450 patterns, and each worker process makes those that its papers ask: three in four of them for a
//! few hundred letters. What makes an engine quick costs more than such a pattern ever has to do. So:
//!
//! - What a pattern means is looked at first: what cannot match for its first or last letter needs no engine.
//! - Where it is only asked whether there is a match, a plain one does for the first [`SOME`] bytes.
//! - The quick one is made without the search for letters worth looking for first, and once more, with it, when it has gone
//!   through [`MUCH`] bytes.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use regex_automata::nfa::thompson::{self, WhichCaptures, backtrack};
use regex_automata::util::captures;
use regex_automata::{Anchored, Input, meta};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::Hir;

use super::ends::Ends;

/// A pattern, compiled when it is asked.
#[derive(Debug)]
pub(super) struct Pattern {
    meaning: Hir,
    ends: Ends,
    /// Tells whether there is a match, no more.
    plain: OnceLock<backtrack::BoundedBacktracker>,
    at_first: OnceLock<meta::Regex>,
    /// The same for a process that reads much.
    at_length: OnceLock<meta::Regex>,
    /// Bytes gone through, roughly: threads that ask at once may count as one.
    read: AtomicUsize,
}

/// Bytes that a pattern goes through before it is worth a quick engine.
const SOME: usize = 1 << 9;

/// Bytes that a pattern goes through before it is worth compiling it once more: those of some fifty papers.
const MUCH: usize = 1 << 18;

thread_local! {
    /// Where the plain engine of a pattern has been; it is set anew at each search, whichever pattern asks.
    static BEEN: RefCell<Option<backtrack::Cache>> = const { RefCell::new(None) };
}

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
    /// A pattern in the language of `regex::bytes`.
    ///
    /// # Errors
    /// What is wrong with the pattern.
    pub(super) fn new(pattern: &str) -> Result<Pattern, Box<regex_syntax::Error>> {
        parsed(pattern).map(Pattern::of)
    }

    /// A pattern of this meaning.
    pub(super) fn of(meaning: Hir) -> Pattern {
        Pattern {
            ends: Ends::of(&meaning),
            meaning,
            plain: OnceLock::new(),
            at_first: OnceLock::new(),
            at_length: OnceLock::new(),
            read: AtomicUsize::new(0),
        }
    }

    /// What is to go through `text`; nothing when no match is there.
    fn regex(&self, text: &[u8]) -> Option<&meta::Regex> {
        if !self.ends.let_match(text) {
            return None;
        }
        if let Some(regex) = self.at_length.get() {
            return Some(regex);
        }
        let read = self.read.load(Ordering::Relaxed).saturating_add(text.len());
        self.read.store(read, Ordering::Relaxed);
        if read >= MUCH {
            return Some(self.at_length.get_or_init(|| compiled(&self.meaning, true)));
        }
        // A search for the first letter is as long as that of the engine, but it need not be made for it.
        if self.at_first.get().is_none() && !self.ends.let_begin(text) {
            return None;
        }
        Some(self.at_first())
    }

    fn at_first(&self) -> &meta::Regex {
        self.at_first.get_or_init(|| compiled(&self.meaning, false))
    }

    pub(super) fn is_match(&self, text: &[u8]) -> bool {
        let read = self.read.load(Ordering::Relaxed).saturating_add(text.len());
        if read < SOME && self.at_first.get().is_none() {
            if !(self.ends.let_match(text) && self.ends.let_begin(text)) {
                return false;
            }
            self.read.store(read, Ordering::Relaxed);
            let engine = self.plain.get_or_init(|| plain(&self.meaning));
            let is_match = BEEN.with_borrow_mut(|been| {
                let been = been.get_or_insert_with(|| engine.create_cache());
                engine.try_is_match(been, text)
            });
            // One that is too long for it is left to the other.
            if let Ok(is_match) = is_match {
                return is_match;
            }
        }
        self.regex(text).is_some_and(|regex| regex.is_match(text))
    }

    /// The first match.
    pub(super) fn find<'h>(&self, text: &'h [u8]) -> Option<Match<'h>> {
        self.regex(text)?.find(text).map(|found| Match {
            text,
            start: found.start(),
            end: found.end(),
        })
    }

    /// Whether a match begins where `text` does.
    pub(super) fn begins(&self, text: &[u8]) -> bool {
        self.ends.let_begin(&text[..text.len().min(1)])
            && self
                .at_first()
                .is_match(Input::new(text).anchored(Anchored::Yes).earliest(true))
    }

    /// All matches, which do not overlap.
    pub(super) fn find_iter<'r, 'h: 'r>(
        &'r self,
        text: &'h [u8],
    ) -> impl Iterator<Item = Match<'h>> + 'r {
        let found = self.regex(text).map(|regex| regex.find_iter(text));
        found.into_iter().flatten().map(move |found| Match {
            text,
            start: found.start(),
            end: found.end(),
        })
    }

    /// The first match with its groups.
    pub(super) fn captures<'h>(&self, text: &'h [u8]) -> Option<Captures<'h>> {
        let regex = self.regex(text)?;
        let mut groups = regex.create_captures();
        regex.captures(text, &mut groups);
        groups.is_match().then_some(Captures { text, groups })
    }

    /// All matches with their groups.
    pub(super) fn captures_iter<'r, 'h: 'r>(
        &'r self,
        text: &'h [u8],
    ) -> impl Iterator<Item = Captures<'h>> + 'r {
        let found = self.regex(text).map(|regex| regex.captures_iter(text));
        found
            .into_iter()
            .flatten()
            .map(move |groups| Captures { text, groups })
    }
}

/// What a pattern in the language of `regex::bytes` means.
pub(super) fn parsed(pattern: &str) -> Result<Hir, Box<regex_syntax::Error>> {
    ParserBuilder::new()
        .utf8(false)
        .build()
        .parse(pattern)
        .map_err(Box::new)
}

/// Bytes that the states of a pattern may take, as `regex` has it; those of the room take a hundredth.
const STATES: usize = 10 << 20;

/// The plain engine of a pattern.
fn plain(meaning: &Hir) -> backtrack::BoundedBacktracker {
    let config = thompson::Config::new()
        .utf8(false)
        .nfa_size_limit(Some(STATES))
        .which_captures(WhichCaptures::None);
    thompson::Compiler::new()
        .configure(config)
        .build_from_hir(meaning)
        .and_then(backtrack::BoundedBacktracker::new_from_nfa)
        .expect("a pattern of a person's size")
}

/// The engines of a pattern; `for_much` when letters worth looking for first are to be sought.
fn compiled(meaning: &Hir, for_much: bool) -> meta::Regex {
    let config = meta::Config::new()
        .utf8_empty(false)
        .nfa_size_limit(Some(STATES))
        .auto_prefilter(for_much);
    meta::Regex::builder()
        .configure(config)
        .build_from_hir(meaning)
        .expect("a pattern of a person's size")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_pattern_matches_the_same_at_first_and_later() {
        let pattern = Pattern::new(r"(?-u)^\s*(?:en |ny )?(?:motion|skrivelse)\b|\d{4}$").unwrap();
        let texts: [(&[u8], bool); 6] = [
            (b" en ny motion", false),
            (b" ny motion.", true),
            (b"skrivelsen", false),
            (b"2016", true),
            (b"", false),
            (b"dnr 2016/230", false),
        ];
        for times in 0..20 {
            for (text, is_match) in texts {
                assert_eq!(pattern.is_match(text), is_match, "{times}: {text:?}");
            }
        }
        assert!(pattern.plain.get().is_some() && pattern.at_first.get().is_some());
    }

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

        assert!(!pattern.is_match(&vec![b'x'; MUCH]));
        assert!(pattern.at_length.get().is_some());
        assert_eq!(spans(&pattern), first);
        let found = pattern.find(&text[1..]).unwrap();
        assert_eq!(found.as_bytes(), b"2016/230");
        assert_eq!(pattern.find_iter(text).count(), 4);
        assert!(pattern.begins(&text[42..]) && !pattern.begins(&text[41..]));
    }

    proptest! {
        /// What is told without the quick engine is what that would tell.
        #[test]
        fn short_cuts_lose_no_match(text in "[amst 0-2./\n-]{0,24}", turn in 0..FORMS.len()) {
            let pattern = Pattern::new(FORMS[turn]).unwrap();
            let quick = compiled(&pattern.meaning, false);
            let text = text.as_bytes();
            let found = quick.find(text).map(|found| found.range());
            prop_assert_eq!(pattern.is_match(text), found.is_some());
            prop_assert!(pattern.at_first.get().is_none());
            let begins = Input::new(text).anchored(Anchored::Yes);
            prop_assert_eq!(pattern.begins(text), quick.is_match(begins));
            let fresh = Pattern::new(FORMS[turn]).unwrap();
            prop_assert_eq!(fresh.find(text).map(|found| found.range()), found);
        }
    }

    /// Patterns with the ends that the room's have.
    const FORMS: [&str; 8] = [
        r"(?-u)^\s*(?:mast |at )?(?:sa|tam)\b",
        r"(?-u)\b(?:am|st)[.]?\s*$",
        r"(?-u)(?m)^[ \t]*\d{1,2}[./-]|t$",
        r"(?-u)^(?:[^.]|[.]\d){0,5}?\bmat?",
        r"(?-u)(?:^|[^a-z])[0-2]+(?:$|\n)",
        r"(?-u)^(?:s|)$|^m*$",
        r"(?-u)[.]?s?[^\n]{0,3}a\B",
        r"(?-u)(?:^|\n)\W*\d|^t.*s$",
    ];
}
