//! A CMap's bytes → what its codes mean: text (ToUnicode) or glyph numbers (the encoding of a composite font).

use super::lexer::{Lexer, Token};

/// Text by code: a character, a short string, or nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct TextTable {
    pages: Vec<Option<Box<[u32; 256]>>>,
    strings: Vec<Box<str>>,
}

/// What is written for a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// The code has no text.
    Nothing,
    /// A blank.
    Blank,
    /// Any other text.
    Text,
}

/// Values from here on are indices into the strings.
const STRINGS: u32 = 0x8000_0000;

/// The value that stands for `text`, which is kept among the `strings` when it is no single character; 0 for none.
fn value_of(text: &str, strings: &mut Vec<Box<str>>) -> u32 {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (None, _) => 0,
        (Some(char), None) => char as u32,
        _ => {
            strings.push(text.into());
            STRINGS + (strings.len() as u32 - 1)
        }
    }
}

/// Writers map what they do not know to one of these.
fn means_something(char: char) -> bool {
    !matches!(char, '\0' | '\u{fffd}' | '\u{ffff}')
}

impl TextTable {
    /// Says what `code` (under 65,536; others are ignored) stands for.
    pub(super) fn set(&mut self, code: u32, text: &str) {
        if !text.is_empty() {
            let value = value_of(text, &mut self.strings);
            self.set_raw(code, value);
        }
    }

    /// Says that `code` stands for `char`.
    pub(super) fn set_char(&mut self, code: u32, char: char) {
        self.set_raw(code, char as u32);
    }

    /// Says that the codes from `first` to `last` stand for `char` and those after it, but for what means nothing
    /// ([`means_something`]). OCR engines write one run of all there is, so this goes by pages.
    fn set_run(&mut self, first: u32, last: u32, char: char) {
        let mut from = first;
        while from <= last.min(0xFFFF) {
            let end = (from | 0xFF).min(last);
            let begin = (char as u32).saturating_add(from - first);
            if let Some(values) = self.page(from >> 8) {
                let values = &mut values[(from & 0xFF) as usize..=(end & 0xFF) as usize];
                for (value, meant) in values.iter_mut().zip(begin..) {
                    if char::from_u32(meant).is_some_and(means_something) {
                        *value = meant;
                    }
                }
            }
            from = end + 1;
        }
    }

    fn set_raw(&mut self, code: u32, value: u32) {
        if let Some(values) = self.page(code >> 8) {
            values[(code & 0xFF) as usize] = value;
        }
    }

    /// The values of 256 codes; none for codes above 65,535.
    fn page(&mut self, page: u32) -> Option<&mut [u32; 256]> {
        let page = page as usize;
        if page > 0xFF {
            return None;
        }
        if page >= self.pages.len() {
            self.pages.resize(page + 1, None);
        }
        Some(self.pages[page].get_or_insert_with(|| Box::new([0; 256])))
    }

    /// Puts what `settle` makes of each text in its place; a text of one letter that `stands` is not asked about.
    pub(super) fn settle(
        &mut self,
        stands: impl Fn(char) -> bool,
        settle: impl Fn(&str) -> Option<String>,
    ) {
        let mut letter = [0; 4];
        for value in self.pages.iter_mut().flatten().flat_map(|page| &mut **page) {
            let char = char::from_u32(*value);
            if *value == 0 || char.is_some_and(&stands) {
                continue;
            }
            let text = match char {
                Some(char) => &*char.encode_utf8(&mut letter),
                None => &self.strings[(*value - STRINGS) as usize],
            };
            let text = settle(text).unwrap_or_default();
            *value = value_of(&text, &mut self.strings);
        }
    }

    #[inline]
    fn raw(&self, code: u32) -> u32 {
        match self.pages.get((code >> 8) as usize) {
            Some(Some(page)) => page[(code & 0xFF) as usize],
            _ => 0,
        }
    }

    /// Whether `code` has a text.
    pub(super) fn has(&self, code: u32) -> bool {
        self.raw(code) != 0
    }

    /// The character that `code` stands for, when its text is one.
    pub(super) fn char(&self, code: u32) -> Option<char> {
        Some(self.raw(code))
            .filter(|&value| value != 0)
            .and_then(char::from_u32)
    }

    /// Writes the text of `code` to `out`; says what there is.
    #[inline(always)]
    pub(super) fn write(&self, code: u32, out: &mut String) -> Written {
        match self.raw(code) {
            0 => Written::Nothing,
            // Most letters are of ASCII, and a letter of one byte is written fast.
            value @ ..0x80 => {
                out.push(char::from(value as u8));
                if value == u32::from(b' ') {
                    Written::Blank
                } else {
                    Written::Text
                }
            }
            value => self.write_other(value, out),
        }
    }

    /// Writes what is no letter of ASCII.
    fn write_other(&self, value: u32, out: &mut String) -> Written {
        match char::from_u32(value) {
            Some(char) => out.push(char),
            None if value >= STRINGS => out.push_str(&self.strings[(value - STRINGS) as usize]),
            None => {}
        }
        Written::Text
    }

    /// Whether no code has a text.
    pub(super) fn is_empty(&self) -> bool {
        self.pages
            .iter()
            .flatten()
            .all(|page| page.iter().all(|&value| value == 0))
    }

    /// Whether all that is known are ornaments, but for little, and more of them than a font of letters has for its bullets.
    pub(super) fn is_of_ornaments(&self) -> bool {
        let (mut ornaments, mut others) = (0, 0);
        let values = self.pages.iter().flatten().flat_map(|page| &page[..]);
        for &value in values.filter(|value| **value != 0) {
            match value {
                0x2600..=0x27bf => ornaments += 1,
                // Among the ornaments are arrows, squares and numbers in circles.
                0x2190..=0x25ff => {}
                _ if others == 3 => return false,
                _ => others += 1,
            }
        }
        ornaments >= 16
    }

    /// The text of `code`, for tests.
    #[cfg(test)]
    pub(super) fn text(&self, code: u32) -> String {
        let mut out = String::new();
        self.write(code, &mut out);
        out
    }
}

/// What a CMap says.
#[derive(Clone, Debug, Default)]
pub(super) struct CMap {
    /// Text by code.
    pub(super) text: TextTable,
    /// Runs of glyph numbers: first code, last code, number of the first.
    pub(super) cids: Vec<(u32, u32, u32)>,
    /// The code space: bytes of a code, lowest, highest.
    pub(super) spaces: Vec<(u8, u32, u32)>,
    /// The CMap that this one builds on.
    pub(super) base: Option<Vec<u8>>,
}

/// A CMap that maps more codes than this is cut.
const MOST_CODES: usize = 400_000;

impl CMap {
    /// The glyph number of `code`.
    pub(super) fn cid(&self, code: u32) -> Option<u32> {
        self.cids
            .iter()
            .find(|&&(first, last, _)| (first..=last).contains(&code))
            .map(|&(first, _, cid)| cid.saturating_add(code - first))
    }
}

/// Reads a CMap.
pub(super) fn read(bytes: &[u8]) -> CMap {
    let mut map = CMap::default();
    let mut lexer = Lexer::new(bytes);
    let mut left = MOST_CODES;
    let mut name: Option<&[u8]> = None;
    while let Some(token) = lexer.token() {
        match token {
            Token::Name(raw) => name = Some(raw),
            Token::Word(b"usecmap") => map.base = name.map(<[u8]>::to_vec),
            Token::Word(b"begincodespacerange") => code_spaces(&mut lexer, &mut map, &mut left),
            Token::Word(b"beginbfchar") => bf_chars(&mut lexer, &mut map, &mut left),
            Token::Word(b"beginbfrange") => bf_ranges(&mut lexer, &mut map, &mut left),
            Token::Word(b"begincidchar") => cids(&mut lexer, &mut map, &mut left, false),
            Token::Word(b"begincidrange") => cids(&mut lexer, &mut map, &mut left, true),
            _ => {}
        }
        if left == 0 {
            break;
        }
    }
    map
}

/// A code in big-endian bytes, and how many they are.
fn code(bytes: &[u8]) -> (u32, u8) {
    let kept = &bytes[..bytes.len().min(4)];
    let value = kept
        .iter()
        .fold(0u32, |value, &byte| value << 8 | u32::from(byte));
    (value, kept.len() as u8)
}

fn code_spaces(lexer: &mut Lexer<'_>, map: &mut CMap, left: &mut usize) {
    let mut low = None;
    while let Some(Token::String) = lexer.token() {
        *left = left.saturating_sub(1);
        let (value, length) = code(lexer.string());
        match low.take() {
            None => low = Some(value),
            Some(low) if length > 0 && map.spaces.len() < 100 => {
                map.spaces.push((length, low, value));
            }
            Some(_) => {}
        }
    }
}

/// The text that a destination string spells, in UTF-16; one byte stands for itself.
fn destination(bytes: &[u8]) -> String {
    match bytes {
        [byte] => char::from(*byte).to_string(),
        _ => {
            let units: Vec<u16> = bytes
                .chunks_exact(2)
                .take(64)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                .collect();
            String::from_utf16_lossy(&units)
        }
    }
}

/// Keeps a mapping that means something.
fn keep(map: &mut CMap, code: u32, text: &str) {
    if text.chars().all(means_something) {
        map.text.set(code, text);
    }
}

/// Keeps what a destination string spells.
fn keep_spelled(map: &mut CMap, code: u32, bytes: &[u8]) {
    // Nearly all spell one letter.
    let single = match *bytes {
        [byte] => Some(char::from(byte)),
        [high, low] => char::from_u32(u32::from(high) << 8 | u32::from(low)),
        _ => None,
    };
    match single {
        Some(char) if means_something(char) => map.text.set_char(code, char),
        Some(_) => {}
        None => keep(map, code, &destination(bytes)),
    }
}

fn bf_chars(lexer: &mut Lexer<'_>, map: &mut CMap, left: &mut usize) {
    while let Some(Token::String) = lexer.token() {
        let (from, _) = code(lexer.string());
        match lexer.token() {
            Some(Token::String) => keep_spelled(map, from, lexer.string()),
            Some(Token::Name(name)) => {
                if let Some(text) = super::encoding::glyph(&super::lexer::name(name)) {
                    keep(map, from, &text);
                }
            }
            _ => return,
        }
        *left = left.saturating_sub(1);
        if *left == 0 {
            return;
        }
    }
}

fn bf_ranges(lexer: &mut Lexer<'_>, map: &mut CMap, left: &mut usize) {
    while *left > 0
        && let Some(Token::String) = lexer.token()
    {
        let (first, _) = code(lexer.string());
        let Some(Token::String) = lexer.token() else {
            return;
        };
        let (last, _) = code(lexer.string());
        match lexer.token() {
            Some(Token::String) => {
                let text = destination(lexer.string());
                let mut stem: Vec<char> = text.chars().collect();
                let Some(tail) = stem.pop() else { continue };
                let many = (last.saturating_add(1).saturating_sub(first) as usize).min(*left);
                if many == 0 {
                    continue;
                }
                *left -= many;
                if stem.is_empty() {
                    map.text.set_run(first, first + (many as u32 - 1), tail);
                    continue;
                }
                let stem: String = stem.into_iter().collect();
                for (from, char) in (first..=last).zip(tail as u32..).take(many) {
                    if let Some(char) = char::from_u32(char) {
                        keep(map, from, &format!("{stem}{char}"));
                    }
                }
            }
            Some(Token::ArrayStart) => {
                let mut from = first;
                loop {
                    match lexer.token() {
                        Some(Token::String) => {
                            if from <= last {
                                keep_spelled(map, from, lexer.string());
                            }
                            from = from.saturating_add(1);
                        }
                        Some(Token::ArrayEnd) => break,
                        Some(Token::Name(_) | Token::Number(_)) => from = from.saturating_add(1),
                        _ => return,
                    }
                    *left = left.saturating_sub(1);
                    if *left == 0 {
                        return;
                    }
                }
            }
            _ => return,
        }
    }
}

fn cids(lexer: &mut Lexer<'_>, map: &mut CMap, left: &mut usize, ranges: bool) {
    while let Some(Token::String) = lexer.token() {
        let (first, _) = code(lexer.string());
        let mut last = first;
        if ranges {
            let Some(Token::String) = lexer.token() else {
                return;
            };
            (last, _) = code(lexer.string());
        }
        let Some(Token::Number(cid)) = lexer.token() else {
            return;
        };
        if map.cids.len() < 20_000 {
            map.cids.push((first, last, cid as u32));
        }
        *left = left.saturating_sub(1);
        if *left == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_get_their_text() {
        let map = read(
            b"/CIDInit /ProcSet findresource begin 1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
              3 beginbfchar <0003> <0020> <0004> <00660069> <0005> <0000> endbfchar\n\
              2 beginbfrange <0010> <0012> <00E4> <0020> <0021> [<0061030A> <00F6>] endbfrange\nendcmap",
        );
        for (code, text) in [
            (3, " "),
            (4, "fi"),
            (5, ""),
            (0x10, "ä"),
            (0x12, "æ"),
            (0x13, ""),
            (0x20, "a\u{30a}"),
            (0x21, "ö"),
        ] {
            assert_eq!(map.text.text(code), text, "code {code:x}");
        }
        assert_eq!(map.spaces, [(2, 0, 0xFFFF)]);
    }

    #[test]
    fn a_run_of_all_there_is_is_read() {
        let map = read(b"2 beginbfrange <0000> <FFFF> <0000> <10000> <10002> <0041> endbfrange");
        for (code, text) in [
            (0, ""),
            (0x61, "a"),
            (0xe5, "å"),
            (0x1234, "\u{1234}"),
            (0xD800, ""),
            (0xFFFD, ""),
            (0xFFFE, "\u{fffe}"),
            (0xFFFF, ""),
            (0x10001, ""),
        ] {
            assert_eq!(map.text.text(code), text, "code {code:x}");
        }
        let mut text = map.text;
        text.settle(
            |char| char == 'b',
            |text| Some(text.to_uppercase()).filter(|text| text != "C"),
        );
        for (code, said) in [(0x61, "A"), (0x62, "b"), (0x63, ""), (0xdf, "SS")] {
            assert_eq!(text.text(code), said, "code {code:x}");
        }
    }

    #[test]
    fn glyph_numbers_are_read() {
        let map = read(b"2 begincidrange <00> <7f> 5 <80> <ff> 900 endcidrange 1 begincidchar <0100> 7 endcidchar");
        for (code, cid) in [
            (0, Some(5)),
            (3, Some(8)),
            (0x81, Some(901)),
            (0x100, Some(7)),
            (0x101, None),
        ] {
            assert_eq!(map.cid(code), cid, "code {code:x}");
        }
    }

    #[test]
    fn a_range_over_everything_ends() {
        let map = read(
            b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange 1 beginbfchar <01> <0042>",
        );
        assert_eq!(map.text.text(1), "B");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..600)) {
            read(&bytes);
            let mut wrapped = b"9 beginbfrange <00> ".to_vec();
            wrapped.extend(&bytes);
            read(&wrapped);
        }
    }
}
