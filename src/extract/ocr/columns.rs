//! Blocks that stand side by side, which an engine reads across → the blocks one after the other.
//!
//! A letterhead sets `Handläggare` with its name, telephone and address beside `Till` with its nämnd, and a paper ends in
//! signatures that stand beside each other. A table looks much the same and is read row by row: so only what speaks the
//! language of letterheads and signatures is parted.

use super::neighbours::{self, Place};
use super::words::Line;

/// Lines that a block of a letterhead or a signature has at most.
const MOST: usize = 7;

/// Between the lines of a block is at most this many times the height of its print, and not much more than between those
/// above; more parts one block from the next.
const GAP: f32 = 1.2;

/// Parts the blocks that stand side by side. Each line comes with the number of its block; a part that moves gets a number
/// of its own, so that a paragraph begins with it.
pub(super) fn part(lines: Vec<(Line, u32)>) -> Vec<(Line, u32)> {
    let mut next = lines.iter().map(|(_, block)| *block).max().unwrap_or(0);
    let mut out: Vec<(Line, u32)> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let length = run(&lines[at..]);
        let pieces = || {
            lines[at..at + length]
                .iter()
                .flat_map(|(line, _)| &line.pieces)
        };
        if length < 2 || !speaks(pieces().map(|piece| piece.text.as_str()), length) {
            out.push(lines[at].clone());
            at += 1;
            continue;
        }
        let border = lines[at].0.pieces[1].bbox[0];
        for right in [false, true] {
            next = next.saturating_add(1);
            for (line, _) in &lines[at..at + length] {
                let pieces: Vec<_> = line
                    .pieces
                    .iter()
                    .filter(|piece| (piece.bbox[0] > border - slack(line)) == right)
                    .cloned()
                    .collect();
                if !pieces.is_empty() {
                    out.push((Line { pieces }, next));
                }
            }
        }
        at += length;
    }
    out
}

/// Cuts a block that runs on below the one to its right, which is read after it.
pub(super) fn cut(lines: Vec<(Line, u32)>) -> Vec<(Line, u32)> {
    let texts: Vec<String> = lines.iter().map(|(line, _)| line.text()).collect();
    let places: Vec<Place<'_>> = lines
        .iter()
        .zip(&texts)
        .map(|((line, _), text)| Place {
            text,
            bbox: line.bbox(),
        })
        .collect();
    match neighbours::order(&places) {
        Some(order) => order.into_iter().map(|at| lines[at].clone()).collect(),
        None => lines,
    }
}

/// How many lines, from the first on, stand in the same two columns; 0 when the first has not two pieces.
fn run(lines: &[(Line, u32)]) -> usize {
    let [left, right] = match &lines[0].0.pieces[..] {
        [left, right] => [left.bbox[0], right.bbox[0]],
        _ => return 0,
    };
    let mut length = 1;
    let mut paired = 1;
    let mut usual = f32::MAX;
    for pair in lines.windows(2) {
        let (above, line) = (&pair[0].0, &pair[1].0);
        let slack = slack(line);
        let near = |x: f32, column: f32| (x - column).abs() < slack;
        let fits = match &line.pieces[..] {
            [a, b] => near(a.bbox[0], left) && near(b.bbox[0], right),
            [a] => near(a.bbox[0], right) || near(a.bbox[0], left) && a.bbox[2] < right - slack,
            _ => false,
        };
        let (Some(top), Some(bottom)) = (
            line.pieces.first().map(|piece| piece.bbox[1]),
            above.pieces.first().map(|piece| piece.bbox[3]),
        ) else {
            break;
        };
        let gap = top - bottom;
        let most = (GAP * slack).min(1.7 * usual + 0.25 * slack);
        if !fits || !(-2.0 * slack..=most).contains(&gap) {
            break;
        }
        usual = usual.min(gap.max(0.0));
        length += 1;
        if line.pieces.len() == 2 {
            paired = length;
        }
    }
    // What stands alone below both columns goes on the left one only where it is next to it.
    let tail = lines.get(paired).is_some_and(|(line, _)| {
        length > paired
            && line.pieces.len() == 1
            && lines[paired - 1].0.pieces.len() == 2
            && (line.pieces[0].bbox[1] - lines[paired - 1].0.pieces[0].bbox[3]) < slack(line)
    });
    let length = if tail { length } else { paired };
    if (2..=MOST).contains(&length) {
        length
    } else {
        0
    }
}

/// How far the pieces of one column may be out of line: the height of its print.
fn slack(line: &Line) -> f32 {
    line.pieces
        .iter()
        .map(|piece| piece.bbox[3] - piece.bbox[1])
        .fold(1.0, f32::max)
}

/// Whether the pieces of so many lines are those of a letterhead or of signatures.
pub(super) fn speaks<'a>(pieces: impl Iterator<Item = &'a str>, lines: usize) -> bool {
    const HEADS: [&str; 15] = [
        "handläggare",
        "handlaggare",
        "kontaktperson",
        "kontakt",
        "telefon",
        "tel",
        "e-post",
        "växel",
        "till",
        "dnr",
        "diarienummer",
        "datum",
        "vår referens",
        "er referens",
        "vårt datum",
    ];
    const OFFICES: [&str; 14] = [
        "chef",
        "direktör",
        "direktor",
        "sekreterare",
        "handläggare",
        "ordförande",
        "ledare",
        "strateg",
        "samordnare",
        "ekonom",
        "jurist",
        "controller",
        "utredare",
        "inspektör",
    ];
    let mut heads = 0;
    let mut offices = 0;
    for text in pieces {
        // A column of figures is a table's.
        if !text.chars().any(char::is_alphabetic)
            && text.chars().any(|char| char.is_ascii_digit())
            && !is_date(text)
        {
            return false;
        }
        heads += usize::from(is_date(text));
        let lower = text.to_lowercase();
        let word = lower.trim_end_matches([':', '.', ' ']);
        heads += usize::from(HEADS.iter().any(|head| {
            word == *head
                || lower
                    .strip_prefix(head)
                    .is_some_and(|rest| rest.starts_with([':', ' ']))
        }));
        offices +=
            usize::from(!word.contains(' ') && OFFICES.iter().any(|office| word.ends_with(office)));
    }
    heads >= 2 || offices >= 2 && lines <= 3
}

/// Whether a piece is a date in figures, which stands in letterheads, too.
fn is_date(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (6..=8).contains(&digits)
        && text.matches(['-', '.', '/']).count() == 2
        && text
            .chars()
            .all(|char| char.is_ascii_digit() || matches!(char, '-' | '.' | '/'))
}

#[cfg(test)]
mod tests {
    use super::super::words::lines;

    /// The texts of lines whose words stand at the given places, as an engine's table has them.
    fn read(rows: &[&[(u32, &str)]]) -> Vec<String> {
        let mut table = String::new();
        for (row, line) in rows.iter().zip(1u32..) {
            for (left, text) in *row {
                for (word, at) in text.split(' ').zip(0u32..) {
                    table.push_str(&format!(
                        "5\t1\t1\t1\t{line}\t1\t{}\t{}\t{}\t30\t95\t{word}\n",
                        left + at * 110,
                        line * 50,
                        100,
                    ));
                }
            }
        }
        lines(&table).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn blocks_of_a_letterhead_are_read_one_after_the_other() {
        assert_eq!(
            read(&[
                &[(100, "Brantevalla kommun")],
                &[(100, "Handläggare"), (900, "Till")],
                &[(100, "Ylva Strandmark"), (905, "Socialnämnden")],
                &[(98, "Telefon: 08-555 01"), (900, "2016-02-20")],
                &[(100, "ylva@brantevalla.example")],
            ]),
            [
                "Brantevalla kommun",
                "Handläggare",
                "Ylva Strandmark",
                "Telefon: 08-555 01",
                "ylva@brantevalla.example",
                "Till",
                "Socialnämnden",
                "2016-02-20"
            ]
        );
        assert_eq!(
            read(&[
                &[(100, "Ylva Strandmark"), (900, "Bo Ek")],
                &[(100, "Avdelningschef"), (900, "Stadsdelsdirektör")],
            ]),
            [
                "Ylva Strandmark",
                "Avdelningschef",
                "Bo Ek",
                "Stadsdelsdirektör"
            ]
        );
    }

    #[test]
    fn a_gap_parts_one_block_from_the_next() {
        let rows = &[
            &[(100, "Avdelningen för omsorg"), (900, "Dnr SN 2016/300")][..],
            &[(900, "2016-01-10")],
        ];
        assert_eq!(
            read(rows),
            ["Avdelningen för omsorg", "Dnr SN 2016/300", "2016-01-10"]
        );
        let apart = [rows, &[&[][..], &[(100, "Handläggare"), (900, "Till")]][..]].concat();
        assert_eq!(
            read(&apart).last().map(String::as_str),
            Some("Handläggare\tTill")
        );
    }

    #[test]
    fn tables_are_read_row_by_row() {
        for rows in [
            &[
                &[(100, "Verksamhet"), (900, "Budget")][..],
                &[(100, "Handläggare"), (900, "12 500")],
                &[(100, "Chef"), (900, "1 300")],
            ][..],
            &[
                &[(100, "Åtgärd"), (900, "Ansvarig")],
                &[(100, "Utbilda personalen"), (900, "Enhetschef")],
            ],
            &[
                &[(100, "Handläggare"), (900, "Till")],
                &[(500, "Socialnämnden")],
            ],
        ] {
            let across: Vec<String> = rows
                .iter()
                .map(|row| {
                    row.iter()
                        .map(|(_, text)| *text)
                        .collect::<Vec<_>>()
                        .join("\t")
                })
                .collect();
            assert_eq!(read(rows), across);
        }
    }

    #[test]
    fn strokes_of_rules_and_rims_are_no_text() {
        assert_eq!(
            read(&[
                &[(100, "| Nämnden beslutar |")],
                &[(100, "|")],
                &[(100, "| skrivelsen ef-")],
                &[(100, "| terfrågas mer")],
            ]),
            ["Nämnden beslutar", "| skrivelsen ef-", "terfrågas mer"]
        );
    }
}
