//! The whole index read once: is it as it was written, and does what it says fit together?

use std::collections::{BTreeMap, BTreeSet};
use std::panic::AssertUnwindSafe;
use std::path::Path;

use serde::Serialize;

use super::before::Before;
use super::{Error, fields, store};
use crate::page::Place;
use crate::record::{Entry, Record, State};

/// What reading an index through has shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// What is wrong: one clause each.
    pub faults: Vec<String>,
    /// Files of the index whose sums were compared.
    pub files: usize,
    /// Files and attachments of which something is known.
    pub entries: usize,
    /// Records read.
    pub papers: usize,
    /// Pages of them.
    pub pages: usize,
}

/// Faults that are named one by one.
const NAMED: usize = 100;

/// Reads the index in `folder` through.
///
/// # Errors
/// [`Error::NoIndex`] when there is none, [`Error::Newer`] when a newer program has made it. Whatever is wrong with one that is there is a fault.
pub fn verify(folder: &Path) -> Result<Verified, Error> {
    loop {
        let path = store::current(folder, fields::LAYOUT).ok_or_else(|| super::none(folder))?;
        let verified = verify_in(folder, &path)?;
        // Otherwise a run has published another generation meanwhile, and taken away the files of this one.
        if store::current(folder, fields::LAYOUT).is_none_or(|answers| answers == path) {
            return Ok(verified);
        }
    }
}

/// Reads the generation in `path` through.
///
/// # Errors
/// [`Error::Newer`]: what is wrong with it is not for this program to say.
fn verify_in(folder: &Path, path: &Path) -> Result<Verified, Error> {
    let (files, faults) = store::damage_in(path);
    let mut verified = Verified {
        faults,
        files,
        ..Verified::default()
    };
    // The engine may fall over files that are not as it wrote them; what it falls over is named above.
    let read = std::panic::catch_unwind(AssertUnwindSafe(|| {
        let mut verified = Verified::default();
        let read = Before::open(folder, path).and_then(|before| through(&before, &mut verified));
        (verified, read)
    }));
    match read {
        Ok((read, result)) => {
            verified.faults.extend(read.faults);
            (verified.entries, verified.papers, verified.pages) =
                (read.entries, read.papers, read.pages);
            match result {
                Ok(()) => {}
                Err(newer @ Error::Newer { .. }) => return Err(newer),
                Err(error) => verified.faults.push(error.to_string()),
            }
        }
        Err(_) => verified
            .faults
            .push("the index engine falls over it".to_owned()),
    }
    let more = verified.faults.len().saturating_sub(NAMED);
    if more > 0 {
        verified.faults.truncate(NAMED);
        verified.faults.push(format!("and {more} more"));
    }
    Ok(verified)
}

fn through(before: &Before, verified: &mut Verified) -> Result<(), Error> {
    let entries = before.entries()?;
    verified.entries = entries.len();
    if verified.entries != before.documents() {
        verified.faults.push(format!(
            "{} documents for {} entries: some file is filed twice",
            before.documents(),
            verified.entries
        ));
    }
    let mut states: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries.values() {
        *states.entry(entry.state.name().to_owned()).or_default() += 1;
    }
    let noted = &before.generation().summary.states;
    if states != *noted {
        verified.faults.push(format!(
            "the last run noted the states {noted:?}, and they are {states:?}"
        ));
    }
    let mut homes: BTreeSet<&str> = BTreeSet::new();
    for entry in entries.values() {
        let readable = !matches!(entry.state, State::Failed | State::Skipped | State::Copy);
        match before.record(&entry.file) {
            Ok(Some(record)) if readable => {
                verified.papers += 1;
                verified.pages += record.pages.len();
                homes.insert(&entry.hash);
                verified.faults.extend(places(entry, &record));
            }
            Ok(None) if !readable => {}
            Ok(Some(_)) => verified.faults.push(format!(
                "`{}` is {} and has a text",
                entry.file, entry.state
            )),
            Ok(None) => verified.faults.push(format!(
                "`{}` is {} and has no text",
                entry.file, entry.state
            )),
            Err(error) => verified.faults.push(error.to_string()),
        }
    }
    for entry in entries.values() {
        if entry.state == State::Copy && !homes.contains(&*entry.hash) {
            verified
                .faults
                .push(format!("`{}` is a copy of what is not there", entry.file));
        }
    }
    Ok(())
}

/// Tags that point outside the text of their page.
fn places(entry: &Entry, record: &Record) -> Option<String> {
    let mut places = Vec::new();
    gather(&serde_json::to_value(&record.tags).ok()?, &mut places);
    gather(&serde_json::to_value(&record.matters).ok()?, &mut places);
    let holds = |place: &Place| {
        record
            .page_text(place.page)
            .is_some_and(|text| text.get(place.range()).is_some())
    };
    let outside = places.iter().filter(|place| !holds(place)).count();
    (outside > 0).then(|| format!("`{}`: {outside} tags point outside the text", entry.file))
}

/// Every place in a value, whatever it is the place of.
fn gather(value: &serde_json::Value, places: &mut Vec<Place>) {
    match value {
        serde_json::Value::Object(fields) => {
            if ["page", "start", "end"]
                .iter()
                .all(|key| fields.contains_key(*key))
            {
                places.extend(serde_json::from_value::<Place>(value.clone()));
            }
            for value in fields.values() {
                gather(value, places);
            }
        }
        serde_json::Value::Array(values) => {
            for value in values {
                gather(value, places);
            }
        }
        _ => {}
    }
}
