//! A query that found nothing → the query with words that stand in some paper, for words that stand in none.

use std::collections::BTreeSet;

use tantivy::Term;
use tantivy::query::FuzzyTermQuery;

use super::grammar::Node;
use super::word::Wanted;
use super::{Error, Respelled, plan};
use crate::index::Reader;
use crate::index::words;

/// Letters that a word must have before another is taken for it.
const SHORTEST: usize = 6;
/// Words that are looked for in the place of one.
const MOST: usize = 8;

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
        Node::Word(form)
            if form.chars().count() >= SHORTEST && !stands_somewhere(reader, form)? =>
        {
            let near = near(reader, form)?;
            if near.is_empty() {
                node.clone()
            } else {
                replaced.push(Respelled {
                    word: form.clone(),
                    near: near.clone(),
                });
                Node::Similar(near)
            }
        }
        other => other.clone(),
    })
}

fn stands_somewhere(reader: &Reader, form: &str) -> Result<bool, Error> {
    let query = plan::query(reader, &Node::Word(form.to_owned()))?;
    Ok(super::count(reader, &*query)? > 0)
}

/// Words of the papers that are one letter away from `form`. A mark that was typed is meant: a word that differs in its
/// marks alone is another word.
fn near(reader: &Reader, form: &str) -> Result<Vec<String>, Error> {
    let field = reader.fields().exact;
    let engine = |error| Error::Index(reader.engine(error));
    let fuzzy = FuzzyTermQuery::new(Term::from_field_text(field, form), 1, true);
    let bare = words::fold(form);
    let mut near = BTreeSet::new();
    for segment in reader.searcher().segment_readers() {
        let inverted = segment.inverted_index(field).map_err(engine)?;
        let automaton = fuzzy.automaton().map_err(engine)?;
        let mut stream = inverted
            .terms()
            .search(automaton)
            .into_stream()
            .map_err(|e| engine(e.into()))?;
        while stream.advance() && near.len() < MOST {
            if let Ok(term) = std::str::from_utf8(stream.key())
                && words::fold(term) != bare
                && term.chars().count() + 1 >= SHORTEST
            {
                near.insert(term.to_owned());
            }
        }
    }
    // Forms of one word are one suggestion.
    let mut stems = BTreeSet::new();
    Ok(near
        .into_iter()
        .filter(|term| stems.insert(Wanted::word(term).stem))
        .collect())
}
