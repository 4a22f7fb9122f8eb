//! Glyphs → segments: glyphs that follow each other on one baseline, with the blanks between their words.

use std::ops::Range;

use super::{Order, Zone, quarter, zone};
use crate::extract::interpret::{Artifact, Drawing, Glyph};

/// A gap of this share of the font size is a blank.
pub(super) const BLANK: f32 = 0.16;
/// The same where the writer set the place anew after drawing several glyphs in one go: kerning leaves no such gaps there,
/// but the cells of a narrow table do.
const BLANK_PLACED: f32 = 0.1;
/// How many glyphs in one go those are: writers that place every glyph leave gaps as their rounding has it.
const IN_ONE_GO: usize = 4;

/// Glyphs that follow each other.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) text: String,
    /// From, to along the direction, without blanks at the ends.
    pub(super) u0: f32,
    pub(super) u1: f32,
    /// The baseline.
    pub(super) v: f32,
    pub(super) size: f32,
    pub(super) dir: u16,
    pub(super) zone: Zone,
    /// The cell of a table, if the writer says that it stands in one; else 0.
    pub(super) cell: u32,
    /// The block that the writer says it is part of: a paragraph, a row of a table; else 0.
    pub(super) block: u32,
    /// Whether a blank leads over to it: it goes on what stands before, however far a justified line is stretched.
    pub(super) led: bool,
    /// Whether it ends with a blank.
    pub(super) trails: bool,
    /// The number of the form field whose content it is; 0 for none.
    pub(super) field: u32,
    /// How many glyphs, and how many bold ones.
    pub(super) letters: usize,
    pub(super) bold: usize,
    /// Where its writer set the place anew behind a gap without a blank: a cell may begin there that stands close to the
    /// one before.
    pub(super) seams: Vec<Seam>,
    /// Whether it begins a cell, however close it stands to what is before it.
    pub(super) apart: bool,
}

/// A place within a segment where it may be parted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seam {
    /// The byte of the segment's text where the second part begins.
    pub(super) at: usize,
    /// How many of the glyphs, and of the bold ones, stand before it.
    letters: usize,
    bold: usize,
    /// Where the first part ends, and where the second begins.
    pub(super) from: f32,
    pub(super) to: f32,
}

impl Segment {
    /// Parts the segment at a seam; nothing when it has no such seam.
    pub(super) fn part(&mut self, seam: usize) -> Option<Segment> {
        let cut = *self.seams.get(seam)?;
        let mut tail = self.clone();
        tail.text = self.text.get(cut.at..)?.to_owned();
        self.text.truncate(cut.at);
        self.text.truncate(self.text.trim_end().len());
        tail.u0 = cut.to;
        self.u1 = cut.from;
        tail.letters = self.letters.saturating_sub(cut.letters);
        tail.bold = self.bold.saturating_sub(cut.bold);
        (self.letters, self.bold) = (cut.letters, cut.bold);
        tail.seams.drain(..=seam);
        for other in &mut tail.seams {
            other.at = other.at.saturating_sub(cut.at);
            other.letters = other.letters.saturating_sub(cut.letters);
            other.bold = other.bold.saturating_sub(cut.bold);
        }
        self.seams.truncate(seam);
        (tail.led, tail.apart) = (false, true);
        self.trails = false;
        Some(tail)
    }
}

/// Cuts the glyphs, in reading order, into segments.
pub(super) fn cut(drawing: &Drawing, order: &Order) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut open: Vec<u32> = Vec::with_capacity(256);
    let mut open_zone = Zone::Body;
    let place = |number: u32| {
        let place = order.blocks.get(number as usize);
        place.copied().unwrap_or_default()
    };
    let has_fields = !drawing.annotations.is_empty();
    // The block and the cell of the glyph that was taken last, the glyph, and whether it is plain body text.
    let mut then = (0, 0);
    let mut taken: Option<&Glyph> = None;
    let mut plain = false;
    for &number in &order.glyphs {
        let glyph = &drawing.glyphs[number as usize];
        if glyph.start == glyph.end {
            continue;
        }
        // Nearly every glyph simply goes on: what is asked below is answered then.
        if plain
            && let Some(before) = taken
            && simply_follows(before, glyph)
            && place(number) == then
        {
            open.push(number);
            taken = Some(glyph);
            continue;
        }
        let artifact = drawing.marks[glyph.mark as usize].artifact;
        let in_zone = match artifact {
            None => Zone::Body,
            Some(_) => {
                let direction = drawing.directions[usize::from(glyph.dir)];
                let (_, lift, depth) = quarter(direction, drawing.size);
                zone(artifact, glyph.v - lift, depth)
            }
        };
        // Leaders that a writer draws beside the text.
        if artifact.is_some_and(|artifact| artifact != Artifact::Body)
            && in_zone == Zone::Body
            && matches!(
                &drawing.text[glyph.start as usize..glyph.end as usize],
                "." | "…" | "_" | "·"
            )
        {
            continue;
        }
        let now = place(number);
        if let Some(&last) = open.last() {
            let before = &drawing.glyphs[last as usize];
            if in_zone != open_zone
                || !follows(drawing, before, glyph)
                || (then.0 != now.0 && glyph.u0 - before.u1 > glyph.size)
                || then.1 != now.1
                || has_fields && drawing.field(last) != drawing.field(number)
            {
                keep(&mut segments, close(drawing, &open, open_zone, then));
                open.clear();
            } else if repeated(drawing, &open, glyph) || set_back(drawing, &open, glyph) {
                continue;
            } else if before.blank && taken_back(drawing, &open, glyph) {
                open.pop();
            }
        }
        open_zone = in_zone;
        then = now;
        open.push(number);
        taken = Some(glyph);
        plain = !has_fields && in_zone == Zone::Body && artifact.is_none();
    }
    keep(&mut segments, close(drawing, &open, open_zone, then));
    segments
}

/// Keeps a segment that is not drawn a second time over itself, to look bold or to cast a shadow.
fn keep(segments: &mut Vec<Segment>, segment: Option<Segment>) {
    let Some(segment) = segment else { return };
    let near = 0.15 * segment.size;
    let again = segments.iter().rev().take(4).any(|other| {
        other.dir == segment.dir
            && (other.u0 - segment.u0).abs() < near
            && (other.v - segment.v).abs() < near
            && other.text == segment.text
    });
    if !again {
        segments.push(segment);
    }
}

/// Whether `glyph` stands right behind `before`, under the same mark and in the same print: it [`follows()`] then, and is
/// neither a second drawing nor one that takes a blank back.
fn simply_follows(before: &Glyph, glyph: &Glyph) -> bool {
    let (size, gap) = (glyph.size, glyph.u0 - before.u1);
    before.mark == glyph.mark
        && before.dir == glyph.dir
        && before.v == glyph.v
        && before.size == size
        && gap < 1.5 * size
        && gap > -0.15 * size
        && glyph.u0 > before.u0 + 0.15 * size
}

/// Whether `glyph` goes on where `before` ended.
fn follows(drawing: &Drawing, before: &Glyph, glyph: &Glyph) -> bool {
    let size = before.size.max(glyph.size);
    if before.dir != glyph.dir || (before.v - glyph.v).abs() > 0.14 * size {
        return false;
    }
    if before.size.min(glyph.size) < 0.85 * size && (before.v - glyph.v).abs() > 0.05 * size {
        return false;
    }
    let gap = glyph.u0 - before.u1;
    // Blanks may stretch a justified line; nothing else may leap.
    let far = if before.blank || glyph.blank {
        2.5
    } else {
        1.5
    };
    let back = if is_mark(drawing, glyph) { 1.2 } else { 0.7 };
    gap < far * size + spaced(before) && gap > -back * size
}

/// Whether a glyph is a combining mark, which stands over what was drawn before.
fn is_mark(drawing: &Drawing, glyph: &Glyph) -> bool {
    drawing.text[glyph.start as usize..]
        .chars()
        .next()
        .is_some_and(|char| ('\u{300}'..='\u{36f}').contains(&char))
}

/// Whether a glyph is drawn a second time, a hair aside, to look bold.
fn repeated(drawing: &Drawing, open: &[u32], glyph: &Glyph) -> bool {
    let text = |glyph: &Glyph| &drawing.text[glyph.start as usize..glyph.end as usize];
    // Letters go forward: only one that does not can be a second drawing.
    let forward = open.last().is_some_and(|&last| {
        let before = &drawing.glyphs[last as usize];
        glyph.u0 > before.u0 + 0.15 * glyph.size && glyph.u0 > before.u1 - 0.15 * glyph.size
    });
    !forward
        && !glyph.blank
        && open.iter().rev().take(3).any(|&number| {
            let other = &drawing.glyphs[number as usize];
            (other.u0 - glyph.u0).abs() < 0.12 * glyph.size.min(other.u1 - other.u0)
                && other.u1 > other.u0
                && text(other) == text(glyph)
        })
}

/// Whether `glyph` is a blank drawn once more over the one before the last letter: some writers paint over their blanks after
/// they have begun the next word.
fn set_back(drawing: &Drawing, open: &[u32], glyph: &Glyph) -> bool {
    if !glyph.blank {
        return false;
    }
    let [.., blank, letter] = open else {
        return false;
    };
    let (blank, letter) = (
        &drawing.glyphs[*blank as usize],
        &drawing.glyphs[*letter as usize],
    );
    blank.blank && !letter.blank && glyph.u1 < letter.u0 + 0.05 * glyph.size
}

/// Whether the blank that was drawn last is taken back: `glyph` begins where the blank began, on the letter before it. So
/// some writers draw the places where a word may be broken.
fn taken_back(drawing: &Drawing, open: &[u32], glyph: &Glyph) -> bool {
    let [.., letter, blank] = open else {
        return false;
    };
    let (letter, blank) = (
        &drawing.glyphs[*letter as usize],
        &drawing.glyphs[*blank as usize],
    );
    let near = 0.06 * glyph.size;
    let is_lower = |glyph: &Glyph| {
        let mut text = drawing.text[glyph.start as usize..glyph.end as usize].chars();
        text.next().is_some_and(char::is_lowercase)
    };
    // The words of an OCR engine stand as the picture has them, not as their letters do; and a cell that is set anew over the
    // blank at the end of the one before it is a cell all the same.
    !glyph.hidden
        && !glyph.placed
        && blank.u1 - blank.u0 > 0.15 * glyph.size
        && (glyph.u0 - blank.u0).abs() < near
        && (blank.u0 - letter.u1 - spaced(letter)).abs() < near
        && is_lower(letter)
        && is_lower(glyph)
}

fn close(
    drawing: &Drawing,
    open: &[u32],
    zone: Zone,
    (block, cell): (u32, u32),
) -> Option<Segment> {
    let glyphs = || open.iter().map(|&number| &drawing.glyphs[number as usize]);
    let first = glyphs().position(|glyph| !glyph.blank)?;
    let last = glyphs().rposition(|glyph| !glyph.blank)?;
    let unplaced_behind_blank = |number: u32| {
        !drawing.glyphs[number as usize].placed
            && number
                .checked_sub(1)
                .is_some_and(|before| drawing.glyphs[before as usize].blank)
    };
    let led = first > 0 || unplaced_behind_blank(open[0]);
    let trails = last + 1 < open.len();
    let open = &open[first..=last];
    let glyphs = || open.iter().map(|&number| &drawing.glyphs[number as usize]);
    let head = glyphs().next()?;
    let mut segment = Segment {
        text: String::with_capacity(open.len() + 16),
        u0: head.u0,
        u1: head.u1,
        v: head.v,
        size: head.size,
        dir: head.dir,
        zone,
        cell,
        block,
        led,
        trails,
        field: drawing.field(open[0]),
        letters: 0,
        bold: 0,
        seams: Vec::new(),
        apart: false,
    };
    if !take_plain(drawing, open, &mut segment) {
        segment.text.clear();
        segment.seams.clear();
        take(drawing, open, &mut segment);
    }
    Some(segment)
}

/// Gives the segment the glyphs of `open`, where each two letters are so close that there is no blank between them, or so far
/// that there is one, as on nearly all lines: as [`take()`] does, which asks more of each. Says whether it is so.
fn take_plain(drawing: &Drawing, open: &[u32], segment: &mut Segment) -> bool {
    let size = segment.size;
    if size <= 0.1 {
        return false;
    }
    let (close, far) = (CLOSE * size, 1.01 * BLANK * size);
    let (mut u0, mut u1, mut end) = (segment.u0, segment.u1, segment.u0);
    let (mut bold, mut blank) = (0u32, false);
    let mut gaps = Gaps::default();
    let mut begun = 0..0;
    for (at, &number) in (0u32..).zip(open) {
        let glyph = &drawing.glyphs[number as usize];
        if glyph.size != size || glyph.spaced > 0.0 {
            return false;
        }
        let gap = glyph.u0 - end;
        if gap > close {
            gaps.add(gap, size);
        }
        if gap > close && !blank && !glyph.blank {
            if gap <= far {
                return false;
            }
            segment.text.push_str(run(drawing, &begun));
            segment.text.push(' ');
            begun = glyph.start..glyph.start;
            if glyph.placed {
                segment.seams.push(Seam {
                    at: segment.text.len(),
                    letters: at as usize,
                    bold: bold as usize,
                    from: end,
                    to: glyph.u0,
                });
            }
        }
        (end, blank) = (glyph.u1, glyph.blank);
        if glyph.start != begun.end {
            segment.text.push_str(run(drawing, &begun));
            begun.start = glyph.start;
        }
        begun.end = glyph.end;
        u0 = if glyph.u0 < u0 { glyph.u0 } else { u0 };
        u1 = if glyph.u1 > u1 { glyph.u1 } else { u1 };
        bold += u32::from(glyph.bold);
    }
    // Where most letters have wide gaps, these are no blanks.
    let parted = !segment.text.is_empty();
    if parted && open.len() >= FEWEST_SPACED && !gaps.are_usual(drawing, open) {
        return false;
    }
    segment.text.push_str(run(drawing, &begun));
    (segment.u0, segment.u1) = (u0, u1);
    (segment.letters, segment.bold) = (open.len(), bold as usize);
    true
}

/// The text of a page from one place to another.
fn run<'a>(drawing: &'a Drawing, range: &Range<u32>) -> &'a str {
    &drawing.text[range.start as usize..range.end as usize]
}

/// Gives the segment the glyphs of `open`, with a blank where two are far enough from each other.
fn take(drawing: &Drawing, open: &[u32], segment: &mut Segment) {
    let glyphs = || open.iter().map(|&number| &drawing.glyphs[number as usize]);
    let threshold = blank_from(drawing, open);
    let run = |range: &Range<u32>| run(drawing, range);
    let start = glyphs().next().map_or(0, |head| head.start);
    let mut begun = start..start;
    let mut before: Option<&Glyph> = None;
    let mut in_one_go = 0;
    for (at, glyph) in glyphs().enumerate() {
        if let Some(before) = before
            && !before.blank
            && !glyph.blank
            && gap(before, glyph)
                + if before.spaced > 0.0 {
                    spacing_that_parts(drawing, open, at)
                } else {
                    0.0
                }
                > glyph.size.min(before.size)
                    * if glyph.placed
                        && threshold <= BLANK
                        && (in_one_go >= IN_ONE_GO || begins_anew(drawing, open, at))
                    {
                        threshold.min(BLANK_PLACED)
                    } else {
                        threshold
                    }
        {
            segment.text.push_str(run(&begun));
            segment.text.push(' ');
            begun = glyph.start..glyph.start;
            if glyph.placed {
                segment.seams.push(Seam {
                    at: segment.text.len(),
                    letters: segment.letters,
                    bold: segment.bold,
                    from: before.u1,
                    to: glyph.u0,
                });
            }
        }
        // Glyphs are mostly taken as they were drawn, so that their text is taken by the word.
        if glyph.start != begun.end {
            segment.text.push_str(run(&begun));
            begun.start = glyph.start;
        }
        begun.end = glyph.end;
        if glyph.u0 < segment.u0 {
            segment.u0 = glyph.u0;
        }
        if glyph.u1 > segment.u1 {
            segment.u1 = glyph.u1;
        }
        if glyph.size > segment.size {
            segment.size = glyph.size;
        }
        segment.letters += 1;
        segment.bold += usize::from(glyph.bold);
        in_one_go = if glyph.placed { 1 } else { in_one_go + 1 };
        before = Some(glyph);
    }
    segment.text.push_str(run(&begun));
}

/// Whether the glyph `at`, whose place is set anew, begins a text of its own: it is drawn in one go with those behind it, and
/// no word goes on with it. So a cell begins behind the number or the short word that the one before it holds.
fn begins_anew(drawing: &Drawing, open: &[u32], at: usize) -> bool {
    let char = |number: &u32| {
        let glyph = &drawing.glyphs[*number as usize];
        drawing.text[glyph.start as usize..].chars().next()
    };
    let behind = open[at + 1..].iter().take(IN_ONE_GO - 1);
    let in_one_go = behind.filter(|number| !drawing.glyphs[**number as usize].placed);
    let before = at.checked_sub(1).and_then(|at| char(&open[at]));
    let (Some(before), Some(first)) = (before, char(&open[at])) else {
        return false;
    };
    let is_other = before.is_lowercase() && first.is_uppercase()
        || (before.is_ascii_digit() || before == '§') && first.is_alphabetic();
    is_other && in_one_go.count() == IN_ONE_GO - 1
}

/// Glyphs in a row that are spaced because words end among them: the last of one, a word of one letter, the first of
/// the next.
const PARTED: usize = 3;

/// The spacing before glyph `at` where it stands for a blank: some writers say the blank between two words as the spacing
/// of the letters on both its sides. Of spaced letters there are more, or blanks beside them.
fn spacing_that_parts(drawing: &Drawing, open: &[u32], at: usize) -> f32 {
    let glyph = |at: usize| open.get(at).map(|&number| &drawing.glyphs[number as usize]);
    let Some(before) = at.checked_sub(1).and_then(glyph) else {
        return 0.0;
    };
    let spaced = before.spaced;
    if spaced <= BLANK * before.size {
        return 0.0;
    }
    // A place that was set anew, or back to where it was, begins another run, whatever its spacing.
    let set_apart = |at: usize| {
        let before = at.checked_sub(1).and_then(glyph);
        before.zip(glyph(at)).is_some_and(|(before, glyph)| {
            (before.spaced - spaced).abs() < 0.01 * before.size
                && !glyph.placed
                && glyph.u0 - before.u1 > 0.5 * spaced
        })
    };
    if !set_apart(at) {
        return 0.0;
    }
    let (mut begin, mut end) = (at - 1, at + 1);
    while end - begin <= PARTED && set_apart(end) {
        end += 1;
    }
    while end - begin <= PARTED && set_apart(begin) {
        begin -= 1;
    }
    let previous = begin.checked_sub(1).and_then(glyph);
    let next = glyph(end);
    let run = (begin..end).filter_map(glyph);
    let mut all = run.chain(previous).chain(next);
    let inside = previous.is_some() || next.is_some();
    if end - begin <= PARTED && inside && !all.any(|glyph| glyph.blank) {
        spaced
    } else {
        0.0
    }
}

fn gap(before: &Glyph, glyph: &Glyph) -> f32 {
    glyph.u0 - before.u1 - spaced(before)
}

/// How far the letters behind `glyph` are set apart, as one word's letters may be: what is set wider are the columns of a
/// table or the scale of a drawing.
fn spaced(glyph: &Glyph) -> f32 {
    if glyph.spaced <= 0.0 {
        return 0.0;
    }
    glyph.spaced.clamp(0.0, glyph.size.max(0.0))
}

/// No letters of one word are set further apart than the first of these shares of the font size where a line is set tight,
/// and no words less far than the second.
const TIGHT: [f32; 2] = [0.045, 0.065];
/// Letters that are no further from each other than this share of the font size have no blank between them on any line.
const CLOSE: f32 = 0.9 * TIGHT[0];
/// How many different letters stand before the blanks of such a line: a font whose widths are wrong for some of its letters
/// has gaps behind just these.
const TIGHT_ENDS: usize = 3;

/// The gap from which on two glyphs have a blank between them on a line that has no blanks of its own and is set so tight
/// that those of [`BLANK`] would be missed: all gaps lie clearly below the two limits or above them.
fn tight(drawing: &Drawing, open: &[u32]) -> Option<f32> {
    let mut most = 0.0_f32;
    let mut least = BLANK;
    let mut ends: Vec<&str> = Vec::new();
    for pair in open.windows(2) {
        let (before, glyph) = (
            &drawing.glyphs[pair[0] as usize],
            &drawing.glyphs[pair[1] as usize],
        );
        if glyph.blank {
            return None;
        }
        if !is_cased(drawing, before) || !is_cased(drawing, glyph) {
            continue;
        }
        let gap = gap(before, glyph) / glyph.size.max(0.1);
        if gap <= TIGHT[0] {
            most = most.max(gap);
        } else if gap < TIGHT[1] {
            return None;
        } else if gap <= BLANK {
            least = least.min(gap);
            let text = &drawing.text[before.start as usize..before.end as usize];
            if ends.len() < TIGHT_ENDS && !ends.contains(&text) {
                ends.push(text);
            }
        }
    }
    (ends.len() == TIGHT_ENDS).then_some((most + least) / 2.0)
}

/// Whether a glyph is a letter of a script that has blanks between its words.
fn is_cased(drawing: &Drawing, glyph: &Glyph) -> bool {
    let text = &drawing.text[glyph.start as usize..glyph.end as usize];
    text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
        || text
            .chars()
            .next()
            .is_some_and(|char| char.is_lowercase() || char.is_uppercase())
}

/// The gaps between the glyphs of a line that are no nearness of letters.
#[derive(Default)]
struct Gaps {
    /// No fewer than are as wide as a blank, and no fewer than are narrower, whatever the letters beside them are.
    wide: usize,
    narrow: usize,
}

impl Gaps {
    fn of(drawing: &Drawing, open: &[u32]) -> Gaps {
        let mut gaps = Gaps::default();
        for (before, glyph) in pairs(drawing, open) {
            let (gap, size) = (gap(before, glyph), glyph.size.max(0.1));
            if gap > CLOSE * size {
                gaps.add(gap, size);
            }
        }
        gaps
    }

    fn add(&mut self, gap: f32, size: f32) {
        self.wide += usize::from(gap > 0.99 * BLANK * size);
        self.narrow += usize::from(gap < 1.01 * BLANK * size);
    }

    /// Whether the line is surely one of those whose blanks are no narrower and no wider than [`BLANK`] says, as nearly all
    /// are: their blanks are glyphs, or gaps between words that stand close.
    fn are_usual(&self, drawing: &Drawing, open: &[u32]) -> bool {
        if self.narrow >= TIGHT_ENDS {
            return false;
        }
        // Letters that stand close, until there are enough of them.
        let mut close = 0;
        let enough = |close: usize| 3 * close > 2 * self.wide;
        self.wide == 0
            || pairs(drawing, open).any(|(before, glyph)| {
                close += usize::from(
                    gap(before, glyph) / glyph.size.max(0.1) <= BLANK
                        && is_cased(drawing, before)
                        && is_cased(drawing, glyph),
                );
                enough(close)
            })
    }
}

/// The glyphs of a line, each with the one before it.
fn pairs<'a>(
    drawing: &'a Drawing,
    open: &'a [u32],
) -> impl Iterator<Item = (&'a Glyph, &'a Glyph)> {
    open.windows(2).map(|pair| {
        let glyph = |at: usize| &drawing.glyphs[pair[at] as usize];
        (glyph(0), glyph(1))
    })
}

/// Glyphs of which fewer say nothing of how their letters are spaced.
const FEWEST_SPACED: usize = 6;

/// The gap, in font sizes, from which on two glyphs have a blank between them: wider where all letters are set apart,
/// narrower on a tight line.
fn blank_from(drawing: &Drawing, open: &[u32]) -> f32 {
    if open.len() < FEWEST_SPACED {
        return BLANK;
    }
    if Gaps::of(drawing, open).are_usual(drawing, open) {
        return BLANK;
    }
    let mut wide = 0;
    let mut gaps = 0;
    // Leaders of a table of contents are set apart too, and numbers of one digit in the columns of a table: they say nothing
    // of letters.
    let pairs = || {
        open.windows(2).filter_map(|pair| {
            let (before, glyph) = (
                &drawing.glyphs[pair[0] as usize],
                &drawing.glyphs[pair[1] as usize],
            );
            (is_cased(drawing, before) && is_cased(drawing, glyph))
                .then(|| gap(before, glyph) / glyph.size.max(0.1))
        })
    };
    let mut narrow = 0;
    for gap in pairs() {
        gaps += 1;
        wide += usize::from(gap > BLANK);
        narrow += usize::from(gap > TIGHT[0] && gap <= BLANK);
    }
    if gaps < 4 || wide * 10 < gaps * 6 {
        // Words have three letters or more, all in all: where every gap is that wide, the letters are set apart a little. And
        // where most blanks are wider, the narrow gaps are none.
        return if narrow >= TIGHT_ENDS && narrow * 3 <= gaps && wide <= narrow {
            tight(drawing, open).unwrap_or(BLANK)
        } else {
            BLANK
        };
    }
    let mut sorted: Vec<f32> = pairs().collect();
    sorted.sort_by(f32::total_cmp);
    // The space between letters is what most gaps are; between words there is clearly more.
    let usual = sorted[sorted.len() / 3];
    usual + 0.12_f32.max(usual * 0.5)
}
