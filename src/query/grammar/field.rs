//! `field:value` → what it asks for.

use super::span::{day, span};
use super::{Error, Parser};
use crate::query::node::{Node, Span};
use crate::query::readings;
use crate::swedish::words;
use crate::tag;

/// The fields, as an error names them.
const FIELDS: &str = "parti, svar, namnd, typ, utfall, dnr, titel, datum, dag";

/// Every way to write a field.
const ALL: &[&str] = &[
    "answers", "ar", "date", "datum", "day", "dag", "dnr", "intill", "kind", "namnd", "nämnd",
    "outcome", "parti", "party", "rubrik", "svar", "titel", "title", "typ", "utfall", "year", "år",
];

/// Fields that people try for whoever wrote or signed a paper.
const PERSONS: &[&str] = &[
    "av",
    "författare",
    "från",
    "handläggare",
    "ledamot",
    "namn",
    "person",
    "undertecknad",
];

/// Fields that people try for the paper's own date.
const DAYS: &[&str] = &[
    "from", "fran", "från", "to", "till", "before", "after", "efter", "före",
];

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
        let none = || {
            let lower = field.to_lowercase();
            let is_dated = value.starts_with(|c: char| c.is_ascii_digit());
            let hint = if DAYS.contains(&lower.as_str()) && is_dated {
                "write datum:2016..2018, with either side left out, for the days from or to"
            } else if PERSONS.contains(&lower.as_str()) {
                "names are searched as words: leave it out"
            } else {
                "put quotes round a word with a colon"
            };
            self.error(
                at,
                format!("no field `{field}`; fields are {FIELDS}; {hint}"),
            )
        };
        if value.trim().is_empty() {
            let field = field.to_lowercase();
            return Err(if ALL.contains(&field.as_str()) {
                wrong(format!("`{field}:` has no value"))
            } else {
                none()
            });
        }
        if let Some(sign) = value.find(['*', '~'])
            && !matches!(field.to_lowercase().as_str(), "dnr")
        {
            return Err(self.error(
                value_at + sign,
                format!(
                    "no `*` or `~` behind `{}:`: its words are found in all their forms",
                    field.to_lowercase()
                ),
            ));
        }
        let party = || tag::typed_party(value).map_err(|e| wrong(format!("{e}")));
        match field.to_lowercase().as_str() {
            "parti" | "party" => Ok(self.party(party()?, value)),
            "svar" | "answers" => Ok(readings::answering(party()?, value, self.as_written)),
            "titel" | "rubrik" | "title" => {
                let words: Vec<String> = words::words(value).map(|word| word.form).collect();
                match words.len() {
                    0 => Err(wrong("no word stands here".into())),
                    _ => Ok(Node::Titled(words)),
                }
            }
            "namnd" | "nämnd" if self.as_written => Ok(Node::NamndAsWritten(value.to_owned())),
            "namnd" | "nämnd" => Ok(Node::Namnd(value.to_owned())),
            "kind" | "typ" => value
                .parse()
                .map(Node::Kind)
                .map_err(|e| wrong(format!("{e}"))),
            "utfall" | "outcome" => value
                .parse()
                .map(Node::Outcome)
                .map_err(|e| wrong(format!("{e}"))),
            "dnr" => tag::lookup_key(value).map(Node::Dnr).ok_or_else(|| {
                wrong(format!(
                    "no diary number `{value}`; write it as in `HL 2019/619`"
                ))
            }),
            "dag" | "day" => match readings::yearless_typed(value) {
                Some(node) => Ok(node),
                None => day(value).map(Node::Day).map_err(wrong),
            },
            "intill" => {
                let words: Vec<String> = words::words(value).map(|word| word.form).collect();
                match words.len() {
                    0 => Err(wrong("no word stands here".into())),
                    _ => Ok(Node::Beside(words)),
                }
            }
            "datum" | "date" | "år" | "ar" | "year" => {
                let open = |text: &str| {
                    if text.is_empty() {
                        Ok(Span::default())
                    } else {
                        span(text)
                    }
                };
                let dated = match value.split_once("..") {
                    None => span(value),
                    Some((from, to)) => open(from).and_then(|from| {
                        open(to).map(|to| Span {
                            from: from.from,
                            to: to.to,
                        })
                    }),
                };
                let dated = dated.map_err(|what| {
                    wrong(format!("{what}, and 2014..2016 for the days between"))
                })?;
                if let (Some(from), Some(to)) = (dated.from, dated.to)
                    && from > to
                {
                    return Err(wrong(format!(
                        "{from} is after {to}: the earlier date stands first"
                    )));
                }
                Ok(Node::Dated(dated))
            }
            _ => Err(none()),
        }
    }
}
