//! People at a paper's foot and in its head: who signs for a party, and who has which role.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::mark;
use super::name_end::name_end;
use super::party::Party;
use super::sheet::{Sheet, tolerant};
use super::who::who_at;

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

/// Lines at the beginning of a letter in which its sender is named.
const SENDER_LINES: usize = 10;

/// The people with parties whom a letter's head names as its senders: `Från: Elsa Berg (S)`.
pub(super) fn senders(sheet: &Sheet, around: &str) -> Vec<(Range<usize>, Party)> {
    const SENDERS: [&[u8]; 6] = [
        b"fran:",
        b"fran ",
        b"avsandare:",
        b"avsandare ",
        b"inlamnad av:",
        b"inlamnare:",
    ];
    let mut start = 0;
    for line in sheet.folded.split(|byte| *byte == b'\n').take(SENDER_LINES) {
        let blank = line.len() - line.trim_ascii_start().len();
        let at = start + blank;
        start += line.len() + 1;
        let Some(sender) = SENDERS.iter().find(|word| line[blank..].starts_with(word)) else {
            continue;
        };
        let who = who_at(sheet, at + sender.len(), around);
        let people: Vec<_> = who
            .people
            .into_iter()
            .filter_map(|(name, party)| Some((name, party?)))
            .collect();
        if !people.is_empty() {
            return people;
        }
    }
    Vec::new()
}

/// The party for which those below a line sign: `För Vänsterpartiet i Borås`, `Moderaterna`.
fn signing_party(sheet: &Sheet, line: Range<usize>) -> Option<Party> {
    static REST: LazyLock<Pattern> = LazyLock::new(|| {
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
    static HANDLAGGARE: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"\b(handläggare)\b ?:?(?:\s*till\b)?\s*"));
    static TITLES: LazyLock<Pattern> = LazyLock::new(|| {
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
