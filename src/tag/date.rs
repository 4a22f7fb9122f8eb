//! Dates: a sheet → every date in it, whole or partial, with its place and role.
//!
//! Reads ISO dates (mixed dashes, blanks, broken over a line), `den 14 april 2016`, lists that share a year, `14/6 2018`,
//! `130522`. A date that the calendar lacks is none; spans and seasons are none.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::{Captures, Pattern};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::date_alone::{is_no_number, stands_alone, stands_alone_short};
use super::date_role::{is_ahead, role};
use super::date_shared::share_year;
use super::sheet::{Sheet, tolerant};
use crate::personal;

/// What a date is the date of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateRole {
    /// The document.
    Document,
    /// The meeting that takes it up.
    Meeting,
    /// The skrivelse that is answered.
    Skrivelse,
    /// A council or group that prepared it.
    Preparation,
    /// Anything else.
    Other,
}

/// A date and what it is the date of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateTag {
    /// The day.
    pub date: Date,
    /// Its role.
    pub role: DateRole,
}

/// A date as far as the text gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Read {
    Full(Date),
    /// Month and day.
    NoYear(i8, i8),
    /// Year and month.
    NoDay(i16, i8),
}

/// A date and where it stands in the sheet's text.
pub(super) struct Hit {
    pub(super) range: Range<usize>,
    pub(super) read: Read,
    pub(super) role: DateRole,
    /// Whether the words before it say that it lies ahead; asked only of a date without year.
    pub(super) ahead: bool,
}

const MONTHS: &str = "(?:(januari|jan)|(februari|feb)|(mars|mar)|(april|apr)|(maj)|(juni|jun)|(juli|jul)|(augusti|aug)|(september|sept|sep)|(oktober|okt)|(november|nov)|(december|dec))";

/// Whatever may be a date, from its first digit.
static DATE: LazyLock<Pattern> = LazyLock::new(|| {
    let forms = [
        // 1-3: ISO, with blanks or a line end at the dashes
        r"((?:19|20)\d\d) ?-\s{0,2}(\d\d) ?-\s{0,2}(\d\d)",
        // 4-6: blanks, full stops or strokes instead of dashes
        r"((?:19|20)\d\d)[ ./](\d\d)[ ./](\d\d)",
        // 7-9: day/month year, or the year's last two digits behind a dash
        r"(\d{1,2})/(\d{1,2})[ /-]?((?:19|20)\d\d|-\d\d\b)",
        // 10-12: day.month.year
        r"(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)",
        // 13-14: day/month
        r"(\d{1,2})/(\d{1,2})",
        // 15: yyyymmdd or yymmdd
        r"((?:19|20)?\d{6})",
        // 16-18: ISO without noughts
        r"((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})",
        // 19-20: year and month
        r"((?:19|20)\d\d)-(\d\d)",
    ];
    tolerant(&format!("^(?:{})", forms.join("|")))
});

/// Days and a month, and maybe a year: `14 april 2016`, `3 och 5 mars`; 1 days, 2-13 month, 14 year, 15 its last two digits (`3 mars -15`).
static NAMED: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(&format!(
        r"^((?:\d{{1,2}}(?: ?- ?\d{{1,2}})?(?:,\s*| och | samt | resp\.? ))*\d{{1,2}}(?: ?- ?\d{{1,2}})?)(?::?[ae])?\.?\s{{1,3}}{MONTHS}\b\.?(?:[ ,]{{0,2}}\s?(?:år )?((?:19|20)\d\d)\b| ?[-'](\d\d)\b)?"
    ))
});

/// A month right before a year, without day: `maj 2000`; 1-12 month.
static MONTH: LazyLock<Pattern> =
    LazyLock::new(|| tolerant(&format!(r"\b{MONTHS}(?: månad)?\s{{1,2}}$")));

/// What may stand between dates that share the year of the last.
static JOIN: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"^(?-u)\s*(?:,|och|samt|respektive|resp\.?|,\s*(?:och|samt))\s*(?:den\s+)?$")
        .expect("a pattern that compiles")
});

/// Words right before a `16/2` that make it a day.
static DAY_CUE: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"(?:\(|den|sdn|kf|framställd[a]?|bordlagd[a]?|bordlades|bordlagt|återremi[a-z]*|anmäld[a-z]*|anmäldes|inlämnad|väckt[a-z]*|behandlad[a-z]*|besluta[dt][a-z]*|daterad|daterat|remitterad[a-z]*|besvarad[a-z]*|justera[a-z]*|hölls|mötet|sammanträdet?|inkom[a-z]*|datum|dag|senast|till|från|kl|måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|[0-9]/[0-9]{1,2}[,;]|[0-9]/[0-9]{1,2} och)[en]{0,2}\s*$",
    )
});

/// What stands behind a day that only begins a span: `30/11 - 1/12`.
static SPAN: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"^(?-u) ?- ?\d{1,2}/\d").expect("a pattern that compiles"));

/// Bytes that a date in figures has at most, with blanks and a line end at its dashes.
const LONGEST: usize = 24;

/// Every date of `sheet`, in the order of the text. `head_end` is where a paper's head ends (0 when it has none).
pub(super) fn find(sheet: &Sheet, head_end: usize) -> Vec<Hit> {
    reads(sheet)
        .into_iter()
        .filter(|(place, _)| !is_of_person(&sheet.text, &sheet.range(place.clone())))
        .map(|(folded_range, read)| {
            let range = sheet.range(folded_range.clone());
            let role = role(&sheet.folded, &folded_range, range.start < head_end);
            let ahead =
                matches!(read, Read::NoYear(..)) && is_ahead(&sheet.folded, folded_range.start);
            Hit {
                range,
                read,
                role,
                ahead,
            }
        })
        .collect()
}

/// Whether a date is part of a personal identity number: `19640823 3234`. Whose number is masked is not to be known by a date.
fn is_of_person(text: &str, date: &Range<usize>) -> bool {
    // Bytes in which a word may say what the number is, and those that its last digits stand in.
    const BEFORE: usize = 60;
    const BEHIND: usize = 16;
    let behind = text[date.end..]
        .trim_start_matches([' ', '\u{a0}', '\t', '-', '–', '+', '\n', '.', '/', '_']);
    let last = behind.bytes().take(4).filter(u8::is_ascii_digit).count();
    if last < 4 {
        return false;
    }
    let from = text.floor_char_boundary(date.start.saturating_sub(BEFORE));
    let to = text.ceil_char_boundary((date.end + BEHIND).min(text.len()));
    let numbers = personal::numbers(&text[from..to]);
    numbers
        .iter()
        .any(|number| from + number.start < date.end && date.start < from + number.end)
}

/// The first full date of a text.
pub(super) fn first(text: &str) -> Option<Date> {
    // "… > Sammanträde 2008-04-10", and no figure before it.
    let bytes = text.as_bytes();
    let digit = bytes.iter().position(u8::is_ascii_digit)?;
    let number = |range: Range<usize>| {
        let part = bytes
            .get(range)
            .filter(|part| part.iter().all(u8::is_ascii_digit))?;
        parsed(part)
    };
    let iso = |at: usize| {
        let (year, month, day) = (
            number(at..at + 4)?,
            number(at + 5..at + 7)?,
            number(at + 8..at + 10)?,
        );
        let dashes = bytes[at + 4] == b'-' && bytes[at + 7] == b'-';
        full(year, month, day).filter(|_| dashes && bytes[at..].starts_with(b"20"))
    };
    if digit + 10 == bytes.len()
        && digit > 0
        && bytes[digit - 1] == b' '
        && let Some(date) = iso(digit)
    {
        return Some(date);
    }
    let sheet = Sheet::new([(1, text)]);
    reads(&sheet).into_iter().find_map(|(_, read)| match read {
        Read::Full(date) => Some(date),
        _ => None,
    })
}

/// Every date of `sheet`, in the order of the text, with its range of the folded copy.
fn reads(sheet: &Sheet) -> Vec<(Range<usize>, Read)> {
    let folded = sheet.folded.as_slice();
    let mut hits: Vec<(Range<usize>, Read)> = Vec::new();
    let mut next = 0;
    while let Some(at) = sheet.digit_from(next) {
        let digits = digits_at(folded, at);
        // A date begins with a number's first digit, and its length and the sign behind it tell what it may be.
        next = at + digits;
        if !may_begin(folded, at, digits) {
            continue;
        }
        if let Some(read) = iso_at(folded, at) {
            let range = at..at + ISO;
            if let Some(read) = read.filter(|_| stands_alone(folded, &range)) {
                next = range.end;
                hits.push((range, read));
            }
            continue;
        }
        let most = &folded[at..(at + LONGEST).min(folded.len())];
        // Most digits begin no date; which groups hold one is the dearer question.
        let Some(found) = held(&DATE, most) else {
            continue;
        };
        let range = at..at + found.get(0).map_or(0, |all| all.end());
        let number = |group: usize| found.get(group).and_then(|part| parsed(part.as_bytes()));
        let date = |year: usize, month: usize, day: usize| {
            full(number(year)?, number(month)?, number(day)?)
        };
        let read = if found.get(1).is_some() {
            date(1, 2, 3).map(Read::Full)
        } else if found.get(4).is_some() {
            date(4, 5, 6).map(Read::Full)
        } else if let Some(year) = found.get(9) {
            let year = match year.as_bytes().strip_prefix(b"-") {
                Some(tens) => parsed(tens).map(century),
                None => parsed(year.as_bytes()),
            };
            let day = |year| full(year, number(8)?, number(7)?);
            year.and_then(day).map(Read::Full)
        } else if found.get(10).is_some() {
            date(12, 11, 10).map(Read::Full)
        } else if let (Some(day), Some(month)) = (number(13), number(14)) {
            no_year(month, day)
                .filter(|_| !SPAN.is_match(&folded[range.end..(range.end + 8).min(folded.len())]))
                .filter(|_| DAY_CUE.is_match(&folded[range.start.saturating_sub(24)..range.start]))
        } else if found.get(16).is_some() {
            date(16, 17, 18)
                .filter(|_| is_no_number(folded, &range))
                .map(Read::Full)
        } else if let (Some(year), Some(month)) = (number(19), number(20)) {
            // "2009-10" may be two years; "2018-08" can't.
            (full(year, month, 1).is_some() && month < year % 100)
                .then_some(Read::NoDay(year as i16, month as i8))
        } else {
            number(15).and_then(short).map(Read::Full)
        };
        let lone = match &read {
            Some(Read::Full(_)) if found.get(15).is_some() => stands_alone_short(sheet, &range),
            _ => stands_alone(folded, &range),
        };
        // "9/20" of "9/2010-09-30" hides a date: the next digit may begin one.
        if let Some(read) = read.filter(|_| lone) {
            next = range.end;
            hits.push((range, read));
        }
    }
    share_year(folded, &mut hits);
    named(sheet, &mut hits);
    hits.sort_by_key(|(range, _)| (range.start, range.end));
    hits
}

/// Dates with the month's name.
fn named(sheet: &Sheet, hits: &mut Vec<(Range<usize>, Read)>) {
    let folded = sheet.folded.as_slice();
    struct Named {
        range: Range<usize>,
        days: Vec<(Range<usize>, i64)>,
        month: i64,
        year: Option<i64>,
    }
    let mut list: Vec<Named> = Vec::new();
    let mut next = 0;
    while let Some(at) = sheet.digit_from(next) {
        next = at + 1;
        let digits = digits_at(folded, at);
        // "Politik28 september 2020": what was glued to a word has its year.
        let glued = at > 0 && is_word(folded[at - 1]);
        let to_word = glued && sheet.cased[at - 1].is_ascii_lowercase();
        if glued && !to_word || digits > 2 || !may_be_day(folded, at + digits) {
            next = at + digits;
            continue;
        }
        let Some(found) = held(&NAMED, &folded[at..(at + LONGEST_LIST).min(folded.len())]) else {
            continue;
        };
        let (Some(all), Some(days)) = (found.get(0), found.get(1)) else {
            continue;
        };
        if to_word && found.get(14).is_none() {
            next = at + digits;
            continue;
        }
        let all = at..at + all.end();
        next = all.end;
        let Some(month) = (1..=12).find(|month| found.get(month + 1).is_some()) else {
            continue;
        };
        let mut numbers = Vec::new();
        let mut from = all.start;
        for part in days.as_bytes().split(|byte| !byte.is_ascii_digit()) {
            if let Some(day) = parsed(part) {
                numbers.push((from..from + part.len(), day));
            }
            from += part.len() + 1;
        }
        // "3-5 mars" is a span.
        numbers.retain(|(range, _)| {
            let before = range.start.checked_sub(1).map(|at| folded[at]);
            before != Some(b'-') && folded.get(range.end) != Some(&b'-')
        });
        let before = all.start.checked_sub(1).map(|at| folded[at]);
        if matches!(before, Some(b'-' | b'/' | b'.' | b':')) {
            numbers.clear();
        }
        list.push(Named {
            range: all,
            days: numbers,
            month: month as i64,
            year: match (found.get(14), found.get(15)) {
                (Some(year), _) => parsed(year.as_bytes()),
                (None, Some(tens)) => parsed(tens.as_bytes()).map(century),
                _ => None,
            },
        });
    }
    // "28 juni, 26 juli och 23 augusti 2012": the last one's year is everyone's.
    for i in (0..list.len().saturating_sub(1)).rev() {
        if list[i].year.is_none()
            && list[i + 1].year.is_some()
            && JOIN.is_match(&folded[list[i].range.end..list[i + 1].range.start])
        {
            list[i].year = list[i + 1].year;
        }
    }
    let mut taken: Vec<Range<usize>> = Vec::new();
    for named in list {
        taken.push(named.range.clone());
        let last = named.days.len().saturating_sub(1);
        for (i, (day_range, day)) in named.days.into_iter().enumerate() {
            let read = match named.year {
                Some(year) => full(year, named.month, day).map(Read::Full),
                None => no_year(named.month, day),
            };
            // A day that shares its month stands by itself; the last one stands with month and year.
            let range = if i == last {
                day_range.start..named.range.end
            } else {
                day_range
            };
            if let Some(read) = read {
                hits.push((range, read));
            }
        }
    }
    let mut next = 0;
    while let Some(at) = sheet.digit_from(next) {
        next = at + 1;
        let year = folded
            .get(at..at + 4)
            .filter(|year| year.starts_with(b"19") || year.starts_with(b"20"))
            .and_then(parsed);
        let Some(year) = year.filter(|_| !folded.get(at + 4).copied().is_some_and(is_word)) else {
            continue;
        };
        if at == 0 || !folded[at - 1].is_ascii_whitespace() {
            continue;
        }
        let from = at.saturating_sub(20);
        // The word before it begins as a month does, or as one that was misread.
        let word = folded[from..at].trim_ascii_end().iter().rev();
        let first = word
            .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'.')
            .last();
        if !first.is_some_and(|first| b"jfmasondril1".contains(first)) {
            continue;
        }
        let Some(found) = held(&MONTH, &folded[from..at]) else {
            continue;
        };
        let (Some(all), Some(month)) = (
            found.get(0),
            (1..=12).find(|&month| found.get(month).is_some()),
        ) else {
            continue;
        };
        let all = from + all.start()..at + 4;
        let before = &folded[all.start.saturating_sub(12)..all.start];
        // The window may have cut a word in two.
        let cut = all.start == from && from > 0 && is_word(folded[from - 1]);
        // "jul 2016" is Christmas.
        if cut || folded[all.clone()].starts_with(b"jul ") {
            continue;
        }
        let span = before.trim_ascii_end().last() == Some(&b'-')
            || folded.get(all.end) == Some(&b'-')
            || before.trim_ascii_end().ends_with(b"till");
        let next = taken.partition_point(|range| range.end <= all.start);
        let inside = taken.get(next).is_some_and(|range| range.start < all.end);
        if !span && !inside {
            hits.push((all, Read::NoDay(year as i16, month as i8)));
        }
    }
}

/// Whether the `digits` figures at `at` may begin a date in figures: a look at the next signs, quicker than the pattern.
fn may_begin(folded: &[u8], at: usize, digits: usize) -> bool {
    let next = at + digits;
    let sign = |at: usize| folded.get(at).copied().unwrap_or(b' ');
    let year = || matches!(&folded[at..at + 2], b"19" | b"20");
    match digits {
        1 | 2 => matches!(sign(next), b'/' | b'.') && sign(next + 1).is_ascii_digit(),
        4 => {
            year()
                && match sign(next) {
                    b'-' => true,
                    b' ' => sign(next + 1) == b'-' || sign(next + 1).is_ascii_digit(),
                    b'.' | b'/' => sign(next + 1).is_ascii_digit(),
                    _ => false,
                }
        }
        6 | 8 => parsed(&folded[at..next]).and_then(short).is_some(),
        _ => false,
    }
}

/// Bytes of a whole date without blanks: `2016-02-11`.
const ISO: usize = 10;

/// What the whole date without blanks at `at` says, when one stands there: most dates are written so, and to read them by the
/// pattern costs more than the rest of a paper's dates.
fn iso_at(folded: &[u8], at: usize) -> Option<Option<Read>> {
    let text = folded.get(at..at + ISO)?;
    let dashes = text[4] == b'-' && text[7] == b'-';
    let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    if !dashes || !digits(&text[..4]) || !digits(&text[5..7]) || !digits(&text[8..]) {
        return None;
    }
    let day = full(
        parsed(&text[..4])?,
        parsed(&text[5..7])?,
        parsed(&text[8..])?,
    );
    Some(day.map(Read::Full))
}

/// How many digits stand in a row from `at` on.
fn digits_at(folded: &[u8], at: usize) -> usize {
    let digits = folded[at..].iter().take_while(|byte| byte.is_ascii_digit());
    digits.count()
}

/// Whether a month, or another day before it, may follow the day's number that ends at `at`.
fn may_be_day(folded: &[u8], at: usize) -> bool {
    let rest = &folded[at..(at + 12).min(folded.len())];
    let letter = rest
        .iter()
        .find(|byte| !matches!(byte, b' ' | b'\n' | b'.' | b':' | b',' | b'-' | b'0'..=b'9'));
    matches!(
        letter,
        Some(b'j' | b'f' | b'm' | b'r' | b'a' | b's' | b'o' | b'n' | b'd' | b'e')
    )
}

/// The groups of `pattern` in `text`, asked for only when it matches.
fn held<'t>(pattern: &Pattern, text: &'t [u8]) -> Option<Captures<'t>> {
    pattern.is_match(text).then(|| pattern.captures(text))?
}

/// Bytes of a list of days before its month that are read.
const LONGEST_LIST: usize = 120;

/// Whether a byte is part of a word.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

pub(super) fn parsed(digits: &[u8]) -> Option<i64> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

pub(super) fn full(year: i64, month: i64, day: i64) -> Option<Date> {
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

/// The year that two digits mean.
fn century(tens: i64) -> i64 {
    if tens < 70 { 2000 + tens } else { 1900 + tens }
}

/// Month and day, when some year has them.
fn no_year(month: i64, day: i64) -> Option<Read> {
    full(2000, month, day).map(|date| Read::NoYear(date.month(), date.day()))
}

/// `130522`: a day of 1990 to 2039; `20130522`.
pub(super) fn short(digits: i64) -> Option<Date> {
    if digits >= 19_000_000 {
        return full(digits / 10_000, digits / 100 % 100, digits % 100);
    }
    let year = digits / 10_000;
    let century = match year {
        0..=39 => 2000,
        90..=99 => 1900,
        _ => return None,
    };
    full(century + year, digits / 100 % 100, digits % 100)
}

impl Read {
    /// As gold writes a partial date: `XXXX-03-05`, `2016-04`.
    pub(super) fn partial(self) -> Option<String> {
        match self {
            Read::Full(_) => None,
            Read::NoYear(month, day) => Some(format!("XXXX-{month:02}-{day:02}")),
            Read::NoDay(year, month) => Some(format!("{year:04}-{month:02}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(text: &str) -> Vec<String> {
        let mut dates: Vec<String> = find(&Sheet::new([(1, text)]), 0)
            .into_iter()
            .map(|hit| match hit.read {
                Read::Full(date) => date.to_string(),
                other => other.partial().unwrap_or_default(),
            })
            .collect();
        dates.sort();
        dates
    }

    #[test]
    fn the_date_of_a_personal_number_is_none() {
        for (text, want) in [
            ("född 19640823 3234 i Lunden", ""),
            ("född 1964-08-23-3234.", ""),
            ("personnummer 1964-08-23 3234", ""),
            ("Beslut 2016-02-11 1830 kronor", "2016-02-11"),
            ("personnummer 1964-08-23 3235", "1964-08-23"),
            ("2016-04-14\n2016 års budget", "2016-04-14"),
        ] {
            assert_eq!(dates(text).join(" "), want, "{text}");
        }
    }

    #[test]
    fn every_form_is_read() {
        for (text, want) in [
            ("2020-02-09", vec!["2020-02-09"]),
            ("den 14 april 2016 fick", vec!["2016-04-14"]),
            (
                "den 2016-02-\n\n16. Sedan 2016–02-10 och 2016-\n02-17.",
                vec!["2016-02-10", "2016-02-16", "2016-02-17"],
            ),
            ("Justerat : 2008-01- 08", vec!["2008-01-08"]),
            ("Storby 4/3 -15", vec!["2015-03-04"]),
            ("KS190930 V Förslag", vec!["2019-09-30"]),
            ("team (RV170944), beslut (RV181026)", vec![]),
            ("Kurs (30/11 - 1/12) och den 30/11-1/12", vec![]),
            ("Stad & Politik28 september 2020", vec!["2020-09-28"]),
            (
                "Giltigt 20150101-20151231.",
                vec!["2015-01-01", "2015-12-31"],
            ),
            ("Storby 2004 11 29", vec!["2004-11-29"]),
            ("tisdagen, den 18 januari 2011", vec!["2011-01-18"]),
            (
                "den 28 juni, 26 juli och 23 augusti 2012",
                vec!["2012-06-28", "2012-07-26", "2012-08-23"],
            ),
            (
                "den 17 februari och 1 mars 2005",
                vec!["2005-02-17", "2005-03-01"],
            ),
            ("den 3 och 5 mars 2012", vec!["2012-03-03", "2012-03-05"]),
            ("14/6 2018", vec!["2018-06-14"]),
            ("3.11.2005", vec!["2005-11-03"]),
            ("möte 130522", vec!["2013-05-22"]),
            ("(KS190930)", vec!["2019-09-30"]),
            ("den 5 juni", vec!["XXXX-06-05"]),
            ("väckte den 27\nseptember en", vec!["XXXX-09-27"]),
            ("(20/10, 27/10)", vec!["XXXX-10-20", "XXXX-10-27"]),
            (
                "framställd 16/2, bordlagd 9/3",
                vec!["XXXX-02-16", "XXXX-03-09"],
            ),
            ("från juni 2019 består", vec!["2019-06"]),
            ("den 6 septernber 2011", vec!["2011-09-06"]),
            ("2015-01-01--2015-12-31", vec!["2015-01-01", "2015-12-31"]),
            ("4/3-2015", vec!["2015-03-04"]),
            ("den 14\napril 2016", vec!["2016-04-14"]),
            ("den 3 mars -15", vec!["2015-03-03"]),
            ("den 2:a december 2019", vec!["2019-12-02"]),
            ("inkom 2019-11-4", vec!["2019-11-04"]),
            ("återremitterades 12/6", vec!["XXXX-06-12"]),
        ] {
            assert_eq!(dates(text), want, "{text:?}");
        }
    }

    #[test]
    fn other_figures_are_no_dates() {
        for text in [
            "under 2016-2018",
            "april-oktober 2016",
            "den 31 februari 2016",
            "2016-13-01",
            "våren 2018, vårterminen 2020, jul 2016",
            "277 000 kronor, 250101 kronor",
            "Dnr 328-2009-599",
            "Dnr 2010-11028",
            "Dnr 2012-8-1.2.4.",
            "Dnr 2012-8-1",
            "ökade 1/2 procent",
            "Dnr 2019-O000411",
            "1/2 tjänst",
            "kod 20150101-20159931",
            "08-508 220 00",
            "1 (5)",
        ] {
            assert_eq!(dates(text), Vec::<String>::new(), "{text:?}");
        }
    }
}
