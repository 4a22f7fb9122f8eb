//! The room's own language of patterns, understood in one pass.
//!
//! A pattern of [`tolerant`](super::sheet::tolerant) means what [`translated`] makes of it. The
//! parser of `regex-syntax` is made for people's mistakes and for all of Unicode; to understand the room's 450 patterns,
//! in which each `i` stands for three letters, takes it more than half of what their making costs, in each worker. So the
//! forms that occur are read here, straight into the same tree. Every pattern that a test of the room makes is compared.

use std::iter::Peekable;
use std::str::Chars;

use regex_syntax::hir::{Capture, Class, ClassBytes, ClassBytesRange, Dot, Hir, Look, Repetition};

use super::pattern::parsed;

/// What `pattern` means for the folded copy.
pub(super) fn meaning(pattern: &str) -> Hir {
    // Patterns are constants or come from the tables, whose form a test checks.
    let elsewhere = || parsed(&translated(pattern)).expect("a pattern that compiles");
    let meaning = read(pattern);
    #[cfg(test)]
    if let Some(meaning) = &meaning {
        assert_eq!(meaning, &elsewhere(), "{pattern}");
    }
    meaning.unwrap_or_else(elsewhere)
}

/// The same, as `regex-syntax` says it of the translation; nothing for forms that the room's patterns do not have.
fn read(pattern: &str) -> Option<Hir> {
    let rest = pattern.strip_prefix("(?m)");
    let mut reader = Reader {
        rest: rest.unwrap_or(pattern).chars().peekable(),
        by_line: rest.is_some(),
        groups: 0,
    };
    let hir = reader.choice()?;
    reader.rest.next().is_none().then_some(hir)
}

struct Reader<'p> {
    rest: Peekable<Chars<'p>>,
    /// Whether `^` and `$` stand at each line's ends.
    by_line: bool,
    /// Groups begun.
    groups: u32,
}

impl Reader<'_> {
    fn takes(&mut self, letter: char) -> bool {
        self.rest.next_if_eq(&letter).is_some()
    }

    /// `a|b`
    fn choice(&mut self) -> Option<Hir> {
        let mut ways = vec![self.row()?];
        while self.takes('|') {
            ways.push(self.row()?);
        }
        Some(Hir::alternation(ways))
    }

    /// `ab`
    fn row(&mut self) -> Option<Hir> {
        let mut parts = Vec::new();
        // Letters that stand for themselves, in a row.
        let mut run = Vec::new();
        while let Some(letter) = self.rest.next_if(|letter| !matches!(letter, '|' | ')')) {
            let is_repeated = matches!(self.rest.peek(), Some('*' | '+' | '?' | '{'));
            if stands_for_itself(letter) && !is_repeated {
                run.push(ascii(letter)?);
                continue;
            }
            if !run.is_empty() {
                parts.push(word(&run));
                run.clear();
            }
            let part = self.part(letter)?;
            parts.push(self.times(part)?);
        }
        if !run.is_empty() {
            parts.push(word(&run));
        }
        Some(Hir::concat(parts))
    }

    fn part(&mut self, letter: char) -> Option<Hir> {
        Some(match letter {
            'i' | 'l' => FORMS.with(|forms| forms.l.clone()),
            'm' => FORMS.with(|forms| forms.m.clone()),
            'å' => FORMS.with(|forms| forms.aa.clone()),
            'ä' => FORMS.with(|forms| forms.ae.clone()),
            'ö' => FORMS.with(|forms| forms.oe.clone()),
            ' ' => FORMS.with(|forms| forms.blank.clone()),
            '¤' => FORMS.with(|forms| forms.and_others.clone()),
            '§' => word(b"$"),
            '(' => self.group()?,
            '[' => self.class()?,
            '\\' => self.escaped()?,
            '.' => Hir::dot(Dot::AnyByteExceptLF),
            '^' if self.by_line => Hir::look(Look::StartLF),
            '$' if self.by_line => Hir::look(Look::EndLF),
            '^' => Hir::look(Look::Start),
            '$' => Hir::look(Look::End),
            '*' | '+' | '?' | '{' => return None,
            letter => word(&[ascii(letter)?]),
        })
    }

    fn group(&mut self) -> Option<Hir> {
        if self.takes('?') {
            if !self.takes(':') {
                return None;
            }
            let inside = self.choice()?;
            return self.takes(')').then_some(inside);
        }
        self.groups += 1;
        let index = self.groups;
        let sub = Box::new(self.choice()?);
        self.takes(')').then(|| {
            Hir::capture(Capture {
                index,
                name: None,
                sub,
            })
        })
    }

    fn escaped(&mut self) -> Option<Hir> {
        let letter = self.rest.next()?;
        Some(match letter {
            'b' => Hir::look(Look::WordAscii),
            'B' => Hir::look(Look::WordAsciiNegate),
            letter => match kind(letter) {
                Some(class) => Hir::class(Class::Bytes(class)),
                None => word(&[literal(letter)?]),
            },
        })
    }

    /// What stands between brackets: letters, ranges and kinds as they stand.
    fn class(&mut self) -> Option<Hir> {
        let is_not = self.takes('^');
        // A bracket that stands for itself where a class begins.
        if self.rest.peek() == Some(&']') {
            return None;
        }
        let mut class = ClassBytes::empty();
        // What a range may begin with.
        let mut last = None;
        loop {
            let letter = self.rest.next()?;
            let byte = match letter {
                ']' => break,
                '\\' => {
                    let letter = self.rest.next()?;
                    if let Some(kind) = kind(letter) {
                        class.union(&kind);
                        last = None;
                        continue;
                    }
                    literal(letter)?
                }
                '-' if self.rest.peek() != Some(&']')
                    && let Some(first) = last.take() =>
                {
                    let end = match self.rest.next()? {
                        '\\' => literal(self.rest.next()?)?,
                        end => ascii(end)?,
                    };
                    if end < first {
                        return None;
                    }
                    class.push(ClassBytesRange::new(first, end));
                    continue;
                }
                // A class in a class, or `&&`, `~~` and `--`, of which the room has none.
                '[' => return None,
                '&' | '~' | '-' if self.rest.peek() == Some(&letter) => return None,
                letter => ascii(letter)?,
            };
            class.push(ClassBytesRange::new(byte, byte));
            last = Some(byte);
        }
        if is_not {
            class.negate();
        }
        Some(Hir::class(Class::Bytes(class)))
    }

    /// `part` as often as what follows says.
    fn times(&mut self, part: Hir) -> Option<Hir> {
        let mut part = part;
        while let Some(sign) = self
            .rest
            .next_if(|letter| matches!(letter, '*' | '+' | '?' | '{'))
        {
            let (min, max) = match sign {
                '*' => (0, None),
                '+' => (1, None),
                '?' => (0, Some(1)),
                _ => {
                    let min = self.number()?;
                    let max = match self.takes(',') {
                        false => Some(min),
                        true if self.rest.peek() == Some(&'}') => None,
                        true => Some(self.number()?),
                    };
                    if !self.takes('}') || max.is_some_and(|max| max < min) {
                        return None;
                    }
                    (min, max)
                }
            };
            part = Hir::repetition(Repetition {
                min,
                max,
                greedy: !self.takes('?'),
                sub: Box::new(part),
            });
        }
        Some(part)
    }

    fn number(&mut self) -> Option<u32> {
        let mut number = None;
        while let Some(digit) = self.rest.next_if(char::is_ascii_digit) {
            number = Some(number.unwrap_or(0u32).checked_mul(10)? + digit.to_digit(10)?);
        }
        number
    }
}

/// What the letters of the language stand for that do not stand for themselves.
struct Forms {
    l: Hir,
    m: Hir,
    aa: Hir,
    ae: Hir,
    oe: Hir,
    blank: Hir,
    and_others: Hir,
}

thread_local! {
    static FORMS: Forms = {
        let of = |form| parsed(&translated(form)).expect("a pattern that compiles");
        Forms {
            l: of("l"),
            m: of("m"),
            aa: of("å"),
            ae: of("ä"),
            oe: of("ö"),
            blank: of(" "),
            and_others: of("¤"),
        }
    };
}

fn stands_for_itself(letter: char) -> bool {
    matches!(letter, 'a'..='h' | 'j' | 'k' | 'n'..='z' | 'A'..='Z' | '0'..='9')
}

fn word(letters: &[u8]) -> Hir {
    Hir::literal(letters)
}

/// The letters of a kind: `\d`, `\s`, `\w` and what is none of them.
fn kind(letter: char) -> Option<ClassBytes> {
    let ranges: &[(u8, u8)] = match letter.to_ascii_lowercase() {
        'd' => &[(b'0', b'9')],
        's' => &[(b'\t', b'\r'), (b' ', b' ')],
        'w' => &[(b'0', b'9'), (b'A', b'Z'), (b'_', b'_'), (b'a', b'z')],
        _ => return None,
    };
    let ranges = ranges
        .iter()
        .map(|&(first, last)| ClassBytesRange::new(first, last));
    let mut class = ClassBytes::new(ranges);
    if letter.is_ascii_uppercase() {
        class.negate();
    }
    Some(class)
}

/// What a letter behind `\` is when it stands for itself.
fn literal(letter: char) -> Option<u8> {
    match letter {
        'n' => Some(b'\n'),
        't' => Some(b'\t'),
        'r' => Some(b'\r'),
        letter if letter.is_ascii_punctuation() => ascii(letter),
        _ => None,
    }
}

fn ascii(letter: char) -> Option<u8> {
    letter
        .is_ascii()
        .then(|| u8::try_from(letter).ok())
        .flatten()
}

/// "m.fl.", as it is written and misprinted behind a name, with the blanks and commas before it: ` m. fl.`, `.mfl.`, ` m.lf`.
const AND_OTHERS: &str = r"(?:[.,\s]{0,4}\b(?:(?:(?:m|rn)[.,\s]{0,3}f[.,]?[l1]|(?:m|rn)\.?[l1]f)\b|(?:m|rn)\.\s{0,2}fi\b|(?:m|rn)ed\s+f[li1]e?ra?\b)[.,]{0,2})";

/// A pattern of ours as `regex-syntax` takes it.
pub(super) fn translated(pattern: &str) -> String {
    let mut out = String::from("(?-u)");
    let mut class = false;
    let mut escaped = false;
    // Flags such as `(?m)` are no letters of a word.
    let pattern = match pattern.strip_prefix("(?m)") {
        Some(rest) => {
            out.push_str("(?m)");
            rest
        }
        None => pattern,
    };
    for letter in pattern.chars() {
        if escaped || class {
            out.push(letter);
            class = class && (escaped || letter != ']');
            escaped = !escaped && letter == '\\';
            continue;
        }
        match letter {
            '\\' => {
                escaped = true;
                out.push(letter);
            }
            '[' => {
                class = true;
                out.push(letter);
            }
            '§' => out.push_str(r"\$"),
            'å' => out.push_str("(?:a[dil]?|[de4])"),
            'ä' => out.push_str("(?:[adie]|ia|ai)"),
            'ö' => out.push_str("[oge6]"),
            'i' | 'l' => out.push_str("[il1]"),
            'm' => out.push_str("(?:m|rn)"),
            ' ' => out.push_str(r"(?:\s+)"),
            '¤' => out.push_str(AND_OTHERS),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_means_what_its_translation_means() {
        for pattern in [
            "",
            "a||b",
            "^svar på skrivelse från (?:för)?nämnden$",
            r"(?m)^[ \t]*till ?: ?|[^a-z\n]{0,6}?$",
            r"(a(b)|c){2}\.\(\W\S[\W]¤?§ ?\d{1,3}(?:/\d{2,})?",
            r"[)\]}]*[.:)-]+[a-z .'-]{3,40}[-a]",
            r"x{2}{3}\b\B\/[\d-]",
        ] {
            let parsed = parsed(&translated(pattern)).unwrap();
            assert_eq!(read(pattern), Some(parsed), "{pattern:?}");
        }
    }

    #[test]
    fn what_is_not_of_the_language_is_left_to_others() {
        for pattern in [
            "(?i)a", "a)", "(a", "[a", "*", "a{2,1}", r"\pL", "é", "[å]", "[^]a]", "[a&&b]",
        ] {
            assert!(read(pattern).is_none(), "{pattern:?}");
        }
        assert!(meaning("[]a]b").properties().minimum_len() == Some(2));
    }
}
