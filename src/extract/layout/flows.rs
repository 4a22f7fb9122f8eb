//! Lines that a tagger calls artifacts although they are body → the body, where they are drawn.
//!
//! What a writer calls a running head or foot is one. But some taggers call lines of the body artifacts without saying of what
//! kind; these stand below the text that is drawn before them, as the next lines of a text do.

use crate::extract::interpret::{Artifact, Drawing, Glyph};

/// Such a line stands within so many font sizes below the one before.
const NEAR: f32 = 4.0;
/// Below this share of the page, only what has more of the text below it is no foot.
const LOW: f32 = 0.85;

/// A stretch of marked content: the lines that it begins and ends with.
struct Stretch {
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
    let low = LOW * drawing.size.1;
    let marks = &mut drawing.marks;
    let runs: Vec<&[Glyph]> = own
        .chunk_by(|a, b| a.mark == b.mark)
        .filter(|run| {
            let mark = &marks[run[0].mark as usize];
            let counts = is_other(mark.artifact) || mark.artifact.is_none() && mark.mcid.is_some();
            counts && run.iter().any(is_shown)
        })
        .collect();
    // Most such artifacts are lines and fills, and where each run stands is asked of few.
    let mut above: Option<&[Glyph]> = None;
    let mut end: Option<Place> = None;
    for (at, &run) in runs.iter().enumerate() {
        let mark = &mut marks[run[0].mark as usize];
        if is_other(mark.artifact) {
            let Some(stretch) = Stretch::of(run) else {
                continue;
            };
            end = end.or_else(|| above.and_then(Stretch::of).map(|above| above.last));
            let goes_on = end.is_some_and(|end| stretch.first.is_below(&end));
            let more = || {
                let next = runs.get(at + 1).and_then(|next| Stretch::of(next));
                next.is_some_and(|next| next.first.is_below(&stretch.last))
            };
            if !goes_on || stretch.last.v > low && !more() {
                continue;
            }
            mark.artifact = Some(Artifact::Body);
        }
        (above, end) = (Some(run), None);
    }
}

/// Whether a glyph is part of level text.
fn is_shown(glyph: &Glyph) -> bool {
    !glyph.blank && glyph.dir == 0
}

impl Stretch {
    /// A stretch of level text; nothing when it shows none.
    fn of(glyphs: &[Glyph]) -> Option<Stretch> {
        let shown = || glyphs.iter().filter(|glyph| is_shown(glyph));
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
