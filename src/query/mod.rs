//! What a person asks → the papers that answer, with page and line.
//!
//! Knows nothing of how the index was filled, and prints nothing: whatever shows answers stands on this room alone.

mod all;
mod answering;
mod answers;
mod ask;
mod bare;
mod bodies;
mod cite;
mod cursor;
mod facets;
mod grammar;
mod looser;
mod nearby;
mod node;
mod part;
mod passages;
mod phrase;
mod plan;
mod rank;
mod readings;
mod set;
mod sheet;
mod similar;
mod spelling;
mod sums;
mod synonyms;
mod tally;
mod terms;
mod word;

use jiff::civil::Date;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

pub use answers::{Answers, answers};
pub use cite::citation;
pub use facets::Facets;
pub use grammar::{Error as QueryError, parse, span};
pub use looser::Looser;
pub use node::{Node, Span, Synonym};
pub use passages::Passage;
use passages::Sought;
pub use similar::similar;
pub use spelling::unknown_party;
use terms::Terms;
pub use word::Tier;

use crate::index::{self, Head, Quote, Reader, Row, RowMatter};
use crate::record::{Entry, Record};
use crate::tag::{Kind, Outcome, Party};

/// The version of the objects that are printed as JSON. It is raised when a field changes its name or meaning; new fields
/// do not raise it.
pub const SCHEMA: u32 = 2;

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The query line cannot be honoured.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A prefix or a spelling distance stands for more words than can be looked up.
    #[error("{}", too_wide(.asked, *.most, *.alone))]
    Wide {
        /// It as it is printed.
        asked: String,
        /// Words that may be looked up for a query.
        most: usize,
        /// Whether it does so alone, or with those before it.
        alone: bool,
    },
    /// The search was given up after so many seconds.
    #[error("the search was given up after {0} seconds; ask for fewer or rarer words")]
    Slow(u64),
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] index::Error),
    /// No document is meant by a name, or several are.
    #[error("{0}")]
    Name(String),
}

/// What is told of a prefix or a spelling distance that stands for too many words.
fn too_wide(asked: &str, most: usize, alone: bool) -> String {
    if alone {
        format!("`{asked}` stands for more than {most} words; write more of its letters")
    } else {
        format!(
            "`{asked}` and what stands before it stand for more than {most} words together; write more of their letters"
        )
    }
}

impl Error {
    /// The same error, pointing at what it is about in `query`, where that is found.
    fn located(self, query: &str) -> Error {
        let Error::Wide { asked, .. } = &self else {
            return self;
        };
        let letters = asked.trim_end_matches(|c: char| c.is_ascii_digit());
        let letters = letters.trim_end_matches(['*', '~']).len() + 1;
        let begin = &asked[..letters.min(asked.len())];
        let lower = query.to_lowercase();
        match lower.find(begin).filter(|_| lower.len() == query.len()) {
            Some(at) => Error::Query(QueryError {
                query: query.to_owned(),
                at,
                what: self.to_string(),
            }),
            None => self,
        }
    }
}

/// In which order papers come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Those that fit best first.
    #[default]
    Relevance,
    /// The newest first, papers without a date last.
    Date,
}

/// A search.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The query line; may be empty when some filter is set.
    pub query: String,
    /// Papers that name this party, in any role.
    pub party: Option<Party>,
    /// Papers that name a party by a form that goes with this mark (`FP` for `(fp)`).
    pub party_mark: Option<String>,
    /// Papers that answer this party.
    pub answers: Option<Party>,
    /// Papers that answer a party that they write in a form that goes with this mark.
    pub answers_mark: Option<String>,
    /// Papers of this nämnd, as typed, or of those that went up in it, dated while those were there or not at all.
    pub namnd: Option<String>,
    /// Take parties and nämnder, of the query line too, as written: fp is not L, and those that went up in a nämnd do not
    /// count.
    pub as_written: bool,
    /// Papers of this kind.
    pub kind: Option<Kind>,
    /// Papers whose proposal comes to this.
    pub outcome: Option<Outcome>,
    /// Papers dated within these days.
    pub dated: Span,
    /// Papers with this diary number, by its lookup key.
    pub dnr: Option<String>,
    /// The least sure tier in which a word may be found.
    pub tier: Tier,
    /// In which order.
    pub sort: Sort,
    /// Hits to leave out from the beginning of the list.
    pub offset: usize,
    /// Hits to give.
    pub limit: usize,
    /// Leave the passages and tiers of the hits out: no paper is opened.
    pub bare: bool,
    /// Count the papers by party, nämnd, year, kind and outcome too.
    pub facets: bool,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// How many papers there are in all.
    pub total: usize,
    /// Those that were asked for, best first.
    pub hits: Vec<Hit>,
    /// Words that stand nowhere, and what was looked for instead.
    pub respelled: Vec<Respelled>,
    /// When nothing was found: words of the papers that are written much like those that stand nowhere.
    pub nearest: Vec<Respelled>,
    /// When nothing was found though every word stands somewhere: what to leave out to find most, and how many papers that
    /// finds.
    pub without: Option<(String, usize)>,
    /// When nothing was found though every word stands somewhere: what nothing says side by side, or so near, and what to
    /// ask instead.
    pub looser: Vec<Looser>,
    /// All papers counted, when it was asked for.
    pub facets: Option<Facets>,
}

/// A word that stands in no paper, and words of the papers that are written much like it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Respelled {
    /// The word as asked for.
    pub word: String,
    /// Words of the papers.
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
    /// The matter of a protokoll in which the first of these stands.
    pub matter: Option<Place>,
    /// What its proposal comes to; of a protokoll each outcome of its matters, as they are counted and filtered by.
    pub outcomes: Vec<String>,
    /// What that matter says of itself: by this it is cited.
    #[serde(skip)]
    pub cited: Option<Card>,
}

impl Hit {
    /// How the paper, or the matter of it, is cited for a passage on `page`.
    pub fn citation(&self, page: Option<u32>) -> String {
        let card = self.cited.as_ref().unwrap_or(&self.card);
        citation(card, self.matter.as_ref(), page)
    }
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
    /// What its proposal comes to.
    pub outcome: Option<Outcome>,
    /// The parties that it answers.
    pub answers: Vec<Party>,
}

impl Card {
    /// The card of a paper with the parties that its matters answer, as they are counted and filtered by.
    fn of_row(file: &str, row: &Row) -> Card {
        let mut card = Card::of(file, &row.head);
        for answered in row.matters.iter().flat_map(|matter| &matter.head.answers) {
            if !card.answers.contains(&answered.party) {
                card.answers.push(answered.party);
            }
        }
        card
    }

    /// The card of a paper, or of a matter of it, filed under `file`.
    pub fn of(file: &str, head: &Head) -> Card {
        Card {
            file: file.to_owned(),
            title: head.title.clone(),
            date: head.date,
            namnd: head.namnd.clone(),
            dnr: head.dnr.clone(),
            kind: head.kind,
            outcome: head.outcome,
            answers: head.answers.iter().map(|answered| answered.party).collect(),
        }
    }
}

/// A paper, or a matter of a protokoll, that answers a party, and where it says so.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answering {
    /// What is known of it.
    #[serde(flatten)]
    pub card: Card,
    /// Which matter of the protokoll it is; nothing when the whole paper answers.
    pub matter: Option<Place>,
    /// The marks that go with how the party is written where it is answered: `FP` for `(fp)`.
    pub written: Vec<String>,
    /// The words that show it, with page and line.
    pub evidence: Option<Quote>,
}

/// Where a matter of a protokoll begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Its number as written: `§ 12`.
    pub number: String,
    /// The page, counted from 1.
    pub page: u32,
    /// The line, counted from 1.
    pub line: u32,
}

impl Place {
    /// Where `matter` begins.
    fn of(matter: &RowMatter) -> Place {
        Place {
            number: matter.number.clone(),
            page: matter.page,
            line: matter.line,
        }
    }

    /// The matter as it is called: `§ 12`, `ärende 7` where the paper has no sign.
    pub fn named(&self) -> String {
        if self.number.starts_with(|c: char| c.is_ascii_digit()) {
            format!("ärende {}", self.number)
        } else {
            self.number.clone()
        }
    }
}

/// Passages that a hit shows.
const PASSAGES: usize = 2;

/// Searches the index.
///
/// # Errors
/// [`Error::Query`] when the query line cannot be honoured, [`Error::Index`] when the index cannot be read.
pub fn search(reader: &Reader, request: &Request) -> Result<Found, Error> {
    searched(reader, request).map_err(|error| error.located(&request.query))
}

fn searched(reader: &Reader, request: &Request) -> Result<Found, Error> {
    let Some(mut node) = asked(request)? else {
        return Err(Error::Name(
            "nothing to search for; give a word or a filter".into(),
        ));
    };
    let lists = reader.lists()?;
    let mut keep = request.offset.saturating_add(request.limit);
    let weighs = keep > 0 && request.sort == Sort::Relevance;
    if weighs {
        keep = keep.max(answering::WEIGHED);
    }
    let terms = Terms::of(reader);
    let rank = |node: &Node| {
        let ask = plan::ask(&terms, node, request.tier)?;
        rank::ranked(&terms, &lists, &ask, keep, request.sort, request.facets)
    };
    let mut ranked = rank(&node)?;
    let (mut respelled, mut nearest) = (Vec::new(), Vec::new());
    if ranked.total == 0 && request.tier == Tier::Spelling {
        let (other, replaced) = spelling::respell(reader, &node)?;
        if !replaced.is_empty() {
            let again = rank(&other)?;
            if again.total > 0 {
                (node, ranked, respelled) = (other, again, replaced);
            }
        }
        if ranked.total == 0 {
            nearest = spelling::nearest(reader, &node)?;
        }
    }
    let (mut without, mut looser) = (None, Vec::new());
    if ranked.total == 0 && nearest.is_empty() {
        let papers = |other: &Node| Ok(rank(other)?.total);
        without = most_without(&node, papers)?;
        looser = looser::looser(&node, papers)?;
    }
    let facets = request
        .facets
        .then(|| facets::facets(reader, &ranked.all))
        .transpose()?;
    let sought =
        (!request.bare && !ranked.best.is_empty()).then(|| Sought::of(&node, request.tier));
    let mut hits = Vec::new();
    if weighs {
        answering::first(&lists, &node, &mut ranked.best)?;
    }
    let shown = ranked.best.into_iter().skip(request.offset);
    for (score, address) in shown.take(request.limit) {
        let filed = lists.filed(address)?;
        let (file, row) = &*filed;
        let mut hit = Hit {
            card: Card::of_row(file, row),
            score,
            tier: None,
            passages: Vec::new(),
            matter: None,
            outcomes: match row.head.kind {
                Kind::Protokoll => facets::counted_by(reader, address, "outcome")?,
                _ => row.head.outcome.iter().map(ToString::to_string).collect(),
            },
            cited: None,
        };
        if let Some(sought) = sought.as_ref().filter(|sought| sought.has_words())
            && let Some(record) = reader.record(address)?
        {
            (hit.passages, hit.tier) = passages::passages(&record, sought, PASSAGES);
            if let Some(matter) = passages::matter_of(&record, &hit.passages) {
                let matter = RowMatter::of(&record, matter);
                hit.cited = Some(Card::of(file, &matter.head));
                hit.matter = Some(Place::of(&matter));
            }
        }
        hits.push(hit);
    }
    Ok(Found {
        total: ranked.total,
        hits,
        respelled,
        nearest,
        without,
        looser,
        facets,
    })
}

/// How many papers the span of days of `request` leaves out because nobody knows their day.
///
/// # Errors
/// As [`search`].
pub fn undated(reader: &Reader, request: &Request) -> Result<usize, Error> {
    if request.dated == Span::default() {
        return Ok(0);
    }
    let total = |from: Option<Date>| -> Result<usize, Error> {
        let request = Request {
            dated: Span { from, to: None },
            offset: 0,
            limit: 0,
            bare: true,
            facets: false,
            ..request.clone()
        };
        match asked(&request)? {
            Some(_) => Ok(search(reader, &request)?.total),
            None => Ok(0),
        }
    };
    Ok(total(None)?.saturating_sub(total(Some(Date::constant(1, 1, 1)))?))
}

/// Things asked for of which each may be left out to see what the others find.
const MOST_LEFT_OUT: usize = 8;

/// What to leave out of `node`, of which nothing has all, so that the rest finds most, and how many papers that is.
fn most_without(
    node: &Node,
    found: impl Fn(&Node) -> Result<usize, Error>,
) -> Result<Option<(String, usize)>, Error> {
    let Node::All(nodes) = node else {
        return Ok(None);
    };
    let mut best = None;
    if !(2..=MOST_LEFT_OUT).contains(&nodes.len()) {
        return Ok(None);
    }
    for (at, left_out) in nodes.iter().enumerate() {
        let rest = nodes.iter().enumerate().filter(|(other, _)| *other != at);
        let rest: Vec<Node> = rest.map(|(_, node)| node.clone()).collect();
        let papers = found(&Node::All(rest))?;
        if papers > best.as_ref().map_or(0, |(_, papers)| *papers) {
            let said = match left_out {
                Node::Also(typed, _) => typed.to_string(),
                other => other.to_string(),
            };
            best = Some((said, papers));
        }
    }
    Ok(best)
}

/// How a request is read: its query line with what its words are taken to mean, and its filters.
///
/// # Errors
/// [`Error::Query`] when the query line cannot be honoured.
pub fn asked(request: &Request) -> Result<Option<Node>, Error> {
    let words = (!request.query.trim().is_empty())
        .then(|| grammar::read(&request.query, request.as_written))
        .transpose()?
        .map(|node| match request.tier {
            Tier::Exact | Tier::Inflection | Tier::Part => node,
            _ => synonyms::with_synonyms(node),
        });
    let mut nodes: Vec<Node> = words.into_iter().chain(filters(request)).collect();
    Ok(if nodes.len() > 1 {
        Some(Node::All(nodes))
    } else {
        nodes.pop()
    })
}

/// The words of the query line that nearly every paper has, and that need not stand in those that are found because others are asked
/// for.
///
/// # Errors
/// [`Error::Query`] when the query line cannot be honoured.
pub fn spared(request: &Request) -> Result<Vec<String>, Error> {
    let mut words = Vec::new();
    if let Some(node) = asked(request)? {
        plan::spared(&node, &mut words);
    }
    Ok(words)
}

fn filters(request: &Request) -> Vec<Node> {
    let mut filters = Vec::new();
    filters.extend(request.party.map(Node::Party));
    filters.extend(request.party_mark.clone().map(Node::Written));
    filters.extend(request.answers.map(Node::Answers));
    let answered = request.answers_mark.as_ref();
    filters.extend(answered.map(|mark| Node::Written(format!("answers {mark}"))));
    // As the printed form has it.
    let namnd = request.namnd.as_ref();
    let namnd = namnd.map(|typed| typed.replace(['"', '{', '}'], " "));
    filters.extend(namnd.map(|typed| match request.as_written {
        true => Node::NamndAsWritten(typed),
        false => Node::Namnd(typed),
    }));
    filters.extend(request.kind.map(Node::Kind));
    filters.extend(request.outcome.map(Node::Outcome));
    filters.extend(request.dnr.clone().map(Node::Dnr));
    if request.dated != Span::default() {
        filters.push(Node::Dated(request.dated));
    }
    filters
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
    // Some systems keep å as a and a ring; nobody types it so.
    let composed = |text: &str| text.nfc().collect::<String>();
    let name = &composed(name);
    let meant_by = |is_meant: &dyn Fn(&str) -> bool| -> Vec<&str> {
        let paths = entries.keys();
        paths
            .filter(|path| is_meant(&composed(path)))
            .map(|path| &**path)
            .collect()
    };
    let mut meant = meant_by(&|path| path == name);
    if meant.is_empty() {
        meant = meant_by(&|path| path.rsplit('/').next() == Some(name));
    }
    if meant.is_empty() {
        let lower = name.to_lowercase();
        meant = meant_by(&|path| path.to_lowercase().contains(&lower));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_too_many_words_is_pointed_at() {
        let wide = |asked: &str, alone| Error::Wide {
            asked: asked.into(),
            most: 4_000,
            alone,
        };
        assert_eq!(
            wide("lok*", false).located("hyra Lok*").to_string(),
            "`lok*` and what stands before it stand for more than 4000 words together; write more of their letters\n  \
             hyra Lok*\n       ^"
        );
        assert_eq!(
            wide("lokal~2", true).located("lokal~2").to_string(),
            "`lokal~2` stands for more than 4000 words; write more of its letters\n  lokal~2\n  ^"
        );
        let elsewhere = wide("lok*", true).located("hyra").to_string();
        assert!(!elsewhere.contains('^'), "{elsewhere}");
    }
}
