//! A word that nobody knows → the marks that its letters speak for.
//!
//! Comes in: the letters of a word as read for which the word list has nothing. Goes out: the likeliest spelling, with its
//! cost: what each letter was read as, and how well the letters follow each other in Swedish.

use std::sync::OnceLock;

use super::candidates::{Candidate, Case, capitalised};
use super::confusions::confusions;
use super::walk::UNKNOWN;
use crate::lexicon::Figures;

/// How much likelier a spelling must be that only its letters speak for, where they cost [`COMMON`] nats each, and at least.
const GUESS: f32 = 2.0;
const LEAST_GUESS: f32 = -2.0;
/// What the letters of a Swedish word cost, each.
const COMMON: f32 = 2.5;
/// By how much more it must be likelier for each nat that a letter costs more: the letters of such a word say less.
const LIKELY: f32 = 4.0;
/// The same beyond what is hardly Swedish: a foreign name lost no marks.
const STRANGE: f32 = 2.9;
const FOREIGN: f32 = 3.0;
/// By how much likelier a word is than one that cannot be written so, in nats.
const SURE: f32 = 10.0;
/// So many spellings are followed at once.
const ROWS: usize = 16;

/// A spelling so far.
struct Row {
    text: String,
    last: [char; 3],
    /// The cost of being misread so.
    channel: f32,
    /// The cost of the letters as Swedish.
    letters: f32,
    odd: u8,
    groups: Vec<u16>,
}

impl Row {
    fn cost(&self) -> f32 {
        self.channel + self.letters
    }

    fn followed(&self, figures: &Figures<'_>, written: &str, cost: f32) -> Row {
        let mut row = Row {
            text: self.text.clone(),
            last: self.last,
            channel: self.channel + cost,
            letters: self.letters,
            odd: self.odd,
            groups: self.groups.clone(),
        };
        for letter in written.chars() {
            row.letters += figures.model.letter_after(row.last, letter);
            row.last = [row.last[1], row.last[2], letter];
            row.text.push(letter);
        }
        row
    }
}

/// Endings of words and names that nobody knows, a line each; `#` begins a comment.
static ENDINGS: &str = include_str!("endings.tsv");
/// By how much likelier a word is that ends so, in nats.
const ENDING: f32 = 7.0;
/// The fewest letters before it.
const STEM: usize = 3;

/// The endings, each as its letters.
fn endings() -> &'static [Vec<char>] {
    static LIST: OnceLock<Vec<Vec<char>>> = OnceLock::new();
    LIST.get_or_init(|| {
        let lines = ENDINGS.lines().filter(|line| !line.starts_with('#'));
        lines.map(|line| line.chars().collect()).collect()
    })
}

/// The cost of reading `read` where `ending` stands: nothing but marks may be lost, or read as other signs.
fn ending_cost(ending: &[char], read: &[char], marks_only: bool) -> Option<f32> {
    let mut cost = 0.0;
    for (&written, &read) in ending.iter().zip(read) {
        if written == read {
            continue;
        }
        let is_it = |way: &str| way.chars().eq([written]);
        cost += match plain(read).iter().find(|(way, _)| is_it(way)) {
            Some((_, cost)) => *cost,
            None if marks_only => return None,
            None => {
                let ways = confusions().of(read).iter();
                ways.filter(|way| way.read.len() == 1 && way.odd == 0 && is_it(way.written))
                    .map(|way| way.cost)
                    .reduce(f32::min)?
            }
        };
    }
    Some(cost)
}

/// The plainest ways to lose a mark, and what they cost where nothing but letters speaks for it.
fn plain(read: char) -> &'static [(&'static str, f32)] {
    match read {
        'a' => &[("a", 0.0), ("å", 1.2), ("ä", 1.0)],
        'o' => &[("o", 0.0), ("ö", 1.0)],
        '\u{fffd}' => &[("å", 1.2), ("ä", 1.0), ("ö", 1.1), ("é", 4.0)],
        'é' => &[("é", 3.0), ("å", 2.0), ("ä", 2.0), ("ö", 1.2)],
        _ => &[],
    }
}

/// The word `read` with those marks that make its letters likeliest; `marks_only` leaves all other misreadings out.
pub(super) fn likely(
    figures: &Figures<'_>,
    read: &[char],
    case: Case,
    marks_only: bool,
) -> Option<Candidate> {
    let mut rows: Vec<Vec<Row>> = Vec::new();
    rows.resize_with(read.len() + 1, Vec::new);
    rows[0].push(Row {
        text: String::new(),
        last: ['\0'; 3],
        channel: 0.0,
        letters: 0.0,
        odd: 0,
        groups: Vec::new(),
    });
    for at in 0..read.len() {
        let mut here = std::mem::take(&mut rows[at]);
        here.sort_by(|a, b| a.cost().total_cmp(&b.cost()));
        here.truncate(ROWS);
        let small = read[at].to_lowercase().next().unwrap_or(read[at]);
        // A capital inside a word in small letters is none.
        let is_letter = small.is_alphabetic() && (small == read[at] || at == 0);
        let ways = plain(small);
        let rest = &read[at..];
        let ends = endings()
            .iter()
            .filter(|ending| at >= STEM && ending.len() == rest.len())
            .filter_map(|ending| Some((ending, ending_cost(ending, rest, marks_only)?)));
        for (ending, cost) in ends {
            let ending: String = ending.iter().collect();
            let rows_here = here.iter();
            rows[read.len()]
                .extend(rows_here.map(|row| row.followed(figures, &ending, cost - ENDING)));
        }
        for row in &here {
            for &(written, cost) in ways {
                rows[at + 1].push(row.followed(figures, written, cost));
            }
            if ways.is_empty() && is_letter {
                let mut own = [0; 4];
                rows[at + 1].push(row.followed(figures, small.encode_utf8(&mut own), 0.0));
            }
            if marks_only {
                continue;
            }
            for way in confusions().of(read[at]) {
                let end = at + way.read.len();
                if read.get(at..end) != Some(&way.read[..])
                    || !ways.is_empty() && way.read.len() == 1
                    || way.odd > 0 && is_letter
                {
                    continue;
                }
                let mut next = row.followed(figures, way.written, way.cost);
                if way.odd > 0 {
                    next.odd += 1;
                    next.groups.push(way.number);
                }
                rows[end].push(next);
            }
        }
    }
    let last = |row: &Row| row.cost() + figures.model.letter_after(row.last, '\0');
    let best = rows
        .pop()?
        .into_iter()
        .min_by(|a, b| last(a).total_cmp(&last(b)))?;
    let letters = figures.model.unknown(&best.text);
    let strange = letters / (best.text.chars().count() + 1) as f32;
    // No word has an I among its small letters.
    let sure = read
        .windows(2)
        .any(|pair| pair[0].is_lowercase() && pair[1] == 'I');
    let guess = GUESS + LIKELY * (strange - COMMON) + FOREIGN * (strange - STRANGE).max(0.0);
    Some(Candidate {
        text: match case {
            Case::Capitals => best.text.to_uppercase(),
            Case::Capitalised => capitalised(&best.text),
            Case::Small => best.text,
        },
        channel: best.channel + guess.max(LEAST_GUESS) - if sure { SURE } else { 0.0 },
        prior: UNKNOWN + letters,
        odd: best.odd,
        groups: best.groups,
        ..Candidate::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(word: &str, case: Case) -> String {
        let read: Vec<char> = word.chars().collect();
        likely(&Figures::new(None), &read, case, false).map_or_else(String::new, |c| c.text)
    }

    #[test]
    fn the_endings_are_well_formed_and_stand_once() {
        let mut seen = std::collections::BTreeSet::new();
        for line in ENDINGS.lines().filter(|line| !line.starts_with('#')) {
            assert!(line.chars().count() >= 3, "`{line}`");
            assert!(line.chars().all(char::is_lowercase), "`{line}`");
            assert!(line.contains(['å', 'ä', 'ö']), "`{line}`");
            assert!(seen.insert(line), "`{line}` stands twice");
        }
    }

    #[test]
    fn what_is_no_letter_and_how_a_name_ends_are_told() {
        assert_eq!(guess("Brommelvdgen", Case::Capitalised), "Brommelvägen");
        assert_eq!(
            guess("Pilkvistsgarden", Case::Capitalised),
            "Pilkvistsgården"
        );
        assert_eq!(guess("Rolfstedter", Case::Capitalised), "Rolfstedter");
        assert_eq!(guess("RoIfstedter", Case::Capitalised), "Rolfstedter");
    }
}
