//! A page's lines → the page as a terminal shows it: columns stand where they stand on paper.
//!
//! Every character takes one cell of a grid. How wide a cell is, the letters of the page say: as narrow as most lines need,
//! so that few words must be pushed aside. Where two lines meet on one row, the later moves right, never over the other.

use super::{Line, RawPage};

/// Rows and columns of one page; what lies beyond is put at the edge.
const MOST: usize = 400;

/// Draws a page: its lines at their places, one string a row, without blanks at the ends. A page without geometry is shown
/// as its text.
pub fn grid(page: &RawPage) -> String {
    if page.lines.is_empty() {
        return page.text.clone();
    }
    let pieces = pieces(page);
    let Some(cell) = cell_width(&pieces) else {
        return page.text.clone();
    };
    let left = pieces
        .iter()
        .map(|piece| piece.left)
        .fold(f32::MAX, f32::min);
    let mut rows: Vec<(f32, Vec<&Piece<'_>>)> = Vec::new();
    let mut in_order: Vec<&Piece<'_>> = pieces.iter().collect();
    in_order.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.left.total_cmp(&b.left)));
    for piece in in_order {
        match rows.last_mut() {
            Some((base, row)) if piece.base - *base < 0.45 * piece.size => row.push(piece),
            _ => rows.push((piece.base, vec![piece])),
        }
    }
    let step = line_step(&rows);
    let mut out = String::new();
    let mut above: Option<f32> = None;
    for (base, mut row) in rows {
        if let Some(above) = above {
            // Space between lines is shown as empty rows, but no more than a reader needs to see it.
            let empty = ((base - above) / step).round() as usize;
            for _ in 1..empty.min(4) {
                out.push('\n');
            }
        }
        above = Some(base);
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
        let mut width = 0;
        for (at, piece) in row.iter().enumerate() {
            let column = (((piece.left - left) / cell).round().max(0.0) as usize).min(MOST);
            let from = if at == 0 {
                column
            } else {
                column.max(width + 2)
            };
            out.extend(std::iter::repeat_n(' ', from - width));
            out.push_str(piece.text);
            width = from + piece.text.chars().count();
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out
}

/// A stretch of a line: all of it, or one of its cells.
struct Piece<'a> {
    text: &'a str,
    left: f32,
    right: f32,
    /// The bottom of its box.
    base: f32,
    size: f32,
}

/// The pieces of all lines, each with its place. Lines that run upwards or downwards begin where their box does.
fn pieces(page: &RawPage) -> Vec<Piece<'_>> {
    let mut pieces = Vec::with_capacity(page.lines.len());
    let turn = turn(page);
    for line in &page.lines {
        let Some(text) = page.text.get(line.start..line.end) else {
            continue;
        };
        if turn == 0 {
            cells(text, line, &mut pieces);
        } else {
            let line = Line {
                bbox: turned(line.bbox, turn),
                ..line.clone()
            };
            cells(text, &line, &mut pieces);
        }
    }
    pieces
}

/// How most lines of the page run, in quarter turns clockwise from left to right, as their boxes and their order tell.
fn turn(page: &RawPage) -> u8 {
    let long = |line: &&Line| line.end - line.start > 3;
    let tall = |line: &&Line| {
        let [left, top, right, bottom] = line.bbox;
        bottom - top > right - left
    };
    let lines = page.lines.iter().filter(long);
    let (all, upright) = (lines.clone().count(), lines.filter(tall).count());
    // How many lines stand further along an axis than the line before, and how many less far.
    let steps = |axis: usize| {
        let steps = page
            .lines
            .windows(2)
            .map(|pair| pair[1].bbox[axis] - pair[0].bbox[axis]);
        let far = |step: &f32| step.abs() > 2.0;
        let (on, all) = (steps.clone().filter(|step| *step > 2.0), steps.filter(far));
        (on.count(), all.count())
    };
    let (right, across) = steps(0);
    let (down, along) = steps(1);
    if all > 0 && upright * 5 > all * 4 {
        if right * 2 > across { 3 } else { 1 }
    } else if along > 1 && down * 5 < along {
        2
    } else {
        0
    }
}

/// A box as one sees it who turns the page until its lines are level.
fn turned([left, top, right, bottom]: [f32; 4], turn: u8) -> [f32; 4] {
    match turn {
        1 => [top, -right, bottom, -left],
        2 => [-right, -bottom, -left, -top],
        3 => [-bottom, left, -top, right],
        _ => [left, top, right, bottom],
    }
}

/// The cells of a line. Where they begin on paper is kept in the line; without it they share the box by their letters.
fn cells<'a>(text: &'a str, line: &Line, pieces: &mut Vec<Piece<'a>>) {
    let [left, top, right, bottom] = line.bbox;
    let upright = right - left >= bottom - top || text.chars().count() < 3;
    let base = if upright { bottom } else { top + line.size };
    let all = text.chars().count().max(1) as f32;
    let mut before = 0;
    for (number, cell) in text.split('\t').enumerate() {
        let from = match (number, line.cells.get(number.wrapping_sub(1))) {
            (0, _) => left,
            (_, Some(&from)) => from,
            // Behind leaders: a page number at the line's right end.
            (_, None) if before + cell.chars().count() >= text.chars().count() => {
                right - 0.5 * line.size * cell.chars().count() as f32
            }
            (_, None) => left + (right - left) * before as f32 / all,
        };
        let to = line
            .cells
            .get(number)
            .copied()
            .filter(|_| upright)
            .unwrap_or(right);
        let count = cell.chars().count();
        before += count + 1;
        if !cell.trim().is_empty() {
            pieces.push(Piece {
                text: cell.trim(),
                left: from,
                right: to.max(from),
                base,
                size: line.size.max(1.0),
            });
        }
    }
}

/// Points that one character takes: such that nine of ten whole lines fit their width.
fn cell_width(pieces: &[Piece<'_>]) -> Option<f32> {
    let mut widths: Vec<f32> = pieces
        .iter()
        .filter(|piece| piece.text.chars().count() >= 4)
        .map(|piece| (piece.right - piece.left) / piece.text.chars().count() as f32)
        .filter(|width| width.is_finite() && *width > 0.5)
        .collect();
    if widths.is_empty() {
        widths = pieces.iter().map(|piece| 0.5 * piece.size).collect();
    }
    widths.sort_by(f32::total_cmp);
    let width = *widths.get(widths.len() / 10)?;
    Some(width.clamp(1.0, 40.0))
}

/// Points from one row to the next where lines follow each other.
fn line_step(rows: &[(f32, Vec<&Piece<'_>>)]) -> f32 {
    let mut steps: Vec<f32> = rows
        .windows(2)
        .map(|pair| pair[1].0 - pair[0].0)
        .filter(|step| *step > 2.0)
        .collect();
    steps.sort_by(f32::total_cmp);
    steps.get(steps.len() / 3).copied().unwrap_or(14.0)
}
