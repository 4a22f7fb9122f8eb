//! `diarium search --queries`: many queries in one run.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;
use serde::Serialize;

use super::asking::Shape;
use super::search::{COLUMNS, Listed, Nothing, rows};
use super::terminal::safe;
use super::{Outcome, status, table};
use crate::extract;
use crate::index::Reader;
use crate::query::{self, Request};

/// Asks every line of `file` (`-` is standard input) with the filters of `request`: a row for each query, paper and passage, in
/// the order of the file.
pub(super) fn run(
    file: &Path,
    reader: &Reader,
    request: &Request,
    shape: &Shape,
    out: &mut impl Write,
) -> anyhow::Result<Outcome> {
    let text = if file.as_os_str() == "-" {
        io::read_to_string(io::stdin().lock()).context("cannot read standard input")?
    } else {
        let shown = file.display();
        let bytes =
            std::fs::read(file).with_context(|| format!("cannot read the queries in `{shown}`"))?;
        // What an old editor wrote may be no UTF-8.
        let lines = bytes.split(|byte| *byte == b'\n').map(extract::of_windows);
        lines.collect::<Vec<String>>().join("\n")
    };
    // Some editors begin a file with a mark of its encoding.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if shape.csv {
        let columns = ["query", "total"].into_iter().chain(COLUMNS);
        table::head(out, &columns.chain(["error"]).collect::<Vec<&str>>())?;
    }
    let (mut asked, mut answered, mut wrong) = (0, 0, 0);
    // An empty line has a row too, so that rows tell lines; behind the last query it is none.
    for line in text.trim_end().lines() {
        if line.trim().is_empty() {
            refused(line, "nothing is asked for on this line", shape, out)?;
            continue;
        }
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
                writeln!(super::guard::err(), "`{}`: {error}", safe(line))?;
                refused(line, &error.to_string(), shape, out)?;
                continue;
            }
        };
        answered += usize::from(found.total > 0);
        if found.total == 0 {
            writeln!(super::guard::err(), "nothing found: `{}`", safe(line))?;
        }
        if found.hits.is_empty() {
            if shape.json {
                let nothing = Nothing::of(&found, reader)?;
                shape.object(
                    out,
                    &Unmet {
                        query: line,
                        nothing,
                    },
                )?;
            } else {
                alone(line, &found.total.to_string(), "", shape, out)?;
            }
        }
        for (hit, number) in found.hits.iter().zip(request.offset.saturating_add(1)..) {
            if shape.json {
                let listed = Listed {
                    query: Some(line),
                    total: found.total,
                    number,
                    indexed: reader.generation().finished,
                    failed: status::failed(reader),
                    hit,
                };
                shape.object(out, &listed)?;
                continue;
            }
            for row in rows(number, hit) {
                let mut cells = vec![line.to_owned(), found.total.to_string()];
                cells.extend(row);
                cells.push(String::new());
                put(&cells, shape, out)?;
            }
        }
    }
    out.flush()?;
    let mut err = super::guard::err();
    let queries = if asked == 1 { "query" } else { "queries" };
    writeln!(
        err,
        "{asked} {queries}, {answered} with papers, {wrong} that cannot be honoured; {}",
        status::freshness(reader)
    )?;
    Ok(match (wrong, answered) {
        (1.., _) => Outcome::Failed,
        (_, 0) => Outcome::Nothing,
        _ => Outcome::Done,
    })
}

/// A query without papers, as JSON.
#[derive(Serialize)]
struct Unmet<'a> {
    query: &'a str,
    #[serde(flatten)]
    nothing: Nothing,
}

/// A query that cannot be honoured, as JSON.
#[derive(Serialize)]
struct Refused<'a> {
    query: &'a str,
    /// Nobody knows it.
    total: Option<usize>,
    /// Nothing: no line of a list is without it.
    file: Option<String>,
    error: String,
}

/// The one row of a query that cannot be honoured.
fn refused(query: &str, error: &str, shape: &Shape, out: &mut impl Write) -> anyhow::Result<()> {
    if shape.json {
        let refused = Refused {
            query,
            total: None,
            file: None,
            error: error.to_owned(),
        };
        return shape.object(out, &refused);
    }
    // Its first line: the others point at the place.
    let told = error.lines().next().unwrap_or_default();
    Ok(alone(query, "", told, shape, out)?)
}

/// The one row of a query that gives no papers, and why.
fn alone(
    query: &str,
    total: &str,
    error: &str,
    shape: &Shape,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut cells = vec![query.to_owned(), total.to_owned()];
    cells.resize(2 + COLUMNS.len(), String::new());
    cells.push(error.to_owned());
    put(&cells, shape, out)
}

fn put(cells: &[String], shape: &Shape, out: &mut impl Write) -> io::Result<()> {
    if shape.csv {
        return table::row(out, cells);
    }
    let cells: Vec<String> = cells.iter().map(|cell| safe(cell)).collect();
    writeln!(out, "{}", cells.join("\t"))
}
