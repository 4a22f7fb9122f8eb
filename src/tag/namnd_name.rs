//! The names by which people ask for a nämnd: a query and a full name → whether they mean the same, or one that took over
//! from it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::sheet::folded;

/// Whether a nämnd asked for as `query` is the one named `value`: case, accents, the definite form and the genitive do
/// not matter, and the word `stadsdelsnämnd` may be left out.
pub fn namnd_is(query: &str, value: &str) -> bool {
    let query = bare(query);
    !query.is_empty() && query == bare(value)
}

/// The nämnder that went up in others, each with each of those; without the patterns that reading a paper needs.
fn successors() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("namnder.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| {
            let mut columns = line.split('\t');
            let name = columns.next().unwrap_or_default();
            let others = columns.nth(4).filter(|&others| others != "-");
            others
                .into_iter()
                .flat_map(|others| others.split("; "))
                .map(move |other| (name, other))
        })
}

/// Whether a nämnd asked for as `query` is the one named `value`, or took over from it: `Järva` covers Spånga-Tensta,
/// Rinkeby-Kista and what became of them.
pub fn namnd_covers(query: &str, value: &str) -> bool {
    namnd_is(query, value)
        || namnd_predecessors(query)
            .into_iter()
            .any(|older| namnd_is(older, value))
}

/// Whether what was asked for as `query` is a part of the name `value`: hägersten of Hägersten-Liljeholmens stadsdelsnämnd.
pub fn namnd_has(query: &str, value: &str) -> bool {
    let (query, value) = (bare(query), bare(value));
    !query.is_empty() && format!(" {value} ").contains(&format!(" {query} "))
}

/// The full names of the nämnder that went up in the one asked for as `query`, nearest first; none when `query` names no
/// nämnd or a nämnd that took over from none.
pub fn namnd_predecessors(query: &str) -> Vec<&'static str> {
    static BY_SUCCESSOR: LazyLock<BTreeMap<String, Vec<&'static str>>> = LazyLock::new(|| {
        let mut map: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
        for (name, successor) in successors() {
            map.entry(bare(successor)).or_default().push(name);
        }
        map
    });
    let mut names: Vec<&'static str> = Vec::new();
    let mut next = vec![bare(query)];
    while let Some(name) = next.pop() {
        for &older in BY_SUCCESSOR.get(&name).into_iter().flatten() {
            if !names.contains(&older) {
                names.push(older);
                next.insert(0, bare(older));
            }
        }
    }
    names
}

/// The name without what does not tell it from others: `farsta`, `socialnamnd`.
fn bare(name: &str) -> String {
    let name = folded(name);
    let mut words: Vec<&str> = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let stadsdel = words.len() > 1
        && words
            .last()
            .is_some_and(|last| last.starts_with("stadsdelsnamnd") || *last == "sdn");
    if stadsdel {
        words.pop();
    }
    let mut out = words.join(" ");
    for ending in ["namndens", "namnden", "namnds", "namnd"] {
        if let Some(stem) = out.strip_suffix(ending) {
            out = format!("{stem}namnd");
            return out;
        }
    }
    for (ending, kept) in [
        ("styrelsens", "styrelse"),
        ("styrelsen", "styrelse"),
        ("fullmaktiges", "fullmaktige"),
    ] {
        if let Some(stem) = out.strip_suffix(ending) {
            return format!("{stem}{kept}");
        }
    }
    // A stadsdel's genitive: the table knows which names end in s themselves (none does).
    if let Some(stem) = out.strip_suffix('s') {
        out.truncate(stem.len());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_tolerant_and_knows_mergers() {
        for (query, value) in [
            ("farsta", "Farsta stadsdelsnämnd"),
            ("Farsta stadsdelsnämnden", "Farsta stadsdelsnämnd"),
            ("kungsholmen", "Kungsholmens stadsdelsnämnd"),
            ("sodermalm", "Södermalms stadsdelsnämnd"),
            ("socialnämnden", "Socialnämnden"),
            ("SOCIALNAMND", "Socialnämnden"),
            ("kommunstyrelsen", "Kommunstyrelsen"),
            (
                "hägersten-liljeholmen",
                "Hägersten-Liljeholmens stadsdelsnämnd",
            ),
        ] {
            assert!(namnd_is(query, value), "{query:?} {value:?}");
        }
        for (query, value) in [
            ("", "Farsta stadsdelsnämnd"),
            ("kista", "Rinkeby-Kista stadsdelsnämnd"),
            ("Järva", "Kista stadsdelsnämnd"),
        ] {
            assert!(!namnd_is(query, value), "{query:?} {value:?}");
        }
        for (query, value) in [
            ("hägersten", "Hägersten-Liljeholmens stadsdelsnämnd"),
            ("Kista", "Rinkeby-Kista stadsdelsnämnd"),
            ("liljeholmen", "Hägersten-Liljeholmens stadsdelsnämnd"),
        ] {
            assert!(namnd_has(query, value), "{query:?} {value:?}");
        }
        for query in ["", "häger", "social", "stadsdelsnämnd"] {
            assert!(
                !namnd_has(query, "Hägersten-Liljeholmens stadsdelsnämnd"),
                "{query:?}"
            );
        }
        assert!(namnd_covers("Järva", "Spånga-Tensta stadsdelsnämnd"));
        assert!(namnd_covers("järva", "Kista stadsdelsnämnd"));
        // One that was split lives on in each of its heirs, and in theirs.
        for heir in ["Trafiknämnden", "Marknämnden", "Exploateringsnämnden"] {
            assert!(namnd_covers(heir, "Gatu- och fastighetsnämnden"), "{heir}");
        }
        assert!(!namnd_covers(
            "Fastighetsnämnden",
            "Gatu- och fastighetsnämnden"
        ));
        assert!(!namnd_covers("Spånga-Tensta", "Järva stadsdelsnämnd"));
    }
}
