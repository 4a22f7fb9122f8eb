//! Glyph names → widths in the fourteen fonts that a PDF need not carry.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::encoding;

/// One of the standard fonts, as far as widths tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standard {
    /// All of its glyphs are as wide.
    Courier,
    /// A column of `widths.tsv`.
    Proportional(usize),
}

/// Columns of `widths.tsv`.
const COLUMNS: usize = 7;
/// The column of Symbol.
pub(super) const SYMBOL: usize = 6;

static WIDTHS: LazyLock<HashMap<&str, [Option<u16>; COLUMNS]>> = LazyLock::new(|| {
    encoding::rows(include_str!("data/widths.tsv"))
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let name = fields.next()?;
            let mut widths = [None; COLUMNS];
            for (slot, field) in widths.iter_mut().zip(fields) {
                *slot = field.parse().ok();
            }
            Some((name, widths))
        })
        .collect()
});

impl Standard {
    /// The standard font that `name` (a BaseFont, without subset tag) is or stands for; any font resembles one of them.
    pub(super) fn like(name: &str, fixed: bool, serif: bool) -> Standard {
        let lower = name.to_ascii_lowercase();
        let bold = lower.contains("bold") || lower.contains("black") || lower.contains("heavy");
        let italic = lower.contains("italic") || lower.contains("oblique");
        if fixed || lower.contains("courier") || lower.contains("mono") {
            Standard::Courier
        } else if lower.starts_with("symbol") {
            Standard::Proportional(SYMBOL)
        } else if serif
            || lower.contains("times")
            || lower.contains("serif") && !lower.contains("sans")
        {
            Standard::Proportional(match (bold, italic) {
                (false, false) => 2,
                (true, false) => 3,
                (false, true) => 4,
                (true, true) => 5,
            })
        } else {
            Standard::Proportional(usize::from(bold))
        }
    }

    /// The width of a glyph in 1/1000 of the font size.
    pub(super) fn width(self, name: &str) -> Option<f32> {
        match self {
            Standard::Courier => Some(600.0),
            Standard::Proportional(column) => WIDTHS
                .get(name)
                .and_then(|widths| widths[column])
                .map(f32::from),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_the_known_ones() {
        for (font, glyph, width) in [
            ("Helvetica", "adieresis", 556.0),
            ("Helvetica-Bold", "A", 722.0),
            ("Times-Roman", "space", 250.0),
            ("TimesNewRoman,Bold", "a", 500.0),
            ("Arial", "M", 833.0),
            ("Courier-Bold", "W", 600.0),
            ("Symbol", "alpha", 631.0),
        ] {
            assert_eq!(
                Standard::like(font, false, false).width(glyph),
                Some(width),
                "{font} {glyph}"
            );
        }
        assert_eq!(
            Standard::like("Helvetica", false, false).width("alpha"),
            None
        );
    }

    #[test]
    fn the_table_is_well_formed() {
        for line in encoding::rows(include_str!("data/widths.tsv")) {
            assert_eq!(line.split('\t').count(), 1 + COLUMNS, "{line}");
        }
    }
}
