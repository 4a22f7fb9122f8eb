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

/// A cell as CSV: what a spreadsheet would calculate is made text by an apostrophe, which it does not show.
fn cell(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let formula = text
        .trim_start()
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let text = if formula { format!("'{text}") } else { text };
    if text.contains([';', '"', ',']) || formula {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
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
            ("", ""),
        ] {
            assert_eq!(cell(text), written, "{text:?}");
        }
    }
}
