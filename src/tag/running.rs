//! Running heads and feet: pages → where they lie in the sheet's text. What they say of number and date is the paper's own.

use std::collections::BTreeMap;
use std::ops::Range;

use super::sheet::Sheet;
use crate::repair::CleanPage;

/// Lines at a page's top, and at its foot, among which a running line is looked for.
const AT_EDGE: usize = 3;

/// Bytes that a running line has at most.
const LONGEST: usize = 160;

/// Where the running heads and feet of `pages` lie in the text of `sheet`, which was made of them, in the order of the
/// text: those that the file's reader marked; where it marked none (a text file), the lines at the pages' edges that two
/// pages share but for their figures.
pub(super) fn heads(sheet: &Sheet, pages: &[CleanPage]) -> Vec<Range<usize>> {
    if pages.len() < 2 {
        return Vec::new();
    }
    let mut start = 0;
    let mut marked = Vec::new();
    for page in pages {
        let furniture = page.furniture.iter();
        marked.extend(furniture.map(|&(from, to)| start + from..start + to));
        start += page.text.len() + 1;
    }
    if marked.is_empty() {
        marked = shared(pages);
    }
    marked.retain(|range| range.end <= sheet.text.len());
    marked.sort_by_key(|range| range.start);
    marked
}

/// The lines at the edges of `pages` that two of them share but for their figures.
fn shared(pages: &[CleanPage]) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut same: BTreeMap<String, Vec<(usize, Range<usize>)>> = BTreeMap::new();
    for (number, page) in pages.iter().enumerate() {
        // A sentence that two pages end with is none.
        let running = |line: &Range<usize>| !page.text[line.clone()].trim_end().ends_with('.');
        for line in edges(&page.text).into_iter().filter(running) {
            let masked: String = page.text[line.clone()]
                .split_whitespace()
                .flat_map(|word| word.chars().chain([' ']))
                .map(|letter| if letter.is_ascii_digit() { '0' } else { letter })
                .collect();
            let line = start + line.start..start + line.end;
            same.entry(masked).or_default().push((number, line));
        }
        start += page.text.len() + 1;
    }
    same.into_values()
        .filter(|lines| lines.iter().any(|(number, _)| *number != lines[0].0))
        .flatten()
        .map(|(_, line)| line)
        .collect()
}

/// The first and the last lines of a page's text that hold anything.
fn edges(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let lines: Vec<Range<usize>> = text
        .split('\n')
        .map(|line| {
            let range = start..start + line.len();
            start = range.end + 1;
            range
        })
        .filter(|line| {
            let line = text[line.clone()].trim();
            line.len() <= LONGEST && !line.is_empty()
        })
        .collect();
    if lines.len() <= 2 * AT_EDGE {
        return lines;
    }
    let (top, rest) = lines.split_at(AT_EDGE);
    let foot = &rest[rest.len() - AT_EDGE..];
    [top, foot].concat()
}

/// Whether `range` of the sheet's text lies in one of `heads`.
pub(super) fn holds(heads: &[Range<usize>], range: &Range<usize>) -> bool {
    let next = heads.partition_point(|head| head.end < range.end);
    heads
        .get(next)
        .is_some_and(|head| head.start <= range.start && range.end <= head.end)
}
