//! Cells of several lines → one line a row of the table, its cells one after the other.
//!
//! What makes a row, the structure tree says, or the rules that the page draws, or else the order in which a writer draws
//! cell after cell. The lines of a cell are joined only where each of them is full: a name and the title below it are two
//! lines because their writer wants them so.

mod across;
mod together;
mod wrapped;

use std::cell::Cell;
use std::ops::Range;

use super::rules::{Bounds, Rules};
use super::segments::Segment;
use super::{Row, Zone, head, is_apart, is_marker};
use wrapped::Wrapped;

/// Places of rules that differ by less than this, in points, are the same.
const SAME: f32 = 2.0;
/// Higher than this, in font sizes, is no row of a table: it may be the frame of a page.
const HIGHEST: f32 = 20.0;
/// Lines of one cell at most, where no rule and no tree says that it is one.
const MOST_LINES: usize = 14;
/// Lines of one cell follow each other within these font sizes.
const STEPS: Range<f32> = 0.7..1.6;
/// One line of so many at most may end before its cell is full, in a table that nobody but its shape says to be one.
const SHARE: usize = 4;

/// Comparisons that the tables of one page are worth; those of a page that asks for more are read line by line.
const MOST_WORK: usize = 20_000_000;

/// A piece of a row of text: what stands in one cell.
struct Part {
    /// The row that it stands on.
    row: usize,
    /// Its segments; none where it is no level text of the body, which no table has.
    segments: Range<usize>,
    u0: f32,
    u1: f32,
    /// Where its text begins: behind its number, if it has one, and so do the lines below it.
    text_u0: f32,
    v: f32,
    size: f32,
    bounds: Option<Bounds>,
    cell: u32,
    block: u32,
    /// Whether it is the last of its row.
    ends: bool,
}

/// How a row of a table is known.
#[derive(Clone, Copy, PartialEq)]
enum Known {
    Tree,
    Boxes,
    Rules,
    Shape,
    /// The lines that go across it; which rows are joined, is known at once.
    Lines,
}

/// A row of a table: its parts by column.
struct Group {
    columns: Vec<Vec<usize>>,
    known: Known,
    /// The rows of text that it is made of.
    rows: Range<usize>,
    /// Whether its cells are joined lines.
    joined: bool,
    /// Whether one of the lines may have ended before its cell was full.
    doubtful: bool,
}

/// How a line of a cell ends.
#[derive(Clone, Copy, PartialEq)]
enum End {
    /// The next word would not have fitted.
    Full,
    /// It may have fitted, but goes on in small letters.
    Doubtful,
    /// Its writer ended it.
    Short,
}

/// The rows of text that make rows of a table, and for each of its cells the segments of its lines.
pub(super) struct TableRow {
    pub(super) rows: Range<usize>,
    pub(super) cells: Vec<Vec<Row>>,
}

/// Finds the rows of tables that have cells of several lines.
pub(super) fn find(
    segments: &[Segment],
    rows: &[Row],
    rules: &Rules,
    by_tree: bool,
) -> Vec<TableRow> {
    if rows.len() < 2 {
        return Vec::new();
    }
    let page = Page::of(segments, rows, rules);
    let mut groups = page.groups(by_tree);
    let mut at = 0;
    while at < groups.len() {
        let end = page.end_of_table(&groups, at);
        page.settle(&mut groups[at..end]);
        at = end;
    }
    let mut found: Vec<TableRow> = groups
        .into_iter()
        .filter(|group| group.joined)
        .map(|group| TableRow {
            rows: group.rows,
            cells: group
                .columns
                .iter()
                .map(|column| {
                    let lines = column.iter().map(|&part| page.segments_of(part).to_vec());
                    lines.collect()
                })
                .collect(),
        })
        .collect();
    let mut whole = page.rows_with_their_ends(&found);
    if !whole.is_empty() {
        found.append(&mut whole);
        found.sort_by_key(|row| row.rows.start);
    }
    found
}

/// The text of a page in parts.
struct Page<'a> {
    segments: &'a [Segment],
    /// Numbers of the segments of all parts, one part after the other.
    numbers: Vec<usize>,
    parts: Vec<Part>,
    /// Comparisons that are left for this page.
    left: Cell<usize>,
    /// The part up to which no table is drawn line by line.
    no_lines_before: Cell<usize>,
    /// The parts that are drawn to the right of the one before, on its height or above: what is drawn cell after cell has them.
    leaps: Vec<usize>,
    /// The lines that go on the last column of the row above them.
    wrapped: Vec<Wrapped>,
}

impl Page<'_> {
    fn of<'a>(segments: &'a [Segment], rows: &[Row], rules: &Rules) -> Page<'a> {
        let mut page = Page {
            segments,
            numbers: Vec::with_capacity(segments.len()),
            parts: Vec::with_capacity(rows.len() + 8),
            left: Cell::new(MOST_WORK),
            no_lines_before: Cell::new(0),
            leaps: Vec::new(),
            wrapped: Vec::new(),
        };
        for (row, numbers) in rows.iter().enumerate() {
            let begin = page.numbers.len();
            page.numbers.extend_from_slice(numbers);
            page.numbers[begin..].sort_by(|&a, &b| segments[a].u0.total_cmp(&segments[b].u0));
            let end = page.numbers.len();
            let mut from = begin;
            for at in begin + 1..=end {
                if at == end || page.begins_cell(from, at, begin) {
                    page.put(row, from..at, at == end, rules);
                    from = at;
                }
            }
        }
        let leaps = |pair: &[Part]| {
            let (before, part) = (&pair[0], &pair[1]);
            part.u0 > before.u1 && part.v < before.v + 0.5 * part.size
        };
        let at = (1..).zip(page.parts.windows(2));
        page.leaps = at
            .filter(|(_, pair)| leaps(pair))
            .map(|(at, _)| at)
            .collect();
        page.find_wrapped();
        page
    }

    /// Whether a cell begins with the segment at `at`, behind the cell from `from` on of the row from `begin` on.
    fn begins_cell(&self, from: usize, at: usize, begin: usize) -> bool {
        let (before, part) = (
            &self.segments[self.numbers[at - 1]],
            &self.segments[self.numbers[at]],
        );
        let numbers_item =
            from == begin && at == begin + 1 && is_marker(&before.text, before, part);
        part.apart || before.cell != part.cell || is_apart(before, part) && !numbers_item
    }

    fn put(&mut self, row: usize, numbers: Range<usize>, ends: bool, rules: &Rules) {
        let segments = &self.numbers[numbers.clone()];
        let first = &self.segments[segments[0]];
        let u1 = segments
            .iter()
            .map(|&at| self.segments[at].u1)
            .fold(f32::MIN, f32::max);
        let text_u0 = match segments {
            [_, second, ..] => {
                let second = &self.segments[*second];
                let is_numbered = is_marker(&first.text, first, second);
                if is_numbered { second.u0 } else { first.u0 }
            }
            _ => first.u0,
        };
        let is_level = first.dir == 0 && first.zone == Zone::Body;
        let bounds = || rules.around(first.u0, u1, first.v, first.size);
        self.parts.push(Part {
            row,
            u0: first.u0,
            u1,
            text_u0,
            v: first.v,
            size: first.size,
            bounds: if is_level { bounds() } else { None },
            cell: if is_level { first.cell } else { 0 },
            block: first.block,
            ends,
            segments: if is_level { numbers } else { 0..0 },
        });
    }

    /// Counts work; nothing when it is more than a page is worth.
    fn spend(&self, work: usize) -> Option<()> {
        let left = self.left.get().checked_sub(work.max(1));
        self.left.set(left.unwrap_or(0));
        left.map(|_| ())
    }

    fn segments_of(&self, part: usize) -> &[usize] {
        &self.numbers[self.parts[part].segments.clone()]
    }

    fn text(&self, part: &Part) -> String {
        let words: Vec<&str> = self.numbers[part.segments.clone()]
            .iter()
            .map(|&at| self.segments[at].text.trim())
            .collect();
        words.join(" ")
    }

    /// What may be rows of tables, in order; every row of text is in one group at most.
    fn groups(&self, tree: bool) -> Vec<Group> {
        let parts = &self.parts;
        let mut groups = Vec::new();
        let mut at = 0;
        while at < parts.len() {
            // Where a tree orders the page, it says what a table is.
            let shape = || if tree { None } else { self.by_shape(at) };
            let sure = self.by_tree(at).or_else(|| self.by_rules(at, true));
            let ruled = || {
                let ruled = self.by_rules(at, false);
                ruled.filter(|&(_, end)| tree || !self.is_of_shapes(at, end))
            };
            let group = match sure {
                Some(sure) => Some(sure),
                None => {
                    let ruled = ruled();
                    if !tree && let Some((mut rows, end)) = self.by_lines(at) {
                        // One row between two rules is what they say.
                        let within = |group: &Group| {
                            let ruled = ruled.as_ref();
                            ruled.is_none_or(|(ruled, _)| group.rows.end <= ruled.rows.end)
                        };
                        if rows.iter().take(2).filter(|row| within(row)).count() == 2 {
                            groups.append(&mut rows);
                            at = end;
                            continue;
                        }
                    }
                    ruled.or_else(shape)
                }
            };
            if self.left.get() == 0 {
                break;
            }
            match group {
                Some((group, end)) => {
                    groups.push(group);
                    at = end;
                }
                None => at = self.next_row(at),
            }
        }
        groups
    }

    /// The first part of the next row.
    fn next_row(&self, at: usize) -> usize {
        let more = self.parts[at..].iter().take_while(|part| !part.ends);
        at + more.count() + 1
    }

    fn group(
        &self,
        at: usize,
        columns: Vec<Vec<usize>>,
        end: usize,
        known: Known,
    ) -> Option<(Group, usize)> {
        let parts = &self.parts;
        let whole = columns.len() > 1
            && parts[end - 1].ends
            && parts[at..end].iter().all(|part| !part.segments.is_empty());
        whole.then(|| {
            let group = Group {
                columns,
                known,
                rows: parts[at].row..parts[end - 1].row + 1,
                joined: false,
                doubtful: false,
            };
            (group, end)
        })
    }

    /// A row as the structure tree has it.
    fn by_tree(&self, at: usize) -> Option<(Group, usize)> {
        let parts = &self.parts;
        let first = &parts[at];
        if first.cell == 0 {
            return None;
        }
        let in_row = |part: &&Part| part.cell != 0 && part.block == first.block;
        let end = at + parts[at..].iter().take_while(in_row).count();
        self.spend(end - at)?;
        let mut columns: Vec<Vec<usize>> = Vec::new();
        for number in at..end {
            let cell = parts[number].cell;
            self.spend(columns.len())?;
            match columns
                .iter_mut()
                .find(|column| parts[column[0]].cell == cell)
            {
                Some(column) => column.push(number),
                None => columns.push(vec![number]),
            }
        }
        self.group(at, columns, end, Known::Tree)
    }

    /// A row that stands between two rules, in boxes of their own or in one frame.
    fn by_rules(&self, at: usize, boxes: bool) -> Option<(Group, usize)> {
        let parts = &self.parts;
        let first = &parts[at];
        let around = first.bounds?;
        let is_boxed = around.sides.is_some() || !boxes;
        if !is_boxed || around.bottom - around.top > HIGHEST * first.size {
            return None;
        }
        let near = |a: f32, b: f32| (a - b).abs() < SAME;
        let in_row = |part: &&Part| {
            part.cell == 0
                && part.bounds.is_some_and(|bounds| {
                    near(bounds.top, around.top)
                        && near(bounds.bottom, around.bottom)
                        && (!boxes || bounds.sides.is_some())
                })
                // Between the last rule of a table and the first of the next may stand a heading.
                && (boxes || (part.size - first.size).abs() < 0.12 * first.size)
        };
        let end = at + parts[at..].iter().take_while(in_row).count();
        self.spend(end - at)?;
        let mut columns: Vec<(f32, f32, Vec<usize>)> = Vec::new();
        for (number, part) in (at..end).zip(&parts[at..end]) {
            let sides = part.bounds.and_then(|bounds| bounds.sides);
            let (left, right) = sides.filter(|_| boxes).unwrap_or((part.u0, part.u1));
            self.spend(columns.len())?;
            let place = columns
                .iter()
                .position(|column| column.0 < right - SAME && left < column.1 - SAME);
            match place {
                Some(place) => {
                    let column = &mut columns[place];
                    column.0 = column.0.min(left);
                    column.1 = column.1.max(right);
                    column.2.push(number);
                }
                None => columns.push((left, right, vec![number])),
            }
        }
        columns.sort_by(|a, b| a.0.total_cmp(&b.0));
        // A line that reaches into the column beside it makes one of both.
        let apart = columns.windows(2).all(|pair| pair[0].1 < pair[1].0 + SAME);
        // Lines of a cell go down.
        let down = columns.iter().all(|(_, _, column)| {
            column
                .windows(2)
                .all(|pair| parts[pair[1]].v > parts[pair[0]].v)
        });
        let known = if boxes { Known::Boxes } else { Known::Rules };
        let columns = columns.into_iter().map(|(_, _, column)| column).collect();
        (apart && down)
            .then(|| self.group(at, columns, end, known))
            .flatten()
    }

    /// A row that is drawn cell after cell, each to the right of the one before.
    fn by_shape(&self, at: usize) -> Option<(Group, usize)> {
        let parts = &self.parts;
        let next = self.leaps.partition_point(|leap| *leap <= at);
        self.leaps
            .get(next)
            .filter(|leap| **leap <= at + MOST_LINES)?;
        let mut columns: Vec<Vec<usize>> = Vec::new();
        let mut end = at;
        // Top and bottom of the row.
        let (mut top, mut bottom) = (f32::MAX, f32::MIN);
        while let Some(part) = parts
            .get(end)
            .filter(|part| part.cell == 0 && !part.segments.is_empty())
        {
            let lines = self.cell_of_lines(end);
            self.spend(lines)?;
            let last = &parts[end + lines - 1];
            let (first_v, last_v) = (part.v, last.v);
            let left = parts[end..end + lines]
                .iter()
                .map(|part| part.u0)
                .fold(f32::MAX, f32::min);
            let right_of = columns.last().is_none_or(|column| {
                column
                    .iter()
                    .all(|&before| parts[before].u1 + 0.2 * part.size < left)
            });
            let beside = columns.is_empty()
                || first_v < bottom + 0.5 * part.size && last_v > top - 0.5 * part.size;
            if !right_of || !beside || lines > MOST_LINES {
                break;
            }
            columns.push((end..end + lines).collect());
            top = top.min(first_v);
            bottom = bottom.max(last_v);
            end += lines;
        }
        // A rule between two of its lines says that it is none.
        let band = |part: &Part| part.bounds.map(|bounds| (bounds.top, bounds.bottom));
        let parted = parts[at..end].windows(2).any(|pair| {
            let (Some(a), Some(b)) = (band(&pair[0]), band(&pair[1])) else {
                return false;
            };
            (a.0 - b.0).abs() > SAME && (a.1 - b.1).abs() > SAME
        });
        if end == at || parted {
            return None;
        }
        self.group(at, columns, end, Known::Shape)
    }

    /// Whether rows that are drawn cell after cell fill what stands between two rules.
    fn is_of_shapes(&self, mut at: usize, end: usize) -> bool {
        let mut has_lines = false;
        while at < end {
            let Some((group, next)) = self.by_shape(at).filter(|&(_, next)| next <= end) else {
                return false;
            };
            has_lines |= group.columns.iter().any(|column| column.len() > 1);
            at = next;
        }
        has_lines
    }

    /// How many parts from `at` on are the lines of one cell, each below the one before.
    fn cell_of_lines(&self, at: usize) -> usize {
        let parts = &self.parts;
        let first = &parts[at];
        let usual = parts.get(at + 1).map_or(0.0, |next| next.v - first.v);
        let follows = |pair: &&[Part]| {
            let (before, part) = (&pair[0], &pair[1]);
            let size = first.size;
            let step = part.v - before.v;
            let near = |a: f32, b: f32| (a - b).abs() < 0.25 * size;
            part.row != before.row
                && part.cell == 0
                && !part.segments.is_empty()
                && STEPS.contains(&(step / size))
                && (step - usual).abs() < 0.1 * size
                && (part.size - size).abs() < 0.1 * size
                && (near(part.u0, first.u0)
                    || near(part.u0, first.text_u0)
                    || near(part.u1, first.u1)
                    || near(part.u0 + part.u1, first.u0 + first.u1))
        };
        let more = parts[at..].windows(2).take(MOST_LINES);
        1 + more.take_while(follows).count()
    }

    /// The group behind the last of the same table.
    fn end_of_table(&self, groups: &[Group], at: usize) -> usize {
        let mut end = at + 1;
        while end < groups.len() && self.are_of_one_table(&groups[end - 1], &groups[end]) {
            end += 1;
        }
        end
    }

    fn are_of_one_table(&self, before: &Group, group: &Group) -> bool {
        let bounds = |group: &Group| self.parts[group.columns[0][0]].bounds;
        let is_loose = |known| matches!(known, Known::Rules | Known::Shape | Known::Lines);
        let alike = before.known == group.known || is_loose(before.known) && is_loose(group.known);
        // One rule stands between the rows of a table, or none.
        let share = match (bounds(before), bounds(group)) {
            (Some(before), Some(group)) => {
                (before.bottom - group.top).abs() < SAME || (before.top - group.top).abs() < SAME
            }
            _ => true,
        };
        // Lines that stand far below a table that is drawn line by line are another one.
        let bottom = |group: &Group| {
            let parts = group.columns.iter().flatten().map(|&at| self.parts[at].v);
            parts.fold(f32::MIN, f32::max)
        };
        let head = &self.parts[group.columns[0][0]];
        let far = [before.known, group.known].contains(&Known::Lines)
            && head.v - bottom(before) > across::LINES.end * head.size;
        // Rows of one line each that share no columns are of two tables.
        let are_plain = [before, group].iter().all(|group| group.rows.len() == 1);
        let apart = alike
            && are_plain
            && is_loose(group.known)
            && !(self.hangs_together(&[before, group]) && self.share_an_edge(before, group));
        let follows = before.rows.end == group.rows.start && !far && !apart;
        follows && alike && (share || group.known == Known::Tree)
    }

    /// Says which rows of a table are joined.
    fn settle(&self, table: &mut [Group]) {
        let parts = &self.parts;
        let is_plain = |group: &Group| group.rows.len() == 1;
        let has_lines = |group: &Group| group.columns.iter().any(|column| column.len() > 1);
        let is_settled = |group: &Group| group.known == Known::Lines;
        if table.iter().all(is_settled) || !table.iter().any(has_lines) {
            return;
        }
        let loose = table.iter().find(|group| group.known == Known::Shape);
        let known = loose.unwrap_or(&table[0]).known;
        // The blocks of a letterhead have the shape of a table.
        let is_label = |group: &Group| {
            let mut heads = group.columns.iter().map(|column| &parts[column[0]]);
            !is_plain(group) && heads.any(|head| head::is_of_a_letter(&self.text(head)))
        };
        if known == Known::Shape && table.iter().any(is_label) {
            return;
        }
        let most = table
            .iter()
            .map(|group| group.columns.len())
            .max()
            .unwrap_or(0);
        let enough = match known {
            Known::Tree | Known::Boxes | Known::Lines => true,
            Known::Rules => table.len() > 1,
            Known::Shape => {
                table.len() > 2 || table.len() > 1 && (most > 2 || self.are_names(&table[0]))
            }
        };
        if !enough
            || !matches!(known, Known::Tree | Known::Boxes)
                && !self.hangs_together(&table.iter().collect::<Vec<_>>())
        {
            return;
        }
        let all: Vec<usize> = table
            .iter()
            .flat_map(|group| group.columns.iter().flatten().copied())
            .collect();
        // Where it is sure what a cell is, it may hold several paragraphs or a list.
        let sure = matches!(known, Known::Tree | Known::Boxes) && table.len() > 1;
        let (mut full, mut short) = (0, 0);
        let open = |group: &&mut Group| !is_plain(group) && !is_settled(group);
        for group in table.iter_mut().filter(open) {
            let breaks = || group.columns.iter().flat_map(|column| column.windows(2));
            let ends: Vec<End> = breaks()
                .map(|pair| self.end(&all, &parts[pair[0]], &parts[pair[1]]))
                .collect();
            let ends: Vec<End> = ends
                .into_iter()
                .zip(breaks())
                .filter(|(end, pair)| {
                    let (line, next) = (&parts[pair[0]], &parts[pair[1]]);
                    !(sure && *end == End::Short && self.ends_paragraph(line, next))
                })
                .map(|(end, _)| end)
                .collect();
            full += ends.iter().filter(|end| **end == End::Full).count();
            short += ends.iter().filter(|end| **end != End::Full).count();
            group.joined = !ends.contains(&End::Short);
            group.doubtful = ends.contains(&End::Doubtful);
        }
        let few = short * SHARE <= full + short;
        for group in table.iter_mut().filter(|group| !is_settled(group)) {
            group.joined &= few || known != Known::Shape && !group.doubtful;
        }
    }

    /// Whether the cells of a row are the names of people: below them stand their titles.
    fn are_names(&self, group: &Group) -> bool {
        let is_name = |column: &Vec<usize>| {
            let text = self.text(&self.parts[column[0]]);
            let mut words = text.split_whitespace();
            let is_one = |word: &str| {
                word.chars().count() > 1
                    && word.starts_with(char::is_uppercase)
                    && word.contains(char::is_lowercase)
                    && word.chars().all(|char| char.is_alphabetic() || char == '-')
            };
            (2..4).contains(&words.clone().count()) && words.all(is_one)
        };
        group.rows.len() == 1 && group.columns.iter().all(is_name)
    }

    /// Whether a line ends a paragraph or an item of a list, and not a name above its title.
    fn ends_paragraph(&self, line: &Part, next: &Part) -> bool {
        let below = self.text(next);
        let ends = |text: String| text.ends_with(['.', ':', ';', ',', '!', '?']);
        ends(self.text(line)) || below.split_whitespace().next().is_some_and(begins_item)
    }

    /// How a line of a cell ends that another follows, among these parts of its table.
    fn end(&self, all: &[usize], line: &Part, next: &Part) -> End {
        if self.spend(all.len()).is_none() {
            return End::Short;
        }
        // The next column, and the widest line of this one.
        let mut beside = f32::MAX;
        let mut widest = f32::MIN;
        for other in all.iter().map(|&at| &self.parts[at]) {
            if other.u0 > line.u1 && other.u0 > next.u1 {
                beside = beside.min(other.u0);
            } else if other.u0 < line.u1 && line.u0 < other.u1 {
                widest = widest.max(other.u1);
            }
        }
        self.end_before(beside, widest, line, next)
    }

    /// Whether a line ends because its cell is full: the first word of the next would not have fitted between it and what
    /// stands beside the column, or in the widest line of the column.
    fn end_before(&self, beside: f32, widest: f32, line: &Part, next: &Part) -> End {
        let (above, below) = (self.text(line), self.text(next));
        if above.ends_with(['-', '\u{ad}']) {
            return End::Full;
        }
        let word = below.split_whitespace().next().unwrap_or_default();
        if begins_item(word) {
            return End::Short;
        }
        let share = word.chars().count() as f32 / below.chars().count().max(1) as f32;
        let end = line.u1 + 0.25 * line.size + share * (next.u1 - next.u0);
        let size = line.size;
        let is_lower = word.starts_with(char::is_lowercase);
        let judged = |full: bool| match (full, is_lower) {
            (true, _) => End::Full,
            (false, true) => End::Doubtful,
            (false, false) => End::Short,
        };
        // The side of a frame around several columns is no side of this one.
        let sides = line.bounds.and_then(|bounds| bounds.sides);
        if let Some((_, right)) = sides.filter(|(_, right)| *right < beside + SAME) {
            return judged(end > right - 0.7 * size);
        }
        // Another line of the column shows that the word would have fitted.
        if !is_lower && widest < f32::MAX && end < widest {
            return End::Short;
        }
        let goes_on = is_lower || above.split_whitespace().count() > 3;
        judged(end > beside - 2.2 * size || goes_on && end > widest)
    }
}

/// Whether a word is the bullet, the number or the letter of an item.
fn begins_item(word: &str) -> bool {
    let stem = word.strip_suffix(['.', ')']).unwrap_or_default();
    let is_number = stem.len() < 4 && stem.bytes().all(|byte| byte.is_ascii_digit());
    matches!(word, "-" | "–" | "•" | "·" | "*" | "o" | "▪" | "●" | "○")
        || !stem.is_empty() && (is_number || stem.chars().count() == 1)
}
