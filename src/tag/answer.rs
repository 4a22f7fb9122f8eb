//! Whose letter: a sheet → each skrivelse, motion, interpellation that it speaks of, and who wrote it.
//!
//! An initiative is the word (`skrivelse`) with the people and parties that the text ties to it, in one of the forms that
//! occur: `skrivelse från A (p)`, `As skrivelse`, `A (p) har i en skrivelse`, `skrivelse (p)`, `A (p). Svar på skrivelse`.
//! Whether the paper answers it is for `kind` to say.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::answer_heading::is_answer_to;
use super::earlier::{PAST_DECISION, had_its_answer};
use super::handed_in;
use super::mark::{Mark, word_at};
use super::sentence::sentence;
use super::sheet::{Gated, Sheet, gated, parts_around, tolerant};
use super::told;
use super::who::{Who, who_at};
use super::writers::{ANSWERS_TO, writers};
use super::wrote::code_before;

/// What kind of initiative it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noun {
    /// A skrivelse, and what other municipalities call it (nämndinitiativ).
    Skrivelse,
    Motion,
    /// An interpellation or a question.
    Interpellation,
    Medborgarforslag,
}

/// How the text ties its writers to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `skrivelse från A (p)`.
    From,
    /// `As (p) skrivelse`.
    Genitive,
    /// `A (p) har i en skrivelse …`.
    Subject,
    /// `skrivelse (p)`.
    Bracket,
    /// Nobody is named.
    Nobody,
}

/// One initiative. Ranges are of the folded copy.
#[derive(Clone, Debug)]
pub(super) struct Initiative {
    pub(super) noun: Noun,
    pub(super) at: Range<usize>,
    pub(super) who: Who,
    pub(super) form: Form,
    /// Its sentence.
    pub(super) sentence: Range<usize>,
    /// The text says that it is an earlier one.
    pub(super) earlier: bool,
    /// It stands below a heading of new ones.
    pub(super) new: bool,
}

/// The initiatives' words, and `Nr 2009:6 av`. [`noun_of`] tells which is which.
static NOUN: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(concat!(
        r"(?:\b|\d|[a-z]{5}parti)(?:(?:skrivelse(?:n|r|rna|ns)?|följdskrivelse[n]?|nämnds?initiativ[a-z]*|initiativärende[a-z]*|ärendeinitiativ[a-z]*|ledamotsinitiativ[a-z]*|politikerinitiativ[a-z]*|politiskt initiativ(?:et)?|politiska initiativ(?:et|en)?|ledamotsförslag[a-z]*|ledamotsfråga[n]? (?:av|från)|följande skriftliga förslag|initiativ(?:et)? (?:[a-z]+ ){0,4}(?:från|av)|initiativ (?:om|att|gällande|angående|kring)\b|initiativ\b|svar till\b|tillskrivit\b|ärende[t]? väckt av|yrkande[t]? från|(?:begäran|framställan|hemställan|förfrågan) från|väckt ärende[t]?|initiativet\b)",
        r"|(?:motion(?:en|er|erna|ens|ssvar(?:et)?|ären|ärerna|är:|ärer:|erat|erade)?)",
        r"|(?:interpel{1,3}ation(?:en|er|erna|ens|ssvar)?|interpellant(?:en|erna|er:|:)|interpellera[dt]e?|fråga till (?:[a-z]+ ){0,3}[a-z]*(?:ordförande|råde)[nt]?|enk(?:el|la) fråg[a-z]+|muntliga? fråg[a-z]+|skriftliga? fråg[a-z]+|(?:fråga[n]?|frågor(?:na)?)(?: (?:nr )?\d{1,4}(?:/\d\d)?(?::\d{1,4})?)?(?: (?:av|från|ställd))|frågar\b|har frågat\b|ber\b|fråg(?:a|or)\b)",
        r"|(?:medborgar ?(?:förslag|initiativ)[a-z]*|malmöinitiativ[a-z]*|e-förslag[a-z]*|(?:göteborgs|helsingborgs|ängelholms|mölndals|linköpings|umeå|partille|kungsbacka)förslag[a-z]*)",
        r"|(?:nr \d{4}:\d{1,3}(?: (?:av|från))))"
    ))
});

/// Which initiative a word that [`NOUN`] matches means.
fn noun_of(word: &[u8]) -> Noun {
    let has = |part: &[u8]| memchr::memmem::find(word, part).is_some();
    let first = word.first();
    if !has(b"terp") && matches!(first, Some(b'i' | b'l' | b'1' | b'y'))
        || is_request(word)
        || word.starts_with(b"fol")
        || word.starts_with(b"fo1")
    {
        Noun::Skrivelse
    } else if has(b"terp") || has(b"fr") || word.starts_with(b"nr") || word == b"ber" {
        Noun::Interpellation
    } else if has(b"edborg") || has(b"rslag") {
        Noun::Medborgarforslag
    } else if word.starts_with(b"m") || word.starts_with(b"rn") {
        if has(b"at") {
            Noun::Medborgarforslag
        } else {
            Noun::Motion
        }
    } else {
        Noun::Skrivelse
    }
}

/// Whether a word says that somebody asks for something: `begäran från`.
fn is_request(word: &[u8]) -> bool {
    [&b"beg"[..], b"framst", b"hemst", b"forfr"]
        .iter()
        .any(|stem| word.starts_with(stem))
}

/// Letters that every one of these words holds.
pub(super) static NOUN_CORE: LazyLock<Gated> = LazyLock::new(|| {
    gated(
        r"skrive|motion|terpe|fråg|[ ]ber[ ]|svar[ ]till|illskriv|edborg|nitiat|e-f|otsf|nr\s|yrkand|ckt |[sae]för|liga för|äran från|tällan från",
    )
});

/// Whether the word at `at` is one of this room's: Göteborg's nämnder answer a `yrkande från A (p)`, where elsewhere one is
/// only moved, and an `initiativ från A (p)` is one where it begins a matter or is answered; `på initiativ av` is none.
fn is_initiative(sheet: &Sheet, at: &Range<usize>) -> bool {
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
            r"^(?: nr \d+)?(?: för besvarande [^\n]{0,40}:\s*\n|(?: (?:om|gällande|angående|ang\.?|rörande|avseende|kring) | ?[-:] ?)[^\n]{3,160}(?:från|av|ställd av) | ?: [^\n]{8,160}[?!;,] [a-z][^\n]{4,60}\([a-z]{1,4}\)[ \t.]*(?:\n|$))",
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

static EARLIER: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"(?:tidigare|förra|föregående|annan|andra|liknande|likalydande|likadan|snarlik|motsvarande) (?:[a-z]+ ){0,2}$|\b(?:behandlades|besvarades|avslogs|bifölls) (?:(?:redan|också|även|då) )?(?:en|ett) (?:[a-z]+ )?$|\bavskriv[a-z]* (?:av )?(?:[a-z]+ )?$|\btidigare har (?:[a-z]+ ){1,5}$|\btidigare\b[^.\n]{0,24}\b(?:besvarat|behandlat|avslagit|bifallit) (?:en|ett) $|\bhänvisa(?:r|de) till (?:sin|sitt|[a-z]+s) $|\b(?:exempel|rubrik)[a-z]*(?: på [a-z]+)?: (?:[a-z]+ ){0,3}$|\bunder (?:året|perioden|hösten|våren|(?:19|20)\d\d) (?:har|hade) (?:[a-z]+ ){1,4}$|\bföljd av att (?:[a-z]+ ){0,2}(?:biföll|avslog|besvarade) $|\bhar tidigare (?:[a-z]+ ){1,5}$|\b(?:en|till) följd av (?:[a-z]+ )?$|\befter att [^.\n]{0,40}\b(?:bifallit|avslagit|besvarat|behandlat|antagit|biföll|avslog|besvarade) (?:en|ett) $|\b(?:bifallen|bifallna|avslagen|avslagna|slutbehandlad) $|\bbeslut[a-z]* [^.]{0,60}\befter (?:en|ett) (?:[a-z]+ )?$|\b(?:avslog|biföll|besvarade|behandlade) (?:(?:i|år|den|under) )?(?:\d{1,2} )?(?:[a-z]+ )?(?:19|20)\d\d(?:-\d\d-\d\d)? (?:en|ett) $",
    )
});

/// "Alla obesvarade motioner", "icke-hanterade initiativärenden".
static UNANSWERED: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"\b(?:obesvarade|obehandlade|(?:icke|ej|inte|ännu inte|ännu ej)[ -]?(?:hanterade|behandlade|besvarade|färdigbehandlade|färdigberedda|slutbehandlade|avgjorda)) (?:[a-z]+ )?$",
    )
});

/// Several letters are answered at once.
static SEVERAL: LazyLock<Gated> =
    LazyLock::new(|| gated(r"\bskrivelserna\b|\b(?:två|tre|båda|flera) (?:[a-z]+ )?skrivelser"));

/// Where the paragraph that begins `text` ends: at an empty line, or at a line that begins with a capital.
fn paragraph(text: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', text)
        .find(|&line| {
            let next = text.get(line + 1);
            next.is_none_or(|byte| *byte == b'\n' || byte.is_ascii_uppercase())
        })
        .unwrap_or(text.len())
}

/// "A (p) tar tillbaka sin interpellation": nobody answers that, either.
static WITHDRAWS: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"\b(?:tar|tog|dra[rg]|drog) tillbaka (?:sin|sitt|sina) $|\båter(?:tar|tog|tagit) (?:sin|sitt|sina) $",
    )
});

pub(super) static RESIGNS: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"\bavsa(?:gt|de) sig\b|\bavsäger sig\b|\b(?:anhåll(?:it|er|an)|anhöll|begär(?:t|de)?|ansök(?:t|er)) [^.]{0,40}\b(?:befrielse|entledig|avsked)|\bavsägelse|\bnominer",
    )
});

/// Every initiative of `sheet`, in the order of the text. `marks` are the sheet's party marks.
pub(super) fn initiatives(sheet: &Sheet, marks: &[Mark], around: &str) -> Vec<Initiative> {
    let folded = sheet.folded.as_slice();
    let mut found: Vec<Initiative> = parts_around(sheet, &NOUN_CORE, 40, 60)
        .into_iter()
        .flat_map(|part| {
            NOUN.find_iter(&folded[part.clone()]).map(move |found| {
                // "Vänsterpartimotion": the party stands before the word.
                let party = memchr::memmem::find(found.as_bytes(), b"parti");
                // "RS 12-2025Motion": what stood on the line before is glued to it.
                let glued = usize::from(found.as_bytes().first().is_some_and(u8::is_ascii_digit));
                let start = found.start() + party.map_or(glued, |party| party + 5);
                part.start + start..part.start + found.end()
            })
        })
        .filter(|at| is_initiative(sheet, at))
        .map(|at| {
            let noun = noun_of(&folded[at.clone()]);
            let sentence = sentence(sheet, &at);
            let before = &folded[at.start.saturating_sub(40).max(sentence.start)..at.start];
            // "A (p) väckte vid förra mötet ett initiativ": the meeting is past.
            let meeting = [
                "forra motet ",
                "forra sammantradet ",
                "foregaende mote ",
                "foregaende sammantrade ",
            ];
            let meeting = meeting
                .iter()
                .any(|words| memchr::memmem::find(before, words.as_bytes()).is_some());
            let mut earlier = !meeting && EARLIER.is_match(before);
            // "A (p) har i skrivelse avsagt sig uppdraget": nobody answers that.
            let (form, who) = if noun == Noun::Skrivelse
                && RESIGNS.is_match(&folded[sentence.clone()])
                || WITHDRAWS.is_match(before)
            {
                (
                    Form::Nobody,
                    Who {
                        end: at.end,
                        ..Who::default()
                    },
                )
            } else {
                writers(sheet, &at, &sentence, marks, around)
            };
            earlier |= told::is_named_only(folded, at.start)
                || told::is_referred_to(folded, at.start)
                || told::is_from_body(folded, at.start, at.end)
                || told::is_to_state(&folded[at.end..])
                || told::is_summed(&folded[sentence.start.min(at.start)..at.start]);
            earlier |= [&b" en "[..], b" ett "]
                .iter()
                .any(|one| folded[..at.start].ends_with(one))
                && PAST_DECISION
                    .is_match(&folded[at.start.saturating_sub(120).max(sentence.start)..at.start]);
            // "Svar på två skrivelser … har i en annan skrivelse begärt"
            earlier &= !(folded[..at.start].ends_with(b"annan ") && SEVERAL.is_in(sheet, folded));
            // "I en skrivelse, som besvarades": of a paper's own letter it is said that it is answered.
            let rest = who.end.max(at.end)..sentence.end;
            earlier |= sheet.folded.get(rest.clone()).is_some_and(|behind| {
                had_its_answer(sheet, &behind[..paragraph(&sheet.cased[rest])])
            });
            Initiative {
                noun,
                new: handed_in::stands_below(sheet, &at)
                    && !handed_in::has_answer(folded, sentence.end)
                    || UNANSWERED.is_match(before)
                    || told::is_announced_beside(folded, at.start),
                at,
                who,
                form,
                sentence,
                earlier,
            }
        })
        .collect();
    if let Some(first) = found
        .iter()
        .position(|one| one.noun != Noun::Medborgarforslag)
        && found
            .iter()
            .all(|one| one.who.is_empty() && !one.who.organisation)
        && let Some(who) =
            retold(sheet, &found[first].at, around).or_else(|| summed_up(sheet, around))
    {
        found[first].form = Form::Subject;
        found[first].who = who;
    }
    if let Some(first) = found.first_mut()
        && first.noun == Noun::Skrivelse
        && first.who.is_empty()
        && !first.who.organisation
        && let Some(who) = wrote(sheet, first.at.start, around)
    {
        first.form = Form::Subject;
        first.who = who;
    }
    found
}

/// "A, V, har skrivit till nämnden om snö", and then "svar på skrivelsen": who begins the text.
fn wrote(sheet: &Sheet, until: usize, around: &str) -> Option<Who> {
    static WROTE: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^[)\]},\s]*¤?[)\]},\s]*har (?:den [^.\n]{4,20} |gemensamt )?(?:(?:skrivit|tillskrivit|vänt sig) (?:till )?(?:[a-z-]*nämnden|[a-z]*styrelsen|utskottet|förvaltningen)\b|[i] (?:ett |en )?(?:brev|mejl|mail|e-post|epost|e-brev)[^.\n]{0,60} (?:ställt|frågat|begärt|föreslagit|undrat))",
        )
    });
    let start = sheet.folded.iter().position(u8::is_ascii_alphabetic)?;
    let who = who_at(sheet, start, around);
    (!who.marks.is_empty() && who.end < until && WROTE.is_match(&sheet.folded[who.end..until]))
        .then_some(who)
}

/// "Motion om förskolor – svar", and below it a line that begins with who wrote it and says what they propose, without the
/// word: "Elsa Berg och Ulf Ek (båda MP) har föreslagit att …".
fn retold(sheet: &Sheet, at: &Range<usize>, around: &str) -> Option<Who> {
    static PROPOSES: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^[)\]}.,\s]*(?:¤\s*)?(?:(?:har|hade) )?(?:föreslagit|föreslår|föreslog|hemställt|hemställer|hemställde|yrkat att|yrkar att (?:(?:landsting|region|kommun|stad)[a-z]*|det|en|ett|vi) |begärt|begär|motionerat|undrar|undrat|frågar|frågat|vill (?:att|ha|se|få|utreda|införa)\b|skrivit till|önskar|lyft|anför|framför|skriver)",
        )
    });
    static DEBATE: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^[ \t]*(?:yrkande|reserv|beslutsgång|proposition|protokollsant|särskil|deltar|jäv|votering|omröstning|överläggning)|\b(?:föreslår|föreslog|yrkar|yrkade) (?:på )?(?:bifall|avslag|återremiss|bordläggning|att (?:ärendet|motionen|interpellationen|förslaget))",
        )
    });
    let folded = sheet.folded.as_slice();
    // "Motion till kommunfullmäktige" is the motion itself; "Fler motioner" heads what many want.
    if folded[at.end..].starts_with(b" till ") || folded[at.clone()].ends_with(b"er") {
        return None;
    }
    let to = (at.end + 900).min(folded.len());
    let mut start = at.end + memchr::memchr(b'\n', &folded[at.end..to])? + 1;
    while start < to {
        let end = memchr::memchr(b'\n', &folded[start..]).map_or(folded.len(), |end| start + end);
        if DEBATE.is_match(&folded[start..end]) {
            return None;
        }
        let who = who_at(sheet, start, around);
        if !who.people.is_empty() && !who.marks.is_empty() && PROPOSES.is_match(&folded[who.end..])
        {
            return Some(who);
        }
        start = end + 1;
    }
    None
}

/// "Nämnden avslår initiativet", and the matter's summary begins with the party that wants something: "Vänsterpartiet vill
/// att förvaltningen".
fn summed_up(sheet: &Sheet, around: &str) -> Option<Who> {
    static SUMMARY: LazyLock<Gated> = LazyLock::new(|| {
        gated(
            r"(?m)^[ \t]*(?:sammanfattning(?: av ärendet)?|beskrivning av ärendet|ärendebeskrivning|ärendet|bakgrund)[ \t]*:?[ \t]*\n\s*",
        )
    });
    static WANTS: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^ (?:vill (?:att|se|ha|införa|utreda)|önskar(?: att)?|begär att|föreslår att (?:kommun|region|nämnd|förvaltning|det|en|ett)[a-z]*) ",
        )
    });
    let folded = sheet.folded.as_slice();
    if !SUMMARY.may_be_in(sheet) {
        return None;
    }
    let summary = SUMMARY.find_iter(folded).next()?;
    let who = who_at(sheet, summary.end(), around);
    (who.people.is_empty()
        && !who.organisation
        && !who.marks.is_empty()
        && WANTS.is_match(&folded[who.end..]))
    .then_some(who)
}

#[cfg(test)]
mod tests {
    use super::super::sheet::folded;
    use super::*;

    #[test]
    fn each_word_is_told() {
        for (text, noun) in [
            (
                "skrivelsen nämndinitiativ ledamotsförslag initiativärende följdskrivelse politikerinitiativ",
                Noun::Skrivelse,
            ),
            ("motion motionerna rnotion", Noun::Motion),
            (
                "interpellationen fråga från enkel fråga muntlig fråga skriftlig fr&ga nr 2009:6 av",
                Noun::Interpellation,
            ),
            (
                "medborgarförslag malmöinitiativ e-förslag rnedborgarforslag",
                Noun::Medborgarforslag,
            ),
        ] {
            let folded = folded(text);
            let words: Vec<Noun> = NOUN
                .find_iter(folded.as_bytes())
                .map(|word| noun_of(word.as_bytes()))
                .collect();
            assert!(
                words.len() > 2 && words.iter().all(|word| *word == noun),
                "{text}: {words:?}"
            );
        }
    }

    #[test]
    fn every_word_holds_the_letters_that_are_looked_for() {
        for line in include_str!("lines.tsv").lines() {
            let folded = folded(&line.replace('⏎', "\n"));
            for pattern in [&*NOUN] {
                for found in pattern.find_iter(folded.as_bytes()) {
                    // The letters may be a word with its blanks.
                    let end = (found.end() + 1).min(folded.len());
                    let word = &folded.as_bytes()[found.start().saturating_sub(1)..end];
                    assert!(NOUN_CORE.is_match(word), "{found:?}");
                }
            }
        }
    }
}
