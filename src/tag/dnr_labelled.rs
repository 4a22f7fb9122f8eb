//! The shapes of diary numbers behind a label: a place in a sheet → where the number that begins there ends.

use std::sync::LazyLock;

use super::dnr_shape::{NO_MIXED, is_date, is_plan, ministry, ministry_end};
use super::pattern::Pattern;
use super::sheet::Sheet;

/// One number, any shape: `HL 2019/619`, `1.2.4.-579/12`, `002 - 443 / 05`, `2013-KS0548/003`, `2014/KS 0012 001`, `2014/KS 0012`.
pub(super) static NUMBER: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(concat!(
        r"^(?-u)(?:",
        r"\d{4}/[a-z]{2,4} ?\d{3,4}(?:[ -]\d{2,3})?\b",
        // "2019/KS/0123"
        r"|(?:19|20)\d\d/[a-z]{2,4}/\d{2,5}\b",
        // "2016KSM1334.042"
        r"|(?:19|20)\d\d[a-z]{2,4}\d{1,5}(?:\.\d{2,3}| \d{3})?\b",
        // "2013KS/0412", "2018.KS.412", "17/KS0412"
        r"|(?:19|20)\d\d[a-z]{2,4}[/-]\d{1,5}\b|(?:19|20)\d\d\.[a-z]{2,4}\.\d{1,5}\b|\d\d/[a-z]{2,3}\d{3,5}\b",
        // "16KS388", "11KS/0398", "N134-0511/15"
        r"|\d\d[a-z]{2,4}/?\d{1,5}\b",
        // "08/KS 238 101"
        r"|\d\d/[a-z]{2,3} \d{2,4}(?: \d{3})?\b",
        r"|[a-z]\d{2,4}-\d{2,5}/\d\d\b",
        // "LK/121021", "KS.2011.0301.008"
        r"|[a-z]{2,3}/\d{5,7}\b",
        r"|[a-z]{2,3}\d{6}\b",
        // "2016/00469 331"
        r"|(?:19|20)\d\d[/-]0\d{4,5} \d{3}\b",
        // "2009.071 KS 512": year and serial, body, class
        r"|(?:19|20)\d\d\.\d{3,4} [a-z]{2,3} \d{3}\b",
        r"|[a-z]{2,4}[. ](?:19|20)\d\d\.\d{1,5}(?:\.\d{2,3})?\b|(?:19|20)\d\d\.\d{2,5}(?:\.\d{2,3})?\b",
        r"|[a-z]{2,4} \d\d-\d{3,4} \d{3}\b|[a-z]{2,4} \d\d\.\d{3,4}\b",
        // "06.376", a year and a serial; "06.05.12" is a day
        r"|\d\d\.\d{3,4}(?:/(?:19|20)\d\d)?\b",
        r"|(?:(?:[a-z]{2,3}-)?[a-z]{1,5}(?:[/-]|\s?))?\d+(?:[.,]\d+)*\.?",
        r"(?: ?[-/:]\s{0,2}(?:[a-z]{1,4})?\d+(?:[.,]\d+)*(?:[-/](?:ks|kf|sn|bun|ksn)\b)?\.?){1,4}",
        r")"
    ))
    .expect("a pattern that compiles")
});

/// What goes on behind a number that was read: `KS000312` and then `/2017`, `98.441` and then `-310`.
static GLUED: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"^(?-u)(?:[-/:](?:[a-z]{1,4})?\d{1,6})+\b").expect("a pattern that compiles")
});

/// A class of three parts at least, behind a blank.
static CLASS_BEHIND: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"^(?-u) \d(?:\.\d{1,2}){2,4}\b").expect("a pattern that compiles")
});

/// A body, a year and a serial with a stop between.
static WITH_STOP: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"^(?-u)[a-z]{2,4}[. ](?:19|20)\d\d\.\d{3,5}$").expect("a pattern that compiles")
});

static BEHIND: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"^(?-u) (?:(?:\d{3}|[A-Z]{2,4}(?:-\d{1,2})?)(?:[\n)]|$)|\d{3} [A-Z][a-z])")
        .expect("a pattern that compiles")
});

/// The end of the number that begins at `at` behind a label.
pub(super) fn number_at(sheet: &Sheet, at: usize) -> Option<usize> {
    let folded = sheet.folded.as_slice();
    let Some(found) = NUMBER.find(&folded[at..]) else {
        return serial_at(folded, at);
    };
    let mut end = at + found.end();
    if let Some(glued) = GLUED.find(&folded[end..(end + 24).min(folded.len())]) {
        end += glued.end();
    }
    let written = sheet.written(at..end);
    // Letters before the number are a body only in capitals; "och 2009" is none.
    let body: String = written.chars().take_while(|c| c.is_alphabetic()).collect();
    let first = body.chars().next().is_some_and(char::is_uppercase);
    let known =
        first && (2..4).contains(&body.chars().count()) && !NO_MIXED.contains(&body.as_str());
    if !known
        && body.chars().any(char::is_lowercase)
        && written
            .chars()
            .nth(body.chars().count())
            .is_some_and(char::is_whitespace)
    {
        return None;
    }
    if is_plan(&body) || is_date(&folded[at..end]) {
        return None;
    }
    // "Dnr 328-2009-599/2" keeps; a digit that goes on means that the shape was cut.
    if folded.get(end).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    // What stands behind the body: a year and a sign, where the number is a year and a serial.
    let figures = folded[at + body.len()..end].trim_ascii_start();
    let figures = figures.strip_prefix(b"/").unwrap_or(figures);
    let by_year = matches!(figures.get(4), Some(b'-' | b'/'))
        && (figures.starts_with(b"19") || figures.starts_with(b"20"));
    let slashes = memchr::memchr_iter(b'/', figures).count();
    // "2018-00710 1.1.1.1", "KS 2018-000412 1.1.1": the class behind a blank.
    if let Some(class) = CLASS_BEHIND.find(&folded[end..(end + 16).min(folded.len())])
        && by_year
    {
        return Some(end + class.end());
    }
    // "KS 2012/00421 008", "98/441 310", "2014/0211 TFN": a class or a body behind a blank ends the line.
    if let Some(behind) = BEHIND.find(&sheet.cased[end..(end + 8).min(folded.len())])
        && (slashes == 1 && (behind.as_bytes()[1].is_ascii_digit() || body.is_empty())
            // "BUN 2014.211 600"
            || behind.as_bytes()[1].is_ascii_digit()
                && (by_year || WITH_STOP.is_match(&folded[at..end])))
    {
        // A blank and its letters or figures.
        let class = behind.as_bytes()[1..]
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-')
            .count();
        return Some(end + 1 + class);
    }
    // "523-3732-10 Rm": Naturvårdsverket puts its unit behind.
    if folded[at..end].get(3) == Some(&b'-')
        && let [b' ', unit @ ..] = &sheet.cased[end..(end + 3).min(folded.len())]
        && matches!(
            unit,
            b"Rm" | b"Rs" | b"Rt" | b"Nv" | b"Ns" | b"Ho" | b"Mm" | b"Mk" | b"Tf" | b"Kk"
        )
        && !folded.get(end + 3).is_some_and(u8::is_ascii_alphanumeric)
    {
        return Some(end + 3);
    }
    // "N2016/02637/PUB"
    let year = at + body.len();
    if year < end && ministry(sheet, &(year..end)).is_some() {
        return Some(ministry_end(sheet, end));
    }
    // A full stop that ends the sentence is not the plan's: that stands behind a class, "137-2012-1.6.", "707-2011-5.".
    if folded[end - 1] == b'.' {
        let number = &folded[at..end - 1];
        let part = number
            .rsplit(|byte| matches!(byte, b'-' | b'/' | b' '))
            .next()
            .unwrap_or(number);
        let class = number.len() > part.len()
            && number.contains(&b'-')
            && part
                .split(|byte| *byte == b'.')
                .all(|one| one.len() == 1 || part.contains(&b'.') && one.len() < 3);
        let goes_on = folded
            .get(end)
            .is_some_and(|next| *next != b'\n' && *next != b' ');
        if !class || goes_on {
            end -= 1;
        }
    }
    Some(end)
}

/// The end of a number without any part (`Dnr 1600711`) that begins at `at` behind a label: six digits at least, for a year
/// alone is what was left of a number whose digits were lost.
fn serial_at(folded: &[u8], at: usize) -> Option<usize> {
    let length = folded[at..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let end = at + length;
    let whole = folded.get(end).is_none_or(|next| {
        matches!(next, b'\n' | b' ' | b')' | b',' | b';')
            || *next == b'.' && !folded.get(end + 1).is_some_and(u8::is_ascii_digit)
    });
    ((6..=8).contains(&length) && whole).then_some(end)
}
