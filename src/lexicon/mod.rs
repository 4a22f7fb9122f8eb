//! What Swedish looks like: words, how common they are, compounds, and the judge that says whether a page's text is sound.
//!
//! Knows nothing of documents, files or pages; whoever needs to know what a word is asks here.

pub mod build;
mod classes;
mod compound;
mod data;
mod inflect;
mod judge;
mod learned;
mod marks;
mod names;
mod nonsense;
mod numbers;
mod pack;
mod prefixes;
mod words;

pub use data::{Model, model, modifier_value};
pub use learned::{Figures, Learned, Sightings};

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// What the judge says of a page's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Sound text, Swedish or not.
    Clean,
    /// Swedish whose å, ä and ö have all become a and o.
    LostMarks,
    /// Swedish with letters misread, as by an English OCR engine.
    Mangled,
    /// Too little text to judge.
    Empty,
}

/// The judge's verdict on one page, and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// What the text is.
    pub verdict: Verdict,
    /// How well letters and words fit Swedish, 0 (not at all) to 1 (as well as born-digital text does).
    pub score: f32,
}

/// Says whether `text` (one page) is sound, from its letters and words alone.
pub fn judge(text: &str) -> Judgement {
    judge::judge(text)
}

/// Whether `text` is plainly of another language: it has the little words of English, German or a neighbour's grammar, and
/// hardly those of Swedish.
pub fn is_foreign(text: &str) -> bool {
    judge::foreign(text)
}

/// Whether `sentence` is of another language, by its little words alone: cheaper than [`is_foreign`], and for less text.
pub fn is_foreign_sentence(sentence: &str) -> bool {
    judge::foreign_sentence(sentence)
}

/// Whether the lines of a page are of no language at all, as where a font's map says each letter wrong.
pub fn is_nonsense<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> bool {
    nonsense::is_nonsense(lines)
}

/// How often `word` (any case) was counted in the embedded figures; 0 when it is not known, or on the long lists of words alone.
pub fn count(word: &str) -> u32 {
    // `<s>` and punctuation have numbers too, for the pairs they stand in, but are no words.
    if !word.chars().any(char::is_alphabetic) || word.starts_with('<') {
        return 0;
    }
    let data = data::model();
    // The words of the long lists are there for repair: what is rare makes stems and parts of common words. Only which first and
    // last parts their compounds have is told to all (`parts`).
    let id = small(word, |word| data.id(word));
    let counted = id
        .filter(|id| !data.is_guess(*id))
        .map_or(0, |id| data.count(id));
    // A name that nobody counted is on the list of names; as a word it would be the stem of others (`hind` of `hinder`).
    if counted > build::NAMED { counted } else { 0 }
}

/// Whether `word` (any case) was counted, or is a name of the list.
pub fn is_known(word: &str) -> bool {
    let data = data::model();
    word.chars().any(char::is_alphabetic)
        && !word.starts_with('<')
        && small(word, |word| data.id(word).is_some())
}

/// Whether `word`, with its capital, is a given name of the list.
pub fn is_given_name(word: &str) -> bool {
    names::is_given(word)
}

/// Gives `take` the word in small letters: as it stands when it has no others.
fn small<R>(word: &str, take: impl FnOnce(&str) -> R) -> R {
    let other = |c: char| !(c.is_ascii() || ('\u{df}'..='\u{ff}').contains(&c));
    if word.contains(|c: char| c.is_ascii_uppercase() || other(c)) {
        take(&word.to_lowercase())
    } else {
        take(word)
    }
}

/// The parts of a compound, as byte ranges of `word` that cover it but for linking letters (the `s` of
/// `socialtjänst|s|lagen`), or nothing when it is not one.
///
/// Parts are whole words: `omsättning` is a part of `personalomsättning`, `rätt` is none of `berättelse`.
pub fn parts(word: &str) -> Vec<Range<usize>> {
    compound::parts(word)
}

/// `text` with å, ä, ö and é written as a, o and e, in small and in capital letters.
pub fn without_marks(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'å' | 'ä' => 'a',
            'ö' => 'o',
            'é' => 'e',
            'Å' | 'Ä' => 'A',
            'Ö' => 'O',
            'É' => 'E',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(word: &str) -> String {
        let parts: Vec<&str> = parts(word).into_iter().map(|range| &word[range]).collect();
        parts.join("+")
    }

    #[test]
    fn compounds_fall_into_whole_words() {
        for (word, parted) in [
            ("personalomsättning", "personal+omsättning"),
            ("Socialsekreterare", "Social+sekreterare"),
            ("socialsekreterarnas", "social+sekreterarnas"),
            ("biståndshandläggare", "bistånd+handläggare"),
            ("stadsövergripande", "stad+övergripande"),
            ("förstärkningsteamets", "förstärkning+teamets"),
            ("stadsdelsförvaltningar", "stadsdel+förvaltningar"),
            ("äldreomsorgen", "äldre+omsorgen"),
            ("socialtjänstlagen", "socialtjänst+lagen"),
            ("skolgården", "skol+gården"),
            ("hälsovårdsnämnden", "hälsovård+nämnden"),
            // Not compounds, or not of these parts.
            ("berättelse", ""),
            ("förvaltningen", ""),
            ("omsättning", ""),
            ("framställning", ""),
            ("rapporten", ""),
            ("lagringen", ""),
            ("vinsten", ""),
            ("personalen", ""),
            ("beslutet", ""),
            ("handlingar", ""),
            ("kommunen", ""),
            ("regeringen", ""),
            ("verksamheten", ""),
            ("tjänsten", ""),
            ("socialnämnden", "social+nämnden"),
            ("att", ""),
            ("", ""),
            ("HL2019", ""),
        ] {
            assert_eq!(split(word), parted, "{word}");
        }
    }

    #[test]
    fn common_words_are_counted_in_any_case() {
        assert!(count("och") > 100_000);
        assert_eq!(count("Socialnämnden"), count("socialnämnden"));
        assert!(count("hägersten") > 0);
        // A name of the list that nobody counted is no word to go by.
        for word in ["", "<s>", "<n>", ",", "Socialndmnden", "16pande", "Hind"] {
            assert_eq!(count(word), 0, "{word}");
        }
        assert!(is_given_name("Åke") && !is_given_name("åke") && !is_given_name("Hägersten"));
        assert!(is_known("Hind") && is_known("och"));
        assert!(!is_known("<s>") && !is_known("16pande"));
    }

    #[test]
    fn the_judge_tells_damage_from_other_text() {
        for (text, verdict) in [
            (
                "Förvaltningen föreslår att nämnden godkänner svaret på skrivelsen.",
                Verdict::Clean,
            ),
            (
                "Forvaltningen foreslar att namnden godkanner svaret pa skrivelsen.",
                Verdict::LostMarks,
            ),
            (
                "Forvaltningen foreslar att nimnden godkdnner svaret pé skrivelsen och 16pande atgirder.",
                Verdict::Mangled,
            ),
            // A list of who was there has no grammar.
            (
                "Narvarande ersattare: Maj Tolvmo (M), Oliver Vinterkvast (M)\nOvriga narvarande: Gunilla Torsfalk, \
                 tillforordnad forvaltningschef\nDan Kvistlund (S), ordforande",
                Verdict::LostMarks,
            ),
            (
                "Nérvarande erséttare: Maj Tolvmo (M), Oliver Vinterkvast (M)\nOvriga: Gunilla Torsfalk, kommunsekreterare, \
                 Dan Kvistlund, tillférordnad kommunchef",
                Verdict::Mangled,
            ),
            (
                "Frédéric Tolvmo, André Vinterkvast, Zoé Torsfalk, René Kvistlund, café Élysée, Théâtre de la Cité, Genève",
                Verdict::Clean,
            ),
            (
                "Maj Tolvmo (M), Oliver Vinterkvast (M), Gunilla Torsfalk (S), Dan Kvistlund (S), Goran Ostling (L)",
                Verdict::Clean,
            ),
            (
                "The board approves the report of the office for the next year, as at least two of its members asked.",
                Verdict::Clean,
            ),
            (
                "Anna Berg\nErik Lindqvist\nMalin Ek\nStorgatan 14\n118 26 Stockholm",
                Verdict::Clean,
            ),
            (
                "2019 2020 2021\n14 310 15 002 16 870\n2,5 3,1 -0,4",
                Verdict::Empty,
            ),
            ("", Verdict::Empty),
        ] {
            assert_eq!(judge(text).verdict, verdict, "{text}");
        }
    }
}
