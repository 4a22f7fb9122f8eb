//! How the engine that read this document misreads å, ä and ö: learned page by page.
//!
//! Comes in: words as read and as put right. Goes out: what is to be added to the general cost of a misreading. An engine
//! that has read every ö as `o` so far does not read the next one as `é`.

use std::collections::BTreeMap;

use super::confusions::confusions;

/// As many letters seen count as much as the general figures.
const TRUST: f32 = 25.0;

/// What was seen of the document so far.
#[derive(Debug, Default)]
pub(super) struct Habits {
    pairs: BTreeMap<(char, char), f32>,
    letters: BTreeMap<char, f32>,
}

impl Habits {
    /// Remembers that `now` was read as `was`.
    pub(super) fn learn(&mut self, was: &str, now: &str) {
        for (written, read) in misread(was, now) {
            *self.pairs.entry((written, read)).or_default() += 1.0;
            *self.letters.entry(written).or_default() += 1.0;
        }
    }

    /// Whether enough was seen to go by.
    pub(super) fn are_known(&self) -> bool {
        self.letters.values().sum::<f32>() > 150.0
    }

    /// What to add to the cost, in nats, of reading `now` as `was`.
    pub(super) fn extra(&self, was: &str, now: &str) -> f32 {
        if self.letters.is_empty() {
            return 0.0;
        }
        misread(was, now)
            .map(|(written, read)| {
                let seen = self.letters.get(&written).copied().unwrap_or(0.0);
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
            .sum()
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

    #[test]
    fn what_was_never_misread_so_grows_dear() {
        let mut habits = Habits::default();
        assert_eq!(habits.extra("méta", "möta"), 0.0);
        for _ in 0..60 {
            habits.learn("for", "för");
            habits.learn("nér", "när");
        }
        assert!(habits.extra("méta", "möta") > 0.5);
        assert!(habits.extra("méta", "mäta") < -0.5);
    }
}
