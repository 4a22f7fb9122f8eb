//! Accents that a file draws as glyphs of their own, over or under the letter → one letter.

use crate::extract::interpret::{Drawing, Glyph};
use crate::extract::letters;

/// Composes each accent with the letter drawn just before or after it, where the two overlap.
pub(super) fn compose(drawing: &mut Drawing, order: &[u32]) {
    if !has_accents(&drawing.text) {
        return;
    }
    let single = |drawing: &Drawing, glyph: &Glyph| {
        let mut chars = drawing.text[glyph.start as usize..glyph.end as usize].chars();
        chars.next().filter(|_| chars.next().is_none())
    };
    // Plain letters are the rule: leave at once.
    let is_plain = |drawing: &Drawing, glyph: u32| {
        let start = drawing.glyphs[glyph as usize].start;
        let byte = drawing.text.as_bytes().get(start as usize);
        byte.is_none_or(|byte| byte.is_ascii() && !matches!(byte, b'^' | b'`' | b'~'))
    };
    let mut plain = order.first().is_none_or(|&first| is_plain(drawing, first));
    for pair in order.windows(2) {
        let before = std::mem::replace(&mut plain, is_plain(drawing, pair[1]));
        if before && plain {
            continue;
        }
        let (first, second) = (pair[0] as usize, pair[1] as usize);
        let (a, b) = (&drawing.glyphs[first], &drawing.glyphs[second]);
        if a.dir != b.dir || a.blank || b.blank {
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
        plain = is_plain(drawing, pair[1]);
    }
}

/// Whether an accent stands in a text by itself. Only the bytes that may begin one are looked at.
fn has_accents(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_accent = |at: usize| {
        let char = text.get(at..).and_then(|rest| rest.chars().next());
        char.is_some_and(|char| letters::combining(char).is_some())
    };
    memchr::memchr3(b'^', b'`', b'~', bytes).is_some()
        || memchr::memchr_iter(0xC2, bytes).any(is_accent)
        || memchr::memchr3_iter(0xCB, 0xCC, 0xCD, bytes).any(is_accent)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_accent_is_found() {
        for char in '\0'..='\u{ffff}' {
            let is_accent = letters::combining(char).is_some();
            assert_eq!(has_accents(&format!("å{char}b")), is_accent, "{char:?}");
        }
    }
}
