//! The papers of a segment that have a term, a window of them at a time.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, TERMINATED};

use super::sheet::{Bits, Merge, Sheet, WINDOW};
use super::terms::{Known, Worth};

/// A term is looked up paper by paper where it has so many papers for each that is asked about: a step costs as much as
/// reading that many in a row.
const STEP: u32 = 24;

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
            if self.paper < end && within.count().saturating_mul(STEP) < self.dense {
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
        while self.paper < end {
            let papers = self.postings.docs();
            let rest = papers.get(self.at..).unwrap_or_default();
            let here = match rest.last() {
                Some(last) if *last < end => rest.len(),
                _ => rest.partition_point(|paper| *paper < end),
            };
            let rest = &rest[..here];
            if self.counted {
                let times = self.postings.freqs().get(self.at..).unwrap_or_default();
                for (paper, times) in rest.iter().zip(times) {
                    take((paper - from) as usize, *times);
                }
            } else {
                for paper in rest {
                    take((paper - from) as usize, 1);
                }
            }
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
}

/// A term and what a paper scores by it.
#[derive(Clone)]
pub(super) struct Scored {
    pub(super) cursor: Cursor,
    worth: Worth,
    /// Nothing when the field does not tell the lengths of papers.
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
        Ok(Some(Scored {
            cursor,
            worth,
            lengths: lengths(segment, term)?,
        }))
    }

    /// Puts the papers of a window on `sheet`.
    pub(super) fn fill(
        &mut self,
        from: DocId,
        within: Option<&Bits>,
        sheet: &mut Sheet,
        merge: Merge,
    ) {
        let (worth, lengths) = (&self.worth, &self.lengths);
        let score =
            |place: usize, times| worth.score(lengths.fieldnorm_id(from + place as DocId), times);
        match merge {
            Merge::Best => {
                let most = worth.most();
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

    /// Adds to the papers that are on `sheet`.
    pub(super) fn add(&mut self, from: DocId, sheet: &mut Sheet) {
        let within = sheet.bits.clone();
        let (worth, lengths) = (&self.worth, &self.lengths);
        self.cursor.each(from, Some(&within), |place, times| {
            let score = worth.score(lengths.fieldnorm_id(from + place as DocId), times);
            sheet.add(place, score);
        });
    }
}

/// The lengths of the papers of a segment in the field of `term`; all are alike in a field that does not keep them.
pub(super) fn lengths(segment: &SegmentReader, term: &Known) -> tantivy::Result<FieldNormReader> {
    let kept = segment.fieldnorms_readers().get_field(term.field)?;
    Ok(kept.unwrap_or_else(|| FieldNormReader::constant(segment.max_doc(), 1)))
}
