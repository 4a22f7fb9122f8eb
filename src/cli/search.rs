//! `diarium search`: papers that answer a question.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context;
use jiff::civil::Date;
use serde::Serialize;

use super::terminal::{Colour, Style, safe};
use super::{IndexFolder, Outcome, status, table};
use crate::index::Reader;
use crate::query::{self, Facets, Found, Hit, Request, Sort, Span, Tier};
use crate::tag::{self, Kind, Party};

/// Search the papers: ranked hits, each with the passages that answer, page and line.
///
/// Words are ANDed and found in every inflection, in compounds and through OCR damage; a mark that is typed is meant
/// (`når` is not när). "a phrase", OR, NOT or -word, ( ), prefix*, word~ (other spellings), `one near/5 other`, and fields:
/// parti:M svar:M namnd:farsta typ:motion utfall:avslag dnr:HL2019/619 titel:hyra datum:2016..2018 dag:2016-04-14. Abbreviations,
/// parties' names and nämnder that went up in others are found by each other (LSS, SoL, folkpartiet, Järva); quotes switch
/// that off. --explain shows how a query is read. Exit codes: 0 found, 1 nothing found, 2 error.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The query; several arguments are one query. One that begins with a minus goes after `--`.
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Ask every line of this file (- is standard input) and print a row for each query, paper and passage.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["query", "cite"])]
    queries: Option<PathBuf>,
    #[command(flatten)]
    filters: Filters,
    /// Papers that answer this party.
    #[arg(long, visible_alias = "svar", value_name = "PARTY")]
    answers: Option<Typed>,
    /// Find words no less surely than so: exact, inflection, part (of a compound), synonym, unmarked (without å, ä and ö),
    /// original (the text as scanned), spelling.
    #[arg(long, value_name = "TIER", default_value = "spelling")]
    tier: Tier,
    /// In which order: relevance, or date (newest first, papers without a date last).
    #[arg(long, value_name = "ORDER", default_value = "relevance")]
    sort: Order,
    /// Hits to show; the total is exact whatever is shown.
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Hits to leave out from the beginning of the list.
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Count all papers found by party answered, nämnd, year, kind and outcome.
    #[arg(long, conflicts_with_all = ["csv", "queries"])]
    facets: bool,
    #[command(flatten)]
    shape: Shape,
    #[command(flatten)]
    index: IndexFolder,
}

/// An order of papers, as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Order {
    Relevance,
    Date,
}

/// A party, and the mark that goes with the form that was typed.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    pub(super) party: Party,
    pub(super) mark: String,
}

impl std::str::FromStr for Typed {
    type Err = tag::UnknownParty;

    fn from_str(text: &str) -> Result<Typed, tag::UnknownParty> {
        // A local party that no table has goes by its code.
        let party = text
            .parse::<Party>()
            .or_else(|unknown| Party::local(text.trim()).ok_or(unknown))?;
        let mark = tag::written_mark(party, text);
        Ok(Typed {
            party,
            mark: mark.to_owned(),
        })
    }
}

/// How answers are printed.
#[derive(Debug, clap::Args)]
pub(super) struct Shape {
    /// Print one JSON object a line (NDJSON); `diarium fields` tells what each field means.
    #[arg(long, visible_alias = "ndjson", conflicts_with_all = ["csv", "cite"])]
    pub(super) json: bool,
    /// Print CSV that a Swedish Excel opens as it is: semicolons, UTF-8 with a mark.
    #[arg(long, conflicts_with = "cite")]
    pub(super) csv: bool,
    /// Print a citation for each paper: nämnd, kind, title, date, dnr, page.
    #[arg(long)]
    pub(super) cite: bool,
    /// Print how the query is read, and search nothing.
    #[arg(long)]
    explain: bool,
    /// When to colour and to link: auto, always, never.
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(super) colour: Colour,
}

/// An object of the output, with the version of its fields.
#[derive(Serialize)]
struct Versioned<'a, T> {
    schema: u32,
    #[serde(flatten)]
    object: &'a T,
}

impl Shape {
    /// Prints `object` as a line of JSON, with the version of its fields.
    pub(super) fn object(
        &self,
        out: &mut impl Write,
        object: &impl Serialize,
    ) -> anyhow::Result<()> {
        let schema = query::SCHEMA;
        serde_json::to_writer(&mut *out, &Versioned { schema, object })?;
        writeln!(out)?;
        Ok(())
    }

    /// Prints how `request` is read, when that was asked for.
    pub(super) fn explain(&self, out: &mut impl Write, request: &Request) -> anyhow::Result<bool> {
        if self.explain {
            match query::asked(request)? {
                Some(node) => writeln!(out, "{node}")?,
                None => writeln!(out, "everything")?,
            }
        }
        Ok(self.explain)
    }
}

/// What narrows a list of papers.
#[derive(Debug, clap::Args)]
pub(super) struct Filters {
    /// Papers that name this party, in any role.
    #[arg(long, visible_alias = "parti", value_name = "PARTY")]
    party: Option<Typed>,
    /// Papers of this nämnd, and of those that went up in it while they were there: its name or a part of it.
    #[arg(long, value_name = "NAMND")]
    namnd: Option<String>,
    /// Take party and nämnd as written: fp is not L, and Järva is not the nämnder that went up in it.
    #[arg(long)]
    pub(super) as_written: bool,
    /// Papers of this kind: svar-pa-skrivelse, svar-pa-motion, svar-pa-remiss, skrivelse, motion, protokoll …
    #[arg(long, visible_alias = "typ", value_name = "KIND")]
    kind: Option<Kind>,
    /// Papers whose proposal comes to this: bifall, avslag, besvarad, återremiss, bordläggning …
    #[arg(long, visible_alias = "utfall", value_name = "OUTCOME")]
    outcome: Option<tag::Outcome>,
    /// Papers dated on or after this day, month or year.
    #[arg(long, visible_alias = "fran", value_name = "DATE", value_parser = query::span)]
    from: Option<Span>,
    /// Papers dated on or before this day, month or year.
    #[arg(long, visible_alias = "till", value_name = "DATE", value_parser = query::span)]
    to: Option<Span>,
    /// Papers with this diary number, however it is written; 2016-230 finds every case of that year and number.
    #[arg(long, value_name = "DNR", value_parser = dnr)]
    dnr: Option<String>,
}

impl Filters {
    /// The request that these filters make, without words.
    pub(super) fn request(&self) -> Request {
        let first = |span: Option<Span>| -> Option<Date> { span.and_then(|span| span.from) };
        let last = |span: Option<Span>| -> Option<Date> { span.and_then(|span| span.to) };
        let party = self.party.as_ref();
        Request {
            party: party.map(|typed| typed.party),
            party_mark: party
                .filter(|_| self.as_written)
                .map(|typed| typed.mark.clone()),
            namnd: self.namnd.clone(),
            as_written: self.as_written,
            kind: self.kind,
            outcome: self.outcome,
            dated: Span {
                from: first(self.from),
                to: last(self.to),
            },
            dnr: self.dnr.clone(),
            ..Request::default()
        }
    }
}

fn dnr(typed: &str) -> Result<String, String> {
    tag::lookup_key(typed)
        .ok_or_else(|| format!("no diary number `{typed}`; write it as in `HL 2019/619`"))
}

const COLUMNS: [&str; 15] = [
    "number", "date", "namnd", "dnr", "kind", "outcome", "answers", "title", "page", "line",
    "words", "tier", "score", "file", "citation",
];

pub(super) fn run(args: Args, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let request = Request {
        query: args.query.join(" "),
        answers: args.answers.as_ref().map(|typed| typed.party),
        answers_mark: args
            .answers
            .as_ref()
            .filter(|_| args.filters.as_written)
            .map(|typed| typed.mark.clone()),
        tier: args.tier,
        sort: match args.sort {
            Order::Relevance => Sort::Relevance,
            Order::Date => Sort::Date,
        },
        limit: args.limit,
        offset: args.offset,
        facets: args.facets,
        ..args.filters.request()
    };
    if let Some(file) = &args.queries {
        let reader = Reader::open(&args.index.folder)?;
        return batch(&args, &reader, &request, file, out);
    }
    if args.shape.explain(out, &request)? {
        return Ok(Outcome::Done);
    }
    let reader = Reader::open(&args.index.folder)?;
    let found = query::search(&reader, &request)?;
    let style = Style::new(args.shape.colour, &reader.generation().corpus);
    hits(out, &args.shape, &style, &found.hits, args.offset)?;
    if let Some(facets) = &found.facets {
        if args.shape.json {
            #[derive(Serialize)]
            struct Counted<'a> {
                total: usize,
                facets: &'a Facets,
            }
            let total = found.total;
            args.shape.object(out, &Counted { total, facets })?;
        } else if !args.shape.csv {
            counts(out, facets)?;
        }
    }
    out.flush()?;
    remarks(&found, &reader)?;
    Ok(if found.total == 0 {
        Outcome::Nothing
    } else {
        Outcome::Done
    })
}

/// Prints `hits`, of which `offset` others stand before the first.
pub(super) fn hits(
    out: &mut impl Write,
    shape: &Shape,
    style: &Style,
    hits: &[Hit],
    offset: usize,
) -> anyhow::Result<()> {
    if shape.csv {
        table::head(out, &COLUMNS)?;
    }
    for (hit, number) in hits.iter().zip(offset.saturating_add(1)..) {
        if shape.json {
            shape.object(out, hit)?;
        } else if shape.csv {
            for row in rows(number, hit) {
                table::row(out, &row)?;
            }
        } else if shape.cite {
            let page = hit.passages.first().map(|passage| passage.quote.page);
            writeln!(out, "{}", safe(&query::citation(&hit.card, page)))?;
        } else {
            style.card(out, number, &hit.card, None)?;
            for passage in &hit.passages {
                style.place(out, &hit.card.file, &passage.quote, tier(passage.tier))?;
            }
        }
    }
    Ok(())
}

/// A row for each passage of a hit, or one without a passage.
fn rows(number: usize, hit: &Hit) -> Vec<Vec<String>> {
    let card = &hit.card;
    let answers: Vec<&str> = card.answers.iter().map(|party| party.code()).collect();
    let row = |page: String, line: String, words: String, tier: &str, citation: String| {
        let mut cells = vec![number.to_string()];
        cells.extend(table::card(card));
        cells.extend([
            answers.join(", "),
            card.title.clone().unwrap_or_default(),
            page,
            line,
            words,
            tier.to_owned(),
            // Swedish Excel reads a comma as the decimal sign.
            format!("{:.2}", hit.score).replace('.', ","),
            card.file.clone(),
            citation,
        ]);
        cells
    };
    if hit.passages.is_empty() {
        let citation = query::citation(card, None);
        return vec![row(
            String::new(),
            String::new(),
            String::new(),
            "",
            citation,
        )];
    }
    hit.passages
        .iter()
        .map(|passage| {
            let quote = &passage.quote;
            row(
                quote.page.to_string(),
                quote.line.to_string(),
                quote.text.clone(),
                passage.tier.name(),
                query::citation(card, Some(quote.page)),
            )
        })
        .collect()
}

fn counts(out: &mut impl Write, facets: &Facets) -> io::Result<()> {
    for (name, list) in [
        ("answers", &facets.answers),
        ("nämnd", &facets.namnd),
        ("year", &facets.year),
        ("kind", &facets.kind),
        ("outcome", &facets.outcome),
    ] {
        writeln!(out, "{name}")?;
        for (value, n) in list {
            writeln!(out, "{n:>8}  {}", safe(value))?;
        }
    }
    Ok(())
}

/// Words that people type for operators, and what these are.
const OPERATORS: [(&str, &str); 4] = [
    ("and", "AND, or nothing"),
    ("or", "OR"),
    ("not", "NOT, or a minus right before the word"),
    ("near", "near/5 with the number of words"),
];

/// What a reader of the answer must know: how many there are, what was read otherwise, how fresh the index is.
fn remarks(found: &Found, reader: &Reader) -> io::Result<()> {
    let mut err = io::stderr().lock();
    for respelled in &found.respelled {
        writeln!(
            err,
            "nothing holds `{}`; searched for {}",
            safe(&respelled.word),
            safe(&respelled.near.join(", "))
        )?;
    }
    for nearest in &found.nearest {
        let operator = OPERATORS.iter().find(|(word, _)| *word == nearest.word);
        let near = if let Some((_, meant)) = operator {
            format!("it was looked for as a word; write {meant}")
        } else if nearest.near.is_empty() {
            "nor anything written much like it".to_owned()
        } else {
            format!("nearest: {}", nearest.near.join(", "))
        };
        writeln!(
            err,
            "nothing holds `{}`; {}",
            safe(&nearest.word),
            safe(&near)
        )?;
    }
    if let Some((word, papers)) = &found.without {
        writeln!(
            err,
            "no paper has all of this; without `{}`: {papers}",
            safe(word)
        )?;
    }
    let papers = if found.total == 1 { "paper" } else { "papers" };
    let shown = if found.hits.len() < found.total {
        format!(", {} shown", found.hits.len())
    } else {
        String::new()
    };
    writeln!(
        err,
        "{} {papers} found{shown}; {}",
        found.total,
        status::freshness(reader)
    )
}

/// Many queries in one run: a row for each query, paper and passage, in the order of the file.
fn batch(
    args: &Args,
    reader: &Reader,
    request: &Request,
    file: &PathBuf,
    out: &mut impl Write,
) -> anyhow::Result<Outcome> {
    let text = if file.as_os_str() == "-" {
        io::read_to_string(io::stdin().lock()).context("cannot read standard input")?
    } else {
        std::fs::read_to_string(file)
            .with_context(|| format!("cannot read the queries in `{}`", file.display()))?
    };
    if args.shape.csv {
        let columns: Vec<&str> = ["query", "total"].into_iter().chain(COLUMNS).collect();
        table::head(out, &columns)?;
    }
    let (mut asked, mut answered, mut wrong) = (0, 0, 0);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        asked += 1;
        let request = Request {
            query: line.to_owned(),
            ..request.clone()
        };
        let found = match query::search(reader, &request) {
            Ok(found) => found,
            Err(error @ (query::Error::Index(_) | query::Error::Name(_))) => {
                return Err(error.into());
            }
            Err(error) => {
                wrong += 1;
                writeln!(io::stderr().lock(), "`{}`: {error}", safe(line))?;
                continue;
            }
        };
        answered += usize::from(found.total > 0);
        for (hit, number) in found.hits.iter().zip(args.offset.saturating_add(1)..) {
            if args.shape.json {
                #[derive(Serialize)]
                struct Row<'a> {
                    query: &'a str,
                    total: usize,
                    number: usize,
                    #[serde(flatten)]
                    hit: &'a Hit,
                }
                let total = found.total;
                args.shape.object(
                    out,
                    &Row {
                        query: line,
                        total,
                        number,
                        hit,
                    },
                )?;
                continue;
            }
            for row in rows(number, hit) {
                let mut cells = vec![line.to_owned(), found.total.to_string()];
                cells.extend(row);
                if args.shape.csv {
                    table::row(out, &cells)?;
                } else {
                    let cells: Vec<String> = cells.iter().map(|cell| safe(cell)).collect();
                    writeln!(out, "{}", cells.join("\t"))?;
                }
            }
        }
    }
    out.flush()?;
    let mut err = io::stderr().lock();
    writeln!(
        err,
        "{asked} queries, {answered} with papers, {wrong} that cannot be honoured; {}",
        status::freshness(reader)
    )?;
    Ok(match (wrong, answered) {
        (1.., _) => Outcome::Failed,
        (_, 0) => Outcome::Nothing,
        _ => Outcome::Done,
    })
}

/// How the words were found, when not as typed.
fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Exact => "",
        Tier::Inflection => " (inflection)",
        Tier::Part => " (part of a compound)",
        Tier::Synonym => " (synonym)",
        Tier::Unmarked => " (without marks)",
        Tier::Original => " (in the text as scanned)",
        Tier::Spelling => " (spelled otherwise)",
    }
}
