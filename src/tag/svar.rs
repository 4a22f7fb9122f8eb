//! The words of an answer: where they stand → what is answered.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::answer_heading::of_same;
use super::cue::Cue;
use super::decide::{Decision, Reading, Scene};
use super::initiative_kind::{REMITTED, TO_BOARD};
use super::kind::Kind;
use super::noun::Noun;
use super::shape::has_heading;
use super::sheet::{Gated, Sheet, cue, ends, gated, tolerant};

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

/// Whether the words tell what somebody said in a letter: `har i yttrande anfört att frågan prövas nästa år`.
pub(super) fn only_says(scene: &Scene<'_>, svar: &Range<usize>) -> bool {
    static SAID: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^(?:yttrande|svar)[a-z]* (?:[a-z]+ ){0,3}(?:anfört|anförde|anför|framfört|framförde|framför|uppgett|uppgav|påpekat|skriver|skrev|skrivit|framhåller|framhållit) att\b",
        )
    });
    let folded = scene.sheet.folded.as_slice();
    SAID.is_match(&folded[svar.clone()])
        && [" i ", " i sitt ", " i ett "]
            .iter()
            .any(|word| ends(&folded[..svar.start], word.as_bytes()))
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
        && (TO_BOARD.is_in(sheet, words)
            || FOR_OPINION.is_in(sheet, folded)
            || HANDS_TO_BOARD.is_in(sheet, folded));
    // Without a header the board named there is no sender.
    let to_board = !scene.headed && remiss && opens.starts_with(b"yttrande till kommunstyrelsen");
    // "Yttrande över motion av A (p)", and the nämnd sends it "som svar på remissen".
    // "Fullmäktige har gett nämnden möjlighet att yttra sig över motion av A (p)"
    let asked = to_namnd && !letter && opens.starts_with(b"yttra") && is_asked(sheet);
    sent || opinion || to_board || asked || to_namnd && TO_REMISS.is_in(sheet, folded)
}

/// What the words of an answer at `svar` answer.
fn answered_noun(reading: &Reading<'_>, svar: &Range<usize>) -> Option<Noun> {
    // "Svar på medborgarförslag och skrivelse från A (p)": who has a party is answered, too.
    static AND_LETTER: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(r"^[a-z]* (?:och|samt) (?:en |på )?(?:skrivelse|motion)(?:en|er)? (?:från|av) ")
    });
    let joined = AND_LETTER
        .find(&reading.folded[svar.end..])
        .map(|joined| joined.as_bytes())
        .filter(|_| {
            let mut initiatives = reading.scene.initiatives.iter();
            initiatives.any(|one| !one.who.marks.is_empty())
        });
    last_noun(joined.unwrap_or(&reading.folded[svar.clone()])).or_else(|| {
        // "Svar på begäran från (M)"
        let mut initiatives = reading.scene.initiatives.iter();
        initiatives
            .find(|one| one.noun == Noun::Skrivelse && svar.contains(&one.at.start))
            .map(|one| one.noun)
    })
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
    let sends = board && SENDS.is_match(&folded[remiss.start..]);
    let aside = || reading.find(Cue::RemissAside).is_some() && reading.find(Cue::Svar).is_none();
    let elsewhere = motion_here || sends || aside() || is_of_next(reading, &remiss);
    (!elsewhere).then_some(remiss)
}

/// Whether a remiss is the matter of another number below a party's letter: `16 Gångvägar. Skrivelse från A (p)`, and then
/// `17 Buller. Remiss`.
fn is_of_next(reading: &Reading<'_>, remiss: &Range<usize>) -> bool {
    let folded = reading.folded;
    let is_numbered = |line: &[u8]| {
        line.trim_ascii_start()
            .first()
            .is_some_and(u8::is_ascii_digit)
    };
    reading.scene.headed
        && reading.scene.initiatives.iter().any(|one| {
            let start = memchr::memrchr(b'\n', &folded[..one.at.start]).map_or(0, |line| line + 1);
            matches!(one.noun, Noun::Skrivelse | Noun::Interpellation)
                && !one.who.marks.is_empty()
                && !one.new
                && one.at.end < remiss.start
                && is_numbered(&folded[start..])
                && folded[one.at.end..remiss.start]
                    .split(|byte| *byte == b'\n')
                    .skip(1)
                    .any(is_numbered)
        })
}

/// Whether the paper is an assembly's.
fn is_assembly(scene: &Scene<'_>) -> bool {
    scene.namnd.contains("fullmaktige")
}

/// What a board does when it sends something out itself: `remittera ärendet till`, `remittering av`.
static SENDS: LazyLock<Pattern> = LazyLock::new(|| tolerant(r"^remitter(?:a|ar|ing)\b"));

cue!(
    FOR_OPINION,
    r"\b(?:kommunstyrelse[a-z]*|regionstyrelsen|landstingsstyrelsen|stadsledningskontoret|kommunledning[a-z]*|kommunkansliet|arbetsutskottet|kommunfullmäktige)s? (?:har )?(?:[a-z]+ ){0,2}(?:remitterat|remitterade|sänt|skickat|översänt|begärt|överlämnat) [^.]{0,60}\b(?:yttrande|remiss)"
);

// "Nämnden lämnar förvaltningens yttrande till kommunstyrelsen"
cue!(
    HANDS_TO_BOARD,
    r"nämnden (?:beslutar (?:att )?)?(?:lämnar?|överlämnar?|avger?|översänder?|skickar?|antar?) (?:[a-z]+ ){0,5}(?:yttrandet?|remissvaret?|tjänste?utlåtandet|tjänsteskrivelsen) (?:till|som (?:sitt|nämndens) (?:yttrande|svar) till) (?:kommunstyrelsen|kommunfullmäktige|ks|kf|regionstyrelsen|stadsledningskontoret)\b"
);

cue!(
    CHANCE,
    r"(?:^|\n)\s*motionsyttrande\b|\bmotionen (?:är|har|blev) (?:[a-z]+ )?(?:skickad|skickats|översänd|översänts|överlämnad|överlämnats) till (?:[a-z-]*nämnden\b|nämnden för )[^.]{0,40}\bför (?:yttrande|beredning)\b|\byttrande (?:gällande|avseende|angående|rörande|kring) (?:en )?motion|nämnden (?:för [^.\n]{3,40} )?(?:har |hade )?(?:fått|fick|getts|gavs|givits|beretts|ombetts|ombads|anmodats|inbjudits)\b[^.]{0,60}\batt (?:yttra sig|(?:inkomma med|lämna|avge)(?: ett)? (?:yttrande|svar))\b|\b(?:gett|gav|givit|berett|ombett|bett|anmodat|inbjudit) [a-z-]*nämnden\b[^.]{0,60}\batt (?:yttra sig|(?:inkomma med|lämna|avge)(?: ett)? (?:yttrande|svar))\b|\b(?:antar|godkänner|antog|godkände) (?:[a-z]+ ){0,2}(?:yttrandet|remissvaret|förslaget till yttrande)\b[^.]{0,120}\b(?:översänder|överlämnar|skickar|översände|överlämnade) [^.]{0,40}\btill (?:kommunstyrelsen|kommunfullmäktige|ks|kf|regionstyrelsen|stadsledningskontoret)(?: som (?:sitt|nämndens) (?:eget|yttrande|svar))?|\bska (?:bereda [^.]{3,30} och )?(?:lämna|avge|inkomma med) (?:svar|yttrande) till (?:kommunstyrelsen|ks|stadsledningskontoret)\b"
);

/// Whether others ask a nämnd what it thinks of an initiative: they give it the chance to speak, or it sends them what it
/// thinks.
pub(super) fn is_asked(sheet: &Sheet) -> bool {
    CHANCE.is_in(sheet, &sheet.folded)
}

cue!(TO_REMISS, r"\bsom (?:sitt |nämndens )?svar på remissen\b");

// A proposal that says what is answered.
cue!(TO_LETTER, r"\bsom svar på (?:[a-z]+ )?skrivelse");

cue!(
    FROM_BODY,
    r"remiss(?:en)? (?:från|av)\b|\b(?:kommunstyrelsen|regionstyrelsen|landstingsstyrelsen|stadsledningskontoret|kommunledningskontoret|kommunstyrelseförvaltningen|arbetsutskottet) (?:har )?(?:[a-z]+ )?(?:remitterat|remitterade|sänt|skickat|översänt)"
);

cue!(
    AUTHORITY,
    r"(?:skrivelse[n]?|begäran|framställan|hemställan) från (?:[a-z-]+ ){0,2}(?:socialstyrelsen|inspektionen|[a-z]*inspektion[a-z]*|[a-z]*verket|länsstyrelsen|justitieombudsmannen|jo\b|ivo\b|regeringen|[a-z]*departementet|polisen|polismyndigheten|skolinspektionen|datainspektionen)"
);

pub(super) fn from_authority(scene: &Scene<'_>) -> bool {
    scene
        .initiatives
        .iter()
        .all(|initiative| initiative.who.is_empty())
        && AUTHORITY.is_in(scene.sheet, &scene.sheet.folded)
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
        r"(skrivelse|initiativ|yrkande|(?:begäran|framställan|hemställan|förfrågan) från)|(motion)|(interpellation|fråg[a-z]+)|(medborgar ?(?:förslag|initiativ)|e-förslag|(?:göteborgs|helsingborgs|ängelholms|mölndals|linköpings|umeå|partille|kungsbacka)förslag)"
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
