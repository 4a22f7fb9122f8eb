//! What an OCR engine reads where which letters stand, and what that costs.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Letters as they were, as read, and the cost (nats) of reading them so; `#` begins a comment.
static TABLE: &str = include_str!("confusions.tsv");

/// One way to misread.
#[derive(Debug)]
pub(super) struct Confusion {
    /// What stands in the text.
    pub read: Vec<char>,
    /// What was written, in small letters.
    pub written: &'static str,
    /// The cost in nats.
    pub cost: f32,
}

/// All ways to misread, by the first sign read, the cheapest first.
pub(super) struct Confusions(BTreeMap<char, Vec<Confusion>>);

impl Confusions {
    /// The ways whose reading begins with `first`.
    pub(super) fn of(&self, first: char) -> &[Confusion] {
        self.0.get(&first).map_or(&[], Vec::as_slice)
    }
}

/// The table, read once.
pub(super) fn confusions() -> &'static Confusions {
    static CONFUSIONS: OnceLock<Confusions> = OnceLock::new();
    CONFUSIONS.get_or_init(|| {
        let mut by: BTreeMap<char, Vec<Confusion>> = BTreeMap::new();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let (Some(written), Some(read), Some(cost)) =
                (columns.next(), columns.next(), columns.next())
            else {
                continue;
            };
            let (Some(first), Ok(cost)) = (read.chars().next(), cost.parse()) else {
                continue;
            };
            by.entry(first).or_default().push(Confusion {
                read: read.chars().collect(),
                written,
                cost,
            });
        }
        for ways in by.values_mut() {
            ways.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        }
        Confusions(by)
    })
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
