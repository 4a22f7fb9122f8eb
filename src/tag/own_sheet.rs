//! Sheets that are somebody's own: the first lines say that they are a skrivelse, a motion, an interpellation or a dissent
//! itself, or a board's words to the assembly on a motion.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::about::is_about_another;
use super::decide::{Decision, Reading, Scene};
use super::initiative_kind::{PROPOSAL_TO_KF, WITHDRAWAL};
use super::kind::Kind;
use super::noun::Noun;
use super::sheet::{Gated, cue, gated, tolerant};

/// A line of its own that says the kind.
pub(super) fn label(reading: &Reading<'_>) -> Option<Decision> {
    let (kind, place) = label_line(reading.scene)?;
    // On the head of an extract's sheet it names the minutes, whatever the matter is.
    (kind != Kind::Protokoll || reading.extract().is_none()).then(|| Decision::of(kind, place))
}

/// An interpellation or a question itself.
pub(super) fn own_question(reading: &Reading<'_>) -> Option<Decision> {
    if reading.scene.headed || !OWN_QUESTION.may_be_in(reading.sheet) {
        return None;
    }
    let own = OWN_QUESTION.find(reading.folded)?;
    ASKS_NOW
        .is_in(reading.sheet, reading.folded)
        .then(|| Decision::of(Kind::Interpellation, own.range()))
}

/// A sheet of its own that somebody leaves to the minutes.
pub(super) fn dissent(reading: &Reading<'_>) -> Option<Decision> {
    if reading.scene.headed {
        return None;
    }
    let sheet = DISSENT_SHEET.find(reading.folded)?;
    Some(Decision::of(Kind::Other, sheet.range()))
}

/// A motion itself that speaks of answers.
pub(super) fn own_motion(reading: &Reading<'_>) -> Option<Decision> {
    if reading.scene.headed || reading.scene.parts.whole || !OWN_MOTION.may_be_in(reading.sheet) {
        return None;
    }
    let motion = OWN_MOTION.find(reading.folded)?;
    Some(Decision::of(Kind::Motion, motion.range()))
}

/// The sheet that heads an attachment, or lists attachments: what it names is answered elsewhere.
pub(super) fn attachment(reading: &Reading<'_>) -> Option<Decision> {
    let scene = reading.scene;
    if scene.headed || scene.parts.whole || reading.headed_answer() {
        return None;
    }
    let line = first_line(reading.folded)?;
    let text = &reading.folded[line.clone()];
    let rest = text
        .strip_prefix(b"bilagor")
        .or_else(|| text.strip_prefix(b"bilaga"))?;
    // "Bilagor", "Bilaga 2", "Bilaga till tjänsteutlåtande KS 2020/12"
    let own = rest.iter().all(|byte| !byte.is_ascii_alphabetic());
    let to = rest.windows(6).any(|part| part == b" till ");
    let short = reading.folded.len() < LONGEST_ATTACHMENT;
    ((own || to) && short).then(|| Decision::of(Kind::Other, line))
}

/// Bytes of a sheet that only names what is attached.
const LONGEST_ATTACHMENT: usize = 600;

/// The first line that is not blank, from its first letter to its end.
fn first_line(folded: &[u8]) -> Option<Range<usize>> {
    let start = folded.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let end = memchr::memchr(b'\n', &folded[start..]).map_or(folded.len(), |end| start + end);
    let sign = folded[start..end]
        .iter()
        .position(u8::is_ascii_alphabetic)?;
    Some(start + sign..end)
}

/// Titles of what is planned or listed: whose letters are named there, is answered elsewhere.
const LISTS: [(&[u8], Kind); 23] = [
    (b"postlista", Kind::Other),
    (b"diarielista", Kind::Other),
    (b"diarieforteckning", Kind::Other),
    (b"uppdragslista", Kind::Other),
    (b"beslutslogg", Kind::Other),
    (b"uppdragslogg", Kind::Other),
    (b"planerade arenden", Kind::Other),
    (b"kommande arenden", Kind::Other),
    (b"arendeplan", Kind::Other),
    (b"arbetsplan for ", Kind::Other),
    (b"namndens arbetsplan", Kind::Other),
    (b"namndens arsplan", Kind::Other),
    (b"arshjul", Kind::Other),
    (b"protokollsbilaga", Kind::Other),
    (b"innehallsforteckning", Kind::Other),
    (b"checklista", Kind::Other),
    (b"mall for ", Kind::Other),
    (b"rutin for ", Kind::Other),
    (b"delegationslista", Kind::Anmalan),
    (b"dagordningens ", Kind::Protokoll),
    (b"talarlista", Kind::Protokoll),
    (b"omrostningslista", Kind::Protokoll),
    (b"voteringslista", Kind::Protokoll),
];

/// Words of the title of what somebody writes to many.
const LETTERS: [&[u8]; 4] = [
    b"nyhetsbrev",
    b"veckobrev",
    b"manadsbrev",
    b"pressmeddelande",
];

/// Words of a title of rules: they say how letters are answered.
const RULES: [&[u8]; 5] = [
    b"reglemente",
    b"arbetsordning",
    b"delegationsordning",
    b"delegeringsordning",
    b"bolagsordning",
];

/// Words of a title that is about something else, though it names rules.
const BESIDE_RULES: [&[u8]; 14] = [
    b"svar",
    b"otion",
    b"skrivelse",
    b"terpell",
    b"frag",
    b"initiativ",
    b"medborgar",
    b"yttra",
    b"remis",
    b"samrad",
    b"anmal",
    b"inform",
    b"redovis",
    b"enligt",
];

/// Bytes that a title may have.
const LONGEST_TITLE: usize = 120;

/// Lines at the beginning of a paper of which one may be its title.
const TITLE_LINES: usize = 3;

/// What its title says is no paper of one matter: a plan, a list, or rules.
pub(super) fn titled(reading: &Reading<'_>) -> Option<Decision> {
    let mut start = 0;
    let lines = reading.folded.split(|byte| *byte == b'\n').map(|line| {
        let range = start..start + line.len();
        start = range.end + 1;
        range
    });
    lines
        .filter_map(|line| {
            let text = &reading.folded[line.clone()];
            let letter = text.iter().position(u8::is_ascii_alphabetic)?;
            Some(line.start + letter..line.end)
        })
        .take(TITLE_LINES)
        .take_while(|line| line.len() < LONGEST_TITLE)
        .find_map(|line| {
            let kind = kind_of_title(&reading.folded[line.clone()])?;
            // In an agenda it is a matter as any other.
            let kind = match kind {
                Kind::Other if reading.scene.headed => Kind::Arende,
                kind => kind,
            };
            Some(Decision::of(kind, line))
        })
}

/// The kind that a title tells alone.
fn kind_of_title(title: &[u8]) -> Option<Kind> {
    let holds = |words: &[&[u8]]| {
        words
            .iter()
            .any(|word| memchr::memmem::find(title, word).is_some())
    };
    let list = LISTS.iter().find(|(words, _)| title.starts_with(words));
    match list {
        Some((_, kind)) => Some(*kind),
        None if holds(&LETTERS) || title.trim_ascii() == b"innehall" => Some(Kind::Other),
        None => (holds(&RULES) && !holds(&BESIDE_RULES)).then_some(Kind::Arende),
    }
}

/// "Utl. 2012:45 … Motion av A (p)": what follows of remisses, answers and votes belongs to the motion's answer.
pub(super) fn proposed_motion(reading: &Reading<'_>) -> Option<Decision> {
    // "Återtagande av motioner": nothing is proposed on what its writers take back.
    if reading.scene.parts.whole || WITHDRAWAL.is_in(reading.sheet, reading.folded) {
        return None;
    }
    let motion = board_motion(reading.scene, reading.svar())?;
    Some(Decision::of(Kind::SvarPaMotion, motion))
}

/// The kind that a line of its own says at the beginning of a paper: `Skrivelse`, `Protokoll`. An office's report says
/// `Tjänsteutlåtande`, and what it answers is said elsewhere.
fn label_line(scene: &Scene<'_>) -> Option<(Kind, Range<usize>)> {
    static LABEL: LazyLock<Pattern> = LazyLock::new(|| {
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
    static ANSWER: LazyLock<Pattern> = LazyLock::new(|| {
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
fn board_motion(scene: &Scene<'_>, svar: Option<&Range<usize>>) -> Option<Range<usize>> {
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
    r"\b(?:jag|vi) (?:vill |önskar |skulle vilja )?(?:därför |med anledning av [^.\n]{0,40} )?(?:fråga|undrar|frågar|ställa)\b|\b(?:min|mina|våra|vår) fråg(?:a|or)\b|\b(?:vill|önskar) (?:jag|vi) (?:därför )?(?:fråga|ställa|veta|ha svar)|\bundertecknad"
);
