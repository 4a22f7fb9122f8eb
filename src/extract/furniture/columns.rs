//! The heads of a table's columns, which are repeated at the top of each of its pages → the first of them is body: nobody else says
//! what the figures below it are.

use std::collections::{BTreeMap, HashSet};

use super::super::layout::{PaperLine, Zone};
use super::PaperPage;

/// Columns that a table has at least; a running head has two sides.
const LEAST: usize = 3;
/// Heads of one page that are looked at.
const MOST: usize = 50;
/// A row stands within so many font sizes below the heads of its columns.
const NEAR: f32 = 2.2;

/// Takes the first heads of each table out of what was `found`.
pub(super) fn keep_first(pages: &[PaperPage], found: &mut BTreeMap<(usize, usize), (Zone, bool)>) {
    let candidates: Vec<(usize, usize)> = found
        .iter()
        .filter(|(_, (edge, counts))| *edge == Zone::Head && !counts)
        .map(|(at, _)| *at)
        .filter(|&(page, line)| columns(&pages[page].lines[line].text) >= LEAST)
        .collect();
    if candidates.is_empty() {
        return;
    }
    let mut seen: HashSet<&str> = HashSet::new();
    let mut at = 0;
    for (number, page) in pages.iter().enumerate() {
        // A table that begins farther down has its heads there.
        for (line, text) in page.lines.iter().enumerate() {
            if !found.contains_key(&(number, line)) && columns(&text.text) >= LEAST {
                seen.insert(&text.text);
            }
        }
        let here = candidates[at..].partition_point(|(page, _)| *page == number);
        for &(_, line) in candidates[at..at + here].iter().take(MOST) {
            let head = &page.lines[line];
            let is_body = |line: &usize| !found.contains_key(&(number, *line));
            if seen.insert(&head.text) && is_over_a_row(head, page, is_body) {
                found.remove(&(number, line));
            }
        }
        at += here;
    }
}

/// Whether a row with as many cells stands below `head`, nearer than any other line of the body.
fn is_over_a_row(head: &PaperLine, page: &PaperPage, is_body: impl Fn(&usize) -> bool) -> bool {
    let below = (0..page.lines.len())
        .filter(is_body)
        .map(|at| &page.lines[at]);
    let below = below.filter(|line| line.frame[1] >= head.frame[3] - head.size / 2.0);
    let next = below.min_by(|a, b| a.frame[1].total_cmp(&b.frame[1]));
    next.is_some_and(|row| {
        row.frame[1] - head.frame[3] < NEAR * head.size && columns(&row.text) == columns(&head.text)
    })
}

/// How many cells a line has.
fn columns(text: &str) -> usize {
    text.matches('\t').count() + 1
}

#[cfg(test)]
mod tests {
    use super::super::PaperPage;
    use super::super::tests::{furniture, page};

    const HEADS: &str = "Kod\tVerksamhet\tBudget";

    /// Four pages; a table with these heads, so far over its rows, goes over the last three.
    fn pages(heads: &str, row: f32, first: &str) -> Vec<PaperPage> {
        let table = (1..=3).map(|number| {
            page(&[
                ("Sundby kommun", 40.0),
                (heads, 70.0),
                (
                    &format!("{number}\tBadhus {}\t{}", number * 7, number * number),
                    row,
                ),
                (
                    &format!("{number} m\tIshall {}\t{}", number * 3, number * number),
                    row + 15.0,
                ),
            ])
        });
        [page(&[("Budget", 60.0), (first, 400.0)])]
            .into_iter()
            .chain(table)
            .collect()
    }

    #[test]
    fn the_first_heads_of_a_table_are_body() {
        let found = furniture(&mut pages(HEADS, 98.0, "Text"));
        let town = vec!["Sundby kommun".to_owned()];
        let both = vec!["Sundby kommun".to_owned(), HEADS.to_owned()];
        assert_eq!(found, [vec![], town, both.clone(), both]);
    }

    #[test]
    fn a_running_head_with_columns_is_none_of_a_table() {
        let begun = pages(HEADS, 98.0, HEADS);
        for (how, mut pages) in [
            ("the table has begun before", begun),
            ("no row stands below it", pages(HEADS, 130.0, "Text")),
            (
                "the rows have other columns",
                pages("Sundby\tBudget\t2016\tBeslut", 98.0, "Text"),
            ),
            (
                "it has two sides",
                pages("Sundby kommun\tBudget", 98.0, "Text"),
            ),
        ] {
            let found = furniture(&mut pages);
            assert_eq!(found[1].len(), 2, "{how}");
            assert_eq!(found[1], found[2], "{how}");
        }
    }
}
