//! `field:value` → what it asks for.

use super::span::{day, span};
use super::{Error, Parser};
use crate::index::words;
use crate::query::node::{Node, Span};
use crate::query::readings;
use crate::tag;

impl Parser<'_> {
    /// What `field` with `value` asks for; the places are for the error.
    pub(super) fn field(
        &self,
        at: usize,
        field: &str,
        value_at: usize,
        value: &str,
    ) -> Result<Node, Error> {
        let wrong = |what: String| self.error(value_at, what);
        if value.trim().is_empty() {
            return Err(wrong(format!("`{field}:` has no value")));
        }
        match field.to_lowercase().as_str() {
            "parti" | "party" => {
                let party = value.parse().map_err(|e| wrong(format!("{e}")))?;
                Ok(self.party(party, value))
            }
            "svar" | "answers" => {
                let party = value.parse().map_err(|e| wrong(format!("{e}")))?;
                Ok(readings::answering(party, value, self.as_written))
            }
            "namnd" | "nämnd" if self.as_written => Ok(Node::NamndAsWritten(value.to_owned())),
            "namnd" | "nämnd" => Ok(Node::Namnd(value.to_owned())),
            "kind" | "typ" => value.parse().map(Node::Kind).map_err(|e| wrong(format!("{e}"))),
            "utfall" | "outcome" => value.parse().map(Node::Outcome).map_err(|e| wrong(format!("{e}"))),
            "dnr" => tag::lookup_key(value)
                .map(Node::Dnr)
                .ok_or_else(|| wrong(format!("no diary number `{value}`; write it as in `HL 2019/619`"))),
            "dag" | "day" => day(value).map(Node::Day).map_err(wrong),
            "intill" => {
                let words: Vec<String> = words::words(value).map(|word| word.form).collect();
                match words.len() {
                    0 => Err(wrong("no word stands here".into())),
                    _ => Ok(Node::Beside(words)),
                }
            }
            "datum" | "date" => {
                let open = |text: &str| if text.is_empty() { Ok(Span::default()) } else { span(text) };
                let dated = match value.split_once("..") {
                    None => span(value),
                    Some((from, to)) => open(from)
                        .and_then(|from| open(to).map(|to| Span { from: from.from, to: to.to })),
                };
                dated.map(Node::Dated).map_err(wrong)
            }
            _ => Err(self.error(
                at,
                format!("no field `{field}`; fields are parti, svar, namnd, typ, utfall, dnr, datum, dag; put quotes round a word with a colon"),
            )),
        }
    }
}
