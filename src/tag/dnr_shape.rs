//! The shapes of diary numbers that need no label: a place in a sheet → where the number that is written there begins and ends.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::sheet::{Sheet, tolerant};

/// Bytes that a number without a label has at most.
pub(super) const LONGEST: usize = 48;

/// Shapes that are dnr without a label, from their first digit. Their first letters, the body, are looked for in the text before them.
pub(super) static BARE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(concat!(
        r"^(?-u)(?:",
        // "SN/2020/0073/042", body, year, serial and class
        r"(?:19|20)\d\d/\d{3,5}/\d{3}\b|",
        // "TE-2021-" and "00417" on the next line of a narrow cell, only behind a body
        r"(?:19|20)\d\d[/-]\n0\d{3,5}\b|",
        // "98.441-310 Ks": year and serial, class, body
        r"(?:(?:19|20)\d\d|\d\d)\.\d{2,4}-\d{3} [a-z]{2,3}\b|",
        // year/serial or year:serial or year-serial, only behind a body
        r"(?:19|20)\d\d[/:-]\d{1,6}(?: -?\d{3}\b|\.\d{3}\b|(?:-\d+(?:\.\d+)*){0,2})",
        // LS yymm-serial
        r"|\d{4}-\d{4}",
        // class-serial/year
        r"|\d{3}-\d{2,5}/(?:19|20)?\d\d",
        r"|\d(?:\.\d{1,2}){1,3}\.?- ?\d{1,6}[/-](?:20)?\d\d",
        r"|\d\.\d{1,2}(?:\.\d{1,2})?/\d{2,5}[-/]20\d\d",
        // class/serial-year and serial-year-class
        r"|\d{3}/\d{2,4}-(?:19|20)\d\d",
        r"|\d{3}-(?:19|20)\d\d-\d{1,3}(?:\.\d){0,3}",
        // "2009.071 KS 512", in capitals
        r"|(?:19|20)\d\d\.\d{3,4} [a-z]{2,3} \d{3}\b",
        // "KS.2011.0301.008", only behind a body and a stop
        r"|(?:19|20)\d\d\.\d{3,4}(?:\.\d{2,3})?",
        // "RV181026", only glued to its body
        r"|\d{6}\b",
        // "2019-POL000211"
        r"|(?:19|20)\d\d-[a-z]{2,4}\d{5,6}\b",
        // "NV-25-003309", only behind a body
        r"|\d\d-\d{6}\b",
        // yyyyBODYserial, "2021KS511"
        r"|(?:19|20)\d\d[a-z]{2,4}\d{2,5}\b",
        // yyyy/BODYserial, "2015/FF0073"
        r"|(?:19|20)\d\d/[a-z]{2,4}(?:\d{3,5}| \d{4}(?: \d{3})?)\b",
        // "2013-KS0548/003"
        r"|(?:19|20)\d\d-[a-z]{2,3}\d{3,5}/\d{3}\b",
        // yyBODYserial, "17/KS0412"
        r"|\d\d(?:k[sf]|r[sf]|l[sf])[/-]?\d{1,5}\b|\d\d/[a-z]{2,3}\d{4,5}\b|\d\d[a-z]{2,3}\d{3,5}\b",
        // yy/serial, only glued to a body; fewer digits only where brackets hold nothing else
        r"|\d\d/\d{2,5}",
        // serial/year, only behind a body; fewer digits number a meeting: "SDN 5/2013"
        r"|\d{3,5}[/-](?:19|20)\d\d",
        // "RS 338:1-2020": serial, part and year, only behind a body
        r"|\d{2,5}:\d{1,2}-(?:19|20)\d\d",
        // "NV-04412-18", only behind a body and a dash
        r"|\d{4,6}-\d\d\b",
        // serial/yy, only behind a board
        r"|\d{3,4}/\d\d",
        r")"
    ))
    .expect("a pattern that compiles")
});

/// Words before a number that say it is something else.
static NOT_A_DNR: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"(?:^|[^a-z])(?:mål(?: ?nr)?|t[ae]l[ea]?fon|tfn|tel|t[ea]l[ea]fonnr|fax|växel|orgnr|org\.? ?nr|organisationsnummer|bankgiro|plusgiro|fakturanummer|fakturanr|avtalsnr|avtal|sou|ds|sfs|kfs|prop\.?|proposition|motion|nr|bet\.?|dir\.?|s-dp|dp|pm|personnr|sid|sidan|postgiro|skr\.?|protokoll|läsåret|mobil)[ .:(]*[a-z]?\s*$",
    )
});

/// Bodies of letters that look like one and are none.
const NO_BODY: &[&str] = &[
    "SOU", "DS", "SFS", "KFS", "PROP", "PM", "NR", "SOSFS", "HSLF", "FS", "AFS", "BFS", "JO", "EU",
    "EG", "ISO", "SIS", "BBR", "NJA", "RÅ", "AD", "MÖD", "SKR", "BET", "DIR", "FN", "DP", "RIX",
    "ÖÄ", "M", "P", "U", "A", "B", "C", "S", "V", "NFS", "TSFS", "LVFS", "SKOLFS", "AB", "RUFS",
    "HFD", "MIG", "UTL", "SLL", "RF", "BG", "PG", "TFN", "TEL", "FAX", "PBL", "LOU", "LUF", "LOV",
    "OSL", "LSS", "LVU", "LVM", "HSL", "SOL", "PUL", "PSL",
];

/// The months as they are glued to a day and a year, folded.
const MONTHS: &[&[u8]] = &[
    b"jan", b"feb", b"mar", b"apr", b"maj", b"may", b"jun", b"jul", b"aug", b"sep", b"okt", b"oct",
    b"nov", b"dec",
];

/// Words with a capital behind a label that are no body.
pub(super) const NO_MIXED: &[&str] = &[
    "Sid", "Den", "Nr", "Bil", "Kap", "Kl", "Tel", "Box", "Och", "Se", "Av", "Om", "Dok", "Id",
    "Vår", "Ert", "Er", "Fax", "Tfn", "Dp", "Pm",
];

/// Whether the letters before a number are those of laws, courts and standards. Without their dots they are the same, and each
/// authority's statutes have letters of their own: MSBFS, SJVFS.
fn is_no_body(name: &str) -> bool {
    let upper = name.to_uppercase();
    NO_BODY.contains(&upper.as_str())
        || matches!(upper.as_str(), "MOD" | "RA" | "OA")
        || upper.len() > 3 && upper.ends_with("FS")
}

/// Bodies whose numbers are year, month and a serial without a sign between: Region Västmanland, and the landsting before it.
pub(super) const NUMBERED_BY_MONTH: &[&str] = &["RV", "LTV"];

/// Bodies that some municipalities write in small letters behind the first: `Ks 884/2012`.
const MIXED: &[&str] = &[
    "Ks", "Kf", "Sn", "Bn", "Bun", "Un", "Von", "Vn", "Kn", "Kfn", "Tn", "Fn", "Nf", "Mn", "Bmn",
    "Sbn", "Mbn", "Gn", "Ön", "Ftn", "Ls", "Rs", "Ksf", "Kst",
];

/// The range, with its body, of a shape without label, when it is a dnr.
pub(super) fn bare(sheet: &Sheet, mut shape: Range<usize>) -> Option<Range<usize>> {
    let folded = sheet.folded.as_slice();
    let after = |at: usize| folded.get(at).copied().unwrap_or(b' ');
    // "KS 2011/0412 001" has its class behind a blank; in "KS 2011/0412 250 kronor" that is no class.
    if let Some(blank) = folded[shape.clone()].iter().position(|byte| *byte == b' ')
        && !folded[shape.clone()].iter().any(u8::is_ascii_alphabetic)
        && !folded[shape.start..shape.start + blank].ends_with(b"-")
        && (!(7..=10).contains(&blank)
            || !matches!(folded.get(shape.end), None | Some(b'\n' | b')')))
    {
        shape.end = shape.start + blank;
    }
    let next = after(shape.end);
    // "LS 0703-0367Årsrapporten", "RS 912-2025Motion": what follows was glued to it.
    let with_year = folded[shape.clone()].len() > 7
        && matches!(folded[shape.end - 5], b'-' | b'/')
        && folded[shape.end - 4..shape.end]
            .iter()
            .all(u8::is_ascii_digit);
    let glued = (shape.len() == 9 && folded[shape.start + 4] == b'-' || with_year)
        && sheet.cased[shape.end..]
            .iter()
            .take(2)
            .map(u8::is_ascii_uppercase)
            .eq([true, false]);
    if next.is_ascii_alphanumeric() && !glued
        || (matches!(next, b'-' | b'/' | b':' | b'.') && after(shape.end + 1).is_ascii_digit())
        // "KS 2014/17~/1": digits that the page lost.
        || next == b'~' && matches!(after(shape.end + 1), b'/' | b'-' | b'0'..=b'9')
        || is_date(&folded[shape.clone()])
    {
        return None;
    }
    if let Some(start) = ministry(sheet, &shape) {
        return Some(start..ministry_end(sheet, shape.end));
    }
    if let Some(body) = body_between(&sheet.cased[shape.clone()]) {
        return body.then_some(shape);
    }
    // "98.441-310 Ks": in small letters, or those of a sum, it is a word.
    if let Some((number, body)) = sheet.written(shape.clone()).rsplit_once(' ')
        && number.contains('.')
        && number.contains('-')
    {
        let known = MIXED.contains(&body) || MIXED.iter().any(|mixed| mixed.to_uppercase() == body);
        return known.then_some(shape);
    }
    // Back over one blank, dash or slash to the body's capitals.
    let mut from = shape.start;
    let stops =
        folded[shape.clone()].get(4) == Some(&b'.') && folded[shape.clone()].contains(&b'.');
    // "(BUN 2014.211)" has a blank, and nothing behind.
    // "§ 9 Ny lekplats 2003.0441.310": year, serial and class end a heading, or have their line to themselves.
    if stops && shape.len() == 13 && ends_heading(folded, &shape) {
        return Some(shape);
    }
    // "KS2018.0211"
    let glued_body = stops
        && (8..=10).contains(&shape.len())
        && from > 1
        && sheet.cased[from - 2..from]
            .iter()
            .all(u8::is_ascii_uppercase);
    let spaced = stops
        && folded[shape.clone()].len() < 10
        && from > 0
        && folded[from - 1] == b' '
        && (matches!(after(shape.end), b')' | b'\n') || shape.end == folded.len());
    if stops && !spaced && !glued_body && (from == 0 || folded[from - 1] != b'.') {
        return None;
    }
    if shape.len() == 6 && folded[shape.clone()].iter().all(u8::is_ascii_digit) {
        // "RV181026", "LTV 150901"; elsewhere six digits are a day or an amount.
        let before = &sheet.text[..sheet.range(shape.clone()).start];
        let before = before.strip_suffix(' ').unwrap_or(before);
        let body = before.trim_end_matches(char::is_uppercase);
        let letters = &before[body.len()..];
        return (NUMBERED_BY_MONTH.contains(&letters) && !body.ends_with(char::is_alphanumeric))
            .then(|| from_body(sheet, shape.start, letters.len())..shape.end);
    }
    if stops && !spaced && !glued_body {
        from -= 1;
    }
    // "KS-" ends a line of a narrow cell, and "2023-00218" begins the next.
    let broken = shape.len() == 10 && folded[shape.start + 5] == b'0';
    if broken && from > 2 && folded[from - 1] == b'\n' && matches!(folded[from - 2], b'-' | b'/') {
        from -= 2;
    } else if from > 0 && matches!(folded[from - 1], b' ' | b'-' | b'/') {
        from -= 1;
        // "STK- 2019-644"
        let years = matches!(folded[shape.clone()].get(5..7), Some(b"19" | b"20"));
        if folded[from] == b' '
            && !years
            && let [.., one, two, b'-'] = &sheet.cased[..from]
            && one.is_ascii_uppercase()
            && two.is_ascii_uppercase()
        {
            from -= 1;
        }
    }
    let text = &sheet.text[..sheet.range(from..from).start];
    let mut body: Vec<char> = {
        let mut body: Vec<char> = text
            .chars()
            .rev()
            .take_while(|c| c.is_uppercase())
            .take(6)
            .collect();
        body.reverse();
        body
    };
    let mut name: String = body.iter().collect();
    if body.is_empty()
        && let Some(mixed) = MIXED.iter().find(|mixed| text.ends_with(*mixed))
        && !text[..text.len() - mixed.len()].ends_with(char::is_alphanumeric)
    {
        name = (*mixed).to_owned();
        body = mixed.chars().collect();
    }
    // "von/2017:3": nothing else is written so, in small letters either.
    if body.is_empty()
        && numbers_have_colon(&folded[shape.clone()])
        && let Some(small) = small_body(sheet, shape.start)
    {
        return Some(small..shape.end);
    }
    // Alone on its line below a heading nothing else is meant by "Stbn/2017:512", "2018-00044", "PÄ 11/2012".
    if (body.is_empty() || from + 1 >= shape.start)
        && let Some(start) = alone(sheet, &shape)
    {
        return Some(start..shape.end);
    }
    let numbers = &folded[shape.clone()];
    let has_class = numbers.contains(&b'.')
        || numbers.get(3) == Some(&b'-')
        || numbers.get(3) == Some(&b'/') && numbers.contains(&b'-');
    let with_body = !body.is_empty()
        && body.len() <= 5
        && !is_no_body(&name)
        && !is_plan(&name)
        && (body.len() > 1
            || name == "T" && numbers.contains(&b'-')
            // Göteborg's nämnder have a letter and a number: "N134-0511/15".
            || name == "N" && from == shape.start && numbers.len() > 9
            // Four digits behind the year are another year more often than not.
            || name == "E" && numbers.get(4) == Some(&b'-') && numbers.len() > 9);
    // "NV-04412-18": elsewhere such figures are a court's or a phone's.
    let short_year = numbers.len() > 6
        && numbers[numbers.len() - 3] == b'-'
        && numbers[..numbers.len() - 3].iter().all(u8::is_ascii_digit);
    if short_year && !(with_body && from < shape.start && folded[from] == b'-') {
        return None;
    }
    if with_body {
        let mut start = from - body.len();
        // "KS-KOM-2013-00211"
        if let [.., one, two, b'-'] = &sheet.cased[..start]
            && one.is_ascii_uppercase()
            && two.is_ascii_uppercase()
            && !sheet.cased[..start - 3]
                .last()
                .is_some_and(u8::is_ascii_alphanumeric)
        {
            start -= 3;
        }
        // "KS 322/13" is one; behind other letters such figures count something else.
        let slash = numbers.iter().position(|byte| *byte == b'/');
        if matches!(slash, Some(3 | 4))
            && numbers.len() == slash.unwrap_or(0) + 3
            && !(slash == Some(4) && (numbers.starts_with(b"20") || numbers.starts_with(b"19")))
            && !matches!(
                name.as_str(),
                "KS" | "KF" | "SN" | "BUN" | "KFN" | "Ks" | "Sn" | "Bun"
            )
        {
            return None;
        }
        // "LD12/00811" and "(KS 16/188)" are; "SN 12/2011" numbers a meeting.
        if numbers.get(2) == Some(&b'/') {
            let bracketed = start > 0 && folded[start - 1] == b'(' && after(shape.end) == b')';
            // A board's, a committee's or the assembly's; "LÅ 16/17" is a school year.
            let board = name.ends_with(['N', 'S', 'F']);
            let year = numbers.len() == 7 && matches!(&numbers[3..5], b"19" | b"20");
            let glued = from == shape.start && numbers.len() > 6;
            // "SN 18/0098" ends its line, "KS 20/360 Hamnen" begins one.
            let four = numbers.len() == 7
                && numbers[3] == b'0'
                && (after(shape.end) == b'\n' || shape.end == folded.len());
            let listed = numbers.len() > 5
                && folded[..start].trim_ascii_end().len() < start.max(1)
                && matches!(
                    folded[..start].iter().rfind(|byte| **byte != b' '),
                    None | Some(b'\n')
                )
                && sheet
                    .cased
                    .get(shape.end + 1)
                    .is_some_and(u8::is_ascii_uppercase);
            let told = board && !year && from < shape.start && (four || listed);
            if !glued
                && !told
                && (!bracketed || !board || year || from < shape.start && folded[from] != b' ')
            {
                return None;
            }
        }
        // "LS 1202-0260" is the landsting's; four and four digits that are no year and month are phones and the like.
        if numbers.len() == 9
            && numbers[4] == b'-'
            && !numbers.starts_with(b"20")
            // "RS 1054-2023" ends with its year.
            && !matches!(&numbers[5..7], b"19" | b"20")
            && !is_month(&numbers[..4])
        {
            return None;
        }
        // What ends the line above says nothing of a number with a body.
        let window = window(folded, start);
        let line = window.rsplit(|byte| *byte == b'\n').next();
        if line.is_some_and(|line| NOT_A_DNR.is_match(line)) {
            return None;
        }
        return Some(start..shape.end);
    }
    // "02JUL2017" is a day.
    let month = |body: &[u8]| MONTHS.contains(&body);
    if numbers.get(2..5).is_some_and(month) {
        return None;
    }
    // "16KS388"
    let has_class = has_class
        || numbers.iter().any(u8::is_ascii_alphabetic)
            && sheet.cased[shape.clone()]
                .iter()
                .any(u8::is_ascii_uppercase);
    if !has_class
        || (from < shape.start && folded[from] != b' ')
        || (shape.start > 0 && folded[shape.start - 1].is_ascii_alphanumeric())
        || NOT_A_DNR.is_match(window(folded, shape.start))
    {
        return None;
    }
    Some(shape)
}

/// Whether `shape` ends a line that begins with a number or a §.
fn ends_heading(folded: &[u8], shape: &Range<usize>) -> bool {
    let line = memchr::memrchr(b'\n', &folded[..shape.start]).map_or(0, |line| line + 1);
    let numbered = folded[line..]
        .trim_ascii_start()
        .first()
        .is_some_and(|byte| byte.is_ascii_digit() || *byte == b'$');
    let parted = line == shape.start || matches!(folded[shape.start - 1], b' ' | b'(' | b'\t');
    numbered && parted && matches!(folded.get(shape.end), None | Some(b'\n' | b')'))
}

/// Of `2009.071 KS 512`, year and serial, body and class, whether the body is one; nothing of other shapes.
fn body_between(shape: &[u8]) -> Option<bool> {
    let mut words = shape.split(|byte| *byte == b' ');
    let (first, body, class) = (words.next()?, words.next()?, words.next()?);
    let letters = body.iter().all(u8::is_ascii_alphabetic);
    (first.contains(&b'.') && letters && class.len() == 3).then(|| {
        let name = String::from_utf8_lossy(body);
        body.iter().all(u8::is_ascii_uppercase) && !NO_BODY.contains(&&*name)
    })
}

/// Where the `letters` of a body begin that stand before `at`, with a blank between or none.
fn from_body(sheet: &Sheet, at: usize, letters: usize) -> usize {
    let blank = usize::from(at > 0 && sheet.folded[at - 1] == b' ');
    at - blank - letters
}

/// Whether a shape is a year and a serial with a colon between: `2017:3`.
fn numbers_have_colon(shape: &[u8]) -> bool {
    shape.get(4) == Some(&b':') && shape.starts_with(b"20")
}

/// Where the body in small letters begins that a stroke joins to the number at `at`.
fn small_body(sheet: &Sheet, at: usize) -> Option<usize> {
    let before = sheet.cased[..at].strip_suffix(b"/")?;
    let letters = before
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_lowercase())
        .count();
    let start = before.len() - letters;
    let word_goes_on = start.checked_sub(1).is_some_and(|at| {
        before[at].is_ascii_alphanumeric() || matches!(before[at], b'/' | b'.' | b'-')
    });
    let body = sheet.written(start..before.len()).to_uppercase();
    ((2..=5).contains(&letters) && !word_goes_on && !NO_BODY.contains(&body.as_str()))
        .then_some(start)
}

/// Where a number begins that has a line below others to itself and whose shape is a dnr's: a body with a capital and a
/// year with a serial, or a year and five figures.
fn alone(sheet: &Sheet, shape: &Range<usize>) -> Option<usize> {
    static LINE: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(concat!(
            r"^(?-u)[ \t(]*(?:",
            r"[A-Z][A-Za-z]{1,4}/(?:19|20)\d\d[:-]\d{1,5}",
            r"|[A-Z][A-Za-z]{1,4} \d{1,5}/(?:19|20)\d\d",
            r"|[A-Z][A-Za-z]{1,4} (?:19|20)\d\d[/:-]\d{1,5}",
            r"|[A-Z][A-Za-z]{1,4}/(?:19|20)\d\d[:-]\d{1,5} \d{3}",
            r"|[A-Z]{2,4} \d\d/\d{3,5}",
            r"|(?:19|20)\d\d-\d{5,6}",
            r"|(?:19|20)\d\d-[A-Z]{2,4}\d{5,6}",
            // "KS 20/0013 Förslag till beslut": no § has a nought before it.
            r"|[A-Z]{2,4} \d\d/0\d{3}(?:[ \t]+[A-Z][^\n]*)?",
            r")[ \t)]*$"
        ))
        .expect("a pattern that compiles")
    });
    let cased = sheet.cased.as_slice();
    if fills_cell(cased, shape) {
        return Some(shape.start);
    }
    let line = memchr::memrchr(b'\n', &cased[..shape.start])? + 1;
    let end = memchr::memchr(b'\n', &cased[shape.end..]).map_or(cased.len(), |end| shape.end + end);
    let text = cased.get(line..end).filter(|text| LINE.is_match(text))?;
    let start = line
        + text
            .iter()
            .take_while(|byte| !byte.is_ascii_alphanumeric())
            .count();
    let letters = text
        .iter()
        .filter(|byte| byte.is_ascii_alphabetic())
        .count();
    // "SDN 5/2013" numbers a meeting, "Dp 2002-04411" a plan, "Sid 3/2010" a page.
    let body = std::str::from_utf8(&cased[start..(start + letters).min(end)]).ok()?;
    let none = NO_MIXED.contains(&body) || is_plan(body) || body == "SDN" || body == "Protokoll";
    (!none && !is_no_body(body)).then_some(start)
}

/// Whether a year and a serial of five figures stand alone in a cell of a table's row: in an agenda's row nothing else is meant by
/// `2018-00044`.
fn fills_cell(cased: &[u8], shape: &Range<usize>) -> bool {
    let number = &cased[shape.clone()];
    let is_long = matches!(
        number,
        [b'1', b'9', _, _, b'-', ..] | [b'2', b'0', _, _, b'-', ..]
    ) && (10..=11).contains(&number.len())
        && number.iter().filter(|byte| byte.is_ascii_digit()).count() == number.len() - 1;
    // Between cells stands a tab, and a bar where somebody has written the table out.
    let edge = |byte: Option<&u8>| match byte {
        None | Some(b'\n') => Some(false),
        Some(b'\t' | b'|') => Some(true),
        _ => None,
    };
    let blank = |byte: &&u8| **byte == b' ';
    let before = edge(cased[..shape.start].iter().rev().find(|byte| !blank(byte)));
    let behind = edge(cased[shape.end..].iter().find(|byte| !blank(byte)));
    is_long && matches!((before, behind), (Some(one), Some(other)) if one || other)
}

/// Where a ministry's number begins whose year is at `shape`: `Ku2019/00411`, `S2018/05025/FS`.
pub(super) fn ministry(sheet: &Sheet, shape: &Range<usize>) -> Option<usize> {
    let cased = sheet.cased.as_slice();
    let number = &cased[shape.clone()];
    if number.get(4) != Some(&b'/') || !(8..=10).contains(&number.len()) {
        return None;
    }
    let letters = cased[..shape.start]
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    let start = shape.start - letters;
    let known = matches!(
        &cased[start..shape.start],
        b"A" | b"Fi"
            | b"Fo"
            | b"I"
            | b"Ju"
            | b"Ku"
            | b"KN"
            | b"LI"
            | b"M"
            | b"N"
            | b"S"
            | b"U"
            | b"UD"
    );
    // "S2009/1816/FST", "Fi2009/816"; one letter and few figures may be a nämnd's own.
    let told = number.len() == 10
        || letters > 1 && matches!(&cased[start..shape.start], b"Fi" | b"Ju" | b"UD")
        || ministry_end(sheet, shape.end) > shape.end;
    (known
        && told
        && !start
            .checked_sub(1)
            .is_some_and(|at| cased[at].is_ascii_digit()))
    .then_some(start)
}

/// Where a ministry's number ends whose serial ends at `end`: its division may stand behind.
pub(super) fn ministry_end(sheet: &Sheet, end: usize) -> usize {
    static DIVISION: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(r"^(?-u)/[A-Z][A-Za-z]{0,3}\d?\b").expect("a pattern that compiles")
    });
    let behind = &sheet.cased[end..(end + 8).min(sheet.cased.len())];
    end + DIVISION.find(behind).map_or(0, |found| found.end())
}

/// The forty letters before `at`.
fn window(folded: &[u8], at: usize) -> &[u8] {
    &folded[at.saturating_sub(40)..at]
}

/// `1202`: February 2012, when the landsting numbered by months.
fn is_month(yymm: &[u8]) -> bool {
    (b"03"..=b"19").contains(&&[yymm[0], yymm[1]]) && (b"01"..=b"12").contains(&&[yymm[2], yymm[3]])
}

pub(super) fn is_plan(body: &str) -> bool {
    matches!(body.to_lowercase().as_str(), "dp" | "s-dp" | "sdp")
}

/// `2009-05-26`, with or without a body before it.
pub(super) fn is_date(folded: &[u8]) -> bool {
    let digits: Vec<&[u8]> = folded
        .split(|byte| !byte.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let [year, month, day] = digits.as_slice() else {
        return false;
    };
    let small = |part: &[u8], most: u32| {
        part.len() == 2
            && std::str::from_utf8(part)
                .ok()
                .and_then(|part| part.parse::<u32>().ok())
                .is_some_and(|number| (1..=most).contains(&number))
    };
    year.len() == 4 && !folded.contains(&b'/') && small(month, 12) && small(day, 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_and_five_figures_alone_in_a_cell_are_a_number() {
        for (text, is) in [
            ("12.\tSvar på motion\t2021-00318\tAvslag", true),
            ("| 12. | Svar på motion | 2021-00318 | Avslag |", true),
            ("Svar på motion\t2021-00318\nAvslag", true),
            ("Sida\t2021-2024\tPlan", false),
            ("Konto\t4021-00318\tPlan", false),
            ("Ring 2021-00318 nu", false),
            ("Ring\t2021-00318 nu", false),
        ] {
            let at = text
                .find("-0")
                .or(text.find("-2"))
                .map_or(0, |dash| dash - 4);
            let end = text.len().min(at + 10);
            let digits = text[at..end].trim_end_matches(|c: char| !c.is_ascii_digit());
            let shape = at..at + digits.len();
            assert_eq!(fills_cell(text.as_bytes(), &shape), is, "{text:?}");
        }
    }
}
