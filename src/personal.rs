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
/// digits are let through here and weighed below, and so are blanks and signs in places where they may mean another thing.
static SHAPE: LazyLock<Regex> = LazyLock::new(|| {
    const D: &str = "[0-9OoIl|SBZz]";
    // Blanks as people and PDFs put them: a blank, one that does not break, a tab.
    const B: &str = "[ \u{a0}\u{2009}\u{202f}\t]";
    // Hyphen, hyphen that does not break, dashes, minus; a scanner makes two of one.
    const DASH: &str = "\u{ad}?[-+\u{2010}-\u{2015}\u{2212}]{1,2}";
    // About a dash a line may end.
    let around = format!("(?:{B}{{0,2}}\n{B}{{0,2}}|{B}{{0,2}})");
    let shape = format!(
        "(?:(?P<century>[1Il][89]|20)(?P<gap>{B}?))?(?P<y>{D}{D})(?P<s1>(?:{B}|[-\u{2011}])?)(?P<m>{D}{D})(?P<s2>(?:{B}|[-\u{2011}])?)(?P<d>{D}{D})\
         (?P<sep>{around}{DASH}{around}|{B}{{1,2}}|[./_]|)(?P<last>{D}{D}(?P<split>{B}?){D}{D})"
    );
    #[expect(clippy::unwrap_used, reason = "a constant pattern")]
    Regex::new(&shape).unwrap()
});

/// A digit in each box of a form: blanks between all of them, and a dash before the last four.
static BOXES: LazyLock<Regex> = LazyLock::new(|| {
    const B: &str = "[ \u{a0}\t]{1,2}";
    let digits = |many: usize| vec!["[0-9]"; many].join(B);
    let shape = format!(
        "(?:(?P<century>1{B}[89]|2{B}0){B})?(?P<date>{}){B}[-+\u{2010}-\u{2015}\u{2212}]{B}(?P<last>{})",
        digits(6),
        digits(4)
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
        if !may_hold(&text[place.clone()]) {
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
        let boxes = BOXES.captures_iter(&text[place.clone()]);
        for captures in boxes.filter(|captures| is_in_boxes(captures)) {
            let range = captures.get(0).map_or(0..0, |whole| whole.range());
            let range = place.start + range.start..place.start + range.end;
            if stands_alone(text, range.clone(), true, false) {
                found.push(range);
            }
        }
    }
    found.sort_unstable_by_key(|range| (range.start, range.end));
    // What both shapes have found is one number.
    found.dedup_by(|next, range| {
        let meet = next.start < range.end;
        if meet {
            range.end = range.end.max(next.end);
        }
        meet
    });
    found
}

/// Whether the digits in boxes are a personal number.
fn is_in_boxes(captures: &regex::Captures) -> bool {
    let digits = |name: &str| -> Vec<u32> {
        let part = captures.name(name).map_or("", |found| found.as_str());
        part.chars().filter_map(|c| c.to_digit(10)).collect()
    };
    let century: String = digits("century").iter().map(u32::to_string).collect();
    let mut ten = digits("date");
    ten.extend(digits("last"));
    let two = |at: usize| ten.get(at..at + 2).map_or(0, |two| two[0] * 10 + two[1]);
    is_date(&century, two(0), two(2), two(4)) && has_check_digit(&ten)
}

/// Where [`SURE`] digits stand within the longest shape that there is, with room around it: most texts hold no such place,
/// and a pattern need not walk them. The places are apart from each other and in order.
fn places(text: &str) -> Vec<Range<usize>> {
    /// From the first of the seven to the last: blanks between them all, of up to three bytes, or a long dash between
    /// blanks and a line's end.
    const LONGEST: usize = 24;
    /// What may stand before the first digit that is one, or behind the last: a century and misread digits.
    const ROOM: usize = 24;
    /// Bytes whose digits are counted at once; the longest shape stands in three such pieces, whichever of them is the first.
    const PIECE: usize = 16;
    let mut places: Vec<Range<usize>> = Vec::new();
    let mut last = [0; SURE];
    let mut count = 0;
    let bytes = text.as_bytes();
    let digits = |at: usize| {
        let piece = bytes.get(at..).unwrap_or_default();
        let piece = &piece[..piece.len().min(PIECE)];
        // Sixteen at most: no sum overflows, and without the question all are counted at once.
        let count = |count: u8, byte: &u8| count.wrapping_add(byte.is_ascii_digit().into());
        piece.iter().fold(0, count)
    };
    // Of this piece, the two before it and the two behind.
    let mut around = [0, 0, 0, digits(0), digits(PIECE)];
    for from in (0..bytes.len()).step_by(PIECE) {
        around.rotate_left(1);
        around[4] = digits(from + 2 * PIECE);
        if usize::from(around.iter().sum::<u8>()) < SURE {
            continue;
        }
        let piece = (from..bytes.len()).take(PIECE);
        for at in piece.filter(|at| bytes[*at].is_ascii_digit()) {
            last[count % SURE] = at;
            count += 1;
            // What is written next takes the place of the first of the last seven.
            let first = last[count % SURE];
            if count < SURE || at - first >= LONGEST {
                continue;
            }
            let start = text.floor_char_boundary(first.saturating_sub(ROOM));
            let end = text.ceil_char_boundary((at + ROOM).min(text.len()));
            match places.last_mut() {
                Some(place) if start <= place.end => place.end = end,
                _ => places.push(start..end),
            }
        }
    }
    places
}

/// Whether [`SHAPE`] or [`BOXES`] may match somewhere in `text`: what this says no to, as to most dates and diary numbers, asks
/// for no pattern, and making the patterns takes as long as marking the passages of ten papers.
fn may_hold(text: &str) -> bool {
    let is_blank = |c: char| matches!(c, ' ' | '\t' | '\u{a0}' | '\u{2009}' | '\u{202f}');
    fn two(text: &str) -> Option<(u32, &str)> {
        let (head, rest) = text.split_at_checked(2)?;
        let mut digits = head.chars().map(digit);
        Some((10 * digits.next()?? + digits.next()??, rest))
    }
    fn maybe(text: &str, is: impl Fn(char) -> bool) -> &str {
        text.strip_prefix(is).unwrap_or(text)
    }
    let within = |c: char| is_blank(c) || matches!(c, '-' | '\u{2011}');
    let between = |c: char| is_blank(c) || is_dash(c) || matches!(c, '+' | '\n' | '\u{ad}');
    // No sign of the shape can be a digit and a mark too: there is one way to read it from a place on. The day and the time at
    // which a run ended, `2026-11-23 14:28`, would have the shape if a month had no bounds.
    let is_shape = |text| -> Option<bool> {
        let (month, rest) = two(maybe(two(text)?.1, within))?;
        let (day, behind) = two(maybe(rest, within))?;
        if !(1..=12).contains(&month) || !matches!(day, 1..=31 | 61..=91) {
            return None;
        }
        let last = maybe(behind, |c| matches!(c, '.' | '/' | '_'));
        let last = two(last.trim_start_matches(between))?.1;
        Some(two(maybe(last, is_blank)).is_some())
    };
    let is_boxes = |text: &str| -> Option<bool> {
        let mut rest = text;
        for _ in 0..4 {
            rest = rest.strip_prefix(|c: char| c.is_ascii_digit())?;
            rest = maybe(rest.strip_prefix(is_blank)?, is_blank);
        }
        Some(true)
    };
    let mut starts = text.char_indices().map(|(at, _)| &text[at..]);
    starts.any(|text| is_shape(text) == Some(true) || is_boxes(text) == Some(true))
}

/// `text` with an `x` in the place of each digit of each personal identity number. No byte changes its place.
pub fn masked(text: &str) -> Cow<'_, str> {
    crossed_out(text, &numbers(text))
}

/// `text` masked where `plain` has numbers, which is the same text byte by byte but for what stands between its words.
pub fn masked_as<'a>(text: &'a str, plain: &str) -> Cow<'a, str> {
    crossed_out(text, &numbers(plain))
}

/// `json`, a value as JSON, with the numbers in its strings masked as [`masked`] does; a number that is no string is none.
/// What JSON writes as `\n` or `\t` stands between words, as the line's end or the tab that it is.
pub fn masked_json(json: &str) -> Cow<'_, str> {
    // The strings alone, byte by byte in their places; all else as full stops, three of them at least between two strings.
    let mut strings = String::with_capacity(json.len());
    let (mut inside, mut escape) = (false, false);
    // Digits of a sign's number that are still to come: `\u0012` before `18` is no year.
    let mut code = 0;
    for c in json.chars() {
        let shown = match c {
            _ if code > 0 => {
                code -= 1;
                ' '
            }
            'u' if escape => {
                code = 4;
                ' '
            }
            '\\' if inside && !escape => {
                escape = true;
                strings.push(' ');
                continue;
            }
            'n' | 'r' if escape => '\n',
            't' if escape => '\t',
            _ if escape => '.',
            '"' => {
                inside = !inside;
                '.'
            }
            c if inside => c,
            _ => '.',
        };
        escape = false;
        strings.push(shown);
        // A sign in the place of a longer one leaves the others in theirs.
        strings.extend((shown.len_utf8()..c.len_utf8()).map(|_| ' '));
    }
    masked_as(json, &strings)
}

/// `text` with an `x` for each digit in `numbers`, but for what is escaped there.
fn crossed_out<'a>(text: &'a str, numbers: &[Range<usize>]) -> Cow<'a, str> {
    if numbers.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for number in numbers {
        out.push_str(&text[at..number.start]);
        let crossed = |c: char| if digit(c).is_some() { 'x' } else { c };
        out.extend(text[number.clone()].chars().map(crossed));
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
        'Z' | 'z' => Some(2),
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
    let ten: String = ten.chars().filter(|c| !c.is_whitespace()).collect();
    let digits: Vec<u32> = ten.chars().filter_map(digit).collect();
    if digits.len() != 10 {
        return false;
    }
    let sure = ten.bytes().filter(u8::is_ascii_digit).count();
    let (s1, s2, separator) = (part("s1"), part("s2"), part("sep"));
    let dashed = separator.contains(|c| is_dash(c) || c == '+');
    let labelled = is_labelled(text, whole.start());
    // A year's folder, a number in a row: `2019/640823-3234.pdf`, `1/640823-3234`. The dash and the check digit speak.
    let whole_dash = dashed && s1.is_empty() && s2.is_empty() && sure == 10;
    if !stands_alone(text, whole.range(), dashed, whole_dash) {
        return false;
    }
    // Misread letters only where the shape speaks for itself.
    if sure < 10 && (sure < SURE || !dashed || !(s1.is_empty() && s2.is_empty())) {
        return false;
    }
    let number = |range: Range<usize>| digits[range].iter().fold(0, |sum, digit| sum * 10 + digit);
    let century = part("century");
    let last = number(6..10);
    let is_time = last / 100 < 24 && last % 100 < 60;
    // `2019-03-28 1430` is a day and a time; marks within the date need the dash behind it, or a word that says so. A blank
    // that a scanner has put into the date or into the last four needs the dash too.
    let inner = !s1.is_empty() || !s2.is_empty() || !part("gap").is_empty();
    let is_day = !century.is_empty() && s1 == s2 && s1.starts_with(is_dash);
    if (inner || !part("split").is_empty()) && !dashed && !labelled {
        return false;
    }
    // `2016-04-03-0930` and `160403 0930` say when a page was scanned: a day of this century and a time.
    let of_now = century == "20" || century.is_empty() && number(0..2) < 40;
    if of_now && is_time && !labelled && (dashed && is_day || !dashed && !separator.is_empty()) {
        return false;
    }
    // `Dnr 160412-1234`, `Tel. 070122-3455`; but who was born in 1964 may stand as the number of his own case.
    if of_now && !labelled && is_of_another_kind(text, whole.start()) {
        return false;
    }
    if s1 != s2 && (s1.starts_with(is_dash) || s2.starts_with(is_dash)) {
        return false;
    }
    // `201012/1234` is a case, `811218.9876` a figure, unless a word says what it is.
    if matches!(separator, "." | "/") && !labelled {
        return false;
    }
    let apart = !separator.is_empty() && !dashed;
    if (!century.is_empty() || separator == "_") && apart && is_time && !labelled {
        return false;
    }
    // `0708123450` is a telephone.
    if century.is_empty() && digits[0] == 0 && !dashed && !labelled {
        return false;
    }
    is_date(century, number(0..2), number(2..4), number(4..6)) && has_check_digit(&digits)
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Whether no digit or letter touches the number, nor a mark that joins it to another number. Lists of numbers have commas
/// between them, so that a comma joins only digits without a dash. What is `sure` may stand behind a year's folder, and beside a
/// number in a row.
fn stands_alone(text: &str, range: Range<usize>, dashed: bool, sure: bool) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let touched = [before, after].map(|c| c.is_some_and(char::is_alphanumeric));
    // A form's label, or the text's next word, may have been glued to it; `SE640823-3234x` is another thing.
    let glued = [
        touched[0] && !is_glued_word(text[..range.start].chars().rev(), dashed),
        touched[1] && !is_glued_word(text[range.end..].chars(), dashed),
    ];
    if glued.contains(&true) {
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
    let row = |text: &str, back: bool| {
        let is_digit = |c: &char| c.is_ascii_digit();
        let digits = match back {
            true => text.chars().rev().skip(1).take_while(is_digit).count(),
            false => text.chars().skip(1).take_while(is_digit).count(),
        };
        sure && digits <= 2
    };
    let (ahead, behind) = (&text[..range.start], &text[range.end..]);
    let loose_ahead = sure && before == Some('/') || before == Some('-') && row(ahead, true);
    let loose_behind = matches!(after, Some('-' | '/')) && row(behind, false);
    !(joins(before) && !loose_ahead && is_digit(farther(ahead.chars(), true))
        || joins(after) && !loose_behind && is_digit(farther(behind.chars(), false)))
}

/// Whether `letters`, from a number outwards, begin with those of a word in small letters.
fn is_glued_word(letters: impl Iterator<Item = char>, dashed: bool) -> bool {
    let small = letters.take(3).take_while(|c| c.is_lowercase()).count();
    dashed && small >= 2
}

fn is_labelled(text: &str, at: usize) -> bool {
    let from = text.floor_char_boundary(at.saturating_sub(LABEL));
    let before = text[from..at].to_lowercase();
    LABELS.iter().any(|label| before.contains(label))
}

/// Words that say right before a number what else it is.
const OTHERS: [&str; 14] = [
    "dnr",
    "diarienummer",
    "diarienr",
    "tel",
    "tfn",
    "telefon",
    "telefonnummer",
    "mobil",
    "fax",
    "växel",
    "ocr-nummer",
    "bankgiro",
    "plusgiro",
    "fakturanummer",
];

/// Whether the word before the number at `at` says that it is a case's, a telephone's or the like.
fn is_of_another_kind(text: &str, at: usize) -> bool {
    let from = text.floor_char_boundary(at.saturating_sub(LABEL));
    let before = text[from..at].trim_end_matches([' ', '\u{a0}', '\t', ':', '.', '#']);
    let word = before
        .rsplit([' ', '\u{a0}', '\t', '\n', '(', ',', ';'])
        .next();
    word.is_some_and(|word| OTHERS.contains(&word.to_lowercase().as_str()))
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
                Some(11..66),
            ),
        ] {
            let places = places(text);
            assert!(places.len() < 2, "{text}");
            assert_eq!(places.first().cloned(), expected, "{text}");
        }
    }

    #[test]
    fn the_time_of_a_run_asks_for_no_pattern() {
        assert!(!may_hold("index of 2026-11-23 14:28 UTC (20780 days ago)"));
        assert!(may_hold("640823 – 3234") && may_hold("19640883-3234"));
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
            ("Personnr: 6408 23-3234", "Personnr: xxxx xx-xxxx"),
            ("640823-32 34", "xxxxxx-xx xx"),
            // As Word, forms, tables and scanners write it.
            ("640823\u{2011}3234", "xxxxxx\u{2011}xxxx"),
            ("640823\u{ad}-3234", "xxxxxx\u{ad}-xxxx"),
            ("640823\t3234", "xxxxxx\txxxx"),
            ("640823\u{a0}-\u{a0}3234", "xxxxxx\u{a0}-\u{a0}xxxx"),
            ("640823--3234", "xxxxxx--xxxx"),
            ("640823-\n3234", "xxxxxx-\nxxxx"),
            ("19640823\n-3234", "xxxxxxxx\n-xxxx"),
            ("Personnr640823-3234", "Personnrxxxxxx-xxxx"),
            ("född640823-3234och", "föddxxxxxx-xxxxoch"),
            (
                "pnr 640823/3234, pnr 640823.3234",
                "pnr xxxxxx/xxxx, pnr xxxxxx.xxxx",
            ),
            ("640823_3234.pdf", "xxxxxx_xxxx.pdf"),
            ("6 4 0 8 2 3 - 3 2 3 4", "x x x x x x - x x x x"),
            (
                "1\t9\t6\t4\t0\t8\t2\t3\t-\t3\t2\t3\t4",
                "x\tx\tx\tx\tx\tx\tx\tx\t-\tx\tx\tx\tx",
            ),
            (
                "Personnummer 1964 08 23 3234",
                "Personnummer xxxx xx xx xxxx",
            ),
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
            // Behind a year's folder, a number in a row, before another number.
            ("2019/640823-3234.pdf", "2019/xxxxxx-xxxx.pdf"),
            (
                "1/640823-3234, 12-640823-3234",
                "1/xxxxxx-xxxx, 12-xxxxxx-xxxx",
            ),
            ("640823-3234-1", "xxxxxx-xxxx-1"),
            ("Dnr 640823-3234", "Dnr xxxxxx-xxxx"),
            ("l9640823-3234, 640823-3z34", "xxxxxxxx-xxxx, xxxxxx-xxxx"),
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
            "Dnr 160412-1234",
            "Tel. 070122-3455",
            "Diarienummer 1604121234",
            "160403 0930",
            "2016-04-03-0930.pdf",
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
            "640823/3234",
            "6408233.234",
            "640 823 - 3 234",
            "640823\n3234",
            // A day and a time.
            "200405_1414.pdf",
        ] {
            assert_eq!(masked(text), text);
        }
    }

    #[test]
    fn a_number_is_found_wherever_it_stands() {
        for before in 0..70 {
            for number in ["640823-3234", "6 4 0 8 2 3 - 3 2 3 4"] {
                let text = format!("{}{number} och mer", "å ".repeat(before));
                let shown = masked(&text);
                assert!(!shown.contains(|c: char| c.is_ascii_digit()), "{shown}");
            }
        }
    }

    #[test]
    fn strings_of_json_are_masked() {
        for (json, shown) in [
            (
                r#"{"size":6408233234,"text":"a \"640823-3234\" b"}"#,
                r#"{"size":6408233234,"text":"a \"xxxxxx-xxxx\" b"}"#,
            ),
            (r#"["rad\n640823-3234\tA"]"#, r#"["rad\nxxxxxx-xxxx\tA"]"#),
            (r#"["640823-\n3234"]"#, r#"["xxxxxx-\nxxxx"]"#),
            (
                r#"["\u0007640823-3234 \u001218-9876"]"#,
                r#"["\u0007xxxxxx-xxxx \u001218-9876"]"#,
            ),
            (r#"["640823","3234"]"#, r#"["640823","3234"]"#),
            (
                r#"["C:\\640823-3234","å640823-3234"]"#,
                r#"["C:\\xxxxxx-xxxx","å640823-3234"]"#,
            ),
        ] {
            assert_eq!(masked_json(json), shown);
        }
    }

    proptest! {
        #[test]
        fn masked_json_is_json_of_the_same_length(text in "[0-9a\\\\\"\n\t\u{1}\u{12}+\\- –]{0,60}") {
            let json = serde_json::to_string(&[&text]).unwrap();
            let shown = masked_json(&json);
            prop_assert_eq!(shown.len(), json.len());
            let back: Vec<String> = serde_json::from_str(&shown).unwrap();
            prop_assert_eq!(back[0].chars().count(), text.chars().count());
        }

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
        fn no_date_in_the_shape_is_passed_over(text in "([0-9OlS]{2}|[0-9]{4}|[ +–−\\-\t\u{2011}\u{a0}]|[0-9OIZB|]{1,3}|[0-9] |[a./_å\n]){0,24}") {
            prop_assert!(may_hold(&text) || !BOXES.is_match(&text), "{text:?}");
            let mut at = 0;
            while let Some(captures) = SHAPE.captures_at(&text, at) {
                let two = |name: &str| {
                    captures[name].chars().filter_map(digit).fold(0, |sum, digit| 10 * sum + digit)
                };
                let is_date = is_date("", two("y"), two("m"), two("d"));
                prop_assert!(may_hold(&text) || !is_date, "{text:?}");
                at = captures.get(0).unwrap().start() + 1;
            }
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
