//! A compound of two words of every day → its parts, whether it was counted or not. Pure; the words are `everyday.tsv`.
//!
//! What the lexicon counted tells nothing of words that few papers say: a surfplatta is a platta, and a soprum is a rum. Both
//! words of the compound must be of the table, so that no word is taken apart by chance.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::inflection;

/// The words of the table: first parts as they are written, and last parts in their ground form.
struct Words {
    firsts: HashSet<&'static str>,
    lasts: HashSet<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let words = |place: &str| {
        let lines = include_str!("everyday.tsv").lines();
        let lines = lines.filter_map(|line| line.strip_prefix(place)?.strip_prefix('\t'));
        lines.flat_map(str::split_whitespace).collect()
    };
    Words {
        firsts: words("first"),
        lasts: words("last"),
    }
});

/// Letters of the shortest first part, and of the shortest last part behind it.
const SHORTEST: (usize, usize) = (2, 6);

/// First parts of two letters that begin as many words as longer ones do.
const SHORT_FIRSTS: [&str; 2] = ["el", "is"];

/// Letters of the shortest last part behind a longer one.
const SHORTEST_LAST: usize = 3;

/// The parts of `form`, if both are words of the table.
pub(super) fn parts(form: &str) -> Option<Vec<Range<usize>>> {
    let words = &*WORDS;
    let is_last = |last: &str| {
        let stem = inflection::simple(last);
        ["", "a", "e"]
            .iter()
            .any(|end| words.lasts.contains([stem.as_str(), end].concat().as_str()))
    };
    form.char_indices()
        .skip(SHORTEST.0)
        .enumerate()
        .find_map(|(longer, (at, _))| {
            let (first, last) = form.split_at(at);
            let least = if longer == 0 && !SHORT_FIRSTS.contains(&first) {
                SHORTEST.1
            } else {
                SHORTEST_LAST
            };
            let both =
                words.firsts.contains(first) && last.chars().count() >= least && is_last(last);
            let linked = first.strip_suffix('s');
            let bare = linked.filter(|bare| words.firsts.contains(bare));
            both.then(|| vec![0..bare.unwrap_or(first).len(), at..form.len()])
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::swedish::words::Forms;

    #[test]
    fn the_table_is_well_formed() {
        for line in include_str!("everyday.tsv").lines() {
            let (place, words) = line.split_once('\t').unwrap_or((line, ""));
            assert!(
                place.starts_with('#') || ["first", "last"].contains(&place),
                "{line}"
            );
            let words: Vec<&str> = words.split(' ').collect();
            assert!(
                place.starts_with('#') || words.is_sorted(),
                "{place}: words in order"
            );
        }
        assert!(
            WORDS
                .firsts
                .iter()
                .all(|first| first.chars().count() >= SHORTEST.0)
        );
    }

    #[test]
    fn compounds_of_every_day_have_parts() {
        for (word, stem) in [
            ("surfplattorna", "platt"),
            ("soprummen", "rum"),
            ("gräsmattor", "matt"),
            ("parkleken", "lek"),
            ("matsalarna", "sal"),
            ("vårterminens", "termin"),
            ("uteservering", "servering"),
            ("brandvarnare", "varnar"),
            ("sopsäckar", "säck"),
            ("halkolyckorna", "olyck"),
            ("isbanan", "ban"),
            ("laddstolparna", "stolp"),
            ("avlösarservicen", "servic"),
            ("elljusspåret", "spår"),
        ] {
            let parts = Forms::of(word).parts;
            assert!(parts.contains(&stem.to_owned()), "{word}: {parts:?}");
        }
        for word in [
            "taktik",
            "parkera",
            "bildning",
            "skolorna",
            "flygning",
            "sophia",
            "lekande",
            "telefonen",
        ] {
            assert_eq!(Forms::of(word).parts, [""; 0], "{word}");
        }
    }
}
