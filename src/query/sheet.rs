//! A window of papers: which of them match, and how well. Pure.
//!
//! What is asked is answered window by window, so that scores lie in an array small enough for the nearest cache and no
//! paper is handled through a call of its own.

use std::cell::RefCell;

/// Papers in a window.
pub(super) const WINDOW: u32 = 4_096;

/// Groups of papers in a window.
pub(super) const GROUPS: usize = WINDOW as usize / 64;

/// Some of the papers of a window, by their places in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bits([u64; GROUPS]);

impl Bits {
    /// No paper.
    pub(super) fn none() -> Bits {
        Bits([0; GROUPS])
    }

    /// Every paper.
    pub(super) fn all() -> Bits {
        Bits([u64::MAX; GROUPS])
    }

    pub(super) fn clear(&mut self) {
        self.0 = [0; GROUPS];
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|group| *group == 0)
    }

    pub(super) fn count(&self) -> u32 {
        self.0.iter().map(|group| group.count_ones()).sum()
    }

    #[inline]
    pub(super) fn has(&self, place: usize) -> bool {
        self.0[place / 64 % GROUPS] >> (place % 64) & 1 == 1
    }

    pub(super) fn take_out(&mut self, place: usize) {
        if let Some(group) = self.0.get_mut(place / 64) {
            *group &= !(1 << (place % 64));
        }
    }

    pub(super) fn keep(&mut self, others: &Bits) {
        for (group, other) in self.0.iter_mut().zip(&others.0) {
            *group &= other;
        }
    }

    pub(super) fn leave_out(&mut self, others: &Bits) {
        for (group, other) in self.0.iter_mut().zip(&others.0) {
            *group &= !other;
        }
    }

    pub(super) fn join(&mut self, others: &Bits) {
        for (group, other) in self.0.iter_mut().zip(&others.0) {
            *group |= other;
        }
    }

    /// The sixty-four papers from `group` × 64 on.
    #[inline]
    pub(super) fn group(&self, group: usize) -> u64 {
        self.0[group % GROUPS]
    }

    /// Sixty-four papers at once, from `group` × 64 on.
    #[inline]
    pub(super) fn put_group(&mut self, group: usize, papers: u64) {
        self.0[group % GROUPS] |= papers;
    }

    /// The papers of a window for which `marks` is not 0.
    pub(super) fn put_marks(&mut self, marks: &[u8; WINDOW as usize]) {
        let (groups, _) = marks.as_chunks::<64>();
        for (group, marks) in self.0.iter_mut().zip(groups) {
            *group |= packed(&marks.map(|mark| mark.min(1)));
        }
    }

    /// The places of the papers, in order.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(number, group)| {
            let mut rest = *group;
            std::iter::from_fn(move || {
                (rest != 0).then(|| {
                    let place = rest.trailing_zeros() as usize;
                    rest &= rest - 1;
                    number * 64 + place
                })
            })
        })
    }
}

/// Sixty-four papers as bits, of bytes that are 1 for each that is meant and 0 for the others.
#[inline]
pub(super) fn packed(bytes: &[u8; 64]) -> u64 {
    let (eights, _) = bytes.as_chunks::<8>();
    // Bit 8 i goes to bit 56 + i: the factor has bit 56 - 7 i, and no two products meet.
    let packed =
        |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights
        .iter()
        .rev()
        .fold(0, |papers, eight| papers << 8 | packed(eight))
}

/// How the score of a paper goes together with the one that it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Merge {
    /// The better one counts.
    Best,
    /// Both count.
    Sum,
}

/// The papers of a window that match, with the scores of those that may be among the best.
///
/// Whoever fills a sheet is told the least score that counts: papers that score less need only be counted, and most of the
/// papers that have a common word do.
#[derive(Clone)]
pub(super) struct Sheet {
    /// The papers that match.
    pub(super) bits: Box<Bits>,
    /// Those of them that have a score; the others score less than what counts.
    pub(super) hot: Box<Bits>,
    /// Whether the papers that match are known already, so that only those that have a score are still to be put.
    pub(super) counted: bool,
    /// By place; what stands at the place of a paper that is not hot means nothing.
    scores: Box<[f32; WINDOW as usize]>,
}

impl Sheet {
    pub(super) fn new() -> Sheet {
        Sheet {
            bits: Box::new(Bits::none()),
            hot: Box::new(Bits::none()),
            counted: false,
            scores: Box::new([0.0; WINDOW as usize]),
        }
    }

    pub(super) fn clear(&mut self) {
        self.bits.clear();
        self.hot.clear();
        self.counted = false;
    }

    /// The score of the paper at `place`, which is hot.
    pub(super) fn score(&self, place: usize) -> f32 {
        self.scores.get(place).copied().unwrap_or(0.0)
    }

    /// A paper that matches; `score` is at least 0.
    #[inline]
    pub(super) fn put(&mut self, place: usize, score: f32, merge: Merge) {
        // The rest is the place itself, and tells the compiler that it lies within.
        let place = place % WINDOW as usize;
        let (group, here) = (&mut self.hot.0[place / 64], &mut self.scores[place]);
        let bit = 1u64 << (place % 64);
        let had = if *group & bit == 0 { 0.0 } else { *here };
        *group |= bit;
        self.bits.0[place / 64] |= bit;
        *here = match merge {
            Merge::Best => had.max(score),
            Merge::Sum => had + score,
        };
    }

    /// A paper that matches, and scores less than what counts.
    #[inline]
    pub(super) fn mark(&mut self, place: usize) {
        self.bits.put_group(place / 64, 1 << (place % 64));
    }

    /// A paper that matches, with this score whatever it had.
    pub(super) fn set(&mut self, place: usize, score: f32) {
        self.hot.take_out(place);
        self.put(place, score, Merge::Best);
    }

    /// Papers that match, all with one score: they are counted when that is less than `least`.
    pub(super) fn put_all(&mut self, papers: &Bits, score: f32, merge: Merge, least: f32) {
        if score < least {
            self.bits.join(papers);
        } else {
            papers
                .places()
                .for_each(|place| self.put(place, score, merge));
        }
    }

    /// More for the paper at `place`, if it is hot.
    #[inline]
    pub(super) fn add(&mut self, place: usize, score: f32) {
        if self.hot.has(place) {
            self.scores[place % WINDOW as usize] += score;
        }
    }

    /// Whether the paper at `place` scores at least so much already.
    #[inline]
    pub(super) fn has_scored(&self, place: usize, score: f32) -> bool {
        self.hot.has(place) && self.scores[place % WINDOW as usize] >= score
    }

    /// The papers of `other` too.
    pub(super) fn merge(&mut self, other: &Sheet, merge: Merge) {
        self.bits.join(&other.bits);
        for place in other.hot.places() {
            self.put(place, other.score(place), merge);
        }
    }

    /// The papers that are in both, with both scores; what is not hot in both scores too little.
    pub(super) fn narrow(&mut self, other: &Sheet) {
        self.bits.keep(&other.bits);
        self.hot.keep(&other.hot);
        let Sheet { hot, scores, .. } = self;
        for place in hot.places() {
            scores[place] += other.scores[place];
        }
    }

    /// Leaves only these papers, with the scores that they have.
    pub(super) fn keep(&mut self, papers: &Bits) {
        self.bits.keep(papers);
        self.hot.keep(papers);
    }

    /// Takes these papers out.
    pub(super) fn leave_out(&mut self, papers: &Bits) {
        self.bits.leave_out(papers);
        self.hot.leave_out(papers);
    }

    /// The highest score of a hot paper; 0 when there is none.
    pub(super) fn highest(&self) -> f32 {
        let scores = self.hot.places().map(|place| self.score(place));
        scores.fold(0.0, f32::max)
    }

    /// Leaves hot what scores at least so much.
    pub(super) fn cool(&mut self, least: f32) {
        let Sheet { hot, scores, .. } = self;
        for (group, scores) in hot.0.iter_mut().zip(scores.chunks_exact(64)) {
            let mut rest = *group;
            while rest != 0 {
                let place = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                if scores[place % 64] < least {
                    *group &= !(1 << place);
                }
            }
        }
    }
}

thread_local! {
    /// Sheets that nobody works on: each segment of an index needs a few, and making one writes to all of its memory.
    static IDLE: RefCell<Vec<Sheet>> = const { RefCell::new(Vec::new()) };
}

/// Sheets that are kept for whoever needs one next.
const KEPT: usize = 32;

/// A sheet to work on, taken when it is first needed: most queries need few.
#[derive(Default)]
pub(super) struct Scratch(Option<Sheet>);

impl Scratch {
    /// The sheet, with nothing on it.
    pub(super) fn cleared(&mut self) -> &mut Sheet {
        let idle = || IDLE.with_borrow_mut(Vec::pop);
        let sheet = self
            .0
            .get_or_insert_with(|| idle().unwrap_or_else(Sheet::new));
        sheet.clear();
        sheet
    }

    /// The sheet as it is.
    pub(super) fn sheet(&mut self) -> &mut Sheet {
        self.0.get_or_insert_with(Sheet::new)
    }

    /// Puts what is on it on `sheet` too.
    pub(super) fn pour(&self, sheet: &mut Sheet, merge: Merge) {
        if let Some(own) = &self.0 {
            sheet.merge(own, merge);
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let Some(sheet) = self.0.take() else { return };
        // A thread that ends has no sheets to keep any more.
        let _ = IDLE.try_with(|idle| {
            if let Ok(mut idle) = idle.try_borrow_mut()
                && idle.len() < KEPT
            {
                idle.push(sheet);
            }
        });
    }
}

impl Clone for Scratch {
    fn clone(&self) -> Scratch {
        Scratch(None)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn sheet(papers: &BTreeMap<usize, f32>) -> Sheet {
        let mut sheet = Sheet::new();
        for (&place, &score) in papers {
            sheet.put(place, score, Merge::Best);
        }
        sheet
    }

    fn papers() -> impl Strategy<Value = BTreeMap<usize, f32>> {
        proptest::collection::btree_map(0..WINDOW as usize, 0.0f32..9.0, 0..60)
    }

    fn read(sheet: &Sheet) -> BTreeMap<usize, f32> {
        let places = sheet.bits.places();
        places.map(|place| (place, sheet.score(place))).collect()
    }

    proptest! {
        #[test]
        fn sheets_do_as_maps_do(one in papers(), other in papers()) {
            let (a, b) = (sheet(&one), sheet(&other));
            prop_assert_eq!(read(&a), one.clone());
            prop_assert_eq!(a.bits.count() as usize, one.len());

            let mut hot = a.clone();
            hot.cool(4.5);
            prop_assert_eq!(&hot.bits, &a.bits);
            prop_assert_eq!(hot.hot.count() as usize, one.values().filter(|score| **score >= 4.5).count());

            let mut counted = Sheet::new();
            counted.put_all(&a.bits, 1.0, Merge::Best, 1.5);
            prop_assert_eq!((&counted.bits, counted.hot.is_empty()), (&a.bits, true));

            let mut best = a.clone();
            best.merge(&b, Merge::Best);
            let mut either = one.clone();
            for (&place, &score) in &other {
                let here = either.entry(place).or_insert(0.0);
                *here = here.max(score);
            }
            prop_assert_eq!(read(&best), either);

            let mut both = a.clone();
            both.narrow(&b);
            let shared = one.iter().filter_map(|(place, score)| Some((*place, score + other.get(place)?)));
            prop_assert_eq!(read(&both), shared.collect::<BTreeMap<_, _>>());

            let mut rest = a;
            rest.leave_out(&b.bits);
            let rest_of = one.iter().filter(|(place, _)| !other.contains_key(place));
            prop_assert_eq!(read(&rest), rest_of.map(|(place, score)| (*place, *score)).collect::<BTreeMap<_, _>>());
        }
    }
}
