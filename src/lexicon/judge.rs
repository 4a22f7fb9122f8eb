//! A page's text → whether it is sound.
//!
//! Comes in: the text of one page. Goes out: the verdict, from letters and words alone. Two passes: Swedish that has its
//! å, ä and ö (five letters of a hundred) is sound, and counting them costs a nanosecond a byte; only text without them
//! is read word by word, and no more of it than is needed to be sure.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use super::data::{Model, model};
use super::{Judgement, Verdict};

/// Fewer letters than this say nothing.
const LETTERS: usize = 12;
/// The share of å, ä and ö among letters above which text is sound. Swedish has 0.05; the least on a page of 290 was 0.015.
const MARKS: f32 = 0.012;
/// Words that are read, at most, to tell damaged Swedish from other text.
const WORDS: usize = 150;

/// So many words that are plainly Swedish without their marks say that a list has lost them: how many letters such a word
/// has at least, and how common the marked one is.
const PLAIN: usize = 3;
const PLAIN_LETTERS: usize = 6;
const PLAIN_COUNT: u32 = 300;
/// The same for long words.
const LONG_LETTERS: usize = 12;
const LONG_COUNT: u32 = 20;

/// What stands for an é while words with other marks are looked up in its place.
const ACUTE: &str = "\u{1}";
/// How many words are remembered with their counts.
const REMEMBERED: usize = 20_000;

/// See [`super::judge`].
pub(super) fn judge(text: &str) -> Judgement {
    let (letters, marks) = tally(text.as_bytes());
    if letters < LETTERS {
        return Judgement {
            verdict: Verdict::Empty,
            score: 1.0,
        };
    }
    let share = marks as f32 / letters as f32;
    if share >= MARKS {
        return Judgement {
            verdict: Verdict::Clean,
            score: (0.5 + share / 0.06).min(1.0),
        };
    }
    let signs = signs(text);
    let words = (signs.words as f32).max(1.0);
    let lost = signs.lost as f32 / words;
    let strange = signs.strange as f32 / (signs.small as f32).max(1.0);
    // English has its `for` and `at`, but hardly a word of Swedish grammar beside them.
    let swedish = signs.swedish > signs.foreign && signs.swedish as f32 > 0.04 * words;
    let damaged = if swedish {
        signs.lost + signs.odd >= 2 && lost + signs.odd as f32 / words > 0.03
    } else {
        // Headings and lists have no grammar; every other word of theirs must speak, or some that are plainly Swedish
        // (`narvarande`, `ordforande`).
        let amiss = (signs.lost + signs.odd) as f32 / words;
        let plain = signs.plain >= PLAIN && amiss > 0.06;
        signs.foreign == 0 && (signs.lost >= 3 && lost > 0.3 || plain)
    };
    if !damaged {
        return Judgement {
            verdict: Verdict::Clean,
            score: if swedish { 0.9 } else { 0.5 },
        };
    }
    let verdict = if signs.odd > 0 || (signs.strange >= 2 && strange > 0.04) {
        Verdict::Mangled
    } else {
        Verdict::LostMarks
    };
    Judgement {
        verdict,
        score: 0.5 * (1.0 - (lost + strange + signs.odd as f32 / words).min(1.0)),
    }
}

/// See [`super::is_foreign`].
pub(super) fn foreign(text: &str) -> bool {
    let (mut words, mut swedish, mut foreign) = (0, 0, 0);
    for token in text.split_whitespace() {
        let word = token.trim_matches(|c: char| !c.is_alphanumeric());
        if word.len() < 2 {
            continue;
        }
        words += 1;
        if words > WORDS {
            break;
        }
        // All these words are short.
        let small = if word.len() <= 8 && word.starts_with(|c: char| c.is_ascii_uppercase()) {
            Cow::Owned(word.to_lowercase())
        } else {
            Cow::Borrowed(word)
        };
        swedish += usize::from(is_swedish(&small));
        foreign += usize::from(is_foreign(&small));
    }
    foreign >= 6 && foreign > 3 * swedish
}

/// See [`super::is_foreign_sentence`].
pub(super) fn foreign_sentence(sentence: &str) -> bool {
    let (mut words, mut swedish, mut foreign) = (0, 0, 0);
    for word in sentence.split_ascii_whitespace() {
        words += 1;
        swedish += usize::from(is_swedish(word));
        foreign += usize::from(is_foreign(word));
    }
    foreign >= 3 && swedish == 0 && foreign * 6 >= words
}

/// Letters, and how many of them are å, ä and ö.
fn tally(bytes: &[u8]) -> (usize, usize) {
    let (mut letters, mut marks) = (0usize, 0usize);
    // In chunks, so that the compiler can count sixteen bytes at a time.
    for chunk in bytes.chunks(128) {
        let (mut some, mut lead) = (0u8, 0u8);
        for &byte in chunk {
            some += u8::from((byte | 32).wrapping_sub(b'a') < 26);
            lead += u8::from(byte == 0xc3);
        }
        letters += usize::from(some) + usize::from(lead);
        if lead == 0 {
            continue;
        }
        let start = chunk.as_ptr() as usize - bytes.as_ptr() as usize;
        for at in memchr::memchr_iter(0xc3, chunk) {
            marks += usize::from(matches!(
                bytes.get(start + at + 1),
                Some(0x85 | 0x84 | 0x96 | 0xa5 | 0xa4 | 0xb6)
            ));
        }
    }
    (letters, marks)
}

/// What the words of a text say.
#[derive(Default)]
struct Signs {
    /// Words of two letters and more.
    words: usize,
    /// Of these, words in small letters.
    small: usize,
    /// Words of Swedish grammar.
    swedish: usize,
    /// Words of English, German or Danish grammar.
    foreign: usize,
    /// Words that would be Swedish, or far commoner Swedish, with å, ä or ö.
    lost: usize,
    /// Of these, long ones that are common with their marks and nothing without.
    plain: usize,
    /// Small-letter words that no marks make Swedish.
    strange: usize,
    /// Words with signs inside that no word has.
    odd: usize,
}

/// Whether `word` is of Swedish grammar, also as an English engine reads it.
pub(super) fn is_swedish(word: &str) -> bool {
    matches!(
        word,
        "och"
            | "att"
            | "det"
            | "som"
            | "av"
            | "ett"
            | "inte"
            | "till"
            | "med"
            | "eller"
            | "samt"
            | "vid"
            | "har"
            | "skall"
            | "ska"
            | "inom"
            | "enligt"
            | "kommer"
            | "finns"
            | "den"
            | "om"
            | "sig"
            | "kan"
            | "denna"
            | "detta"
            | "dessa"
            | "deras"
            | "utan"
            | "mellan"
            | "ar"
            | "fran"
            | "pa"
            | "dr"
            | "pd"
            | "pé"
            | "tiii"
            | "aven"
            | "hos"
            | "hur"
            | "vad"
            | "vilka"
            | "vilket"
            | "hade"
            | "blir"
            | "blev"
            | "genom"
    )
}

/// Whether `word` is of English, German, French, Danish or Finnish grammar.
pub(super) fn is_foreign(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "of"
            | "and"
            | "is"
            | "to"
            | "that"
            | "this"
            | "with"
            | "from"
            | "are"
            | "was"
            | "were"
            | "not"
            | "which"
            | "by"
            | "has"
            | "have"
            | "will"
            | "be"
            | "der"
            | "die"
            | "und"
            | "das"
            | "nicht"
            | "ist"
            | "mit"
            | "og"
            | "af"
            | "ikke"
            | "til"
            | "les"
            | "des"
            | "et"
            | "une"
            | "est"
            | "que"
            | "el"
            | "los"
            | "las"
            | "del"
            | "on"
            | "ja"
            | "ei"
    )
}

/// Whether a word of so many `letters` that is nothing without marks is plainly Swedish when with them it was counted
/// `marked` times. No name is so long.
fn is_plain(letters: usize, marked: u32) -> bool {
    letters >= PLAIN_LETTERS && marked >= PLAIN_COUNT
        || letters >= LONG_LETTERS && marked >= LONG_COUNT
}

fn signs(text: &str) -> Signs {
    let data = model();
    let mut signs = Signs::default();
    for token in text.split_whitespace() {
        // Enough when the answer can no longer change: plainly Swedish, plainly misread.
        let plain = signs.swedish >= 6 && signs.foreign == 0 && signs.odd >= 2 && signs.lost >= 10;
        if signs.words >= WORDS || signs.words >= 40 && plain {
            break;
        }
        let word = token.trim_matches(|c: char| !c.is_alphanumeric() && c != '\u{fffd}');
        if word.contains(['@', '/', '\\', '_']) || word.contains("www") {
            continue;
        }
        let (mut letters, mut digits, mut capitals, mut odd) = (0, 0, 0, 0);
        for c in word.chars() {
            letters += usize::from(c.is_alphabetic());
            digits += usize::from(c.is_ascii_digit());
            capitals += usize::from(c.is_uppercase());
            odd += usize::from(matches!(
                c,
                '{' | '}'
                    | '\u{fffd}'
                    | '?'
                    | '\''
                    | '&'
                    | '|'
                    | '¢'
                    | '£'
                    | '$'
                    | '®'
                    | '§'
                    | '¥'
                    | '‘'
                    | '’'
                    | '“'
                    | '”'
                    | 'Ã'
                    | 'â'
            ));
        }
        if letters < 2 {
            continue;
        }
        signs.words += 1;
        let seen = seen(data, word);
        signs.swedish += usize::from(seen.swedish);
        signs.foreign += usize::from(seen.foreign);
        // A digit or a brace between small letters; `é` in a word that does not end with it, or in `pé`.
        let accent = seen.known == 0 && word.contains(['é', 'É']);
        if (odd > 0 || digits == 1) && letters >= 4 && capitals <= 1 && starts_small(word) || accent
        {
            signs.odd += 1;
            signs.plain += usize::from(is_plain(letters, seen.marked));
            continue;
        }
        if digits > 0 || odd > 0 {
            continue;
        }
        signs.small += usize::from(capitals == 0);
        let Seen { known, marked, .. } = seen;
        if marked >= 20 * known.max(1) || (known == 0 && marked > 1) {
            signs.lost += 1;
            signs.plain += usize::from(known == 0 && is_plain(letters, marked));
        } else if known == 0 && capitals == 0 && letters >= 3 && marked == 0 && !seen.compound {
            signs.strange += 1;
        }
    }
    signs
}

/// What is known of one word.
#[derive(Clone, Copy)]
struct Seen {
    swedish: bool,
    foreign: bool,
    /// How often it was counted.
    known: u32,
    /// The count of the commonest word that it becomes with marks.
    marked: u32,
    compound: bool,
}

/// What is known of `word`. The words last asked for are remembered: the same ones stand on every page.
fn seen(data: &Model, word: &str) -> Seen {
    thread_local! {
        static SEEN: RefCell<HashMap<Box<str>, Seen>> = RefCell::default();
    }
    if let Some(known) = SEEN.with_borrow(|seen| seen.get(word).copied()) {
        return known;
    }
    let small = word.to_lowercase();
    let known = data.id(&small).map_or(0, |id| data.count(id).max(1));
    let marked = marked(data, &small);
    let found = Seen {
        swedish: is_swedish(&small),
        foreign: is_foreign(&small),
        known,
        marked,
        compound: known == 0 && marked == 0 && !super::parts(&small).is_empty(),
    };
    SEEN.with_borrow_mut(|seen| {
        if seen.len() >= REMEMBERED {
            seen.clear();
        }
        seen.insert(word.into(), found);
    });
    found
}

/// Whether the word goes on in small letters after its first sign (`F6rvaltning`, `16pande`; not `HL2019`).
fn starts_small(word: &str) -> bool {
    let small = word.chars().filter(|c| c.is_lowercase()).count();
    small * 2 > word.chars().count()
}

/// The count of the commonest word that `word` becomes when some of its a, o and e get marks, and each é another one.
pub(super) fn marked(data: &Model, word: &str) -> u32 {
    // An é stands for any letter with a mark.
    let word = word.replace('é', ACUTE);
    if !word.is_ascii() || word.len() > 40 {
        return 0;
    }
    let Some(words) = data.words() else {
        return 0;
    };
    let fst = words.as_fst();
    let mut best = 0;
    let mut stack = vec![(fst.root().addr(), 0usize, fst::raw::Output::zero(), false)];
    // A word of many vowels opens few ways, for most of them are no words; the ceiling is for hostile text.
    let mut steps = 0;
    while let Some((addr, at, value, changed)) = stack.pop() {
        steps += 1;
        if steps > 4000 {
            break;
        }
        let node = fst.node(addr);
        let Some(&byte) = word.as_bytes().get(at) else {
            if node.is_final() && changed {
                best = best.max(data.count(value.cat(node.final_output()).value() as u32));
            }
            continue;
        };
        if let Some(index) = node.find_input(byte) {
            let step = node.transition(index);
            stack.push((step.addr, at + 1, value.cat(step.out), changed));
        }
        let marks: &[u8] = match byte {
            b'a' => &[0xa5, 0xa4],
            b'o' => &[0xb6],
            b'e' => &[0xa9],
            b'\x01' => &[0xa5, 0xa4, 0xb6],
            _ => &[],
        };
        if marks.is_empty() {
            continue;
        }
        let Some(index) = node.find_input(0xc3) else {
            continue;
        };
        let lead = node.transition(index);
        let value = value.cat(lead.out);
        let node = fst.node(lead.addr);
        for &mark in marks {
            if let Some(index) = node.find_input(mark) {
                let step = node.transition(index);
                stack.push((step.addr, at + 1, value.cat(step.out), true));
            }
        }
    }
    best
}
