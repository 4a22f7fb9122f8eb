//! The kind of paper: a sheet and its initiatives → what it is, and which words tell.
//!
//! The rules stand in the order in which they are asked; the first that fits decides.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use std::sync::LazyLock;

use regex::bytes::Regex;
use serde::{Deserialize, Serialize};

use super::answer::{Form, Initiative, Noun};
use super::head::Parts;
use super::sheet::{Sheet, folded, tolerant};

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
        let plain = |text: &str| {
            folded(text)
                .split(|c: char| !c.is_ascii_alphanumeric())
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        };
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

/// What surrounds the paper.
pub(super) struct Scene<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) parts: &'a Parts,
    pub(super) initiatives: &'a [Initiative],
    /// The nämnd's name, folded; empty when unknown.
    pub(super) namnd: &'a str,
    /// How many parties are marked.
    pub(super) marks: usize,
}

/// What was decided.
pub(super) struct Decision {
    pub(super) kind: Kind,
    /// The words that tell, a range of the folded copy.
    pub(super) place: Option<Range<usize>>,
    /// Whether a party's own initiative came here on remiss.
    pub(super) remiss: bool,
}

macro_rules! cue {
    ($name:ident, $($pattern:expr),+) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| tolerant(concat!($($pattern),+)));
    };
}

cue!(
    ATTENDANCE,
    r"\bjusterare\b|justerat ?:|justerat [a-z]+dagen|justerar (?:dagens |detta )?protokoll|protokollet justera|\bnärvarande\b|ledamöter ?:|\bledamöter med undantag|att justera\b|",
    r"\bjustering (?:den|sker|av dagens)|justerades|tjänstgörande ersättare|ersättare ?:|kungörelsen|anslogs|tillkännagivande|sammanträdesprotokoll|\bfrånvarande\b|paragrafer \d|",
    r"reserverade sig|reserverar sig|\breservation\b|särskilt uttalande|ersättaryttrande|protokollsanteckning|röstförklaring|votering|propositionsordning|\byrkade\b|yrkar bifall|deltog ej|",
    r"^\W*(?:sammanträdes)?protokoll\b"
);
cue!(
    NOTICE,
    r"(?:^|[.\n]|\d|:)[^a-z\n]{0,6}(?:[a-z] )?(?:anmälan av|anmälan om|anmälningsärende|anmälningar|anmälan\b|inkomna skrivelser|inkomna handlingar|delgivning|meddelanden|kännedomsärende|anmäles|anmäls|balanslista|delegationsbeslut|",
    r"anmälan från|rapporter från|information från|redovisning av delegation|anmälda)|\banmäl[es]{1,2}\b|- anmälan\b|för kännedom|redovisas muntligt|anmälan av svar|dok ?id|skrivelsepärm|läggs till handlingarna"
);
/// The answer's own words: 1 what is answered.
static SVAR: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(concat!(
        r"(?:\b(?:svar|svarar|svara|svaret|remissvar|yttrande|yttra sig|besvarande|besvarar|besvara|redovisning|återrapportering)\b(?: till (?:ks|kommunstyrelsen|kf|kommunfullmäktige|ledamoten))?",
        r"(?: (?:på|över|av|med anledning av|angående|till))?(?: (?:en|två|tre|fyra|flera|inkommen|inkomna|bordlagd|bordlagda|ny|gemensam|nämndens|tidigare|skriftlig|enkel|muntlig|remiss av|remiss om|remissen om|remitterad))*[^.!?\n]{0,60}? ",
        r"(?:skrivelse|motion|interpellation|fråga|frågor|medborgar ?förslag|nämndinitiativ|initiativärende|ledamotsinitiativ|politikerinitiativ|remiss))"
    ))
});
cue!(
    REMISS,
    r"\bremiss(?:en|svar)?(?: ?:| från| av| om| angående| ang| gällande| över| -|\b)|\bremitter|remisstid|\bsamrådsremiss|\bplansamråd"
);
cue!(
    REMISS_ASIDE,
    r"redogörelse för remiss|remissinstans|skicka[s]? (?:ut )?på remiss|sänds på remiss|tidigare remiss"
);
cue!(
    OPINION,
    r"\byttrande (?:över|till|i|angående|ang|om|med)\b|\byttrande\b\W*$|\bsamråd om\b|överklagande av"
);
cue!(
    ANSWERED,
    r"(?:anses|är|ansågs|förklaras|ska anses|skall anses)(?: (?:härmed|därmed|vara|som))* (?:besvara|bifall|behandla)|besvarad[e]?\b|besvaras\b|som svar på|som redovisning på|har inkommit till [a-z -]{3,60} för yttrande|bereda (?:inkommen |inkomna )?|svarar på|svar på"
);
cue!(
    HANDED_IN,
    r"(?:lämna[dr]e?|inlämnad|lämnat in|inkom(?:mit)?|väck(?:er|te|t)|överlämna[dr]e?|anmäl)[a-z]* (?:[a-z]+ ){0,5}$"
);
cue!(
    SENT_ON,
    r"(?:överlämnas?|remitteras?|hänskjut[a-z]*|lämnas?|skickas?|bereds|bereda[s]?|beredning|uppdra[sg]?[a-z]*|får i uppdrag|ges i uppdrag)"
);
cue!(
    PROPOSAL_TO_KF,
    r"\butl(?:åtande)?[.: ]|förslag till beslut|utlåtande \d"
);
cue!(
    NOT_A_MATTER,
    r"\brotel [ivx]+\b|\.pdf\b|\bkl\.? ?\d\d[.:]\d\d|telefon|växel|organisationsnummer|bankgiro|plusgiro|fakturanummer|\btfn\b|\bplats:|\btid:|\btid och plats|^\W*bilagor\b|^\W*bilaga\b|\bfastställande av (?:föredragningslistan|dagordning)|e-post|\bpersonnr"
);

/// Decides the kind.
pub(super) fn decide(scene: &Scene<'_>) -> Decision {
    let sheet = scene.sheet;
    let folded = sheet.folded.as_slice();
    let focus = focus(scene);
    let find = |cue: &Regex| {
        focus.iter().find_map(|range| {
            Some(cue.find(&folded[range.clone()])?.range())
                .map(|found| found.start + range.start..found.end + range.start)
        })
    };
    let decision = |kind, place: Option<Range<usize>>| Decision {
        kind,
        place,
        remiss: false,
    };

    let svar = find(&SVAR);
    let notice = find(&NOTICE);
    // A paper that announces something, unless the announcement is only what an answer is about.
    if let Some(notice) = &notice
        && !scene.parts.whole
        && svar.as_ref().is_none_or(|svar| notice.start <= svar.start)
    {
        return decision(Kind::Anmalan, Some(notice.clone()));
    }
    if let Some(place) = find(&ATTENDANCE)
        && svar.is_none()
    {
        return decision(Kind::Protokoll, Some(place));
    }
    let remiss = find(&REMISS).filter(|_| find(&REMISS_ASIDE).is_none() || find(&SVAR).is_some());
    if let Some(svar) = svar {
        let words = &folded[svar.clone()];
        let of = |stem: &[u8]| words.windows(stem.len()).any(|part| part == stem);
        let has_remiss = REMISS.is_match(words);
        let motion = of(b"otion") || of(b"skr");
        // "Svar på motion … Remiss från kommunstyrelsen" is a remiss's answer.
        let remitted = remiss
            .as_ref()
            .is_some_and(|_| FROM_BODY.is_match(folded) && motion && !scene.parts.whole);
        let last = last_noun(words);
        let kind = match last {
            _ if has_remiss || remitted => Kind::SvarPaRemiss,
            Some(Noun::Skrivelse) => Kind::SvarPaSkrivelse,
            Some(Noun::Motion) => Kind::SvarPaMotion,
            Some(Noun::Interpellation) => Kind::SvarPaInterpellation,
            Some(Noun::Medborgarforslag) => Kind::SvarPaMedborgarforslag,
            None => Kind::SvarPaRemiss,
        };
        // An authority's skrivelse is a remiss by another name.
        let kind = if kind == Kind::SvarPaSkrivelse && from_authority(scene) {
            Kind::SvarPaRemiss
        } else {
            kind
        };
        return Decision {
            kind,
            place: Some(svar),
            remiss: kind == Kind::SvarPaRemiss,
        };
    }
    if let Some(place) = remiss {
        return Decision {
            kind: Kind::SvarPaRemiss,
            place: Some(place),
            remiss: true,
        };
    }
    if let Some((kind, place)) = by_initiative(scene) {
        return Decision {
            kind,
            place: Some(place),
            remiss: kind == Kind::SvarPaRemiss,
        };
    }
    if let Some(place) = find(&OPINION) {
        return decision(Kind::SvarPaRemiss, Some(place));
    }
    if let Some(place) = find(&NOT_A_MATTER) {
        return decision(Kind::Other, Some(place));
    }
    let words = folded
        .split(|byte| byte.is_ascii_whitespace())
        .filter(|word| word.len() > 1)
        .count();
    if scene.marks > 2 && words < 60 || folded.trim_ascii().is_empty() {
        return decision(Kind::Other, None);
    }
    decision(Kind::Arende, None)
}

cue!(FROM_BODY, r"remiss(?:en)? (?:från|av)");
cue!(
    AUTHORITY,
    r"skrivelse[n]? från (?:[a-z-]+ ){0,2}(?:socialstyrelsen|inspektionen|[a-z]*inspektion[a-z]*|[a-z]*verket|länsstyrelsen|justitieombudsmannen|jo\b|ivo\b|regeringen|[a-z]*departementet|polisen|polismyndigheten|skolinspektionen|datainspektionen)"
);

fn from_authority(scene: &Scene<'_>) -> bool {
    AUTHORITY.is_match(&scene.sheet.folded)
        && scene
            .initiatives
            .iter()
            .all(|initiative| initiative.who.is_empty())
}

/// The parts of the sheet in which the paper says what it is.
fn focus(scene: &Scene<'_>) -> Vec<Range<usize>> {
    let length = scene.sheet.folded.len();
    if !scene.parts.whole {
        return vec![0..length.min(4000)];
    }
    let mut focus = vec![scene.parts.head.clone()];
    focus.extend(scene.parts.proposal.clone());
    focus
}

/// The initiative's noun that stands last in an answer's words.
fn last_noun(words: &[u8]) -> Option<Noun> {
    cue!(
        KINDS,
        r"(skrivelse|initiativ)|(motion)|(interpellation|fråg[a-z]+)|(medborgar ?förslag)"
    );
    KINDS.captures_iter(words).last().map(|found| {
        match (1..=4).find(|&group| found.get(group).is_some()) {
            Some(1) => Noun::Skrivelse,
            Some(2) => Noun::Motion,
            Some(3) => Noun::Interpellation,
            _ => Noun::Medborgarforslag,
        }
    })
}

/// The kind that the initiatives tell when no answer's words stand there.
fn by_initiative(scene: &Scene<'_>) -> Option<(Kind, Range<usize>)> {
    let folded = scene.sheet.folded.as_slice();
    let fullmaktige = scene.namnd.contains("fullmaktige");
    let attached = |at: &Range<usize>| {
        scene
            .parts
            .attachments
            .as_ref()
            .is_some_and(|list| list.start <= at.start)
    };
    for initiative in scene.initiatives.iter().filter(|one| !attached(&one.at)) {
        let at = initiative.at.clone();
        let sentence = &folded[initiative.sentence.clone()];
        let before = &folded[initiative.sentence.start..at.start];
        let answered = ANSWERED.is_match(sentence)
            || initiative.form == Form::Subject && !HANDED_IN.is_match(before)
            || opens_with_it(before);
        let kind = match initiative.noun {
            Noun::Medborgarforslag => Some(Kind::SvarPaMedborgarforslag),
            Noun::Skrivelse if answered => Some(Kind::SvarPaSkrivelse),
            Noun::Skrivelse if initiative.who.is_empty() && !starts_field(folded, &at) => None,
            Noun::Skrivelse
                if is_street(scene.namnd)
                    && !starts_text(folded, &at)
                    && !SENT_ON.is_match(folded) =>
            {
                Some(Kind::SvarPaSkrivelse)
            }
            Noun::Skrivelse => Some(Kind::Skrivelse),
            Noun::Motion if initiative.who.is_empty() && !starts_field(folded, &at) => None,
            Noun::Motion if initiative.form == Form::Subject || answered => {
                Some(Kind::SvarPaMotion)
            }
            Noun::Motion if PROPOSAL_TO_KF.is_match(folded) => Some(Kind::SvarPaMotion),
            Noun::Motion if fullmaktige || scene.namnd.is_empty() => Some(Kind::Motion),
            Noun::Motion if scene.namnd.contains("styrelse") => Some(Kind::SvarPaMotion),
            Noun::Motion => Some(Kind::SvarPaRemiss),
            Noun::Interpellation if initiative.who.is_empty() && !starts_field(folded, &at) => None,
            Noun::Interpellation if answered => Some(Kind::SvarPaInterpellation),
            Noun::Interpellation => Some(Kind::Interpellation),
        };
        if let Some(kind) = kind {
            return Some((kind, at));
        }
    }
    None
}

/// "I skrivelsen … från A (p) framför författarna": the paper retells what it answers.
fn opens_with_it(before: &[u8]) -> bool {
    cue!(IN_IT, r"^\W*i (?:en |sin )?$|\bi en $|\bgenom en $");
    IN_IT.is_match(before)
}

/// Whether the word at `at` begins a line or follows a full stop or a dash.
fn starts_field(folded: &[u8], at: &Range<usize>) -> bool {
    let before = folded[..at.start].trim_ascii_end();
    let blank = &folded[before.len()..at.start];
    before.is_empty()
        || blank.contains(&b'\n')
        || matches!(before.last(), Some(b'.' | b'-' | b':' | b'0'..=b'9' | b','))
}

/// Whether nothing but a number stands before the word at `at`.
fn starts_text(folded: &[u8], at: &Range<usize>) -> bool {
    !folded[..at.start]
        .iter()
        .any(|byte| byte.is_ascii_alphabetic())
}

/// The nämnder on whose lists "ÄMNE. Skrivelse från A (p)" is the office's answer.
fn is_street(namnd: &str) -> bool {
    ["gatu-", "trafik", "marknamnd", "exploatering"]
        .iter()
        .any(|stem| namnd.starts_with(stem))
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
        for (kind, name) in NAMES {
            assert_eq!(kind.to_string(), name);
            assert_eq!(name.parse(), Ok(kind));
        }
        let error = "brev".parse::<Kind>().expect_err("no kind").to_string();
        assert!(
            error.contains("`brev`") && error.contains("svar på skrivelse, svar på motion"),
            "{error}"
        );
    }
}
