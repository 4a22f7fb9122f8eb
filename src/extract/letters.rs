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
    let mut out = if is_plain(line) {
        line.to_owned()
    } else {
        blanks_settled(line)
    };
    drop_leaders(&mut out);
    out.truncate(out.trim_end().len());
    if !out.is_ascii() {
        drop_soft_hyphens(&mut out);
        // Letters below U+0300 (in UTF-8, its first byte is CC) are composed, all of them.
        if out.bytes().any(|byte| byte >= 0xCC) && is_nfc_quick(out.chars()) != IsNormalized::Yes {
            out = out.nfc().collect();
        }
    }
    out
}

/// Whether a line is sure to have its blanks as they are to be, and no [`NOTHING`], whose first byte is E2.
fn is_plain(line: &str) -> bool {
    let mut before = b' ';
    line.bytes().all(|byte| {
        let plain = byte != b'\t' && byte != 0xE2 && (byte, before) != (b' ', b' ');
        before = byte;
        plain
    })
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
