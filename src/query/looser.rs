//! What is asked for side by side, or near each other, and stands nowhere so → the same asked less strictly.

use serde::Serialize;

use super::Error;
use super::node::Node;
use crate::swedish::words;

/// What nothing says as it was asked for, though its words may stand in papers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Looser {
    /// It as it is printed.
    pub asked: String,
    /// Queries that ask for less, and how many papers each finds; those that find nothing are left out.
    pub instead: Vec<(String, usize)>,
}

/// Phrases that are looked at.
const MOST: usize = 4;

/// Words of a phrase whose runs are looked for.
const LONGEST: usize = 8;

/// Words from one to the other that are near enough to be named instead of a phrase.
const NEAR: u32 = 5;

/// For each phrase of `node`, and each two things near each other, that nothing says: what to ask instead. `found` tells how
/// many papers a query finds.
pub(super) fn looser(
    node: &Node,
    found: impl Fn(&Node) -> Result<usize, Error>,
) -> Result<Vec<Looser>, Error> {
    let nodes = match node {
        Node::All(nodes) => nodes.as_slice(),
        other => std::slice::from_ref(other),
    };
    let strict = nodes.iter().filter(|node| is_strict(node) && tells(node));
    let strict = strict.take(MOST);
    let mut all = Vec::new();
    for node in strict {
        if found(node)? > 0 {
            continue;
        }
        let mut instead = Vec::new();
        for less in less(node, &found)? {
            let papers = found(&less)?;
            if papers > 0 {
                instead.push((less.to_string(), papers));
            }
        }
        all.push(Looser {
            asked: node.to_string(),
            instead,
        });
    }
    Ok(all)
}

fn is_strict(node: &Node) -> bool {
    match node {
        Node::Phrase(words) => words.len() > 1,
        Node::Near(..) => true,
        _ => false,
    }
}

/// Whether it has a word that not every paper has: `i` and `och` stand near each other in all of them, which takes long to count
/// and tells nobody anything.
fn tells(node: &Node) -> bool {
    match node {
        Node::Phrase(words) => words.iter().any(|word| !words::is_function_word(word)),
        Node::Near(one, other, _) => tells(one) || tells(other),
        Node::Word(word) => !words::is_function_word(word),
        _ => true,
    }
}

/// Queries that ask for less than `node`, that which asks for most first.
fn less(node: &Node, found: impl Fn(&Node) -> Result<usize, Error>) -> Result<Vec<Node>, Error> {
    let mut all = Vec::new();
    match node {
        Node::Phrase(words) => {
            let mut each = words.iter().cloned().map(Node::Word);
            if words.len() > 2 {
                all.extend(longest_run(words, found)?);
            } else if let (Some(one), Some(other)) = (each.next(), each.next()) {
                all.push(Node::Near(Box::new(one), Box::new(other), NEAR));
            }
            all.push(Node::All(words.iter().cloned().map(Node::Word).collect()));
        }
        Node::Near(one, other, _) => {
            all.push(Node::All(vec![(**one).clone(), (**other).clone()]));
        }
        _ => {}
    }
    Ok(all)
}

/// Of the longest runs of these words that stand side by side somewhere, the one that most papers have.
fn longest_run(
    words: &[String],
    found: impl Fn(&Node) -> Result<usize, Error>,
) -> Result<Option<Node>, Error> {
    let words = &words[..words.len().min(LONGEST)];
    for length in (2..words.len()).rev() {
        let mut best = None;
        for run in words.windows(length) {
            let run = Node::Phrase(run.to_vec());
            let papers = found(&run)?;
            if papers > best.as_ref().map_or(0, |(papers, _)| *papers) {
                best = Some((papers, run));
            }
        }
        if let Some((_, run)) = best {
            return Ok(Some(run));
        }
    }
    Ok(None)
}
