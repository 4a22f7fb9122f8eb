//! Accents that a file draws as glyphs of their own, over or under the letter → one letter.

use crate::extract::interpret::{Drawing, Glyph};
use crate::extract::letters;

/// Composes each accent with the letter drawn just before or after it, where the two overlap.
pub(super) fn compose(drawing: &mut Drawing, order: &[u32]) {
    if !drawing
        .text
        .chars()
        .any(|char| letters::combining(char).is_some())
    {
        return;
    }
    let single = |drawing: &Drawing, glyph: &Glyph| {
        let mut chars = drawing.text[glyph.start as usize..glyph.end as usize].chars();
        chars.next().filter(|_| chars.next().is_none())
    };
    for pair in 0..order.len().saturating_sub(1) {
        let (first, second) = (order[pair] as usize, order[pair + 1] as usize);
        let (a, b) = (&drawing.glyphs[first], &drawing.glyphs[second]);
        if a.dir != b.dir || a.blank || b.blank {
            continue;
        }
        // Plain letters are the rule: leave at once.
        let byte = |glyph: &Glyph| drawing.text.as_bytes().get(glyph.start as usize).copied();
        if ![byte(a), byte(b)]
            .iter()
            .any(|byte| byte.is_some_and(|byte| byte >= 0x80 || matches!(byte, b'^' | b'`' | b'~')))
        {
            continue;
        }
        let (Some(left), Some(right)) = (single(drawing, a), single(drawing, b)) else {
            continue;
        };
        let found = letters::combining(left)
            .and_then(|accent| Some((letters::composed(right, accent)?, second, first)))
            .or_else(|| {
                letters::combining(right)
                    .and_then(|accent| Some((letters::composed(left, accent)?, first, second)))
            });
        let Some((letter, base, accent)) = found else {
            continue;
        };
        if !overlap(&drawing.glyphs[base], &drawing.glyphs[accent]) {
            continue;
        }
        let start = drawing.text.len() as u32;
        drawing.text.push(letter);
        let end = drawing.text.len() as u32;
        let base = &mut drawing.glyphs[base];
        (base.start, base.end) = (start, end);
        // The accent stays where its letter is, and shows nothing.
        let at = base.clone();
        let accent = &mut drawing.glyphs[accent];
        *accent = at;
        accent.start = accent.end;
    }
}

fn overlap(letter: &Glyph, accent: &Glyph) -> bool {
    let middle = |glyph: &Glyph| (glyph.u0 + glyph.u1) / 2.0;
    let width = (letter.u1 - letter.u0).max(0.3 * letter.size);
    // A combining accent may have no width and stand at the letter's end.
    let narrow = accent.u1 - accent.u0 < 0.05 * letter.size;
    let reach = if narrow { 0.75 } else { 0.4 };
    (middle(letter) - middle(accent)).abs() < reach * width
        && (letter.v - accent.v).abs() < 0.5 * letter.size
}
