//! Words that a text writes in pieces → the words in one piece. Pure.
//!
//! Hyphens (`social-sekreterare`), a last part that two words share (`barn- och ungdomsvård`), digits in groups (`1 500`,
//! `08-508 220 00`).

use std::ops::Deref;

use super::compounds::{is_word, parts};
use super::inflection;
use super::words::Word;
use crate::lexicon;

/// A word that a text writes in pieces: `social-sekreterare`, the barnvård of `barn- och ungdomsvård`, `1 500`.
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

/// The words that `text` writes in pieces; `words` are its words, as [`words`](super::words::words) gives them.
pub fn joined<F: Deref<Target = str>>(text: &str, words: &[Word<F>]) -> Vec<Joined> {
    joined_where(text, words, |_| true)
}

/// As [`joined`], of those whose letters `wanted` says yes to: whether letters are a word takes long to tell.
pub fn joined_where<F: Deref<Target = str>>(
    text: &str,
    words: &[Word<F>],
    wanted: impl Fn(&str) -> bool,
) -> Vec<Joined> {
    let mut out = numbers(text, words);
    out.retain(|number| wanted(&number.form));
    for (at, pair) in words.windows(2).enumerate() {
        let [one, next] = pair else { continue };
        let Some(between) = text.get(one.range.end..next.range.start) else {
            continue;
        };
        if between == " " {
            continue;
        }
        let letters = |word: &Word<F>| word.form.chars().all(char::is_alphabetic);
        if between.trim_start() == "-" && between.len() > 1 && is_joint(&one.form) && at > 0 {
            let form = ended_so(&words[at - 1].form, &next.form);
            if letters(next) && wanted(&form) && is_word(&form) {
                out.push(Joined {
                    first: at - 1,
                    last: at + 1,
                    form,
                    shared: true,
                });
            }
            continue;
        }
        // A word processor makes a dash of the hyphen, and a sign of the och.
        let is_dash = |rest: &&str| is_joint(&next.form) || rest.trim_start().starts_with('&');
        let after = between
            .strip_prefix(['-', '\u{2010}', '\u{2011}'])
            .or_else(|| between.strip_prefix('\u{2013}').filter(is_dash))
            .or_else(|| (between.trim() == "&" && between.starts_with(' ')).then_some(between));
        let Some(after) = after else { continue };
        if !letters(one) || one.form.chars().count() < 2 {
            continue;
        }
        if after.is_empty() {
            let form = format!("{}{}", &*one.form, &*next.form);
            // Hägersten-Liljeholmen is no word in one piece.
            if letters(next) && wanted(&form) && is_word(&form) {
                out.push(Joined {
                    first: at,
                    last: at + 1,
                    form,
                    shared: false,
                });
            }
        } else if after.starts_with(|c: char| c.is_whitespace() || c == ',' || c == '/')
            && let Some(head) = head_after(text, words, at)
            // What stands behind a prefix is told apart below.
            && (inflection::is_prefix(&one.form)
                || wanted(&format!("{}{}", &*one.form, &*words[head].form)))
        {
            let whole = &words[head].form;
            for (part, inner) in inner_parts(whole) {
                let form = format!("{}{}", &*one.form, &whole[part..]);
                // Cut inside its first part, the other word must be as plain as what it was made of.
                let sure = is_word(&form) && !(inner && lexicon::parts(&form).len() > 2);
                if sure || !inner && begins(&one.form) && whole.len() - part > SHORTEST_HEAD {
                    out.push(Joined {
                        first: at,
                        last: head,
                        form,
                        shared: true,
                    });
                }
            }
            if inflection::is_prefix(&one.form)
                && let Some(form) = behind_prefix(&one.form, whole)
                && !out
                    .iter()
                    .any(|known| known.first == at && known.form == form)
            {
                out.push(Joined {
                    first: at,
                    last: head,
                    form,
                    shared: true,
                });
            }
        }
    }
    out
}

/// Whether `word` stands between two that share a part.
fn is_joint(word: &str) -> bool {
    ["och", "eller", "samt", "respektive", "resp"].contains(&word)
}

/// The compound that begins as `whole` and ends with `last`: the förskolegårdar of `förskolelokaler och -gårdar`.
fn ended_so(whole: &str, last: &str) -> String {
    let parts = parts(whole);
    let begin = parts.last().map_or(0, |part| part.start);
    format!("{}{last}", &whole[..begin])
}

/// Letters that the last part must have more of to be one whatever stands before it.
const SHORTEST_HEAD: usize = 3;

/// Whether `word` before a hyphen begins a compound whatever stands behind it: the för of `för- och nackdelar` does not.
fn begins(word: &str) -> bool {
    word.chars().count() > 2 && lexicon::count(word) >= SEEN && !inflection::is_prefix(word)
}

/// Times that a word must have been counted to begin a compound that nobody counted.
const SEEN: u32 = 30;

/// The word that the prefix `one` begins and `whole` ends, whose own beginning is no part of a compound: the inflyttning of
/// `in- och utflyttning`, the fördelar of `för- och nackdelar`.
fn behind_prefix(one: &str, whole: &str) -> Option<String> {
    whole.char_indices().skip(2).find_map(|(at, _)| {
        let (other, rest) = whole.split_at(at);
        let form = format!("{one}{rest}");
        let plain = rest.chars().count() > SHORTEST_HEAD && lexicon::count(&form) > 0;
        // Behind two prefixes stands the same word, whether anybody counted the other or not.
        let both = inflection::is_prefix(other) && rest.chars().count() > SHORTEST_REST;
        (form != whole && (plain || both && lexicon::count(rest) > 0)).then_some(form)
    })
}

/// Letters that a word behind a prefix must have more of to be one with any other prefix.
const SHORTEST_REST: usize = 4;

/// The number of the compound that gives its last part to the piece `at`: the next word behind an och, eller or comma
/// that is no such piece itself.
fn head_after<F: Deref<Target = str>>(text: &str, words: &[Word<F>], at: usize) -> Option<usize> {
    for (next, word) in words.iter().enumerate().skip(at + 1).take(REACH) {
        if is_joint(&word.form) {
            continue;
        }
        let piece = text[word.range.end..].starts_with(['-', '\u{2010}', '\u{2011}', '\u{2013}']);
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

/// The numbers that `text` writes in groups of digits: sums (`1 500`), telephone numbers (`08-508 220 00`) and postal codes
/// (`129 04`).
fn numbers<F: Deref<Target = str>>(text: &str, words: &[Word<F>]) -> Vec<Joined> {
    let digits = |at: usize| {
        let word: &Word<F> = words.get(at)?;
        let all = word.form.bytes().all(|byte| byte.is_ascii_digit());
        (all && word.form.len() <= LONGEST_GROUP).then_some(&*word.form)
    };
    // The sign between group `at` and the one before it, when it is a single one.
    let sign = |at: usize| {
        let (one, next) = (words.get(at.checked_sub(1)?)?, words.get(at)?);
        let mut between = text.get(one.range.end..next.range.start)?.chars();
        let sign = between.next()?;
        between
            .next()
            .is_none()
            .then_some(if "\u{a0}\u{202f}".contains(sign) {
                ' '
            } else {
                sign
            })
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(first) = digits(at) else {
            at += 1;
            continue;
        };
        let run = |fits: &dyn Fn(&str, char) -> bool| {
            let mut end = at;
            while let (Some(group), Some(sign)) = (digits(end + 1), sign(end + 1))
                && end - at < MOST_GROUPS
                && fits(group, sign)
            {
                end += 1;
            }
            end
        };
        let glued = |end: usize| -> String { (at..=end).filter_map(digits).collect() };
        let abroad = text[..words[at].range.start].ends_with('+') && first == "46";
        let mut end = at;
        let mut form = String::new();
        if abroad || first.starts_with('0') && (2..=4).contains(&first.len()) {
            end = run(&|group, sign| {
                (abroad || group.len() > 1) && " -/\u{2013}\u{2011}".contains(sign)
            });
            form = glued(end);
            if abroad {
                form = format!("0{}", &form[2..]);
            }
            if !(7..=12).contains(&form.len()) {
                end = at;
            }
        } else if first.len() <= 3 {
            end = run(&|group, sign| group.len() == 3 && " .".contains(sign));
            if end == at && first.len() == 3 && sign(at + 1) == Some(' ') {
                end += usize::from(digits(at + 1).is_some_and(|group| group.len() == 2));
            }
            form = glued(end);
        }
        if end > at {
            out.push(Joined {
                first: at,
                last: end,
                form,
                shared: false,
            });
        }
        at = end + 1;
    }
    out
}

/// Digits of a group, and groups behind the first, that a number may have.
const LONGEST_GROUP: usize = 8;
/// See [`LONGEST_GROUP`].
const MOST_GROUPS: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::swedish::words::words;

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
            ("för- och nackdelar", "fördelar"),
            ("in- och utflyttningen", "inflyttningen"),
            ("av- och påstigning", "avstigning"),
            ("till- eller frånträde", "tillträde"),
            ("upp- och nedgångar", "uppgångar"),
            ("om- och tillbyggnader", "ombyggnader"),
            ("för- och grundskola", "förskola"),
            ("in- och utvändigt", "invändigt"),
            ("på- eller hösten", ""),
            ("av- och till", ""),
            ("klockan 18-20", ""),
            ("1 500 kronor och 12\u{a0}000 000", "1500 12000000"),
            ("år 2016 500 kronor", ""),
            (
                "tel 08-508 220 00 eller +46 8 508 220 00",
                "0850822000 0850822000",
            ),
            ("129 04 Stockholm", "12904"),
            ("2016-02-10 och 4.1", ""),
            ("plan - och bygg", ""),
            ("barn-", ""),
            ("barn\u{2013} och ungdomsvården", "barnvården"),
            ("Barn & ungdomsvården", "barnvården"),
            ("barn- & ungdomsvården", "barnvården"),
            ("förskolelokaler och -gårdar", "förskolegårdar"),
            ("barn \u{2013} och ungdomsvården", ""),
            ("barn\u{2013}ungdom", ""),
            ("lokaler och - gårdar", ""),
            ("mark & luft", ""),
        ] {
            let words: Vec<Word> = words(text).collect();
            let found: Vec<String> = joined(text, &words)
                .into_iter()
                .map(|word| word.form)
                .collect();
            assert_eq!(found.join(" "), forms, "{text}");
        }
    }
}
