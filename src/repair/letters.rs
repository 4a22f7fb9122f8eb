//! Misread letters of a damaged page put right: a noisy channel.
//!
//! Comes in: the text of a page that the judge calls damaged. Goes out: changes of single words. Each word has candidates,
//! and the page is read as the likeliest row of them, by word triples. A word stays as read unless another reading is
//! likelier by a margin.

use std::rc::Rc;

use super::candidates::{Candidate, candidates};
use super::habits::Habits;
use super::ledger::Edit;
use super::tokens::{Kind, Token, tokens};
use crate::lexicon::{self, Model, Verdict};

/// How much likelier, in nats, another reading must be than the word as read.
const MARGIN: f32 = 3.0;
/// The same where the reading only puts marks back.
const MARKS: f32 = 1.0;
/// The same where only marks are put back on a page that has lost nothing else.
const MARKS_MARGIN: f32 = 0.3;
/// What a name is worth: a capitalised word inside a sentence need not be known.
const NAME: f32 = 3.0;
/// The cost of a lone sign that is no word, where it might be one.
const LONE: f32 = 9.0;
/// As how many sightings a pair counts, at most, that is not in the table.
const UNSEEN: f32 = 1.5;
/// Ways that are so much dearer than the best are not followed.
const BEAM: f32 = 12.0;

/// A place of the row and its candidates.
struct Node<'a> {
    token: &'a Token,
    candidates: Rc<[Candidate]>,
    name: bool,
}

/// How a candidate is best reached.
#[derive(Clone, Copy)]
struct Way {
    cost: f32,
    before: usize,
    /// The numbers of the last two words.
    last: [Option<u32>; 2],
}

/// Finds the changes of `text`, whose verdict is `verdict`, on a page of a document whose engine has `habits`; learns from
/// the sure ones.
pub(super) fn find(text: &str, verdict: Verdict, habits: &mut Habits) -> Vec<Edit> {
    let mut edits = read(text, verdict, habits);
    if verdict == Verdict::Mangled && !habits.are_known() {
        // The first page is read twice: the second time with what it taught of its engine.
        learn(text, &edits, habits);
        edits = read(text, verdict, habits);
    } else {
        learn(text, &edits, habits);
    }
    edits
}

fn learn(text: &str, edits: &[Edit], habits: &mut Habits) {
    for edit in edits {
        if edit.confidence > 0.95 {
            habits.learn(&text[edit.range.clone()], &edit.now);
        }
    }
}

fn read(text: &str, verdict: Verdict, known: &Habits) -> Vec<Edit> {
    let marks_only = match verdict {
        Verdict::LostMarks => true,
        Verdict::Mangled => false,
        Verdict::Clean | Verdict::Empty => return Vec::new(),
    };
    let model = lexicon::model();
    let tokens = tokens(text);
    let nodes = nodes(text, &tokens, marks_only, model);
    let margin = if marks_only { MARKS_MARGIN } else { MARGIN };
    let start = model.id("<s>");
    let extra = |node: &Node<'_>, candidate: &Candidate, index: usize| {
        if index == 0 || marks_only {
            return 0.0;
        }
        known.extra(&text[node.token.range.clone()], &candidate.text)
    };
    let mut rows: Vec<Vec<Way>> = Vec::with_capacity(nodes.len());
    let mut before = vec![Way {
        cost: 0.0,
        before: 0,
        last: [None, start],
    }];
    for node in &nodes {
        if let ([way], [candidate]) = (&before[..], &node.candidates[..]) {
            // Nothing to weigh.
            let last = match node.token.kind {
                Kind::Break => [None, candidate.id],
                _ => [way.last[1], candidate.id],
            };
            before = vec![Way {
                cost: way.cost,
                before: 0,
                last,
            }];
            rows.push(before.clone());
            continue;
        }
        let least = before.iter().map(|way| way.cost).fold(f32::MAX, f32::min);
        let contexts: Vec<Context> = before
            .iter()
            .map(|way| Context::new(model, way.last))
            .collect();
        let mut row = Vec::with_capacity(node.candidates.len());
        for (index, candidate) in node.candidates.iter().enumerate() {
            let own = own_cost(node, candidate, index, margin) + extra(node, candidate, index);
            let mut best: Option<Way> = None;
            for (from, (way, context)) in before.iter().zip(&contexts).enumerate() {
                if way.cost > least + BEAM {
                    continue;
                }
                let (word, last) = step(model, node, candidate, context);
                let cost = way.cost + own + word;
                if best.is_none_or(|best| cost < best.cost) {
                    best = Some(Way {
                        cost,
                        before: from,
                        last,
                    });
                }
            }
            row.extend(best);
        }
        before.clone_from(&row);
        rows.push(row);
    }
    // Back along the best way.
    let mut at = rows.last().map_or(0, |row| {
        (0..row.len())
            .min_by(|a, b| row[*a].cost.total_cmp(&row[*b].cost))
            .unwrap_or(0)
    });
    let mut chosen = vec![0; rows.len()];
    for (index, row) in rows.iter().enumerate().rev() {
        chosen[index] = at;
        at = row.get(at).map_or(0, |way| way.before);
    }
    let mut edits = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        if chosen[index] == 0 {
            continue;
        }
        let candidate = &node.candidates[chosen[index]];
        let last = if index == 0 {
            [None, start]
        } else {
            rows[index - 1][chosen[index - 1]].last
        };
        let context = Context::new(model, last);
        let cost = |index: usize| {
            let candidate = &node.candidates[index];
            own_cost(node, candidate, index, margin)
                + extra(node, candidate, index)
                + step(model, node, candidate, &context).0
        };
        let mut now = candidate.text.clone();
        // Inside a sentence a capital A or O is often an å or ö that was read too large (`Over` for över).
        if node.name
            && now.starts_with(['Å', 'Ä', 'Ö'])
            && text[node.token.range.clone()].starts_with(['A', 'O'])
            && index > 0
            && nodes[index - 1].token.kind == Kind::Word
            && !text[nodes[index - 1].token.range.end..node.token.range.start].contains('\n')
            && text[nodes[index - 1].token.range.clone()].starts_with(char::is_lowercase)
            && candidate.id.is_some_and(|id| model.cases(id).0 >= 11)
        {
            now = now.to_lowercase();
        }
        let gain = cost(0) - cost(chosen[index]);
        edits.push(Edit {
            range: node.token.range.clone(),
            now,
            rule: if candidate.second.is_some() {
                "blanks"
            } else {
                "letters"
            },
            confidence: (1.0 / (1.0 + (-gain).exp())).clamp(0.01, 0.99),
        });
    }
    edits
}

fn own_cost(node: &Node<'_>, candidate: &Candidate, index: usize, margin: f32) -> f32 {
    if index > 0 {
        candidate.channel
            + if candidate.marks {
                margin.min(MARKS)
            } else {
                margin
            }
    } else if node.name && candidate.id.is_none() {
        -NAME
    } else {
        0.0
    }
}

/// The cost of a candidate after the words of `context`, and the words that are last then.
fn step(
    model: &Model,
    node: &Node<'_>,
    candidate: &Candidate,
    context: &Context,
) -> (f32, [Option<u32>; 2]) {
    let last = context.last;
    match node.token.kind {
        Kind::Break => return (0.0, [None, candidate.id]),
        // What stands on the paper in any case costs nothing; it is only remembered.
        Kind::Other | Kind::Sign | Kind::Number if candidate.id.is_none() => {
            let cost = if node.candidates.len() > 1 { LONE } else { 0.0 };
            return (cost, [last[1], None]);
        }
        Kind::Word | Kind::Heading | Kind::Other | Kind::Sign | Kind::Number => {}
    }
    let Some(id) = candidate.id else {
        return (candidate.prior - context.left.ln(), [last[1], None]);
    };
    match candidate.second {
        None => (
            context.follow(model, id, (-candidate.prior).exp()),
            [last[1], Some(id)],
        ),
        Some(second) => {
            let cost = context.follow(model, id, (-model.cost(id)).exp());
            let between = Context::new(model, [last[1], Some(id)]);
            let cost = cost + between.follow(model, second, (-model.cost(second)).exp());
            (cost, [Some(id), Some(second)])
        }
    }
}

/// The words before a place, and what is known of them.
struct Context {
    last: [Option<u32>; 2],
    /// One over the count of the last word.
    seen: f32,
    /// The share left for words never seen after it.
    left: f32,
    /// One over the count of the last two words together, and how far they are trusted.
    pair: f32,
    trust: f32,
}

impl Context {
    fn new(model: &Model, last: [Option<u32>; 2]) -> Context {
        let mut context = Context {
            last,
            seen: 0.0,
            left: 1.0,
            pair: 0.0,
            trust: 0.0,
        };
        if let Some(before) = last[1] {
            context.seen = 1.0 / (model.count(before) as f32).max(1.0);
            context.left = (-model.backoff(before)).exp();
            if let Some(earlier) = last[0] {
                let together = model.pair(earlier, before);
                if together > 0.0 {
                    context.pair = 1.0 / together;
                    context.trust = (together / (together + 30.0)).min(0.9);
                }
            }
        }
        context
    }

    /// The cost of word `id` here; `alone` is its share where nothing is known of its neighbours.
    fn follow(&self, model: &Model, id: u32, alone: f32) -> f32 {
        let mut share = alone;
        if let Some(before) = self.last[1] {
            let pair = (model.pair(before, id) - 0.75).max(0.0);
            // Pairs seen fewer than three times are not in the table: an unseen one was not seen more often than that,
            // however common its words are apart.
            share = pair * self.seen + (self.left * alone).min(UNSEEN * self.seen);
            if let Some(earlier) = self.last[0]
                && self.trust > 0.0
            {
                // A triple is not there without its pair.
                let triple = if pair > 0.0 {
                    (model.triple(earlier, before, id) - 0.5).max(0.0)
                } else {
                    0.0
                };
                share = self.trust * (triple * self.pair).min(1.0) + (1.0 - self.trust) * share;
            }
        }
        -share.max(1e-12).ln()
    }
}

/// The places of the row.
fn nodes<'a>(text: &str, tokens: &'a [Token], marks_only: bool, model: &Model) -> Vec<Node<'a>> {
    let fixed = |id: Option<u32>, text: &str| Candidate {
        text: text.to_owned(),
        id,
        channel: 0.0,
        prior: id.map_or(0.0, |id| model.cost(id)),
        second: None,
        marks: false,
    };
    let mut sentence = true;
    let mut out = Vec::with_capacity(tokens.len());
    for token in tokens {
        let word = &text[token.range.clone()];
        let mut name = false;
        let found: Rc<[Candidate]> = match token.kind {
            Kind::Word | Kind::Heading => {
                name = !sentence && word.starts_with(char::is_uppercase);
                sentence = false;
                candidates(word, marks_only || token.kind == Kind::Heading)
            }
            // An i between two words is often read as a one.
            Kind::Number | Kind::Other
                if !marks_only && (word == "1" && token.apart || word == "i1") =>
            {
                sentence = false;
                let number = if word == "1" { model.id("<n>") } else { None };
                let letter = Candidate {
                    channel: 3.0,
                    ..fixed(model.id("i"), "i")
                };
                Rc::new([fixed(number, word), letter])
            }
            Kind::Number => {
                sentence = false;
                Rc::new([fixed(model.id("<n>"), word)])
            }
            Kind::Sign => {
                sentence = sentence || matches!(word, "." | ":" | "!" | "?" | "•");
                Rc::new([fixed(model.id(word), word)])
            }
            Kind::Other => {
                sentence = false;
                Rc::new([fixed(None, word)])
            }
            Kind::Break => {
                sentence = true;
                Rc::new([fixed(model.id("<s>"), word)])
            }
        };
        out.push(Node {
            token,
            candidates: found,
            name,
        });
    }
    out
}
