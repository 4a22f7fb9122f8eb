//! Bullets, numbers and times that a file draws apart from their items, all before them or all behind → each before its item.

use super::segments::Segment;
use super::{Row, Zone};

/// Marks that are looked at on one page, and marks times rows.
const MOST: usize = 300;
const MOST_LOOKS: usize = 4_000_000;
/// An item stands within so many font sizes behind its mark.
const FAR: f32 = 4.0;
/// So far from a time or the number of a paragraph, which have a margin of their own.
const IN_MARGIN: f32 = 9.0;

/// Puts marks that stand on rows of their own before the rows that stand behind them on the same line of the page.
pub(super) fn gather(segments: &[Segment], rows: &mut Vec<Row>) {
    let is_mark = |row: &Row| match row[..] {
        [number] => {
            let segment = &segments[number];
            segment.dir == 0
                && segment.zone == Zone::Body
                && segment.field == 0
                && (numbers_item(&segment.text) || stands_in_margin(&segment.text))
        }
        _ => false,
    };
    let marks: Vec<usize> = (0..rows.len()).filter(|&at| is_mark(&rows[at])).collect();
    if marks.is_empty() || marks.len() > MOST || marks.len() * rows.len() > MOST_LOOKS {
        return;
    }
    let heads: Vec<usize> = rows.iter().map(|row| head(segments, row)).collect();
    // What is drawn cell by cell has the margin's cell before each other, and its text may stand beside any line of that; a
    // margin that is drawn as a whole has one mark behind the other. Told of all before any is moved.
    let in_margin = |at: usize| {
        let mark = rows.get(at).and_then(|row| row.first());
        mark.is_some_and(|&mark| stands_in_margin(&segments[mark].text))
    };
    let in_turn: Vec<bool> = marks
        .iter()
        .map(|&at| in_margin(at + 1) || at.checked_sub(1).is_some_and(in_margin))
        .collect();
    let mut moved = false;
    for (&at, in_turn) in marks.iter().zip(in_turn) {
        let mark = rows[at][0];
        if let Some(item) = item_of(segments, rows, &heads, at, in_turn) {
            rows[item].insert(0, mark);
            rows[at].clear();
            moved = true;
        }
    }
    if moved {
        rows.retain(|row| !row.is_empty());
    }
}

/// The segment of a row that stands leftmost.
fn head(segments: &[Segment], row: &Row) -> usize {
    let leftmost = |a: &&usize, b: &&usize| segments[**a].u0.total_cmp(&segments[**b].u0);
    row.iter().min_by(leftmost).copied().unwrap_or(row[0])
}

/// The row whose item the mark on row `at` stands before, which is drawn `in_turn` with other marks or not.
fn item_of(
    segments: &[Segment],
    rows: &[Row],
    heads: &[usize],
    at: usize,
    in_turn: bool,
) -> Option<usize> {
    let mark = &segments[rows[at][0]];
    let in_margin = stands_in_margin(&mark.text);
    let begins_with_letter = in_margin || matches!(mark.text.trim(), "-" | "–");
    let far = if in_margin { IN_MARGIN } else { FAR };
    let gap = |item: usize| {
        let head = &segments[heads[item]];
        let size = head.size.max(mark.size);
        let gap = head.u0 - mark.u1;
        let fits = item != at
            && head.dir == mark.dir
            && head.zone == mark.zone
            && (head.v - mark.v).abs() < 0.2 * size
            && (-0.1 * size..far * size).contains(&gap)
            && !numbers_item(&head.text)
            && (!in_margin || item < at || in_turn)
            && (!begins_with_letter || head.text.starts_with(char::is_alphabetic));
        fits.then_some((item, gap))
    };
    // What has been put before its item is no item any more.
    let free = (0..rows.len()).filter(|&item| !rows[item].is_empty());
    free.filter_map(gap)
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(item, _)| item)
}

/// Whether a text is nothing but a time of the day or the number of a paragraph: `08.30`, `§ 12`.
fn stands_in_margin(text: &str) -> bool {
    let text = text.trim();
    if text.len() > 8 {
        return false;
    }
    let number = |text: &str, most: usize| {
        let all = text.bytes().all(|byte| byte.is_ascii_digit());
        (all && text.len() <= most)
            .then(|| text.parse::<u16>().ok())
            .flatten()
    };
    if let Some(text) = text.strip_prefix('§') {
        return number(text.trim_start(), 3).is_some();
    }
    let Some((hour, minutes)) = text.split_once(['.', ':']) else {
        return false;
    };
    number(hour, 2).is_some_and(|hour| hour < 24)
        && minutes.len() == 2
        && number(minutes, 2).is_some_and(|minute| minute < 60)
}

/// Whether a text is nothing but the bullet, the number or the letter of an item. A number without a point may be anything.
fn numbers_item(text: &str) -> bool {
    let text = text.trim();
    if text.len() > 6 {
        return false;
    }
    if matches!(
        text,
        "-" | "–"
            | "•"
            | "·"
            | "▪"
            | "▫"
            | "●"
            | "○"
            | "◦"
            | "■"
            | "□"
            | "‣"
            | "➢"
            | "✓"
    ) {
        return true;
    }
    let stem = text.strip_suffix(['.', ')']).unwrap_or_default();
    let stem = stem.strip_prefix('(').unwrap_or(stem);
    let is_number = stem.len() <= 3 && stem.bytes().all(|byte| byte.is_ascii_digit());
    let is_roman = stem.len() <= 4 && stem.bytes().all(|byte| b"ivx".contains(&byte));
    !stem.is_empty()
        && (is_number
            || is_roman
            || stem.chars().count() == 1 && stem.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_paragraphs_stand_in_the_margin() {
        for text in ["08.30", "8:05", "23.59 ", "§ 12", "§7"] {
            assert!(stands_in_margin(text), "{text}");
        }
        for text in [
            "24.00", "8.60", "8.5", "12,50", "§", "§ 12 a", "123.45", "2016", ".30", "8.",
            "§ 1 234",
        ] {
            assert!(!stands_in_margin(text), "{text}");
        }
    }
}
