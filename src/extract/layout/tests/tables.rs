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

/// Three columns, 110, 230 and 90 points wide, whose cells begin at the top of their rows: the lines of each cell, and the
/// room between the rows.
fn across_columns(rows: &[[&[&'static str]; 3]], room: u32) -> Vec<(u32, u32, &'static str)> {
    let mut words = Vec::new();
    let mut y = 760;
    for row in rows {
        for (lines, x) in row.iter().zip([70, 180, 410]) {
            let lines = (0..).zip(*lines);
            words.extend(lines.map(|(at, line)| (x, y - 12 * at, *line)));
        }
        let lines = row.iter().map(|cell| cell.len() as u32).max();
        y -= 12 * lines.unwrap_or(0) + room;
    }
    words.sort_by_key(|&(x, y, _)| (u32::MAX - y, x));
    words
}

#[test]
fn rows_that_are_drawn_line_by_line_are_rows_without_rules() {
    let rows: [[&[&str]; 3]; 7] = [
        [&["Ansvarig"], &["\u{c5}tg\u{e4}rd"], &["Klart"]],
        [
            &["Anna Ek"],
            &[
                "Ta fram en plan f\u{f6}r hur lokalerna kan anv\u{e4}ndas",
                "av f\u{f6}reningar p\u{e5} kv\u{e4}llar och helger under hela",
                "\u{e5}ret",
            ],
            &["2019-05-01"],
        ],
        [
            &["Bo Alm"],
            &[
                "Se \u{f6}ver avgifterna f\u{f6}r kulturskolan och l\u{e4}mna",
                "f\u{f6}rslag till nya regler f\u{f6}re sommaren",
            ],
            &["2019-06-15"],
        ],
        [
            &["Avdelningen f\u{f6}r barn", "och unga"],
            &["Utbilda personalen"],
            &["2019-06-30"],
        ],
        [
            &["Eva Gran"],
            &[
                "Informera v\u{e5}rdnadshavare om de regler som",
                "g\u{e4}ller",
            ],
            &["2019-07-01"],
        ],
        [
            &["Cilla Berg"],
            &["Informera v\u{e5}rdnadshavare"],
            &["2019-08-20"],
        ],
        [
            &["Enheten f\u{f6}r \u{e4}ldre och", "hemtj\u{e4}nst"],
            &[
                "F\u{f6}lja upp hur m\u{e5}nga som tackar nej till insatser",
                "och varf\u{f6}r de g\u{f6}r det, samt redovisa resultatet f\u{f6}r",
                "n\u{e4}mnden",
            ],
            &["L\u{f6}pande"],
        ],
    ];
    let read: Vec<String> = (rows.iter())
        .map(|row| row.map(|cell| cell.join(" ")).join("\t"))
        .collect();
    for room in [0, 2, 4, 8] {
        let drawn = drawn(&across_columns(&rows, room));
        let text = one(&drawn);
        assert_eq!(text, read.join("\n"), "{room}");
        // A rule above and one below the table say nothing of its rows.
        let framed = "70 775 m 500 775 l S 70 500 m 500 500 l S ".to_owned() + &drawn;
        assert_eq!(one(&framed), read.join("\n"), "{room}");
    }
}

#[test]
fn what_is_drawn_line_by_line_may_be_no_table() {
    // Three columns of running text: where a paragraph begins in one of them, the others go on.
    let columns: [&[&str]; 3] = [
        &[
            "F\u{f6}rvaltningen har sett",
            "\u{f6}ver sina rutiner.",
            "N\u{e4}mnden har bett om en",
            "redovisning av arbetet",
            "f\u{f6}re h\u{f6}sten.",
        ],
        &[
            "Under \u{e5}ret har enheterna arbetat med trygga",
            "skolv\u{e4}gar, och arbetet ska vara klart innan de",
            "nya skolorna \u{f6}ppnar.",
            "Kostnaden ryms inom den budget som har",
            "fastst\u{e4}llts f\u{f6}r \u{e5}ret.",
        ],
        &[
            "Barnen har",
            "svarat p\u{e5} en",
            "enk\u{e4}t om sina",
            "v\u{e4}gar.",
            "Svaren finns.",
        ],
    ];
    let text = one(&drawn(&across_columns(&[columns], 0)));
    assert_eq!(text.lines().count(), 5, "{text}");
    // People and their titles, whose lines end where their writer wants them to.
    let signed: [[&[&str]; 3]; 3] = [
        [
            &["Anna Ek", "direkt\u{f6}r"],
            &["Bo Alm", "chef"],
            &["Cilla Berg", "chef"],
        ],
        [
            &["Dag Fors", "jurist"],
            &["Eva Gran", "chef"],
            &["Finn Holm", "jurist"],
        ],
        [
            &["Gun Idh", "chef"],
            &["Ivar Jern", "jurist"],
            &["Jan Kull", "chef"],
        ],
    ];
    let text = one(&drawn(&across_columns(&signed, 12)));
    assert_eq!(text.replace("\n\n", "\n").lines().count(), 6, "{text}");
    // A list of days, whose text hangs behind them.
    let days = drawn(&[
        (74, 700, "2018-03-12"),
        (174, 700, "Samr\u{e5}d."),
        (74, 688, "2018-04-02"),
        (174, 688, "M\u{f6}te med f\u{f6}reningar."),
        (74, 676, "2018-05-07"),
        (174, 676, "Beslut."),
    ]);
    assert_eq!(
        one(&days),
        "2018-03-12\tSamr\u{e5}d.\n2018-04-02\tM\u{f6}te med f\u{f6}reningar.\n2018-05-07\tBeslut."
    );
}

#[test]
fn a_row_that_begins_with_its_number_is_a_row() {
    // Drawn cell after cell, as an agenda is; the text of the second column hangs behind the number.
    let rows = [
        (70, 700, "Nr"),
        (100, 700, "\u{c4}rende"),
        (280, 700, "Dnr"),
        (380, 700, "Beslut"),
        (70, 680, "1"),
        (100, 680, "Svar p\u{e5} remiss om ny \u{f6}versiktsplan"),
        (100, 668, "f\u{f6}r staden, f\u{f6}rslag till \u{e4}ndring"),
        (280, 680, "1.2.1-34/2018"),
        (380, 680, "Godk\u{e4}nns"),
        (70, 648, "2"),
        (100, 648, "Tertialrapport 2"),
        (280, 648, "1.1-12/2018"),
        (380, 648, "Godk\u{e4}nns med till\u{e4}gg"),
        (380, 636, "fr\u{e5}n ordf\u{f6}randen"),
        (70, 616, "3"),
        (100, 616, "Svar p\u{e5} medborgarf\u{f6}rslag om"),
        (100, 604, "hundrastg\u{e5}rd vid skolan"),
        (280, 616, "2.2-9/2018"),
        (380, 616, "Avsl\u{e5}s"),
    ];
    assert_eq!(
        one(&drawn(&rows)),
        "Nr\t\u{c4}rende\tDnr\tBeslut\n\
         1\tSvar p\u{e5} remiss om ny \u{f6}versiktsplan f\u{f6}r staden, f\u{f6}rslag till \u{e4}ndring\t1.2.1-34/2018\tGodk\u{e4}nns\n\
         2\tTertialrapport 2\t1.1-12/2018\tGodk\u{e4}nns med till\u{e4}gg fr\u{e5}n ordf\u{f6}randen\n\
         3\tSvar p\u{e5} medborgarf\u{f6}rslag om hundrastg\u{e5}rd vid skolan\t2.2-9/2018\tAvsl\u{e5}s"
    );
}

#[test]
fn a_number_is_a_cell_where_the_head_says_so() {
    let rows = |head: &'static str| {
        drawn(&[
            (70, 700, head),
            (90, 700, "\u{c4}rende"),
            (300, 700, "Dnr"),
            (70, 686, "1"),
            (90, 686, "Val av justerare"),
            (70, 672, "2"),
            (90, 672, "Svar p\u{e5} remiss"),
            (300, 672, "12/2018"),
            (70, 658, "3"),
            (90, 658, "Meddelanden"),
        ])
    };
    for head in ["\u{a7}", "Nr"] {
        assert_eq!(
            one(&rows(head)),
            format!(
                "{head}\t\u{c4}rende\tDnr\n1\tVal av justerare\n2\tSvar p\u{e5} remiss\t12/2018\n3\tMeddelanden"
            )
        );
    }
    // A list has no head.
    let list = drawn(&[
        (70, 686, "1"),
        (90, 686, "Val av justerare"),
        (70, 672, "2"),
        (90, 672, "Meddelanden"),
    ]);
    assert_eq!(one(&list), "1 Val av justerare\n2 Meddelanden");
    // Cells that stand so close that they look like words, and yet are no single word.
    let close = drawn(&[
        (70, 700, "\u{a7}"),
        (77, 700, "\u{c4}rende"),
        (70, 686, "1"),
        (77, 686, "Val av justerare"),
        (70, 672, "2"),
        (77, 672, "Meddelanden"),
    ]);
    assert_eq!(
        one(&close),
        "\u{a7} \u{c4}rende\n1 Val av justerare\n2 Meddelanden"
    );
}

#[test]
fn labels_stand_before_what_they_announce() {
    let block = |labels: [&'static str; 3]| {
        drawn(&[
            (70, 700, labels[0]),
            (70, 688, labels[1]),
            (70, 664, labels[2]),
            (200, 700, "Tisdagen den 13 november"),
            (200, 688, "Stora salen, Folkets hus,"),
            (200, 676, "ing\u{e5}ng fr\u{e5}n torget"),
            (200, 664, "Hj\u{f6}rdis Lindmossa"),
        ])
    };
    let read = one(&block(["Tid:", "Plats:", "Ordf\u{f6}rande:"]));
    assert!(
        read.starts_with("Tid:\tTisdagen den 13 november\nPlats:\tStora salen, Folkets hus,"),
        "{read}"
    );
    assert!(
        read.ends_with("Ordf\u{f6}rande:\tHj\u{f6}rdis Lindmossa"),
        "{read}"
    );
    // Blocks of a letterhead are no labels.
    let read = one(&block(["F\u{f6}rvaltningen", "Enheten", "Box 12"]));
    assert!(read.starts_with("F\u{f6}rvaltningen\nEnheten"), "{read}");
}

#[test]
fn a_box_may_hold_a_list() {
    let cells = [
        (74, 700, "Risk"),
        (174, 700, "\u{c5}tg\u{e4}rd"),
        (74, 680, "Uppgifter sprids"),
        (174, 680, "F\u{f6}rvaltningen ska"),
        (174, 668, "- g\u{e5} igenom registren,"),
        (174, 656, "- gallra dem."),
    ];
    let boxed = borders(&[70, 170, 290], &[712, 692, 648]) + &drawn(&cells);
    assert_eq!(
        one(&boxed),
        "Risk\t\u{c5}tg\u{e4}rd\nUppgifter sprids\tF\u{f6}rvaltningen ska - g\u{e5} igenom registren, - gallra dem."
    );
}

#[test]
fn a_word_that_is_too_long_for_its_cell_is_one() {
    let cells = |word: [&'static str; 2], right: u32| {
        let cells = [
            (74, 700, "Verksamhet"),
            (144, 700, "F\u{f6}r\u{e4}ndring"),
            (74, 680, "Parker"),
            (144, 680, word[0]),
            (144, 668, word[1]),
        ];
        one(&(borders(&[70, 140, right], &[712, 692, 660]) + &drawn(&cells)))
    };
    for (word, read, right) in [
        (["f\u{f6}r\u{e4}ndrin", "g"], "f\u{f6}r\u{e4}ndring", 190),
        (["kommunen", "s"], "kommunens", 200),
        (["anst\u{e4}llning", "i"], "anst\u{e4}llning i", 198),
        (["f\u{f6}rvaltnin", "gen"], "f\u{f6}rvaltningen", 200),
        (["verksamhet", "under"], "verksamhet under", 202),
    ] {
        let text = cells(word, right);
        assert!(text.ends_with(&format!("Parker\t{read}")), "{text}");
    }
}

#[test]
fn rows_whose_words_would_have_fitted_are_two() {
    let rows = drawn(&[
        (70, 700, "Plats och tid"),
        (206, 700, "Sessionssalen, kommunhuset, kl. 13.00"),
        (70, 687, "Beslutande"),
        (206, 687, "Se n\u{e4}rvarolista p\u{e5} n\u{e4}sta sida"),
        (70, 674, "Utses att justera"),
        (206, 674, "B\u{f6}rje Hallonqvist"),
        (70, 661, "Justeringens plats och dess tid"),
        (206, 661, "Kommunhuset, den 30 oktober"),
    ]);
    assert!(
        one(&rows)
            .starts_with("Plats och tid\tSessionssalen, kommunhuset, kl. 13.00\nBeslutande\tSe"),
        "{}",
        one(&rows)
    );
}

#[test]
fn heads_stand_over_their_figures() {
    // Digits of Helvetica are 5.56 points wide: both heads end where the figures do.
    let mut rows = vec![
        (70, 700, "Verksamhet"),
        (200, 700, "2018"),
        (226, 700, "Utfall"),
    ];
    for y in [686, 672, 658] {
        rows.extend([(70, y, "Parker"), (183, y, "1234567"), (238, y, "23")]);
    }
    assert_eq!(
        one(&drawn(&rows)),
        "Verksamhet\t2018\tUtfall\nParker\t1234567\t23\nParker\t1234567\t23\nParker\t1234567\t23"
    );
}

#[test]
fn letters_of_a_table_are_cells() {
    // The party of a member whose name fills two lines, and the cross of who was there.
    let row = [
        (70, 700, "M"),
        (100, 700, "X"),
        (140, 700, "Egil Str\u{f6}mb\u{e4}ck"),
    ];
    assert_eq!(one(&drawn(&row)), "M\tX\tEgil Str\u{f6}mb\u{e4}ck");
}

#[test]
fn rows_above_a_table_are_none_of_it() {
    let above = drawn(&[
        (84, 730, "Tid:"),
        (150, 730, "Klockan 13"),
        (84, 716, "Plats:"),
        (150, 716, "Kommunhuset"),
    ]);
    let text = one(&(above + &drawn(&ROWS)));
    assert!(text.ends_with(READ), "{text}");
}

#[test]
fn cells_that_stand_close_are_apart_where_other_rows_show_their_column() {
    // Lines of a cell stand between the rows; a date fills its column nearly.
    let rows = [
        (70, 700, "\u{c5}tg\u{e4}rd"),
        (270, 700, "Klart"),
        (334, 700, "Status"),
        (70, 680, "Ta fram en plan f\u{f6}r hur lokaler i skolan"),
        (70, 668, "kan anv\u{e4}ndas av f\u{f6}reningar"),
        (270, 680, "L\u{f6}pande"),
        (334, 680, "P\u{e5}g\u{e5}r"),
        (70, 648, "Informera v\u{e5}rdnadshavare om de nya"),
        (70, 636, "reglerna f\u{f6}r avgifter"),
        (270, 648, "2019-08-20"),
        (334, 648, "Klar"),
    ];
    let text = one(&drawn(&rows));
    assert!(text.ends_with("\t2019-08-20\tKlar"), "{text}");
}

#[test]
fn the_rows_of_a_table_with_heads_of_two_lines_hang_together() {
    let mut rows = vec![
        (74, 700, "Verksamhet"),
        (174, 700, "Budget 2018,"),
        (174, 688, "tusental kronor"),
        (264, 700, "Utfall till och"),
        (264, 688, "med augusti"),
    ];
    for (at, name) in (0u32..).zip(["F\u{f6}rskola", "\u{c4}ldreomsorg", "Kultur", "Idrott"]) {
        let y = 668 - 20 * at;
        rows.extend([(74, y, name), (174, y, "123 456"), (264, y, "81 200")]);
    }
    // The lines of the text above stand closer.
    let text: String = (0..8)
        .map(|at| {
            format!(
                "BT /F1 10 Tf 74 {} Td (N\u{e4}mnden har gett i uppdrag) Tj ET ",
                820 - 12 * at
            )
        })
        .collect();
    let read = one(&(text + &drawn(&rows)));
    let table = "Verksamhet\tBudget 2018, tusental kronor\tUtfall till och med augusti\n\
        F\u{f6}rskola\t123 456\t81 200\n\u{c4}ldreomsorg\t123 456\t81 200\n\
        Kultur\t123 456\t81 200\nIdrott\t123 456\t81 200";
    assert!(read.ends_with(table), "{read}");
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
