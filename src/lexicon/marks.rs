//! Which letters have lost a mark, by the letters around them.
//!
//! Comes in: words, once, when the figures are built. Goes out: for an `a` or `o` of a word without marks, the shares in
//! which the words of the list that have the same letters around it have å, ä or ö there. The more letters around it are
//! the same, the more they tell; those that tell no more than fewer do are not kept.

use std::collections::BTreeMap;

use super::pack::{self, Table};

/// So many letters on each side are looked at.
const SIDE: usize = 4;
/// What is looked at: letters before and behind, each a little more than the one before it.
const WINDOWS: [(usize, usize); 9] = [
    (0, 0),
    (0, 1),
    (1, 1),
    (1, 2),
    (2, 2),
    (2, 3),
    (3, 3),
    (3, 4),
    (4, 4),
];
/// As many words as each kind of letter seen counts the shares of fewer letters.
const TRUST: f64 = 1.5;
/// What letters must tell beyond what fewer do, in nats over all words that have them, to be kept.
const TELLING: f64 = 0.7;
/// Steps of the logarithm of odds in the table, and the one that stands for even odds.
const STEP: f32 = 0.8;
const EVEN: i32 = 8;

/// The shares in which a letter has no mark, the first mark (å, ö) and the second (ä).
type Shares = [f64; 3];

/// The letters around `at` in `word` (numbered as in the letter model, without marks), by their places.
fn around(word: &[usize], at: usize) -> [usize; 2 * SIDE + 1] {
    std::array::from_fn(|place| {
        let letter = (at + place).checked_sub(SIDE);
        letter.and_then(|at| word.get(at)).copied().unwrap_or(0)
    })
}

/// The key of the letters `around` a place as far as window `number` shows them.
fn key(around: &[usize; 2 * SIDE + 1], number: usize) -> u64 {
    let (before, behind) = WINDOWS[number];
    let seen = around[SIDE - before..=SIDE + behind].iter();
    seen.fold(number as u64 + 1, |key, &letter| key << 5 | letter as u64)
}

/// The letters of `word` without marks, numbered.
fn bare(word: &str) -> Vec<usize> {
    let letters = word.chars().map(|letter| match letter {
        'å' | 'ä' => 'a',
        'ö' => 'o',
        'é' => 'e',
        other => other,
    });
    letters.map(pack::letter).collect()
}

/// Which mark `letter` has, and how many kinds there are; nothing where it can have none.
fn kind(letter: char) -> Option<(usize, usize)> {
    match letter {
        'a' => Some((0, 3)),
        'å' => Some((1, 3)),
        'ä' => Some((2, 3)),
        'o' => Some((0, 2)),
        'ö' => Some((1, 2)),
        _ => None,
    }
}

/// Packs what `words` tell.
pub(super) fn build<'a>(words: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let mut counts: BTreeMap<(usize, u64), (Shares, usize, [usize; 2 * SIDE + 1])> =
        BTreeMap::new();
    for word in words.filter(|word| word.chars().all(char::is_alphabetic)) {
        let letters = bare(word);
        for (at, letter) in word.chars().enumerate() {
            let Some((mark, kinds)) = kind(letter) else {
                continue;
            };
            let around = around(&letters, at);
            for number in 0..WINDOWS.len() {
                let entry = counts.entry((number, key(&around, number)));
                let known = entry.or_insert(([0.0; 3], kinds, around));
                known.0[mark] += 1.0;
            }
        }
    }
    // Shorter windows come first: what they tell is what longer ones begin with.
    let mut shares: BTreeMap<u64, Shares> = BTreeMap::new();
    let mut kept: BTreeMap<u64, Shares> = BTreeMap::new();
    for (&(number, own), (seen, kinds, around)) in &counts {
        let before = match number.checked_sub(1) {
            Some(number) => shares[&key(around, number)],
            None => [1.0 / *kinds as f64; 3],
        };
        let sum: f64 = seen.iter().sum();
        let trust = TRUST * seen.iter().filter(|seen| **seen > 0.0).count() as f64;
        let mixed = |mark: usize| (seen[mark] + trust * before[mark]) / (sum + trust);
        let mut own_shares: Shares = std::array::from_fn(mixed);
        own_shares[*kinds..].fill(0.0);
        let known = (0..number)
            .rev()
            .find_map(|number| kept.get(&key(around, number)));
        let tells = |known: &Shares| -> f64 {
            let each = own_shares.iter().zip(known).filter(|(own, _)| **own > 0.0);
            sum * each
                .map(|(own, known)| own * (own / known.max(1e-4)).ln())
                .sum::<f64>()
        };
        if known.is_none_or(|known| tells(known) > TELLING) {
            kept.insert(own, own_shares);
        }
        shares.insert(own, own_shares);
    }
    let entries: Vec<(u64, u8)> = kept
        .iter()
        .map(|(key, shares)| (*key, step(shares[1]) << 4 | step(shares[2])))
        .collect();
    Table::build_bytes(&entries)
}

/// A share as a step of its odds, 1 to 15.
fn step(share: f64) -> u8 {
    let share = share.clamp(1e-6, 1.0 - 1e-6);
    let odds = (share / (1.0 - share)).ln() as f32;
    ((odds / STEP).round() as i32 + EVEN).clamp(1, 15) as u8
}

/// The share that a step stands for.
fn share(step: u8) -> f32 {
    1.0 / (1.0 + (-(i32::from(step) - EVEN) as f32 * STEP).exp())
}

/// By how much likelier, in nats, the letters of `now` have their marks than `was` has its own: two words of the same
/// letters but for marks, in small letters. Nothing where they are not.
pub(super) fn likelier(table: Table, was: &str, now: &str) -> Option<f32> {
    let letters = bare(now);
    if letters != bare(was) {
        return None;
    }
    let mut sum = 0.0;
    for (at, (was, now)) in was.chars().zip(now.chars()).enumerate() {
        if was != now
            && let (Some((was, _)), Some((now, _))) = (kind(was), kind(now))
            && let Some(shares) = shares(table, &around(&letters, at))
        {
            sum += (shares[now] / shares[was]).ln();
        }
    }
    Some(sum)
}

/// What each mark of the letter in the middle of `around` costs, in nats.
fn shares(table: Table, around: &[usize; 2 * SIDE + 1]) -> Option<[f32; 3]> {
    let byte = (0..WINDOWS.len())
        .rev()
        .find_map(|number| table.byte(key(around, number)))?;
    let (first, second) = (share(byte >> 4), share(byte & 15));
    // An o has no second mark.
    let second = if around[SIDE] == pack::letter('o') {
        0.0
    } else {
        second
    };
    Some([(1.0 - first - second).max(0.004), first, second.max(0.004)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_around_tell_the_mark() {
        let words = [
            "gröt", "gröten", "grötar", "grötig", "bröt", "kotte", "kotten", "kottar", "kottig",
            "tall", "tallen", "tallar", "tallrik", "mått", "måttet", "måttlig", "mått",
        ];
        let table = Table::new(build(words.into_iter()).leak());
        let likelier = |was, now| likelier(table, was, now).unwrap();
        assert!(likelier("grotfat", "grötfat") > 1.0);
        assert!(likelier("kottfat", "köttfat") < -1.0);
        assert!(likelier("tallfat", "tållfat") < 0.0);
        assert_eq!(super::likelier(table, "grot", "gröten"), None);
    }
}
