//! What people type for one thing in several words or marks: dates in words, diary numbers, hyphens, `alla svar till V`.
//! Pure.

use jiff::civil::Date;

use super::grammar::span;
use super::node::{Node, Span};
use crate::index::words;
use crate::tag::{self, Party};

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

/// One piece of the query line between blanks, as it was read.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// What it asks for.
    pub(super) node: Node,
    /// Whether it was typed as a bare word, which may belong together with its neighbours.
    pub(super) bare: bool,
    /// The letters as typed.
    pub(super) typed: String,
}

/// Whether a word in a row of words might be read together with its neighbours, and so is printed in brackets.
pub(super) fn joins(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        || ["svar", "svaren", "alla", "dnr", "diarienummer"].contains(&word.to_lowercase().as_str())
}

/// The pieces with those that make up one thing put together.
pub(super) fn together(mut pieces: Vec<Piece>) -> Vec<Node> {
    let mut nodes = Vec::new();
    while !pieces.is_empty() {
        let (node, taken) = dated(&pieces)
            .or_else(|| answers(&pieces))
            .or_else(|| labelled(&pieces))
            .or_else(|| bodied(&pieces))
            .or_else(|| hyphened(&pieces))
            .unwrap_or_else(|| (pieces[0].node.clone(), 1));
        nodes.push(node);
        pieces.drain(..taken);
    }
    nodes
}

/// The lower-case word of piece `at`, when it is a bare one.
fn bare(pieces: &[Piece], at: usize) -> Option<String> {
    let piece = pieces.get(at).filter(|piece| piece.bare)?;
    Some(piece.typed.trim_end_matches(['.', ',', ';']).to_lowercase())
}

/// `14 april 2016` is a day, `april 2016` a month; the words themselves are looked for too.
fn dated(pieces: &[Piece]) -> Option<(Node, usize)> {
    let month_at = |at| {
        let word = bare(pieces, at)?;
        MONTHS
            .iter()
            .zip(1..)
            .find(|(name, _)| **name == word)
            .map(|(name, number)| (*name, number))
    };
    let year_at = |at| {
        let word = bare(pieces, at)?;
        let year: i16 = (word.len() == 4).then(|| word.parse().ok())??;
        (1800..2200).contains(&year).then_some(year)
    };
    if let (Some(day), Some((name, month)), Some(year)) = (bare(pieces, 0), month_at(1), year_at(2))
    {
        let number: i8 = day.trim_end_matches(":e").parse().ok()?;
        let date = Date::new(year, month, number).ok()?;
        let words = vec![number.to_string(), name.into(), year.to_string()];
        return Some((
            Node::Any(vec![Node::Day(date.to_string()), Node::Phrase(words)]),
            3,
        ));
    }
    let (name, month) = month_at(0)?;
    let year = year_at(1)?;
    let words = vec![name.into(), year.to_string()];
    Some((
        Node::Any(vec![
            Node::Day(format!("{year}-{month:02}")),
            Node::Phrase(words),
        ]),
        2,
    ))
}

/// `alla svar till V`, `svar på skrivelser från moderaterna`: a list that has a name of its own.
fn answers(pieces: &[Piece]) -> Option<(Node, usize)> {
    let mut at = usize::from(bare(pieces, 0)? == "alla");
    if !["svar", "svaren"].contains(&bare(pieces, at)?.as_str()) {
        return None;
    }
    at += 1;
    if bare(pieces, at).as_deref() == Some("på") {
        let what = bare(pieces, at + 1)?;
        let initiative = ["skrivelse", "motion", "interpellation", "fråg"];
        if !initiative.iter().any(|word| what.starts_with(word)) {
            return None;
        }
        at += 2;
    }
    if !["till", "från", "åt", "av"].contains(&bare(pieces, at)?.as_str()) {
        return None;
    }
    let party = party_of(pieces.get(at + 1)?)?;
    Some((Node::Answers(party), at + 2))
}

fn party_of(piece: &Piece) -> Option<Party> {
    match &piece.node {
        Node::Party(party) => Some(*party),
        Node::Word(_) if piece.bare => piece.typed.parse().ok(),
        _ => None,
    }
}

/// `dnr HL 2019/619`: the label says what follows.
fn labelled(pieces: &[Piece]) -> Option<(Node, usize)> {
    if !["dnr", "dnr:", "diarienummer"].contains(&bare(pieces, 0)?.as_str()) {
        return None;
    }
    if let Some((Node::Any(readings), taken)) = bodied(&pieces[1..])
        && let Some(Node::Dnr(key)) = readings.first()
    {
        return Some((Node::Dnr(key.clone()), taken + 1));
    }
    match &pieces.get(1)?.node {
        Node::Any(readings) => match readings.first() {
            Some(Node::Dnr(key)) => Some((Node::Dnr(key.clone()), 2)),
            _ => None,
        },
        _ => None,
    }
}

/// `HL 2019/619`: the body of a diary number before its number.
fn bodied(pieces: &[Piece]) -> Option<(Node, usize)> {
    let (one, next) = (pieces.first()?, pieces.get(1)?);
    let is_body =
        one.bare && one.typed.chars().count() <= 4 && one.typed.chars().all(char::is_uppercase);
    if !is_body || !next.bare || !next.typed.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // A year alone is no number of a case: `SD 2018`.
    if next.typed.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let key = tag::lookup_key(&format!("{} {}", one.typed, next.typed))?;
    let words = Node::All(vec![one.node.clone(), next.node.clone()]);
    Some((Node::Any(vec![Node::Dnr(key), words]), 2))
}

/// `barn- och ungdomsvården` asks for both.
fn hyphened(pieces: &[Piece]) -> Option<(Node, usize)> {
    let typed = &pieces.first().filter(|piece| piece.bare)?.typed;
    if !typed.trim_end_matches(',').ends_with('-') {
        return None;
    }
    let run: Vec<&Piece> = pieces
        .iter()
        .take_while(|piece| piece.bare)
        .take(5)
        .collect();
    let text = run
        .iter()
        .map(|piece| piece.typed.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    let words: Vec<words::Word> = words::words(&text).collect();
    let joined = words::joined(&text, &words);
    let first = joined.iter().find(|word| word.first == 0 && word.shared)?;
    // One piece, one word: else the numbers of words and pieces would not be the same.
    let last = first.last;
    if words.len() != run.len() {
        return None;
    }
    let mut forms: Vec<Node> = Vec::new();
    for at in 0..last {
        if let Some(word) = joined.iter().find(|word| word.first == at && word.shared) {
            forms.push(Node::Word(word.form.clone()));
        }
    }
    forms.push(run[last].node.clone());
    Some((Node::All(forms), last + 1))
}

/// A word with digits or marks inside: maybe a diary number or a date, a word with a hyphen in it, else its pieces side by
/// side.
pub(super) fn pieced(text: &str, pieces: Vec<String>) -> Node {
    let mut readings = Vec::new();
    if let Ok(Span {
        from: Some(from),
        to: Some(to),
    }) = span(text)
        && from == to
    {
        readings.push(Node::Day(from.to_string()));
    } else if pieces.len() > 1
        && let Some(key) = tag::lookup_key(text)
    {
        readings.push(Node::Dnr(key));
    }
    let words: Vec<words::Word> = words::words(text).collect();
    for joined in words::joined(text, &words) {
        if joined.first == 0 && joined.last + 1 == words.len() {
            readings.push(Node::Word(joined.form));
        }
    }
    readings.push(match pieces.as_slice() {
        [word] => Node::Word(word.clone()),
        _ => Node::Beside(pieces),
    });
    if readings.len() == 1 {
        readings.swap_remove(0)
    } else {
        Node::Any(readings)
    }
}
