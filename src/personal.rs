//! Text → where personal identity numbers stand in it, and the same text with them masked. Pure.
//!
//! A personnummer is a date of birth and four digits of which the last is a check digit; a samordningsnummer has 60 added
//! to the day. Only a number with a real date and the right check digit is one: organisation numbers (third digit 2 or
//! more), diary numbers, phone numbers and dates are not. Masking keeps every byte's place, so ranges into the text hold.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// The shapes: a century or none, the date with or without marks between, the last four. Letters that scanners take for
/// digits are let through here and weighed below.
static SHAPE: LazyLock<Regex> = LazyLock::new(|| {
    const D: &str = "[0-9OoIl|SBZ]";
    let shape = format!(
        "(?:(?P<century>1[89]|20)(?P<gap> ?))?(?P<y>{D}{D})(?P<s1>[ -]?)(?P<m>{D}{D})(?P<s2>[ -]?)(?P<d>{D}{D})(?P<sep> ?[-+–−] ?| |)(?P<last>{D}{{4}})"
    );
    #[expect(clippy::unwrap_used, reason = "a constant pattern")]
    Regex::new(&shape).unwrap()
});

/// Digits that must be read as such in a number with misread letters.
const SURE: usize = 7;

/// Bytes before a number in which a word may say what it is.
const LABEL: usize = 40;

/// What the words are that announce a personal number.
const LABELS: [&str; 8] = [
    "personn",
    "person-n",
    "person n",
    "pers.n",
    "persn",
    "pnr",
    "p-nr",
    "samordningsn",
];

/// The byte ranges of the personal identity numbers in `text`, in order.
pub fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for place in places(text) {
        if !holds_shape(&text[place.clone()]) {
            continue;
        }
        let (text_before_end, mut at) = (&text[..place.end], place.start);
        while let Some(captures) = SHAPE.captures_at(text_before_end, at) {
            let Some(whole) = captures.get(0) else { break };
            if is_number(text, &captures) {
                found.push(whole.range());
                at = whole.end();
            } else {
                // The next may begin inside this one; what matches begins with one byte.
                at = whole.start() + 1;
            }
        }
    }
    found
}

/// Where [`SURE`] digits stand within the longest shape that there is, with room around it: most texts hold no such place,
/// and a pattern need not walk them. The places are apart from each other and in order.
fn places(text: &str) -> Vec<Range<usize>> {
    /// From the first digit of the year to the last of all: ten digits, two marks, a long dash between blanks.
    const LONGEST: usize = 10 + 2 + 5;
    /// What may stand before the first digit that is one, or behind the last: a century and misread digits.
    const ROOM: usize = 16;
    let mut places: Vec<Range<usize>> = Vec::new();
    let mut last = [0; SURE];
    let digits = (text.bytes().enumerate()).filter(|(_, byte)| byte.is_ascii_digit());
    for (count, (at, _)) in digits.enumerate() {
        last[count % SURE] = at;
        // What is written next takes the place of the first of the last seven.
        let first = last[(count + 1) % SURE];
        if count + 1 < SURE || at - first >= LONGEST {
            continue;
        }
        let start = text.floor_char_boundary(first.saturating_sub(ROOM));
        let end = text.ceil_char_boundary((at + ROOM).min(text.len()));
        match places.last_mut() {
            Some(place) if start <= place.end => place.end = end,
            _ => places.push(start..end),
        }
    }
    places
}

/// Whether [`SHAPE`] matches somewhere in `text`: what this says no to, as to most dates and diary numbers, asks for no pattern,
/// and making the pattern takes as long as marking the passages of ten papers.
fn holds_shape(text: &str) -> bool {
    fn digits(text: &str, count: usize) -> Option<&str> {
        let (head, rest) = text.split_at_checked(count)?;
        head.chars().all(|c| digit(c).is_some()).then_some(rest)
    }
    let maybe = |text, signs: &[char]| str::strip_prefix(text, signs).unwrap_or(text);
    // No sign of the shape can be a digit and a mark too: there is one way to read it from a place on.
    let shape = |text| {
        let month = digits(maybe(digits(text, 2)?, &[' ', '-']), 2)?;
        let behind = digits(maybe(month, &[' ', '-']), 2)?;
        let last = maybe(behind, &[' ']);
        let last = match last.strip_prefix(['-', '+', '–', '−']) {
            Some(last) => maybe(last, &[' ']),
            None => last,
        };
        digits(last, 4)
    };
    let mut starts = text.char_indices().map(|(at, _)| &text[at..]);
    starts.any(|text| shape(text).is_some())
}

/// `text` with an `x` in the place of each digit of each personal identity number. No byte changes its place.
pub fn masked(text: &str) -> Cow<'_, str> {
    let numbers = numbers(text);
    if numbers.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for number in numbers {
        out.push_str(&text[at..number.start]);
        out.extend(
            text[number.clone()]
                .chars()
                .map(|c| if digit(c).is_some() { 'x' } else { c }),
        );
        at = number.end;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

/// The digit that a letter stands for, as scanners misread them.
fn digit(c: char) -> Option<u32> {
    match c {
        'O' | 'o' => Some(0),
        'I' | 'l' | '|' => Some(1),
        'Z' => Some(2),
        'S' => Some(5),
        'B' => Some(8),
        c => c.to_digit(10),
    }
}

fn is_number(text: &str, captures: &regex::Captures) -> bool {
    let part = |name: &str| captures.name(name).map_or("", |found| found.as_str());
    let Some(whole) = captures.get(0) else {
        return false;
    };
    let ten: String = ["y", "m", "d", "last"].map(part).concat();
    let digits: Vec<u32> = ten.chars().filter_map(digit).collect();
    if digits.len() != 10 {
        return false;
    }
    let sure = ten.bytes().filter(u8::is_ascii_digit).count();
    let (s1, s2, separator) = (part("s1"), part("s2"), part("sep"));
    let dashed = separator.contains(['-', '+', '–', '−']);
    let labelled = is_labelled(text, whole.start());
    if !stands_alone(text, whole.range(), dashed) {
        return false;
    }
    // Misread letters only where the shape speaks for itself.
    if sure < 10 && (sure < SURE || !dashed || !(s1.is_empty() && s2.is_empty())) {
        return false;
    }
    // `2019-03-28 1430` is a day and a time; marks within the date need the dash behind it, or a word that says so.
    if s1 != s2 || (!s1.is_empty() && !dashed && !labelled) || (!part("gap").is_empty() && !dashed)
    {
        return false;
    }
    let number = |range: Range<usize>| digits[range].iter().fold(0, |sum, digit| sum * 10 + digit);
    let century = part("century");
    let last = number(6..10);
    let is_time = last / 100 < 24 && last % 100 < 60;
    if !century.is_empty() && separator == " " && is_time && !labelled {
        return false;
    }
    // `0708123450` is a telephone.
    if century.is_empty() && digits[0] == 0 && !dashed && !labelled {
        return false;
    }
    is_date(century, number(0..2), number(2..4), number(4..6)) && has_check_digit(&digits)
}

/// Whether no digit or letter touches the number, nor a mark that joins it to another number. Lists of numbers have commas
/// between them, so that a comma joins only digits without a dash.
fn stands_alone(text: &str, range: Range<usize>, dashed: bool) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    if [before, after]
        .iter()
        .flatten()
        .any(|c| c.is_alphanumeric())
    {
        return false;
    }
    let joins = |c: Option<char>| {
        matches!(c, Some('-' | '/' | '.' | ':' | '+' | '_')) || (c == Some(',') && !dashed)
    };
    let farther = |mut chars: std::str::Chars, back: bool| {
        if back {
            chars.next_back();
            chars.next_back()
        } else {
            chars.next();
            chars.next()
        }
    };
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    !(joins(before) && is_digit(farther(text[..range.start].chars(), true))
        || joins(after) && is_digit(farther(text[range.end..].chars(), false)))
}

fn is_labelled(text: &str, at: usize) -> bool {
    let from = text.floor_char_boundary(at.saturating_sub(LABEL));
    let before = text[from..at].to_lowercase();
    LABELS.iter().any(|label| before.contains(label))
}

/// Whether there is such a day, in the century that is given or in one that fits; 60 may have been added to the day.
fn is_date(century: &str, year: u32, month: u32, day: u32) -> bool {
    let day = if day > 60 { day - 60 } else { day };
    let exists = |century: u32| {
        let parts = (
            i16::try_from(century * 100 + year),
            i8::try_from(month),
            i8::try_from(day),
        );
        matches!(parts, (Ok(y), Ok(m), Ok(d)) if jiff::civil::Date::new(y, m, d).is_ok())
    };
    match century.parse() {
        Ok(century) => exists(century),
        Err(_) => exists(19) || exists(20),
    }
}

/// Whether the last digit makes the weighted sum a multiple of ten.
fn has_check_digit(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .enumerate()
        .map(|(at, digit)| {
            let weighted = digit * if at % 2 == 0 { 2 } else { 1 };
            weighted / 10 + weighted % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_places_with_many_digits_are_looked_at() {
        for (text, expected) in [
            ("", None),
            ("Dnr 2.2.1-230/2016, 2016-04", Some(0..27)),
            ("den 23 augusti det året, 640823", None),
            ("640823 – 3234", Some(0..15)),
            (
                "åäö åäö åäö åäö åäö 6a408233 och mer text som är lång",
                Some(18..58),
            ),
        ] {
            let places = places(text);
            assert!(places.len() < 2, "{text}");
            assert_eq!(places.first().cloned(), expected, "{text}");
        }
    }

    // The numbers are of the series that Skatteverket gives out for tests, or made for this table.
    #[test]
    fn personal_numbers_are_masked_in_every_shape() {
        for (text, shown) in [
            ("Anna, 640823-3234, bor", "Anna, xxxxxx-xxxx, bor"),
            ("6408233234", "xxxxxxxxxx"),
            ("19640823-3234", "xxxxxxxx-xxxx"),
            ("196408233234.", "xxxxxxxxxxxx."),
            ("640823+3234", "xxxxxx+xxxx"),
            ("640823–3234", "xxxxxx–xxxx"),
            ("640823 3234", "xxxxxx xxxx"),
            ("640823 - 3234", "xxxxxx - xxxx"),
            ("(640823-3234)", "(xxxxxx-xxxx)"),
            ("1964-08-23-3234", "xxxx-xx-xx-xxxx"),
            ("64 08 23-3234", "xx xx xx-xxxx"),
            ("19 640823-3234", "xx xxxxxx-xxxx"),
            // Samordningsnummer: the day is 63.
            ("701063-2391", "xxxxxx-xxxx"),
            // As a scanner reads it.
            ("64O823-3234", "xxxxxx-xxxx"),
            ("640823-323Á", "640823-323Á"),
            ("Personnr: 6408 23-3234", "Personnr: 6408 23-3234"),
            (
                "Personnummer 2004-05-17 2388",
                "Personnummer xxxx-xx-xx xxxx",
            ),
            (
                "två: 640823-3234, 701063-2391",
                "två: xxxxxx-xxxx, xxxxxx-xxxx",
            ),
            ("640823-3234,701063-2391", "xxxxxx-xxxx,xxxxxx-xxxx"),
            ("pnr 0405172388", "pnr xxxxxxxxxx"),
        ] {
            assert_eq!(masked(text), shown, "{text}");
        }
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            // Wrong check digit, no such day.
            "640823-3235",
            "640832-3234",
            "19640823-3233",
            // Organisation numbers.
            "212000-0142",
            "556036-0793",
            "16212000-0142",
            // Diary numbers and dates.
            "Dnr 2.2.1-230/2016",
            "dnr 2016-640823-3234",
            "640823-3234/2016",
            "2016-04-14",
            "20160414-0001-2",
            "2004-05-17 2388",
            "den 20040517 1414",
            // Telephones.
            "08-508 12 345",
            "0708123450",
            "0704051721",
            "tel 0405172388",
            // Parts of longer numbers and of words.
            "16408233234",
            "640823-32345",
            "SE640823-3234x",
            "3,6408233234",
            "bankgiro 5050-1055",
            "OO0823-3l3A",
        ] {
            assert_eq!(masked(text), text);
        }
    }

    proptest! {
        #[test]
        fn masking_moves_no_byte_and_is_done_once(text in "[0-9OlSa-zåäö+\\- –\\n./]{0,60}") {
            let shown = masked(&text);
            prop_assert_eq!(shown.len(), text.len());
            prop_assert!(numbers(&shown).is_empty());
            for range in numbers(&text) {
                prop_assert!(text.get(range).is_some());
            }
        }

        #[test]
        fn a_shape_is_seen_where_the_pattern_sees_one(text in "([0-9OlS]{2}|[0-9]{4}|[ +–−-]|[0-9OIZB|]{1,3}|[a./å]){0,14}") {
            prop_assert_eq!(holds_shape(&text), SHAPE.is_match(&text));
        }

        #[test]
        fn a_number_with_its_check_digit_is_found(year in 0u32..100, month in 1u32..13, day in 1u32..29, add in prop::sample::select(vec![0u32, 60]), serial in 0u32..1000) {
            let nine = format!("{year:02}{month:02}{:02}{serial:03}", day + add);
            let full = (0..10).map(|check| format!("{nine}{check}")).find(|ten| {
                has_check_digit(&ten.chars().filter_map(|c| c.to_digit(10)).collect::<Vec<_>>())
            }).unwrap();
            let written = format!("Hon ({}-{}) söker", &full[..6], &full[6..]);
            prop_assert_eq!(numbers(&written).len(), 1, "{}", written);
        }
    }
}
