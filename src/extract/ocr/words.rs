//! The engine's table of words → lines of a page, with their boxes.

use serde::{Deserialize, Serialize};

use super::columns;
use crate::extract::layout::{PaperLine, Zone};
use crate::extract::letters;

/// A line as it was read, in pixels of the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct ReadLine {
    /// Its words.
    pub(super) text: String,
    /// Left, top, right, bottom.
    pub(super) bbox: [f32; 4],
    /// The height of its print, as a font's size.
    pub(super) size: f32,
    /// Where its cells after the first begin.
    pub(super) cells: Vec<f32>,
    /// The number of the block of text that it stands in.
    pub(super) block: u32,
}

/// Lines of one page, at most.
const MOST_LINES: usize = 20_000;
/// Below this confidence of a hundred, what was read is a stain, a stamp's rim or a picture.
const SURE: f32 = 20.0;

/// Reads the engine's table. Rows that are none are left out: what an engine prints is not to be trusted.
pub(super) fn lines(table: &str) -> Vec<ReadLine> {
    let mut lines: Vec<(Line, [u32; 3])> = Vec::new();
    for row in table.lines() {
        let cells: Vec<&str> = row.splitn(12, '\t').collect();
        let [
            level,
            _,
            block,
            par,
            line,
            _,
            left,
            top,
            width,
            height,
            sure,
            text,
        ] = cells[..]
        else {
            continue;
        };
        let text = text.trim();
        let number = |cell: &str| cell.parse::<f32>().ok().filter(|value| value.is_finite());
        let (Some(left), Some(top), Some(width), Some(height), Some(sure)) = (
            number(left),
            number(top),
            number(width),
            number(height),
            number(sure),
        ) else {
            continue;
        };
        if level != "5" || text.is_empty() || sure < SURE || width <= 0.0 || height <= 0.0 {
            continue;
        }
        let key = [block, par, line].map(|cell| cell.parse::<u32>().unwrap_or(0));
        let word = [left, top, left + width, top + height];
        let full = lines.len() >= MOST_LINES;
        match lines.last_mut() {
            Some((line, last)) if *last == key => line.push(text, word),
            _ if full => break,
            _ => {
                let mut line = Line::default();
                line.push(text, word);
                lines.push((line, key));
            }
        }
    }
    let lines = lines
        .into_iter()
        .map(|(line, [block, ..])| (line, block))
        .collect();
    let mut lines: Vec<ReadLine> = columns::cut(columns::part(lines))
        .into_iter()
        .filter_map(|(line, block)| line.finish(block))
        .collect();
    // Before the rest of a broken word a stroke is a rim; elsewhere it may be the word I.
    for at in 1..lines.len() {
        if lines[at - 1].text.ends_with('-')
            && let Some(rest) = lines[at].text.strip_prefix("| ")
        {
            lines[at].text = rest.to_owned();
        }
    }
    lines
}

/// How many words of two letters and more the engine's table has, and how sure the engine is of them, of a hundred.
pub(super) fn sureness(table: &str) -> (usize, f32) {
    let (mut words, mut sum) = (0usize, 0.0f32);
    for row in table.lines() {
        let cells: Vec<&str> = row.splitn(12, '\t').collect();
        let ["5", .., sure, text] = cells[..] else {
            continue;
        };
        let letters = text.chars().filter(|char| char.is_alphabetic()).count();
        if let Ok(sure) = sure.parse::<f32>()
            && sure.is_finite()
            && letters >= 2
        {
            words += 1;
            sum += sure.clamp(0.0, 100.0);
        }
    }
    (words, sum / words.max(1) as f32)
}

/// A line while its words come in: pieces that stand apart, from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
}

/// Words that follow each other.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Left, top, right, bottom.
    pub(super) bbox: [f32; 4],
    /// The sizes that its words speak of.
    sizes: Vec<f32>,
}

/// Words that are this many of their heights apart stand in cells of their own.
const CELLS_APART: f32 = 2.5;

impl Line {
    fn push(&mut self, word: &str, bbox: [f32; 4]) {
        let [left, top, right, bottom] = bbox;
        let height = bottom - top;
        let sizes = size(word, height);
        if let Some(piece) = self.pieces.last_mut() {
            let before = &mut piece.bbox;
            if left - before[2] <= CELLS_APART * (before[3] - before[1]).max(height) {
                *before = [
                    before[0].min(left),
                    before[1].min(top),
                    before[2].max(right),
                    before[3].max(bottom),
                ];
                piece.text.push(' ');
                piece.text.push_str(word);
                piece.sizes.extend(sizes);
                return;
            }
        }
        self.pieces.push(Piece {
            text: word.to_owned(),
            bbox,
            sizes: sizes.into_iter().collect(),
        });
    }

    /// Its pieces, a tab between two.
    pub(super) fn text(&self) -> String {
        let texts = self.pieces.iter().map(|piece| piece.text.as_str());
        texts.collect::<Vec<_>>().join("\t")
    }

    /// The box around its pieces.
    pub(super) fn bbox(&self) -> [f32; 4] {
        let first = self.pieces.first().map_or([0.0; 4], |piece| piece.bbox);
        self.pieces.iter().fold(first, |all, piece| {
            [
                all[0].min(piece.bbox[0]),
                all[1].min(piece.bbox[1]),
                all[2].max(piece.bbox[2]),
                all[3].max(piece.bbox[3]),
            ]
        })
    }

    fn finish(mut self, block: u32) -> Option<ReadLine> {
        // The rim of a page, a fold or the rule of a table is read as an upright stroke.
        let plain = |text: &str| text.trim_matches(['|', ' ']).to_owned();
        self.pieces.retain(|piece| !plain(&piece.text).is_empty());
        for piece in &mut self.pieces {
            // A stroke at both ends is a rule; one before a word may be I, and is left.
            if piece.text.ends_with('|') {
                piece.text = plain(&piece.text);
            }
        }
        let bbox = self.bbox();
        let text = letters::finish(&self.text());
        if text.is_empty() {
            return None;
        }
        let mut cells: Vec<f32> = self.pieces[1..].iter().map(|piece| piece.bbox[0]).collect();
        if text.matches('\t').count() != cells.len() {
            cells.clear();
        }
        let mut sizes: Vec<f32> = self
            .pieces
            .into_iter()
            .flat_map(|piece| piece.sizes)
            .collect();
        sizes.sort_by(f32::total_cmp);
        let size = sizes.get(sizes.len() / 2).copied();
        Some(ReadLine {
            text,
            bbox,
            size: size.unwrap_or(bbox[3] - bbox[1]),
            cells,
            block,
        })
    }
}

/// The font size that a word's height speaks of, by the letters that it has; nothing for signs without a height.
fn size(word: &str, height: f32) -> Option<f32> {
    let (mut high, mut low, mut any) = (false, false, false);
    for char in word.chars().filter(|char| char.is_alphanumeric()) {
        any = true;
        low |= matches!(char, 'g' | 'j' | 'p' | 'q' | 'y');
        high |= !matches!(
            char,
            'a' | 'c' | 'e' | 'g' | 'm'..='s' | 'u'..='z'
        );
    }
    // Shares of the size in common text faces.
    let share = if high { 0.70 } else { 0.48 } + if low { 0.21 } else { 0.0 };
    any.then_some(height / share)
}

/// The lines on paper. `dpi` is the picture's resolution, `page` the page's width and height in points, `turn` the quarters
/// clockwise by which the picture was turned to be read.
pub(super) fn on_paper(read: &[ReadLine], dpi: f32, page: (f32, f32), turn: u8) -> Vec<PaperLine> {
    let points = 72.0 / dpi;
    let sizes = settled(read, points);
    let gaps = usual_gap(read);
    // The page as its reader turns it.
    let depth = if turn.is_multiple_of(2) {
        page.1
    } else {
        page.0
    };
    let mut lines: Vec<PaperLine> = Vec::with_capacity(read.len());
    for (at, line) in read.iter().enumerate() {
        let frame = line.bbox.map(|side| tidy(side * points));
        let begins = at == 0 || {
            let above = &read[at - 1];
            above.block != line.block
                || line.bbox[1] - above.bbox[3] > gaps + 0.45 * line.size.max(above.size)
                || line.bbox[3] < above.bbox[1]
        };
        lines.push(PaperLine {
            text: line.text.clone(),
            bbox: turned_back(frame, page, turn).map(tidy),
            size: sizes[at],
            bold: false,
            cells: if turn == 0 {
                line.cells.iter().map(|side| tidy(side * points)).collect()
            } else {
                Vec::new()
            },
            pieces: Vec::new(),
            zone: Zone::Body,
            begins,
            frame,
            depth,
            // Text that was turned clockwise to stand upright runs the other way on the page.
            turn: (4 - turn % 4) % 4,
        });
    }
    lines
}

/// A box on the turned page → the box on the page as it lies.
fn turned_back([left, top, right, bottom]: [f32; 4], page: (f32, f32), turn: u8) -> [f32; 4] {
    let (width, height) = page;
    match turn % 4 {
        1 => [top, height - right, bottom, height - left],
        2 => [width - right, height - bottom, width - left, height - top],
        3 => [width - bottom, left, width - top, right],
        _ => [left, top, right, bottom],
    }
}

/// The lines' sizes in points: measured ones waver, printed ones are few and whole.
fn settled(read: &[ReadLine], points: f32) -> Vec<f32> {
    let mut sizes: Vec<f32> = read.iter().map(|line| line.size * points).collect();
    let mut sorted = sizes.clone();
    sorted.sort_by(f32::total_cmp);
    let usual = sorted.get(sorted.len() / 2).copied().unwrap_or(0.0);
    for size in &mut sizes {
        if (*size - usual).abs() < 0.13 * usual {
            *size = usual;
        }
        *size = size.round().max(1.0);
    }
    sizes
}

/// The gap between the lines of a paragraph, in pixels.
fn usual_gap(read: &[ReadLine]) -> f32 {
    let mut gaps: Vec<f32> = read
        .windows(2)
        .filter(|pair| pair[0].block == pair[1].block)
        .map(|pair| pair[1].bbox[1] - pair[0].bbox[3])
        .collect();
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 3).copied().unwrap_or(0.0)
}

/// To a hundredth of a point.
fn tidy(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n";

    fn table(rows: &[(u32, u32, [u32; 4], f32, &str)]) -> String {
        let mut out = HEAD.to_owned();
        for (block, line, [left, top, width, height], sure, text) in rows {
            out.push_str(&format!(
                "5\t1\t{block}\t1\t{line}\t1\t{left}\t{top}\t{width}\t{height}\t{sure}\t{text}\n"
            ));
        }
        out
    }

    #[test]
    fn words_stand_on_lines_with_boxes_in_points() {
        let read = lines(&table(&[
            (1, 1, [300, 300, 200, 35], 96.0, "Förslag"),
            (1, 1, [520, 300, 60, 35], 96.0, "till"),
            (1, 2, [300, 360, 280, 35], 91.0, "beslut"),
            (1, 2, [600, 360, 9, 9], 3.0, "~"),
            (1, 2, [900, 360, 90, 35], 91.0, "12,5"),
            (2, 1, [300, 600, 280, 35], 91.0, "Nämnden"),
        ]));
        let paper = on_paper(&read, 300.0, (595.0, 842.0), 0);
        let texts: Vec<&str> = paper.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["Förslag till", "beslut\t12,5", "Nämnden"]);
        assert_eq!(paper[0].bbox, [72.0, 72.0, 139.2, 80.4]);
        assert_eq!(paper[1].cells, [216.0]);
        let begins: Vec<bool> = paper.iter().map(|line| line.begins).collect();
        assert_eq!(begins, [true, false, true]);
        assert!((8.0..14.0).contains(&paper[0].size), "{}", paper[0].size);
    }

    #[test]
    fn boxes_of_turned_pages_lie_on_the_page_as_it_is() {
        let page = (600.0, 800.0);
        // A corner of each turned page: top left there.
        for (turn, back) in [
            (0, [0.0, 0.0, 20.0, 10.0]),
            // Turned clockwise, the page's left bottom corner comes to stand at the top left.
            (1, [0.0, 780.0, 10.0, 800.0]),
            (2, [580.0, 790.0, 600.0, 800.0]),
            (3, [590.0, 0.0, 600.0, 20.0]),
        ] {
            assert_eq!(
                turned_back([0.0, 0.0, 20.0, 10.0], page, turn),
                back,
                "{turn}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_an_engine_prints_is_borne(table in "([0-9a-zå.\\-]{0,9}\t){0,13}[^\n]{0,9}\n?") {
            let read = lines(&table);
            on_paper(&read, 300.0, (595.0, 842.0), 1);
        }
    }
}
