//! The words of an answer: where they stand → whether they give one, and what it answers.

use std::ops::Range;
use std::sync::LazyLock;

use regex::bytes::Regex;

use super::answer::Noun;
use super::answer_heading::of_same;
use super::cue::Cue;
use super::decide::{Decision, Reading, Scene};
use super::initiative_kind::{REMITTED, TO_BOARD};
use super::kind::Kind;
use super::shape::has_heading;
use super::sheet::{Gated, Sheet, begins, cue, ends, gated, tolerant};
use super::told::is_named_only;

/// Whether the words of an answer at `svar` give one.
pub(super) fn gives_answer(folded: &[u8], svar: &Range<usize>) -> bool {
    let before = &folded[..svar.start];
    let behind = &folded[svar.end..];
    let words = &folded[svar.clone()];
    let infinitive = words.starts_with(b"besvara ") || words.starts_with(b"svara ");
    let rest = behind
        .iter()
        .take_while(|byte| byte.is_ascii_lowercase())
        .count();
    // "Vi vill ha svar på följande frågor": who asks for an answer gives none.
    !ASKS.is_match(&before[before.len().saturating_sub(40)..])
        // "Ett svar på vår interpellation dröjer": no office says so.
        && !OURS.is_match(&folded[svar.start..svar.end + rest])
        && !STILL_WANTED.is_match(&behind[..behind.len().min(90)])
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
        // "Lena Ek (C) begär att nämnden ska besvara hennes skrivelse"
        && !(infinitive && WANTS.is_match(&before[before.len().saturating_sub(120)..]))
        // "Ordföranden svarar att skrivelsen tas upp i april"
        && !(words.starts_with(b"svara") && memchr::memmem::find(words, b" att ").is_some())
        // "I svaret på skrivelsen": one that was given before.
        && !(words.starts_with(b"svaret") && ends(before, b"i "))
        // "Svar på skrivelsen har lämnats av (S)", to the nämnd itself.
        && !CAME_IN.is_match(&behind[..behind.len().min(60)])
        // "Moderaterna och Centern har svarat på kommunstyrelsens skrivelse"
        && !(ends(before, b"svarat ") || OF_BODY.is_match(words))
        // "… meddelar att hon avser att besvara interpellationen vid nästa sammanträde"
        && (!INTENDS.is_match(&before[before.len().saturating_sub(40)..])
            || !TO_COME.is_match(&behind[..behind.len().min(80)]))
        // "… ska under hösten svara på motioner från A (p)"
        && !(infinitive
            && [" hosten ", " varen ", " sommaren ", " vintern "]
                .iter()
                .any(|season| ends(before, season.as_bytes())))
        // "Uppdrag till förvaltningen att besvara skrivelse från A (p)"
        && !(infinitive && IS_TO.is_match(&before[before.len().saturating_sub(100)..]))
        // "Återrapportering av uppdrag med anledning av bifallen motion"
        && !(memchr::memmem::find(words, b"uppdrag").is_some()
            && memchr::memmem::find(words, b"bifall").is_some())
        && !is_named_only(folded, svar.start)
        // "Exempel på rubrik: Svar på skrivelse från A (p)"
        && !EXAMPLE.is_match(&before[before.len().saturating_sub(40)..])
        // "Elsa Berg (S) hänvisar till sin motion och till svaret på den", in a debate.
        && !REFERS.is_match(&before[before.len().saturating_sub(120)..])
}

/// Whether somebody answers questions while a matter is debated: `§ 45 Budget`, and below it `Ordföranden svarar på frågor`.
pub(super) fn is_oral(scene: &Scene<'_>, svar: &Range<usize>) -> bool {
    let folded = scene.sheet.folded.as_slice();
    let words = &folded[svar.clone()];
    let questions = (words.starts_with(b"svara") || words.starts_with(b"besvara"))
        && holds(words, b"frag")
        && !["terp", "enk", "skrift", "munt"]
            .iter()
            .any(|kind| holds(words, kind.as_bytes()));
    questions && below_other_heading(scene, svar.start)
}

/// Whether a matter that is about something else only speaks of an answer: `§ 102 Rapporter`, and below it `rapporterar om svar
/// på motion från A (p)`. One that is given there is given (`som svar på`) or begins a sentence.
pub(super) fn is_spoken_of(scene: &Scene<'_>, svar: &Range<usize>) -> bool {
    const OF: [&str; 7] = ["om ", "av ", "med ", "infor ", "kring ", "mot ", "vid "];
    let folded = scene.sheet.folded.as_slice();
    let before = &folded[..svar.start];
    folded[svar.clone()].starts_with(b"svar ")
        && OF
            .iter()
            .any(|word| ends(before, format!(" {word}").as_bytes()))
        && below_other_heading(scene, svar.start)
}

/// Whether a matter's heading stands above `at` that speaks of no initiative and no answer.
pub(super) fn below_other_heading(scene: &Scene<'_>, at: usize) -> bool {
    if !has_heading(scene, at) {
        return false;
    }
    let folded = scene.sheet.folded.trim_ascii_start();
    let heading = memchr::memchr(b'\n', folded).map_or(folded, |end| &folded[..end]);
    ![
        "frag",
        "terp",
        "svar",
        "otion",
        "skrivelse",
        "nitiativ",
        "yttra",
    ]
    .iter()
    .any(|word| holds(heading, word.as_bytes()))
}

/// Who asks that an initiative be answered.
static WANTS: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r"\b(?:begär|undrar|frågar|kräver|efterlyser|önskar|påminner|uppmanar)(?:[a-z]*)? [^.\n]{0,80}\b(?:att|när|varför|om) [^.\n]{0,60}$",
    )
});

/// Who is to answer, and when.
static CHARGED: LazyLock<Regex> =
    LazyLock::new(|| tolerant(r"\b(?:uppdrag|uppdra[r]?|ombe)[a-z]*\b[^.]{0,80}$"));
static TO_COME: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r"^[a-z]*[^.\n]{0,40}\b(?:till|vid|inför|på|senast) (?:nästa|kommande|ett kommande|nämndens|mötet|sammanträdet|den|i)\b",
    )
});

/// An answer to what a body of the municipality wrote itself.
static OF_BODY: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r" (?:[a-z]*(?:nämnden|styrelsen|fullmäktige|utskottet|beredningen)|revisorerna|revisionen)s (?:skrivelse|fråga|frågor)$",
    )
});

/// An answer that others gave.
static CAME_IN: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(r"^[a-z]* (?:har )?(?:lämnats|lämnades|inkommit|inkom|kommit in|kom in) (?:av|från)\b")
});

/// Whoever will answer another day, and whoever is told to.
static INTENDS: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r"\b(?:avser(?: att)?|kommer att|ska|skall|lovar att|tänker)(?: (?:under|till|i|på) [a-z]+)? $",
    )
});
static IS_TO: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r"(?:\buppdra(?:r|s)?(?: åt)?|\bge[rs]?(?: [a-z]+){1,2} i uppdrag|^[^a-z]*uppdrag till|\n[^a-z]*uppdrag till) [^.\n]{0,60}\batt $",
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

/// An answer to whoever writes, and one that has not come.
static OURS: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r" (?:vår|våra|min|mina) [a-z]+$|^svar på (?:redan|tidigare) |^svarar? [^.]*(?:motion|interpellation)er$",
    )
});
static STILL_WANTED: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r"^[^.\n]{0,60}? (?:dröjer|uteblir|uteblev|saknas|väntas|har inte kommit|(?:bör|borde|ska|skulle|får|måste|kan) vänta|kommer att (?:lämnas|ges|behandlas|tas upp|redovisas|presenteras))\b",
    )
});

/// What stands before an answer that is asked for.
static ASKS: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(
        r"\b(?:ha|få|får|fick inte|fått|önskar|önskas|begär|kräver|efterlyser|väntar på|ber om)(?: ett| skriftligt| tydligt| snabbt)* $",
    )
});

/// An answer's own words.
pub(super) fn svar(reading: &Reading<'_>) -> Option<Decision> {
    let svar = reading.svar()?;
    let words = &reading.folded[svar.clone()];
    let kind = if names_remiss(words) || answers_remiss(reading, words) {
        Kind::SvarPaRemiss
    } else {
        match answered_noun(reading, svar) {
            Some(Noun::Skrivelse) => Kind::SvarPaSkrivelse,
            Some(Noun::Motion) => Kind::SvarPaMotion,
            Some(Noun::Interpellation) if asked_in_letter(reading, svar) => Kind::SvarPaSkrivelse,
            Some(Noun::Interpellation) => Kind::SvarPaInterpellation,
            Some(Noun::Medborgarforslag) => Kind::SvarPaMedborgarforslag,
            None => Kind::SvarPaRemiss,
        }
    };
    // An authority's skrivelse is a remiss by another name.
    let kind = match kind {
        Kind::SvarPaSkrivelse if from_authority(reading.scene) => Kind::SvarPaRemiss,
        kind => kind,
    };
    Some(Decision::answering(kind, svar.clone()))
}

/// Whether `words` hold this stem.
fn holds(words: &[u8], stem: &[u8]) -> bool {
    memchr::memmem::find(words, stem).is_some()
}

/// Whether an answer's words name a remiss.
fn names_remiss(words: &[u8]) -> bool {
    words
        .windows(5)
        .any(|part| matches!(part, b"remis" | b"remit" | b"rem1s" | b"remls"))
}

/// Whether a motion or a skrivelse is answered because another body remitted it here.
fn answers_remiss(reading: &Reading<'_>, words: &[u8]) -> bool {
    let (scene, sheet, folded) = (reading.scene, reading.sheet, reading.folded);
    let letter = holds(words, b"skr");
    if !letter && !holds(words, b"otion") {
        return false;
    }
    let remiss = named_remiss(reading).is_some();
    let opens = words.trim_ascii_start();
    let of_others = !is_assembly(scene) && !scene.namnd.contains("styrelse");
    let to_namnd = of_others && scene.namnd.contains("namnd");
    // "Svar på motion … Remiss från kommunstyrelsen" is a remiss's answer.
    let sent = remiss
        && !scene.parts.whole
        && !(letter && TO_LETTER.is_in(sheet, folded))
        && (FROM_BODY.is_in(sheet, folded) || of_others && is_remitted(sheet));
    // "Yttrande till kommunstyrelsen över motion (V)", and "svar till kommunstyrelsen på motion" is the motion's own.
    let opinion = to_namnd
        && opens.starts_with(b"yttrande")
        && (TO_BOARD.is_in(sheet, words) || FOR_OPINION.is_in(sheet, folded));
    // Without a header the board named there is no sender.
    let to_board = !scene.headed && remiss && opens.starts_with(b"yttrande till kommunstyrelsen");
    // "Yttrande över motion av A (p)", and the nämnd sends it "som svar på remissen".
    sent || opinion || to_board || to_namnd && TO_REMISS.is_in(sheet, folded)
}

/// What the words of an answer at `svar` answer.
fn answered_noun(reading: &Reading<'_>, svar: &Range<usize>) -> Option<Noun> {
    // "Svar på medborgarförslag och skrivelse från A (p)": who has a party is answered, too.
    static AND_LETTER: LazyLock<Regex> = LazyLock::new(|| {
        tolerant(r"^[a-z]* (?:och|samt) (?:en |på )?(?:skrivelse|motion)(?:en|er)? (?:från|av) ")
    });
    let joined = AND_LETTER
        .find(&reading.folded[svar.end..])
        .map(|joined| joined.as_bytes())
        .filter(|_| {
            let mut initiatives = reading.scene.initiatives.iter();
            initiatives.any(|one| !one.who.marks.is_empty())
        });
    last_noun(joined.unwrap_or(&reading.folded[svar.clone()]))
}

/// Whether the questions that are answered were put in a skrivelse: "Svar på frågor från V", and V has written one.
fn asked_in_letter(reading: &Reading<'_>, svar: &Range<usize>) -> bool {
    let words = &reading.folded[svar.clone()];
    !is_assembly(reading.scene)
        && !holds(words, b"terp")
        && !holds(words, b"enkel")
        && reading.scene.initiatives.iter().any(|one| {
            one.noun == Noun::Skrivelse && !one.earlier && of_same(reading.scene, one, svar)
        })
}

/// A remiss that is answered without an answer's words.
pub(super) fn remiss(reading: &Reading<'_>) -> Option<Decision> {
    let place = named_remiss(reading)?;
    Some(Decision::answering(Kind::SvarPaRemiss, place))
}

/// The word of a remiss that came here.
fn named_remiss(reading: &Reading<'_>) -> Option<Range<usize>> {
    let (scene, folded) = (reading.scene, reading.folded);
    let remiss = reading.find(Cue::Remiss)?;
    let assembly = is_assembly(scene);
    // The assembly answers motions itself; remisses are what was asked on the way.
    let motion_here = assembly
        && scene.initiatives.iter().any(|one| match one.noun {
            Noun::Motion | Noun::Interpellation => !one.who.is_empty(),
            Noun::Medborgarforslag => !ends(&folded[..one.at.start], b"remiss av "),
            _ => false,
        });
    let board = assembly || scene.namnd.contains("styrelse");
    let aside = || reading.find(Cue::RemissAside).is_some() && reading.find(Cue::Svar).is_none();
    (!motion_here && !(board && SENDS.is_match(&folded[remiss.start..])) && !aside())
        .then_some(remiss)
}

/// Whether the paper is an assembly's.
fn is_assembly(scene: &Scene<'_>) -> bool {
    scene.namnd.contains("fullmaktige")
}

/// What a board does when it sends something out itself: `remittera ärendet till`, `remittering av`.
static SENDS: LazyLock<Regex> = LazyLock::new(|| tolerant(r"^remitter(?:a|ar|ing)\b"));

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
