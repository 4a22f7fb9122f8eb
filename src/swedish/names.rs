//! Names that look like compounds and are none. Pure.

use std::ops::Range;

use super::sure_parts::{SELDOM, ends_compounds};
use crate::lexicon;

/// What surnames begin and end with that are made of two words: Bergström is neither a berg nor a ström.
const SURNAMES: (&[&str], &[&str]) = (
    &[
        "ahl", "alm", "ask", "berg", "björk", "björn", "blom", "bro", "bäck", "carl", "ceder",
        "dahl", "dal", "ek", "eng", "fager", "fors", "frid", "gran", "grön", "hag", "hall",
        "hammar", "hed", "hell", "holm", "hult", "hög", "järn", "kling", "kron", "kärr", "lager",
        "lin", "lind", "ljung", "lund", "löf", "löv", "malm", "mark", "nor", "nord", "norr", "ny",
        "palm", "ros", "rosen", "ryd", "sand", "sjö", "skog", "skogs", "sol", "sten", "strand",
        "ström", "sund", "söder", "tall", "törn", "vall", "väster", "wall", "west", "wester",
        "zetter", "åker", "äng", "öst", "öster",
    ],
    &[
        "berg", "borg", "bäck", "dahl", "fors", "gren", "gård", "holm", "kvist", "lind", "lund",
        "qvist", "stedt", "ström",
    ],
);

/// Given names that are nouns too, and end compounds as such.
const NOUNS_TOO: &[&str] = &["björn", "dag", "liv", "ros", "sten", "stig", "storm"];

/// Whether `form` is a surname, or its genitive.
pub(super) fn is_surname(form: &str) -> bool {
    let (firsts, lasts) = SURNAMES;
    let bare = form.strip_suffix('s').unwrap_or(form);
    let made = |form: &str| {
        lasts.iter().any(|last| {
            form.strip_suffix(last)
                .is_some_and(|first| firsts.contains(&first))
        })
    };
    made(form) || made(bare)
}

/// Whether `form`, with these parts, is a given name that was counted hardly ever: the sol of Solbritt is none.
pub(super) fn is_given_name(form: &str, parts: &[Range<usize>]) -> bool {
    let Some(last) = parts.last().and_then(|last| form.get(last.clone())) else {
        return false;
    };
    let given = |name: &str| {
        let mut letters = name.chars();
        let first = letters.next().map(char::to_uppercase);
        first.is_some_and(|first| lexicon::is_given_name(&(first.to_string() + letters.as_str())))
    };
    let bare = last.strip_suffix('s').unwrap_or(last);
    if NOUNS_TOO.contains(&last) || NOUNS_TOO.contains(&bare) {
        return false;
    }
    lexicon::count(form) <= SELDOM && (given(last) || given(bare)) && !ends_compounds(last)
}
