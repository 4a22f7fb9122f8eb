//! Words with letters that a font does not tell, filled from what OCR reads at the same place: nothing else of the page's
//! text is touched.

use crate::extract::layout::PaperLine;

/// What stands for a letter that nobody knows.
const GAP: char = '\u{fffd}';
/// Letters that one such sign may stand for: a font may draw `ffi` as one.
const WIDEST: usize = 3;

/// Fewer words with gaps than this are not worth the reading of a page.
const FEWEST: usize = 3;
/// Nor are they where only one word of so many has a gap.
const RARE: usize = 50;

/// Whether enough words of `lines` have letters and gaps that reading the page is worth its time.
pub(in crate::extract) fn are_many(lines: &[PaperLine]) -> bool {
    let gaps = lines
        .iter()
        .filter(|line| line.text.contains(GAP))
        .flat_map(|line| line.text.split_whitespace())
        .filter(|word| has_gap(word))
        .count();
    let words = || lines.iter().flat_map(|line| line.text.split_whitespace());
    gaps >= FEWEST && gaps * RARE >= words().count()
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
        let mut words: Vec<&str> = near
            .iter()
            .flat_map(|(_, other)| other.text.split_whitespace())
            .collect();
        // What the line's sound words are is nobody else's filling.
        for sound in line.text.split_whitespace().filter(|word| !has_gap(word)) {
            if let Some(at) = words.iter().position(|word| *word == sound) {
                words.remove(at);
            }
        }
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
    use crate::extract::layout::Zone;

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

    fn line(text: &str, top: f32) -> PaperLine {
        PaperLine {
            text: text.to_owned(),
            bbox: [72.0, top, 300.0, top + 12.0],
            size: 12.0,
            bold: false,
            cells: Vec::new(),
            pieces: Vec::new(),
            zone: Zone::Body,
            begins: false,
            frame: [72.0, top, 300.0, top + 12.0],
            depth: 842.0,
            turn: 0,
        }
    }

    #[test]
    fn only_words_with_gaps_are_filled_and_only_from_their_line() {
        let mut lines = [
            line("Nämnden har \u{fffd}\u{fffd}r\t\u{fffd}era beslut", 100.0),
            line("inget \u{fffd}ör", 300.0),
        ];
        assert!(are_many(&lines));
        let read = [
            line("Namnden har för\tflera besIut", 101.0),
            line("inget eller", 299.0),
        ];
        assert_eq!(fill(&mut lines, &read), 2);
        assert_eq!(lines[0].text, "Nämnden har för\tflera beslut");
        assert_eq!(lines[1].text, "inget \u{fffd}ör");
        assert!(!are_many(&lines));
    }
}
