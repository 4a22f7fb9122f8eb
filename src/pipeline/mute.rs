//! OCR engines that are on the machine and read nothing: a language file is damaged, `/tmp` is full, memory is short. That is no fault
//! of the papers, which wait for an engine that reads.

use super::Options;
use super::books;
use super::lanes::Read;
use crate::discover::Source;
use crate::extract;
use crate::index::Before;
use crate::record::{Entry, State};

/// What keeps the engine on the machine from reading anything, if something does: asked only of one that the last run did not have, or
/// could not read with. Papers may wait for it, and one that hangs would cost its time for each of their pages.
pub(super) fn from_the_start(before: Option<&Before>, options: &Options) -> Option<String> {
    let before = before?.generation();
    let is_new = before.engine != super::engine(&options.extract);
    is_new.then(|| now(options)).flatten()
}

/// What keeps the engine from reading anything, when it has failed on one of `sources`.
pub(super) fn after(sources: &[Source], read: &Read, options: &Options) -> Option<String> {
    let is_unread = |entry: &&Entry| {
        let reason = entry.reason.as_deref().unwrap_or_default();
        let is_source = |source: &Source| source.key == books::root(&entry.file);
        reason.contains(extract::NOT_READ_BY_OCR) && sources.iter().any(is_source)
    };
    let entry = read.present.values().find(is_unread)?;
    now(options).map(|why| format!("{why}, as on `{}`", entry.file))
}

/// What a person is to be told of it, when some paper waits for the engine.
pub(super) fn told(why: &str, read: &Read) -> Option<String> {
    let waits = |entry: &Entry| {
        let reason = entry.reason.as_deref().unwrap_or_default();
        entry.state == State::OcrNeeded
            || reason.contains(extract::WAITS_FOR_OCR)
            || reason.contains(extract::NOT_READ_BY_OCR)
    };
    read.present.values().any(waits).then(|| {
        format!(
            "no page was read by OCR: {why}, and on an empty page too; the papers that need it wait"
        )
    })
}

fn now(options: &Options) -> Option<String> {
    let engine = extract::ocr::available(&options.extract.ocr).filter(|engine| engine.swedish)?;
    extract::ocr::works(&engine, &options.extract.ocr).err()
}
