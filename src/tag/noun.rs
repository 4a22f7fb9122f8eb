//! The words for an initiative, and which initiative each means.

use std::sync::LazyLock;

use super::pattern::Pattern;
use super::sheet::{Gated, gated, tolerant};

/// What kind of initiative it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noun {
    /// A skrivelse, and what other municipalities call it (nämndinitiativ).
    Skrivelse,
    Motion,
    /// An interpellation or a question.
    Interpellation,
    Medborgarforslag,
}

/// The initiatives' words, and `Nr 2009:6 av`. [`noun_of`] tells which is which.
pub(super) static NOUN: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(concat!(
        r"(?:\b|\d|[a-z]{5}parti)(?:(?:skrivelse(?:n|r|rna|ns)?|följdskrivelse[n]?|nämnds?initiativ[a-z]*|initiativärende[a-z]*|ärendeinitiativ[a-z]*|ledamotsinitiativ[a-z]*|politikerinitiativ[a-z]*|politiskt initiativ(?:et)?|politiska initiativ(?:et|en)?|ledamotsförslag[a-z]*|ledamotsfråga[n]? (?:av|från)|följande skriftliga förslag|[a-z]+(?:nas|iets) förslag (?:om|på|att|till)\b|initiativ(?:et)? (?:[a-z]+ ){0,4}(?:från|av)|initiativ (?:om|att|gällande|angående|kring)\b|initiativ\b|svar till\b|tillskrivit\b|ärende[t]? väckt av|yrkande[t]? från|(?:begäran|framställan|hemställan|förfrågan) från|väckt ärende[t]?|initiativet\b)",
        r"|(?:motion(?:en|er|erna|ens|ssvar(?:et)?|ären|ärerna|är:|ärer:|erat|erade)?)",
        r"|(?:interpel{1,3}ation(?:en|er|erna|ens|ssvar)?|interpellant(?:en|erna|er:|:)|interpellera[dt]e?|fråga till (?:[a-z]+ ){0,3}[a-z]*(?:ordförande|råde)[nt]?|enk(?:el|la) fråg[a-z]+|muntliga? fråg[a-z]+|skriftliga? fråg[a-z]+|(?:fråga[n]?|frågor(?:na)?)(?: (?:nr )?\d{1,4}(?:/\d\d)?(?::\d{1,4})?)?(?: (?:av|från|ställd))|frågar\b|har frågat\b|ber\b|fråg(?:a|or)\b)",
        r"|(?:medborgar ?(?:förslag|initiativ)[a-z]*|malmöinitiativ[a-z]*|e-förslag[a-z]*|(?:göteborgs|helsingborgs|ängelholms|mölndals|linköpings|umeå|partille|kungsbacka)förslag[a-z]*)",
        r"|(?:nr \d{4}:\d{1,3}(?: (?:av|från))))"
    ))
});

/// Which initiative a word that [`NOUN`] matches means.
pub(super) fn noun_of(word: &[u8]) -> Noun {
    let has = |part: &[u8]| memchr::memmem::find(word, part).is_some();
    let first = word.first();
    if !has(b"terp") && matches!(first, Some(b'i' | b'l' | b'1' | b'y'))
        || is_request(word)
        || word.starts_with(b"fol")
        || word.starts_with(b"fo1")
        || word.starts_with(b"forslag ")
    {
        Noun::Skrivelse
    } else if has(b"terp") || has(b"fr") || word.starts_with(b"nr") || word == b"ber" {
        Noun::Interpellation
    } else if has(b"edborg") || has(b"rslag") {
        Noun::Medborgarforslag
    } else if word.starts_with(b"m") || word.starts_with(b"rn") {
        if has(b"at") {
            Noun::Medborgarforslag
        } else {
            Noun::Motion
        }
    } else {
        Noun::Skrivelse
    }
}

/// Whether a word says that somebody asks for something: `begäran från`.
pub(super) fn is_request(word: &[u8]) -> bool {
    [&b"beg"[..], b"framst", b"hemst", b"forfr"]
        .iter()
        .any(|stem| word.starts_with(stem))
}

/// Letters that every one of these words holds.
pub(super) static NOUN_CORE: LazyLock<Gated> = LazyLock::new(|| {
    gated(
        r"skrive|motion|terpe|fråg|[ ]ber[ ]|svar[ ]till|illskriv|edborg|nitiat|e-f|otsf|nr\s|yrkand|ckt |[sae]för|liga för|nas[ ]förslag|iets[ ]förslag|äran från|tällan från",
    )
});

#[cfg(test)]
mod tests {
    use super::super::sheet::folded;
    use super::*;

    #[test]
    fn each_word_is_told() {
        for (text, noun) in [
            (
                "skrivelsen nämndinitiativ ledamotsförslag initiativärende följdskrivelse politikerinitiativ",
                Noun::Skrivelse,
            ),
            ("motion motionerna rnotion", Noun::Motion),
            (
                "interpellationen fråga från enkel fråga muntlig fråga skriftlig fr&ga nr 2009:6 av",
                Noun::Interpellation,
            ),
            (
                "medborgarförslag malmöinitiativ e-förslag rnedborgarforslag",
                Noun::Medborgarforslag,
            ),
        ] {
            let folded = folded(text);
            let words: Vec<Noun> = NOUN
                .find_iter(folded.as_bytes())
                .map(|word| noun_of(word.as_bytes()))
                .collect();
            assert!(
                words.len() > 2 && words.iter().all(|word| *word == noun),
                "{text}: {words:?}"
            );
        }
    }

    #[test]
    fn every_word_holds_the_letters_that_are_looked_for() {
        for line in include_str!("lines.tsv").lines() {
            let folded = folded(&line.replace('⏎', "\n"));
            for pattern in [&*NOUN] {
                for found in pattern.find_iter(folded.as_bytes()) {
                    // The letters may be a word with its blanks.
                    let end = (found.end() + 1).min(folded.len());
                    let word = &folded.as_bytes()[found.start().saturating_sub(1)..end];
                    assert!(NOUN_CORE.is_match(word), "{found:?}");
                }
            }
        }
    }
}
