//! `diarium why`: which sentence of a paper, and which rule, put a party where it stands.

use std::io::Write;

use serde::Serialize;

use super::terminal::safe;
use super::{IndexFolder, Outcome};
use crate::index::Reader;
use crate::page::{self, Found, Place};
use crate::query;
use crate::record::Record;
use crate::tag::{Kind, Party, Reason, Relation, Tags};

/// Say why a paper answers a party, or does not: each sentence that names it, with page and line, and the rule that decided.
///
/// A rule may also have kept the party from being answered: its motion only came here on remiss, its letter is only
/// announced. Exit codes: 0 the party is named, 1 no such paper or not named in it, 2 error.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The paper: its path below the corpus folder, its file name, or a part of the path that no other paper has.
    #[arg(value_name = "DOC")]
    document: String,
    /// The party; every party that the paper names when it is left out.
    #[arg(long, short, alias = "parti", value_name = "PARTY")]
    party: Option<Party>,
    /// Print one JSON object a reason.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    index: IndexFolder,
}

/// One reason, as `--json` prints it.
#[derive(Serialize)]
struct Row<'a> {
    schema: u32,
    file: &'a str,
    /// The matter's number in a protokoll or an agenda.
    #[serde(skip_serializing_if = "Option::is_none")]
    matter: Option<&'a str>,
    kind: Kind,
    party: Party,
    relation: Relation,
    rule: String,
    /// What the rule says.
    because: &'static str,
    kept_out: bool,
    page: u32,
    line: u32,
    sentence: String,
    /// The part of the sentence that stands on another page.
    #[serde(skip_serializing_if = "Option::is_none")]
    beyond: Option<Part>,
    words: &'a str,
}

/// A part of a sentence with its page and line.
#[derive(Serialize)]
struct Part {
    page: u32,
    line: u32,
    sentence: String,
}

pub(super) fn run(args: Args, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let reader = Reader::open(&args.index.folder)?;
    let Some((entry, record)) = super::document(&reader, &args.document)? else {
        super::no_document(&reader, &args.document)?;
        return Ok(Outcome::Nothing);
    };
    let Some(record) = record else {
        super::no_text(&entry)?;
        return Ok(Outcome::Nothing);
    };
    let parts = std::iter::once((None, &record.tags)).chain(
        record
            .matters
            .iter()
            .map(|matter| (Some(matter.number.as_str()), &matter.tags)),
    );
    if !args.json {
        writeln!(out, "{}", safe(&entry.file))?;
    }
    let mut named = false;
    for (matter, tags) in parts {
        let parties: Vec<Party> = match args.party {
            // A code that several parties share is asked of each of them.
            Some(party) => {
                let mut named: Vec<Party> = (tags.reasons.iter().map(|reason| reason.party))
                    .filter(|named| party.covers(*named))
                    .collect();
                named.sort();
                named.dedup();
                if named.is_empty() { vec![party] } else { named }
            }
            None => tags.mentions.iter().map(|found| found.value).collect(),
        };
        // What a matter says is told where the matter is.
        let elsewhere = |reason: &Reason| matter.is_none() && is_in_a_matter(&record, reason);
        let own = Tags {
            reasons: (tags.reasons.iter())
                .filter(|reason| !elsewhere(reason))
                .cloned()
                .collect(),
            ..tags.clone()
        };
        let tags = &own;
        let parties: Vec<Party> = parties
            .into_iter()
            .filter(|party| {
                tags.reasons.iter().any(|reason| reason.party == *party)
                    || matter.is_none() && answering(&record, *party).next().is_some()
            })
            .collect();
        named |= !parties.is_empty();
        if args.json {
            for reason in reasons(tags, &parties) {
                super::output::json(out, &row(&entry.file, matter, &record, tags, reason))?;
                writeln!(out)?;
            }
        } else if !parties.is_empty() {
            told(out, matter, &record, tags, &parties)?;
        }
    }
    if named {
        return Ok(Outcome::Done);
    }
    let file = safe(&entry.file);
    match args.party {
        Some(party) => writeln!(
            super::guard::err(),
            "{} ({party}) is not named in `{file}`",
            party.name()
        )?,
        None => writeln!(super::guard::err(), "no party is named in `{file}`")?,
    }
    Ok(Outcome::Nothing)
}

/// Whether the sentence of `reason` stands in a matter of the paper.
fn is_in_a_matter(record: &Record, reason: &Reason) -> bool {
    let place = &reason.place;
    let holds = |part: &Place| {
        part.page == place.page && part.start <= place.start && place.end <= part.end
    };
    (record.matters.iter()).any(|matter| matter.parts.iter().any(holds))
}

/// The numbers of the matters that answer `party`.
fn answering(record: &Record, party: Party) -> impl Iterator<Item = &str> {
    let answers = move |tags: &Tags| tags.answers.iter().any(|found| party.covers(found.value));
    (record.matters.iter())
        .filter(move |matter| answers(&matter.tags))
        .map(|matter| matter.number.as_str())
}

fn reasons<'a>(tags: &'a Tags, parties: &'a [Party]) -> impl Iterator<Item = &'a Reason> {
    parties.iter().flat_map(|party| {
        tags.reasons
            .iter()
            .filter(move |reason| reason.party == *party)
    })
}

fn row<'a>(
    file: &'a str,
    matter: Option<&'a str>,
    record: &'a Record,
    tags: &Tags,
    reason: &Reason,
) -> Row<'a> {
    Row {
        schema: query::SCHEMA,
        file,
        matter,
        kind: tags.kind,
        party: reason.party,
        relation: reason.relation,
        rule: reason.rule.to_string(),
        because: reason.rule.explained(),
        kept_out: reason.rule.kept_out(),
        page: reason.place.page,
        line: line(record, &reason.place),
        sentence: squeezed(text(record, &reason.sentence)),
        beyond: reason.beyond.as_ref().map(|place| Part {
            page: place.page,
            line: line(record, place),
            sentence: squeezed(text(record, place)),
        }),
        words: text(record, &reason.place),
    }
}

/// The reasons as a person reads them: a party a paragraph.
fn told(
    out: &mut impl Write,
    matter: Option<&str>,
    record: &Record,
    tags: &Tags,
    parties: &[Party],
) -> std::io::Result<()> {
    match (matter, tags.kind_place.as_ref()) {
        (Some(number), _) => writeln!(out, "{}: {}", safe(number), tags.kind)?,
        (None, Some(place)) => writeln!(
            out,
            "{}, as page {}, line {} says: {}",
            tags.kind,
            place.page,
            line(record, place),
            safe(&squeezed(text(record, place)))
        )?,
        (None, None) => writeln!(out, "{}", tags.kind)?,
    }
    for party in parties {
        writeln!(
            out,
            "\n{} ({party}): {}",
            party.name(),
            verdict(matter, record, tags, *party)
        )?;
        for reason in reasons(tags, std::slice::from_ref(party)) {
            sentence(out, record, reason)?;
            writeln!(out, "    {}: {}", reason.rule, reason.rule.explained())?;
        }
    }
    Ok(())
}

/// The sentence of a reason with its page and line; of one that runs over two pages, its parts in their order.
fn sentence(out: &mut impl Write, record: &Record, reason: &Reason) -> std::io::Result<()> {
    // A sentence that goes over a page's end begins where its first part does.
    let own = match &reason.beyond {
        Some(_) => &reason.sentence,
        None => &reason.place,
    };
    let mut parts = vec![(own, marked(record, reason))];
    if let Some(beyond) = &reason.beyond {
        parts.push((beyond, squeezed(text(record, beyond))));
    }
    parts.sort_by_key(|(place, _)| place.page);
    for (place, words) in parts {
        let line = line(record, place);
        writeln!(out, "  page {}, line {line}: {}", place.page, safe(&words))?;
    }
    Ok(())
}

/// The party's closest relation to the paper, in words; of a whole protokoll or agenda, which of its matters answer it.
fn verdict(matter: Option<&str>, record: &Record, tags: &Tags, party: Party) -> String {
    let has = |list: &[Found<Party>]| list.iter().any(|found| found.value == party);
    let wrote = tags
        .authors
        .iter()
        .any(|author| author.value.party == Some(party));
    let within: Vec<&str> = match matter {
        Some(_) => Vec::new(),
        None => answering(record, party).collect(),
    };
    let words = if has(&tags.answers) {
        "is answered here"
    } else if !within.is_empty() {
        return format!("is answered in {}", safe(&within.join(", ")));
    } else if has(&tags.via_remiss) {
        "is not answered; its initiative came here on remiss"
    } else if wrote {
        "is not answered; it wrote the initiative"
    } else {
        "is not answered; it is only named"
    };
    words.to_owned()
}

/// The sentence with the words that name the party between stars.
fn marked(record: &Record, reason: &Reason) -> String {
    let (sentence, words) = (&reason.sentence, &reason.place);
    if sentence.page != words.page || sentence.start > words.start || sentence.end < words.end {
        return squeezed(text(record, sentence));
    }
    let part =
        |from: usize, to: usize| text(record, &Place::new(sentence.page, from..to)).to_owned();
    squeezed(&format!(
        "{}*{}*{}",
        part(sentence.start, words.start),
        part(words.start, words.end),
        part(words.end, sentence.end)
    ))
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text<'a>(record: &'a Record, place: &Place) -> &'a str {
    record
        .page_text(place.page)
        .and_then(|text| text.get(place.range()))
        .unwrap_or_default()
}

fn line(record: &Record, place: &Place) -> u32 {
    record
        .page_text(place.page)
        .map_or(1, |text| page::line_of(text, place.start))
}
