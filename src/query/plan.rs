//! What a query asks for → the engine's query, in tiers.
//!
//! A word is looked for in every tier at once and scored by the best that finds it: exact form, inflection, part of a
//! compound, without its marks, as the OCR engine read it.

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur,
    PhraseQuery, Query, RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::Error;
use super::grammar::{Node, Span};
use super::word::{Tier, Wanted};
use crate::index::{Fields, Reader, date_number};
use crate::record::State;
use crate::tag;

/// Terms that a prefix may stand for; more is an error, since some would be dropped.
const EXPANSIONS: usize = 2_000;

/// The engine's query for `node`.
pub(super) fn query(reader: &Reader, node: &Node) -> Result<Box<dyn Query>, Error> {
    let fields = reader.fields();
    Ok(match node {
        Node::All(nodes) => {
            let mut clauses = Vec::new();
            let mut positive = false;
            for node in nodes {
                if let Node::Not(inner) = node {
                    clauses.push((Occur::MustNot, query(reader, inner)?));
                } else {
                    positive = true;
                    clauses.push((Occur::Must, query(reader, node)?));
                }
            }
            if !positive {
                clauses.push((Occur::Must, documents(fields)));
            }
            Box::new(BooleanQuery::new(clauses))
        }
        Node::Any(nodes) => {
            let nodes: Result<Vec<_>, _> = nodes.iter().map(|node| query(reader, node)).collect();
            Box::new(BooleanQuery::union(nodes?))
        }
        Node::Not(inner) => Box::new(BooleanQuery::new(vec![
            (Occur::Must, documents(fields)),
            (Occur::MustNot, query(reader, inner)?),
        ])),
        Node::Word(form) => word(fields, &Wanted::word(form)),
        Node::Similar(forms) => {
            let words: Vec<_> = forms
                .iter()
                .map(|form| word(fields, &Wanted::word(form)))
                .collect();
            boosted(Box::new(DisjunctionMaxQuery::new(words)), Tier::Spelling)
        }
        Node::Prefix(prefix) => {
            let terms = terms_with_prefix(reader, prefix)?;
            if terms.is_empty() {
                return Ok(Box::new(EmptyQuery));
            }
            let terms = terms
                .iter()
                .map(|term| Term::from_field_text(fields.exact, term));
            boosted(
                Box::new(ConstScoreQuery::new(
                    Box::new(TermSetQuery::new(terms)),
                    1.0,
                )),
                Tier::Exact,
            )
        }
        Node::Phrase(words) => {
            let terms: Vec<Term> = words
                .iter()
                .map(|word| Term::from_field_text(fields.exact, word))
                .collect();
            let phrase: Box<dyn Query> = if let [term] = terms.as_slice() {
                Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs))
            } else {
                Box::new(PhraseQuery::new(terms))
            };
            boosted(phrase, Tier::Exact)
        }
        Node::Party(party) => filter(fields.party, party.code()),
        Node::Answers(party) => filter(fields.answers, party.code()),
        Node::Dnr(key) => filter(fields.dnr, key),
        Node::Kind(kind) => filter(fields.kind, &kind.to_string()),
        Node::Day(day) => filter(fields.dates, &day.to_string()),
        Node::Namnd(typed) => {
            let mut names = Vec::new();
            each_term(reader, fields.namnd, b"", |name| {
                if tag::namnd_covers(typed, name) {
                    names.push(name.to_owned());
                }
                true
            })?;
            let terms = names
                .iter()
                .map(|name| Term::from_field_text(fields.namnd, name));
            Box::new(ConstScoreQuery::new(
                Box::new(TermSetQuery::new(terms)),
                0.0,
            ))
        }
        Node::Dated(Span { from, to }) => {
            use std::ops::Bound::Included;
            // A paper without a date has 0 and lies in no span.
            let bound = |date: Option<_>, open| {
                Term::from_field_u64(fields.date, date.map_or(open, date_number))
            };
            let range = RangeQuery::new(Included(bound(*from, 1)), Included(bound(*to, u64::MAX)));
            Box::new(ConstScoreQuery::new(Box::new(range), 0.0))
        }
    })
}

/// Everything that has been read.
pub(super) fn documents(fields: &Fields) -> Box<dyn Query> {
    let of = |state: State| {
        TermQuery::new(
            Term::from_field_text(fields.state, state.name()),
            IndexRecordOption::Basic,
        )
    };
    Box::new(ConstScoreQuery::new(
        Box::new(BooleanQuery::new(vec![
            (Occur::Must, Box::new(AllQuery)),
            (Occur::MustNot, Box::new(of(State::Failed))),
            (Occur::MustNot, Box::new(of(State::Skipped))),
            (Occur::MustNot, Box::new(of(State::Copy))),
        ])),
        0.0,
    ))
}

fn filter(field: Field, value: &str) -> Box<dyn Query> {
    let term = TermQuery::new(
        Term::from_field_text(field, value),
        IndexRecordOption::Basic,
    );
    Box::new(ConstScoreQuery::new(Box::new(term), 0.0))
}

fn boosted(query: Box<dyn Query>, tier: Tier) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, tier.weight()))
}

fn word(fields: &Fields, wanted: &Wanted) -> Box<dyn Query> {
    let mut tiers: Vec<Box<dyn Query>> = Vec::new();
    let mut add = |field: Field, text: &str, tier: Tier| {
        let term = Term::from_field_text(field, text);
        tiers.push(boosted(
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)),
            tier,
        ));
    };
    add(fields.exact, &wanted.form, Tier::Exact);
    add(fields.stem, &wanted.stem, Tier::Inflection);
    add(fields.part, &wanted.stem, Tier::Part);
    if let Some(folded) = &wanted.folded_stem {
        add(fields.fold, folded, Tier::Unmarked);
    }
    if let Some(bare) = &wanted.bare_form {
        add(fields.exact, bare, Tier::Unmarked);
    }
    add(fields.original, wanted.as_scanned(), Tier::Original);
    let body: Box<dyn Query> = Box::new(DisjunctionMaxQuery::new(tiers));
    let title = TermQuery::new(
        Term::from_field_text(fields.title, &wanted.stem),
        IndexRecordOption::Basic,
    );
    Box::new(BooleanQuery::new(vec![
        (Occur::Must, body),
        (
            Occur::Should,
            Box::new(ConstScoreQuery::new(Box::new(title), TITLE_BONUS)),
        ),
    ]))
}

/// What a word in the title adds to the score: about as much as an inflection in the body.
const TITLE_BONUS: f32 = 6.0;

fn terms_with_prefix(reader: &Reader, prefix: &str) -> Result<Vec<String>, Error> {
    let mut terms = Vec::new();
    each_term(reader, reader.fields().exact, prefix.as_bytes(), |term| {
        if !term.starts_with(prefix) {
            return false;
        }
        terms.push(term.to_owned());
        terms.len() <= EXPANSIONS
    })?;
    terms.sort_unstable();
    terms.dedup();
    if terms.len() > EXPANSIONS {
        return Err(Error::Wide(format!("{prefix}*"), EXPANSIONS));
    }
    Ok(terms)
}

/// Calls `take` with each term of `field` from `from` on, segment by segment, for as long as it answers true.
pub(super) fn each_term(
    reader: &Reader,
    field: Field,
    from: &[u8],
    mut take: impl FnMut(&str) -> bool,
) -> Result<(), Error> {
    let io = |error: std::io::Error| Error::Index(reader.engine(error.into()));
    for segment in reader.searcher().segment_readers() {
        let inverted = segment
            .inverted_index(field)
            .map_err(|error| Error::Index(reader.engine(error)))?;
        let mut stream = inverted
            .terms()
            .range()
            .ge(from)
            .into_stream()
            .map_err(io)?;
        while stream.advance() {
            if let Ok(term) = std::str::from_utf8(stream.key())
                && !take(term)
            {
                break;
            }
        }
    }
    Ok(())
}
