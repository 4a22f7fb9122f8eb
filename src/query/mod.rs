//! What a person asks → the papers that answer, with page and line.
//!
//! Knows nothing of how the index was filled, and prints nothing: whatever shows answers stands on this room alone.

mod grammar;
mod passages;
mod plan;
mod spelling;
mod word;

use jiff::civil::Date;
use serde::Serialize;
use tantivy::DocAddress;
use tantivy::collector::{Count, DocSetCollector, TopDocs};
use tantivy::query::{BooleanQuery, Occur, Query};

pub use grammar::{Error as QueryError, Node, Span, parse, span};
pub use passages::Passage;
pub use word::Tier;

use crate::index::{self, Reader};
use crate::record::{Entry, Record};
use crate::tag::{DnrRole, Kind, Party};

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The query line cannot be honoured.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A prefix stands for more words than can be looked up.
    #[error("`{0}` stands for more than {1} words; write more letters before the `*`")]
    Wide(String, usize),
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] index::Error),
    /// No document is meant by a name, or several are.
    #[error("{0}")]
    Name(String),
}

/// A search.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The query line; may be empty when some filter is set.
    pub query: String,
    /// Papers that name this party, in any role.
    pub party: Option<Party>,
    /// Papers that answer this party.
    pub answers: Option<Party>,
    /// Papers of this nämnd, as typed.
    pub namnd: Option<String>,
    /// Papers of this kind.
    pub kind: Option<Kind>,
    /// Papers dated within these days.
    pub dated: Span,
    /// Papers with this diary number, by its lookup key.
    pub dnr: Option<String>,
    /// Hits to give.
    pub limit: usize,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// How many papers there are in all.
    pub total: usize,
    /// The best of them, best first.
    pub hits: Vec<Hit>,
    /// Words that stand nowhere, and what was looked for instead.
    pub respelled: Vec<Respelled>,
}

/// A word that stands in no paper, and the words written much like it that were looked for instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Respelled {
    /// The word as asked for.
    pub word: String,
    /// Words of the papers, one letter away.
    pub near: Vec<String>,
}

/// A paper that was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// What is known of the paper.
    #[serde(flatten)]
    pub card: Card,
    /// Its score; only the order has a meaning.
    pub score: f32,
    /// The tier that found it: the least sure one that its words need.
    pub tier: Option<Tier>,
    /// Where it says so.
    pub passages: Vec<Passage>,
}

/// A paper in short.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Card {
    /// The path below the corpus folder.
    pub file: String,
    /// Its title.
    pub title: Option<String>,
    /// Its date.
    pub date: Option<Date>,
    /// Its nämnd.
    pub namnd: Option<String>,
    /// Its own diary numbers, as written.
    pub dnr: Vec<String>,
    /// Its kind.
    pub kind: Kind,
    /// The parties that it answers.
    pub answers: Vec<Party>,
}

impl Card {
    /// The card of `record`, filed under `file`.
    pub fn of(file: &str, record: &Record) -> Card {
        let tags = &record.tags;
        // A letterhead and a running head give the same number; it is one, as first written.
        let mut keys: Vec<&str> = Vec::new();
        let mut dnr = Vec::new();
        for found in tags
            .dnr
            .iter()
            .filter(|found| found.value.role == DnrRole::Own)
        {
            if !keys.contains(&found.value.key.as_str()) {
                keys.push(&found.value.key);
                dnr.push(found.value.verbatim.clone());
            }
        }
        Card {
            file: file.to_owned(),
            title: tags.title.as_ref().map(|title| title.value.clone()),
            date: tags.date.as_ref().map(|date| date.value),
            namnd: tags.namnd.as_ref().map(|namnd| namnd.value.clone()),
            dnr,
            kind: tags.kind,
            answers: tags.answers.iter().map(|party| party.value).collect(),
        }
    }
}

/// A paper that answers a party, and where it says so.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answering {
    /// What is known of the paper.
    #[serde(flatten)]
    pub card: Card,
    /// The words that show it, with page and line.
    pub evidence: Option<Passage>,
}

/// Passages that a hit shows.
const PASSAGES: usize = 2;

/// Hits that are put in order among equals; of more, the engine's own order decides.
const SORTED: usize = 10_000;

/// Searches the index.
///
/// # Errors
/// [`Error::Query`] when the query line cannot be honoured, [`Error::Index`] when the index cannot be read.
pub fn search(reader: &Reader, request: &Request) -> Result<Found, Error> {
    let filters = filters(request);
    let words = (!request.query.trim().is_empty())
        .then(|| parse(&request.query))
        .transpose()?;
    let Some(mut node) = and(words, filters) else {
        return Err(Error::Name(
            "nothing to search for; give a word or a filter".into(),
        ));
    };
    let mut respelled = Vec::new();
    let mut query = plan::query(reader, &node)?;
    let mut total = count(reader, &*query)?;
    if total == 0 {
        let (other, replaced) = spelling::respell(reader, &node)?;
        if !replaced.is_empty() {
            let other_query = plan::query(reader, &other)?;
            total = count(reader, &*other_query)?;
            if total > 0 {
                (node, query, respelled) = (other, other_query, replaced);
            }
        }
    }
    let mut hits = Vec::new();
    if total > 0 {
        for (score, address, entry) in ranked(reader, &*query, total, request.limit)? {
            let (_, Some(record)) = reader.document(address)? else {
                continue;
            };
            let (passages, tier) = passages::passages(&record, &node, PASSAGES);
            hits.push(Hit {
                card: Card::of(&entry, &record),
                score,
                tier,
                passages,
            });
        }
    }
    Ok(Found {
        total,
        hits,
        respelled,
    })
}

/// Every paper that answers `party`, newest first, papers without a date last; `request` narrows the list by its
/// filters.
///
/// # Errors
/// [`Error::Index`] when the index cannot be read.
pub fn answers(reader: &Reader, party: Party, request: &Request) -> Result<Vec<Answering>, Error> {
    let request = Request {
        answers: Some(party),
        query: String::new(),
        ..request.clone()
    };
    let Some(node) = and(None, filters(&request)) else {
        return Ok(Vec::new());
    };
    let query = plan::query(reader, &node)?;
    let found = reader
        .searcher()
        .search(&*query, &DocSetCollector)
        .map_err(|e| reader.engine(e))?;
    let mut addresses: Vec<DocAddress> = found.into_iter().collect();
    addresses.sort_unstable();
    let mut rows = Vec::with_capacity(addresses.len());
    for address in addresses {
        let (entry, Some(record)) = reader.document(address)? else {
            continue;
        };
        let evidence = record
            .tags
            .answers
            .iter()
            .find(|answered| answered.value == party)
            .and_then(|answered| passages::evidence(&record, &answered.place));
        rows.push(Answering {
            card: Card::of(&entry.file, &record),
            evidence,
        });
    }
    rows.sort_by(|a, b| {
        b.card
            .date
            .cmp(&a.card.date)
            .then_with(|| a.card.file.cmp(&b.card.file))
    });
    Ok(rows)
}

/// The document that a person means by `name`: its path, its file name, or a part of its path that no other has.
///
/// # Errors
/// [`Error::Name`] when several are meant, with their paths; [`Error::Index`] when the index cannot be read.
pub fn document(reader: &Reader, name: &str) -> Result<Option<(Entry, Option<Record>)>, Error> {
    if let Some(found) = reader.find(name)? {
        return Ok(Some(found));
    }
    let entries = reader.entries()?;
    let file_name = |path: &str| path.rsplit('/').next() == Some(name);
    let mut meant: Vec<&String> = entries.keys().filter(|path| file_name(path)).collect();
    if meant.is_empty() {
        let lower = name.to_lowercase();
        meant = entries
            .keys()
            .filter(|path| path.to_lowercase().contains(&lower))
            .collect();
    }
    match meant.as_slice() {
        [] => Ok(None),
        [one] => Ok(reader.find(one)?),
        many => {
            let shown = many
                .iter()
                .take(10)
                .map(|path| format!("\n  {path}"))
                .collect::<String>();
            let more = if many.len() > 10 { "\n  …" } else { "" };
            Err(Error::Name(format!(
                "`{name}` may mean {} documents; name one of them:{shown}{more}",
                many.len()
            )))
        }
    }
}

fn filters(request: &Request) -> Vec<Node> {
    let mut filters = Vec::new();
    filters.extend(request.party.map(Node::Party));
    filters.extend(request.answers.map(Node::Answers));
    filters.extend(request.namnd.clone().map(Node::Namnd));
    filters.extend(request.kind.map(Node::Kind));
    filters.extend(request.dnr.clone().map(Node::Dnr));
    if request.dated != Span::default() {
        filters.push(Node::Dated(request.dated));
    }
    filters
}

fn and(words: Option<Node>, filters: Vec<Node>) -> Option<Node> {
    let mut nodes: Vec<Node> = words.into_iter().chain(filters).collect();
    if nodes.len() > 1 {
        Some(Node::All(nodes))
    } else {
        nodes.pop()
    }
}

fn count(reader: &Reader, query: &dyn Query) -> Result<usize, Error> {
    Ok(reader
        .searcher()
        .search(query, &Count)
        .map_err(|e| reader.engine(e))?)
}

/// The best `limit` of `total` papers: by score, then newest, then by path, so that equal nights give equal lists.
fn ranked(
    reader: &Reader,
    query: &dyn Query,
    total: usize,
    limit: usize,
) -> Result<Vec<(f32, DocAddress, String)>, Error> {
    let engine = |error| Error::Index(reader.engine(error));
    if limit == 0 {
        return Ok(Vec::new());
    }
    let documents = plan::documents(reader.fields());
    let query = BooleanQuery::new(vec![
        (Occur::Must, query.box_clone()),
        (Occur::Must, documents),
    ]);
    let top = TopDocs::with_limit(total.min(SORTED.max(limit))).order_by_score();
    let mut rows = Vec::new();
    for (score, address) in reader.searcher().search(&query, &top).map_err(engine)? {
        let segment = reader.searcher().segment_reader(address.segment_ord);
        let date = segment
            .fast_fields()
            .u64("date")
            .map_err(engine)?
            .first(address.doc_id)
            .unwrap_or(0);
        rows.push((score, date, address));
    }
    rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(&b.2)));
    // Paths are read only for those that may be shown: the first `limit` and whoever ties with the last of them.
    if let Some(last) = rows.get(limit - 1).map(|row| (row.0, row.1)) {
        let end =
            rows.partition_point(|row| row.0 > last.0 || (row.0 == last.0 && row.1 >= last.1));
        rows.truncate(end);
    }
    let mut named = Vec::with_capacity(rows.len());
    for (score, date, address) in rows {
        named.push((score, date, address, reader.file(address)?));
    }
    named.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then(b.1.cmp(&a.1))
            .then_with(|| a.3.cmp(&b.3))
    });
    named.truncate(limit);
    Ok(named
        .into_iter()
        .map(|(score, _, address, file)| (score, address, file))
        .collect())
}
