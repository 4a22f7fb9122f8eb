//! A word form → the stem that its inflections share. Pure.
//!
//! Strips the endings of Swedish nouns, adjectives and verbs. An ending is believed when the lexicon knows its word in the
//! other forms of the same pattern: `rekryterat` is rekrytera inflected because rekrytera and rekryterar were counted,
//! `resultat` is no resulta. Families that no ending joins (`städer`, `föreslog`) lie in `inflections.tsv`. Of a compound
//! only the last part is inflected. The stem is no word, only a name for a family: `ärende`, `ärendet`, `ärendets`,
//! `ärenden` and `ärendena` share `ärend`, and no other word shares it.

use std::cell::RefCell;

use super::families::{PREFIXES, family, host, passive, tabled};
pub(super) use super::families::{
    is_name, is_prefix, is_verb_of_table, letters_shared, shared_by, shared_forms,
};
use super::first_parts::{FIRST_PARTS_ALONE, base_of_modifier};
use super::memory::{self, Memory};
use crate::lexicon;

/// The stem of `form`, a word in lower case.
///
/// Words of fewer than four letters that the table does not have, and words with digits, are their own stem.
pub(super) fn stem(form: &str) -> String {
    if !form.chars().all(char::is_alphabetic) {
        return form.to_owned();
    }
    // Only the last part of a compound is inflected; the lexicon knows it better than the whole.
    let parts = super::compounds::parts(form);
    match parts.last() {
        Some(last) if parts.len() > 1 && last.end == form.len() => {
            let mut stem = form[..last.start].to_owned();
            let head = agent_of_compound(form, last.start)
                .or_else(|| host(form, last.start))
                .unwrap_or_else(|| simple(&form[last.clone()]));
            stem.push_str(match head.as_str() {
                // A tjänsteman is a man, of whom only the plural has a family of its own.
                "mannen" => "man",
                // No compound ends in a preposition: slutför is of slutföra.
                "för" | "förs" => "föra",
                head => head,
            });
            stem
        }
        _ => leading(form)
            .or_else(|| of_known_end(form))
            .unwrap_or_else(|| simple(form)),
    }
}

/// The stem of a verb that is föra behind another word, in the form that ends as a preposition: slutför.
fn leading(form: &str) -> Option<String> {
    let bare = form.strip_suffix('s').unwrap_or(form);
    let verb = bare.strip_suffix("för").filter(|first| first.len() > 3);
    let verb = verb.map(|first| format!("{first}föra"))?;
    (super::compounds::parts(&verb).len() > 1).then(|| stem(&verb))
}

/// Letters of the beginning of a word that nobody counted, and of the word that it ends in.
const UNKNOWN: (usize, usize) = (4, 3);

/// The stem of a word that nobody counted and that ends in one that ends compounds, which is inflected as that is: the
/// minigolfbanan is one of minigolfbanor.
fn of_known_end(form: &str) -> Option<String> {
    let (least, shortest) = UNKNOWN;
    if known(form)
        || form.chars().count() < least + shortest
        || form.strip_suffix('s').is_some_and(known)
        || is_name(form)
        || is_verb_of_table(form)
        || tabled(form).is_some()
    {
        return None;
    }
    let at = form
        .char_indices()
        .skip(least)
        .map(|(at, _)| at)
        .find(|at| {
            let end = &form[*at..];
            end.chars().count() >= shortest && super::sure_parts::ends_surely(end)
        })?;
    Some(format!("{}{}", &form[..at], simple(&form[at..])))
}

/// The stem of the last part of a compound that names doers, whom the whole tells better than its part: the kursledarna are
/// no leder.
fn agent_of_compound(form: &str, start: usize) -> Option<String> {
    let bare = form.strip_suffix('s').unwrap_or(form);
    let before = ["aren", "arna"]
        .iter()
        .find_map(|end| bare.strip_suffix(end))?;
    let count = |end: &str| lexicon::count(&format!("{before}{end}"));
    (count("are") > 0 && count("are") >= count("ar"))
        .then(|| before.get(start..))?
        .map(|before| format!("{before}ar"))
}

/// Words that no inflection leads to: föra is no form of för.
const CLOSED: &[&str] = &[
    "all", "bland", "bör", "den", "dock", "där", "för", "före", "genom", "hemma", "hur", "här",
    "inför", "jag", "lite", "man", "med", "men", "mot", "nog", "när", "redan", "som", "under",
    "utöver", "vad", "var", "vid", "vill", "vår", "över",
];

/// The stem of a word that is no compound.
pub(super) fn simple(form: &str) -> String {
    memory::with(&SIMPLE, form, || found_simple(form), Clone::clone)
}

thread_local! {
    static SIMPLE: RefCell<Memory<String>> = RefCell::new(Memory::new(REMEMBERED));
}

/// Words whose stem a thread remembers: the last parts of compounds are few.
const REMEMBERED: usize = 50_000;

fn found_simple(form: &str) -> String {
    let bare = form.strip_suffix('s').filter(|bare| bare.len() > 1);
    if let Some(stem) = tabled(form)
        .or_else(|| tabled(bare?))
        .or_else(|| passive(bare?))
    {
        return stem;
    }
    if form.chars().count() < 4 || CLOSED.contains(&form) {
        return form.to_owned();
    }
    let mut stem = stripped(form);
    if stem != form && CLOSED.contains(&stem.as_str()) {
        stem.push('a');
    }
    stem
}

/// Words of four letters that end in s and are no genitives.
const SHORT_OWN: &[&str] = &["alls", "dels", "dess", "gods", "hals", "hans", "vars"];

pub(super) fn known(form: &str) -> bool {
    lexicon::count(form) > 0
}

fn stripped(form: &str) -> String {
    // The hälso of hälso- och sjukvård stands alone and is a first part all the same.
    if FIRST_PARTS_ALONE.contains(&form)
        && let Some(word) = base_of_modifier(form)
    {
        return simple(&word);
    }
    if let Some(stem) = short_passive(form)
        .or_else(|| deponent(form))
        .or_else(|| participle(form))
    {
        return stem;
    }
    let mut word = form.to_owned();
    genitive(&mut word);
    if let Some(stem) = verb(&word)
        .or_else(|| verb_behind_prefix(&word))
        .or_else(|| learned_noun(&word))
        .or_else(|| one_of_men(&word))
        .or_else(|| compared(&word))
        .or_else(|| agent(&word))
        .or_else(|| adjective(&word))
    {
        return stem;
    }
    let before_endings = word.len();
    definite(&mut word);
    let before_plural = word.len();
    let present = word.ends_with("ar");
    plural(&mut word);
    let several = word.len() < before_plural;
    if word.len() < before_endings && !(several && present && is_stem_of_verb(&word)) {
        dropped_vowel(&mut word);
    }
    if let Some(before) = word.strip_suffix(['a', 'e'])
        && is_stem(before, 3)
    {
        word.truncate(before.len());
        if !is_stem_of_verb(&word) {
            dropped_vowel(&mut word);
        }
    }
    neuter(&mut word);
    word
}

/// The stem of a verb of the table whose participle is `word`, unless a noun looks so: föreslagen, indraget; no undantag.
fn participle(word: &str) -> Option<String> {
    let before = ["en", "et"].iter().find_map(|end| word.strip_suffix(end))?;
    let several = format!("{before}na");
    let (beginning, kind, stem) = family(&several)?;
    (kind == "verb" && !beginning.is_empty() && lexicon::count(before) < lexicon::count(&several))
        .then(|| format!("{beginning}{stem}"))
}

/// The stem of the verb that is short without the s of its passive: höjs of höja, ryms of rymma.
fn short_passive(word: &str) -> Option<String> {
    let bare = word.strip_suffix('s').filter(|bare| {
        bare.chars().count() < SHORTEST_GENITIVE && !bare.ends_with(['s', 'a', 'e'])
    })?;
    // hörs, körs, hyrs
    let has = |end: &str| known(&format!("{bare}{end}"));
    if bare.ends_with('r') {
        let verb = known(bare) && has("a") && (has("de") || has("t"));
        return verb.then(|| simple(&format!("{bare}a")));
    }
    let twice = bare.chars().last().filter(|last| "mn".contains(*last));
    let bases = std::iter::once(bare.to_owned()).chain(twice.map(|last| format!("{bare}{last}")));
    for base in bases {
        let verb = format!("{base}a");
        // The s of the haven is the sea's.
        let common = lexicon::count(&verb);
        if common > lexicon::count(bare)
            && known(&format!("{base}er"))
            && ["te", "de"]
                .iter()
                .any(|end| known(&format!("{bare}{end}")))
        {
            return Some(simple(&verb));
        }
    }
    None
}

/// Letters of a word from which on its s is taken for a genitive's whatever stands before it.
const SHORTEST_GENITIVE: usize = 4;

/// The stem of a verb that has an s in all its forms: vistas, misslyckats.
fn deponent(word: &str) -> Option<String> {
    let base = ["as", "ats", "ades"]
        .iter()
        .find_map(|end| word.strip_suffix(end))?;
    let has = |end: &str| known(&format!("{base}{end}"));
    (is_stem(base, 3) && has("as") && (has("ats") || has("ades")) && !has("a") && !has("ar"))
        .then(|| format!("{base}as"))
}

/// The stem of a form that only verbs have, when only the verb without what stands before it was counted in the forms that
/// tell: uppförd of uppföra, inställd of inställa.
fn verb_behind_prefix(word: &str) -> Option<String> {
    PREFIXES
        .iter()
        .filter(|prefix| !prefix.is_empty())
        .find_map(|prefix| {
            let rest = word.strip_prefix(prefix)?;
            let stem = (rest.chars().count() > 3).then(|| verb(rest))??;
            known(&format!("{prefix}{stem}a")).then(|| format!("{prefix}{stem}"))
        })
}

/// kriterium, kriteriet and kriterier share kriteri.
fn learned_noun(word: &str) -> Option<String> {
    let before = ["ium", "iet", "ier", "ierna"]
        .iter()
        .find_map(|end| word.strip_suffix(end))?;
    (is_stem(before, 3) && known(&format!("{before}ium"))).then(|| format!("{before}i"))
}

/// A brandman is one of brandmän: the stem of either is brandman.
fn one_of_men(word: &str) -> Option<String> {
    let before = ["männen", "mannen", "män"]
        .iter()
        .find_map(|end| word.strip_suffix(end))?;
    let one = format!("{before}man");
    (before.chars().count() > 1 && known(&one)).then_some(one)
}

fn genitive(word: &mut String) {
    // Who is hemlös has no s of a genitive.
    if !word.ends_with('s') || word.ends_with("ss") || word.ends_with("lös") {
        return;
    }
    if word.chars().count() < 5 {
        let count = |word: &str| lexicon::count(word);
        let bare = &word[..word.len() - 1];
        let noun = known(&format!("{bare}en")) || known(&format!("{bare}et"));
        let verb = known(&format!("{bare}r")) && known(&format!("{bare}de"));
        if (noun || verb) && count(bare) >= count(word) && !SHORT_OWN.contains(&word.as_str()) {
            word.pop();
        }
        return;
    }
    // konferens is no genitive of konferen; bedöms and beviljats are of bedöma and bevilja.
    let bare = &word[..word.len() - 1];
    let own = known(word) && !known(bare) && !known(&format!("{bare}a")) && verb(bare).is_none();
    if !own {
        word.pop();
    }
}

/// The stem of a form that only verbs have: rekryterade, rekryterat and rekryterad of rekrytera; anställde, anställt and
/// anställd of anställa; genomfört of genomföra.
fn verb(word: &str) -> Option<String> {
    // Nouns have these endings too, and articles: resultatet, månaden.
    let noun = || known(&format!("{word}et")) || known(&format!("{word}en"));
    for ending in ["ade", "at", "ad", "ar"] {
        if let Some(before) = word.strip_suffix(ending)
            && is_stem(before, 2)
            && known(&format!("{before}a"))
            && (ending == "ade"
                || known(&format!("{before}ade"))
                || known(&format!("{before}as"))
                || ending == "at" && known(&format!("{before}ar"))
                // Verbs in -era have no other pattern.
                || before.ends_with("er") && before.chars().count() >= 5)
            && (ending == "ade" || !noun())
        {
            // öka keeps what makes it a word.
            let mut stem = before.to_owned();
            if before.chars().count() < 3 {
                stem.push('a');
            } else if ending == "ar" {
                continue;
            }
            if !is_stem_of_verb(&stem) {
                dropped_vowel(&mut stem);
            }
            return Some(stem);
        }
    }
    for ending in ["de", "te", "da", "ta", "d", "t"] {
        let Some(before) = word.strip_suffix(ending) else {
            continue;
        };
        if !is_stem(before, 2) {
            continue;
        }
        // känna and glömma lose a letter before an ending, sända and leda theirs to it.
        let mut bases = vec![before.to_owned()];
        if before.ends_with(['n', 'm']) {
            bases.extend(before.chars().last().map(|last| format!("{before}{last}")));
        }
        if ending == "t" && before.ends_with(['n', 'l', 'r']) {
            bases.push(format!("{before}d"));
        }
        if ending == "t"
            && let Some(base) = before.strip_suffix('t')
        {
            bases.push(format!("{base}d"));
        }
        for base in bases {
            let rolled = base.ends_with('r');
            let past = if base.ends_with(['k', 'p', 't', 's', 'x']) {
                "te"
            } else {
                "de"
            };
            let has = |ending: &str| known(&format!("{base}{ending}"));
            let inflected = has("a")
                && if rolled {
                    known(&base) && known(&format!("{before}de"))
                } else {
                    has("er") && (known(&format!("{before}{past}")) || base.ends_with('d'))
                };
            if inflected && (ending.len() > 1 || !noun()) {
                let mut stem = base;
                dropped_vowel(&mut stem);
                return Some(stem);
            }
        }
    }
    None
}

/// viktigare and viktigast of viktig, enklare of enkel.
fn compared(word: &str) -> Option<String> {
    let before = ["are", "ast", "aste"]
        .iter()
        .find_map(|end| word.strip_suffix(end))?;
    let mut base = before.to_owned();
    dropped_vowel(&mut base);
    let has = |end: &str| known(&format!("{before}{end}"));
    let neuter = base.ends_with('t') || known(&format!("{base}t"));
    let sure = base.ends_with("ig")
        || known(&base) && neuter && has("ast") && has("are") && !has("aren")
        // Who does it is no adjective, and what is done none either: rökare, arkiverare.
        || known(&base)
            && neuter
            && has("a")
            && !["aren", "arna", "ares", "ad", "er"].iter().any(|end| has(end));
    (sure && is_stem(&base, 3)).then(|| simple(&base))
}

/// How often the thing was counted whose plural begins with `before`: bilen, or cykeln of cyklarna.
fn thing(before: &str) -> u32 {
    let mut whole = before.to_owned();
    dropped_vowel(&mut whole);
    let article = if whole == before { "en" } else { "n" };
    lexicon::count(&format!("{whole}{article}"))
}

/// läkare, läkaren and läkarna share läkar: a läkare is no form of läka.
fn agent(word: &str) -> Option<String> {
    for ending in ["aren", "arna", "are"] {
        let Some(before) = word.strip_suffix(ending) else {
            continue;
        };
        if !is_stem(before, 2) {
            return None;
        }
        let count = |ending: &str| lexicon::count(&format!("{before}{ending}"));
        // bilarna are no bilare, though somebody may have written that word.
        let doer = match ending {
            "are" => count("aren") + count("arna") > 0 || !known(before),
            "aren" => count("are") > 0 || count("aren") == 0,
            // The justerarna are who justerar, though nobody counted one of them.
            _ => {
                count("are") > 0 && 2 * count("aren") >= thing(before)
                    || before.ends_with("er")
                        && count("a") > 0
                        && !known(before)
                        && thing(before) == 0
            }
        };
        return doer.then(|| format!("{before}ar"));
    }
    None
}

/// The stem of an adjective: positivt and positiva of positiv, öppet and öppna of öppen, viktigare of viktig.
fn adjective(word: &str) -> Option<String> {
    for ending in ["et", "na"] {
        if let Some(before) = word.strip_suffix(ending)
            && is_stem(before, 2)
            && ["en", "et", "na"]
                .iter()
                .all(|other| known(&format!("{before}{other}")))
            && lexicon::count(before) < lexicon::count(&format!("{before}na"))
            // The intressena are of an intresse.
            && lexicon::count(&format!("{before}e")) < lexicon::count(&format!("{before}en"))
        {
            return Some(format!("{before}en"));
        }
    }
    // externa is no extern + erna.
    if let Some(before) = word.strip_suffix('a')
        && before.chars().count() >= 5
        && known(before)
        && known(&format!("{before}t"))
        && !known(&format!("{before}ade"))
        // The intressena are no intressent's.
        && !(before.ends_with("en") && known(&before[..before.len() - 1]))
    {
        return Some(before.to_owned());
    }
    // anmärkningsvärt of anmärkningsvärd, flexibelt and flexibla of flexibel.
    if let Some(before) = word.strip_suffix("värt") {
        return (before.chars().count() > 2).then(|| format!("{before}värd"));
    }
    for (ending, instead) in [("belt", "bel"), ("bla", "bel")] {
        if let Some(before) = word.strip_suffix(ending)
            && before.ends_with(['a', 'i'])
            && known(&format!("{before}{instead}"))
        {
            return Some(format!("{before}{instead}"));
        }
    }
    let before = word.strip_suffix('t')?;
    if before.chars().count() >= 5 && known(before) && known(&format!("{before}a")) {
        let verb = known(&format!("{before}ade"));
        let noun = known(&format!("{word}et")) || known(&format!("{word}en"));
        if !noun
            && (!verb
                || ["ig", "isk", "al", "ell", "iv"]
                    .iter()
                    .any(|end| before.ends_with(end)))
        {
            // enkelt is enkel, nationellt nationell.
            return Some(before.to_owned());
        }
    }
    // särskilt is särskild.
    let participle = format!("{before}d");
    if before.chars().count() >= 4
        && before.ends_with(['n', 'l', 'r'])
        && known(&participle)
        && known(&format!("{participle}a"))
        && !known(&format!("{participle}er"))
        && !known(&format!("{word}en"))
        && !known(&format!("{word}et"))
    {
        return Some(participle);
    }
    None
}

fn definite(word: &mut String) {
    let strip = |word: &mut String, n: usize| word.truncate(word.len() - n);
    // förena is a verb, and no article is on it.
    if known(&format!("{word}r")) && known(&format!("{word}de")) {
        return;
    }
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
    if word.ends_with("an") && known(&word[..word.len() - 1]) && word.chars().count() >= 5 {
        return strip(word, 1);
    }
    // cykeln
    if (word.ends_with("eln") || word.ends_with("ern")) && known(&word[..word.len() - 1]) {
        return strip(word, 1);
    }
    // sektorn
    if let Some(before) = word.strip_suffix("orn")
        && before.ends_with(['t', 's'])
    {
        return strip(word, 1);
    }
    // kafét
    if word.ends_with("ét") && word.chars().count() > 3 {
        return strip(word, 1);
    }
    // miljön, idén
    if word.chars().count() >= 4 && word.ends_with(['n']) {
        let before = &word[..word.len() - 1];
        let letters = before.chars().count();
        // Minimilön is no minimilö, and a person no perso.
        let own = known(word) && !known(before);
        if before.ends_with(['å', 'ä', 'ö', 'é']) && !own
            || before.ends_with('i') && known(before)
            || before.ends_with(['u', 'y', 'o'])
                && letters > 3
                && 2 * lexicon::count(before) > lexicon::count(word)
        {
            strip(word, 1);
        }
    }
}

/// Whether `word` is a base form that merely looks definite: budget is no budg + et.
fn is_base(word: &str, before: &str) -> bool {
    let mut whole = before.to_owned();
    dropped_vowel(&mut whole);
    // räcket and räcken are of a räcke that nobody counted; öppet and öppen have their öppna.
    let has = |end: &str| known(&format!("{before}{end}"));
    let both = has("en") && has("et") && !has("na");
    known(word) && !known(before) && !known(&format!("{before}e")) && !both && whole == before
}

fn plural(word: &mut String) {
    for ending in ["ar", "er", "or"] {
        if let Some(before) = word.strip_suffix(ending) {
            // hållbar is an adjective, jobbar is not.
            let adjective = ending == "ar" && before.ends_with('b') && !before.ends_with("bb");
            // skolor is skola in the plural; sektor, revisor and professor are not.
            let agent = ending == "or"
                && (before.ends_with(['t', 's']) && !known(&format!("{before}a"))
                    || known(&format!("{word}er")));
            // A parameter has parametrar; no paramet has.
            let own = ending == "er"
                && !known(before)
                && ["rar", "rarna", "ret", "ren"]
                    .iter()
                    .any(|end| known(&format!("{before}{end}")));
            if is_stem(before, 3) && !adjective && !agent && !own {
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
        if known(&whole) {
            *word = whole;
        }
    }
}

/// Whether `word` with an a is a verb and no noun in the plural begins so: who hindrar is no hinder, but a cykel is one of
/// cyklar.
fn is_stem_of_verb(word: &str) -> bool {
    let count = |end: &str| lexicon::count(&format!("{word}{end}"));
    count("ade") + count("as") > 0
        && count("ar") > 0
        && count("arna") + count("erna") == 0
        // What is öppnat is öppet.
        && !word.ends_with("pn")
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
#[path = "inflection_tests.rs"]
mod tests;
