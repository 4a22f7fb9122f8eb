//! What the verbs that list papers have in common: filters, shapes of the answer.

use std::io::Write;

use jiff::civil::Date;
use serde::Serialize;

use super::choice::Choice;
use super::terminal::Colour;
use crate::query::{self, Request, Span};
use crate::tag::{self, Kind, Party};

/// A party, and the mark that goes with the form that was typed.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    pub(super) party: Party,
    pub(super) mark: String,
}

impl std::str::FromStr for Typed {
    type Err = tag::UnknownParty;

    fn from_str(text: &str) -> Result<Typed, tag::UnknownParty> {
        let party = tag::typed_party(text)?;
        let mark = tag::written_mark(party, text);
        Ok(Typed {
            party,
            mark: mark.to_owned(),
        })
    }
}

/// How answers are printed.
#[derive(Debug, clap::Args)]
pub(super) struct Shape {
    /// Print one JSON object a line (NDJSON); `diarium fields` tells what each field means.
    #[arg(long, visible_alias = "ndjson", conflicts_with_all = ["csv", "cite"])]
    pub(super) json: bool,
    /// Print CSV that a Swedish Excel opens as it is: semicolons, UTF-8 with a mark.
    #[arg(long, conflicts_with = "cite")]
    pub(super) csv: bool,
    /// Print a citation for each paper: nämnd, kind, title, date, dnr, page.
    #[arg(long)]
    pub(super) cite: bool,
    /// When to colour and to link: auto, always, never.
    #[arg(
        long,
        visible_alias = "color",
        value_name = "WHEN",
        default_value = "auto"
    )]
    pub(super) colour: Colour,
}

impl Shape {
    /// Prints `object` as a line of JSON, with the version of its fields.
    pub(super) fn object(
        &self,
        out: &mut impl Write,
        object: &impl Serialize,
    ) -> anyhow::Result<()> {
        Ok(super::output::object(out, object)?)
    }

    /// Prints how `request` is read.
    pub(super) fn explain(&self, out: &mut impl Write, request: &Request) -> anyhow::Result<()> {
        #[derive(Serialize)]
        struct Explained<'a> {
            query: &'a str,
            read: String,
            spared: Vec<String>,
        }
        let read = match query::asked(request)? {
            Some(node) => node.to_string(),
            None => "everything".to_owned(),
        };
        let spared = query::spared(request)?;
        if self.json {
            let query = request.query.as_str();
            let explained = Explained {
                query,
                read,
                spared,
            };
            self.object(out, &explained)
        } else {
            writeln!(out, "{read}")?;
            out.flush()?;
            Ok(tell_of_spared(&spared)?)
        }
    }
}

/// Says which words were not asked for, so that none is left out in silence.
pub(super) fn tell_of_spared(words: &[String]) -> std::io::Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    writeln!(
        super::guard::err(),
        "not asked for, as nearly every paper has them: {}; {} asks for it",
        super::terminal::safe(&words.join(", ")),
        super::terminal::safe(&quoted[0])
    )?;
    for (word, meant) in OPERATORS {
        if words.iter().any(|spared| spared == word) {
            writeln!(
                super::guard::err(),
                "`{word}` was read as a word; write {meant}"
            )?;
        }
    }
    Ok(())
}

/// Words between others that people may type for operators, and what these are.
const OPERATORS: [(&str, &str); 2] = [
    ("eller", "ELLER for papers with one or the other"),
    (
        "inte",
        "INTE, or a minus right before the word, for papers without it",
    ),
];

/// What narrows a list of papers.
#[derive(Debug, clap::Args)]
pub(super) struct Filters {
    /// Papers that name this party, in any role.
    #[arg(long, visible_alias = "parti", value_name = "PARTY")]
    party: Option<Typed>,
    /// Papers of this nämnd, and of those that went up in it while they were there: its name or a part of it.
    #[arg(long, value_name = "NAMND")]
    namnd: Option<String>,
    /// Take party and nämnd as written: fp is not L, and Järva is not the nämnder that went up in it.
    #[arg(long)]
    pub(super) as_written: bool,
    /// Papers of this kind.
    #[arg(long, visible_alias = "typ", value_name = "KIND", value_parser = Choice::<Kind>::by(Kind::typed()))]
    kind: Option<Kind>,
    /// Papers whose proposal comes to this.
    #[arg(
        long,
        visible_alias = "utfall",
        value_name = "OUTCOME",
        value_parser = Choice::<tag::Outcome>::by(tag::Outcome::typed())
    )]
    outcome: Option<tag::Outcome>,
    /// Papers dated on or after this day, month or year.
    #[arg(long, visible_alias = "fran", value_name = "DATE", value_parser = query::span)]
    from: Option<Span>,
    /// Papers dated on or before this day, month or year.
    #[arg(long, visible_alias = "till", value_name = "DATE", value_parser = query::span)]
    to: Option<Span>,
    /// Print how the query is read, and search nothing.
    #[arg(long)]
    pub(super) explain: bool,
    /// Papers with this diary number, however it is written; 2016-230 finds every case of that year and number.
    #[arg(long, value_name = "DNR", value_parser = dnr)]
    dnr: Option<String>,
}

impl Filters {
    /// The request that these filters make, without words.
    ///
    /// # Errors
    /// When the first day is after the last: no paper has such a date.
    pub(super) fn request(&self) -> anyhow::Result<Request> {
        let first = |span: Option<Span>| -> Option<Date> { span.and_then(|span| span.from) };
        let last = |span: Option<Span>| -> Option<Date> { span.and_then(|span| span.to) };
        let dated = Span {
            from: first(self.from),
            to: last(self.to),
        };
        if let (Some(from), Some(to)) = (dated.from, dated.to) {
            anyhow::ensure!(
                from <= to,
                "--from {from} is after --to {to}: the earlier date stands first"
            );
        }
        let party = self.party.as_ref();
        Ok(Request {
            party: party.map(|typed| typed.party),
            party_mark: party
                .filter(|_| self.as_written)
                .map(|typed| typed.mark.clone()),
            namnd: self.namnd.clone(),
            as_written: self.as_written,
            kind: self.kind,
            outcome: self.outcome,
            dated,
            dnr: self.dnr.clone(),
            ..Request::default()
        })
    }
}

fn dnr(typed: &str) -> Result<String, String> {
    tag::lookup_key(typed)
        .ok_or_else(|| format!("no diary number `{typed}`; write it as in `HL 2019/619`"))
}
