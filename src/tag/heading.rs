//! Writers in an initiative's heading and in the list below it: a place of the word → the people and parties named there.
//!
//! A heading says whose an initiative is without a word for it: `Elsa Berg (S) - skrivelse om snö`, `Motion om snö (Elsa
//! Berg, S)`, `Interpellation till B (M) om snö, Elsa Berg (S)`; or a line such as `Interpellationer av:` has them below it.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::mark;
use super::name_end::name_end;
use super::sheet::{Sheet, tolerant};
use super::who::{Who, who_at};
use super::writers::FROM;

/// The lines below `Interpellationer av:`, each with its writers: `a) Elsa Berg (V) till B (M) om snö`.
pub(super) fn listed(sheet: &Sheet, at: &Range<usize>, around: &str) -> Option<Who> {
    // What goes on the heading's line behind the word.
    static HEADS: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^(?: (?:av|från))?(?: (?:får|medges|kan) (?:fram)?ställas| för besvarande[^\n(]{0,40}| till dagens sammanträde| ställda av| (?:har )?inkommit[^\n]{0,50})?[ \t]*:?[ \t]*\n",
        )
    });
    static BULLET: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(r"^[ \t]*(?:[a-z][.)]|\d{1,2}[a-z]?[.)]?|\d{1,2}\.\d{1,2}\.?|[-~*])?[ \t]*")
    });
    static MATTER: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^[)\]}., ]*¤?[)\]}.,]*(?:[ \t]*(?:\n|$)|[ ]?[:-] | (?:om|till|angående|ang\.?|gällande|rörande|avseende|kring|med) )",
        )
    });
    let folded = sheet.folded.as_slice();
    let line = memchr::memrchr(b'\n', &folded[..at.start]).map_or(0, |line| line + 1);
    // The heading's line ends soon behind the word, and a line stands below it.
    memchr::memchr(b'\n', &folded[at.end..(at.end + 70).min(folded.len())])?;
    // "Nya interpellationer av:" heads a list; "… har lämnat in en motion" ends a sentence.
    let following = folded[line..at.start].ends_with(b"foljande ");
    if folded[line..at.start].len() > 24 && !following || folded[line..at.start].contains(&b'(') {
        return None;
    }
    let heads = HEADS.find(&folded[at.end..])?;
    // The word in the singular with no sign behind it heads what is said of one initiative.
    let many = folded[at.clone()].ends_with(b"er")
        || folded[at.clone()].ends_with(b"or")
        || heads.as_bytes().trim_ascii_end().ends_with(b":")
        || folded[at.clone()].ends_with(b"av")
        || following;
    if !many {
        return None;
    }
    let mut all = Who::default();
    let mut start = at.end + heads.end();
    while start < folded.len() {
        let end = memchr::memchr(b'\n', &folded[start..]).map_or(folded.len(), |end| start + end);
        let bullet = BULLET
            .find(&folded[start..end])
            .map_or(0, |bullet| bullet.end());
        let who = who_at(sheet, start + bullet, around);
        let whole = |who: &Who| {
            !who.marks.is_empty()
                && folded
                    .get(who.end..)
                    .is_some_and(|rest| MATTER.is_match(rest))
        };
        let writers = Some(who)
            .filter(whole)
            .or_else(|| coded(sheet, start + bullet, around));
        if let Some(who) = writers {
            all.end = who.end;
            all.people.extend(who.people);
            all.marks.extend(who.marks);
        } else {
            // A matter may go on over its line; the list's first line is a writer's.
            let blank = folded[start..end].trim_ascii().is_empty();
            if all.is_empty() != blank {
                break;
            }
        }
        start = end + 1;
    }
    (!all.is_empty()).then_some(all)
}

/// The person at `at` whose party's letter stands without brackets before the title: `Elsa Berg, S Skolvägar i länet`.
fn coded(sheet: &Sheet, at: usize, around: &str) -> Option<Who> {
    static TITLE: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(r"^(?-u)[.:]? +[A-Z][a-z]").expect("a pattern that compiles")
    });
    let name = at..name_end(sheet, at)?;
    let party = name.end + 2;
    let code = sheet.folded[name.end..]
        .starts_with(b", ")
        .then(|| mark::code_at(sheet, party, around))??;
    let words = || sheet.folded[name.clone()].split(|byte| *byte == b' ');
    ((2..=3).contains(&words().count()) && TITLE.is_match(&sheet.cased[code.range.end..])).then(
        || Who {
            end: code.range.end,
            people: vec![(name, Some(code.party))],
            marks: vec![code],
            ..Who::default()
        },
    )
}

/// Adds those who stand first in the sentences behind `who`, each with a topic: `Interpellationer av: Elsa Berg (S) om snö. Ulf
/// Ek (M) om grus. KS 2015/12.`
pub(super) fn join_next(sheet: &Sheet, who: &mut Who, around: &str) {
    static TOPIC: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(r"^[)\]}]*¤? (?:om|angående|ang\.?|gällande|rörande|avseende|kring) ")
    });
    let folded = sheet.folded.as_slice();
    let end = (who.end + LONGEST_LIST).min(folded.len());
    let end = memchr::memmem::find(&folded[who.end..end], b"\n\n").map_or(end, |to| who.end + to);
    let mut from = who.end;
    while let Some(stop) = folded[from..end]
        .windows(2)
        .position(|two| matches!(two, b". " | b".\n"))
    {
        from += stop + 2;
        let next = who_at(sheet, from, around);
        let whole = !next.marks.is_empty()
            && !next.people.is_empty()
            && next.people[0].0.start == from
            && next
                .people
                .iter()
                .all(|(name, party)| party.is_some() && folded[name.clone()].contains(&b' '));
        if whole && next.end <= end && TOPIC.is_match(&folded[next.end..]) {
            from = next.end;
            who.end = next.end;
            who.people.extend(next.people);
            who.marks.extend(next.marks);
        }
    }
}

/// Bytes of the longest list of initiatives on one line.
const LONGEST_LIST: usize = 2_000;

/// The people with parties who have the line below the one that ends at `end` to themselves; several such lines are a roll.
fn alone(sheet: &Sheet, end: usize, around: &str) -> Option<Who> {
    static PAGE: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"^[)\]}., ]*¤?[. ]*\d{0,3}[ \t]*$"));
    let folded = sheet.folded.as_slice();
    let is_small = |at: usize| sheet.cased.get(at).is_some_and(u8::is_ascii_lowercase);
    let read = |from: usize| {
        let line = memchr::memchr(b'\n', folded.get(from..)?).map_or(folded.len(), |to| from + to);
        let who = who_at(sheet, from, around);
        // Their line may have broken within a name, before a party or before "och".
        let line = if who.end > line
            && (!folded[from..line].trim_ascii_end().ends_with(b")") || is_small(line + 1))
        {
            memchr::memchr(b'\n', folded.get(who.end..)?).map_or(folded.len(), |to| who.end + to)
        } else {
            line
        };
        let whole = who.end <= line && PAGE.is_match(folded.get(who.end..line)?);
        (whole && !who.people.is_empty() && !who.marks.is_empty()).then_some((who, line))
    };
    // A table's cells with a date or a number stand between.
    let mut end = end;
    for _ in 0..4 {
        let next = end + 1;
        let line = memchr::memchr(b'\n', folded.get(next..)?).map_or(folded.len(), |to| next + to);
        // Or the matter goes on over its line.
        if folded[next.min(line)..line]
            .iter()
            .any(u8::is_ascii_alphabetic)
            && !is_small(next)
        {
            break;
        }
        end = line;
    }
    let (who, line) = read(end + 1)?;
    read(line + 1).is_none().then_some(who)
}

/// Brackets at `open` that hold people with their party: `(Elsa Berg, V)`, `(Elsa Berg V)`.
pub(super) fn bracketed(sheet: &Sheet, open: usize, around: &str) -> Option<Who> {
    let folded = sheet.folded.as_slice();
    if folded.get(open) != Some(&b'(') {
        return None;
    }
    let who = who_at(sheet, open + 1, around);
    let closed =
        !who.marks.is_empty() && !who.people.is_empty() && folded.get(who.end) == Some(&b')');
    if closed {
        let end = who.end + 1;
        return Some(Who { end, ..who });
    }
    with_code(sheet, open, around)
}

/// Bytes of brackets that hold one person and a code.
const ONE_PERSON: usize = 60;

/// Brackets at `open` that hold one person and, with nothing between, the party's code: `(Elsa Berg SD)`.
fn with_code(sheet: &Sheet, open: usize, around: &str) -> Option<Who> {
    let folded = sheet.folded.as_slice();
    let inside = &folded[open..(open + ONE_PERSON).min(folded.len())];
    let close = open + memchr::memchr(b')', inside)?;
    let blank = open + memchr::memrchr(b' ', &folded[open..close])?;
    let code = mark::code_at(sheet, blank + 1, around).filter(|code| code.range.end == close)?;
    let name = open + 1..blank;
    let words = || sheet.cased[name.clone()].split(u8::is_ascii_whitespace);
    let is_name = |word: &[u8]| {
        word.len() > 1 && word[0].is_ascii_uppercase() && word[1].is_ascii_lowercase()
    };
    (words().count() > 1 && words().all(is_name)).then(|| Who {
        people: vec![(name, Some(code.party))],
        marks: vec![code],
        end: close + 1,
        ..Who::default()
    })
}

/// Writers beside the word on its line: before it with a dash between, in brackets with their names, or behind the matter
/// at the line's end.
pub(super) fn beside(sheet: &Sheet, at: &Range<usize>, around: &str) -> Option<Who> {
    static NUMBER: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^[ \t]*(?:[$] ?\d{1,3}(?:/\d{2,4})?|\d{1,3}(?:\.\d{1,3}){0,2}|[a-z])?[a-z]?[.):]?[ \t]+",
        )
    });
    static DASH: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(r"^[)\]} ]*[-:] ?(?:(?:en|ny|gemensam|svar på|besvarande av) )*$")
    });
    // What the line's last writers stand behind.
    static BEHIND: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"[a-z0-9\x22)?!.](?:,| ?/|;| -) ?$"));
    static ENDS: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^[)\]}., ]*¤?[)\]}., ]*(?:(?:-|dnr|d nr|[a-z]{2,4}[ /-]?(?:19|20)?\d\d)[^\n]{0,40})?(?:\n|$)",
        )
    });
    let folded = sheet.folded.as_slice();
    let start = memchr::memrchr(b'\n', &folded[..at.start]).map_or(0, |line| line + 1);
    let end = memchr::memchr(b'\n', &folded[at.end..]).map_or(folded.len(), |end| at.end + end);
    let next = memchr::memchr(b'\n', &folded[(end + 1).min(folded.len())..])
        .map_or(folded.len(), |next| end + 1 + next);
    // Their party stands in brackets on the line, or on the next.
    memchr::memchr(b'(', &folded[start..next])?;
    let number = NUMBER
        .find(&folded[start..at.start])
        .map_or(0, |number| number.end());
    let first = who_at(sheet, start + number, around);
    if !first.marks.is_empty()
        && first.end <= at.start
        && DASH.is_match(&folded[first.end..at.start])
    {
        return Some(first);
    }
    // Nothing but the answer's words before the word.
    if at.start - start > 60 || end - at.end > 300 {
        return None;
    }
    for open in memchr::memchr_iter(b'(', &folded[at.end..end]) {
        let open = at.end + open;
        if let Some(who) = bracketed(sheet, open, around) {
            return Some(who);
        }
    }
    // "Motion om ÄMNE", and below it a line that holds its writers and nothing else.
    static WORDS: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^(?:(?:behandling av|svar på|besvarande av|yttrande över|fråga|bordlagd|återremitterad) ?)*$",
        )
    });
    if WORDS.is_match(&folded[start + number..at.start])
        && !folded[..end].trim_ascii_end().ends_with(b".")
        && let Some(who) = alone(sheet, end, around)
    {
        return Some(who);
    }
    let mut from = at.end;
    while let Some(sign) = folded[from..end]
        .iter()
        .position(|byte| matches!(byte, b',' | b'/' | b'-' | b';' | b'?' | b'!'))
    {
        let sign = from + sign;
        from = sign + 1;
        let question = matches!(folded[sign], b'?' | b'!') && folded.get(from) == Some(&b' ');
        if !question
            && !BEHIND.is_match(&folded[sign.saturating_sub(2)..(sign + 2).min(end)])
            && !BEHIND.is_match(&folded[sign.saturating_sub(2)..sign + 1])
        {
            continue;
        }
        let who = who_at(sheet, from, around);
        if !who.people.is_empty()
            && !who.marks.is_empty()
            && who
                .people
                .iter()
                .all(|(name, party)| party.is_some() && folded[name.clone()].contains(&b' '))
            && ENDS.is_match(&folded[who.end..])
        {
            return Some(who);
        }
    }
    None
}

/// The writers named in the first matter below a heading of an agenda that is the initiative's word.
pub(super) fn above(sheet: &Sheet, at: &Range<usize>, around: &str) -> Option<Who> {
    static HEADING: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^[ \t]*(?:(?:svar på|besvarande av) [a-z]+|[a-z]+[ \t]*[-,:][ \t]*svar)[ \t]*:?$",
        )
    });
    static BELOW: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"^\n\s*\d{1,3}[a-z]?[.)]? [^\n]*(?:\n(?:[a-z][^\n]*)){0,2}"));
    let folded = sheet.folded.as_slice();
    let start = memchr::memrchr(b'\n', &folded[..at.start]).map_or(0, |line| line + 1);
    let end = memchr::memchr(b'\n', &folded[at.end..]).map(|line| at.end + line)?;
    if end - start > 60 || !HEADING.is_match(&folded[start..end]) {
        return None;
    }
    let below = BELOW.find(&folded[end..(end + 400).min(folded.len())])?;
    FROM.find_iter(below.as_bytes()).find_map(|from| {
        let who = who_at(sheet, end + from.end(), around);
        (!who.marks.is_empty()).then_some(who)
    })
}
