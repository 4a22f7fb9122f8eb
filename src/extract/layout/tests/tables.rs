//! Tables in small: cells of several lines, and what looks like them.

use super::{latin, one, read, tagged};
use crate::extract::sample::document;

/// Words at their places, in the order in which they are drawn, in print of 10 points.
fn drawn(words: &[(u32, u32, &str)]) -> String {
    words
        .iter()
        .map(|(x, y, text)| format!("BT /F1 10 Tf {x} {y} Td ({text}) Tj ET "))
        .collect()
}

/// The borders of cells: their edges from left to right, and from top to bottom.
fn borders(across: &[u32], down: &[u32]) -> String {
    let (left, right) = (across[0], across[across.len() - 1]);
    let (top, bottom) = (down[0], down[down.len() - 1]);
    let level = down
        .iter()
        .map(|y| format!("{left} {y} m {right} {y} l S "));
    let upright = across
        .iter()
        .map(|x| format!("{x} {bottom} 0.5 {} re f ", top - bottom));
    level.chain(upright).collect()
}

/// Three rows; the first column is 100 points wide, the second 120.
const ROWS: [(u32, u32, &str); 9] = [
    (74, 700, "Nyckeltal"),
    (174, 700, "Kommentar"),
    (74, 680, "Andel barn som har"),
    (74, 668, "plats i tid, procent"),
    (174, 680, "Andelen har sjunkit sedan"),
    (174, 668, "den nya avgiften inf\u{f6}rdes"),
    (74, 648, "Sjukfr\u{e5}nvaro"),
    (174, 648, "Fr\u{e5}nvaron \u{e4}r h\u{f6}gre bland"),
    (174, 636, "dem som arbetar natt"),
];
const READ: &str = "Nyckeltal\tKommentar\n\
    Andel barn som har plats i tid, procent\tAndelen har sjunkit sedan den nya avgiften inf\u{f6}rdes\n\
    Sjukfr\u{e5}nvaro\tFr\u{e5}nvaron \u{e4}r h\u{f6}gre bland dem som arbetar natt";

/// The same words line by line.
fn across() -> Vec<(u32, u32, &'static str)> {
    let mut rows = ROWS.to_vec();
    rows.sort_by_key(|&(x, y, _)| (u32::MAX - y, x));
    rows
}

#[test]
fn a_row_of_a_table_is_one_line() {
    let borders = borders(&[70, 170, 290], &[712, 692, 660, 628]);
    for (how, content) in [
        ("in boxes", borders.clone() + &drawn(&ROWS)),
        ("in boxes, line by line", borders + &drawn(&across())),
        ("by its shape", drawn(&ROWS)),
    ] {
        assert_eq!(one(&content), READ, "{how}");
    }
    let level = |ys: &[u32]| -> String {
        ys.iter()
            .map(|y| format!("70 {y} m 290 {y} l S "))
            .collect()
    };
    let ruled = level(&[712, 692, 660, 628]) + &drawn(&across());
    assert_eq!(one(&ruled), READ, "between rules, line by line");
    for y in [[712, 628], [692, 628]] {
        let framed = level(&y) + &drawn(&ROWS);
        assert_eq!(one(&framed), READ, "in a frame, cell by cell");
    }
}

#[test]
fn a_heading_between_two_tables_with_level_rules_is_in_neither() {
    let table = |down: u32| {
        let rules: String = [692, 660, 628]
            .iter()
            .map(|y| format!("70 {0} m 290 {0} l S ", y - down))
            .collect();
        let rows = ROWS.map(|(x, y, text)| (x, y - down, text));
        rules + &drawn(&rows)
    };
    let heading = "BT /F1 14 Tf 74 600 Td (Synpunkter) Tj ET ";
    let both = table(0) + heading + &table(120);
    assert_eq!(
        one(&both).replace("\n\n", "\n"),
        format!("{READ}\nSynpunkter\n{READ}")
    );
}

#[test]
fn a_row_of_a_tagged_table_is_one_line() {
    let marked: String = ROWS[2..6]
        .iter()
        .zip([0, 0, 1, 1])
        .map(|(word, mcid)| format!("/TD <</MCID {mcid}>> BDC {} EMC ", drawn(&[*word])))
        .collect();
    let raw = tagged(
        &marked,
        &[1],
        &[
            "<< /S /Table /K [@2 ] >>",
            "<< /S /TR /K [@3 @4 ] >>",
            "<< /S /TD /Pg 4 0 R /K [0] >>",
            "<< /S /TD /Pg 4 0 R /K [1] >>",
        ],
    );
    assert_eq!(raw.pages[0].text, READ.lines().nth(1).unwrap_or_default());
}

#[test]
fn the_lines_of_a_cell_keep_their_places() {
    let content = borders(&[70, 170, 290], &[712, 692, 660, 628]) + &drawn(&ROWS);
    let page = read(&document(&[&latin(&content)], "", "", &[]))
        .pages
        .remove(0);
    let lines: Vec<(&str, f32, f32)> = page
        .lines
        .iter()
        .map(|line| (&page.text[line.start..line.end], line.bbox[0], line.bbox[3]))
        .collect();
    assert!(
        lines.contains(&("plats i tid, procent", 74.0, 176.0))
            && lines.contains(&("den nya avgiften inf\u{f6}rdes", 174.0, 176.0)),
        "{lines:?}"
    );
}

#[test]
fn a_word_that_a_cell_breaks_is_whole() {
    let mut rows = ROWS;
    rows[4].2 = "Andelen har fallit i stads-";
    rows[5].2 = "delen sedan i fjol";
    let content = borders(&[70, 170, 290], &[712, 692, 660, 628]) + &drawn(&rows);
    assert!(one(&content).contains("\tAndelen har fallit i stadsdelen sedan i fjol\n"));
}

#[test]
fn lines_that_their_writer_ended_stay_lines() {
    // A name and the title below it, in a frame or not.
    let signed = drawn(&[
        (74, 700, "Anna Ek"),
        (74, 688, "direkt\u{f6}r"),
        (274, 700, "Bo Alm"),
        (274, 688, "chef"),
    ]);
    let framed = borders(&[70, 270, 470], &[712, 680]) + &signed;
    for content in [signed, framed] {
        assert_eq!(
            one(&content).replace("\n\n", "\n"),
            "Anna Ek\ndirekt\u{f6}r\nBo Alm\nchef"
        );
    }
    // Items of a list, whose text hangs behind their numbers.
    let list = drawn(&[
        (74, 700, "1."),
        (100, 700, "N\u{e4}mnden godk\u{e4}nner rapporten och"),
        (100, 688, "\u{f6}verl\u{e4}mnar den till styrelsen"),
        (74, 670, "2."),
        (100, 670, "N\u{e4}mnden omedelbart justerar de"),
        (100, 658, "delar som r\u{f6}r budgeten"),
        (74, 640, "3."),
        (100, 640, "\u{c4}rendet \u{e5}terremitteras till den"),
        (100, 628, "f\u{f6}rvaltning som har skrivit det"),
    ]);
    assert_eq!(one(&list).matches('\t').count(), 0, "{}", one(&list));
    assert_eq!(one(&list).replace("\n\n", "\n").lines().count(), 6);
    // Rows of a table whose frame has no rules between them.
    let rows = borders(&[70, 170, 290], &[712, 650])
        + &drawn(&[
            (74, 700, "Hemtj\u{e4}nst"),
            (174, 700, "18"),
            (74, 686, "Boende"),
            (174, 686, "22"),
            (74, 672, "Natt"),
            (174, 672, "7"),
        ]);
    assert_eq!(one(&rows), "Hemtj\u{e4}nst\t18\nBoende\t22\nNatt\t7");
}

#[test]
fn numbers_of_a_table_are_cells_apart() {
    // A number with a comma is no number of an item.
    let row = drawn(&[(74, 700, "18,4"), (124, 700, "17,9"), (174, 700, "16,2")]);
    assert_eq!(one(&row), "18,4\t17,9\t16,2");
    // A rule parts what stands close.
    let close = "BT /F1 10 Tf 74 700 Td (22) Tj 16 0 Td (19) Tj ET ";
    assert_eq!(one(close), "22 19");
    assert_eq!(one(&("87.5 690 0.5 22 re f ".to_owned() + close)), "22\t19");
    // A line under the words is no border.
    assert_eq!(one(&("74 697 40 0.5 re f ".to_owned() + close)), "22 19");
}

#[test]
fn a_short_word_with_a_point_is_a_cell() {
    let rows = [
        (60, 700, "Svar"),
        (200, 700, "Enhet"),
        (400, 700, "Antal"),
        (60, 680, "Ja."),
        (200, 680, "Lindvallen"),
        (400, 680, "tolv"),
        (60, 660, "Nej."),
        (200, 660, "Brantevalla"),
        (400, 660, "nio"),
        (60, 640, "2018."),
        (200, 640, "Norrby"),
        (400, 640, "tre"),
    ];
    assert_eq!(
        one(&drawn(&rows)),
        "Svar\tEnhet\tAntal\nJa.\tLindvallen\ttolv\nNej.\tBrantevalla\tnio\n2018.\tNorrby\ttre"
    );
    // The number of an item stands near it.
    let items = [
        (60, 700, "1."),
        (90, 700, "Lokalerna"),
        (60, 680, "2."),
        (90, 680, "Personalen"),
    ];
    assert_eq!(one(&drawn(&items)), "1. Lokalerna\n2. Personalen");
}
