//! The column of numbers before the rows of a table, as an agenda has it → cells of their own, where the table's head says
//! that there is such a column. Else a number belongs to its text, as before an item of a list.

use super::Row;
use super::segments::Segment;

/// So many rows below the head make sure.
const FEWEST: usize = 2;
/// So many rows below the head are looked at.
const BELOW: usize = 120;
/// Places that differ by less than this share of the font size are the same.
const SAME: f32 = 0.1;
/// A number that stands closer to its text, in font sizes, is read as a word of it.
const APART: f32 = 0.2;
/// Letters of a number, and of the head above such, at most.
const SHORT: usize = 6;

/// Where the first cell of a row ends.
#[derive(Clone, Copy)]
enum Cut {
    /// Before the second segment.
    Segment,
    /// At the first seam of the first.
    Seam,
}

/// Parts the numbers from their texts.
pub(super) fn part(segments: &mut Vec<Segment>, rows: &mut [Row]) {
    for at in 0..rows.len() {
        let Some((cut, u)) = cut(segments, &rows[at], is_head) else {
            continue;
        };
        let head = &segments[rows[at][0]];
        let (left, size, mut v, dir) = (head.u0, head.size, head.v, head.dir);
        let mut found: Vec<(usize, Cut)> = vec![(at, cut)];
        for (below, row) in rows.iter().enumerate().skip(at + 1).take(BELOW) {
            let first = &segments[row[0]];
            // Lines of cells that stand behind the numbers.
            if first.u0 > u - SAME * size && first.dir == dir {
                continue;
            }
            let fits = first.dir == dir
                && first.v > v
                && first.u0 > left - 2.0 * size
                && (first.size - size).abs() < 0.2 * size
                && is_number(&first.text[..first_end(first)]);
            if !fits {
                break;
            }
            v = first.v;
            if let Some((cut, text)) = self::cut(segments, row, is_number)
                && (text - u).abs() < SAME * size
            {
                found.push((below, cut));
            }
        }
        if found.len() <= FEWEST {
            continue;
        }
        for (at, cut) in found {
            match cut {
                Cut::Segment => segments[rows[at][1]].apart = true,
                Cut::Seam => {
                    if let Some(tail) = segments[rows[at][0]].part(0) {
                        rows[at].insert(1, segments.len());
                        segments.push(tail);
                    }
                }
            }
        }
    }
}

/// Where the text of a segment ends, or its first seam stands.
fn first_end(segment: &Segment) -> usize {
    segment
        .seams
        .first()
        .map_or(segment.text.len(), |seam| seam.at)
}

/// Where the first cell of a row ends, if it is what is asked for, and where the second begins.
fn cut(segments: &[Segment], row: &Row, is_first: fn(&str) -> bool) -> Option<(Cut, f32)> {
    let first = &segments[*row.first()?];
    if let Some(seam) = first.seams.first() {
        let is_apart = seam.to - seam.from > APART * first.size;
        return (is_apart && is_first(&first.text[..seam.at])).then_some((Cut::Seam, seam.to));
    }
    let second = &segments[*row.get(1)?];
    let is_behind =
        second.u0 - first.u1 > APART * first.size && !second.led && first.cell == second.cell;
    (is_behind && is_first(&first.text)).then_some((Cut::Segment, second.u0))
}

/// Whether a text may be the head of a column of numbers.
fn is_head(text: &str) -> bool {
    let text = text.trim();
    let is_word = || {
        text.trim_end_matches('.').chars().all(char::is_alphabetic)
            && text.starts_with(char::is_uppercase)
    };
    matches!(text, "§" | "§§" | "#") || text.chars().count() <= SHORT && is_word()
}

/// Whether a text numbers a row: `7`, `7.`, `§ 7`, `7a`.
fn is_number(text: &str) -> bool {
    let text = text.trim();
    let number = text.trim_start_matches(['§', ' ']).trim_end_matches('.');
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let rest = number.get(digits..).unwrap_or_default();
    (1..=4).contains(&digits)
        && text.chars().count() <= SHORT
        && rest.chars().count() < 2
        && rest.chars().all(char::is_lowercase)
}
