//! A word → the words it is made of. Pure.
//!
//! What the lexicon finds, and beyond it compounds of words that it counted as no parts, with a name or an unknown word
//! before a word that ends many: utegym, tertialrapport.

use std::ops::Range;

use super::inflection;
use crate::lexicon;

/// Letters that a part of a compound must have to be searchable by itself.
const SHORTEST_PART: usize = 3;

/// Whether `form` is a word or a compound of words.
pub fn is_word(form: &str) -> bool {
    lexicon::count(form) > 0 || !lexicon::parts(form).is_empty()
}

/// The parts of a compound, as byte ranges of `form`; nothing when it is none.
///
/// Where the lexicon finds no parts, two of its words that make up the whole are parts: utegym.
pub fn parts(form: &str) -> Vec<Range<usize>> {
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
    let parts = lexicon::parts(form);
    if parts.is_empty() {
        loose_parts(form)
    } else {
        parts
    }
}

/// Last parts of three letters that the lexicon leaves aside: it takes so short ones only from a list of its own.
const SHORT_LAST: &[&str] = &["gym", "mur", "pub", "ram", "yta"];

/// Last parts of three letters of words that nobody counted; words that were counted end so by chance.
const SHORT_NOUNS: &[&str] = &[
    "bad", "bil", "buss", "båt", "dag", "hus", "kök", "lag", "mål", "råd", "rum", "tak", "tid",
    "tåg", "väg",
];

/// Endings of nouns that begin compounds with a linking s, whoever they are: omklädningsrum.
const MADE: &[&str] = &["ning", "tion", "het", "skap", "itet", "ling"];

/// Times that a word must have been counted to be taken for a part of a word that nobody counted.
const SEEN: u32 = 30;

fn loose_parts(form: &str) -> Vec<Range<usize>> {
    if !(6..=60).contains(&form.chars().count()) || !form.chars().all(char::is_alphabetic) {
        return Vec::new();
    }
    // A word that was counted and has no parts is none of two words, unless its last part was too short to be looked at.
    let unknown = lexicon::count(form) == 0;
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
        let short = SHORT_LAST.contains(&stem.as_str());
        let begins = first.chars().count() >= SHORTEST_FIRST && !inflection::is_prefix(first);
        if !(short
            || unknown && begins && (ends_compounds(last) || SHORT_NOUNS.contains(&stem.as_str())))
        {
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
        let sure = if sure > 0 {
            sure.min(lexicon::count(last).max(SEEN))
        } else if begins && inflection::simple(last).chars().count() >= LONG_LAST {
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
        None if unknown => Vec::new(),
        None => counted_parts(form),
    }
}

/// Letters of a first part that the lexicon does not know as one.
const SHORTEST_FIRST: usize = 4;

/// Letters of a last part that is believed whatever stands before it.
const LONG_LAST: usize = 6;

/// Compounds that a first part must begin to be believed for that alone.
const BEGUN: u32 = 8;

/// Last parts that are more often the end of a word: sjukdomar are no domar.
const NO_LAST: &[&str] = &[
    "domar", "domarna", "domen", "elen", "enligt", "gavs", "gett", "haven", "lika", "likt", "ring",
    "ringar", "ringen", "slog", "slår", "taget", "togs", "träden", "visa", "åring", "åringar",
];

/// How many times as often as its last part a compound may have been counted.
const RARER: u32 = 4;

/// A word that was counted, of a part that begins many words and one that ends some, both commoner than the whole:
/// kulturlivet, skattefria.
fn counted_parts(form: &str) -> Vec<Range<usize>> {
    let model = lexicon::model();
    let count = lexicon::count(form);
    for (at, _) in form.char_indices() {
        let (first, last) = form.split_at(at);
        let letters = last.chars().count();
        if letters < SHORTEST_FIRST {
            break;
        }
        if first.chars().count() < SHORTEST_PART
            || inflection::is_prefix(first)
            || NO_LAST.contains(&last)
        {
            continue;
        }
        let Some((heads, link)) = model.modifier(first) else {
            continue;
        };
        let often = |word: &str| {
            model.id(word).is_some_and(|id| {
                model.count(id) >= SEEN.max(count / RARER) && model.head(id) >= 1.0
            })
        };
        let article = ["en", "et"]
            .iter()
            .find_map(|article| last.strip_suffix(article));
        let noun = article.filter(|noun| noun.chars().count() >= SHORTEST_FIRST);
        let ends = often(last) || noun.is_some_and(often);
        if heads >= BEGUN && ends {
            return vec![0..at - link, at..form.len()];
        }
    }
    Vec::new()
}

/// How surely `part` is a word that may begin a compound: its count, when it is high enough or it is a compound itself.
fn whole(part: &str) -> u32 {
    if part.chars().count() < SHORTEST_PART {
        return 0;
    }
    let count = lexicon::count(part);
    let letters = part.chars().count();
    let begins = || {
        lexicon::model()
            .modifier(part)
            .is_some_and(|(heads, _)| heads >= BEGUN)
    };
    if count >= SEEN
        || letters >= 6 && count >= 2
        || letters >= 8 && !lexicon::parts(part).is_empty()
        || begins()
    {
        count.max(SEEN)
    } else {
        0
    }
}

/// Whether `word` is known to be the last part of compounds.
fn ends_compounds(word: &str) -> bool {
    let model = lexicon::model();
    let known = |form: &str| {
        model
            .id(form)
            .is_some_and(|id| model.count(id) >= SEEN && model.head(id) >= 1.0)
    };
    let stem = inflection::simple(word);
    known(word)
        || ["", "e", "a"]
            .iter()
            .any(|end| known(&format!("{stem}{end}")))
}

/// A part of a compound, or a part of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where it stands, in bytes of the word.
    pub range: Range<usize>,
    /// Its stem.
    pub stem: String,
}

/// The parts of `form`, and theirs: kompetensförsörjningsplan is a plan for kompetensförsörjning, and that is försörjning.
/// Of three parts or more those that follow each other are one too: the nämndsekreterare of
/// `stadsdels|nämnd|sekreterare`.
pub fn parts_of_parts(form: &str) -> Vec<Part> {
    let mut out = Vec::new();
    gather(form, 0, &mut out);
    out
}

fn gather(form: &str, offset: usize, out: &mut Vec<Part>) {
    let parts = self::parts(form);
    let last = parts.len().saturating_sub(1);
    let mut add = |range: Range<usize>, stem: String| {
        let range = range.start + offset..range.end + offset;
        out.push(Part { range, stem });
    };
    for (at, range) in parts.iter().enumerate() {
        let part = &form[range.clone()];
        if part.chars().count() < SHORTEST_PART || part == form {
            continue;
        }
        let stem = if at == last {
            inflection::stem(part)
        } else {
            inflection::modifier(part)
        };
        add(range.clone(), stem);
    }
    for (first, one) in parts.iter().enumerate() {
        for (second, other) in parts.iter().enumerate().skip(first + 1) {
            if second - first < last {
                add(
                    one.start..other.end,
                    inflection::stem(&form[one.start..other.end]),
                );
            }
        }
    }
    for range in parts {
        let part = &form[range.clone()];
        if part.len() < form.len() && part.chars().count() >= 2 * SHORTEST_PART {
            gather(part, offset + range.start, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::index::words::Forms;

    #[test]
    fn a_compound_of_an_unknown_first_part_has_parts() {
        for (word, part) in [("utegym", "gym"), ("utegymmet", "gym")] {
            assert!(
                Forms::of(word).parts.contains(&part.to_owned()),
                "{word}: {:?}",
                Forms::of(word)
            );
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

    #[test]
    fn parts_have_parts() {
        for (word, stems) in [
            (
                "kompetensförsörjningsplanen",
                "kompetensförsörjning plan kompetens försörjning",
            ),
            (
                "löneöversynstillfällena",
                "löneöversyn tillfäll lön översyn",
            ),
            ("brukarenkäter", "brukar enkät"),
            ("samhällssituation", "samhäll situation"),
            ("skolbuss", "skol buss"),
            ("handläggare", ""),
            ("sjukdomar", ""),
        ] {
            assert_eq!(Forms::of(word).parts.join(" "), stems, "{word}");
        }
    }
}
