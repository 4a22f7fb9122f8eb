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
const ROWS: usize = 10;
/// A misreading that costs more, in nats, is not thought of.
const DEAREST: f32 = 6.5;

/// A spelling so far.
#[derive(Clone, Copy)]
struct Row {
    /// Its last letters and how they were read, in the list of steps.
    step: usize,
    last: [char; 3],
    /// The cost of being misread so.
    channel: f32,
    /// The cost of the letters as Swedish.
    letters: f32,
    /// What speaks for it among other spellings, and not against the word as read.
    worth: f32,
}

impl Row {
    fn cost(&self) -> f32 {
        self.channel + self.letters - self.worth
    }
}

/// Letters that a spelling goes on with.
#[derive(Clone, Copy)]
struct Step {
    before: usize,
    /// What is written, or nothing for as many letters as were read rightly.
    written: Result<&'static str, char>,
    /// The number of the way to misread, where letters without marks were.
    group: Option<u16>,
}

/// The spellings of one word, by what they go on with.
struct Rows<'a> {
    figures: &'a Figures<'a>,
    steps: Vec<Step>,
}

impl Rows<'_> {
    /// `row` with `written` behind it, at a cost of `cost`.
    fn follow(
        &mut self,
        row: &Row,
        written: Result<&'static str, char>,
        cost: f32,
        group: Option<u16>,
    ) -> Row {
        let mut next = Row {
            step: self.steps.len(),
            channel: row.channel + cost,
            ..*row
        };
        self.steps.push(Step {
            before: row.step,
            written,
            group,
        });
        match written {
            Ok(written) => written
                .chars()
                .for_each(|letter| self.add(&mut next, letter)),
            Err(letter) => self.add(&mut next, letter),
        }
        next
    }

    fn add(&self, row: &mut Row, letter: char) {
        row.letters += self.figures.model.letter_after(row.last, letter);
        row.last = [row.last[1], row.last[2], letter];
    }

    /// What `row` spells, and which letters without marks were misread.
    fn spelled(&self, row: &Row) -> (String, Vec<u16>) {
        let mut steps = Vec::new();
        let mut at = row.step;
        while let Some(step) = self.steps.get(at) {
            steps.push(*step);
            at = step.before;
        }
        let mut text = String::new();
        for step in steps.iter().rev() {
            match step.written {
                Ok(written) => text.push_str(written),
                Err(letter) => text.push(letter),
            }
        }
        (
            text,
            steps.iter().rev().filter_map(|step| step.group).collect(),
        )
    }
}

/// Endings of words and names that nobody knows, a line each; `#` begins a comment.
static ENDINGS: &str = include_str!("endings.tsv");
/// By how much likelier a word is that ends so, in nats.
const ENDING: f32 = 7.0;
/// The fewest letters of a whole word at the end, and how common it must be.
const WHOLE: usize = 6;
const KNOWN: u32 = 30;
/// The fewest letters before it.
const STEM: usize = 3;

/// The endings, each with its letters.
fn endings() -> &'static [(&'static str, Vec<char>)] {
    static LIST: OnceLock<Vec<(&str, Vec<char>)>> = OnceLock::new();
    LIST.get_or_init(|| {
        let lines = ENDINGS.lines().filter(|line| !line.starts_with('#'));
        lines.map(|line| (line, line.chars().collect())).collect()
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
    let mut all = Rows {
        figures,
        steps: Vec::new(),
    };
    let mut rows: Vec<Vec<Row>> = Vec::new();
    rows.resize_with(read.len() + 1, Vec::new);
    rows[0].push(Row {
        step: usize::MAX,
        last: ['\0'; 3],
        channel: 0.0,
        letters: 0.0,
        worth: 0.0,
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
        // A word that stands at the end as it is has lost nothing (`solcells|installation`).
        if at >= STEM && rest.len() >= WHOLE {
            let end: String = rest.iter().collect();
            let id = figures.id(&end);
            if id.is_some_and(|id| figures.count(id) >= KNOWN) {
                for row in &here {
                    let mut next = Row {
                        worth: row.worth + ENDING,
                        ..*row
                    };
                    for &letter in rest {
                        next = all.follow(&next, Err(letter), 0.0, None);
                    }
                    rows[read.len()].push(next);
                }
            }
        }
        if at >= STEM {
            for (ending, letters) in endings() {
                if letters.len() != rest.len() {
                    continue;
                }
                let Some(cost) = ending_cost(letters, rest, marks_only) else {
                    continue;
                };
                for row in &here {
                    let next = all.follow(row, Ok(ending), cost - ENDING, None);
                    rows[read.len()].push(next);
                }
            }
        }
        for row in &here {
            for &(written, cost) in ways {
                let next = all.follow(row, Ok(written), cost, None);
                rows[at + 1].push(next);
            }
            if ways.is_empty() && is_letter {
                let next = all.follow(row, Err(small), 0.0, None);
                rows[at + 1].push(next);
            }
            if marks_only {
                continue;
            }
            for way in confusions().of(read[at]) {
                let end = at + way.read.len();
                if way.cost > DEAREST {
                    break;
                }
                if read.get(at..end) != Some(&way.read[..])
                    || !ways.is_empty() && way.read.len() == 1
                    || way.odd > 0 && is_letter
                {
                    continue;
                }
                let group = (way.odd > 0).then_some(way.number);
                let next = all.follow(row, Ok(way.written), way.cost, group);
                rows[end].push(next);
            }
        }
    }
    let last = |row: &Row| row.cost() + figures.model.letter_after(row.last, '\0');
    let best = rows
        .pop()?
        .into_iter()
        .min_by(|a, b| last(a).total_cmp(&last(b)))?;
    let (text, groups) = all.spelled(&best);
    let letters = figures.model.unknown(&text);
    let strange = letters / (text.chars().count() + 1) as f32;
    // No word has an I among its small letters.
    let sure = read
        .windows(2)
        .any(|pair| pair[0].is_lowercase() && pair[1] == 'I');
    let guess = GUESS + LIKELY * (strange - COMMON) + FOREIGN * (strange - STRANGE).max(0.0);
    Some(Candidate {
        text: match case {
            Case::Capitals => text.to_uppercase(),
            Case::Capitalised => capitalised(&text),
            Case::Small => text,
        },
        channel: best.channel + guess.max(LEAST_GUESS) - if sure { SURE } else { 0.0 },
        prior: UNKNOWN + letters,
        odd: u8::try_from(groups.len()).unwrap_or(u8::MAX),
        groups,
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
