//! Families of words that no rule of endings joins, from `inflections.tsv`, and what may stand before them. Pure.

use std::collections::HashMap;
use std::sync::OnceLock;

use foldhash::fast::FixedState;

use crate::lexicon;

fn known(form: &str) -> bool {
    lexicon::count(form) > 0
}

/// Kind, stem, forms; `#` begins a comment.
static TABLE: &str = include_str!("inflections.tsv");

/// What stands before a verb and makes another verb of it.
pub(super) const PREFIXES: &[&str] = &[
    "", "an", "av", "be", "bi", "bort", "efter", "er", "fast", "fort", "fram", "från", "för",
    "före", "genom", "gen", "hop", "igång", "in", "inne", "isär", "kvar", "med", "miss", "mot",
    "ned", "ner", "om", "på", "samman", "til", "till", "tillbaka", "tillgodo", "under", "undan",
    "upp", "uppe", "upprätt", "ur", "ut", "vid", "vidare", "åter", "över", "överens", "god", "del",
    "sär",
];

/// What stands before a verb of the table and is a word that begins compounds too, so that it is no prefix of other verbs:
/// redogöra, omhänderta.
const VERB_BEGINNINGS: &[(&str, &[&str])] = &[
    (
        "göra",
        &[
            "full",
            "klar",
            "kun",
            "levande",
            "möjlig",
            "offentlig",
            "ogiltig",
            "omöjlig",
            "redo",
            "rätt",
            "tillgänglig",
            "tjänst",
            "tydlig",
        ],
    ),
    ("föra", &["full", "marknads", "tillgodo"]),
    ("följa", &["full"]),
    ("hålla", &["tillhanda", "vidmakt"]),
    ("ta", &["iakt", "omhänder", "å"]),
    ("dra", &["å"]),
    ("lägga", &["å"]),
    ("ligga", &["å"]),
    ("sätta", &["bo", "syssel", "åsido"]),
    ("bli", &["ute"]),
    ("leda", &["väg"]),
    ("sluta", &["ute"]),
];

/// Participles that have become words of their own.
pub(super) const OWN_PARTICIPLES: &[&str] = &[
    "angående",
    "anförande",
    "avgörande",
    "avseende",
    "beträffande",
    "betydande",
    "betänkande",
    "bristande",
    "förekommande",
    "fortlöpande",
    "grundläggande",
    "inflytande",
    "inledande",
    "levande",
    "löpande",
    "meddelande",
    "motsvarande",
    "omfattande",
    "tillfredsställande",
    "tillkommande",
    "nuvarande",
    "dåvarande",
    "föregående",
    "övergripande",
    "sammanhängande",
    "ordförande",
    "sammanträdande",
];

/// Whether `part` makes another word of what follows, and no compound.
pub(super) fn is_prefix(part: &str) -> bool {
    PREFIXES.contains(&part) || ["emot", "hopp", "inter", "mellan", "medan", "utan"].contains(&part)
}

/// A form of a family.
struct Form {
    kind: &'static str,
    stem: &'static str,
    /// The number of the next of the same letters.
    next: Option<usize>,
}

/// The families of the table.
#[derive(Default)]
struct Families {
    forms: Vec<Form>,
    /// By the letters of a form, the numbers of the first of them and the last.
    ends: HashMap<&'static str, (usize, usize), FixedState>,
}

impl Families {
    /// Of which kinds `form` is, and the stem of each, in the order of the table.
    fn get(&self, form: &str) -> impl Iterator<Item = (&'static str, &'static str)> + '_ {
        let mut next = self.ends.get(form).map(|ends| ends.0);
        std::iter::from_fn(move || {
            let form = self.forms.get(next?)?;
            next = form.next;
            Some((form.kind, form.stem))
        })
    }
}

/// The families of the table. Made when first asked for, which every search does: without an allocation for each form.
fn families() -> &'static Families {
    static FAMILIES: OnceLock<Families> = OnceLock::new();
    FAMILIES.get_or_init(|| {
        let mut families = Families::default();
        for (kind, stem, forms) in table() {
            let own = ["word", "noun"].contains(&kind).then_some(stem);
            for form in forms.split(' ').chain(own) {
                let number = families.forms.len();
                families.forms.push(Form {
                    kind,
                    stem: if kind == "name" { form } else { stem },
                    next: None,
                });
                let ends = families.ends.entry(form).or_insert((number, number));
                if ends.1 < number {
                    families.forms[ends.1].next = Some(number);
                    ends.1 = number;
                }
            }
        }
        families
    })
}

/// The lines of the table: kind, stem, forms.
fn table() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let mut columns = line.split('\t');
        Some((columns.next()?, columns.next()?, columns.next()?))
    })
}

/// What stands before the family of `form` in the table, the kind of that family, and its stem.
pub(super) fn family(form: &str) -> Option<(&str, &'static str, &'static str)> {
    let families = families();
    for (at, _) in form.char_indices() {
        let (before, rest) = form.split_at(at);
        for (kind, stem) in families.get(rest) {
            let begins = |(verb, begun): &(&str, &[&str])| *verb == stem && begun.contains(&before);
            let verb = || PREFIXES.contains(&before) || VERB_BEGINNINGS.iter().any(begins);
            let word = || {
                let bare = before.strip_suffix('s').filter(|bare| known(bare));
                known(before) || bare.is_some() || PREFIXES.contains(&before)
            };
            let fits = match kind {
                // No föra is an öra, and no producenter a center.
                "noun" => before.is_empty() || rest.chars().count() > 4 && word(),
                // oklart is what klart is not.
                "word" => before.is_empty() || before == "o" && rest.chars().count() > 3,
                "past" => !before.is_empty() && verb(),
                "name" => before.is_empty(),
                _ => verb(),
            };
            if fits {
                return Some((before, kind, stem));
            }
        }
    }
    None
}

/// The stem that the table gives `form`.
pub(super) fn tabled(form: &str) -> Option<String> {
    family(form).map(|(before, _, stem)| format!("{before}{stem}"))
}

/// The stem of the verb of the table whose passive is `bare` and an s, or an es: upplevs of uppleva, föreskrives.
pub(super) fn passive(bare: &str) -> Option<String> {
    let bare = bare.strip_suffix('e').unwrap_or(bare);
    let present = format!("{bare}er");
    // The besluts of a decision is a genitive.
    let sure = bare.chars().count() > 3 && lexicon::count(bare) < lexicon::count(&present);
    let (before, kind, stem) = sure.then(|| family(&present))??;
    (kind == "verb").then(|| format!("{before}{stem}"))
}

/// The stem of the last part, from byte `start` on, of a compound that looks like another word: the hyresvärden is a host
/// and no value.
pub(super) fn host(form: &str, start: usize) -> Option<String> {
    let (first, last) = form.split_at_checked(start)?;
    // A råvara is one of råvaror; the word vara alone is the verb.
    if last == "vara" {
        return Some("varor".to_owned());
    }
    let count = |last: &str| lexicon::count(&format!("{first}{last}"));
    (["värden", "värdens"].contains(&last) && count("värdar") > count("värde"))
        .then(|| "värd".to_owned())
}

/// How many letters all forms of `form` share from their beginning, å, ä and ö without their marks, when its stem is one
/// that no ending leads to: one of `ge` and `gav`, none of `liten` and `små`.
pub(super) fn letters_shared(form: &str) -> Option<usize> {
    let bare = form.strip_suffix('s').filter(|bare| bare.len() > 1);
    let (before, _, stem) = family(form).or_else(|| family(bare?))?;
    Some(before.chars().count() + shared(stem))
}

/// The letters that the forms of the families with this stem share. Few stems are ever asked about.
fn shared(stem: &str) -> usize {
    let bare = super::words::fold(stem);
    let alike = |form: &str| {
        let form = super::words::fold(form);
        let pairs = form.chars().zip(bare.chars());
        pairs.take_while(|(one, other)| one == other).count()
    };
    let families = table().flat_map(|(kind, own, forms)| {
        // A name has no forms but itself.
        let forms = forms.split(' ');
        forms.filter(move |form| stem == if kind == "name" { form } else { own })
    });
    families.map(alike).min().unwrap_or(0)
}

/// Whether `form` is a name of the table, or its genitive.
pub(super) fn is_name(form: &str) -> bool {
    let name = |form: &str| families().get(form).any(|(kind, _)| kind == "name");
    name(form) || form.strip_suffix('s').is_some_and(name)
}

/// Whether `form` is a verb of the table behind what makes another verb of it: redogöra, föreslagen.
pub(super) fn is_verb_of_table(form: &str) -> bool {
    let bare = form.strip_suffix('s').filter(|bare| bare.len() > 1);
    let verb = |form| match family(form) {
        Some((_, "word", stem)) => PREFIXES.iter().any(|prefix| {
            !prefix.is_empty() && stem.starts_with(prefix) && stem.ends_with(['a', 'å'])
        }),
        Some((before, kind, _)) => !before.is_empty() && ["verb", "past"].contains(&kind),
        None => false,
    };
    verb(form) || bare.is_some_and(verb)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        let mut seen = std::collections::BTreeSet::new();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [kind, stem, forms] = cells.as_slice() else {
                panic!("three columns: {line}")
            };
            assert!(
                ["noun", "verb", "past", "word", "name"].contains(kind),
                "{line}"
            );
            for form in forms.split(' ').chain([*stem]) {
                assert!(
                    !form.is_empty() && form.chars().all(char::is_lowercase),
                    "{line}"
                );
            }
            for form in forms.split(' ') {
                assert!(
                    seen.insert((*kind, form)),
                    "`{form}` stands twice as {kind}"
                );
            }
        }
    }
}
