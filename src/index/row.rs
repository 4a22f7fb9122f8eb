//! A record → its row: what a list shows of a paper, small enough to be read for every line of a long list. Pure.
//!
//! Stored as a column of its own, so that listing ten thousand papers opens none of their records.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::quote::Quote;
use crate::page;
use crate::record::Record;
use crate::tag::{DnrRole, Kind, Matter, Outcome, Party, Relation, Tags};

/// A paper in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What the paper says of itself.
    pub head: Head,
    /// How many pages it has.
    pub pages: u32,
    /// The matters of a protokoll that answer a party, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub matters: Vec<RowMatter>,
}

/// What a paper, or a matter of a protokoll, says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Its nämnd.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namnd: Option<String>,
    /// Its own diary numbers, as written; a number said twice is one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dnr: Vec<String>,
    /// Its kind.
    pub kind: Kind,
    /// What its proposal comes to, or what was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// The parties that it answers, with the words that show it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answered>,
}

/// A party that is answered, and where it says so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answered {
    /// The party.
    pub party: Party,
    /// The marks that go with how the paper writes it where it answers it: `FP` for `(fp)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub written: Vec<String>,
    /// The words that show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quote>,
}

/// A matter of a protokoll that answers a party.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowMatter {
    /// Its number as written: `§ 12`.
    pub number: String,
    /// The page on which the matter begins, counted from 1.
    pub page: u32,
    /// The line on which it begins, counted from 1.
    pub line: u32,
    /// What it says of itself.
    pub head: Head,
}

/// Bytes that one value of a column holds, at most: the engine cuts longer ones off at 65,535 and says nothing.
const LONGEST: usize = 60_000;

/// `spelled`, a row as JSON, in values that a column can hold. A row of one value is as it is; the parts of a longer one (a
/// protokoll of a hundred answered motions) begin with their number, in two bytes.
pub(super) fn parts(spelled: &[u8]) -> Vec<Cow<'_, [u8]>> {
    if spelled.len() <= LONGEST {
        return vec![Cow::Borrowed(spelled)];
    }
    let numbered = |(number, part): (u16, &[u8])| {
        let mut value = number.to_be_bytes().to_vec();
        value.extend_from_slice(part);
        Cow::Owned(value)
    };
    (0..).zip(spelled.chunks(LONGEST)).map(numbered).collect()
}

/// What [`parts`] took apart; nothing when there is no value.
pub(super) fn whole(mut values: Vec<Vec<u8>>) -> Option<Vec<u8>> {
    if values.len() < 2 {
        return values.pop();
    }
    values.sort_unstable();
    let parts = values.iter().filter_map(|value| value.get(2..));
    Some(parts.collect::<Vec<_>>().concat())
}

impl Row {
    /// The row of `record`.
    pub fn of(record: &Record) -> Row {
        Row {
            head: Head::of(record, &record.tags),
            pages: record.pages.len() as u32,
            matters: record
                .matters
                .iter()
                .filter(|matter| !matter.tags.answers.is_empty())
                .map(|matter| RowMatter::of(record, matter))
                .collect(),
        }
    }
}

impl Head {
    fn of(record: &Record, tags: &Tags) -> Head {
        // A letterhead and a running head give the same number; it is one, as first written.
        let mut keys: Vec<&str> = Vec::new();
        let mut dnr = Vec::new();
        let own = |role| role == DnrRole::Own;
        for found in tags.dnr.iter().filter(|found| own(found.value.role)) {
            if !keys.contains(&found.value.key.as_str()) {
                keys.push(&found.value.key);
                dnr.push(found.value.verbatim.clone());
            }
        }
        Head {
            title: tags.title.as_ref().map(|title| title.value.clone()),
            date: tags.date.as_ref().map(|date| date.value),
            namnd: tags.namnd.as_ref().map(|namnd| namnd.value.clone()),
            dnr,
            kind: tags.kind,
            outcome: tags.outcome.as_ref().map(|outcome| outcome.value),
            answers: tags
                .answers
                .iter()
                .map(|found| Answered {
                    party: found.value,
                    written: tags
                        .written
                        .iter()
                        .filter(|form| {
                            form.party == found.value && form.relation == Relation::Answers
                        })
                        .map(|form| form.mark.clone())
                        .collect(),
                    quote: Quote::around(record, &found.place),
                })
                .collect(),
        }
    }
}

impl RowMatter {
    /// What a list shows of a matter of `record`.
    pub fn of(record: &Record, matter: &Matter) -> RowMatter {
        let text = record.page_text(matter.place.page).unwrap_or_default();
        let mut head = Head::of(record, &matter.tags);
        let whole = &record.tags;
        head.namnd = head
            .namnd
            .or_else(|| whole.namnd.as_ref().map(|namnd| namnd.value.clone()));
        head.date = head
            .date
            .or_else(|| whole.date.as_ref().map(|date| date.value));
        RowMatter {
            number: matter.number.clone(),
            page: matter.place.page,
            line: page::line_of(text, matter.place.start),
            head,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_any_length_comes_back() {
        for length in [0, 1, LONGEST, LONGEST + 1, 7 * LONGEST, 300 * LONGEST + 7] {
            let spelled: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let mut values: Vec<Vec<u8>> =
                parts(&spelled).into_iter().map(Cow::into_owned).collect();
            assert!(values.iter().all(|value| value.len() < 65_000));
            values.reverse();
            assert_eq!(whole(values).as_deref(), Some(&spelled[..]));
        }
        assert_eq!(whole(Vec::new()), None);
    }
}
