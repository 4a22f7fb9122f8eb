//! The first part of a compound → the word that it is of, and its stem. Pure.
//!
//! A first part is not inflected, but it may have lost its ending or changed it: the hälsa of hälsoskydd, the brukare of
//! brukarenkät.

use super::inflection::{known, simple};
use crate::lexicon;

/// The stem of a compound's first part, which is not inflected: the brukar of brukarenkät is a brukare.
pub(super) fn modifier(part: &str) -> String {
    if part.ends_with("ar") && known(&format!("{part}e")) && known(&format!("{part}en")) {
        return part.to_owned();
    }
    if let Some(word) = base_of_modifier(part) {
        return simple(&word);
    }
    simple(part)
}

/// As [`modifier`], of a first part that is a compound itself: the smittskyddsläkar of smittskyddsläkarförening.
pub(super) fn modifier_of_parts(part: &str) -> String {
    let parts = super::compounds::parts(part);
    match parts.last() {
        Some(last) if parts.len() > 1 && last.end == part.len() => {
            format!("{}{}", &part[..last.start], modifier(&part[last.clone()]))
        }
        _ => modifier(part),
    }
}

/// First parts that no rule leads to, and the words that they are of.
const FIRST_PARTS: &[(&str, &str)] = &[
    ("föräldra", "förälder"),
    ("mödra", "mor"),
    ("rått", "råtta"),
    ("tand", "tänder"),
];

/// First parts that are no words, and stand before a hyphen.
pub(super) const FIRST_PARTS_ALONE: &[&str] = &[
    "folkhälso",
    "gatu",
    "hälso",
    "kvinno",
    "kyrko",
    "läro",
    "människo",
    "mödrahälso",
    "olje",
    "varu",
    "vecko",
];

/// How many times as often a word must have been counted as what looks like an inflection of its first part.
const RARELY: u32 = 10;

/// The word that stands as `part` at the beginning of a compound, when it has lost its ending there or changed it: the hälsa
/// of hälsoskydd, the gata of gatukontor, the gymnasium of gymnasieskola, the arbete of arbetsmiljö.
pub(super) fn base_of_modifier(part: &str) -> Option<String> {
    if let Some((_, word)) = FIRST_PARTS.iter().find(|(first, _)| *first == part) {
        return Some((*word).to_owned());
    }
    // The brandmanna of brandmannautbildning is of a brandman.
    if let Some(man) = part.strip_suffix("na").filter(|man| man.ends_with("man"))
        && known(man)
    {
        return Some(man.to_owned());
    }
    let commoner = |word: &String| lexicon::count(word) > lexicon::count(part);
    // hälso, gatu, olje, ansöknings
    if let Some(bare) = part.strip_suffix(['o', 'u', 'e'])
        && bare.chars().count() > 2
        && part != "redo"
    {
        if bare.ends_with('i') && known(&format!("{bare}um")) {
            return Some(format!("{bare}um"));
        }
        // A studio is a word of its own.
        let own = || lexicon::count(&format!("{part}n")) + lexicon::count(&format!("{part}t"));
        let whole = format!("{bare}a");
        let count = lexicon::count(&whole);
        let sure = count > RARELY
            && (!part.ends_with('e') || commoner(&whole))
            && count > own().max(1).saturating_mul(RARELY);
        return sure.then_some(whole);
    }
    if let Some(bare) = part.strip_suffix('i')
        && known(&format!("{bare}um"))
    {
        return Some(format!("{bare}um"));
    }
    // The samhälls of samhällssituation is of samhälle, the arbets of arbetssituation of arbete, the hyres of hyra.
    if let Some(bare) = part.strip_suffix('s')
        && !known(bare)
        && !known(&format!("{part}en"))
    {
        let stem = bare.strip_suffix('e').unwrap_or(bare);
        // To tjäna is no first part of the tjänsteman.
        let noun =
            |word: &String| known(word) && (word.ends_with('e') || known(&format!("{word}n")));
        return [format!("{bare}e"), format!("{bare}a"), format!("{stem}a")]
            .into_iter()
            .find(noun);
    }
    // flick, käll, förskol
    let whole = format!("{part}a");
    let noun = || {
        let ended = |end| known(&format!("{whole}{end}"));
        ["n", "ns"].into_iter().any(ended) || known(&format!("{part}or"))
    };
    (known(&whole)
        && commoner(&whole)
        && noun()
        && !known(&format!("{part}en"))
        && !known(&format!("{part}et")))
    .then_some(whole)
}
