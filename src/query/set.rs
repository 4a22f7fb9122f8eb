//! Papers of a segment that are known one by one: of filters, of spans of days, and of words that were asked for before.

use std::ops::RangeInclusive;
use std::rc::Rc;
use std::sync::Arc;

use tantivy::{DocAddress, DocId};

use super::Error;
use super::ask::unread;
use super::part::Place;
use super::sheet::{Bits, GROUPS, packed};
use super::terms::Known;
use crate::index::Lists;

/// Papers of a segment, sixty-four in a group.
#[derive(Clone)]
pub(super) struct Set {
    groups: Arc<[u64]>,
    pub(super) papers: u64,
}

/// Which of at most sixty-four days are from `first` to `last`.
pub(super) fn days_within(days: &[u32], first: u32, last: u32) -> u64 {
    let mut within = [0; 64];
    for (within, day) in within.iter_mut().zip(days) {
        *within = u8::from(first <= *day && *day <= last);
    }
    packed(&within)
}

/// The papers of a run that are dated so, among `within`.
pub(super) fn dated(
    lists: &Lists,
    segment: u32,
    days: &RangeInclusive<u64>,
    papers: std::ops::Range<DocId>,
    within: Option<&Bits>,
) -> Bits {
    let mut found = Bits::none();
    let known = lists.days(segment as usize);
    let [first, last] =
        [days.start(), days.end()].map(|day| u32::try_from(*day).unwrap_or(u32::MAX));
    for (group, begin) in papers.clone().step_by(64).enumerate() {
        let wanted = within.map_or(u64::MAX, |within| within.group(group));
        let end = papers.end.min(begin + 64);
        if wanted == 0 {
            continue;
        }
        let mut here = 0u64;
        if let Some(known) = known.and_then(|known| known.get(begin as usize..end as usize)) {
            here = days_within(known, first, last);
        } else {
            for (place, paper) in (begin..end).enumerate() {
                if wanted >> place & 1 == 1 {
                    let day = lists.date(DocAddress::new(segment, paper));
                    here |= u64::from(days.contains(&day)) << place;
                }
            }
        }
        found.put_group(group, here & wanted);
    }
    found
}

/// Every paper that has been read.
pub(super) fn read(place: Place<'_>) -> Result<Set, Error> {
    let all = place.segment.max_doc();
    let unread = Set::of(place, &unread(place.terms)?)?;
    let groups = unread.groups.iter().zip(0..).map(|(group, number)| {
        let past = (number * 64 + 64u32).saturating_sub(all);
        !group & u64::MAX.checked_shr(past).unwrap_or(0)
    });
    Ok(Set {
        groups: groups.collect(),
        papers: u64::from(all) - unread.papers,
    })
}

/// Papers of a segment for each that a filter or a word has, at most, to be remembered.
pub(super) const SPARSE: u32 = 32;

impl Set {
    /// The papers that have `term`, when they are many and were asked for before.
    pub(super) fn remembered(place: Place<'_>, term: &Rc<Known>) -> Result<Option<Set>, Error> {
        let Some(info) = term.places.get(place.number).and_then(Option::as_ref) else {
            return Ok(None);
        };
        if !place.is_many(u64::from(info.doc_freq)) {
            return Ok(None);
        }
        let field = u64::from(term.field.field_id());
        let key = vec![field, info.postings_range.start as u64];
        Set::kept(place, key, |place| {
            Set::of(place, std::slice::from_ref(term))
        })
    }

    /// The papers that are told by `key`, when they were asked for before.
    pub(super) fn kept(
        place: Place<'_>,
        key: Vec<u64>,
        make: impl FnOnce(Place<'_>) -> Result<Set, Error>,
    ) -> Result<Option<Set>, Error> {
        let make = || make(place).map(|set| set.groups.to_vec());
        let groups = place.terms.reader().filter((place.number, key), make)?;
        Ok(groups.map(Set::new))
    }

    /// These groups.
    pub(super) fn new(groups: Arc<[u64]>) -> Set {
        let papers = groups.iter().map(|group| u64::from(group.count_ones()));
        Set {
            papers: papers.sum(),
            groups,
        }
    }

    /// The papers that have any of these terms.
    pub(super) fn of(place: Place<'_>, all: &[Rc<Known>]) -> Result<Set, Error> {
        let engine =
            |error: std::io::Error| Error::Index(place.terms.reader().engine(error.into()));
        let mut groups = vec![0u64; place.segment.max_doc().div_ceil(64) as usize];
        let mut walk: Option<tantivy::postings::BlockSegmentPostings> = None;
        for term in all {
            let Some(info) = term.places.get(place.number).and_then(Option::as_ref) else {
                continue;
            };
            let inverted = place
                .segment
                .inverted_index(term.field)
                .map_err(|error| Error::Index(place.terms.reader().engine(error)))?;
            let postings = match &mut walk {
                Some(postings) => {
                    let reset = inverted.reset_block_postings_from_terminfo(info, postings);
                    reset.map_err(engine)?;
                    postings
                }
                None => {
                    let option = tantivy::schema::IndexRecordOption::Basic;
                    let opened = inverted.read_block_postings_from_terminfo(info, option);
                    walk.insert(opened.map_err(engine)?)
                }
            };
            while !postings.docs().is_empty() {
                for paper in postings.docs() {
                    if let Some(group) = groups.get_mut(*paper as usize / 64) {
                        *group |= 1 << (paper % 64);
                    }
                }
                postings.advance();
            }
        }
        Ok(Set::new(groups.into()))
    }

    /// The papers of the window that begins with paper `from`, among `within`.
    pub(super) fn window(&self, from: DocId, within: Option<&Bits>) -> Bits {
        let groups = self.groups.get(from as usize / 64..).unwrap_or_default();
        let mut bits = Bits::none();
        for (number, group) in groups.iter().take(GROUPS).enumerate() {
            bits.put_group(number, *group);
        }
        if let Some(within) = within {
            bits.keep(within);
        }
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_within_a_span_are_marked_by_their_places() {
        let mut days: Vec<u32> = (0..64).map(|day| 20_160_101 + day).collect();
        days[5] = 0;
        assert_eq!(days_within(&days, 20_160_101, 20_160_101), 1);
        assert_eq!(days_within(&days, 20_160_105, 20_160_107), 0b101_0000);
        assert_eq!(days_within(&days, 0, 0), 1 << 5);
        assert_eq!(days_within(&days, 20_160_164, u32::MAX), 1 << 63);
        assert_eq!(days_within(&days, 20_160_107, 20_160_105), 0);
        assert_eq!(
            days_within(&days[..3], 0, u32::MAX),
            0b111,
            "no more than there are"
        );
    }
}
