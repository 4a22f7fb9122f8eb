//! Whether a word that may name an initiative does: its place and what stands around it → yes or no.
//!
//! `fråga`, `begäran`, `yrkande` and `initiativ` are words of everyday; what stands before and behind them tells whether
//! somebody's own is meant.

use std::ops::Range;
use std::sync::LazyLock;

use super::answer_heading::is_answer_to;
use super::mark::word_at;
use super::noun::is_request;
use super::pattern::Pattern;
use super::sheet::{Gated, Sheet, gated, tolerant};
use super::who::who_at;
use super::writers::ANSWERS_TO;
use super::wrote::code_before;

/// Whether the word at `at` is one of this room's: Göteborg's nämnder answer a `yrkande från A (p)`, where elsewhere one is
/// only moved, and an `initiativ från A (p)` is one where it begins a matter or is answered; `på initiativ av` is none.
pub(super) fn is_initiative(sheet: &Sheet, at: &Range<usize>) -> bool {
    static ANSWERED: LazyLock<Gated> = LazyLock::new(|| {
        gated(
            r"\byrkande[tn]? (?:från [^.\n]{1,60} )?(?:ska |skall )?(?:anses|förklaras|är|ska anses)(?: [a-z]+){0,2} besvara|\bsvar på (?:[a-z]+ )?yrkande|\byttrande (?:angående|över|med anledning av) yrkande|\byrkande[tn]? från [^.\n]{1,80}\bbesvara[dt]|\b(?:förklarar|anser) yrkande[tn]? [a-z ]{0,20}besvara|\bbesvara(?:r|de|s)? yrkande",
        )
    });
    static GRANTED: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"\bbeslut[a-z]* [^.\n]{0,40}(?:\byrkandet (?:avslås|bifalls|bifalles)\b|\b(?:avslå|bifalla) yrkandet\b)",
        )
    });
    static BEFORE: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"(?:\bsvar på|\bbesvarande av|\bredovisning av|\båterrapportering av|\bmed anledning av|\banmälan av|\binkommet|\binkomna)(?: ett)? $",
        )
    });
    // "A (p) ställde en fråga om": one that is put, and not "en fråga om pengar".
    static PUTS: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"\b(?:ställ(?:t|de|er)|lämna(?:t|de|r)(?: in)?|inlämnat)(?: vid (?:[a-z]+ ){0,2}(?:sammanträdet|mötet|sammanträde|möte))? (?:en|ett antal|två|tre|fyra|fem|följande|några)(?: två| tre| fyra| fem)?(?: [a-z]{4,10})? $",
        )
    });
    // "Ordföranden svarar på en fråga om fontäner som A (p) ställde".
    static REPLIES_TO: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"\b(?:svara(?:r|de)|svarat|svar) på (?:en|den) $|\bbesvara(?:r|de|t) (?:en|den) $",
        )
    });
    static PUT_BY: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^ [^.\n()]{0,100}\bsom [^.\n()]{4,60}\([a-z]{1,4}\) (?:har |hade )?(?:ställt|ställde|lämnat|lämnade|väckt|väckte)\b",
        )
    });
    // "4. Fråga gällande ÄMNE från A (p)": what its line is about.
    static HEADS: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^(?: nr \d+)?(?: för besvarande [^\n]{0,40}:\s*\n|(?: (?:om|gällande|angående|ang\.?|rörande|avseende|kring) | ?[-:] ?)[^\n]{3,160}(?:från|av|ställd av) | ?: [^\n]{8,160}[?!;,] [a-z][^\n]{4,60}\([a-z]{1,4}\)[ \t.]*(?:\n|$)|: [a-z][a-z .'-]{4,50}\([a-z]{1,4}\)(?: -|:) [a-z])",
        )
    });
    // "På Elsa Bergs (S) fråga när": what is called somebody's own.
    static OWN: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"s \([a-z]{1,5}\) (?:enkla |muntliga |skriftliga )?$"));
    let folded = sheet.folded.as_slice();
    // "Ärendet ”ledamotsinitiativ” läggs till": the word itself is spoken of.
    if folded[..at.start].ends_with(b"\"") && folded.get(at.end) == Some(&b'"') {
        return false;
    }
    // "Kontorets skrivelse antas som svar": the office's own.
    static OFFICES: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"(?:förvaltningen|kontoret|stabe?n|avdelningen)s $"));
    if folded[at.start] == b's' && OFFICES.is_match(&folded[at.start.saturating_sub(20)..at.start])
    {
        return false;
    }
    // "Skrivelsen från A bifogas som ett särskilt yttrande": what somebody wrote against the decision.
    static DISSENT: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^[^.\n]{0,80}\b(?:bifoga|bilägg|fogas|läggs|lämna)[a-z]* [^.\n]{0,40}\b(?:särskilt yttrande|särskilt uttalande|reservation|protokollsanteckning)\b|^ till protokollet\b",
        )
    });
    if matches!(folded[at.start], b's' | b'5') && DISSENT.is_match(&folded[at.end..]) {
        return false;
    }
    match folded.get(at.start) {
        // "Motionsspår i skogen" is for those who run.
        Some(b'm' | b'r')
            if folded[at.end..].starts_with(b"s") && is_for_sport(&folded[at.end..]) =>
        {
            false
        }
        // "Svar på begäran från (M) om snö": what a party asks for it has written.
        _ if is_request(&folded[at.clone()]) => {
            let line = memchr::memrchr(b'\n', &folded[..at.start]).map_or(0, |line| line + 1);
            // "18 Begäran från (S) om vårdplatser, svar"
            let headed = !folded[line..at.start].iter().any(u8::is_ascii_alphabetic)
                && THEN_ANSWER.is_match(&folded[at.end..]);
            (headed || ASKED_FOR.is_match(&folded[at.start.saturating_sub(48)..at.start]))
                && !who_at(sheet, at.end, "").marks.is_empty()
        }
        // "Liberalernas förslag om sommarjobb - svar"
        Some(b'f') if folded[at.clone()].starts_with(b"forslag ") => {
            name_before(sheet, at) && THEN_ANSWER.is_match(&folded[at.end..])
        }
        // "skriftliga frågor i en skrivelse": the letter is what is answered.
        Some(b'f' | b's')
            if memchr::memmem::find(&folded[at.clone()], b"fr").is_some()
                && IN_LETTER.is_match(&folded[at.end..(at.end + 24).min(folded.len())]) =>
        {
            false
        }
        // "Interpellationssvar från Ulf Ek (M)" names who answers.
        _ if folded[at.clone()].ends_with(b"svar")
            && ANSWERER.is_match(&folded[at.end..(at.end + 24).min(folded.len())])
            && !ANSWERS_TO.is_match(&folded[at.end..]) =>
        {
            false
        }
        // "Moderaterna har tillskrivit nämnden med en begäran om"
        Some(b't') => {
            HAS.is_match(&folded[at.start.saturating_sub(24)..at.start])
                && BODY.is_match(&folded[at.end..(at.end + 40).min(folded.len())])
        }
        // "Hundrastgården - svar till Elsa Berg (m)"
        Some(b's') if folded[at.clone()].starts_with(b"svar ") => {
            let line = memchr::memrchr(b'\n', &folded[..at.start]).map_or(0, |line| line + 1);
            is_answer_to(sheet, line, at)
        }
        // "Elsa Berg (S) ber nämndens ordförande att redogöra för"
        Some(b'b') if folded[at.clone()] == *b"ber" => {
            asks(sheet, at) && TO_TELL.is_match(&folded[at.end..(at.end + 140).min(folded.len())])
        }
        // "Elsa Berg (S) frågar kommunalrådet", where questions are put.
        Some(b'f' | b'h') if is_asking(&folded[at.clone()]) => {
            let whom = &folded[at.end..(at.end + 70).min(folded.len())];
            asks(sheet, at)
                && (ASKING.is_in(sheet, folded)
                    || CHAIR.is_match(whom)
                    || ASKERS.find_iter(folded).take(2).count() > 1)
        }
        // "Ordföranden svarar på frågor från A (p)", in a debate.
        Some(b'f')
            if folded[at.clone()].starts_with(b"fragor")
                && ORAL.is_match(&folded[at.start.saturating_sub(24)..at.start]) =>
        {
            false
        }
        Some(b'f') if at.len() < 7 && !folded[at.clone()].contains(&b' ') => {
            let line = memchr::memrchr(b'\n', &folded[..at.start]).map_or(0, |line| line + 1);
            PUTS.is_match(&folded[at.start.saturating_sub(72)..at.start])
                || REPLIES_TO.is_match(&folded[at.start.saturating_sub(24)..at.start])
                    && PUT_BY.is_match(&folded[at.end..(at.end + 200).min(folded.len())])
                || !folded[line..at.start].iter().any(u8::is_ascii_alphabetic)
                    && !is_topic(&folded[at.end..])
                    && HEADS.is_match(&folded[at.end..(at.end + 220).min(folded.len())])
                || OWN.is_match(&folded[at.start.saturating_sub(12)..at.start])
                || heads_askers(sheet, line, at)
        }
        // "2.1.4 Yrkande från SD om vakter", and below it "Styrelsen beslutar att yrkandet avslås".
        Some(b'y') => {
            let line = memchr::memrchr(b'\n', &folded[..at.start]).map_or(0, |line| line + 1);
            let begins = !folded[line..at.start].iter().any(u8::is_ascii_alphabetic);
            ANSWERED.is_in(sheet, folded)
                || begins && GRANTED.is_match(&folded[at.end..])
                || REPORTED.is_match(&folded[at.start.saturating_sub(30)..at.start])
        }
        Some(b'i' | b'l' | b'1') if !folded[at.clone()].windows(4).any(|part| part == b"terp") => {
            let line = memchr::memrchr(b'\n', &folded[..at.start]).map_or(0, |line| line + 1);
            let begins = !folded[line..at.start].iter().any(u8::is_ascii_alphabetic);
            // "S initiativ om snö", but not "ett initiativ om snö".
            let word = &folded[at.clone()];
            if word.len() == b"initiativet".len() {
                return DECIDED_ON.is_match(&folded[at.start.saturating_sub(90)..at.start]);
            }
            // "§ 61 Initiativ (M) - parkering": its bracket says whose it is.
            if word == b"initiativ" {
                let bracket = (begins || is_new_before(&folded[line..at.start]))
                    && folded[at.end..].starts_with(b" (")
                    && !who_at(sheet, at.end + 1, "").marks.is_empty();
                // "TN § 31 Centerpartiets initiativ - bredband"
                let named = [&b" - "[..], b": ", b", "]
                    .iter()
                    .any(|sign| folded[at.end..].starts_with(sign))
                    && (code_before(sheet, at, "").is_some() || name_before(sheet, at));
                return bracket || named;
            }
            if [&b" om"[..], b" att", b"llande", b"gaende", b" kring"]
                .iter()
                .any(|end| word.ends_with(end))
            {
                return code_before(sheet, at, "").is_some()
                    || name_before(sheet, at)
                    || OWN.is_match(&folded[at.start.saturating_sub(12)..at.start])
                    || CAME_WITH.is_match(&folded[at.start.saturating_sub(90)..at.start]);
            }
            // "ledamotsinitiativ" says all by itself.
            !matches!(folded[at.clone()].last(), Some(b'v' | b'n'))
                || folded[at.clone()]
                    .iter()
                    .all(|byte| !byte.is_ascii_whitespace())
                || begins
                || CAME_WITH.is_match(&folded[at.start.saturating_sub(90)..at.start])
                || BEFORE.is_match(&folded[at.start.saturating_sub(24)..at.start])
        }
        _ => true,
    }
}

/// Whether a line that begins at `line` and ends behind the questions' word at `at` heads those who asked: `Svar på frågor`, and
/// below it `a) Elsa Berg (S) om snö`.
fn heads_askers(sheet: &Sheet, line: usize, at: &Range<usize>) -> bool {
    static ANSWERS: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^\W*(?:\d{1,3}[.)]? )?(?:svar på|besvarande av) (?:inkomna |enkla |muntliga |skriftliga )?$",
        )
    });
    static ASKER: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(r"^[ \t]*:?[ \t]*\n\W*(?:[a-z0-9]{1,2}[.)] ?)?[a-z][a-z .'-]{4,50}\([a-z]{1,4}\)")
    });
    let folded = sheet.folded.as_slice();
    folded[at.clone()].ends_with(b"or")
        && ANSWERS.is_match(&folded[line..at.start])
        && ASKER.is_match(&folded[at.end..(at.end + 90).min(folded.len())])
}

/// Whether no other word than `nytt` stands on the line before an initiative's, or those of its answer.
fn is_new_before(before: &[u8]) -> bool {
    let mut words = before
        .split(|byte| !byte.is_ascii_lowercase())
        .filter(|word| !word.is_empty());
    words.all(|word| matches!(word, b"nytt" | b"svar" | b"pa" | b"ks" | b"kf"))
}

/// Whether the letters behind `motion` make it a word of sport: `motionsspår`, `motionshall`.
fn is_for_sport(behind: &[u8]) -> bool {
    const OF_ASSEMBLIES: [&[u8]; 9] = [
        b"ssvar", b"sbered", b"syrk", b"stext", b"sforf", b"sfors", b"sstall", b"stid", b"shant",
    ];
    behind.get(1).is_some_and(u8::is_ascii_lowercase)
        && !OF_ASSEMBLIES.iter().any(|word| behind.starts_with(word))
}

/// Whether the words behind a question's at a line's beginning say whose letter it is about: `Fråga om virke. Skrivelse från`.
fn is_topic(behind: &[u8]) -> bool {
    let line = behind
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    [&b". skrivelse "[..], b". motion "]
        .iter()
        .any(|word| memchr::memmem::find(line, word).is_some())
}

/// "Återrapport: yrkande från V om snö"
static REPORTED: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(r"\b(?:återrapport|återrapportering|återredovisning)(?:[:,]| av(?: uppdrag:)?) $")
});

/// What stands before a letter that is called what it asks for.
static ASKED_FOR: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"\b(?:svar på|besvarande av|besvarar|med anledning av|yttrande över|redovisning av)(?: [a-z]+){0,2} $",
    )
});

/// What ends a heading of an answer: `…, svar`.
static THEN_ANSWER: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(r"^ [^\n]{3,140}(?:[,.:] ?| -+ ?)(?:förvaltningens |kontorets )?svar[ \t.]*(?:\n|$)")
});

/// What questions are put in.
static IN_LETTER: LazyLock<Pattern> =
    LazyLock::new(|| tolerant(r"^ i (?:en |sin |ovanstående )?skrivelse"));

/// "A (p) inkom den 3 mars med ett initiativ om": one that is handed in, and not what somebody took.
static CAME_WITH: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"\b(?:inkom(?:mit)?|kom(?:mit)? in|lämnades in|väcktes)\b[^.]{0,50}\b(?:med|ett|med ett) (?:skriftligt |nytt )?$|\b(?:lämnade|lämnat|väckte|väckt)\b(?: [^.]{4,40})? ett (?:skriftligt |nytt )?$",
    )
});

/// "Nämnden beslutar att avslå initiativet".
static DECIDED_ON: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"\bbeslut[a-z]* [^.\n]{0,40}\b(?:avslå|avslår|bifalla|bifaller|besvara|besvarar|anse|anser)(?: att)? $|\b(?:nämnden|utskottet|styrelsen) (?:avslår|bifaller|besvarar|anser(?: att)?) $",
    )
});

/// Whether a party's genitive alone stands on the line before `at`: `§ 61 Centerpartiets initiativ om mat`.
fn name_before(sheet: &Sheet, at: &Range<usize>) -> bool {
    let line = memchr::memrchr(b'\n', &sheet.folded[..at.start]).map_or(0, |line| line + 1);
    // "TN § 31 " is the matter's number.
    let line = [&b"$ "[..], b" 8 "]
        .iter()
        .find_map(|sign| memchr::memmem::find(&sheet.folded[line..at.start], sign))
        .filter(|sign| *sign < 6)
        .map_or(line, |sign| line + sign);
    let letter = sheet.folded[line..at.start]
        .iter()
        .position(u8::is_ascii_alphabetic);
    letter
        .and_then(|letter| word_at(sheet, line + letter))
        .is_some_and(|word| {
            word.range.end + 1 == at.start && sheet.folded[word.range].ends_with(b"s")
        })
}

/// What stands before questions that are put and answered while a matter is debated.
static ORAL: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(r"\b(?:svara(?:r|de|t) på|besvara(?:r|de|t)|tog upp|lyfte) (?:[a-z]+ )?$")
});

/// Whether a word says that somebody asks: `frågar`, `har frågat`.
pub(super) fn is_asking(word: &[u8]) -> bool {
    word.ends_with(b"gar") || word.ends_with(b"gat") || word == b"ber"
}

/// Who wrote to a body, and to which.
static HAS: LazyLock<Pattern> = LazyLock::new(|| tolerant(r"\bhar (?:[a-z0-9]+ ){0,4}$"));
static BODY: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(r"^ (?:[a-z-]*nämnden|[a-z]*styrelsen|utskottet|förvaltningen|kontoret|ordföranden)\b")
});

/// Who is asked to tell something: `ber nämndens ordförande att redogöra`.
static TO_TELL: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"^ [^.\n]{0,60}(?:ordförande|råde?t?)[a-z]* (?:[a-z]+ ){0,8}(?:redogöra|redovisa|svara|förklara|berätta|informera|klargöra|upplysa)\b",
    )
});

/// Lines on which somebody asks, one below the other.
static ASKERS: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"(?m)^[ \t]*(?:[*~-]|\d{1,2}[.)])?[ \t*~-]*[a-z .'~-]{4,60}\([a-z]{1,4}\) frågar (?:om|när|hur|varför|vad|vilk|vem|var)\b",
    )
});

/// What stands behind "interpellationssvar" and before who gives it.
static ANSWERER: LazyLock<Pattern> =
    LazyLock::new(|| tolerant(r"^ (?:från|av|lämnat av|skrivet av) "));

/// A list of questions is headed so.
static ASKING: LazyLock<Gated> = LazyLock::new(|| gated(r"frågestund|\bfrågor (?:till|av|från)\b"));

/// Who is asked in an assembly.
static CHAIR: LazyLock<Pattern> =
    LazyLock::new(|| tolerant(r"^ [^.\n]{0,50}(?:ordförande|råde?t?)\b"));

/// Whether nothing but one who asks stands on the line before `at`: `1. Elsa Berg (S) frågar`. The next number of a list may
/// go on on the same line.
fn asks(sheet: &Sheet, at: &Range<usize>) -> bool {
    static ASKER: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(r"(?-u)(?:^\W*\d{1,2}[.)]?\s+|^[ \t*-]*|[.?!] \d{1,2}[.)] )[a-z .'~-]{4,60}\([a-z]{1,4}\) $")
            .expect("a pattern that compiles")
    });
    let folded = sheet.folded.as_slice();
    let line = memchr::memrchr(b'\n', &folded[..at.start]).map_or(0, |line| line + 1);
    ASKER.is_match(&folded[line..at.start])
}
