//! The strings of a text operator → glyphs on the page.

use super::drawing::Glyph;
use super::{Interpreter, Matrix, concat};
use crate::extract::cmap::Written;
use crate::extract::font::Code;

/// How text goes over the page: what stays the same from string to string of one operator.
pub(super) struct Writing {
    /// Points for one unit of text space, along the line.
    length: f32,
    /// The font's size on the page, in points.
    size: f32,
    /// The number of the direction, and the direction.
    dir: u16,
    toward: (f32, f32),
    /// How far the line strays from that direction.
    slope: f32,
    /// What raised text is moved by, in points.
    rise: (f32, f32),
    /// The size and the scale that glyphs are set in, without their signs.
    stretch: (f32, f32),
    /// What is added behind a glyph, and behind a blank, in units of text space.
    char_space: f32,
    word_space: f32,
    backwards: bool,
    hidden: bool,
}

impl Interpreter<'_, '_> {
    /// A number within `TJ`: thousandths of the font size, backwards.
    pub(super) fn advance(&mut self, thousandths: f32) {
        let text = &self.state.text;
        let by = -thousandths / 1000.0 * text.size;
        if text.font.vertical {
            self.matrix[4] += by * self.matrix[2];
            self.matrix[5] += by * self.matrix[3];
        } else {
            let by = by * text.scale;
            self.matrix[4] += by * self.matrix[0];
            self.matrix[5] += by * self.matrix[1];
        }
    }

    /// How the text goes that is to be shown; nothing when no letter of it can be seen.
    pub(super) fn line_of_writing(&mut self) -> Option<Writing> {
        let text = &self.state.text;
        let m = concat(&self.matrix, &self.state.ctm);
        let backwards = text.size * text.scale < 0.0;
        let (along, across) = if text.font.vertical {
            ([-m[2], -m[3]], [m[0], m[1]])
        } else {
            let sign = if backwards { -1.0 } else { 1.0 };
            ([m[0] * sign, m[1] * sign], [m[2], m[3]])
        };
        let length = norm(along);
        let size = text.size.abs() * norm(across) * text.font.em;
        if !(length > 0.0 && length.is_finite() && size.is_finite()) {
            return None;
        }
        let dir = self.drawing.direction(along[0] / length, along[1] / length);
        let (dx, dy) = self.drawing.directions[usize::from(dir)];
        let stretch = if text.font.vertical {
            1.0
        } else {
            text.scale.abs()
        };
        let sign = if backwards { -1.0 } else { 1.0 };
        Some(Writing {
            length,
            size,
            dir,
            toward: (dx, dy),
            // The writer's direction may differ a little from the one it is counted among.
            slope: (along[1] * dx - along[0] * dy) / length,
            rise: (text.rise * m[2], text.rise * m[3]),
            stretch: (text.size.abs(), stretch),
            char_space: text.char_space * stretch * sign,
            word_space: (text.char_space + text.word_space) * stretch * sign,
            backwards,
            hidden: matches!(text.mode, 3 | 7),
        })
    }

    /// Takes back the glyphs from `first` on, all of one operator, if none of them stands within what is not clipped away.
    pub(super) fn clip_away(&mut self, line: &Writing, first: usize) {
        let Some([left, top, right, bottom]) = self.state.clip else {
            return;
        };
        let (dx, dy) = line.toward;
        // A clip may cut letters, and letters reach beyond their places.
        let room = line.size;
        let is_seen = |glyph: &Glyph| {
            let middle = (glyph.u0 + glyph.u1) / 2.0;
            let (x, y) = (middle * dx - glyph.v * dy, middle * dy + glyph.v * dx);
            x > left - room && x < right + room && y > top - room && y < bottom + room
        };
        let drawn = self.drawing.glyphs.get(first..).unwrap_or_default();
        if !drawn.iter().any(is_seen)
            && let Some(start) = drawn.first().map(|glyph| glyph.start)
        {
            self.drawing.text.truncate(start as usize);
            self.drawing.glyphs.truncate(first);
            // What is drawn next does not go on what nobody sees.
            self.placed = true;
        }
    }

    pub(super) fn show(&mut self, line: &Writing, bytes: &[u8]) {
        let text = &self.state.text;
        let font = &*text.font;
        let &Writing { length, slope, .. } = line;
        let [x, y] = moved_to(&self.matrix, &self.state.ctm);
        let (x, y) = (x + line.rise.0, y + line.rise.1);
        let (dx, dy) = line.toward;
        let (u, v) = (x * dx + y * dy, y * dx - x * dy);
        let off = self.marks.hidden();
        let mut moved = 0.0f32;
        let mut cut = false;
        let mark = self.marks.current();
        let drawing = &mut *self.drawing;
        // Most fonts take a code a byte.
        let widths = font.widths_of_bytes();
        let next = |rest: &[u8]| match widths {
            Some(widths) => rest.first().map(|&byte| Code {
                code: byte.into(),
                length: 1,
                width: widths[usize::from(byte)],
            }),
            None => font.next(rest),
        };
        let mut rest = bytes;
        while let Some(code) = next(rest) {
            if self.left == 0 {
                cut = true;
                break;
            }
            self.left -= 1;
            rest = rest.get(usize::from(code.length)..).unwrap_or_default();
            let advance = if font.vertical {
                text.size.abs()
            } else {
                code.width * font.unit * line.stretch.0 * line.stretch.1
            };
            let space = if code.length == 1 && code.code == 32 {
                line.word_space
            } else {
                line.char_space
            };
            if off {
                moved += advance + space;
                continue;
            }
            let start = drawing.text.len();
            let written = font.write(code.code, &mut drawing.text);
            if written == Written::Nothing {
                drawing.text.push('\u{fffd}');
            }
            let (from, to) = (u + moved * length, u + (moved + advance) * length);
            let (u0, u1) = if to < from { (to, from) } else { (from, to) };
            let glyph = Glyph {
                u0,
                u1,
                v: v + moved * length * slope,
                size: line.size,
                start: start as u32,
                end: drawing.text.len() as u32,
                dir: line.dir,
                mark,
                bold: font.bold,
                hidden: line.hidden,
                blank: written == Written::Blank,
                placed: std::mem::take(&mut self.placed),
                spaced: space * length,
            };
            drawing.push_toward(line.toward, glyph);
            moved += advance + space;
        }
        drawing.cut |= cut;
        if font.vertical {
            self.matrix[4] -= moved * self.matrix[2];
            self.matrix[5] -= moved * self.matrix[3];
        } else {
            let moved = if line.backwards { -moved } else { moved };
            self.matrix[4] += moved * self.matrix[0];
            self.matrix[5] += moved * self.matrix[1];
        }
    }
}

/// Where `first`, then `then` moves the origin to: the last two numbers of [`concat()`].
fn moved_to(first: &Matrix, then: &Matrix) -> [f32; 2] {
    let [.., e, f] = *first;
    let [ta, tb, tc, td, te, tf] = *then;
    [e * ta + f * tc + te, e * tb + f * td + tf]
}

/// The length of a vector; `hypot` guards against overflow, which a page's points do not reach, and is slow.
fn norm([x, y]: [f32; 2]) -> f32 {
    (x * x + y * y).sqrt()
}
