//! `diarium search`: papers that answer a question.

use std::io::{self, Write};
use std::path::PathBuf;

use jiff::Timestamp;
use serde::Serialize;

use super::asking::{Filters, Shape, Typed};
use super::choice::Choice;
use super::terminal::{Style, safe};
use super::{IndexFolder, Outcome, batch, status, table};
use crate::index::Reader;
use crate::query::{self, Facets, Found, Hit, Request, Sort, Tier};

/// Search the papers: ranked hits, each with the passages that answer, page and line.
///
/// Words are ANDed and found in every inflection, in compounds and through OCR damage; those that every paper has, such as
/// av and mot, need not stand in it when others are asked for. A mark that is typed is meant
/// (`når` is not när). "a phrase", OR, NOT or -word, ( ), prefix*, word~ (other spellings), `one near/5 other`, and fields:
/// parti:M svar:M namnd:farsta typ:motion utfall:avslag dnr:HL2019/619 titel:hyra datum:2016..2018 dag:2016-04-14. Abbreviations,
/// parties' names and nämnder that went up in others are found by each other (LSS, SoL, folkpartiet, Järva); quotes switch
/// that off. --explain shows how a query is read. Exit codes: 0 found, 1 nothing found, 2 error.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The query; several arguments are one query. One that begins with a minus goes after `--`.
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Ask every line of this file (- is standard input) and print a row for each query, paper and passage: cells between tabs
    /// without a head, or CSV or JSON; those are query, total, the columns of --csv, and error. A query that finds nothing
    /// or cannot be honoured has a row of its own, and so has an empty line.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["query", "cite"])]
    queries: Option<PathBuf>,
    #[command(flatten)]
    filters: Filters,
    /// Papers that answer this party.
    #[arg(long, visible_alias = "svar", value_name = "PARTY")]
    answers: Option<Typed>,
    /// Find words no less surely than so: exact, inflection, part (of a compound), synonym, unmarked (without å, ä and ö),
    /// original (the text as scanned), spelling.
    #[arg(
        long,
        value_name = "TIER",
        default_value = "spelling",
        // The line above has them all.
        hide_possible_values = true,
        value_parser = Choice::<Tier>::by(Tier::ALL.map(Tier::name))
    )]
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

pub(super) const COLUMNS: [&str; 15] = [
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
        ..args.filters.request()?
    };
    if let Some(file) = &args.queries {
        let reader = Reader::open(&args.index.folder)?;
        return batch::run(file, &reader, &request, &args.shape, out);
    }
    if args.filters.explain {
        args.shape.explain(out, &request)?;
        return Ok(Outcome::Done);
    }
    let reader = Reader::open(&args.index.folder)?;
    let found = query::search(&reader, &request)?;
    let list = List {
        total: found.total,
        offset: args.offset,
        hits: &found.hits,
    };
    list.print(out, &args.shape, &reader)?;
    if found.hits.is_empty() && args.shape.json && !args.facets {
        args.shape.object(out, &Nothing::of(&found, &reader)?)?;
    }
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
    remarks(&found, query::undated(&reader, &request)?, &reader)?;
    super::asking::tell_of_spared(&query::spared(&request)?)?;
    Ok(if found.total == 0 {
        Outcome::Nothing
    } else {
        Outcome::Done
    })
}

/// A paper of a list that is counted.
#[derive(Serialize)]
pub(super) struct Listed<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) query: Option<&'a str>,
    pub(super) total: usize,
    pub(super) number: usize,
    /// When the run that filled the index ended.
    pub(super) indexed: Timestamp,
    /// How many papers it could not read.
    pub(super) failed: usize,
    #[serde(flatten)]
    pub(super) hit: &'a Hit,
}

/// What is told as JSON when no paper is listed, so that this is no silence.
#[derive(Serialize)]
pub(super) struct Nothing {
    total: usize,
    /// Nothing: no line of the list is without it.
    file: Option<String>,
    indexed: Timestamp,
    failed: usize,
    /// What a person is told.
    hint: Vec<String>,
    nearest: Vec<query::Respelled>,
    /// What to leave out to find most, and how many papers that finds.
    without: Option<(String, usize)>,
    /// What nothing says side by side, or so near, and what to ask instead.
    looser: Vec<query::Looser>,
}

impl Nothing {
    pub(super) fn of(found: &Found, reader: &Reader) -> anyhow::Result<Nothing> {
        let mut hint = Vec::new();
        advice(&mut hint, found)?;
        if found.total > 0 {
            write!(hint, "the list has {} papers", found.total)?;
        }
        let hint = String::from_utf8(hint)?;
        Ok(Nothing {
            total: found.total,
            file: None,
            indexed: reader.generation().finished,
            failed: status::failed(reader),
            hint: hint.lines().map(str::to_owned).collect(),
            nearest: found.nearest.clone(),
            without: found.without.clone(),
            looser: found.looser.clone(),
        })
    }
}

/// Papers of a list of which all are counted.
pub(super) struct List<'a> {
    /// How many papers the whole list has.
    pub(super) total: usize,
    /// How many of them stand before the first of `hits`.
    pub(super) offset: usize,
    /// Those to print.
    pub(super) hits: &'a [Hit],
}

impl List<'_> {
    /// Prints the papers in the shape that was asked for.
    pub(super) fn print(
        &self,
        out: &mut impl Write,
        shape: &Shape,
        reader: &Reader,
    ) -> anyhow::Result<()> {
        let style = Style::new(shape.colour, &reader.generation().corpus);
        if shape.csv {
            table::head(out, &COLUMNS)?;
        }
        for (hit, number) in self.hits.iter().zip(self.offset.saturating_add(1)..) {
            if shape.json {
                let listed = Listed {
                    query: None,
                    total: self.total,
                    number,
                    indexed: reader.generation().finished,
                    failed: status::failed(reader),
                    hit,
                };
                shape.object(out, &listed)?;
            } else if shape.csv {
                for row in rows(number, hit) {
                    table::row(out, &row)?;
                }
            } else if shape.cite {
                let page = hit.passages.first().map(|passage| passage.quote.page);
                writeln!(out, "{}", safe(&hit.citation(page)))?;
            } else {
                style.card(out, number, &hit.card, hit.matter.as_ref())?;
                for passage in &hit.passages {
                    style.place(out, &hit.card.file, &passage.quote, tier(passage.tier))?;
                }
            }
        }
        Ok(())
    }
}

/// A row for each passage of a hit, or one without a passage.
pub(super) fn rows(number: usize, hit: &Hit) -> Vec<Vec<String>> {
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
        let citation = hit.citation(None);
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
                hit.citation(Some(quote.page)),
            )
        })
        .collect()
}

fn counts(out: &mut impl Write, facets: &Facets) -> io::Result<()> {
    for (name, list) in [
        ("answers", &facets.answers),
        (
            "nämnd (each alone: --namnd NAME --as-written)",
            &facets.namnd,
        ),
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
fn remarks(found: &Found, undated: usize, reader: &Reader) -> io::Result<()> {
    let mut err = super::guard::err();
    advice(&mut err, found)?;
    let papers = if found.total == 1 { "paper" } else { "papers" };
    let shown = if found.hits.len() < found.total {
        format!(", {} shown", found.hits.len())
    } else {
        String::new()
    };
    let undated = match undated {
        0 => String::new(),
        1 => " (1 more has no date)".to_owned(),
        n => format!(" ({n} more have no date)"),
    };
    writeln!(
        err,
        "{} {papers} found{shown}{undated}; {}",
        found.total,
        status::freshness(reader)
    )
}

/// What was read otherwise than typed, and why nothing was found.
pub(super) fn advice(err: &mut impl Write, found: &Found) -> io::Result<()> {
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
    for looser in &found.looser {
        let instead = looser.instead.iter();
        let instead = instead.map(|(query, papers)| format!("`{query}`: {papers}"));
        let instead = match looser.instead.as_slice() {
            [] => "and no paper has all its words".to_owned(),
            _ => instead.collect::<Vec<String>>().join(", "),
        };
        writeln!(
            err,
            "nothing says `{}`; {}",
            safe(&looser.asked),
            safe(&instead)
        )?;
    }
    Ok(())
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
