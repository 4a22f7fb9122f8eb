//! Text → the words that the index holds, in the forms of each tier. Pure; asked alike when papers are filed and when
//! they are asked for.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::memory::{self, Memory};
use super::{compounds, derivation, inflection, nested};
use crate::lexicon;

/// Letters of a word that are kept: a longer run of letters is no word, and tantivy would drop it whole.
const LONGEST: usize = 64;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<Form = String> {
    /// Where it stands, in bytes of the text.
    pub range: Range<usize>,
    /// The word in lower case, composed.
    pub form: Form,
}

/// Signs that are words: what they are read as.
const SIGNS: [(char, &str); 2] = [('%', "procent"), ('§', "§")];

/// The words of `text`: runs of letters and digits, and the signs % and §.
pub fn words(text: &str) -> impl Iterator<Item = Word> + '_ {
    cut(text).map(|word| Word {
        range: word.range,
        form: word.form.into_owned(),
    })
}

/// As [`words`], where a word that stands in the text as its form is, is lent from there: most are.
pub fn cut(text: &str) -> impl Iterator<Item = Word<Cow<'_, str>>> {
    let bytes = text.as_bytes();
    let sign = |c: char| SIGNS.iter().find(|(sign, _)| *sign == c);
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = loop {
            let byte = *bytes.get(at)?;
            if byte.is_ascii_alphanumeric() {
                break at;
            }
            let c = letter_at(text, at)?;
            if let Some((_, read)) = sign(c) {
                let start = at;
                at += c.len_utf8();
                return Some(Word {
                    range: start..at,
                    form: Cow::Borrowed(*read),
                });
            }
            if !byte.is_ascii() && c.is_alphanumeric() {
                break at;
            }
            at += c.len_utf8();
        };
        let mut small = true;
        loop {
            match bytes.get(at) {
                Some(b'a'..=b'z' | b'0'..=b'9') => at += 1,
                Some(b'A'..=b'Z') => {
                    small = false;
                    at += 1;
                }
                // From ß to ÿ all are small letters but ÷.
                Some(0xc3) if matches!(bytes.get(at + 1), Some(0x9f..=0xb6 | 0xb8..=0xbf)) => {
                    at += 2;
                }
                Some(byte) if byte.is_ascii() => break,
                _ => match letter_at(text, at) {
                    Some(c) if c.is_alphanumeric() || is_combining_mark(c) => {
                        small = false;
                        at += c.len_utf8();
                    }
                    _ => break,
                },
            }
        }
        let word = &text[start..at];
        Some(Word {
            range: start..at,
            form: if small && word.len() <= LONGEST {
                Cow::Borrowed(word)
            } else {
                Cow::Owned(form(word))
            },
        })
    })
}

/// The letter that begins at byte `at`.
#[inline]
fn letter_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        _ => text.get(at..)?.chars().next(),
    }
}

/// A word as the exact tier holds it: lower case, composed, of bounded length.
fn form(word: &str) -> String {
    if word.is_ascii() && word.len() <= LONGEST {
        return word.to_ascii_lowercase();
    }
    // Letters before the combining marks are composed as they stand.
    if word.len() <= LONGEST && word.chars().all(|c| c < '\u{300}') {
        let mut form = String::with_capacity(word.len() + 1);
        for letter in word.chars() {
            match letter {
                'å' | 'ä' | 'ö' => form.push(letter),
                _ if letter.is_ascii() => form.push(letter.to_ascii_lowercase()),
                _ => form.extend(letter.to_lowercase()),
            }
        }
        return form;
    }
    word.nfc()
        .flat_map(char::to_lowercase)
        .take(LONGEST)
        .collect()
}

/// Words that stand in every paper, in the order of their bytes. Two of them in a row are filed as one, and three, so that a
/// phrase of nothing else does not read every place of every paper.
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

/// Function words in a row that are filed as one, at most.
pub const LONGEST_RUN: usize = 3;

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
    /// Whether it stands in every paper ([`is_function_word`]).
    pub function: bool,
}

impl Forms {
    /// The forms of `form`, a word as [`words`] gives it.
    pub fn of(form: &str) -> Forms {
        let mut parts: Vec<String> = Vec::new();
        for part in nested::parts_of_parts(form) {
            if !parts.contains(&part.stem) {
                parts.push(part.stem);
            }
        }
        let stem = inflection::stem(form);
        Forms {
            function: is_function_word(form),
            stem,
            parts,
        }
    }
}

/// Words whose forms a thread remembers: papers say the same ones again and again, and telling a compound's parts takes
/// longer than anything else that is done to a word.
const REMEMBERED: usize = 100_000;

thread_local! {
    static FORMS: RefCell<Memory<Forms>> = RefCell::new(Memory::new(REMEMBERED));
}

/// Gives `take` the forms of `form`, a word as [`words`] gives it.
pub fn with_forms<R>(form: &str, take: impl FnMut(&Forms) -> R) -> R {
    memory::with(&FORMS, form, || Forms::of(form), take)
}

/// The stems of words made from `form` or that it is made from, which say nearly the same: rekrytera and rekrytering.
pub fn derived(form: &str) -> Vec<String> {
    derivation::derived(form)
}

/// The stems of a compound of two parts written with and without the linking s, but for its own, which is `stem`:
/// biståndhandläggare, biståndshandläggare. Of another word, whose parts are not two, there are none.
pub fn linked_otherwise(form: &str, parts: &[Range<usize>], stem: &str) -> Vec<String> {
    let [first, last] = parts else {
        return Vec::new();
    };
    if last.end != form.len()
        || !["", "s"].contains(&form.get(first.end..last.start).unwrap_or("-"))
    {
        return Vec::new();
    }
    let begin = form[first.clone()].trim_end_matches('s');
    let head = inflection::simple(&form[last.clone()]);
    ["", "s"]
        .iter()
        .map(|link| format!("{begin}{link}{head}"))
        .filter(|other| other != stem)
        .collect()
}

/// How many letters all forms of `form` share from their beginning, without their marks, when no rule of endings joins
/// them: one of `ge` and `gav`.
pub fn letters_shared(form: &str) -> Option<usize> {
    inflection::letters_shared(form)
}

/// Forms of the word of `stem` that are filed as those of another word: the händer of hand.
pub fn shared_forms(stem: &str) -> &'static [&'static str] {
    inflection::shared_forms(stem)
}

/// The stem of the other word that `form` is of, beside the one that it is filed under: the hand of händer.
pub fn shared_by(form: &str) -> Option<&'static str> {
    inflection::shared_by(form)
}

/// Times that a word must have been counted to be meant as it stands, whatever its letters are with marks.
const COMMON: u32 = 96;

/// How often the same letters must stand with marks to be meant by whoever types a rare word without them.
const MARKED: u32 = 20;

/// Whether `form`, typed without marks, is a word as it stands: `svar` asks for no svår; `jorgen` is typed for Jörgen.
pub fn stands_without_marks(form: &str) -> bool {
    let count = lexicon::count(form);
    if count == 0 {
        // A name of the list that no other word is written like.
        if lexicon::is_known(form) && most_marked(form).is_none() {
            return true;
        }
        let parts = lexicon::parts(form);
        return !parts.is_empty()
            && parts
                .into_iter()
                .all(|part| stands_without_marks(&form[part]));
    }
    let marked = most_marked(form).map_or(0, |(count, _)| count);
    count >= COMMON || marked <= count.saturating_mul(MARKED) || is_inflected(form)
}

/// Endings of nouns that tell whether their word is one.
const ENDINGS: [&str; 5] = ["ar", "arna", "en", "er", "et"];

/// Whether `form` was counted with endings of its own, oftener than what has its letters with marks: a kant has kanter, and
/// there are no känter. What is only typed without marks has no such form: lon.
fn is_inflected(form: &str) -> bool {
    ENDINGS.iter().any(|end| {
        let ended = format!("{form}{end}");
        let count = lexicon::count(&ended);
        count >= SEEN && most_marked(&ended).is_none_or(|(marked, _)| marked < count)
    })
}

/// The stem, without marks, of what is meant by `form` typed without them: that of the commonest word with its letters.
pub fn unmarked_stem(form: &str) -> String {
    let meant = most_marked(form).map(|(_, meant)| meant);
    fold(&Forms::of(meant.as_deref().unwrap_or(form)).stem)
}

/// The stems of the other words that `form`, typed without marks, may be: the nå of nar, which is mostly när.
pub fn unmarked_stems(form: &str) -> Vec<String> {
    let first = unmarked_stem(form);
    let mut stems: Vec<String> = all_marked(form)
        .into_iter()
        .filter(|(count, _)| *count >= SEEN)
        .map(|(_, meant)| Forms::of(&meant).stem)
        .filter(|stem| fold(stem) != first)
        .collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}

/// Times that a word must have been counted to be meant beside a commoner one.
const SEEN: u32 = 5;

/// The word that is meant by `form`, which was typed with some of its marks: biståndsbedomare. Nothing for a word that is one
/// as it stands.
pub fn half_marked(form: &str) -> Option<String> {
    if form.chars().count() < LONG_HALF || compounds::is_word(form) {
        return None;
    }
    if let Some((_, meant)) = most_marked(form) {
        return Some(meant);
    }
    let word = |part: &str| {
        let own = Some((lexicon::count(part), part.to_owned())).filter(|own| own.0 > 0);
        most_marked(part).max(own)
    };
    let mut best: Option<(u32, String)> = None;
    for (at, _) in form.char_indices() {
        let (first, last) = form.split_at(at);
        if first.chars().count() < SHORTEST_HALF || last.chars().count() < SHORTEST_HALF {
            continue;
        }
        let begin = word(first).or_else(|| {
            let (count, bare) = word(first.strip_suffix('s')?)?;
            Some((count, format!("{bare}s")))
        });
        if let (Some(begin), Some(end)) = (begin, word(last)) {
            let meant = (begin.0.min(end.0), begin.1 + &end.1);
            if meant.1 != form && best.as_ref().is_none_or(|best| *best < meant) {
                best = Some(meant);
            }
        }
    }
    best.map(|(_, meant)| meant)
}

/// Letters of a word, and of its parts, whose marks may have been typed by halves.
const LONG_HALF: usize = 6;
/// As [`LONG_HALF`], of its parts.
const SHORTEST_HALF: usize = 4;

/// The commonest word that differs from `form` in its marks alone, and how often it was counted.
fn most_marked(form: &str) -> Option<(u32, String)> {
    all_marked(form).into_iter().max()
}

/// The words that differ from `form` in their marks alone, and how often each was counted.
fn all_marked(form: &str) -> Vec<(u32, String)> {
    let model = lexicon::model();
    let mut found = Vec::new();
    let Some(words) = model.words() else {
        return found;
    };
    let words = words.as_fst();
    // Ways into the word list that are still to be gone: the place in `form`, the node, what it is worth, the letters so far.
    let mut ways = vec![(
        0,
        words.root().addr(),
        fst::raw::Output::zero(),
        String::new(),
    )];
    while let Some((at, address, worth, so_far)) = ways.pop() {
        let node = words.node(address);
        let Some(letter) = form[at..].chars().next() else {
            if node.is_final() && so_far != form {
                let id = u32::try_from(worth.cat(node.final_output()).value());
                let count = id.map_or(0, |id| model.count(id));
                if count > 0 {
                    found.push((count, so_far));
                }
            }
            continue;
        };
        let marked: &[char] = match letter {
            'a' => &['å', 'ä'],
            'o' => &['ö'],
            'e' => &['é'],
            _ => &[],
        };
        for letter_ in marked.iter().chain([&letter]) {
            let mut bytes = [0; 4];
            let mut step = Some((address, worth));
            for byte in letter_.encode_utf8(&mut bytes).bytes() {
                step = step.and_then(|(address, worth)| {
                    let node = words.node(address);
                    let next = node.transition(node.find_input(byte)?);
                    Some((next.addr, worth.cat(next.out)))
                });
            }
            if let Some((address, worth)) = step {
                let mut so_far = so_far.clone();
                so_far.push(*letter_);
                ways.push((at + letter.len_utf8(), address, worth, so_far));
            }
        }
    }
    found
}

/// A small letter of Swedish words without its mark; nothing for what has to be looked up.
fn bare_letter(letter: char) -> Option<char> {
    match letter {
        'å' | 'ä' => Some('a'),
        'ö' => Some('o'),
        'é' => Some('e'),
        'ü' => Some('u'),
        letter => letter.is_ascii().then_some(letter),
    }
}

/// The word without the marks of its letters: å and ä become a, ö becomes o.
pub fn fold(form: &str) -> String {
    let mut out = String::with_capacity(form.len());
    fold_onto(form, &mut out);
    out
}

/// Adds [`fold`] of `form` to `out`.
pub fn fold_onto(form: &str, out: &mut String) {
    if form.is_ascii() {
        out.push_str(form);
        return;
    }
    let start = out.len();
    for letter in form.chars() {
        match bare_letter(letter) {
            Some(bare) => out.push(bare),
            None => {
                out.truncate(start);
                out.extend(form.nfd().filter(|c| !is_combining_mark(*c)));
                return;
            }
        }
    }
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

    proptest::proptest! {
        #[test]
        fn words_lie_where_they_are_said_to(text in "[a-zåÄ0-9 ,.%§\u{308}\u{30a}€-]{0,40}") {
            let inside = |c: char| c.is_alphanumeric() || is_combining_mark(c);
            let mut at = 0;
            for word in words(&text) {
                let said = &text[word.range.clone()];
                // Nothing that begins a word is left out between one and the next.
                let begins = |c: char| c.is_alphanumeric() || "%§".contains(c);
                proptest::prop_assert!(!text[at..word.range.start].contains(begins));
                let sign = "%§".contains(said);
                proptest::prop_assert!(sign || said.chars().all(inside));
                proptest::prop_assert!(sign || !text[word.range.end..].starts_with(inside));
                at = word.range.end;
            }
            proptest::prop_assert!(!text[at..].contains(char::is_alphanumeric));
        }

        #[test]
        fn the_short_ways_lead_where_the_long_ones_do(word in "[a-zåäöÅÄÖéüÉß0-9A-ZæøŁłñ]{1,12}") {
            let long: String = word.nfc().flat_map(char::to_lowercase).take(LONGEST).collect();
            proptest::prop_assert_eq!(form(&word), long);
            let bare: String = word.nfd().filter(|c| !is_combining_mark(*c)).collect();
            proptest::prop_assert_eq!(fold(&word), bare);
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
