//! What is asked → how many papers there are, and the best of them in a certain order.
//!
//! One walk over what matches does it all: it counts, keeps the best, and takes note of all when facets are asked for.

use std::cmp::Ordering;
use std::time::{Duration, Instant};

use tantivy::{DocAddress, DocId};

use super::ask::Ask;
use super::part::{Part, Place};
use super::phrase::Phrase;
use super::set::days_within;
use super::sheet::{Bits, GROUPS, Merge, Scratch, WINDOW};
use super::terms::Terms;
use super::{Error, Sort};
use crate::index::Lists;

/// Time that one query may take before it is given up.
const PATIENCE: Duration = Duration::from_secs(20);

/// What an answer to a party gets ahead of papers that score alike: whoever searches wants what was answered.
const ANSWERS: f32 = 0.6;

/// What the newest papers get ahead of the oldest, in all.
const RECENT: f32 = 0.8;

/// Papers that wait to be weighed against each other.
const MANY: usize = 64;

/// What matches.
pub(super) struct Ranked {
    /// How many papers there are.
    pub(super) total: usize,
    /// The best of them, best first: the score and the paper.
    pub(super) best: Vec<(f32, DocAddress)>,
    /// All of them, in the order of the index; empty unless they were asked for.
    pub(super) all: Vec<DocAddress>,
}

/// The `keep` best papers of what is asked: by score or by date, then the other, then by path, so that equal nights give equal
/// lists. `all` asks for every paper too.
pub(super) fn ranked(
    terms: &Terms<'_>,
    lists: &Lists,
    ask: &Ask,
    keep: usize,
    sort: Sort,
    all: bool,
) -> Result<Ranked, Error> {
    let until = Instant::now() + PATIENCE;
    let mut ranked = Ranked {
        total: 0,
        best: Vec::new(),
        all: Vec::new(),
    };
    let mut best = Best {
        lists,
        keep,
        sort,
        here: Vec::new(),
        floor: None,
    };
    let mut candidates = Vec::new();
    let mut sheet = Scratch::default();
    for (number, segment) in terms
        .reader()
        .searcher()
        .segment_readers()
        .iter()
        .enumerate()
    {
        let place = Place {
            segment,
            number,
            terms,
        };
        let Some(mut part) = Part::of(ask, place)? else {
            continue;
        };
        if sort == Sort::Date {
            lists.many_days(number);
        }
        let ordinal = u32::try_from(number).unwrap_or(u32::MAX);
        // Whether two words stand side by side takes longest to tell: only papers that may be among the best are asked.
        let mut bonus = part.take_bonus();
        let more: f32 = bonus.iter().map(Phrase::most).sum();
        // By date, a paper is scored when its day is known to be late enough.
        let mut scorer = (sort == Sort::Date && keep > 0).then(|| part.clone());
        let mut from = 0;
        loop {
            from = part.next(from) / WINDOW * WINDOW;
            if from >= segment.max_doc() {
                break;
            }
            let sheet = sheet.cleared();
            let least = match sort {
                Sort::Relevance if keep > 0 => best.least(RECENT + ANSWERS + more),
                _ => f32::INFINITY,
            };
            part.fill(from, None, sheet, Merge::Best, least);
            if let Some(alive) = segment.alive_bitset() {
                let matching = sheet.bits.clone();
                for place in matching.places() {
                    if alive.is_deleted(from + place as DocId) {
                        sheet.bits.take_out(place);
                        sheet.hot.take_out(place);
                    }
                }
            }
            ranked.total += sheet.bits.count() as usize;
            if all {
                let papers = sheet.bits.places().map(|place| from + place as DocId);
                ranked
                    .all
                    .extend(papers.map(|paper| DocAddress::new(ordinal, paper)));
            }
            let address = |place: usize| DocAddress::new(ordinal, from + place as DocId);
            if let Some(scorer) = &mut scorer {
                let late = best.late(&sheet.bits, ordinal, from);
                if !late.is_empty() {
                    sheet.clear();
                    scorer.fill(from, Some(&late), sheet, Merge::Best, -1.0);
                    for place in sheet.hot.places() {
                        let paper = from + place as DocId;
                        let mut score = sheet.score(place);
                        for phrase in &mut bonus {
                            score += phrase.at(paper, 0.0).unwrap_or(0.0);
                        }
                        best.offer(address(place), score);
                    }
                }
            } else if bonus.is_empty() {
                for place in sheet.hot.places() {
                    best.offer(address(place), sheet.score(place));
                }
            } else {
                // What the best say so is known before the next window, which then has few that may score more.
                let papers = sheet.hot.places();
                let papers: Vec<_> = papers
                    .map(|place| (from + place as DocId, sheet.score(place)))
                    .collect();
                best.offer_with(ordinal, &mut bonus, &papers);
            }
            from += WINDOW;
            if Instant::now() > until {
                return Err(Error::Slow(PATIENCE.as_secs()));
            }
        }
        candidates.append(&mut best.harvest());
    }
    let best = in_order(candidates, lists, keep)?.into_iter();
    ranked.best = best
        .map(|candidate| (candidate.score, candidate.address))
        .collect();
    Ok(ranked)
}

/// The `keep` best of the candidates of all segments. Paths of two segments are compared only where nothing else tells papers
/// apart: looking one up costs as much as finding ten papers.
fn in_order(
    mut candidates: Vec<Candidate>,
    lists: &Lists,
    keep: usize,
) -> Result<Vec<Candidate>, crate::index::Error> {
    let segment = |candidate: &Candidate| candidate.address.segment_ord;
    candidates.sort_unstable_by(|a, b| {
        let here = (segment(a), a.file).cmp(&(segment(b), b.file));
        a.before(b).then(here)
    });
    let mut at = 0;
    while at < keep.min(candidates.len()) {
        let alike = candidates[at..].partition_point(|other| candidates[at].before(other).is_eq());
        let alike = &mut candidates[at..at + alike];
        at += alike.len();
        if alike
            .windows(2)
            .any(|two| segment(&two[0]) != segment(&two[1]))
        {
            let mut named = Vec::with_capacity(alike.len());
            for candidate in alike.iter() {
                named.push((lists.file(candidate.address)?, *candidate));
            }
            named.sort_by(|a, b| a.0.cmp(&b.0));
            for (candidate, (_, right)) in alike.iter_mut().zip(named) {
                *candidate = right;
            }
        }
    }
    candidates.truncate(keep);
    Ok(candidates)
}

/// A paper that may be among the best.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    /// What decides, and what decides between equals.
    keys: [f64; 2],
    score: f32,
    /// The number of its path among those of its segment, in their order.
    file: u64,
    address: DocAddress,
}

impl Candidate {
    /// The order by what does not need the path.
    fn before(&self, other: &Candidate) -> Ordering {
        other.keys[0]
            .total_cmp(&self.keys[0])
            .then(other.keys[1].total_cmp(&self.keys[1]))
    }

    /// The order within one segment.
    fn before_here(&self, other: &Candidate) -> Ordering {
        self.before(other).then(self.file.cmp(&other.file))
    }
}

/// The best papers so far.
struct Best<'a> {
    lists: &'a Lists,
    keep: usize,
    sort: Sort,
    /// Those of the segment at hand.
    here: Vec<Candidate>,
    /// The keys of the worst of as many papers as are wanted: a paper with lower ones is not among the best.
    floor: Option<[f64; 2]>,
}

/// What a paper of this day has ahead of the oldest.
fn recent(date: u64) -> f32 {
    let year = (date / 10_000) as f32;
    ((year - 1995.0) / 35.0).clamp(0.0, 1.0) * RECENT
}

/// Of the papers of the window that begins with paper `from` those whose day, among `days`, is not before `least`.
fn since(days: &[u32], least: u32, papers: &Bits, from: DocId) -> Bits {
    let mut late = Bits::none();
    let days = days.get(from as usize..).unwrap_or_default();
    for (group, days) in days.chunks(64).take(GROUPS).enumerate() {
        let here = papers.group(group);
        if here > 0 {
            late.put_group(group, here & days_within(days, least, u32::MAX));
        }
    }
    late
}

/// What a score may be off by for the order in which its terms were added.
const OFF: f32 = 1e-3;

impl Best<'_> {
    /// What a paper must score, with `more` of its own beside, to be among the best; less than nothing when any may be.
    fn least(&self, more: f32) -> f32 {
        match (self.sort, self.floor) {
            (Sort::Relevance, Some([score, _])) => score as f32 - more - OFF,
            _ => -1.0,
        }
    }

    /// The paper's date; nothing when it cannot be among the best by it.
    fn date(&self, paper: DocAddress) -> Option<u64> {
        let date = self.lists.date(paper);
        match (self.sort, self.floor) {
            (Sort::Date, Some([least, _])) if (date as f64) < least => None,
            _ => Some(date),
        }
    }

    fn offer(&mut self, paper: DocAddress, score: f32) {
        if score < self.least(RECENT + ANSWERS) {
            return;
        }
        let Some(date) = self.date(paper) else {
            return;
        };
        // What a paper has by itself, whatever was asked: its day, and that it answers. The second takes longer to tell.
        let recent = recent(date);
        if score + recent < self.least(ANSWERS) {
            return;
        }
        let answers = if self.lists.answers(paper) {
            ANSWERS
        } else {
            0.0
        };
        let score = score + (recent + answers);
        let keys = match self.sort {
            Sort::Relevance => [f64::from(score), date as f64],
            Sort::Date => [date as f64, f64::from(score)],
        };
        if self.floor.is_some_and(|floor| keys < floor) {
            return;
        }
        self.here.push(Candidate {
            keys,
            score,
            file: self.lists.place_of_file(paper),
            address: paper,
        });
        if self.here.len() >= self.keep.saturating_mul(2).max(MANY) {
            self.shrink();
        }
    }

    /// Papers of one window, in order, that score more when they say something of `bonus`, sorted by that. Those that are best
    /// without are asked first, so that most others need not be.
    fn offer_with(&mut self, ordinal: u32, bonus: &mut [Phrase], papers: &[(DocId, f32)]) {
        let most: f32 = bonus.iter().map(Phrase::most).sum();
        let mut first = vec![false; papers.len()];
        if self.keep > 0 && papers.len() > self.keep {
            let mut best: Vec<usize> = (0..papers.len()).collect();
            best.select_nth_unstable_by(self.keep - 1, |a, b| {
                papers[*b].1.total_cmp(&papers[*a].1)
            });
            best[..self.keep].iter().for_each(|at| first[*at] = true);
            self.ask(
                ordinal,
                &mut bonus.to_vec(),
                most,
                papers
                    .iter()
                    .zip(&first)
                    .filter(|(_, first)| **first)
                    .map(|(paper, _)| paper),
            );
        }
        self.ask(
            ordinal,
            bonus,
            most,
            papers
                .iter()
                .zip(&first)
                .filter(|(_, first)| !**first)
                .map(|(paper, _)| paper),
        );
    }

    /// Papers in order, each with what it says of `bonus`.
    fn ask<'p>(
        &mut self,
        ordinal: u32,
        bonus: &mut [Phrase],
        most: f32,
        papers: impl Iterator<Item = &'p (DocId, f32)>,
    ) {
        for &(paper, score) in papers {
            let least = self.least(RECENT + ANSWERS);
            if score + most < least {
                continue;
            }
            let mut more = 0.0;
            for phrase in &mut *bonus {
                let needed = least - score - (most - phrase.most()) - OFF;
                more += phrase.at(paper, needed).unwrap_or(0.0);
            }
            self.offer(DocAddress::new(ordinal, paper), score + more);
        }
        self.shrink();
    }

    /// Of the papers of a window that match those that may be among the best by their dates.
    fn late(&self, matching: &Bits, ordinal: u32, from: DocId) -> Bits {
        let mut late: Vec<(u64, usize)> = Vec::new();
        let days = self.lists.days(ordinal as usize);
        let matching = match (days, self.floor) {
            (Some(days), Some([least, _])) => since(days, least as u32, matching, from),
            _ => matching.clone(),
        };
        for place in matching.places() {
            if let Some(date) = self.date(DocAddress::new(ordinal, from + place as DocId)) {
                late.push((date, place));
            }
        }
        if late.len() > self.keep {
            // Of equal days all: the score decides between them.
            let at = self.keep.saturating_sub(1);
            let (_, (bar, _), _) = late.select_nth_unstable_by(at, |a, b| b.cmp(a));
            let bar = *bar;
            late.retain(|(date, _)| *date >= bar);
        }
        let mut bits = Bits::none();
        for (_, place) in late {
            bits.put_group(place / 64, 1 << (place % 64));
        }
        bits
    }

    fn shrink(&mut self) {
        if self.keep > 0 && self.here.len() >= self.keep {
            let at = self.keep - 1;
            self.here.select_nth_unstable_by(at, Candidate::before_here);
            let floor = self.here[at].keys;
            if self.floor.is_none_or(|now| now < floor) {
                self.floor = Some(floor);
            }
        }
        self.here.truncate(self.keep);
    }

    fn harvest(&mut self) -> Vec<Candidate> {
        self.shrink();
        std::mem::take(&mut self.here)
    }
}
