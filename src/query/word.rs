//! A word that is asked for, in the form of each tier, and the tier in which a word of a text meets it. Pure.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::swedish::compounds;
use crate::swedish::words::{self, Forms};

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

/// Where what is no word by itself is cut in two: the 19 of `covid19`, the system of `itsystem`, which papers write with a hyphen.
fn behind_letters(form: &str) -> Option<usize> {
    let digits = form.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (letters, number) = form.split_at(digits);
    if !number.is_empty() && letters.chars().count() > 1 && letters.chars().all(char::is_alphabetic)
    {
        return Some(digits);
    }
    if !form.chars().all(char::is_alphabetic) || compounds::is_word(form) {
        return None;
    }
    let mut cuts = form.char_indices().skip(2).take(2).map(|(at, _)| at);
    cuts.find(|at| {
        let rest = &form[*at..];
        rest.chars().count() >= SHORTEST_LAST && compounds::is_word(rest)
    })
}

/// Letters of a word that may stand behind the letters of another's name.
const SHORTEST_LAST: usize = 4;

/// Letters of a word that is hardly ever another one but for its marks.
const LONG: usize = 6;

/// Letters of a word that may be another one typed without its marks.
const SHORTEST_BARE: usize = 3;

/// Letters that a stem and its inflections share from their beginning, at least.
const KEY: usize = 3;

/// Letters at the end of a long stem that an inflection may lack: the kapit of kapitlet.
const LOOSE: usize = 3;

/// Letters, without marks, with which every word begins that has `stem`, and every part of a compound that has it.
fn key(stem: &str) -> String {
    let bare = words::fold(stem);
    let mut letters = bare.chars().count().saturating_sub(LOOSE).max(KEY);
    // `ge` and `gav` share no more than a letter, and förbinda and förbund no more than that after the för.
    for (before, (at, _)) in stem.char_indices().enumerate() {
        if let Some(shared) = words::letters_shared(&stem[at..]) {
            letters = letters.min(before + shared);
        }
    }
    bare.chars().take(letters).collect()
}

/// A stem that a word of a text may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stem {
    pub(super) stem: String,
    /// Letters, without marks, with which every word begins that has it.
    pub(super) key: String,
}

impl Stem {
    /// The stem of `word`, in any case.
    pub(super) fn of(word: &str) -> Stem {
        let form = word.to_lowercase();
        let stem = words::with_forms(&form, |forms| forms.stem.clone());
        let key = match words::letters_shared(&form) {
            Some(shared) => words::fold(&stem).chars().take(shared).collect(),
            None => key(&stem),
        };
        Stem { stem, key }
    }

    /// Whether `form`, a word of a text, has this stem.
    pub(super) fn is_of(&self, form: &str) -> bool {
        let may = if form.is_ascii() {
            form.starts_with(&self.key)
        } else {
            words::fold(form).starts_with(&self.key)
        };
        may && words::with_forms(form, |forms| forms.stem == self.stem)
    }
}

/// A word that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) form: String,
    pub(super) stem: String,
    /// The stem to look for among stems without marks. None when the word was typed with marks, which then are meant,
    /// and when it is a word as it stands: `svar` asks for no svår.
    pub(super) folded_stem: Option<String>,
    /// The stems of less common words that may be meant by a word typed without marks, with their marks.
    pub(super) marked_stems: Vec<String>,
    /// Forms of the word that are filed as those of another word.
    pub(super) shared: &'static [&'static str],
    /// For a word typed with marks: how a reader that knows no å, ä and ö would give it, unless that is a word too.
    pub(super) bare_form: Option<String>,
    /// Stems that are the word's too: a compound with and without its linking s.
    pub(super) variants: Vec<String>,
    /// Stems of words made from it or that it is made from.
    pub(super) derived: Vec<String>,
    /// Where the second part of a compound begins, in bytes: it may be written in two words.
    pub(super) second: Option<usize>,
    /// Letters, without marks: every word that meets this one has some of these, for every tier keeps the first letters of a word
    /// or of its part. Telling a word's forms takes a hundred times longer.
    pub(super) keys: Vec<String>,
}

/// Words that were asked for and are remembered: a query asks for a word twice, once of the index and once of the papers.
const REMEMBERED: usize = 1_000;

thread_local! {
    static ASKED: RefCell<HashMap<String, Rc<Wanted>>> = RefCell::default();
}

impl Wanted {
    /// `typed` in the form of each tier.
    pub(super) fn word(typed: &str) -> Rc<Wanted> {
        let form = typed.to_lowercase();
        ASKED.with_borrow_mut(|asked| {
            if let Some(wanted) = asked.get(&form) {
                return Rc::clone(wanted);
            }
            if asked.len() >= REMEMBERED {
                asked.clear();
            }
            let wanted = Rc::new(Wanted::of(form.clone()));
            asked.insert(form, Rc::clone(&wanted));
            wanted
        })
    }

    fn of(form: String) -> Wanted {
        let stem = words::with_forms(&form, |forms| forms.stem.clone());
        let parts = compounds::parts(&form);
        let bare = words::fold(&form);
        let marked = bare != form;
        let long = form.chars().count() >= SHORTEST_BARE;
        let lacks_marks = !marked && long && !words::stands_without_marks(&form);
        let mut variants = words::linked_otherwise(&form, &parts, &stem);
        variants.extend(words::shared_by(&form).map(str::to_owned));
        let mut wanted = Wanted {
            folded_stem: if marked {
                words::half_marked(&form).map(|meant| words::fold(&Forms::of(&meant).stem))
            } else {
                lacks_marks.then(|| words::unmarked_stem(&form))
            },
            marked_stems: if lacks_marks {
                words::unmarked_stems(&form)
            } else {
                Vec::new()
            },
            bare_form: (marked
                && form.chars().count() > SHORTEST_BARE
                && !words::stands_without_marks(&bare))
            .then_some(bare),
            keys: Vec::new(),
            variants,
            shared: words::shared_forms(&stem),
            second: parts
                .get(1)
                .map(|second| second.start)
                .or_else(|| behind_letters(&form)),
            derived: words::derived(&form),
            form,
            stem,
        };
        wanted.keys = wanted.keys();
        wanted
    }

    /// The stems of the first part and of the rest of a compound, which may be written as a genitive and what belongs to it, or
    /// with a word between them: skoltak, `skolornas tak`; studentmottagande, `mottagande av studenter`.
    pub(super) fn in_words(&self) -> Option<(Stem, Stem)> {
        let (_, last) = self.form.split_at(self.second?);
        let first = words::with_forms(&self.form, |forms| forms.parts.first().cloned())?;
        let key = key(&first);
        let stem = first;
        Some((Stem { stem, key }, Stem::of(last)))
    }

    fn keys(&self) -> Vec<String> {
        let others = self.folded_stem.iter().chain(&self.bare_form);
        let others = others.chain(&self.variants).chain(&self.derived);
        let others = others.chain(&self.marked_stems);
        let mut keys: Vec<String> = others.map(|stem| key(stem)).collect();
        keys.push(match words::letters_shared(&self.form) {
            Some(shared) => words::fold(&self.stem).chars().take(shared).collect(),
            None => key(&self.stem),
        });
        keys.extend(self.shared.iter().map(|form| words::fold(form)));
        keys.sort_unstable();
        keys.dedup();
        // What begins as another key does is found by that.
        let all = keys.clone();
        keys.retain(|key| {
            !all.iter()
                .any(|other| other != key && key.starts_with(other))
        });
        keys
    }

    /// The word as it may stand in a text that was scanned, before repair: without its marks when it is long enough to be
    /// no other word, so that a word that repair got wrong is found all the same.
    pub(super) fn as_scanned(&self) -> &str {
        match &self.bare_form {
            Some(bare) if bare.chars().count() >= LONG => bare,
            _ => &self.form,
        }
    }

    /// Whether it could meet pieces that read `bare` without their marks, put together before it is known which part of the last
    /// one counts: the barnungdomsvård of `barn- och ungdomsvård`.
    pub(super) fn may_meet_pieces(&self, bare: &str) -> bool {
        self.keys.iter().any(|key| {
            let end = key.char_indices().nth(KEY).map_or(key.len(), |(at, _)| at);
            bare.contains(&key[..end])
        })
    }

    /// The tier in which a word of a text meets this one, if it does.
    pub(super) fn tier(&self, form: &str, forms: &Forms) -> Option<Tier> {
        if form == self.form {
            return Some(Tier::Exact);
        }
        if forms.stem == self.stem
            || self.variants.contains(&forms.stem)
            || self.shared.contains(&form)
        {
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
        let meant = |stem: &String| self.marked_stems.contains(stem);
        if meant(&forms.stem) || forms.parts.iter().any(meant) {
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
            ("nar", "när", Tier::Unmarked),
            ("nar", "når", Tier::Unmarked),
            ("nar", "nådde", Tier::Unmarked),
            ("vag", "vägen", Tier::Unmarked),
            ("vag", "vågor", Tier::Unmarked),
            ("lar", "lårets", Tier::Unmarked),
            ("hand", "händer", Tier::Inflection),
            ("händer", "handen", Tier::Inflection),
            ("händer", "hänt", Tier::Inflection),
            ("man", "männen", Tier::Inflection),
            ("stång", "stänger", Tier::Inflection),
            (
                "biståndhandläggare",
                "biståndshandläggarna",
                Tier::Inflection,
            ),
            ("ge", "gav", Tier::Inflection),
            ("rekrytering", "rekryterat", Tier::Synonym),
            ("ändring", "ändrades", Tier::Synonym),
            ("muddra", "muddringen", Tier::Synonym),
            ("avslag", "avslår", Tier::Synonym),
            ("avslår", "avslaget", Tier::Synonym),
            ("återremiss", "återremitterades", Tier::Synonym),
            ("öka", "ökningar", Tier::Synonym),
            ("familjerådgivning", "familjerådgivare", Tier::Synonym),
            ("rådgivare", "rådgivningen", Tier::Synonym),
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

    /// Every hundredth word that was counted is met by itself and by its parts: the letters that a word is known by before its
    /// forms are told leave none of them out.
    #[test]
    fn no_word_is_left_out_by_its_letters() {
        use fst::Streamer;
        let mut words = crate::lexicon::model().words().expect("words").stream();
        let (mut number, mut left_out, mut seen) = (0, Vec::new(), 0);
        while let Some((word, _)) = words.next() {
            number += 1;
            let Ok(word) = std::str::from_utf8(word) else {
                continue;
            };
            if number % 100 > 0 || !word.chars().all(char::is_alphabetic) {
                continue;
            }
            let forms = Forms::of(word);
            let bare = words::fold(word);
            for stem in std::iter::once(&forms.stem).chain(&forms.parts) {
                seen += 1;
                if !bare.contains(&key(stem)) {
                    left_out.push(format!("{word}: {stem}"));
                }
            }
        }
        assert!(seen > 2_000, "{seen}");
        assert!(left_out.len() * 500 < seen, "{left_out:?} of {seen}");
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
