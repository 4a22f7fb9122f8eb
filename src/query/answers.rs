//! A party → every paper that answers it, newest first, one row after the other.
//!
//! Rows come from a column, so that the first is there before the last has been looked at.

use std::collections::VecDeque;

use tantivy::DocAddress;

use super::terms::Terms;
use super::{Answering, Card, Error, Node, Place, Request, Sort, plan, rank};
use crate::index::{Head, Lists, Reader, Row};
use crate::tag::{self, Kind, Outcome, Party};

/// Every row that answers a party, newest first; equal days in the order of their paths, papers without a date last.
///
/// A protokoll gives a row for each of its matters that answers the party.
pub struct Answers {
    lists: Lists,
    party: Party,
    /// The mark that the paper must use, when the form as written counts.
    mark: Option<String>,
    /// What a row must be by itself: the matter of a protokoll, not the protokoll.
    filters: Filters,
    /// Papers that are not given yet, last first.
    papers: Vec<(u64, DocAddress)>,
    /// Papers of the day at hand, in order.
    day: VecDeque<(String, DocAddress)>,
    /// Rows of the paper at hand.
    rows: VecDeque<Answering>,
}

/// Filters that a protokoll and its matters pass each by themselves.
struct Filters {
    kind: Option<Kind>,
    outcome: Option<Outcome>,
    dnr: Option<String>,
}

impl Filters {
    /// Whether a row passes: the paper with `head`, or its matter with `matter`, which is of the paper's kind too.
    fn pass(&self, head: &Head, matter: Option<&Head>) -> bool {
        let own = matter.unwrap_or(head);
        let is_kind = |kind: &Kind| *kind == own.kind || *kind == head.kind;
        let has_number = |key: &String| {
            // The index knows the numbers that a paper cites too; of a matter its own count.
            matter.is_none() || own.dnr.iter().any(|dnr| is_case(dnr, key))
        };
        self.kind.as_ref().is_none_or(is_kind)
            && (self.outcome.is_none() || self.outcome == own.outcome)
            && self.dnr.as_ref().is_none_or(has_number)
    }
}

/// Whether the number `written` is the case that was asked for by the lookup key `key`.
fn is_case(written: &str, key: &str) -> bool {
    let short = tag::short_key(key);
    let Some(written) = tag::Dnr::parse(written) else {
        return false;
    };
    written.lookup_keys().iter().any(|case| {
        case == key || short.is_some() && written.short_key() == short && tag::has_all_of(case, key)
    })
}

/// The rows that answer `party`; `request` narrows the list by its filters.
///
/// # Errors
/// [`Error::Index`] when the index cannot be read, [`Error::Query`] when the request's query line cannot be honoured.
pub fn answers(reader: &Reader, party: Party, request: &Request) -> Result<Answers, Error> {
    let filters = Filters {
        kind: request.kind,
        outcome: request.outcome,
        dnr: request.dnr.clone(),
    };
    let request = Request {
        answers: Some(party),
        kind: None,
        outcome: None,
        ..request.clone()
    };
    let node = super::asked(&request)?.unwrap_or(Node::Answers(party));
    let terms = Terms::of(reader);
    let ask = plan::ask(&terms, &node, request.tier)?;
    let lists = reader.lists()?;
    let found = rank::ranked(&terms, &lists, &ask, 0, Sort::Date, true)?;
    let mut papers: Vec<(u64, DocAddress)> = found
        .all
        .into_iter()
        .map(|address| (lists.date(address), address))
        .collect();
    papers.sort_unstable();
    Ok(Answers {
        lists,
        party,
        mark: request.answers_mark,
        filters,
        papers,
        day: VecDeque::new(),
        rows: VecDeque::new(),
    })
}

impl Iterator for Answers {
    type Item = Result<Answering, Error>;

    fn next(&mut self) -> Option<Result<Answering, Error>> {
        loop {
            if let Some(row) = self.rows.pop_front() {
                return Some(Ok(row));
            }
            let next = self.next_paper().transpose()?;
            let read = next.and_then(|(file, address)| Ok((self.lists.row(address)?, file)));
            match read {
                Ok((row, file)) => self.rows = self.rows_of(&file, &row).into(),
                Err(error) => return Some(Err(error.into())),
            }
        }
    }
}

impl Answers {
    /// The next paper, with its path.
    fn next_paper(&mut self) -> Result<Option<(String, DocAddress)>, crate::index::Error> {
        if self.day.is_empty()
            && let Some(&(date, _)) = self.papers.last()
        {
            let from = self.papers.partition_point(|paper| paper.0 < date);
            let mut day = Vec::with_capacity(self.papers.len() - from);
            for (_, address) in self.papers.split_off(from) {
                day.push((self.lists.file(address)?, address));
            }
            day.sort_unstable();
            self.day = day.into();
        }
        Ok(self.day.pop_front())
    }

    fn rows_of(&self, file: &str, row: &Row) -> Vec<Answering> {
        let matters: Vec<Answering> = row
            .matters
            .iter()
            .filter(|matter| self.answered(&matter.head))
            .filter(|matter| self.filters.pass(&row.head, Some(&matter.head)))
            .map(|matter| {
                let place = Place::of(matter);
                self.row(Card::of(file, &matter.head), &matter.head, Some(place))
            })
            .collect();
        // A protokoll is a list of matters; as a whole it answers whom none of them names.
        let of_matters = row.matters.iter().any(|matter| self.answered(&matter.head));
        if !of_matters && self.answered(&row.head) && self.filters.pass(&row.head, None) {
            return vec![self.row(Card::of(file, &row.head), &row.head, None)];
        }
        matters
    }

    /// Whether `head` answers the party, in the form that counts.
    fn answered(&self, head: &Head) -> bool {
        head.answers.iter().any(|answered| {
            self.party.covers(answered.party)
                && self
                    .mark
                    .as_ref()
                    .is_none_or(|mark| answered.written.contains(mark))
        })
    }

    fn row(&self, card: Card, head: &Head, matter: Option<Place>) -> Answering {
        let mut answers = head.answers.iter();
        let answered = answers.find(|other| self.party.covers(other.party));
        Answering {
            card,
            matter,
            written: answered
                .map(|answered| answered.written.clone())
                .unwrap_or_default(),
            evidence: answered.and_then(|answered| answered.quote.clone()),
        }
    }
}
