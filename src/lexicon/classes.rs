//! Word pairs → classes of words that stand in like places.
//!
//! Comes in: words with their counts, and how often one followed another. Goes out: a class for each word, and by how much
//! a class after a class is more common than anywhere. A pair that nobody counted is judged by its classes: after `den`
//! stands a noun with its article, after `de` one in the plural. Made once, by the builder.
//!
//! The classes are found by exchange: each word in turn goes where the pairs of classes tell most of each other, until
//! few words move. Words of few pairs go where the words of their ending are.

use std::collections::BTreeMap;

/// How many classes there are; one byte names one.
pub(super) const CLASSES: usize = 256;
/// So many of the commonest words begin with a class of their own.
const OWN: usize = 96;
/// Rounds of exchange.
const ROUNDS: usize = 14;
/// A word whose pairs were counted fewer times is placed by its ending.
const LEAST: u32 = 12;
/// As many pairs as the general share of a class weighs.
const TRUST: f64 = 40.0;
/// Steps of a nat in the tables.
const STEPS: f32 = 16.0;
/// The step that stands for "as common as anywhere".
const ZERO: i32 = 128;

/// The logarithm that a step of the tables stands for.
pub(super) fn nats(step: usize) -> f32 {
    (step as i32 - ZERO) as f32 / STEPS
}

/// A word as the classes need it.
pub(super) struct Word<'a> {
    /// In small letters.
    pub letters: &'a str,
    /// How often it was counted.
    pub count: u32,
    /// Whether it is mostly written with a capital.
    pub name: bool,
}

/// Words that follow each other, by their numbers, and how often.
pub(super) type Pair = (u32, u32, u32);

/// The class of each of `words`, from the `pairs` of their numbers.
pub(super) fn classes(words: &[Word<'_>], pairs: &[Pair]) -> Vec<u8> {
    let (mut after, mut before) = (vec![Vec::new(); words.len()], vec![Vec::new(); words.len()]);
    let mut mass = vec![0u32; words.len()];
    let mut own = vec![0u32; words.len()];
    for &(first, second, count) in pairs {
        mass[first as usize] += count;
        mass[second as usize] += count;
        if first == second {
            own[first as usize] += count;
        } else {
            after[first as usize].push((second, count));
            before[second as usize].push((first, count));
        }
    }
    let mut order: Vec<usize> = (0..words.len())
        .filter(|&word| mass[word] >= LEAST)
        .collect();
    order.sort_by_key(|&word| (std::cmp::Reverse(mass[word]), word));
    let mut class = vec![0u8; words.len()];
    let mut endings: BTreeMap<String, usize> = BTreeMap::new();
    for (rank, &word) in order.iter().enumerate() {
        class[word] = if rank < OWN {
            rank as u8
        } else {
            let next = endings.len();
            let ending = *endings.entry(ending(&words[word], 2)).or_insert(next);
            (OWN + ending % (CLASSES - OWN)) as u8
        };
    }
    let mut table = Exchange::new(&class, pairs, &mass);
    for _ in 0..ROUNDS {
        let mut moved = 0;
        for &word in &order {
            moved +=
                usize::from(table.place(word, &mut class, &after[word], &before[word], own[word]));
        }
        if moved * 500 < order.len() {
            break;
        }
    }
    by_ending(words, &mass, &mut class);
    class
}

/// The last `length` letters of `word`, told apart for names.
fn ending(word: &Word<'_>, length: usize) -> String {
    let skip = word.letters.chars().count().saturating_sub(length);
    let mut out: String = word.letters.chars().skip(skip).collect();
    out.insert(0, if word.name { '^' } else { '-' });
    out
}

/// Places the words of few pairs where most words of their ending are.
fn by_ending(words: &[Word<'_>], mass: &[u32], class: &mut [u8]) {
    let mut votes: Vec<BTreeMap<String, BTreeMap<u8, u32>>> = vec![BTreeMap::new(); 6];
    for (number, word) in words.iter().enumerate() {
        if mass[number] < LEAST || word.count > 3000 {
            continue;
        }
        for (length, votes) in votes.iter_mut().enumerate() {
            *votes
                .entry(ending(word, length))
                .or_default()
                .entry(class[number])
                .or_default() += 1;
        }
    }
    for (number, word) in words.iter().enumerate() {
        if mass[number] >= LEAST {
            continue;
        }
        let most = votes.iter().enumerate().rev().find_map(|(length, votes)| {
            let votes = votes.get(&ending(word, length))?;
            let all: u32 = votes.values().sum();
            let (class, _) = votes
                .iter()
                .max_by_key(|(class, votes)| (**votes, std::cmp::Reverse(**class)))?;
            (all >= 8 || length == 0).then_some(*class)
        });
        class[number] = most.unwrap_or_default();
    }
}

/// The pairs of classes, while words go from one to the other.
struct Exchange {
    cells: Vec<f64>,
    rows: Vec<f64>,
    columns: Vec<f64>,
    placed: Vec<bool>,
    logs: Vec<f64>,
}

impl Exchange {
    fn new(class: &[u8], pairs: &[Pair], mass: &[u32]) -> Exchange {
        let mut out = Exchange {
            cells: vec![0.0; CLASSES * CLASSES],
            rows: vec![0.0; CLASSES],
            columns: vec![0.0; CLASSES],
            placed: mass.iter().map(|mass| *mass >= LEAST).collect(),
            logs: (0..1 << 16)
                .map(|n| f64::from(n) * f64::from(n.max(1)).ln())
                .collect(),
        };
        for &(first, second, count) in pairs {
            if out.placed[first as usize] && out.placed[second as usize] {
                out.add(
                    class[first as usize],
                    class[second as usize],
                    f64::from(count),
                );
            }
        }
        out
    }

    fn add(&mut self, first: u8, second: u8, count: f64) {
        self.cells[usize::from(first) * CLASSES + usize::from(second)] += count;
        self.rows[usize::from(first)] += count;
        self.columns[usize::from(second)] += count;
    }

    /// n log n.
    fn weight(&self, n: f64) -> f64 {
        match self.logs.get(n as usize) {
            Some(known) => *known,
            None => n * n.ln(),
        }
    }

    /// Puts `word` where it fits best; true when that is another class.
    fn place(
        &mut self,
        word: usize,
        class: &mut [u8],
        after: &[(u32, u32)],
        before: &[(u32, u32)],
        own: u32,
    ) -> bool {
        let tally = |neighbours: &[(u32, u32)]| {
            let mut by = [0.0; CLASSES];
            for &(other, count) in neighbours {
                if self.placed[other as usize] {
                    by[usize::from(class[other as usize])] += f64::from(count);
                }
            }
            by
        };
        let (after, before, own) = (tally(after), tally(before), f64::from(own));
        let touched = |by: &[f64; CLASSES]| -> Vec<(usize, f64)> {
            by.iter()
                .copied()
                .enumerate()
                .filter(|(_, count)| *count > 0.0)
                .collect()
        };
        let (classes_after, classes_before) = (touched(&after), touched(&before));
        let (sum_after, sum_before) = (
            after.iter().sum::<f64>() + own,
            before.iter().sum::<f64>() + own,
        );
        let old = class[word];
        self.shift(old, &after, &before, own, -1.0);
        let mut best = (f64::MIN, old);
        for to in 0..CLASSES {
            let mut gain = 0.0;
            for &(other, count) in classes_after.iter().filter(|(other, _)| *other != to) {
                let cell = self.cells[to * CLASSES + other];
                gain += self.weight(cell + count) - self.weight(cell);
            }
            for &(other, count) in classes_before.iter().filter(|(other, _)| *other != to) {
                let cell = self.cells[other * CLASSES + to];
                gain += self.weight(cell + count) - self.weight(cell);
            }
            let cell = self.cells[to * CLASSES + to];
            gain += self.weight(cell + after[to] + before[to] + own) - self.weight(cell);
            // What stands beside a word of the same class counts in its row and in its column.
            let more = |sum: f64, by: f64| self.weight(sum + by) - self.weight(sum);
            gain -= more(self.rows[to] + before[to], sum_after)
                + more(self.columns[to] + after[to], sum_before);
            if gain > best.0 + 1e-6 {
                best = (gain, to as u8);
            }
        }
        self.shift(best.1, &after, &before, own, 1.0);
        class[word] = best.1;
        best.1 != old
    }

    fn shift(
        &mut self,
        class: u8,
        after: &[f64; CLASSES],
        before: &[f64; CLASSES],
        own: f64,
        sign: f64,
    ) {
        for other in 0..CLASSES {
            if after[other] > 0.0 {
                self.add(class, other as u8, sign * after[other]);
            }
            if before[other] > 0.0 {
                self.add(other as u8, class, sign * before[other]);
            }
        }
        if own > 0.0 {
            self.add(class, class, sign * own);
        }
    }
}

/// By how much the second class of each of `pairs` of words is more common there than anywhere: logarithms in steps of
/// 1/16 around 128, row by row of the first class.
pub(super) fn follow(class: &[u8], pairs: impl Iterator<Item = Pair>) -> Vec<u8> {
    let mut cells = vec![0.0f64; CLASSES * CLASSES];
    let (mut rows, mut columns) = (vec![0.0f64; CLASSES], vec![0.0f64; CLASSES]);
    for (first, second, count) in pairs {
        let (first, second) = (
            usize::from(class[first as usize]),
            usize::from(class[second as usize]),
        );
        cells[first * CLASSES + second] += f64::from(count);
        rows[first] += f64::from(count);
        columns[second] += f64::from(count);
    }
    let total: f64 = rows.iter().sum::<f64>().max(1.0);
    let mut out = Vec::with_capacity(CLASSES * CLASSES);
    for first in 0..CLASSES {
        for second in 0..CLASSES {
            let general = (columns[second] + 0.5) / (total + 0.5 * CLASSES as f64);
            let here = (cells[first * CLASSES + second] + TRUST * general) / (rows[first] + TRUST);
            let steps = ((here / general).ln() * f64::from(STEPS)).round() as i32 + ZERO;
            out.push(steps.clamp(0, 255) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_like_neighbours_are_of_one_class() {
        let letters = [
            "den", "de", "mannen", "hunden", "båten", "männen", "hundarna", "båtarna", "ser",
            "går", "katten",
        ];
        let words: Vec<Word<'_>> = letters
            .iter()
            .map(|letters| Word {
                letters,
                count: 100,
                name: false,
            })
            .collect();
        let mut pairs = Vec::new();
        for noun in [2, 3, 4] {
            pairs.push((0, noun, 50));
            pairs.extend([(noun, 8, 25), (noun, 9, 25)]);
        }
        for noun in [5, 6, 7] {
            pairs.push((1, noun, 50));
            pairs.extend([(noun, 8, 25), (noun, 9, 25)]);
        }
        let class = classes(&words, &pairs);
        assert_eq!(
            class,
            classes(&words, &pairs),
            "the same counts give the same classes"
        );
        let table = follow(&class, pairs.iter().copied());
        let cost = |first: usize, second: usize| {
            table[usize::from(class[first]) * CLASSES + usize::from(class[second])]
        };
        assert!(cost(0, 2) > cost(0, 5) && cost(1, 6) > cost(1, 3));
    }
}
