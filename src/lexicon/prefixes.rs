//! What looks like a part of a compound and is none: prefixes, endings, inflection.

/// Verbal prefixes and particles: `framställning` is one word, not a `fram` and a `ställning`.
const PREFIXES: &[&str] = &[
    "an", "av", "be", "bort", "des", "efter", "ej", "eller", "emot", "en", "ens", "ent", "er",
    "fore", "fort", "fram", "från", "för", "före", "förs", "genom", "gen", "hit", "hos", "igen",
    "ihop", "in", "inne", "inter", "isär", "kon", "kvar", "med", "miss", "mot", "ned", "ner",
    "när", "och", "om", "omkring", "på", "re", "sam", "sig", "som", "till", "tillbaka", "um",
    "under", "upp", "ur", "ut", "ute", "van", "vid", "vidare", "å", "åt", "åter", "över", "den",
    "det", "der", "ett", "har", "han", "hon", "vad", "var", "min", "din", "sin", "per", "pro",
    "par", "trans", "ill", "ska", "kan", "att", "ass", "inn", "ans", "ord", "sätt", "ställ",
    "anst", "bes", "krist",
];

/// Whether `part` is a prefix that makes another word, not the first part of a compound.
pub(super) fn is_prefix(part: &str) -> bool {
    // `ord` makes real compounds; it stands in the list for `ordning` alone, which the endings already bar.
    part != "ord" && PREFIXES.contains(&part)
}

/// Whether `part`, though a word, begins no compounds: pronouns and the like.
pub(super) fn is_no_modifier(part: &str) -> bool {
    matches!(
        part,
        "all"
            | "alla"
            | "allt"
            | "andra"
            | "annan"
            | "de"
            | "dem"
            | "denna"
            | "dess"
            | "dessa"
            | "detta"
            | "här"
            | "där"
            | "hur"
            | "inga"
            | "inte"
            | "kom"
            | "kunna"
            | "man"
            | "men"
            | "mera"
            | "nu"
            | "när"
            | "oss"
            | "ren"
            | "sade"
            | "sen"
            | "stor"
            | "säga"
            | "utan"
            | "vara"
            | "vars"
            | "vore"
            | "våra"
            | "vår"
            | "sina"
            | "sitt"
            | "anse"
            | "ansä"
            | "hade"
            | "gör"
            | "göra"
            | "gav"
            | "gått"
            | "haft"
            | "fick"
            | "ges"
            | "gick"
            | "eft"
            | "ser"
            | "ses"
            | "ger"
            | "inom"
            | "mellan"
            | "enligt"
            | "genom"
            | "blir"
            | "bli"
            | "bör"
    )
}

/// Whether `part` is an ending and not a last part, though lists of words hold it.
pub(super) fn is_ending(part: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "ade",
        "ades",
        "ande",
        "anden",
        "andet",
        "andena",
        "andes",
        "aren",
        "arens",
        "ares",
        "aste",
        "arna",
        "arnas",
        "bara",
        "bart",
        "bar",
        "else",
        "elsen",
        "elser",
        "elserna",
        "ende",
        "enden",
        "ens",
        "ents",
        "eras",
        "erad",
        "erat",
        "erade",
        "erande",
        "erar",
        "eringen",
        "ering",
        "erar",
        "erna",
        "ernas",
        "ets",
        "het",
        "heten",
        "hetens",
        "heter",
        "heterna",
        "heters",
        "inga",
        "ingar",
        "ingars",
        "ingarna",
        "ingarnas",
        "inge",
        "ingen",
        "ingens",
        "ings",
        "isera",
        "isering",
        "iska",
        "iskt",
        "liga",
        "ligt",
        "ligen",
        "lighet",
        "ligare",
        "ligheten",
        "ligheter",
        "ling",
        "lingar",
        "ling",
        "mässig",
        "ning",
        "ningar",
        "ningars",
        "ningarna",
        "ningarnas",
        "ningen",
        "ningens",
        "nings",
        "orna",
        "ornas",
        "sam",
        "samma",
        "samt",
        "sion",
        "skap",
        "skapen",
        "skapet",
        "skaper",
        "tion",
        "tionen",
        "tioner",
        "tionens",
        "tions",
        "täts",
        "andes",
        "dela",
        "ivitet",
        "itet",
        "nad",
        "naden",
        "nader",
        "nade",
        "nande",
        "tar",
        "tare",
        "sade",
        "tade",
        "tades",
        "sare",
        "dare",
        "dade",
        "dare",
        "nare",
        "lare",
        "rare",
        "lade",
        "ment",
        "ligas",
        "heter",
        "ist",
        "ister",
        "isten",
        "sen",
        "ters",
        "tern",
        "dern",
        "rier",
        "nerna",
        "rarna",
        "tarna",
        "larna",
        "sarna",
        "ting",
        "ringar",
        "rings",
        "dena",
        "tena",
        "ssen",
        "stan",
        "sten",
        "dens",
        "tens",
        "nens",
        "lens",
        "rens",
        "sens",
        "tets",
        "ders",
        "ners",
        "rers",
        "lers",
        "sers",
        "sker",
        "sket",
        "sare",
        "iga",
        "igt",
        "ige",
        "inga",
        "ande",
        "aste",
        "asten",
        "ats",
        "ater",
        "aten",
        "enas",
        "ells",
        "ella",
        "ellt",
        "tala",
        "iva",
        "ivt",
        "nella",
        "onen",
        "oner",
        "onerna",
        "onell",
        "onella",
        "onellt",
        "orer",
        "orers",
        "oren",
        "orerna",
        "orna",
        "enter",
        "enten",
        "enterna",
        "ental",
        "entals",
        "nars",
        "mare",
        "mars",
        "mast",
        "mera",
        "mer",
        "tera",
        "tering",
        "terad",
        "terade",
        "terat",
        "teras",
        "terar",
        "nera",
        "nerad",
        "nerat",
        "nering",
        "lera",
        "lerad",
        "lerat",
        "lering",
        "sera",
        "serad",
        "serade",
        "serat",
        "sering",
        "deras",
        "vera",
        "sion",
        "sioner",
        "gera",
        "gerad",
        "gerat",
        "gering",
        "mering",
        "ingar",
        "ande",
        "rande",
        "tande",
        "nande",
        "lande",
        "sande",
        "dande",
        "arna",
        "rena",
        "renas",
        "lena",
        "nena",
        "sena",
        "gare",
        "gade",
        "gades",
        "gande",
        "gar",
        "vare",
        "ware",
        "alen",
        "aler",
        "alt",
        "ala",
        "alla",
        "are",
        "ares",
        "ern",
        "orn",
        "elns",
    ];
    ENDINGS.contains(&part)
}

/// Whether `part`, though it has only three letters, is a last part as good as a longer one (`socialtjänst|lag`).
pub(super) fn is_short_head(part: &str) -> bool {
    const HEADS: &[&str] = &[
        "akt", "bad", "bil", "bok", "bro", "bud", "båt", "dag", "del", "fel", "hem", "hus", "kök",
        "lag", "led", "lån", "lön", "mål", "nät", "ort", "rum", "råd", "sal", "sjö", "tak", "tid",
        "tåg", "val", "väg", "år", "åk",
    ];
    HEADS.contains(&part)
}

/// The endings of inflection and of nouns made from verbs, with what stands in their place in the shorter word.
const INFLECTIONS: &[(&str, &str)] = &[
    ("s", ""),
    ("n", ""),
    ("en", ""),
    ("et", ""),
    ("t", ""),
    ("a", ""),
    ("er", ""),
    ("ar", ""),
    ("r", ""),
    ("na", ""),
    ("ns", ""),
    ("ens", ""),
    ("ets", ""),
    ("ts", ""),
    ("as", ""),
    ("ers", ""),
    ("ars", ""),
    ("rs", ""),
    ("nas", ""),
    ("erna", ""),
    ("arna", ""),
    ("rna", ""),
    ("ernas", ""),
    ("arnas", ""),
    ("rnas", ""),
    ("ade", "a"),
    ("at", "a"),
    ("ad", "a"),
    ("ande", "a"),
    ("ing", "a"),
    ("ning", "a"),
    ("else", "a"),
    ("are", "a"),
    ("or", "a"),
    ("orna", "a"),
    ("ors", "a"),
    ("ornas", "a"),
    ("ingen", "a"),
    ("ingar", "a"),
    ("ningen", "a"),
    ("ningar", "a"),
    ("het", ""),
    ("heten", ""),
    ("heter", ""),
    ("lig", ""),
    ("liga", ""),
    ("ligt", ""),
    ("are", ""),
    ("ast", ""),
    ("aste", ""),
    ("aren", "a"),
    ("arens", "a"),
    ("arna", "a"),
    ("ing", ""),
    ("ning", ""),
    ("ingar", ""),
    ("ningar", ""),
    ("ingen", ""),
    ("ningen", ""),
    ("else", ""),
    ("elser", ""),
    ("isk", ""),
    ("iska", ""),
    ("iskt", ""),
    ("era", ""),
    ("erad", ""),
    ("erat", ""),
    ("ering", ""),
    ("eringen", ""),
    ("ande", ""),
    ("ande", "e"),
    ("anden", ""),
];

/// The shorter words that a noun may be a form of (`förvaltning` of `förvaltningarnas`).
pub(super) fn bases(word: &str) -> impl Iterator<Item = String> {
    const FORMS: &[(&str, &str)] = &[
        ("s", ""),
        ("n", ""),
        ("en", ""),
        ("ens", ""),
        ("et", ""),
        ("ets", ""),
        ("ar", ""),
        ("arna", ""),
        ("arnas", ""),
        ("er", ""),
        ("erna", ""),
        ("ernas", ""),
        ("na", ""),
        ("nas", ""),
        ("arna", "are"),
        ("arnas", "are"),
        ("or", "a"),
        ("orna", "a"),
        ("ornas", "a"),
        ("an", "a"),
        ("ans", "a"),
        ("ars", ""),
        ("ers", ""),
        ("t", ""),
        ("a", ""),
        ("ler", "el"),
        ("lerna", "el"),
    ];
    FORMS
        .iter()
        .filter_map(|(ending, instead)| Some(format!("{}{instead}", word.strip_suffix(ending)?)))
        .filter(|base| base.chars().count() >= 3)
}

/// Whether `word`, cut at byte `at`, is cut inside a stem that is a word itself: `lag|ringen` is `lagra` inflected, and
/// `vin|sten` is `vinst`. What is left of the stem after the cut is then too short to be a part.
pub(super) fn inflected_at(word: &str, at: usize, known: &dyn Fn(&str) -> bool) -> bool {
    INFLECTIONS.iter().any(|(ending, instead)| {
        word.strip_suffix(ending).is_some_and(|stem| {
            stem.len() < at + 4
                && !stem.get(at..).is_some_and(is_short_head)
                && stem.chars().count() >= 3
                && at + 1 < word.len()
                && (stem.len() > at || (stem.len() == at && ending.len() > 3))
                && known(&format!("{stem}{instead}"))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_inside_a_stem_is_seen() {
        let words = ["vinst", "lagra", "rapport", "social", "sekreterare"];
        let known = |word: &str| words.contains(&word);
        assert!(inflected_at("vinsten", 3, &known));
        assert!(inflected_at("lagringen", 3, &known));
        assert!(inflected_at("rapporten", 5, &known));
        assert!(!inflected_at("socialsekreterare", 6, &known));
    }
}
