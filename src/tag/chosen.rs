//! What a paper is about: its kind and its initiatives → the numbers of those that it answers, or that came here on remiss, or
//! that it hands in.
//!
//! A paper tells of other letters than the one it answers: earlier ones, those of others, what somebody moves in the debate.

use std::sync::LazyLock;

use super::pattern::Pattern;

use super::answer::{Form, Initiative};
use super::decide::Decision;
use super::head::Parts;
use super::kind::Kind;
use super::noun::Noun;
use super::party::Party;
use super::sheet::{Sheet, tolerant};
use super::told::is_retold;

/// The noun whose initiatives a paper of this kind is about.
pub(super) fn noun_of(kind: Kind) -> Option<Noun> {
    match kind {
        Kind::SvarPaSkrivelse | Kind::Skrivelse => Some(Noun::Skrivelse),
        Kind::SvarPaMotion | Kind::Motion => Some(Noun::Motion),
        Kind::SvarPaInterpellation | Kind::Interpellation => Some(Noun::Interpellation),
        _ => None,
    }
}

/// The initiatives that the paper is about: those of the kind's own noun, without earlier ones; in a whole paper those of
/// its head and proposal when they name somebody, else those of its text, else of its list of attachments. Numbers of
/// `initiatives`.
pub(super) fn at_hand(
    decision: &Decision,
    initiatives: &[Initiative],
    parts: &Parts,
    sheet: &Sheet,
) -> Vec<usize> {
    let noun = noun_of(decision.kind);
    match decision.kind {
        _ if noun.is_some() => {}
        Kind::SvarPaRemiss if decision.remiss => {}
        Kind::Anmalan => {}
        _ => return Vec::new(),
    }
    let answers = matches!(
        decision.kind,
        Kind::SvarPaSkrivelse | Kind::SvarPaMotion | Kind::SvarPaInterpellation
    );
    let fits = |initiative: &Initiative| {
        let named = decision
            .place
            .as_ref()
            .is_some_and(|place| place.contains(&initiative.at.start));
        (noun.is_none_or(|noun| initiative.noun == noun)
            // "Svar på Siv Eks (V) frågor", and what they were put in is a skrivelse.
            || answers && named && initiative.noun != Noun::Medborgarforslag
            // "73 Svar på interpellation … (M)", and below it "84 Svar på motion … (SD)".
            || answers
                && initiative.noun != Noun::Medborgarforslag
                && heads_answer(sheet, initiative)
            // "Motionen anses besvarad … Skrivelsen av A (p) anses besvarad": another kind's, answered with it.
            || answers
                && initiative.noun != Noun::Medborgarforslag
                && ANSWERED_TOO.is_match(&sheet.folded[initiative.sentence.clone()]))
            && !initiative.who.is_empty()
            && !initiative.earlier
            && !(answers && initiative.new)
            // No body remits a question to another.
            && !(decision.remiss && initiative.noun == Noun::Interpellation)
    };
    let start = |i: &usize| initiatives[*i].at.start;
    let all: Vec<usize> = (0..initiatives.len())
        .filter(|&i| fits(&initiatives[i]))
        .collect();
    let all = without_others(decision, initiatives, sheet, all);
    if !parts.whole {
        let listed = |i: &usize| {
            parts
                .attachments
                .as_ref()
                .is_some_and(|list| list.contains(&start(i)))
        };
        let (attached, own): (Vec<usize>, Vec<usize>) = all.into_iter().partition(listed);
        let own = if answers {
            without_told(initiatives, sheet, own)
        } else {
            own
        };
        // "… som svar på skrivelsen", and only the list of attachments says whose it is.
        return if own.is_empty() { attached } else { own };
    }
    let named = |i: &usize| !initiatives[*i].who.marks.is_empty();
    let head: Vec<usize> = all
        .iter()
        .filter(|i| {
            parts.head.contains(&start(i))
                || parts
                    .proposal
                    .as_ref()
                    .is_some_and(|range| range.contains(&start(i)))
        })
        .filter(|i| named(i))
        .copied()
        .collect();
    let attachments = parts
        .attachments
        .clone()
        .unwrap_or(sheet.folded.len()..sheet.folded.len());
    let body: Vec<usize> = all
        .iter()
        .filter(|i| start(i) < attachments.start)
        .copied()
        .collect();
    if head.is_empty() {
        if body.iter().any(named) {
            return body;
        }
        return all;
    }
    let mut head = head;
    head.extend(bound(initiatives, parts, sheet, &body));
    // The head says which parties; the text may say who wrote for them.
    let parties: Vec<Party> = head
        .iter()
        .flat_map(|&i| initiatives[i].who.marks.iter().map(|mark| mark.party))
        .collect();
    let mut out = head;
    out.extend(body.into_iter().filter(|i| {
        named(i)
            && initiatives[*i]
                .who
                .marks
                .iter()
                .all(|mark| parties.contains(&mark.party))
    }));
    out
}

/// Whether an initiative is named by a numbered line that begins with its answer.
fn heads_answer(sheet: &Sheet, one: &Initiative) -> bool {
    static LINE: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^[ \t]*(?:[$] ?)?\d{1,3}(?:/\d{2,4})?[.):]?[ \t]+(?:svar på|besvarande av) (?:[a-z]+ ){0,2}$",
        )
    });
    let folded = sheet.folded.as_slice();
    let line = memchr::memrchr(b'\n', &folded[..one.at.start]).map_or(0, |line| line + 1);
    LINE.is_match(&folded[line..one.at.start])
}

/// Whether an initiative begins a numbered line on which no answer is said.
fn heads_alone(sheet: &Sheet, one: &Initiative) -> bool {
    let folded = sheet.folded.as_slice();
    let start = memchr::memrchr(b'\n', &folded[..one.at.start]).map_or(0, |line| line + 1);
    let end =
        memchr::memchr(b'\n', &folded[one.at.end..]).map_or(folded.len(), |end| one.at.end + end);
    let number = &folded[start..one.at.start];
    number.iter().any(u8::is_ascii_digit)
        && !number.iter().any(u8::is_ascii_alphabetic)
        && memchr::memmem::find(&folded[one.at.end..end], b"svar").is_none()
}

/// Those of `body` that the title of another report says, bound behind the first in one file: below a letterhead of its own
/// stands `Svar på skrivelse från A (p)`.
fn bound(initiatives: &[Initiative], parts: &Parts, sheet: &Sheet, body: &[usize]) -> Vec<usize> {
    static LETTERHEAD: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"(?m)^[ \t]*(?:[a-z-]+ ){0,3}(?:tjänste?utlåtande|tjänsteskrivelse)\b[^\n]{0,40}$",
        )
    });
    static TITLE: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(r"^[ \t]*(?:svar på|besvarande av|yttrande över) (?:[a-z]+ ){0,2}$")
    });
    let folded = sheet.folded.as_slice();
    let is_title = |i: &&usize| {
        let one = &initiatives[**i];
        let line = memchr::memrchr(b'\n', &folded[..one.at.start]).map_or(0, |line| line + 1);
        line > parts.head.end
            && !one.who.marks.is_empty()
            && TITLE.is_match(&folded[line..one.at.start])
            && LETTERHEAD.is_match(&folded[line.saturating_sub(900).max(parts.head.end)..line])
    };
    body.iter().filter(is_title).copied().collect()
}

/// `all` without those that stand beside what is answered: where a club's letter is, a party's that is only spoken of
/// (`yrkar att nämnden svarar på skrivelsen från A`); where several are named, one that is sent on; on a remiss, what
/// somebody moves.
fn without_others(
    decision: &Decision,
    initiatives: &[Initiative],
    sheet: &Sheet,
    mut all: Vec<usize>,
) -> Vec<usize> {
    static SENT_ON: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^[)\]}., ]*¤?[)\]}]*(?:(?: (?:om|angående|gällande)(?: [a-z-]+){1,6})? (?:ska |skall )?(?:remitteras|remitterades|överlämnas|överlämnades|hänsköts|bordlades|återremitterades)\b)",
        )
    });
    static MOVED: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"\byrka[a-z]* (?:bifall|avslag) (?:till|på) [^.\n]{0,40}$"));
    let folded = sheet.folded.as_slice();
    let said = decision.place.as_ref().and_then(|place| {
        initiatives
            .iter()
            .find(|one| place.start <= one.at.start && one.at.end <= place.end)
    });
    // "Svar på motion från kommunstyrelsens ordförande": whose answer it is.
    static CHAIR: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"^ (?:från|av) [a-z -]{0,40}(?:ordförande|råd)"));
    let club = |one: &&Initiative| {
        one.who.organisation && one.who.marks.is_empty() && !CHAIR.is_match(&folded[one.at.end..])
    };
    if let Some(club) = said.filter(club) {
        all.retain(|&i| {
            let one = &initiatives[i];
            let sentence = &folded[one.sentence.clone()];
            one.noun != club.noun || ANSWERED_TOO.is_match(sentence)
        });
    }
    if decision.remiss {
        all.retain(|&i| {
            !MOVED.is_match(
                &folded[..initiatives[i].at.start][initiatives[i].at.start.saturating_sub(60)..],
            )
        });
    }
    let rest: Vec<usize> = all
        .iter()
        .copied()
        .filter(|&i| {
            let end = initiatives[i].who.end.max(initiatives[i].at.end);
            !SENT_ON.is_match(folded.get(end..).unwrap_or_default())
        })
        .collect();
    let named = |i: &usize| !initiatives[*i].who.marks.is_empty();
    if rest.iter().any(named) { rest } else { all }
}

/// `all` without those of other parties that the text only tells of, where some are said to be what is answered: `Svar på
/// skrivelse från (V)`, and below it `Siv Ek (M) lämnade 2017 en skrivelse om vägar`.
fn without_told(initiatives: &[Initiative], sheet: &Sheet, all: Vec<usize>) -> Vec<usize> {
    // "9 Svar på motion från A (p)", "10 Motion från B (p)": the other matter has no answer.
    let headed = all.iter().any(|&i| heads_answer(sheet, &initiatives[i]));
    let (said, told): (Vec<usize>, Vec<usize>) = all.into_iter().partition(|&i| {
        is_said(sheet, &initiatives[i]) && !(headed && heads_alone(sheet, &initiatives[i]))
    });
    let parties: Vec<Party> = said
        .iter()
        .flat_map(|&i| initiatives[i].who.marks.iter().map(|mark| mark.party))
        .collect();
    if parties.is_empty() {
        let mut all = [said, told].concat();
        all.sort_unstable();
        return all;
    }
    let mut all = said;
    let joint: Vec<usize> = all
        .iter()
        .copied()
        .filter(|&i| names_others(sheet, &initiatives[i]))
        .collect();
    all.extend(told.into_iter().filter(|&i| {
        let one = &initiatives[i];
        let marks = &one.who.marks;
        marks.iter().all(|mark| parties.contains(&mark.party))
            || joint
                .iter()
                .any(|&said| is_by_same(sheet, &initiatives[said], one))
    }));
    all.sort_unstable();
    all
}

/// Whether an initiative's writers are not all named: `Initiativ från A (p) med flera`.
fn names_others(sheet: &Sheet, one: &Initiative) -> bool {
    static OTHERS: LazyLock<Pattern> = LazyLock::new(|| tolerant(r"\bm\.? ?fl\b|\bmed flera\b"));
    let end = (one.who.end + 12).min(sheet.folded.len());
    OTHERS.is_match(sheet.folded.get(one.at.start..end).unwrap_or_default())
}

/// Whether two are the same by their noun and the one who is named first.
fn is_by_same(sheet: &Sheet, said: &Initiative, other: &Initiative) -> bool {
    let first = |one: &Initiative| {
        let (name, _) = one.who.people.first()?;
        let words = sheet.folded[name.clone()].split(u8::is_ascii_whitespace);
        Some(words.filter(|word| !word.is_empty()).collect::<Vec<_>>())
    };
    said.noun == other.noun && first(said).is_some() && first(said) == first(other)
}

/// Whether the text says that an initiative is what it is about: it begins a line, stands behind an answer's words, or its
/// sentence decides on it.
fn is_said(sheet: &Sheet, one: &Initiative) -> bool {
    static ANSWER: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"(?:\b(?:svar|svarar|svara|yttrande|besvarande|besvarar|besvara|redovisning|utlåtande|behandling|handläggning|bereda|avslår|avslå|bifaller|bifalla|avstyrker|tillstyrker|återremittera[r]?)(?: (?:till [a-z]+ )?(?:på|över|av|till|med anledning av|angående))?|\bavslag på|\bbifall till)[^.\n]{0,60}$",
        )
    });
    static DECIDED: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^[^.\n]{0,160}\b(?:(?:anses|förklaras|är|ses som) (?:därmed |härmed |vara )*(?:besvara[dt]|behandla[dt])|avslås|bifalles|bifalls|återremitteras|avstyrks|tillstyrks|besvaras|är besvarad)\b",
        )
    });
    // "A (p) har yrkat bifall till motionen": in minutes that is no decision.
    static MOVED: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"\b(?:yrka|reserver|föresl|stöd)"));
    let folded = sheet.folded.as_slice();
    let line = memchr::memrchr(b'\n', &folded[..one.at.start]).map_or(0, |line| line + 1);
    let before = &folded[line..one.at.start];
    if !before.iter().any(u8::is_ascii_alphabetic) {
        // "Motion från A (p) behandlades 2018 och avslogs" heads nothing.
        let behind = &folded[one.at.end..one.sentence.end.max(one.at.end)];
        return sheet.cased[one.at.start].is_ascii_uppercase() && !is_retold(behind);
    }
    // "§ 25 Miljöpartiets motion om snö"
    let whose = one.who.marks.first().map(|mark| mark.range.start);
    let whose = one.who.people.first().map(|(name, _)| name.start).or(whose);
    if one.form == Form::Genitive
        && let Some(whose) = whose.filter(|whose| (line..one.at.start).contains(whose))
        && !folded[line..whose].iter().any(u8::is_ascii_alphabetic)
    {
        return true;
    }
    // "… svar separat Interpellation av A (p) om snö": the next field of a list on one line.
    let field = one.form == Form::From
        && sheet.cased[one.at.start].is_ascii_uppercase()
        && !folded[one.at.clone()].ends_with(b"en");
    let start = one.sentence.start.min(one.at.start);
    let before = &folded[start..one.at.start];
    field
        || ANSWER.is_match(before) && !MOVED.is_match(before)
        || DECIDED.is_match(&folded[one.at.end..one.sentence.end.max(one.at.end)])
            && !MOVED.is_match(before)
}

/// What is said of an initiative that is answered.
static ANSWERED_TOO: LazyLock<Pattern> =
    LazyLock::new(|| tolerant(r"\b(?:anses|förklaras|är) (?:därmed |härmed |vara )*besvara[dt]"));
