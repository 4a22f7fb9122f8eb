//! `diarium search`: papers that answer a question.

use std::io::{self, Write};

use jiff::civil::Date;

use super::terminal::Style;
use super::{IndexFolder, Outcome, status};
use crate::index::Reader;
use crate::query::{self, Request, Span, Tier};
use crate::tag::{self, Kind, Party};

/// Search the papers: ranked hits, each with the passages that answer, page and line.
///
/// Words are ANDed and found in every inflection, in compounds and through OCR damage; a mark that is typed is meant
/// (`når` is not när). "a phrase", OR, NOT or -word, ( ), prefix*, and fields: parti:M svar:M namnd:farsta kind:motion
/// dnr:HL2019/619 datum:2016..2018. Exit codes: 0 found, 1 nothing found, 2 error.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The query; several arguments are one query. One that begins with a minus goes after `--`.
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    /// Papers that answer this party.
    #[arg(long, visible_alias = "svar", value_name = "PARTY")]
    answers: Option<Party>,
    /// Hits to show; the total is exact whatever is shown.
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Print one JSON object a hit.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    index: IndexFolder,
}

/// What narrows a list of papers.
#[derive(Debug, clap::Args)]
pub(super) struct Filters {
    /// Papers that name this party, in any role.
    #[arg(long, visible_alias = "parti", value_name = "PARTY")]
    party: Option<Party>,
    /// Papers of this nämnd: its name or a part of it.
    #[arg(long, value_name = "NAMND")]
    namnd: Option<String>,
    /// Papers of this kind: svar-pa-skrivelse, svar-pa-motion, svar-pa-remiss, skrivelse, motion, protokoll …
    #[arg(long, visible_alias = "typ", value_name = "KIND")]
    kind: Option<Kind>,
    /// Papers dated on or after this day, month or year.
    #[arg(long, visible_alias = "fran", value_name = "DATE", value_parser = query::span)]
    from: Option<Span>,
    /// Papers dated on or before this day, month or year.
    #[arg(long, visible_alias = "till", value_name = "DATE", value_parser = query::span)]
    to: Option<Span>,
    /// Papers with this diary number, however it is written.
    #[arg(long, value_name = "DNR", value_parser = dnr)]
    dnr: Option<String>,
}

impl Filters {
    /// The request that these filters make, without words.
    pub(super) fn request(self) -> Request {
        let first = |span: Option<Span>| -> Option<Date> { span.and_then(|span| span.from) };
        let last = |span: Option<Span>| -> Option<Date> { span.and_then(|span| span.to) };
        Request {
            party: self.party,
            namnd: self.namnd,
            kind: self.kind,
            dated: Span {
                from: first(self.from),
                to: last(self.to),
            },
            dnr: self.dnr,
            ..Request::default()
        }
    }
}

fn dnr(typed: &str) -> Result<String, String> {
    tag::lookup_key(typed)
        .ok_or_else(|| format!("no diary number `{typed}`; write it as in `HL 2019/619`"))
}

pub(super) fn run(args: Args, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let request = Request {
        query: args.query.join(" "),
        answers: args.answers,
        limit: args.limit,
        ..args.filters.request()
    };
    let reader = Reader::open(&args.index.folder)?;
    let found = query::search(&reader, &request)?;
    if args.json {
        for hit in &found.hits {
            serde_json::to_writer(&mut *out, hit)?;
            writeln!(out)?;
        }
    } else {
        let style = Style::of_stdout();
        for (hit, number) in found.hits.iter().zip(1..) {
            style.card(out, number, &hit.card)?;
            for passage in &hit.passages {
                style.place(out, passage, tier(passage.tier))?;
            }
        }
    }
    out.flush()?;
    let mut err = io::stderr().lock();
    for respelled in &found.respelled {
        writeln!(
            err,
            "nothing holds `{}`; searched for {}",
            respelled.word,
            respelled.near.join(", ")
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
        status::freshness(&reader)
    )?;
    Ok(if found.total == 0 {
        Outcome::Nothing
    } else {
        Outcome::Done
    })
}

/// How the words were found, when not as typed.
fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Exact => "",
        Tier::Inflection => " (inflection)",
        Tier::Part => " (part of a compound)",
        Tier::Unmarked => " (without marks)",
        Tier::Original => " (in the text as scanned)",
        Tier::Spelling => " (spelled otherwise)",
    }
}
