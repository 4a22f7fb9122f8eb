//! Papers of a segment that match several parts at once.

use tantivy::DocId;

use super::part::{OFF, Part};
use super::phrase::Phrase;
use super::sheet::{Bits, Merge, Scratch, Sheet};
use super::tally::Tally;

/// Papers that match all of some parts and none of others.
#[derive(Clone)]
pub(super) struct All {
    must: Vec<Part>,
    never: Vec<Part>,
    /// What makes a paper score more.
    bonus: Vec<Phrase>,
    /// What is noted of each of `must`; nothing where they are scored as they are found.
    tallies: Vec<Tally>,
    sheet: Scratch,
    found: Scratch,
}

impl All {
    /// Papers that match all of `must`, of which there is one at least.
    pub(super) fn of(mut must: Vec<Part>, never: Vec<Part>, bonus: Vec<Phrase>) -> All {
        must.sort_by_key(Part::cost);
        // Looking at the day of a paper that is at hand is cheaper than any list.
        let (days, mut lists): (Vec<Part>, Vec<Part>) = must
            .into_iter()
            .partition(|part| matches!(part, Part::Dated { .. }));
        let second = lists.len().min(1);
        lists.splice(second..second, days);
        All {
            tallies: Tally::of_all(&lists),
            must: lists,
            never,
            bonus,
            sheet: Scratch::default(),
            found: Scratch::default(),
        }
    }

    /// The part that fewest papers match.
    pub(super) fn first(&self) -> Option<&Part> {
        self.must.first()
    }

    /// What no paper scores more than.
    pub(super) fn most(&self) -> f32 {
        let bonus = self.bonus.iter().map(Phrase::most);
        self.must.iter().map(Part::most).sum::<f32>() + bonus.sum::<f32>()
    }

    /// The phrases that make a paper score more, taken out.
    pub(super) fn take_bonus(&mut self) -> Vec<Phrase> {
        std::mem::take(&mut self.bonus)
    }

    /// As [`Part::fill`].
    pub(super) fn fill(
        &mut self,
        from: DocId,
        within: Option<&Bits>,
        sheet: &mut Sheet,
        merge: Merge,
        least: f32,
    ) {
        // Where the papers of a part are remembered, no other part is asked about more than those.
        let (known, whole) = shared(&self.must, from, within);
        if known.as_ref().is_some_and(Bits::is_empty) {
            return;
        }
        if let Some(known) = known.as_ref().filter(|_| whole && self.never.is_empty())
            && !least.is_finite()
        {
            sheet.bits.join(known);
            return;
        }
        let within = known.as_ref().or(within);
        if least.is_finite() && !self.tallies.is_empty() {
            self.note_and_weigh(from, within, least);
        } else {
            self.score_in_turn(from, within, least);
        }
        let All {
            bonus,
            sheet: scratch,
            found,
            ..
        } = self;
        let found = found.sheet();
        if found.bits.is_empty() {
            return;
        }
        for phrase in bonus {
            let scratch = scratch.cleared();
            phrase.fill(from, Some(&found.hot), scratch, Merge::Best, 0.0);
            for place in scratch.hot.places() {
                found.add(place, scratch.score(place));
            }
        }
        sheet.merge(found, merge);
    }

    /// Finds the papers that match, and only then what they score.
    fn note_and_weigh(&mut self, from: DocId, within: Option<&Bits>, least: f32) {
        let mut left = self.most();
        let found = self.found.cleared();
        let mut parts = self.must.iter_mut().zip(&mut self.tallies);
        if let Some((part, tally)) = parts.next() {
            tally.take(part, from, within, &mut found.bits);
        }
        for (part, tally) in parts {
            if found.bits.is_empty() {
                return;
            }
            let mut both = Bits::none();
            tally.take(part, from, Some(&found.bits), &mut both);
            *found.bits = both;
        }
        leave_out(&mut self.never, from, found, &mut self.sheet);
        if found.bits.is_empty() {
            return;
        }
        // The first has all that were found, so that all are hot then.
        let papers = found.bits.clone();
        for (number, (part, tally)) in self.must.iter_mut().zip(&mut self.tallies).enumerate() {
            left -= part.most();
            if number == 0 {
                found.bits.clear();
                tally.weigh(part, from, &papers, found, Merge::Best);
            } else if part.scores() {
                let scratch = self.sheet.cleared();
                tally.weigh(part, from, &found.hot, scratch, Merge::Best);
                for place in scratch.hot.places() {
                    found.add(place, scratch.score(place));
                }
            }
            found.cool(least - left - OFF);
        }
    }

    /// Scores the papers of each part that match those before it.
    fn score_in_turn(&mut self, from: DocId, within: Option<&Bits>, least: f32) {
        let mut left = self.most();
        let found = self.found.cleared();
        let Some((first, rest)) = self.must.split_first_mut() else {
            return;
        };
        left -= first.most();
        first.fill(from, within, found, Merge::Best, least - left - OFF);
        for part in rest {
            if found.bits.is_empty() {
                return;
            }
            let scratch = self.sheet.cleared();
            // What the best of the papers lacks, when all that is still to come is added.
            left -= part.most();
            let here = least - left - OFF;
            let lacks = here - found.highest();
            part.fill(from, Some(&found.bits), scratch, Merge::Best, lacks);
            if part.scores() {
                found.narrow(scratch);
            } else {
                found.keep(&scratch.bits);
            }
            found.cool(here);
        }
        leave_out(&mut self.never, from, found, &mut self.sheet);
    }
}

/// Takes out of `found` the papers that match one of `never`.
fn leave_out(never: &mut [Part], from: DocId, found: &mut Sheet, scratch: &mut Scratch) {
    for part in never {
        if found.bits.is_empty() {
            return;
        }
        let scratch = scratch.cleared();
        part.fill(from, Some(&found.bits), scratch, Merge::Best, f32::INFINITY);
        found.leave_out(&scratch.bits);
    }
}

/// The papers of a window that match each part whose papers are remembered, and whether that is every part.
fn shared(parts: &[Part], from: DocId, within: Option<&Bits>) -> (Option<Bits>, bool) {
    let mut shared: Option<Bits> = None;
    let mut whole = true;
    for part in parts {
        match (part.known(from), &mut shared) {
            (Some(known), Some(shared)) => shared.keep(&known),
            (Some(mut known), None) => {
                if let Some(within) = within {
                    known.keep(within);
                }
                shared = Some(known);
            }
            (None, _) => whole = false,
        }
    }
    (shared, whole)
}
