//! A page that is drawn from its foot to its head → the same rows from the top down.

use super::Row;
use super::segments::Segment;

/// Steps upward that make sure.
const FEWEST: usize = 6;

/// Turns the order of the rows where all but every one goes up from the one before, within one column.
pub(super) fn turn(segments: &[Segment], rows: &mut [Row]) {
    let (mut up, mut down) = (0usize, 0usize);
    for pair in rows.windows(2) {
        let (before, row) = (&segments[pair[0][0]], &segments[pair[1][0]]);
        let size = before.size.max(row.size);
        let step = row.v - before.v;
        let over = before.u0 < row.u1 && row.u0 < before.u1;
        if over && before.dir == row.dir && (-3.0 * size..-0.5 * size).contains(&step) {
            up += 1;
        } else {
            down += 1;
        }
    }
    if up >= FEWEST && down * 10 <= up {
        rows.reverse();
    }
}
