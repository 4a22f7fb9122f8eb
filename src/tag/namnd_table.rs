//! The table of the nämnder and förvaltningar, `namnder.tsv`: a name as a paper writes it → the row that it names.
//!
//! Names are matched as an OCR engine may have left them, in definite and genitive forms, broken over lines.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use super::pattern::Pattern;

use super::sheet::{Gated, folded, gated, tolerant};

/// One line of the table.
pub(super) struct Row {
    /// The full name: "Farsta stadsdelsnämnd", "Socialnämnden".
    pub(super) name: &'static str,
    /// What its name is built on: "Farsta", "Socialnämnd".
    pub(super) word: &'static str,
    pub(super) forvaltning: Option<&'static str>,
    /// A stadsdel's own name, as a pattern.
    pub(super) stem: Option<String>,
    /// The nämnd's name and the förvaltning's, as patterns without a genitive's s.
    pub(super) patterns: Vec<String>,
    /// `patterns`, each for a text that holds nothing else.
    pub(super) whole: Vec<Whole>,
    /// `stem`, for a text that holds nothing else.
    pub(super) alone: Option<Whole>,
}

/// A pattern for a text that holds nothing else. There are some 160 of them, most papers ask none, and compiling them takes
/// a sixth of a process's start: it is done when one is asked.
pub(super) struct Whole {
    pattern: String,
    compiled: OnceLock<Pattern>,
}

impl Whole {
    fn new(pattern: &str) -> Whole {
        Whole {
            pattern: format!("^(?:{pattern})s?$"),
            compiled: OnceLock::new(),
        }
    }

    pub(super) fn is_match(&self, folded: &[u8]) -> bool {
        self.compiled
            .get_or_init(|| tolerant(&self.pattern))
            .is_match(folded)
    }
}

/// What the names of other towns' stadsdelar begin with: `Stadsdelsnämnden Angered`.
const BEFORE_PLACE: &str = "Stadsdelsnämnden ";

/// The stadsdelar whose place stands behind the word: the place, folded, and the full name.
pub(super) static PLACES: LazyLock<Vec<(String, &'static str)>> = LazyLock::new(|| {
    include_str!("namnder.tsv")
        .lines()
        .filter_map(|line| line.split('\t').next())
        .filter_map(|name| Some((folded(name.strip_prefix(BEFORE_PLACE)?), name)))
        .collect()
});

pub(super) static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let some = |column: &'static str| Some(column).filter(|&column| column != "-");
    // A name may be broken over lines behind a dash.
    let pattern = |name: &str| name.to_lowercase().replace('-', r"-\s*");
    include_str!("namnder.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let (name, word) = (columns.next()?, columns.next()?);
            // Its grammar reads it; no pattern is needed.
            if name.starts_with(BEFORE_PLACE) {
                return None;
            }
            let forvaltning = some(columns.next()?);
            let stem = name.ends_with("stadsdelsnämnd").then(|| pattern(word));
            let mut patterns = match &stem {
                Some(stem) => vec![
                    format!(r"{stem}s?\s+stadsdels ?nämnd(?:en)?"),
                    format!(r"{stem}s?\s+stadsdels ?förvaltning(?:en)?"),
                ],
                None => vec![format!("{}(?:n|en)?", pattern(word))],
            };
            patterns.extend(forvaltning.filter(|_| stem.is_none()).map(pattern));
            Some(Row {
                name,
                word,
                forvaltning,
                whole: patterns.iter().map(|pattern| Whole::new(pattern)).collect(),
                alone: stem.as_deref().map(Whole::new),
                patterns,
                stem,
            })
        })
        .collect()
});

/// The full name of the nämnd that `plain`, folded, is the name of.
pub(super) fn canonical(plain: &str) -> Option<String> {
    let (row, office) = known(plain.as_bytes())?;
    (!office).then(|| row.name.to_owned())
}

/// What every name of a nämnd or a förvaltning holds.
pub(super) static ANY_BODY: LazyLock<Gated> =
    LazyLock::new(|| gated(r"nämnd|styre|fullm|förva|kontor|utsko|\bsdn\b|kyrkom"));

/// Every form in which a name stands where nothing is damaged, with its row and whether it is the förvaltning's. Asking each
/// row's patterns is for the others.
fn undamaged() -> BTreeMap<String, (usize, bool)> {
    let mut map = BTreeMap::new();
    for (i, row) in TABLE.iter().enumerate() {
        let mut put = |form: String, office| {
            let form = folded(&form);
            for end in ["", "s"] {
                map.entry(format!("{form}{end}")).or_insert((i, office));
            }
        };
        if row.stem.is_some() {
            for owner in ["", "s"] {
                for gap in ["", " "] {
                    for (body, office) in [("nämnd", false), ("förvaltning", true)] {
                        for article in ["", "en"] {
                            let word = row.word;
                            put(
                                format!("{word}{owner} stadsdels{gap}{body}{article}"),
                                office,
                            );
                        }
                    }
                }
            }
            continue;
        }
        for article in ["", "n", "en"] {
            put(format!("{}{article}", row.word), false);
        }
        if let Some(office) = row.forvaltning {
            put(office.to_owned(), true);
        }
    }
    map
}

/// A name that may be broken over lines, without its breaks: `hagersten- alvsjo` is `hagersten-alvsjo`.
fn on_one_line(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split_ascii_whitespace() {
        if !out.is_empty() && !out.ends_with('-') {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The row whose nämnd, or whose förvaltning, `folded` is the name of and nothing else.
pub(super) fn known(folded: &[u8]) -> Option<(&'static Row, bool)> {
    static UNDAMAGED: LazyLock<BTreeMap<String, (usize, bool)>> = LazyLock::new(undamaged);
    let exact = std::str::from_utf8(folded)
        .ok()
        .and_then(|name| UNDAMAGED.get(&on_one_line(name)));
    if let Some(&(row, office)) = exact {
        return Some((TABLE.get(row)?, office));
    }
    if !ANY_BODY.is_match(folded) {
        return None;
    }
    TABLE.iter().find_map(|row| {
        let at = row.whole.iter().position(|whole| whole.is_match(folded))?;
        Some((row, at % 2 == 1))
    })
}

/// Every name of the table, the longest first: one pass over a text finds them all.
pub(super) static ANY: LazyLock<Pattern> = LazyLock::new(|| {
    let mut patterns: Vec<&str> = TABLE
        .iter()
        .filter(|row| row.stem.is_none())
        .flat_map(|row| row.patterns.iter().map(String::as_str))
        .collect();
    patterns.sort_by_key(|pattern| (std::cmp::Reverse(pattern.len()), *pattern));
    tolerant(&format!(
        r"\b(?:(?:{})s?\s+stadsdels ?(?:nämnd|förvaltning)(?:en)?|{})s?\b",
        stadsdelar(),
        patterns.join("|")
    ))
});

/// The stems of every stadsdel as one pattern, the longest first.
fn stadsdelar() -> String {
    let mut stems: Vec<&str> = TABLE.iter().filter_map(|row| row.stem.as_deref()).collect();
    stems.sort_by_key(|stem| (std::cmp::Reverse(stem.len()), *stem));
    stems.join("|")
}

/// Every stadsdel.
pub(super) static STADSDELAR: LazyLock<Pattern> =
    LazyLock::new(|| tolerant(&format!(r"\b(?:{})s?\b", stadsdelar())));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        let names: Vec<&str> = TABLE
            .iter()
            .map(|row| row.name)
            .chain(PLACES.iter().map(|(_, name)| *name))
            .collect();
        for line in include_str!("namnder.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
        {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 6, "{line:?}");
            assert!(
                columns
                    .iter()
                    .all(|column| !column.is_empty() && column.trim() == *column),
                "{line:?}"
            );
            assert!(
                columns[3].parse::<u16>().is_ok() && columns[4].parse::<u16>().is_ok(),
                "{line:?}"
            );
            assert_eq!(
                names.iter().filter(|name| **name == columns[0]).count(),
                1,
                "{line:?}"
            );
            for other in columns[5].split("; ") {
                assert!(other == "-" || names.contains(&other), "{line:?}");
            }
            assert!(
                columns[0].starts_with(columns[1].split(' ').next().unwrap_or_default()),
                "{line:?}"
            );
        }
    }

    #[test]
    fn undamaged_forms_name_what_the_patterns_name() {
        for (form, (row, office)) in undamaged() {
            let by_pattern = TABLE.iter().enumerate().find_map(|(i, row)| {
                let folded = form.as_bytes();
                let at = row.whole.iter().position(|whole| whole.is_match(folded))?;
                Some((i, at % 2 == 1))
            });
            assert_eq!(by_pattern, Some((row, office)), "{form}");
        }
        for broken in [
            "Hägersten-\nLiljeholmens stadsdelsnämnds",
            "kommun styrelsen",
        ] {
            let (row, _) = known(folded(broken).as_bytes()).unzip();
            assert_eq!(
                row.map(|row| row.name),
                (!broken.starts_with('k')).then_some("Hägersten-Liljeholmens stadsdelsnämnd"),
                "{broken}"
            );
        }
    }
}
