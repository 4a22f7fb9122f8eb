//! A text folded: small letters of ASCII, the same whatever an OCR engine made of å, ä and ö, each with the byte of the text at
//! which it stands. A word that a line's end parts is whole.

pub(super) struct Folded {
    pub(super) folded: Vec<u8>,
    pub(super) cased: Vec<u8>,
    pub(super) offsets: Vec<u32>,
}

/// The blanks inside letterspaced words, in order: those of `S k r i v e l s e`.
fn letterspaced(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut blanks = Vec::new();
    // These vowels are no words, and hardly a word of five letters has none of them.
    let inside = bytes.get(1..).unwrap_or_default();
    let behind = bytes.get(2..).unwrap_or_default();
    let any = bytes
        .iter()
        .zip(inside)
        .zip(behind)
        .fold(false, |any, ((before, letter), after)| {
            let vowel = (*letter == b'e') | (*letter == b'a') | (*letter == b'o');
            any | (vowel & (*before == b' ') & (*after == b' '))
        });
    if !any {
        return blanks;
    }
    let mut run: Vec<usize> = Vec::new();
    let mut end = |run: &mut Vec<usize>| {
        if run.len() >= LETTERSPACED {
            blanks.append(run);
        }
        run.clear();
    };
    let mut at = 0;
    let mut first = true;
    for word in text.split(' ') {
        // A word's first letter may be a capital and stand behind a line's end, its last letter before one.
        let mut letters = word.chars();
        let begins = word.chars().next_back().is_some_and(char::is_alphabetic)
            && word
                .chars()
                .rev()
                .nth(1)
                .is_none_or(|before| !before.is_alphanumeric());
        let alone = letters.next().is_some_and(char::is_lowercase);
        let ends = letters
            .next()
            .is_none_or(|behind| !behind.is_alphanumeric());
        if !first && alone && ends {
            // The blank before it parts it from the letter before it.
            run.push(at - 1);
            if word.chars().count() > 1 {
                end(&mut run);
                first = true;
            }
        } else {
            end(&mut run);
            first = true;
        }
        if first && begins {
            first = false;
        }
        at += word.len() + 1;
    }
    end(&mut run);
    blanks
}

/// Blanks that a letterspaced word has at least.
const LETTERSPACED: usize = 4;

pub(super) fn fold(text: &str) -> Folded {
    let bytes = text.as_bytes();
    // No letter becomes more letters than it has bytes.
    let mut folded = Vec::with_capacity(bytes.len());
    let mut cased = Vec::with_capacity(bytes.len());
    let mut offsets = Vec::with_capacity(bytes.len() + 1);
    let mut next = 0;
    let doubled = memchr::memmem::find(bytes, b"  ").is_some();
    let parted = memchr::memmem::find(bytes, b"-\n").is_some();
    let mut spaced = letterspaced(text).into_iter().peekable();
    while let Some(&first) = bytes.get(next) {
        // Most of a text is letters that stand for themselves, whatever stands beside them. Blanks in a row are one.
        let rest = &bytes[next..spaced.peek().map_or(bytes.len(), |blank| *blank)];
        if rest.is_empty() {
            spaced.next();
            next += 1;
            continue;
        }
        let run = rest.iter().position(|byte| !PLAIN[usize::from(*byte)]);
        let letters = &rest[..run.unwrap_or(rest.len())];
        let letters = match letters {
            [b' ', ..] if folded.last() == Some(&b' ') => &[],
            // Few texts hold two blanks in a row.
            _ if doubled => letters
                .windows(2)
                .position(|two| two == b"  ")
                .map_or(letters, |two| &letters[..=two]),
            _ => letters,
        };
        // "Vänster-⏎partiet" is one word.
        let letters = match letters {
            [b'-', b'\n', ..] if parted && goes_on(bytes, next) => {
                next += 2;
                continue;
            }
            [_, rest @ ..] if parted => rest
                .windows(2)
                .position(|two| two == b"-\n")
                .map_or(letters, |two| &letters[..=two]),
            _ => letters,
        };
        if !letters.is_empty() {
            folded.extend(letters.iter().map(u8::to_ascii_lowercase));
            cased.extend_from_slice(letters);
            offsets.extend((next as u32..).take(letters.len()));
            next += letters.len();
            continue;
        }
        let after_blank = folded.last() == Some(&b' ');
        let mut put = |now: u8, as_written: u8, at: usize| {
            folded.push(now);
            cased.push(as_written);
            offsets.push(at as u32);
        };
        if first == 0xc3
            && let Some((now, as_written)) = bytes.get(next + 1).and_then(|second| ringed(*second))
        {
            put(now, as_written, next);
            next += 2;
            continue;
        }
        let at = next;
        // The second of two blanks, and a line's end of two signs.
        if first == b' ' || first == b'\r' && bytes.get(next + 1) == Some(&b'\n') {
            next += 1;
            if first == b'\r' {
                put(b'\n', b'\n', at);
                next += 1;
            }
            continue;
        }
        let letter = if first.is_ascii() {
            char::from(first)
        } else {
            text[at..].chars().next().unwrap_or(' ')
        };
        next += letter.len_utf8();
        // Combining marks belong to the letter before them.
        let mark = |letter: &char| ('\u{300}'..='\u{36f}').contains(letter);
        let before = text[..at].chars().rev().find(|letter| !mark(letter));
        let before = before.unwrap_or(' ');
        let now = match letter {
            'a'..='z' | '\n' | ' ' | '.' | ',' => letter as u8,
            'G' if before.is_ascii_lowercase()
                && !bytes.get(at + 1).is_some_and(u8::is_ascii_uppercase) =>
            {
                b'o'
            }
            'A'..='Z' => letter.to_ascii_lowercase() as u8,
            '0' | '1' | '4' | '6' | '&' | '|' | '!' => {
                let after = text[next..].chars().next().unwrap_or(' ');
                // "Dnr1.5.1": what goes on behind the stop is a number.
                let after = match (after, bytes.get(next + 1)) {
                    ('.', Some(digit)) if digit.is_ascii_digit() => '0',
                    _ => after,
                };
                // "p& skrivelse", "p4 en": på at a word's end.
                let lone_p = before == 'p'
                    && !bytes[..at - 1]
                        .last()
                        .is_some_and(u8::is_ascii_alphanumeric);
                if lone_p && matches!(letter, '&' | '4') && !after.is_alphanumeric() {
                    b'a'
                } else {
                    let word = text[next..]
                        .bytes()
                        .take(4)
                        .take_while(u8::is_ascii_lowercase)
                        .count()
                        == 4;
                    in_word(before, letter, after, word)
                }
            }
            '\t' | '\r' | '\u{b}' | '\u{c}' => b' ',
            _ if letter.is_ascii() => letter as u8,
            'å' | 'ä' | 'Å' | 'Ä' | 'á' | 'à' | 'â' | 'ã' | 'Á' | 'À' | 'Â' | 'Ã' | 'æ' | 'Æ' => {
                b'a'
            }
            // What an engine makes of å, ä and ö alike: the pattern says which is meant.
            'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => b'e',
            'ö' | 'Ö' | 'ó' | 'ò' | 'ô' | 'õ' | 'ø' | 'Ó' | 'Ò' | 'Ô' | 'Õ' | 'Ø' => {
                b'o'
            }
            'ü' | 'Ü' | 'ú' | 'ù' | 'û' => b'u',
            'í' | 'ì' | 'î' | 'ï' | 'ı' => b'i',
            '§' => b'$',
            '‐' | '‑' | '‒' | '–' | '—' | '−' | '\u{ad}' => b'-',
            '”' | '“' | '„' | '»' | '«' | '’' | '‘' => b'"',
            // A combining mark belongs to the letter before it.
            '\u{300}'..='\u{36f}' => continue,
            'ﬁ' | 'ﬂ' => {
                put(b'f', b'f', at);
                if letter == 'ﬁ' { b'i' } else { b'l' }
            }
            'ł' | 'Ł' => b'l',
            '（' => b'(',
            '）' => b')',
            'đ' | 'Đ' | 'ð' | 'Ð' => b'd',
            'ß' => b's',
            _ if letter.is_whitespace() => b' ',
            // Č, ş, ñ: the letter without its mark.
            _ => bare(letter),
        };
        if now == b' ' && after_blank {
            continue;
        }
        // "0rjan" begins with a capital that was read as a nought.
        let nought = letter == '0' && now == b'o' && !before.is_alphanumeric();
        let as_written = if nought {
            b'O'
        } else if letter.is_ascii_graphic() {
            letter as u8
        } else if letter.is_uppercase() {
            now.to_ascii_uppercase()
        } else {
            now
        };
        put(now, as_written, at);
    }
    offsets.push(text.len() as u32);
    Folded {
        folded,
        cased,
        offsets,
    }
}

/// Whether the word that a hyphen at a line's end parts at `at` goes on below it: `Vänster-⏎partiet`, but not `barn- och`,
/// whose hyphen is its own, nor `V-⏎ledamot`.
fn goes_on(bytes: &[u8], at: usize) -> bool {
    let small = |byte: &u8| byte.is_ascii_lowercase() || *byte >= 0x80;
    let before = bytes[..at].iter().rev().take_while(|byte| small(byte));
    let behind = &bytes[at + 2..];
    let word = behind.iter().take_while(|byte| small(byte)).count();
    // Å, Ä and Ö begin another name.
    let capital = matches!(behind, [0xc3, 0x80..=0x9f, ..]);
    let before = before.take(3).count();
    let codes = [&b"fp"[..], b"kd", b"mp", b"sd", b"fi"];
    (before > 2 || before == 2 && !codes.contains(&&bytes[at - 2..at]))
        && word > 2
        && !capital
        && !matches!(&behind[..word], b"och" | b"eller" | b"samt" | b"respektive")
}

/// `text` on one line: its white space folded, and the words that a line's end parts made whole.
pub(super) fn on_one_line(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut from = 0;
    for hyphen in memchr::memmem::find_iter(text.as_bytes(), b"-\n") {
        if goes_on(text.as_bytes(), hyphen) {
            whole.push_str(&text[from..hyphen]);
            from = hyphen + 2;
        }
    }
    whole.push_str(&text[from..]);
    whole.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What å, ä and ö become, folded and with their case, by the second of their bytes in UTF-8.
fn ringed(second: u8) -> Option<(u8, u8)> {
    Some(match second {
        0xa4 | 0xa5 => (b'a', b'a'),
        0xb6 => (b'o', b'o'),
        0x84 | 0x85 => (b'a', b'A'),
        0x96 => (b'o', b'O'),
        _ => return None,
    })
}

/// The ASCII letter, lower case, that `letter` is without its marks; `~` when it is none.
fn bare(letter: char) -> u8 {
    let mut first = None;
    unicode_normalization::char::decompose_canonical(letter, |part| {
        first.get_or_insert(part);
    });
    match first {
        Some(part) if part.is_ascii_alphabetic() => part.to_ascii_lowercase() as u8,
        _ => b'~',
    }
}

/// Whether a byte is a letter or a sign that stands for itself, but for its case, whatever stands beside it.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        plain[byte] = match byte as u8 {
            b'G' | b'0' | b'1' | b'4' | b'6' | b'&' | b'|' | b'!' => false,
            b'\n' | b' '..=b'~' => true,
            _ => false,
        };
        byte += 1;
    }
    plain
};

/// What a sign stands for that an OCR engine may have put in a letter's place: `f6rvaltning`, `til1`, `&r`. `word` says that
/// four small letters follow it at least.
fn in_word(before: char, sign: char, after: char, word: bool) -> u8 {
    let small = |letter: char| letter.is_lowercase();
    let inside = match sign {
        '1' | '|' | '!' => {
            !after.is_ascii_digit() && (small(before) || (small(after) && !before.is_ascii_digit()))
        }
        // "H&gersten", but "S&E" has no small letter behind.
        '&' => small(after) && !before.is_ascii_digit(),
        // "V4nster", but "K4a" is no word.
        _ => small(after) && !before.is_ascii_digit() && (!before.is_uppercase() || word),
    };
    match sign {
        // An exclamation mark ends a sentence unless a letter follows.
        '!' if !small(after) => b'!',
        _ if !inside => sign as u8,
        '0' | '6' => b'o',
        '4' | '&' => b'a',
        _ => b'l',
    }
}

#[cfg(test)]
mod tests {
    use super::super::sheet::folded;

    #[test]
    fn letterspaced_words_are_closed() {
        for (text, want) in [
            (
                "Svar på S k r i v e l s e från A",
                "svar pa skrivelse fran a",
            ),
            ("Dnr 1\nf r å g o r,\nom", "dnr 1\nfragor,\nom"),
            // Letters of a list, and words of one letter, are none.
            ("A B C D E a b", "a b c d e a b"),
            ("i e d å", "i e d a"),
            ("alternativ a b c d", "alternativ a b c d"),
        ] {
            assert_eq!(folded(text), want, "{text:?}");
        }
    }
}
