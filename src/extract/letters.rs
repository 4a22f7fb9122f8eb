//! Letters as a font or a file gives them → letters as Swedish is written: ligatures taken apart, blanks made plain,
//! accents composed.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Stands for a glyph that shows nothing; left out when a line is finished.
pub(super) const NOTHING: char = '\u{200b}';
/// A hyphen that is there only if a line ends after it.
pub(super) const SOFT_HYPHEN: char = '\u{ad}';

/// The text of one glyph as its font gives it, settled.
pub(super) fn of_glyph(text: &str) -> String {
    settled(text, false)
}

/// Whether a glyph that stands for `char` is sure to be settled; of others [`of_glyph`] tells.
pub(super) fn stands(char: char) -> bool {
    matches!(char, '!'..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{167f}' | '\u{3001}'..='\u{d7ff}')
}

/// A text that the writer says is meant, settled: in it a soft hyphen is one.
pub(super) fn meant(text: &str) -> String {
    settled(text, true)
}

fn settled(text: &str, meant: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            'ﬀ' => out.push_str("ff"),
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            'ﬃ' => out.push_str("ffi"),
            'ﬄ' => out.push_str("ffl"),
            'ﬅ' | 'ﬆ' => out.push_str("st"),
            '\u{2010}' | '\u{2011}' => out.push('-'),
            // A font that draws it draws a hyphen: many cannot tell the two apart.
            SOFT_HYPHEN if !meant => out.push('-'),
            // The Angstrom sign is no letter of a word; Å is.
            '\u{212b}' => out.push('Å'),
            '\u{200b}'..='\u{200f}'
            | '\u{2060}'..='\u{2064}'
            | '\u{feff}'
            | '\u{202a}'..='\u{202e}' => {
                out.push(NOTHING);
            }
            _ if char.is_whitespace() || char == '\u{2800}' => out.push(' '),
            _ if char.is_control() => out.push(NOTHING),
            _ => out.push(char),
        }
    }
    out
}

/// The combining form of an accent that a file draws as a glyph of its own.
pub(super) fn combining(accent: char) -> Option<char> {
    Some(match accent {
        '¨' => '\u{308}',
        '˚' | '°' => '\u{30a}',
        '´' => '\u{301}',
        '`' => '\u{300}',
        'ˆ' | '^' => '\u{302}',
        '˜' | '~' => '\u{303}',
        '¸' => '\u{327}',
        'ˇ' => '\u{30c}',
        '˘' => '\u{306}',
        '¯' => '\u{304}',
        '\u{300}'..='\u{36f}' => accent,
        _ => return None,
    })
}

/// `base` and the combining `accent` as one letter, where there is such a letter.
pub(super) fn composed(base: char, accent: char) -> Option<char> {
    let base = match base {
        'ı' => 'i',
        'ȷ' => 'j',
        other => other,
    };
    unicode_normalization::char::compose(base, accent)
}

/// A line as it is to stand in the text: composed, one blank between words and one tab between cells, none at its ends.
pub(super) fn finish(line: &str) -> String {
    finished(line.to_owned())
}

/// The same of a line that nobody else needs.
pub(super) fn finished(line: String) -> String {
    let mut out = if is_plain(&line) {
        line
    } else {
        blanks_settled(&line)
    };
    drop_leaders(&mut out);
    out.truncate(out.trim_end().len());
    if !out.is_ascii() {
        drop_soft_hyphens(&mut out);
        compose(&mut out);
    }
    out
}

/// Composes what can be composed (NFC).
///
/// Some writers give each å, ä and ö as a letter and its accent: an accent behind a plain letter, with nothing that could
/// take part beside them, is composed here in one go, for the general way takes ten times as long.
fn compose(line: &mut String) {
    // Letters below U+0300 (in UTF-8, its first byte is CC) are composed, all of them.
    let Some(from) = line.bytes().position(|byte| byte >= 0xCC) else {
        return;
    };
    let mut out = String::with_capacity(line.len());
    // What is looked at in the line begins here; all before it is in `out`.
    let mut kept = 0;
    let mut rest = line[from..].char_indices().peekable();
    while let Some((at, char)) = rest.next() {
        if ('\u{300}'..='\u{36f}').contains(&char) {
            let at = from + at;
            let before = line[kept..at].chars().next_back();
            let letter = before.filter(char::is_ascii_alphabetic);
            let alone = rest
                .peek()
                .is_none_or(|&(_, next)| next < '\u{300}' || is_inert(next));
            let Some(letter) = letter
                .filter(|_| alone)
                .and_then(|letter| composed(letter, char))
            else {
                *line = line.nfc().collect();
                return;
            };
            out.push_str(&line[kept..at - 1]);
            out.push(letter);
            kept = at + char.len_utf8();
        } else if char >= '\u{300}' && !is_inert(char) {
            if is_nfc_quick(line.chars()) != IsNormalized::Yes {
                *line = line.nfc().collect();
            }
            return;
        }
    }
    if kept > 0 {
        out.push_str(&line[kept..]);
        *line = out;
    }
}

/// Whether a sign is sure to have no part in any composition: dashes, quotation marks and bullets, and what else lines hold
/// beside their letters.
fn is_inert(char: char) -> bool {
    matches!(char, '\u{2010}'..='\u{2027}' | '\u{20a0}'..='\u{20bf}' | '\u{25a0}'..='\u{25ff}' | '\u{f000}'..='\u{f0ff}')
}

/// Whether a line is sure to have its blanks as they are to be, and no [`NOTHING`], whose first byte is E2.
fn is_plain(line: &str) -> bool {
    let bytes = line.as_bytes();
    let (Some(first), Some((last, before))) = (bytes.first(), bytes.split_last()) else {
        return true;
    };
    // All of them are asked, whatever the answers are: so they are asked many at a time.
    let odd = before
        .iter()
        .zip(&bytes[1..])
        .fold(false, |odd, (&byte, &next)| {
            odd | (byte == b'\t') | (byte == b' ') & (next == b' ')
        });
    !odd && *first != b' ' && *last != b'\t' && !line.contains(NOTHING)
}

fn blanks_settled(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for char in line.chars() {
        match char {
            NOTHING => {}
            ' ' => {
                if !out.is_empty() && !out.ends_with([' ', '\t']) {
                    out.push(' ');
                }
            }
            '\t' => {
                out.truncate(out.trim_end().len());
                if !out.is_empty() {
                    out.push('\t');
                }
            }
            _ => out.push(char),
        }
    }
    out
}

/// Rows of dots that lead the eye from a heading to its page number are a way over a gap, not text: a tab stands for them.
fn drop_leaders(line: &mut String) {
    const FEWEST: usize = 5;
    let dots = line.bytes().filter(|&byte| byte == b'.').count();
    if dots < FEWEST && !line.contains('…') {
        return;
    }
    if !line.contains(".....") && !line.contains(". . . . .") && !line.contains("……") {
        return;
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line.as_str();
    while let Some(at) = rest.find(['.', '…']) {
        let (text, row) = rest.split_at(at);
        out.push_str(text);
        let end = row
            .find(|char: char| !matches!(char, '.' | '…' | ' ' | '\t'))
            .unwrap_or(row.len());
        let (row, after) = row.split_at(end);
        let dots: usize = row
            .chars()
            .map(|char| match char {
                '.' => 1,
                '…' => 3,
                _ => 0,
            })
            .sum();
        if dots >= FEWEST && !after.is_empty() && !out.trim().is_empty() {
            out.truncate(out.trim_end().len());
            out.push('\t');
        } else {
            out.push_str(row);
        }
        rest = after;
    }
    out.push_str(rest);
    *line = out;
}

/// Soft hyphens within a line are no hyphens; one at its end stays, for the word that it breaks.
fn drop_soft_hyphens(line: &mut String) {
    if line.contains(SOFT_HYPHEN) {
        let ends = line.ends_with(SOFT_HYPHEN);
        line.retain(|char| char != SOFT_HYPHEN);
        if ends {
            line.push(SOFT_HYPHEN);
        }
    }
}

/// A line of single letters with blanks between them (`B e s l u t`, words two blanks apart) with its words put
/// together; nothing when it is none.
pub(super) fn unspaced(line: &str) -> Option<String> {
    let line = line.trim();
    let mut singles = 0;
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        if word.chars().nth(1).is_some() || !word.chars().all(char::is_alphabetic) {
            return None;
        }
        singles += 1;
    }
    if singles < 5 {
        return None;
    }
    let words: Vec<String> = line
        .split("  ")
        .map(|word| word.split(' ').collect())
        .filter(|word: &String| !word.is_empty())
        .collect();
    Some(words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sure_to_stand_stands() {
        for char in (0..=0x10_FFFF).filter_map(char::from_u32) {
            assert!(
                !stands(char) || of_glyph(&char.to_string()) == char.to_string(),
                "{char:?}"
            );
        }
    }

    #[test]
    fn glyphs_are_settled() {
        for (from, to) in [
            ("ﬁ", "fi"),
            ("å", "å"),
            ("\u{a0}", " "),
            ("\u{2011}", "-"),
            ("\u{200d}", "\u{200b}"),
            ("–", "–"),
            ("\t", " "),
        ] {
            assert_eq!(of_glyph(from), to, "{from:?}");
        }
    }

    #[test]
    fn lines_are_finished() {
        for (from, to) in [
            ("  a\u{30a}ldersgra\u{308}ns  ", "åldersgräns"),
            ("för\u{ad}valt\u{ad}ning", "förvaltning"),
            ("för\u{ad}valt\u{ad} ", "förvalt\u{ad}"),
            ("a   b", "a b"),
            ("Dnr 1.2.4-182-2013", "Dnr 1.2.4-182-2013"),
            ("Summa \t 435 650\t443 600 ", "Summa\t435 650\t443 600"),
            // Leaders of a table of contents.
            ("1 Inledning......................2", "1 Inledning\t2"),
            ("2.1 Ekonomi . . . . . . . . . . 15", "2.1 Ekonomi\t15"),
            ("Namn ...............", "Namn ..............."),
            ("och så vidare ...", "och så vidare ..."),
        ] {
            assert_eq!(finish(from), to, "{from:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_composed_in_one_go_is_composed_as_ever(line in "([a-zåÄ ]|[aoAnıä][\u{300}-\u{36f}]{1,2}|[\u{308}\u{30a}\u{323}\u{340}\u{344}–•€\u{1100}\u{1161}\u{5d0}\u{212b}\u{2126}\u{1e9b}\u{f0b7}]){0,12}") {
            let mut composed = line.clone();
            compose(&mut composed);
            assert_eq!(composed, line.nfc().collect::<String>(), "{line:?}");
        }

        #[test]
        fn a_plain_line_is_one_that_settling_leaves(line in "[ab \t\u{200b}–]{0,8}") {
            assert!(!is_plain(&line) || blanks_settled(&line) == line, "{line:?}");
        }
    }

    #[test]
    fn what_is_inert_is_composed() {
        for char in (0..=0x10_FFFF)
            .filter_map(char::from_u32)
            .filter(|char| is_inert(*char))
        {
            let with = |marks: &str| format!("{char}{marks}");
            for text in [
                with(""),
                with("\u{308}"),
                with("\u{338}"),
                format!("a{char}"),
            ] {
                assert_eq!(
                    is_nfc_quick(char.to_string().chars()),
                    IsNormalized::Yes,
                    "{char:?}"
                );
                assert_eq!(text.nfc().collect::<String>(), text, "{char:?}");
            }
        }
    }

    #[test]
    fn spaced_letters_become_words() {
        for (from, to) in [
            ("B e s l u t", Some("Beslut")),
            (
                "F ö r s l a g  t i l l  b e s l u t",
                Some("Förslag till beslut"),
            ),
            ("a b c", None),
            ("M S V MP L C", None),
            ("1 2 3 4 5 6", None),
        ] {
            assert_eq!(unspaced(from).as_deref(), to, "{from:?}");
        }
    }
}
