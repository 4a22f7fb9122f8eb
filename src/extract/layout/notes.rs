//! Notes at the foot of a page that are drawn before the text that they belong to has ended (with the line that bears their
//! mark, first of all, at the foot of the first of two columns) → behind that text.

use std::collections::HashSet;

use super::rules::Rules;
use super::segments::Segment;
use super::{Row, Zone};

/// Notes are set smaller than this share of the text's size.
const SMALLER: f32 = 0.95;
/// Lines of one note follow each other within so many font sizes.
const STEP: f32 = 1.7;
/// Lines of a note may begin so many font sizes to the right or the left of the one before.
const INDENT: f32 = 3.0;
/// What stands below this share of the page is its foot, whatever its size.
const FOOT: f32 = 0.88;
/// Notes stand below this share of the page.
const UPPER: f32 = 0.3;
/// Lines times lines that are looked at on one page.
const MOST_LOOKS: usize = 4_000_000;

/// A row, and what it is known by.
struct Line<'a> {
    /// What stands leftmost.
    head: &'a Segment,
    /// What has most of the letters.
    main: &'a Segment,
    u1: f32,
}

/// The rows of a note.
struct Note {
    first: usize,
    end: usize,
}

/// Puts the notes behind the last line of the text above them. `height` is the page's.
pub(super) fn follow(segments: &[Segment], rows: &mut Vec<Row>, rules: &Rules, height: f32) {
    let lines: Vec<Line<'_>> = rows.iter().map(|row| Line::of(segments, row)).collect();
    let usual = usual_size(&lines);
    let begins = |line: &&Line<'_>| line.is_small(usual) && mark(&line.head.text).is_some();
    let count = lines.iter().filter(begins).count();
    if count == 0 || count * lines.len() > MOST_LOOKS {
        return;
    }
    let marks = marks(segments, rows, usual);
    let mut notes: Vec<Note> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if !begins(&line) {
            at += 1;
            continue;
        }
        let goes_on = |pair: &&[Line<'_>]| pair[1].goes_on(&pair[0]) && !begins(&&pair[1]);
        let end = at + 1 + lines[at..].windows(2).take_while(goes_on).count();
        // A note is known by its mark in the text, by the note before it, or by the rule above it.
        let is_marked = || mark(&line.head.text).is_some_and(|mark| marks.contains(mark));
        let follows = notes
            .last()
            .is_some_and(|note| note.end == at && line.goes_on(&lines[at - 1]));
        let ruled = || rules.open_notes(line.head.u0, line.main.v, line.main.size);
        if line.is_lowest(&lines, usual, height) && (follows || is_marked() || ruled()) {
            notes.push(Note { first: at, end });
        }
        at = end;
    }
    // The text above the topmost of them.
    let top = notes
        .iter()
        .map(|note| lines[note.first].main.v)
        .fold(f32::MAX, f32::min);
    let last = lines
        .iter()
        .rposition(|line| line.is_text() && !line.is_small(usual) && line.main.v < top);
    if let Some(last) = last {
        move_behind(rows, last, &notes);
    }
}

/// Puts the notes that stand before row `last` behind it, in their order.
fn move_behind(rows: &mut Vec<Row>, last: usize, notes: &[Note]) {
    let mut moved: Vec<Row> = Vec::new();
    for note in notes.iter().filter(|note| note.first < last) {
        moved.extend(rows[note.first..note.end].iter_mut().map(std::mem::take));
    }
    if moved.is_empty() {
        return;
    }
    rows.splice(last + 1..last + 1, moved);
    rows.retain(|row| !row.is_empty());
}

impl<'a> Line<'a> {
    fn of(segments: &'a [Segment], row: &Row) -> Line<'a> {
        let first = &segments[row[0]];
        let mut line = Line {
            head: first,
            main: first,
            u1: first.u1,
        };
        for &number in &row[1..] {
            let part = &segments[number];
            if part.u0 < line.head.u0 {
                line.head = part;
            }
            if part.letters > line.main.letters {
                line.main = part;
            }
            line.u1 = line.u1.max(part.u1);
        }
        line
    }

    /// Whether it is a level line of the body.
    fn is_text(&self) -> bool {
        self.main.dir == 0 && self.main.zone == Zone::Body && self.main.field == 0
    }

    /// Whether it is text smaller than most.
    fn is_small(&self, usual: f32) -> bool {
        self.is_text() && self.main.size < SMALLER * usual
    }

    /// Whether it is the next line of the note that `before` is a line of.
    fn goes_on(&self, before: &Line<'_>) -> bool {
        let size = before.main.size;
        let step = self.main.v - before.main.v;
        self.is_text()
            && (self.main.size - size).abs() < 0.06 * size
            && (0.7 * size..STEP * size).contains(&step)
            && (self.head.u0 - before.head.u0).abs() < INDENT * size
    }

    /// Whether it stands low on the page, and nothing of the text's own size below it but the page's foot.
    fn is_lowest(&self, lines: &[Line<'_>], usual: f32, height: f32) -> bool {
        self.main.v > UPPER * height
            && lines.iter().all(|other| {
                other.main.v <= self.main.v
                    || other.main.v > FOOT * height
                    || !other.is_text()
                    || other.is_small(usual)
                    || other.head.u0 > self.u1
                    || other.u1 < self.head.u0
            })
    }
}

/// The size of most of the text; 0 when there is none.
fn usual_size(lines: &[Line<'_>]) -> f32 {
    let mut sizes: Vec<(f32, usize)> = lines
        .iter()
        .filter(|line| line.is_text())
        .map(|line| (line.main.size, line.main.letters))
        .collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, letters)| letters).sum::<usize>() / 2;
    let mut before = 0;
    let median = sizes.iter().find(|(_, letters)| {
        before += letters;
        before > half
    });
    median.map_or(0.0, |(size, _)| *size)
}

/// The mark that a note begins with: a number, stars, a letter by itself.
fn mark(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let stars = text.bytes().take_while(|byte| *byte == b'*').count();
    let is_letter = text.starts_with(|char: char| char.is_ascii_lowercase());
    let length = match (digits, stars) {
        (1..=3, _) => digits,
        (_, 1..=4) => stars,
        _ if is_letter => 1,
        _ => return None,
    };
    let (mark, rest) = text.split_at(length);
    let rest = rest.strip_prefix(')').unwrap_or(rest);
    let ends = rest.is_empty()
        || stars > 0
        || rest.starts_with(|char: char| char.is_whitespace() || char.is_uppercase());
    ends.then_some(mark)
}

/// The marks that stand raised in the text.
fn marks<'a>(segments: &'a [Segment], rows: &[Row], usual: f32) -> HashSet<&'a str> {
    let mut marks = HashSet::new();
    for row in rows {
        for pair in row.windows(2) {
            let (before, part) = (&segments[pair[0]], &segments[pair[1]]);
            let raised = part.size < 0.85 * before.size && part.v < before.v - 0.15 * before.size;
            if raised && before.size > SMALLER * usual {
                let each = part.text.split([',', ' ']);
                marks.extend(each.map(|mark| mark.trim().trim_end_matches(')')));
            }
        }
    }
    marks
}
