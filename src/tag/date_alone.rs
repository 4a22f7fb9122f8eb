//! What stands beside figures that look like a date → whether they are one, or part of a longer number.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::date::{parsed, short};
use super::dnr_shape;
use super::sheet::{Sheet, tolerant};

/// Whether `2012-8-1` is no diary number (`Dnr 2012-8-1.2.4`).
pub(super) fn is_no_number(folded: &[u8], range: &Range<usize>) -> bool {
    let before = &folded[range.start.saturating_sub(8)..range.start];
    let goes_on = folded.get(range.end) == Some(&b'.')
        && folded.get(range.end + 1).is_some_and(u8::is_ascii_digit);
    !goes_on && !before.windows(2).any(|two| two == b"nr")
}

/// No digit, dash or slash goes on at either side.
pub(super) fn stands_alone(folded: &[u8], range: &Range<usize>) -> bool {
    let before = range.start.checked_sub(1).map_or(b' ', |at| folded[at]);
    let after = folded.get(range.end).copied().unwrap_or(b' ');
    let then = folded.get(range.end + 1).copied().unwrap_or(b' ');
    let goes_on = before.is_ascii_digit()
        || matches!(before, b'/' | b'-' | b':')
        || after.is_ascii_digit()
        || matches!(after, b'-' | b'/' | b':') && then.is_ascii_digit();
    !goes_on
        || is_iso(folded, range) && (is_span(folded, range) || is_meeting_number(folded, range))
}

fn is_iso(folded: &[u8], range: &Range<usize>) -> bool {
    range.len() >= 10
        && folded[range.start..range.start + 4]
            .iter()
            .all(u8::is_ascii_digit)
}

/// `9/2010-09-30`: the year's ninth meeting and its day.
fn is_meeting_number(folded: &[u8], range: &Range<usize>) -> bool {
    static NUMBER: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::new(r"(?-u)(?:^|\s)\d{1,2}/$").expect("a pattern that compiles"));
    NUMBER.is_match(&folded[range.start.saturating_sub(5)..range.start])
        && !folded
            .get(range.end)
            .is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'/'))
}

/// Whether a whole date stands before or behind, with a dash between: `2004-05-01-2005-10-31`.
fn is_span(folded: &[u8], range: &Range<usize>) -> bool {
    static BEHIND: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(r"^(?-u)--?(?:19|20)\d\d-\d\d-\d\d(?:[^\d/-]|$)")
            .expect("a pattern that compiles")
    });
    static BEFORE: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(r"(?-u)(?:^|[^\d/-])(?:19|20)\d\d-\d\d-\d\d--?$")
            .expect("a pattern that compiles")
    });
    BEHIND.is_match(&folded[range.end..(range.end + 13).min(folded.len())])
        || BEFORE.is_match(&folded[range.start.saturating_sub(13)..range.start])
}

/// Whether another such date stands before or behind, with a dash between: `20150101-20151231`.
fn is_compact_span(folded: &[u8], range: &Range<usize>) -> bool {
    let date = |text: &[u8]| text.len() == 8 && parsed(text).and_then(short).is_some();
    let edge = |at: Option<usize>| {
        at.and_then(|at| folded.get(at))
            .is_none_or(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'/'))
    };
    let (start, end) = (range.start, range.end);
    let behind = folded.get(end) == Some(&b'-')
        && folded.get(end + 1..end + 9).is_some_and(date)
        && edge(Some(end + 9))
        && (start == 0 || edge(Some(start - 1)));
    let before = start >= 9
        && folded[start - 1] == b'-'
        && date(&folded[start - 9..start - 1])
        && (start == 9 || edge(Some(start - 10)))
        && edge(Some(end));
    behind || before
}

/// Six digits are a date only by themselves or behind capitals (`KS190930`), and not when they count something.
pub(super) fn stands_alone_short(sheet: &Sheet, range: &Range<usize>) -> bool {
    static COUNTS: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"^\s*(?:kr|kronor|tkr|m2|kvm|euro|personer|invånare|st\b|%)"));
    static NUMBERS: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"(?:nr|nummer|giro|tfn|telefon|tel|kod|konto|id|dnr)[ .:]*$"));
    let folded = sheet.folded.as_slice();
    let text = &sheet.text[..sheet.range(range.clone()).start];
    let before = text.chars().next_back();
    // "KS190930" is a board and a day; "2019-O000411" is a number that goes on.
    let body = text.trim_end_matches(char::is_uppercase);
    let goes_on =
        body.len() < text.len() && body.ends_with(|c: char| !c.is_whitespace() && c != '(');
    // "RV181026" is Region Västmanland's number.
    let spaced = text.trim_end_matches(' ');
    let spaced = &spaced[spaced.trim_end_matches(char::is_uppercase).len()..];
    if dnr_shape::NUMBERED_BY_MONTH.contains(&spaced) {
        return false;
    }
    if range.len() == 8 && is_compact_span(folded, range) {
        return true;
    }
    !goes_on
        && stands_alone(folded, range)
        && before.is_none_or(|letter| {
            letter.is_whitespace() || letter.is_uppercase() || "(,".contains(letter)
        })
        && !folded.get(range.end).is_some_and(u8::is_ascii_alphabetic)
        && !COUNTS.is_match(&folded[range.end..(range.end + 16).min(folded.len())])
        && !NUMBERS.is_match(&folded[range.start.saturating_sub(16)..range.start])
}
