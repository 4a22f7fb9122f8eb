//! Outlines of a font program → the letters that they show, for fonts that say it in no other way.
//!
//! An outline is known by a hash of its points (TrueType) or of its drawing program (CFF). The table holds those of the free
//! fonts that stand in for Arial, Times New Roman, Courier New and others in office programs; a subset of them, numbered anew
//! and stripped of its names, can still be read so. Outlines that the table lacks stay unknown.

use std::sync::LazyLock;

use super::truetype::table;
use super::{u16_at, u32_at};
use crate::extract::encoding;

static SHAPES: LazyLock<Vec<(u64, &str)>> = LazyLock::new(|| {
    encoding::rows(include_str!("../data/shapes.tsv"))
        .filter_map(|line| {
            let (hash, text) = line.split_once('\t')?;
            Some((u64::from_str_radix(hash, 16).ok()?, text))
        })
        .collect()
});

/// Outlines within outlines.
const DEEPEST: usize = 6;
/// Points of one outline; more are no letter.
const MOST_POINTS: usize = 4_000;

/// The text of each glyph number whose outline is known; a glyph without outline is a blank.
pub(super) fn known(font: &[u8]) -> Vec<(u16, String)> {
    read(font).unwrap_or_default()
}

fn read(font: &[u8]) -> Option<Vec<(u16, String)>> {
    let head = table(font, b"head")?;
    let outlines = Outlines {
        glyf: table(font, b"glyf")?,
        loca: table(font, b"loca")?,
        long: u16_at(head, 50)? != 0,
    };
    let units = u16_at(head, 18)?;
    let count = u16_at(table(font, b"maxp")?, 4)?;
    let mut out = Vec::new();
    for gid in 1..count {
        let mut shape = Shape::default();
        match outlines.add(gid, (0, 0), &mut shape, 0) {
            Some(true) if shape.points.is_empty() => out.push((gid, " ".to_owned())),
            Some(true) => out.extend(text_of(shape.hash(units)).map(|text| (gid, text))),
            _ => {}
        }
    }
    Some(out)
}

/// An outline: the last point of each contour, and the points.
#[derive(Default)]
struct Shape {
    ends: Vec<u16>,
    points: Vec<(i16, i16, bool)>,
}

impl Shape {
    /// A hash over the units of the em, the ends and the points, big-endian.
    fn hash(&self, units: u16) -> u64 {
        let mut hash = fnv(START, &units.to_be_bytes());
        for end in &self.ends {
            hash = fnv(hash, &end.to_be_bytes());
        }
        for (x, y, on) in &self.points {
            hash = fnv(hash, &x.to_be_bytes());
            hash = fnv(hash, &y.to_be_bytes());
            hash = fnv(hash, &[u8::from(*on)]);
        }
        hash
    }
}

const START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a: `hash` carried on over `bytes`.
fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn text_of(hash: u64) -> Option<String> {
    let at = SHAPES.binary_search_by_key(&hash, |(hash, _)| *hash).ok()?;
    Some(SHAPES[at].1.to_owned())
}

/// The text of a glyph of a CFF program by its drawing program.
pub(super) fn drawn_by(program: &[u8]) -> Option<String> {
    // A width and `endchar`: a blank.
    if program.len() <= 6 && program.last() == Some(&14) {
        return Some(" ".to_owned());
    }
    text_of(fnv(fnv(START, b"CFF"), program))
}

struct Outlines<'a> {
    glyf: &'a [u8],
    loca: &'a [u8],
    long: bool,
}

impl Outlines<'_> {
    /// Adds the outline of `gid`, moved; says whether it could be read.
    fn add(&self, gid: u16, by: (i16, i16), shape: &mut Shape, depth: usize) -> Option<bool> {
        if depth > DEEPEST || shape.points.len() > MOST_POINTS {
            return Some(false);
        }
        let at = |number: usize| -> Option<usize> {
            Some(if self.long {
                u32_at(self.loca, number * 4)? as usize
            } else {
                usize::from(u16_at(self.loca, number * 2)?) * 2
            })
        };
        let (start, end) = (at(usize::from(gid))?, at(usize::from(gid) + 1)?);
        if start >= end {
            return Some(true);
        }
        let data = self.glyf.get(start..end.min(self.glyf.len()))?;
        let contours = u16_at(data, 0)? as i16;
        if contours >= 0 {
            simple(data, contours as usize, by, shape)
        } else {
            self.composite(data, by, shape, depth)
        }
    }

    fn composite(
        &self,
        data: &[u8],
        by: (i16, i16),
        shape: &mut Shape,
        depth: usize,
    ) -> Option<bool> {
        let mut at = 10;
        loop {
            let flags = u16_at(data, at)?;
            let gid = u16_at(data, at + 2)?;
            at += 4;
            let (dx, dy) = if flags & 1 != 0 {
                at += 4;
                (u16_at(data, at - 4)? as i16, u16_at(data, at - 2)? as i16)
            } else {
                at += 2;
                (
                    i16::from(*data.get(at - 2)? as i8),
                    i16::from(*data.get(at - 1)? as i8),
                )
            };
            // Parts that are scaled or tied to points are not among the letters of the table.
            if flags & 2 == 0 || flags & (8 | 0x40 | 0x80) != 0 {
                return Some(false);
            }
            let moved = (by.0.wrapping_add(dx), by.1.wrapping_add(dy));
            if !self.add(gid, moved, shape, depth + 1)? {
                return Some(false);
            }
            if flags & 0x20 == 0 {
                return Some(true);
            }
        }
    }
}

fn simple(data: &[u8], contours: usize, by: (i16, i16), shape: &mut Shape) -> Option<bool> {
    let first = shape.points.len() as u16;
    let mut count = 0;
    for contour in 0..contours {
        let end = u16_at(data, 10 + contour * 2)?;
        count = usize::from(end) + 1;
        shape.ends.push(first.wrapping_add(end));
    }
    if count > MOST_POINTS {
        return Some(false);
    }
    let instructions = usize::from(u16_at(data, 10 + contours * 2)?);
    let mut at = 12 + contours * 2 + instructions;
    let mut flags = Vec::with_capacity(count);
    while flags.len() < count {
        let flag = *data.get(at)?;
        at += 1;
        flags.push(flag);
        if flag & 8 != 0 {
            let more = *data.get(at)?;
            at += 1;
            for _ in 0..more {
                flags.push(flag);
            }
        }
    }
    flags.truncate(count);
    let mut axis = |short: u8, same: u8, start: i16| -> Option<Vec<i16>> {
        let mut value = start;
        flags
            .iter()
            .map(|flag| {
                if flag & short != 0 {
                    let step = i16::from(*data.get(at)?);
                    at += 1;
                    value = if flag & same != 0 {
                        value.wrapping_add(step)
                    } else {
                        value.wrapping_sub(step)
                    };
                } else if flag & same == 0 {
                    value = value.wrapping_add(u16_at(data, at)? as i16);
                    at += 2;
                }
                Some(value)
            })
            .collect()
    };
    let xs = axis(2, 16, by.0)?;
    let ys = axis(4, 32, by.1)?;
    shape.points.extend(
        xs.into_iter()
            .zip(ys)
            .zip(&flags)
            .map(|((x, y), flag)| (x, y, flag & 1 != 0)),
    );
    Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_well_formed() {
        let rows: Vec<&str> = encoding::rows(include_str!("../data/shapes.tsv")).collect();
        assert_eq!(rows.len(), SHAPES.len(), "every row is read");
        assert!(
            SHAPES.windows(2).all(|pair| pair[0].0 < pair[1].0),
            "in order, none twice"
        );
    }
}
