//! Words as written beside words as read → which letters are read as which, and what that costs.
//!
//! Comes in: pairs of words, each with the document it is from, and the shapes set by hand (`shapes.tsv`). Goes out: the
//! rows of `confusions.tsv`. Each pair is parted into groups of one to three letters, three times over, each time by what
//! the last one found; a group's cost is how seldom it is read so, pulled towards the hand-set cost where little was
//! seen. What one document alone shows counts for half: it may be its printer's habit. Deterministic.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::{exact, ledger};

/// A word that was written and what an engine read for it.
#[derive(Clone, Debug)]
pub struct Pair {
    /// What the word is from; what one document alone shows is trusted less.
    pub document: String,
    /// The word as written.
    pub written: String,
    /// The word as read; empty when it was lost.
    pub read: String,
}

/// As many letters seen count as much as a cost set by hand.
const TRUST: f32 = 400.0;
/// Groups dearer than this are left out: no word is found by them.
const DEAREST: f32 = 9.3;
/// The most letters of a group.
const GROUP: usize = 3;

/// The groups of one pair: what was written, what was read.
type Groups = Vec<(String, String)>;
/// What was seen: group → (times, documents).
type Seen<'a> = BTreeMap<(String, String), (f32, BTreeSet<&'a str>)>;

/// The table `confusions.tsv` that `pairs` teach, `shapes` being the text of `shapes.tsv`.
pub fn confusions(pairs: &[Pair], shapes: &str) -> String {
    let by_hand: BTreeMap<(String, String), f32> = rows(shapes)
        .map(|(written, read, cost)| ((written.to_owned(), read.to_owned()), cost))
        .collect();
    let mut written: BTreeMap<String, f32> = BTreeMap::new();
    for pair in pairs {
        let letters: Vec<char> = pair.written.to_lowercase().chars().collect();
        for length in 1..=GROUP {
            for group in letters.windows(length) {
                *written.entry(group.iter().collect()).or_default() += 1.0;
            }
        }
    }
    let mut costs: BTreeMap<(String, String), f32> = BTreeMap::new();
    let mut seen = Seen::new();
    for _ in 0..3 {
        seen = Seen::new();
        for pair in pairs {
            for group in groups(pair, &costs) {
                let (times, documents) = seen.entry(group).or_default();
                *times += 1.0;
                documents.insert(&pair.document);
            }
        }
        costs = seen
            .iter()
            .filter_map(|(group, (times, _))| {
                let all = written.get(&group.0).copied()?;
                Some((group.clone(), -(times / all.max(*times)).ln()))
            })
            .collect();
    }
    let mut out: Vec<(String, String, f32)> = Vec::new();
    let groups: BTreeSet<&(String, String)> = seen.keys().chain(by_hand.keys()).collect();
    for group in groups {
        let hand = by_hand.get(group).copied();
        let (times, documents) = seen
            .get(group)
            .map_or((0.0, 0), |(times, documents)| (*times, documents.len()));
        let all = written.get(&group.0).copied().unwrap_or(0.0);
        let trusted = match (documents, hand) {
            (0, None) => continue,
            (0 | 1, _) => times.min(2.0) * 0.5,
            _ => times - 0.3,
        };
        let share = (trusted + TRUST * (-hand.unwrap_or(12.0)).exp()) / (all + TRUST);
        // What no engine reads is an accident of encoding, and its cost is none of an engine's.
        let cost = match hand {
            Some(cost) if group.1.contains(['\u{fffd}', '?']) => cost,
            _ => -share.ln(),
        };
        if cost <= DEAREST && (documents >= 2 || hand.is_some()) {
            out.push((group.0.clone(), group.1.clone(), cost.max(0.01)));
        }
    }
    let mut table = String::from(
        "# What an OCR engine without Swedish reads (second column) where which letters stand (first), and what that costs\n\
         # (nats). Made by `diarium lexicon confusions`; the shapes that it starts from are in shapes.tsv.\n",
    );
    for (written, read, cost) in out {
        let _ = writeln!(table, "{written}\t{read}\t{cost:.2}");
    }
    table
}

/// The rows of a table of confusions: written, read, cost. Lines that are none are passed over.
pub(super) fn rows(table: &str) -> impl Iterator<Item = (&str, &str, f32)> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let (written, read) = (columns.next()?, columns.next()?);
            Some((written, read, columns.next()?.parse().ok()?))
        })
}

/// A word's letters in the case that the table knows: small where the case says nothing. Ligatures are spelled out, as
/// they are before any word is weighed.
fn folded(pair: &Pair) -> (Vec<char>, Vec<char>) {
    let spelled = ledger::apply(&pair.read, &exact::ligatures(&pair.read));
    let is_capitals = |word: &str| {
        word.chars().filter(|c| c.is_uppercase()).count() > 1
            && !word.chars().any(char::is_lowercase)
    };
    let written: Vec<char> = pair.written.to_lowercase().chars().collect();
    let read: Vec<char> = if is_capitals(&pair.written) {
        spelled.to_lowercase().chars().collect()
    } else if pair.written.starts_with(char::is_uppercase) {
        let mut read = spelled.chars();
        let first = read.next().map(|c| c.to_lowercase().collect::<String>());
        first.unwrap_or_default().chars().chain(read).collect()
    } else {
        spelled.chars().collect()
    };
    (written, read)
}

/// The groups in which the two words of `pair` differ, parted in the cheapest way.
fn groups(pair: &Pair, costs: &BTreeMap<(String, String), f32>) -> Groups {
    let (written, read) = folded(pair);
    let (rows, columns) = (written.len() + 1, read.len() + 1);
    if written == read || pair.read.contains(' ') || rows > 40 || columns > 40 || columns == 1 {
        return Vec::new();
    }
    let mut best = vec![(f32::MAX, 0usize, 0usize); rows * columns];
    best[0] = (0.0, 0, 0);
    for at in 0..rows * columns {
        let (row, column) = (at / columns, at % columns);
        let here = best[at].0;
        if here == f32::MAX {
            continue;
        }
        for down in 0..=GROUP.min(rows - 1 - row) {
            for right in 0..=GROUP.min(columns - 1 - column) {
                if down + right == 0 {
                    continue;
                }
                let group = (&written[row..row + down], &read[column..column + right]);
                let cost = if group.0 == group.1 {
                    if down > 1 {
                        continue;
                    }
                    0.0
                } else {
                    // A group is dearer than its parts unless it was seen.
                    let new = match (down, right) {
                        (1, 1) => 5.0,
                        (0, 1) | (1, 0) => 7.5,
                        (1, 2) | (2, 1) => 7.0,
                        (0, _) | (_, 0) => continue,
                        _ => 4.0 + 3.0 * (down + right - 1) as f32 * 0.7,
                    };
                    let key = (group.0.iter().collect(), group.1.iter().collect());
                    costs.get(&key).map_or(new + 2.0, |cost| {
                        cost.min(new + 2.0) + 0.8 * (down.max(right) - 1) as f32
                    })
                };
                let to = (row + down) * columns + column + right;
                if here + cost < best[to].0 {
                    best[to] = (here + cost, down, right);
                }
            }
        }
    }
    let (mut row, mut column) = (rows - 1, columns - 1);
    // Two words that have nothing to do with each other teach nothing.
    if best[rows * columns - 1].0 > 4.0 + 2.6 * written.len() as f32 {
        return Vec::new();
    }
    let mut path = Vec::new();
    while row + column > 0 {
        let (_, down, right) = best[row * columns + column];
        if down + right == 0 {
            return Vec::new();
        }
        path.push((row - down..row, column - right..column));
        row -= down;
        column -= right;
    }
    path.reverse();
    let mut out = Vec::new();
    for index in 0..path.len() {
        let (mut down, mut right) = path[index].clone();
        if written[down.clone()] == read[right.clone()] {
            continue;
        }
        // A letter lost, or one too many, is told with the letter beside it.
        if down.is_empty() || right.is_empty() {
            let with = |other: Option<&(std::ops::Range<usize>, std::ops::Range<usize>)>| {
                other.filter(|(d, r)| d.len() == 1 && r.len() == 1).cloned()
            };
            if let Some((d, r)) = index
                .checked_sub(1)
                .and_then(|before| with(path.get(before)))
            {
                (down, right) = (d.start..down.end, r.start..right.end);
            } else if let Some((d, r)) = with(path.get(index + 1)) {
                (down, right) = (down.start..d.end, right.start..r.end);
            } else {
                continue;
            }
        }
        let (written, read) = (&written[down], &read[right]);
        let same = |(w, r): (&char, &char)| r.to_lowercase().eq([*w]);
        if !written.iter().all(|c| c.is_alphabetic())
            || read.iter().any(|c| c.is_whitespace())
            || written.len() == read.len()
                && written.iter().zip(read).all(same)
                && written.len() > 1
        {
            continue;
        }
        out.push((written.iter().collect(), read.iter().collect()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(words: &[(&str, &str)]) -> Vec<Pair> {
        let mut out = Vec::new();
        for document in ["one", "two", "three"] {
            for (written, read) in words {
                out.push(Pair {
                    document: document.to_owned(),
                    written: (*written).to_owned(),
                    read: (*read).to_owned(),
                });
            }
        }
        out
    }

    #[test]
    fn letters_and_groups_of_letters_are_learned() {
        let table = confusions(
            &pairs(&[
                ("när", "nar"),
                ("där", "dar"),
                ("Ärendet", "Arendet"),
                ("form", "forrn"),
                ("rum", "rurn"),
                ("nämnd", "nimnd"),
                ("god", "god"),
                ("helt", "annat"),
            ]),
            "",
        );
        let cost = |written, read| {
            rows(&table)
                .find(|row| (row.0, row.1) == (written, read))
                .map(|row| row.2)
        };
        assert!(cost("ä", "a").is_some_and(|cost| cost < 5.0), "{table}");
        assert!(cost("m", "rn").is_some(), "{table}");
        assert!(cost("ä", "a") < cost("ä", "i"), "{table}");
        assert_eq!(cost("h", "a"), None, "{table}");
    }

    #[test]
    fn a_shape_set_by_hand_stays_where_nothing_was_seen() {
        let table = confusions(&pairs(&[("när", "nar")]), "f\t{\t4.50\n");
        assert!(rows(&table).any(|row| (row.0, row.1) == ("f", "{")));
    }

    #[test]
    fn the_shapes_are_well_formed_and_stand_once() {
        let mut seen = BTreeSet::new();
        let shapes = include_str!("shapes.tsv");
        for line in shapes.lines().filter(|line| !line.starts_with('#')) {
            let Some((written, read, cost)) = rows(line).next() else {
                panic!("`{line}` is no row");
            };
            assert!(
                cost > 0.0 && written != read && written == written.to_lowercase(),
                "`{line}`"
            );
            assert!(seen.insert((written, read)), "`{line}` stands twice");
        }
    }
}
