//! What an initiative says of the paper's kind where no answer's words stand: a sheet's initiatives → the kind that the first
//! that tells gives.

use std::ops::Range;
use std::sync::LazyLock;

use super::answer::{Form, Initiative, RESIGNS};
use super::noun::Noun;
use super::pattern::Pattern;

use super::about::{heads_account, is_about_another};
use super::decide::Scene;
use super::fate::is_decided;
use super::given::gives_answer;
use super::kind::Kind;
use super::sheet::{Gated, Sheet, cue, ends, gated, tolerant};
use super::svar::{below_other_heading, from_authority, is_asked, is_remitted, is_spoken_of};

cue!(
    ANSWERED,
    r"(?:anses|är|ansågs|förklaras|ska anses|skall anses)(?: (?:härmed|därmed|vara|som))* (?:besvara|bifall|behandla)|besvara[dt][e]?\b|har besvarats\b|\b(?:besvarades|bifölls) med |\bavslogs med hänvisning|(?:interpellation|fråg)[a-z]* för besvarande\b|besvaras\b|som svar på|som redovisning på|har inkommit till [a-z\s-]{3,60} för yttrande|bereda (?:inkommen |inkomna )?|svarar på|svar på|skrift?ligt svar|anföra? följande|[.,;:-] ?(?:förvaltningens|kontorets) (?:svar|yttrande|kommentar)|[-.,:;] ?(?:beslut om )?besvarande\b|[-.,:;] ?beslut (?:om |över |angående )?(?:medborgar ?förslag|motion|skrivelse)|^\W*(?:bifall|avslag) (?:av|till|på) (?:en )?motion|^\W*beslut (?:med anledning av|angående|över|om) (?:en )?(?:motion|skrivelse)|med anledning av (?:en |inkommen )*(?:skrivelse|motion|initiativ)[^.]{0,160}\b(?:lämnar|avger|redogör|redovisar|anför|vill|svarar) (?:[a-z]*förvaltningen|[a-z]*kontoret|[a-z]*nämnden|[a-z]*styrelsen)\b|[.,;:-] ?svar(?: från (?:förvaltningen|kontoret|nämnden))?[ \t.]*(?:\n|\(|$)|[.,;:-] ?svar (?:från|av) [a-z .'-]{4,50}\([a-z]{1,4}\)|[.,;:-] ?(?:återkoppling|återrapport|återredovisning|förnyad behandling|slutbehandling)"
);

// "Lena Ek (C) undrar när hennes skrivelse kommer att besvaras".
cue!(
    WANTED,
    r"\b(?:undrar|frågar|efterlyser|påminner|begär|kräver) (?:om )?(?:när|varför|att) [^.]{0,90}\bbesvara"
);

// "Motionen ska besvaras inom ett år", "ett svar på vår interpellation dröjer".
cue!(
    NOT_YET,
    r"\b(?:ska|skall|kommer att|måste) (?:[a-z]+ )?besvaras\s*(?:[.,]|inom|senast|vid|i |på|under|först|skrift)|\b(?:inte|ej|ännu) (?:har )?besvara[dt]|\bhar (?:inte|ej|ännu inte) besvara|\bbesvaras (?:ibland|ofta|oftast|alltid|normalt|vanligen|vanligtvis|först|sällan|aldrig)\b|\bsvar på (?:vår|min|våra|mina) (?:interpellation|motion|skrivelse|fråg)|\bsvar på (?:redan|tidigare) |\bligger kvar\b|\bväntar på (?:svar|beslut)\b|\bbereds (?:fortfarande|för närvarande)\b|\b(?:uppdra[rs]?|ge[rs]?) [^.]*\batt bereda\b|\bsvar på [^.]{0,90} kommer att (?:lämnas|ges|behandlas|tas upp|redovisas|presenteras)\b|\b(?:ska|skall|kommer att) (?:under|till|i|på) [a-z]+ (?:svara på|besvara)\b|\bbesvaras (?:senare|(?:i|till|under|vid) (?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|våren|sommaren|hösten|vintern|nästa|kommande))\b"
);

// "Nämnden uppdrar åt kontoret att återkomma med svar".
cue!(
    TO_ANSWER,
    r"\b(?:uppdrar åt|ger|ges) [^.]{0,60}\batt (?:återkomma med (?:ett )?svar|besvara|svara på|utarbeta (?:ett )?svar|ta fram (?:ett )?svar|lämna (?:ett )?svar)\b"
);

cue!(
    WITHDRAWN,
    r"\båter(?:tar|tog|tagit|ta|tas|kallar|kallat|kalla) (?:sin |sitt |sina )?(?:motion|interpellation|skrivelse|initiativ|fråga)"
);

cue!(
    pub(super) WITHDRAWAL,
    r"\båterta(?:gande|gna|gen|gande av|get) (?:av )?(?:motion|interpellation|skrivelse|initiativ)"
);

cue!(
    HANDED_IN,
    r"(?:lämna[dr]e?|inlämnad|lämnat in|inkom(?:mit)?|väck(?:er|te|t)|överlämna[dr]e?|anmäl|skrivit|ställ(?:t|de|er|a))[a-z]* (?:[a-z\d-]+\s+){0,8}$"
);

cue!(
    NEW_MOTION,
    r"\b(?:lämnat|lämnade|väckt|väckte|inkommit med|inkom med) (?:in )?(?:en |följande )?motion"
);

// What is said of a motion on its way to an answer.
cue!(
    HANDLED,
    r"\byttra|\bremit|\bremiss|besvara|\bavslå|\bavslag|\bbifall|\bbiföll|tillstyrk|avstyrk|\bbeslut|föreslår (?:att )?(?:kommun|region|landstings)?fullmäktige|\bberedning|\butred|förvaltningen|kontoret|nämnden\b|styrelsen\b|utlåtande|\bsvar\b|utskottet"
);

cue!(
    SENDS_MOTION,
    r"\bberedningsdirektiv\b|\bremittering av (?:[a-z]+ ){0,2}motion|\bremitterar? (?:[a-z]+ ){0,2}motion|\bmotionen (?:ska )?remitteras? till"
);

cue!(
    SAYS,
    r"\bsvarar (?:att|på|med|nej|ja)\b|\bsvarar[,:]|\bsvarade\b"
);

cue!(
    REPLIED,
    r"svar|besvara|redovis|redogör|förvaltning|kontor|utred|tackar|debatt|yttra"
);

cue!(
    CAME_IN,
    r"\bhar (?:kommit in|inkommit)\b|\b(?:inkom|kom in)\b"
);

cue!(
    AT_ONCE,
    r"\bbesvaras? (?:av|muntligt|under|direkt)\b|\bunder (?:föredragning|ärendet|överläggning|sammanträdet)"
);

// "Elsa Berg (S): Hur mår våra sjöar? Besvaras av ordföranden."
cue!(
    BY_WHOM,
    r"[?!.] (?:interpellationen |frågan )?besvaras av [a-z]"
);

cue!(SAYS_SO, r"\([a-z]{1,4}\),? svarar (?:att|på|med|nej|ja)\b");

// An officer who answers where the question was put.
cue!(
    OFFICER_SAYS,
    r"(?:^|[.\n] ?)\s*[a-z]*(?:direktören|chefen|arkitekten|ingenjören|sekreteraren|ordföranden|förvaltningen|kontoret)(?: [a-z]+ [a-z]+)? svarar (?:att|på frågan)\b"
);

cue!(REPLIES, r"\([a-z]{1,4}\) svarar\s*(?:[.\n]|$)");

cue!(
    PROPOSED,
    r"\bföreslår i ett $|\bhar (?:lämnat|inkommit med) (?:in )?ett $|\b(?:kom(?:mit)? in|kom det in|har det (?:inkommit|kommit in)|inkom) (?:ett )?$"
);

cue!(
    CHARGES,
    r"\n\s*beslut\s*\n[^.]{0,80}\b(?:uppdrar åt|ge[r]? [a-z]+ i uppdrag|förklarar uppdraget)\b"
);

// What an office comes to.
cue!(
    JUDGED,
    r"\b(?:inte|ej) möjligt att (?:genomföra|tillmötesgå|uppfylla|bifalla|införa) [^.]{0,40}(?:initiativ|skrivelse|förslag)|\b(?:initiativet|skrivelsen|förslaget) (?:är|bedöms|bör|kan) (?:därmed |därför |således )?(?:inte |ej )(?:möjlig|genomför|tillmötesgå)"
);

// What those say who were asked on the way.
cue!(
    CAME_BACK,
    r"\b(?:har remitterats|har skickats på remiss|har varit på remiss|remitterades) [^.]{0,200}\b(?:(?:av|till)styrk(?:er|te)|har yttrat sig|yttrade sig|har svarat|har avgett|har lämnat)\b|\b(?:nämnden|styrelsen|förvaltningen|kontoret) har (?:yttrat sig|framfört|avstyrkt|tillstyrkt|anfört)\b"
);

// What a board does with a letter that it got, before the letter's word.
static SENT_FOR_OPINION: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"\b(?:kommunstyrelsen|regionstyrelsen|landstingsstyrelsen|stadsledningskontoret|kommunledningskontoret|kommunfullmäktige|stadsdirektören|kommunstyrelsens arbetsutskott) (?:har )?(?:(?:för|till) [a-z-]*nämnden )?(?:för|på) (?:yttrande|remiss) (?:till [a-z-]*nämnden )?(?:överlämnat|remitterat|skickat|sänt|översänt|överlämnade|översände) [^.]{0,40}$",
    )
});

cue!(
    PROPOSED_FATE,
    r"\bmotionen föreslås(?: bli)? (?:avsl|bif|besvara|ans)|\bföreslår (?:[a-z]+ )?(?:kommun|region|landstings)?fullmäktige [^.]{0,60}\bmotionen"
);

cue!(
    SENT_ON,
    r"\b(?:överlämna[s]?|överlämnades|överlämnar (?:skrivelse|motion|initiativ|interpellation|den|ärendet)[a-z]*|remittera[sr]?|remitterades|hänskjut[a-z]*|lämnas|skickas|bereds|bereda[s]?|uppdra[a-z]*|får i uppdrag|ges i uppdrag)\b|\bberedning"
);

cue!(
    OFFICE_SPEAKS,
    r"(?:förvaltningen|kontoret)s? (?:redovisar|anser|delar|föreslår|bedömer|menar|svarar|konstaterar|instämmer|ser\b|arbetar|vill|håller med|synpunkter|svar\b|hänvisar|kommentar|(?:får )?(?:lämna|avge|anföra?)[r]? (?:följande|härmed)|har följande (?:svar|synpunkt))|\b(?:redovisar|anser|svarar|föreslår|bedömer|enligt|hänvisar) [a-z-]*(?:förvaltningen|kontoret)"
);

cue!(
    pub(super) PROPOSAL_TO_KF,
    r"\butl{1,2}(?:åtande)?[.: ]|förslag till beslut|utlåtande \d|\(förslag \d{1,3}\)|(?:bordlagda?|återremitterade?) motion|\bförslag \d{4}:\d|föreslår (?:kommun|region|landstings)?fullmäktige|^\W*beslutsärenden?\b|^\W*(?:\d{1,3}[.)]?\s+)?behandling av motion"
);

cue!(
    RETOLD,
    r"^\W*(?:bakgrund|ärendet|sammanfattning|ärendets beredning|beskrivning av ärendet)[ \t]*\r?\n"
);

cue!(
    ANSWER_PAPERS,
    r"\bbifogade svarshandlingar\b|\bbehandlades (?:vid|på|av) [^.\n]{0,60}\n[^.]{0,40}\bsvarshandling"
);

cue!(
    PUT,
    r"\bfick tillstånd att\b|\bkommer att besvaras\b|\b(?:får|kan|ska[l]?) (?:[a-z]+ )?(?:ställas|framställas)\b|\bbesvara[sd] (?:vid|på|under|i) (?:nästa|kommande|ett (?:kommande|senare)|följande)\b|\b(?:avser|lovar|kommer) (?:att )?besvara (?:interpellationen|frågan|den) (?:vid|på|till|i) |\bbesvarar (?:interpellationen|frågan|den) (?:vid|på|under) (?:nästa|kommande|ett (?:kommande|senare))\b"
);

cue!(
    LETTER,
    r"^\W*till\b[^\n]{0,60}(?:nämnd|styrelse|fullmäktige|ordförande)|\b(?:vi|jag) (?:vill|föreslår|undrar|yrkar|önskar|begär|hemställer|frågar)\b|\bundertecknad"
);

// An office's report says so.
cue!(
    REPORT,
    r"(?m)^[ \t]*(?:tjänste?utlåtande|tjänsteskrivelse)\b|^[^\n]{0,40}förslag till beslut[ \t]*:?[ \t]*$"
);

cue!(
    pub(super) REMITTED,
    r"\bremitterat[s] till|\bremitterades till|\bremitterad (?:från|av|till)"
);

/// The kind that the initiatives tell when no answer's words stand there.
pub(super) fn by_initiative(scene: &Scene<'_>) -> Option<(Kind, Range<usize>)> {
    let folded = scene.sheet.folded.as_slice();
    let attached = |at: &Range<usize>| {
        scene
            .parts
            .attachments
            .as_ref()
            .is_some_and(|list| list.start <= at.start)
    };
    let decided = !scene.parts.whole && is_decided(scene.sheet, scene.initiatives);
    let report = !scene.headed && REPORT.is_in(scene.sheet, folded);
    // Who leaves an office answers nothing, nor does a report whose title and proposal speak of no initiative.
    let at_hand = |one: &&Initiative| {
        !attached(&one.at)
            && !one.earlier
            && !RESIGNS.is_match(&folded[one.sentence.clone()])
            && !answer_is_not_given(folded, &one.at)
            && (one.noun != Noun::Skrivelse || !one.who.is_empty() || !is_of_organ(folded, &one.at))
            && (decided || !is_told_of(scene, one))
    };
    if is_about_another(scene) {
        return None;
    }
    scene
        .initiatives
        .iter()
        .filter(at_hand)
        .find_map(|initiative| {
            let told = Told {
                scene,
                folded,
                initiative,
                at: initiative.at.clone(),
                sentence: &folded[initiative.sentence.clone()],
                before: &folded[initiative.sentence.start..initiative.at.start],
                decided,
                report,
            };
            if told.is_withdrawn() {
                let kind = match initiative.noun {
                    Noun::Motion => Kind::Motion,
                    Noun::Interpellation => Kind::Interpellation,
                    Noun::Skrivelse => Kind::Skrivelse,
                    Noun::Medborgarforslag => Kind::Arende,
                };
                return Some((kind, initiative.at.clone()));
            }
            let answered = told.is_answered();
            let kind = match initiative.noun {
                Noun::Medborgarforslag => told.medborgarforslag(answered),
                Noun::Skrivelse => told.skrivelse(answered),
                Noun::Motion => told.motion(answered),
                Noun::Interpellation => told.interpellation(answered),
            };
            let kind = match kind? {
                Kind::Skrivelse | Kind::SvarPaSkrivelse
                    if from_authority(scene) && ASKED.is_in(scene.sheet, folded) =>
                {
                    Kind::SvarPaRemiss
                }
                kind => kind,
            };
            Some((kind, initiative.at.clone()))
        })
}

/// Whether the words before an initiative's at `at` speak of its answer and give none: `Återkom med svar på motion från A (p)`.
fn answer_is_not_given(folded: &[u8], at: &Range<usize>) -> bool {
    static ANSWER: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"\bsvar(?:et)? på (?:[a-z-]+ ){0,2}$"));
    let from = at.start.saturating_sub(60);
    let words = ANSWER.find(&folded[from..at.start]);
    words.is_some_and(|words| !gives_answer(folded, &(from + words.start()..at.end)))
}

/// Whether it is the letter in which one of the authority's own organs prepared the matter: `Utskottet har i skrivelse den 3 mars`.
fn is_of_organ(folded: &[u8], at: &Range<usize>) -> bool {
    static ORGAN: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"(?:utskottet|presidiet|presidium|förvaltningen?|kontoret|beredningen) (?:har |föreslår |redovisar |anför )?i (?:en |sin )?$",
        )
    });
    ORGAN.is_match(&folded[at.start.saturating_sub(60)..at.start])
}

/// Whether a matter that is about something else tells of an initiative that had its answer: `§ 101 Riktlinjer`, and below it
/// `Frågan väcktes när nämnden i mars besvarade en skrivelse från A (p)`.
fn is_told_of(scene: &Scene<'_>, one: &Initiative) -> bool {
    let folded = scene.sheet.folded.as_slice();
    let sentence = &folded[one.sentence.clone()];
    memchr::memmem::find(sentence, b" besvarade").is_some()
        && below_other_heading(scene, one.at.start)
        // "… rapporterar om svar på motion från A (p)"
        || ends(&folded[..one.at.start], b" svar pa ")
            && is_spoken_of(scene, &(one.at.start - 8..one.at.end))
}

/// Bytes in which those whose letter it is are named.
const OWNERS: usize = 80;

/// One initiative of a scene, and what is said of it.
struct Told<'a> {
    scene: &'a Scene<'a>,
    folded: &'a [u8],
    initiative: &'a Initiative,
    at: Range<usize>,
    /// Its sentence.
    sentence: &'a [u8],
    /// The part of its sentence that stands before it.
    before: &'a [u8],
    /// Whether the passage decides on one of its initiatives.
    decided: bool,
    /// Whether it is an office's report.
    report: bool,
}

impl Told<'_> {
    /// Whether `cue` stands anywhere in the text.
    fn has(&self, cue: &Gated) -> bool {
        cue.is_in(self.scene.sheet, self.folded)
    }

    /// Whether `cue` stands in its sentence.
    fn says(&self, cue: &Gated) -> bool {
        cue.is_in(self.scene.sheet, self.sentence)
    }

    fn starts_field(&self) -> bool {
        starts_field(self.scene.sheet, &self.at)
    }

    /// Whether nobody is named, and the word stands in running text.
    fn is_only_told(&self) -> bool {
        self.initiative.who.is_empty() && !self.starts_field()
    }

    fn in_fullmaktige(&self) -> bool {
        self.scene.namnd.contains("fullmaktige")
    }

    /// Whether its writers take it back: nobody answers it.
    fn is_withdrawn(&self) -> bool {
        self.says(&WITHDRAWN) || self.has(&WITHDRAWAL)
    }

    /// Whether the text says that it has its answer here.
    fn is_answered(&self) -> bool {
        // "A (p) lämnar följande skriftliga förslag" only hands it in.
        if self.folded[self.at.start..].starts_with(b"foljande") {
            return false;
        }
        if self.says(&WANTED) || self.initiative.form == Form::Subject && self.has(&TO_ANSWER) {
            return self.decided;
        }
        let (scene, folded, initiative) = (self.scene, self.folded, self.initiative);
        let rest =
            &folded[initiative.sentence.end..(initiative.sentence.end + 40).min(folded.len())];
        let named = !initiative.who.is_empty();
        self.says(&ANSWERED) && !self.says(&NOT_YET)
            || !scene.headed && named && (self.has(&RETOLD) || self.is_below_account())
            || self.decided
            || SVAR_AFTER.is_match(rest)
            // A yrkande is only one of the initiatives when its answer is said.
            || folded[self.at.clone()].starts_with(b"yrk")
            // An office reports on what it answers.
            || self.report && named && initiative.noun != Noun::Motion
            || initiative.form == Form::Subject
                && (!HANDED_IN.is_match(self.before) && !self.is_written_to() || !scene.headed && !self.has(&SENT_ON))
            || named && self.has(&OFFICE_SPEAKS) && !self.has(&SENT_ON)
            || named && self.has(&JUDGED)
            // "Hundrastgården - svar till Elsa Berg (m)"
            || folded[self.at.clone()].starts_with(b"svar ")
            || opens_with_it(self.before) && !self.is_only_proposed()
            // "I socialdemokraternas skrivelse framförs"
            || initiative.form == Form::Genitive
                && self.before.trim_ascii_start().starts_with(b"i ")
                && self.before.len() < OWNERS
    }

    /// Whether all that is said of it is that somebody wrote: `har tillskrivit nämnden`.
    fn is_written_to(&self) -> bool {
        self.folded[self.at.clone()].starts_with(b"tillskr")
    }

    /// Whether it is told of below the heading of a report's account: `Ärendet`, and below it `Den 2 april inkom en skrivelse
    /// från A (p)`.
    fn is_below_account(&self) -> bool {
        let above = &self.folded[..self.at.start];
        self.initiative.noun == Noun::Skrivelse
            && !self.starts_field()
            && !self.has(&SENT_ON)
            && above.split(|byte| *byte == b'\n').any(heads_account)
    }

    /// Whether a letter is said to be handed in, and of it no more than what it proposes.
    fn is_only_proposed(&self) -> bool {
        let behind = &self.folded[self.at.end..];
        self.scene.headed
            && self.initiative.noun == Noun::Skrivelse
            && [
                &b" inlamnat av "[..],
                b", inlamnat av ",
                b" vackt av ",
                b", vackt av ",
            ]
            .iter()
            .any(|by| behind.starts_with(by))
            && !self.has(&OFFICE_SPEAKS)
            && !self.has(&ANSWERED)
    }

    fn medborgarforslag(&self, answered: bool) -> Option<Kind> {
        let proposed = PROPOSED.is_match(self.before) && !self.has(&SENT_ON);
        if answered || self.starts_field() && !self.came_in() || proposed {
            return Some(Kind::SvarPaMedborgarforslag);
        }
        self.came_in().then_some(Kind::Anmalan)
    }

    /// Whether the text says no more than that it came in and is sent on.
    fn came_in(&self) -> bool {
        let behind = &self.folded[self.at.end..self.initiative.sentence.end.max(self.at.end)];
        CAME_IN.is_match(behind) && self.has(&SENT_ON) && !self.has(&OFFICE_SPEAKS) && !self.decided
    }

    fn skrivelse(&self, answered: bool) -> Option<Kind> {
        let (scene, folded) = (self.scene, self.folded);
        let behind = &folded[self.at.end..];
        // "Skrivelse till nämnden … vi vill ha svar på": the letter itself.
        let itself = !scene.headed
            && !self.report
            && (behind.starts_with(b" till ") && self.starts_field() && self.has(&LETTER)
                // "Skrivelse", and on the next line "Till nämnden".
                || starts_text(folded, &self.at)
                    && behind.starts_with(b"\n")
                    && behind.trim_ascii_start().starts_with(b"till "));
        if itself {
            return Some(Kind::Skrivelse);
        }
        // "Kommunstyrelsen har för yttrande överlämnat en skrivelse från (V) till nämnden"
        let asks = [&b" yttrande "[..], b" remiss "]
            .iter()
            .any(|word| memchr::memmem::find(self.before, word).is_some());
        let sent = asks
            && SENT_FOR_OPINION.is_match(self.before)
            && !(scene.headed && scene.namnd.contains("styrelse"))
            && !self.in_fullmaktige();
        if sent {
            return Some(Kind::SvarPaRemiss);
        }
        if answered {
            return Some(Kind::SvarPaSkrivelse);
        }
        // Below another matter's heading one is told of: `§ 20 Årsberättelse`, and below it `En skrivelse från (V) har inkommit`.
        let aside = below_other_heading(scene, self.at.start) && !self.starts_field();
        if self.is_only_told() || aside {
            return None;
        }
        if !scene.headed && self.has(&LETTER) {
            return Some(Kind::Skrivelse);
        }
        // "Initiativärende - ÄMNE", and below it what the office is charged with: the nämnd's matter, whoever began it.
        let nobody = || scene.initiatives.iter().all(|one| one.who.is_empty());
        if scene.headed && self.has(&CHARGES) && nobody() {
            return None;
        }
        let office = self.starts_field()
            && !starts_text(folded, &self.at)
            && !self.says(&NOT_YET)
            && !self.has(&SENT_ON);
        Some(if office {
            Kind::SvarPaSkrivelse
        } else {
            Kind::Skrivelse
        })
    }

    fn motion(&self, answered: bool) -> Option<Kind> {
        let (scene, initiative) = (self.scene, self.initiative);
        if self.is_only_told() {
            return None;
        }
        if self.is_new_motion() {
            return Some(Kind::Motion);
        }
        if self.is_motion_on_remiss() {
            return Some(Kind::SvarPaRemiss);
        }
        let assembly = self.in_fullmaktige();
        let unknown = scene.namnd.is_empty();
        let named = !initiative.who.is_empty();
        let decided_by_board = assembly || unknown && named;
        Some(
            if initiative.form == Form::Subject
                || answered
                || self.has(&PROPOSAL_TO_KF)
                // "(KS 2009-05-26, § 104) bordlagt": the board has answered, the assembly is to decide.
                || decided_by_board && self.has(&DECIDED_BY_BOARD)
            {
                Kind::SvarPaMotion
            } else if assembly || unknown {
                Kind::Motion
            } else if scene.namnd.contains("styrelse") && !self.says(&NOT_YET)
                // "väckt av A (p), yttrande till kommunstyrelsen": the nämnd's part of the answer.
                || named && self.has(&TO_BOARD)
            {
                Kind::SvarPaMotion
            } else {
                Kind::SvarPaRemiss
            },
        )
    }

    /// Whether the text is a motion, or only says that one is handed in or sent on.
    fn is_new_motion(&self) -> bool {
        let (scene, folded, initiative) = (self.scene, self.folded, self.initiative);
        if initiative.new {
            return true;
        }
        // "Motion", and below it what its writer wants: the motion itself.
        let itself = !scene.headed
            && !self.report
            && starts_text(folded, &self.at)
            && folded[self.at.end..].starts_with(b"\n")
            && self.has(&LETTER);
        if itself {
            return true;
        }
        if self.decided {
            return false;
        }
        // "A (p) har lämnat in en motion om ÄMNE", and nothing else is said.
        initiative.form == Form::Subject
            && HANDED_IN.is_match(self.before)
            && (says_no_more(scene, initiative) || !self.has(&HANDLED))
            // "I en motion föreslår A (p) följande:", and nothing else is said.
            || self.in_fullmaktige()
                && scene.headed
                && opens_with_it(self.before)
                && self.before.trim_ascii().len() < 12
                && !self.has(&HANDLED)
            // "A (p) har lämnat en motion. Den överlämnas till styrelsen": new, whoever is named.
            || !self.says(&ANSWERED)
                && self.has(&NEW_MOTION)
                && self.has(&SENT_ON)
                && !self.has(&CAME_BACK)
            // "Arbetsutskottet remitterar motionen till nämnden": sent on.
            || !self.says(&ANSWERED) && self.has(&SENDS_MOTION)
    }

    /// Whether a nämnd is asked what it thinks of a motion.
    fn is_motion_on_remiss(&self) -> bool {
        let scene = self.scene;
        !self.in_fullmaktige()
            && scene.namnd.contains("namnd")
            // "Motionen har remitterats till nämnden för yttrande."
            && (is_remitted(scene.sheet)
                && !self.says(&ANSWERED)
                // "… remitterats till miljönämnden, som avstyrker. Motionen föreslås bli avslagen"
                && !(self.has(&CAME_BACK) && PROPOSED_FATE.is_in(scene.sheet, self.folded))
                // "Nämnden antar yttrandet och översänder det till kommunstyrelsen som sitt eget."
                || is_asked(scene.sheet)
                // "Motion (V) om bussar. Yttrande till kommunstyrelsen"
                || OPINION_FIELD.is_match(&scene.sheet.cased[self.at.end..]))
    }

    fn interpellation(&self, answered: bool) -> Option<Kind> {
        let (folded, initiative) = (self.folded, self.initiative);
        // "§ 46 Lokaler", and below it "Fråga från A (p) besvaras av lokalchefen": asked and answered while it is told of.
        let word = &folded[self.at.clone()];
        let oral = word.starts_with(b"fraga") && AT_ONCE.is_in(self.scene.sheet, self.sentence);
        if self.is_only_told() || oral && below_other_heading(self.scene, self.at.start) {
            return None;
        }
        // "Bifogade svarshandlingar": what was answered has them.
        let named = |one: &Initiative| !one.who.marks.is_empty();
        if self.has(&ANSWER_PAPERS) && self.scene.initiatives.iter().any(named) {
            return Some(Kind::SvarPaInterpellation);
        }
        // "A (p) frågar B (p) om": it is put, unless its answer is said.
        let asks = (word.ends_with(b"gar") || word == b"ber")
            && !self.decided
            && !self.has(&ANSWERED)
            && !self.has(&SAYS)
            && !REPLIES.is_match(folded);
        // "A (p) har ställt en fråga till B (p) om snö", and no word of an answer.
        let put = initiative.form == Form::Subject
            && HANDED_IN.is_match(self.before)
            && !self.decided
            && !self.has(&REPLIED);
        // "Interpellationen får ställas och besvaras vid nästa sammanträde".
        if self.has(&PUT) || asks || put {
            return Some(Kind::Interpellation);
        }
        let behind = &folded[self.at.end..(initiative.sentence.end + 80).min(folded.len())];
        // "A (p) ställde vid förra mötet en fråga om snö. Ordföranden B (q) svarar att"
        let told = initiative.form == Form::Subject
            && HANDED_IN.is_match(self.before)
            && SAYS_SO.is_match(behind)
            && !below_other_heading(self.scene, self.at.start);
        // "Stadsarkitekten svarar att planen är klar i höst."
        let rest = &folded[self.at.end..(self.at.end + 500).min(folded.len())];
        let replied = OFFICER_SAYS.is_in(self.scene.sheet, rest) && !self.says(&NOT_YET);
        Some(
            if answered || told || replied || self.has(&BY_WHOM) || REPLIES.is_match(behind) {
                Kind::SvarPaInterpellation
            } else {
                Kind::Interpellation
            },
        )
    }
}

/// "Yttrande till kommunstyrelsen" as a field of its own, behind a stop, a dash or on a line.
static OPINION_FIELD: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"^(?-u)[^\n]{0,200}[.)\n-]\s*Yttrande till (?:[Kk]ommunstyrelsen|KS|KF|[Kk]ommunfullm|[Rr]egionstyrelsen|[Ll]andstingsstyrelsen)",
    )
    .expect("a pattern that compiles")
});

/// Whether nothing but numbers stands around the initiative's sentence.
fn says_no_more(scene: &Scene<'_>, initiative: &Initiative) -> bool {
    let folded = scene.sheet.folded.as_slice();
    let letters = |text: &[u8]| {
        text.iter()
            .filter(|byte| byte.is_ascii_alphabetic())
            .count()
    };
    // What is said of other initiatives that were handed in with it is no more, either.
    let mut rest = 0;
    let mut end = 0;
    for one in scene.initiatives {
        let sentence = &one.sentence;
        let handed_in = sentence.start >= initiative.sentence.end
            && one.noun == initiative.noun
            && one.form == Form::Subject
            && HANDED_IN.is_match(&folded[sentence.start..one.at.start]);
        if one.at == initiative.at || handed_in {
            rest += letters(folded.get(end..sentence.start).unwrap_or_default());
            end = end.max(sentence.end);
        }
    }
    rest + letters(&folded[end..]) < 12
}

cue!(
    DECIDED_BY_BOARD,
    r"\((?:ks|kommunstyrelsen|ls) (?:19|20)\d\d-\d\d-\d\d|\bbordlag[dt]|\b(?:kommun|region|landstings)styrelsens (?:beslut|förslag|yttrande)"
);
cue!(ASKED, r"\byttrande\b");
cue!(
    pub(super) TO_BOARD,
    r"\b(?:yttrande|svar) till (?:ks|kf|kommunstyrelsen|kommunfullmäktige|regionstyrelsen|landstingsstyrelsen)\b"
);
cue!(
    SVAR_AFTER,
    r"^[.\s-]*(?:(?:förslag till |förvaltningens |kontorets |nämndens |kommunstyrelsens |förslag på )*svar\b|(?:förvaltningens|kontorets) yttrande\b)"
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
        || matches!(
            before.last(),
            Some(b'.' | b'-' | b':' | b'0'..=b'9' | b',' | b';' | b'?' | b'!' | b'"')
        )
}

/// Whether nothing but a number stands before the word at `at`.
fn starts_text(folded: &[u8], at: &Range<usize>) -> bool {
    !folded[..at.start]
        .iter()
        .any(|byte| byte.is_ascii_alphabetic())
}
