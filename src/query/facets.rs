//! Papers → how many there are of each party answered, nämnd, year, kind and outcome.

use std::collections::BTreeMap;

use serde::Serialize;
use tantivy::DocAddress;

use super::Error;
use crate::index::Reader;

/// How many of the papers found have each value, most first; a paper that answers two parties counts for both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// The parties answered, by code.
    pub answers: Vec<(String, usize)>,
    /// The nämnder.
    pub namnd: Vec<(String, usize)>,
    /// The years of the papers' dates, newest first; papers without a date are in none.
    pub year: Vec<(String, usize)>,
    /// The kinds of paper.
    pub kind: Vec<(String, usize)>,
    /// What their proposals come to.
    pub outcome: Vec<(String, usize)>,
}

/// By what a paper is counted in the column `name`.
pub(super) fn counted_by(
    reader: &Reader,
    paper: DocAddress,
    name: &str,
) -> Result<Vec<String>, Error> {
    let engine = |error| Error::Index(reader.engine(error));
    let segment = reader.searcher().segment_reader(paper.segment_ord);
    let mut values = Vec::new();
    if let Some(column) = segment.fast_fields().str(name).map_err(engine)? {
        for ordinal in column.term_ords(paper.doc_id) {
            let mut value = String::new();
            let found = column.ord_to_str(ordinal, &mut value);
            if found.map_err(|e| engine(e.into()))? {
                values.push(value);
            }
        }
    }
    Ok(values)
}

/// The facets of `papers`, which are in the order of the index.
pub(super) fn facets(reader: &Reader, papers: &[DocAddress]) -> Result<Facets, Error> {
    let engine = |error| Error::Index(reader.engine(error));
    let mut counts: [BTreeMap<String, usize>; 5] = Default::default();
    for (ordinal, segment) in reader.searcher().segment_readers().iter().enumerate() {
        let here: Vec<u32> = papers
            .iter()
            .filter(|paper| paper.segment_ord as usize == ordinal)
            .map(|paper| paper.doc_id)
            .collect();
        let fast = segment.fast_fields();
        for (counts, name) in counts
            .iter_mut()
            .zip(["answers", "namnd", "kind", "outcome"])
        {
            let Some(column) = fast.str(name).map_err(engine)? else {
                continue;
            };
            let mut by_ordinal: BTreeMap<u64, usize> = BTreeMap::new();
            for &document in &here {
                for ordinal in column.term_ords(document) {
                    *by_ordinal.entry(ordinal).or_default() += 1;
                }
            }
            for (ordinal, n) in by_ordinal {
                let mut value = String::new();
                let found = column.ord_to_str(ordinal, &mut value);
                if found.map_err(|e| engine(e.into()))? {
                    *counts.entry(value).or_default() += n;
                }
            }
        }
        let dates = fast.u64("date").map_err(engine)?;
        for &document in &here {
            if let Some(date) = dates.first(document).filter(|&date| date > 0) {
                *counts[4].entry((date / 10_000).to_string()).or_default() += 1;
            }
        }
    }
    let mut most = counts.map(|counts| {
        let mut list: Vec<(String, usize)> = counts.into_iter().collect();
        list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        list
    });
    most[4].sort_by(|a, b| b.0.cmp(&a.0));
    let [answers, namnd, kind, outcome, year] = most;
    Ok(Facets {
        answers,
        namnd,
        year,
        kind,
        outcome,
    })
}
