//! Misread letters of a damaged page put right: a noisy channel.
//!
//! Comes in: the text of a page that the judge calls damaged. Goes out: changes of single words. Each word has candidates,
//! and the page is read as the likeliest row of them, by word triples. A word stays as read unless another reading is
//! likelier by a margin.

use std::collections::HashMap;
use std::rc::Rc;

use super::candidates::{Candidate, candidates};
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

/// A place of the row and its candidates.
struct Node<'a> {
    token: &'a Token,
    candidates: Rc<Vec<Candidate>>,
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

/// Finds the changes of `text`, whose verdict is `verdict`.
pub(super) fn find(text: &str, verdict: Verdict) -> Vec<Edit> {
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
    let mut rows: Vec<Vec<Way>> = Vec::with_capacity(nodes.len());
    let mut before = vec![Way {
        cost: 0.0,
        before: 0,
        last: [None, start],
    }];
    for node in &nodes {
        let mut row = Vec::with_capacity(node.candidates.len());
        for (index, candidate) in node.candidates.iter().enumerate() {
            let own = own_cost(node, candidate, index, margin);
            let mut best: Option<Way> = None;
            for (from, way) in before.iter().enumerate() {
                let (word, last) = step(model, node, candidate, way.last);
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
        let cost = |index: usize| {
            let candidate = &node.candidates[index];
            own_cost(node, candidate, index, margin) + step(model, node, candidate, last).0
        };
        let mut now = candidate.text.clone();
        // Inside a sentence a capital A or O is often an å or ö that was read too large (`Over` for över).
        if node.name
            && now.starts_with(['Å', 'Ä', 'Ö'])
            && text[node.token.range.clone()].starts_with(['A', 'O'])
            && index > 0
            && nodes[index - 1].token.kind == Kind::Word
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

/// The cost of a candidate after the words `last`, and the words that are last then.
fn step(
    model: &Model,
    node: &Node<'_>,
    candidate: &Candidate,
    last: [Option<u32>; 2],
) -> (f32, [Option<u32>; 2]) {
    match node.token.kind {
        Kind::Word | Kind::Heading => {}
        Kind::Break => return (0.0, [None, candidate.id]),
        // What stands on the paper in any case costs nothing; it is only remembered.
        Kind::Other | Kind::Sign | Kind::Number if candidate.id.is_none() => {
            let cost = if node.candidates.len() > 1 { 9.0 } else { 0.0 };
            return (cost, [last[1], None]);
        }
        Kind::Other | Kind::Sign | Kind::Number => {}
    }
    let Some(id) = candidate.id else {
        let cost = candidate.prior + last[1].map_or(0.0, |before| model.backoff(before));
        return (cost, [last[1], None]);
    };
    let cost = follow(model, last, id);
    match candidate.second {
        None => (cost, [last[1], Some(id)]),
        Some(second) => (
            cost + follow(model, [last[1], Some(id)], second),
            [Some(id), Some(second)],
        ),
    }
}

/// The cost of word `id` after the words `last`.
fn follow(model: &Model, last: [Option<u32>; 2], id: u32) -> f32 {
    let alone = (-model.cost(id)).exp();
    let Some(before) = last[1] else {
        return model.cost(id);
    };
    let seen = model.count(before) as f32;
    let pair = (model.pair(before, id) - 0.75).max(0.0) / seen.max(1.0);
    let mut share = pair + (-model.backoff(before)).exp() * alone;
    if let Some(earlier) = last[0] {
        let context = model.pair(earlier, before);
        if context > 0.0 {
            let trust = (context / (context + 30.0)).min(0.9);
            let triple = (model.triple(earlier, before, id) - 0.5).max(0.0) / context;
            share = trust * triple.min(1.0) + (1.0 - trust) * share;
        }
    }
    -share.max(1e-12).ln()
}

/// The places of the row.
fn nodes<'a>(text: &str, tokens: &'a [Token], marks_only: bool, model: &Model) -> Vec<Node<'a>> {
    let mut memo: HashMap<(&str, bool), Rc<Vec<Candidate>>> = HashMap::new();
    let fixed = |id: Option<u32>, text: &str| {
        Rc::new(vec![Candidate {
            text: text.to_owned(),
            id,
            channel: 0.0,
            prior: 0.0,
            second: None,
            marks: false,
        }])
    };
    let mut sentence = true;
    let mut out = Vec::with_capacity(tokens.len());
    for token in tokens {
        let word = &text[token.range.clone()];
        let mut name = false;
        let found = match token.kind {
            Kind::Word | Kind::Heading => {
                name = !sentence && word.starts_with(char::is_uppercase);
                sentence = false;
                let marks_only = marks_only || token.kind == Kind::Heading;
                Rc::clone(
                    memo.entry((word, marks_only))
                        .or_insert_with(|| Rc::new(candidates(word, marks_only))),
                )
            }
            Kind::Number => {
                sentence = false;
                let mut found = fixed(model.id("<n>"), word);
                if word == "1"
                    && token.apart
                    && !marks_only
                    && let Some(list) = Rc::get_mut(&mut found)
                {
                    // An i between two words is often read as a one.
                    let id = model.id("i");
                    list.push(Candidate {
                        text: "i".into(),
                        id,
                        channel: 3.0,
                        prior: 0.0,
                        second: None,
                        marks: false,
                    });
                }
                found
            }
            Kind::Sign => {
                sentence = sentence || matches!(word, "." | ":" | "!" | "?" | "•");
                fixed(model.id(word), word)
            }
            Kind::Other => {
                sentence = false;
                let mut found = fixed(None, word);
                if word == "i1"
                    && let Some(list) = Rc::get_mut(&mut found)
                {
                    let id = model.id("i");
                    list.push(Candidate {
                        text: "i".into(),
                        id,
                        channel: 3.0,
                        prior: 0.0,
                        second: None,
                        marks: false,
                    });
                }
                found
            }
            Kind::Break => {
                sentence = true;
                fixed(model.id("<s>"), word)
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
