//! Words → the forms of theirs that nobody happened to write in the texts counted.
//!
//! Comes in: the words that were counted. Goes out: further forms, by the regular patterns of Swedish; a pattern holds for
//! a stem when two of its forms were counted.

use std::collections::{BTreeMap, BTreeSet};

/// The endings of one pattern; forms of which two are there vouch for the others.
const PATTERNS: &[&[&str]] = &[
    // kalla, kallar, kallade
    &[
        "a", "ar", "ade", "at", "ad", "as", "ades", "ats", "ande", "at",
    ],
    // köpa, köper, köpte; höja, höjer, höjde
    &["a", "er", "te", "t", "as", "tes", "ts", "ande"],
    &["a", "er", "de", "t", "as", "des", "ts", "ande"],
    // skola, skolan, skolor
    &["a", "an", "or", "orna", "as", "ans", "ors", "ornas"],
    // bil, bilen, bilar
    &["", "en", "ar", "arna", "s", "ens", "ars", "arnas"],
    // enhet, enheten, enheter
    &["", "en", "er", "erna", "s", "ens", "ers", "ernas"],
    // beslut, beslutet, besluten
    &["", "et", "en", "ets", "ens", "s"],
    // läkare, läkaren, läkarna
    &["are", "aren", "arna", "ares", "arens", "arnas"],
    // handläggande; möte, mötet, möten
    &["e", "et", "en", "ena", "es", "ets", "ens", "enas"],
    // regel, regeln, regler
    &["el", "eln", "ler", "lerna", "els", "elns", "lers", "lernas"],
    // nyckel, nyckeln, nycklar
    &["el", "eln", "lar", "larna", "els", "elns", "lars", "larnas"],
    // aktör with its genitives; museum
    &["um", "et", "er", "erna", "ums", "ets"],
    // stark, starkt, starka; praktisk, praktiskt
    &["", "t", "a", "are", "ast"],
    &["isk", "iskt", "iska"],
    &["lig", "ligt", "liga", "ligare"],
    &["ad", "at", "ade"],
];

/// Patterns whose vowel changes, as whole last parts of words: two forms vouch for the others.
const CHANGING: &[&[&str]] = &[
    &[
        "man", "mannen", "mans", "mannens", "män", "männen", "mäns", "männens",
    ],
    &["hand", "handen", "händer", "händerna"],
    &[
        "land",
        "landet",
        "lands",
        "landets",
        "länder",
        "länderna",
        "länders",
        "ländernas",
    ],
    &["stad", "staden", "stads", "stadens", "städer", "städerna"],
    &["brand", "branden", "bränder", "bränderna"],
    &["strand", "stranden", "stränder", "stränderna"],
    &[
        "ledamot",
        "ledamoten",
        "ledamots",
        "ledamöter",
        "ledamöterna",
        "ledamöters",
    ],
    &["bok", "boken", "böcker", "böckerna"],
    &["son", "sonen", "söner", "sönerna"],
    &["natt", "natten", "nätter", "nätterna"],
];

/// The forms that `words` (with their counts) lack.
pub(super) fn forms(words: &BTreeMap<String, u32>) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for pattern in PATTERNS.iter().chain(CHANGING) {
        let mut stems: BTreeMap<&str, u32> = BTreeMap::new();
        for (word, &count) in words {
            if count < 2 || word.chars().count() < 4 || !word.chars().all(char::is_alphabetic) {
                continue;
            }
            for ending in *pattern {
                if let Some(stem) = word.strip_suffix(ending)
                    && stem.chars().count() >= 3
                {
                    *stems.entry(stem).or_default() += 1;
                }
            }
        }
        // Short patterns must be nearly whole, long ones half.
        let least = if pattern.len() <= 5 || CHANGING.contains(pattern) {
            2
        } else {
            3
        };
        for (stem, seen) in stems {
            if seen < least {
                continue;
            }
            for ending in *pattern {
                let form = format!("{stem}{ending}");
                if !words.contains_key(&form) {
                    out.insert(form);
                }
            }
        }
    }
    // The genitive of any noun that is seen with its article.
    for (word, &count) in words {
        if count >= 3
            && word.chars().count() >= 5
            && word.chars().all(char::is_alphabetic)
            && ["en", "et", "an", "na", "ar", "er", "or", "ing", "het"]
                .iter()
                .any(|ending| word.ends_with(ending))
        {
            let form = format!("{word}s");
            if !words.contains_key(&form) {
                out.insert(form);
            }
        }
    }
    out
}
