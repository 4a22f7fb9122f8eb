//! The lines of the cells of a row → the one line that the row of a table is.

use super::cells::TableRow;
use super::segments::Segment;
use super::{Laid, PaperLine, Piece, Row};
use crate::extract::interpret::Drawing;
use crate::extract::{joins, letters};
use crate::lexicon;

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
    let widest = cell
        .iter()
        .map(|(line, _)| line.bbox[2] - line.bbox[0])
        .fold(0.0, f32::max);
    let mut before: Option<&PaperLine> = None;
    for (line, _) in cell {
        if line.text.contains('\t') {
            return None;
        }
        let mut next = line.text.clone();
        let torn = before.is_some_and(|before| is_torn(before, widest, &next));
        before = Some(line);
        if torn {
            let rest = next.split_once(' ').map_or("", |parts| parts.1).to_owned();
            let end = next.len() - rest.len();
            text.push_str(next[..end].trim_end());
            next = rest;
        }
        let broken = torn || !text.is_empty() && joins::complete(&mut text, &mut next);
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

/// Letters that a word has at least which is too long for its cell.
const LONG: usize = 6;

/// Whether a line is the beginning of a word that is too long for its cell, broken without a hyphen, and `next` goes on with
/// it: the word stands alone on its line, and no other is wider.
fn is_torn(line: &PaperLine, widest: f32, next: &str) -> bool {
    let head = line.text.as_str();
    let tail = next.split(' ').next().unwrap_or_default();
    let tail = tail.trim_end_matches([',', '.', ':', ';']);
    let is_word = |text: &str| !text.is_empty() && text.chars().all(char::is_alphabetic);
    let stands_alone = is_word(head)
        && head.chars().count() >= LONG
        && line.bbox[2] - line.bbox[0] > widest - 0.5 * line.size;
    if !stands_alone || !is_word(tail) || !tail.starts_with(char::is_lowercase) {
        return false;
    }
    let is_letter = tail.chars().count() == 1 && !matches!(tail, "i" | "å" | "ö");
    let whole = || joins::is_word(&format!("{head}{tail}").to_lowercase());
    let torn = || !joins::is_word(head) || !lexicon::is_known(tail);
    is_letter && !joins::is_word(head) || (is_letter || torn()) && whole()
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
