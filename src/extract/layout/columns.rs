//! Rows that are drawn across → their cells, and running prose in two columns read one column after the other.

use super::segments::{Seam, Segment};
use super::{Row, Zone, is_apart, opens_item};

/// Places that differ by less than this share of the font size are the same.
const SAME: f32 = 0.04;
/// More seams than these stand between the words of a writer that sets each in its place.
const MOST_SEAMS: usize = 3;

/// A seam that is wider than this share of the font size is no blank between two words.
const WIDE: f32 = 0.8;

/// So many rows below the heads of a table are looked at.
const BELOW: usize = 12;

/// The heads of a table and its narrow cells are shorter than this, in bytes.
const SHORT: usize = 40;

/// Parts cells that stand so close that they look like words of one: where the row above or below has a cell that begins
/// at the same place.
pub(super) fn part_cells(segments: &mut Vec<Segment>, rows: &mut [Row]) {
    let any = |segment: &Segment| (1..=MOST_SEAMS).contains(&segment.seams.len());
    if !segments.iter().any(any) {
        return;
    }
    // Down and up again: what was parted says where the next row may be.
    for down in [true, false] {
        for at in 0..rows.len() {
            let at = if down { at } else { rows.len() - 1 - at };
            part_row(segments, rows, at);
        }
    }
}

fn part_row(segments: &mut Vec<Segment>, rows: &mut [Row], at: usize) {
    let mut place = 0;
    while let Some(&number) = rows[at].get(place) {
        place += 1;
        if !(1..=MOST_SEAMS).contains(&segments[number].seams.len()) {
            continue;
        }
        let seam = (0..segments[number].seams.len())
            .find(|&seam| begins_cell(segments, rows, at, number, seam));
        if let Some(tail) = seam.and_then(|seam| segments[number].part(seam)) {
            rows[at].insert(place, segments.len());
            segments.push(tail);
        }
    }
}

/// Whether a cell begins at a seam of segment `number`, which stands on the row `at`.
fn begins_cell(segments: &[Segment], rows: &[Row], at: usize, number: usize, seam: usize) -> bool {
    let segment = &segments[number];
    let seam = segment.seams[seam];
    let (Some(before), Some(cell)) = (segment.text.get(..seam.at), segment.text.get(seam.at..))
    else {
        return false;
    };
    let first = cell.chars().next().unwrap_or(' ');
    let is_text = first.is_lowercase()
        || first.is_uppercase()
        || first.is_ascii_digit()
        || matches!(first, '-' | '–' | '−' | '+' | '(');
    // What an item or a heading is numbered by is no cell, nor is the end of a sentence, unless the rows above and below both
    // say so.
    let both = || {
        let beside = [at.checked_sub(1), at.checked_add(1)];
        beside.iter().all(|at| {
            let row = at.and_then(|at| rows.get(at));
            row.is_some_and(|row| has_cell_at(segments, row, segment, seam.to))
        })
    };
    if !is_text
        || before.trim_end().ends_with(['.', ',']) && !both()
        || opens_item(before) && rows[at].first() == Some(&number)
    {
        return false;
    }
    let beside = [at.checked_sub(1), at.checked_add(1)];
    let mut beside = beside.iter().flatten().filter_map(|&at| rows.get(at));
    let is_figure = |char: char| char.is_ascii_digit() || char == '%';
    let are_figures = before.trim_end().ends_with(is_figure) && !first.is_alphabetic();
    beside.any(|row| {
        has_cell_at(segments, row, segment, seam.to)
            || are_figures && has_cell_that_ends(segments, row, segment, seam.from)
    }) || stands_in_column(segments, rows, at, segment, &seam)
        || stands_over_figures(segments, &rows[at + 1..], segment, &seam)
        || !first.is_lowercase()
            && is_head(segments, &rows[at])
            && rows
                .iter()
                .skip(at + 1)
                .take(BELOW)
                .filter(|row| {
                    let below = &segments[row[0]];
                    below.dir == segment.dir
                        && below.v > segment.v
                        && (below.u0 - seam.to).abs() < SAME * segment.size
                        && below.text.len() < SHORT
                })
                .nth(1)
                .is_some()
}

/// Rows of figures that show the columns which the heads above them name.
const FIGURES: usize = 3;

/// Whether both parts of a segment end where the figures of two columns below them do.
fn stands_over_figures(
    segments: &[Segment],
    below: &[Row],
    segment: &Segment,
    seam: &Seam,
) -> bool {
    let near = |a: f32, b: f32| (a - b).abs() < SAME * segment.size;
    let is_figure = |segment: &Segment| segment.text.ends_with(|char: char| char.is_ascii_digit());
    let shows = |row: &&Row| {
        row.windows(2).any(|pair| {
            let (before, part) = (&segments[pair[0]], &segments[pair[1]]);
            near(before.u1, seam.from)
                && near(part.u1, segment.u1)
                && (part.apart || is_apart(before, part))
                && is_figure(before)
                && is_figure(part)
                && part.dir == segment.dir
                && part.v > segment.v
        })
    };
    segment.text.len() < SHORT && below.iter().take(BELOW).filter(shows).count() >= FIGURES
}

/// Whether a row may be the heads of a table. Below them, cells of several lines may be drawn one after the other, each line
/// a row of its own.
fn is_head(segments: &[Segment], row: &Row) -> bool {
    row.windows(2)
        .any(|pair| is_apart(&segments[pair[0]], &segments[pair[1]]))
        && row
            .iter()
            .all(|&number| segments[number].text.len() < SHORT)
}

/// Whether `row` stands beside `segment` and has a cell, not its first, that begins at `u`.
fn has_cell_at(segments: &[Segment], row: &Row, segment: &Segment, u: f32) -> bool {
    row.windows(2).any(|pair| {
        let (before, part) = (&segments[pair[0]], &segments[pair[1]]);
        (part.u0 - u).abs() < SAME * segment.size
            && (part.apart || is_apart(before, part))
            && part.dir == segment.dir
            && (part.v - segment.v).abs() < 3.0 * segment.size
    })
}

/// Whether `row` stands beside `segment` and has a cell, not its last, that ends at `u`, and one that ends where the segment
/// does: figures are set so that their ends stand below each other.
fn has_cell_that_ends(segments: &[Segment], row: &Row, segment: &Segment, u: f32) -> bool {
    let near = |a: f32, b: f32| (a - b).abs() < SAME * segment.size;
    row.windows(2).any(|pair| {
        let (before, part) = (&segments[pair[0]], &segments[pair[1]]);
        near(before.u1, u)
            && (part.apart || is_apart(before, part))
            && part.dir == segment.dir
            && (part.v - segment.v).abs() < 3.0 * segment.size
    }) && row
        .iter()
        .any(|&number| near(segments[number].u1, segment.u1))
}

/// Rows around a seam that may show its column: between them may stand lines of one cell.
const AROUND: usize = 8;
/// They stand within so many font sizes.
const AROUND_FAR: f32 = 24.0;

/// Whether a wide seam stands in a column of such: two of the four rows around have one, or a cell, that begins at the same
/// place, or that ends there; or two of the rows around these have a cell that begins there.
fn stands_in_column(
    segments: &[Segment],
    rows: &[Row],
    at: usize,
    segment: &Segment,
    seam: &Seam,
) -> bool {
    let size = segment.size;
    let is_wide = |seam: &Seam| seam.to - seam.from > WIDE * size;
    if !is_wide(seam) {
        return false;
    }
    let near = |a: f32, b: f32| (a - b).abs() < SAME * size;
    let around = at.saturating_sub(AROUND)..rows.len().min(at + AROUND + 1);
    let (mut begin, mut end) = (0, 0);
    for row in around.filter(|&row| row != at) {
        let is_near = row.abs_diff(at) < 3;
        let far = if is_near { 6.0 } else { AROUND_FAR };
        let row = &rows[row];
        let (mut begins, mut ends) = (false, false);
        let beside =
            |other: &Segment| other.dir == segment.dir && (other.v - segment.v).abs() < far * size;
        for (place, &number) in row.iter().enumerate() {
            let other = &segments[number];
            if !beside(other) {
                continue;
            }
            for other in other.seams.iter().filter(|seam| is_near && is_wide(seam)) {
                begins |= near(other.to, seam.to);
                ends |= near(other.from, seam.from);
            }
            begins |= place > 0 && near(other.u0, seam.to);
            ends |= is_near && place + 1 < row.len() && near(other.u1, seam.from);
        }
        begin += usize::from(begins);
        end += usize::from(ends);
    }
    begin > 1 || end > 1
}

/// A row of two columns, as far as it has them: the segments before the number are the left half.
#[derive(Clone, Copy)]
struct Halves {
    split: usize,
    left: bool,
    right: bool,
}

/// Rows with both halves that make columns sure.
const FEWEST_ROWS: usize = 4;
/// The first line of a paragraph may stand in by so many font sizes.
const INDENT: f32 = 2.2;
/// What a line of running prose has at least, of letters and blanks, all in all.
const PROSE: usize = 18;
/// The same where no broken word says that it is prose.
const LONG_PROSE: usize = 24;

/// Puts two columns of running prose that are drawn row by row one after the other. They are surely such when a hyphen
/// breaks a word of one of them and no row is one of figures or catchwords, or when nearly all lines go on in small letters.
pub(super) fn part_prose(segments: &[Segment], rows: &mut Vec<Row>) {
    let mut at = 0;
    while at + FEWEST_ROWS <= rows.len() {
        let found = match edges(segments, &rows[at]) {
            Some(edges) => stretch(segments, &rows[at..], edges),
            None => Vec::new(),
        };
        let end = at + found.len();
        if is_prose(segments, &rows[at..end], &found) {
            let mut left: Vec<Row> = Vec::with_capacity(2 * found.len());
            let mut right: Vec<Row> = Vec::with_capacity(found.len());
            for (row, half) in rows[at..end].iter_mut().zip(&found) {
                let tail = row.split_off(half.split);
                if half.left {
                    left.push(std::mem::take(row));
                }
                if half.right {
                    right.push(tail);
                }
            }
            left.append(&mut right);
            let more = left.len();
            rows.splice(at..end, left);
            at += more;
        } else {
            at = end.max(at + 1);
        }
    }
}

/// Where the left and the right half of a row begin, if it has two.
fn edges(segments: &[Segment], row: &Row) -> Option<(f32, f32)> {
    let first = &segments[*row.first()?];
    let mut apart = row.windows(2).filter(|pair| {
        let (before, part) = (&segments[pair[0]], &segments[pair[1]]);
        part.apart || is_apart(before, part)
    });
    let (Some(pair), None) = (apart.next(), apart.next()) else {
        return None;
    };
    (first.zone == Zone::Body && first.dir == 0).then(|| (first.u0, segments[pair[1]].u0))
}

/// The rows from the first on that stand in the two columns.
fn stretch(segments: &[Segment], rows: &[Row], (left, right): (f32, f32)) -> Vec<Halves> {
    let mut found: Vec<Halves> = Vec::new();
    let first = &segments[rows[0][0]];
    let size = first.size;
    let mut above = first.v;
    for row in rows {
        let head = &segments[row[0]];
        let step = head.v - above;
        above = head.v;
        let begins = |column: f32, u: f32| u > column - 0.3 * size && u < column + INDENT * size;
        let split = row
            .iter()
            .position(|&number| segments[number].u0 > right - 0.3 * size)
            .unwrap_or(row.len());
        let half = Halves {
            split,
            left: split > 0,
            right: split < row.len(),
        };
        let fits = row.iter().all(|&number| {
            let segment = &segments[number];
            segment.dir == head.dir
                && segment.zone == head.zone
                && (segment.size - size).abs() < 0.12 * size
        }) && row[..split]
            .iter()
            .all(|&number| segments[number].u1 < right - 0.3 * size)
            && row[..split].first().is_none_or(|&number| begins(left, segments[number].u0))
            && row[split..].first().is_none_or(|&number| begins(right, segments[number].u0))
            // Within a column nothing is apart.
            && [&row[..split], &row[split..]].iter().all(|half| {
                half.windows(2).all(|pair| !is_apart(&segments[pair[0]], &segments[pair[1]]))
            });
        if !fits || !found.is_empty() && !(0.5 * size..2.6 * size).contains(&step) {
            break;
        }
        found.push(half);
    }
    found
}

/// Whether rows of two halves are running prose.
fn is_prose(segments: &[Segment], rows: &[Row], found: &[Halves]) -> bool {
    let both = found.iter().filter(|half| half.left && half.right).count();
    if both < FEWEST_ROWS || both * 2 < found.len() {
        return false;
    }
    let text = |part: &[usize]| -> String {
        part.iter()
            .map(|&number| segments[number].text.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let mut columns: [Vec<String>; 2] = Default::default();
    // Rows of a table begin anew in both columns.
    let mut anew = 0;
    for (row, half) in rows.iter().zip(found) {
        let halves = [text(&row[..half.split]), text(&row[half.split..])];
        let begin = |text: &String| text.chars().next().is_some_and(char::is_uppercase);
        anew += usize::from(halves.iter().all(begin));
        for (column, half) in columns.iter_mut().zip(halves) {
            if !half.is_empty() {
                column.push(half);
            }
        }
    }
    let lower = |text: &String| text.chars().next().is_some_and(char::is_lowercase);
    let breaks = |pair: &[String]| {
        let stem = pair[0].strip_suffix(['-', '\u{ad}']);
        stem.is_some_and(|stem| stem.ends_with(char::is_lowercase)) && lower(&pair[1])
    };
    let broken: usize = columns
        .iter()
        .map(|column| column.windows(2).filter(|pair| breaks(pair)).count())
        .sum();
    // Without one, nearly every line must go on the one above, and be long.
    let is_sure = broken > 0;
    let goes_on_least = if is_sure { 50 } else { 70 };
    let prose = if is_sure { PROSE } else { LONG_PROSE };
    (is_sure || both > FEWEST_ROWS)
        && anew <= if is_sure { 1 + both / 8 } else { 1 }
        && columns.iter().all(|column| {
            let letters: usize = column.iter().map(|text| text.chars().count()).sum();
            let digits = column.iter().flat_map(|text| text.bytes());
            let digits = digits.filter(u8::is_ascii_digit).count();
            let goes_on = column.iter().skip(1).filter(|text| lower(text)).count();
            let spare = if is_sure { 2 } else { 1 };
            letters >= prose * column.len()
                && digits * 12 < letters
                && goes_on * 100 + 50 * spare >= goes_on_least * column.len()
        })
}
