//! A compound in a form that tells no parts → those of another form of its word. Pure.

use std::ops::Range;

use super::compounds::{SHORTEST_PART, own_parts};
use crate::lexicon;

/// Letters of a compound whose inflections are compared.
pub(super) const LONG_FORM: usize = 8;

/// Endings of a noun or an adjective behind its ground form.
const ENDINGS: &[&str] = &[
    "a", "ar", "arna", "en", "ens", "er", "erna", "et", "ets", "n", "na", "ns", "or", "orna", "r",
    "t", "ts",
];

/// The counted words of which `form` is `ending` more.
fn ground_forms(form: &str) -> impl Iterator<Item = &str> {
    ENDINGS
        .iter()
        .filter_map(|ending| form.strip_suffix(ending))
        .filter(|ground| ground.chars().count() >= LONG_FORM - 1 && lexicon::count(ground) > 0)
}

/// The parts of a form that has none of its own, from another form of its word: kulturliv is what kulturlivet is.
pub(super) fn parts(form: &str) -> Option<Vec<Range<usize>>> {
    let count = lexicon::count(form);
    let told = |other: &str| lexicon::count(other).saturating_mul(OUTNUMBERED) >= count.max(1);
    let ended = |mut parts: Vec<Range<usize>>| {
        let last = parts.last_mut()?;
        last.end = form.len();
        let part = form.get(last.clone())?;
        // To föra and göra are behind other words what they are behind a prefix.
        (part.chars().count() >= SHORTEST_PART && !["för", "gör"].contains(&part)).then_some(parts)
    };
    let from_ground = || {
        ground_forms(form)
            .filter(|ground| told(ground))
            .find_map(|ground| ended(own_parts(ground)))
    };
    let from_longer = || {
        ["a", "en", "er", "et"]
            .iter()
            .map(|ending| format!("{form}{ending}"))
            .filter(|longer| lexicon::count(longer) > 0 && told(longer))
            .find_map(|longer| ended(own_parts(&longer)))
    };
    from_ground().or_else(from_longer)
}

/// How many times as often a form may have been counted as another one that tells its parts.
const OUTNUMBERED: u32 = 30;
