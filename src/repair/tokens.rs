//! A page's text → its words and what stands between them.
//!
//! Comes in: text. Goes out: tokens in order: words that may be repaired, and everything that may not: numbers, dates,
//! diary numbers, addresses of mail and web, short codes, party letters in brackets.

use std::ops::Range;

use crate::lexicon;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word; repair may look at it.
    Word,
    /// A word in capitals of a length that may be a heading's: only marks may be put back.
    Heading,
    /// Few small letters and figures together (`4r`, `p51`): evidence, but for a common short word misread.
    Mixed,
    /// A number, or what is written in numbers.
    Number,
    /// A sign of punctuation.
    Sign,
    /// Something that is never touched and says nothing of its neighbours.
    Other,
    /// An empty line.
    Break,
}

/// A stretch of text and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// Whether white space stands before it.
    pub apart: bool,
}

/// So many figures at a word's end are no footnote's: the word is a file's name, or a code.
const FILE_FIGURES: usize = 4;

/// How common a word is whose last letter a sign hides.
const COMMON: u32 = 100;

/// The tokens of `text`, in order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let before = out.len();
        for word in line.split_whitespace() {
            let at = start + (word.as_ptr() as usize - line.as_ptr() as usize);
            stretch(word, at, &mut out);
        }
        if out.len() == before {
            out.push(Token {
                range: start..start,
                kind: Kind::Break,
                apart: true,
            });
        }
        start += line.len();
    }
    mark_bodies(text, &mut out);
    mark_openings(text, &mut out);
    mark_headings(text, &mut out);
    out
}

/// Takes the letters before a register's number (`Dp 2004-05707`, `Utl. 2009:31`, `HL 2019/619`) for what they are: a part
/// of the number, and no misread word.
fn mark_bodies(text: &str, tokens: &mut [Token]) {
    for i in 0..tokens.len() {
        let word = &text[tokens[i].range.clone()];
        let short = word.len() <= 8 && word.starts_with(char::is_uppercase);
        if tokens[i].kind != Kind::Word || !short || word.chars().count() > 4 {
            continue;
        }
        let mut after = tokens[i + 1..].iter();
        let mut next = after.next();
        if next.is_some_and(|token| {
            token.kind == Kind::Sign && matches!(&text[token.range.clone()], "." | ":")
        }) {
            next = after.next();
        }
        let is_number = next.is_some_and(|token| {
            let number = &text[token.range.clone()];
            // A body's letters before the paragraph of its minutes (`Sn § 49`).
            number.starts_with('§') && word.chars().count() <= 3
                || token.kind == Kind::Number
                    && number.starts_with(|c: char| c.is_ascii_digit())
                    && number
                        .trim_end_matches(['.', ',', ':', ';'])
                        .contains(['-', '/', ':'])
        });
        if is_number {
            tokens[i].kind = Kind::Other;
        }
    }
}

/// Takes `P4`, `S4` and `D4` where a sentence begins and goes on in small letters for På, Så and Då.
fn mark_openings(text: &str, tokens: &mut [Token]) {
    for i in 0..tokens.len() {
        let range = tokens[i].range.clone();
        if !matches!(&text[range.clone()], "P4" | "S4" | "D4") {
            continue;
        }
        let before = text[..range.start].trim_end_matches(' ');
        let opens = before.is_empty() || before.ends_with(['.', '\n', '!', '?']);
        let next = tokens.get(i + 1).map(|token| &text[token.range.clone()]);
        let goes_on = text[range.end..].starts_with(' ')
            && next.is_some_and(|next| next.starts_with(char::is_lowercase));
        if opens && goes_on {
            tokens[i].kind = Kind::Mixed;
        }
    }
}

/// Takes the short words of a line in capitals (`PA VAG FOR ALLA`) for a part of the heading, and for no letters of a party.
fn mark_headings(text: &str, tokens: &mut [Token]) {
    // Where the line looked at last ends, and whether it is a heading.
    let mut line = (0, false);
    for token in tokens {
        let word = &text[token.range.clone()];
        if token.kind != Kind::Other || word.len() < 2 || !word.chars().all(char::is_uppercase) {
            continue;
        }
        if token.range.start >= line.0 {
            let start = text[..token.range.start].rfind('\n').map_or(0, |at| at + 1);
            let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
            let letters = &text[start..end];
            let capitals = letters.chars().filter(|c| c.is_uppercase()).count();
            let is_heading =
                capitals >= 8 && letters.contains(' ') && !letters.contains(char::is_lowercase);
            line = (end, is_heading);
        }
        if line.1 && word.chars().count() >= 2 {
            token.kind = Kind::Heading;
        }
    }
}

/// Cuts what stands between two blanks.
fn stretch(word: &str, at: usize, out: &mut Vec<Token>) {
    let first = out.len();
    let mut push = |range: Range<usize>, kind: Kind| {
        if !range.is_empty() {
            out.push(Token {
                apart: out.len() == first,
                range: at + range.start..at + range.end,
                kind,
            });
        }
    };
    // Most words are small letters and no more, or with a full stop or comma behind them.
    let bare = word.strip_suffix(['.', ',']).unwrap_or(word);
    let small = bare
        .strip_prefix(|c: char| c.is_ascii_uppercase())
        .unwrap_or(bare);
    let least = if small.len() == bare.len() { 2 } else { 4 };
    if bare.len() >= least && small.bytes().all(|byte| byte.is_ascii_lowercase()) {
        push(0..bare.len(), Kind::Word);
        push(bare.len()..word.len(), Kind::Sign);
        return;
    }
    let core = core(word);
    let inner = &word[core.clone()];
    if inner.is_empty() || is_code(word) || is_evidence(word, inner) {
        let kind = if word.chars().all(|c| !c.is_alphabetic())
            && word.chars().any(|c| c.is_ascii_digit())
        {
            Kind::Number
        } else if word.chars().count() == 1 {
            Kind::Sign
        } else {
            Kind::Other
        };
        push(0..word.len(), kind);
        return;
    }
    for (sign_at, sign) in word[..core.start].char_indices() {
        push(sign_at..sign_at + sign.len_utf8(), Kind::Sign);
    }
    // A party's letters, or a department's: `(M)`, `(fp)`.
    let bracketed = word[..core.start].ends_with(['(', '[', '{'])
        && word[core.end..].starts_with([')', ']', '}']);
    let mut from = core.start;
    let mut pieces: Vec<Range<usize>> = Vec::new();
    // A sign before the first letter was let in as a misread l.
    for (sign_at, sign) in inner
        .char_indices()
        .skip(usize::from(inner.starts_with(['!', '['])))
    {
        if is_joint(sign) {
            let sign_at = core.start + sign_at;
            pieces.push(from..sign_at);
            pieces.push(sign_at..sign_at + sign.len_utf8());
            from = sign_at + sign.len_utf8();
        }
    }
    pieces.push(from..core.end);
    for piece in pieces {
        let text = &word[piece.clone()];
        if let Some(at) = glued(text) {
            push(piece.start..piece.start + at, Kind::Word);
            push(piece.start + at..piece.end, Kind::Word);
            continue;
        }
        let kind = if text.chars().count() == 1 && text.chars().all(is_joint) {
            Kind::Sign
        } else {
            kind(text, bracketed)
        };
        push(piece, kind);
    }
    for (sign_at, sign) in word[core.end..].char_indices() {
        let from = core.end + sign_at;
        push(from..from + sign.len_utf8(), Kind::Sign);
    }
}

/// Where in `word` another begins that has lost its blank (`omradetDiarienummer`): at its capital, between small letters.
fn glued(word: &str) -> Option<usize> {
    if word.len() < 10 {
        return None;
    }
    let mut capitals = word
        .match_indices(char::is_uppercase)
        .filter(|(at, _)| *at > 0);
    let (at, _) = capitals.next()?;
    let (first, second) = word.split_at(at);
    // `socialnAmnden`: a capital was read for a small letter with its mark.
    let is_one = |with: &str| {
        let whole = format!("{first}{with}{}", &second[1..]).to_lowercase();
        lexicon::count(&whole) > 0 || !lexicon::parts(&whole).is_empty()
    };
    let is_misread = match second.as_bytes() {
        [b'A', ..] => is_one("ä") || is_one("å"),
        [b'O', ..] => is_one("ö"),
        _ => false,
    };
    if is_misread {
        return None;
    }
    let small = |word: &str| word.chars().skip(1).all(char::is_lowercase);
    (capitals.next().is_none()
        && first.chars().count() >= 5
        && second.chars().count() >= 5
        && small(first)
        && small(second))
    .then_some(at)
}

/// The part of `word` that may be letters: without the punctuation around it, and without the figure of a footnote.
fn core(word: &str) -> Range<usize> {
    let is_letter = |c: char| c.is_alphanumeric() || "{@&#£$\u{fffd}|¢".contains(c);
    let Some(mut start) = word.find(is_letter) else {
        return 0..0;
    };
    // `!6pande`, `}épande`: no sentence begins with such a sign, but l is read as one.
    let letters = word[start..].chars().filter(|c| c.is_alphabetic()).count();
    let sign = word[..start].ends_with(['!', '}']) && letters >= 4
        // `[edighet`: what stands in brackets is a word.
        || word[..start].ends_with('[')
            && letters >= 2
            && !word.contains(']')
            && lexicon::count(word[start..].trim_end_matches(|c: char| !c.is_alphanumeric())) < 20;
    if sign && word[start..].starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()) {
        start -= 1;
    }
    let mut end = word
        .rfind(|c: char| c.is_alphanumeric() || matches!(c, '\u{fffd}' | '&'))
        .map_or(word.len(), |last| {
            last + word[last..].chars().next().map_or(0, char::len_utf8)
        })
        .max(start);
    let letters = word[start..end]
        .chars()
        .filter(|c| c.is_alphabetic())
        .count();
    let bare =
        word[start..end].trim_end_matches(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation());
    if letters >= 4 && bare.chars().all(|c| !c.is_ascii_digit()) {
        // `milj6`: the figure of a footnote stands behind a word.
        let is_misread = match &word[start + bare.len()..end] {
            "6" | "0" => ends_in_o(bare),
            "&" => is_common_with(bare, 'å'),
            _ => false,
        };
        end = start + bare.len() + usize::from(is_misread);
    }
    start..end
}

/// Whether `bare` is no word, but one with an ö behind it.
fn ends_in_o(bare: &str) -> bool {
    let small = bare.to_lowercase();
    let whole = format!("{small}ö");
    // `milj` is a word with a full stop behind it.
    lexicon::count(&small) <= lexicon::count(&whole) / 20
        && lexicon::parts(&small).is_empty()
        // Other marks may be lost before it.
        && (["milj", "sj"].iter().any(|end| small.ends_with(end))
            || lexicon::count(&whole) > 0 || !lexicon::parts(&whole).is_empty())
}

/// Whether `bare` is no word, but a common one with `letter` behind it (`ocks` and å).
fn is_common_with(bare: &str, letter: char) -> bool {
    let small = bare.to_lowercase();
    let whole = lexicon::count(&format!("{small}{letter}"));
    whole >= COMMON && lexicon::count(&small) <= whole / 20
}

/// Whether `c` parts two words that are written together.
fn is_joint(c: char) -> bool {
    matches!(
        c,
        '-' | '/' | '–' | '—' | '.' | ',' | ';' | ':' | '(' | ')' | '"' | '”' | '“' | '•' | '!'
    )
}

/// Whether these are a party's letters whose bracket was misread, `{m)`: the sign is no letter of a word here.
pub(super) fn is_code(word: &str) -> bool {
    word.strip_prefix('{')
        .and_then(|rest| rest.split_once([')', '}']))
        .is_some_and(|(code, after)| {
            (1..=3).contains(&code.chars().count())
                && code.chars().all(char::is_alphabetic)
                && !after.contains(char::is_alphanumeric)
        })
}

/// Whether this is evidence, never to be touched: numbers and dates, diary numbers, addresses, codes, abbreviations.
fn is_evidence(word: &str, core: &str) -> bool {
    let odd = word
        .bytes()
        .any(|byte| matches!(byte, b':' | b'w' | b'_' | b'\\' | b'@'));
    if odd && (word.contains("://") || word.contains("www.") || word.contains(['_', '\\'])) {
        return true;
    }
    if odd
        && let Some((before, after)) = word.split_once('@')
        && !before.is_empty()
        && after.contains('.')
    {
        return true;
    }
    let (mut letters, mut small, mut digits, mut signs) = (0, 0, 0, 0);
    for c in core.trim_start_matches('!').chars() {
        letters += usize::from(c.is_alphabetic());
        small += usize::from(c.is_lowercase());
        digits += usize::from(c.is_ascii_digit());
        signs += usize::from(is_joint(c));
    }
    if letters == 0 {
        return true;
    }
    if is_mixed(core) {
        return false;
    }
    // The name of a file, not a footnote's figure.
    let figures = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    if figures.len() - figures.trim_end_matches(|c: char| c.is_ascii_digit()).len() >= FILE_FIGURES
    {
        return true;
    }
    if digits > 0 {
        // `100-arsregn`, `18-aring`: the word behind the number is one.
        if core.split_once('-').is_some_and(|(number, word)| {
            number.len() <= 4
                && number.bytes().all(|byte| byte.is_ascii_digit())
                && word.len() >= 4
                && word.chars().all(char::is_lowercase)
        }) {
            return false;
        }
        // A misread letter is one or two digits among small letters, without the joints of a code.
        let inside =
            digits <= 2 && small >= 2 && small + 1 >= letters && small >= digits * 2 && signs == 0;
        return !inside && !is_opening(word, core);
    }
    // `bl.a`, `m.fl`, `www`, `dnr:X`; file names.
    if signs > 0 {
        let pieces = core.split(is_joint);
        if core.contains(['.', ':']) && pieces.clone().any(|piece| piece.chars().count() <= 3) {
            return true;
        }
    }
    false
}

/// Whether `word` may be a short word that begins a sentence, with its vowel misread as a figure (`F6r`, `H4r`): a capital,
/// a figure that å, ä and ö are read as, and a small letter.
fn is_opening(word: &str, core: &str) -> bool {
    matches!(
        core.as_bytes(),
        [b'A'..=b'Z', b'0' | b'4' | b'6', b'a'..=b'z']
    ) && word.trim_end_matches([',', '.']) == core
}

/// Whether `word` may be a short word with letters misread as figures, and no measure (`50m`, `2st`) or number of a
/// thing (`4a`).
fn is_mixed(word: &str) -> bool {
    let (mut small, mut digits, mut signs) = (0, 0, 0);
    for c in word.chars() {
        match c {
            '0'..='9' => digits += 1,
            '{' => signs += 1,
            c if c.is_lowercase() => small += 1,
            _ => return false,
        }
    }
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = &word[..word.len() - rest.len()];
    let is_measure = matches!(
        rest,
        "a" | "b"
            | "c"
            | "d"
            | "e"
            | "f"
            | "g"
            | "h"
            | "k"
            | "l"
            | "m"
            | "p"
            | "s"
            | "t"
            | "x"
            | "v"
            | "w"
            | "gr"
            | "kg"
            | "mg"
            | "ml"
            | "cl"
            | "dl"
            | "hg"
            | "km"
            | "dm"
            | "cm"
            | "mm"
            | "nm"
            | "my"
            | "ha"
            | "kr"
            | "kw"
            | "mw"
            | "gb"
            | "mb"
            | "kb"
            | "st"
            | "tr"
            | "min"
            | "tim"
            | "sek"
            | "år"
            | "ar"
            | "mkr"
            | "tkr"
            | "kwh"
            | "mwh"
            | "gwh"
            | "twh"
            | "px"
            | "pt"
            | "kap"
            | "dag"
            | "dgr"
            | "ggr"
            | "mån"
            | "man"
            | "kv"
            | "kvm"
            | "of"
            | "av"
            | "och"
            | "till"
            | "i"
            | "o"
            | "rok"
            | "or"
            | "er"
            | "ans"
    );
    (1..=2).contains(&digits)
        && small >= 1
        && signs <= 1
        && word.chars().count() <= 5
        // With so many letters it is a word all the same (`6vrig`).
        && !(small >= 2 && small >= 2 * digits)
        // `16sa`: a one and a six are read for l and ö.
        && (number.is_empty()
            || number == "0"
            || !is_measure && (number.len() == 1 || number == "16" && small >= 2))
}

/// What a word without signs is.
fn kind(word: &str, bracketed: bool) -> Kind {
    if (is_mixed(word) || is_opening(word, word)) && !bracketed {
        return Kind::Mixed;
    }
    let (mut letters, mut capitals) = (0, 0);
    for c in word.chars() {
        letters += usize::from(c.is_alphabetic() || c == '\u{fffd}');
        capitals += usize::from(c.is_uppercase());
    }
    if letters == 0 {
        return Kind::Other;
    }
    if letters == 1 && word.chars().count() == 1 || bracketed && letters <= 3 {
        return Kind::Other;
    }
    if capitals >= 2 {
        let is_misread = word.starts_with(char::is_lowercase)
            && word.chars().all(|c| !c.is_uppercase() || c == 'I');
        return if is_misread {
            Kind::Word
        } else if capitals == letters && letters >= 6 {
            Kind::Heading
        } else if capitals + 1 < letters && letters >= 4 {
            // A misread capital inside (`tiII`), or a name like `McDonald`.
            Kind::Word
        } else {
            Kind::Other
        };
    }
    Kind::Word
}
