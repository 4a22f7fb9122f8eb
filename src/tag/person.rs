//! People: who wrote a skrivelse, a motion, an interpellation, with the parties that the text gives them.
//!
//! [`who_at`] reads a list such as `vice ordföranden Elsa Berg m.fl. (M), Ulf Ek och Ida Rask (båda V)` from where it
//! begins to where it ends.

use std::ops::Range;
use std::sync::LazyLock;

use regex::bytes::Regex;
use serde::{Deserialize, Serialize};

use super::mark::{self, Mark};
use super::party::Party;
use super::sheet::{Sheet, tolerant};

/// A person, and the party that the text gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name as written, white space folded.
    pub name: String,
    /// The party, when the text gives one.
    pub party: Option<Party>,
    /// The role as the text names it (`handläggare`, `stadsdelsdirektör`), when it does.
    pub role: Option<String>,
}

/// A list of people and parties. Ranges are of the sheet's folded copy.
#[derive(Clone, Debug, Default)]
pub(super) struct Who {
    pub(super) people: Vec<(Range<usize>, Option<Party>)>,
    pub(super) marks: Vec<Mark>,
    /// Where the list ends.
    pub(super) end: usize,
    /// Whether it began with an organisation, which is no party.
    pub(super) organisation: bool,
}

impl Who {
    /// Whether nobody was found.
    pub(super) fn is_empty(&self) -> bool {
        self.people.is_empty() && self.marks.is_empty()
    }
}

/// Words that stand before a name and are skipped.
static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(concat!(
        r"^(?:(?:nämnd|kommunfullmäktige|regionfullmäktige|landstingsfullmäktige|fullmäktige)?(?:ledamot|ledamoten|ledamöterna|ledamöter)|motionären|motionärerna|interpellanten|förtroendevald[ae]?|politikern|politikerna|partigruppen|ersättare|ersättaren|ersättarna|tjänstgörande|vice|v\.?|1:e|2:e|förste|andre|",
        r"ordförande|ordföranden|ordf\.?|borgarrådet|borgarråden|oppositionsborgarrådet|kommunalrådet|oppositionsrådet|kommunråd|statsrådet|",
        r"oppositionsråd|landstingsrådet|regionrådet|gruppledare|gruppledaren|gruppledarna|gruppen|partiet|partierna|",
        r"fru|herr|från|av|majoriteten|oppositionen|alliansen|partigruppen|den|de|hos|rödgröna|borgerliga|dåvarande|tidigare|förre|avgående|fd|f\.d\.|biträdande|nämndens|",
        r"riksdagsledamoten|representanter|företrädare|för|bl\.?a\.?|dels|partigrupp(?:en|erna)?|de gröna|liberalerna|i|nämnden|(?:allians|oppositions|majoritets|samverkans|koalitions)partierna|två|tre|fyra|fem|sex|sju|flera|några)[\s,]"
    ))
});

/// `m.fl.` in all its forms.
static AND_OTHERS: LazyLock<Regex> =
    LazyLock::new(|| tolerant(r"^(?:m[., ]{0,2}\s?fl\b[.,]?|med flera\b|mfl\b\.?)"));

static JOINER: LazyLock<Regex> =
    LazyLock::new(|| tolerant(r"^(?:och|samt|båda|bägge|samtliga|alla|även|respektive|genom)\b"));

/// Words with a capital that end a list: a new field of an agenda begins.
static FIELD: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(concat!(
        r"^(?:(?:dnr|dor|dnr|svar|om|ang|till|den|i|på|med|enligt|utl|anm|ks|kf)\b",
        r"|remiss|yttrande|skrivelse|motion|interpellation|handläggare|bilag|beslut|förslag|sammanfattning|bakgrund|föredragande|nämnden\b|",
        r"förvaltningen\b|frågan\b|frågestund|angående|diarie|ärende|omedelbar|återremi|bordlag|anmäl|sammanträde|telefon|svaret|justering|paragraf|reserv|yrkand|överlägg|proposition|protokoll|särskil|ersättaryttr|expedier|handlingar|utdrag)"
    ))
});

/// Words that make a name an organisation's.
static ORGANISATION: LazyLock<Regex> = LazyLock::new(|| {
    tolerant(concat!(
        r"(?:^|[\s-])(?:ab|hb|if|bk|sk|ik|brf|pro|spf|kf|ks|idrott|fk|ff|hsb|dhr)(?:$|\s)|förening|(?:ungdoms|pensionärs|äldre|handikapp|hinder|frågor|social|medborgar|kund|elev|brukar|föräldra|förtroende|stads|dels|by|unga|lokala|kommunala) ?-?råd(?:et)?(?:$|\s)|kommitt|kontor|nämnd|",
        r"styrelse|departement|verk(?:et)?(?:$|\s)|inspektion|klubb|bolag|stiftelse|förbund|kommun|polis|kyrka|skola|hyresg|universitet|institut|sällskap|",
        r"delegation|kammare|myndighet|region|landsting|domstol|länsstyr|grupp(?:en)?(?:$|\s)|centrum|allians|opposition|majoritet|boende|förskol|socialstyr"
    ))
});

/// Small words inside names.
const PARTICLES: &[&[u8]] = &[
    b"af", b"von", b"de", b"van", b"der", b"la", b"el", b"al", b"bin", b"den", b"da", b"di",
];

/// Reads the list that begins at `at` of the folded copy.
pub(super) fn who_at(sheet: &Sheet, at: usize, around: &str) -> Who {
    let folded = sheet.folded.as_slice();
    let cased = sheet.cased.as_slice();
    let mut who = Who {
        end: at,
        ..Who::default()
    };
    let mut pos = at;
    // A mark was read, and no comma or "och" since.
    let mut complete = false;
    // "moderaterna Elsa Berg och Ulf Ek": the party that was named before its people.
    let mut leading: Option<(Mark, usize)> = None;
    let mut last_bracket = None;
    // The first person whose party is still to come.
    let mut open = 0;
    for _ in 0..60 {
        while folded.get(pos).is_some_and(u8::is_ascii_whitespace) {
            pos += 1;
        }
        let Some(&byte) = folded.get(pos) else { break };
        let rest = &folded[pos..(pos + 64).min(folded.len())];
        if matches!(byte, b'(' | b'[' | b'{') {
            let two_words = who
                .people
                .last()
                .is_some_and(|(name, _)| folded[name.clone()].iter().any(u8::is_ascii_whitespace));
            // "från (Y)", "från (M) och (Y)": where writers are listed, no other letter is meant.
            let listed = who.people.is_empty()
                && (pos == at && folded.get(pos + 1) == Some(&b'y') || !who.marks.is_empty());
            let Some(bracket) = mark::bracket_at(sheet, pos, around, two_words || listed) else {
                // "SD (Elsa Berg)": the party before its people.
                if who.people.is_empty()
                    && !who.marks.is_empty()
                    && let Some(end) = name_end(sheet, pos + 1)
                    && folded.get(end) == Some(&b')')
                    && folded[pos + 1..end].contains(&b' ')
                    && let [.., mark] = who.marks.as_slice()
                {
                    who.people.push((pos + 1..end, Some(mark.party)));
                    open = 1;
                    pos = end + 1;
                    who.end = pos;
                    continue;
                }
                // "(2012:6)" between the word and the name.
                if let Some(end) = number_in_brackets(rest) {
                    pos += end;
                    continue;
                }
                break;
            };
            // "(mp) (S)": the second is a department. "(m)(fp)" are two.
            if last_bracket.is_some_and(|end| end < pos) && complete {
                break;
            }
            attach(&mut who, &mut open, &bracket.marks);
            pos = bracket.end;
            last_bracket = Some(pos);
            who.end = pos;
            complete = true;
            continue;
        }
        // "(S)-, (MP)- och (V)-grupperna"
        if matches!(byte, b',' | b'+' | b'/' | b'&' | b';')
            || byte == b'-' && last_bracket == Some(pos)
        {
            complete = false;
            pos += 1;
            continue;
        }
        if let Some(found) = AND_OTHERS.find(rest) {
            pos += found.end();
            continue;
        }
        if let Some(found) = JOINER.find(rest) {
            // "Liberalerna genom Elsa Berg"
            if found.as_bytes() == b"genom"
                && let Some(mark) = who.marks.last()
            {
                leading = Some((mark.clone(), who.people.len()));
            }
            complete = false;
            pos += found.end();
            continue;
        }
        if complete && !is_next_person(sheet, pos, around) {
            break;
        }
        complete = false;
        // "Elsa Berg, fp, om snö"
        if let Some(code) = mark::small_code_at(sheet, pos)
            && who.marks.is_empty()
            && !who.people.is_empty()
            && folded[..pos].trim_ascii_end().ends_with(b",")
        {
            pos = code.range.end;
            who.end = pos;
            attach(&mut who, &mut open, &[code]);
            complete = true;
            continue;
        }
        // "från s, v och mp": small codes without brackets, when there are several.
        if who.is_empty()
            && let Some((codes, end)) = mark::small_list_at(sheet, pos, around)
        {
            pos = end;
            who.end = end;
            attach(&mut who, &mut open, &codes);
            complete = true;
            continue;
        }
        if let Some(word) = mark::word_at(sheet, pos) {
            // A heading ends with "Västra Götaland", and a party begins the next line.
            if let Some((name, _)) = who.people.last()
                && cased[pos].is_ascii_uppercase()
                && name.end + 1 == pos
                && folded[name.end] == b'\n'
            {
                break;
            }
            pos = word.range.end;
            who.end = pos;
            // The party is written large: "Moderaterna"; its people small, or as its own: "Centerns Elsa Berg".
            // What begins a sentence is large whatever it means: "Moderaterna Elsa Berg och Ulf Ek har lämnat …".
            let of_people = cased[word.range.start].is_ascii_lowercase()
                || folded[pos - 1] == b's' && word.range.len() > 2
                || folded[pos - 1] == b'n' && begins_sentence(folded, word.range.start)
                || folded[..pos].ends_with(b"na") && begins_sentence(folded, word.range.start);
            if of_people && is_person_on_line(sheet, pos) {
                leading = Some((word.clone(), who.people.len()));
                attach(&mut who, &mut open, &[word]);
                continue;
            }
            attach(&mut who, &mut open, &[word]);
            complete = true;
            continue;
        }
        if let Some(code) = mark::code_at(sheet, pos, around)
            && !mark::next_is_name(sheet, code.range.end)
            && (!matches!(cased.get(code.range.end), Some(b'.' | b'-'))
                || folded[code.range.end..].starts_with(b"-grupp")
                || folded[code.range.end..].starts_with(b"-led"))
        {
            pos = code.range.end;
            who.end = pos;
            attach(&mut who, &mut open, &[code]);
            complete = true;
            continue;
        }
        if let Some(title) = TITLE.find(rest) {
            pos += title.end() - 1;
            continue;
        }
        let Some(end) = name_end(sheet, pos) else {
            break;
        };
        let name = pos..end;
        let words = folded[name.clone()]
            .split(|byte| byte.is_ascii_whitespace())
            .count();
        if ORGANISATION.is_match(&folded[name.clone()]) {
            who.organisation |= who.is_empty();
            break;
        }
        let followed = {
            let rest = folded[end..(end + 24).min(folded.len())].trim_ascii_start();
            let rest = AND_OTHERS
                .find(rest)
                .map_or(rest, |found| rest[found.end()..].trim_ascii_start());
            rest.first() == Some(&b'(') || rest.first() == Some(&b'{')
        };
        if (words < 2 || is_shortened(&cased[name.clone()])) && !followed {
            who.organisation |= who.is_empty();
            break;
        }
        who.people.push((name, None));
        pos = end;
        who.end = end;
    }
    if let Some((mark, from)) = leading {
        for (_, party) in &mut who.people[from..] {
            party.get_or_insert(mark.party);
        }
    }
    who
}

/// Whether the word at `at` begins a line or follows a full stop.
fn begins_sentence(folded: &[u8], at: usize) -> bool {
    let before = folded[..at].trim_ascii_end();
    before.is_empty() || before.ends_with(b".") || folded[before.len()..at].contains(&b'\n')
}

/// Whether a first and a last name follow on the line.
fn is_person_on_line(sheet: &Sheet, at: usize) -> bool {
    sheet.folded.get(at) == Some(&b' ')
        && name_end(sheet, at + 1).is_some_and(|end| {
            let name = &sheet.folded[at + 1..end];
            name.contains(&b' ') && !name.contains(&b'\n') && !ORGANISATION.is_match(name)
        })
}

/// Whether a name holds a word of three capitals at least beside others: `RFHL Storby` is a club.
fn is_shortened(name: &[u8]) -> bool {
    let mut words = name.split(u8::is_ascii_whitespace);
    let short = |word: &[u8]| word.len() > 2 && word.iter().all(u8::is_ascii_uppercase);
    words.clone().any(short) && !words.all(short)
}

/// Whether a whole person with a party in brackets stands at `at`: lists come without commas, too.
fn is_next_person(sheet: &Sheet, at: usize, around: &str) -> bool {
    let Some(end) = name_end(sheet, at) else {
        return false;
    };
    let rest = &sheet.folded[end..];
    let blank = rest
        .iter()
        .take_while(|byte| byte.is_ascii_whitespace())
        .count();
    sheet.folded[at..end].iter().any(u8::is_ascii_whitespace)
        && !ORGANISATION.is_match(&sheet.folded[at..end])
        && mark::bracket_at(sheet, end + blank, around, false).is_some()
}

/// Gives the parties of `marks` to the people who have none yet.
fn attach(who: &mut Who, open: &mut usize, marks: &[Mark]) {
    let waiting = who.people.len() - *open;
    for (i, (_, party)) in who.people[*open..].iter_mut().enumerate() {
        *party = match marks {
            [one] => Some(one.party),
            several if several.len() == waiting => several.get(i).map(|mark| mark.party),
            _ => None,
        };
    }
    *open = who.people.len();
    who.marks.extend_from_slice(marks);
}

/// Whether one more name stands at `at`, and then a bracket or "m.fl.": a name broken over a line.
fn ends_before_mark(cased: &[u8], folded: &[u8], at: usize) -> bool {
    let word = cased[at..]
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic() || matches!(**byte, b'-' | b'0'))
        .count();
    let rest = &folded[at + word..(at + word + 16).min(folded.len())];
    let next = rest.trim_ascii_start();
    word > 1
        && (cased[at].is_ascii_uppercase() || cased[at] == b'0')
        && !FIELD.is_match(&folded[at..(at + 24).min(folded.len())])
        && next.len() < rest.len()
        && (next.first() == Some(&b'(') || AND_OTHERS.is_match(next))
}

/// Whether the word at `at` is a name whose Å, Ä or Ö was read as a small letter or a nought (`0berg`, `östen Alm (s)`).
/// `behind` says that a part of the name stands before it.
fn is_small_capital(sheet: &Sheet, at: usize, behind: bool) -> bool {
    static SMALL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?-u)[a-z-]{2,}\s+(?:m[., ]{0,2}\s?fl\b[.,]?\s*|med flera\s+)?[({]")
            .expect("a pattern that compiles")
    });
    static GIVEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?-u)[a-z-]{2,}\s+[A-Z0][a-z-]+\s+(?:[A-Z][a-z-]+\s+)?(?:m[., ]{0,2}\s?fl\b[.,]?\s*|med flera\s+|och [A-Z][a-z-]+ [A-Z][a-z-]+ )?[({]")
            .expect("a pattern that compiles")
    });
    let cased = &sheet.cased[at..(at + 80).min(sheet.cased.len())];
    if cased.first() == Some(&b'0') {
        return cased.get(1).is_some_and(u8::is_ascii_lowercase)
            && cased.get(2).is_some_and(u8::is_ascii_lowercase);
    }
    let marked = !sheet.written(at..at + 1).is_ascii();
    marked && (GIVEN.is_match(cased) || behind && SMALL.is_match(cased))
}

/// Where the name that begins at `at` ends.
fn name_end(sheet: &Sheet, at: usize) -> Option<usize> {
    let (cased, folded) = (sheet.cased.as_slice(), sheet.folded.as_slice());
    let mut end = None;
    let mut pos = at;
    let mut words = 0;
    for _ in 0..6 {
        let word = {
            let length = cased[pos..]
                .iter()
                .take_while(|byte| {
                    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'\'' | b'&' | b'~')
                })
                .count();
            // "Ulf E:son Ek"
            let son = usize::from(length == 1 && cased[pos + 1..].starts_with(b":son")) * 4;
            &cased[pos..pos + length + son]
        };
        let stop = word.len() == 1 && cased.get(pos + 1) == Some(&b'.');
        // "J Berg" has lost its stop.
        let initial = stop || word.len() == 1 && is_surname(&cased[pos + 1..], words > 0);
        // "STK-2018-1211" is a number; in "0berg" one letter was misread.
        let digits = word.iter().filter(|byte| byte.is_ascii_digit()).count();
        let is_name = digits < 3
            && (word.first().is_some_and(u8::is_ascii_uppercase)
                || is_small_capital(sheet, pos, words > 0))
            && (word.len() > 1 || initial)
            && !FIELD.is_match(&folded[pos..(pos + 24).min(folded.len())]);
        if is_name {
            words += 1;
            pos += word.len() + usize::from(stop);
            end = Some(pos);
        } else if words > 0 && PARTICLES.contains(&word) {
            pos += word.len();
        } else {
            break;
        }
        let blank = cased[pos..]
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
        // A whole name ends with its line, unless the line broke before "(M)" or "m.fl.".
        let wraps = cased[pos..pos + blank].contains(&b'\n');
        if blank == 0 || (words >= 2 && wraps && !ends_before_mark(cased, folded, pos + blank)) {
            break;
        }
        pos += blank;
    }
    end
}

/// Whether a blank and a word with a capital and three letters at least follow; two are enough `behind` a first name.
fn is_surname(rest: &[u8], behind: bool) -> bool {
    matches!(rest, [b' ', first, second, rest @ ..]
        if first.is_ascii_uppercase()
            && second.is_ascii_lowercase()
            && (behind || rest.first().is_some_and(u8::is_ascii_lowercase)))
}

/// The length of `(2012:6)`.
fn number_in_brackets(rest: &[u8]) -> Option<usize> {
    let end = rest.iter().position(|byte| *byte == b')')?;
    rest[1..end]
        .iter()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'/' | b' ' | b'-'))
        .then_some(end + 1)
}

/// The people with parties who sign at the end of a paper, before `until`: the last lines that hold nothing else. Names
/// without party below a line such as `För Vänsterpartiet` are that party's.
pub(super) fn signers(sheet: &Sheet, until: usize, around: &str) -> Vec<(Range<usize>, Party)> {
    let folded = sheet.folded.as_slice();
    let mut names: Vec<(Range<usize>, Option<Party>)> = Vec::new();
    let mut above = None;
    let mut below = None;
    let mut end = until.min(folded.len());
    for _ in 0..24 {
        let start = folded[..end]
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        if !folded[start..end].trim_ascii().is_empty() {
            let who = who_at(sheet, start, around);
            // A list of names may go on in the lines below, which were read before.
            let people: Vec<_> = who
                .people
                .into_iter()
                .filter(|(name, _)| name.end <= end)
                .collect();
            let read = who
                .marks
                .iter()
                .map(|mark| mark.range.end)
                .filter(|mark| *mark <= end)
                .chain(people.iter().map(|(name, _)| name.end))
                .max()
                .unwrap_or(start);
            let whole = folded[read..end]
                .iter()
                .all(|byte| byte.is_ascii_whitespace() || matches!(byte, b')' | b']' | b'}'));
            if names.is_empty()
                && people.is_empty()
                && below.is_none()
                && let Some(party) = signing_party(sheet, start..end)
            {
                // "Elsa Berg", and below it "Miljöpartiet de gröna".
                below = Some(party);
            } else if people.is_empty() || !whole {
                above = signing_party(sheet, start..end);
                break;
            }
            // Lines are walked upwards, names stand in the order of the text.
            names.splice(0..0, people);
        }
        if start == 0 {
            break;
        }
        end = start - 1;
    }
    names
        .into_iter()
        .filter_map(|(name, party)| Some((name, party.or(above).or(below)?)))
        .collect()
}

/// The party for which those below a line sign: `För Vänsterpartiet i Borås`, `Moderaterna`.
fn signing_party(sheet: &Sheet, line: Range<usize>) -> Option<Party> {
    static REST: LazyLock<Regex> = LazyLock::new(|| {
        tolerant(
            r"^(?:s? ?(?:fullmäktigegrupp|partigrupp|grupp|kommunfullmäktigegrupp))?(?: (?:i|på) [a-z -]{2,30})?[ ,:]*$",
        )
    });
    let folded = sheet.folded.as_slice();
    let text = &folded[line.clone()];
    let blank = text.len() - text.trim_ascii_start().len();
    let start = line.start + blank;
    let start = start + usize::from(folded[start..line.end].starts_with(b"for ")) * 4;
    let mark = mark::word_at(sheet, start)?;
    (mark.range.end <= line.end && REST.is_match(&folded[mark.range.end..line.end]))
        .then_some(mark.party)
}

/// People with a role: the handläggare of the head, and those who sign with a title below their names.
pub(super) fn with_roles(sheet: &Sheet, head: Range<usize>) -> Vec<(Range<usize>, Range<usize>)> {
    static HANDLAGGARE: LazyLock<Regex> =
        LazyLock::new(|| tolerant(r"\b(handläggare)\b ?:?(?:\s*till\b)?\s*"));
    static TITLES: LazyLock<Regex> = LazyLock::new(|| {
        tolerant(
            r"[a-z]*(?:direktör|chef|sekreterare|ordförande|strateg|ledare|controller|utredare|handläggare|ingenjör|samordnare|jurist|ekonom)\b",
        )
    });
    let folded = sheet.folded.as_slice();
    let mut out = Vec::new();
    for found in HANDLAGGARE.captures_iter(&folded[head]).take(3) {
        if let (Some(all), Some(role)) = (found.get(0), found.get(1))
            && let Some(end) = name_end(sheet, all.end())
            && folded[all.end()..end].contains(&b' ')
        {
            out.push((all.end()..end, role.range()));
        }
    }
    // Two names on one line, two titles on the next.
    let mut at = folded.len().saturating_sub(3000);
    let mut before: Option<Range<usize>> = None;
    for line in folded[at..].split(|byte| *byte == b'\n') {
        let range = at..at + line.len();
        at = range.end + 1;
        if line.trim_ascii().is_empty() {
            continue;
        }
        if let Some(names) = before.replace(range.clone()) {
            let words = words(sheet, &names);
            if words.is_empty() {
                continue;
            }
            let titles: Vec<Range<usize>> = TITLES
                .find_iter(line)
                .map(|found| range.start + found.start()..range.start + found.end())
                .collect();
            let filled: usize = titles.iter().map(Range::len).sum();
            if !titles.is_empty()
                && filled * 2 >= line.trim_ascii().len()
                && words.len() == 2 * titles.len()
            {
                for (pair, title) in words.chunks(2).zip(titles) {
                    out.push((pair[0].start..pair[1].end, title));
                }
            }
        }
    }
    out
}

/// The words of a line when all of them begin with a capital; else none.
fn words(sheet: &Sheet, line: &Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = line.start;
    for word in sheet.cased[line.clone()].split(u8::is_ascii_whitespace) {
        let range = at..at + word.len();
        at = range.end + 1;
        if word.is_empty() {
            continue;
        }
        if !word[0].is_ascii_uppercase()
            || !word
                .iter()
                .all(|byte| byte.is_ascii_alphabetic() || *byte == b'-')
        {
            return Vec::new();
        }
        out.push(range);
    }
    out
}

/// The name as written, its white space folded; a genitive's s is left out when `genitive`.
pub(super) fn name(sheet: &Sheet, range: Range<usize>, genitive: bool) -> String {
    let written = &sheet.text[sheet.on_one_page(sheet.range(range))];
    let name = written.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.strip_suffix('s') {
        Some(bare) if genitive => bare.to_owned(),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(text: &str) -> Vec<String> {
        let sheet = Sheet::new([(1, text)]);
        let who = who_at(&sheet, 0, "");
        let mut out: Vec<String> = who
            .people
            .iter()
            .map(|(range, party)| {
                format!(
                    "{} {}",
                    name(&sheet, range.clone(), false),
                    party.map_or("-", Party::code)
                )
            })
            .collect();
        out.extend(who.marks.iter().map(|mark| mark.party.code().to_owned()));
        out
    }

    #[test]
    fn lists_are_read_to_their_end() {
        for (text, want) in [
            ("(V)", vec!["V"]),
            ("Murad Alm (V) om vägar", vec!["Murad Alm V", "V"]),
            ("Željko Šimić (S) om vägar", vec!["Željko Šimić S", "S"]),
            ("Allianspartierna (M), (FP) och (C)", vec!["M", "L", "C"]),
            ("fyra ledamöter (S)", vec!["S"]),
            ("STK-2018-1211\nElsa Berg (M)", vec![]),
            ("(s), (v) och (mp) om vägar", vec!["S", "V", "MP"]),
            ("Moderaterna", vec!["M"]),
            ("vänsterpartiet.", vec!["V"]),
            (
                "Elsa Berg m.fl. (M) med anledning av",
                vec!["Elsa Berg M", "M"],
            ),
            (
                "Elsa Berg \n\n(L) och Ida Von Ros (L) till nämnden",
                vec!["Elsa Berg L", "Ida Von Ros L", "L", "L"],
            ),
            (
                "vice ordföranden Elsa Berg m fl (m) angående",
                vec!["Elsa Berg M", "M"],
            ),
            (
                "Ulf Ek och Elsa Berg (båda MP)",
                vec!["Ulf Ek MP", "Elsa Berg MP", "MP"],
            ),
            (
                "Ulf Ek och Elsa Berg, båda (V)",
                vec!["Ulf Ek V", "Elsa Berg V", "V"],
            ),
            ("(2010:11) Ulf Ek (V) om en dag", vec!["Ulf Ek V", "V"]),
            ("Elsa Berg (mp) (S)", vec!["Elsa Berg MP", "MP"]),
            ("Elsa Berg (m)(fp) om", vec!["Elsa Berg M", "M", "L"]),
            ("Elsa Berg\nDnr 328-2009-599", vec!["Elsa Berg -"]),
            ("Elsa Berg (S) till Ulf Ek (M) om", vec!["Elsa Berg S", "S"]),
            ("V om lekplatser", vec!["V"]),
            ("S, V och MP", vec!["S", "V", "MP"]),
            ("Elsa B Ek (S)", vec!["Elsa B Ek S", "S"]),
            ("Ulf E:son Ek (S)", vec!["Ulf E:son Ek S", "S"]),
            ("SD (Elsa Berg)", vec!["Elsa Berg SD", "SD"]),
            ("moderaten Elsa Berg", vec!["Elsa Berg M", "M"]),
            ("Liberalerna genom Elsa Berg", vec!["Elsa Berg L", "L"]),
            ("(M) och (Y) om", vec!["M", "V"]),
            ("Elsa Berg, fp, om", vec!["Elsa Berg L", "L"]),
            ("Elsa Rud (fp) om", vec!["Elsa Rud L", "L"]),
            ("Miljöpartiet de gröna och centern", vec!["MP", "C"]),
        ] {
            assert_eq!(who(text), want, "{text:?}");
        }
        for text in [
            "Högalids IF om tider",
            "Hyresgästföreningen i Farsta",
            "stadsledningskontoret",
            "Danmark",
            "kommunstyrelsen",
            "(5) om",
            "RFHL Storby",
        ] {
            assert_eq!(who(text), Vec::<String>::new(), "{text:?}");
        }
    }
}
