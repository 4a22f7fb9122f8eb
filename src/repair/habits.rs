//! How the engine that read this document misreads letters: learned page by page.
//!
//! Comes in: words as read and as put right. Goes out: what is to be added to the general cost of a misreading. An engine
//! that has read every ö as `o` so far does not read the next one as `é`; one that has misread none but å, ä and ö has
//! not taken an n for an m either.

use std::collections::{BTreeMap, BTreeSet};

use super::candidates::Candidate;
use super::confusions::{ROUGH, confusions};

/// As many letters seen count as much as the general figures.
const TRUST: f32 = 25.0;
/// The share of letters without marks that are misread, over all engines, and as how many letters that counts: few, for
/// some engines misread one of a hundred and others one of five thousand, and a page's first lines tell which.
const ODD: f32 = 0.004;
const ODD_TRUST: f32 = 100.0;

/// What was seen of the document so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Habits {
    pairs: BTreeMap<(char, char), f32>,
    marked: BTreeMap<char, f32>,
    letters: f32,
    odd: f32,
    /// What names that nobody knows were surely.
    readings: BTreeMap<String, BTreeSet<String>>,
    /// Groups of letters without marks, by their number in the table: how often they were misread so.
    groups: BTreeMap<u16, f32>,
}

impl Habits {
    /// Remembers that `was` was read rightly.
    pub(super) fn right(&mut self, was: &str) {
        self.letters += was.len() as f32;
    }

    /// Remembers that what was meant by `now` was read as `was`.
    pub(super) fn learn(&mut self, was: &str, now: &Candidate) {
        self.letters += was.len() as f32;
        self.odd += f32::from(now.odd);
        for group in &now.groups {
            *self.groups.entry(*group).or_default() += 1.0;
        }
        for (written, read) in misread(was, &now.text) {
            *self.pairs.entry((written, read)).or_default() += 1.0;
            *self.marked.entry(written).or_default() += 1.0;
        }
    }

    /// Remembers that `was`, which is no word, was surely `now`.
    pub(super) fn reads(&mut self, was: &str, now: &str) {
        let readings = self.readings.entry(was.to_owned()).or_default();
        readings.insert(now.to_owned());
    }

    /// What `was`, which is no word, was surely elsewhere in the document, when it was always the same.
    pub(super) fn elsewhere(&self, was: &str) -> Option<&str> {
        let readings = self.readings.get(was)?;
        let first = readings.first()?;
        (readings.len() == 1).then_some(first.as_str())
    }

    /// Takes over what words were in `other`, which has seen more.
    pub(super) fn take_readings(&mut self, other: &Habits) {
        self.readings.clone_from(&other.readings);
    }

    /// Whether enough was seen to go by.
    pub(super) fn are_known(&self) -> bool {
        self.marked.values().sum::<f32>() > 150.0
    }

    /// What to add to the cost, in nats, of reading `now` as `was`.
    pub(super) fn extra(&self, was: &str, now: &Candidate) -> f32 {
        let mut extra = 0.0;
        if now.odd > 0 {
            extra += f32::from(now.odd) * (ROUGH + self.roughness());
            for group in &now.groups {
                if let Some(seen) = self.groups.get(group) {
                    // As often as once in five hundred letters is what makes no difference.
                    let share = (seen + 0.5) * 500.0 / (self.letters + 250.0);
                    extra -= share.ln().clamp(0.0, 3.0);
                }
            }
        }
        if now.text.is_ascii() || self.marked.is_empty() {
            return extra;
        }
        extra
            + misread(was, &now.text)
                .map(|(written, read)| {
                    let seen = self.marked.get(&written).copied().unwrap_or(0.0);
                    let pair = self.pairs.get(&(written, read)).copied().unwrap_or(0.0);
                    let share = confusions()
                        .of(read)
                        .iter()
                        .find(|way| way.read.len() == 1 && way.written.chars().eq([written]))
                        .map_or(0.0, |way| (-way.cost).exp());
                    if share == 0.0 {
                        return 0.0;
                    }
                    (share * (seen + TRUST) / (pair + TRUST * share)).ln()
                })
                .sum::<f32>()
    }

    /// By how much more, in nats, letters without marks are misread than by most engines; 0 where they are read better.
    pub(super) fn rough(&self) -> f32 {
        (-self.roughness()).max(0.0)
    }

    /// What to add, in nats, for each letter without marks that was misread.
    fn roughness(&self) -> f32 {
        let share = (self.odd + ODD * ODD_TRUST) / (self.letters + ODD_TRUST);
        (ODD / share).ln().clamp(-2.5, 4.0)
    }
}

/// The å, ä and ö of `now`, each with the sign of `was` at its place; none when the words differ in length.
fn misread<'a>(was: &'a str, now: &'a str) -> impl Iterator<Item = (char, char)> + 'a {
    let same = was.chars().count() == now.chars().count();
    now.chars()
        .zip(was.chars())
        .filter(move |(written, read)| same && written != read && "åäö".contains(*written))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(text: &str, odd: u8) -> Candidate {
        Candidate {
            text: text.to_owned(),
            odd,
            ..Candidate::default()
        }
    }

    #[test]
    fn what_was_never_misread_so_grows_dear() {
        let mut habits = Habits::default();
        assert_eq!(habits.extra("méta", &candidate("möta", 0)), 0.0);
        for _ in 0..60 {
            habits.learn("for", &candidate("för", 0));
            habits.learn("nér", &candidate("när", 0));
        }
        assert!(habits.extra("méta", &candidate("möta", 0)) > 0.5);
        assert!(habits.extra("méta", &candidate("mäta", 0)) < -0.5);
    }

    #[test]
    fn a_name_read_in_two_ways_is_neither() {
        let mut habits = Habits::default();
        assert_eq!(habits.elsewhere("Torn"), None);
        habits.reads("Torn", "Törn");
        habits.reads("Torn", "Törn");
        assert_eq!(habits.elsewhere("Torn"), Some("Törn"));
        habits.reads("Torn", "Tårn");
        assert_eq!(habits.elsewhere("Torn"), None);
    }

    #[test]
    fn an_engine_that_reads_plain_letters_well_is_believed() {
        let (mut fine, mut rough) = (Habits::default(), Habits::default());
        for _ in 0..600 {
            fine.learn("namnden", &candidate("nämnden", 0));
            rough.learn("narnnden", &candidate("nämnden", 1));
        }
        let odd = candidate("vara", 1);
        assert!(fine.extra("vars", &odd) > 0.5);
        assert!(rough.extra("vars", &odd) < -0.5);
    }
}
