//! Labels in one column and what they announce in another, drawn one column after the other → each label with its text.

use super::segments::Segment;
use super::{Row, Zone};

/// Labels and texts follow each other within so many font sizes.
const FAR: f32 = 4.0;
/// Lines of one text follow each other within so many.
const STEP: f32 = 1.7;
/// What stands on one height differs by less than this share of the font size.
const SAME: f32 = 0.25;

/// Puts the labels of a column before the texts that stand on their height. Each of the labels ends with a colon and has
/// such a text, and nothing stands between that belongs to none.
pub(super) fn pair(segments: &[Segment], rows: &mut Vec<Row>) {
    let mut at = 0;
    while at + 3 < rows.len() {
        let labels = labels(segments, &rows[at..]);
        match (labels > 1)
            .then(|| texts(segments, &rows[at..], labels))
            .flatten()
        {
            Some(texts) => {
                let count = texts.len();
                let mut paired: Vec<Row> = Vec::with_capacity(count);
                let mut left = rows[at..at + labels].iter().cloned();
                for (text, is_first) in rows[at + labels..at + labels + count].iter().zip(&texts) {
                    let mut row = if *is_first {
                        left.next().unwrap_or_default()
                    } else {
                        Row::new()
                    };
                    row.extend(text);
                    paired.push(row);
                }
                rows.splice(at..at + labels + count, paired);
                at += count;
            }
            None => at += labels.max(1),
        }
    }
}

/// How many rows from the first on are labels below each other.
fn labels(segments: &[Segment], rows: &[Row]) -> usize {
    let is_label = |row: &Row| {
        let [number] = row[..] else { return false };
        let segment = &segments[number];
        segment.zone == Zone::Body
            && segment.dir == 0
            && segment.field == 0
            && segment.text.trim_end().ends_with(':')
    };
    let follows = |pair: &&[Row]| {
        let (above, label) = (&segments[pair[0][0]], &segments[pair[1][0]]);
        let size = above.size;
        is_label(&pair[1])
            && (label.u0 - above.u0).abs() < SAME * size
            && (label.size - above.size).abs() < 0.1 * size
            && (0.8 * size..FAR * size).contains(&(label.v - above.v))
    };
    if !is_label(&rows[0]) {
        return 0;
    }
    1 + rows.windows(2).take_while(follows).count()
}

/// The rows behind the labels that are their texts: whether each is the first line of one. Nothing when a label has none.
fn texts(segments: &[Segment], rows: &[Row], labels: usize) -> Option<Vec<bool>> {
    let (labels, rows) = rows.split_at(labels);
    let label = |row: &Row| &segments[row[0]];
    let right = labels
        .iter()
        .map(|row| label(row).u1)
        .fold(f32::MIN, f32::max);
    let size = label(&labels[0]).size;
    let column = label(rows.first()?).u0;
    let mut left = labels.iter().peekable();
    let mut found: Vec<bool> = Vec::new();
    let mut above = f32::MIN;
    for row in rows {
        let text = label(row);
        let stands = text.dir == 0
            && text.zone == Zone::Body
            && text.cell == label(&labels[0]).cell
            && text.u0 > right
            && (text.u0 - column).abs() < SAME * size
            && text.v > above;
        if !stands {
            break;
        }
        let begins = left.next_if(|row| (label(row).v - text.v).abs() < SAME * size);
        if begins.is_none() && (found.is_empty() || text.v - above > STEP * size) {
            break;
        }
        found.push(begins.is_some());
        above = text.v;
    }
    left.peek().is_none().then_some(found)
}
