//! What the structure tree says is meant by a stretch of a page → in the place of what its glyphs show.

use std::sync::Arc;

use crate::extract::interpret::Drawing;
use crate::extract::letters;
use crate::extract::structure::Item;

/// Gives the glyphs of elements that have a text of their own that text.
pub(super) fn replace(drawing: &mut Drawing, tree: &[Item]) {
    if tree.iter().all(|item| item.actual.is_none()) {
        return;
    }
    let same = |a: &Item, b: &Item| match (&a.actual, &b.actual) {
        (Some(a), Some(b)) => Arc::ptr_eq(a, b),
        (None, None) => true,
        _ => false,
    };
    // The runs of glyphs of each mark, in order of their marks.
    let mut runs: Vec<(i32, usize, usize)> = Vec::new();
    let beside = drawing.beside().min(drawing.glyphs.len());
    let mut from = 0;
    for run in drawing.glyphs[..beside].chunk_by(|a, b| a.mark == b.mark) {
        let mark = &drawing.marks[run[0].mark as usize];
        if let (Some(mcid), None) = (mark.mcid, mark.artifact) {
            runs.push((mcid, from, from + run.len()));
        }
        from += run.len();
    }
    runs.sort_unstable();
    for items in tree.chunk_by(same) {
        let Some(meant) = &items[0].actual else {
            continue;
        };
        let mut glyphs: Vec<usize> = Vec::new();
        for item in items {
            let first = runs.partition_point(|run| run.0 < item.mcid);
            let own = runs[first..].iter().take_while(|run| run.0 == item.mcid);
            glyphs.extend(own.flat_map(|run| run.1..run.2));
        }
        glyphs.sort_unstable();
        glyphs.dedup();
        put(drawing, &glyphs, &letters::meant(meant));
    }
}

/// Puts `meant` in the place of what the glyphs of these numbers show.
fn put(drawing: &mut Drawing, glyphs: &[usize], meant: &str) {
    let text = |at: &usize| {
        let glyph = &drawing.glyphs[*at];
        &drawing.text[glyph.start as usize..glyph.end as usize]
    };
    let shown = || glyphs.iter().flat_map(|at| text(at).chars());
    let says = |char: &char| !char.is_whitespace() && *char != '-' && *char != letters::SOFT_HYPHEN;
    // That a hyphen breaks a word, and is no letter of it, is worth knowing.
    let breaks = meant.chars().eq([letters::SOFT_HYPHEN]);
    let is_said = !breaks && shown().filter(says).eq(meant.chars().filter(says));
    // An element that is said to be nothing may be a hyphen, but no text.
    let is_lost = meant.trim().is_empty() && shown().any(char::is_alphanumeric);
    let first = glyphs.iter().find(|at| !drawing.glyphs[**at].blank);
    let (Some(&first), false, false) = (first, is_said, is_lost) else {
        return;
    };
    let (v, size, dir) = {
        let glyph = &drawing.glyphs[first];
        (glyph.v, glyph.size, glyph.dir)
    };
    let on_line = glyphs.iter().map(|at| &drawing.glyphs[*at]);
    let on_line = on_line.filter(|glyph| glyph.dir == dir && (glyph.v - v).abs() < 0.5 * size);
    let (u0, u1) = on_line.fold((f32::MAX, f32::MIN), |(u0, u1), glyph| {
        (u0.min(glyph.u0), u1.max(glyph.u1))
    });
    for &at in glyphs {
        let glyph = &mut drawing.glyphs[at];
        glyph.end = glyph.start;
    }
    let start = drawing.text.len() as u32;
    drawing.text.push_str(meant.trim());
    let end = drawing.text.len() as u32;
    let glyph = &mut drawing.glyphs[first];
    (glyph.start, glyph.end) = (start, end);
    (glyph.u0, glyph.u1) = (u0, u1);
}
