//! A block of a letterhead that runs on below the one beside it → cut where its neighbour ends.
//!
//! An engine that reads columns takes the left block of a letterhead and the title below it for one column, and reads the
//! right block after both.

use super::columns::speaks;

/// Lines that a block of a letterhead has at most.
const MOST: usize = 14;

/// So many times its height lies between the last line of a block and what stands below it.
const GAP: f32 = 0.8;

/// A line as far as its place matters.
pub(in crate::extract) struct Place<'a> {
    pub(in crate::extract) text: &'a str,
    /// Left, top, right, bottom.
    pub(in crate::extract) bbox: [f32; 4],
}

/// The order in which the lines are to be read; nothing when it is theirs.
pub(in crate::extract) fn order(lines: &[Place<'_>]) -> Option<Vec<usize>> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    let mut moved = false;
    let mut at = 1;
    while at < lines.len() {
        let Some((tail, end)) = block_beside(lines, at) else {
            at += 1;
            continue;
        };
        order[tail..end].rotate_left(at - tail);
        moved = true;
        at = end;
    }
    moved.then_some(order)
}

/// Where the lines begin that stand below the block that begins with line `at`, though they are read before it, and where
/// that block ends.
fn block_beside(lines: &[Place<'_>], at: usize) -> Option<(usize, usize)> {
    let first = &lines[at];
    let [left, top, _, bottom] = first.bbox;
    let height = (bottom - top).max(1.0);
    // It begins higher than what is read before it.
    if top > lines[at - 1].bbox[1] - height {
        return None;
    }
    let mut end = at + 1;
    while end < lines.len() && end - at <= MOST {
        let ([from, upper, ..], [_, above, ..]) = (lines[end].bbox, lines[end - 1].bbox);
        if from < left - 2.0 * height || upper < above - 0.3 * height {
            break;
        }
        end += 1;
    }
    let lowest = lines[at..end]
        .iter()
        .map(|line| line.bbox[3])
        .fold(bottom, f32::max);
    // The block to its left: downwards to where this one begins.
    let mut begin = at - 1;
    while begin > 0
        && at - begin <= 2 * MOST
        && lines[begin].bbox[1] > top
        && lines[begin - 1].bbox[1] < lines[begin].bbox[1] + 0.3 * height
    {
        begin -= 1;
    }
    let is_below = |line: &Place<'_>| line.bbox[1] > lowest - 0.3 * height;
    // What follows the block's last line without a gap is of the block.
    let is_apart = |pair: &[Place<'_>]| pair[1].bbox[1] - pair[0].bbox[3] > GAP * height;
    let tail = begin
        + 1
        + lines[begin..at]
            .windows(2)
            .position(|pair| is_below(&pair[1]) && is_apart(pair))?;
    let beside = |line: &&Place<'_>| line.bbox[3] > top - 0.3 * height;
    let block: Vec<&Place<'_>> = lines[begin..tail].iter().filter(beside).collect();
    let is_left = block.iter().all(|line| line.bbox[2] < left);
    let all_below = lines[tail..at].iter().all(is_below);
    let few = end - at <= MOST && block.len() <= MOST && !block.is_empty();
    let texts = block.into_iter().chain(&lines[at..end]);
    (is_left && all_below && few && speaks(texts.map(|line| line.text), usize::MAX))
        .then_some((tail, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[(f32, f32, &str)]) -> Vec<String> {
        let places: Vec<Place<'_>> = lines
            .iter()
            .map(|&(left, top, text)| Place {
                text,
                bbox: [left, top, left + 6.0 * text.len() as f32, top + 10.0],
            })
            .collect();
        let order = order(&places).unwrap_or_else(|| (0..lines.len()).collect());
        order.into_iter().map(|at| lines[at].2.to_owned()).collect()
    }

    #[test]
    fn a_block_ends_where_the_one_beside_it_ends() {
        let title = [
            (70.0, 200.0, "Trygga skolvägar"),
            (70.0, 214.0, "Svar på skrivelse"),
        ];
        let left = [
            (70.0, 100.0, "Handläggare"),
            (70.0, 114.0, "Siv Strand"),
            (70.0, 128.0, "Telefon: 555"),
        ];
        let right = [
            (350.0, 100.0, "Till"),
            (350.0, 114.0, "Socialnämnden"),
            (350.0, 128.0, "2020-03-12"),
        ];
        let body = [(70.0, 240.0, "Förslag till beslut")];
        let wrong = [&left[..], &title[..], &right[..], &body[..]].concat();
        let sound = [&left[..], &right[..], &title[..], &body[..]].concat();
        let texts = |lines: &[(f32, f32, &str)]| -> Vec<String> {
            lines.iter().map(|line| line.2.to_owned()).collect()
        };
        assert_eq!(read(&wrong), texts(&sound));
        assert_eq!(read(&sound), texts(&sound));
        // Columns of prose are read as they stand, also where the left one is longer.
        let prose: Vec<(f32, f32, &str)> = (0..8)
            .map(|at| (70.0, 100.0 + 14.0 * at as f32, "rader om vägar och"))
            .chain((0..5).map(|at| (350.0, 100.0 + 14.0 * at as f32, "barnens väg till skolan")))
            .collect();
        assert_eq!(read(&prose), texts(&prose));
    }
}
