//! Rows of a table → the same rows, an empty cell between two filled ones kept as a tab of its own.
//!
//! Which columns a table has, its fullest rows say; a row with fewer cells is set beside them.

use std::collections::BTreeSet;

use super::{Laid, PaperLine, tidy};

/// A table has so many columns at least: of two, none lies between two others.
const FEWEST_COLUMNS: usize = 3;
/// Rows of one table follow each other within this many font sizes.
pub(super) const STEP: f32 = 3.2;
/// A cell may reach into the column beside its own by this share of the font size.
const OVER: f32 = 0.2;
/// A heading is set larger by this than the rows of the table above it.
const HEADING: f32 = 1.15;
/// One row of so many at least fills each column.
const SHARE: usize = 5;
/// Bytes of a cell from which on it may be a line of prose.
const LONG: usize = 26;
/// Cells that begin within this share of the font size begin at the same place.
const EXACT: f32 = 0.1;

/// Gives the rows of tables a tab for every column that they pass over.
pub(super) fn keep_empty_cells(lines: &mut [Laid]) {
    let mut at = 0;
    while at < lines.len() {
        if lines[at].line.cells.is_empty() {
            at += 1;
            continue;
        }
        let end = end_of_table(lines, at);
        if end - at > 1 {
            table(&mut lines[at..end]);
        }
        at = end;
    }
}

/// The line behind the last that stands in the same table as the line `at`; one line without cells may stand between two.
fn end_of_table(lines: &[Laid], at: usize) -> usize {
    let mut last = at;
    for (next, Laid { line, first, .. }) in lines.iter().enumerate().skip(at + 1).take(400) {
        let Laid {
            line: before,
            last: above,
            ..
        } = &lines[next - 1];
        let step = first - above;
        let near = step > 0.0 && step < STEP * line.size.max(before.size);
        // A line in larger print between two tables is the heading of the second.
        let heads = line.cells.is_empty() && line.size > HEADING * before.size;
        if !near || line.zone != before.zone || line.turn != 0 || next - last > 2 || heads {
            break;
        }
        if !line.cells.is_empty() {
            last = next;
        }
    }
    last + 1
}

/// The numbers of the lines that stand below another of the same table, where one of its cells has several lines: what looks
/// like a table of lines alone may be none.
pub(super) fn rows(lines: &[Laid]) -> BTreeSet<usize> {
    let is_row = |laid: &Laid| !laid.line.cells.is_empty();
    let follows = |above: &Laid, laid: &Laid| {
        let (before, line) = (&above.line, &laid.line);
        let step = (laid.first - above.last) / line.size.max(before.size).max(0.1);
        is_row(above)
            && is_row(laid)
            && (0.0..STEP).contains(&step)
            && (before.zone, before.turn) == (line.zone, line.turn)
    };
    let mut rows = BTreeSet::new();
    let mut at = 0;
    for table in lines.chunk_by(follows) {
        if table.iter().any(|laid| !laid.line.pieces.is_empty()) {
            rows.extend(at + 1..at + table.len());
        }
        at += table.len();
    }
    rows
}

/// From and to of a row's cells.
fn cells(laid: &Laid) -> impl Iterator<Item = (f32, f32)> + '_ {
    let line = &laid.line;
    let from = std::iter::once(line.bbox[0]).chain(line.cells.iter().copied());
    let to = laid
        .ends
        .iter()
        .copied()
        .chain(std::iter::once(line.bbox[2]));
    from.zip(to)
}

fn table(lines: &mut [Laid]) {
    let count = |line: &PaperLine| {
        if line.cells.is_empty() {
            0
        } else {
            line.cells.len() + 1
        }
    };
    let most = lines
        .iter()
        .map(|laid| count(&laid.line))
        .max()
        .unwrap_or(0);
    let fewer = |laid: &Laid| (2..most).contains(&count(&laid.line));
    if most < FEWEST_COLUMNS || !lines.iter().any(fewer) {
        return;
    }
    let mut columns: Vec<(f32, f32)> = vec![(f32::MAX, f32::MIN); most];
    for laid in lines.iter().filter(|laid| count(&laid.line) == most) {
        for (column, (from, to)) in columns.iter_mut().zip(cells(laid)) {
            *column = (column.0.min(from), column.1.max(to));
        }
    }
    let size = lines.iter().map(|laid| laid.line.size).fold(0.0, f32::max);
    // Columns that are not apart are no columns.
    if columns
        .windows(2)
        .any(|pair| pair[0].1 > pair[1].0 + OVER * size)
    {
        return;
    }
    let places: Vec<Option<Vec<usize>>> = lines
        .iter()
        .map(|laid| match count(&laid.line) {
            0 => None,
            _ if laid.line.pieces.is_empty() && is_prose(&laid.line.text) => None,
            full if full == most => Some((0..most).collect()),
            _ => places(&columns, cells(laid), OVER * size),
        })
        .collect();
    let mut filled = vec![0usize; most];
    for &column in places.iter().flatten().flatten() {
        filled[column] += 1;
    }
    // A column that few rows fill is one of chance.
    let some = lines
        .iter()
        .filter(|laid| count(&laid.line) > 0)
        .count()
        .div_ceil(SHARE);
    for (Laid { line, .. }, places) in lines.iter_mut().zip(places) {
        if let Some(places) = places {
            let from = std::iter::once(line.bbox[0]).chain(line.cells.iter().copied());
            let exact = from
                .zip(&places)
                .all(|(from, &column)| (from - columns[column].0).abs() < EXACT * line.size);
            // One row says what a column is where the cells stand right below its own.
            let fewest = if exact { some } else { some.max(2) };
            pass_over(line, &places, &columns, |column| filled[column] >= fewest);
        }
    }
}

/// Whether a row is of lines of prose in columns of their own, which stand beside each other by chance.
fn is_prose(text: &str) -> bool {
    let long = |cell: &&str| cell.len() > LONG;
    text.len() > 2 * LONG && text.split('\t').filter(long).count() > 1
}

/// The column of each cell; nothing when one of them stands in none, or in two.
fn places(
    columns: &[(f32, f32)],
    cells: impl Iterator<Item = (f32, f32)>,
    over: f32,
) -> Option<Vec<usize>> {
    let mut places = Vec::new();
    for (from, to) in cells {
        let mut hit = (0..columns.len()).filter(|&at| {
            let (left, right) = columns[at];
            right.min(to) - left.max(from) > over.min(0.5 * (to - from))
        });
        let (place, None) = (hit.next()?, hit.next()) else {
            return None;
        };
        if places.last().is_some_and(|&last| last >= place) {
            return None;
        }
        places.push(place);
    }
    Some(places)
}

/// Puts in a tab for each column between two cells that other rows fill, too.
fn pass_over(
    line: &mut PaperLine,
    places: &[usize],
    columns: &[(f32, f32)],
    is_column: impl Fn(usize) -> bool,
) {
    let passed = |pair: &[usize]| (pair[0] + 1..pair[1]).filter(|&column| is_column(column));
    if places.windows(2).all(|pair| passed(pair).next().is_none()) {
        return;
    }
    let mut text = String::with_capacity(line.text.len() + 4);
    let mut cells = Vec::with_capacity(columns.len());
    for (at, cell) in line.text.split('\t').enumerate() {
        if at > 0 {
            let begins = text.len();
            for column in places.get(at - 1..=at).into_iter().flat_map(passed) {
                text.push('\t');
                cells.push(tidy(columns[column].0));
            }
            let more = text.len() - begins;
            for piece in &mut line.pieces {
                if piece.start > begins {
                    piece.start += more;
                    piece.end += more;
                }
            }
            text.push('\t');
            cells.extend(line.cells.get(at - 1));
        }
        text.push_str(cell);
    }
    line.text = text;
    line.cells = cells;
}
