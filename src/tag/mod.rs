//! Clean pages → what the paper says of itself: dnr, dates, parties, people, nämnd, kind. Pure: no files, no clock, no errors.
//!
//! A tag is a claim with evidence: the text at its [`Place`] contains it as written.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::page::{Found, Place};
use crate::repair::CleanText;

/// What a paper says of itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tags {
    /// What kind of paper it is.
    pub kind: Kind,
    /// The words that tell the kind, when some do.
    pub kind_place: Option<Place>,
    /// The paper's own title.
    pub title: Option<Found<String>>,
    /// The nämnd that it is written to, by its full name in its undetermined form where it has one
    /// ("Hägersten-Liljeholmens stadsdelsnämnd", "Socialnämnden").
    pub namnd: Option<Found<String>>,
    /// The förvaltning that wrote it.
    pub forvaltning: Option<Found<String>>,
    /// The date of the document, or the best that the paper gives: meeting, else the newest full date in its head.
    pub date: Option<Found<Date>>,
    /// Every diary number.
    pub dnr: Vec<Found<Dnr>>,
    /// Every full date.
    pub dates: Vec<Found<DateTag>>,
    /// Dates without year (`XXXX-03-05`) or without day (`2016-04`), as the text gives them.
    pub dates_partial: Vec<Found<String>>,
    /// The parties whose skrivelse, motion, interpellation or question is answered here; each party once, with its best evidence.
    pub answers: Vec<Found<Party>>,
    /// The parties whose motion or skrivelse was sent here on remiss.
    pub via_remiss: Vec<Found<Party>>,
    /// Who wrote the skrivelse, motion or interpellation at hand.
    pub authors: Vec<Found<Person>>,
    /// Other people that the paper names with a role: handläggare, signer.
    pub people: Vec<Found<Person>>,
    /// Every party named, in any role; each party once.
    pub mentions: Vec<Found<Party>>,
    /// What is proposed (Förslag till beslut).
    pub proposal: Option<Found<String>>,
}

/// A kind of paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// An answer to a skrivelse.
    #[serde(rename = "svar på skrivelse")]
    SvarPaSkrivelse,
    /// An answer to a motion.
    #[serde(rename = "svar på motion")]
    SvarPaMotion,
    /// An answer to a remiss.
    #[serde(rename = "svar på remiss")]
    SvarPaRemiss,
    /// An answer to a medborgarförslag.
    #[serde(rename = "svar på medborgarförslag")]
    SvarPaMedborgarforslag,
    /// An answer to an interpellation or a question.
    #[serde(rename = "svar på interpellation/fråga")]
    SvarPaInterpellation,
    /// A letter to a nämnd.
    #[serde(rename = "skrivelse")]
    Skrivelse,
    /// A motion.
    #[serde(rename = "motion")]
    Motion,
    /// An interpellation or a question.
    #[serde(rename = "interpellation/fråga")]
    Interpellation,
    /// Something brought to the nämnd's notice.
    #[serde(rename = "anmälan")]
    Anmalan,
    /// Another matter that the nämnd decides.
    #[serde(rename = "ärende")]
    Arende,
    /// Minutes.
    #[serde(rename = "protokoll")]
    Protokoll,
    /// Anything else.
    #[default]
    #[serde(rename = "other")]
    Other,
}

/// Whose number a dnr is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DnrRole {
    /// The paper's own case.
    Own,
    /// Another case, or another authority's number for this one.
    Other,
}

/// A diary number (diarienummer): the name of a case in its register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dnr {
    /// The form that equal numbers share however they are written (`HL2019/619` for `HL 2019/619` and `hl-2019-619`).
    pub key: String,
    /// The number as written, without its label.
    pub verbatim: String,
    /// Whose it is.
    pub role: DnrRole,
}

/// What a date is the date of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateRole {
    /// The document.
    Document,
    /// The meeting that takes it up.
    Meeting,
    /// The skrivelse that is answered.
    Skrivelse,
    /// A council or group that prepared it.
    Preparation,
    /// Anything else.
    Other,
}

/// A date and what it is the date of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateTag {
    /// The day.
    pub date: Date,
    /// Its role.
    pub role: DateRole,
}

/// A person, and the party that the text gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name as written, white space folded.
    pub name: String,
    /// The party, when the text gives one.
    pub party: Option<Party>,
    /// The role as the text names it (`handläggare`, `stadsdelsdirektör`), when it does.
    pub role: Option<String>,
}

/// A political party, one through time: (fp) of 2003 and (L) of 2017 are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Party {
    code: &'static str,
}

impl Party {
    /// The code of today: `M`, `S`, `L`, `FI`.
    pub fn code(self) -> &'static str {
        self.code
    }

    /// The name of today: `Moderaterna`.
    pub fn name(self) -> &'static str {
        self.code
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

/// Text that names no party we know.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("no party is written `{0}`; try M, V, L or a name such as Moderaterna")]
pub struct UnknownParty(pub String);

impl FromStr for Party {
    type Err = UnknownParty;

    /// `M`, `m`, `(M)`, `Moderaterna` and `moderaterna` are the same party.
    fn from_str(text: &str) -> Result<Party, UnknownParty> {
        Err(UnknownParty(text.into()))
    }
}

impl Serialize for Party {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code)
    }
}

impl<'de> Deserialize<'de> for Party {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Party, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Tags a document. `header` is what its surroundings say of it (an agenda's "Stockholms stad > Farsta stadsdelsnämnd >
/// Sammanträde 2008-04-10") and may be empty; no place points into it.
pub fn tags(_text: &CleanText, _header: &str) -> Tags {
    Tags::default()
}

/// The key by which a diary number is looked up, however a person types it.
pub fn lookup_key(_typed: &str) -> Option<String> {
    None
}

/// Whether `value`, a nämnd's name, is meant by `typed`.
pub fn namnd_covers(typed: &str, value: &str) -> bool {
    value.to_lowercase().contains(&typed.to_lowercase())
}

impl Kind {
    /// The kind's name.
    pub fn name(self) -> &'static str {
        "other"
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Kind, String> {
        Err(format!("no kind `{text}`"))
    }
}
