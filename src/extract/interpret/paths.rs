//! Paths → the rules among them: straight lines along the page's edges, as the borders of a table are.

use super::Matrix;
use super::drawing::Drawing;

/// What is thinner than this, in points, is a line.
const THIN: f32 = 3.0;
/// Rules of one page that are kept, and pieces of one path.
const MOST: usize = 3_000;

/// The path that is being made: the boxes of its straight pieces in points from the page's top left corner.
#[derive(Debug, Default)]
pub(super) struct Path {
    pen: (f32, f32),
    pieces: Vec<[f32; 4]>,
    shape: Shape,
    /// Whether it is to clip what is drawn after it.
    clips: bool,
}

/// What a path is, as far as it matters to what it clips.
#[derive(Clone, Copy, Debug, Default)]
enum Shape {
    #[default]
    Empty,
    /// One rectangle along the page's edges.
    Box([f32; 4]),
    Other,
}

impl Path {
    /// Sets the pen down.
    pub(super) fn begin(&mut self, ctm: &Matrix, x: f32, y: f32) {
        self.pen = place(ctm, x, y);
        self.shape = Shape::Other;
    }

    /// Draws a curve.
    pub(super) fn curve(&mut self) {
        self.shape = Shape::Other;
    }

    /// Makes the path one that clips.
    pub(super) fn clips(&mut self) {
        self.clips = true;
    }

    /// Draws a straight line.
    pub(super) fn line(&mut self, ctm: &Matrix, x: f32, y: f32) {
        let to = place(ctm, x, y);
        self.keep(self.pen, to);
        self.pen = to;
        self.shape = Shape::Other;
    }

    /// Draws a rectangle: a thin one is a line, of others the edges are.
    pub(super) fn rectangle(&mut self, ctm: &Matrix, [x, y, width, height]: [f32; 4]) {
        let (a, b) = (place(ctm, x, y), place(ctm, x + width, y + height));
        let is_level = ctm[1] == 0.0 && ctm[2] == 0.0 || ctm[0] == 0.0 && ctm[3] == 0.0;
        self.shape = match self.shape {
            Shape::Empty if is_level => {
                Shape::Box([a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1)])
            }
            _ => Shape::Other,
        };
        if (a.0 - b.0).abs() < THIN || (a.1 - b.1).abs() < THIN {
            self.keep(a, b);
        } else {
            for (from, to) in [
                (a, (b.0, a.1)),
                (a, (a.0, b.1)),
                (b, (b.0, a.1)),
                (b, (a.0, b.1)),
            ] {
                self.keep(from, to);
            }
        }
    }

    fn keep(&mut self, a: (f32, f32), b: (f32, f32)) {
        let piece = [a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1)];
        let is_straight = piece[2] - piece[0] < THIN || piece[3] - piece[1] < THIN;
        if is_straight && self.pieces.len() < MOST {
            self.pieces.push(piece);
        }
    }

    /// Ends the path; one that is painted leaves its rules on the page. Gives the box that it clips to, if it is one.
    pub(super) fn end(&mut self, painted: bool, drawing: &mut Drawing) -> Option<[f32; 4]> {
        if painted {
            let room = MOST.saturating_sub(drawing.rules.len());
            drawing.rules.extend(self.pieces.iter().take(room));
        }
        self.pieces.clear();
        let (shape, clips) = (self.shape, self.clips);
        (self.shape, self.clips) = (Shape::Empty, false);
        match shape {
            Shape::Box(frame) if clips => Some(frame),
            _ => None,
        }
    }
}

fn place(ctm: &Matrix, x: f32, y: f32) -> (f32, f32) {
    let [a, b, c, d, e, f] = *ctm;
    (a * x + c * y + e, b * x + d * y + f)
}
