//! Whose letter: a sheet → each skrivelse, motion, interpellation that it speaks of, and who wrote it.
//!
//! An initiative is the word (`skrivelse`) with the people and parties that the text ties to it, in one of the forms that
//! occur: `skrivelse från A (p)`, `As skrivelse`, `A (p) har i en skrivelse`, `skrivelse (p)`, `A (p). Svar på skrivelse`.
//! Whether the paper answers it is for `kind` to say.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::earlier::{PAST_DECISION, had_its_answer};
use super::handed_in;
use super::initiative_word::is_initiative;
use super::mark::Mark;
use super::noun::{NOUN, NOUN_CORE, Noun, noun_of};
use super::sentence::sentence;
use super::sheet::{Gated, Sheet, gated, parts_around, tolerant};
use super::told;
use super::who::{Who, who_at};
use super::writers::writers;

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
                // "Liberalernas förslag om snö": theirs is what the last words name.
                let own = memchr::memmem::find(found.as_bytes(), b"s forslag ");
                // "RS 12-2025Motion": what stood on the line before is glued to it.
                let glued = usize::from(found.as_bytes().first().is_some_and(u8::is_ascii_digit));
                let start = found.start()
                    + own
                        .map(|own| own + 2)
                        .unwrap_or_else(|| party.map_or(glued, |party| party + 5));
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
            r"^[)\]},\s]*¤?[)\]},\s]*har (?:den [^.\n]{4,20} |gemensamt |(?:till|i|vid) [^.\n]{0,30}(?:nämnden|utskottet|styrelsen|sammanträdet|sammanträde|möte|mötet) )?(?:(?:aktualiserat|uppmärksammat|tagit upp|lyft|väckt frågan|skrivit om|skrivit angående|skrivit)\b|(?:skrivit|tillskrivit|vänt sig) (?:till )?(?:[a-z-]*nämnden|[a-z]*styrelsen|utskottet|förvaltningen)\b|[i] (?:ett |en )?(?:brev|mejl|mail|e-post|epost|e-brev)[^.\n]{0,60} (?:ställt|frågat|begärt|föreslagit|undrat))",
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
