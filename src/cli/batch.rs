//! `diarium search --queries`: many queries in one run.

use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;

use super::asking::Shape;
use super::search::{COLUMNS, Listed, rows};
use super::terminal::safe;
use super::{Outcome, status, table};
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
        String::from_utf8(bytes).map_err(|error| {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            anyhow::anyhow!("line {line} of `{shown}` is no UTF-8; save the file as UTF-8")
        })?
    };
    // Some editors begin a file with a mark of its encoding.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if shape.csv {
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
                writeln!(super::guard::err(), "`{}`: {error}", safe(line))?;
                continue;
            }
        };
        answered += usize::from(found.total > 0);
        if found.total == 0 {
            writeln!(super::guard::err(), "nothing found: `{}`", safe(line))?;
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
                if shape.csv {
                    table::row(out, &cells)?;
                } else {
                    let cells: Vec<String> = cells.iter().map(|cell| safe(cell)).collect();
                    writeln!(out, "{}", cells.join("\t"))?;
                }
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
