//! The blocks of a letterhead that is drawn row by row (`Handläggare⇥Till`, below them the name and the nämnd) → its columns,
//! each read from its label down.

use super::segments::Segment;
use super::{Row, is_apart};

/// What stands above a column of a letterhead, in small letters.
const LABELS: [&str; 34] = [
    "adressat",
    "ansvarig handläggare",
    "avdelning",
    "beslutande nämnd",
    "datum",
    "diarienr",
    "diarienummer",
    "dnr",
    "e-post",
    "enhet",
    "er beteckning",
    "er referens",
    "ert datum",
    "författare",
    "förvaltning",
    "handläggande enhet",
    "handläggare",
    "handläggare, telefon",
    "handläggare/telefon",
    "kontakt",
    "kontaktperson",
    "mottagare",
    "nämnd",
    "referens",
    "sammanträdesdatum",
    "telefon",
    "till",
    "tjänsteställe",
    "upprättad av",
    "vår beteckning",
    "vår handläggare",
    "vår referens",
    "vårt datum",
    "ärendenummer",
];
/// Those of them that a list of cases has no columns for.
const OF_A_LETTER: [&str; 14] = [
    "adressat",
    "ansvarig handläggare",
    "handläggare",
    "handläggare, telefon",
    "handläggare/telefon",
    "kontaktperson",
    "mottagare",
    "er beteckning",
    "er referens",
    "till",
    "vår beteckning",
    "vår handläggare",
    "vår referens",
    "vårt datum",
];
/// What a paper may be called beside the name of who writes it, in small letters.
const KINDS: [&str; 12] = [
    "beslut",
    "delegationsbeslut",
    "promemoria",
    "protokoll",
    "protokollsutdrag",
    "remissvar",
    "rapport",
    "skrivelse",
    "tjänsteskrivelse",
    "tjänsteutlåtande",
    "verksamhetsplan",
    "yttrande",
];
/// How the name of who writes ends.
const WRITERS: [&str; 8] = [
    "förvaltning",
    "förvaltningen",
    "kommun",
    "kontor",
    "kontoret",
    "nämnd",
    "nämnden",
    "stad",
];
/// A letterhead stands in this share of the page, its first row in the second of them.
const UPPER: f32 = 0.5;
const UPPERMOST: f32 = 0.25;
/// Rows below the labels at most.
const MOST_ROWS: usize = 7;

/// Puts the columns of letterheads one after the other. `height` is the page's.
pub(super) fn part(segments: &[Segment], rows: &mut Vec<Row>, height: f32) {
    let mut at = 0;
    while at < rows.len() {
        let labels = labels(segments, &rows[at], height);
        let alike = labels.is_some();
        if let Some(columns) = labels.or_else(|| names(segments, &rows[at], height)) {
            let block = block(segments, &rows[at..], &columns, alike);
            if block.len() > 1 && !is_list(segments, &block, columns.len()) {
                let parted: Vec<Row> = (0..columns.len())
                    .flat_map(|column| block.iter().map(move |row| &row[column]))
                    .filter(|cell| !cell.is_empty())
                    .cloned()
                    .collect();
                let more = parted.len();
                rows.splice(at..at + block.len(), parted);
                at += more;
                continue;
            }
        }
        at += 1;
    }
}

/// The cells of a row: the numbers of the segments of each.
fn cells(segments: &[Segment], row: &Row) -> Vec<Row> {
    let mut cells: Vec<Row> = Vec::new();
    for &number in row {
        let part = &segments[number];
        match cells.last_mut() {
            Some(cell)
                if cell.last().is_some_and(|&last| {
                    let before = &segments[last];
                    !part.apart && before.cell == part.cell && !is_apart(before, part)
                }) =>
            {
                cell.push(number);
            }
            _ => cells.push(vec![number]),
        }
    }
    cells
}

fn label(segments: &[Segment], cell: &Row) -> Option<&'static str> {
    let [number] = cell[..] else { return None };
    label_of(&segments[number].text)
}

/// Whether a text is a label that only a letterhead has.
pub(super) fn is_of_a_letter(text: &str) -> bool {
    label_of(text).is_some_and(|label| OF_A_LETTER.contains(&label))
}

fn label_of(text: &str) -> Option<&'static str> {
    let text = text.trim().trim_end_matches(':').trim_end();
    if text.len() > 24 {
        return None;
    }
    let text = text.to_lowercase();
    LABELS.iter().copied().find(|label| *label == text)
}

/// Where the columns begin, when a row is the labels of a letterhead.
fn labels(segments: &[Segment], row: &Row, height: f32) -> Option<Vec<f32>> {
    let first = &segments[*row.first()?];
    if row.len() < 2 || first.dir != 0 || first.v > UPPER * height {
        return None;
    }
    label(segments, &vec![row[0]])?;
    let cells = cells(segments, row);
    let labels: Vec<&str> = cells
        .iter()
        .map(|cell| label(segments, cell))
        .collect::<Option<_>>()?;
    let of_a_letter = labels.iter().any(|label| OF_A_LETTER.contains(label));
    let columns: Vec<f32> = cells.iter().map(|cell| segments[cell[0]].u0).collect();
    (of_a_letter && columns.len() > 1 && columns.is_sorted()).then_some(columns)
}

/// Where the columns begin, when a row is the first of a page: who writes, what the paper is, and maybe its page number.
fn names(segments: &[Segment], row: &Row, height: f32) -> Option<Vec<f32>> {
    let first = &segments[*row.first()?];
    if row.len() < 2 || first.dir != 0 || first.v > UPPERMOST * height {
        return None;
    }
    let cells = cells(segments, row);
    let text = |cell: &Row| {
        let words = cell.iter().map(|&at| segments[at].text.trim());
        words.collect::<Vec<_>>().join(" ").to_lowercase()
    };
    let writer = text(cells.first()?);
    let is_named = WRITERS.iter().any(|end| writer.ends_with(end))
        && cells[1..]
            .iter()
            .any(|cell| KINDS.contains(&text(cell).as_str()));
    let columns: Vec<f32> = cells.iter().map(|cell| segments[cell[0]].u0).collect();
    (is_named && columns.is_sorted()).then_some(columns)
}

/// The rows of a letterhead from its labels on, each with its cells by column. Labels are of the same print as what they
/// stand above, names are not.
fn block(segments: &[Segment], rows: &[Row], columns: &[f32], alike: bool) -> Vec<Vec<Row>> {
    let mut block: Vec<Vec<Row>> = Vec::new();
    let first = &segments[rows[0][0]];
    let size = first.size;
    let mut above = first.v;
    let mut usual = 0.0;
    for row in rows.iter().take(MOST_ROWS + 1) {
        let head = &segments[row[0]];
        let step = head.v - above;
        above = head.v;
        let cells = cells(segments, row);
        let near = match block.len() {
            0 => true,
            1 => (0.3 * size..3.2 * size).contains(&step),
            _ => (0.3 * size..1.35 * usual + 0.1 * size).contains(&step),
        };
        if block.len() == 1 {
            usual = step;
        }
        let again = !block.is_empty()
            && cells.len() > 1
            && cells.iter().all(|cell| label(segments, cell).is_some());
        let Some(placed) = place(segments, cells, columns, first, alike).filter(|_| near && !again)
        else {
            break;
        };
        block.push(placed);
    }
    // What stands below the first column alone may be the text that begins there.
    while block
        .last()
        .is_some_and(|row| row[1..].iter().all(Vec::is_empty))
    {
        block.pop();
    }
    block
}

/// Cells by the columns that they stand in; nothing when one stands in none, or in two, or is of other print.
fn place(
    segments: &[Segment],
    cells: Vec<Row>,
    columns: &[f32],
    first: &Segment,
    alike: bool,
) -> Option<Vec<Row>> {
    let size = first.size;
    let mut placed = vec![Row::new(); columns.len()];
    for cell in cells {
        let head = &segments[*cell.first()?];
        let column = columns
            .iter()
            .position(|u| (u - head.u0).abs() < 0.4 * size)?;
        let last = &segments[*cell.last()?];
        let within = columns.get(column + 1).is_none_or(|next| last.u1 < *next);
        let fits = head.dir == first.dir
            && head.zone == first.zone
            && (!alike || (head.size - size).abs() < 0.25 * size);
        if !within || !fits || !placed[column].is_empty() {
            return None;
        }
        placed[column] = cell;
    }
    Some(placed)
}

/// Whether a block is a list of cases: one of its columns has a number of the same form twice.
fn is_list(segments: &[Segment], block: &[Vec<Row>], columns: usize) -> bool {
    (0..columns).any(|column| {
        let mut seen: Vec<String> = Vec::new();
        block.iter().skip(1).any(|row| {
            let text: String = row[column]
                .iter()
                .map(|&at| segments[at].text.as_str())
                .collect();
            let form: String = text
                .chars()
                .map(|char| if char.is_ascii_digit() { '#' } else { char })
                .collect();
            let again = form.matches('#').count() >= 6 && seen.contains(&form);
            seen.push(form);
            again
        })
    })
}
