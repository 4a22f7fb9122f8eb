//! Of the papers that fit best, those that answer what was asked before those that only speak of it.

use tantivy::DocAddress;

use super::node::Node;
use super::word::Stem;
use crate::index::{self, Lists, Row};
use crate::swedish::words;

/// Papers from the first on that are weighed against each other once more.
pub(super) const WEIGHED: usize = 20;

/// What the score of an answer is multiplied with, when its title says what was asked: the letter that it answers says it oftener.
const AHEAD: f32 = 1.4;

/// `best`, whose first [`WEIGHED`] papers are put in order again: an answer whose title says a word of `node` is ahead.
pub(super) fn first(
    lists: &Lists,
    node: &Node,
    best: &mut [(f32, DocAddress)],
) -> Result<(), index::Error> {
    let mut asked = Vec::new();
    stems(node, &mut asked);
    if asked.is_empty() || best.len() < 2 {
        return Ok(());
    }
    let weighed = WEIGHED.min(best.len());
    for (score, address) in &mut best[..weighed] {
        if lists.answers(*address) && is_titled(&lists.filed(*address)?.1, &asked) {
            *score *= AHEAD;
        }
    }
    // Equal ones keep their order.
    best[..weighed].sort_by(|a, b| b.0.total_cmp(&a.0));
    Ok(())
}

/// Whether the title of a paper has one of these words.
fn is_titled(row: &Row, asked: &[Stem]) -> bool {
    let title = row.head.title.as_deref().unwrap_or_default();
    words::cut(title).any(|word| asked.iter().any(|stem| stem.is_of(&word.form)))
}

/// The words that are asked for and tell something.
fn stems(node: &Node, asked: &mut Vec<Stem>) {
    match node {
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| stems(node, asked)),
        Node::Also(node, _) => stems(node, asked),
        Node::Word(word) if !words::is_function_word(&word.to_lowercase()) => {
            asked.push(Stem::of(word));
        }
        _ => {}
    }
}
