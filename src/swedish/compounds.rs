//! A word → the words it is made of. Pure.
//!
//! What the lexicon finds, and beyond it compounds of words that it counted as no parts, with a name or an unknown word
//! before a word that ends many: utegym, tertialrapport.

use std::cell::RefCell;
use std::ops::Range;

use super::inflection;
use super::memory::{self, Memory};
use super::sure_parts::{
    BEGUN, BEGUN_OFTEN, ENDS_OF_OTHERS, LONG_LAST, MADE, NO_FIRST, NO_LAST, NOUN_SEEN, SEEN,
    SELDOM, SHORTEST_FIRST, begins_often, begun_surely, ends_compounds, first_part, is_noun,
    is_rare_noun, whole,
};
use super::{everyday, names, relatives, seldom, whole};
use crate::lexicon;

/// Letters that a part of a compound must have to be searchable by itself.
pub(super) const SHORTEST_PART: usize = 3;

/// Whether `form` is a word or a compound of words.
pub fn is_word(form: &str) -> bool {
    lexicon::count(form) > 0 || !lexicon::parts(form).is_empty()
}

/// The parts of a compound, as byte ranges of `form`; nothing when it is none.
///
/// Where the lexicon finds no parts, two of its words that make up the whole are parts: utegym.
pub fn parts(form: &str) -> Vec<Range<usize>> {
    memory::with(&PARTS, form, || found_parts(form), Clone::clone)
}

thread_local! {
    static PARTS: RefCell<Memory<Vec<Range<usize>>>> = RefCell::new(Memory::new(REMEMBERED));
}

/// Words whose parts a thread remembers: a word's are asked for by its stem, by its parts, and by the words that it is a
/// part of.
const REMEMBERED: usize = 50_000;

fn found_parts(form: &str) -> Vec<Range<usize>> {
    if whole::is_whole(form) {
        return Vec::new();
    }
    // A genitive that nobody counted has the parts of the word that somebody did.
    if let Some(bare) = form.strip_suffix('s')
        && lexicon::count(form) == 0
        && lexicon::count(bare) > 0
    {
        let mut parts = parts(bare);
        if let Some(last) = parts.last_mut() {
            last.end = form.len();
        }
        return parts;
    }
    if inflection::is_verb_of_table(form) || inflection::is_name(form) || names::is_surname(form) {
        return Vec::new();
    }
    let parts = whole::mended(form, own_parts(form));
    if names::is_given_name(form, &parts) {
        return Vec::new();
    }
    if form.chars().count() < relatives::LONG_FORM || lexicon::count(form) == 0 {
        return parts;
    }
    if parts.is_empty() {
        whole::mended(form, relatives::parts(form).unwrap_or_default())
    } else {
        parts
    }
}

/// The parts of `form`, whatever its other inflections have.
pub(super) fn own_parts(form: &str) -> Vec<Range<usize>> {
    memory::with(&OWN, form, || found_own_parts(form), Clone::clone)
}

thread_local! {
    static OWN: RefCell<Memory<Vec<Range<usize>>>> = RefCell::new(Memory::new(REMEMBERED));
}

fn found_own_parts(form: &str) -> Vec<Range<usize>> {
    let mut parts = lexicon::parts(form);
    if parts.is_empty() {
        parts = shared_letter(form).unwrap_or_else(|| loose_parts(form));
    }
    if parts.is_empty() || !is_sure(form, &parts) {
        everyday::parts(form).unwrap_or_default()
    } else {
        parts
    }
}

/// Whether the first and the last of `parts` are no pieces of other words.
fn is_sure(form: &str, parts: &[Range<usize>]) -> bool {
    let [first, .., last] = parts else {
        return true;
    };
    let (first, last) = (&form[first.clone()], &form[last.clone()]);
    // The koordi of koordination is nothing.
    let nation = last.starts_with("nation") && first_part(first).is_none();
    !nation && !NO_FIRST.contains(&first) && !ENDS_OF_OTHERS.contains(&last)
}

/// The parts of a compound whose first one ends in two letters that its last one begins with, of which two are written:
/// busstation, tullag.
fn shared_letter(form: &str) -> Option<Vec<Range<usize>>> {
    let letters: Vec<(usize, char)> = form.char_indices().collect();
    letters.windows(2).find_map(|pair| {
        let [(start, one), (at, other)] = pair else {
            return None;
        };
        let first = &form[..at + other.len_utf8()];
        let last = &form[*at..];
        // The last part begins with the second of the two.
        let twice = one == other && !"aeiouyåäö".contains(*one) && *start > 1;
        (twice
            && last.chars().count() >= SHORTEST_FIRST
            && lexicon::count(first) >= SEEN
            && begins_often(first)
            && (ends_compounds(last) || is_noun(last)))
        .then(|| vec![0..first.len(), *at..form.len()])
    })
}

/// Last parts of three letters that the lexicon leaves aside: it takes so short ones only from a list of its own.
const SHORT_LAST: &[&str] = &["gym", "mur", "pub", "ram", "yta"];

/// Last parts of three letters of words that nobody counted; words that were counted end so by chance.
const SHORT_NOUNS: &[&str] = &[
    "bad", "bil", "buss", "båt", "dag", "hus", "kök", "lag", "mål", "råd", "rum", "tak", "tid",
    "tåg", "väg",
];

/// Last parts of the names of schools, streets and the like, whatever stands before them: Matteusskolan.
const PLACES: &[&str] = &[
    "backen", "badet", "berget", "bron", "dalen", "gatan", "gränd", "gården", "gärdet", "hallen",
    "hamnen", "hemmet", "huset", "kajen", "kyrkan", "parken", "platsen", "salen", "skogen",
    "skolan", "stigen", "stranden", "teatern", "torget", "tunneln", "vallen", "viken", "vägen",
    "ängen", "slingan", "plan",
];

fn loose_parts(form: &str) -> Vec<Range<usize>> {
    if !(6..=60).contains(&form.chars().count()) || !form.chars().all(char::is_alphabetic) {
        return Vec::new();
    }
    if let Some(parts) = of_sure_last(form) {
        return parts;
    }
    // A word that was counted and has no parts is none of two words, unless its last part was too short to be looked at.
    let unknown = match lexicon::count(form) {
        0 => true,
        // Counted once or twice, a noun is as good as unknown; a verb or an adjective may have parts by chance.
        count => count <= SELDOM && !is_like_a_verb(form),
    };
    let mut best: Option<(u32, usize, usize)> = None;
    for (at, _) in form.char_indices() {
        let (first, last) = form.split_at(at);
        // An ending is no part: the last one must be known to end compounds, in this form or in its stem.
        let letters = last.chars().count();
        if letters < SHORTEST_PART {
            break;
        }
        let stem = if letters <= 6 {
            inflection::simple(last)
        } else {
            String::new()
        };
        // Each is told when it is asked for: most splits are none by the first that is asked of their last part.
        let short = SHORT_LAST.contains(&stem.as_str());
        if !short && !unknown {
            continue;
        }
        // avfallskvarn
        let linked_surely = || {
            letters > SHORTEST_FIRST
                && lexicon::count(last) > 0
                && first.strip_suffix('s').is_some_and(|bare| {
                    bare.chars().count() > SHORTEST_FIRST && lexicon::count(bare) >= OFTEN
                })
        };
        let begun = || {
            begins_often(first)
                || letters >= LONG_LAST
                    && first.chars().count() >= SHORTEST_PART
                    && lexicon::count(first) >= NOUN_SEEN
        };
        let begins = || {
            (first.chars().count() >= SHORTEST_FIRST || letters >= SHORTEST_FIRST && begun())
                && !inflection::is_prefix(first)
                && !NO_FIRST.contains(&first)
        };
        let name = last.strip_suffix('s').unwrap_or(last);
        let place = unknown && PLACES.contains(&name) && first.chars().count() >= SHORTEST_PART;
        // matsalarna, kulturstrateg
        let noun = || {
            unknown
                && (begun_surely(first) && is_rare_noun(last)
                    // busshållplatser
                    || letters >= 2 * SHORTEST_FIRST
                        && lexicon::count(first) >= OFTEN
                        && !NO_FIRST.contains(&first)
                        && !inflection::is_prefix(first)
                        && is_counted_compound(last))
        };
        let ends = || ends_compounds(last) || is_noun(last) || SHORT_NOUNS.contains(&stem.as_str());
        if !(short || place || linked_surely() || begins() && ends() || noun()) {
            continue;
        }
        let linked = first.strip_suffix('s');
        let made = linked.filter(|bare| {
            bare.chars().count() >= 6 && MADE.iter().any(|ending| bare.ends_with(ending))
        });
        if let Some(bare) = made {
            return vec![0..bare.len(), at..form.len()];
        }
        let bare = linked.filter(|bare| whole(bare) > 0);
        let (first, sure) = match bare {
            Some(bare) if whole(bare) > whole(first) => (bare, whole(bare)),
            _ => (first, whole(first)),
        };
        let changed = first_part(first).map_or(0, |(count, ..)| count);
        let sure = if sure.max(changed) > 0 {
            sure.max(changed).min(lexicon::count(last).max(SEEN))
        } else if place || noun() {
            1
        } else if begins()
            && (inflection::simple(last).chars().count() >= LONG_LAST
                || lexicon::count(first) > SELDOM)
        {
            // A name or a word that nobody counted before a word that ends many: tertialrapport.
            1
        } else {
            continue;
        };
        if best.is_none_or(|(other, _, _)| sure > other) {
            best = Some((sure, first.len(), at));
        }
    }
    match best {
        Some((_, end, at)) => vec![0..end, at..form.len()],
        None if lexicon::count(form) == 0 => Vec::new(),
        None => counted_parts(form),
    }
}

/// Whether `form` ends as verbs and adjectives do, and not as nouns.
fn is_like_a_verb(form: &str) -> bool {
    let noun = ["arna", "erna", "orna", "ena", "isten"];
    let other = [
        "a", "ad", "ade", "ades", "ande", "andes", "ar", "as", "at", "ats", "bar", "bart", "er",
        "ende", "endet", "ig", "igt", "sk", "skt", "t",
    ];
    !noun.iter().any(|end| form.ends_with(end)) && other.iter().any(|end| form.ends_with(end))
}

/// Beginnings of last parts that hardly stand alone and so are seldom counted, but end many compounds: vårdnadshavare,
/// undersköterska, skattesats.
const SURE_LAST: &[&str] = &[
    "fattar",
    "havar",
    "idkar",
    "kassar",
    "mässig",
    "mästar",
    "pliktig",
    "sats",
    "sedel",
    "skapar",
    "skötersk",
    "stug",
    "tagar",
    "vänlig",
    "växling",
    "åtgång",
];

/// Endings that a last part of [`SURE_LAST`] may have.
const SURE_ENDINGS: &[&str] = &[
    "", "a", "an", "ans", "ar", "arna", "as", "e", "en", "ens", "er", "erna", "ernas", "es", "n",
    "na", "nas", "ns", "or", "orna", "ornas", "s", "t",
];

/// The parts of a compound whose last part is one of [`SURE_LAST`].
fn of_sure_last(form: &str) -> Option<Vec<Range<usize>>> {
    let bases: Vec<&str> = SURE_ENDINGS
        .iter()
        .filter_map(|ending| form.strip_suffix(ending))
        .collect();
    SURE_LAST.iter().find_map(|last| {
        let first = bases.iter().find_map(|base| base.strip_suffix(last))?;
        let at = first.len();
        // The sköterskor are no skor.
        if first.is_empty() {
            return Some(Vec::new());
        }
        if first.chars().count() < SHORTEST_PART || (*last, first) == ("sats", "slut") {
            return None;
        }
        let bare = first
            .strip_suffix('s')
            .filter(|bare| bare.chars().count() >= SHORTEST_PART && lexicon::count(bare) >= SEEN);
        let begins = bare.or_else(|| {
            (lexicon::count(first) >= SEEN || first_part(first).is_some()).then_some(first)
        })?;
        // The one prefix that is a first part too: of the sköterskor.
        let other = inflection::is_prefix(first) && *last != "skötersk"
            || NO_FIRST.contains(&begins)
            || (*last, begins) == ("mästar", "borg");
        (!other).then(|| vec![0..begins.len(), at..form.len()])
    })
}

/// Times that a word must have been counted to begin, with an s, a compound whose last part is any word.
const OFTEN: u32 = 100;

/// How many times as often as its last part a compound may have been counted.
const RARER: u32 = 4;

/// A word that was counted, of a part that begins words and one that ends some: kulturlivet, skattefria, tandvård,
/// föräldrapenning.
fn counted_parts(form: &str) -> Vec<Range<usize>> {
    let model = lexicon::model();
    let count = lexicon::count(form);
    // Of a word that is inflected no part is looked for inside its stem: vinsten is no sten.
    let mut best: Option<(u32, usize, usize)> = None;
    for (at, _) in form.char_indices() {
        let (first, last) = form.split_at(at);
        let letters = last.chars().count();
        if letters < SHORTEST_PART {
            break;
        }
        if first.chars().count() < SHORTEST_PART
            || inflection::is_prefix(first)
            || NO_LAST.contains(&last)
            || NO_FIRST.contains(&first)
        {
            continue;
        }
        if letters < SHORTEST_FIRST {
            // skolmat, människosyn, ansökningstid
            if (SHORT_NOUNS.contains(&last) || SHORT_COUNTED.contains(&last))
                && let Some((_, end, true)) = first_part(first)
            {
                return vec![0..end, at..form.len()];
            }
            continue;
        }
        let often = |word: &str, least: u32| {
            model
                .id(word)
                .is_some_and(|id| model.count(id) >= least && model.head(id) >= 1.0)
        };
        let article = ["en", "et"]
            .iter()
            .find_map(|article| last.strip_suffix(article));
        let noun = article.filter(|noun| noun.chars().count() >= SHORTEST_FIRST);
        let ends = |least: u32| often(last, least) || noun.is_some_and(|noun| often(noun, least));
        // Whatever stands before it: what ends no words is no last part, as most splits have it.
        let rare = || RARE_LAST.iter().any(|rare| last.starts_with(rare));
        let is_noun = is_noun(last);
        if !is_noun && !ends(SEEN) && !rare() {
            continue;
        }
        let (heads, link) = model.modifier(first).unwrap_or_default();
        if heads >= BEGUN && ends(SEEN.max(count / RARER)) {
            return vec![0..at - link, at..form.len()];
        }
        let Some(begin) = first_part(first) else {
            continue;
        };
        let sure = if heads >= BEGUN_OFTEN || begin.2 {
            SEEN
        } else {
            SEEN.max(count / RARER)
        };
        let long = letters > SHORTEST_FIRST || heads >= BEGUN_OFTEN || begin.2;
        if long && ends(sure) || is_noun || begin.2 && rare() {
            let worth = lexicon::count(last).min(begin.0);
            if best.is_none_or(|(other, _, _)| worth > other) {
                best = Some((worth, begin.1, at));
            }
        }
    }
    match best {
        Some((_, end, at)) => vec![0..end, at..form.len()],
        None => seldom::parts(form).unwrap_or_default(),
    }
}

/// Last parts of three letters of words that were counted and whose first part can only be one.
const SHORT_COUNTED: &[&str] = &["mat", "syn", "sätt", "arv", "liv"];

/// Last parts that stand alone more seldom than behind others: föräldrapenning.
const RARE_LAST: &[&str] = &["bänk", "penning"];

/// Whether `word` was counted, in this form or in its ground form, and has parts.
fn is_counted_compound(word: &str) -> bool {
    let ends = [
        "", "er", "erna", "ar", "arna", "or", "orna", "en", "et", "n", "t", "s",
    ];
    let counted = ends.iter().any(|end| {
        word.strip_suffix(end)
            .is_some_and(|base| lexicon::count(base) > SELDOM)
    });
    counted && !parts(word).is_empty()
}

#[cfg(test)]
mod tests {
    use crate::swedish::words::Forms;

    #[test]
    fn a_compound_of_an_unknown_first_part_has_parts() {
        for (word, part) in [("utegym", "gym"), ("utegymmet", "gym")] {
            assert!(
                Forms::of(word).parts.contains(&part.to_owned()),
                "{word}: {:?}",
                Forms::of(word)
            );
        }
        for (name, part) in [
            ("solbritt", "sol"),
            ("solbritts", "sol"),
            ("solberg", "sol"),
            ("björnlund", "björn"),
            ("marklunds", "mark"),
        ] {
            let parts = Forms::of(name).parts;
            assert!(!parts.contains(&part.to_owned()), "{name}: {parts:?}");
        }
        for word in [
            "berättelse",
            "gymnasieskolor",
            "livslängd",
            "snatteri",
            "tillgängliga",
            "hundra",
            "gemensam",
            "vittnat",
        ] {
            for part in ["rätt", "gym", "läng", "äng", "natt", "hund", "ensam", "vit"] {
                assert!(
                    !Forms::of(word).parts.contains(&part.to_owned()),
                    "{part} in {word}"
                );
            }
        }
    }
}
