//! Rows → CSV that a Swedish Excel opens as it is: UTF-8 with a byte order mark, semicolons, lines that end in CR LF.

use std::io::{self, Write};

use crate::query::Card;

/// Writes the mark by which Excel knows UTF-8, and the names of the columns.
pub(super) fn head(out: &mut impl Write, columns: &[&str]) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    row(out, columns)
}

/// Writes one row.
pub(super) fn row(out: &mut impl Write, cells: &[impl AsRef<str>]) -> io::Result<()> {
    for (text, number) in cells.iter().zip(0..) {
        if number > 0 {
            out.write_all(b";")?;
        }
        out.write_all(cell(text.as_ref()).as_bytes())?;
    }
    out.write_all(b"\r\n")
}

/// A cell as CSV: what a spreadsheet would calculate is made text by an apostrophe before it, and what it would take for a
/// date, a time or another number, as it does the diary number 12/2019, by a tab, which it does not show and readers of CSV
/// take away with other white space.
fn cell(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let formula = text
        .trim_start()
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let number = is_misread(text.trim());
    let text = match (formula, number) {
        (true, _) => format!("'{text}"),
        (_, true) => format!("\t{text}"),
        _ => text,
    };
    if text.contains([';', '"', ',']) || formula || number {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// Whether a spreadsheet would show another value than `text`: a month for 12/2019 or 3-2019, a day for 1.2.19 or 3 mars, a
/// time for 1:20, 123 for 0123, a power of ten for 12E3. A day as we write it, and a plain number, keep theirs.
fn is_misread(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if text.is_empty() || text.len() > MOST_MISREAD || is_day(text) {
        return false;
    }
    if digits(text) {
        return text.len() > 1 && text.starts_with('0') || text.len() > MOST_DIGITS;
    }
    if let Some((number, power)) = text.split_once(['e', 'E'])
        && digits(number)
        && digits(power.trim_start_matches(['+', '-']))
    {
        return true;
    }
    let sign = |c: char| "-/.: \u{a0}\u{2013}".contains(c);
    let groups: Vec<&str> = text.split(sign).filter(|group| !group.is_empty()).collect();
    let month = |word: &str| {
        let word = word.to_lowercase();
        word.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(&word))
    };
    let numbers = groups.iter().filter(|group| digits(group)).count();
    let months = groups.iter().filter(|group| month(group)).count();
    let parts = (2..=4).contains(&groups.len()) && numbers + months == groups.len();
    parts && months < 2 && groups.iter().all(|group| group.len() <= 4 || month(group))
}

/// Letters and digits of a cell that may be taken for a date or a number.
const MOST_MISREAD: usize = 40;

/// Digits of which a spreadsheet keeps all.
const MOST_DIGITS: usize = 15;

/// Months as a spreadsheet knows them, whole or cut short, in Swedish and in English.
const MONTHS: [&str; 17] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
    "january",
    "february",
    "march",
    "october",
    "august",
];

/// Whether `text` is a day as 2016-04-14.
fn is_day(text: &str) -> bool {
    let shape = text
        .bytes()
        .map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    shape.eq(*b"0000-00-00")
}

/// What every table tells of a paper: date, nämnd, diary numbers, kind, outcome.
pub(super) fn card(card: &Card) -> [String; 5] {
    [
        card.date.map(|date| date.to_string()).unwrap_or_default(),
        card.namnd.clone().unwrap_or_default(),
        card.dnr.join(", "),
        card.kind.to_string(),
        card.outcome
            .map(|outcome| outcome.to_string())
            .unwrap_or_default(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_are_text() {
        for (text, written) in [
            ("Svar på skrivelse", "Svar på skrivelse"),
            ("a;b", "\"a;b\""),
            ("en \"rubrik\"", "\"en \"\"rubrik\"\"\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+46", "\"'+46\""),
            ("-1", "\"'-1\""),
            (" @sum", "\"' @sum\""),
            ("två\nrader\t", "två rader "),
            // Diary numbers that a spreadsheet would show as months, and other cells of which it would make something else.
            ("12/2019", "\"\t12/2019\""),
            ("3-2019", "\"\t3-2019\""),
            ("2019-12", "\"\t2019-12\""),
            ("1.5.1", "\"\t1.5.1\""),
            ("maj 2016", "\"\tmaj 2016\""),
            ("3 mars", "\"\t3 mars\""),
            ("0123", "\"\t0123\""),
            ("12E3", "\"\t12E3\""),
            ("1:20", "\"\t1:20\""),
            // These stand as they are.
            ("2016-04-14", "2016-04-14"),
            ("2019", "2019"),
            ("17", "17"),
            ("HL 2019/619", "HL 2019/619"),
            ("12/2019, 13/2019", "\"12/2019, 13/2019\""),
            ("1.5.1-270-2012-3.2", "1.5.1-270-2012-3.2"),
            ("3 marsvin", "3 marsvin"),
            ("§ 12", "§ 12"),
            ("", ""),
        ] {
            assert_eq!(cell(text), written, "{text:?}");
        }
    }
}
