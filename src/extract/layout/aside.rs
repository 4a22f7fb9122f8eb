//! What is drawn between two lines of a paragraph and stands elsewhere on the page (a box of facts in the margin, a caption)
//! → behind that paragraph, or behind the column where it goes on.

use std::ops::Range;

use super::segments::Segment;
use super::{Row, Zone, is_apart};
use crate::extract::joins;

/// Rows that may be drawn between two lines of a paragraph.
const MOST_BETWEEN: usize = 40;
/// Rows of one page that are looked at for the columns that broken words go on in.
const MOST_LOOKS: usize = 200_000;
/// A line of a paragraph is so many font sizes wide at least.
const WIDE: f32 = 14.0;
/// Lines of a paragraph follow each other within so many font sizes.
const STEPS: Range<f32> = 0.9..1.7;

/// Puts together the paragraphs that something drawn elsewhere parts.
pub(super) fn gather(segments: &[Segment], rows: &mut Vec<Row>) {
    let mut at = 0;
    let mut left = MOST_LOOKS;
    while at < rows.len() {
        let cut = first_apart(segments, &rows[at]);
        let above = Line::of(segments, &rows[at][..cut]).filter(Line::may_go_on);
        if let Some(above) = above {
            if let Some(mut next) = next_line(segments, rows, at, &above) {
                // What shares the baseline of the line stands elsewhere, too.
                if cut < rows[at].len() {
                    let tail = rows[at].split_off(cut);
                    rows.insert(at + 1, tail);
                    next += 1;
                }
                let end = next + lines_of_paragraph(segments, &rows[next..], &above);
                rows[at + 1..end].rotate_left(next - at - 1);
            } else if let Some(next) = next_column(segments, rows, at, &above) {
                let end = next + lines_of_column(segments, &rows[next..]);
                rows[at + 1..end].rotate_left(next - at - 1);
            } else if let Some(column) = column_before(segments, rows, at, &above, &mut left) {
                let moved = column.len();
                rows[column.start..=at].rotate_left(moved);
                at -= moved;
            }
        }
        at += 1;
    }
}

/// Where in a row something begins that stands apart from what is before it.
fn first_apart(segments: &[Segment], row: &Row) -> usize {
    let apart = row.windows(2).position(|pair| {
        let (before, part) = (&segments[pair[0]], &segments[pair[1]]);
        part.apart || is_apart(before, part)
    });
    apart.map_or(row.len(), |place| place + 1)
}

/// A line of running text: a row without cells.
struct Line<'a> {
    head: &'a Segment,
    last: &'a Segment,
}

impl<'a> Line<'a> {
    fn of(segments: &'a [Segment], row: &[usize]) -> Option<Line<'a>> {
        let head = &segments[*row.first()?];
        let mut last = head;
        for pair in row.windows(2) {
            let (before, part) = (&segments[pair[0]], &segments[pair[1]]);
            if part.u0 < before.u0 || part.apart || is_apart(before, part) {
                return None;
            }
            last = part;
        }
        let is_text = head.dir == 0 && head.zone == Zone::Body && head.field == 0 && head.cell == 0;
        is_text.then_some(Line { head, last })
    }

    /// Whether the sentence may go on with the next line.
    fn may_go_on(&self) -> bool {
        self.last.u1 - self.head.u0 > WIDE * self.head.size
            && self
                .last
                .text
                .ends_with(|char: char| char.is_lowercase() || matches!(char, '-' | '\u{ad}' | ','))
    }

    /// Whether it stands right below `above` as the next line of the same print.
    fn is_below(&self, above: &Line<'_>) -> bool {
        let (line, above) = (self.head, above.head);
        let size = above.size;
        (line.size - size).abs() < 0.06 * size
            && (line.u0 - above.u0).abs() < 0.3 * size
            && STEPS.contains(&((line.v - above.v) / size))
    }

    /// Whether it is the next line of the sentence that `above` does not end.
    fn goes_on(&self, above: &Line<'_>) -> bool {
        self.is_below(above) && self.head.text.starts_with(char::is_lowercase)
    }
}

/// The row that goes on the sentence of row `at` when others, which stand elsewhere, are drawn between the two. It is parted
/// from what it shares its baseline with.
fn next_line(
    segments: &[Segment],
    rows: &mut Vec<Row>,
    at: usize,
    above: &Line<'_>,
) -> Option<usize> {
    let (top, right) = (above.head.v, above.last.u1);
    let end = rows.len().min(at + 2 + MOST_BETWEEN);
    let mut bottom = f32::MAX;
    for next in at + 1..end {
        // A line that goes back to the left may begin on the row that was drawn last.
        let place = back(segments, &rows[next]);
        let line = Line::of(segments, &rows[next][place.unwrap_or(0)..]);
        if let Some(line) = line.filter(|line| line.goes_on(above)) {
            let between = next > at + 1 || place.is_some();
            let is_above = line.head.v + 0.5 * line.head.size < bottom;
            if !between || !is_above {
                return None;
            }
            let Some(place) = place else {
                return Some(next);
            };
            let tail = rows[next].split_off(place);
            rows.insert(next + 1, tail);
            return Some(next + 1);
        }
        for &number in &rows[next] {
            let part = &segments[number];
            let size = above.head.size;
            let over = part.u0 < right + 0.3 * size && part.u1 > above.head.u0 - 0.3 * size;
            if part.dir == above.head.dir && over && part.v > top - 0.5 * size {
                bottom = bottom.min(part.v);
                // The next line, or what ends the paragraph, stands here.
                if part.v < top + STEPS.end * size {
                    return None;
                }
            }
        }
    }
    None
}

/// The row of the next column that goes on the sentence of row `at`, the last of its column, when what is drawn between the
/// two is all in other print.
fn next_column(segments: &[Segment], rows: &[Row], at: usize, above: &Line<'_>) -> Option<usize> {
    let size = above.head.size;
    let is_like = |row: &Row| {
        row.iter()
            .any(|&number| (segments[number].size - size).abs() < 0.06 * size)
    };
    let between = rows[at + 1..].iter().take(MOST_BETWEEN + 1);
    let next = at + 1 + between.take_while(|row| !is_like(row)).count();
    let line = Line::of(segments, rows.get(next)?)?;
    let goes_on = line.head.text.starts_with(char::is_lowercase)
        && line.head.u0 > above.last.u1
        && line.head.v < above.head.v - size;
    (next > at + 1 && goes_on && is_like(&rows[next])).then_some(next)
}

/// The rows of a column that is drawn before the one that ends with row `at`, though it goes on the word that breaks there.
fn column_before(
    segments: &[Segment],
    rows: &[Row],
    at: usize,
    above: &Line<'_>,
    left: &mut usize,
) -> Option<Range<usize>> {
    let line = |at: usize| rows.get(at).and_then(|row| Line::of(segments, row));
    let text = &above.last.text;
    if !text.ends_with(['-', '\u{ad}']) || line(at + 1).is_some_and(|line| line.goes_on(above)) {
        return None;
    }
    let (size, right, v) = (above.head.size, above.last.u1, above.head.v);
    let goes_on = |line: &Line<'_>| {
        (line.head.size - size).abs() < 0.06 * size
            && line.head.u0 > right
            && line.head.v < v - size
            && joins::is_known(text, &line.head.text)
    };
    *left = left.checked_sub(at)?;
    let first = (0..at).find(|&first| {
        let before = first.checked_sub(1).and_then(line);
        line(first).is_some_and(|line| {
            // What follows its own beginning is in its place.
            let in_place = |before: Line<'_>| {
                line.is_below(&before) || joins::is_known(&before.last.text, &line.head.text)
            };
            goes_on(&line) && !before.is_some_and(in_place)
        })
    })?;
    let end = first + lines_of_column(segments, &rows[first..]);
    (end <= at).then_some(first..end)
}

/// How many rows from the first on are lines of its column, in the same print.
fn lines_of_column(segments: &[Segment], rows: &[Row]) -> usize {
    let follows = |pair: &&[Row]| {
        let (Some(above), Some(line)) =
            (Line::of(segments, &pair[0]), Line::of(segments, &pair[1]))
        else {
            return false;
        };
        let size = above.head.size;
        (line.head.size - size).abs() < 0.06 * size
            && (0.9 * size..2.6 * size).contains(&(line.head.v - above.head.v))
            && (line.head.u0 - above.head.u0).abs() < 3.0 * size
    };
    1 + rows.windows(2).take_while(follows).count()
}

/// Where a row leaps back to the left, to what is drawn later and stands apart.
fn back(segments: &[Segment], row: &Row) -> Option<usize> {
    (1..row.len()).find(|&place| {
        let part = &segments[row[place]];
        let tail = row[place..].iter().map(|&number| segments[number].u1);
        let right = tail.fold(f32::MIN, f32::max);
        let others = &row[..place];
        others
            .iter()
            .all(|&number| segments[number].u0 > right + part.size)
    })
}

/// How many rows from the first on are lines of the paragraph that it goes on.
fn lines_of_paragraph(segments: &[Segment], rows: &[Row], above: &Line<'_>) -> usize {
    let Some(mut before) = Line::of(segments, &rows[0]) else {
        return 1;
    };
    let step = before.head.v - above.head.v;
    let mut count = 1;
    for row in &rows[1..] {
        let line = Line::of(segments, row);
        let Some(line) = line.filter(|line| line.is_below(&before)) else {
            break;
        };
        if (line.head.v - before.head.v - step).abs() > 0.2 * line.head.size {
            break;
        }
        before = line;
        count += 1;
    }
    count
}
