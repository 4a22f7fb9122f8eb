//! Marks of notes that a file draws apart from their lines, before them or after all of them → behind the words that they stand
//! at.

use std::ops::Range;

use crate::extract::interpret::{Drawing, Glyph};

/// Marks of one page that are looked at.
const MOST: usize = 200;
/// Glyphs that they are compared with.
const MOST_WORK: usize = 2_000_000;
/// A mark is smaller than this share of the letters that it stands at.
const SMALL: f32 = 0.85;
/// It is raised by this share of their size.
const LIFT: Range<f32> = 0.15..0.6;
/// Strips of a page that have a mark or none.
const STRIPS: usize = 128;

/// Puts the glyphs of such marks behind the glyph that each stands at.
pub(super) fn place(drawing: &Drawing, order: &mut Vec<u32>) {
    // A glyph that was drawn twice is gone, and may be one of these.
    if order.len() != drawing.glyphs.len() {
        return;
    }
    let marks = marks(drawing);
    if marks.is_empty() || marks.len() > MOST || marks.len() * drawing.glyphs.len() > MOST_WORK {
        return;
    }
    let moved = places(drawing, marks);
    if moved.is_empty() {
        return;
    }
    let is_moved = |number: usize| moved.iter().any(|(mark, _)| mark.contains(&number));
    let mut placed = Vec::with_capacity(order.len());
    for &number in order.iter() {
        if is_moved(number as usize) {
            continue;
        }
        placed.push(number);
        for (mark, _) in moved.iter().filter(|(_, at)| *at == number as usize) {
            placed.extend(mark.clone().map(|number| number as u32));
        }
    }
    *order = placed;
}

/// The marks that stand at a letter somewhere else than where they are drawn, each with the number of that letter's glyph.
fn places(drawing: &Drawing, marks: Vec<Range<usize>>) -> Vec<(Range<usize>, usize)> {
    let all = &drawing.glyphs;
    // Most letters stand on no line that a mark is raised from: those are passed over by their baselines alone.
    let (mut top, mut bottom, mut largest) = (f32::MAX, f32::MIN, 0.0f32);
    for glyph in all {
        largest = if glyph.size > largest {
            glyph.size
        } else {
            largest
        };
    }
    for mark in &marks {
        let v = all[mark.start].v;
        (top, bottom) = (top.min(v), bottom.max(v + LIFT.end * largest));
    }
    let strip = |v: f32| ((v - top) * (STRIPS as f32 / (bottom - top))) as usize;
    let mut raised = [false; STRIPS + 1];
    for mark in &marks {
        let v = all[mark.start].v;
        let from = strip(v).min(STRIPS);
        let to = strip(v + LIFT.end * largest).min(STRIPS);
        raised[from..=to].fill(true);
    }
    let mut found: Vec<Option<usize>> = vec![None; marks.len()];
    for (at, glyph) in all.iter().enumerate() {
        let is_near = (top..=bottom).contains(&glyph.v) && raised[strip(glyph.v).min(STRIPS)];
        if !is_near {
            continue;
        }
        for (mark, place) in marks.iter().zip(&mut found) {
            if place.is_none() && stands_at(&all[mark.start], glyph) {
                *place = Some(at);
            }
        }
    }
    let placed = marks.into_iter().zip(found);
    let placed = placed.filter_map(|(mark, at)| Some((mark, at?)));
    // A mark that is drawn in its place needs none.
    let elsewhere = |(mark, at): &(Range<usize>, usize)| at + 1 != mark.start && !mark.contains(at);
    placed.filter(elsewhere).collect()
}

/// The runs of one or two digits whose place is set anew, and behind which it is set anew.
fn marks(drawing: &Drawing) -> Vec<Range<usize>> {
    let all = &drawing.glyphs;
    let text = drawing.text.as_bytes();
    let is_digit = |glyph: &Glyph| {
        glyph.end == glyph.start + 1
            && text
                .get(glyph.start as usize)
                .is_some_and(u8::is_ascii_digit)
    };
    // Few pages have letters of several sizes and digits in the smaller.
    let most = all.iter().fold(
        0.0f32,
        |most, glyph| {
            if glyph.size > most { glyph.size } else { most }
        },
    );
    let mut marks = Vec::new();
    for (at, glyph) in all.iter().enumerate() {
        if !glyph.placed || glyph.size >= SMALL * most || !is_digit(glyph) {
            continue;
        }
        let more = all[at + 1..].iter().take(2);
        let length = 1 + more.take_while(|glyph| !glyph.placed).count();
        if length <= 2 && all[at..at + length].iter().all(is_digit) && !glyph.hidden {
            marks.push(at..at + length);
            if marks.len() > MOST {
                break;
            }
        }
    }
    marks
}

/// Whether a mark stands raised right behind a letter.
fn stands_at(mark: &Glyph, letter: &Glyph) -> bool {
    let size = letter.size;
    let lift = letter.v - mark.v;
    mark.size < SMALL * size
        && !letter.blank
        && letter.dir == mark.dir
        && letter.mark == mark.mark
        && lift > LIFT.start * size
        && lift < LIFT.end * size
        && (mark.u0 - letter.u1).abs() < 0.2 * size
}
