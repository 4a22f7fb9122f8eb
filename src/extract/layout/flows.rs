//! Lines that a tagger calls artifacts although they are body → the body, where they are drawn.
//!
//! What a writer calls a running head or foot is one. But some taggers call lines of the body artifacts without saying of what
//! kind; these stand below the text that is drawn before them, as the next lines of a text do.

use crate::extract::interpret::{Artifact, Drawing, Glyph};

/// Such a line stands within so many font sizes below the one before.
const NEAR: f32 = 4.0;
/// Below this share of the page, only what has more of the text below it is no foot.
const LOW: f32 = 0.85;

/// A stretch of marked content: its mark, and the lines that it begins and ends with.
struct Stretch {
    mark: usize,
    first: Place,
    last: Place,
}

/// Where a line stands.
#[derive(Clone, Copy)]
struct Place {
    u0: f32,
    u1: f32,
    v: f32,
    size: f32,
}

/// Says of the artifacts that are lines of the body that they are.
pub(super) fn settle(drawing: &mut Drawing) {
    let is_other = |artifact| artifact == Some(Artifact::Other);
    if !drawing.marks.iter().any(|mark| is_other(mark.artifact)) {
        return;
    }
    let own = &drawing.glyphs[..drawing.beside().min(drawing.glyphs.len())];
    let stretches: Vec<Stretch> = own
        .chunk_by(|a, b| a.mark == b.mark)
        .filter_map(Stretch::of)
        .filter(|stretch| {
            let mark = &drawing.marks[stretch.mark];
            is_other(mark.artifact) || mark.artifact.is_none() && mark.mcid.is_some()
        })
        .collect();
    let low = LOW * drawing.size.1;
    let mut above: Option<Place> = None;
    for (at, stretch) in stretches.iter().enumerate() {
        let mark = &mut drawing.marks[stretch.mark];
        if is_other(mark.artifact) {
            let goes_on = above.is_some_and(|above| stretch.first.is_below(&above));
            let more = || {
                let next = stretches.get(at + 1);
                next.is_some_and(|next| next.first.is_below(&stretch.last))
            };
            if !goes_on || stretch.last.v > low && !more() {
                continue;
            }
            mark.artifact = Some(Artifact::Body);
        }
        above = Some(stretch.last);
    }
}

impl Stretch {
    /// A stretch of level text; nothing when it shows none.
    fn of(glyphs: &[Glyph]) -> Option<Stretch> {
        let shown = || glyphs.iter().filter(|glyph| !glyph.blank && glyph.dir == 0);
        let first = shown().next()?;
        let last = shown().next_back()?;
        let place = |line: &Glyph| {
            let on_line = shown().filter(|glyph| (glyph.v - line.v).abs() < 0.2 * line.size);
            on_line.fold(
                Place {
                    u0: line.u0,
                    u1: line.u1,
                    v: line.v,
                    size: line.size,
                },
                |place, glyph| Place {
                    u0: place.u0.min(glyph.u0),
                    u1: place.u1.max(glyph.u1),
                    ..place
                },
            )
        };
        Some(Stretch {
            mark: first.mark as usize,
            first: place(first),
            last: place(last),
        })
    }
}

impl Place {
    fn is_below(&self, above: &Place) -> bool {
        let size = self.size.max(above.size);
        (0.5 * size..NEAR * size).contains(&(self.v - above.v))
            && self.u0 < above.u1
            && above.u0 < self.u1
    }
}
