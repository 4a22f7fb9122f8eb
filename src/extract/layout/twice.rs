//! Letters and words that are drawn a second time a hair aside, to look bold → drawn once.
//!
//! Letters that stand double in a word stand as far apart as one of them is wide.

use crate::extract::interpret::{Drawing, Glyph};

/// What is drawn again stands within this share of the font size of where it stood, along the line and across.
const NEAR: f32 = 0.15;
/// So many runs back a second drawing is looked for: it follows at once.
const BACK: usize = 3;

/// Takes the second drawings out of `glyphs`, the numbers of those that are laid out.
pub(super) fn once(drawing: &Drawing, glyphs: &mut Vec<u32>) {
    let all = &drawing.glyphs;
    let mut twice: Vec<std::ops::Range<usize>> = Vec::new();
    // Where the last runs begin, on the page and among the glyphs; a run goes on until the writer sets the place anew.
    let mut runs = [(f32::NAN, f32::NAN, 0); BACK];
    for (at, glyph) in all.iter().enumerate() {
        if !glyph.placed {
            continue;
        }
        // Hardly any run begins where one of the last did: all else is asked of those alone.
        let limit = NEAR * glyph.size;
        let again = runs.iter().any(|&(u0, v, run)| {
            (u0 - glyph.u0).abs() < limit
                && (v - glyph.v).abs() < limit
                && near(&all[run], glyph)
                && repeats(drawing, run, at)
        });
        if again {
            twice.push(at..end(all, at));
        } else {
            runs.rotate_right(1);
            runs[0] = (glyph.u0, glyph.v, at);
        }
    }
    if twice.is_empty() {
        return;
    }
    glyphs.retain(|&number| {
        let number = number as usize;
        let behind = twice.partition_point(|run| run.start <= number);
        !twice[..behind]
            .last()
            .is_some_and(|run| run.contains(&number))
    });
}

/// Whether two glyphs of one size stand at nearly the same place.
fn near(a: &Glyph, b: &Glyph) -> bool {
    let limit = NEAR * a.size;
    (a.u0 - b.u0).abs() < limit
        && (a.v - b.v).abs() < limit
        && a.dir == b.dir
        && a.size == b.size
        && !b.hidden
        && (a.u0 - b.u0).abs() < 0.5 * (a.u1 - a.u0)
}

/// Where the run that begins at `at` ends.
fn end(all: &[Glyph], at: usize) -> usize {
    let length = all[at + 1..].iter().position(|glyph| glyph.placed);
    length.map_or(all.len(), |length| at + 1 + length)
}

/// Whether the whole run that begins at `again` was drawn from `run` on; blanks alone may be drawn as often as they like.
fn repeats(drawing: &Drawing, run: usize, again: usize) -> bool {
    let all = &drawing.glyphs;
    let text = |glyph: &Glyph| &drawing.text[glyph.start as usize..glyph.end as usize];
    // Letters that nobody knows may be different ones.
    let same = |first: &str, second: &str| first == second && !first.contains('\u{fffd}');
    let second = &all[again..end(all, again)];
    let first = &all[run..again];
    second.len() <= first.len()
        && second.iter().any(|glyph| !glyph.blank)
        && second
            .iter()
            .zip(first)
            .all(|(second, first)| near(first, second) && same(text(first), text(second)))
}
