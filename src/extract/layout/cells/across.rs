//! Tables without rules that are drawn line by line, each line across all columns → their rows.
//!
//! The cells of a row begin on one line, so a line that fills a column which the line above leaves empty begins a row, and so
//! does one behind a wider step or below a line that its writer ended. Lines that would begin a row in one column and go on a
//! sentence in another are no table: columns of running text are read so, and cells that hang in the middle of their row.

use std::ops::Range;

use super::super::head;
use super::{End, Group, Known, Page, Part, SHARE, STEPS};

/// Lines of a table follow each other within these font sizes.
pub(super) const LINES: Range<f32> = 0.7..3.4;
/// Lines of one page's table at most.
const MOST_ROWS: usize = 120;
/// Columns at most.
const MOST_COLUMNS: usize = 24;
/// A step that is wider than that of lines by this share of the font size parts two rows.
const WIDER: f32 = 0.15;

/// Lines across a table, and from where to where its columns go.
struct Lines {
    lines: Vec<Line>,
    columns: Vec<(f32, f32)>,
}

/// A line across the table: where it stands, and its parts by column.
struct Line {
    v: f32,
    cells: Vec<(usize, usize)>,
}

impl Line {
    fn cell(&self, column: usize) -> Option<usize> {
        let cell = self.cells.iter().find(|cell| cell.0 == column);
        cell.map(|cell| cell.1)
    }
}

/// What a line is to the one above it.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    /// It begins a row.
    Begins,
    /// It goes on the row.
    GoesOn,
    /// Neither can be.
    Odd,
}

impl Page<'_> {
    /// The rows of a table that begins with the part `at`, and the part behind it.
    pub(super) fn by_lines(&self, at: usize) -> Option<(Vec<Group>, usize)> {
        if at < self.no_lines_before.get() {
            return None;
        }
        let found = self.lines(at)?;
        let Lines { lines, .. } = &found;
        let behind = |lines: &[Line]| lines.last()?.cells.last().map(|cell| cell.1 + 1);
        self.no_lines_before.set(behind(lines)?);
        let step = self.step(lines)?;
        let mut begins = vec![0];
        let mut end = lines.len();
        for number in 1..lines.len() {
            match self.follows(&found, number, step)? {
                Step::Begins => begins.push(number),
                Step::GoesOn => {}
                Step::Odd => {
                    // Nor is the row whole that it would end.
                    end = begins.pop()?;
                    self.no_lines_before.set(behind(&lines[..number])?);
                    break;
                }
            }
        }
        begins.push(end);
        let mut groups: Vec<Group> = Vec::new();
        for pair in begins.windows(2).filter(|pair| pair[0] < pair[1]) {
            groups.extend(self.row_of(&found, pair[0]..pair[1]));
        }
        self.is_table(&groups).then_some(())?;
        let more =
            |group: &Group| -> usize { group.columns.iter().map(|column| column.len() - 1).sum() };
        let breaks: usize = groups.iter().map(more).sum();
        let doubtful = groups.iter().filter(|group| group.doubtful).count();
        if doubtful * SHARE > breaks {
            return None;
        }
        let behind = groups.last()?.rows.end;
        let more = self.parts[at..].iter();
        let end = at + more.take_while(|part| part.row < behind).count();
        Some((groups, end))
    }

    /// The lines from the part `at` on that stand in the same columns.
    fn lines(&self, at: usize) -> Option<Lines> {
        let parts = &self.parts;
        let first = &parts[at];
        let size = first.size;
        if first.ends {
            return None;
        }
        let mut columns: Vec<(f32, f32)> = Vec::new();
        let mut rows: Vec<(f32, Range<usize>)> = Vec::new();
        let mut begin = at;
        while begin < parts.len() && rows.len() < MOST_ROWS {
            let end = begin + 1 + parts[begin..].iter().position(|part| part.ends)?;
            let row = &parts[begin..end];
            let v = row[0].v;
            let fits = row.iter().all(|part| {
                part.cell == 0
                    && !part.segments.is_empty()
                    && (part.size - size).abs() < 0.12 * size
            }) && rows
                .last()
                .is_none_or(|(above, _)| LINES.contains(&((v - above) / size)));
            self.spend(row.len() * (columns.len() + 1))?;
            if !fits || !stand_in(&mut columns, row) || columns.len() > MOST_COLUMNS {
                break;
            }
            rows.push((v, begin..end));
            begin = end;
        }
        // What goes up again beside the last of them is drawn cell after cell.
        let goes_up = |part: &Part| {
            let (Some((top, _)), Some((bottom, _))) = (rows.first(), rows.last()) else {
                return false;
            };
            part.v > top - 0.5 * size && part.v < bottom + 0.3 * size
        };
        if parts.get(begin).is_some_and(goes_up) {
            return None;
        }
        columns.sort_by(|a, b| a.0.total_cmp(&b.0));
        let place = |part: usize| {
            let column = columns.iter().position(|column| parts[part].u0 < column.1);
            (column.unwrap_or(0), part)
        };
        let lines = rows.into_iter().map(|(v, row)| Line {
            v,
            cells: row.map(place).collect(),
        });
        let lines = lines.collect();
        (columns.len() > 1).then_some(Lines { lines, columns })
    }

    /// The usual step from a line to the next: the least one within a column.
    fn step(&self, lines: &[Line]) -> Option<f32> {
        let size = self.parts[lines.first()?.cells.first()?.1].size;
        let steps = lines.windows(2).filter(|pair| {
            let goes_on = |cell: &(usize, usize)| pair[0].cell(cell.0).is_some();
            pair[1].cells.iter().any(goes_on)
        });
        let steps = steps.map(|pair| pair[1].v - pair[0].v);
        let least = steps.fold(f32::MAX, f32::min);
        STEPS.contains(&(least / size)).then_some(least)
    }

    /// What the line of this number is to the line above it.
    fn follows(&self, found: &Lines, number: usize, usual: f32) -> Option<Step> {
        let (above, line) = (&found.lines[number - 1], &found.lines[number]);
        let size = self.parts[line.cells.first()?.1].size;
        if line.v - above.v > usual + WIDER * size {
            return Some(Step::Begins);
        }
        if self.counts_on(above, line) {
            return Some(Step::Begins);
        }
        let (mut begins, mut goes_on) = (false, false);
        for &(column, part) in &line.cells {
            let Some(before) = above.cell(column) else {
                begins = true;
                continue;
            };
            let end = self.end_within(found, column, before, part)?;
            let (before, part) = (&self.parts[before], &self.parts[part]);
            match end {
                End::Short => begins = true,
                _ if ruled_apart(before, part) => begins = true,
                End::Full if self.begins_small(part) => goes_on = true,
                End::Full | End::Doubtful => {}
            }
        }
        Some(match (begins, goes_on) {
            (true, true) => Step::Odd,
            (true, false) => Step::Begins,
            (false, _) => Step::GoesOn,
        })
    }

    /// Whether a line begins with a number that is the one above it and one more, as the rows of an agenda do.
    fn counts_on(&self, above: &Line, line: &Line) -> bool {
        let number = |line: &Line| -> Option<u32> {
            let &(column, part) = line.cells.first()?;
            let text = self.text(&self.parts[part]);
            let text = text.trim_start_matches(['§', ' ']).trim_end_matches('.');
            (column == 0).then(|| text.parse().ok()).flatten()
        };
        let (above, number) = (number(above), number(line));
        above.is_some_and(|above| above.checked_add(1) == number)
    }

    /// How a line of this column ends, which another follows. That no line of its column is longer says little of a name or a
    /// word: below it may stand a title.
    fn end_within(&self, found: &Lines, column: usize, line: usize, next: usize) -> Option<End> {
        self.spend(found.columns.len())?;
        let beside = found.columns.get(column + 1).map(|next| next.0);
        let (line, next) = (&self.parts[line], &self.parts[next]);
        let is_name = || beside.is_some() && self.text(line).split_whitespace().count() < 3;
        let widest = if is_name() {
            f32::MAX
        } else {
            found.columns[column].1
        };
        Some(self.end_before(beside.unwrap_or(f32::MAX), widest, line, next))
    }

    fn begins_small(&self, part: &Part) -> bool {
        self.text(part).starts_with(char::is_lowercase)
    }

    /// The row of a table that these lines are; nothing when it has but one cell.
    fn row_of(&self, found: &Lines, rows: Range<usize>) -> Option<Group> {
        let lines = &found.lines[rows];
        let (first, last) = (lines.first()?, lines.last()?);
        let mut columns: Vec<Vec<usize>> = Vec::with_capacity(first.cells.len());
        let mut ends: Vec<End> = Vec::new();
        for &(column, _) in &first.cells {
            let cell = lines.iter().map_while(|line| line.cell(column));
            let cell: Vec<usize> = cell.collect();
            for pair in cell.windows(2) {
                ends.push(self.end_within(found, column, pair[0], pair[1])?);
            }
            columns.push(cell);
        }
        (columns.len() > 1).then(|| Group {
            joined: lines.len() > 1 && !ends.contains(&End::Short),
            doubtful: ends.contains(&End::Doubtful),
            columns,
            known: Known::Lines,
            rows: self.parts[first.cells[0].1].row..self.parts[last.cells[0].1].row + 1,
        })
    }

    /// Whether rows that were found are a table, and one that is not read by its shape anyway.
    fn is_table(&self, groups: &[Group]) -> bool {
        let most = groups.iter().map(|group| group.columns.len()).max();
        let enough =
            groups.len() > 2 || groups.len() > 1 && (most > Some(2) || self.are_names(&groups[0]));
        // A cell of several lines before the last: the last one is drawn behind the others anyway.
        let across = groups.iter().any(|group| {
            let before = group.columns.split_last().map_or(&[][..], |split| split.1);
            group.joined && before.iter().any(|column| column.len() > 1)
        });
        if !enough || !across {
            return false;
        }
        let heads = || groups.iter().flat_map(|group| &group.columns);
        let small = heads().filter(|column| self.begins_small(&self.parts[column[0]]));
        let labels = heads().any(|column| head::is_of_a_letter(&self.text(&self.parts[column[0]])));
        !labels && small.count() * SHARE <= heads().count()
    }
}

/// Whether the parts of a row stand each in a column of their own; what stands in none makes one.
fn stand_in(columns: &mut Vec<(f32, f32)>, row: &[Part]) -> bool {
    let mut taken: Vec<usize> = Vec::with_capacity(row.len());
    let known = columns.len();
    for part in row {
        let meets = |&at: &usize| {
            let column: &(f32, f32) = &columns[at];
            part.u0 < column.1 && column.0 < part.u1
        };
        let mut hit = (0..columns.len()).filter(meets);
        match (hit.next(), hit.next()) {
            (None, _) => {
                taken.push(columns.len());
                columns.push((part.u0, part.u1));
            }
            (Some(at), None) if !taken.contains(&at) => taken.push(at),
            _ => {
                columns.truncate(known);
                return false;
            }
        }
    }
    for (&at, part) in taken.iter().zip(row) {
        columns[at] = (columns[at].0.min(part.u0), columns[at].1.max(part.u1));
    }
    true
}

/// Whether a rule stands between two lines.
fn ruled_apart(above: &Part, line: &Part) -> bool {
    match (above.bounds, line.bounds) {
        (Some(above), Some(line)) => (above.top - line.top).abs() > super::SAME,
        _ => false,
    }
}
