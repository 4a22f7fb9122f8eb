//! `diarium tag`: JSON lines with `header` and `text` in, tags out.

use std::io::{BufRead, Write};
use std::path::PathBuf;

use anyhow::Context;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Outcome;
use crate::page::Found;
use crate::tag::{DnrRole, Kind, Party};
use crate::{extract, repair, tag};

/// Tag passages: JSON lines with `text`, and maybe `header` and `id`, in; dnr, dates, parties and kind out, one object a
/// line.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files of JSON lines; standard input when there is none.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Passage {
    #[serde(default)]
    id: Option<Value>,
    #[serde(default)]
    header: String,
    text: String,
}

#[derive(Serialize)]
struct Prediction {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Value>,
    doc_type: Kind,
    dnr: Vec<PredictedDnr>,
    dates: Vec<String>,
    dates_partial: Vec<String>,
    answers_parties: Vec<&'static str>,
    via_remiss_parties: Vec<&'static str>,
    authors: Vec<PredictedAuthor>,
    mentioned_parties: Vec<&'static str>,
    body: Option<String>,
}

#[derive(Serialize)]
struct PredictedDnr {
    norm: String,
    verbatim: String,
    role: DnrRole,
}

#[derive(Serialize)]
struct PredictedAuthor {
    name: String,
    party: Option<&'static str>,
}

pub(super) fn run(args: Args, out: &mut impl Write) -> anyhow::Result<Outcome> {
    if args.files.is_empty() {
        lines("standard input", std::io::stdin().lock(), out)?;
    }
    for file in &args.files {
        let name = file.display().to_string();
        let reader = std::fs::File::open(file).with_context(|| format!("cannot read `{name}`"))?;
        lines(&name, std::io::BufReader::new(reader), out)?;
    }
    Ok(Outcome::Done)
}

fn lines(name: &str, reader: impl BufRead, out: &mut impl Write) -> anyhow::Result<()> {
    for (i, line) in reader.lines().enumerate() {
        let line = line.with_context(|| format!("cannot read {name}"))?;
        if line.trim().is_empty() {
            continue;
        }
        let passage: Passage = serde_json::from_str(&line)
            .with_context(|| format!("{name}, line {}: not a JSON object with `text`", i + 1))?;
        super::output::json(out, &predict(passage))?;
        writeln!(out)?;
    }
    Ok(())
}

fn codes(parties: &[Found<Party>]) -> Vec<&'static str> {
    parties.iter().map(|party| party.value.code()).collect()
}

fn predict(passage: Passage) -> Prediction {
    let clean = repair::text(&extract::plain(passage.text.as_bytes()));
    let tags = tag::tags(&clean, &passage.header);
    Prediction {
        id: passage.id,
        doc_type: tags.kind,
        dnr: tags
            .dnr
            .into_iter()
            .map(|dnr| PredictedDnr {
                norm: dnr.value.key,
                verbatim: dnr.value.verbatim,
                role: dnr.value.role,
            })
            .collect(),
        dates: tags
            .dates
            .iter()
            .map(|date| date.value.date.to_string())
            .collect(),
        dates_partial: tags
            .dates_partial
            .into_iter()
            .map(|date| date.value)
            .collect(),
        answers_parties: codes(&tags.answers),
        via_remiss_parties: codes(&tags.via_remiss),
        authors: tags
            .authors
            .into_iter()
            .map(|person| PredictedAuthor {
                name: person.value.name,
                party: person.value.party.map(Party::code),
            })
            .collect(),
        mentioned_parties: codes(&tags.mentions),
        body: tags.namnd.map(|namnd| namnd.value),
    }
}
