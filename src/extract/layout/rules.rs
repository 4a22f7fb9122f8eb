//! The straight lines that a page draws → what they part: words that stand close to each other, cells of a table.

use super::Row;
use super::segments::Segment;
use crate::extract::interpret::Drawing;

/// Pieces of text times rules that are looked at on one page.
const MOST_LOOKS: usize = 4_000_000;
/// What is thinner than this, in points, is a line.
const THIN: f32 = 3.0;

/// The rules of a page.
pub(super) struct Rules {
    /// Height, from, to.
    level: Vec<[f32; 3]>,
    /// Place, from, to.
    upright: Vec<[f32; 3]>,
}

/// What stands around a piece of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds {
    pub(super) top: f32,
    pub(super) bottom: f32,
    /// The upright rules at its sides.
    pub(super) sides: Option<(f32, f32)>,
}

impl Rules {
    /// The rules of a page; none when it has more of them than is worth looking at.
    pub(super) fn of(drawing: &Drawing, pieces: usize) -> Rules {
        let mut rules = Rules {
            level: Vec::new(),
            upright: Vec::new(),
        };
        if pieces.saturating_mul(drawing.rules.len()) > MOST_LOOKS {
            return rules;
        }
        for &[left, top, right, bottom] in &drawing.rules {
            if bottom - top < THIN && right - left > 2.0 * THIN {
                rules.level.push([(top + bottom) / 2.0, left, right]);
            } else if right - left < THIN && bottom - top > 2.0 * THIN {
                rules.upright.push([(left + right) / 2.0, top, bottom]);
            }
        }
        rules
    }

    /// Whether an upright rule stands between two places of a line of `size` with this baseline.
    fn parts(&self, from: f32, to: f32, v: f32, size: f32) -> bool {
        let middle = v - 0.35 * size;
        self.upright.iter().any(|&[place, top, bottom]| {
            place > from - 0.1 * size
                && place < to + 0.1 * size
                && top < middle
                && bottom > middle
                && bottom - top > 0.9 * size
        })
    }

    /// Whether a short rule stands above a line that begins at `u0` on the baseline `v`, as one parts notes from the text.
    pub(super) fn open_notes(&self, u0: f32, v: f32, size: f32) -> bool {
        self.level.iter().any(|&[height, from, to]| {
            (v - 3.5 * size..v - 0.5 * size).contains(&height)
                && (from - u0).abs() < 2.0 * size
                && (4.0 * size..30.0 * size).contains(&(to - from))
        })
    }

    /// The rules above and below a piece of text, and those at its sides.
    pub(super) fn around(&self, u0: f32, u1: f32, v: f32, size: f32) -> Option<Bounds> {
        let middle = (u0 + u1) / 2.0;
        let (mut top, mut bottom) = (f32::MIN, f32::MAX);
        for &[height, from, to] in &self.level {
            if middle < from - 1.0 || middle > to + 1.0 {
                continue;
            }
            // A line under words alone is no border.
            let underlines = height < v + 0.35 * size && to - from < u1 - u0 + 0.8 * size;
            if height <= v - 0.6 * size {
                top = top.max(height);
            } else if height >= v + 0.08 * size && !underlines {
                bottom = bottom.min(height);
            }
        }
        if top == f32::MIN || bottom == f32::MAX {
            return None;
        }
        let (mut left, mut right) = (f32::MIN, f32::MAX);
        let height = v - 0.35 * size;
        for &[place, from, to] in &self.upright {
            if height < from || height > to {
                continue;
            }
            if place <= u0 + 0.2 * size {
                left = left.max(place);
            } else if place >= u1 - 0.2 * size {
                right = right.min(place);
            }
        }
        let sides = (left > f32::MIN && right < f32::MAX).then_some((left, right));
        Some(Bounds { top, bottom, sides })
    }
}

/// Parts what an upright rule parts.
pub(super) fn part(rules: &Rules, segments: &mut Vec<Segment>, rows: &mut [Row]) {
    if rules.upright.is_empty() {
        return;
    }
    for row in rows {
        let mut place = 0;
        while let Some(&number) = row.get(place) {
            let segment = &segments[number];
            let (v, size) = (segment.v, segment.size);
            if segment.dir == 0 {
                let seam = segment
                    .seams
                    .iter()
                    .position(|seam| rules.parts(seam.from, seam.to, v, size));
                let ruled = place > 0 && {
                    let before = &segments[row[place - 1]];
                    before.u1 < segment.u0 + 0.3 * size
                        && rules.parts(before.u1, segment.u0, v, size)
                };
                if let Some(tail) = seam.and_then(|seam| segments[number].part(seam)) {
                    row.insert(place + 1, segments.len());
                    segments.push(tail);
                }
                if ruled {
                    segments[number].apart = true;
                }
            }
            place += 1;
        }
    }
}
