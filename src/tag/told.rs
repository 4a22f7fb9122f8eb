//! Answers and initiatives that are only named: a place → whether what stands there belongs to another paper or another day.
//!
//! `Uppdraget "Svar på motion från A (p)" är genomfört` names an answer and gives none, and so does each line below `Tidigare
//! beslut`. No pattern is needed for that, and none is compiled.

use super::sheet::ends;

/// Lines above one of a list of earlier decisions in which its heading is looked for.
const REACH: usize = 12;

/// Bytes of the line that heads a list of earlier decisions.
const HEADING: usize = 60;

/// Whether the answer's words or the initiative's word at `at` only name another paper.
pub(super) fn is_named_only(folded: &[u8], at: usize) -> bool {
    is_quoted(folded, at)
        || is_past(folded, at)
        || is_cited(folded, at)
        || is_given_before(folded, at)
        || is_planned(folded, at)
}

/// The part of the line before `at`.
fn line_before(folded: &[u8], at: usize) -> &[u8] {
    let start = memchr::memrchr(b'\n', &folded[..at]).map_or(0, |line| line + 1);
    &folded[start..at]
}

/// Whether words in quotes, of an answer, name something else: `Punkt 3, "Besvara skrivelse från (S)", är klar`. A matter's
/// own title may stand in quotes, too: `Ärende 7 "Svar på skrivelse från (S)"`.
fn is_quoted(folded: &[u8], at: usize) -> bool {
    let line = line_before(folded, at);
    let Some(quote) = memchr::memrchr(b'"', line) else {
        return false;
    };
    let open = memchr::memchr_iter(b'"', line).count() % 2 == 1;
    let inside = line[quote + 1..].trim_ascii();
    let mut words = line[..quote]
        .rsplit(|byte| !byte.is_ascii_lowercase())
        .filter(|word| !word.is_empty());
    let titled = |word: &[u8]| matches!(word, b"arende" | b"arendet" | b"paragraf");
    open && is_answer(inside) && words.next().is_some_and(|word| !titled(word))
}

/// Whether nothing stands in `words`, or the first of an answer's.
fn is_answer(words: &[u8]) -> bool {
    let answers = || {
        [&b"svar"[..], b"5var", b"yttrande"]
            .iter()
            .any(|word| memchr::memmem::find(words, word).is_some())
    };
    words.is_empty() || words.len() < 60 && answers()
}

/// Whether what stands before an answer's words says that it was given another time: `med anledning av svar på skrivelse`,
/// `tidigare svar på motion`.
fn is_given_before(folded: &[u8], at: usize) -> bool {
    const GIVEN: [&str; 8] = [
        "med anledning av ",
        "utifran ",
        "efter ",
        "enligt ",
        "till foljd av ",
        "tidigare ",
        "sedan ",
        "utover ",
    ];
    let before = &folded[..at];
    // "… med hänvisning till svaret på Vänsterpartiets motion 2014"
    let near = &before[before.len().saturating_sub(60)..];
    if memchr::memmem::find(near, b"hanvisning till svaret pa ").is_some() {
        return true;
    }
    let before = match before.strip_suffix(b"svar pa ") {
        Some(before) => before,
        None if folded[at..].starts_with(b"svar ") => before,
        None => return false,
    };
    GIVEN.iter().any(|given| ends(before, given.as_bytes()))
}

/// Whether the text only points to an initiative: `återremitteras med hänvisning till den motion som (S) lämnat`.
pub(super) fn is_referred_to(folded: &[u8], at: usize) -> bool {
    const POINTERS: [&str; 5] = ["den ", "sin ", "en ", "partiets ", "tidigare "];
    let before = &folded[..at];
    let before = POINTERS
        .iter()
        .find_map(|word| before.strip_suffix(word.as_bytes()))
        .unwrap_or(before);
    ends(before, b"med hanvisning till ")
}

/// Whether a letter is the nämnd's own, to which others gave the answer: `Svar på skrivelsen har lämnats av (S)`. The word
/// stands at `at` and ends at `end`.
pub(super) fn is_from_body(folded: &[u8], at: usize, end: usize) -> bool {
    let behind = &folded[end..];
    let behind = behind.strip_prefix(b" har").unwrap_or(behind);
    ends(&folded[..at], b"svar pa ")
        && [
            " lamnats av ",
            " lamnades av ",
            " inkommit fran ",
            " inkom fran ",
            " kommit in fran ",
            " kom in fran ",
        ]
        .iter()
        .any(|given| super::sheet::begins(behind, given.as_bytes()))
}

/// Whether a letter goes to the state: `skrivelse till regeringen`. The words behind its own are `behind`.
pub(super) fn is_to_state(behind: &[u8]) -> bool {
    let Some(to) = behind.strip_prefix(b" till ") else {
        return false;
    };
    let to = to.strip_prefix(b"sveriges ").unwrap_or(to);
    let word = to
        .split(|byte| !byte.is_ascii_lowercase())
        .next()
        .unwrap_or(to);
    [
        &b"regeringen"[..],
        b"riksdagen",
        b"socialstyrelsen",
        b"lansstyrelsen",
    ]
    .contains(&word)
        || [
            &b"verket"[..],
            b"myndigheten",
            b"departementet",
            b"inspektionen",
            b"ministern",
        ]
        .iter()
        .any(|end| word.ends_with(end))
}

/// Whether the line lists what is still to come: `Dessa ärenden ska upp i fullmäktige: svar på motion från (S)`.
fn is_planned(folded: &[u8], at: usize) -> bool {
    let line = line_before(folded, at);
    let to_come = [
        &b" ska upp "[..],
        b" ska tas upp ",
        b" kommer upp ",
        b" kommer att tas upp ",
    ];
    memchr::memchr(b':', line).is_some_and(|colon| {
        to_come
            .iter()
            .any(|words| memchr::memmem::find(&line[..colon], words).is_some())
    })
}

/// Whether a text holds a date in figures: `2018-05-14`.
fn has_date(text: &[u8]) -> bool {
    text.windows(10).any(|part| {
        part.iter().enumerate().all(|(i, byte)| match i {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
    })
}

/// Whether the line of `at` stands in a list of what was decided before: below `Tidigare beslut i ärendet`, and as those
/// above it with a date or a § of its own.
fn is_past(folded: &[u8], at: usize) -> bool {
    let is_entry = |line: &[u8]| line.contains(&b'$') || has_date(line);
    let line = line_before(folded, at);
    if !is_entry(line) {
        return false;
    }
    folded[..at - line.len()]
        .rsplit(|byte| *byte == b'\n')
        .map(<[u8]>::trim_ascii)
        .filter(|line| !line.is_empty())
        .take(REACH)
        .find(|line| !is_entry(line))
        .is_some_and(|line| {
            line.len() < HEADING
                && line.starts_with(b"tidigare ")
                && [&b"beslut"[..], b"behandling"]
                    .iter()
                    .any(|word| memchr::memmem::find(line, word).is_some())
        })
}

/// Whether another body's decision is cited by its date and §, and its heading behind them: `Kommunfullmäktiges beslut
/// 2020-01-27 § 12 Svar på motion från A (p)`.
fn is_cited(folded: &[u8], at: usize) -> bool {
    let line = line_before(folded, at);
    let Some(sign) = memchr::memrchr(b'$', line) else {
        return false;
    };
    let number = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b' ' | b'/' | b',' | b':');
    let behind = &line[sign + 1..];
    let heading = behind.iter().position(|byte| !number(byte));
    let before = line[..sign].trim_ascii_end();
    let dated = before.len() > 10 && has_date(&before[before.len() - 11..]);
    dated
        && is_answer(&behind[heading.unwrap_or(behind.len())..])
        && memchr::memmem::find(before, b"beslut ").is_some()
}

/// Whether a sentence that begins so sums up what was done in a time: `Under året besvarades två motioner från (M)`.
pub(super) fn is_summed(before: &[u8]) -> bool {
    let holds = |words: &[&[u8]]| {
        words
            .iter()
            .any(|word| memchr::memmem::find(before, word).is_some())
    };
    holds(&[
        b"under aret ",
        b"under perioden ",
        b"under mandatperioden ",
        b"under 20",
    ]) && holds(&[b" besvara", b" behandla", b" inkom", b" lamna", b" vack"])
        && !holds(&[b"som svar"])
}

/// Whether an initiative is only announced beside what is answered: `… samt anmälan av skrivelse från A (p)`.
pub(super) fn is_announced_beside(folded: &[u8], at: usize) -> bool {
    let before = &folded[..at];
    let rest = [&b"ny "[..], b"nya ", b"inkommen ", b"inkomna "]
        .iter()
        .find_map(|word| before.strip_suffix(*word))
        .unwrap_or(before);
    ["samt ", "och ", ", "]
        .iter()
        .any(|joiner| ends(rest, format!("{joiner}anmalan av ").as_bytes()))
}

/// Whether the sentence behind an initiative tells what was done with it: `Motion från A (p) behandlades 2018 och avslogs`.
pub(super) fn is_retold(behind: &[u8]) -> bool {
    [
        &b" behandlades "[..],
        b" avslogs",
        b" besvarades",
        b" lamnades ",
        b" har lamnats ",
        b" har overlamnats ",
        b" overlamnades ",
        b" remitterades ",
        b" har remitterats ",
        b" bereds ",
        b" har behandlats ",
        b" har besvarats ",
    ]
    .iter()
    .any(|words| memchr::memmem::find(behind, words).is_some())
}

#[cfg(test)]
mod tests {
    use super::super::sheet::folded;
    use super::*;

    #[test]
    fn an_answer_may_only_be_named() {
        for (text, named) in [
            ("Uppdraget \"Svar på motion\" är klart", true),
            ("Nr 3 ”Svar på motion” pågår", true),
            ("7 \"Svar på motion\"", false),
            ("Ärende 7 \"Svar på motion\"", false),
            ("Uppdraget \"Trygghet\". Svar på motion", false),
            ("Tidigare beslut\nKS 2018-04-11 § 40 Svar på motion", true),
            (
                "Tidigare beslut i ärendet\nKF § 3 Skolan\n\nKF § 12 Svar på motion",
                true,
            ),
            ("Tidigare beslut\nSkolan\nKF § 12 Svar på motion", false),
            ("Tidigare beslut\nSvar på motion", false),
            ("Fullmäktiges beslut 2020-01-27 § 12 Svar på motion", true),
            ("Fullmäktige 2020-01-27 § 12 Svar på motion", false),
            ("Fullmäktiges beslut § 12 Svar på motion", false),
            ("Med anledning av svar på motion gav nämnden", true),
            ("Förvaltningens svar på motion", false),
            ("Dessa ska upp i mars: svar på motion", true),
        ] {
            let text = folded(text);
            let at = text.find("svar").expect("an answer's words");
            assert_eq!(is_named_only(text.as_bytes(), at), named, "{text:?}");
            let motion = text.find("motion").expect("a motion");
            assert_eq!(is_named_only(text.as_bytes(), motion), named, "{text:?}");
        }
    }

    #[test]
    fn an_initiative_may_only_be_pointed_to() {
        for (text, pointed) in [
            ("återremitteras med hänvisning till den motion", true),
            ("avslag med hänvisning till sin motion", true),
            ("med hänvisning till motion", true),
            ("hänvisar till en motion", false),
            ("Svar på motion", false),
        ] {
            let text = folded(text);
            let at = text.rfind("motion").expect("a motion");
            assert_eq!(is_referred_to(text.as_bytes(), at), pointed, "{text:?}");
        }
    }

    #[test]
    fn others_answer_the_letter_of_a_body() {
        for (text, own) in [
            ("Svar på skrivelsen har lämnats av (S)", true),
            ("Svar på skrivelsen inkom från (S)", true),
            ("Svar på skrivelsen av (S)", false),
            ("Skrivelsen har lämnats av (S)", false),
        ] {
            let text = folded(text);
            let at = text.find("skrivelsen").expect("a letter");
            let end = at + "skrivelsen".len();
            assert_eq!(is_from_body(text.as_bytes(), at, end), own, "{text:?}");
        }
    }

    #[test]
    fn a_letter_to_the_state_is_not_the_namnds() {
        for (behind, state) in [
            (" till regeringen föreslår", true),
            (" till Skolverket", true),
            (" till nämnden", false),
            (" från regeringen", false),
        ] {
            assert_eq!(is_to_state(folded(behind).as_bytes()), state, "{behind:?}");
        }
    }

    #[test]
    fn what_is_announced_beside_an_answer_is_new() {
        for (text, new) in [
            ("Svar på skrivelse samt anmälan av motion", true),
            ("Svar på skrivelse och anmälan av ny motion", true),
            ("Anmälan av motion", false),
            ("Svar på anmälan av buller och motion", false),
        ] {
            let text = folded(text);
            let at = text.rfind("motion").expect("a motion");
            assert_eq!(is_announced_beside(text.as_bytes(), at), new, "{text:?}");
        }
    }
}
