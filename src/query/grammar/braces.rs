//! The printed form of what is not typed by hand: `{LSS = lagen om stöd och service}`, `{namnd as written: Järva}`.

use super::{Error, Parser};
use crate::query::node::{Node, Synonym};
use crate::swedish::words;
use crate::tag;

/// What is told of braces that hold nothing of the kind.
const WRONG: &str = "between braces stands a word with what means the same: {one = other}";

impl Parser<'_> {
    /// Takes what stands between the braces that begin here; nothing when they hold no printed form.
    pub(super) fn braced(&mut self) -> Result<Option<Node>, Error> {
        let begin = self.at;
        let inside = self.rest().strip_prefix('{');
        let Some((inside, _)) = inside.and_then(|rest| rest.split_once('}')) else {
            return Ok(None);
        };
        let node = if let Some(name) = inside.strip_prefix("namnd as written: ") {
            self.leaves += 1;
            Node::NamndAsWritten(name.to_owned())
        } else if let Some(mark) = inside.strip_prefix("party as written: ") {
            self.leaves += 1;
            Node::Written(mark.to_owned())
        } else if let Some((said, others)) = inside.split_once(" = ") {
            let node = self.within(said.len())?;
            let synonyms = others.split(" = ").map(synonym);
            let Some(synonyms) = synonyms.collect::<Option<Vec<Synonym>>>() else {
                return Err(self.error(begin, WRONG.into()));
            };
            self.told += inside.len() - said.len();
            Node::Also(Box::new(node), synonyms)
        } else {
            return Ok(None);
        };
        self.at = begin + inside.len() + 2;
        Ok(Some(node))
    }

    /// What has synonyms, in so many bytes behind the brace that begins here.
    fn within(&mut self, bytes: usize) -> Result<Node, Error> {
        let begin = self.at;
        let mut inner = Parser {
            query: &self.query[..begin + 1 + bytes],
            at: begin + 1,
            ..*self
        };
        let node = inner.any().map_err(|error| Error {
            query: self.query.to_owned(),
            ..error
        })?;
        self.leaves = inner.leaves;
        let is_word = |node: &Node| matches!(node, Node::Word(_));
        let fits = match &node {
            Node::All(words) => words.iter().all(is_word),
            Node::Word(_) | Node::Fuzzy(..) | Node::Phrase(_) | Node::Beside(_) => true,
            _ => false,
        };
        if !fits || inner.at < inner.query.len() {
            return Err(self.error(begin, WRONG.into()));
        }
        Ok(node)
    }
}

/// What means the same, as it is printed.
fn synonym(text: &str) -> Option<Synonym> {
    if let Some(party) = text.strip_prefix("parti:") {
        return tag::typed_party(party).ok().map(Synonym::Party);
    }
    if let Some(name) = text.strip_prefix("namnd:\"") {
        return Some(Synonym::Namnd(name.strip_suffix('"')?.to_owned()));
    }
    let words: Vec<String> = words::words(text).map(|word| word.form).collect();
    (!words.is_empty()).then_some(Synonym::Words(words))
}
