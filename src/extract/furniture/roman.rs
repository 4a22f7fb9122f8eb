//! Pages that are numbered in lower-case Roman numbers, as a preface is → the lines that are such a number.

use std::collections::BTreeSet;

use super::{EDGE, PaperPage, SAME};

/// Roman numbers at the edges of one page that are looked at.
const MOST_NUMBERS: usize = 20;

/// Lines that are nothing but a lower-case Roman number, at the foot or the head of a page, where that of the page before or
/// behind stands at the same height and counts on.
pub(super) fn numbers(pages: &[PaperPage]) -> BTreeSet<(usize, usize)> {
    let found: Vec<(usize, usize, u64, f32)> = pages
        .iter()
        .enumerate()
        .flat_map(|(page, paper)| paper.lines.iter().enumerate().map(move |line| (page, line)))
        .filter_map(|(page, (at, line))| {
            let at_edge =
                line.frame[3] < line.depth * EDGE || line.frame[1] > line.depth * (1.0 - EDGE);
            let number = at_edge.then(|| roman(line.text.trim_matches(['-', '–', ' '])))??;
            Some((page, at, number, line.frame[3]))
        })
        .collect();
    let near = |page: usize| {
        let from = found.partition_point(|other| other.0 < page);
        found[from..]
            .iter()
            .take_while(move |other| other.0 == page)
            .take(MOST_NUMBERS)
    };
    let counts_on = |&&(page, _, number, y): &&(usize, usize, u64, f32)| {
        let stands =
            |other: u64, height: f32, wanted: u64| other == wanted && (height - y).abs() < SAME;
        near(page + 1).any(|other| stands(other.2, other.3, number + 1))
            || page > 0 && near(page - 1).any(|other| stands(other.2 + 1, other.3, number))
    };
    found
        .iter()
        .filter(counts_on)
        .map(|&(page, at, ..)| (page, at))
        .collect()
}

/// The value of a lower-case Roman number up to some forty.
fn roman(text: &str) -> Option<u64> {
    if text.is_empty() || text.len() > 7 || !text.bytes().all(|byte| b"ivxl".contains(&byte)) {
        return None;
    }
    (1..=49).find(|&number| {
        let tens = ["", "x", "xx", "xxx", "xl"][number as usize / 10];
        let ones =
            ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"][number as usize % 10];
        text.strip_prefix(tens) == Some(ones)
    })
}
