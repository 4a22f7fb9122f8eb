//! The kind of paper: a sheet and its initiatives → what it is, and which words tell.
//!
//! The rules stand in the order in which they are asked; the first that fits decides.

use std::cell::LazyCell;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use std::sync::LazyLock;

use super::pattern::Pattern as Regex;
use serde::{Deserialize, Serialize};

use super::answer::{Initiative, Noun};
use super::answer_heading::{answer_in_heading, of_same};
use super::cue::{Cue, Held};
use super::front;
use super::head::Parts;
use super::initiative_kind::{
    PROPOSAL_TO_KF, REMITTED, TO_BOARD, by_initiative, is_about_another, is_decided,
};
use super::matter::List;
use super::shape::{
    extract, has_heading, heads_initiatives, is_chatter, is_list_of_files, is_news, is_roll,
    is_sheet_of_matter, is_wrapped,
};
use super::sheet::{Gated, Sheet, begins, cue, dashed, ends, gated, plain, tolerant};

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

cue!(
    CONTACT,
    r"telefon|växel|organisationsnummer|org\.?nr|bankgiro|plusgiro|\btfn\b|\bfax\b|\bbox \d|e-post|\b\d{3} \d\d [a-z]+"
);

cue!(ANNOUNCES, r"anmäls?(?:es)?$");

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
    let extract = extract(scene);
    if let Some((kind, place)) =
        label(scene).filter(|(kind, _)| *kind != Kind::Protokoll || extract.is_none())
    {
        return decision(kind, Some(place));
    }
    if is_news(scene) {
        return decision(Kind::Other, None);
    }
    if !scene.headed
        && OWN_QUESTION.may_be_in(sheet)
        && let Some(own) = OWN_QUESTION.find(folded)
        && ASKS_NOW.is_in(sheet, folded)
    {
        return decision(Kind::Interpellation, Some(own.range()));
    }
    let svar = first(&focus, folded, Cue::Svar, |svar| gives_answer(folded, svar));
    let headed_answer = answer_in_heading(scene, svar.as_ref());
    // A sheet of its own that somebody leaves to the minutes.
    if !scene.headed
        && let Some(sheet) = DISSENT_SHEET.find(folded)
    {
        return decision(Kind::Other, Some(sheet.range()));
    }
    // The notice of a meeting, and a motion that speaks of answers.
    if !scene.headed
        && !headed_answer
        && let Some(summons) = front::summons(folded)
    {
        return decision(Kind::Other, Some(summons));
    }
    if !scene.headed
        && !scene.parts.whole
        && OWN_MOTION.may_be_in(sheet)
        && let Some(motion) = OWN_MOTION.find(folded)
    {
        return decision(Kind::Motion, Some(motion.range()));
    }
    // "… att⏎handlingar som ska tas upp" only wraps.
    let notice = first(&focus, folded, Cue::Notice, |place| {
        !is_wrapped(sheet, place)
    });
    // "Protokoll från socialutskottets sammanträde", and below it who was there.
    if let Some(front) = front::minutes(folded) {
        return decision(Kind::Protokoll, Some(front));
    }
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
    if !scene.parts.whole && is_list_of_files(scene) {
        return decision(Kind::Other, None);
    }
    // "Anmälan och besvarande av interpellationer"
    // and "Förhinder anmäls till nämndsekreteraren" announce no paper.
    let notice = notice.filter(|notice| {
        let before = folded[..notice.start].trim_ascii_end();
        // "Besluten bifogas ärendet för kännedom."
        let enclosed = folded[notice.clone()].ends_with(b"kannedom")
            && ENCLOSED.is_match(&folded[notice.start.saturating_sub(40)..notice.start]);
        !enclosed
            && !begins(&folded[notice.end..], b" och besvarande")
            && !before.ends_with(b"forhinder")
    });
    // "Information om parkbänkar", and below it "Svar på skrivelse från A (p)": the topic announces nothing.
    let notice = notice.filter(|_| !headed_answer);
    let decided = LazyCell::new(|| decided_initiative(scene));
    // A paper that announces something, unless the announcement is only what an answer is about.
    if let Some(notice) = &notice
        && !scene.parts.whole
        && !heads_initiatives(scene, notice)
        && !(ANNOUNCES.is_match(&folded[notice.clone()])
            && find(Cue::Dissent).is_some_and(|dissent| dissent.start <= notice.start))
        && svar.as_ref().is_none_or(|svar| notice.start <= svar.start)
        // "Motionen anses besvarad … 14. Anmälan av nya motioner"
        && decided.is_none_or(|at| notice.start < at)
        && find(Cue::Attendance).is_none_or(|place| notice.start <= place.start)
    {
        return decision(Kind::Anmalan, Some(notice.clone()));
    }
    // "2. Beslutet justeras omedelbart" in a report's proposal is no attendance, nor is what is printed on each sheet of
    // minutes on an extract.
    // "I en motion föreslår A (p) … Fullmäktige beslutade att motionen anses besvarad … reserverade sig": the matter's own.
    let attendance = match &extract {
        // Its sheet's head and foot name the minutes, whatever the matter is.
        Some(heading) => Held::by(sheet, &folded[heading.clone()])
            .find(Cue::Attendance, &folded[heading.clone()])
            .map(|place| heading.start + place.start..heading.start + place.end),
        None => find(Cue::Attendance),
    };
    if let Some(place) = attendance
        .filter(|_| !headed_answer)
        .filter(|place| !is_sheet_of_matter(scene, place))
        // "Ledamöter:" below a matter's heading lists those who are chosen.
        .filter(|place| {
            !folded[place.clone()].trim_ascii_end().ends_with(b":")
                || !has_heading(scene, place.start)
        })
        .filter(|place| !folded[place.clone()].starts_with(b"utdrag") || decided.is_none())
        .filter(|place| !scene.parts.whole || scene.parts.head.contains(&place.start))
        .or_else(|| {
            let debate = find(Cue::Debate).filter(|_| extract.is_none())?;
            let place = !scene.parts.whole || scene.parts.head.contains(&debate.start);
            (place && !headed_answer && !has_heading(scene, debate.start)).then_some(debate)
        })
        .or_else(|| find(Cue::Dissent).filter(|_| !scene.parts.whole && !headed_answer))
        .filter(|place| {
            decided
                .is_none_or(|at| place.start < at && !folded[place.clone()].starts_with(b"utdrag"))
        })
        && svar.as_ref().is_none_or(|svar| place.start < svar.start)
    {
        return decision(Kind::Protokoll, Some(place));
    }
    let assembly = scene.namnd.contains("fullmaktige");
    let motion_here = assembly
        && scene.initiatives.iter().any(|one| match one.noun {
            Noun::Motion => !one.who.is_empty(),
            Noun::Medborgarforslag => !ends(&folded[..one.at.start], b"remiss av "),
            _ => false,
        });
    // The assembly answers motions itself; remisses are what was asked on the way.
    let board = assembly || scene.namnd.contains("styrelse");
    let remiss = find(Cue::Remiss)
        .filter(|_| !motion_here)
        .filter(|remiss| !(board && SENDS.is_match(&folded[remiss.start..])))
        .filter(|_| find(Cue::RemissAside).is_none() || find(Cue::Svar).is_some());
    // "… har skickat motionen på remiss till X … motionen avslås": the answer of those who asked X.
    if WAS_OUT.is_in(sheet, folded)
        && decided.is_some()
        && let Some((kind, place)) = by_initiative(scene)
    {
        return decision(kind, Some(place));
    }
    if let Some(svar) = svar {
        let words = &folded[svar.clone()];
        let of = |stem: &[u8]| words.windows(stem.len()).any(|part| part == stem);
        let has_remiss = words
            .windows(5)
            .any(|part| matches!(part, b"remis" | b"remit" | b"rem1s" | b"remls"));
        let motion = of(b"otion") || of(b"skr");
        // "Svar på motion … Remiss från kommunstyrelsen" is a remiss's answer.
        let of_others = !assembly && !scene.namnd.contains("styrelse");
        let remitted = remiss.as_ref().is_some_and(|_| {
            motion
                && !scene.parts.whole
                && !(of(b"skr") && TO_LETTER.is_in(sheet, folded))
                && (FROM_BODY.is_in(scene.sheet, folded) || of_others && is_remitted(scene.sheet))
        });
        // "Yttrande till kommunstyrelsen över motion (V)", and "svar till kommunstyrelsen på motion" is the motion's own.
        let remitted = remitted
            || motion
                && of_others
                && scene.namnd.contains("namnd")
                && words.trim_ascii_start().starts_with(b"yttrande")
                && (TO_BOARD.is_in(sheet, words) || FOR_OPINION.is_in(sheet, folded))
            // Without a header the board named there is no sender.
            || motion
                && !scene.headed
                && remiss.is_some()
                && words.trim_ascii_start().starts_with(b"yttrande till kommunstyrelsen");
        // "Yttrande över motion av A (p)", and the nämnd sends it "som svar på remissen".
        let remitted = remitted
            || of_others
                && motion
                && scene.namnd.contains("namnd")
                && TO_REMISS.is_in(sheet, folded);
        // "Svar på medborgarförslag och skrivelse från A (p)": who has a party is answered, too.
        static AND_LETTER: LazyLock<Regex> = LazyLock::new(|| {
            tolerant(
                r"^[a-z]* (?:och|samt) (?:en |på )?(?:skrivelse|motion)(?:en|er)? (?:från|av) ",
            )
        });
        let joined = AND_LETTER
            .find(&folded[svar.end..])
            .map(|joined| joined.as_bytes())
            .filter(|_| {
                scene
                    .initiatives
                    .iter()
                    .any(|one| !one.who.marks.is_empty())
            });
        let last = last_noun(joined.unwrap_or(words));
        let kind = match last {
            _ if has_remiss || remitted => Kind::SvarPaRemiss,
            Some(Noun::Skrivelse) => Kind::SvarPaSkrivelse,
            Some(Noun::Motion) => Kind::SvarPaMotion,
            Some(Noun::Interpellation) => Kind::SvarPaInterpellation,
            Some(Noun::Medborgarforslag) => Kind::SvarPaMedborgarforslag,
            None => Kind::SvarPaRemiss,
        };
        // "Svar på frågor från V", and V has put them in a skrivelse.
        let kind = if kind == Kind::SvarPaInterpellation
            && !assembly
            && !of(b"terp")
            && !of(b"enkel")
            && scene.initiatives.iter().any(|one| {
                one.noun == Noun::Skrivelse && !one.earlier && of_same(scene, one, &svar)
            }) {
            Kind::SvarPaSkrivelse
        } else {
            kind
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
    let opinion = find(Cue::Opinion).filter(|opinion| {
        !folded[..opinion.start]
            .trim_ascii_end()
            .ends_with(b"sarskilt")
    });
    if let Some(place) = opinion.or_else(|| {
        // The board of building makes plans; the others are asked what they think of them.
        find(Cue::Consulted)
            .filter(|_| !scene.parts.whole && !scene.namnd.contains("byggnad"))
            // "Detaljplan för kv. Eken, samrådsbeslut": whoever decides on it makes it.
            .filter(|place| !folded[place.end..].starts_with(b"sbeslut"))
            // "Antagande av förslag till detaljplan": the assembly's own.
            .filter(|place| !ends(folded[..place.start].trim_ascii_end(), b"antagande av"))
    }) {
        return decision(Kind::SvarPaRemiss, Some(place));
    }
    if is_roll(scene) && !has_heading(scene, folded.len()) {
        return decision(Kind::Protokoll, None);
    }
    // The files below a matter's heading are its attachments.
    if let Some(place) = find(Cue::NotAMatter).filter(|place| !has_heading(scene, place.start)) {
        return decision(Kind::Other, Some(place));
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

/// Where `cue` stands first in `focus` so that it `fits`.
fn first(
    focus: &[(Range<usize>, Held)],
    folded: &[u8],
    cue: Cue,
    fits: impl Fn(&Range<usize>) -> bool,
) -> Option<Range<usize>> {
    focus.iter().find_map(|(range, held)| {
        let mut from = range.start;
        loop {
            let found = held.find(cue, folded.get(from..range.end)?)?;
            let place = found.start + from..found.end + from;
            if fits(&place) {
                return Some(place);
            }
            from = place.end.max(from + 1);
        }
    })
}

/// Whether the words of an answer at `svar` give one.
fn gives_answer(folded: &[u8], svar: &Range<usize>) -> bool {
    let before = &folded[..svar.start];
    let behind = &folded[svar.end..];
    let rest = behind
        .iter()
        .take_while(|byte| byte.is_ascii_lowercase())
        .count();
    // "Vi vill ha svar på följande frågor": who asks for an answer gives none.
    !ASKS.is_match(&before[before.len().saturating_sub(40)..])
        // "Ett svar på vår interpellation dröjer": no office says so.
        && !OURS.is_match(&folded[svar.start..svar.end + rest])
        && !STILL_WANTED.is_match(&behind[..behind.len().min(70)])
        // "Redovisning av motioner 2022" counts them.
        && (!begins(&folded[svar.clone()], b"redovisning av ") || !begins(behind, b"er "))
        // "Anmälan och besvarande av frågor" heads those that are answered and those that are not.
        && (!ends(before.trim_ascii_end(), b"anmalan och")
            || behind
                .windows(4)
                .any(|part| part == b"svar" || part == b"5var"))
        // "Elsa Berg (S) lämnar ett särskilt yttrande och en skrivelse"
        && !ends(before, b"sarskilt ")
        // "… i uppdrag att besvara skrivelsen till nästa sammanträde"
        && (!CHARGED.is_match(&before[before.len().saturating_sub(100)..])
            || !TO_COME.is_match(&behind[..behind.len().min(80)]))
        // "Exempel på rubrik: Svar på skrivelse från A (p)"
        && !EXAMPLE.is_match(&before[before.len().saturating_sub(40)..])
        // "Elsa Berg (S) hänvisar till sin motion och till svaret på den", in a debate.
        && !REFERS.is_match(&before[before.len().saturating_sub(120)..])
}

/// Who is to answer, and when.
static CHARGED: LazyLock<Regex> =
    LazyLock::new(|| tolerant(r"\b(?:uppdrag|uppdra[r]?|ombe)[a-z]*\b[^.]{0,80}$"));
static TO_COME: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r"^[a-z]*[^.\n]{0,40}\b(?:till|vid|inför|på|senast) (?:nästa|kommande|ett kommande|nämndens|mötet|sammanträdet|den|i)\b",
    )
});

/// What stands before an example.
static EXAMPLE: LazyLock<Regex> =
    LazyLock::new(|| tolerant(r"\b(?:exempel|exempelvis|rubrik[a-z]*)(?: på [a-z]+)?: ?\x22?$"));

/// What somebody says in a debate of an answer that was given before.
static REFERS: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r"\([a-z]{1,4}\) (?:hänvisa|påpeka|menar|menade|anser|ansåg|efterlys|kritisera|undra|påminn)[a-z]* [^.\n]{0,90}$",
    )
});

/// Where the initiative stands whose writers a passage names and that it decides on.
fn decided_initiative(scene: &Scene<'_>) -> Option<usize> {
    if scene.parts.whole {
        return None;
    }
    let one = scene.initiatives.iter().find(|one| {
        one.noun != Noun::Medborgarforslag && !one.who.marks.is_empty() && !one.earlier
    })?;
    is_decided(scene.sheet, scene.initiatives).then_some(one.at.start)
}

cue!(
    WAS_OUT,
    r"\b(?:har varit|varit ute|var|skickat [a-z]+|sänt [a-z]+|skickades|sändes|gått) på remiss (?:till|hos)\b"
);

/// Whether something was remitted to a nämnd: what a nämnd remits to its own office comes back to it.
pub(super) fn is_remitted(sheet: &Sheet) -> bool {
    cue!(
        TO_OFFICE,
        r"^\s+(?:[a-z-]+ ){0,3}[a-z-]*(?:förvaltning|kontor|avdelning|staben)"
    );
    let folded = sheet.folded.as_slice();
    REMITTED.may_be_in(sheet)
        && REMITTED.find_iter(folded).any(|found| {
            let behind = &folded[found.end()..(found.end() + 90).min(folded.len())];
            !found.as_bytes().ends_with(b"till") || !TO_OFFICE.is_match(behind)
        })
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
    // Below "Svar på skrivelse från A" it heads what A wrote.
    static ANSWER: LazyLock<Regex> = LazyLock::new(|| {
        tolerant(
            r"(?m)^[^\n]{0,120}\b(?:svar på|besvarande av) (?:en |inkommen )?(?:skrivelse|motion|interpellation|fråga|enkel)",
        )
    });
    if ANSWER.is_match(&folded[..found.get(0)?.start()]) {
        return None;
    }
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
    // "Anmälan av nya motioner. Förslag till beslut: Motionerna överlämnas till styrelsen".
    cue!(
        NEW,
        r"\banmälan av (?:nya |inkomna |inlämnade )?motion|\bnya motioner\b"
    );
    (!NEW.is_in(scene.sheet, before)
        && !is_about_another(scene)
        && PROPOSAL_TO_KF.is_in(scene.sheet, before)
        && svar.is_none_or(|svar| motion.at.start < svar.start))
    .then(|| motion.at.clone())
}

cue!(
    DISSENT_SHEET,
    r"^\W*(?:(?:skriftlig|gemensam) )?(?:reservation\b(?: (?:mot|i|till|gällande|avseende) [^\n]*)?|särskilt (?:uttalande|yttrande)|ersättaryttrande|protokollsanteckning|röstförklaring)[^\n]{0,30}\n"
);

cue!(
    OWN_MOTION,
    r"^\W*motion\s*\n\s*parti ?:|^\W*(?:\d{4}-\d\d-\d\d\s+)?motion till (?:kf|[a-z]*fullmäktige)\b[^\n]*\n|^\W*motion(?: (?:om|angående|gällande) |: ?|\n)[^\n]*\n+(?:motion )?till (?:kf|kommunfullmäktige|regionfullmäktige|landstingsfullmäktige|fullmäktige)\b"
);

// An interpellation itself, and that its writer asks.
cue!(
    OWN_QUESTION,
    r"^\W*(?:interpellation|enkel fråga|skriftlig fråga|fråga)(?: till [^\n]{0,120})?\n"
);
cue!(
    ASKS_NOW,
    r"\b(?:jag|vi) (?:vill |önskar |skulle vilja )?(?:därför |med anledning av [^.\n]{0,40} )?(?:fråga|undrar|frågar|ställa)\b|\b(?:min|mina|våra|vår) fråg(?:a|or)\b|\b(?:vill|önskar) (?:jag|vi) (?:därför )?(?:fråga|ställa|veta)|\bundertecknad"
);

/// What stands before "för kännedom" where something is enclosed.
static ENCLOSED: LazyLock<Regex> = LazyLock::new(|| tolerant(r"\bbifoga[sd]e? (?:[a-z]+ )?$"));

/// What a board does when it sends something out itself: `remittera ärendet till`, `remittering av`.
static SENDS: LazyLock<Regex> = LazyLock::new(|| tolerant(r"^remitter(?:a|ar|ing)\b"));

/// An answer to whoever writes, and one that has not come.
static OURS: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r" (?:vår|våra|min|mina) [a-z]+$|^svar på (?:redan|tidigare) |^svarar? [^.]*(?:motion|interpellation)er$",
    )
});
static STILL_WANTED: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r"^[^.\n]{0,60}? (?:dröjer|uteblir|uteblev|saknas|väntas|har inte kommit|(?:bör|borde|ska|skulle|får|måste|kan) vänta)\b",
    )
});

/// What stands before an answer that is asked for.
static ASKS: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r"\b(?:ha|få|får|fick inte|fått|önskar|önskas|begär|kräver|efterlyser|väntar på|ber om)(?: ett| skriftligt| tydligt| snabbt)* $",
    )
});

cue!(
    FOR_OPINION,
    r"\b(?:kommunstyrelse[a-z]*|regionstyrelsen|landstingsstyrelsen|stadsledningskontoret|kommunledning[a-z]*|kommunkansliet|arbetsutskottet|kommunfullmäktige)s? (?:har )?(?:[a-z]+ ){0,2}(?:remitterat|remitterade|sänt|skickat|översänt|begärt|överlämnat) [^.]{0,60}\b(?:yttrande|remiss)"
);

cue!(TO_REMISS, r"\bsom (?:sitt |nämndens )?svar på remissen\b");

// A proposal that says what is answered.
cue!(TO_LETTER, r"\bsom svar på (?:[a-z]+ )?skrivelse");

cue!(
    FROM_BODY,
    r"remiss(?:en)? (?:från|av)|\b(?:kommunstyrelsen|regionstyrelsen|landstingsstyrelsen|stadsledningskontoret|kommunledningskontoret|kommunstyrelseförvaltningen|arbetsutskottet) (?:har )?(?:[a-z]+ )?(?:remitterat|remitterade|sänt|skickat|översänt)"
);

cue!(
    AUTHORITY,
    r"skrivelse[n]? från (?:[a-z-]+ ){0,2}(?:socialstyrelsen|inspektionen|[a-z]*inspektion[a-z]*|[a-z]*verket|länsstyrelsen|justitieombudsmannen|jo\b|ivo\b|regeringen|[a-z]*departementet|polisen|polismyndigheten|skolinspektionen|datainspektionen)"
);

pub(super) fn from_authority(scene: &Scene<'_>) -> bool {
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
        r"(skrivelse|initiativ|yrkande)|(motion)|(interpellation|fråg[a-z]+)|(medborgar ?(?:förslag|initiativ)|e-förslag|(?:göteborgs|helsingborgs|ängelholms|mölndals|linköpings|umeå|partille|kungsbacka)förslag)"
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
