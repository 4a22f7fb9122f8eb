//! The word list walked letter by letter: every confusion is a way to go.
//!
//! Comes in: the letters of a word as read. Goes out: words, compounds and pairs of words that can have been read so, with
//! what that costs. Where no word is found, first parts and last parts of compounds are walked the same way.

use super::candidates::{
    COMPOUND, Candidate, Case, LOST_BLANK, NAMES_GENITIVE, PARTICLES, PARTNERS, capitalised,
    head_cost, is_name, is_particle, joined_cost,
};
use super::confusions::{Confusions, ROUGH, confusions, is_mark};
use super::guesses;
use crate::lexicon::{self, Figures};

/// How many places a search may look at.
const STEPS: usize = 12_000;
/// So many places are mostly enough at once, and so many steps in all.
const AT_ONCE: usize = 64;
const STEPS_MOSTLY: usize = 256;
/// The cost of a speck of dirt that was read as a sign.
const SPECK: f32 = 6.0;
/// The cost of a first letter that was lost with its mark.
const LOST_FIRST: f32 = 6.5;
/// The cost of a word that nobody knows, beside its letters.
pub(super) const UNKNOWN: f32 = 7.0;

/// A search over the word list.
pub(super) struct Walk<'a> {
    figures: &'a Figures<'a>,
    confusions: &'static Confusions,
    word: &'a str,
    read: Vec<char>,
    /// The same in small letters.
    small: Vec<char>,
    case: Case,
    marks_only: bool,
}

/// A place in the search: how far the reading is explained, and by what.
#[derive(Clone, Copy)]
struct Place {
    node: fst::raw::CompiledAddr,
    value: u64,
    at: usize,
    cost: f32,
    /// Letters without marks that were misread.
    odd: u8,
    /// The step that led here, in the list of steps.
    step: u32,
}

impl Place {
    fn root<D: AsRef<[u8]>>(words: &fst::raw::Fst<D>) -> Place {
        Place {
            node: words.root().addr(),
            value: 0,
            at: 0,
            cost: 0.0,
            odd: 0,
            step: NO_STEP,
        }
    }
}

/// One step of a search, for spelling out what was found.
#[derive(Clone, Copy)]
struct Step {
    before: u32,
    /// What was written; one letter for a letter read rightly.
    letter: Option<char>,
    group: &'static str,
    /// The group's number, where letters without marks were misread.
    odd: Option<u16>,
}

const NO_STEP: u32 = u32::MAX;

impl<'a> Walk<'a> {
    /// A search for what was read as `word`, which stands in `case`.
    pub(super) fn new(
        figures: &'a Figures<'a>,
        word: &'a str,
        case: Case,
        marks_only: bool,
    ) -> Walk<'a> {
        let read: Vec<char> = if case == Case::Capitals {
            word.to_lowercase().chars().collect()
        } else {
            word.chars().collect()
        };
        let small = read
            .iter()
            .map(|&letter| letter.to_lowercase().next().unwrap_or(letter))
            .collect();
        Walk {
            figures,
            confusions: confusions(),
            word,
            read,
            small,
            case,
            marks_only,
        }
    }

    /// Whole words within `bound`, but for those dearer by `hopeless` than another that is not the word as read.
    pub(super) fn words(&self, bound: f32, hopeless: f32) -> Vec<Candidate> {
        let mut out = Vec::new();
        if let Some(words) = self.figures.model.words() {
            self.whole_words(words.as_fst(), 0, bound, hopeless, &mut out);
        }
        if let Some((words, first)) = self.figures.words_learned() {
            self.whole_words(words.as_fst(), first, bound, hopeless, &mut out);
        }
        out
    }

    fn whole_words<D: AsRef<[u8]>>(
        &self,
        words: &fst::raw::Fst<D>,
        first: u32,
        bound: f32,
        hopeless: f32,
        out: &mut Vec<Candidate>,
    ) {
        let mut best = f32::MAX;
        let mut steps = Vec::with_capacity(STEPS_MOSTLY);
        let start = Place::root(words);
        let all = self.read.len();
        let genitive = self.case == Case::Capitalised && all >= 5 && self.read.ends_with(&['s']);
        self.search(words, start, bound, &mut steps, &mut |place, steps| {
            let id = first + place.value as u32;
            let whole = place.at == all;
            // `Hagersatras`: the s of the genitive may stand behind any name.
            let bare = || genitive && place.at + 1 == all && is_name(self.figures, id);
            if !(whole || bare()) {
                return;
            }
            let mut prior = self.figures.cost(id);
            if !whole {
                prior += NAMES_GENITIVE;
            }
            let cost = place.cost + prior;
            if cost >= best + hopeless {
                return;
            }
            let mut text = self.spell(steps, place.step);
            if !whole {
                text.push('s');
            }
            if cost < best && text != self.word {
                best = cost;
            }
            out.push(Candidate {
                groups: odd_groups(steps, place.step),
                text,
                id: whole.then_some(id),
                like: Some(id),
                channel: place.cost,
                prior,
                odd: place.odd,
                ..Candidate::default()
            });
        });
    }

    /// Compounds of two parts, or of more when the first ones are seen together, within `bound`, that cost less than `most`.
    pub(super) fn compounds(&self, bound: f32, most: f32) -> Vec<Candidate> {
        let (Some(words), Some(modifiers)) =
            (self.figures.model.words(), self.figures.model.modifiers())
        else {
            return Vec::new();
        };
        let mut steps: Vec<Step> = Vec::with_capacity(STEPS_MOSTLY);
        let mut out = self.particles(words.as_fst(), bound, &mut steps);
        let root = modifiers.as_fst().root().addr();
        let mut starts = vec![(Place::root(modifiers.as_fst()), 0.0f32, 0)];
        while let Some((start, prior, depth)) = starts.pop() {
            let mut ends: Vec<(Place, f32)> = Vec::new();
            self.search(
                modifiers.as_fst(),
                start,
                bound,
                &mut steps,
                &mut |place, _| {
                    if place.at >= start.at + 3 && place.at + 3 <= self.read.len() {
                        let (heads, _) = lexicon::modifier_value(place.value);
                        ends.push((place, PARTNERS - (heads as f32).ln()));
                    }
                },
            );
            // The likeliest first parts; the others lead to the same words by dearer ways.
            ends.sort_by(|a, b| (a.0.cost + a.1).total_cmp(&(b.0.cost + b.1)));
            ends.truncate(24);
            for (end, cost) in ends {
                let step = steps.len() as u32;
                steps.push(Step {
                    before: end.step,
                    letter: None,
                    odd: None,
                    group: "",
                });
                let head = Place {
                    node: words.as_fst().root().addr(),
                    value: 0,
                    at: end.at,
                    cost: end.cost,
                    odd: end.odd,
                    step,
                };
                let known = prior + cost;
                self.search(
                    words.as_fst(),
                    head,
                    bound,
                    &mut steps,
                    &mut |place, steps| {
                        let letters = self.read.len() - end.at;
                        if place.at != self.read.len() || letters < 3 {
                            return;
                        }
                        let id = place.value as u32;
                        let heads = self.figures.model.head(id);
                        if letters < 5
                            && heads < 3.0
                            && (letters < 4 || self.figures.model.count(id) < 20)
                        {
                            return;
                        }
                        out.push(Candidate {
                            groups: odd_groups(steps, place.step),
                            text: self.spell(steps, place.step),
                            like: Some(id),
                            channel: place.cost,
                            prior: COMPOUND + known + head_cost(self.figures.model, Some(id)),
                            odd: place.odd,
                            ..Candidate::default()
                        });
                    },
                );
                if depth == 0 && self.read.len() - end.at >= 8 {
                    starts.push((Place { node: root, ..head }, known, 1));
                }
                if steps.len() > 4 * STEPS {
                    return self.whole(out, most);
                }
            }
        }
        self.whole(out, most)
    }

    /// Words behind a particle (`överrapportera`), within `bound`.
    fn particles<D: AsRef<[u8]>>(
        &self,
        words: &fst::raw::Fst<D>,
        bound: f32,
        steps: &mut Vec<Step>,
    ) -> Vec<Candidate> {
        let mut out = Vec::new();
        for particle in PARTICLES {
            let letters = particle.chars().count();
            let Some(read) = self.read.get(..letters) else {
                continue;
            };
            let mut lost = 0;
            let same = read.iter().zip(particle.chars()).all(|(&read, written)| {
                let small = read.to_lowercase().next().unwrap_or(read);
                lost += usize::from(small != written);
                small == written
                    || !small.is_alphanumeric()
                    || is_mark(&[small], written.encode_utf8(&mut [0; 4]))
                    || small == 'é' && "åäö".contains(written)
            });
            if !same {
                continue;
            }
            let step = steps.len() as u32;
            steps.push(Step {
                before: NO_STEP,
                letter: None,
                odd: None,
                group: particle,
            });
            let start = Place {
                node: words.root().addr(),
                value: 0,
                at: letters,
                cost: lost as f32,
                odd: 0,
                step,
            };
            self.search(words, start, bound, steps, &mut |place, steps| {
                let id = place.value as u32;
                if place.at == self.read.len()
                    && place.at >= letters + 4
                    && self.figures.model.count(id) >= 5
                {
                    out.push(Candidate {
                        groups: odd_groups(steps, place.step),
                        text: self.spell(steps, place.step),
                        like: Some(id),
                        channel: place.cost,
                        prior: COMPOUND + 3.0 + self.figures.model.cost(id),
                        odd: place.odd,
                        ..Candidate::default()
                    });
                }
            });
        }
        out
    }

    /// The word with those marks that make its letters likeliest, when the word list knows nothing like it.
    pub(super) fn likely_letters(&self) -> Option<Candidate> {
        guesses::likely(self.figures, &self.read, self.case, self.marks_only)
    }

    /// Compounds, of `found` those that cost less than `most`, whose parts the judge of compounds takes for parts too.
    fn whole(&self, mut found: Vec<Candidate>, most: f32) -> Vec<Candidate> {
        found.sort_by(|a, b| (a.channel + a.prior).total_cmp(&(b.channel + b.prior)));
        found.truncate(16);
        found.retain(|c| c.channel + c.prior < most);
        found.retain(|c| {
            PARTICLES
                .iter()
                .any(|p| c.text.to_lowercase().starts_with(p))
                || !lexicon::parts(&c.text).is_empty()
        });
        found
    }

    /// Two common words that stand without their blank.
    pub(super) fn two_words(&self, bound: f32) -> Vec<Candidate> {
        let Some(words) = self.figures.model.words() else {
            return Vec::new();
        };
        let mut steps = Vec::with_capacity(STEPS_MOSTLY);
        let root = words.as_fst().root().addr();
        let start = Place::root(words.as_fst());
        let mut firsts: Vec<Place> = Vec::new();
        self.search(words.as_fst(), start, bound, &mut steps, &mut |place, _| {
            // Most words that begin like the one read are too rare.
            if self.figures.model.count(place.value as u32) < 2000 {
                return;
            }
            let rest = self.read.len() - place.at;
            // An i alone, before a word or behind one (`iytterstaden`, `hari`).
            let is_i = place.at == 1 && self.read[0] == 'i' && rest >= 5;
            if (place.at >= 2 || is_i)
                && (rest >= 2 || rest == 1 && place.at >= 3 && self.read[place.at] == 'i')
                && (rest < 5 || is_i || !is_particle(&self.read[..place.at]))
            {
                firsts.push(place);
            }
        });
        let mut out = Vec::new();
        for first in firsts {
            let step = steps.len() as u32;
            steps.push(Step {
                before: first.step,
                letter: Some(' '),
                odd: None,
                group: "",
            });
            let from = Place {
                node: root,
                value: 0,
                at: first.at,
                cost: first.cost,
                odd: first.odd,
                step,
            };
            self.search(
                words.as_fst(),
                from,
                bound,
                &mut steps,
                &mut |place, steps| {
                    let id = place.value as u32;
                    let letters = self.read.len() - first.at;
                    if place.at == self.read.len()
                        && (letters >= 2 || place.cost == first.cost)
                        && self.figures.model.count(id) >= if letters < 4 { 5000 } else { 20 }
                    {
                        out.push(Candidate {
                            groups: odd_groups(steps, place.step),
                            text: self.spell(steps, place.step),
                            id: Some(first.value as u32),
                            like: Some(first.value as u32),
                            channel: place.cost + LOST_BLANK,
                            prior: self.figures.model.cost(first.value as u32)
                                + self.figures.model.cost(id),
                            second: Some(id),
                            odd: place.odd,
                            ..Candidate::default()
                        });
                    }
                },
            );
        }
        out
    }

    /// Two words that nobody is known to have joined (`sänggrinden`), with marks put back and nothing else.
    pub(super) fn joined(&self) -> Vec<Candidate> {
        let Some(words) = self.figures.model.words() else {
            return Vec::new();
        };
        let marks = Walk {
            figures: self.figures,
            confusions: self.confusions,
            word: self.word,
            read: self.read.clone(),
            small: self.small.clone(),
            case: self.case,
            marks_only: true,
        };
        const BOUND: f32 = 4.0;
        let mut steps = Vec::with_capacity(STEPS_MOSTLY);
        let start = Place::root(words.as_fst());
        let mut firsts: Vec<Place> = Vec::new();
        marks.search(words.as_fst(), start, BOUND, &mut steps, &mut |place, _| {
            let id = place.value as u32;
            let known = self.figures.model.count(id) >= 3;
            // A street or a school may bear any name.
            let named =
                || self.case == Case::Capitalised && place.at >= 5 && is_name(self.figures, id);
            if place.at >= 3 && place.at + 4 <= self.read.len() && (known || named()) {
                firsts.push(place);
            }
        });
        let mut out = Vec::new();
        for first in firsts {
            let step = steps.len() as u32;
            steps.push(Step {
                before: first.step,
                letter: None,
                odd: None,
                group: "",
            });
            let mut starts = vec![Place {
                value: 0,
                step,
                node: start.node,
                ..first
            }];
            if self.read.get(first.at) == Some(&'s') {
                let step = steps.len() as u32;
                steps.push(Step {
                    before: first.step,
                    letter: Some('s'),
                    odd: None,
                    group: "",
                });
                starts.push(Place {
                    value: 0,
                    at: first.at + 1,
                    step,
                    node: start.node,
                    ..first
                });
            }
            for head in starts {
                marks.search(
                    words.as_fst(),
                    head,
                    BOUND,
                    &mut steps,
                    &mut |place, steps| {
                        let id = place.value as u32;
                        if place.at == self.read.len()
                            && place.at - head.at >= 4
                            && place.cost > 0.0
                            && self.figures.model.count(id) >= 2
                        {
                            let text = self.spell(steps, place.step);
                            let prior = joined_cost(self.figures, &text.to_lowercase());
                            out.extend(prior.map(|(prior, like)| Candidate {
                                text,
                                like,
                                channel: place.cost,
                                prior,
                                ..Candidate::default()
                            }));
                        }
                    },
                );
            }
        }
        out
    }

    /// Walks `fst` from `start` as far as `bound` reaches, and calls `found` wherever a key ends.
    fn search<D: AsRef<[u8]>>(
        &self,
        fst: &fst::raw::Fst<D>,
        start: Place,
        bound: f32,
        steps: &mut Vec<Step>,
        found: &mut dyn FnMut(Place, &[Step]),
    ) {
        let mut stack = Vec::with_capacity(AT_ONCE);
        stack.push(start);
        let mut taken = 0;
        while let Some(place) = stack.pop() {
            taken += 1;
            if taken > STEPS {
                return;
            }
            let node = fst.node(place.node);
            if node.is_final() && place.at > start.at {
                let value = place.value + node.final_output().value();
                found(Place { value, ..place }, steps);
            }
            let Some(&read) = self.read.get(place.at) else {
                continue;
            };
            if place.at == 0 && start.at == 0 && place.cost == 0.0 && LOST_FIRST <= bound {
                self.lost_first(fst, place, steps, &mut stack);
            }
            let go = |written: &[u8]| -> Option<(fst::raw::CompiledAddr, u64)> {
                let (first, rest) = written.split_first()?;
                let step = node.transition(node.find_input(*first)?);
                let (mut addr, mut value) = (step.addr, place.value + step.out.value());
                for &byte in rest {
                    let node = fst.node(addr);
                    let step = node.transition(node.find_input(byte)?);
                    value += step.out.value();
                    addr = step.addr;
                }
                Some((addr, value))
            };
            // As read.
            let small = self.small[place.at];
            let cost = if small == read || place.at == 0 {
                0.0
            } else {
                4.5 - ROUGH
            };
            if place.cost + cost <= bound {
                let mut bytes = [0; 4];
                if let Some((node, value)) = go(small.encode_utf8(&mut bytes).as_bytes()) {
                    let step = steps.len() as u32;
                    steps.push(Step {
                        before: place.step,
                        letter: Some(small),
                        odd: None,
                        group: "",
                    });
                    stack.push(Place {
                        node,
                        value,
                        at: place.at + 1,
                        cost: place.cost + cost,
                        odd: place.odd + u8::from(cost > 0.0),
                        step,
                    });
                }
            }
            // A speck between letters, read as an apostrophe.
            if matches!(read, '\'' | '‘' | '’' | '`' | '´' | '^' | '~' | '“' | '*')
                && !self.marks_only
            {
                let cost = place.cost + SPECK - ROUGH;
                if cost <= bound {
                    stack.push(Place {
                        at: place.at + 1,
                        cost,
                        odd: place.odd + 1,
                        ..place
                    });
                }
            }
            // Misread.
            for (first, capital) in [(read, false), (small, true)] {
                if capital && (first == read || place.at > 0) {
                    continue;
                }
                for way in self.confusions.of(first) {
                    if place.cost + way.cost > bound {
                        break;
                    }
                    let end = place.at + way.read.len();
                    // Most ways of several letters fail at the second.
                    let next = way.read.get(1);
                    if self.marks_only && !way.mark
                        || next.is_some() && next != self.read.get(place.at + 1)
                        || way.read.len() > 2
                            && self.read.get(place.at + 2..end) != Some(&way.read[2..])
                    {
                        continue;
                    }
                    if let Some((node, value)) = go(way.written.as_bytes()) {
                        let step = steps.len() as u32;
                        steps.push(Step {
                            before: place.step,
                            letter: None,
                            group: way.written,
                            odd: (way.odd > 0).then_some(way.number),
                        });
                        stack.push(Place {
                            node,
                            value,
                            at: end,
                            cost: place.cost + way.cost,
                            odd: place.odd + way.odd,
                            step,
                        });
                    }
                }
            }
        }
    }

    /// The ways on which the first letter was lost with its mark (`ven` for även).
    fn lost_first<D: AsRef<[u8]>>(
        &self,
        fst: &fst::raw::Fst<D>,
        place: Place,
        steps: &mut Vec<Step>,
        stack: &mut Vec<Place>,
    ) {
        if self.marks_only || self.case != Case::Small || self.read.len() < 2 {
            return;
        }
        let root = fst.node(place.node);
        let Some(lead) = root.find_input(0xc3).map(|index| root.transition(index)) else {
            return;
        };
        let second = fst.node(lead.addr);
        for (byte, letter) in [(0xa5, "å"), (0xa4, "ä"), (0xb6, "ö")] {
            if let Some(index) = second.find_input(byte) {
                let last = second.transition(index);
                let step = steps.len() as u32;
                steps.push(Step {
                    before: place.step,
                    letter: None,
                    odd: None,
                    group: letter,
                });
                stack.push(Place {
                    node: last.addr,
                    value: place.value + lead.out.value() + last.out.value(),
                    cost: LOST_FIRST,
                    step,
                    ..place
                });
            }
        }
    }

    /// The word that steps lead to, in the case of the word read.
    fn spell(&self, steps: &[Step], last: u32) -> String {
        let mut groups = Vec::with_capacity(2 * self.read.len());
        let mut at = last;
        while let Some(step) = steps.get(at as usize) {
            groups.push(*step);
            at = step.before;
        }
        let mut out = String::with_capacity(2 * self.read.len());
        for step in groups.iter().rev() {
            match step.letter {
                Some(letter) => out.push(letter),
                None => out.push_str(step.group),
            }
        }
        let first = groups.last();
        match self.case {
            Case::Capitals => out.to_uppercase(),
            // `Iegitimerad` is legitimerad: the capital was a misread l.
            Case::Capitalised
                if first.is_some_and(|step| {
                    step.letter.is_some() || !(self.read[0] == 'I' && step.group.starts_with('l'))
                }) =>
            {
                capitalised(&out)
            }
            _ => out,
        }
    }
}

/// The numbers of the groups without marks that were misread on the way to `last`.
fn odd_groups(steps: &[Step], last: u32) -> Vec<u16> {
    let mut out = Vec::new();
    let mut at = last;
    while let Some(step) = steps.get(at as usize) {
        out.extend(step.odd);
        at = step.before;
    }
    out
}
