//! The papers of a segment that have a term, a window of them at a time.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, TERMINATED};

use super::sheet::{Bits, Merge, Sheet, WINDOW, packed};
use super::tally::{Counts, Times};
use super::terms::{Known, Worth};

/// A term is looked up paper by paper where it has so many papers for each that is asked about: a step costs as much as
/// reading that many in a row.
const STEP: u32 = 24;

/// Papers of a window that have a term, as a mean, from which on it pays to work out how often a paper must have it to count.
pub(super) const FEW: u32 = 512;

/// Papers of a window that have a term, as a mean, from which on it is common.
const COMMON: u32 = WINDOW / 8;

/// Papers that the engine unpacks at once.
const BLOCK: usize = 128;

/// Walks over the papers of a segment that have a term.
#[derive(Clone)]
pub(super) struct Cursor {
    postings: Box<BlockSegmentPostings>,
    /// The place in the postings' block of the paper at hand.
    at: usize,
    /// The paper at hand.
    paper: DocId,
    /// Papers of a window that have the term, as a mean.
    dense: u32,
    counted: bool,
}

impl Cursor {
    /// The papers of segment `number` that have `term`; with how often each says it when that is `counted`.
    pub(super) fn of(
        segment: &SegmentReader,
        number: usize,
        term: &Known,
        counted: bool,
    ) -> tantivy::Result<Option<Cursor>> {
        let Some(place) = term.places.get(number).and_then(Option::as_ref) else {
            return Ok(None);
        };
        let option = if counted {
            IndexRecordOption::WithFreqs
        } else {
            IndexRecordOption::Basic
        };
        let inverted = segment.inverted_index(term.field)?;
        let postings = inverted.read_block_postings_from_terminfo(place, option)?;
        let windows = u64::from(segment.max_doc().div_ceil(WINDOW).max(1));
        Ok(Some(Cursor {
            paper: postings.doc(0),
            at: 0,
            // A field that does not keep how often lends no counts.
            counted: counted && postings.freqs().len() == postings.docs().len(),
            dense: u32::try_from(u64::from(place.doc_freq) / windows).unwrap_or(u32::MAX),
            postings: Box::new(postings),
        }))
    }

    /// Papers that have the term.
    pub(super) fn papers(&self) -> u64 {
        u64::from(self.postings.doc_freq())
    }

    /// The paper at hand: none before it is still to come.
    pub(super) fn paper(&self) -> DocId {
        self.paper
    }

    fn seek(&mut self, paper: DocId) {
        self.at = self.postings.seek(paper);
        self.paper = self.postings.doc(self.at);
    }

    /// Calls `take` with each paper of the window that begins with paper `from`, and is among `within`: its place in the
    /// window, and how often it says the term.
    #[inline]
    pub(super) fn each(
        &mut self,
        from: DocId,
        within: Option<&Bits>,
        mut take: impl FnMut(usize, u32),
    ) {
        let end = from.saturating_add(WINDOW).min(TERMINATED);
        if self.paper < from {
            self.seek(from);
        }
        if let Some(within) = within {
            if self.paper < end && self.looks_up(Some(within)) {
                for place in within.places() {
                    let paper = from + place as DocId;
                    if self.paper < paper {
                        self.seek(paper);
                    }
                    if self.paper == paper {
                        take(place, self.times(self.at));
                    } else if self.paper >= end {
                        break;
                    }
                }
                return;
            }
            self.run(from, end, |place, times| {
                if within.has(place) {
                    take(place, times);
                }
            });
        } else {
            self.run(from, end, take);
        }
    }

    fn times(&self, at: usize) -> u32 {
        if self.counted {
            self.postings.freq(at)
        } else {
            1
        }
    }

    #[inline]
    fn run(&mut self, from: DocId, end: DocId, mut take: impl FnMut(usize, u32)) {
        let counted = self.counted;
        self.blocks(end, |papers, times| {
            if counted {
                for (paper, times) in papers.iter().zip(times) {
                    take((paper - from) as usize, *times);
                }
            } else {
                for paper in papers {
                    take((paper - from) as usize, 1);
                }
            }
        });
    }

    /// Calls `take` with the papers before `end`, a run of them at a time, and how often each says the term if that is known.
    #[inline]
    fn blocks(&mut self, end: DocId, mut take: impl FnMut(&[DocId], &[u32])) {
        while self.paper < end {
            let papers = self.postings.docs();
            let rest = papers.get(self.at..).unwrap_or_default();
            let here = match rest.last() {
                Some(last) if *last < end => rest.len(),
                _ => rest.partition_point(|paper| *paper < end),
            };
            let times = if self.counted {
                self.postings.freqs().get(self.at..).unwrap_or_default()
            } else {
                &[]
            };
            take(&rest[..here], times);
            self.at += here;
            match papers.get(self.at) {
                Some(paper) => self.paper = *paper,
                None => {
                    self.postings.advance();
                    self.at = 0;
                    self.paper = self.postings.doc(0);
                }
            }
        }
    }

    /// Whether few papers are asked about, each of which is looked up.
    fn looks_up(&self, within: Option<&Bits>) -> bool {
        within.is_some_and(|within| within.count().saturating_mul(STEP) < self.dense)
    }

    /// Adds the papers of the window to `bits`, whatever they score.
    pub(super) fn mark(&mut self, from: DocId, within: Option<&Bits>, bits: &mut Bits) {
        let end = from.saturating_add(WINDOW).min(TERMINATED);
        if self.paper >= end {
            return;
        }
        if self.dense < FEW || self.looks_up(within) {
            self.each(from, within, |place, _| {
                bits.put_group(place / 64, 1 << (place % 64));
            });
            return;
        }
        if self.paper < from {
            self.seek(from);
        }
        let mut marks = Marks::none();
        self.blocks(end, |papers, _| {
            for paper in papers {
                marks.put((paper - from) as usize);
            }
        });
        marks.end(within, bits);
    }
}

/// Takes note of many papers: a byte for each, so that none waits for the one before it, and bits of them in the end.
struct Marks([u8; WINDOW as usize]);

impl Marks {
    fn none() -> Marks {
        Marks([0; WINDOW as usize])
    }

    #[inline]
    fn put(&mut self, place: usize) {
        self.0[place % WINDOW as usize] = 1;
    }

    /// Adds those that are among `within` to `bits`.
    fn end(&self, within: Option<&Bits>, bits: &mut Bits) {
        let (groups, _) = self.0.as_chunks::<64>();
        for (group, bytes) in groups.iter().enumerate() {
            let within = within.map_or(u64::MAX, |within| within.group(group));
            bits.put_group(group, packed(bytes) & within);
        }
    }
}

/// A term and what a paper scores by it.
#[derive(Clone)]
pub(super) struct Scored {
    pub(super) cursor: Cursor,
    worth: Worth,
    /// What no paper scores more than.
    most: f32,
    /// All are alike in a field that does not keep them.
    lengths: FieldNormReader,
}

impl Scored {
    /// The term in segment `number`, scored by how often a paper says it where that is `counted`.
    pub(super) fn of(
        segment: &SegmentReader,
        number: usize,
        term: &Known,
        worth: Worth,
        counted: bool,
    ) -> tantivy::Result<Option<Scored>> {
        let Some(cursor) = Cursor::of(segment, number, term, counted)? else {
            return Ok(None);
        };
        let lengths = lengths(segment, term)?;
        // Where neither lengths nor counts are kept, all papers score the same.
        let alike = !cursor.counted
            && segment
                .fieldnorms_readers()
                .get_field(term.field)?
                .is_none();
        let most = match alike {
            true => worth.score(lengths.fieldnorm_id(0), 1),
            false => worth.most(),
        };
        Ok(Some(Scored {
            cursor,
            worth,
            most,
            lengths,
        }))
    }

    /// Puts the papers of a window on `sheet`; those that score less than `least` need not be hot.
    pub(super) fn fill(
        &mut self,
        from: DocId,
        within: Option<&Bits>,
        sheet: &mut Sheet,
        merge: Merge,
        least: f32,
    ) {
        let (worth, lengths) = (&self.worth, &self.lengths);
        if self.most < least {
            if !sheet.counted {
                self.cursor.mark(from, within, &mut sheet.bits);
            }
            return;
        }
        if least > 0.0 && self.cursor.dense >= FEW && !self.cursor.looks_up(within) {
            self.sift(from, within, sheet, merge, least);
            return;
        }
        let score =
            |place: usize, times| worth.score(lengths.fieldnorm_id(from + place as DocId), times);
        match merge {
            Merge::Best => {
                let most = self.most;
                self.cursor.each(from, within, |place, times| {
                    // A surer tier has mostly said more than this one can.
                    if !sheet.has_scored(place, most) {
                        sheet.put(place, score(place, times), Merge::Best);
                    }
                });
            }
            Merge::Sum => self.cursor.each(from, within, |place, times| {
                sheet.put(place, score(place, times), Merge::Sum);
            }),
        }
    }

    /// As [`Scored::fill`] with a term that many papers have: few of them have it often enough to be scored.
    fn sift(
        &mut self,
        from: DocId,
        within: Option<&Bits>,
        sheet: &mut Sheet,
        merge: Merge,
        least: f32,
    ) {
        let end = from.saturating_add(WINDOW).min(TERMINATED);
        if self.cursor.paper >= end {
            return;
        }
        if self.cursor.paper < from {
            self.cursor.seek(from);
        }
        let (worth, lengths, counted) = (&self.worth, &self.lengths, self.cursor.counted);
        let fewest = worth.fewest(least);
        let mut often: Vec<(u16, u32)> = Vec::new();
        let mut note = |paper: &DocId, times: &u32| {
            if *times >= fewest[usize::from(lengths.fieldnorm_id(*paper))] {
                often.push(((paper - from) as u16, *times));
            }
        };
        let once = [1; BLOCK];
        if sheet.counted {
            self.cursor.blocks(end, |papers, times| {
                let times = if counted { times } else { &once };
                for (paper, times) in papers.iter().zip(times) {
                    note(paper, times);
                }
            });
        } else {
            let mut marks = Marks::none();
            self.cursor.blocks(end, |papers, times| {
                let times = if counted { times } else { &once };
                for (paper, times) in papers.iter().zip(times) {
                    marks.put((paper - from) as usize);
                    note(paper, times);
                }
            });
            marks.end(within, &mut sheet.bits);
        }
        for (place, times) in often {
            let place = usize::from(place);
            if within.is_none_or(|within| within.has(place)) {
                let length = lengths.fieldnorm_id(from + place as DocId);
                sheet.put(place, worth.score(length, times), merge);
            }
        }
    }

    /// Notes how often the papers of a window say it, and adds them to `bits`.
    pub(super) fn note(
        &mut self,
        from: DocId,
        within: Option<&Bits>,
        counts: &mut Counts,
        bits: &mut Bits,
    ) {
        counts.clear();
        let end = from.saturating_add(WINDOW).min(TERMINATED);
        if self.cursor.paper >= end {
            return;
        }
        let few = self.cursor.looks_up(within);
        match counts {
            Counts::Few(list) => self.cursor.each(from, within, |place, times| {
                list.push((place as u16, times));
                bits.put_group(place / 64, 1 << (place % 64));
            }),
            Counts::Many(all) => {
                // Who is not among `within` is left out in the end: that costs less than asking of each paper.
                let all = all.get_or_insert_with(Times::none);
                let near = if few { within } else { None };
                self.cursor
                    .each(from, near, |place, times| all.put(place, times));
                all.end(within, bits);
            }
        }
    }

    /// Where to note how often papers say it.
    pub(super) fn counts(&self) -> Counts {
        Counts::of(self.cursor.dense)
    }

    /// Puts those of `papers` on `sheet` of which it was noted how often they say it.
    pub(super) fn weigh(
        &self,
        from: DocId,
        counts: &Counts,
        papers: &Bits,
        sheet: &mut Sheet,
        merge: Merge,
    ) {
        let (worth, lengths) = (&self.worth, &self.lengths);
        counts.each(papers, |place, times| {
            let length = lengths.fieldnorm_id(from + place as DocId);
            sheet.put(place, worth.score(length, times), merge);
        });
    }

    /// Adds to the papers that are hot on `sheet`.
    pub(super) fn add(&mut self, from: DocId, sheet: &mut Sheet) {
        let within = sheet.hot.clone();
        let (worth, lengths) = (&self.worth, &self.lengths);
        self.cursor.each(from, Some(&within), |place, times| {
            let score = worth.score(lengths.fieldnorm_id(from + place as DocId), times);
            sheet.add(place, score);
        });
    }

    /// The papers of a window that have the term and their scores, in order.
    pub(super) fn list(&mut self, from: DocId) -> Vec<(usize, f32)> {
        let (worth, lengths) = (&self.worth, &self.lengths);
        let mut list = Vec::new();
        self.cursor.each(from, None, |place, times| {
            let length = lengths.fieldnorm_id(from + place as DocId);
            list.push((place, worth.score(length, times)));
        });
        list
    }

    /// Whether so many papers have it that a list of them is no help.
    pub(super) fn is_common(&self) -> bool {
        self.cursor.dense >= COMMON
    }

    /// What no paper scores more than.
    pub(super) fn most(&self) -> f32 {
        self.most
    }
}

/// The lengths of the papers of a segment in the field of `term`; all are alike in a field that does not keep them.
pub(super) fn lengths(segment: &SegmentReader, term: &Known) -> tantivy::Result<FieldNormReader> {
    let kept = segment.fieldnorms_readers().get_field(term.field)?;
    Ok(kept.unwrap_or_else(|| FieldNormReader::constant(segment.max_doc(), 1)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn marks_are_the_papers_put(places in proptest::collection::btree_set(0..WINDOW as usize, 0..300), odd: bool) {
            let (mut marks, mut bits, mut within) = (Marks::none(), Bits::none(), Bits::none());
            for place in &places {
                marks.put(*place);
                if place % 2 == 1 {
                    within.put_group(place / 64, 1 << (place % 64));
                }
            }
            marks.end(odd.then_some(&within), &mut bits);
            let right = places.iter().copied().filter(|place| !odd || place % 2 == 1);
            prop_assert_eq!(bits.places().collect::<Vec<_>>(), right.collect::<Vec<_>>());
        }
    }
}
