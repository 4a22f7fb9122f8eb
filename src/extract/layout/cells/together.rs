//! Whether rows stand in the same columns.

use super::{Group, Page};

/// Edges of cells that differ by less than this share of the font size are the same.
const EDGE: f32 = 0.1;

impl Page<'_> {
    /// Whether the columns of all rows stand below each other.
    pub(super) fn hangs_together(&self, table: &[&Group]) -> bool {
        let parts = &self.parts;
        let bounds = |column: &Vec<usize>| {
            column
                .iter()
                .fold((f32::MAX, f32::MIN), |(left, right), &part| {
                    // The heads may have a column for the numbers.
                    (left.min(parts[part].text_u0), right.max(parts[part].u1))
                })
        };
        let Some(fullest) = table.iter().max_by_key(|group| group.columns.len()) else {
            return false;
        };
        let mut columns: Vec<(f32, f32)> = fullest.columns.iter().map(bounds).collect();
        for group in table {
            let mut last = None;
            for (left, right) in group.columns.iter().map(bounds) {
                if self.spend(columns.len()).is_none() {
                    return false;
                }
                let mut hit =
                    (0..columns.len()).filter(|&at| left < columns[at].1 && columns[at].0 < right);
                let (Some(place), None) = (hit.next(), hit.next()) else {
                    return false;
                };
                if last.is_some_and(|last| last >= place) {
                    return false;
                }
                last = Some(place);
                columns[place] = (columns[place].0.min(left), columns[place].1.max(right));
            }
        }
        columns.windows(2).all(|pair| pair[0].1 < pair[1].0)
    }

    /// Whether a cell of one row begins, ends or has its middle where one of the other does.
    pub(super) fn share_an_edge(&self, before: &Group, group: &Group) -> bool {
        let heads = |group: &Group| -> Vec<(f32, f32)> {
            let heads = group.columns.iter().map(|column| &self.parts[column[0]]);
            heads.map(|head| (head.u0, head.u1)).collect()
        };
        let near = EDGE * self.parts[group.columns[0][0]].size;
        let (above, below) = (heads(before), heads(group));
        let shares = |a: &(f32, f32)| {
            below.iter().any(|b| {
                let (left, right) = (a.0 - b.0, a.1 - b.1);
                left.abs() < near || right.abs() < near || (left + right).abs() < 2.0 * near
            })
        };
        self.spend(above.len() * below.len()).is_none() || above.iter().any(shares)
    }
}
