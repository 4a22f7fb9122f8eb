//! The lines of the cells of a row → the one line that the row of a table is.

use super::cells::TableRow;
use super::segments::Segment;
use super::{Laid, PaperLine, Piece, Row};
use crate::extract::interpret::Drawing;
use crate::extract::{joins, letters};

impl TableRow {
    /// The line that the row is.
    pub(super) fn laid(&self, drawing: &Drawing, segments: &[Segment]) -> Option<Laid> {
        let lines = |cell: &Vec<Row>| {
            let lines = cell.iter();
            lines
                .filter_map(|row| super::line(drawing, segments, row, false))
                .map(|laid| (laid.line, laid.first))
                .collect()
        };
        row(self.cells.iter().map(lines).collect())
    }
}

/// The line of a row of a table, from the lines of its cells and their baselines.
fn row(cells: Vec<Vec<(PaperLine, f32)>>) -> Option<Laid> {
    let cells = cells.into_iter().filter(|cell| !cell.is_empty());
    let mut laid: Option<Laid> = None;
    let (mut bold, mut all) = (0, 0);
    for cell in cells {
        let (left, right) = cell
            .iter()
            .fold((f32::MAX, f32::MIN), |(left, right), (line, _)| {
                (left.min(line.bbox[0]), right.max(line.bbox[2]))
            });
        let first = cell[0].1;
        let last = cell[cell.len() - 1].1;
        for (line, _) in &cell {
            all += line.text.len();
            bold += if line.bold { line.text.len() } else { 0 };
        }
        let (text, pieces) = words(&cell)?;
        match &mut laid {
            None => {
                let mut line = cell.into_iter().next()?.0;
                (line.text, line.pieces) = (text, pieces);
                line.bbox = enclosing(&line.pieces);
                laid = Some(Laid {
                    line,
                    first,
                    last,
                    ends: vec![right],
                });
            }
            Some(laid) => {
                let line = &mut laid.line;
                line.text.push('\t');
                let at = line.text.len();
                line.text.push_str(&text);
                line.pieces.extend(pieces.into_iter().map(|piece| Piece {
                    start: piece.start + at,
                    end: piece.end + at,
                    ..piece
                }));
                line.cells.push(left);
                line.bbox = enclosing(&line.pieces);
                laid.first = laid.first.min(first);
                laid.last = laid.last.max(last);
                laid.ends.push(right);
            }
        }
    }
    let mut laid = laid?;
    laid.ends.pop();
    laid.line.bold = bold * 2 > all;
    laid.line.frame = laid.line.bbox;
    Some(laid)
}

/// The text of a cell, and where its lines stand in it.
fn words(cell: &[(PaperLine, f32)]) -> Option<(String, Vec<Piece>)> {
    let mut text = String::new();
    let mut pieces: Vec<Piece> = Vec::new();
    for (line, _) in cell {
        if line.text.contains('\t') {
            return None;
        }
        let mut next = line.text.clone();
        let broken = !text.is_empty() && joins::complete(&mut text, &mut next);
        if let Some(piece) = pieces.last_mut() {
            piece.end = text.len();
        }
        if broken && next.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(&next);
        pieces.push(Piece {
            start,
            end: text.len(),
            bbox: line.bbox,
            size: line.size,
            bold: line.bold,
        });
    }
    if text.ends_with(letters::SOFT_HYPHEN) {
        text.pop();
        text.push('-');
        pieces.last_mut()?.end = text.len();
    }
    Some((text, pieces))
}

fn enclosing(pieces: &[Piece]) -> [f32; 4] {
    pieces
        .iter()
        .fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |all, piece| {
            let [left, top, right, bottom] = piece.bbox;
            [
                all[0].min(left),
                all[1].min(top),
                all[2].max(right),
                all[3].max(bottom),
            ]
        })
}
