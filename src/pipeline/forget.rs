//! A content that is to be found no more: out of every file of the index, and kept away from it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::FORGOTTEN;
use super::books::{self, INSIDE, Known};
use crate::index::{Marks, Summary, Writer};
use crate::record::State;

/// What stands there until the next run brings a content back.
const RETURNING: &str = "comes back with the next run";

/// Takes the document at `key` out of the index for good, with what lies inside it, and sees that no run brings its content
/// back; with `undo`, lets the next run bring it back. Gives the keys that this meets: every name of the content.
///
/// # Errors
/// When there is no such document, or the index cannot be written.
pub fn forget(folder: &Path, key: &str, undo: bool) -> anyhow::Result<Vec<String>> {
    let writer = Writer::open(folder)?;
    let Some(before) = writer.before() else {
        anyhow::bail!("no index in `{}` that could be read", folder.display());
    };
    let mut generation = before.generation().clone();
    let known = Known::of(before.entries()?);
    let hash = known
        .entries
        .get(key)
        .map(|entry| entry.hash.clone())
        .unwrap_or_default();
    let marks = Marks::of(folder);
    let mut forgotten = marks.forgotten()?;
    forgotten.append(&mut generation.forgotten.into_iter().collect());
    let was = forgotten.contains(&*hash);
    if hash.is_empty() || undo && !was {
        let what = if undo { "forgotten" } else { "read" };
        anyhow::bail!("`{key}` has not been {what}");
    }
    if !undo && *hash == *blake3::hash(b"").to_hex() {
        anyhow::bail!(
            "`{key}` is empty: there is nothing in it to forget, and every empty file is like it"
        );
    }
    forgotten.remove(&*hash);
    if !undo {
        forgotten.insert(hash.to_string());
    }
    generation.forgotten = forgotten.iter().cloned().collect();
    let mut present = known.entries.clone();
    let met: Vec<Arc<str>> = known
        .entries
        .values()
        .filter(|entry| entry.hash == hash)
        .map(|entry| Arc::clone(&entry.file))
        .collect();
    for key in &met {
        for (rest, _) in known.inside(key) {
            present.remove(format!("{key}{INSIDE}{rest}").as_str());
        }
        // The file that holds it, when it is an attachment, is to be opened again.
        for key in [&**key, books::root(key)] {
            let Some(entry) = present.get_mut(key) else {
                continue;
            };
            if undo {
                entry.size = u64::MAX;
                // Whoever thinks better of it names the same content.
                if !met.contains(&entry.file) {
                    entry.hash = Arc::default();
                }
            }
            if *entry.file == *key && met.contains(&entry.file) {
                entry.state = State::Skipped;
                entry.reason = Some(if undo { RETURNING } else { FORGOTTEN }.into());
            }
        }
    }
    let nothing = BTreeMap::new();
    let puts = books::settle(&mut present, &known, &nothing, &known.entries, false);
    for put in puts {
        let record = put
            .record_of
            .map(|key| before.record(&key))
            .transpose()?
            .flatten();
        writer.put(&put.entry, record.as_ref())?;
    }
    for key in known
        .entries
        .keys()
        .filter(|key| !present.contains_key(*key))
    {
        writer.remove(key);
    }
    let mut summary = Summary::default();
    books::count(&known.entries, &present, &mut summary);
    generation.summary.states = summary.states;
    let ready = writer.commit(&generation, true)?;
    // Whoever stops it here has forgotten the paper all the same: the next run takes it out.
    marks.forget(&forgotten)?;
    ready.publish()?;
    Ok(met.iter().map(|file| file.to_string()).collect())
}
