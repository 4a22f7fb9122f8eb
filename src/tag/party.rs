//! Parties: a mark or a name, of any year → the party. The table is `parties.tsv`, a party a line.
//!
//! (fp) of 2003 and (L) of 2017 are one party; local parties are known where they sit, and some in different places have one
//! code. A local party that the table lacks goes by its code as written.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::{LazyLock, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::sheet::folded;

/// A political party, one through time: (fp) of 2003 and (L) of 2017 are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Party {
    code: &'static str,
    /// Of local parties that share a code, the name of the one that is meant; none where the code alone is said, and that may
    /// be any of them.
    which: Option<&'static str>,
}

/// One line of the table.
pub(super) struct Row {
    pub(super) party: Party,
    /// The name of today.
    name: &'static str,
    /// The marks, newest first, upper case.
    pub(super) marks: Vec<&'static str>,
    /// The marks without rings and dots, as the folded copy has them: `BAP` for `BÅP`.
    pub(super) plain_marks: Vec<String>,
    /// Words that name it, as the table has them, each with its mark; `*` at a word's end takes any ending.
    pub(super) words: Vec<(&'static str, &'static str)>,
    /// `words` and the name, folded, each with its mark.
    names: Vec<(String, &'static str)>,
    /// The municipalities of a local party, folded; none for a party that is everywhere.
    pub(super) places: Vec<String>,
    /// [`Party::key`] of its party.
    key: String,
}

pub(super) static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let lines = || {
        include_str!("parties.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
    };
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for code in lines().filter_map(|line| line.split('\t').next()) {
        *times.entry(code).or_default() += 1;
    }
    lines()
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let (code, name) = (columns.next()?, columns.next()?);
            let which = (times.get(code) > Some(&1)).then_some(name);
            let marks: Vec<&str> = columns
                .next()?
                .split(',')
                .map(|mark| mark.split(':').next().unwrap_or(mark))
                .collect();
            let newest = *marks.first()?;
            let words: Vec<(&str, &str)> = columns
                .next()?
                .split(',')
                .map(|word| word.split_once(':').unwrap_or((word, newest)))
                .collect();
            Some(Row {
                party: Party { code, which },
                key: which.map_or_else(|| code.to_owned(), |name| format!("{code} {name}")),
                name,
                names: words
                    .iter()
                    .chain([&(name, newest)])
                    .map(|(word, mark)| (folded(word), *mark))
                    .collect(),
                words,
                plain_marks: marks
                    .iter()
                    .map(|mark| folded(mark).to_uppercase())
                    .collect(),
                marks,
                places: columns
                    .next()?
                    .split(',')
                    .filter(|&place| place != "-")
                    .map(folded)
                    .collect(),
            })
        })
        .collect()
});

impl Party {
    /// The code of today: `M`, `S`, `L`, `FI`.
    pub fn code(self) -> &'static str {
        self.code
    }

    /// What tells it from every other party: its code, and behind one that several local parties have its name
    /// (`SP Sollentunapartiet`).
    pub fn key(self) -> &'static str {
        let mut rows = TABLE.iter().filter(|_| self.which.is_some());
        rows.find(|row| row.party == self)
            .map_or(self.code, |row| row.key.as_str())
    }

    /// The keys of the parties that are meant by it: of a code that several local parties have, theirs and the code alone.
    pub fn keys(self) -> Vec<&'static str> {
        let others = TABLE.iter().filter(|row| row.party != self);
        let meant = others.filter(|row| self.covers(row.party));
        std::iter::once(self.key())
            .chain(meant.map(|row| row.key.as_str()))
            .collect()
    }

    /// Whether who asks for this party means `other`: the same one, or one of those that share the code that was asked for.
    pub fn covers(self, other: Party) -> bool {
        self == other || self.which.is_none() && self.code == other.code
    }

    /// The party by the code alone, which may be any of those that share it.
    fn by_code(self) -> Party {
        Party {
            which: None,
            ..self
        }
    }

    /// The name of today: `Moderaterna`; of a code that several local parties have and that stands alone, all their names; of
    /// a local party that the table lacks, its code.
    pub fn name(self) -> &'static str {
        if let Some(name) = self.which {
            return name;
        }
        static NAMES: LazyLock<BTreeMap<&str, String>> = LazyLock::new(|| {
            let mut names: BTreeMap<&str, String> = BTreeMap::new();
            for row in TABLE.iter() {
                let name = names.entry(row.party.code).or_default();
                if !name.is_empty() {
                    name.push_str(" / ");
                }
                name.push_str(row.name);
            }
            names
        });
        NAMES.get(self.code).map_or(self.code, String::as_str)
    }

    /// The local party that is written `code`, wherever it sits: one of the table's, else one that goes by its code. Two to
    /// four letters, capitals or with a small one inside (`SkuP`); none for what other things are called by.
    pub fn local(code: &str) -> Option<Party> {
        let letters: Vec<char> = code.chars().collect();
        let capital = |letter: Option<&char>| letter.is_some_and(|letter| letter.is_uppercase());
        if !(2..=4).contains(&letters.len())
            || !letters.iter().all(|letter| letter.is_alphabetic())
            || !capital(letters.first())
            || !capital(letters.last())
        {
            return None;
        }
        let upper = code.to_uppercase();
        // A nämnd's letters end so: BUN, SBN.
        if upper.ends_with('N') || NO_PARTY.contains(&upper.as_str()) {
            return None;
        }
        let known = TABLE.iter().find(|row| row.marks.contains(&upper.as_str()));
        Some(known.map_or_else(
            || Party {
                code: kept(upper),
                which: None,
            },
            |row| row.party.by_code(),
        ))
    }

    /// The party that `mark` (a code without brackets, in any case) stands for.
    ///
    /// `around` is text in which a local party's municipality must be named, folded; an undamaged national mark needs none.
    pub(super) fn of_mark(mark: &str, around: &str) -> Option<Party> {
        let plain;
        let mark = if mark.is_ascii() {
            mark
        } else {
            plain = folded(mark);
            &plain
        };
        TABLE
            .iter()
            .find(|row| {
                let same = |known: &String| known.eq_ignore_ascii_case(mark);
                let known = row.plain_marks.iter().any(same)
                    || mark.len() > 2 && row.marks.iter().any(|known| misread(known, mark));
                known
                    && (row.places.is_empty()
                        || row.places.iter().any(|place| names(around, place)))
            })
            .map(|row| row.party)
    }

    /// The party of a code of three letters at least, wherever it is from.
    pub(super) fn of_long_mark(mark: &str) -> Option<Party> {
        let is = |known: &String| known.eq_ignore_ascii_case(mark);
        TABLE
            .iter()
            .find(|row| mark.len() > 2 && row.plain_marks.iter().any(is))
            .map(|row| row.party.by_code())
    }
}

/// What stands in brackets behind people and is no party: clubs, unions, youth leagues, authorities, boards, offices, laws.
const NO_PARTY: [&str; 104] = [
    "AB", "ABF", "ADHD", "AFS", "AU", "BO", "BRF", "BRIS", "BRÅ", "BUP", "CSN", "CUF", "DHR", "DO",
    "DVD", "EFS", "EKO", "ESF", "EU", "EY", "FB", "FPU", "FUB", "GD", "GIS", "GR", "HB", "HBTQ",
    "HR", "HRF", "HSB", "HSL", "HSO", "IF", "IFAU", "IK", "IKT", "IOGT", "IT", "IVO", "JK", "JO",
    "KAU", "KDU", "KF", "KFM", "KL", "KS", "KSAU", "KSO", "KTH", "LF", "LK", "LO", "LOV", "LRF",
    "LS", "LSS", "LST", "LUF", "LVM", "LVU", "MED", "MSB", "MUF", "NTF", "OECD", "OSA", "OSL",
    "PBL", "PM", "POSO", "PRO", "PU", "PUL", "PWC", "RF", "RFSL", "RFSU", "RI", "RII", "RIII",
    "RIV", "RIX", "RPG", "RS", "RV", "RVI", "RVII", "RX", "RY", "SACO", "SDU", "SFI", "SKF", "SKL",
    "SKPF", "SKR", "SL", "SPF", "SRF", "SSU", "TCO", "VD",
];

/// A code that lives as long as the program. There are no more of them than codes of four letters, and few are met.
fn kept(code: String) -> &'static str {
    static CODES: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());
    let mut codes = CODES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = codes.get(code.as_str()) {
        return known;
    }
    let code: &'static str = Box::leak(code.into_boxed_str());
    codes.insert(code);
    code
}

/// Whether `mark` is `known` with another letter where that has a ring or dots: `VIGV` for `VÄGV`.
fn misread(known: &str, mark: &str) -> bool {
    !known.is_ascii()
        && known.chars().count() == mark.len()
        && known
            .chars()
            .zip(mark.chars())
            .all(|(known, mark)| known == mark.to_ascii_uppercase() || !known.is_ascii())
}

/// Whether `text` names `place` (both folded) as a word or its genitive: `lunds kommun` names Lund, `hoglund` does not.
fn names(text: &str, place: &str) -> bool {
    let (text, place) = (text.as_bytes(), place.as_bytes());
    let letter = |at: usize| text.get(at).is_some_and(u8::is_ascii_alphanumeric);
    memchr::memmem::find_iter(text, place).any(|start| {
        let end = start + place.len();
        let genitive = text.get(end) == Some(&b's') && !letter(end + 1);
        (start == 0 || !letter(start - 1)) && (!letter(end) || genitive)
    })
}

/// The mark that goes with `party` typed as `text`: the party's own code when no form of it goes with another.
pub fn written_mark(party: Party, text: &str) -> &'static str {
    as_written(text)
        .filter(|(written, _)| *written == party)
        .map_or(party.code(), |(_, mark)| mark)
}

/// The party that `text` names, and the mark that goes with the form as written: `fp` and `Folkpartiets` go with `FP`,
/// `(L)` and `liberalerna` with `L`, though all four are one party. What stands at the place of a `Found<Party>` is such
/// a form, and so is what a person types.
pub fn as_written(text: &str) -> Option<(Party, &'static str)> {
    let bare = text
        .trim()
        .trim_matches(|c: char| "()[]{}\"'”.:,".contains(c) || c.is_whitespace());
    let mark = bare.to_uppercase();
    let mark = match mark.as_str() {
        "" => return None,
        // What an OCR engine makes of (S) and (V), as `mark` reads it.
        "5" => "S",
        "Y" => "V",
        "RN" => "M",
        "RNP" => "MP",
        "5D" => "SD",
        other => other,
    };
    let by_mark = |row: &'static Row| {
        let known = row.marks.iter().find(|known| **known == mark)?;
        Some((row.party.by_code(), *known))
    };
    TABLE.iter().find_map(by_mark).or_else(|| {
        let name = folded(bare);
        TABLE
            .iter()
            .find_map(|row| Some((row.party, row.named(&name)?)))
    })
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

/// Text that names no party we know.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("no party is written `{text}`; {}", hint(near))]
pub struct UnknownParty {
    /// What was typed.
    pub text: String,
    /// Parties that are written much like it, each by its name and code.
    pub near: Vec<String>,
}

fn hint(near: &[String]) -> String {
    if near.is_empty() {
        "try M, V, L or a name such as Moderaterna".to_owned()
    } else {
        format!("is it {}?", near.join(" or "))
    }
}

impl FromStr for Party {
    type Err = UnknownParty;

    /// `M`, `m`, `(M)`, `Moderaterna` and `moderaterna` are the same party; names may lack their dots (`vansterpartiet`)
    /// and may be genitives.
    fn from_str(text: &str) -> Result<Party, UnknownParty> {
        let unknown = || UnknownParty {
            text: text.trim().into(),
            near: Vec::new(),
        };
        let bare = text
            .trim()
            .trim_matches(|c: char| "()[]{}\"'”".contains(c) || c.is_whitespace());
        if bare.is_empty() {
            return Err(unknown());
        }
        let mark = bare.to_uppercase();
        let name = folded(bare);
        TABLE
            .iter()
            .find(|row| row.marks.contains(&mark.as_str()) || row.party.code == mark)
            .map(|row| row.party.by_code())
            .or_else(|| {
                let named = |row: &&Row| row.named(&name).is_some();
                TABLE.iter().find(named).map(|row| row.party)
            })
            .ok_or_else(unknown)
    }
}

impl Row {
    /// The names of one word, folded; `*` at the end takes any ending.
    pub(super) fn single_names(&self) -> impl Iterator<Item = &str> {
        let names = self.names.iter().map(|(name, _)| name.as_str());
        names.filter(|name| !name.contains(' '))
    }

    /// The mark that goes with `name` (folded) when it is one of the party's names, or its genitive.
    fn named(&self, name: &str) -> Option<&'static str> {
        let same = |known: &str| name == known || name.strip_suffix('s') == Some(known);
        self.names
            .iter()
            .find(|(word, _)| match word.strip_suffix('*') {
                Some(stem) => name
                    .strip_prefix(stem)
                    .is_some_and(|rest| rest.len() <= 6 && !rest.contains(' ')),
                None => same(word),
            })
            .map(|(_, mark)| *mark)
    }
}

impl Serialize for Party {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl<'de> Deserialize<'de> for Party {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Party, D::Error> {
        let text = String::deserialize(deserializer)?;
        let own = TABLE.iter().find(|row| row.key == text);
        if let Some(row) = own.filter(|row| row.party.which.is_some()) {
            return Ok(row.party);
        }
        text.parse()
            .or_else(|unknown| Party::local(&text).ok_or(unknown))
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        let mut seen = BTreeSet::new();
        let mut shared: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let lines = include_str!("parties.tsv").lines();
        for line in lines.filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 5, "{line:?}");
            assert!(
                columns
                    .iter()
                    .all(|column| !column.trim().is_empty() && column.trim() == *column),
                "{line:?}"
            );
            for mark in columns[2].split(',') {
                let (mark, years) = mark.split_once(':').unwrap_or((mark, "0-"));
                assert_eq!(mark, mark.to_uppercase(), "{line:?}");
                // Local parties of different places may have one code.
                if mark == columns[0] && columns[4] != "-" {
                    for place in columns[4].split(',') {
                        let places = shared.entry(mark).or_default();
                        assert!(!places.contains(&place), "{mark} stands twice in {place}");
                        places.push(place);
                    }
                } else {
                    assert!(seen.insert(mark.to_owned()), "{mark} stands there twice");
                }
                let (from, to) = years.split_once('-').expect("from-to");
                assert!(from.parse::<u16>().is_ok(), "{line:?}");
                assert!(to.is_empty() || to.parse::<u16>().is_ok(), "{line:?}");
            }
            assert!(
                columns[2]
                    .split(',')
                    .any(|mark| mark.split(':').next() == Some(columns[0])),
                "{line:?}"
            );
            let marks: Vec<&str> = columns[2]
                .split(',')
                .map(|mark| mark.split(':').next().unwrap_or(mark))
                .collect();
            for word in columns[3].split(',') {
                let word = match word.split_once(':') {
                    Some((word, mark)) => {
                        assert!(marks.contains(&mark), "{line:?}");
                        word
                    }
                    None => word,
                };
                assert_eq!(word, word.to_lowercase(), "{line:?}");
                assert!(seen.insert(word.to_owned()), "{word} stands there twice");
            }
        }
    }

    #[test]
    fn every_form_is_the_same_party() {
        for (text, code) in [
            ("M", "M"),
            ("m", "M"),
            ("(M)", "M"),
            ("Moderaterna", "M"),
            ("moderaterna", "M"),
            ("moderaternas", "M"),
            ("fp", "L"),
            ("(FP)", "L"),
            ("Vänsterpartiet kommunisterna", "V"),
            ("Folkpartiet", "L"),
            ("folkpartiets", "L"),
            ("Folkpartiet liberalerna", "L"),
            ("Liberalerna", "L"),
            ("vansterpartiet", "V"),
            ("Vänsterpartiets", "V"),
            ("Miljöpartiet de gröna", "MP"),
            ("miljopartiet", "MP"),
            ("Fi", "FI"),
            ("F!", "FI"),
            ("kds", "KD"),
            ("Centern", "C"),
            ("vägv", "VÄGV"),
            (" sd ", "SD"),
        ] {
            assert_eq!(text.parse::<Party>().map(Party::code), Ok(code), "{text:?}");
        }
        for text in ["", "Q", "()", "moderator", "(Tp)", "Alliansen", "centrum"] {
            assert!(text.parse::<Party>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_local_party_is_one_only_where_it_sits() {
        for (mark, around, code) in [
            ("FNL", "lunds kommun > kommunfullmaktige", Some("FNL")),
            ("DV", "hoglunda kommun", None),
            ("DV", "lund", Some("DV")),
            ("AP", "umea kommun", Some("AP")),
            ("AP", "orebro kommun", None),
            ("VIGV", "boras stad", Some("VÄGV")),
            ("VIGV", "malmo stad", None),
            ("kp", "atvidabergs kommun", None),
            ("KS", "umea kommun", None),
            ("fp", "", Some("L")),
        ] {
            let got = Party::of_mark(mark, around).map(Party::code);
            assert_eq!(got, code, "{mark:?} {around:?}");
        }
    }

    #[test]
    fn a_local_party_goes_by_its_code() {
        for (text, code) in [
            ("RP", Some("RP")),
            ("KIL", Some("KIL")),
            ("SkuP", Some("SKUP")),
            ("ÖrP", Some("ÖRP")),
            // A department, a nämnd, an office, a club, a letter, a word.
            ("Tp", None),
            ("BUN", None),
            ("VD", None),
            ("SPF", None),
            ("A", None),
            ("KILAR", None),
            ("R2", None),
            ("", None),
        ] {
            let party = Party::local(text);
            assert_eq!(party.map(Party::code), code, "{text:?}");
            if let Some(party) = party {
                let json = serde_json::to_string(&party).expect("a party is a word");
                let read: Party = serde_json::from_str(&json).expect("the same");
                assert_eq!(read, party);
                assert_eq!(Party::local(code.unwrap_or_default()), Some(party));
            }
        }
        assert_eq!(Party::local("KIL").map(Party::name), Some("KIL"));
        assert_eq!(
            Party::local("RP").map(Party::name),
            Some("Roslagspartiet / Realistpartiet")
        );
        assert!(NO_PARTY.is_sorted(), "{NO_PARTY:?}");
    }

    #[test]
    fn a_form_keeps_the_mark_of_its_time() {
        for (text, want) in [
            ("fp", Some(("L", "FP"))),
            ("(FP)", Some(("L", "FP"))),
            ("Folkpartiets", Some(("L", "FP"))),
            ("folkpartiet liberalerna", Some(("L", "FP"))),
            ("l", Some(("L", "L"))),
            ("Liberalerna", Some(("L", "L"))),
            ("vpk", Some(("V", "VPK"))),
            ("kristdemokratiska samhällspartiet", Some(("KD", "KDS"))),
            ("kristdemokraternas", Some(("KD", "KD"))),
            ("moderaten", Some(("M", "M"))),
            ("5", Some(("S", "S"))),
            ("", None),
            ("Q", None),
        ] {
            let got = as_written(text).map(|(party, mark)| (party.code(), mark));
            assert_eq!(got, want, "{text:?}");
        }
    }
}
