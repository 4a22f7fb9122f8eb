//! Text → the words that the index holds, in the forms of each tier. Pure; asked alike when papers are filed and when
//! they are asked for.

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
        for range in lexicon::parts(form) {
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
