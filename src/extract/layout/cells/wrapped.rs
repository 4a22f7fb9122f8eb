//! Lines with tabs whose last column does not fit (a row of names below which each one signs), so that its end stands on a
//! line of its own, below the first column → the row, its last column whole.

use std::ops::Range;

use super::super::segments::Segment;
use super::super::{Row, is_stretched};
use super::{Page, Part, TableRow, begins_item};

/// The line that goes on stands below the row within these font sizes.
const STEP: Range<f32> = 0.9..1.7;
/// Places that differ by less than this share of the font size are the same.
const SAME: f32 = 0.3;
/// What ends this close to the edge of the text, in font sizes, is set against it.
const AT_THE_EDGE: f32 = 0.2;
/// The blank between two words, in font sizes.
const BLANK: f32 = 0.25;

/// A line that goes on what the row above it has in its last column.
pub(super) struct Wrapped {
    /// The parts of the row.
    row: Range<usize>,
    /// The one part of the line, behind them, and its segments.
    tail: usize,
    segments: Range<usize>,
    /// Whether the text goes on below the line: it is a paragraph then, and no row of a table.
    goes_on: bool,
}

impl Page<'_> {
    /// Finds such lines; they are no part of any table.
    pub(super) fn find_wrapped(&mut self) {
        let mut at = 0;
        while at < self.parts.len() {
            let next = self.next_row(at);
            if next - at > 1
                && self.next_row(next) == next + 1
                && let Some(wrapped) = self.wrapped(at..next, next)
            {
                self.parts[next].segments = 0..0;
                self.wrapped.push(wrapped);
            }
            at = next;
        }
    }

    fn wrapped(&self, row: Range<usize>, tail: usize) -> Option<Wrapped> {
        let (first, last) = (&self.parts[row.start], &self.parts[row.end - 1]);
        let line = self.parts.get(tail)?;
        let size = first.size;
        let near = |a: f32, b: f32| (a - b).abs() < SAME * size;
        let is_text = |part: usize| {
            let part = &self.parts[part];
            part.cell == 0 && !part.segments.is_empty() && (part.size - size).abs() < 0.1 * size
        };
        let stands = (row.start..=tail).all(is_text)
            && near(line.u0, first.u0)
            && STEP.contains(&((line.v - last.v) / size));
        if !stands {
            return None;
        }
        let (head, end, text) = (self.text(first), self.text(last), self.text(line));
        let word = text.split_whitespace().next()?;
        let segments: Vec<&Segment> = row
            .clone()
            .flat_map(|part| self.segments_of(part))
            .map(|&at| &self.segments[at])
            .collect();
        if head.ends_with('-') || begins_item(word) || is_stretched(&segments) {
            return None;
        }
        let is_broken = end.ends_with('-');
        // Where a line ends at a blank, its writer draws the blank: not behind the columns that are whole.
        let trails = |part: usize| {
            let last = self.segments_of(part).last();
            last.is_some_and(|&last| self.segments[last].trails)
        };
        let is_open = trails(row.end - 1) && !trails(row.start);
        let is_one_block =
            first.block != 0 && first.block == last.block && line.block == last.block;
        if !is_broken && !is_open && !is_one_block {
            return None;
        }
        // Looking at all of the page is left to those that a sign speaks for.
        let edge = self.edge(last)?;
        let is_set = last.u1 > edge - AT_THE_EDGE * size;
        let share = word.chars().count() as f32 / text.chars().count().max(1) as f32;
        let wide = BLANK * size + share * (line.u1 - line.u0);
        let is_full = last.u1 + wide > edge;
        let says_so = is_broken || is_one_block || is_open && !is_set;
        (says_so && is_full).then(|| Wrapped {
            row,
            tail,
            segments: line.segments.clone(),
            goes_on: line.u1 > edge - 4.0 * size,
        })
    }

    /// Where the text of the page ends, but for this part; nothing where it is all there is.
    fn edge(&self, part: &Part) -> Option<f32> {
        self.spend(self.parts.len())?;
        let others = self.parts.iter().filter(|other| {
            !other.segments.is_empty() && (other.row, other.u0) != (part.row, part.u0)
        });
        others.map(|other| other.u1).reduce(f32::max)
    }

    /// The rows that are whole with the line below them, unless `rows` says what they are.
    pub(super) fn rows_with_their_ends(&self, rows: &[TableRow]) -> Vec<TableRow> {
        let whole = self.wrapped.iter().filter(|wrapped| {
            let row = self.parts[wrapped.row.start].row;
            !wrapped.goes_on && !rows.iter().any(|known| known.rows.contains(&row))
        });
        let whole = whole.map(|wrapped| {
            let mut cells: Vec<Vec<Row>> = Vec::with_capacity(wrapped.row.len());
            cells.extend(
                wrapped
                    .row
                    .clone()
                    .map(|part| vec![self.segments_of(part).to_vec()]),
            );
            if let Some(last) = cells.last_mut() {
                last.push(self.numbers[wrapped.segments.clone()].to_vec());
            }
            let first = self.parts[wrapped.row.start].row;
            TableRow {
                rows: first..self.parts[wrapped.tail].row + 1,
                cells,
            }
        });
        whole.collect()
    }
}
