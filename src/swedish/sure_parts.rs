//! How surely a word begins compounds, or ends them. Pure.
//!
//! By how often the lexicon counted it, alone and as a part, and by what is known of words that look like parts and are none.

use super::compounds::SHORTEST_PART;
use super::{first_parts, inflection};
use crate::lexicon;

/// What the lexicon takes for last parts and is the end of another word: handlingarna, dominerar, passageraren.
pub(super) const ENDS_OF_OTHERS: &[&str] = &[
    "agerare",
    "ageraren",
    "agerarens",
    "agerarna",
    "agerarnas",
    "ande",
    "anden",
    "andena",
    "ander",
    "andes",
    "andet",
    "andets",
    "are",
    "aren",
    "ares",
    "arna",
    "arnas",
    "artister",
    "bar",
    "bara",
    "bart",
    "ende",
    "enden",
    "endena",
    "endes",
    "endet",
    "enter",
    "erad",
    "erade",
    "erare",
    "ger",
    "grafer",
    "grafers",
    "inera",
    "inerar",
    "ineras",
    "inerat",
    "inerats",
    "ingar",
    "ingarna",
    "inser",
    "kap",
    "kapen",
    "kapet",
    "liga",
    "lingar",
    "lingarna",
    "lingen",
    "lära",
    "missionen",
    "missioner",
    "res",
    "reser",
    "ring",
    "ringarna",
    "ringen",
    "ringens",
    "sbar",
    "sbara",
    "sbart",
    "tera",
    "ända",
    "ändas",
    "ände",
    "änder",
    "ändes",
    "ökningarna",
    "ökningens",
    "öknings",
];

/// Endings of nouns that begin compounds with a linking s, whoever they are: omklädningsrum.
pub(super) const MADE: &[&str] = &["ning", "tion", "het", "skap", "itet", "ling", "ring"];

/// Times that a word must have been counted to be taken for a part of a word that nobody counted.
pub(super) const SEEN: u32 = 30;

/// Letters of a first part that the lexicon does not know as one.
pub(super) const SHORTEST_FIRST: usize = 4;

/// Times that a first part may have been counted by chance.
pub(super) const SELDOM: u32 = 2;

/// Letters of a last part that is believed whatever stands before it.
pub(super) const LONG_LAST: usize = 6;

/// Compounds that a first part must begin to be believed for that alone.
pub(super) const BEGUN: u32 = 8;

/// Last parts that are more often the end of a word: sjukdomar are no domar.
pub(super) const NO_LAST: &[&str] = &[
    "ager", "domar", "domarna", "domen", "elen", "enligt", "gavs", "gett", "haven", "lade",
    "lades", "lika", "likt", "ring", "ringar", "ringen", "slog", "slår", "taget", "togs", "träden",
    "visa", "åring", "åringar",
];

/// Compounds that a first part begins which is hardly anything else.
pub(super) const BEGUN_OFTEN: u32 = 15;

/// First parts that make another word and no compound, or are none.
pub(super) const NO_FIRST: &[&str] = &[
    "allt", "alltid", "avs", "cent", "däri", "föro", "förs", "fört", "inför", "lett", "jäm",
    "komma", "kommers", "nedåt", "red", "redo", "säker", "tibet", "tillhand", "uppåt", "utför",
    "vari",
];

/// Times that a noun must have been counted to be a last part.
pub(super) const NOUN_SEEN: u32 = 10;

/// Whether `word` is a noun of its own, and no ending: its definite form was counted too.
pub(super) fn is_noun(word: &str) -> bool {
    word.chars().count() > 5
        && lexicon::count(word) >= NOUN_SEEN
        && ["en", "et", "n", "t"]
            .iter()
            .any(|end| lexicon::count(&format!("{word}{end}")) > 1)
}

/// Whether `first` begins so many compounds that a rare noun behind it is the last part of one.
pub(super) fn begun_surely(first: &str) -> bool {
    let part = first.strip_suffix('s').filter(|bare| whole(bare) > 0);
    let part = part.unwrap_or(first);
    let heads = |part: &str| {
        lexicon::model()
            .modifier(part)
            .map_or(0, |(heads, _)| heads)
    };
    part.chars().count() >= SHORTEST_PART
        && heads(first).max(heads(part)) >= BEGUN_SURELY
        && !inflection::is_prefix(part)
        && !NO_FIRST.contains(&part)
}

/// As [`BEGUN_OFTEN`], where what follows was hardly ever counted.
const BEGUN_SURELY: u32 = 10;

/// Whether `word` is a noun, though a rare one: it was counted in a form that nouns have, and is no ending.
pub(super) fn is_rare_noun(word: &str) -> bool {
    if word.chars().count() < SHORTEST_FIRST || NO_LAST.contains(&word) {
        return false;
    }
    let stem = inflection::simple(word);
    if stem.chars().count() < SHORTEST_PART || MADE.contains(&stem.as_str()) {
        return false;
    }
    let counted = |ends: &[&str]| {
        ends.iter()
            .filter(|end| lexicon::count(&format!("{stem}{end}")) > 0)
            .count()
    };
    counted(&["ar", "arna", "en", "er", "erna", "et", "or"]) > 0
        || counted(&["", "a", "an", "e", "n", "t"]) > 1
}

/// How surely `first`, with its linking letters, begins compounds, where it ends without a linking s, and whether it has
/// lost or changed or got a letter as only a first part does.
pub(super) fn first_part(first: &str) -> Option<(u32, usize, bool)> {
    if let Some(bare) = first.strip_suffix('s')
        && (MADE.iter().any(|end| bare.ends_with(end)) || lexicon::count(bare) >= SEEN)
        && bare.chars().count() > 3
    {
        let free = inflection::is_prefix(bare) || NO_FIRST.contains(&bare);
        let made = MADE.iter().any(|end| bare.ends_with(end));
        return (!free).then(|| (lexicon::count(bare).max(SEEN), bare.len(), made));
    }
    // tjänstemannabeslut
    if let Some(man) = first.strip_suffix("na").filter(|man| man.ends_with("man"))
        && first.chars().count() > LONG_LAST
        && lexicon::count(man) > 0
    {
        return Some((lexicon::count(man).max(SEEN), first.len(), true));
    }
    if first.ends_with("ar") && first.len() > LONG_LAST {
        let doers = lexicon::count(&format!("{first}e"));
        if doers >= SEEN {
            return Some((doers, first.len(), true));
        }
    }
    if first.chars().count() <= 3 && !begins_often(first) {
        return None;
    }
    let base = first_parts::base_of_modifier(first);
    let changed = base.as_ref().map_or(0, |base| lexicon::count(base));
    let count = changed.max(lexicon::count(first));
    (count >= SEEN).then_some((count, first.len(), changed >= SEEN))
}

/// Whether `first` begins so many compounds that it is a first part however short it is: bok, bil.
pub(super) fn begins_often(first: &str) -> bool {
    lexicon::model()
        .modifier(first)
        .is_some_and(|(heads, _)| heads >= BEGUN_OFTEN)
}

/// How surely `part` is a word that may begin a compound: its count, when it is high enough or it is a compound itself.
pub(super) fn whole(part: &str) -> u32 {
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

/// Compounds that a word must end to be the last part of one whose beginning is unknown.
const SURELY: f32 = 10.0;

/// Whether `word` is a noun, in any form, that ends so many compounds that it is one's last part whatever stands before it.
pub(super) fn ends_surely(word: &str) -> bool {
    if NO_LAST.contains(&word) || ENDS_OF_OTHERS.contains(&word) {
        return false;
    }
    let model = lexicon::model();
    let ends = |form: &str| {
        model
            .id(form)
            .is_some_and(|id| model.count(id) >= SEEN && model.head(id) >= SURELY)
    };
    // An ending is none: its ground form is asked for alone.
    let stem = inflection::simple(word);
    stem.chars().count() >= SHORTEST_PART
        && ["", "a", "e"]
            .iter()
            .any(|end| ends(&[stem.as_str(), end].concat()))
        && !MADE.contains(&stem.as_str())
        && !["an", "ar", "ens", "lig", "isk", "ell", "ori", "and"].contains(&stem.as_str())
}

/// Whether `word` is known to be the last part of compounds.
pub(super) fn ends_compounds(word: &str) -> bool {
    let model = lexicon::model();
    let known = |form: &str| {
        model
            .id(form)
            .is_some_and(|id| model.count(id) >= SEEN && model.head(id) >= 1.0)
    };
    if known(word) {
        return true;
    }
    let stem = inflection::simple(word);
    ["", "e", "a"]
        .into_iter()
        .any(|end| known(&[stem.as_str(), end].concat()))
}
