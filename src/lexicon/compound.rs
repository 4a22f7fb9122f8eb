//! A word → the whole words it is made of.
//!
//! Comes in: one word, any case. Goes out: the byte ranges of its parts, first to last, without linking letters. What a
//! first part and a last part are was learned from the counts: the more partners one is seen with, the likelier it is.
//! Does not split off prefixes (`framställning`) or endings (`rapport|en`).

use std::ops::Range;

use super::data::{Model, model};
use super::prefixes;

/// Longest word that is looked at, in bytes; longer ones are no words.
const LONGEST: usize = 80;
/// The cost of one more part, so that few and long parts win.
const PART: f32 = 8.0;
/// The cost of a split that is no longer believed, for each of its parts.
const LIMIT: f32 = 7.4;

/// A way to read the word from some place to its end.
#[derive(Clone, Copy)]
struct Rest {
    cost: f32,
    parts: u32,
    /// Where the first part ends, linking letter included, and how long that letter is; the word's end for a head.
    end: usize,
    link: usize,
}

/// A first part: where it ends, what it costs, and its linking letters.
type First = (usize, f32, usize);

/// See [`super::parts`].
pub(super) fn parts(word: &str) -> Vec<Range<usize>> {
    super::small(word, |small| {
        if small.len() != word.len()
            || !(6..=LONGEST).contains(&small.len())
            || !small.chars().all(char::is_alphabetic)
        {
            return Vec::new();
        }
        split(model(), small).unwrap_or_default()
    })
}

fn split(data: &Model, word: &str) -> Option<Vec<Range<usize>>> {
    // rest[at]: the best reading from `at` to the end.
    let mut rest: Vec<Option<Rest>> = vec![None; word.len()];
    let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
    // Only where a first part ends can another begin.
    let mut begins = vec![false; word.len()];
    begins[0] = true;
    let mut firsts: Vec<(usize, Vec<First>)> = Vec::new();
    for &start in &starts {
        if begins[start] {
            let ends = modifiers(data, word, start);
            for &(end, ..) in &ends {
                begins[end] = true;
            }
            firsts.push((start, ends));
        }
    }
    for (start, ends) in firsts.into_iter().rev() {
        let mut best = None;
        if start > 0 {
            best = head(data, word, start).map(|cost| Rest {
                cost,
                parts: 1,
                end: word.len(),
                link: 0,
            });
        }
        for (end, modifier_cost, link) in ends {
            if let Some(after) = rest[end]
                && best.is_none_or(|best: Rest| modifier_cost + after.cost < best.cost)
            {
                best = Some(Rest {
                    cost: modifier_cost + after.cost,
                    parts: after.parts + 1,
                    end,
                    link,
                });
            }
        }
        rest[start] = best;
    }
    let whole = rest.first().copied().flatten()?;
    if whole.parts < 2 || whole.cost > LIMIT * whole.parts as f32 {
        return None;
    }
    let mut out = Vec::with_capacity(whole.parts as usize);
    let (mut at, mut here) = (0, whole);
    loop {
        out.push(at..here.end - here.link);
        if here.end >= word.len() {
            return Some(out);
        }
        at = here.end;
        here = rest[at]?;
    }
}

/// The first parts that begin at `start`: where each ends, what it costs, and its linking letters.
fn modifiers(data: &Model, word: &str, start: usize) -> Vec<First> {
    let mut out = Vec::new();
    let Some(map) = data.modifiers() else {
        return out;
    };
    let map = map.as_fst();
    let mut node = map.root();
    let mut value = fst::raw::Output::zero();
    for (at, byte) in word.bytes().enumerate().skip(start) {
        let Some(index) = node.find_input(byte) else {
            break;
        };
        let step = node.transition(index);
        value = value.cat(step.out);
        node = map.node(step.addr);
        let end = at + 1;
        if !node.is_final() || end >= word.len() {
            continue;
        }
        let (heads, link) = super::data::modifier_value(value.cat(node.final_output()).value());
        if start == 0
            && prefixes::inflected_at(word, end, &|base| {
                data.id(base).is_some_and(|id| data.count(id) > 1)
            })
        {
            continue;
        }
        out.push((end, PART - (heads as f32).ln(), link));
    }
    out
}

/// The cost of the last part that begins at `start`, if one does.
fn head(data: &Model, word: &str, start: usize) -> Option<f32> {
    let head = &word[start..];
    let letters = head.chars().count();
    if letters < 4 && !prefixes::is_short_head(head) || prefixes::is_ending(head) {
        return None;
    }
    let known = |form: &str, extra: f32| {
        let id = data.id(form)?;
        let (count, heads) = (data.count(id), data.head(id));
        if heads >= 2.0 {
            Some(PART - heads.ln() + extra)
        } else if letters >= 5 && count >= 40 {
            Some(PART + extra)
        } else if letters >= 8 && count >= 3 {
            // A rare form of a long word (`sekreterarens`) is hardly there by chance.
            Some(PART + 1.0 + extra)
        } else {
            None
        }
    };
    if let Some(cost) = known(head, 0.0) {
        return Some(cost);
    }
    if letters <= 4 {
        return None;
    }
    // Any head takes the genitive's s, and a long one the other endings, seen or not.
    let bare = head.strip_suffix('s').unwrap_or(head);
    if let Some(cost) = known(bare, 0.3) {
        return Some(cost);
    }
    if letters < 7 {
        return None;
    }
    const FORMS: &[(&str, &str)] = &[
        ("arna", "are"),
        ("erna", "er"),
        ("en", ""),
        ("et", ""),
        ("na", ""),
        ("n", ""),
        ("er", ""),
        ("ar", ""),
    ];
    FORMS
        .iter()
        .filter_map(|(ending, instead)| {
            known(&format!("{}{instead}", bare.strip_suffix(ending)?), 1.0)
        })
        .reduce(f32::min)
}
