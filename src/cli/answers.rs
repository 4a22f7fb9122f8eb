//! `diarium answers`: every paper that answers a party.

use std::io::Write;

use super::asking::{Filters, Shape, Typed};
use super::table;
use super::terminal::Style;
use super::{IndexFolder, Outcome, status};
use crate::index::Reader;
use crate::query::{self, Answering};
use crate::tag::Party;

/// List every paper that answers a party's skrivelse, motion, interpellation or question: complete, newest first, each
/// with the words that show it.
///
/// M, m, (M), Moderaterna, moderat and M-politiker are the same party; so are (fp) of 2003 and (L) of 2017, unless --as-written
/// asks for the form that was typed. A joint letter answers each of its parties; a protokoll gives a row for each of its
/// matters that answers the party. Exit codes: 0 found, 1 nothing found, 2 error.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The party: its code or its name.
    #[arg(value_name = "PARTY")]
    answered: Typed,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    shape: Shape,
    #[command(flatten)]
    index: IndexFolder,
}

/// A row with its place in the list.
#[derive(serde::Serialize)]
struct Numbered<'a> {
    number: usize,
    /// When the run that filled the index ended.
    indexed: jiff::Timestamp,
    /// How many papers it could not read.
    failed: usize,
    #[serde(flatten)]
    row: &'a Answering,
}

const COLUMNS: [&str; 14] = [
    "answered", "written", "date", "namnd", "dnr", "kind", "outcome", "title", "matter", "page",
    "line", "words", "file", "citation",
];

/// How many rows a span of days leaves out because nobody knows their day.
fn without_date(reader: &Reader, party: Party, request: &query::Request) -> anyhow::Result<usize> {
    if request.dated == query::Span::default() {
        return Ok(0);
    }
    let request = query::Request {
        dated: query::Span::default(),
        ..request.clone()
    };
    let mut rows = 0;
    for row in query::answers(reader, party, &request)? {
        rows += usize::from(row?.card.date.is_none());
    }
    Ok(rows)
}

pub(super) fn run(args: Args, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let mut request = args.filters.request()?;
    let party = args.answered.party;
    if args.filters.as_written {
        request.answers_mark = Some(args.answered.mark.clone());
    }
    if args.filters.explain {
        let whole = query::Request {
            answers: Some(party),
            ..request.clone()
        };
        args.shape.explain(out, &whole)?;
        return Ok(Outcome::Done);
    }
    let reader = Reader::open(&args.index.folder)?;
    if let Some(near) = query::unknown_party(&reader, party)? {
        anyhow::bail!(
            "no party is written `{}`: no table has it and none of these papers names it; parties of the papers: {}",
            super::terminal::safe(party.code()),
            super::terminal::safe(&near.join(", "))
        );
    }
    let style = Style::new(args.shape.colour, &reader.generation().corpus);
    let indexed = reader.generation().finished;
    let failed = status::failed(&reader);
    let rows = query::answers(&reader, party, &request)?;
    let (mut total, mut files) = (0, 0);
    let mut last: Option<String> = None;
    if args.shape.csv {
        table::head(out, &COLUMNS)?;
    }
    for row in rows {
        let row = row?;
        total += 1;
        if last.as_ref() != Some(&row.card.file) {
            files += 1;
            last = Some(row.card.file.clone());
        }
        if args.shape.json {
            let row = &row;
            let numbered = Numbered {
                number: total,
                indexed,
                failed,
                row,
            };
            args.shape.object(out, &numbered)?;
        } else if args.shape.csv {
            table::row(out, &cells(party.code(), &row))?;
        } else if args.shape.cite {
            writeln!(out, "{}", super::terminal::safe(&citation(&row)))?;
        } else {
            style.card(out, total, &row.card, row.matter.as_ref())?;
            if let Some(evidence) = &row.evidence {
                style.place(out, &row.card.file, evidence, "")?;
            }
        }
        if total == 1 {
            // Whoever waits for the list sees that it has begun.
            out.flush()?;
        }
    }
    out.flush()?;
    let many = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let papers = many(files, "paper");
    let papers = match total {
        _ if files < total => format!("{} in {papers} answer", many(total, "matter")),
        1 => format!("{papers} answers"),
        _ => format!("{papers} answer"),
    };
    let mut narrowed = if args.filters.as_written {
        format!(", written as {}", args.answered.mark)
    } else {
        String::new()
    };
    let filters = query::Request {
        answers_mark: None,
        ..request.clone()
    };
    if let Some(filters) = query::asked(&filters)? {
        narrowed.push_str(&format!(", of {filters}"));
    }
    match without_date(&reader, party, &request)? {
        0 => {}
        1 => narrowed.push_str(" (1 more has no date)"),
        n => narrowed.push_str(&format!(" ({n} more have no date)")),
    }
    let mut err = super::guard::err();
    if total == 0 {
        // Which filter shuts the answers out, or whom the name of a nämnd may have meant.
        let request = query::Request {
            answers: Some(party),
            bare: true,
            ..request
        };
        let found = query::search(&reader, &request)?;
        if args.shape.json {
            let nothing = super::search::Nothing::of(&found, &reader)?;
            args.shape.object(out, &nothing)?;
            out.flush()?;
        }
        super::search::advice(&mut err, &found)?;
    }
    writeln!(
        err,
        "{papers} {party} ({}){}; {}",
        party.name(),
        super::terminal::safe(&narrowed),
        status::freshness(&reader)
    )?;
    Ok(if total == 0 {
        Outcome::Nothing
    } else {
        Outcome::Done
    })
}

fn citation(row: &Answering) -> String {
    let page = row.evidence.as_ref().map(|evidence| evidence.page);
    query::citation(&row.card, row.matter.as_ref(), page)
}

fn cells(answered: &str, row: &Answering) -> Vec<String> {
    let card = &row.card;
    let evidence = row.evidence.as_ref();
    let mut cells = vec![answered.to_owned(), row.written.join(", ")];
    cells.extend(table::card(card));
    cells.extend([
        card.title.clone().unwrap_or_default(),
        row.matter
            .as_ref()
            .map(|matter| matter.number.clone())
            .unwrap_or_default(),
        evidence
            .map(|quote| quote.page.to_string())
            .unwrap_or_default(),
        evidence
            .map(|quote| quote.line.to_string())
            .unwrap_or_default(),
        evidence.map(|quote| quote.text.clone()).unwrap_or_default(),
        card.file.clone(),
        citation(row),
    ]);
    cells
}
