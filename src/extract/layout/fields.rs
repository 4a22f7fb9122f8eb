//! What is filled into the fields of a form → beside the labels that ask for it. The file draws it after all else.

use super::segments::Segment;
use super::{Row, belongs};

/// Moves the rows of filled-in fields to the labels that they belong to: the line to their left, or the line above. What
/// has no label stays where it was, at the end.
pub(super) fn place(segments: &[Segment], rows: &mut Vec<Row>) {
    let is_field = |row: &Row| row.iter().all(|&number| segments[number].field > 0);
    if !rows.iter().any(is_field) {
        return;
    }
    let (fields, mut placed): (Vec<Row>, Vec<Row>) =
        std::mem::take(rows).into_iter().partition(is_field);
    let mut orphans: Vec<Row> = Vec::new();
    // The field that was placed last, and on which row.
    let mut last: Option<(u32, usize)> = None;
    for row in fields {
        let head = &segments[row[0]];
        let at = match last {
            // A field's further lines follow its first.
            Some((field, at)) if field == head.field => Some((at + 1, false)),
            _ => beside(segments, &placed, head)
                .map(|at| (at, true))
                .or_else(|| below(segments, &placed, head).map(|at| (at + 1, false))),
        };
        match at {
            Some((at, true)) => {
                placed[at].extend(row);
                last = Some((head.field, at));
            }
            Some((at, false)) => {
                placed.insert(at.min(placed.len()), row);
                last = Some((head.field, at));
            }
            None => {
                last = None;
                orphans.push(row);
            }
        }
    }
    placed.extend(orphans);
    *rows = placed;
}

/// The row on whose line the field stands, behind a label.
fn beside(segments: &[Segment], rows: &[Row], field: &Segment) -> Option<usize> {
    let gap = |row: &Row| {
        row.iter()
            .map(|&number| field.u0 - segments[number].u1)
            .filter(|gap| *gap > -0.3 * field.size)
            .min_by(f32::total_cmp)
    };
    (0..rows.len())
        .filter(|&at| {
            let row = &rows[at];
            let label = &segments[row[0]];
            label.dir == field.dir
                && (label.v - field.v).abs() < 0.45 * label.size.max(field.size)
                && (belongs(segments, row, field) || gap(row).is_some())
        })
        .filter_map(|at| gap(&rows[at]).map(|gap| (at, gap)))
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(at, _)| at)
}

/// The row of a label right above the field.
fn below(segments: &[Segment], rows: &[Row], field: &Segment) -> Option<usize> {
    let size = field.size;
    (0..rows.len())
        .filter_map(|at| {
            let row = &rows[at];
            let label = row.iter().map(|&number| &segments[number]).find(|label| {
                label.dir == field.dir && (label.u0 - field.u0).abs() < 2.0 * size.max(label.size)
            })?;
            let step = field.v - label.v;
            (step > 0.0 && step < 3.0 * size.max(label.size)).then_some((at, step))
        })
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(at, _)| at)
}
