//! Misread letters of a damaged page put right: a noisy channel.
//!
//! Comes in: the text of a page that the judge calls damaged. Goes out: changes of single words, and words left in doubt.
//! Each word has candidates, and the page is read as the likeliest row of them. A word stays as read unless another
//! reading is likelier by a margin.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use super::candidates::{self, Candidate, Memory, capitalised, with_memory};
use super::dwelling;
use super::habits::Habits;
use super::joins;
use super::lattice::{self, Choices, Node, Reading};
use super::ledger::Edit;
use super::margins::{self, MARGIN, MARKS};
use super::tokens::{Kind, Token, tokens};
use crate::lexicon::{self, Figures, Verdict};

/// How much likelier a reading must be, in nats, that only puts marks back on a page that has lost nothing else.
const MARKS_MARGIN: f32 = 0.3;
/// The cost of a lone sign that is no word, where it might be one.
const LONE: f32 = 9.0;
/// How much likelier another reading must be on a page that is sound.
const SOUND: f32 = 6.0;
/// More than any reading is likelier than another.
const NEVER: f32 = 60.0;
/// So many lost marks to one other misreading say that the other is none.
const PLAIN: usize = 12;
/// So many words with signs that no word has say that an engine has misread the page all the same.
const ODD: usize = 2;
/// So many words with an I among small letters say that an engine takes l for I.
const ROUGH_WORDS: usize = 4;
/// The cost of an i between two words that is read as a one.
const I_AS_ONE: f32 = 3.0;
/// What figures are worth among letters: they may be evidence.
const EVIDENCE: f32 = 4.0;
/// How common a word must be that figures among its letters hide.
const COMMON: u32 = 3000;
/// The same where they are the one and the six that `lö` is read as.
const SEEN: u32 = 20;
/// What it costs more, in nats, that an é was read as an e: every engine knows the é.
const ACUTE: f32 = 5.0;
/// By how much less a word is worth as a name that nobody knows, for each nat by which letters are misread more often.
const ROUGH_NAME: f32 = 5.0;
/// How many names may stand behind a given name.
const NAMES: u8 = 3;
/// The letters with the marks of Swedish.
const MARKED: [char; 6] = ['å', 'ä', 'ö', 'Å', 'Ä', 'Ö'];
/// What it is worth, in nats, that a name was surely the same elsewhere in the document.
const AGAIN: f32 = 6.0;
/// Readings dearer than the best by less than this, in nats, are kept beside it.
const DOUBT: f32 = 2.2;
/// The most of them.
const OTHERS: usize = 2;

/// What was found of a page.
#[derive(Default)]
pub(super) struct Found {
    /// The changes.
    pub edits: Vec<Edit>,
    /// Words left as they stand, by their place in the text as it was, and what they may be instead.
    pub doubts: Vec<(Range<usize>, Vec<String>)>,
    /// Whether nearly all that is amiss is marks that were lost: then the changes are for who asks for those alone.
    pub plain: bool,
    /// Blanks to be taken away before anything else can be said; then there is nothing else.
    pub cuts: Vec<Edit>,
}

/// Finds the changes of `text`, whose verdict is `verdict`, on a page of a document whose engine has `habits`; learns from
/// the sure ones. Words in two pieces come first, unless they are `joined` already.
pub(super) fn find(
    text: &str,
    verdict: Verdict,
    joined: bool,
    figures: &Figures<'_>,
    habits: &mut Habits,
) -> Found {
    let tokens = tokens(text);
    let rough = is_rough(text, &tokens);
    let marks_only = match verdict {
        Verdict::LostMarks => !rough,
        Verdict::Mangled => false,
        Verdict::Clean | Verdict::Empty => {
            return Found::default();
        }
    };
    let mut nodes = with_memory(figures, |memory| {
        nodes(text, &tokens, marks_only, figures, memory)
    });
    if !marks_only && !joined {
        let cuts = joins::find(text, &nodes, figures);
        if !cuts.is_empty() {
            return Found {
                cuts,
                ..Found::default()
            };
        }
    }
    weigh(text, &mut nodes, marks_only, figures, habits);
    let mut reading = lattice::read(figures, &nodes, signs().start);
    if !marks_only && !rough && has_lost_only_marks(text, &nodes, &reading) {
        return Found {
            plain: true,
            ..Found::default()
        };
    }
    let mut before = habits.clone();
    learn(text, &nodes, &reading, figures, habits);
    if !marks_only && !before.are_known() {
        // The first page is read twice: the second time with what it taught of its engine.
        weigh(text, &mut nodes, marks_only, figures, habits);
        reading = lattice::read(figures, &nodes, signs().start);
        before = habits.clone();
    }
    if is_read_otherwise(text, &nodes, &reading, habits) {
        // A name is the same all over a document; what else the page taught is for the next one.
        before.take_readings(habits);
        weigh(text, &mut nodes, marks_only, figures, &before);
        reading = lattice::read(figures, &nodes, signs().start);
    }
    found(text, &nodes, &reading, marks_only, figures)
}

/// The blanks of `text`, a mangled page, that stand inside words.
#[cfg(test)]
pub(super) fn cuts(text: &str, figures: &Figures<'_>) -> Vec<Edit> {
    let tokens = tokens(text);
    let nodes = with_memory(figures, |memory| {
        nodes(text, &tokens, false, figures, memory)
    });
    joins::find(text, &nodes, figures)
}

/// What would be changed of `text`, a page that the judge calls sound, if nobody had asked the judge: only what is no word
/// and is surely another.
pub(super) fn find_in_sound(text: &str, figures: &Figures<'_>) -> Vec<Edit> {
    let tokens = tokens(text);
    let mut nodes = with_memory(figures, |memory| {
        nodes(text, &tokens, false, figures, memory)
    });
    weigh(text, &mut nodes, false, figures, &Habits::default());
    for node in &mut nodes {
        let known = match &node.choices {
            Choices::Words(words) => words[0].id.is_some() || words[0].like.is_some(),
            _ => true,
        };
        for index in 1..node.len() {
            // A name on a sound page is a name; marks are not lost there, and nothing is made up.
            let is_misread = node
                .candidate(index)
                .is_some_and(|word| !word.marks && word.id.is_some());
            let more = if known || node.name || !is_misread {
                NEVER
            } else {
                SOUND
            };
            node.own[index] += more;
        }
    }
    let reading = lattice::read(figures, &nodes, signs().start);
    found(text, &nodes, &reading, false, figures).edits
}

/// The readings of the first `word` in `line`, as on a page that the judge thinks of as of the line, and as on a mangled one
/// where it finds no fault with it: each with the cost (nats) of its being
/// misread so, the cost of the word by itself, and how much dearer it is here than the one that is taken; nothing for
/// one that is out of the question.
pub(super) fn explain(
    line: &str,
    word: &str,
    figures: &Figures<'_>,
) -> Vec<(String, f32, f32, Option<f32>)> {
    let tokens = tokens(line);
    // A line says less of its engine than a page; where it has lost nothing but marks, it is read as such a page is.
    let marks_only = lexicon::judge(line).verdict == Verdict::LostMarks && !is_rough(line, &tokens);
    let mut nodes = with_memory(figures, |memory| {
        nodes(line, &tokens, marks_only, figures, memory)
    });
    weigh(line, &mut nodes, marks_only, figures, &Habits::default());
    let reading = lattice::read(figures, &nodes, signs().start);
    let Some(at) = nodes
        .iter()
        .position(|node| &line[node.range.clone()] == word)
    else {
        return Vec::new();
    };
    (0..nodes[at].len())
        .filter_map(|index| {
            let candidate = nodes[at].candidate(index)?;
            let dearer = if index == reading.chosen[at] {
                Some(0.0)
            } else {
                reading.dearer(figures, &nodes, at, index, NEVER)
            };
            let text = candidate.text.clone();
            Some((text, candidate.channel, candidate.prior, dearer))
        })
        .collect()
}

/// Whether several words of a page have an I where small letters stand (`eIIer`): its engine takes l for I, and the page
/// has lost more than marks.
fn is_rough(text: &str, tokens: &[Token]) -> bool {
    let words = tokens.iter().filter(|token| token.kind == Kind::Word);
    words
        .filter(|token| has_tall_i(&text[token.range.clone()]))
        .nth(ROUGH_WORDS - 1)
        .is_some()
}

/// Whether `word` has an I behind a small letter.
fn has_tall_i(word: &str) -> bool {
    word.as_bytes()
        .windows(2)
        .any(|pair| pair[0].is_ascii_lowercase() && pair[1] == b'I')
}

/// Whether nearly all that was found amiss on a page is marks, each lost in the plainest way: no engine has misread it.
fn has_lost_only_marks(text: &str, nodes: &[Node], reading: &Reading) -> bool {
    let (mut plain, mut other, mut odd) = (0, 0, 0);
    for (node, &chosen) in nodes.iter().zip(&reading.chosen) {
        if let Some(candidate) = node.candidate(chosen).filter(|_| chosen > 0) {
            if candidate.marks {
                plain += 1;
            } else {
                other += 1;
                odd += usize::from(is_misread(&text[node.range.clone()]));
            }
        }
    }
    plain >= PLAIN && other * PLAIN <= plain && odd < ODD
}

/// Sets what each candidate costs before its neighbours are asked.
fn weigh(text: &str, nodes: &mut [Node], marks_only: bool, figures: &Figures<'_>, habits: &Habits) {
    for node in &mut *nodes {
        let word = &text[node.range.clone()];
        let mut own = std::mem::take(&mut node.own);
        own.clear();
        match &node.choices {
            Choices::Fixed(_) => {}
            Choices::Sign { own: sign, word } => {
                own.push(if sign.is_some() { 0.0 } else { LONE });
                own.push(word.channel + MARGIN);
            }
            // What has no other reading has nothing to be weighed against.
            Choices::Words(words) if words.len() == 1 => {}
            Choices::Words(words) => {
                let case = |candidate: &Candidate| {
                    if node.inside {
                        candidate.cases[1]
                    } else if word.starts_with(char::is_lowercase) {
                        candidate.cases[0]
                    } else {
                        0.0
                    }
                };
                let mut as_name = 0.0;
                let elsewhere = habits.elsewhere(word);
                own.push(if node.kind == Kind::Mixed {
                    -EVIDENCE
                } else {
                    let cost = case(&words[0])
                        + if has_lost_marks(node, words, figures) {
                            0.0
                        } else {
                            node.name_bonus()
                        };
                    // Where letters are often misread they are no sign of a name.
                    let gain = node.as_name(words[0].prior + cost) - ROUGH_NAME * habits.rough();
                    as_name = gain.max(0.0);
                    cost - as_name
                });
                own.extend(words.iter().skip(1).map(|candidate| {
                    let cost = candidate.channel
                        + candidate.margins[usize::from(node.name)]
                        + case(candidate)
                        + if node.surname { candidate.surname } else { 0.0 }
                        - if elsewhere == Some(&candidate.text) {
                            AGAIN
                        } else {
                            0.0
                        }
                        - if margins::outweighs_names(figures, &words[0], candidate, marks_only) {
                            as_name
                        } else {
                            0.0
                        };
                    if marks_only && candidate.marks {
                        cost + MARKS_MARGIN - MARKS
                    } else {
                        let acute = |word: &str| word.matches('é').count();
                        let acutes = acute(&candidate.text).saturating_sub(acute(word)) as f32;
                        cost + habits.extra(word, candidate) + ACUTE * acutes
                    }
                }));
            }
        }
        node.own = own;
    }
    dwelling::weigh(text, nodes);
}

/// Whether what stands at `node` is on no list, and with its marks a name: then it is hardly another that nobody knows.
fn has_lost_marks(node: &Node, words: &[Candidate], figures: &Figures<'_>) -> bool {
    let is_name =
        |word: &Candidate| word.marks && word.id.is_some_and(|id| candidates::is_name(figures, id));
    node.name && words[0].id.is_none() && words[1..].iter().any(is_name)
}

/// Tells `habits` what was read for sure.
fn learn(
    text: &str,
    nodes: &[Node],
    reading: &Reading,
    figures: &Figures<'_>,
    habits: &mut Habits,
) {
    for (at, node) in nodes.iter().enumerate() {
        let chosen = reading.chosen[at];
        if let Choices::Words(words) = &node.choices {
            let word = &text[node.range.clone()];
            if chosen == 0 {
                habits.right(word);
            } else if reading.dearer(figures, nodes, at, 0, 3.0).is_none() {
                habits.learn(word, &words[chosen]);
                let now = &words[chosen];
                if words[0].id.is_none()
                    && now.marks
                    && word.starts_with(char::is_uppercase)
                    && now.text.contains(MARKED)
                {
                    habits.reads(word, &now.text);
                }
            }
        }
    }
}

/// Whether `reading` takes a word for something else than it surely is elsewhere in the document.
fn is_read_otherwise(text: &str, nodes: &[Node], reading: &Reading, habits: &Habits) -> bool {
    nodes.iter().zip(&reading.chosen).any(|(node, &chosen)| {
        let elsewhere = habits.elsewhere(&text[node.range.clone()]);
        elsewhere.is_some_and(|elsewhere| {
            node.candidate(chosen)
                .is_some_and(|word| word.text != elsewhere)
        })
    })
}

/// The changes and doubts that `reading` means.
fn found(
    text: &str,
    nodes: &[Node],
    reading: &Reading,
    marks_only: bool,
    figures: &Figures<'_>,
) -> Found {
    let mut found = Found::default();
    for (at, node) in nodes.iter().enumerate() {
        if node.len() < 2 {
            continue;
        }
        let chosen = reading.chosen[at];
        let was = &text[node.range.clone()];
        let mut others: Vec<(f32, &str)> = (1..node.len())
            .filter(|&index| index != chosen)
            .filter_map(|index| {
                let candidate = node.candidate(index)?;
                // What nobody wrote is no reading to search by, but people are searched by rare names.
                candidate.id.filter(|id| {
                    figures.count(*id) >= 3 || node.name && candidates::is_name(figures, *id)
                })?;
                // What stands there was kept for fear of harm; a search need not share it.
                let most = DOUBT + if chosen == 0 { candidate.wary } else { 0.0 };
                let dearer = reading.dearer(figures, nodes, at, index, most)?;
                Some((dearer, candidate.text.as_str()))
            })
            .collect();
        others.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(b.1)));
        others.truncate(OTHERS);
        let alternatives: Vec<String> = others.iter().map(|(_, text)| (*text).to_owned()).collect();
        let Some(candidate) = node.candidate(chosen).filter(|_| chosen > 0) else {
            if !alternatives.is_empty() {
                found.doubts.push((node.range.clone(), alternatives));
            }
            continue;
        };
        let mut now = candidate.text.clone();
        if !marks_only && is_too_large(text, nodes, at, &now, candidate, figures) {
            now = now.to_lowercase();
        }
        // A letter that was lost altogether, or read as a figure, was a capital where a sentence or a name begins.
        let is_name = candidate
            .id
            .is_some_and(|id| candidates::is_name(figures, id));
        if node.opens && was.starts_with(['\u{fffd}', '0'])
            || is_name && was.starts_with(['0', '6'])
        {
            now = capitalised(&now);
        }
        if now == was {
            continue;
        }
        let gain = reading.dearer(figures, nodes, at, 0, 9.0).unwrap_or(9.0);
        found.edits.push(Edit {
            range: node.range.clone(),
            now,
            rule: if candidate.second.is_some() {
                "blanks"
            } else {
                "letters"
            },
            confidence: (1.0 / (1.0 + (-gain).exp())).clamp(0.01, 0.99),
            alternatives,
        });
    }
    found
}

/// Whether a capital is an å, ä or ö inside a sentence that was read too large (`Over` for över).
fn is_too_large(
    text: &str,
    nodes: &[Node],
    at: usize,
    now: &str,
    candidate: &Candidate,
    figures: &Figures<'_>,
) -> bool {
    let node = &nodes[at];
    let Some(before) = at.checked_sub(1).map(|before| &nodes[before]) else {
        return false;
    };
    node.name
        && now.starts_with(['Å', 'Ä', 'Ö'])
        && text[node.range.clone()].starts_with(['A', 'O', 'S', 'G'])
        && before.kind == Kind::Word
        && !text[before.range.end..node.range.start].contains('\n')
        && text[before.range.clone()].starts_with(char::is_lowercase)
        && candidate.id.is_some_and(|id| figures.cases(id).0 >= 11)
}

/// The numbers of what is no word.
struct Signs {
    start: Option<u32>,
    number: Option<u32>,
    i: Option<u32>,
    ascii: [Option<u32>; 128],
}

fn signs() -> &'static Signs {
    static SIGNS: OnceLock<Signs> = OnceLock::new();
    SIGNS.get_or_init(|| {
        let model = lexicon::model();
        Signs {
            start: model.id("<s>"),
            number: model.id("<n>"),
            i: model.id("i"),
            ascii: std::array::from_fn(|code| {
                let sign = char::from(code as u8);
                sign.is_ascii_punctuation()
                    .then(|| model.id(sign.encode_utf8(&mut [0; 4])))
                    .flatten()
            }),
        }
    })
}

/// The places of the row.
fn nodes(
    text: &str,
    tokens: &[Token],
    marks_only: bool,
    figures: &Figures<'_>,
    memory: &mut Memory,
) -> Vec<Node> {
    let signs = signs();
    let mut sentence = true;
    // Where the last word ends if it is in small letters, or a comma behind it.
    let mut small = None;
    let mut out = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let word = &text[token.range.clone()];
        let mut name = false;
        let goes_on = small.is_some_and(|end| text[end..token.range.start] == *" ");
        let opens = sentence;
        let choices = match token.kind {
            Kind::Word | Kind::Heading => {
                name = !sentence && word.starts_with(char::is_uppercase);
                sentence = false;
                let marks_only = marks_only && !is_misread(word) || token.kind == Kind::Heading;
                Choices::Words(memory.candidates(figures, word, marks_only))
            }
            // An i between two words is often read as a one.
            Kind::Number | Kind::Other | Kind::Mixed
                if !marks_only
                    && (word == "1" && token.apart && stands_before_word(text, tokens, at)
                        || word == "i1") =>
            {
                // A list's number stands before a capital.
                let next = tokens.get(at + 1).map(|next| &text[next.range.clone()]);
                let opens =
                    sentence && next.is_some_and(|next| next.starts_with(char::is_lowercase));
                sentence = false;
                Choices::Sign {
                    own: if word == "1" { signs.number } else { None },
                    word: Candidate {
                        text: if opens { "I" } else { "i" }.to_owned(),
                        id: signs.i,
                        like: signs.i,
                        channel: I_AS_ONE,
                        prior: signs.i.map_or(0.0, |id| figures.cost(id)),
                        odd: 1,
                        ..Candidate::default()
                    },
                }
            }
            Kind::Mixed => {
                sentence = false;
                let found = memory.candidates(figures, word, false);
                // Nothing is counted in `16sa`.
                let least = if word.starts_with("16") { SEEN } else { COMMON };
                let common = |c: &Candidate| {
                    c.second.is_none() && c.id.is_some_and(|id| figures.count(id) >= least)
                };
                let (own, others) = found.split_at(1);
                let kept = own.iter().chain(others.iter().filter(|c| common(c)));
                Choices::Words(kept.cloned().collect())
            }
            Kind::Number => {
                // The number of a paragraph, or of a list.
                sentence = word.ends_with('.');
                Choices::Fixed(signs.number)
            }
            Kind::Sign => {
                sentence = sentence || matches!(word, "." | ":" | "!" | "?" | "•");
                Choices::Fixed(match word.as_bytes() {
                    [code @ 0..128] => signs.ascii[usize::from(*code)],
                    _ => figures.model.id(word),
                })
            }
            Kind::Other => {
                sentence = false;
                Choices::Fixed(None)
            }
            Kind::Break => {
                sentence = true;
                Choices::Fixed(signs.start)
            }
        };
        small = match token.kind {
            // What follows a name is a name where it has a capital.
            Kind::Word if name || word.starts_with(char::is_lowercase) => Some(token.range.end),
            Kind::Sign if word == "," && small == Some(token.range.start) => Some(token.range.end),
            _ => None,
        };
        out.push(Node {
            range: token.range.clone(),
            kind: token.kind,
            choices,
            name,
            inside: name && goes_on,
            surname: name && is_of_party(&text[token.range.end..]),
            first: text[..token.range.start].ends_with('\n'),
            opens,
            own: Vec::new(),
        });
    }
    names_again(text, &mut out);
    people(text, &mut out);
    out
}

/// Whether a word follows token `at`, and none with a capital where it begins a line: there stand a footnote's number, or a
/// list's.
fn stands_before_word(text: &str, tokens: &[Token], at: usize) -> bool {
    let opens = text[..tokens[at].range.start].ends_with('\n');
    tokens.get(at + 1).is_some_and(|next| {
        matches!(
            next.kind,
            Kind::Word | Kind::Heading | Kind::Mixed | Kind::Other
        ) && !(opens && text[next.range.clone()].starts_with(char::is_uppercase))
    })
}

/// Whether `word` has signs that no word has: it was misread, also where all others have merely lost their marks.
fn is_misread(word: &str) -> bool {
    word.chars().any(|c| !c.is_alphabetic() && c != '\u{fffd}')
        || has_tall_i(word)
        || word.contains('é') && word.starts_with(char::is_lowercase)
}

/// Whether `rest` begins with the letters of a party in brackets, behind a blank.
fn is_of_party(rest: &str) -> bool {
    let code = rest
        .strip_prefix(" (")
        .and_then(|rest| rest.split_once(')'));
    code.is_some_and(|(code, _)| {
        (1..=3).contains(&code.len()) && code.bytes().all(|letter| letter.is_ascii_alphabetic())
    })
}

/// Takes what stands behind a given name on its line, and the two names before the letters of a party, for names of people.
fn people(text: &str, nodes: &mut [Node]) {
    let is_capitalised = |node: &Node| {
        node.kind == Kind::Word && text[node.range.clone()].starts_with(char::is_uppercase)
    };
    // How many more names may stand behind the given name met last.
    let mut left = 0;
    for at in 0..nodes.len() {
        let (before, rest) = nodes.split_at_mut(at);
        let Some(node) = rest.first_mut() else { break };
        if !is_capitalised(node) {
            left = 0;
            continue;
        }
        let before = before
            .last_mut()
            .filter(|before| text[before.range.end..node.range.start] == *" ")
            .filter(|before| is_capitalised(before));
        if left > 0 && before.is_some() {
            left -= 1;
            (node.name, node.inside, node.surname) = (true, true, true);
        } else {
            left = if is_given(node) { NAMES } else { 0 };
        }
        if let Some(before) = before
            && is_of_party(&text[node.range.end..])
        {
            (node.name, node.surname) = (true, true);
            before.surname = true;
        }
    }
}

/// Whether what stands at `node` is a given name, or one that has lost its marks.
fn is_given(node: &Node) -> bool {
    let is_it = |index: usize| {
        let known = node.candidate(index);
        known.is_some_and(|c| (index == 0 || c.marks) && lexicon::is_given_name(&c.text))
    };
    (0..node.len().min(3)).any(is_it)
}

/// Takes a word with which a sentence begins for a name where it is one elsewhere on the page.
fn names_again(text: &str, nodes: &mut [Node]) {
    let is_unknown = |node: &Node| node.candidate(0).is_some_and(|own| own.id.is_none());
    let is_capitalised = |node: &Node| text[node.range.clone()].starts_with(char::is_uppercase);
    let names: BTreeSet<&str> = nodes
        .iter()
        .filter(|node| node.name && is_unknown(node))
        .map(|node| &text[node.range.clone()])
        .collect();
    for node in nodes {
        if node.opens && is_capitalised(node) && is_unknown(node) {
            node.name = names.contains(&text[node.range.clone()]);
        }
    }
}
