//! The kinds of paper, their names, and how a person types them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::sheet::{dashed, plain};

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

/// Every kind with its name, in the order in which they are listed to a person.
const NAMES: [(Kind, &str); 12] = [
    (Kind::SvarPaSkrivelse, "svar på skrivelse"),
    (Kind::SvarPaMotion, "svar på motion"),
    (Kind::SvarPaRemiss, "svar på remiss"),
    (Kind::SvarPaMedborgarforslag, "svar på medborgarförslag"),
    (Kind::SvarPaInterpellation, "svar på interpellation/fråga"),
    (Kind::Skrivelse, "skrivelse"),
    (Kind::Motion, "motion"),
    (Kind::Interpellation, "interpellation/fråga"),
    (Kind::Anmalan, "anmälan"),
    (Kind::Arende, "ärende"),
    (Kind::Protokoll, "protokoll"),
    (Kind::Other, "other"),
];

impl Kind {
    /// The names of all kinds as they are typed on a command line: `svar-pa-skrivelse`.
    pub fn typed() -> impl Iterator<Item = String> {
        NAMES.iter().map(|(_, name)| dashed(name))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = NAMES
            .iter()
            .find(|(kind, _)| kind == self)
            .map_or("other", |(_, name)| name);
        f.pad(name)
    }
}

/// Text that names no kind of paper.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("no kind of paper is called `{0}`; try one of: {names}", names = NAMES.map(|(_, name)| name).join(", "))]
pub struct UnknownKind(pub String);

impl FromStr for Kind {
    type Err = UnknownKind;

    /// `svar på skrivelse`, `svar-pa-skrivelse`, `Svar pa skrivelse`; `svar på fråga` and `svar på interpellation` are one.
    fn from_str(text: &str) -> Result<Kind, UnknownKind> {
        let asked = plain(text);
        NAMES
            .iter()
            .find(|(_, name)| {
                let name = plain(name);
                let question = name.replace("interpellation fraga", "fraga");
                let interpellation = name.replace("interpellation fraga", "interpellation");
                [name, question, interpellation].contains(&asked)
            })
            .map(|(kind, _)| *kind)
            .ok_or_else(|| UnknownKind(text.trim().into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_as_a_person_types_them() {
        for (text, kind) in [
            ("svar på skrivelse", Kind::SvarPaSkrivelse),
            ("svar-pa-skrivelse", Kind::SvarPaSkrivelse),
            ("Svar pa Skrivelse", Kind::SvarPaSkrivelse),
            ("svar på fråga", Kind::SvarPaInterpellation),
            ("interpellation", Kind::Interpellation),
            ("arende", Kind::Arende),
            ("anmälan", Kind::Anmalan),
        ] {
            assert_eq!(text.parse(), Ok(kind), "{text:?}");
        }
        for ((kind, name), typed) in NAMES.into_iter().zip(Kind::typed()) {
            assert_eq!(kind.to_string(), name);
            assert_eq!(name.parse(), Ok(kind));
            assert_eq!(typed.parse(), Ok(kind), "{typed}");
        }
        let error = "brev".parse::<Kind>().expect_err("no kind").to_string();
        assert!(
            error.contains("`brev`") && error.contains("svar på skrivelse, svar på motion"),
            "{error}"
        );
    }
}
