//! What looks like a part of a compound and is none: prefixes, endings, inflection. The words are in `parts.tsv`.

use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Kind, letters, what stands in their place; `#` begins a comment.
static TABLE: &str = include_str!("parts.tsv");

/// The table, by kind.
#[derive(Default)]
struct Parts {
    prefixes: BTreeSet<&'static str>,
    alone: BTreeSet<&'static str>,
    endings: BTreeSet<&'static str>,
    short_heads: BTreeSet<&'static str>,
    inflections: Vec<(&'static str, &'static str)>,
    forms: Vec<(&'static str, &'static str)>,
}

fn parts() -> &'static Parts {
    static PARTS: OnceLock<Parts> = OnceLock::new();
    PARTS.get_or_init(|| {
        let mut parts = Parts::default();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let (kind, letters) = (columns.next(), columns.next().unwrap_or_default());
            let instead = columns.next().unwrap_or_default();
            match kind {
                Some("prefix") => _ = parts.prefixes.insert(letters),
                Some("alone") => _ = parts.alone.insert(letters),
                Some("ending") => _ = parts.endings.insert(letters),
                Some("short-head") => _ = parts.short_heads.insert(letters),
                Some("inflection") => parts.inflections.push((letters, instead)),
                Some("form") => parts.forms.push((letters, instead)),
                _ => {}
            }
        }
        parts
    })
}

/// Whether `part` is a prefix that makes another word, not the first part of a compound.
pub(super) fn is_prefix(part: &str) -> bool {
    parts().prefixes.contains(part)
}

/// Whether `part`, though a word, begins no compounds: pronouns and the like.
pub(super) fn is_no_modifier(part: &str) -> bool {
    parts().alone.contains(part)
}

/// Whether `part` is an ending and not a last part, though lists of words hold it.
pub(super) fn is_ending(part: &str) -> bool {
    parts().endings.contains(part)
}

/// Whether `part`, though it has only three letters, is a last part as good as a longer one (`socialtjänst|lag`).
pub(super) fn is_short_head(part: &str) -> bool {
    parts().short_heads.contains(part)
}

/// The shorter words that a noun may be a form of (`förvaltning` of `förvaltningarnas`).
pub(super) fn bases(word: &str) -> impl Iterator<Item = String> {
    parts()
        .forms
        .iter()
        .filter_map(|(ending, instead)| Some(format!("{}{instead}", word.strip_suffix(ending)?)))
        .filter(|base| base.chars().count() >= 3)
}

/// Whether `word`, cut at byte `at`, is cut inside a stem that is a word itself: `lag|ringen` is `lagra` inflected, and
/// `vin|sten` is `vinst`. What is left of the stem after the cut is then too short to be a part.
pub(super) fn inflected_at(word: &str, at: usize, known: &dyn Fn(&str) -> bool) -> bool {
    parts().inflections.iter().any(|(ending, instead)| {
        word.strip_suffix(ending).is_some_and(|stem| {
            stem.len() < at + 4
                && !stem.get(at..).is_some_and(is_short_head)
                && stem.chars().count() >= 3
                && at + 1 < word.len()
                && (stem.len() > at || (stem.len() == at && ending.len() > 3))
                && known(&format!("{stem}{instead}"))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed_and_has_each_row_once() {
        let kinds = [
            "prefix",
            "alone",
            "ending",
            "short-head",
            "inflection",
            "form",
        ];
        let mut seen = BTreeSet::new();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [kind, letters, _] = columns[..] else {
                panic!("three columns, not `{line}`");
            };
            assert!(kinds.contains(&kind) && !letters.is_empty(), "`{line}`");
            assert!(seen.insert(line), "`{line}` stands there twice");
        }
    }

    #[test]
    fn a_cut_inside_a_stem_is_seen() {
        let words = ["vinst", "lagra", "rapport", "social", "sekreterare"];
        let known = |word: &str| words.contains(&word);
        assert!(inflected_at("vinsten", 3, &known));
        assert!(inflected_at("lagringen", 3, &known));
        assert!(inflected_at("rapporten", 5, &known));
        assert!(!inflected_at("socialsekreterare", 6, &known));
    }
}
