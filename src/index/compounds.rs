//! A word → the words it is made of. Pure.
//!
//! What the lexicon finds, and beyond it compounds of words that it counted as no parts, with a name or an unknown word
//! before a word that ends many: utegym, tertialrapport.

use std::cell::RefCell;
use std::ops::Range;

use super::families;
use super::inflection;
use super::memory::{self, Memory};
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
    memory::with(&PARTS, form, || found_parts(form), Clone::clone)
}

thread_local! {
    static PARTS: RefCell<Memory<Vec<Range<usize>>>> = RefCell::new(Memory::new(REMEMBERED));
}

/// Words whose parts a thread remembers: a word's are asked for by its stem, by its parts, and by the words that it is a
/// part of.
const REMEMBERED: usize = 50_000;

fn found_parts(form: &str) -> Vec<Range<usize>> {
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
    if inflection::is_verb_of_table(form) || inflection::is_name(form) || is_surname(form) {
        return Vec::new();
    }
    let parts = lexicon::parts(form);
    if parts.is_empty() {
        loose_parts(form)
    } else {
        parts
    }
}

/// What surnames begin and end with that are made of two words: Bergström is neither a berg nor a ström.
const SURNAMES: (&[&str], &[&str]) = (
    &[
        "ahl", "alm", "ask", "berg", "björk", "blom", "bro", "bäck", "carl", "ceder", "dahl",
        "dal", "ek", "eng", "fager", "fors", "frid", "gran", "grön", "hag", "hall", "hed", "hell",
        "holm", "hult", "hög", "järn", "kling", "kron", "lager", "lin", "lind", "ljung", "lund",
        "löf", "löv", "malm", "nor", "nord", "norr", "ny", "palm", "ros", "rosen", "ryd", "sand",
        "sjö", "skog", "sten", "strand", "ström", "sund", "söder", "tall", "törn", "vall",
        "väster", "wall", "west", "wester", "zetter", "åker", "äng", "öst", "öster",
    ],
    &[
        "berg", "borg", "bäck", "dahl", "fors", "gren", "holm", "kvist", "lind", "lund", "qvist",
        "stedt", "ström",
    ],
);

/// Whether `form` is a surname, or its genitive.
fn is_surname(form: &str) -> bool {
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

/// Endings of nouns that begin compounds with a linking s, whoever they are: omklädningsrum.
const MADE: &[&str] = &["ning", "tion", "het", "skap", "itet", "ling", "ring"];

/// Times that a word must have been counted to be taken for a part of a word that nobody counted.
const SEEN: u32 = 30;

fn loose_parts(form: &str) -> Vec<Range<usize>> {
    if !(6..=60).contains(&form.chars().count()) || !form.chars().all(char::is_alphabetic) {
        return Vec::new();
    }
    if let Some(parts) = of_sure_last(form) {
        return parts;
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
        // avfallskvarn
        let linked_surely = unknown
            && letters > SHORTEST_FIRST
            && lexicon::count(last) > 0
            && first.strip_suffix('s').is_some_and(|bare| {
                bare.chars().count() > SHORTEST_FIRST && lexicon::count(bare) >= OFTEN
            });
        let begun = begins_often(first)
            || lexicon::count(first) >= NOUN_SEEN
                && letters >= LONG_LAST
                && first.chars().count() >= SHORTEST_PART;
        let begins = (first.chars().count() >= SHORTEST_FIRST
            || begun && letters >= SHORTEST_FIRST)
            && !inflection::is_prefix(first)
            && !NO_FIRST.contains(&first);
        let place = unknown && PLACES.contains(&last) && first.chars().count() >= SHORTEST_PART;
        if !(short
            || place
            || linked_surely
            || unknown
                && begins
                && (ends_compounds(last) || is_noun(last) || SHORT_NOUNS.contains(&stem.as_str())))
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
        let changed = first_part(first).map_or(0, |(count, ..)| count);
        let sure = if sure.max(changed) > 0 {
            sure.max(changed).min(lexicon::count(last).max(SEEN))
        } else if place {
            1
        } else if begins
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
        None if unknown => Vec::new(),
        None => counted_parts(form),
    }
}

/// Beginnings of last parts that hardly stand alone and so are seldom counted, but end many compounds: vårdnadshavare,
/// undersköterska, skattesats.
const SURE_LAST: &[&str] = &[
    "fattar",
    "havar",
    "idkar",
    "kassar",
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
    SURE_LAST.iter().find_map(|last| {
        let at = form.rfind(last)?;
        let first = &form[..at];
        let ending = &form[at + last.len()..];
        if !SURE_ENDINGS.contains(&ending) {
            return None;
        }
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

/// Letters of a first part that the lexicon does not know as one.
const SHORTEST_FIRST: usize = 4;

/// Times that a word must have been counted to begin, with an s, a compound whose last part is any word.
const OFTEN: u32 = 100;

/// Times that a first part may have been counted by chance.
const SELDOM: u32 = 2;

/// Letters of a last part that is believed whatever stands before it.
const LONG_LAST: usize = 6;

/// Compounds that a first part must begin to be believed for that alone.
const BEGUN: u32 = 8;

/// Last parts that are more often the end of a word: sjukdomar are no domar.
const NO_LAST: &[&str] = &[
    "ager", "domar", "domarna", "domen", "elen", "enligt", "gavs", "gett", "haven", "lade",
    "lades", "lika", "likt", "ring", "ringar", "ringen", "slog", "slår", "taget", "togs", "träden",
    "visa", "åring", "åringar",
];

/// How many times as often as its last part a compound may have been counted.
const RARER: u32 = 4;

/// Compounds that a first part begins which is hardly anything else.
const BEGUN_OFTEN: u32 = 15;

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
            if let Some((_, end, true)) = first_part(first)
                && (SHORT_NOUNS.contains(&last) || SHORT_COUNTED.contains(&last))
            {
                return vec![0..end, at..form.len()];
            }
            continue;
        }
        let (heads, link) = model.modifier(first).unwrap_or_default();
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
        let rare = begin.2 && RARE_LAST.iter().any(|rare| last.starts_with(rare));
        if long && ends(sure) || is_noun(last) || rare {
            let worth = lexicon::count(last).min(begin.0);
            if best.is_none_or(|(other, _, _)| worth > other) {
                best = Some((worth, begin.1, at));
            }
        }
    }
    match best {
        Some((_, end, at)) => vec![0..end, at..form.len()],
        None => Vec::new(),
    }
}

/// First parts that make another word and no compound, or are none.
const NO_FIRST: &[&str] = &[
    "allt", "alltid", "däri", "föro", "förs", "fört", "inför", "lett", "jäm", "komma", "kommers",
    "nedåt", "red", "redo", "säker", "tibet", "tillhand", "uppåt", "utför", "vari",
];

/// Last parts of three letters of words that were counted and whose first part can only be one.
const SHORT_COUNTED: &[&str] = &["mat", "syn", "sätt", "arv", "liv"];

/// Last parts that stand alone more seldom than behind others: föräldrapenning.
const RARE_LAST: &[&str] = &["bänk", "penning"];

/// Times that a noun must have been counted to be a last part.
const NOUN_SEEN: u32 = 10;

/// Whether `word` is a noun of its own, and no ending: its definite form was counted too.
fn is_noun(word: &str) -> bool {
    word.chars().count() > 5
        && lexicon::count(word) >= NOUN_SEEN
        && ["en", "et", "n", "t"]
            .iter()
            .any(|end| lexicon::count(&format!("{word}{end}")) > 1)
}

/// How surely `first`, with its linking letters, begins compounds, where it ends without a linking s, and whether it has
/// lost or changed or got a letter as only a first part does.
fn first_part(first: &str) -> Option<(u32, usize, bool)> {
    if let Some(bare) = first.strip_suffix('s')
        && (MADE.iter().any(|end| bare.ends_with(end)) || lexicon::count(bare) >= SEEN)
        && bare.chars().count() > 3
    {
        let free = inflection::is_prefix(bare) || NO_FIRST.contains(&bare);
        let made = MADE.iter().any(|end| bare.ends_with(end));
        return (!free).then(|| (lexicon::count(bare).max(SEEN), bare.len(), made));
    }
    let doer = format!("{first}e");
    if first.ends_with("ar") && first.len() > LONG_LAST && lexicon::count(&doer) >= SEEN {
        return Some((lexicon::count(&doer), first.len(), true));
    }
    let base = inflection::base_of_modifier(first);
    let changed = base.as_ref().map_or(0, |base| lexicon::count(base));
    let count = changed.max(lexicon::count(first));
    let long = first.chars().count() > 3 || begins_often(first);
    (count >= SEEN && long).then_some((count, first.len(), changed >= SEEN))
}

/// Whether `first` begins so many compounds that it is a first part however short it is: bok, bil.
fn begins_often(first: &str) -> bool {
    lexicon::model()
        .modifier(first)
        .is_some_and(|(heads, _)| heads >= BEGUN_OFTEN)
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
    gather(form, 0, false, &mut out);
    out
}

/// `begins`: whether `form` is itself a first part, and so its last part is not inflected.
fn gather(form: &str, offset: usize, begins: bool, out: &mut Vec<Part>) {
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
        let stem = if at == last && !begins {
            families::host(form, range.start).unwrap_or_else(|| inflection::stem(part))
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
    for (at, range) in parts.into_iter().enumerate() {
        let part = &form[range.clone()];
        if part.len() < form.len() && part.chars().count() >= 2 * SHORTEST_PART {
            gather(part, offset + range.start, begins || at < last, out);
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
