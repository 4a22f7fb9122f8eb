//! A word → the stems of words made from it or that it is made from, which say nearly the same. Pure.

use super::families::OWN_PARTICIPLES;
use super::inflection::{known, simple, stem};
use crate::lexicon;

/// Letters of a noun made from a verb that is surely about what the verb says: a handling is a paper, and its verb means to
/// shop.
const LONG_NOUN: usize = 9;

/// The stems of the noun that is made from the verb `form`, and of the verb that the noun `form` is made from: rekrytera and
/// rekrytering, genomföra and genomförandet.
pub(super) fn derived(form: &str) -> Vec<String> {
    let stem = stem(form);
    let mut out = Vec::new();
    let sure = |noun: &str| noun.ends_with("ering") || noun.chars().count() >= LONG_NOUN;
    let is_verb = |base: &str| {
        known(&format!("{base}a"))
            && ["ar", "er", "ade", "s"]
                .iter()
                .any(|end| known(&format!("{base}{end}")))
    };
    for ending in ["ning", "ing", "and"] {
        if let Some(base) = stem.strip_suffix(ending)
            && base != "förord"
            && (sure(&stem) || ending == "and" && stem.chars().count() + 1 >= LONG_NOUN)
            && (is_verb(base) || is_rare_verb(base))
            && !OWN_PARTICIPLES.contains(&format!("{stem}e").as_str())
        {
            out.push(simple(&format!("{base}a")));
        }
    }
    // A förordning is nothing that anybody förordar.
    if stem != "förord" && is_verb(&stem)
        || known(&stem) && known(&format!("{stem}a")) && known(&format!("{stem}de"))
    {
        for ending in ["ning", "ing"] {
            let noun = format!("{stem}{ending}");
            if sure(&noun) && lexicon::count(&noun) > 4 {
                out.push(simple(&noun));
            }
        }
        let noun = format!("{stem}ande");
        if noun.chars().count() >= LONG_NOUN
            && known(&noun)
            && known(&format!("{noun}t"))
            && !OWN_PARTICIPLES.contains(&noun.as_str())
        {
            out.push(simple(&noun));
        }
    }
    if is_rare_verb(&stem) && !known(&format!("{stem}ing")) {
        out.push(simple(&format!("{stem}ing")));
    }
    // utlösa and the utlösande orsaken: the participle in -ande of a verb in -a, that is no word of its own.
    if let Some(verb) = form.strip_suffix('a')
        && is_verb(verb)
        && let participle = format!("{form}nde")
        && known(&participle)
        && !OWN_PARTICIPLES.contains(&participle.as_str())
    {
        out.push(simple(&participle));
    }
    // Those who are funktionshindrade have a funktionshinder; to hindra is no hinder, and to förhindra none either.
    for (ending, instead) in [
        ("shindr", "shinder"),
        ("shinder", "shindr"),
        ("ehindr", "ehinder"),
        ("ehinder", "ehindr"),
    ] {
        if let Some(base) = stem.strip_suffix(ending) {
            out.push(format!("{base}{instead}"));
        }
    }
    // missbrukare and missbruk, utförare and utföra: those who do it.
    if let Some(base) = form_of_doer(&stem) {
        out.push(base);
    }
    let doer = format!("{stem}are");
    let named = doer.chars().count() >= LONG_NOUN && doer != "ersättare";
    if named && known(&doer) && known(&format!("{doer}n")) {
        out.push(simple(&doer));
    }
    out.extend(quality(&stem));
    out.extend(of_short_verb(&stem));
    out.extend(counselling(&stem));
    // analys and analysera, rapport and rapportera.
    if DONE.contains(&stem.as_str()) {
        out.push(simple(&format!("{stem}era")));
    } else if let Some(noun) = stem.strip_suffix("er").filter(|noun| DONE.contains(noun)) {
        out.push(simple(noun));
    }
    out.retain(|other| *other != stem);
    out.dedup();
    out
}

/// The stem of what is said with the noun `stem` of whoever has it, and the other way round: vakans and vakant, demenssjukdom
/// and demenssjuk.
fn quality(stem: &str) -> Option<String> {
    for (noun, adjective) in [("ans", "ant"), ("ens", "ent")] {
        // A patient has no patiens: who is meant has an article.
        let is_said = |base: &str| {
            base.chars().count() > 2
                && base != "konsekv"
                && known(&format!("{base}{adjective}a"))
                && !known(&format!("{base}{adjective}en"))
        };
        if let Some(base) = stem.strip_suffix(noun) {
            return is_said(base).then(|| simple(&format!("{base}{adjective}")));
        }
        if let Some(base) = stem.strip_suffix(adjective) {
            let has = known(&format!("{base}{noun}")) && is_said(base);
            return has.then(|| simple(&format!("{base}{noun}")));
        }
    }
    // tillgänglighet is what is tillgänglig; a verksamhet is nothing that is verksam.
    if let Some(base) = stem.strip_suffix("het") {
        return is_quality(base).then(|| simple(base));
    }
    if known(&format!("{stem}het")) && is_quality(stem) {
        return Some(simple(&format!("{stem}het")));
    }
    // What a mentor does is mentorskap; a landskap is no land.
    let office = |base: &&str| ["fadder", "medlem", "mentor", "partner"].contains(base);
    if let Some(base) = stem.strip_suffix("skap").filter(office) {
        return Some(base.to_owned());
    }
    if office(&stem) {
        return Some(format!("{stem}skap"));
    }
    // Of the sick in general a sjukdom is said too seldom to be meant.
    if let Some(base) = stem.strip_suffix("sjukdom") {
        return (!base.is_empty()).then(|| format!("{base}sjuk"));
    }
    let base = stem.strip_suffix("sjuk")?;
    (known(&format!("{stem}dom")) && !base.is_empty()).then(|| format!("{stem}dom"))
}

/// Letters of an adjective whose noun in -het says the same: an enhet, a nyhet and a möjlighet are things.
const LONG_QUALITY: usize = 7;

/// Letters that who lacks something must have more of: no slös.
const SHORT_LACK: usize = 5;

/// Whether `base` is an adjective whose noun in -het says what it says.
fn is_quality(base: &str) -> bool {
    // hemlös
    if base.ends_with("lös") && base.chars().count() > SHORT_LACK {
        return true;
    }
    base.chars().count() >= LONG_QUALITY
        && !["ansvarig", "erfaren", "omständig", "oberoend", "verksam"].contains(&base)
        && (known(&format!("{base}t")) || known(&format!("{base}a")))
}

/// Short nouns that say what their verb says, and the verb: an ändring is what somebody ändrar. A handling is a paper, and a
/// våning is nothing that anybody does.
const DEEDS: &[(&str, &str)] = &[
    ("anslag", "anslå"),
    ("avslag", "avslå"),
    ("gallring", "gallra"),
    ("grävning", "gräva"),
    ("höjning", "höja"),
    ("jäv", "jävig"),
    ("körning", "köra"),
    ("lottning", "lotta"),
    ("mobbning", "mobba"),
    ("muddring", "muddra"),
    ("märkning", "märka"),
    ("mätning", "mäta"),
    ("odling", "odla"),
    ("plogning", "ploga"),
    ("prövning", "pröva"),
    ("putsning", "putsa"),
    ("remiss", "remittera"),
    ("rensning", "rensa"),
    ("rivning", "riva"),
    ("röjning", "röja"),
    ("röstning", "rösta"),
    ("saltning", "salta"),
    ("sandning", "sanda"),
    ("sopning", "sopa"),
    ("spolning", "spola"),
    ("städning", "städa"),
    ("sänkning", "sänka"),
    ("tömning", "tömma"),
    ("vandring", "vandra"),
    ("återremiss", "återremittera"),
    ("ändring", "ändra"),
    ("ökning", "öka"),
];

/// The stem of the verb of a short noun, and of the noun of its verb.
fn of_short_verb(stem: &str) -> Option<String> {
    let noun = DEEDS.iter().find(|(noun, _)| *noun == stem);
    if let Some((_, verb)) = noun {
        return Some(simple(verb));
    }
    // Telling a stem takes long, and few verbs begin so.
    let begins = |verb: &str| verb.chars().next() == stem.chars().next();
    let mut verbs = DEEDS.iter().filter(|(_, verb)| begins(verb));
    let verb = verbs.find(|(_, verb)| simple(verb) == stem);
    verb.map(|(noun, _)| simple(noun))
}

/// Those who give råd, and what they do: nobody says rådgiva.
fn counselling(stem: &str) -> Option<String> {
    let other = |end, instead| Some(format!("{}{instead}", stem.strip_suffix(end)?));
    other("rådgivar", "rådgivning").or_else(|| other("rådgivning", "rådgivar"))
}

/// Whether `stem` and an a can be nothing but a verb, counted or not: återremittera.
fn is_rare_verb(stem: &str) -> bool {
    stem.ends_with("er") && stem.chars().count() >= LONG_NOUN
}

/// Nouns of what is done by those who do the verb of their letters and -era: an analys is what they analysera. A park is
/// nothing that is parked.
const DONE: &[&str] = &[
    "analys",
    "annons",
    "debatt",
    "export",
    "import",
    "kontroll",
    "protest",
    "rapport",
    "reform",
    "transport",
];

/// The stem of what those do who are called by `stem`, the stem of a word in -are.
fn form_of_doer(stem: &str) -> Option<String> {
    let base = stem.strip_suffix("ar")?;
    let doer = format!("{stem}e");
    // Who stands in another's place replaces nobody's costs.
    let named = doer.chars().count() >= LONG_NOUN && known(&doer) && doer != "ersättare";
    (named && (known(base) || known(&format!("{base}a")))).then(|| simple(&format!("{base}a")))
}
