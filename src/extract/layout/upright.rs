//! A table whose cells are drawn column by column → its rows.
//!
//! Such tables have no rules that would tell. They are known by their figures: columns of figures that stand on the very
//! lines of the column before them.

use super::segments::Segment;
use super::{Row, Zone};

/// Cells that a column has at least.
const FEWEST: usize = 3;
/// Cells of a column follow each other within so many font sizes.
const STEP: f32 = 3.2;
/// Baselines that differ by less than this share of the font size are the same.
const SAME: f32 = 0.2;

/// Puts the columns of figures beside the column that they belong to.
pub(super) fn gather(segments: &[Segment], rows: &mut Vec<Row>) {
    let mut at = 0;
    while at + 2 * FEWEST <= rows.len() {
        let first_end = column(segments, rows, at);
        let mut end = first_end;
        // What the first column has above the others is no part of the table.
        let top = rows.get(end).map_or(f32::MAX, |row| {
            let cell = &segments[row[0]];
            cell.v - SAME * cell.size
        });
        let above = rows[at..first_end]
            .iter()
            .take_while(|row| segments[row[0]].v < top)
            .count();
        let mut right = right_of(segments, &rows[at + above..first_end]);
        // Columns that stand to the right of all before them, on their lines.
        while end < rows.len() && first_end - at >= FEWEST {
            let next = column(segments, rows, end);
            let cells = &rows[end..next];
            let left = cells.iter().map(|row| segments[row[0]].u0);
            let fits = cells.len() >= FEWEST
                && left.fold(f32::MAX, f32::min) > right
                && is_of_figures(segments, cells)
                && stand_beside(segments, cells, &rows[at..first_end]);
            if !fits {
                break;
            }
            right = right_of(segments, cells);
            end = next;
        }
        if end == first_end {
            at = first_end.max(at + 1);
            continue;
        }
        let mut cells: Vec<usize> = rows[at + above..end].iter().flatten().copied().collect();
        cells.sort_by(|&a, &b| segments[a].v.total_cmp(&segments[b].v));
        let mut table: Vec<Row> = Vec::new();
        for cell in cells {
            let v = segments[cell].v;
            match table.last_mut() {
                Some(row) if (segments[row[0]].v - v).abs() < SAME * segments[cell].size => {
                    row.push(cell);
                }
                _ => table.push(vec![cell]),
            }
        }
        for row in &mut table {
            row.sort_by(|&a, &b| segments[a].u0.total_cmp(&segments[b].u0));
        }
        let more = table.len();
        rows.splice(at + above..end, table);
        at += above + more;
    }
}

/// The row behind the last of the column that begins with row `at`: rows of one piece, each below the one before.
fn column(segments: &[Segment], rows: &[Row], at: usize) -> usize {
    let piece = |row: &Row| match row[..] {
        [number] => Some(&segments[number])
            .filter(|piece| piece.dir == 0 && piece.zone == Zone::Body && piece.field == 0),
        _ => None,
    };
    let Some(mut before) = piece(&rows[at]) else {
        return at + 1;
    };
    let (mut left, mut right) = (before.u0, before.u1);
    let mut end = at + 1;
    while let Some(next) = rows.get(end).and_then(piece) {
        let size = before.size.max(next.size);
        let step = next.v - before.v;
        if !(0.5 * size..STEP * size).contains(&step) || next.u0 > right || next.u1 < left {
            break;
        }
        left = left.min(next.u0);
        right = right.max(next.u1);
        before = next;
        end += 1;
    }
    end
}

fn right_of(segments: &[Segment], rows: &[Row]) -> f32 {
    rows.iter()
        .map(|row| segments[row[0]].u1)
        .fold(f32::MIN, f32::max)
}

/// Whether a column is one of figures; its head may be a word.
fn is_of_figures(segments: &[Segment], cells: &[Row]) -> bool {
    let is_figure = |row: &&Row| {
        let text = &segments[row[0]].text;
        text.len() < 20
            && text.contains(|char: char| char.is_ascii_digit())
            && !text.contains(char::is_alphabetic)
    };
    let figures = cells.iter().filter(is_figure).count();
    figures + 1 >= cells.len() && figures >= FEWEST - 1
}

/// Whether all cells but one at most stand on the lines of `others`.
fn stand_beside(segments: &[Segment], cells: &[Row], others: &[Row]) -> bool {
    let beside = |row: &&Row| {
        let cell = &segments[row[0]];
        let at = others.partition_point(|other| segments[other[0]].v < cell.v - SAME * cell.size);
        others
            .get(at)
            .is_some_and(|other| segments[other[0]].v < cell.v + SAME * cell.size)
    };
    let count = cells.iter().filter(beside).count();
    count >= FEWEST && count + 1 >= cells.len()
}
