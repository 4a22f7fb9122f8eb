//! Words that stand in no paper → words of the papers that are written much like them.

use std::collections::BTreeSet;

use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;

use super::node::Node;
use super::terms::Terms;
use super::word::{Tier, Wanted};
use super::{Error, Respelled, Sort, bodies, plan, rank, synonyms};
use crate::index::Reader;
use crate::swedish::alike::letters_between;
use crate::swedish::words;
use crate::tag::{self, Party};

/// Letters that a word must have before another is taken for it.
const SHORTEST: usize = 6;
/// Words that are looked for in the place of one.
const MOST: usize = 8;
/// Letters of a word that is taken for one two letters away when there is none nearer.
const LONG: usize = 9;
/// Letters beyond its own that a word must have to hold another as its first part.
const LONGER: usize = 3;
/// Words that are named when nothing was found.
const NAMED: usize = 5;

/// `node` with each word that stands nowhere replaced by words one letter away, and the words so replaced.
pub(super) fn respell(reader: &Reader, node: &Node) -> Result<(Node, Vec<Respelled>), Error> {
    let mut replaced = Vec::new();
    let node = replace(reader, node, &mut replaced)?;
    Ok((node, replaced))
}

fn replace(reader: &Reader, node: &Node, replaced: &mut Vec<Respelled>) -> Result<Node, Error> {
    let mut all = |nodes: &[Node]| {
        nodes
            .iter()
            .map(|node| replace(reader, node, replaced))
            .collect::<Result<Vec<_>, _>>()
    };
    Ok(match node {
        Node::All(nodes) => Node::All(all(nodes)?),
        Node::Any(nodes) => Node::Any(all(nodes)?),
        // Another number is no spelling of the one that was asked for.
        Node::Word(word)
            if word.chars().count() >= SHORTEST
                && !word.chars().any(|c| c.is_ascii_digit())
                && !stands_somewhere(reader, word)? =>
        {
            let near = near(reader, &word.to_lowercase())?;
            if near.is_empty() {
                node.clone()
            } else {
                replaced.push(Respelled {
                    word: word.clone(),
                    near: near.clone(),
                });
                // What is meant may have another name too: tjänsteutlåttande.
                let meant = synonyms::with_synonyms(Node::Word(near[0].clone()));
                match meant {
                    Node::Also(_, synonyms) => Node::Also(Box::new(Node::Similar(near)), synonyms),
                    _ => Node::Similar(near),
                }
            }
        }
        other => other.clone(),
    })
}

fn stands_somewhere(reader: &Reader, word: &str) -> Result<bool, Error> {
    Ok(total(reader, &Node::Word(word.to_owned()))? > 0)
}

/// How many papers `node` finds.
fn total(reader: &Reader, node: &Node) -> Result<usize, Error> {
    let terms = Terms::of(reader);
    let ask = plan::ask(&terms, node, Tier::Spelling)?;
    Ok(rank::ranked(&terms, &reader.lists()?, &ask, 0, Sort::Relevance, false)?.total)
}

/// When no table has `party` and no paper names it: parties of the papers, those that are written most like it first. Nothing for
/// a party that is known, whether papers name it or not.
///
/// # Errors
/// [`Error::Index`] when the index cannot be read.
pub fn unknown_party(reader: &Reader, party: Party) -> Result<Option<Vec<String>>, Error> {
    if party.name() != party.code() {
        return Ok(None);
    }
    let known = Terms::of(reader).all(reader.fields().party, "", |_, _| Some(true))?;
    if party.keys().iter().any(|key| known.contains_key(*key)) {
        return Ok(None);
    }
    let mut near: Vec<(u8, std::cmp::Reverse<u64>, String)> = known
        .into_iter()
        .map(|(key, known)| {
            let away = letters_between(party.code(), &key, 1).unwrap_or(2);
            (away, std::cmp::Reverse(known.papers), key)
        })
        .collect();
    near.sort();
    near.truncate(NAMED);
    Ok(Some(near.into_iter().map(|(_, _, key)| key).collect()))
}

/// Letters of a prefix that are not left out of it.
const SHORTEST_BEGINNING: usize = 3;

/// Words of the papers that begin with most of the letters of `prefix`, with which none begins.
fn begun_alike(reader: &Reader, prefix: &str) -> Result<Vec<String>, Error> {
    let letters: Vec<char> = prefix.chars().collect();
    for kept in (SHORTEST_BEGINNING..letters.len()).rev() {
        let begin: String = letters[..kept].iter().collect();
        let found = Terms::of(reader).all(reader.fields().exact, &begin, |term, found| {
            (term.starts_with(&begin) && found < NAMED).then(|| !term.contains(' '))
        })?;
        if !found.is_empty() {
            return Ok(found.into_keys().collect());
        }
    }
    Ok(Vec::new())
}

/// Words of the papers that `form` may be meant for: one letter away, else begun by it, else two letters away when it is long. A mark that was typed is meant: a word that differs in its
/// marks alone is another word.
fn near(reader: &Reader, form: &str) -> Result<Vec<String>, Error> {
    let mut near = spelled_like(reader, form, 1)?;
    if near.is_empty() {
        near = beginning(reader, form)?;
    }
    if near.is_empty() {
        near = stems_like(reader, reader.fields().stem, form)?;
    }
    if near.is_empty() {
        near = stems_like(reader, reader.fields().part, form)?;
    }
    if near.is_empty() && form.chars().count() >= LONG {
        near = spelled_like(reader, form, 2)?;
    }
    Ok(near)
}

/// Words of the papers that are `distance` letters away from `form`, one of each family.
fn spelled_like(reader: &Reader, form: &str, distance: u8) -> Result<Vec<String>, Error> {
    let bare = words::fold(form);
    let mut near: Vec<String> = within(reader, form, distance, MOST * 8)?
        .into_iter()
        .map(|(term, _)| term)
        .filter(|term| words::fold(term) != bare && term.chars().count() + 1 >= SHORTEST)
        .collect();
    near.truncate(MOST);
    // Forms of one word are one suggestion.
    let mut stems = BTreeSet::new();
    near.retain(|term| stems.insert(Wanted::word(term).stem.clone()));
    Ok(near)
}

/// Stems of words of the papers one letter away from that of `form`, which may stand there in other inflections alone.
/// The parts of compounds that are so are in a `field` of their own.
fn stems_like(reader: &Reader, field: Field, form: &str) -> Result<Vec<String>, Error> {
    let stem = &Wanted::word(form).stem;
    if stem.chars().count() < SHORTEST {
        return Ok(Vec::new());
    }
    let mut near = Vec::new();
    for (term, _) in within_of(reader, field, stem, 1, MOST * 8)? {
        if near.len() == MOST || term.chars().count() < SHORTEST {
            continue;
        }
        if Wanted::word(&term).stem == term {
            near.push(term);
        } else {
            near.extend(word_of(reader, &term)?);
        }
    }
    Ok(near)
}

/// A word of the papers that has `stem`, which is no word itself: utvärderas for utvärder.
fn word_of(reader: &Reader, stem: &str) -> Result<Option<String>, Error> {
    let found = Terms::of(reader).all(reader.fields().exact, stem, |term, found| {
        (found == 0 && term.starts_with(stem))
            .then(|| words::with_forms(term, |forms| forms.stem == stem))
    })?;
    Ok(found.into_keys().next())
}

/// Words of the papers that begin with `form` and are no forms of it: a name that stands in compounds alone.
fn beginning(reader: &Reader, form: &str) -> Result<Vec<String>, Error> {
    let found = Terms::of(reader).all(reader.fields().exact, form, |term, found| {
        let longer = term.strip_prefix(form)?.chars().count();
        (found < MOST).then(|| longer > LONGER && !term.contains(' '))
    })?;
    Ok(found.into_keys().collect())
}

/// For each word of `node` that stands nowhere, the words of the papers that are written most like it.
pub(super) fn nearest(reader: &Reader, node: &Node) -> Result<Vec<Respelled>, Error> {
    let mut out = Vec::new();
    nearest_of(reader, node, &mut out)?;
    Ok(out)
}

fn nearest_of(reader: &Reader, node: &Node, out: &mut Vec<Respelled>) -> Result<(), Error> {
    match node {
        Node::All(nodes) => {
            for node in nodes {
                nearest_of(reader, node, out)?;
            }
        }
        Node::Any(nodes) => {
            if total(reader, node)? > 0 {
                return Ok(());
            }
            // What may be a number of a case is told as one.
            let number = nodes.iter().find(|node| matches!(node, Node::Dnr(_)));
            match number {
                Some(number) => nearest_of(reader, number, out)?,
                None => {
                    for node in nodes {
                        nearest_of(reader, node, out)?;
                    }
                }
            }
        }
        Node::Party(party) | Node::Answers(party) => {
            if let Some(near) = unknown_party(reader, *party)? {
                let word = node.to_string();
                out.push(Respelled { word, near });
            }
        }
        Node::Dnr(key) if total(reader, node)? == 0 => {
            let mut near = within_of(reader, reader.fields().dnr, key, 1, 200)?;
            near.truncate(NAMED);
            out.push(Respelled {
                word: node.to_string(),
                near: near.into_iter().map(|(key, _)| key).collect(),
            });
        }
        Node::Prefix(prefix) if total(reader, node)? == 0 => {
            out.push(Respelled {
                word: node.to_string(),
                near: begun_alike(reader, prefix)?,
            });
        }
        Node::Also(node, _) => nearest_of(reader, node, out)?,
        Node::Namnd(typed) => {
            let mut names = Vec::new();
            let known = Terms::of(reader).all(reader.fields().namnd, "", |_, _| Some(true))?;
            for name in known.into_keys() {
                if tag::namnd_meant(typed, &name).is_some()
                    || tag::namnd_has(typed, &name)
                    || bodies::called(typed, &name)
                {
                    return Ok(());
                }
                let bare = words::fold(typed);
                let away = words::words(&name)
                    .map(|word| words::fold(&word.form))
                    .filter_map(|word| letters_between(&bare, &word, 2))
                    .min();
                names.extend(away.map(|away| (away, name)));
            }
            names.sort();
            names.truncate(NAMED);
            out.push(Respelled {
                word: format!("namnd:{typed}"),
                near: names.into_iter().map(|(_, name)| name).collect(),
            });
        }
        Node::Word(word) => missing(reader, word, out)?,
        Node::Titled(words) => {
            for word in words {
                missing(reader, word, out)?;
                let titled = Node::Titled(vec![word.clone()]);
                if out.iter().all(|told| told.word != *word) && total(reader, &titled)? == 0 {
                    out.push(Respelled {
                        word: format!("titel:{word}"),
                        near: Vec::new(),
                    });
                }
            }
        }
        Node::Phrase(words) | Node::Beside(words) => {
            // A number has no words like it, and its part may be that of a person's.
            let is_word = |word: &&String| !word.contains(|c: char| c.is_ascii_digit());
            for word in words.iter().filter(is_word) {
                missing(reader, word, out)?;
            }
        }
        Node::Near(one, other, _) => {
            nearest_of(reader, one, out)?;
            nearest_of(reader, other, out)?;
        }
        _ => {}
    }
    Ok(())
}

/// Adds to `out` the words written most like `word`, when it stands nowhere.
fn missing(reader: &Reader, word: &str, out: &mut Vec<Respelled>) -> Result<(), Error> {
    if stands_somewhere(reader, word)? || out.iter().any(|told| told.word == word) {
        return Ok(());
    }
    let form = word.to_lowercase();
    let letters = form.chars().count();
    let distance = if letters < SHORTEST { 1 } else { 2 };
    let mut near = if letters < 3 {
        Vec::new()
    } else {
        within(reader, &form, distance, 200)?
    };
    near.sort_by(|a, b| a.1.cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
    let mut stems = BTreeSet::new();
    near.retain(|(term, _)| stems.insert(Wanted::word(term).stem.clone()));
    near.truncate(NAMED);
    out.push(Respelled {
        word: word.to_owned(),
        near: near.into_iter().map(|(term, _)| term).collect(),
    });
    Ok(())
}

/// At most `most` words of the papers within `distance` letters of `form` (a letter more, less, another, or two turned), in
/// the order of the alphabet, each with its distance.
pub(super) fn within(
    reader: &Reader,
    form: &str,
    distance: u8,
    most: usize,
) -> Result<Vec<(String, u8)>, Error> {
    within_of(reader, reader.fields().exact, form, distance, most)
}

/// The stem of `form` that may be looked for with other letters too: a short one would be the stem of many other words.
pub(super) fn stem_to_miss(form: &str) -> Option<String> {
    let stem = &Wanted::word(form).stem;
    (stem.chars().count() >= SHORTEST).then(|| stem.clone())
}

/// As [`within`], of the stems of the papers' words.
pub(super) fn stems_within(
    reader: &Reader,
    stem: &str,
    distance: u8,
    most: usize,
) -> Result<Vec<(String, u8)>, Error> {
    within_of(reader, reader.fields().stem, stem, distance, most)
}

fn within_of(
    reader: &Reader,
    field: Field,
    form: &str,
    distance: u8,
    most: usize,
) -> Result<Vec<(String, u8)>, Error> {
    let engine = |error| Error::Index(reader.engine(error));
    let fuzzy = FuzzyTermQuery::new(Term::from_field_text(field, form), distance, true);
    let mut found = BTreeSet::new();
    for segment in reader.searcher().segment_readers() {
        let inverted = segment.inverted_index(field).map_err(engine)?;
        let automaton = fuzzy.automaton().map_err(engine)?;
        let mut stream = inverted
            .terms()
            .search(automaton)
            .into_stream()
            .map_err(|e| engine(e.into()))?;
        while stream.advance() && found.len() < most {
            if let Ok(term) = std::str::from_utf8(stream.key())
                && !term.contains(' ')
            {
                found.insert(term.to_owned());
            }
        }
    }
    let counted = found.into_iter().map(|term| {
        let away = letters_between(form, &term, distance);
        (term, away.unwrap_or(distance))
    });
    Ok(counted.collect())
}
