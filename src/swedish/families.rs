//! Families of words that no rule of endings joins, from `inflections.tsv`, and what may stand before them. Pure.

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

/// Forms of a word that are filed as those of another: hands are händer, and what happens händer. Who asks for the first, by its
/// stem, asks for these too; whether who asks for one of these asks for the first too, is said last: not everybody is a man.
const SHARED: &[(&str, &[&str], bool)] = &[
    ("hand", &["händer"], true),
    (
        "man",
        &["mannen", "mannens", "män", "mäns", "männen", "männens"],
        false,
    ),
    ("stång", &["stänger"], true),
    ("kö", &["kön"], false),
    ("vår", &["våren", "vårens"], false),
];

/// Forms that are `stem`'s too, and are filed as those of another word.
pub(super) fn shared_forms(stem: &str) -> &'static [&'static str] {
    let shared = SHARED.iter().find(|(own, ..)| *own == stem);
    shared.map_or(&[], |(_, forms, _)| *forms)
}

/// The stem of the other word that `form` is of.
pub(super) fn shared_by(form: &str) -> Option<&'static str> {
    let shared = SHARED
        .iter()
        .find(|(_, forms, both)| *both && forms.contains(&form));
    shared.map(|(stem, ..)| *stem)
}

/// Whether `part` makes another word of what follows, and no compound.
pub(super) fn is_prefix(part: &str) -> bool {
    part.len() <= LONGEST_PREFIX
        && (PREFIXES.contains(&part)
            || ["emot", "hopp", "inter", "mellan", "medan", "utan"].contains(&part))
}

/// Bytes of the longest of the prefixes.
const LONGEST_PREFIX: usize = "tillbaka".len();

/// Slots for the forms of the table; few are taken, so that most letters that are no form are at once known to be none.
const SLOTS: usize = 1 << 13;

/// The byte of the table at which each form stands, 0 where none does, at the first free slot from that of its hash on: forms
/// of the same letters follow each other in the order of the table. Made when the program is, so that a search neither
/// builds it nor fills memory with it.
static FORMS: [u16; SLOTS] = forms();

/// What a word's letters are known by, from its last to its first: that of an ending is on the way to that of the whole.
const fn hashed(hash: u32, letter: u8) -> u32 {
    (hash ^ letter as u32).wrapping_mul(0x0100_0193)
}

/// The hash of no letters.
const NO_LETTERS: u32 = 0x811c_9dc5;

/// The slot of a hash.
const fn slot(hash: u32) -> usize {
    ((hash ^ (hash >> 15)) as usize) % SLOTS
}

const fn forms() -> [u16; SLOTS] {
    let text = TABLE.as_bytes();
    assert!(
        text.len() <= u16::MAX as usize,
        "the places are numbers of 16 bits"
    );
    let mut slots = [0; SLOTS];
    let mut line = 0;
    while line < text.len() {
        let stem = behind(text, line, b'\t');
        let mut form = behind(text, stem, b'\t');
        let next = behind(text, line, b'\n');
        if text[line] != b'#' && form < next {
            while form < next {
                form = put(&mut slots, form);
            }
            // Of a noun and a word the stem is a form too.
            let noun = text[line] == b'n' && text[line + 1] == b'o';
            if noun || text[line] == b'w' {
                put(&mut slots, stem);
            }
        }
        line = next;
    }
    slots
}

/// The byte behind the next `sign`, from `at` on.
const fn behind(text: &[u8], mut at: usize, sign: u8) -> usize {
    while at < text.len() && text[at] != sign {
        at += 1;
    }
    at + 1
}

/// Whether a form ends before this byte.
const fn ends_before(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n')
}

/// Takes a slot for the form that stands at byte `start` of the table; says where the next begins.
const fn put(slots: &mut [u16; SLOTS], start: usize) -> usize {
    let text = TABLE.as_bytes();
    let mut end = start;
    while end < text.len() && !ends_before(text[end]) {
        end += 1;
    }
    let (mut hash, mut at) = (NO_LETTERS, end);
    while at > start {
        at -= 1;
        hash = hashed(hash, text[at]);
    }
    let mut free = slot(hash);
    while slots[free] > 0 {
        free = (free + 1) % SLOTS;
    }
    slots[free] = start as u16;
    end + 1
}

/// Of which kinds `form` is, and the stem of each, in the order of the table; `hash` is its hash.
fn kinds(form: &str, hash: u32) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut next = slot(hash);
    std::iter::from_fn(move || {
        loop {
            let start = usize::from(FORMS[next]);
            if start == 0 {
                return None;
            }
            next = (next + 1) % SLOTS;
            let text = TABLE.get(start..)?;
            let behind = text.strip_prefix(form);
            if behind.is_some_and(|behind| behind.bytes().next().is_none_or(ends_before)) {
                let line = TABLE[..start].rfind('\n').map_or(0, |end| end + 1);
                let mut columns = TABLE[line..].splitn(3, '\t');
                let (kind, stem) = (columns.next()?, columns.next()?);
                let own = text.get(..form.len())?;
                return Some((kind, if kind == "name" { own } else { stem }));
            }
        }
    })
}

/// As [`kinds`], of letters whose hash is not at hand.
fn kinds_of(form: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    kinds(form, form.bytes().rev().fold(NO_LETTERS, hashed))
}

/// The lines of the table: kind, stem, forms.
#[cfg(test)]
fn table() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    TABLE.lines().filter_map(columns)
}

/// The lines of the table in which these letters stand, each as often as they do.
fn rows_with(letters: &str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let found = memchr::memmem::find_iter(TABLE.as_bytes(), letters);
    found.filter_map(|at| {
        let (before, rest) = TABLE.split_at_checked(at)?;
        let begin = before.rfind('\n').map_or(0, |end| end + 1);
        let end = rest.find('\n').map_or(TABLE.len(), |end| at + end);
        columns(TABLE.get(begin..end)?)
    })
}

fn columns(line: &str) -> Option<(&str, &str, &str)> {
    let mut columns = line.split('\t');
    let row = (columns.next()?, columns.next()?, columns.next()?);
    (!line.starts_with('#')).then_some(row)
}

/// What stands before the family of `form` in the table, the kind of that family, and its stem: of the family with the longest
/// letters.
pub(super) fn family(form: &str) -> Option<(&str, &'static str, &'static str)> {
    let mut longest = None;
    let mut hash = NO_LETTERS;
    for (at, letter) in form.bytes().enumerate().rev() {
        hash = hashed(hash, letter);
        let Some((before, rest)) = form.split_at_checked(at) else {
            continue;
        };
        let begins = |stem: &str| {
            let begins = |(verb, begun): &(&str, &[&str])| *verb == stem && begun.contains(&before);
            PREFIXES.contains(&before) || VERB_BEGINNINGS.iter().any(begins)
        };
        let word = || {
            let bare = before.strip_suffix('s').filter(|bare| known(bare));
            known(before) || bare.is_some() || PREFIXES.contains(&before)
        };
        let mut kinds = kinds(rest, hash).filter(|(kind, stem)| match *kind {
            // No föra is an öra, and no producenter a center.
            "noun" => before.is_empty() || rest.chars().count() > 4 && word(),
            // oklart is what klart is not.
            "word" => before.is_empty() || before == "o" && rest.chars().count() > 3,
            "past" => !before.is_empty() && begins(stem),
            "name" => before.is_empty(),
            _ => begins(stem),
        });
        if let Some((kind, stem)) = kinds.next() {
            longest = Some((before, kind, stem));
        }
    }
    longest
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
    let families = rows_with(stem).flat_map(|(kind, own, forms)| {
        // A name has no forms but itself.
        let forms = forms.split(' ');
        forms.filter(move |form| stem == if kind == "name" { form } else { own })
    });
    families.map(alike).min().unwrap_or(0)
}

/// Whether `form` is a name of the table, or its genitive.
pub(super) fn is_name(form: &str) -> bool {
    let name = |form: &str| kinds_of(form).any(|(kind, _)| kind == "name");
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
    fn rows_that_hold_a_word_are_found_by_its_letters() {
        for (_, stem, _) in table() {
            let right: Vec<_> = table().filter(|row| row.1 == stem).collect();
            let mut found: Vec<_> = rows_with(stem).filter(|row| row.1 == stem).collect();
            found.dedup();
            assert_eq!(found, right, "{stem}");
        }
    }

    #[test]
    fn every_form_of_the_table_is_found_by_its_letters() {
        let mut all: std::collections::BTreeMap<&str, Vec<(&str, &str)>> = Default::default();
        for (kind, stem, forms) in table() {
            let own = ["word", "noun"].contains(&kind).then_some(stem);
            for form in forms.split(' ').chain(own) {
                let stem = if kind == "name" { form } else { stem };
                all.entry(form).or_default().push((kind, stem));
            }
        }
        assert!(all.len() > 1_000);
        for (form, kinds) in &all {
            assert_eq!(kinds_of(form).collect::<Vec<_>>(), *kinds, "{form}");
        }
        assert!(PREFIXES.iter().all(|prefix| prefix.len() <= LONGEST_PREFIX));
        for other in ["", "s", "städe", "tädern", "städer städerna", "noun"] {
            assert_eq!(kinds_of(other).count(), 0, "{other}");
        }
        assert!(SLOTS > 2 * all.len());
    }

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
