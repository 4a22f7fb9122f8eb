//! Headings in the size of the text that stand first on several pages → told from running heads: a running head stands on all
//! pages that it belongs to, or far from their text.

use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;

use super::super::layout::Zone;
use super::{PaperPage, SAME};

/// A heading stands within so many of its own sizes over its text: a blank line is between them.
const NEAR: f32 = 3.2;
/// A running head may be missing on one of so many pages.
const MISSING: usize = 5;
/// A running head stands on so many pages that follow each other, if the document has so many.
const LEAST: usize = 4;

/// Lines of the head of one page that are looked at.
const MOST: usize = 50;

/// Lines found at the heads of pages.
pub(super) struct Heads<'a> {
    pages: &'a [PaperPage],
    /// For each page, where they end.
    ends: Vec<Vec<f32>>,
    /// For each text, the pages from its first to its last.
    spans: HashMap<&'a str, RangeInclusive<usize>>,
    /// What was said of a text.
    known: HashMap<&'a str, bool>,
}

impl<'a> Heads<'a> {
    pub(super) fn of(
        pages: &'a [PaperPage],
        found: &BTreeMap<(usize, usize), (Zone, bool)>,
    ) -> Heads<'a> {
        let mut heads = Heads {
            pages,
            ends: vec![Vec::new(); pages.len()],
            spans: HashMap::new(),
            known: HashMap::new(),
        };
        for (&(page, line), _) in found.iter().filter(|(_, (edge, _))| *edge == Zone::Head) {
            let line = &pages[page].lines[line];
            if heads.ends[page].len() < MOST {
                heads.ends[page].push(line.frame[3]);
            }
            let span = heads.spans.entry(&line.text).or_insert(page..=page);
            *span = *span.start()..=page;
        }
        heads
    }

    /// Whether the line, `step` over the next line of the body, is a heading of the text below it.
    pub(super) fn is_of_text(&mut self, page: usize, line: usize, step: f32) -> bool {
        let line = &self.pages[page].lines[line];
        step < NEAR * line.size && !self.is_throughout(&line.text, line.frame[3])
    }

    /// Whether a head, be it this one or those of other pages, stands at this place on all pages from the first of this text
    /// to its last, but for a few.
    fn is_throughout(&mut self, text: &'a str, end: f32) -> bool {
        if let Some(&known) = self.known.get(text) {
            return known;
        }
        let Some(span) = self.spans.get(text).cloned() else {
            return true;
        };
        let count = span.end() - span.start() + 1;
        let has = |page: &usize| {
            let mut ends = self.ends[*page].iter();
            ends.any(|other| (other - end).abs() < SAME)
        };
        let with = span.filter(has).count();
        // The first page has a head of its own.
        let least = LEAST.min(self.pages.len().saturating_sub(1));
        let throughout = count >= least && (count - with) * MISSING <= count;
        self.known.insert(text, throughout);
        throughout
    }
}
