//! What is asked, over one segment of the index: which papers match, window by window, and how well.

use std::ops::RangeInclusive;
use std::rc::Rc;

use tantivy::index::SegmentReader;
use tantivy::{DocId, TERMINATED};

use super::Error;
use super::all::All;
use super::ask::{Ask, Said};
use super::cursor::{Cursor, Scored};
use super::phrase::Phrase;
use super::set::{SPARSE, Set, dated, read};
use super::sheet::{Bits, GROUPS, Merge, Scratch, Sheet, WINDOW};
use super::tally::Tally;
use super::terms::{Known, Terms};
use crate::index::Lists;

/// What a paper costs that a phrase is looked for in, in papers of a term.
const PHRASE: u64 = 10;

/// A segment of the index, and its number.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) segment: &'a SegmentReader,
    pub(super) number: usize,
    pub(super) terms: &'a Terms<'a>,
}

impl Place<'_> {
    /// Whether so many papers are worth remembering.
    pub(super) fn is_many(&self, papers: u64) -> bool {
        papers * u64::from(SPARSE) >= u64::from(self.segment.max_doc())
    }
}

/// What is asked, as it stands in one segment.
#[derive(Clone)]
pub(super) enum Part {
    /// A term, scored by how often it is said.
    Term(Scored),
    /// A term, with one score for all papers.
    Filter(Cursor, f32),
    /// Papers that are known one by one, with one score for all.
    Set(Set, f32),
    Phrase(Phrase),
    Dated {
        lists: Lists,
        segment: u32,
        days: RangeInclusive<u64>,
        papers: DocId,
    },
    Either(Either),
    Word(Word),
    All(All),
}

/// Papers that match any of some parts.
#[derive(Clone)]
pub(super) struct Either {
    parts: Vec<Part>,
    merge: Merge,
    /// The papers that match, where they are remembered.
    known: Option<Set>,
    sheet: Scratch,
}

/// A part, and terms that make its papers score more.
#[derive(Clone)]
pub(super) struct Word {
    body: Box<Part>,
    /// The body once more, for those of its papers that score more.
    again: Option<Box<Part>>,
    bonus: Vec<Scored>,
    /// Whether so few papers match that weighing which of them to score costs more than it saves.
    rare: bool,
    sheet: Scratch,
    found: Scratch,
}

impl Part {
    /// What is asked, in this segment; nothing when no paper of it can match.
    pub(super) fn of(ask: &Ask, place: Place<'_>) -> Result<Option<Part>, Error> {
        let Place {
            segment,
            number,
            terms,
        } = place;
        let engine = |error| Error::Index(terms.reader().engine(error));
        let parts = |asks: &[Ask]| -> Result<Vec<Part>, Error> {
            let parts = asks.iter().map(|ask| Part::of(ask, place));
            parts.filter_map(Result::transpose).collect()
        };
        Ok(match ask {
            Ask::Nothing => None,
            Ask::Read => Some(Part::Set(read(place)?, 0.0)),
            Ask::Term(term, weight) => {
                if term.places.get(number).is_none_or(Option::is_none) {
                    return Ok(None);
                }
                let worth = terms.worth(std::slice::from_ref(term), *weight)?;
                Scored::of(segment, number, term, worth, true)
                    .map_err(engine)?
                    .map(Part::Term)
            }
            Ask::Filter(term, score) => match Set::remembered(place, term)? {
                Some(set) => Some(Part::Set(set, *score)),
                None => Cursor::of(segment, number, term, false)
                    .map_err(engine)?
                    .map(|cursor| Part::Filter(cursor, *score)),
            },
            Ask::AnyOf(all, score) => match all.as_slice() {
                [one] => Cursor::of(segment, number, one, false)
                    .map_err(engine)?
                    .map(|cursor| Part::Filter(cursor, *score)),
                all => {
                    let set = Set::of(place, all)?;
                    (set.papers > 0).then_some(Part::Set(set, *score))
                }
            },
            Ask::Phrase(said) => phrase(said, place)?.map(Part::Phrase),
            Ask::Dated(from, to) => {
                let lists = terms.reader().lists()?;
                lists.many_days(number);
                Some(Part::Dated {
                    lists,
                    segment: u32::try_from(number).unwrap_or(u32::MAX),
                    days: *from..=*to,
                    papers: segment.max_doc(),
                })
            }
            Ask::Best(asks) => Either::of(ask, parts(asks)?, Merge::Best, place)?,
            Ask::Sum(asks) => Either::of(ask, parts(asks)?, Merge::Sum, place)?,
            Ask::Word { body, bonus } => {
                let Some(body) = Part::of(body, place)? else {
                    return Ok(None);
                };
                let mut more = Vec::new();
                for (term, weight) in bonus.iter().filter(|(term, _)| term.papers > 0) {
                    let worth = terms.worth(std::slice::from_ref(term), *weight)?;
                    more.extend(Scored::of(segment, number, term, worth, false).map_err(engine)?);
                }
                Some(if more.is_empty() {
                    body
                } else {
                    Part::Word(Word {
                        rare: body.cost() < u64::from(segment.max_doc()) / FEW,
                        body: Box::new(body),
                        again: None,
                        bonus: more,
                        sheet: Scratch::default(),
                        found: Scratch::default(),
                    })
                })
            }
            Ask::All { must, never, bonus } => {
                let all = must.len();
                let must = parts(must)?;
                if must.len() < all || must.is_empty() {
                    return Ok(None);
                }
                let bonus = bonus.iter().map(|said| phrase(said, place));
                let bonus = bonus
                    .filter_map(Result::transpose)
                    .collect::<Result<_, _>>()?;
                Some(Part::All(All::of(must, parts(never)?, bonus)))
            }
        })
    }

    /// What it takes to walk over all of it, in papers of a term.
    pub(super) fn cost(&self) -> u64 {
        match self {
            Part::Term(term) => term.cursor.papers(),
            Part::Filter(cursor, _) => cursor.papers(),
            Part::Set(set, _) => set.papers,
            Part::Phrase(phrase) => phrase.papers().saturating_mul(PHRASE),
            // A column has no list of the papers of a day: every one would be looked at.
            Part::Dated { papers, .. } => u64::from(*papers).saturating_mul(4),
            // Whether its papers are remembered or not: a sum of scores depends on the order of what is added.
            Part::Either(either) => either.parts.iter().map(Part::cost).sum(),
            Part::Word(word) => {
                let bonus = word.bonus.iter().map(|term| term.cursor.papers());
                word.body.cost() + bonus.sum::<u64>() / 4
            }
            Part::All(all) => all.first().map_or(0, Part::cost),
        }
    }

    /// No paper before this one is still to come; `from` or later.
    pub(super) fn next(&self, from: DocId) -> DocId {
        let next = match self {
            Part::Term(term) => term.cursor.paper(),
            Part::Filter(cursor, _) => cursor.paper(),
            Part::Phrase(phrase) => phrase.paper(),
            Part::Set(..) | Part::Dated { .. } => from,
            Part::Either(either) if either.known.is_some() => from,
            Part::Either(either) => {
                let next = either.parts.iter().map(|part| part.next(from));
                next.min().unwrap_or(TERMINATED)
            }
            Part::Word(word) => word.body.next(from),
            Part::All(all) => all.first().map_or(TERMINATED, |part| part.next(from)),
        };
        next.max(from)
    }

    /// What no paper scores more than.
    pub(super) fn most(&self) -> f32 {
        match self {
            Part::Term(term) => term.most(),
            Part::Filter(_, score) | Part::Set(_, score) => *score,
            Part::Phrase(phrase) => phrase.most(),
            Part::Dated { .. } => 0.0,
            Part::Either(either) => {
                let most = either.parts.iter().map(Part::most);
                match either.merge {
                    Merge::Best => most.fold(0.0, f32::max),
                    Merge::Sum => most.sum(),
                }
            }
            Part::Word(word) => word.body.most() + word.bonus.iter().map(Scored::most).sum::<f32>(),
            Part::All(all) => all.most(),
        }
    }

    /// Puts the papers of the window that begins with paper `from`, and are among `within`, on `sheet`. Those that score `least`
    /// here are hot, with their scores; of the others it need not be known what they score. Windows are asked for in order;
    /// either always within some papers or never.
    pub(super) fn fill(
        &mut self,
        from: DocId,
        within: Option<&Bits>,
        sheet: &mut Sheet,
        merge: Merge,
        least: f32,
    ) {
        match self {
            Part::Term(term) => term.fill(from, within, sheet, merge, least),
            Part::Filter(_, score) if *score < least && sheet.counted => {}
            Part::Filter(cursor, score) if *score < least => {
                cursor.mark(from, within, &mut sheet.bits);
            }
            Part::Filter(cursor, score) => {
                let score = *score;
                cursor.each(from, within, |place, _| sheet.put(place, score, merge));
            }
            Part::Set(set, score) => {
                let papers = set.window(from, within);
                sheet.put_all(&papers, *score, merge, least);
            }
            Part::Phrase(phrase) => phrase.fill(from, within, sheet, merge, least),
            Part::Dated {
                lists,
                segment,
                days,
                papers,
            } => {
                let here = WINDOW.min(papers.saturating_sub(from));
                let found = dated(lists, *segment, days, from..from + here, within);
                sheet.put_all(&found, 0.0, merge, least);
            }
            Part::Either(either) => either.fill(from, within, sheet, merge, least),
            Part::Word(word) => word.fill(from, within, sheet, merge, least),
            Part::All(all) => all.fill(from, within, sheet, merge, least),
        }
    }

    /// The papers of a window that match, where they are remembered.
    pub(super) fn known(&self, from: DocId) -> Option<Bits> {
        match self {
            Part::Set(set, _) => Some(set.window(from, None)),
            Part::Either(either) => {
                let known = either.known.as_ref();
                known.map(|known| known.window(from, None))
            }
            Part::Word(word) => word.body.known(from),
            _ => None,
        }
    }

    /// The phrases that make a paper score more, taken out: whoever wants but the best papers need not look for them in all.
    pub(super) fn take_bonus(&mut self) -> Vec<Phrase> {
        match self {
            Part::All(all) => all.take_bonus(),
            _ => Vec::new(),
        }
    }

    /// Whether it gives papers a score.
    pub(super) fn scores(&self) -> bool {
        match self {
            Part::Filter(_, score) | Part::Set(_, score) => *score > 0.0,
            Part::Dated { .. } => false,
            _ => true,
        }
    }
}

/// What sums of scores may be off by for the order in which they were added.
pub(super) const OFF: f32 = 1e-3;

impl Either {
    pub(super) fn merge(&self) -> Merge {
        self.merge
    }

    pub(super) fn parts(&self) -> &[Part] {
        &self.parts
    }

    pub(super) fn parts_mut(&mut self) -> &mut [Part] {
        &mut self.parts
    }

    /// The parts of `ask` as one; nothing when there is none.
    fn of(
        ask: &Ask,
        mut parts: Vec<Part>,
        merge: Merge,
        place: Place<'_>,
    ) -> Result<Option<Part>, Error> {
        let mut either = Either {
            known: None,
            merge,
            sheet: Scratch::default(),
            parts: Vec::new(),
        };
        let cost: u64 = parts.iter().map(Part::cost).sum();
        let mut key = Vec::new();
        if place.is_many(cost) && ask.key(place.number, &mut key) {
            either.parts = parts;
            either.known = Set::kept(place, key, |place| {
                Ok(matching(Part::Either(either.clone()), place))
            })?;
            parts = std::mem::take(&mut either.parts);
        }
        Ok(match parts.len() {
            0 => None,
            1 if either.known.is_none() => parts.pop(),
            _ => Some(Part::Either(Either { parts, ..either })),
        })
    }

    /// As [`Part::fill`].
    fn fill(
        &mut self,
        from: DocId,
        within: Option<&Bits>,
        sheet: &mut Sheet,
        merge: Merge,
        least: f32,
    ) {
        let own = self.merge;
        let papers = self.known.as_ref().map(|known| known.window(from, within));
        if papers.as_ref().is_some_and(Bits::is_empty) {
            return;
        }
        let counted = sheet.counted;
        let direct = own == merge || sheet.bits.is_empty();
        let here = match direct {
            true => &mut *sheet,
            false => self.sheet.cleared(),
        };
        here.counted = counted || papers.is_some();
        if let Some(papers) = &papers {
            here.bits.join(papers);
        }
        let all: f32 = match own {
            Merge::Best => 0.0,
            Merge::Sum => self.parts.iter().map(Part::most).sum(),
        };
        // Of a sum, what the others may come to is not needed from this one.
        let needed = |part: &Part| match own {
            Merge::Best => least,
            Merge::Sum => least - (all - part.most()).max(0.0) - OFF,
        };
        for part in &mut self.parts {
            let needed = needed(part);
            if part.most() >= needed {
                part.fill(from, within, here, own, needed);
            }
        }
        // Those that say nothing of the best are asked for papers that no other has.
        let rest = if here.counted { 0 } else { self.parts.len() };
        for part in &mut self.parts[..rest] {
            let needed = needed(part);
            if part.most() < needed && part.cost() < u64::from(WINDOW) {
                part.fill(from, within, here, own, needed);
            } else if part.most() < needed {
                let mut rest = within.map_or_else(Bits::all, Bits::clone);
                rest.leave_out(&here.bits);
                if rest.is_empty() {
                    break;
                }
                part.fill(from, Some(&rest), here, own, needed);
            }
        }
        here.counted = counted;
        if !direct {
            self.sheet.pour(sheet, merge);
        }
    }
}

impl Word {
    pub(super) fn body(&self) -> &Part {
        &self.body
    }

    pub(super) fn body_mut(&mut self) -> &mut Part {
        &mut self.body
    }

    /// Puts those of `papers` on `sheet` that `tally` has noted of the body, with their scores. Papers are asked about in order.
    pub(super) fn weigh(
        &mut self,
        tally: &mut Tally,
        from: DocId,
        papers: &Bits,
        sheet: &mut Sheet,
        merge: Merge,
    ) {
        let Word {
            body, bonus, found, ..
        } = self;
        let direct = sheet.bits.is_empty();
        let target = match direct {
            true => &mut *sheet,
            false => found.cleared(),
        };
        tally.weigh(body, from, papers, target, Merge::Best);
        bonus.iter_mut().for_each(|term| term.add(from, target));
        if !direct {
            found.pour(sheet, merge);
        }
    }

    /// As [`Part::fill`].
    fn fill(
        &mut self,
        from: DocId,
        within: Option<&Bits>,
        sheet: &mut Sheet,
        merge: Merge,
        least: f32,
    ) {
        let direct = sheet.bits.is_empty();
        let Word {
            body,
            again,
            bonus,
            rare,
            sheet: scratch,
            found,
        } = self;
        let counted = sheet.counted;
        let target = match direct {
            true => &mut *sheet,
            false => found.cleared(),
        };
        target.counted = counted;
        if least <= 0.0 || *rare && least.is_finite() {
            body.fill(from, within, target, Merge::Best, -1.0);
            if !target.bits.is_empty() {
                bonus.iter_mut().for_each(|term| term.add(from, target));
            }
        } else {
            // Most papers have but the body. Those few that have a rare term more need not score so much by it, and are looked at
            // once more; what a common term may add is not asked of any.
            let mut needed = least;
            let mut lists: Vec<Option<Vec<(usize, f32)>>> = Vec::new();
            let mut more = Bits::none();
            let mut most = 0.0;
            for term in bonus.iter_mut() {
                if !least.is_finite() || term.is_common() {
                    needed -= term.most();
                    lists.push(None);
                    continue;
                }
                let list = term.list(from);
                let mut highest = 0.0f32;
                for (place, score) in &list {
                    more.put_group(place / 64, 1 << (place % 64));
                    highest = highest.max(*score);
                }
                most += highest;
                lists.push(Some(list));
            }
            needed -= OFF;
            if let Some(within) = within {
                more.keep(within);
            }
            let some = !more.is_empty() && body.most() + most >= needed;
            if some && again.is_none() {
                *again = Some(body.clone());
            }
            body.fill(from, within, target, Merge::Best, needed);
            if some && let Some(again) = again {
                let scratch = scratch.cleared();
                scratch.counted = true;
                again.fill(from, Some(&more), scratch, Merge::Best, needed - most);
                for place in scratch.hot.places() {
                    target.set(place, scratch.score(place));
                }
            }
            if !target.hot.is_empty() {
                for (term, list) in bonus.iter_mut().zip(lists) {
                    match list {
                        Some(list) => {
                            for (place, score) in list {
                                target.add(place, score);
                            }
                        }
                        None => term.add(from, target),
                    }
                }
            }
        }
        if !direct {
            found.pour(sheet, merge);
        }
    }
}

/// The papers of a segment that match `part`.
fn matching(mut part: Part, place: Place<'_>) -> Set {
    let mut groups = vec![0u64; place.segment.max_doc().div_ceil(64) as usize];
    let mut sheet = Sheet::new();
    for (window, groups) in groups.chunks_mut(GROUPS).enumerate() {
        let from = window as DocId * WINDOW;
        sheet.clear();
        part.fill(from, None, &mut sheet, Merge::Best, f32::INFINITY);
        for (number, group) in groups.iter_mut().enumerate() {
            *group = sheet.bits.group(number);
        }
    }
    Set::new(groups.into())
}

/// The phrase in this segment; nothing when one of its terms is not there.
fn phrase(said: &Said, place: Place<'_>) -> Result<Option<Phrase>, Error> {
    let here = |term: &Known| term.places.get(place.number).is_some_and(Option::is_some);
    if !said.terms.iter().all(|(_, term)| here(term)) {
        return Ok(None);
    }
    let terms: Vec<Rc<Known>> = said.terms.iter().map(|term| Rc::clone(&term.1)).collect();
    let worth = place.terms.worth(&terms, said.weight)?;
    Phrase::of(place.segment, place.number, &said.terms, said.slop, worth)
        .map_err(|error| Error::Index(place.terms.reader().engine(error)))
}

/// Papers of a segment for each that matches a rare word.
const FEW: u64 = 8;

#[cfg(test)]
#[path = "part_tests.rs"]
mod tests;
