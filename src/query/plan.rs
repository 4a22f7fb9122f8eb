//! What a query asks for → the engine's query, in tiers.
//!
//! A word is looked for in every tier at once and scored by the best that finds it: exact form, inflection, part of a
//! compound, synonym, without its marks, as the OCR engine read it.

use std::cell::Cell;
use std::collections::BTreeSet;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur,
    PhraseQuery, Query, RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::Error;
use super::node::{Node, Span, Synonym};
use super::word::{Tier, Wanted};
use super::{readings, spelling};
use crate::index::compounds;
use crate::index::words::{self, Forms};
use crate::index::{Fields, Reader, date_number};
use crate::record::State;
use crate::tag;

/// Terms that the prefixes and spelling distances of a query may stand for, all together; more is an error, since some would
/// be dropped.
const EXPANSIONS: usize = 4_000;

/// What a word in the title weighs against the same word in the body.
const TITLE: f32 = 4.0;
/// What a word in the letterhead, the lines about the title or the proposal weighs.
const LEAD: f32 = 2.0;
/// What the answer to a party is ahead of a paper that names it.
const ANSWERS: f32 = 6.0;
/// What a name that stands for a party or an older nämnd counts, which no frequency can tell.
const NAMED: f32 = 4.0;
/// What two words that were asked for side by side weigh when they stand so.
const TOGETHER: f32 = 1.5;
/// Papers of a collection in which a word that stands in every other one tells nothing.
const MANY: u64 = 1_000;
/// Words that may lie between them.
const APART: u32 = 2;

/// The engine's query for `node`; its words are looked for in every tier down to `least`.
pub(super) fn query(reader: &Reader, node: &Node, least: Tier) -> Result<Box<dyn Query>, Error> {
    let plan = Plan {
        reader,
        least,
        fields: reader.fields(),
        left: Cell::new(EXPANSIONS),
    };
    plan.node(node)
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

/// The paper filed under `file`.
pub(super) fn file(reader: &Reader, file: &str) -> Box<dyn Query> {
    let term = Term::from_field_text(reader.fields().file(), file);
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

struct Plan<'a> {
    reader: &'a Reader,
    least: Tier,
    fields: &'a Fields,
    /// Terms that may still be looked up.
    left: Cell<usize>,
}

type Clauses = Vec<(Occur, Box<dyn Query>)>;

impl Plan<'_> {
    fn node(&self, node: &Node) -> Result<Box<dyn Query>, Error> {
        let fields = self.fields;
        Ok(match node {
            Node::All(nodes) => Box::new(BooleanQuery::new(self.all(nodes)?)),
            Node::Any(nodes) => {
                let nodes: Result<Vec<_>, _> = nodes.iter().map(|node| self.node(node)).collect();
                Box::new(BooleanQuery::union(nodes?))
            }
            Node::Not(inner) => Box::new(BooleanQuery::new(vec![
                (Occur::Must, documents(fields)),
                (Occur::MustNot, self.node(inner)?),
            ])),
            Node::Word(word) => self.word(word),
            Node::Similar(forms) => {
                let words = forms.iter().map(|form| self.word(form)).collect();
                boosted(Box::new(DisjunctionMaxQuery::new(words)), Tier::Spelling)
            }
            Node::Also(node, synonyms) => {
                let mut readings = vec![self.node(node)?];
                let telling = synonyms.iter().filter(|synonym| self.earns(synonym));
                readings.extend(telling.map(|synonym| self.synonym(synonym)));
                Box::new(DisjunctionMaxQuery::new(readings))
            }
            Node::Fuzzy(word, distance) => self.fuzzy(word, *distance)?,
            Node::Prefix(prefix) => {
                let terms = self.terms_with_prefix(prefix)?;
                let terms = terms
                    .iter()
                    .map(|term| Term::from_field_text(fields.exact, term));
                let set = TermSetQuery::new(terms);
                boosted(
                    Box::new(ConstScoreQuery::new(Box::new(set), 1.0)),
                    Tier::Exact,
                )
            }
            Node::Phrase(words) => boosted(self.phrase(words), Tier::Exact),
            Node::Beside(words) => Box::new(DisjunctionMaxQuery::new(vec![
                boosted(self.phrase(words), Tier::Exact),
                boosted(self.stems(words, 0), Tier::Inflection),
            ])),
            Node::Near(one, other, within) => {
                // Side by side is no distance to the engine, and one to a person.
                let slop = within - 1;
                let words = [one.to_lowercase(), other.to_lowercase()];
                let turned = [words[1].clone(), words[0].clone()];
                let orders = vec![self.stems(&words, slop), self.stems(&turned, slop)];
                boosted(Box::new(DisjunctionMaxQuery::new(orders)), Tier::Inflection)
            }
            Node::Party(party) => Box::new(BooleanQuery::new(vec![
                (Occur::Must, filter(fields.party, party.code())),
                (
                    Occur::Should,
                    constant(fields.answers, party.code(), ANSWERS),
                ),
            ])),
            Node::Answers(party) => filter(fields.answers, party.code()),
            Node::Written(mark) => filter(fields.written, mark),
            Node::Dnr(key) => self.dnr(key)?,
            Node::Kind(kind) => filter(fields.kind, &kind.to_string()),
            Node::Outcome(outcome) => filter(fields.outcome, &outcome.to_string()),
            Node::Day(day) => {
                let mut readings = vec![filter(fields.dates, day)];
                readings.extend(readings::spelled(day).iter().map(|said| self.phrase(said)));
                Box::new(BooleanQuery::union(readings))
            }
            Node::Namnd(typed) => self.namnd(|name| tag::namnd_covers(typed, name))?,
            Node::NamndAsWritten(typed) => self.namnd(|name| tag::namnd_is(typed, name))?,
            Node::Dated(Span { from, to }) => {
                use std::ops::Bound::Included;
                // A paper without a date has 0 and lies in no span.
                let bound = |date: Option<_>, open| {
                    Term::from_field_u64(fields.date, date.map_or(open, date_number))
                };
                let range =
                    RangeQuery::new(Included(bound(*from, 1)), Included(bound(*to, u64::MAX)));
                Box::new(ConstScoreQuery::new(Box::new(range), 0.0))
            }
        })
    }

    fn all(&self, nodes: &[Node]) -> Result<Clauses, Error> {
        let mut clauses: Clauses = Vec::new();
        let mut positive = false;
        for node in nodes {
            if let Node::Not(inner) = node {
                clauses.push((Occur::MustNot, self.node(inner)?));
            } else {
                positive = true;
                clauses.push((Occur::Must, self.node(node)?));
            }
        }
        if !positive {
            clauses.push((Occur::Must, documents(self.fields)));
        }
        for pair in nodes.windows(2) {
            if let (Some(one), Some(other)) = (telling(&pair[0]), telling(&pair[1])) {
                let together = self.stems(&[one, other], APART);
                clauses.push((Occur::Should, Box::new(BoostQuery::new(together, TOGETHER))));
            }
        }
        Ok(clauses)
    }

    fn word(&self, typed: &str) -> Box<dyn Query> {
        let fields = self.fields;
        let wanted = Wanted::word(typed);
        let mut tiers: Vec<Box<dyn Query>> = Vec::new();
        let mut add = |field: Field, text: &str, tier: Tier| {
            // A tier that holds nothing of the word would be asked again at every paper.
            let term = Term::from_field_text(field, text);
            let there = || self.reader.searcher().doc_freq(&term).unwrap_or(1) > 0;
            if tier <= self.least && there() {
                tiers.push(boosted(
                    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)),
                    tier,
                ));
            }
        };
        add(fields.exact, &wanted.form, Tier::Exact);
        add(fields.stem, &wanted.stem, Tier::Inflection);
        for stem in &wanted.variants {
            add(fields.stem, stem, Tier::Inflection);
        }
        add(fields.part, &wanted.stem, Tier::Part);
        for stem in &wanted.derived {
            add(fields.stem, stem, Tier::Synonym);
            add(fields.part, stem, Tier::Synonym);
        }
        if let Some(folded) = &wanted.folded_stem {
            for field in [fields.fold, fields.stem, fields.part] {
                add(field, folded, Tier::Unmarked);
            }
        }
        if let Some(bare) = &wanted.bare_form {
            add(fields.exact, bare, Tier::Unmarked);
        }
        add(fields.original, wanted.as_scanned(), Tier::Original);
        if self.least >= Tier::Part {
            tiers.extend(self.in_pieces(&wanted.form));
        }
        let body: Box<dyn Query> = match tiers.len() {
            0 => return Box::new(EmptyQuery),
            1 => tiers.swap_remove(0),
            _ => Box::new(DisjunctionMaxQuery::new(tiers)),
        };
        let mut clauses: Clauses = vec![(Occur::Must, body)];
        for (field, weight) in [(fields.title, TITLE), (fields.lead, LEAD)] {
            let term = Term::from_field_text(field, &wanted.stem);
            if self.reader.searcher().doc_freq(&term).unwrap_or(1) > 0 {
                let query = TermQuery::new(term, IndexRecordOption::Basic);
                let query: Box<dyn Query> = Box::new(BoostQuery::new(Box::new(query), weight));
                clauses.push((Occur::Should, query));
            }
        }
        Box::new(BooleanQuery::new(clauses))
    }

    /// A compound written in two words: `social sekreterare`.
    fn in_pieces(&self, form: &str) -> Option<Box<dyn Query>> {
        let second = compounds::parts(form).get(1)?.start;
        let pieces = [form[..second].to_owned(), form[second..].to_owned()];
        let there = |piece: &String| {
            let term = Term::from_field_text(self.fields.exact, piece);
            self.reader.searcher().doc_freq(&term).is_ok_and(|n| n > 0)
        };
        pieces
            .iter()
            .all(there)
            .then(|| boosted(self.phrase(&pieces), Tier::Part))
    }

    /// Whether a synonym tells papers apart: one that stands in every other paper, as `dnr` does, would bury what the word
    /// itself finds.
    fn earns(&self, synonym: &Synonym) -> bool {
        let Synonym::Words(words) = synonym else {
            return true;
        };
        let searcher = self.reader.searcher();
        let papers = searcher.num_docs();
        let rarest = words
            .iter()
            .map(|word| Term::from_field_text(self.fields.stem, &Forms::of(word).stem))
            .map(|term| searcher.doc_freq(&term).unwrap_or(0))
            .min();
        papers < MANY || rarest.is_none_or(|rarest| rarest * 2 < papers)
    }

    fn synonym(&self, synonym: &Synonym) -> Box<dyn Query> {
        let fields = self.fields;
        match synonym {
            Synonym::Words(words) => boosted(self.stems(words, 0), Tier::Synonym),
            Synonym::Party(party) => Box::new(BooleanQuery::new(vec![
                (Occur::Must, constant(fields.party, party.code(), NAMED)),
                (
                    Occur::Should,
                    constant(fields.answers, party.code(), ANSWERS),
                ),
            ])),
            Synonym::Namnd(name) => constant(fields.namnd, name, NAMED),
        }
    }

    /// Words as they are, side by side. Function words in a row are filed in pairs.
    fn phrase(&self, words: &[String]) -> Box<dyn Query> {
        let field = self.fields.exact;
        let mut terms: Vec<(usize, Term)> = Vec::new();
        let function: Vec<bool> = words
            .iter()
            .map(|word| words::is_function_word(word))
            .collect();
        for (at, word) in words.iter().enumerate() {
            let with_next = function[at] && function.get(at + 1) == Some(&true);
            let with_last = function[at] && at > 0 && function[at - 1];
            if with_next {
                let pair = format!("{word} {}", words[at + 1]);
                terms.push((at, Term::from_field_text(field, &pair)));
            } else if !with_last {
                terms.push((at, Term::from_field_text(field, word)));
            }
        }
        beside(terms, 0)
    }

    /// Words side by side, or at most `slop` words from that, in any inflection.
    fn stems(&self, words: &[String], slop: u32) -> Box<dyn Query> {
        let stem = |word: &String| Forms::of(&word.to_lowercase()).stem;
        let terms = words
            .iter()
            .map(|word| Term::from_field_text(self.fields.stem, &stem(word)))
            .enumerate()
            .collect();
        beside(terms, slop)
    }

    fn fuzzy(&self, word: &str, distance: u8) -> Result<Box<dyn Query>, Error> {
        let found = spelling::within(self.reader, word, distance, self.left.get() + 1)?;
        self.spend(&format!("{word}~{distance}"), found.len())?;
        let forms: Vec<Box<dyn Query>> = found
            .into_iter()
            .map(|(form, distance)| {
                let term = Term::from_field_text(self.fields.exact, &form);
                let query = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
                let weight = match distance {
                    0 => Tier::Exact.weight(),
                    n => Tier::Spelling.weight() / f32::from(n),
                };
                Box::new(BoostQuery::new(query, weight)) as Box<dyn Query>
            })
            .collect();
        Ok(if forms.is_empty() {
            Box::new(EmptyQuery)
        } else {
            Box::new(DisjunctionMaxQuery::new(forms))
        })
    }

    /// A diary number; one without its beginning when a single case has it.
    fn dnr(&self, key: &str) -> Result<Box<dyn Query>, Error> {
        let whole = Term::from_field_text(self.fields.dnr, key);
        let papers = self.reader.searcher().doc_freq(&whole);
        if papers.map_err(|e| self.reader.engine(e))? > 0 {
            return Ok(filter(self.fields.dnr, key));
        }
        let Some(short) = tag::typed_short_key(key) else {
            return Ok(Box::new(EmptyQuery));
        };
        let begin = format!("{short}=");
        let mut cases = BTreeSet::new();
        each_term(
            self.reader,
            self.fields.dnr_short,
            begin.as_bytes(),
            |term| {
                let case = term.strip_prefix(&begin);
                cases.extend(case.map(str::to_owned));
                case.is_some()
            },
        )?;
        match cases.len() {
            0 => Ok(Box::new(EmptyQuery)),
            1 => Ok(cases.first().map_or_else(
                || Box::new(EmptyQuery) as Box<dyn Query>,
                |case| filter(self.fields.dnr, case),
            )),
            n => {
                let shown: Vec<_> = cases.into_iter().take(4).collect();
                let more = if n > shown.len() { " …" } else { "" };
                let shown = format!("{}{more}", shown.join(" or "));
                Err(Error::Ambiguous(key.to_owned(), shown))
            }
        }
    }

    fn namnd(&self, fits: impl Fn(&str) -> bool) -> Result<Box<dyn Query>, Error> {
        let field = self.fields.namnd;
        let mut names = BTreeSet::new();
        each_term(self.reader, field, b"", |name| {
            if fits(name) {
                names.insert(name.to_owned());
            }
            true
        })?;
        let terms = names.iter().map(|name| Term::from_field_text(field, name));
        Ok(Box::new(ConstScoreQuery::new(
            Box::new(TermSetQuery::new(terms)),
            0.0,
        )))
    }

    fn terms_with_prefix(&self, prefix: &str) -> Result<BTreeSet<String>, Error> {
        let mut terms = BTreeSet::new();
        let most = self.left.get();
        each_term(self.reader, self.fields.exact, prefix.as_bytes(), |term| {
            if !term.starts_with(prefix) {
                return false;
            }
            // Pairs of function words are filed among the words.
            if !term.contains(' ') {
                terms.insert(term.to_owned());
            }
            terms.len() <= most
        })?;
        self.spend(&format!("{prefix}*"), terms.len())?;
        Ok(terms)
    }

    fn spend(&self, asked: &str, terms: usize) -> Result<(), Error> {
        let left = self.left.get().checked_sub(terms);
        let left = left.ok_or_else(|| Error::Wide(asked.to_owned(), EXPANSIONS))?;
        self.left.set(left);
        Ok(())
    }
}

/// The word that `node` asks for, when it says something about a paper.
fn telling(node: &Node) -> Option<String> {
    match node {
        Node::Word(word) if !words::is_function_word(word) => Some(word.clone()),
        Node::Also(node, _) => telling(node),
        _ => None,
    }
}

/// Terms at these places of a phrase, at most `slop` words from them.
fn beside(mut terms: Vec<(usize, Term)>, slop: u32) -> Box<dyn Query> {
    if terms.len() < 2 {
        return match terms.pop() {
            Some((_, term)) => Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)),
            None => Box::new(EmptyQuery),
        };
    }
    Box::new(PhraseQuery::new_with_offset_and_slop(terms, slop))
}

fn filter(field: Field, value: &str) -> Box<dyn Query> {
    constant(field, value, 0.0)
}

fn constant(field: Field, value: &str, score: f32) -> Box<dyn Query> {
    let term = TermQuery::new(
        Term::from_field_text(field, value),
        IndexRecordOption::Basic,
    );
    Box::new(ConstScoreQuery::new(Box::new(term), score))
}

fn boosted(query: Box<dyn Query>, tier: Tier) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, tier.weight()))
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
