//! Names that a board's papers know and the counts may not: places, people, streets, organisations.
//!
//! Comes in: the rows of `names.tsv`. Goes out: the names themselves, and the surnames and names of places that their parts
//! make (`Lind` and `ström`, `Hjälm` and `viken`): far more people and places are called so than any list has.

use std::collections::HashSet;
use std::sync::OnceLock;

use foldhash::fast::RandomState;

/// A name and its kind a line; `#` begins a comment. The kinds of [`PARTS`] are parts of names and no names.
static NAMES: &str = include_str!("names.tsv");

/// The kinds of the first and the last parts of surnames, and of the names of places.
const PARTS: [[&str; 2]; 2] = [["stem", "ending"], ["place-stem", "place-ending"]];

/// Every row: a name or a part of one, and its kind.
fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    NAMES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
}

/// Every name, as written.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    rows()
        .filter(|(_, kind)| !PARTS.as_flattened().contains(kind))
        .map(|(name, _)| name)
}

/// The given names, one behind the other: the rows of one kind stand together, so that whoever asks for one name need not walk
/// over all rows.
fn given() -> impl Iterator<Item = &'static str> {
    const KIND: &str = "\tgiven";
    let first = memchr::memmem::find(NAMES.as_bytes(), KIND.as_bytes()).unwrap_or(NAMES.len());
    let start = NAMES[..first].rfind('\n').map_or(0, |end| end + 1);
    let rows = NAMES[start..].split('\n');
    rows.map_while(|row| row.strip_suffix(KIND))
}

/// Whether `name` is a given name of the list.
pub(super) fn is_given(name: &str) -> bool {
    static GIVEN: OnceLock<HashSet<&str, RandomState>> = OnceLock::new();
    GIVEN.get_or_init(|| given().collect()).contains(name)
}

/// Surnames and names of places made of two parts, most of which somebody or somewhere has.
pub(super) fn made() -> impl Iterator<Item = String> {
    let of = |wanted: &'static str| rows().filter(move |(_, kind)| *kind == wanted);
    PARTS.into_iter().flat_map(move |[stems, endings]| {
        of(stems).flat_map(move |(stem, _)| of(endings).map(move |(end, _)| format!("{stem}{end}")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_stands_once_and_is_a_name() {
        let mut seen = std::collections::BTreeSet::new();
        for (name, kind) in rows() {
            assert!(
                seen.insert((
                    name,
                    kind.split("stem").count() > 1,
                    kind.starts_with("place-")
                )),
                "`{name}` stands there twice"
            );
            let letters = name.chars().all(|c| c.is_alphabetic() || c == '-');
            let capital = name.chars().next().is_some_and(char::is_uppercase);
            assert!(
                letters && capital != kind.ends_with("ending"),
                "`{name}` is no name"
            );
            assert!(
                matches!(kind, "place" | "given" | "surname" | "street" | "org")
                    || PARTS.as_flattened().contains(&kind),
                "`{kind}` is no kind"
            );
        }
        let of_kind: Vec<&str> = (rows().filter(|row| row.1 == "given").map(|row| row.0)).collect();
        assert!(!of_kind.is_empty() && given().eq(of_kind));
        assert!(all().any(|name| name == "Hägersten"));
        assert!(!all().any(|name| name == "ström"));
        for name in ["Lindström", "Lindfeldt", "Hjälmviken"] {
            assert!(made().any(|made| made == name), "{name}");
        }
    }
}
