//! What a paper proposes, or a protokoll decides, in one word: a proposal → bifall, avslag, besvarad …
//!
//! What somebody else moved (`yrkade bifall`) is no outcome, and what became of the matter at an earlier meeting
//! (`återremitterat ärende`, `bordlagt den 22 oktober`) is none either.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use std::sync::{LazyLock, OnceLock};

use super::pattern::Pattern;
use serde::{Deserialize, Serialize};

use super::gate::Gates;
use super::sheet::{Sheet, dashed, plain, tolerant};

/// What becomes of a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// Granted, or approved of.
    #[serde(rename = "bifall")]
    Bifall,
    /// Granted in part.
    #[serde(rename = "delvis bifall")]
    DelvisBifall,
    /// Refused.
    #[serde(rename = "avslag")]
    Avslag,
    /// Answered: neither granted nor refused, because it is done or under way.
    #[serde(rename = "besvarad")]
    Besvarad,
    /// Sent back to the office.
    #[serde(rename = "återremiss")]
    Aterremiss,
    /// Put off to another meeting.
    #[serde(rename = "bordläggning")]
    Bordlaggning,
    /// The office's text goes to whoever asked, as the answer to a remiss.
    #[serde(rename = "yttrande")]
    Yttrande,
    /// No opinion is given.
    #[serde(rename = "avstår")]
    Avstar,
    /// Taken to the files.
    #[serde(rename = "till handlingarna")]
    TillHandlingarna,
    /// The office's text is approved.
    #[serde(rename = "godkänner")]
    Godkanner,
    /// Given to the office to prepare.
    #[serde(rename = "bereds")]
    Bereds,
}

/// Every outcome with its name, and what else a person may type for it.
const NAMES: [(Outcome, &str, &[&str]); 11] = [
    (
        Outcome::Bifall,
        "bifall",
        &["bifalls", "bifaller", "tillstyrker", "tillstyrkan"],
    ),
    (Outcome::DelvisBifall, "delvis bifall", &["delvis"]),
    (
        Outcome::Avslag,
        "avslag",
        &["avslås", "avslår", "avstyrker", "avstyrkan"],
    ),
    (
        Outcome::Besvarad,
        "besvarad",
        &["anses besvarad", "besvaras", "besvarat"],
    ),
    (
        Outcome::Aterremiss,
        "återremiss",
        &["återremitteras", "återremitterar"],
    ),
    (
        Outcome::Bordlaggning,
        "bordläggning",
        &["bordläggs", "bordlägger", "bordlagd", "bordlagt"],
    ),
    (
        Outcome::Yttrande,
        "yttrande",
        &["svar på remiss", "överlämnas"],
    ),
    (
        Outcome::Avstar,
        "avstår",
        &["avstå", "avstår från yttrande"],
    ),
    (
        Outcome::TillHandlingarna,
        "till handlingarna",
        &["läggs till handlingarna"],
    ),
    (
        Outcome::Godkanner,
        "godkänner",
        &["godkänns", "godkänd", "godkännande"],
    ),
    (Outcome::Bereds, "bereds", &["beredning", "remitteras"]),
];

impl Outcome {
    /// The names of all outcomes as they are typed on a command line: `delvis-bifall`.
    pub fn typed() -> impl Iterator<Item = String> {
        NAMES.iter().map(|(_, name, _)| dashed(name))
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = NAMES
            .iter()
            .find(|(outcome, ..)| outcome == self)
            .map_or("godkänner", |(_, name, _)| name);
        f.pad(name)
    }
}

/// Text that names no outcome.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("no outcome is called `{0}`; try one of: {names}", names = NAMES.map(|(_, name, _)| name).join(", "))]
pub struct UnknownOutcome(pub String);

impl FromStr for Outcome {
    type Err = UnknownOutcome;

    /// `bifall`, `anses besvarad`, `aterremiss`, `till-handlingarna`: case, marks and dashes do not matter.
    fn from_str(text: &str) -> Result<Outcome, UnknownOutcome> {
        let asked = plain(text);
        NAMES
            .iter()
            .find(|(_, name, others)| {
                plain(name) == asked || others.iter().any(|other| plain(other) == asked)
            })
            .map(|(outcome, ..)| *outcome)
            .ok_or_else(|| UnknownOutcome(text.trim().into()))
    }
}

/// In the order in which they are asked: what says the most of the matter comes first.
const CUES: [(Outcome, &str); 11] = [
    (
        Outcome::DelvisBifall,
        r"\b(?:delvis|till viss del|i vissa delar) (?:bifall[a-z]*|tillstyrk[a-z]*)|\b(?:bifall[a-z]*|tillstyrk[a-z]*) (?:[a-z]+ ){0,3}(?:delvis|till viss del|i (?:den )?del)\b|(?:bifall|tillstyrk|avsl)[a-z]* [^.]{0,80}\bi övrigt\b|\bbifall[a-z]* [^.]{0,90}\b(?:och|samt|men) (?:att )?avsl(?:å|ås|år)\b|\bavsl(?:å|ås|år) [^.]{0,90}\b(?:och|samt|men) (?:att )?bifall|\bbifall[a-z]* [^.\n]{0,60}(?:att-sats|punkt|yrkande)[^.]{0,20}[.\n][^.]{0,40}\bavsl(?:å|ås|år) [^.\n]{0,40}(?:att-sats|punkt|yrkande)",
    ),
    (
        Outcome::Besvarad,
        r"\b(?:anses?|ansågs|är|förklaras?|skall?|bör|därmed|härmed)(?: (?:anses|vara|som|därmed|härmed|i övrigt))* besvara[dt]e?\b|\b(?:förklarar?|anser?|anse) [^.]{0,60}\bbesvara[dt]e?\b|\bbesvaras (?:med|genom|enligt|i enlighet)\b|\bbesvarar [^.]{0,80}(?:skrivelse|motion|interpellation|medborgarförslag|initiativ|fråg)[a-z]*|\bhänvisar till [^.]{0,80}som svar på|\böverlämnar? [^.]{0,90}\bsom (?:sitt |nämndens )?svar på (?:[a-z]+ )?(?:skrivelse|motion|interpellation|initiativ|nämndinitiativ|medborgarförslag|fråg)",
    ),
    (
        Outcome::Avslag,
        r"\b(?:inte|ej) bifall(?:a|er|s|es)\b|\bavsl(?:år|ås|ogs?|agits)\b|\batt avslå\b|\bavslå (?:[a-z]+ ){0,2}(?:[a-z]*motion|skrivelse|[a-z]*förslag|initiativ|yrkande|den\b|ärendet|att-sats|punkt|första|andra)|\bmotionen (?:föll|röstades ned)|\bavstyrk(?:er|s|as|tes?)\b|\bavslag på (?:[a-z]+ ){0,2}(?:[a-z]*motion|skrivelse|[a-z]*förslag|initiativ|yrkande|ansökan|begäran|ärende|samtliga|första|andra|övriga|att-sats|punkt)",
    ),
    (
        Outcome::Bifall,
        r"\bbifall(?:er|s|es|as|it|its)\b|\batt bifalla\b|\bbifalla (?:[a-z]+ ){0,2}(?:[a-z]*motion|skrivelse|[a-z]*förslag|initiativ|yrkande|den\b|ärendet|att-sats|punkt|första|andra)|\bbiföll[s]?\b|\btillstyrk(?:er|s|tes?)\b|\bbifall till\b",
    ),
    (
        Outcome::Aterremiss,
        r"\båterremitter(?:ar|as|ade|ades)\b|\batt återremittera\b|\bbeslutar? (?:om )?återremiss\b",
    ),
    (
        Outcome::Bordlaggning,
        r"\bbordlägg(?:er|s|es)\b|\batt bordlägga\b|\bbordlade\b|\bärendet bordlades\b|\bbeslutar? (?:om )?bordläggning\b",
    ),
    (
        Outcome::Avstar,
        r"\bavstår? (?:från )?(?:att )?(?:yttra|yttrande|lämna|svara|besvara)[a-z]*|\bhar ing(?:et|a) (?:att erinra|synpunkter|erinran)",
    ),
    (
        Outcome::Yttrande,
        r"\b(?:överlämnar|åberopar|lämnar|avger|översänder|godkänner|hänvisar till|beslutar att (?:överlämna|avge)) [^.]{0,140}\b(?:som (?:sitt |nämndens |eget |svar |yttrande )*(?:svar|yttrande)|svar på|yttrande över|på|till) [^.]{0,40}\b(?:remiss|kommunstyrelsen|yttrande)",
    ),
    (
        Outcome::TillHandlingarna,
        r"\b(?:läggs?|lägger|lägga|lades|lagts) (?:[^.]{0,80} )?till handlingarna|\banmälan [^.]{0,30}till handlingarna",
    ),
    (
        Outcome::Godkanner,
        r"\bgodkänn(?:er|s|es|a|ts)\b|\bgodkände[s]?\b|\bfastställ(?:er|s)\b|\bantar\b",
    ),
    (
        Outcome::Bereds,
        r"\b(?:överlämna[rs]?|överlämnades|remittera[rs]?|remitterades|hänskjut(?:er|s|its)) [^.]{0,80}(?:för|till) (?:beredning|förvaltning|kontoret|kommunstyrelsen|[a-z]*nämnden)|\bför beredning\b|\bbereda? (?:skrivelse|motion|ärende)",
    ),
];

/// Each cue, compiled when a text may first hold it.
static PATTERNS: [OnceLock<Pattern>; CUES.len()] = [const { OnceLock::new() }; CUES.len()];

/// The gate of each cue.
static GATES: LazyLock<Gates> = LazyLock::new(|| Gates::of(CUES.map(|(_, cue)| cue)));

/// How the words begin by which a body decides, and the heading above them.
const DECIDES: &[u8] = b"beslut";

/// Words before a cue, in its sentence, that say somebody only wants it, or did it before.
static ONLY_MOVED: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"\ben (?:motion|skrivelse|interpellation|fråga) kan\b[^.\n]*$|\b(?:inte|ej) $|\b(?:yrka[a-z]*|reserver[a-z]*|föresl(?:ogs|agits)|tidigare|ville|förra|proposition|ställer|mot |uttalande[t]?|yttrande från|ursprunglig[a-z]*)\b(?:[^.\n]|\n[^.\n])*$",
    )
});

/// The outcome that `range` of the folded copy, a proposal or a decision, gives, and the words that say it.
pub(super) fn of(sheet: &Sheet, range: Range<usize>) -> Option<(Outcome, Range<usize>)> {
    of_those(sheet, range, |_, _| true)
}

/// As [`of`], of the words that `counts` lets through.
pub(super) fn of_those(
    sheet: &Sheet,
    range: Range<usize>,
    counts: impl Fn(Outcome, &Range<usize>) -> bool,
) -> Option<(Outcome, Range<usize>)> {
    let folded = sheet.folded.get(range.clone())?;
    let may = sheet.let_by(&GATES, folded);
    let mut held = (0..CUES.len()).filter(|cue| may >> cue & 1 == 1);
    held.find_map(|cue| {
        PATTERNS[cue]
            .get_or_init(|| tolerant(CUES[cue].1))
            .find_iter(folded)
            .filter(|found| {
                let before = &folded[found.start().saturating_sub(120)..found.start()];
                // What the title says before `Beslut` or `Nämnden beslutar` is no word of the decision.
                let from = before
                    .windows(DECIDES.len())
                    .rposition(|word| word == DECIDES)
                    .unwrap_or(0);
                !ONLY_MOVED.is_match(&before[from..])
            })
            .map(|found| range.start + found.start()..range.start + found.end())
            .find(|place| counts(CUES[cue].0, place))
            .map(|place| (CUES[cue].0, place))
    })
}

#[cfg(test)]
mod tests {
    use super::super::sheet::folded;
    use super::*;

    fn said(text: &str) -> Option<String> {
        let sheet = Sheet::new([(1, text)]);
        of(&sheet, 0..sheet.folded.len()).map(|(outcome, _)| outcome.to_string())
    }

    #[test]
    fn every_proposal_has_its_word() {
        for (text, want) in [
            (
                "Nämnden godkänner förvaltningens tjänsteutlåtande som svar på skrivelsen.",
                "godkänner",
            ),
            (
                "Socialndmnden godkanner forvaltningens tjansteutlatande.",
                "godkänner",
            ),
            (
                "Skrivelsen anses besvarad med vad som anges i tjänsteutlåtandet.",
                "besvarad",
            ),
            (
                "1. Nämnden godkänner svaret. 2. Motionen anses därmed vara besvarad.",
                "besvarad",
            ),
            (
                "Nämnden hänvisar till detta tjänsteutlåtande som svar på skrivelsen.",
                "besvarad",
            ),
            ("Kommunfullmäktige avslår motionen.", "avslag"),
            ("Motionen avslås.", "avslag"),
            ("Nämnden avstyrker motionen.", "avslag"),
            ("Motionen bifalls.", "bifall"),
            ("Nämnden bifaller skrivelsen delvis.", "delvis bifall"),
            (
                "Motionen bifalls i första delen och anses i övrigt besvarad.",
                "delvis bifall",
            ),
            (
                "Nämnden beslutar att återremittera? Nej: nämnden återremitterar ärendet.",
                "återremiss",
            ),
            (
                "Nämnden bordlägger ärendet till nästa sammanträde.",
                "bordläggning",
            ),
            (
                "Nämnden lägger anmälan till handlingarna.",
                "till handlingarna",
            ),
            (
                "Nämnden överlämnar tjänsteutlåtandet som svar på remissen.",
                "yttrande",
            ),
            (
                "Nämnden överlämnar skrivelsen till förvaltningen för beredning.",
                "bereds",
            ),
            ("Nämnden avstår från att yttra sig.", "avstår"),
            (
                "Nämnden bifaller skrivelsens första att-sats och avslår den andra.",
                "delvis bifall",
            ),
            (
                "Nämnden lägger skrivelsen till handlingarna.",
                "till handlingarna",
            ),
            ("Nämnden beslutar att bordlägga ärendet.", "bordläggning"),
            (
                "Nämnden överlämnar tjänsteutlåtandet som svar på skrivelsen.",
                "besvarad",
            ),
            ("Nämnden beslutar att inte bifalla skrivelsen.", "avslag"),
            (
                "Svar på motion om förbud mot graffiti\nBeslut\nNämnden beslutar att avslå motionen.",
                "avslag",
            ),
            (
                "Åtgärder mot buller vid tidigare skola\n\nMotionen bifalls.",
                "bifall",
            ),
        ] {
            assert_eq!(said(text).as_deref(), Some(want), "{text:?}");
        }
    }

    #[test]
    fn what_others_moved_or_what_was_before_is_no_outcome() {
        for text in [
            "Elsa Berg (V) yrkade bifall till skrivelsen.",
            "ÅTERREMITTERAT ÄRENDE. Om ett äldreboende",
            "Plan för parkerna. Bordlagt den 22 oktober 2009",
            "Belysningen i parkerna",
        ] {
            assert_eq!(said(text), None, "{text:?}");
        }
    }

    #[test]
    fn outcomes_are_read_as_a_person_types_them() {
        for ((outcome, name, others), typed) in NAMES.into_iter().zip(Outcome::typed()) {
            assert_eq!(outcome.to_string(), name);
            assert_eq!(typed.parse(), Ok(outcome), "{typed}");
            for typed in others.iter().chain([&name]) {
                assert_eq!(typed.parse(), Ok(outcome), "{typed:?}");
                assert_eq!(
                    folded(typed).to_uppercase().parse(),
                    Ok(outcome),
                    "{typed:?}"
                );
            }
        }
        let error = "kanske".parse::<Outcome>().expect_err("none").to_string();
        assert!(
            error.contains("`kanske`") && error.contains("bifall, delvis bifall"),
            "{error}"
        );
    }
}
