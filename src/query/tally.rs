//! How often the papers of a window say each term of several parts that must all match.
//!
//! Of two common words few papers have both, and only those need a score. A score takes several times as long as going over a
//! paper, so first it is noted who has which term, and how often; what the papers score that have all is worked out of the notes.

use tantivy::DocId;

use super::cursor::FEW;
use super::part::Part;
use super::set::dated;
use super::sheet::{Bits, Merge, Scratch, Sheet, WINDOW};

/// How often the papers of a window say a term.
pub(super) enum Counts {
    /// Few of them do: each with its place, in order.
    Few(Vec<(u16, u32)>),
    /// Many do; nothing before the first window.
    Many(Option<Box<Times>>),
}

impl Clone for Counts {
    /// With nothing noted.
    fn clone(&self) -> Counts {
        match self {
            Counts::Few(_) => Counts::Few(Vec::new()),
            Counts::Many(_) => Counts::Many(None),
        }
    }
}

/// By place, 0 for none; [`MORE`] where it is told beside.
pub(super) struct Times {
    papers: Bits,
    times: [u8; WINDOW as usize],
    more: Vec<(u16, u32)>,
}

/// A paper says a term so often, or more.
const MORE: u8 = u8::MAX;

impl Counts {
    /// For a term that so many papers of a window have, as a mean.
    pub(super) fn of(dense: u32) -> Counts {
        match dense < FEW {
            true => Counts::Few(Vec::new()),
            false => Counts::Many(None),
        }
    }

    pub(super) fn clear(&mut self) {
        match self {
            Counts::Few(list) => list.clear(),
            Counts::Many(None) => {}
            Counts::Many(Some(times)) => {
                times.papers.clear();
                times.times.fill(0);
                times.more.clear();
            }
        }
    }

    /// Calls `take` with the papers among `within` that were noted, each with how often it says the term.
    #[inline]
    pub(super) fn each(&self, within: &Bits, mut take: impl FnMut(usize, u32)) {
        match self {
            Counts::Few(list) => {
                for &(place, times) in list {
                    if within.has(usize::from(place)) {
                        take(usize::from(place), times);
                    }
                }
            }
            Counts::Many(None) => {}
            Counts::Many(Some(all)) => {
                let mut papers = all.papers.clone();
                papers.keep(within);
                for place in papers.places() {
                    take(place, all.times(place));
                }
            }
        }
    }
}

impl Times {
    pub(super) fn none() -> Box<Times> {
        Box::new(Times {
            papers: Bits::none(),
            times: [0; WINDOW as usize],
            more: Vec::new(),
        })
    }

    /// The paper at `place` says it so often.
    #[inline]
    pub(super) fn put(&mut self, place: usize, times: u32) {
        let place = place % WINDOW as usize;
        self.times[place] = times.min(u32::from(MORE)) as u8;
        if times >= u32::from(MORE) {
            self.more.push((place as u16, times));
        }
    }

    /// Adds the papers that were noted and are among `within` to `bits`.
    pub(super) fn end(&mut self, within: Option<&Bits>, bits: &mut Bits) {
        self.papers.put_marks(&self.times);
        if let Some(within) = within {
            self.papers.keep(within);
        }
        bits.join(&self.papers);
    }

    #[inline]
    fn times(&self, place: usize) -> u32 {
        match self.times[place % WINDOW as usize] {
            MORE => {
                let mut more = self.more.iter();
                let told = more.find(|(at, _)| usize::from(*at) == place);
                told.map_or(u32::from(MORE), |(_, times)| *times)
            }
            few => u32::from(few),
        }
    }
}

/// What is noted of a part.
#[derive(Clone)]
pub(super) enum Tally {
    Term(Counts),
    /// Papers that all score the same by it.
    Alike(Box<Bits>),
    Either(Vec<Tally>, Scratch),
    Word(Box<Tally>),
}

impl Tally {
    /// For each of `parts`, of which several must match; none where one of them is scored as it is found.
    pub(super) fn of_all(parts: &[Part]) -> Vec<Tally> {
        if parts.len() < 2 {
            return Vec::new();
        }
        let all: Option<Vec<Tally>> = parts.iter().map(Tally::of).collect();
        all.unwrap_or_default()
    }

    fn of(part: &Part) -> Option<Tally> {
        Some(match part {
            Part::Term(term) => Tally::Term(term.counts()),
            Part::Filter(..) | Part::Set(..) | Part::Dated { .. } => {
                Tally::Alike(Box::new(Bits::none()))
            }
            Part::Either(either) => {
                let parts: Option<Vec<Tally>> = either.parts().iter().map(Tally::of).collect();
                Tally::Either(parts?, Scratch::default())
            }
            Part::Word(word) => Tally::Word(Box::new(Tally::of(word.body())?)),
            Part::Phrase(_) | Part::All(_) => return None,
        })
    }

    /// Adds the papers of the window that begins with paper `from`, are among `within` and match `part`, to `bits`. Windows are
    /// asked for in order.
    pub(super) fn take(
        &mut self,
        part: &mut Part,
        from: DocId,
        within: Option<&Bits>,
        bits: &mut Bits,
    ) {
        match (self, part) {
            (Tally::Term(counts), Part::Term(term)) => term.note(from, within, counts, bits),
            (Tally::Alike(papers), part) => {
                papers.clear();
                match part {
                    Part::Filter(cursor, _) => cursor.mark(from, within, papers),
                    Part::Set(set, _) => **papers = set.window(from, within),
                    Part::Dated {
                        lists,
                        segment,
                        days,
                        papers: all,
                    } => {
                        let here = WINDOW.min(all.saturating_sub(from));
                        **papers = dated(lists, *segment, days, from..from + here, within);
                    }
                    _ => {}
                }
                bits.join(papers);
            }
            (Tally::Either(tallies, _), Part::Either(either)) => {
                for (tally, part) in tallies.iter_mut().zip(either.parts_mut()) {
                    tally.take(part, from, within, bits);
                }
            }
            (Tally::Word(tally), Part::Word(word)) => {
                tally.take(word.body_mut(), from, within, bits)
            }
            _ => {}
        }
    }

    /// Puts those of `papers` on `sheet` that were found to match `part`, with their scores.
    pub(super) fn weigh(
        &mut self,
        part: &mut Part,
        from: DocId,
        papers: &Bits,
        sheet: &mut Sheet,
        merge: Merge,
    ) {
        match (self, part) {
            (Tally::Term(counts), Part::Term(term)) => {
                term.weigh(from, counts, papers, sheet, merge)
            }
            (Tally::Alike(found), Part::Filter(_, score) | Part::Set(_, score)) => {
                let mut found = found.clone();
                found.keep(papers);
                sheet.put_all(&found, *score, merge, -1.0);
            }
            (Tally::Alike(found), Part::Dated { .. }) => {
                let mut found = found.clone();
                found.keep(papers);
                sheet.put_all(&found, 0.0, merge, -1.0);
            }
            (Tally::Either(tallies, scratch), Part::Either(either)) => {
                let own = either.merge();
                let direct = own == merge || sheet.bits.is_empty();
                let here = match direct {
                    true => &mut *sheet,
                    false => scratch.cleared(),
                };
                for (tally, part) in tallies.iter_mut().zip(either.parts_mut()) {
                    tally.weigh(part, from, papers, here, own);
                }
                if !direct {
                    scratch.pour(sheet, merge);
                }
            }
            (Tally::Word(tally), Part::Word(word)) => {
                word.weigh(tally, from, papers, sheet, merge);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn bits(places: impl Iterator<Item = usize>) -> Bits {
        let mut bits = Bits::none();
        places.for_each(|place| bits.put_group(place / 64, 1 << (place % 64)));
        bits
    }

    proptest! {
        /// However often a paper says a term: a byte holds no more than 255.
        #[test]
        fn what_was_noted_of_a_window_is_told(
            windows in proptest::collection::vec(
                proptest::collection::btree_map(0..WINDOW as usize, prop_oneof![1u32..5, 250u32..260, 60_000u32..90_000], 0..90),
                1..3,
            ),
            dense in prop_oneof![Just(0), Just(FEW)],
            odd: bool,
        ) {
            let mut counts = Counts::of(dense);
            for window in windows {
                counts.clear();
                let asked = |place: &usize| !odd || place % 2 == 1;
                let within = odd.then(|| bits((0..WINDOW as usize).filter(asked)));
                let mut found = Bits::none();
                match &mut counts {
                    Counts::Few(list) => {
                        list.extend(window.iter().map(|(place, times)| (*place as u16, *times)));
                        found.join(&bits(window.keys().copied()));
                    }
                    Counts::Many(times) => {
                        let times = times.get_or_insert_with(Times::none);
                        window.iter().for_each(|(place, often)| times.put(*place, *often));
                        times.end(within.as_ref(), &mut found);
                        prop_assert_eq!(&found, &bits(window.keys().copied().filter(asked)));
                    }
                }
                let third = bits((0..WINDOW as usize).step_by(3));
                let mut told = BTreeMap::new();
                let papers = within.map_or(third.clone(), |mut within| {
                    within.keep(&third);
                    within
                });
                counts.each(&papers, |place, times| {
                    told.insert(place, times);
                });
                let right: BTreeMap<usize, u32> = window.into_iter().filter(|(place, _)| papers.has(*place)).collect();
                prop_assert_eq!(told, right);
            }
        }
    }
}
