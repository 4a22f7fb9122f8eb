//! A word that is asked for, in the form of each tier, and the tier in which a word of a text meets it. Pure.

use serde::{Deserialize, Serialize};

use crate::index::words::{self, Forms};

/// How a hit was found, from the surest to the least sure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// The word as typed.
    Exact,
    /// Another inflection of it.
    Inflection,
    /// A part of a compound.
    Part,
    /// A word or name that means the same in the field.
    Synonym,
    /// The word typed or read without the marks of å, ä and ö.
    Unmarked,
    /// The text as extracted, before repair.
    Original,
    /// A word written much like it.
    #[default]
    Spelling,
}

impl Tier {
    /// Every tier, the surest first.
    pub const ALL: [Tier; 7] = [
        Tier::Exact,
        Tier::Inflection,
        Tier::Part,
        Tier::Synonym,
        Tier::Unmarked,
        Tier::Original,
        Tier::Spelling,
    ];

    /// What a hit of this tier weighs against the others.
    pub(super) fn weight(self) -> f32 {
        match self {
            Tier::Exact => 8.0,
            Tier::Inflection => 5.0,
            Tier::Part => 2.5,
            Tier::Synonym => 2.0,
            Tier::Unmarked => 1.2,
            Tier::Original => 0.6,
            Tier::Spelling => 0.3,
        }
    }

    /// The tier's name, as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Tier::Exact => "exact",
            Tier::Inflection => "inflection",
            Tier::Part => "part",
            Tier::Synonym => "synonym",
            Tier::Unmarked => "unmarked",
            Tier::Original => "original",
            Tier::Spelling => "spelling",
        }
    }
}

impl std::str::FromStr for Tier {
    type Err = String;

    fn from_str(text: &str) -> Result<Tier, String> {
        let found = Tier::ALL.into_iter().find(|tier| tier.name() == text);
        found.ok_or_else(|| {
            format!(
                "no tier `{text}`; tiers are {}",
                Tier::ALL.map(Tier::name).join(", ")
            )
        })
    }
}

/// Letters of a word that is hardly ever another one but for its marks.
const LONG: usize = 6;

/// Letters of a word that may be another one typed without its marks.
const SHORTEST_BARE: usize = 3;

/// Letters that a stem and its inflections share from their beginning.
const KEY: usize = 3;

/// A word that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) form: String,
    pub(super) stem: String,
    /// The stem to look for among stems without marks. None when the word was typed with marks, which then are meant,
    /// and when it is a word as it stands: `svar` asks for no svår.
    pub(super) folded_stem: Option<String>,
    /// For a word typed with marks: how a reader that knows no å, ä and ö would give it, unless that is a word too.
    pub(super) bare_form: Option<String>,
    /// Stems that are the word's too: a compound with and without its linking s.
    pub(super) variants: Vec<String>,
    /// Stems of words made from it or that it is made from.
    pub(super) derived: Vec<String>,
    /// Letters that every word has that meets this one, without marks.
    key: String,
}

impl Wanted {
    /// `typed` in the form of each tier.
    pub(super) fn word(typed: &str) -> Wanted {
        let form = typed.to_lowercase();
        let stem = Forms::of(&form).stem;
        let bare = words::fold(&form);
        let marked = bare != form;
        let long = form.chars().count() >= SHORTEST_BARE;
        let letters = words::fold(&stem);
        // `ge` and `gav` share no more than a letter.
        let shared = if words::is_irregular(&form) { 1 } else { KEY };
        Wanted {
            folded_stem: (!marked && long && !words::stands_without_marks(&form))
                .then(|| words::unmarked_stem(&form)),
            bare_form: (marked && long && !words::stands_without_marks(&bare))
                .then(|| bare.clone()),
            key: letters.chars().take(shared).collect(),
            variants: words::linked_otherwise(&form),
            derived: words::derived(&form),
            form,
            stem,
        }
    }

    /// The word as it may stand in a text that was scanned, before repair: without its marks when it is long enough to be
    /// no other word, so that a word that repair got wrong is found all the same.
    pub(super) fn as_scanned(&self) -> &str {
        match &self.bare_form {
            Some(bare) if bare.chars().count() >= LONG => bare,
            _ => &self.form,
        }
    }

    /// Whether the word could meet a word of a text that reads `bare` without its marks: every tier keeps the first letters
    /// of a word or of its part. Telling a word's forms takes a hundred times longer.
    pub(super) fn may_meet(&self, bare: &str) -> bool {
        bare.contains(self.key.as_str())
    }

    /// The tier in which a word of a text meets this one, if it does.
    pub(super) fn tier(&self, form: &str, forms: &Forms) -> Option<Tier> {
        if form == self.form {
            return Some(Tier::Exact);
        }
        if forms.stem == self.stem || self.variants.contains(&forms.stem) {
            return Some(Tier::Inflection);
        }
        if forms.parts.contains(&self.stem) {
            return Some(Tier::Part);
        }
        let made = |stem: &String| self.derived.contains(stem);
        if made(&forms.stem) || forms.parts.iter().any(made) {
            return Some(Tier::Synonym);
        }
        if let Some(folded) = &self.folded_stem
            && (words::fold(&forms.stem) == *folded
                || forms.parts.iter().any(|part| words::fold(part) == *folded))
        {
            return Some(Tier::Unmarked);
        }
        (self.bare_form.as_deref() == Some(form)).then_some(Tier::Unmarked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tier(asked: &str, word: &str) -> Option<Tier> {
        Wanted::word(asked).tier(word, &Forms::of(word))
    }

    #[test]
    fn each_tier_finds_what_it_is_for() {
        for (asked, word, tier_) in [
            ("löpande", "löpande", Tier::Exact),
            ("ärende", "ärendena", Tier::Inflection),
            ("omsättning", "personalomsättningen", Tier::Part),
            ("personal", "personalomsättning", Tier::Part),
            ("jamstalldhet", "jämställdheten", Tier::Unmarked),
            ("hållbar", "hallbar", Tier::Unmarked),
            ("jorgen", "jörgen", Tier::Unmarked),
            ("lon", "lönen", Tier::Unmarked),
            (
                "biståndhandläggare",
                "biståndshandläggarna",
                Tier::Inflection,
            ),
            ("ge", "gav", Tier::Inflection),
            ("rekrytering", "rekryterat", Tier::Synonym),
            ("utvärdera", "utvärderingar", Tier::Synonym),
            ("genomföra", "genomförandet", Tier::Synonym),
        ] {
            assert_eq!(tier(asked, word), Some(tier_), "{asked} in {word}");
        }
    }

    /// The rows of a table of words: the one that is asked for, and words of a text.
    fn rows(table: &str) -> impl Iterator<Item = (&str, &str)> {
        table
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
            .flat_map(|line| {
                let (asked, others) = line.split_once('\t').expect("two columns");
                others.split(' ').map(move |other| (asked, other))
            })
    }

    #[test]
    fn words_of_the_table_find_what_they_must_and_nothing_else() {
        let found = rows(include_str!("../../tests/retrieval/together.tsv"))
            .filter(|(asked, word)| tier(asked, word).is_none());
        assert_eq!(found.collect::<Vec<_>>(), [], "must be found");
        let apart = rows(include_str!("../../tests/retrieval/apart.tsv"))
            .filter(|(asked, word)| tier(asked, word).is_some());
        assert_eq!(apart.collect::<Vec<_>>(), [], "must not be found");
    }

    #[test]
    fn what_is_another_word_is_not_found() {
        for (asked, word) in [
            ("när", "når"),
            ("når", "när"),
            ("svar", "svår"),
            ("vård", "värd"),
            ("län", "lån"),
            ("rätt", "berättelse"),
            ("vald", "våld"),
            ("handla", "handling"),
            ("handling", "handlar"),
            ("löpa", "löpande"),
            ("brukare", "bruk"),
        ] {
            assert_eq!(tier(asked, word), None, "{asked} in {word}");
        }
    }
}
