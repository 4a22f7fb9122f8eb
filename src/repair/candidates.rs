//! One word as read → the words it may have been.
//!
//! Comes in: a word without the signs around it. Goes out: candidates, each with what it costs to have been misread so and
//! what it costs as a word by itself. The word list is walked letter by letter, every confusion is a way to go; where no
//! word is found, first parts and last parts of compounds are walked the same way.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::confusions::{Confusions, confusions};
use crate::lexicon::{self, Model};

/// A word that may have been meant.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// As it would be written in place of the word read.
    pub text: String,
    /// Its number, when the word list has it; nothing for compounds and unknown words.
    pub id: Option<u32>,
    /// The cost of being misread so, in nats.
    pub channel: f32,
    /// The cost of the word by itself, in nats.
    pub prior: f32,
    /// A second word, when a blank was lost.
    pub second: Option<u32>,
    /// Whether nothing but marks differs from the word read.
    pub marks: bool,
}

/// What a search may cost and find.
const STEPS: usize = 12_000;
const MOST: usize = 8;
/// How many words are remembered, a few hundred bytes each.
const REMEMBERED: usize = 40_000;
/// The cost of a compound's being made anew, and of a word that nobody knows.
const COMPOUND: f32 = 5.0;
const UNKNOWN: f32 = 7.0;
/// The cost of a blank that was lost.
const LOST_BLANK: f32 = 10.0;
/// The cost of a speck of dirt that was read as a sign.
const SPECK: f32 = 6.0;
/// How much likelier a spelling must be that only its letters speak for.
const GUESS: f32 = 2.0;
/// Partners of all first parts and of all last parts, as logarithms.
const PARTNERS: f32 = 11.0;

/// How the letters of a word stand: which of them are capitals.
#[derive(Clone, Copy, PartialEq)]
enum Case {
    Small,
    Capitalised,
    Capitals,
}

fn case(word: &[char]) -> Case {
    let capitals = word.iter().filter(|c| c.is_uppercase()).count();
    let small = word.iter().filter(|c| c.is_lowercase()).count();
    if capitals > 1 && capitals > small {
        Case::Capitals
    } else if word.first().is_some_and(|c| c.is_uppercase()) {
        Case::Capitalised
    } else {
        Case::Small
    }
}

/// The candidates for `word`, the word itself first; `marks_only` leaves all confusions out but lost marks.
///
/// The last words asked for are remembered, for the same ones come again on every page.
pub(super) fn candidates(word: &str, marks_only: bool) -> Rc<[Candidate]> {
    thread_local! {
        static SEEN: RefCell<[Memory; 2]> = RefCell::default();
    }
    let kind = usize::from(marks_only);
    if let Some(known) = SEEN.with_borrow(|seen| seen[kind].get(word).map(Rc::clone)) {
        return known;
    }
    let found: Rc<[Candidate]> = search(word, marks_only).into();
    SEEN.with_borrow_mut(|seen| {
        if seen[kind].len() >= REMEMBERED {
            seen[kind].clear();
        }
        seen[kind].insert(word.into(), Rc::clone(&found));
    });
    found
}

/// Words and their candidates.
type Memory = HashMap<Box<str>, Rc<[Candidate]>>;

fn search(word: &str, marks_only: bool) -> Vec<Candidate> {
    let model = lexicon::model();
    let letters: Vec<char> = word.chars().collect();
    let case = case(&letters);
    let small = word.to_lowercase();
    let own = itself(model, word, &small);
    let known = own.id.map_or(0, |id| model.count(id));
    let compound = own.id.is_none() && !lexicon::parts(word).is_empty();
    let mut out = vec![own];
    if letters.len() > 40 {
        return out;
    }
    let walk = Walk {
        model,
        confusions: confusions(),
        read: if case == Case::Capitals {
            small.chars().collect()
        } else {
            letters.clone()
        },
        case,
        marks_only,
    };
    let bounds: &[f32] = match (known >= 30, marks_only) {
        // An `an` may be an att; a longer word that is right is hardly another one misread.
        (true, _) if letters.len() < 4 => &[8.0],
        (true, _) => &[6.6],
        (false, true) => &[5.0, 8.0],
        (false, false) => &[4.0, 8.0, 13.0],
    };
    let own = out[0].prior;
    for &bound in bounds {
        let mut found = walk.words(bound);
        let best = |found: &[Candidate]| {
            found
                .iter()
                .map(|c| c.channel + c.prior)
                .fold(f32::MAX, f32::min)
        };
        if known == 0 && letters.len() >= 6 && best(&found) > bound + 14.0 {
            found.extend(walk.compounds(bound));
        }
        if known == 0 && letters.len() >= 4 && best(&found) > own {
            found.extend(walk.two_words(bound.min(6.0)));
        }
        found.retain(|c| c.text != word);
        if found.is_empty() {
            continue;
        }
        found.sort_by(|a, b| {
            (a.channel + a.prior)
                .total_cmp(&(b.channel + b.prior))
                .then_with(|| a.text.cmp(&b.text))
        });
        found.dedup_by(|a, b| a.text == b.text);
        let best = found[0].channel + found[0].prior;
        // What is so much dearer that no neighbours could speak for it.
        found.retain(|c| c.channel + c.prior < best.min(own) + 10.0);
        found.truncate(MOST);
        out.extend(found);
        if best < own - 4.0 || compound && best < own {
            break;
        }
    }
    if known == 0
        && letters.len() >= 5
        && !compound
        && case != Case::Capitals
        && out.iter().skip(1).all(|c| c.channel + c.prior > own - 4.0)
    {
        out.extend(walk.likely_letters().filter(|c| c.text != word));
    }
    let bare = lexicon::without_marks(word);
    for candidate in &mut out {
        candidate.marks = lexicon::without_marks(&candidate.text) == bare;
    }
    // Wider searches find again what narrower ones found.
    let mut seen: Vec<String> = Vec::new();
    out.retain(|c| {
        let new = !seen.contains(&c.text);
        if new {
            seen.push(c.text.clone());
        }
        new
    });
    out
}

/// The word as it stands.
fn itself(model: &Model, word: &str, small: &str) -> Candidate {
    let id = model.id(small);
    let prior = match id {
        Some(id) => model.cost(id),
        None => {
            let letters = UNKNOWN + model.unknown(small);
            [compound_cost(model, small), prefixed_cost(model, small)]
                .into_iter()
                .flatten()
                .fold(letters, f32::min)
        }
    };
    Candidate {
        text: word.to_owned(),
        id,
        channel: 0.0,
        prior,
        second: None,
        marks: false,
    }
}

/// The cost of a compound that is not in the word list.
fn compound_cost(model: &Model, small: &str) -> Option<f32> {
    let parts = lexicon::parts(small);
    let head = &small[parts.last()?.clone()];
    let mut cost = COMPOUND + head_cost(model, model.id(head));
    for (index, part) in parts[..parts.len() - 1].iter().enumerate() {
        let end = parts[index + 1].start;
        let heads = model
            .modifier(&small[part.start..end])
            .map_or(2, |(heads, _)| heads);
        cost += PARTNERS - (heads as f32).ln();
    }
    Some(cost)
}

/// The cost of a word that has got a particle before it (`vidarekopplas`, `omtest`).
fn prefixed_cost(model: &Model, small: &str) -> Option<f32> {
    PARTICLES
        .iter()
        .filter_map(|particle| {
            let id = model.id(small.strip_prefix(particle)?)?;
            (model.count(id) >= 5 && small.len() >= particle.len() + 4)
                .then(|| COMPOUND + 3.0 + model.cost(id))
        })
        .reduce(f32::min)
}

/// What is put before verbs and nouns to make others.
const PARTICLES: &[&str] = &[
    "an", "av", "be", "bort", "efter", "fram", "för", "genom", "hop", "icke", "ihop", "in", "miss",
    "mot", "ned", "ner", "o", "om", "på", "sam", "till", "under", "upp", "ut", "vidare", "åter",
    "över",
];

/// Whether `word`, marks or none, is a particle.
fn is_particle(word: &str) -> bool {
    let bare = lexicon::without_marks(&word.to_lowercase());
    PARTICLES
        .iter()
        .any(|particle| lexicon::without_marks(particle) == bare)
}

fn head_cost(model: &Model, id: Option<u32>) -> f32 {
    let heads = id.map_or(0.0, |id| model.head(id));
    PARTNERS - (heads + 0.3).ln()
}

/// A search over the word list.
struct Walk<'a> {
    model: &'static Model,
    confusions: &'a Confusions,
    read: Vec<char>,
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
    /// The step that led here, in the list of steps.
    step: u32,
}

/// One step of a search, for spelling out what was found.
#[derive(Clone, Copy)]
struct Step {
    before: u32,
    /// What was written; one letter for a letter read rightly.
    letter: Option<char>,
    group: &'static str,
}

const NO_STEP: u32 = u32::MAX;

impl Walk<'_> {
    /// Whole words within `bound`.
    fn words(&self, bound: f32) -> Vec<Candidate> {
        let Some(words) = self.model.words() else {
            return Vec::new();
        };
        let mut out = Vec::new();
        let mut steps = Vec::new();
        let start = Place {
            node: words.as_fst().root().addr(),
            value: 0,
            at: 0,
            cost: 0.0,
            step: NO_STEP,
        };
        self.search(
            words.as_fst(),
            start,
            bound,
            &mut steps,
            &mut |place, steps| {
                if place.at == self.read.len() {
                    let id = place.value as u32;
                    out.push(Candidate {
                        text: self.spell(steps, place.step),
                        id: Some(id),
                        channel: place.cost,
                        prior: self.model.cost(id),
                        second: None,
                        marks: false,
                    });
                }
            },
        );
        out
    }

    /// Compounds of two parts, or of more when the first ones are seen together, within `bound`.
    fn compounds(&self, bound: f32) -> Vec<Candidate> {
        let (Some(words), Some(modifiers)) = (self.model.words(), self.model.modifiers()) else {
            return Vec::new();
        };
        let mut steps: Vec<Step> = Vec::new();
        let mut out = self.particles(words.as_fst(), bound, &mut steps);
        let root = modifiers.as_fst().root().addr();
        let mut starts = vec![(
            Place {
                node: root,
                value: 0,
                at: 0,
                cost: 0.0,
                step: NO_STEP,
            },
            0.0f32,
            0,
        )];
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
                    group: "",
                });
                let head = Place {
                    node: words.as_fst().root().addr(),
                    value: 0,
                    at: end.at,
                    cost: end.cost,
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
                        let heads = self.model.head(id);
                        if letters < 5 && heads < 3.0 && (letters < 4 || self.model.count(id) < 20)
                        {
                            return;
                        }
                        out.push(Candidate {
                            text: self.spell(steps, place.step),
                            id: None,
                            channel: place.cost,
                            prior: COMPOUND + known + head_cost(self.model, Some(id)),
                            second: None,
                            marks: false,
                        });
                    },
                );
                if depth == 0 && self.read.len() - end.at >= 8 {
                    starts.push((Place { node: root, ..head }, known, 1));
                }
                if steps.len() > 4 * STEPS {
                    return self.whole(out);
                }
            }
        }
        self.whole(out)
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
                group: particle,
            });
            let start = Place {
                node: words.root().addr(),
                value: 0,
                at: letters,
                cost: lost as f32,
                step,
            };
            self.search(words, start, bound, steps, &mut |place, steps| {
                let id = place.value as u32;
                if place.at == self.read.len()
                    && place.at >= letters + 4
                    && self.model.count(id) >= 5
                {
                    out.push(Candidate {
                        text: self.spell(steps, place.step),
                        id: None,
                        channel: place.cost,
                        prior: COMPOUND + 3.0 + self.model.cost(id),
                        second: None,
                        marks: false,
                    });
                }
            });
        }
        out
    }

    /// The word with those marks that make its letters likeliest, when the word list knows nothing like it.
    fn likely_letters(&self) -> Option<Candidate> {
        // Rows of the best spellings so far, by their last three letters.
        let mut rows: Vec<(String, [char; 3], f32, f32)> =
            vec![(String::new(), ['\0'; 3], 0.0, 0.0)];
        for &read in &self.read {
            let small = read.to_lowercase().next().unwrap_or(read);
            let ways: &[(char, f32)] = match small {
                'a' => &[('a', 0.0), ('å', 1.2), ('ä', 1.0)],
                'o' => &[('o', 0.0), ('ö', 1.0)],
                'é' => &[('é', 3.0), ('å', 2.0), ('ä', 2.0), ('ö', 1.2)],
                _ => &[],
            };
            let own = [(small, 0.0)];
            let ways = if ways.is_empty() { &own[..] } else { ways };
            let mut next: Vec<(String, [char; 3], f32, f32)> =
                Vec::with_capacity(rows.len() * ways.len());
            for (text, last, channel, cost) in &rows {
                for &(letter, way) in ways {
                    let mut text = text.clone();
                    text.push(letter);
                    let cost = cost + self.model.letter_after(*last, letter);
                    next.push((text, [last[1], last[2], letter], channel + way, cost));
                }
            }
            next.sort_by(|a, b| (a.2 + a.3).total_cmp(&(b.2 + b.3)));
            next.truncate(12);
            rows = next;
        }
        let (text, _, channel, _) = rows.into_iter().min_by(|a, b| {
            (a.2 + a.3 + self.model.letter_after(a.1, '\0'))
                .total_cmp(&(b.2 + b.3 + self.model.letter_after(b.1, '\0')))
        })?;
        let prior = UNKNOWN + self.model.unknown(&text);
        Some(Candidate {
            text: match self.case {
                Case::Capitals => text.to_uppercase(),
                Case::Capitalised => capitalised(&text),
                Case::Small => text,
            },
            id: None,
            channel: channel + GUESS,
            prior,
            second: None,
            marks: false,
        })
    }

    /// Compounds whose parts the judge of compounds takes for parts too.
    fn whole(&self, mut found: Vec<Candidate>) -> Vec<Candidate> {
        found.sort_by(|a, b| (a.channel + a.prior).total_cmp(&(b.channel + b.prior)));
        found.truncate(16);
        found.retain(|c| {
            PARTICLES
                .iter()
                .any(|p| c.text.to_lowercase().starts_with(p))
                || !lexicon::parts(&c.text).is_empty()
        });
        found
    }

    /// Two common words that stand without their blank.
    fn two_words(&self, bound: f32) -> Vec<Candidate> {
        let Some(words) = self.model.words() else {
            return Vec::new();
        };
        let mut steps = Vec::new();
        let root = words.as_fst().root().addr();
        let start = Place {
            node: root,
            value: 0,
            at: 0,
            cost: 0.0,
            step: NO_STEP,
        };
        let mut firsts: Vec<Place> = Vec::new();
        self.search(words.as_fst(), start, bound, &mut steps, &mut |place, _| {
            let first: String = self.read[..place.at].iter().collect();
            if place.at >= 2
                && (self.read.len() - place.at < 5 || !is_particle(&first))
                && place.at + 2 <= self.read.len()
                && self.model.count(place.value as u32) >= 2000
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
                group: "",
            });
            let from = Place {
                node: root,
                value: 0,
                at: first.at,
                cost: first.cost,
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
                        && letters >= 2
                        && self.model.count(id) >= if letters < 4 { 5000 } else { 20 }
                    {
                        out.push(Candidate {
                            text: self.spell(steps, place.step),
                            id: Some(first.value as u32),
                            channel: place.cost + LOST_BLANK,
                            prior: self.model.cost(first.value as u32) + self.model.cost(id),
                            second: Some(id),
                            marks: false,
                        });
                    }
                },
            );
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
        let mut stack = vec![start];
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
            let go = |written: &[u8]| -> Option<(fst::raw::CompiledAddr, u64)> {
                let (mut addr, mut value) = (place.node, place.value);
                for &byte in written {
                    let node = fst.node(addr);
                    let step = node.transition(node.find_input(byte)?);
                    value += step.out.value();
                    addr = step.addr;
                }
                Some((addr, value))
            };
            // As read.
            let small = read.to_lowercase().next().unwrap_or(read);
            let cost = if small == read || place.at == 0 {
                0.0
            } else {
                4.5
            };
            if place.cost + cost <= bound {
                let mut bytes = [0; 4];
                if let Some((node, value)) = go(small.encode_utf8(&mut bytes).as_bytes()) {
                    let step = steps.len() as u32;
                    steps.push(Step {
                        before: place.step,
                        letter: Some(small),
                        group: "",
                    });
                    stack.push(Place {
                        node,
                        value,
                        at: place.at + 1,
                        cost: place.cost + cost,
                        step,
                    });
                }
            }
            // A speck between letters, read as an apostrophe.
            if matches!(read, '\'' | '‘' | '’' | '`' | '´' | '^' | '~' | '“' | '*')
                && !self.marks_only
            {
                let cost = place.cost + SPECK;
                if cost <= bound {
                    stack.push(Place {
                        at: place.at + 1,
                        cost,
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
                    if self.marks_only && !is_mark(&way.read, way.written)
                        || self.read.get(place.at + 1..end) != Some(&way.read[1..])
                    {
                        continue;
                    }
                    if let Some((node, value)) = go(way.written.as_bytes()) {
                        let step = steps.len() as u32;
                        steps.push(Step {
                            before: place.step,
                            letter: None,
                            group: way.written,
                        });
                        stack.push(Place {
                            node,
                            value,
                            at: end,
                            cost: place.cost + way.cost,
                            step,
                        });
                    }
                }
            }
        }
    }

    /// The word that steps lead to, in the case of the word read.
    fn spell(&self, steps: &[Step], last: u32) -> String {
        let mut groups = Vec::new();
        let mut at = last;
        while let Some(step) = steps.get(at as usize) {
            groups.push(*step);
            at = step.before;
        }
        let mut out = String::new();
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

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Whether only a mark was lost.
fn is_mark(read: &[char], written: &str) -> bool {
    matches!(
        (read, written),
        (['a'], "å" | "ä")
            | (['o'], "ö")
            | (['e'], "é")
            | (['u'], "ü")
            | (['a', _] | ['?' | '\u{fffd}'], _)
    ) && read.len() == 1
}
