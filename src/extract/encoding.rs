//! Codes and glyph names → characters, by the tables that PDF and the Adobe Glyph List fix.

use std::sync::LazyLock;

/// An encoding that PDF names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// Adobe's StandardEncoding.
    Standard,
    /// WinAnsiEncoding, code page 1252.
    WinAnsi,
    /// MacRomanEncoding.
    MacRoman,
    /// PDFDocEncoding, of strings outside pages.
    PdfDoc,
    /// The Symbol font's own.
    Symbol,
}

/// Columns of `encodings.tsv`, in its order.
const COLUMNS: usize = 5;

static ENCODINGS: LazyLock<[[&str; 256]; COLUMNS]> = LazyLock::new(|| {
    let mut tables = [[""; 256]; COLUMNS];
    for line in rows(include_str!("data/encodings.tsv")) {
        let mut fields = line.split('\t');
        let Some(code) = fields.next().and_then(|code| code.parse::<u8>().ok()) else {
            continue;
        };
        for (table, name) in tables.iter_mut().zip(fields) {
            if name != "-" {
                table[usize::from(code)] = name;
            }
        }
    }
    tables
});

/// The characters of the same tables; a code without one has none.
static CHARS: LazyLock<[[Option<char>; 256]; COLUMNS]> =
    LazyLock::new(|| ENCODINGS.map(|names| names.map(named)));

/// Names and what they stand for, in the order of the names' bytes, as the table has them.
static GLYPHS: LazyLock<Vec<(&str, char)>> = LazyLock::new(|| {
    rows(include_str!("data/glyphs.tsv"))
        .filter_map(|line| {
            let (name, code) = line.split_once('\t')?;
            Some((name, char::from_u32(u32::from_str_radix(code, 16).ok()?)?))
        })
        .collect()
});

/// The lines of a table that are not comments.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "))
}

impl Base {
    /// The encoding that a font names.
    pub(super) fn named(name: &[u8]) -> Option<Base> {
        match name {
            b"WinAnsiEncoding" => Some(Base::WinAnsi),
            b"MacRomanEncoding" => Some(Base::MacRoman),
            b"StandardEncoding" => Some(Base::Standard),
            b"PDFDocEncoding" => Some(Base::PdfDoc),
            _ => None,
        }
    }

    /// Its column.
    fn column(self) -> usize {
        match self {
            Base::Standard => 0,
            Base::WinAnsi => 1,
            Base::MacRoman => 2,
            Base::PdfDoc => 3,
            Base::Symbol => 4,
        }
    }

    /// The glyph name at `code`; empty when there is none.
    pub(super) fn glyph_name(self, code: u8) -> &'static str {
        self.lookalike(code)
            .map_or(ENCODINGS[self.column()][usize::from(code)], |like| like.0)
    }

    /// The character at `code`: what its glyph name stands for.
    pub(super) fn char(self, code: u8) -> Option<char> {
        self.lookalike(code)
            .map_or(CHARS[self.column()][usize::from(code)], |like| Some(like.1))
    }

    /// What a code is shown as that stands for what looks like its neighbour.
    fn lookalike(self, code: u8) -> Option<(&'static str, char)> {
        match (self, code) {
            (Base::WinAnsi, 0xA0) | (Base::MacRoman, 0xCA) => Some(("space", ' ')),
            (Base::WinAnsi, 0xAD) => Some(("hyphen", '-')),
            _ => None,
        }
    }
}

/// A byte of a PDFDocEncoding string.
pub(super) fn pdf_doc(code: u8) -> Option<char> {
    match code {
        b'\t' | b'\n' | b'\r' => Some(char::from(code)),
        _ => Base::PdfDoc.char(code),
    }
}

/// A character by its name in the Adobe Glyph List.
pub(super) fn named(name: &str) -> Option<char> {
    let at = GLYPHS.binary_search_by_key(&name, |&(name, _)| name).ok()?;
    Some(GLYPHS[at].1)
}

/// The text of a glyph name: listed, `uniXXXX`, `uXXXXXX`, parts joined by `_`, and what stands behind a dot ignored.
pub(super) fn glyph(name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    if let Some(char) = named(name) {
        return Some(char.into());
    }
    let stem = match name.split_once('.') {
        Some(("", _)) => return None,
        Some((stem, _)) => stem,
        None => name,
    };
    if let Some(char) = named(stem) {
        return Some(char.into());
    }
    let mut text = String::new();
    for part in stem.split('_') {
        if let Some(char) = named(part) {
            text.push(char);
        } else {
            text.push_str(&by_code(part)?);
        }
    }
    (!text.is_empty()).then_some(text)
}

/// `uniXXXX…` and `uXXXX` to `uXXXXXX`.
fn by_code(name: &str) -> Option<String> {
    let hex = |digits: &str| {
        u32::from_str_radix(digits, 16)
            .ok()
            .filter(|_| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(char::from_u32)
    };
    if let Some(digits) = name.strip_prefix("uni")
        && digits.is_ascii()
        && digits.len() >= 4
        && digits.len() % 4 == 0
    {
        return (0..digits.len())
            .step_by(4)
            .map(|at| hex(&digits[at..at + 4]))
            .collect();
    }
    let digits = name.strip_prefix('u')?;
    ((4..=6).contains(&digits.len()) && digits.is_ascii())
        .then(|| hex(digits).map(String::from))
        .flatten()
}

/// The code in a glyph name that only numbers it (`a229`, `C97`, `g65`, `229`), and how many letters stand before it.
///
/// Bitmap fonts of TeX and some converters name their glyphs so, and report writers with no letter at all; which fonts do is
/// for the caller to see.
pub(super) fn numbered(name: &[u8]) -> Option<(usize, u8)> {
    let name = std::str::from_utf8(name).ok()?;
    let digits = name.trim_start_matches(|char: char| char.is_ascii_alphabetic());
    let letters = name.len() - digits.len();
    if letters > 2 || digits.len() > 3 {
        return None;
    }
    Some((letters, digits.parse().ok()?))
}

/// The code in a glyph name that spells it as two digits of 36, of which the first begins with A: `A0` is 0, `B3` is 39.
///
/// Ghostscript names the glyphs of bitmap fonts so that came without names.
pub(super) fn spelled(name: &[u8]) -> Option<u8> {
    let [first, second] = name else { return None };
    let high = first.checked_sub(b'A').filter(|high| *high < 8)?;
    let low = char::from(*second).to_digit(36)?;
    let code = u32::from(high) * 36 + low;
    (!second.is_ascii_lowercase())
        .then_some(code)?
        .try_into()
        .ok()
}

/// A code of TeX's text fonts as text: its T1 encoding, or OT1, which has accents instead of letters.
pub(super) fn tex(code: u8, t1: bool) -> Option<String> {
    const T1_LOW: [&str; 32] = [
        "`", "´", "ˆ", "˜", "¨", "˝", "˚", "ˇ", "˘", "¯", "˙", "¸", "˛", "‚", "‹", "›", "“", "”",
        "„", "«", "»", "–", "—", "", "", "ı", "ȷ", "ff", "fi", "fl", "ffi", "ffl",
    ];
    const OT1_LOW: [&str; 32] = [
        "Γ", "Δ", "Θ", "Λ", "Ξ", "Π", "Σ", "Υ", "Φ", "Ψ", "Ω", "ff", "fi", "fl", "ffi", "ffl", "ı",
        "ȷ", "`", "´", "ˇ", "˘", "¯", "˚", "¸", "ß", "æ", "œ", "ø", "Æ", "Œ", "Ø",
    ];
    let text = match (t1, code) {
        (true, 0..32) => T1_LOW[usize::from(code)],
        (false, 0..32) => OT1_LOW[usize::from(code)],
        (_, 39) => "’",
        (_, 96) => "‘",
        (_, 34) if !t1 => "”",
        (_, 92) if !t1 => "“",
        (_, 60) if !t1 => "¡",
        (_, 62) if !t1 => "¿",
        (_, 123) if !t1 => "–",
        (_, 124) if !t1 => "—",
        (_, 125) if !t1 => "˝",
        (_, 126) if !t1 => "˜",
        (_, 127) => return Some(if t1 { "-" } else { "¨" }.to_owned()),
        (true, 157) => "ı",
        (true, 191) => "£",
        (true, 158) => "đ",
        (true, 159) => "§",
        (true, 215) => "Œ",
        (true, 223) => "SS",
        (true, 247) => "œ",
        (true, 255) => "ß",
        (_, 32..127) | (true, 192..) => return Some(char::from(code).into()),
        _ => "",
    };
    (!text.is_empty()).then(|| text.to_owned())
}

/// A character of the Private Use Area that a symbol font put there (U+F000 and its code), as what it looks like.
pub(super) fn private_use(char: char) -> Option<char> {
    let code = (char as u32)
        .checked_sub(0xF000)
        .filter(|code| (0x20..0x100).contains(code))? as u8;
    match code {
        // Word writes its bullets from Symbol and Wingdings so.
        0x6C | 0x6E | 0x71 | 0x75 | 0x76 | 0x9F | 0xA7 | 0xA8 | 0xD8 => Some('•'),
        0xFC => Some('✓'),
        _ => named(Base::Symbol.glyph_name(code)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_order() {
        assert!(GLYPHS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn tables_are_well_formed() {
        let mut last = "";
        for line in rows(include_str!("data/glyphs.tsv")) {
            let (name, code) = line.split_once('\t').expect("two fields");
            assert!(name > last, "{name} stands out of order or twice");
            assert!(
                u32::from_str_radix(code, 16)
                    .ok()
                    .and_then(char::from_u32)
                    .is_some(),
                "{line}"
            );
            last = name;
        }
        let mut last = -1;
        for line in rows(include_str!("data/encodings.tsv")) {
            let fields: Vec<&str> = line.split('\t').collect();
            assert_eq!(fields.len(), 1 + COLUMNS, "{line}");
            let code: i32 = fields[0].parse().expect("a code");
            assert!(code > last && code < 256, "{line}");
            last = code;
        }
    }

    #[test]
    fn encodings_know_swedish() {
        for (base, codes) in [
            (Base::WinAnsi, [0xE5, 0xE4, 0xF6, 0xC5, 0xC4, 0xD6]),
            (Base::MacRoman, [0x8C, 0x8A, 0x9A, 0x81, 0x80, 0x85]),
            (Base::PdfDoc, [0xE5, 0xE4, 0xF6, 0xC5, 0xC4, 0xD6]),
        ] {
            let text: String = codes
                .iter()
                .filter_map(|&code| named(base.glyph_name(code)))
                .collect();
            assert_eq!(text, "åäöÅÄÖ", "{base:?}");
        }
        assert_eq!(named(Base::Symbol.glyph_name(0xB7)), Some('•'));
    }

    #[test]
    fn glyph_names_become_text() {
        for (name, text) in [
            ("aring", Some("å")),
            ("f_i", Some("fi")),
            ("fi", Some("ﬁ")),
            ("uni00E5", Some("å")),
            ("uni0061030A", Some("a\u{30a}")),
            ("u1F600", Some("😀")),
            ("odieresis.sc", Some("ö")),
            ("one.oldstyle", Some("1")),
            ("g17", None),
            (".notdef", None),
            ("unizzzz", None),
            ("", None),
        ] {
            assert_eq!(glyph(name.as_bytes()).as_deref(), text, "{name}");
        }
        assert_eq!(numbered(b"a229"), Some((1, 229)));
        assert_eq!(numbered(b"229"), Some((0, 229)));
        assert_eq!(tex(229, true).as_deref(), Some("å"));
        assert_eq!(tex(28, true).as_deref(), Some("fi"));
        assert_eq!(tex(127, false).as_deref(), Some("¨"));
        assert_eq!(numbered(b"a"), None);
        assert_eq!(numbered(b"a2290"), None);
        assert_eq!(numbered(b""), None);
        assert_eq!(spelled(b"A0"), Some(0));
        assert_eq!(spelled(b"B3"), Some(39));
        assert_eq!(spelled(b"H3"), Some(255));
        assert_eq!(spelled(b"H4"), None);
        assert_eq!(spelled(b"Aa"), None);
        assert_eq!(spelled(b"ABC"), None);
    }
}
