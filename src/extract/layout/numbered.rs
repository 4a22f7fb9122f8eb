//! The numbers of lines in the margin of a page, as the papers of courts and parliaments have them → furniture.

use super::segments::Segment;
use super::{Row, Zone};

/// So many numbers make sure.
const FEWEST: usize = 6;
/// Bytes that a line of running prose has at least, on the average.
const PROSE: usize = 36;

/// Takes the numbers of lines out of the rows that they stand before. Each is the one before and one more, or five more; all
/// stand to the left of everything else on the page, and what they number is running prose: not the items of a list, not the
/// rows of a table.
pub(super) fn part(segments: &mut [Segment], rows: &mut Vec<Row>) {
    let value = |number: usize| -> Option<u32> {
        let text = segments[number].text.trim();
        (text.len() <= 3).then(|| text.parse().ok()).flatten()
    };
    let mut numbers: Vec<(usize, u32)> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if let Some(value) = value(row[0]) {
            numbers.push((at, value));
        }
    }
    if numbers.len() < FEWEST {
        return;
    }
    let of = |at: usize| &segments[rows[at][0]];
    let first = of(numbers[0].0);
    let (size, right) = (first.size, first.u1);
    let step = numbers[1].1.wrapping_sub(numbers[0].1);
    let counts = numbers.windows(2).all(|pair| {
        let (a, b) = (of(pair[0].0), of(pair[1].0));
        pair[1].1.wrapping_sub(pair[0].1) == step
            && b.v > a.v + 0.5 * size
            && ((a.u0 - b.u0).abs() < 0.2 * size || (a.u1 - b.u1).abs() < 0.2 * size)
    });
    if !counts || !matches!(step, 1 | 5) || first.dir != 0 || first.zone != Zone::Body {
        return;
    }
    // The widest of them, of three figures, ends here.
    let edge = numbers
        .iter()
        .map(|&(at, _)| of(at).u1)
        .fold(right, f32::max);
    let numbered: Vec<usize> = numbers.iter().map(|&(at, _)| rows[at][0]).collect();
    let mut others = rows
        .iter()
        .flatten()
        .filter(|number| !numbered.contains(number));
    let is_left = others.all(|&number| {
        let other = &segments[number];
        other.zone != Zone::Body || other.dir == 0 && other.u0 > edge + 0.3 * size
    });
    if !is_left || !number_prose(segments, rows, &numbered, step) {
        return;
    }
    for row in rows.iter_mut() {
        row.retain(|number| !numbered.contains(number));
    }
    rows.retain(|row| !row.is_empty());
    for number in numbered {
        segments[number].zone = Zone::Foot;
        rows.push(vec![number]);
    }
}

/// Whether each of the numbers stands on the line of a text, and these texts are running prose.
fn number_prose(segments: &[Segment], rows: &[Row], numbered: &[usize], step: u32) -> bool {
    let mut lines: Vec<&Segment> = rows
        .iter()
        .filter_map(|row| row.iter().find(|number| !numbered.contains(number)))
        .map(|&number| &segments[number])
        .filter(|segment| segment.zone == Zone::Body)
        .collect();
    lines.sort_by(|a, b| a.v.total_cmp(&b.v));
    let beside = |number: &usize| {
        let (v, size) = (segments[*number].v, segments[*number].size);
        let from = lines.partition_point(|line| line.v < v - 0.3 * size);
        lines.get(from).is_some_and(|line| line.v < v + 0.3 * size)
    };
    let all: usize = lines.iter().map(|line| line.text.len()).sum();
    let goes_on = lines
        .iter()
        .filter(|line| line.text.starts_with(char::is_lowercase))
        .count();
    // Of the lines that bear numbers none is left out but those between two of five.
    let count = lines.len() / step.max(1) as usize;
    numbered.iter().all(beside)
        && numbered.len() + 2 >= count
        && all >= PROSE * lines.len()
        && goes_on * 3 >= lines.len()
}
