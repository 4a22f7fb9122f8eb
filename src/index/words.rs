//! Text → the words that the index holds, in the forms of each tier. Pure; asked alike when papers are filed and when
//! they are asked for.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::inflection;
use crate::lexicon;

/// Letters of a word that are kept: a longer run of letters is no word, and tantivy would drop it whole.
const LONGEST: usize = 64;

/// Letters that a part of a compound must have to be searchable by itself.
const SHORTEST_PART: usize = 3;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands, in bytes of the text.
    pub range: Range<usize>,
    /// The word in lower case, composed.
    pub form: String,
}

/// The words of `text`: runs of letters and digits.
pub fn words(text: &str) -> impl Iterator<Item = Word> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, _) = chars.find(|(_, c)| c.is_alphanumeric())?;
        let mut end = text.len();
        while let Some(&(at, c)) = chars.peek() {
            if !(c.is_alphanumeric() || is_combining_mark(c)) {
                end = at;
                break;
            }
            chars.next();
        }
        Some(Word {
            range: start..end,
            form: form(&text[start..end]),
        })
    })
}

/// A word as the exact tier holds it: lower case, composed, of bounded length.
fn form(word: &str) -> String {
    if word.is_ascii() && word.len() <= LONGEST {
        return word.to_ascii_lowercase();
    }
    word.nfc()
        .flat_map(char::to_lowercase)
        .take(LONGEST)
        .collect()
}

/// A word that a text writes in two pieces: `social-sekreterare`, or the barnvård of `barn- och ungdomsvård`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The number of its first piece among the words of the text.
    pub first: usize,
    /// The number of its last piece.
    pub last: usize,
    /// The word in one piece, lower case.
    pub form: String,
    /// Whether its last piece belongs to another word too, as in `barn- och ungdomsvård`.
    pub shared: bool,
}

/// Words of a text between which a shared last part is looked for: `barn-, ungdoms- och familjevården`.
const REACH: usize = 5;

/// The words that `text` writes in two pieces; `words` are its words, as [`words`] gives them.
pub fn joined(text: &str, words: &[Word]) -> Vec<Joined> {
    let mut out = Vec::new();
    for (at, pair) in words.windows(2).enumerate() {
        let [one, next] = pair else { continue };
        let Some(between) = text.get(one.range.end..next.range.start) else {
            continue;
        };
        let Some(after) = between.strip_prefix(['-', '\u{2010}', '\u{2011}']) else {
            continue;
        };
        let letters = |word: &Word| word.form.chars().all(char::is_alphabetic);
        if !letters(one) || one.form.chars().count() < 2 {
            continue;
        }
        if after.is_empty() {
            let form = format!("{}{}", one.form, next.form);
            // Hägersten-Liljeholmen is no word in one piece.
            if letters(next) && is_word(&form) {
                out.push(Joined {
                    first: at,
                    last: at + 1,
                    form,
                    shared: false,
                });
            }
        } else if after.starts_with(|c: char| c.is_whitespace() || c == ',' || c == '/')
            && let Some(head) = head_after(text, words, at)
        {
            let whole = &words[head].form;
            for (part, inner) in inner_parts(whole) {
                let form = format!("{}{}", one.form, &whole[part..]);
                // Cut inside its first part, the other word must be as plain as what it was made of.
                if is_word(&form) && !(inner && lexicon::parts(&form).len() > 2) {
                    out.push(Joined {
                        first: at,
                        last: head,
                        form,
                        shared: true,
                    });
                }
            }
        }
    }
    out
}

/// The number of the compound that gives its last part to the piece `at`: the next word behind an och, eller or comma
/// that is no such piece itself.
fn head_after(text: &str, words: &[Word], at: usize) -> Option<usize> {
    for (next, word) in words.iter().enumerate().skip(at + 1).take(REACH) {
        if ["och", "eller", "samt", "respektive", "resp"].contains(&word.form.as_str()) {
            continue;
        }
        let piece = text[word.range.end..].starts_with(['-', '\u{2010}', '\u{2011}']);
        if !piece {
            return Some(next);
        }
    }
    None
}

/// Where the parts of `word` but the first begin; those inside a compound that is its first part are said to be inner.
fn inner_parts(word: &str) -> Vec<(usize, bool)> {
    let parts = parts(word);
    let mut starts: Vec<(usize, bool)> = parts
        .iter()
        .skip(1)
        .map(|part| (part.start, false))
        .collect();
    if let Some(first) = parts.first() {
        starts.extend(
            lexicon::parts(&word[first.clone()])
                .iter()
                .skip(1)
                .map(|part| (first.start + part.start, true)),
        );
    }
    starts.sort_unstable();
    starts
}

/// Whether `form` is a word or a compound of words.
pub fn is_word(form: &str) -> bool {
    lexicon::count(form) > 0 || !lexicon::parts(form).is_empty()
}

/// The parts of a compound, as byte ranges of `form`; nothing when it is none.
///
/// Where the lexicon finds no parts, two of its words that make up the whole are parts: utegym.
pub fn parts(form: &str) -> Vec<Range<usize>> {
    let parts = lexicon::parts(form);
    if parts.is_empty() {
        loose_parts(form)
    } else {
        parts
    }
}

/// Last parts of three letters that the lexicon leaves aside: it takes so short ones only from a list of its own.
const SHORT_LAST: &[&str] = &["gym", "mur", "pub"];

/// Times that a word must have been counted to be taken for a part of a word that nobody counted.
const SEEN: u32 = 30;

fn loose_parts(form: &str) -> Vec<Range<usize>> {
    if !(6..=40).contains(&form.chars().count()) || !form.chars().all(char::is_alphabetic) {
        return Vec::new();
    }
    // A word that was counted and has no parts is none of two words, unless its last part was too short to be looked at.
    let unknown = lexicon::count(form) == 0;
    let mut best: Option<(u32, usize)> = None;
    for (at, _) in form.char_indices() {
        let (first, last) = form.split_at(at);
        let long = |part: &str| part.chars().count() >= SHORTEST_PART;
        // An ending is no part: the last one must be known to end compounds, in this form or in its stem.
        if !long(first) || !long(last) || lexicon::count(first) < SEEN {
            continue;
        }
        let short =
            last.chars().count() <= 6 && SHORT_LAST.contains(&inflection::simple(last).as_str());
        let ends = short || unknown && ends_compounds(last);
        if !ends {
            continue;
        }
        let sure = lexicon::count(first).min(lexicon::count(last).max(SEEN));
        if best.is_none_or(|(other, _)| sure > other) {
            best = Some((sure, at));
        }
    }
    best.map(|(_, at)| vec![0..at, at..form.len()])
        .unwrap_or_default()
}

/// Whether `word` is known to be the last part of compounds.
fn ends_compounds(word: &str) -> bool {
    let model = lexicon::model();
    let known = |form: &str| {
        model
            .id(form)
            .is_some_and(|id| model.count(id) >= SEEN && model.head(id) >= 1.0)
    };
    known(word) || known(&inflection::simple(word))
}

/// Words that stand in every paper, in the order of their bytes. Two of them in a row are filed as one, so that a phrase of nothing else does not read
/// every place of every paper.
const FUNCTION_WORDS: &[&str] = &[
    "all", "alla", "andra", "att", "av", "bland", "bli", "blir", "blivit", "de", "dem", "den",
    "denna", "deras", "dess", "dessa", "det", "detta", "där", "då", "efter", "ej", "eller", "en",
    "ett", "finns", "från", "få", "får", "för", "före", "genom", "ha", "hade", "han", "har", "hon",
    "hur", "här", "i", "ingen", "inom", "inte", "kan", "kommer", "kunna", "man", "med", "mellan",
    "men", "mer", "mot", "mycket", "måste", "ni", "nu", "när", "någon", "något", "några", "och",
    "också", "om", "oss", "på", "samt", "sig", "sin", "sina", "sitt", "ska", "skall", "skulle",
    "som", "så", "till", "under", "upp", "ur", "ut", "utan", "vad", "var", "vara", "varit",
    "varje", "vi", "vid", "vilka", "vilket", "vill", "vår", "våra", "än", "är", "år", "åt", "över",
];

/// Whether `form` stands in every paper and tells nothing of any.
pub fn is_function_word(form: &str) -> bool {
    FUNCTION_WORDS.binary_search(&form).is_ok()
}

/// What a word is to the tiers below the exact one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forms {
    /// The stem that its inflections share.
    pub stem: String,
    /// The stems of its parts, when it is a compound.
    pub parts: Vec<String>,
}

impl Forms {
    /// The forms of `form`, a word as [`words`] gives it.
    pub fn of(form: &str) -> Forms {
        let mut parts: Vec<String> = Vec::new();
        for range in self::parts(form) {
            let part = &form[range];
            if part.chars().count() >= SHORTEST_PART && part != form {
                let stem = inflection::stem(part);
                if !parts.contains(&stem) {
                    parts.push(stem);
                }
            }
        }
        Forms {
            stem: inflection::stem(form),
            parts,
        }
    }
}

/// Words whose forms a thread remembers: papers say the same ones again and again, and telling a compound's parts takes
/// longer than anything else that is done to a word.
const REMEMBERED: usize = 100_000;

thread_local! {
    static FORMS: RefCell<HashMap<String, Forms>> = RefCell::new(HashMap::new());
}

/// Gives `take` the forms of `form`, a word as [`words`] gives it.
pub fn with_forms<R>(form: &str, take: impl FnOnce(&Forms) -> R) -> R {
    FORMS.with_borrow_mut(|known| {
        if let Some(forms) = known.get(form) {
            return take(forms);
        }
        // Starting over is rare and cheap; keeping count of what is used is neither.
        if known.len() >= REMEMBERED {
            known.clear();
        }
        take(
            known
                .entry(form.to_owned())
                .or_insert_with(|| Forms::of(form)),
        )
    })
}

/// The word without the marks of its letters: å and ä become a, ö becomes o.
pub fn fold(form: &str) -> String {
    if form.is_ascii() {
        return form.to_owned();
    }
    form.nfd().filter(|c| !is_combining_mark(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        let text = "Dnr HL 2019/619, LKUF:s idé- och A\u{30a}rsta";
        let found: Vec<_> = words(text).map(|word| word.form).collect();
        assert_eq!(
            found,
            [
                "dnr", "hl", "2019", "619", "lkuf", "s", "idé", "och", "årsta"
            ]
        );
        assert!(words(text).all(|word| !text[word.range.clone()].contains(' ')));
        assert_eq!(words("").count(), 0);
        assert_eq!(
            words(&"å".repeat(70_000))
                .next()
                .map(|word| word.form.chars().count()),
            Some(64)
        );
    }

    #[test]
    fn words_in_two_pieces_are_joined() {
        for (text, forms) in [
            ("en social-sekreterare", "socialsekreterare"),
            ("barn- och ungdomsvården", "barnvården"),
            ("Ungdoms- och barnvård", "ungdomsvård"),
            ("hälso- och sjukvård", "hälsovård"),
            (
                "kultur-, idrotts- och fritidsverksamhet",
                "kulturverksamhet idrottsverksamhet",
            ),
            ("Hägersten-Liljeholmen", ""),
            ("för- och nackdelar", ""),
            ("klockan 18-20", ""),
            ("plan - och bygg", ""),
            ("barn-", ""),
        ] {
            let words: Vec<Word> = words(text).collect();
            let found: Vec<String> = joined(text, &words)
                .into_iter()
                .map(|word| word.form)
                .collect();
            assert_eq!(found.join(" "), forms, "{text}");
        }
    }

    #[test]
    fn a_compound_of_an_unknown_first_part_has_parts() {
        for (word, part) in [("utegym", "gym"), ("utegymmet", "gym")] {
            assert!(
                Forms::of(word).parts.contains(&part.to_owned()),
                "{word}: {:?}",
                Forms::of(word)
            );
        }
        for word in [
            "berättelse",
            "gymnasieskolor",
            "livslängd",
            "snatteri",
            "tillgängliga",
            "hundra",
            "gemensam",
            "vittnat",
        ] {
            for part in ["rätt", "gym", "läng", "äng", "natt", "hund", "ensam", "vit"] {
                assert!(
                    !Forms::of(word).parts.contains(&part.to_owned()),
                    "{part} in {word}"
                );
            }
        }
    }

    #[test]
    fn folding_takes_the_marks_and_nothing_else() {
        for (was, now) in [
            ("hållbar", "hallbar"),
            ("ärende", "arende"),
            ("idé", "ide"),
            ("plan", "plan"),
        ] {
            assert_eq!(fold(was), now);
        }
    }
}
