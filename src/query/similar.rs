//! A paper → papers like it: those that share its rarest words.

use std::collections::BTreeMap;

use tantivy::Term;

use super::ask::Ask;
use super::terms::Terms;
use super::{Card, Error, Hit, Sort, rank};
use crate::index::Reader;
use crate::record::{Entry, Record};
use crate::swedish::words;

/// Words of a paper that are looked for in the others.
const WORDS: usize = 25;
/// Letters that such a word has.
const SHORTEST: usize = 4;

/// The `limit` papers most like `record`, which is filed under the entry `of`, and how many share some of its words; copies
/// of the paper are none of them.
///
/// # Errors
/// [`Error::Index`] when the index cannot be read.
pub fn similar(
    reader: &Reader,
    of: &Entry,
    record: &Record,
    limit: usize,
) -> Result<(usize, Vec<Hit>), Error> {
    let terms = Terms::of(reader);
    let mut telling_terms = Vec::new();
    for (weight, stem) in telling(reader, record)? {
        telling_terms.push(Ask::Term(terms.get(reader.fields().stem, &stem)?, weight));
    }
    let own = terms.get(reader.fields().file(), &of.file)?;
    let same = terms.get(reader.fields().hash(), &of.hash)?;
    let ask = Ask::All {
        must: vec![Ask::Sum(telling_terms)],
        never: vec![Ask::Filter(own, 0.0), Ask::Filter(same, 0.0)],
        bonus: Vec::new(),
    };
    let lists = reader.lists()?;
    let ranked = rank::ranked(&terms, &lists, &ask, limit, Sort::Relevance, false)?;
    let mut hits = Vec::new();
    for (score, address) in ranked.best {
        let filed = lists.filed(address)?;
        hits.push(Hit {
            card: Card::of(&filed.0, &filed.1.head),
            score,
            tier: None,
            passages: Vec::new(),
            matter: None,
            outcomes: filed
                .1
                .head
                .outcome
                .iter()
                .map(ToString::to_string)
                .collect(),
            cited: None,
        });
    }
    Ok((ranked.total, hits))
}

/// The stems that tell most of a paper, with their weights: often here, in few others.
fn telling(reader: &Reader, record: &Record) -> Result<Vec<(f32, String)>, Error> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for page in &record.pages {
        for word in words::words(&page.clean.text) {
            let letters = word.form.chars().count();
            if letters >= SHORTEST
                && word.form.chars().all(char::is_alphabetic)
                && !words::is_function_word(&word.form)
            {
                words::with_forms(&word.form, |forms| {
                    *counts.entry(forms.stem.clone()).or_default() += 1;
                });
            }
        }
    }
    let title: Vec<String> = record
        .tags
        .title
        .iter()
        .flat_map(|title| words::words(&title.value))
        .map(|word| words::with_forms(&word.form, |forms| forms.stem.clone()))
        .collect();
    let papers = reader.searcher().num_docs().max(1) as f32;
    let mut weighed = Vec::new();
    for (stem, count) in counts {
        let term = Term::from_field_text(reader.fields().stem, &stem);
        let others = reader.searcher().doc_freq(&term);
        let others = others.map_err(|e| reader.engine(e))? as f32;
        // A word of this paper alone tells nothing of others, and one of half of all neither.
        if others < 2.0 || others > papers / 2.0 + 1.0 {
            continue;
        }
        let named = if title.contains(&stem) { 2.0 } else { 1.0 };
        weighed.push((
            (1.0 + (count as f32).ln()) * (papers / others).ln() * named,
            stem,
        ));
    }
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    weighed.truncate(WORDS);
    let most = weighed.first().map_or(1.0, |(weight, _)| weight.max(0.01));
    for (weight, _) in &mut weighed {
        *weight = (*weight / most).max(0.05);
    }
    Ok(weighed)
}
