//! `diarium show`: all that is known of one paper.

use std::io::Write;

use serde::Serialize;

use super::terminal::{safe, safe_page};
use super::{IndexFolder, Outcome};
use crate::index::Reader;
use crate::page::{self, Place};
use crate::query;
use crate::record::{Entry, Record, RecordPage};
use crate::repair::Repair;

/// Show one paper: what is tagged, with page, line and the words, and its text page by page.
///
/// Exit codes: 0 shown, 1 no such paper, 2 error.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The paper: its path below the corpus folder, its file name, or a part of the path that no other paper has.
    #[arg(value_name = "DOC")]
    document: String,
    /// Show the text as extracted, before repair.
    #[arg(long)]
    raw: bool,
    /// Show the ledger of repairs instead of the text: page, line, what stood there, what stands there now, the rule.
    #[arg(long, conflicts_with = "raw")]
    repairs: bool,
    /// Print the whole record as one JSON object.
    #[arg(long, conflicts_with_all = ["raw", "repairs"])]
    json: bool,
    #[command(flatten)]
    index: IndexFolder,
}

pub(super) fn run(args: Args, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let reader = Reader::open(&args.index.folder)?;
    let Some((entry, record)) = super::document(&reader, &args.document)? else {
        super::no_document(&reader, &args.document)?;
        return Ok(Outcome::Nothing);
    };
    if args.json {
        #[derive(Serialize)]
        struct Whole<'a> {
            schema: u32,
            #[serde(flatten)]
            entry: &'a Entry,
            record: &'a Option<Record>,
        }
        super::output::json(
            &mut *out,
            &Whole {
                schema: query::SCHEMA,
                entry: &entry,
                record: &record,
            },
        )?;
        writeln!(out)?;
        return Ok(Outcome::Done);
    }
    let reason = entry
        .reason
        .as_deref()
        .map(|reason| format!(" ({})", safe(reason)))
        .unwrap_or_default();
    if args.repairs {
        if let Some(record) = &record {
            ledger(out, record)?;
        }
        return Ok(Outcome::Done);
    }
    if args.raw {
        if let Some(record) = &record {
            for page in &record.pages {
                writeln!(out, "── page {} ──", page.clean.number)?;
                writeln!(
                    out,
                    "{}",
                    safe_page(page.clean.original().trim_end_matches('\n'))
                )?;
            }
        }
        return Ok(Outcome::Done);
    }
    writeln!(out, "{}", safe(&entry.file))?;
    writeln!(out, "state       {}{reason}", entry.state)?;
    if let Some(record) = &record {
        tags(out, record)?;
        for note in &record.notes {
            writeln!(out, "note        {}", safe(note))?;
        }
        for page in &record.pages {
            text(out, page)?;
        }
    }
    Ok(Outcome::Done)
}

fn tags(out: &mut impl Write, record: &Record) -> std::io::Result<()> {
    let tags = &record.tags;
    let mut row = |name: &str, value: &str, place: Option<&Place>| {
        writeln!(
            out,
            "{name:<12}{}{}",
            safe(value),
            place.map(|place| at(record, place)).unwrap_or_default()
        )
    };
    if let Some(title) = &tags.title {
        row("title", &title.value, Some(&title.place))?;
    }
    row("kind", &tags.kind.to_string(), tags.kind_place.as_ref())?;
    if let Some(namnd) = &tags.namnd {
        row("nämnd", &namnd.value, Some(&namnd.place))?;
    }
    if let Some(forvaltning) = &tags.forvaltning {
        row("förvaltning", &forvaltning.value, Some(&forvaltning.place))?;
    }
    if let Some(date) = &tags.date {
        row("date", &date.value.to_string(), Some(&date.place))?;
    }
    for dnr in &tags.dnr {
        let role = serde_json::to_value(dnr.value.role).ok();
        let role = role
            .as_ref()
            .and_then(|role| role.as_str())
            .unwrap_or_default();
        row(
            "dnr",
            &format!("{} [{role}]", dnr.value.verbatim),
            Some(&dnr.place),
        )?;
    }
    for (name, parties) in [
        ("answers", &tags.answers),
        ("via remiss", &tags.via_remiss),
        ("mentions", &tags.mentions),
    ] {
        for party in parties {
            row(name, party.value.code(), Some(&party.place))?;
        }
    }
    for (name, people) in [("author", &tags.authors), ("person", &tags.people)] {
        for person in people {
            let party = person
                .value
                .party
                .map(|party| format!(" ({party})"))
                .unwrap_or_default();
            let role = person
                .value
                .role
                .as_ref()
                .map(|role| format!(", {role}"))
                .unwrap_or_default();
            row(
                name,
                &format!("{}{party}{role}", person.value.name),
                Some(&person.place),
            )?;
        }
    }
    for date in &tags.dates {
        let role = serde_json::to_value(date.value.role).ok();
        let role = role
            .as_ref()
            .and_then(|role| role.as_str())
            .unwrap_or_default();
        row(
            "dated",
            &format!("{} [{role}]", date.value.date),
            Some(&date.place),
        )?;
    }
    if let Some(proposal) = &tags.proposal {
        row("proposal", &words(&proposal.value), Some(&proposal.place))?;
    }
    Ok(())
}

/// Where a tag was read: page, line and the words.
fn at(record: &Record, place: &Place) -> String {
    let Some(text) = record.page_text(place.page) else {
        return String::new();
    };
    let Some(said) = text.get(place.range()).filter(|said| !said.is_empty()) else {
        return String::new();
    };
    let line = page::line_of(text, place.start);
    let said: String = words(said).chars().take(60).collect();
    format!("   [page {}, line {line}: {}]", place.page, safe(&said))
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text(out: &mut impl Write, page: &RecordPage) -> std::io::Result<()> {
    let clean = &page.clean;
    writeln!(out)?;
    let verdict = serde_json::to_value(clean.judgement.verdict).ok();
    let verdict = verdict
        .as_ref()
        .and_then(|verdict| verdict.as_str())
        .unwrap_or_default();
    let origin = serde_json::to_value(page.origin).ok();
    let origin = origin
        .as_ref()
        .and_then(|origin| origin.as_str())
        .unwrap_or_default();
    let repaired = if clean.repairs.is_empty() {
        String::new()
    } else {
        format!(", {} repairs", clean.repairs.len())
    };
    writeln!(
        out,
        "── page {} ── {origin}, {verdict}{repaired} ──",
        clean.number
    )?;
    for note in &page.notes {
        writeln!(out, "   note: {}", safe(note))?;
    }
    let mut at = 0;
    for (line, number) in clean.text.split('\n').zip(1..) {
        let end = at + line.len();
        let furniture = clean
            .furniture
            .iter()
            .any(|&(start, stop)| start <= at && end <= stop);
        if !furniture && !line.trim().is_empty() {
            writeln!(out, "{number:>4}  {}", safe_page(line))?;
        }
        at = end + 1;
    }
    Ok(())
}

fn ledger(out: &mut impl Write, record: &Record) -> std::io::Result<()> {
    for page in &record.pages {
        let raw = page.clean.original();
        for Repair {
            start,
            was,
            now,
            rule,
            confidence,
            ..
        } in &page.clean.repairs
        {
            let line = page::line_of(&raw, *start);
            writeln!(
                out,
                "page {}, line {line}: {} -> {}  [{rule}, {confidence:.2}]",
                page.clean.number,
                safe(was),
                safe(now)
            )?;
        }
    }
    Ok(())
}
