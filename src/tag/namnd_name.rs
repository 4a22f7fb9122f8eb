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

/// The nämnder of the table that a successor or years are given of, without the patterns that reading a paper needs.
struct Life {
    name: &'static str,
    years: Years,
    successors: Vec<&'static str>,
}

static LIVES: LazyLock<Vec<Life>> = LazyLock::new(|| {
    let year = |column: Option<&str>| column?.parse().ok().filter(|&year: &i16| year > 0);
    include_str!("namnder.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let name = columns.next()?;
            let years = Years {
                from: year(columns.nth(2)),
                to: year(columns.next()),
            };
            let others = columns.next().filter(|&others| others != "-");
            Some(Life {
                name,
                years,
                successors: others.map_or_else(Vec::new, |others| others.split("; ").collect()),
            })
        })
        .collect()
});

/// Years, both included; an open end is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Years {
    /// The first year.
    pub from: Option<i16>,
    /// The last year.
    pub to: Option<i16>,
}

/// How many years before its first and after its last a nämnd has papers: it meets before it takes office, and closes its
/// books when it has gone up in another.
const GRACE: i16 = 1;

/// Of which years a paper that names the nämnd `value` is one of the nämnd asked for as `query`; nothing when it never is.
///
/// The nämnd itself is by its name alone, whatever the year. One that went up in it counts while it was there by the table,
/// and the year before and after: whoever has its name ten years later is another body, in another municipality. What
/// registers file under the name of a nämnd that was not there yet is by one that went up in it in its turn, so that the
/// first of those begins its years. Whoever asks decides of papers without a date; losing them would be worse.
fn namnd_years(query: &str, value: &str) -> Option<Years> {
    if namnd_is(query, value) {
        return Some(Years::default());
    }
    let older = namnd_predecessors(query)
        .into_iter()
        .find(|older| namnd_is(older, value))?;
    let years = |name: &str| {
        LIVES
            .iter()
            .find(|life| life.name == name)
            .map(|life| life.years)
    };
    let own = years(older)?;
    let mut from = own.from;
    for first in namnd_predecessors(older).into_iter().filter_map(years) {
        // None is lower than any year: a nämnd whose first year nobody knows leaves the beginning open.
        from = from.min(first.from);
    }
    Some(Years {
        from: from.map(|year| year - GRACE),
        to: own.to.map(|year| year + GRACE),
    })
}

/// Whether a nämnd asked for as `query` is the one named `value`, or took over from it: `Järva` covers Spånga-Tensta,
/// Rinkeby-Kista and what became of them.
pub fn namnd_covers(query: &str, value: &str) -> bool {
    namnd_years(query, value).is_some()
}

/// Of which years a paper that names the nämnd `value` is meant by `query`; nothing when it never is. A whole name, or the name
/// of one that others went up in, means what [`namnd_covers`] says; a name without what makes it a nämnd means every one
/// whose name has it: `Rinkeby` is Rinkeby and Rinkeby-Kista, `kultur` is Kulturnämnden.
pub fn namnd_meant(query: &str, value: &str) -> Option<Years> {
    let by_name = namnd_years(query, value);
    if by_name.is_some() || is_whole(query) {
        return by_name;
    }
    namnd_has(query, value).then(Years::default)
}

/// Whether `query` says itself that it is the name of a body.
fn is_whole(query: &str) -> bool {
    let query = folded(query);
    ["namnd", "styrelse", "fullmaktige", "sdn"]
        .iter()
        .any(|word| query.contains(word))
}

/// Whether `query` is a part of the name `value`: hägersten of Hägersten-Liljeholmens stadsdelsnämnd, social of
/// Socialnämnden.
pub fn namnd_has(query: &str, value: &str) -> bool {
    let (query, value) = (bare(query), bare(value));
    let ends = |rest: &str| {
        let rest = rest.strip_prefix('s').unwrap_or(rest);
        rest.is_empty()
            || ["namnd", "styrelse", "utskott"]
                .iter()
                .any(|body| rest.starts_with(body))
    };
    let whole = || format!(" {value} ").contains(&format!(" {query} "));
    let begins = || {
        let mut words = value.split(' ');
        words.any(|word| word.strip_prefix(query.as_str()).is_some_and(ends))
    };
    !query.is_empty() && (whole() || begins())
}

/// The full names of the nämnder that went up in the one asked for as `query`, nearest first; none when `query` names no
/// nämnd or a nämnd that took over from none.
pub fn namnd_predecessors(query: &str) -> Vec<&'static str> {
    static BY_SUCCESSOR: LazyLock<BTreeMap<String, Vec<&'static str>>> = LazyLock::new(|| {
        let mut map: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
        for life in LIVES.iter() {
            for successor in &life.successors {
                map.entry(bare(successor)).or_default().push(life.name);
            }
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
    } else if words.len() > 1 && matches!(words[0], "stadsdelsnamnden" | "stadsdelsnamnd" | "sdn") {
        // "Stadsdelsnämnden Angered"
        words.remove(0);
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

/// A nämnd's name whose words `nämnd` and `för` were misread, with those words as they are written: `Lokalnimnden` is
/// Lokalnämnden.
pub(super) fn mended(name: &str) -> String {
    let words: Vec<String> = name
        .split(' ')
        .enumerate()
        .map(|(i, word)| match folded(word).as_str() {
            "for" if i > 0 => "för".to_owned(),
            plain => mended_word(word, plain).unwrap_or_else(|| word.to_owned()),
        })
        .collect();
    words.join(" ")
}

/// `word` with the right letters of `nämnd` at its end, when `plain`, the word folded, ends as that is misread.
fn mended_word(word: &str, plain: &str) -> Option<String> {
    let (bare, article) = match plain.strip_suffix("en") {
        Some(bare) => (bare, "en"),
        None => (plain, ""),
    };
    let bare = bare
        .strip_suffix("mnd")
        .or_else(|| bare.strip_suffix("rnnd"))?;
    let stem = ["nia", "nai", "na", "nd", "ni", "ne"]
        .iter()
        .find_map(|read| bare.strip_suffix(read))?;
    if word.ends_with(&format!("ämnd{article}")) {
        return None;
    }
    // Each letter of the stem is one of the folded copy.
    let first: String = word.chars().take(stem.chars().count() + 1).collect();
    (folded(&first).len() == stem.len() + 1).then(|| format!("{first}ämnd{article}"))
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
            ("Angered", "Stadsdelsnämnden Angered"),
            ("SDN Östra Göteborg", "Stadsdelsnämnden Östra Göteborg"),
            ("Angereds stadsdelsnämnd", "Stadsdelsnämnden Angered"),
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
        assert!(namnd_covers("Östra Göteborg", "Stadsdelsnämnden Kortedala"));
        assert!(!namnd_covers("Angered", "Stadsdelsnämnden Kortedala"));
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

    #[test]
    fn a_part_of_a_name_means_every_name_that_has_it() {
        for (query, value) in [
            ("Rinkeby", "Rinkeby stadsdelsnämnd"),
            ("Rinkeby", "Rinkeby-Kista stadsdelsnämnd"),
            ("kista", "Rinkeby-Kista stadsdelsnämnd"),
            ("kultur", "Kulturnämnden"),
            ("utbildning", "Utbildningsnämnden"),
            ("social", "Arbetsmarknads- och socialnämnden"),
            ("Järva", "Kista stadsdelsnämnd"),
        ] {
            assert!(namnd_meant(query, value).is_some(), "{query} {value}");
        }
        for (query, value) in [
            ("Rinkeby stadsdelsnämnd", "Rinkeby-Kista stadsdelsnämnd"),
            ("kult", "Kulturnämnden"),
            ("nämnden", "Kulturnämnden"),
            ("Spånga", "Järva stadsdelsnämnd"),
        ] {
            assert!(namnd_meant(query, value).is_none(), "{query} {value}");
        }
    }

    #[test]
    fn forerunners_count_while_they_were_there() {
        let years = |query: &str, value: &str| {
            namnd_years(query, value).map(|years| (years.from, years.to))
        };
        // The nämnd itself at any time, a forerunner's forerunner in its own years.
        assert_eq!(years("Järva", "Järva stadsdelsnämnd"), Some((None, None)));
        let spanga = "Spånga-Tensta stadsdelsnämnd";
        assert_eq!(years("Järva", spanga), Some((Some(1996), Some(2024))));
        let kista = "Kista stadsdelsnämnd";
        assert_eq!(years("Järva", kista), Some((Some(1996), Some(2007))));
        // Filed under the name of the one that took over: its forerunners were there before.
        let both = "Rinkeby-Kista stadsdelsnämnd";
        assert_eq!(years("järva", both), Some((Some(1996), Some(2024))));
        // Nobody knows when its forerunner began.
        let streets = "Gatu- och fastighetsnämnden";
        assert_eq!(years("Marknämnden", streets), Some((None, Some(2006))));
        assert_eq!(
            years("Exploateringsnämnden", "Marknämnden"),
            Some((None, Some(2008)))
        );
        assert_eq!(years("Spånga-Tensta", "Järva stadsdelsnämnd"), None);
        assert_eq!(years("Farsta", "Bromma stadsdelsnämnd"), None);
        assert_eq!(years("", spanga), None);
    }

    #[test]
    fn years_of_the_table_are_in_order_and_meet_their_successors() {
        for life in LIVES.iter() {
            let Years { from, to } = life.years;
            assert!(
                from.is_none() || to.is_none() || from <= to,
                "{}",
                life.name
            );
            for successor in &life.successors {
                assert!(
                    to.is_some(),
                    "{} has a successor and no last year",
                    life.name
                );
                let next = LIVES.iter().find(|other| other.name == *successor);
                let next = next.unwrap_or_else(|| panic!("{successor} is not in the table"));
                assert!(
                    next.years.to.is_none() || next.years.to >= to,
                    "{} went up in {successor}, which was gone by then",
                    life.name
                );
            }
        }
    }

    #[test]
    fn the_word_of_a_misread_name_is_mended() {
        for (read, want) in [
            ("Lokalnimnden", "Lokalnämnden"),
            ("Nimnden f6r hamnen", "Nämnden för hamnen"),
            ("Miljö- och hamnndmnd", "Miljö- och hamnnämnd"),
            ("Arkivnamnden", "Arkivnämnden"),
            ("Lokalnämnden", "Lokalnämnden"),
            ("Åbyns hamnnarnnden", "Åbyns hamnnämnden"),
            ("Kommunstyrelsen", "Kommunstyrelsen"),
            ("Regionens samnand", "Regionens samnand"),
        ] {
            assert_eq!(mended(read), want);
        }
    }
}
