//! What an OCR engine reads where which letters stand, and what that costs.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::train;

/// Letters as they were, as read, and the cost (nats) of reading them so; `#` begins a comment.
static TABLE: &str = include_str!("confusions.tsv");

/// By how much cheaper, in nats, letters without marks are taken to be misread while candidates are sought: as a rough
/// engine does. What is too cheap for the engine at hand is added again when candidates are weighed.
pub(super) const ROUGH: f32 = 1.5;

/// One way to misread.
#[derive(Debug)]
pub(super) struct Confusion {
    /// What stands in the text.
    pub read: Vec<char>,
    /// What was written, in small letters.
    pub written: &'static str,
    /// The cost in nats.
    pub cost: f32,
    /// Whether nothing but a mark was lost.
    pub mark: bool,
    /// 1 where letters that have no marks were misread, else 0.
    pub odd: u8,
    /// Its number in the table.
    pub number: u16,
}

/// All ways to misread, by the first sign read, the cheapest first.
pub(super) struct Confusions {
    ascii: [Vec<Confusion>; 128],
    others: BTreeMap<char, Vec<Confusion>>,
}

impl Confusions {
    /// The ways whose reading begins with `first`.
    pub(super) fn of(&self, first: char) -> &[Confusion] {
        match self.ascii.get(first as usize) {
            Some(ways) => ways,
            None => self.others.get(&first).map_or(&[], Vec::as_slice),
        }
    }
}

/// Another table in the place of the one built in, for measuring; see [`super::use_confusions`].
static OTHER: OnceLock<String> = OnceLock::new();

/// Takes `table` instead of the one built in; false when the first word has already been repaired.
pub(super) fn replace(table: String) -> bool {
    OTHER.set(table).is_ok()
}

/// The table, read once.
pub(super) fn confusions() -> &'static Confusions {
    static CONFUSIONS: OnceLock<Confusions> = OnceLock::new();
    CONFUSIONS.get_or_init(|| {
        let mut by: BTreeMap<char, Vec<Confusion>> = BTreeMap::new();
        let table = OTHER.get().map_or(TABLE, String::as_str);
        for (number, (written, read, cost)) in (0u16..).zip(train::rows(table)) {
            let letters: Vec<char> = read.chars().collect();
            let Some(&first) = letters.first() else {
                continue;
            };
            // Every engine knows the é: one that is no å, ä or ö stands there.
            if (written, read) == ("e", "é") {
                continue;
            }
            let odd = !written.contains(['å', 'ä', 'ö', 'é']);
            by.entry(first).or_default().push(Confusion {
                mark: is_mark(&letters, written),
                odd: u8::from(odd),
                number,
                cost: if odd { (cost - ROUGH).max(0.3) } else { cost },
                read: letters,
                written,
            });
        }
        for ways in by.values_mut() {
            ways.sort_by(|a, b| {
                a.cost
                    .total_cmp(&b.cost)
                    .then_with(|| a.written.cmp(b.written))
            });
        }
        Confusions {
            ascii: std::array::from_fn(|code| {
                by.remove(&char::from(code as u8)).unwrap_or_default()
            }),
            others: by,
        }
    })
}

/// Whether only a mark was lost.
pub(super) fn is_mark(read: &[char], written: &str) -> bool {
    matches!(
        (read, written),
        (['a'], "å" | "ä")
            | (['o'], "ö")
            | (['e'], "é")
            | (['u'], "ü")
            | (['a', _] | ['?' | '\u{fffd}'], _)
    ) && read.len() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed_and_has_each_pair_once() {
        let mut seen = std::collections::BTreeSet::new();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [written, read, cost] = columns[..] else {
                panic!("three columns, not `{line}`");
            };
            assert!(
                !written.is_empty() && !read.is_empty() && written != read,
                "`{line}`"
            );
            assert_eq!(written, written.to_lowercase(), "`{line}`");
            assert!(cost.parse::<f32>().is_ok_and(|cost| cost > 0.0), "`{line}`");
            assert!(seen.insert((written, read)), "`{line}` stands there twice");
        }
    }
}
