//! A word form → the stem that its inflections share. Pure.
//!
//! Strips the endings of Swedish nouns, adjectives and verbs in a fixed order: genitive, definite, plural, vowel. Where
//! a form could be read two ways (`skolan` is skola + n, `handlingsplan` is no handlingspla + n) the lexicon decides,
//! and of a compound only the last part is inflected. The stem is no word, only a name for a family: `ärende`,
//! `ärendet`, `ärendets`, `ärenden` and `ärendena` share `ärend`, and no other word shares it.

use crate::lexicon;

/// Plurals and definite forms that change the vowel of their word, as endings: whatever stands before them stays.
const UMLAUT: &[(&str, &str)] = &[
    ("städer", "stad"),
    ("städerna", "stad"),
    ("länder", "land"),
    ("länderna", "land"),
    ("händer", "hand"),
    ("händerna", "hand"),
    ("ledamöter", "ledamot"),
    ("ledamöterna", "ledamot"),
    ("nätter", "natt"),
    ("nätterna", "natt"),
    ("böcker", "bok"),
    ("böckerna", "bok"),
    ("fötter", "fot"),
    ("tjänstemän", "tjänsteman"),
    ("tjänstemännen", "tjänsteman"),
    ("ombudsmän", "ombudsman"),
];

/// The stem of `form`, a word in lower case.
///
/// Words of fewer than four letters and words with digits are their own stem.
pub(super) fn stem(form: &str) -> String {
    if form.chars().count() < 4 || !form.chars().all(char::is_alphabetic) {
        return form.to_owned();
    }
    // Only the last part of a compound is inflected; the lexicon knows it better than the whole.
    let parts = super::words::parts(form);
    match parts.last() {
        Some(last) if parts.len() > 1 && last.end == form.len() => {
            let mut stem = form[..last.start].to_owned();
            stem.push_str(&simple(&form[last.clone()]));
            stem
        }
        _ => simple(form),
    }
}

/// Words that no inflection leads to: föra is no form of för.
const CLOSED: &[&str] = &[
    "all", "bör", "den", "där", "för", "före", "genom", "hur", "här", "inför", "man", "med", "men",
    "mot", "när", "som", "under", "var", "vid", "vår", "över",
];

/// The stem of a word that is no compound.
pub(super) fn simple(form: &str) -> String {
    let stem = stripped(form);
    if stem != form && CLOSED.contains(&stem.as_str()) {
        form.to_owned()
    } else {
        stem
    }
}

fn stripped(form: &str) -> String {
    let mut word = form.to_owned();
    genitive(&mut word);
    let before_endings = word.len();
    for (ending, base) in UMLAUT {
        if let Some(before) = word.strip_suffix(ending) {
            return format!("{before}{base}");
        }
    }
    definite(&mut word);
    plural(&mut word);
    if word.len() < before_endings {
        dropped_vowel(&mut word);
    }
    if let Some(before) = word.strip_suffix(['a', 'e']) {
        let agent = word.ends_with("are");
        if is_stem(before, 3) {
            word.truncate(before.len());
            // läkare, läkaren and läkarna: the r is no plural of läka, but all three must lose it.
            if agent {
                plural(&mut word);
            }
        }
    }
    neuter(&mut word);
    genitive(&mut word);
    word
}

fn genitive(word: &mut String) {
    if !word.ends_with('s') || word.ends_with("ss") || word.chars().count() < 5 {
        return;
    }
    // konferens is no genitive of konferen.
    let own = lexicon::count(word) > 0 && lexicon::count(&word[..word.len() - 1]) == 0;
    if !own {
        word.pop();
    }
}

fn definite(word: &mut String) {
    let strip = |word: &mut String, n: usize| word.truncate(word.len() - n);
    for ending in ["arna", "erna", "orna", "ena"] {
        if word.ends_with(ending) && is_stem(&word[..word.len() - ending.len()], 2) {
            return strip(word, 2);
        }
    }
    if let Some(before) = word.strip_suffix("en")
        && is_stem(before, 2)
        && !is_base(word, before)
    {
        return strip(word, 2);
    }
    if let Some(before) = word.strip_suffix("et")
        && is_stem(before, 2)
        && !word.ends_with("het")
        && !word.ends_with("itet")
        && !is_base(word, before)
    {
        return strip(word, 2);
    }
    // skolan is skola + n; plan, sedan and man are not.
    if word.ends_with("an")
        && lexicon::count(&word[..word.len() - 1]) > 0
        && word.chars().count() >= 5
    {
        return strip(word, 1);
    }
    // cykeln
    if word.ends_with("eln") && lexicon::count(&word[..word.len() - 1]) > 0 {
        return strip(word, 1);
    }
    // sektorn
    if let Some(before) = word.strip_suffix("orn")
        && before.ends_with(['t', 's'])
    {
        return strip(word, 1);
    }
    // miljön, idén
    if word.chars().count() >= 5 && word.ends_with(['n']) {
        let before = &word[..word.len() - 1];
        if before.ends_with(['å', 'ä', 'ö', 'é']) {
            strip(word, 1);
        }
    }
}

/// Whether `word` is a base form that merely looks definite: budget is no budg + et.
fn is_base(word: &str, before: &str) -> bool {
    lexicon::count(word) > 0
        && lexicon::count(before) == 0
        && lexicon::count(&format!("{before}e")) == 0
}

fn plural(word: &mut String) {
    for ending in ["ar", "er", "or"] {
        if let Some(before) = word.strip_suffix(ending) {
            // hållbar is an adjective, jobbar is not.
            let adjective = ending == "ar" && before.ends_with('b') && !before.ends_with("bb");
            // skolor is skola in the plural; sektor, revisor and professor are not.
            let agent = ending == "or"
                && before.ends_with(['t', 's'])
                && lexicon::count(&format!("{before}a")) == 0;
            if is_stem(before, 3) && !adjective && !agent {
                word.truncate(before.len());
            }
            return;
        }
    }
}

/// What an ending took from the word before it: cyklar is cykel, vattnet is vatten; programmet is program.
fn dropped_vowel(word: &mut String) {
    if word.ends_with("mm") {
        word.pop();
        return;
    }
    let mut last = word.chars().rev();
    let (Some(end), Some(before)) = (last.next(), last.next()) else {
        return;
    };
    // To act (handlar) is no trade (handel).
    if "lrn".contains(end) && "bcdfgkmnpstv".contains(before) && word != "handl" {
        let whole = format!("{}e{end}", &word[..word.len() - 1]);
        if lexicon::count(&whole) > 0 {
            *word = whole;
        }
    }
}

/// viktigt is viktig, hållbart is hållbar.
fn neuter(word: &mut String) {
    for ending in ["igt", "iskt", "bart", "samt"] {
        if word.ends_with(ending) && word.chars().count() > ending.len() + 1 {
            word.pop();
            return;
        }
    }
}

/// Whether an ending may be taken off `before`: it must keep `letters` letters and a vowel.
fn is_stem(before: &str, letters: usize) -> bool {
    before.chars().count() >= letters
        && before.contains(['a', 'e', 'i', 'o', 'u', 'y', 'å', 'ä', 'ö', 'é'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_together_shares_a_stem() {
        for family in [
            "ärende ärendet ärendets ärenden ärendena",
            "nämnd nämnden nämndens nämnder nämnderna nämndernas",
            "skrivelse skrivelsen skrivelsens skrivelser skrivelserna",
            "läkare läkaren läkarna läkarens",
            "socialsekreterare socialsekreteraren socialsekreterarna socialsekreterarnas",
            "hållbar hållbart hållbara",
            "viktig viktigt viktiga",
            "svar svaret svaren svarar svara",
            "år året åren årets",
            "organisation organisationen organisationer organisationernas",
            "kommun kommunen kommuner kommunernas",
            "cykel cykeln cyklar cyklarna",
            "regel regeln regler reglerna",
            "program programmet programmen",
            "sektor sektorn sektorer sektorerna",
            "konferens konferensen konferenser",
            "budget budgeten budgetens",
            "lön lönen löner lönerna",
            "verksamhet verksamheten verksamheter verksamheternas",
            "plats platsen platser platserna",
            "miljö miljön miljöns",
            "parti partiet partier partierna partiets",
            "stad staden städer städerna",
            "ledamot ledamöter ledamöterna",
            "arbetsbelastning arbetsbelastningen arbetsbelastningar",
        ] {
            let mut stems: Vec<_> = family.split(' ').map(stem).collect();
            stems.dedup();
            assert_eq!(stems.len(), 1, "{family}: {stems:?}");
        }
    }

    #[test]
    fn what_is_different_stays_apart() {
        for (one, other) in [
            ("svar", "svår"),
            ("föra", "för"),
            ("alla", "all"),
            ("vård", "värd"),
            ("län", "lån"),
            ("når", "när"),
            ("man", "män"),
            ("plan", "plats"),
            ("process", "procent"),
        ] {
            assert_ne!(stem(one), stem(other), "{one} and {other}");
        }
    }
}
