//! Words side by side, or near each other: the papers of a segment that say them so, and how often.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED};

use super::cursor::lengths;
use super::sheet::{Bits, Merge, Sheet, WINDOW};
use super::terms::{Known, Worth};

/// A term of a phrase.
#[derive(Clone)]
struct Member {
    postings: SegmentPostings,
    /// What is added to its places, so that all terms of the phrase stand at one place.
    shift: u32,
}

/// Walks over the papers of a segment that have the terms of a phrase where they belong.
#[derive(Clone)]
pub(super) struct Phrase {
    /// Those that are said least first: their places are read first, and mostly the others need not be.
    members: Vec<Member>,
    /// By how much two terms may be off their places; the only thing that a phrase of more terms may not be.
    slop: u32,
    worth: Worth,
    lengths: FieldNormReader,
    /// Papers of a window that have the term that is said least, as a mean.
    dense: u32,
    places: Vec<u32>,
    others: Vec<u32>,
}

impl Phrase {
    /// The phrase of `terms`, each with its place, in segment `number`; nothing when one of them is not there.
    pub(super) fn of(
        segment: &SegmentReader,
        number: usize,
        terms: &[(usize, std::rc::Rc<Known>)],
        slop: u32,
        worth: Worth,
    ) -> tantivy::Result<Option<Phrase>> {
        let last = terms.iter().map(|(place, _)| *place).max().unwrap_or(0);
        let mut members = Vec::with_capacity(terms.len());
        let often = |term: &Known| {
            let info = term.places.get(number).and_then(Option::as_ref);
            info.map_or(0, |info| info.positions_range.len())
        };
        let mut terms: Vec<&(usize, std::rc::Rc<Known>)> = terms.iter().collect();
        terms.sort_by_key(|(_, term)| often(term));
        for (place, term) in &terms {
            let Some(info) = term.places.get(number).and_then(Option::as_ref) else {
                return Ok(None);
            };
            let inverted = segment.inverted_index(term.field)?;
            let option = IndexRecordOption::WithFreqsAndPositions;
            members.push(Member {
                postings: inverted.read_postings_from_terminfo(info, option)?,
                shift: u32::try_from(last - place).unwrap_or(u32::MAX),
            });
        }
        let Some((_, first)) = terms.first() else {
            return Ok(None);
        };
        let windows = segment.max_doc().div_ceil(WINDOW).max(1);
        Ok(Some(Phrase {
            dense: members
                .first()
                .map_or(0, |rarest: &Member| rarest.postings.doc_freq() / windows),
            members,
            slop,
            worth,
            lengths: lengths(segment, first)?,
            places: Vec::new(),
            others: Vec::new(),
        }))
    }

    /// Papers that have the term that is said least.
    pub(super) fn papers(&self) -> u64 {
        let rarest = self.members.first();
        rarest.map_or(0, |member| u64::from(member.postings.doc_freq()))
    }

    /// No paper before this one is still to come.
    pub(super) fn paper(&self) -> DocId {
        let rarest = self.members.first();
        rarest.map_or(TERMINATED, |member| member.postings.doc())
    }

    /// What no paper scores more than.
    pub(super) fn most(&self) -> f32 {
        self.worth.most()
    }

    /// Puts the papers of a window on `sheet`; those that score less than `least` are counted, which their first place tells.
    pub(super) fn fill(
        &mut self,
        from: DocId,
        within: Option<&Bits>,
        sheet: &mut Sheet,
        merge: Merge,
        least: f32,
    ) {
        let end = from.saturating_add(WINDOW).min(TERMINATED);
        match within.filter(|within| within.count() < self.dense) {
            Some(within) => {
                for place in within.places() {
                    let paper = from + place as DocId;
                    if self.stand(paper) {
                        self.put(paper, place, sheet, merge, least);
                    }
                }
            }
            None => {
                let mut paper = self.meet(from);
                while paper < end {
                    let place = (paper - from) as usize;
                    if within.is_none_or(|within| within.has(place)) {
                        self.put(paper, place, sheet, merge, least);
                    }
                    paper = self.meet(paper + 1);
                }
            }
        }
    }

    /// Puts `paper`, at which the first two terms stand, on `sheet` if it says the phrase.
    fn put(&mut self, paper: DocId, place: usize, sheet: &mut Sheet, merge: Merge, least: f32) {
        let counts = self.may_score(paper, least);
        if !counts && sheet.counted {
            return;
        }
        let Some(times) = self.times(paper, !counts) else {
            return;
        };
        if counts {
            let length = self.lengths.fieldnorm_id(paper);
            sheet.put(place, self.worth.score(length, times), merge);
        } else {
            sheet.mark(place);
        }
    }

    /// The score of `paper`, if it says the phrase and scores `least` by it. Papers are asked about in their order.
    pub(super) fn at(&mut self, paper: DocId, least: f32) -> Option<f32> {
        if !self.stand(paper) || !self.may_score(paper, least) {
            return None;
        }
        let times = self.times(paper, false)?;
        Some(self.worth.score(self.lengths.fieldnorm_id(paper), times))
    }

    /// Goes to `paper`; whether it has the two terms that are said least.
    fn stand(&mut self, paper: DocId) -> bool {
        let mut members = self.members.iter_mut().take(2);
        members.all(|member| seek(&mut member.postings, paper) == paper)
    }

    /// The next paper from `paper` on that has the two terms that are said least.
    fn meet(&mut self, mut paper: DocId) -> DocId {
        'papers: while paper < TERMINATED {
            for member in self.members.iter_mut().take(2) {
                let next = seek(&mut member.postings, paper);
                if next > paper {
                    paper = next;
                    continue 'papers;
                }
            }
            return paper;
        }
        TERMINATED
    }

    /// Whether `paper`, at which the first two terms stand, may score `least`: a phrase is not said more often than the least
    /// said of its terms.
    fn may_score(&self, paper: DocId, least: f32) -> bool {
        if least <= 0.0 {
            return true;
        }
        let members = self.members.iter().take(2);
        let times = members.map(|member| member.postings.term_freq()).min();
        let length = self.lengths.fieldnorm_id(paper);
        times.is_some_and(|times| self.worth.score(length, times) >= least)
    }

    /// How often `paper`, at which the first two terms stand, says the phrase, if it does; of one that is only `counted` it is
    /// not asked how often.
    fn times(&mut self, paper: DocId, counted: bool) -> Option<u32> {
        let (first, rest) = self.members.split_first_mut()?;
        let Phrase { places, others, .. } = self;
        first.postings.positions_with_offset(first.shift, places);
        let mut times = places.len();
        let last = rest.len().saturating_sub(1);
        for (number, member) in rest.iter_mut().enumerate() {
            // Whether the others stand there at all is asked when the first two stand side by side.
            if seek(&mut member.postings, paper) != paper {
                return None;
            }
            member.postings.positions_with_offset(member.shift, others);
            times = if self.slop > 0 {
                near(places, others, self.slop)
            } else if number == last && (counted || places.len() == 1) {
                usize::from(meet_once(places, others))
            } else {
                shared(places, others)
            };
            if times == 0 {
                return None;
            }
        }
        u32::try_from(times).ok().filter(|times| *times > 0)
    }
}

/// The first paper from `paper` on, which is not before the one at hand.
fn seek(postings: &mut SegmentPostings, paper: DocId) -> DocId {
    let here = postings.doc();
    if here < paper {
        postings.seek(paper)
    } else {
        here
    }
}

/// Whether some of `places` are in `others`; both in order.
fn meet_once(places: &[u32], others: &[u32]) -> bool {
    if places.len() <= FEW {
        return places.iter().any(|place| others.contains(place));
    }
    let (mut at, mut other) = (0, 0);
    while let (Some(&one), Some(&next)) = (places.get(at), others.get(other)) {
        if one == next {
            return true;
        }
        at += usize::from(one < next);
        other += usize::from(next < one);
    }
    false
}

/// Places that are each looked for among the others: these are compared several at once.
const FEW: usize = 3;

/// Leaves in `places` those that are in `others` too, and says how many; both in order.
fn shared(places: &mut Vec<u32>, others: &[u32]) -> usize {
    let (mut at, mut other, mut kept) = (0, 0, 0);
    while let (Some(&one), Some(&next)) = (places.get(at), others.get(other)) {
        if one == next {
            places[kept] = one;
            kept += 1;
        }
        at += usize::from(one <= next);
        other += usize::from(next <= one);
    }
    places.truncate(kept);
    kept
}

/// How many of `places` have one of `others` within `slop`, each of these counted once; both in order.
fn near(places: &[u32], others: &[u32], slop: u32) -> usize {
    let (mut at, mut other, mut times) = (0, 0, 0);
    while let (Some(&one), Some(&next)) = (places.get(at), others.get(other)) {
        if one.abs_diff(next) <= slop {
            // Of several places up to the other's the last is meant.
            at += places[at..].partition_point(|place| *place <= next).max(1);
            other += 1;
            times += 1;
        } else if one < next {
            at += 1;
        } else {
            other += 1;
        }
    }
    times
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_compared_in_order() {
        let mut places = vec![1, 4, 9, 12];
        assert_eq!(shared(&mut places, &[0, 4, 5, 12, 13]), 2);
        assert_eq!(places, [4, 12]);
        for (places, others, met) in [
            (&[1, 4, 9, 12][..], &[0, 5, 12][..], true),
            (&[1, 4, 9, 12], &[0, 5, 13], false),
            (&[4], &[0, 4], true),
            (&[4], &[0, 5], false),
            (&[], &[1], false),
        ] {
            assert_eq!(meet_once(places, others), met, "{places:?} {others:?}");
        }
        for (places, others, slop, times) in [
            (&[1, 4, 9][..], &[3][..], 2, 1),
            (&[1, 4, 9], &[3, 11], 2, 2),
            (&[5], &[3, 7], 2, 1),
            (&[1, 2, 3], &[3, 4], 2, 1),
            (&[1], &[9], 2, 0),
            (&[], &[9], 2, 0),
        ] {
            assert_eq!(near(places, others, slop), times, "{places:?} {others:?}");
        }
    }
}
