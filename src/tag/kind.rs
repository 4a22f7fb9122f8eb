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
use super::cue::{Cue, Held};
use super::head::Parts;
use super::matter::List;
use super::outcome::{self, Outcome};
use super::sheet::{Gated, Sheet, gated, plain, tolerant};

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
    /// Whether the header names a body but no meeting: a page beside the papers.
    pub(super) outside: bool,
    /// Whether a header surrounds the text: it is an agenda's item or a part of minutes, not of an office's report.
    pub(super) headed: bool,
    /// Whether it is a whole protokoll or agenda of several matters.
    pub(super) list: Option<List>,
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
        static $name: LazyLock<Gated> = LazyLock::new(|| gated(concat!($($pattern),+)));
    };
}

cue!(
    ANSWERED,
    r"(?:anses|är|ansågs|förklaras|ska anses|skall anses)(?: (?:härmed|därmed|vara|som))* (?:besvara|bifall|behandla)|besvara[dt][e]?\b|besvaras\b|som svar på|som redovisning på|har inkommit till [a-z\s-]{3,60} för yttrande|bereda (?:inkommen |inkomna )?|svarar på|svar på|skriftligt svar|anföra? följande|[.,;:-] ?svar[ \t.]*(?:\n|\(|$)"
);
cue!(
    HANDED_IN,
    r"(?:lämna[dr]e?|inlämnad|lämnat in|inkom(?:mit)?|väck(?:er|te|t)|överlämna[dr]e?|anmäl)[a-z]* (?:[a-z]+ ){0,5}$"
);
cue!(
    NEW_MOTION,
    r"\b(?:lämnat|lämnade|väckt|väckte|inkommit med|inkom med) (?:in )?(?:en |följande )?motion"
);
cue!(
    SENT_ON,
    r"\b(?:överlämna[s]?|överlämnades|överlämnar (?:skrivelse|motion|initiativ|interpellation|den|ärendet)[a-z]*|remittera[sr]?|remitterades|hänskjut[a-z]*|lämnas|skickas|bereds|bereda[s]?|uppdra[a-z]*|får i uppdrag|ges i uppdrag)\b|\bberedning"
);
cue!(
    OFFICE_SPEAKS,
    r"\b(?:förvaltningen|kontoret)s? (?:redovisar|anser|delar|föreslår|bedömer|menar|svarar|konstaterar|instämmer|ser\b|arbetar|vill|håller med|synpunkter|svar\b|kommentar)|\b(?:redovisar|anser|svarar|föreslår|bedömer) (?:förvaltningen|kontoret)"
);
cue!(
    PROPOSAL_TO_KF,
    r"\butl{1,2}(?:åtande)?[.: ]|förslag till beslut|utlåtande \d|bordlagda? motion|\bförslag \d{4}:\d|föreslår (?:kommun|region|landstings)?fullmäktige"
);
cue!(
    CONTACT,
    r"telefon|växel|organisationsnummer|org\.?nr|bankgiro|plusgiro|\btfn\b|\bfax\b|\bbox \d|e-post|\b\d{3} \d\d [a-z]+"
);

cue!(
    RETOLD,
    r"^\W*(?:bakgrund|ärendet|sammanfattning|ärendets beredning|beskrivning av ärendet)[ \t]*\r?\n"
);
cue!(ANNOUNCES, r"anmäls?(?:es)?$");
cue!(
    PUT,
    r"\b(?:får|kan|ska[l]?) (?:[a-z]+ )?(?:ställas|framställas)\b|\bbesvara[sd] (?:vid|på|under|i) (?:nästa|kommande|ett (?:kommande|senare)|följande)\b"
);
cue!(
    LETTER,
    r"^\W*till\b[^\n]{0,60}(?:nämnd|styrelse|fullmäktige|ordförande)|\b(?:vi|jag) (?:vill|föreslår|undrar|yrkar|önskar|begär|hemställer|frågar)\b|\bundertecknad"
);

/// Decides the kind.
pub(super) fn decide(scene: &Scene<'_>) -> Decision {
    let sheet = scene.sheet;
    let folded = sheet.folded.as_slice();
    let focus: Vec<(Range<usize>, Held)> = focus(scene)
        .into_iter()
        .map(|range| (range.clone(), Held::by(sheet, &folded[range])))
        .collect();
    let find = |cue: Cue| {
        focus.iter().find_map(|(range, held)| {
            let found = held.find(cue, &folded[range.clone()])?;
            Some(found.start + range.start..found.end + range.start)
        })
    };
    let decision = |kind, place: Option<Range<usize>>| Decision {
        kind,
        place,
        remiss: false,
    };

    match scene.list {
        Some(List::Protokoll) => return decision(Kind::Protokoll, find(Cue::Attendance)),
        Some(List::Agenda) => return decision(Kind::Other, None),
        None => {}
    }
    if let Some((kind, place)) = label(scene) {
        return decision(kind, Some(place));
    }
    // A sheet of its own that somebody leaves to the minutes.
    if !scene.headed
        && let Some(sheet) = DISSENT_SHEET.find(folded)
    {
        return decision(Kind::Other, Some(sheet.range()));
    }
    // "Vi vill ha svar på följande frågor": who asks for an answer gives none.
    let svar = find(Cue::Svar)
        .filter(|svar| !ASKS.is_match(&folded[svar.start.saturating_sub(40)..svar.start]));
    let notice = find(Cue::Notice);
    // "Utl. 2012:45 … Motion av A (p)": what follows of remisses, answers and votes belongs to the motion's answer.
    if !scene.parts.whole
        && let Some(motion) = proposed_motion(scene, svar.as_ref())
    {
        return decision(Kind::SvarPaMotion, Some(motion));
    }
    // The list of a meeting's files, and no paper.
    if !scene.parts.whole
        && let Some(file) = find(Cue::File)
        && !folded[..file.start].contains(&b'\n')
    {
        return decision(Kind::Other, Some(file));
    }
    // "Anmälan och besvarande av interpellationer"
    // and "Förhinder anmäls till nämndsekreteraren" announce no paper.
    let notice = notice.filter(|notice| {
        !folded[notice.end..].starts_with(b" och besvarande")
            && !folded[..notice.start]
                .trim_ascii_end()
                .ends_with(b"forhinder")
    });
    // A paper that announces something, unless the announcement is only what an answer is about.
    if let Some(notice) = &notice
        && !scene.parts.whole
        && !heads_initiatives(scene, notice)
        && !(ANNOUNCES.is_match(&folded[notice.clone()])
            && find(Cue::Dissent).is_some_and(|dissent| dissent.start <= notice.start))
        && svar.as_ref().is_none_or(|svar| notice.start <= svar.start)
        && find(Cue::Attendance).is_none_or(|place| notice.start <= place.start)
    {
        return decision(Kind::Anmalan, Some(notice.clone()));
    }
    // "2. Beslutet justeras omedelbart" in a report's proposal is no attendance.
    if let Some(place) = find(Cue::Attendance)
        .filter(|place| !scene.parts.whole || scene.parts.head.contains(&place.start))
        .or_else(|| {
            let debate = find(Cue::Debate)?;
            let place = !scene.parts.whole || scene.parts.head.contains(&debate.start);
            (place && !has_heading(scene, debate.start)).then_some(debate)
        })
        .or_else(|| find(Cue::Dissent).filter(|_| !scene.parts.whole))
        && svar.as_ref().is_none_or(|svar| place.start < svar.start)
    {
        return decision(Kind::Protokoll, Some(place));
    }
    let assembly = scene.namnd.contains("fullmaktige");
    let motion_here = assembly
        && scene
            .initiatives
            .iter()
            .any(|one| one.noun == Noun::Motion && !one.who.is_empty());
    // The assembly answers motions itself; remisses are what was asked on the way.
    let remiss = find(Cue::Remiss)
        .filter(|_| !motion_here)
        .filter(|_| find(Cue::RemissAside).is_none() || find(Cue::Svar).is_some());
    if let Some(svar) = svar {
        let words = &folded[svar.clone()];
        let of = |stem: &[u8]| words.windows(stem.len()).any(|part| part == stem);
        let has_remiss = words
            .windows(5)
            .any(|part| part == b"remis" || part == b"rem1s" || part == b"remls");
        let motion = of(b"otion") || of(b"skr");
        // "Svar på motion … Remiss från kommunstyrelsen" is a remiss's answer.
        let remitted = remiss
            .as_ref()
            .is_some_and(|_| FROM_BODY.is_in(scene.sheet, folded) && motion && !scene.parts.whole);
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
    if let Some(place) = find(Cue::Opinion).or_else(|| {
        // The board of building makes plans; the others are asked what they think of them.
        find(Cue::Consulted).filter(|_| !scene.parts.whole && !scene.namnd.contains("byggnad"))
    }) {
        return decision(Kind::SvarPaRemiss, Some(place));
    }
    if let Some(place) = find(Cue::NotAMatter) {
        return decision(Kind::Other, Some(place));
    }
    if is_roll(scene) {
        return decision(Kind::Protokoll, None);
    }
    let contacts = CONTACT.find_iter(&folded[..folded.len().min(2000)]).count();
    let numbered = folded
        .trim_ascii_start()
        .first()
        .is_some_and(|byte| byte.is_ascii_digit() || *byte == b'$');
    if folded.trim_ascii().is_empty()
        || !scene.parts.whole && (contacts > 1 && !numbered || is_chatter(scene))
    {
        return decision(Kind::Other, None);
    }
    decision(Kind::Arende, None)
}

/// Whether the passage begins with a matter's number and heading on a line that ends before `at`: what is moved and said
/// below belongs to the matter.
fn has_heading(scene: &Scene<'_>, at: usize) -> bool {
    cue!(
        HEADING,
        r"^\W*(?:\d{1,3}|[$] ?\d{1,3}(?:/\d{2,4})?)[a-z]?[.:]?\s+[^\n]{8,}\n"
    );
    let folded = scene.sheet.folded.as_slice();
    scene.headed
        && HEADING
            .find(folded)
            .is_some_and(|heading| heading.end() <= at)
}

/// The kind that a line of its own says at the beginning of a paper: `Skrivelse`, `Protokoll`. An office's report says
/// `Tjänsteutlåtande`, and what it answers is said elsewhere.
fn label(scene: &Scene<'_>) -> Option<(Kind, Range<usize>)> {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        tolerant(concat!(
            r"(?m)(?:^[ \t]*|(?:nämnd|förvaltning|kontor|kommun|stad|styrelse)[a-z]*[ ]+)(?:(skrivelse|nämndinitiativ|ledamotsinitiativ)|(motion)|(interpellation|enkel fråga|fråga)|(sammanträdesprotokoll|protokoll(?: fört [^\n]*| nr [^\n]*| \d[^\n]*)?)|",
            r"(anmälan|anmälningsärende[n]?)|(tjänste?utlåtande|tjänsteskrivelse|utlåtande|promemoria|rapport|yttrande|föredragningslista|dagordning|kallelse|remiss))[ \t\r]*$"
        ))
    });
    let folded = scene.sheet.folded.as_slice();
    // An agenda's item has no such line.
    if folded.len() < 500 {
        return None;
    }
    let found = LABEL.captures(&folded[..folded.len().min(900)])?;
    let kind = match (1..=6).find(|&group| found.get(group).is_some())? {
        1 => Kind::Skrivelse,
        2 => Kind::Motion,
        3 => Kind::Interpellation,
        4 => Kind::Protokoll,
        5 => Kind::Anmalan,
        _ => return None,
    };
    Some((kind, found.get(0)?.range()))
}

/// The word of a motion that a board puts before the assembly, when that is said before any answer's words.
fn proposed_motion(scene: &Scene<'_>, svar: Option<&Range<usize>>) -> Option<Range<usize>> {
    let folded = scene.sheet.folded.as_slice();
    let motion = scene
        .initiatives
        .iter()
        .find(|one| one.noun == Noun::Motion && !one.who.marks.is_empty() && one.at.start < 400)?;
    let before = &folded[..motion.at.start];
    (PROPOSAL_TO_KF.is_in(scene.sheet, before)
        && svar.is_none_or(|svar| motion.at.start < svar.start))
    .then(|| motion.at.clone())
}

/// Whether the words that announce something are a section's heading in capitals above an interpellation, a question or a
/// motion: `NYA INTERPELLATIONER`, and below it `30 Nr 2015:44 av A (p)`.
fn heads_initiatives(scene: &Scene<'_>, notice: &Range<usize>) -> bool {
    let sheet = scene.sheet;
    let line = memchr::memchr(b'\n', &sheet.folded[notice.start..])
        .map(|end| sheet.cased[notice.start..notice.start + end].trim_ascii());
    cue!(
        HEADING,
        r"^(?:(?:anmälan av )?(?:nya|nyinkomna|inkomna|inlämnade|väckta) )?(?:motioner|interpellationer|(?:enkla )?frågor)[ :,]*(?:anmälan)?$"
    );
    line.is_some_and(|line| {
        line.iter().any(u8::is_ascii_alphabetic) && !line.iter().any(u8::is_ascii_lowercase)
            || HEADING.is_match(&line.to_ascii_lowercase())
    }) && scene.initiatives.iter().any(|one| {
        matches!(one.noun, Noun::Interpellation | Noun::Motion)
            && !one.who.is_empty()
            && one.at.start > notice.start
    })
}

/// A list of attendees: most lines hold a person with a party, and nothing before the person.
fn is_roll(scene: &Scene<'_>) -> bool {
    cue!(ATTENDEE, r"^[a-z .'-]{3,45}\([a-z]{1,3}\)[^(]{0,40}$");
    let folded = scene.sheet.folded.as_slice();
    if scene.parts.whole || scene.marks < 3 {
        return false;
    }
    let lines: Vec<&[u8]> = folded
        .split(|byte| *byte == b'\n')
        .filter(|line| line.len() > 3)
        .collect();
    let attendees = lines.iter().filter(|line| ATTENDEE.is_match(line)).count();
    attendees > 2 && attendees * 10 >= lines.len() * 6
}

/// Prose about parties, outside any agenda: no number before it, no dnr in it.
fn is_chatter(scene: &Scene<'_>) -> bool {
    let folded = scene.sheet.folded.as_slice();
    let digits = folded
        .trim_ascii()
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let numbered = (1..4).contains(&digits);
    scene.outside
        && scene.marks > 1
        && !numbered
        && !folded.starts_with(b"svar")
        && !folded.windows(4).any(|four| four == b"dnr ")
}

cue!(
    DISSENT_SHEET,
    r"^\W*(?:(?:skriftlig|gemensam) )?(?:reservation|särskilt (?:uttalande|yttrande)|ersättaryttrande|protokollsanteckning|röstförklaring)[^\n]{0,30}\n"
);

/// What stands before an answer that is asked for.
static ASKS: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r"\b(?:ha|få|önskar|önskas|begär|kräver|efterlyser|väntar på|ber om)(?: ett| skriftligt| tydligt| snabbt)* $",
    )
});

cue!(
    FROM_BODY,
    r"remiss(?:en)? (?:från|av)|\b(?:kommunstyrelsen|regionstyrelsen|landstingsstyrelsen|stadsledningskontoret|kommunledningskontoret|kommunstyrelseförvaltningen|arbetsutskottet) (?:har )?(?:[a-z]+ )?(?:remitterat|remitterade|sänt|skickat|översänt)"
);

// An office's report says so.
cue!(
    REPORT,
    r"(?m)^[ \t]*(?:tjänste?utlåtande|tjänsteskrivelse)\b|^[^\n]{0,40}förslag till beslut[ \t]*:?[ \t]*$"
);
cue!(
    AUTHORITY,
    r"skrivelse[n]? från (?:[a-z-]+ ){0,2}(?:socialstyrelsen|inspektionen|[a-z]*inspektion[a-z]*|[a-z]*verket|länsstyrelsen|justitieombudsmannen|jo\b|ivo\b|regeringen|[a-z]*departementet|polisen|polismyndigheten|skolinspektionen|datainspektionen)"
);

fn from_authority(scene: &Scene<'_>) -> bool {
    AUTHORITY.is_in(scene.sheet, &scene.sheet.folded)
        && scene
            .initiatives
            .iter()
            .all(|initiative| initiative.who.is_empty())
}

/// The parts of the sheet in which the paper says what it is.
fn focus(scene: &Scene<'_>) -> Vec<Range<usize>> {
    let length = scene.sheet.folded.len();
    if scene.parts.whole {
        let head = std::iter::once(scene.parts.head.clone());
        return head.chain(scene.parts.proposal.clone()).collect();
    }
    std::iter::once(0..length.min(4000)).collect()
}

/// The initiative's noun that stands last in an answer's words.
fn last_noun(words: &[u8]) -> Option<Noun> {
    cue!(
        KINDS,
        r"(skrivelse|initiativ)|(motion)|(interpellation|fråg[a-z]+)|(medborgar ?(?:förslag|initiativ)|e-förslag|(?:göteborgs|helsingborgs|ängelholms|mölndals|linköpings|umeå|partille|kungsbacka)förslag)"
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
    let decided = !scene.parts.whole && is_decided(scene.sheet);
    let report = !scene.headed && REPORT.is_in(scene.sheet, folded);
    let at_hand = |one: &&Initiative| !attached(&one.at) && !one.earlier;
    for initiative in scene.initiatives.iter().filter(at_hand) {
        let at = initiative.at.clone();
        let sentence = &folded[initiative.sentence.clone()];
        let before = &folded[initiative.sentence.start..at.start];
        let rest =
            &folded[initiative.sentence.end..(initiative.sentence.end + 40).min(folded.len())];
        let answered = ANSWERED.is_in(scene.sheet, sentence)
            || !scene.headed && !initiative.who.is_empty() && RETOLD.is_in(scene.sheet, folded)
            || decided
            || SVAR_AFTER.is_match(rest)
            // A yrkande is only one of the initiatives when its answer is said.
            || folded[at.clone()].starts_with(b"yrk")
            // An office reports on what it answers.
            || report && !initiative.who.is_empty() && initiative.noun != Noun::Motion
            || initiative.form == Form::Subject
                && (!HANDED_IN.is_match(before)
                    || !scene.headed && !SENT_ON.is_in(scene.sheet, folded))
            || !initiative.who.is_empty()
                && OFFICE_SPEAKS.is_in(scene.sheet, folded)
                && !SENT_ON.is_in(scene.sheet, folded)
            || opens_with_it(before);
        let kind = match initiative.noun {
            Noun::Medborgarforslag if starts_field(scene.sheet, &at) || answered => {
                Some(Kind::SvarPaMedborgarforslag)
            }
            Noun::Medborgarforslag => None,
            // "Skrivelse till nämnden … vi vill ha svar på": the letter itself.
            Noun::Skrivelse
                if !scene.headed
                    && !report
                    && folded[at.end..].starts_with(b" till ")
                    && starts_field(scene.sheet, &at)
                    && LETTER.is_in(scene.sheet, folded) =>
            {
                Some(Kind::Skrivelse)
            }
            Noun::Skrivelse if answered => Some(Kind::SvarPaSkrivelse),
            Noun::Skrivelse if initiative.who.is_empty() && !starts_field(scene.sheet, &at) => None,
            Noun::Skrivelse if !scene.headed && LETTER.is_in(scene.sheet, folded) => {
                Some(Kind::Skrivelse)
            }
            Noun::Skrivelse
                if starts_field(scene.sheet, &at)
                    && !starts_text(folded, &at)
                    && !SENT_ON.is_in(scene.sheet, folded) =>
            {
                Some(Kind::SvarPaSkrivelse)
            }
            Noun::Skrivelse => Some(Kind::Skrivelse),
            Noun::Motion if initiative.who.is_empty() && !starts_field(scene.sheet, &at) => None,
            // "A (p) har lämnat en motion. Den överlämnas till styrelsen": new, whoever is named.
            Noun::Motion
                if !ANSWERED.is_in(scene.sheet, sentence)
                    && !decided
                    && NEW_MOTION.is_in(scene.sheet, folded)
                    && SENT_ON.is_in(scene.sheet, folded) =>
            {
                Some(Kind::Motion)
            }
            Noun::Motion if initiative.form == Form::Subject || answered => {
                Some(Kind::SvarPaMotion)
            }
            Noun::Motion if PROPOSAL_TO_KF.is_in(scene.sheet, folded) => Some(Kind::SvarPaMotion),
            // "(KS 2009-05-26, § 104) bordlagt": the board has answered, the assembly is to decide.
            Noun::Motion if fullmaktige && DECIDED_BY_BOARD.is_in(scene.sheet, folded) => {
                Some(Kind::SvarPaMotion)
            }
            Noun::Motion if fullmaktige || scene.namnd.is_empty() => Some(Kind::Motion),
            Noun::Motion if scene.namnd.contains("styrelse") => Some(Kind::SvarPaMotion),
            // "väckt av A (p), yttrande till kommunstyrelsen": the nämnd's part of the answer.
            Noun::Motion if !initiative.who.is_empty() && TO_BOARD.is_in(scene.sheet, folded) => {
                Some(Kind::SvarPaMotion)
            }
            Noun::Motion => Some(Kind::SvarPaRemiss),
            Noun::Interpellation
                if initiative.who.is_empty() && !starts_field(scene.sheet, &at) =>
            {
                None
            }
            // "Interpellationen får ställas och besvaras vid nästa sammanträde".
            Noun::Interpellation if PUT.is_in(scene.sheet, folded) => Some(Kind::Interpellation),
            Noun::Interpellation if answered => Some(Kind::SvarPaInterpellation),
            Noun::Interpellation => Some(Kind::Interpellation),
        };
        let kind = match kind {
            Some(Kind::Skrivelse | Kind::SvarPaSkrivelse)
                if from_authority(scene) && ASKED.is_in(scene.sheet, folded) =>
            {
                Some(Kind::SvarPaRemiss)
            }
            kind => kind,
        };
        if let Some(kind) = kind {
            return Some((kind, at));
        }
    }
    None
}

/// Whether a passage says what becomes of the initiative: that is its answer.
fn is_decided(sheet: &Sheet) -> bool {
    cue!(
        TO_ANSWER,
        r"\b(?:uppdrag[a-z]*|ombe[a-z]*) [^.]{0,40}\b(?:besvara|svara på)\b|\bskriftligt svar\b|\binterpellationen svaret\b|\byrka(?:r|de) [^.]{0,60}\b(?:bifall|avslag)\b|\n\s*svar (?:från|av) (?:förvaltning|kontor|stads)|\n\s*[a-z]*(?:kontorets|förvaltningens|nämndens) svar\b|\b(?:motions|interpellations|skrivelse)svar\b|\bbesvara(?:r|de) (?:interpellationen|frågan)"
    );
    let outcome = outcome::of(sheet, 0..sheet.folded.len());
    TO_ANSWER.is_in(sheet, &sheet.folded)
        || matches!(
            outcome,
            Some((
                Outcome::Besvarad | Outcome::Avslag | Outcome::Bifall | Outcome::DelvisBifall,
                _
            ))
        )
}

cue!(
    DECIDED_BY_BOARD,
    r"\((?:ks|kommunstyrelsen|ls) (?:19|20)\d\d-\d\d-\d\d|\bbordlag[dt]|\b(?:kommun|region|landstings)styrelsens (?:beslut|förslag|yttrande)"
);
cue!(ASKED, r"\byttrande\b");
cue!(
    TO_BOARD,
    r"\b(?:yttrande|svar) till (?:ks|kf|kommunstyrelsen|kommunfullmäktige|regionstyrelsen|landstingsstyrelsen)\b"
);
cue!(
    SVAR_AFTER,
    r"^[.\s-]*(?:förslag till |förvaltningens |kontorets |nämndens |kommunstyrelsens |förslag på )*svar\b"
);

/// "I skrivelsen … från A (p) framför författarna": the paper retells what it answers.
fn opens_with_it(before: &[u8]) -> bool {
    // In brackets the letter is taken as it stands: "1 Nr 2009:6 av" has a number before it.
    cue!(IN_IT, r"^\W*[i] (?:en |sin )?$|\b[i] en $|\bgenom en $");
    IN_IT.is_match(before)
}

/// Whether the word at `at` begins a line or follows a full stop or a dash.
fn starts_field(sheet: &Sheet, at: &Range<usize>) -> bool {
    let folded = sheet.folded.as_slice();
    let before = folded[..at.start].trim_ascii_end();
    let blank = &folded[before.len()..at.start];
    // A line that wrapped goes on in small letters.
    let wrapped = sheet.cased[at.start].is_ascii_lowercase()
        && before.last().is_some_and(u8::is_ascii_lowercase);
    before.is_empty()
        || blank.contains(&b'\n') && !wrapped
        || matches!(before.last(), Some(b'.' | b'-' | b':' | b'0'..=b'9' | b','))
}

/// Whether nothing but a number stands before the word at `at`.
fn starts_text(folded: &[u8], at: &Range<usize>) -> bool {
    !folded[..at.start]
        .iter()
        .any(|byte| byte.is_ascii_alphabetic())
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
