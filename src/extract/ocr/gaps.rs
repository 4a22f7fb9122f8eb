//! Words with letters that a font does not tell, filled from what OCR reads at the same place: nothing else of the page's
//! text is touched.

use crate::extract::layout::PaperLine;

/// What stands for a letter that nobody knows.
const GAP: char = '\u{fffd}';
/// Letters that one such sign may stand for: a font may draw `ffi` as one.
const WIDEST: usize = 3;

/// How many words of `lines` have letters and gaps.
pub(in crate::extract) fn count(lines: &[PaperLine]) -> usize {
    lines
        .iter()
        .filter(|line| line.text.contains(GAP))
        .flat_map(|line| line.text.split_whitespace())
        .filter(|word| has_gap(word))
        .count()
}

/// Fills the words of `lines` that have gaps with words of `read` that fit, and says how many were filled.
pub(in crate::extract) fn fill(lines: &mut [PaperLine], read: &[PaperLine]) -> usize {
    let mut filled = 0;
    for line in lines.iter_mut().filter(|line| line.text.contains(GAP)) {
        let middle = |bbox: &[f32; 4]| (bbox[1] + bbox[3]) / 2.0;
        let here = middle(&line.bbox);
        // What stands elsewhere on the page is another word.
        let mut near: Vec<(f32, &PaperLine)> = read
            .iter()
            .map(|other| ((middle(&other.bbox) - here).abs(), other))
            .filter(|(far, _)| *far < line.size.max(6.0))
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0));
        let words: Vec<&str> = near
            .iter()
            .flat_map(|(_, other)| other.text.split_whitespace())
            .collect();
        let mut text = String::with_capacity(line.text.len());
        for piece in line.text.split_inclusive(char::is_whitespace) {
            let word = piece.trim_end();
            let found = has_gap(word)
                .then(|| words.iter().find(|other| fits(word, other)))
                .flatten();
            match found {
                Some(found) => {
                    filled += 1;
                    text.push_str(found);
                    text.push_str(&piece[word.len()..]);
                }
                None => text.push_str(piece),
            }
        }
        line.text = text;
    }
    filled
}

fn has_gap(word: &str) -> bool {
    word.contains(GAP) && word.chars().any(char::is_alphabetic)
}

/// Whether `word` is `pattern` with its gaps filled by letters or digits.
fn fits(pattern: &str, word: &str) -> bool {
    let mut pattern_chars = pattern.chars();
    match pattern_chars.next() {
        None => word.is_empty(),
        Some(GAP) => {
            let rest = pattern_chars.as_str();
            let mut word_chars = word.chars();
            for _ in 0..WIDEST {
                if !word_chars.next().is_some_and(char::is_alphanumeric) {
                    return false;
                }
                if fits(rest, word_chars.as_str()) {
                    return true;
                }
            }
            false
        }
        Some(char) => word
            .strip_prefix(char)
            .is_some_and(|rest| fits(pattern_chars.as_str(), rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_fits_where_only_its_gaps_differ() {
        for (pattern, word, fit) in [
            ("\u{fffd}ör", "för", true),
            ("m.\u{fffd}.", "m.fl.", true),
            ("e\u{fffd}ekt", "effekt", true),
            ("\u{fffd}ör", "ör", false),
            ("\u{fffd}ör", "förr", false),
            ("\u{fffd}ör", "skador", false),
            ("a\u{fffd}b", "a.b", false),
            ("\u{fffd}\u{fffd}\u{fffd}\u{fffd}", "ffiffi", true),
        ] {
            assert_eq!(fits(pattern, word), fit, "{pattern} {word}");
        }
    }
}
