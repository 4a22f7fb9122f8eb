//! Glyphs that have numbers for names, and fonts whose glyphs keep a known order: what the numbers mean.

use crate::extract::{encoding, fontfile};

/// What the numbers mean that a font has for the names of its glyphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbering {
    /// Codes of one of TeX's encodings: `a229`.
    Tex,
    /// Codes of Windows: `229`.
    Ansi,
}

/// So many glyphs whose numbers have no gap were numbered as they came.
const IN_A_ROW: usize = 8;

/// Whether all names of an encoding's differences, code and name, only number their codes. Numbers without gaps tell no
/// letters: their glyphs were numbered as they came.
pub(super) fn numbering(differences: &[(u8, &[u8])]) -> Option<Numbering> {
    let named = || differences.iter().filter(|(_, name)| *name != b".notdef");
    let first = named().next()?;
    let all = |number: fn(&[u8]) -> Option<u8>| {
        differences.len() > 1 && named().all(|(code, name)| number(name) == Some(*code))
    };
    if !matches!(encoding::numbered(first.1), Some((0, _))) {
        let numbered = |name: &[u8]| encoding::numbered(name).map(|(_, code)| code);
        let codes = || named().map(|(code, _)| *code);
        let (least, most) = (codes().min()?, codes().max()?);
        // A text that needs so many letters from the first on, and none behind them, is of no language.
        let in_a_row = named().count() >= IN_A_ROW
            && usize::from(most - least) < named().count()
            && least <= b'!'
            && most < b'z';
        if in_a_row {
            return None;
        }
        return (all(numbered) || all(encoding::spelled)).then_some(Numbering::Tex);
    }
    let shown = || named().map(|(code, _)| *code).filter(|code| *code > b' ');
    let (least, most) = (shown().min()?, shown().max()?);
    // Glyphs numbered as they came begin where a text has no letters.
    let low = named().any(|(code, _)| *code < b' ' && !code.is_ascii_whitespace());
    let gaps = !low && usize::from(most - least) >= shown().count();
    let bare = |name: &[u8]| {
        encoding::numbered(name).and_then(|(letters, code)| (letters == 0).then_some(code))
    };
    (gaps && all(bare)).then_some(Numbering::Ansi)
}

/// Whether a font's makers keep the Macintosh's glyph order, and its numbers are its own still: a subset that was numbered
/// anew has few.
pub(super) fn keeps_known_order(name: &str, count: usize) -> bool {
    const KEEP: [&str; 8] = [
        "arial",
        "timesnewroman",
        "couriernew",
        "liberation",
        "verdana",
        "georgia",
        "tahoma",
        "trebuchet",
    ];
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|char| char.to_ascii_lowercase())
        .collect();
    let whole = count == 0 || count > usize::from(fontfile::truetype::MAC_ORDER);
    whole && KEEP.iter().any(|family| plain.starts_with(family))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_for_names_mean_something_when_all_do() {
        for (differences, meant) in [
            (&[(65, "a65"), (229, "a229")][..], Some(Numbering::Tex)),
            (&[(39, "B3"), (73, "C1")], Some(Numbering::Tex)),
            (
                &[(9, "9"), (32, "32"), (65, "65"), (68, "68")],
                Some(Numbering::Ansi),
            ),
            // As they came: from the first code, or without a gap.
            (&[(1, "1"), (65, "65"), (68, "68")], None),
            (&[(65, "65"), (66, "66"), (67, "67")], None),
            (&[(65, "65"), (68, "a68")], None),
            (&[(65, "a65"), (68, "a69")], None),
            (&[(65, "a65")], None),
            (&[(65, ".notdef")], None),
            (&[], None),
        ] {
            let differences: Vec<(u8, &[u8])> = differences
                .iter()
                .map(|(code, name)| (*code, name.as_bytes()))
                .collect();
            assert_eq!(numbering(&differences), meant, "{differences:?}");
        }
    }

    #[test]
    fn glyphs_numbered_in_a_row_from_the_first_have_no_letters() {
        for (codes, meant) in [
            (33..=50, None),
            (1..=20, None),
            (33..=36, Some(Numbering::Tex)),
            (48..=57, Some(Numbering::Tex)),
            (0..=127, Some(Numbering::Tex)),
        ] {
            let names: Vec<(u8, String)> = codes.map(|code| (code, format!("a{code}"))).collect();
            let differences: Vec<(u8, &[u8])> = names
                .iter()
                .map(|(code, name)| (*code, name.as_bytes()))
                .collect();
            assert_eq!(numbering(&differences), meant, "{names:?}");
        }
    }
}
