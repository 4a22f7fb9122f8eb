//! Glyphs in the order in which they are drawn → lines in the order in which they are read.
//!
//! The writer's order is kept: that of the structure tree where there is one, else that of the content. Geometry only
//! says what stands on one line, where a blank is, and where a paragraph ends; sorting by geometry weaves columns
//! together.

mod accents;
mod aside;
mod cells;
mod columns;
mod fields;
mod flows;
mod head;
mod items;
mod joined;
mod labels;
mod marks;
mod meant;
mod notes;
mod numbered;
mod ordinals;
mod raised;
mod rules;
mod segments;
mod table;
#[cfg(test)]
mod tests;
mod twice;
mod upright;
mod upward;

use marks::{mark_of_note, opens_note, part_note_marks};
use rules::Rules;
use segments::Segment;

use super::interpret::{Artifact, Drawing};
use super::letters;
use super::ocr::neighbours::{self, Place};
use super::structure::Item;
use crate::lexicon;

/// Which part of a page a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// The body.
    Body,
    /// What the writer says is a running head.
    Head,
    /// What the writer says is a running foot.
    Foot,
}

/// A line on paper.
#[derive(Clone, Debug)]
pub(super) struct PaperLine {
    /// Its text, finished; a soft hyphen at its end breaks a word.
    pub(super) text: String,
    /// Left, top, right, bottom in points from the page's top left corner.
    pub(super) bbox: [f32; 4],
    /// The size of most of its letters, in points.
    pub(super) size: f32,
    /// Whether most of its letters are bold.
    pub(super) bold: bool,
    /// Where its cells after the first begin, in points from the page's left edge; only for level lines.
    pub(super) cells: Vec<f32>,
    /// The lines on paper that it is made of, where it is a row of a table whose cells have several; else empty.
    pub(super) pieces: Vec<Piece>,
    /// The part of the page.
    pub(super) zone: Zone,
    /// Whether a paragraph begins with it.
    pub(super) begins: bool,
    /// Its box as one sees it who turns the page until the line is level.
    pub(super) frame: [f32; 4],
    /// The page's height for the same reader.
    pub(super) depth: f32,
    /// How it runs: quarter turns clockwise from left to right; 4 is aslant.
    pub(super) turn: u8,
}

/// A line on paper that is part of a row of a table: bytes of the row's text, and where they stand.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) bbox: [f32; 4],
    pub(super) size: f32,
    pub(super) bold: bool,
}

/// A line with what the lines around it are measured by.
#[derive(Clone)]
struct Laid {
    line: PaperLine,
    /// Its first baseline and its last.
    first: f32,
    last: f32,
    /// Where its cells end but for the last.
    ends: Vec<f32>,
}

/// Lays out a page.
pub(super) fn lines(drawing: &mut Drawing, tree: Option<&[Item]>) -> Vec<PaperLine> {
    if let Some(tree) = tree {
        meant::replace(drawing, tree);
        flows::settle(drawing);
    }
    let mut order = Order::of(drawing, tree);
    twice::once(drawing, &mut order.glyphs);
    if !order.by_tree {
        raised::place(drawing, &mut order.glyphs);
    }
    accents::compose(drawing, &order.glyphs);
    let mut segments = segments::cut(drawing, &order);
    let mut rows = rows(&segments);
    let rules = Rules::of(drawing, segments.len());
    if !order.by_tree {
        upward::turn(&segments, &mut rows);
        numbered::part(&mut segments, &mut rows);
        upright::gather(&segments, &mut rows);
        items::gather(&segments, &mut rows);
        rules::part(&rules, &mut segments, &mut rows);
        columns::part_cells(&mut segments, &mut rows);
        ordinals::part(&mut segments, &mut rows);
        labels::pair(&segments, &mut rows);
        columns::part_prose(&segments, &mut rows);
    }
    head::part(&segments, &mut rows, drawing.size.1);
    if !order.by_tree {
        part_columns(&segments, &mut rows);
        notes::follow(&segments, &mut rows, &rules, drawing.size.1);
        aside::gather(&segments, &mut rows);
    }
    fields::place(&segments, &mut rows);
    let mut lines = laid(
        drawing,
        &segments,
        &rows,
        &cells::find(&segments, &rows, &rules, order.by_tree),
    );
    table::keep_empty_cells(&mut lines);
    if !order.by_tree && is_read(drawing) {
        let places = lines.iter().map(|laid| Place {
            text: &laid.line.text,
            bbox: laid.line.bbox,
        });
        if let Some(order) = neighbours::order(&places.collect::<Vec<_>>()) {
            lines = order.into_iter().map(|at| lines[at].clone()).collect();
        }
    }
    part_note_marks(&mut lines);
    mark_paragraphs(&mut lines);
    lines.into_iter().map(|laid| laid.line).collect()
}

/// Whether the text of a page is what an OCR engine laid under its picture.
fn is_read(drawing: &Drawing) -> bool {
    let hidden = drawing.glyphs.iter().filter(|glyph| glyph.hidden).count();
    drawing.pictures > 0 && hidden * 2 > drawing.glyphs.len()
}

/// The lines of a page from its rows of text and the rows of its tables.
fn laid(
    drawing: &Drawing,
    segments: &[Segment],
    rows: &[Row],
    tables: &[cells::TableRow],
) -> Vec<Laid> {
    let mut lines: Vec<Laid> = Vec::with_capacity(rows.len());
    let mut tables = tables.iter().peekable();
    let mut at = 0;
    while at < rows.len() {
        if let Some(row) = tables.next_if(|row| row.rows.start == at)
            && let Some(laid) = row.laid(drawing, segments)
        {
            lines.push(laid);
            at = row.rows.end;
            continue;
        }
        // A row of a table has another one beside it.
        let beside = [at.checked_sub(1), at.checked_add(1)];
        let alone = beside.iter().all(|beside| {
            beside
                .and_then(|at| rows.get(at))
                .is_none_or(|row| row.len() == 1)
        });
        lines.extend(line(drawing, segments, &rows[at], alone));
        at += 1;
    }
    lines
}

/// The glyphs in reading order, and what is known of each.
pub(super) struct Order {
    /// Glyph numbers.
    pub(super) glyphs: Vec<u32>,
    /// The block of each glyph number, and the cell of a table, if it stands in one; empty without a tree.
    pub(super) blocks: Vec<(u32, u32)>,
    by_tree: bool,
}

impl Order {
    fn of(drawing: &Drawing, tree: Option<&[Item]>) -> Order {
        let count = drawing.glyphs.len();
        let plain = Order {
            glyphs: (0..count as u32).collect(),
            blocks: Vec::new(),
            by_tree: false,
        };
        let Some(tree) = tree.filter(|tree| !tree.is_empty() && count > 0) else {
            return plain;
        };
        // Position and block by mcid; mcids are small numbers, but nobody promises it.
        let top = tree.iter().map(|item| item.mcid).max().unwrap_or(0);
        if !(0..1 << 20).contains(&top) {
            return plain;
        }
        let mut places: Vec<Option<(u32, (u32, u32))>> = vec![None; top as usize + 1];
        for (at, item) in (0u32..).zip(tree) {
            if let Some(slot) = usize::try_from(item.mcid)
                .ok()
                .and_then(|mcid| places.get_mut(mcid))
            {
                slot.get_or_insert((at, (item.block, item.cell)));
            }
        }
        let (mut covered, mut all) = (0usize, 0usize);
        let mut last = (0, (0, 0));
        // Glyphs of one mark are taken together: key, from, to.
        let mut runs: Vec<(u32, u32, u32)> = Vec::new();
        let mut blocks: Vec<(u32, u32)> = Vec::with_capacity(count);
        let beside = drawing.beside().min(count);
        let own = &drawing.glyphs[..beside];
        for run in own.chunk_by(|a, b| a.mark == b.mark) {
            let from = blocks.len();
            let mark = &drawing.marks[run[0].mark as usize];
            let to = from + run.len();
            if let Some(artifact) = mark.artifact {
                // No part of the tree; after all that is, so that it parts nothing. Nor does body part a table.
                let flows = artifact == Artifact::Body && last.1.1 == 0;
                let place = if flows { last.0 } else { u32::MAX };
                runs.push((place, from as u32, to as u32));
                blocks.resize(to, (0, 0));
                continue;
            }
            let place = mark
                .mcid
                .and_then(|mcid| places.get(usize::try_from(mcid).ok()?).copied().flatten());
            let shown = run.iter().filter(|glyph| !glyph.blank).count();
            all += shown;
            if let Some(place) = place {
                covered += shown;
                last = place;
            }
            runs.push((last.0, from as u32, to as u32));
            blocks.resize(to, last.1);
        }
        // What annotations show is no marked content.
        runs.push((u32::MAX - 1, beside as u32, count as u32));
        blocks.resize(count, (0, 0));
        if covered * 10 < all * 9 {
            return plain;
        }
        runs.sort_unstable();
        let mut glyphs = Vec::with_capacity(count);
        for (_, from, to) in runs {
            glyphs.extend(from..to);
        }
        Order {
            glyphs,
            blocks,
            by_tree: true,
        }
    }
}

/// The part of the page that a glyph's mark puts it in.
fn zone(artifact: Option<Artifact>, v: f32, height: f32) -> Zone {
    match artifact {
        None | Some(Artifact::Body) => Zone::Body,
        Some(Artifact::Head) => Zone::Head,
        Some(Artifact::Foot) => Zone::Foot,
        Some(Artifact::Pagination) if v < height / 2.0 => Zone::Head,
        Some(Artifact::Pagination) => Zone::Foot,
        Some(Artifact::Other) if v < height * 0.2 => Zone::Head,
        Some(Artifact::Other) if v > height * 0.85 => Zone::Foot,
        Some(Artifact::Other) => Zone::Body,
    }
}

/// Numbers of the segments that make a line.
type Row = Vec<usize>;

/// Puts segments that follow each other on one baseline on one line.
fn rows(segments: &[Segment]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (number, segment) in segments.iter().enumerate() {
        if let Some(row) = rows.last_mut()
            && belongs(segments, row, segment)
        {
            row.push(number);
        } else {
            rows.push(vec![number]);
        }
    }
    rows
}

/// Whether `segment` stands on the line of `row`.
fn belongs(segments: &[Segment], row: &Row, segment: &Segment) -> bool {
    let main =
        row.iter()
            .map(|&number| &segments[number])
            .fold(&segments[row[0]], |main, other| {
                if other.size > main.size * 1.05 {
                    other
                } else {
                    main
                }
            });
    if main.dir != segment.dir || main.zone != segment.zone {
        return false;
    }
    if row
        .last()
        .is_some_and(|&last| goes_on_the_name(&segments[last], segment))
    {
        return true;
    }
    let size = main.size.max(segment.size);
    let (left, right) = row
        .iter()
        .fold((f32::MAX, f32::MIN), |(left, right), &number| {
            (
                left.min(segments[number].u0),
                right.max(segments[number].u1),
            )
        });
    let shift = segment.v - main.v;
    let near = row.last().is_some_and(|&last| {
        (segment.v - segments[last].v).abs() <= 0.12 * size && segment.u0 >= right - size
    });
    if shift.abs() > 0.2 * size && !near {
        // A raised or lowered digit, or the line behind one.
        let small = segment.size.min(main.size) < 0.85 * size;
        let raised = if segment.size < main.size {
            shift
        } else {
            -shift
        };
        let beside = segment.u0 < right + 0.6 * size && segment.u1 > left - 0.6 * size;
        // Some writers raise the mark of a note without making it small.
        let behind = (segment.u0 - right).abs() < 0.15 * size;
        let set_off =
            behind && is_digits(&segment.text) && (-0.6 * size..0.55 * size).contains(&shift);
        if !(set_off || small && beside && (-0.75 * size..=0.35 * size).contains(&raised)) {
            return false;
        }
    }
    // What is drawn over the line is another line.
    let covered: f32 = row
        .iter()
        .map(|&number| {
            (segments[number].u1.min(segment.u1) - segments[number].u0.max(segment.u0)).max(0.0)
        })
        .sum();
    covered <= 0.3 * (segment.u1 - segment.u0).max(0.1) || covered < 0.3 * size
}

/// Whether `segment` is a capital that is set off the line of the name that it stands in, close to the capital before it, as
/// the letters of TeX's name are.
fn goes_on_the_name(last: &Segment, segment: &Segment) -> bool {
    let size = last.size.max(segment.size);
    let mut letters = segment.text.chars();
    let capital = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    capital
        && last.text.ends_with(char::is_uppercase)
        && segment.size > 0.6 * last.size
        && segment.u0 > last.u0
        && (-0.45 * size..-0.05 * size).contains(&(segment.u0 - last.u1))
        && (segment.v - last.v).abs() < 0.35 * size
}

/// Whether a text is the number of a note, an index or an exponent: one or two digits.
fn is_digits(text: &str) -> bool {
    (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Parts a line whose right half goes on below as a column of its own, as the blocks of a letterhead do.
fn part_columns(segments: &[Segment], rows: &mut Vec<Row>) {
    let mut at = 0;
    while at + 1 < rows.len() {
        let row = &rows[at];
        let next = &segments[rows[at + 1][0]];
        let split = (1..row.len()).rev().find(|&split| {
            let (a, b) = (&segments[row[split - 1]], &segments[row[split]]);
            let size = a.size.max(b.size);
            let below = next.v - b.v;
            b.u0 - a.u1 > 2.5 * size
                && !(split == 1 && numbers_row(&a.text))
                && next.dir == b.dir
                && next.zone == b.zone
                && below > 0.3 * size
                && below < 2.6 * size
                && (next.u0 - b.u0).abs() < 0.6 * size
                && rows[at + 1].len() == 1
        });
        // A column stands alone above, too: rows of a table have cells above.
        let table = at > 0 && rows[at - 1].len() > 1;
        let split = split.filter(|&split| {
            let (left, right) = (&segments[rows[at][0]], &segments[rows[at][split]]);
            !table && !goes_on_a_table(segments, &rows[..at], left, right)
        });
        if let Some(split) = split {
            let tail = rows[at].split_off(split);
            rows.insert(at + 1, tail);
        }
        at += 1;
    }
}

/// Whether a text is what numbers the row of a table or the item of a list that it begins.
fn numbers_row(text: &str) -> bool {
    let text = text.trim();
    let is_number = text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number || opens_item(text)
}

/// Rows of a table that has lines of one cell between them, at most.
const LINES_BETWEEN: usize = 6;

/// Whether the rows above, but for lines of single cells, have cells where these two begin.
fn goes_on_a_table(segments: &[Segment], above: &[Row], left: &Segment, right: &Segment) -> bool {
    let size = left.size;
    let near = |a: &Segment, b: &Segment| {
        (a.u0 - b.u0).abs() < 0.1 * size && (a.size - b.size).abs() < 0.1 * size
    };
    let mut below = left.v;
    // Blocks of a letterhead stand below two others, too, but hardly below three.
    let mut fewest = 2;
    for row in above.iter().rev().take(LINES_BETWEEN) {
        let head = &segments[row[0]];
        let step = below - head.v;
        below = head.v;
        if head.dir != left.dir || !(0.5 * size..3.4 * size).contains(&step) {
            return false;
        }
        let is_left = near(head, left);
        if row.len() > 1 {
            let beside = row[1..].iter().any(|&part| near(&segments[part], right));
            return is_left && beside && row.len() >= fewest;
        }
        if is_left {
            fewest = 3;
        } else if head.u0 < right.u0 - 0.1 * size {
            return false;
        }
    }
    false
}

/// Whether a line is stretched over the width of its column: a few words, each with its blank behind it, and as far from
/// each other as any two of them. Cells that stand at tabs are so only when all of them are as wide.
fn is_stretched(parts: &[&Segment]) -> bool {
    let [before @ .., last] = parts else {
        return false;
    };
    let spread = |values: &mut dyn Iterator<Item = f32>| {
        let (least, most) = values.fold((f32::MAX, f32::MIN), |(least, most), value| {
            (least.min(value), most.max(value))
        });
        most - least
    };
    let gaps = spread(&mut parts.windows(2).map(|pair| pair[1].u0 - pair[0].u1));
    let widths = spread(&mut before.iter().map(|part| part.u1 - part.u0));
    before.len() > 1
        && before
            .iter()
            .all(|part| part.trails && part.cell == last.cell)
        && parts.iter().all(|part| !part.text.contains(' '))
        && gaps < 0.1 * last.size
        && widths > 0.5 * last.size
}

/// Whether `before` is a letter that is set large at the head of a text, and `part` the rest of its word.
fn is_initial(before: &Segment, part: &Segment) -> bool {
    let mut letters = before.text.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else {
        return false;
    };
    let is_large = before.size > 1.6 * part.size && before.v > part.v + 0.3 * part.size;
    if !letter.is_uppercase() || !is_large || !part.text.starts_with(char::is_lowercase) {
        return false;
    }
    // A letter that is a word by itself may be one here.
    let rest = part.text.split(' ').next().unwrap_or_default();
    let rest = rest.trim_end_matches(|char: char| !char.is_alphabetic());
    !matches!(letter, 'I' | 'Å' | 'Ö') || lexicon::is_known(&format!("{letter}{rest}"))
}

/// Whether `part` begins another cell than the one that `before` stands in.
fn is_apart(before: &Segment, part: &Segment) -> bool {
    part.u0 - before.u1 > CELLS_APART * part.size.min(before.size) && !part.led
}

/// One line with its text; nothing when it shows nothing. It stands `alone` when the lines beside it are of one piece.
fn line(drawing: &Drawing, segments: &[Segment], row: &Row, alone: bool) -> Option<Laid> {
    let mut parts: Vec<&Segment> = row.iter().map(|&number| &segments[number]).collect();
    parts.sort_by(|a, b| a.u0.total_cmp(&b.u0));
    let stretched = alone && is_stretched(&parts);
    let mut text = String::new();
    let mut cells = Vec::new();
    let mut ends = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            let before = parts[at - 1];
            let gap = part.u0 - before.u1;
            let size = part.size.min(before.size);
            let apart = is_apart(before, part) && !stretched && !is_marker(&text, before, part);
            if before.cell != part.cell || part.apart || apart {
                text.push('\t');
                cells.push(tidy(part.u0));
                ends.push(before.u1);
            } else if !is_initial(before, part)
                && (gap > segments::BLANK * size
                    || before.trails && gap > OVERLAP * size
                    || mark_of_note(before, part, parts.get(at + 1).copied())
                    || opens_note(before, part))
            {
                text.push(' ');
            }
        }
        text.push_str(&part.text);
    }
    let mut text = letters::unspaced(&text).unwrap_or(text);
    text = letters::finished(text);
    if text.is_empty() || text == "\u{ad}" {
        return None;
    }
    let main = parts
        .iter()
        .max_by_key(|part| part.letters)
        .copied()
        .unwrap_or(parts[0]);
    let (left, right) = parts
        .iter()
        .fold((f32::MAX, f32::MIN), |(left, right), part| {
            (left.min(part.u0), right.max(part.u1))
        });
    let (dx, dy) = drawing.directions[usize::from(main.dir)];
    // From along and across back to the page.
    let corner = |u: f32, v: f32| (u * dx - v * dy, u * dy + v * dx);
    let (a, b) = (
        corner(left, main.v - 0.8 * main.size),
        corner(right, main.v + 0.2 * main.size),
    );
    let (turn, lift, depth) = quarter((dx, dy), drawing.size);
    // Leaders become tabs, too, without a place of their own.
    if turn != 0 || text.matches('\t').count() != cells.len() {
        cells.clear();
    }
    let bold: usize = parts.iter().map(|part| part.bold).sum();
    let letters: usize = parts.iter().map(|part| part.letters).sum();
    let line = PaperLine {
        text,
        bbox: [a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1)].map(tidy),
        size: tidy(main.size),
        bold: bold * 2 > letters,
        cells,
        pieces: Vec::new(),
        zone: main.zone,
        begins: false,
        frame: [
            left,
            main.v - 0.8 * main.size - lift,
            right,
            main.v + 0.2 * main.size - lift,
        ],
        depth,
        turn,
    };
    Some(Laid {
        line,
        first: main.v,
        last: main.v,
        ends,
    })
}

/// How a direction runs in quarter turns, where the top of the page lies across it, and how high the page then is.
fn quarter(direction: (f32, f32), (width, height): (f32, f32)) -> (u8, f32, f32) {
    match direction {
        (dx, _) if dx > 0.99 => (0, 0.0, height),
        (_, dy) if dy > 0.99 => (1, -width, width),
        (dx, _) if dx < -0.99 => (2, -height, height),
        (_, dy) if dy < -0.99 => (3, 0.0, width),
        _ => (4, 0.0, height),
    }
}

/// An OCR engine that writes word by word, each with its blank and on a baseline of its own, lets words overlap by this
/// share of the font size.
const OVERLAP: f32 = -0.15;
/// Pieces of a line that are this many font sizes apart, without a blank, are cells of a table or columns of a head.
const CELLS_APART: f32 = 1.5;

/// A number or a letter stands within so many font sizes before its item; a short word of a table may stand farther.
const MARK_FAR: f32 = 4.0;

/// Whether `text` is what stands before `part` as before an item of a list: a number in a column of numbers is none, nor is
/// what ends with `before` far away.
fn is_marker(text: &str, before: &Segment, part: &Segment) -> bool {
    let is_number = text
        .trim_end()
        .ends_with(|char: char| char.is_ascii_digit() || char == '%')
        && part.text.starts_with(|char: char| char.is_ascii_digit());
    let is_bullet = || !text.chars().any(char::is_alphanumeric);
    let is_near = part.u0 - before.u1 < MARK_FAR * part.size.max(before.size);
    // Two letters beside each other are cells, as those of a party and of who was present.
    let is_one = |text: &str| text.trim().chars().count() == 1;
    let is_cell = is_one(&part.text) && is_one(text) && text.trim().chars().all(char::is_uppercase);
    !is_number && !is_cell && (is_near || is_bullet()) && opens_item(text)
}

/// Whether `text` is what stands before an item of a list: a bullet, a number, a letter.
fn opens_item(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 6
        && text.chars().any(|char| !char.is_alphanumeric())
        && !text.contains([' ', '\t'])
        || text.chars().count() == 1
}

/// To a hundredth of a point: more is noise, and JSON shows it.
fn tidy(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

/// Says with which lines a paragraph begins: more space above than lines have, or another block altogether.
fn mark_paragraphs(lines: &mut [Laid]) {
    let steps = |pair: &[Laid]| {
        let size = pair[0].line.size.max(pair[1].line.size).max(0.1);
        (pair[1].first - pair[0].last) / size
    };
    let mut usual: Vec<f32> = lines
        .windows(2)
        .map(steps)
        .filter(|step| (0.8..2.2).contains(step))
        .collect();
    usual.sort_by(f32::total_cmp);
    // The lower quartile: pages of short paragraphs have more gaps than lines.
    let usual = usual.get(usual.len() / 4).copied().unwrap_or(1.2);
    let rows = table::rows(lines);
    for at in 1..lines.len() {
        let step = steps(&lines[at - 1..=at]);
        let (before, line) = (&lines[at - 1].line, &lines[at].line);
        // Rows of a table stand further apart than lines do.
        let most = if rows.contains(&at) {
            table::STEP
        } else {
            usual * 1.25 + 0.1
        };
        lines[at].line.begins = !(0.0..most).contains(&step)
            || before.zone != line.zone
            || before.turn != line.turn
            || begins_block(lines, at, step);
    }
}

/// Whether a line that follows the one before it at the step of lines, or on its height, begins another block all the same:
/// it stands to the side of it, as the blocks of a letterhead do. What stands to the right may belong to what is before it, as
/// names do to the word that announces them, unless it goes on below as a column or says that it is a block of a letter.
fn begins_block(lines: &[Laid], at: usize, step: f32) -> bool {
    let (before, line) = (&lines[at - 1].line, &lines[at].line);
    let far = CELLS_APART * before.size.max(line.size);
    let is_text = line.text.chars().any(char::is_alphanumeric);
    if !is_text || line.text.starts_with(char::is_lowercase) || opens_item(&before.text) {
        return false;
    }
    let is_left = before.frame[0] - line.frame[2] > far;
    let is_right = line.frame[0] - before.frame[2] > far;
    let goes_on = || {
        lines.get(at + 1).is_some_and(|next| {
            let below = (next.first - lines[at].last) / line.size.max(0.1);
            (next.line.frame[0] - line.frame[0]).abs() < 0.3 * line.size
                && (0.5..2.6).contains(&below)
        })
    };
    is_left || is_right && (step < 0.3 && goes_on() || head::is_of_a_letter(&line.text))
}
