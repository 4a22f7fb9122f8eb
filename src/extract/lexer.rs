//! Bytes of PDF syntax → tokens. One lexer for page contents, CMaps and the scan of broken files: nothing is allocated
//! but the bytes of strings, and whatever the bytes are, it moves on.

use std::ops::Range;

/// One token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// A number.
    Number(f64),
    /// A name without its slash; `#xx` is left as it stands (see [`name`]).
    Name(&'a [u8]),
    /// A string; its bytes are in [`Lexer::string`] until the next string.
    String,
    /// `[`
    ArrayStart,
    /// `]`
    ArrayEnd,
    /// `<<`
    DictStart,
    /// `>>`
    DictEnd,
    /// Any other word: an operator, `true`, `null`, `obj`.
    Word(&'a [u8]),
}

/// A member of an array that shows text ([`Lexer::row`]).
pub(super) enum Piece {
    /// A number.
    Number(f64),
    /// A string: where its bytes are kept ([`Lexer::kept`]).
    String(Range<usize>),
}

/// A place in some bytes, from where tokens are read.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The bytes of those kept strings that do not stand in `bytes` as they are meant, and where the last string is kept
    /// (see [`Lexer::kept`]).
    strings: Vec<u8>,
    last: Range<usize>,
    keeps: bool,
}

/// What a byte is: a sum of the four below, or nothing of them.
const KIND: [u8; 256] = {
    let mut kind = [0; 256];
    let sets = [
        (b" \t\r\n\x0c\0" as &[u8], BLANK),
        (b"()<>[]{}/%", DELIMITER),
        (b"0123456789+-.", NUMERIC),
        (b"()\\\r", SPECIAL),
    ];
    let mut set = 0;
    while set < sets.len() {
        let (bytes, bit) = sets[set];
        let mut at = 0;
        while at < bytes.len() {
            kind[bytes[at] as usize] |= bit;
            at += 1;
        }
        set += 1;
    }
    kind
};
/// Parts words and is nothing itself.
const BLANK: u8 = 1;
/// Parts words and is a token, or begins one.
const DELIMITER: u8 = 2;
/// May begin a number.
const NUMERIC: u8 = 4;
/// Is more than itself within a string in brackets.
const SPECIAL: u8 = 8;

/// Whether a word ends before `byte`.
fn ends_word(byte: u8) -> bool {
    KIND[usize::from(byte)] & (BLANK | DELIMITER) != 0
}

/// What a byte is worth as a hexadecimal digit; 16 for none.
const DIGIT: [u8; 256] = {
    let mut digit = [16; 256];
    let mut value = 0;
    while value < 16 {
        let (lower, upper) = (b"0123456789abcdef", b"0123456789ABCDEF");
        digit[lower[value] as usize] = value as u8;
        digit[upper[value] as usize] = value as u8;
        value += 1;
    }
    digit
};

/// Whether `byte` parts words.
pub(super) fn is_blank(byte: u8) -> bool {
    KIND[usize::from(byte)] & BLANK != 0
}

impl<'a> Lexer<'a> {
    /// A lexer at the first of `bytes`, which keeps the last string alone.
    pub(super) fn new(bytes: &'a [u8]) -> Lexer<'a> {
        Lexer {
            bytes,
            at: 0,
            strings: Vec::new(),
            last: 0..0,
            keeps: false,
        }
    }

    /// A lexer at the first of `bytes`, which keeps all strings until [`Lexer::forget`].
    pub(super) fn keeping(bytes: &'a [u8]) -> Lexer<'a> {
        Lexer {
            keeps: true,
            ..Lexer::new(bytes)
        }
    }

    /// The bytes of the string that was read last.
    pub(super) fn string(&self) -> &[u8] {
        self.kept(self.last.clone())
    }

    /// Where the bytes of the string that was read last are kept.
    pub(super) fn string_range(&self) -> Range<usize> {
        self.last.clone()
    }

    /// The bytes of a string that is kept: most strings stay where they stand, those with escapes or in digits are kept as
    /// if they stood behind all bytes.
    #[inline]
    pub(super) fn kept(&self, range: Range<usize>) -> &[u8] {
        match range.start.checked_sub(self.bytes.len()) {
            Some(start) => &self.strings[start..range.end - self.bytes.len()],
            None => &self.bytes[range],
        }
    }

    /// Lets go of all strings.
    pub(super) fn forget(&mut self) {
        self.strings.clear();
        self.last = 0..0;
    }

    /// How many bytes have been read.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Goes on at byte `at`.
    pub(super) fn seek(&mut self, at: usize) {
        self.at = at.min(self.bytes.len());
    }

    /// Whether a digit stands behind the blanks here.
    pub(super) fn digit_is_next(&self) -> bool {
        self.bytes[self.at..]
            .iter()
            .find(|&&byte| !is_blank(byte))
            .is_some_and(u8::is_ascii_digit)
    }

    /// Steps over a reference as nearly all are written, `12 0 R`; nothing where none stands or a stranger one.
    pub(super) fn reference(&mut self) -> Option<(u32, u16)> {
        let mut at = self.at;
        let mut number = |digits: usize| {
            while is_blank(*self.bytes.get(at)?) {
                at += 1;
            }
            let (from, mut value) = (at, 0u32);
            while let Some(digit @ b'0'..=b'9') = self.bytes.get(at) {
                if at - from == digits {
                    return None;
                }
                value = value * 10 + u32::from(digit - b'0');
                at += 1;
            }
            let parted = self.bytes.get(at).is_some_and(|&byte| is_blank(byte));
            (parted && at > from).then_some(value)
        };
        let (object, generation) = (number(9)?, number(4)?);
        while is_blank(*self.bytes.get(at)?) {
            at += 1;
        }
        let ends = |byte: &u8| ends_word(*byte);
        if self.bytes[at] != b'R' || !self.bytes.get(at + 1).is_none_or(ends) {
            return None;
        }
        self.at = at + 1;
        Some((object, generation as u16))
    }

    /// The next token, or nothing at the end of the bytes.
    pub(super) fn token(&mut self) -> Option<Token<'a>> {
        loop {
            let &byte = self.bytes.get(self.at)?;
            match KIND[usize::from(byte)] & (BLANK | DELIMITER) {
                BLANK => self.at += 1,
                0 => return Some(self.word(byte)),
                _ => {
                    self.at += 1;
                    match byte {
                        b'%' => {
                            let rest = &self.bytes[self.at..];
                            self.at += memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
                        }
                        b'/' => return Some(Token::Name(self.regular())),
                        b'(' => {
                            self.literal();
                            return Some(Token::String);
                        }
                        b'[' => return Some(Token::ArrayStart),
                        b']' => return Some(Token::ArrayEnd),
                        b'<' => {
                            if self.bytes.get(self.at) == Some(&b'<') {
                                self.at += 1;
                                return Some(Token::DictStart);
                            }
                            self.hex();
                            return Some(Token::String);
                        }
                        b'>' if self.bytes.get(self.at) == Some(&b'>') => {
                            self.at += 1;
                            return Some(Token::DictEnd);
                        }
                        // A brace or a closing bracket that nothing opened.
                        _ => {}
                    }
                }
            }
        }
    }

    /// Gives `push` the numbers and strings from here on, up to the first token of any other kind.
    ///
    /// This is how nearly all text is shown: one array of many short strings and the numbers between them.
    pub(super) fn row(&mut self, mut push: impl FnMut(Piece)) {
        while let Some(&byte) = self.bytes.get(self.at) {
            if byte == b'<' && self.bytes.get(self.at + 1) != Some(&b'<') {
                self.at += 1;
                self.hex();
                push(Piece::String(self.string_range()));
            } else if byte == b'(' {
                self.at += 1;
                self.literal();
                push(Piece::String(self.string_range()));
            } else if is_blank(byte) {
                self.at += 1;
            } else if KIND[usize::from(byte)] & NUMERIC != 0
                && let Some(value) = self.short_number()
            {
                push(Piece::Number(value));
            } else {
                return;
            }
        }
    }

    /// The bytes up to the next blank or delimiter.
    fn regular(&mut self) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let length = rest
            .iter()
            .position(|&byte| ends_word(byte))
            .unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn word(&mut self, first: u8) -> Token<'a> {
        if KIND[usize::from(first)] & NUMERIC == 0 {
            return Token::Word(self.regular());
        }
        if let Some(value) = self.short_number() {
            return Token::Number(value);
        }
        let word = self.regular();
        match number(word) {
            Some(value) => Token::Number(value),
            None => Token::Word(word),
        }
    }

    /// Steps over a number as most are written: a minus or none, then at most seven digits, among them one point or none.
    ///
    /// The eight bytes that such a number stands in are read at once, a digit a byte: no step waits for the one before it, and
    /// the length of a number, which nothing foretells, costs no branch.
    #[inline]
    fn short_number(&mut self) -> Option<f64> {
        const EACH: u64 = 0x0101_0101_0101_0101;
        // One digit by itself is the commonest.
        if let Some(&[digit @ b'0'..=b'9', b' ', ..]) = self.bytes.get(self.at..) {
            self.at += 1;
            return Some(f64::from(digit - b'0'));
        }
        let negative = self.bytes.get(self.at) == Some(&b'-');
        let from = self.at + usize::from(negative);
        let bytes: [u8; 8] = *self.bytes.get(from..)?.first_chunk()?;
        let mut digits = u64::from_le_bytes(bytes) ^ (EACH * 0x30);
        // The high bit of each byte that is no digit: it is above 9, which adding 0x76 tells, or has that bit itself.
        let other = ((digits & (EACH * 0x7f)).wrapping_add(EACH * 0x76) | digits) & (EACH * 0x80);
        let first = (other.trailing_zeros() / 8) as usize;
        let (end, behind) = if bytes.get(first) == Some(&b'.') {
            let end = ((other & (other - 1)).trailing_zeros() / 8) as usize;
            // The digits behind the point move up into its place.
            let before = (1 << (8 * first)) - 1;
            digits = (digits & before) | (digits >> 8 & !before);
            (end, end - first - 1)
        } else {
            (first, 0)
        };
        let count = end - usize::from(end > first);
        if count == 0 || !bytes.get(end).is_some_and(|&byte| ends_word(byte)) {
            return None;
        }
        self.at = from + end;
        // The first digit is the lowest byte: with noughts before it, pairs, fours and eights are added up.
        let eight = digits << (64 - 8 * count);
        let pairs = eight.wrapping_mul(10).wrapping_add(eight >> 8) & 0x00ff_00ff_00ff_00ff;
        let fours = pairs.wrapping_mul(100).wrapping_add(pairs >> 16) & 0x0000_ffff_0000_ffff;
        let whole = fours.wrapping_mul(10_000).wrapping_add(fours >> 32) as u32;
        let value = f64::from(whole);
        let value = if behind == 0 {
            value
        } else {
            value / POWERS[behind]
        };
        Some(if negative { -value } else { value })
    }

    /// Begins a string behind those that are kept; says where.
    fn begin_string(&mut self) -> usize {
        if !self.keeps {
            self.strings.clear();
        }
        self.strings.len()
    }

    /// The rest of a `(…)` string.
    fn literal(&mut self) {
        let start = self.at;
        let rest = &self.bytes[start..];
        let plain = rest
            .iter()
            .position(|&byte| KIND[usize::from(byte)] & SPECIAL != 0)
            .unwrap_or(rest.len());
        self.at += plain;
        match rest.get(plain) {
            Some(b')') => self.at += 1,
            Some(_) => {
                let begin = self.begin_string();
                self.strings.extend_from_slice(&rest[..plain]);
                self.escaped();
                self.keep_from(begin);
                return;
            }
            None => {}
        }
        self.last = start..start + plain;
    }

    /// Says that the last string is what was written from `begin` on.
    fn keep_from(&mut self, begin: usize) {
        self.last = self.bytes.len() + begin..self.bytes.len() + self.strings.len();
    }

    /// The rest of a `(…)` string from the first sign on that is more than itself, its escapes undone.
    fn escaped(&mut self) {
        let mut depth = 1usize;
        loop {
            let rest = &self.bytes[self.at..];
            let plain = rest
                .iter()
                .position(|&byte| KIND[usize::from(byte)] & SPECIAL != 0)
                .unwrap_or(rest.len());
            self.strings.extend_from_slice(&rest[..plain]);
            self.at += plain;
            let Some(&byte) = rest.get(plain) else {
                return;
            };
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        return;
                    }
                }
                b'\\' => {
                    self.escape();
                    continue;
                }
                _ => {
                    // A line end of any kind is one line feed.
                    if self.bytes.get(self.at) == Some(&b'\n') {
                        self.at += 1;
                    }
                    self.strings.push(b'\n');
                    continue;
                }
            }
            self.strings.push(byte);
        }
    }

    fn escape(&mut self) {
        let Some(&byte) = self.bytes.get(self.at) else {
            return;
        };
        self.at += 1;
        let meant = match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'\n' => return,
            b'\r' => {
                if self.bytes.get(self.at) == Some(&b'\n') {
                    self.at += 1;
                }
                return;
            }
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    match self.bytes.get(self.at) {
                        Some(&digit @ b'0'..=b'7') => {
                            value = value * 8 + u32::from(digit - b'0');
                            self.at += 1;
                        }
                        _ => break,
                    }
                }
                value as u8
            }
            other => other,
        };
        self.strings.push(meant);
    }

    /// The rest of a `<…>` string.
    fn hex(&mut self) {
        let begin = self.begin_string();
        // Nearly all such strings are pairs of digits and nothing else, and most are short.
        while let Some(&[high, low]) = self.bytes[self.at..].first_chunk() {
            let (high, low) = (DIGIT[usize::from(high)], DIGIT[usize::from(low)]);
            if high | low > 15 {
                break;
            }
            self.strings.push(high << 4 | low);
            self.at += 2;
        }
        if self.bytes.get(self.at) == Some(&b'>') {
            self.at += 1;
        } else {
            self.rare_hex();
        }
        self.keep_from(begin);
    }

    /// The rest of a `<…>` string, whatever stands in it.
    fn rare_hex(&mut self) {
        let mut high = None;
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            let digit = match DIGIT[usize::from(byte)] {
                digit @ ..16 => digit,
                _ if byte == b'>' => break,
                _ => continue,
            };
            match high.take() {
                None => high = Some(digit),
                Some(high) => self.strings.push(high << 4 | digit),
            }
        }
        self.strings.extend(high.map(|high| high << 4));
    }

    /// Skips the data of an inline picture, from behind its `ID` to behind its `EI`.
    pub(super) fn skip_inline_data(&mut self) {
        let mut from = self.at;
        for found in memchr::memmem::find_iter(&self.bytes[self.at..], b"EI") {
            let start = self.at + found;
            if start < from {
                continue;
            }
            let before = start
                .checked_sub(1)
                .is_none_or(|at| is_blank(self.bytes[at]));
            let rest = &self.bytes[start + 2..];
            let after = rest.first().is_none_or(|&byte| is_blank(byte));
            // The letters may stand in the data by chance: then what follows is no text.
            let sane = rest
                .iter()
                .take(12)
                .all(|&byte| matches!(byte, b' '..=b'~' | b'\r' | b'\n' | b'\t' | 0));
            if before && after && sane {
                self.at = start + 2;
                return;
            }
            from = start + 2;
        }
        self.at = self.bytes.len();
    }
}

const POWERS: [f64; 19] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18,
];

/// A number as PDF writes it, or as its worse writers do (`--5`, `0.00-41`, `1.`).
fn number(word: &[u8]) -> Option<f64> {
    let (mut negative, mut at) = (false, 0);
    while let Some(sign @ (b'+' | b'-')) = word.get(at) {
        negative |= *sign == b'-';
        at += 1;
    }
    // All digits as one whole number, and how many of them stand behind the point.
    let (mut whole, mut digits, mut behind) = (0u64, 0usize, None::<usize>);
    let mut over = 0.0f64;
    for &byte in &word[at..] {
        match byte {
            b'0'..=b'9' => {
                let digit = u64::from(byte - b'0');
                if digits < 18 {
                    whole = whole * 10 + digit;
                    digits += 1;
                    if let Some(behind) = &mut behind {
                        *behind += 1;
                    }
                } else if behind.is_none() {
                    // Beyond what any page needs; only its size matters.
                    over = if over == 0.0 { whole as f64 } else { over } * 10.0;
                }
            }
            b'.' if behind.is_none() => behind = Some(0),
            // A minus sign inside a number is ignored, as readers commonly do.
            b'-' if digits > 0 => {}
            _ => return None,
        }
    }
    if digits == 0 && behind.is_none() {
        return None;
    }
    let value = if over == 0.0 {
        whole as f64 / POWERS[behind.unwrap_or(0)]
    } else {
        over
    };
    Some(if negative { -value } else { value })
}

/// A name with its `#xx` undone.
pub(super) fn name(raw: &[u8]) -> Vec<u8> {
    if !raw.contains(&b'#') {
        return raw.to_vec();
    }
    let mut out = Vec::with_capacity(raw.len());
    let mut at = 0;
    while let Some(&byte) = raw.get(at) {
        let digits = || {
            let high = (*raw.get(at + 1)? as char).to_digit(16)?;
            let low = (*raw.get(at + 2)? as char).to_digit(16)?;
            Some((high << 4 | low) as u8)
        };
        match (byte == b'#').then(digits).flatten() {
            Some(value) => {
                out.push(value);
                at += 3;
            }
            None => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(bytes: &[u8]) -> Vec<String> {
        let mut lexer = Lexer::new(bytes);
        let mut out = Vec::new();
        while let Some(token) = lexer.token() {
            out.push(match token {
                Token::Number(value) => value.to_string(),
                Token::Name(name) => format!("/{}", String::from_utf8_lossy(name)),
                Token::String => format!("({})", String::from_utf8_lossy(lexer.string())),
                Token::Word(word) => String::from_utf8_lossy(word).into_owned(),
                Token::ArrayStart => "[".to_owned(),
                Token::ArrayEnd => "]".to_owned(),
                Token::DictStart => "<<".to_owned(),
                Token::DictEnd => ">>".to_owned(),
            });
        }
        out
    }

    #[test]
    fn bytes_become_tokens() {
        for (bytes, expected) in [
            (&b"/F1 12 Tf"[..], &["/F1", "12", "Tf"][..]),
            (
                b"-1.50 +.5 --3 4. 0.00-41 - .",
                &["-1.5", "0.5", "-3", "4", "0.0041", "-", "0"],
            ),
            (b"[(a)-20(b)]TJ", &["[", "(a)", "-20", "(b)", "]", "TJ"]),
            (b"<6 1 6>Tj", &["(a`)", "Tj"]),
            (b"<</MCID 3>>BDC", &["<<", "/MCID", "3", ">>", "BDC"]),
            (b"1 % note\n2", &["1", "2"]),
            (b"(open", &["(open)"]),
            (b"} ) > {", &[]),
            (b"(a(b)c\\)\\051\\n\\\n)", &["(a(b)c))\n)"]),
        ] {
            assert_eq!(
                tokens(bytes),
                expected,
                "{}",
                String::from_utf8_lossy(bytes)
            );
        }
        assert_eq!(name(b"A#20b#zz"), b"A b#zz");
    }

    #[test]
    fn pictures_are_skipped() {
        let mut lexer = Lexer::new(b" ab EIx \x01\x02 EI Q");
        lexer.skip_inline_data();
        assert_eq!(lexer.token(), Some(Token::Word(b"Q")));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_lexed(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..500)) {
            let mut lexer = Lexer::new(&bytes);
            let mut count = 0;
            while lexer.token().is_some() {
                count += 1;
            }
            assert!(count <= bytes.len());
            let mut lexer = Lexer::new(&bytes);
            lexer.skip_inline_data();
        }

        #[test]
        fn numbers_are_what_they_say(value in -1e6..1e6f64) {
            let text = format!("{value:.4}");
            let parsed = number(text.as_bytes()).expect("a number");
            assert!((parsed - text.parse::<f64>().expect("a number")).abs() < 1e-9);
        }

        #[test]
        fn the_short_way_to_a_number_leads_where_the_long_one_does(word in "[-+]?[0-9.-]{1,12}", after in " 1 0 0 R |\\(1234567\\)|") {
            let bytes = format!("{word}{after}");
            let mut lexer = Lexer::new(bytes.as_bytes());
            let long = number(word.as_bytes()).map(Token::Number);
            assert_eq!(lexer.token(), Some(long.unwrap_or(Token::Word(word.as_bytes()))));
            assert_eq!(lexer.position(), word.len());
        }

        #[test]
        fn a_reference_is_its_three_tokens(text in "( |\n|/|[0-9]{1,11}|[0-9]{1,5} [0-9]{1,3} R|R|RG|%a\n|\\[|[.+-]){0,5}") {
            let (mut one, mut each) = (Lexer::new(text.as_bytes()), Lexer::new(text.as_bytes()));
            if let Some((number, generation)) = one.reference() {
                assert_eq!(each.token(), Some(Token::Number(number.into())));
                assert_eq!(each.token(), Some(Token::Number(generation.into())));
                assert_eq!(each.token(), Some(Token::Word(b"R")));
            }
            assert_eq!(one.position(), each.position());
        }

        #[test]
        fn a_row_is_the_tokens_it_is_made_of(text in "(<[0-9a-f ]{0,6}>|\\([a-z\\\\()]{0,4}\\)|-?[0-9]{1,4}(\\.[0-9]{1,3})?|[ \n]|<<|/A|Tj|]){0,12} {8}") {
            let mut one = Lexer::keeping(text.as_bytes());
            let mut each = Lexer::new(text.as_bytes());
            let mut row = Vec::new();
            one.row(|piece| row.push(piece));
            for piece in row {
                match (piece, each.token()) {
                    (Piece::Number(value), Some(Token::Number(token))) => assert_eq!(value, token),
                    (Piece::String(bytes), Some(Token::String)) => assert_eq!(one.kept(bytes), each.string()),
                    (_, token) => panic!("{token:?}"),
                }
            }
            assert_eq!(one.token(), each.token());
        }
    }
}
