//! A counted word → its parts, when its first part was counted seldom and its last one ends many words. Pure.

use std::ops::Range;

use super::sure_parts::{NO_FIRST, NO_LAST, NOUN_SEEN, SELDOM, SHORTEST_FIRST};
use super::{first_parts, inflection};
use crate::lexicon;

/// The parts of a word that was counted, of a first part that was seldom counted and a last one that ends many:
/// strandskydd, levnadsvillkor, moderföretag.
pub(super) fn parts(form: &str) -> Option<Vec<Range<usize>>> {
    let model = lexicon::model();
    let splits = form.char_indices().map(|(at, _)| form.split_at(at));
    splits
        .take_while(|(_, last)| last.chars().count() >= SHORTEST_FIRST)
        .filter(|(_, last)| {
            let least = if last.chars().count() > SHORTEST_FIRST {
                ENDED
            } else {
                ENDED_OFTEN
            };
            let ends = |word: &str| {
                model
                    .id(word)
                    .is_some_and(|id| model.count(id) >= NOUN_SEEN && model.head(id) >= least)
            };
            ends(last) && !NO_LAST.contains(last) && !NO_SELDOM_LAST.contains(last)
        })
        .find_map(|(first, last)| {
            let end = seldom_first(first)?.len();
            Some(vec![0..end, form.len() - last.len()..form.len()])
        })
}

/// What is a part of `first`, the beginning of a compound whose last part is a sure one.
fn seldom_first(first: &str) -> Option<&str> {
    let long = |part: &str| part.chars().count() >= SHORTEST_FIRST;
    let seen = |part: &str| long(part) && lexicon::count(part) > SELDOM;
    let free = |part: &&str| {
        !inflection::is_prefix(part) && !NO_FIRST.contains(part) && !NO_SELDOM_FIRST.contains(part)
    };
    let changed = || first_parts::base_of_modifier(first).is_some_and(|base| seen(&base));
    let part = match first.strip_suffix('s').filter(|bare| seen(bare)) {
        Some(bare) => bare,
        None => (seen(first) || long(first) && changed()).then_some(first)?,
    };
    Some(part).filter(|part| free(part) && free(&first))
}

/// Compounds that a last part must end, to be one behind a seldom first part.
pub(super) const ENDED: f32 = 5.0;

/// As [`ENDED`], of a last part of four letters.
const ENDED_OFTEN: f32 = 24.0;

/// Beginnings that were counted, by chance or as other words, and are no first parts: the erfarenhet of who is erfaren.
const NO_SELDOM_FIRST: &[&str] = &[
    "alibi",
    "ankar",
    "berg",
    "bill",
    "dals",
    "efters",
    "erfar",
    "fors",
    "förs",
    "föres",
    "genoms",
    "grön",
    "grek",
    "hell",
    "heller",
    "jämt",
    "klago",
    "kont",
    "kvarn",
    "lagakraft",
    "lapp",
    "lett",
    "lind",
    "lund",
    "läke",
    "malm",
    "missförhål",
    "nack",
    "nord",
    "norr",
    "olof",
    "plan",
    "platt",
    "rapp",
    "rune",
    "rätte",
    "salu",
    "sand",
    "själ",
    "somali",
    "sund",
    "svärd",
    "söder",
    "tillfreds",
    "tillhanda",
    "tillkänna",
    "tillt",
    "transp",
    "tvek",
    "tysk",
    "underlåt",
    "unders",
    "uppt",
    "utveck",
    "vilse",
    "värm",
    "wahl",
    "wall",
    "åsido",
    "återför",
    "ören",
    "övert",
];

/// Last parts that are an ending or the rest of another word, behind a seldom first part.
const NO_SELDOM_LAST: &[&str] = &[
    "akten",
    "akter",
    "akterna",
    "andel",
    "berg",
    "bildning",
    "enhet",
    "enheten",
    "enheter",
    "enheterna",
    "enhetens",
    "göra",
    "göras",
    "ingen",
    "lagen",
    "laget",
    "landet",
    "lands",
    "läget",
    "löst",
    "nation",
    "nationer",
    "orten",
    "orter",
    "orterna",
    "rådet",
    "rätt",
    "sport",
    "stads",
    "station",
    "stationer",
    "ström",
    "taget",
    "talet",
    "tagen",
    "ökning",
    "ökningar",
    "ökningen",
    "ägande",
    "övningar",
];
