//! Candidates in a row → the likeliest way through them.
//!
//! Comes in: the places of a page, each with what may have stood there. Goes out: which candidate each place takes, by
//! word triples, and by how much it beats the others. A way that is far dearer than the best one is not followed.

use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;

use super::candidates::Candidate;
use super::tokens::Kind;
use crate::lexicon::Figures;

/// What a name is worth: a capitalised word inside a sentence need not be known.
const NAME: f32 = 3.0;
/// So many sightings of two words in a row make half of what follows them known.
const TRUST: f32 = 60.0;
/// The share of a word that hangs on no classes.
const ANYWHERE: f32 = 0.2;
/// Ways that are so much dearer than the best are not followed.
const BEAM: f32 = 12.0;
/// A word as it stands that is so much dearer than another, by itself, is not weighed among its neighbours.
const HOPELESS: f32 = 16.0;
/// So many words on, a word still tells of another.
const REACH: usize = 2;
/// No word.
const NONE: u32 = u32::MAX;

/// What may stand at a place.
pub(super) enum Choices {
    /// What stands there; the number of its word, if it has one.
    Fixed(Option<u32>),
    /// A sign that is no word, and the word it may be: its number, and what that costs.
    Sign { own: Option<u32>, word: Candidate },
    /// The candidates of a word, as it stands first.
    Words(Rc<[Candidate]>),
}

/// A place of the row.
pub(super) struct Node {
    /// Bytes of the page's text.
    pub range: Range<usize>,
    /// What the token is.
    pub kind: Kind,
    /// What may stand there.
    pub choices: Choices,
    /// Whether it is a capitalised word inside a sentence.
    pub name: bool,
    /// Whether it is one that stands right behind a word in small letters, where nothing but a name has a capital.
    pub inside: bool,
    /// Whether it stands where a surname does: before the letters of a party in brackets.
    pub surname: bool,
    /// Whether it is the first of its line.
    pub first: bool,
    /// Whether a sentence begins with it.
    pub opens: bool,
    /// What each candidate costs before its neighbours are asked; empty for what is fixed.
    pub own: Vec<f32>,
}

impl Node {
    /// How many choices there are.
    pub(super) fn len(&self) -> usize {
        match &self.choices {
            Choices::Fixed(_) => 1,
            Choices::Sign { .. } => 2,
            Choices::Words(words) => words.len(),
        }
    }

    /// Choice `index`, when it is a word.
    pub(super) fn candidate(&self, index: usize) -> Option<&Candidate> {
        match &self.choices {
            Choices::Fixed(_) => None,
            Choices::Sign { word, .. } => (index == 1).then_some(word),
            Choices::Words(words) => words.get(index),
        }
    }

    /// By how much the word as it stands costs less, in nats, as a name that nobody knows, where it costs `cost` as a word.
    pub(super) fn as_name(&self, cost: f32) -> f32 {
        match self.candidate(0) {
            Some(own) if self.name => {
                // Many a line begins with a capital, whatever stands there.
                let first = if self.first { NAME / 2.0 } else { 0.0 };
                (cost - own.name - first).max(0.0)
            }
            _ => 0.0,
        }
    }

    /// What a name is worth here.
    pub(super) fn name_bonus(&self) -> f32 {
        match self.candidate(0) {
            // Nobody's name has a figure in it (`Bj6rk`).
            Some(own) if own.text.contains(|c: char| c.is_ascii_digit()) => 0.0,
            // Many a line begins with a capital, whatever stands there.
            Some(own) if self.name && own.id.is_none() && self.first => -NAME / 2.0,
            Some(own) if self.name && own.id.is_none() => -NAME,
            _ => 0.0,
        }
    }
}

/// The last two words of a way.
type Last = [u32; 2];

/// How a candidate is best reached.
#[derive(Clone, Copy)]
struct Way {
    cost: f32,
    before: u32,
    last: Last,
    /// How often the last two words were counted together, when that has been asked.
    together: Option<f32>,
}

/// The likeliest way.
pub(super) struct Reading {
    /// The choice of each place.
    pub chosen: Vec<usize>,
    /// The words before each place on that way.
    lasts: Vec<Last>,
    /// The least cost of each choice of each place, with all that stands before it, and where a place's choices are.
    costs: Vec<f32>,
    rows: Vec<Range<usize>>,
    /// What the choice taken costs with its neighbours, once that has been asked.
    taken: Vec<Cell<Option<f32>>>,
}

/// Reads `nodes`; `start` is the number of a line's start.
pub(super) fn read(figures: &Figures<'_>, nodes: &[Node], start: Option<u32>) -> Reading {
    let start = [NONE, start.unwrap_or(NONE)];
    let mut ways: Vec<Way> = Vec::with_capacity(nodes.len() * 2);
    let mut rows: Vec<Range<usize>> = Vec::with_capacity(nodes.len());
    ways.push(Way {
        cost: 0.0,
        before: 0,
        last: start,
        together: None,
    });
    let mut before = 0..1;
    let mut contexts: Vec<Context> = Vec::new();
    for node in nodes {
        let from = ways.len();
        if let (1, Choices::Fixed(id)) = (before.len(), &node.choices) {
            // Nothing to weigh.
            let way = ways[before.start];
            ways.push(Way {
                cost: way.cost,
                before: 0,
                last: fixed(node.kind, *id, way.last),
                together: None,
            });
        } else {
            let least = ways[before.clone()]
                .iter()
                .map(|way| way.cost)
                .fold(f32::MAX, f32::min);
            contexts.clear();
            contexts.extend(
                ways[before.clone()]
                    .iter()
                    .map(|way| Context::new(figures, way.last, way.together)),
            );
            let alone = |index: usize| {
                let own = node.own.get(index).copied().unwrap_or(0.0);
                own + node.candidate(index).map_or(0.0, |word| word.prior)
            };
            // The word as it stands is often none at all (`Socialndmnden`).
            let hopeless = node.len() > 1
                && matches!(node.choices, Choices::Words(_))
                && alone(0) > HOPELESS + (1..node.len()).map(alone).fold(f32::MAX, f32::min);
            if hopeless {
                ways.push(Way {
                    cost: f32::MAX,
                    before: 0,
                    last: start,
                    together: None,
                });
            }
            for index in usize::from(hopeless)..node.len() {
                let own = node.own.get(index).copied().unwrap_or(0.0);
                let mut best: Option<Way> = None;
                for (number, (at, context)) in before.clone().zip(&contexts).enumerate() {
                    let way = ways[at];
                    if way.cost > least + BEAM {
                        continue;
                    }
                    if best.is_some_and(|best| way.cost + own > best.cost) {
                        // No step costs less than nothing.
                        continue;
                    }
                    let Step {
                        cost: word,
                        last,
                        together,
                    } = step(figures, node, index, context);
                    let cost = way.cost + own + word;
                    if best.is_none_or(|best| cost < best.cost) {
                        best = Some(Way {
                            cost,
                            before: number as u32,
                            last,
                            together,
                        });
                    }
                }
                ways.extend(best);
            }
        }
        before = from..ways.len();
        rows.push(before.clone());
    }
    // Back along the best way.
    let mut at = (0..before.len())
        .min_by(|a, b| {
            let cost = |index: &usize| ways[before.start + index].cost;
            cost(a).total_cmp(&cost(b))
        })
        .unwrap_or(0);
    let mut chosen = vec![0; rows.len()];
    let mut lasts = vec![start; rows.len()];
    for (index, row) in rows.iter().enumerate().rev() {
        chosen[index] = at;
        at = ways[row.start + at].before as usize;
        if index > 0 {
            lasts[index] = ways[rows[index - 1].start + at].last;
        }
    }
    // The first way stands before all places.
    let costs = ways.iter().map(|way| way.cost).collect();
    let mut reading = Reading {
        chosen,
        lasts,
        costs,
        taken: vec![Cell::new(None); rows.len()],
        rows,
    };
    reading.settle(figures, nodes);
    reading
}

impl Reading {
    /// Takes another choice where that is cheaper among the words around it as they are read: of all ways to a candidate
    /// only the best was followed, and the word before the last may have made another one the best.
    fn settle(&mut self, figures: &Figures<'_>, nodes: &[Node]) {
        for at in 0..nodes.len() {
            let better = (0..self.rows[at].len())
                .filter(|&index| index != self.chosen[at])
                .filter_map(|index| Some((self.dearer(figures, nodes, at, index, 0.0)?, index)))
                .filter(|(dearer, _)| *dearer < 0.0)
                .min_by(|a, b| a.0.total_cmp(&b.0));
            let Some((_, index)) = better else {
                continue;
            };
            self.chosen[at] = index;
            let near = at.saturating_sub(REACH)..nodes.len().min(at + REACH + 1);
            for place in near.clone() {
                self.taken[place].set(None);
            }
            let mut last = self.lasts[at];
            for (place, node) in nodes.iter().enumerate().take(near.end).skip(at) {
                self.lasts[place] = last;
                let context = Context::new(figures, last, None);
                last = step(figures, node, self.chosen[place], &context).last;
            }
        }
    }

    /// How much dearer choice `index` of place `at` is than the one taken, with the words before and after as they are
    /// read; nothing when it is surely dearer by more than `most`.
    pub(super) fn dearer(
        &self,
        figures: &Figures<'_>,
        nodes: &[Node],
        at: usize,
        index: usize,
        most: f32,
    ) -> Option<f32> {
        let costs = &self.costs[self.rows[at].clone()];
        if costs.len() < 2 {
            return None;
        }
        let (Some(own), Some(best)) = (costs.get(index), costs.get(self.chosen[at])) else {
            return None;
        };
        // What follows can make up for so much and hardly for more.
        if own - best > most + 4.0 {
            return None;
        }
        let with = |choice: usize| {
            let mut last = self.lasts[at];
            let mut cost = nodes[at].own.get(choice).copied().unwrap_or(0.0);
            let mut together = None;
            for (offset, node) in nodes[at..].iter().take(REACH + 1).enumerate() {
                let choice = if offset == 0 {
                    choice
                } else {
                    self.chosen[at + offset]
                };
                let context = Context::new(figures, last, together);
                let step = step(figures, node, choice, &context);
                cost += step.cost;
                (last, together) = (step.last, step.together);
            }
            cost
        };
        let taken = self.taken[at]
            .get()
            .unwrap_or_else(|| with(self.chosen[at]));
        self.taken[at].set(Some(taken));
        let dearer = with(index) - taken;
        (dearer <= most).then_some(dearer)
    }
}

/// The words that are last after something fixed.
fn fixed(kind: Kind, id: Option<u32>, last: Last) -> Last {
    let id = id.unwrap_or(NONE);
    match kind {
        Kind::Break => [NONE, id],
        _ => [last[1], id],
    }
}

/// A choice after the words before it.
struct Step {
    cost: f32,
    /// The words that are last then.
    last: Last,
    /// How often these were counted together, when that has been asked.
    together: Option<f32>,
}

/// The cost of a choice after the words of `context`.
fn step(figures: &Figures<'_>, node: &Node, index: usize, context: &Context) -> Step {
    let last = context.last;
    let own = match &node.choices {
        Choices::Fixed(own) => Some(own),
        Choices::Sign { own, .. } if index == 0 => Some(own),
        _ => None,
    };
    if let Some(own) = own {
        // What stands on the paper in any case costs nothing; it is only remembered.
        let (cost, together) = match own {
            Some(id) if node.kind != Kind::Break => {
                context.follow(figures, *id, (-figures.cost(*id)).exp())
            }
            _ => (0.0, None),
        };
        return Step {
            cost,
            last: fixed(node.kind, *own, last),
            together,
        };
    }
    let Some(candidate) = node.candidate(index) else {
        return Step {
            cost: 0.0,
            last: [last[1], NONE],
            together: None,
        };
    };
    let Some(id) = candidate.id else {
        // A compound follows as its last part does.
        let cost = candidate.prior - (context.left * context.agrees(figures, candidate.like)).ln();
        return Step {
            cost,
            last: [last[1], candidate.like.unwrap_or(NONE)],
            together: None,
        };
    };
    match candidate.second {
        None => {
            let (cost, together) = context.follow(figures, id, (-candidate.prior).exp());
            Step {
                cost,
                last: [last[1], id],
                together,
            }
        }
        Some(second) => {
            let (cost, together) = context.follow(figures, id, (-figures.cost(id)).exp());
            let between = Context::new(figures, [last[1], id], together);
            let (after, together) = between.follow(figures, second, (-figures.cost(second)).exp());
            Step {
                cost: cost + after,
                last: [id, second],
                together,
            }
        }
    }
}

/// The words before a place, and what is known of them.
struct Context {
    last: Last,
    /// One over the count of the last word.
    seen: f32,
    /// The share left for words never seen after it.
    left: f32,
    /// One over the count of the last two words together, and how far they are trusted.
    pair: f32,
    trust: f32,
    /// The classes of the last two words.
    classes: [Option<u8>; 2],
}

impl Context {
    fn new(figures: &Figures<'_>, last: Last, together: Option<f32>) -> Context {
        let mut context = Context {
            last,
            seen: 0.0,
            left: 1.0,
            pair: 0.0,
            trust: 0.0,
            classes: last.map(|id| figures.model.class(id)),
        };
        let [earlier, before] = last;
        if before != NONE {
            context.seen = 1.0 / (figures.count(before) as f32).max(1.0);
            context.left = (-figures.model.backoff(before)).exp();
            if earlier != NONE {
                let together = together.unwrap_or_else(|| figures.pair(earlier, before));
                if together > 0.0 {
                    context.pair = 1.0 / together;
                    context.trust = (together / (together + TRUST)).min(0.9);
                }
            }
        }
        context
    }

    /// How many times more common a word like `id` is here than anywhere, by the classes of the words before it.
    fn agrees(&self, figures: &Figures<'_>, id: Option<u32>) -> f32 {
        let Some(class) = id.and_then(|id| figures.model.class(id)) else {
            return 1.0;
        };
        let [earlier, before] = self.classes;
        let after = before.map_or(1.0, |before| figures.model.class_after(before, class));
        let skipping = earlier.map_or(1.0, |earlier| figures.model.class_skipping(earlier, class));
        // A word that is not known agrees with nothing and is common everywhere; no class may be much worse than that.
        (1.0 - ANYWHERE) * after * skipping + ANYWHERE
    }

    /// The cost of word `id` here, and how often it was counted after the word before; `alone` is its share where nothing
    /// is known of its neighbours.
    fn follow(&self, figures: &Figures<'_>, id: u32, alone: f32) -> (f32, Option<f32>) {
        let mut share = alone;
        let mut together = None;
        let [earlier, before] = self.last;
        if before != NONE {
            let counted = figures.pair(before, id);
            together = Some(counted);
            let pair = (counted - 0.75).max(0.0);
            let alone = self.left * alone * self.agrees(figures, Some(id));
            share = pair * self.seen + alone;
            if earlier != NONE && self.trust > 0.0 {
                // A triple is not there without its pair.
                let triple = if pair > 0.0 {
                    (figures.model.triple(earlier, before, id) - 0.5).max(0.0)
                } else {
                    0.0
                };
                share = self.trust * (triple * self.pair).min(1.0) + (1.0 - self.trust) * share;
            }
        }
        (-share.clamp(1e-12, 1.0).ln(), together)
    }
}
