//! The kind of paper: a sheet and its initiatives → what it is, and which words tell.
//!
//! The rules are [`STEPS`], in the order in which they are asked; the first that fits decides.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

use super::announced::{announced, list_of_files};
use super::answer::Initiative;
use super::answer_heading::answer_in_heading;
use super::at_meeting::at_meeting;
use super::cue::{Cue, Held};
use super::fate::is_decided;
use super::front;
use super::given::gives_answer;
use super::head::Parts;
use super::initiative_kind::by_initiative;
use super::kind::Kind;
use super::matter::List;
use super::noun::Noun;
use super::own_sheet::{
    attachment, dissent, label, own_motion, own_question, proposed_motion, titled,
};
use super::shape::{extract, has_heading, is_chatter, is_news, is_page, is_roll};
use super::sheet::{Gated, Sheet, cue, ends, gated};
use super::svar::{is_oral, is_spoken_of, only_says, remiss, svar};

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
    /// Whether the header names one section of minutes: `Möte 2019-06-17 § 58`.
    pub(super) section: bool,
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

impl Decision {
    /// A paper of this kind, as the words at `place` tell.
    pub(super) fn of(kind: Kind, place: impl Into<Option<Range<usize>>>) -> Decision {
        Decision {
            kind,
            place: place.into(),
            remiss: false,
        }
    }

    /// As [`Decision::of`]; what answers a remiss answers one that came here.
    pub(super) fn answering(kind: Kind, place: Range<usize>) -> Decision {
        Decision {
            remiss: kind == Kind::SvarPaRemiss,
            ..Decision::of(kind, place)
        }
    }
}

/// A rule: what it decides, where it fits.
type Step = fn(&Reading<'_>) -> Option<Decision>;

/// The rules in the order in which they are asked.
const STEPS: [Step; 25] = [
    // What a paper is as a whole, and what it says of itself in its first lines.
    whole_list,
    label,
    news,
    own_question,
    dissent,
    summons,
    own_motion,
    attachment,
    titled,
    front_of_minutes,
    proposed_motion,
    list_of_files,
    reordered,
    noted,
    // What is only made known, and what is done at a meeting.
    announced,
    at_meeting,
    // Answers: what was out on remiss, an answer's own words, a remiss, what is told of an initiative.
    was_out,
    struck,
    svar,
    remiss,
    initiative,
    opinion,
    // What is no matter of a nämnd's.
    roll,
    not_a_matter,
    prose,
];

/// Decides the kind. What no rule tells is a matter that the nämnd decides.
pub(super) fn decide(scene: &Scene<'_>) -> Decision {
    let reading = Reading::of(scene);
    STEPS
        .iter()
        .find_map(|step| step(&reading))
        .unwrap_or_else(|| Decision::of(Kind::Arende, None))
}

/// A scene that is being read: what several rules ask of it is found once, when the first asks.
pub(super) struct Reading<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) sheet: &'a Sheet,
    /// The sheet's folded copy.
    pub(super) folded: &'a [u8],
    /// The parts in which the paper says what it is, with the cues that each holds.
    focus: Vec<(Range<usize>, Held)>,
    svar: OnceCell<Option<Range<usize>>>,
    headed_answer: OnceCell<bool>,
    decided: OnceCell<Option<usize>>,
    extract: OnceCell<Option<Range<usize>>>,
}

impl<'a> Reading<'a> {
    fn of(scene: &'a Scene<'a>) -> Reading<'a> {
        let sheet = scene.sheet;
        let folded = sheet.folded.as_slice();
        Reading {
            scene,
            sheet,
            folded,
            focus: focus(scene)
                .into_iter()
                .map(|range| (range.clone(), Held::by(sheet, &folded[range])))
                .collect(),
            svar: OnceCell::new(),
            headed_answer: OnceCell::new(),
            decided: OnceCell::new(),
            extract: OnceCell::new(),
        }
    }

    /// Where `cue` stands first.
    pub(super) fn find(&self, cue: Cue) -> Option<Range<usize>> {
        self.focus.iter().find_map(|(range, held)| {
            let found = held.find(cue, &self.folded[range.clone()])?;
            Some(found.start + range.start..found.end + range.start)
        })
    }

    /// Where `cue` stands first so that it `fits`.
    pub(super) fn first(
        &self,
        cue: Cue,
        fits: impl Fn(&Range<usize>) -> bool,
    ) -> Option<Range<usize>> {
        self.focus.iter().find_map(|(range, held)| {
            let mut from = range.start;
            loop {
                let found = held.find(cue, self.folded.get(from..range.end)?)?;
                let place = found.start + from..found.end + from;
                if fits(&place) {
                    return Some(place);
                }
                from = place.end.max(from + 1);
            }
        })
    }

    /// The first words that give an answer.
    pub(super) fn svar(&self) -> Option<&Range<usize>> {
        self.svar
            .get_or_init(|| {
                self.first(Cue::Svar, |svar| {
                    // "16 Yttrande över detaljplan", an empty line, "Remiss": the word is a field of its own.
                    !self.folded[svar.clone()].ends_with(b"\n\nremiss")
                        && gives_answer(self.folded, svar)
                        && !is_oral(self.scene, svar)
                        && !is_spoken_of(self.scene, svar)
                        && !only_says(self.scene, svar)
                })
            })
            .as_ref()
    }

    /// Whether the heading says that a party's own letter is answered, whatever its topic begins with.
    pub(super) fn headed_answer(&self) -> bool {
        *self
            .headed_answer
            .get_or_init(|| answer_in_heading(self.scene, self.svar()))
    }

    /// Where the initiative stands whose writers a passage names and that it decides on.
    pub(super) fn decided(&self) -> Option<usize> {
        *self.decided.get_or_init(|| decided_initiative(self.scene))
    }

    /// The heading of the only matter of an extract from minutes.
    pub(super) fn extract(&self) -> Option<&Range<usize>> {
        self.extract.get_or_init(|| extract(self.scene)).as_ref()
    }
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

/// A whole protokoll or agenda of several matters.
fn whole_list(reading: &Reading<'_>) -> Option<Decision> {
    match reading.scene.list? {
        List::Protokoll => Some(Decision::of(Kind::Protokoll, reading.find(Cue::Attendance))),
        List::Agenda => Some(Decision::of(Kind::Other, None)),
    }
}

/// What a newspaper or a party tells, and what a page explains.
fn news(reading: &Reading<'_>) -> Option<Decision> {
    (is_news(reading.scene) || is_page(reading.scene)).then(|| Decision::of(Kind::Other, None))
}

/// The notice of a meeting.
fn summons(reading: &Reading<'_>) -> Option<Decision> {
    if reading.scene.headed || reading.headed_answer() {
        return None;
    }
    Some(Decision::of(Kind::Other, front::summons(reading.folded)?))
}

/// "Protokoll från socialutskottets sammanträde", and below it who was there.
fn front_of_minutes(reading: &Reading<'_>) -> Option<Decision> {
    Some(Decision::of(
        Kind::Protokoll,
        front::minutes(reading.folded)?,
    ))
}

cue!(
    REORDERED,
    r"^\W*(?:(?:kf|ks) )?(?:\d{1,3}[.)]?\s+)?(?:(?:ändring(?:ar)?|förändring(?:ar)?|ändrad ordning) (?:av|i|på) (?:dagens )?(?:dagordning|föredragningslista|ärendelista)|ändrad (?:dagordning|föredragningslista|ärendelista))"
);

/// A section on the order in which matters are taken: what it names is treated elsewhere.
fn reordered(reading: &Reading<'_>) -> Option<Decision> {
    let folded = reading.folded;
    if !reading.scene.headed || !REORDERED.is_in(reading.sheet, folded) {
        return None;
    }
    // Other matters may stand below it.
    let mut below = folded
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::trim_ascii)
        .skip(1);
    let others = below.any(|line| {
        let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
        line.starts_with(b"$")
            || (1..4).contains(&digits) && matches!(line.get(digits), Some(b'.' | b')' | b' '))
    });
    (!others).then(|| Decision::of(Kind::Arende, None))
}

cue!(
    WAS_OUT,
    r"\b(?:har varit|varit ute|var|skickat [a-z]+|sänt [a-z]+|skickades|sändes|gått) på remiss (?:till|hos)\b"
);

/// "… har skickat motionen på remiss till X … motionen avslås": the answer of those who asked X.
fn was_out(reading: &Reading<'_>) -> Option<Decision> {
    if reading.decided().is_none() || !WAS_OUT.is_in(reading.sheet, reading.folded) {
        return None;
    }
    let (kind, place) = by_initiative(reading.scene)?;
    Some(Decision::of(kind, place))
}

cue!(
    STRUCK,
    r"\b(?:ärendet|punkten|paragrafen|frågan|interpellationen) (?:utgår|utgick|har utgått|dras (?:tillbaka|ur)|drogs (?:tillbaka|ur)|lyfts ut)\b|\b(?:drar|tar|drog|tog) tillbaka (?:sin|sitt|sina) |\båter(?:tar|tog|tagit|kallar|kallat) (?:sin|sitt|sina|motion|interpellation|skrivelse|initiativ)"
);
cue!(
    PUT_OFF,
    r"\b(?:interpellation|fråga|ärende)[a-z]* bordl|\bbordlägg(?:a|er|s)? (?:interpellation|fråga|ärende)"
);
cue!(
    POSTPONED,
    r"\b(?:svaret|ärendet|interpellationen|frågan|punkten) (?:skjuts|sköts|flyttas|flyttades) (?:upp|fram|till)\b"
);
cue!(
    HEARD,
    r"\b(?:besvara[dt]|besvarar|svarar|debatt[a-z]*|lämnar svar|svaret)\b"
);

cue!(
    NOTED,
    r"\b(?:noterar|antecknar|registrerar) (?:[a-z]*initiativet|skrivelsen) som (?:inkommet|inkommen|väckt|mottaget|mottagen)\b"
);

/// A letter of which a meeting decides only that it has come in: what is to be said of it is said another day.
fn noted(reading: &Reading<'_>) -> Option<Decision> {
    let is_noted = reading.scene.headed && NOTED.is_in(reading.sheet, reading.folded);
    is_noted.then(|| Decision::of(Kind::Skrivelse, None))
}

/// A matter that a meeting does not take up: it is struck off, or the one who asked is not there to get the answer.
fn struck(reading: &Reading<'_>) -> Option<Decision> {
    let (sheet, folded) = (reading.sheet, reading.folded);
    let svar = reading.svar().filter(|_| reading.scene.headed)?;
    if STRUCK.is_in(sheet, folded) {
        return Some(Decision::of(Kind::Arende, None));
    }
    let words = &folded[svar.clone()];
    let question = [&b"terp"[..], b"frag"]
        .iter()
        .any(|word| memchr::memmem::find(words, word).is_some());
    let behind = &folded[svar.end..];
    let put_off = POSTPONED.is_in(sheet, behind)
        || PUT_OFF.is_in(sheet, behind) && !HEARD.is_in(sheet, behind);
    (question && put_off).then(|| Decision::of(Kind::Interpellation, svar.clone()))
}

/// What is told of an initiative where no answer's words stand.
fn initiative(reading: &Reading<'_>) -> Option<Decision> {
    let (kind, place) = by_initiative(reading.scene)?;
    Some(Decision::answering(kind, place))
}

cue!(
    SENT_OUT,
    r"\b(?:överlämna|remittera|skicka|sända|sänder|översänd)[a-z]* [^.\n]{0,100}\bför$"
);

// "Förslag till detaljplan skickas ut på samråd": whoever sends it makes it.
cue!(
    SENDS_PLAN,
    r"\b(?:skickas|sänds|skicka|sända|skickar|sänder|ställs|ställa) (?:[a-z]+ ){0,3}(?:ut )?(?:på|för|till) (?:samråd|granskning|utställning)\b"
);

/// An opinion that others asked for, a plan that others make.
fn opinion(reading: &Reading<'_>) -> Option<Decision> {
    let (scene, folded) = (reading.scene, reading.folded);
    let opinion = reading.find(Cue::Opinion).filter(|opinion| {
        let before = folded[..opinion.start].trim_ascii_end();
        !before.ends_with(b"sarskilt")
            // "… överlämnar granskningen till socialnämnden för yttrande"
            && !SENT_OUT.is_match(&before[before.len().saturating_sub(120)..])
    });
    let place = opinion.or_else(|| {
        // The board of building makes plans; the others are asked what they think of them.
        reading
            .find(Cue::Consulted)
            .filter(|_| !scene.parts.whole && !scene.namnd.contains("byggnad"))
            // "Detaljplan för kv. Eken, samrådsbeslut": whoever decides on it makes it.
            .filter(|place| !folded[place.end..].starts_with(b"sbeslut"))
            .filter(|_| !SENDS_PLAN.is_in(reading.sheet, folded))
            // "Antagande av förslag till detaljplan": the assembly's own.
            .filter(|place| !ends(folded[..place.start].trim_ascii_end(), b"antagande av"))
    })?;
    Some(Decision::of(Kind::SvarPaRemiss, place))
}

/// A list of attendees.
fn roll(reading: &Reading<'_>) -> Option<Decision> {
    (is_roll(reading.scene) && !has_heading(reading.scene, reading.folded.len()))
        .then(|| Decision::of(Kind::Protokoll, None))
}

/// What surrounds a nämnd's papers: files, addresses of a page, calls to a meeting.
fn not_a_matter(reading: &Reading<'_>) -> Option<Decision> {
    // The files below a matter's heading are its attachments.
    let place = reading
        .find(Cue::NotAMatter)
        .filter(|place| !has_heading(reading.scene, place.start))?;
    Some(Decision::of(Kind::Other, place))
}

cue!(
    CONTACT,
    r"telefon|växel|organisationsnummer|org\.?nr|bankgiro|plusgiro|\btfn\b|\bfax\b|\bbox \d|e-post|\b\d{3} \d\d [a-z]+"
);

/// A letterhead alone, prose about parties, or nothing.
fn prose(reading: &Reading<'_>) -> Option<Decision> {
    let folded = reading.folded;
    let contacts = || CONTACT.find_iter(&folded[..folded.len().min(2000)]).count();
    let numbered = folded
        .trim_ascii_start()
        .first()
        .is_some_and(|byte| byte.is_ascii_digit() || *byte == b'$');
    let other = folded.trim_ascii().is_empty()
        || !reading.scene.parts.whole && (!numbered && contacts() > 1 || is_chatter(reading.scene));
    other.then(|| Decision::of(Kind::Other, None))
}
