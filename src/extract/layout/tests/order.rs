//! What a file draws in another order than it is read in.

use super::{across, latin, one, page, read, tagged};
use crate::extract::grid;
use crate::extract::sample::document;

#[test]
fn marks_drawn_apart_stand_before_their_items() {
    let intro = (70.0, 700.0, "Nämnden beslutar att");
    let items = [
        (90.0, 680.0, "godkänna förslaget,"),
        (90.0, 666.0, "avslå yrkandet."),
    ];
    let end = (70.0, 640.0, "Ärendet är brådskande.");
    let numbers = [(75.0, 680.0, "1."), (75.0, 666.0, "2.")];
    let shown = "Nämnden beslutar att\n\n1. godkänna förslaget,\n2. avslå yrkandet.\n\nÄrendet är brådskande.";
    for (how, pieces) in [
        ("behind", [&[intro][..], &items, &[end], &numbers].concat()),
        ("before", [&[intro][..], &numbers, &items, &[end]].concat()),
    ] {
        assert_eq!(page(11, &pieces), shown, "{how}");
    }
    // A bullet for each item; a bullet without an item stays where it is.
    let bullets = [
        (75.0, 680.0, "\u{95}"),
        (75.0, 666.0, "\u{95}"),
        (75.0, 500.0, "\u{95}"),
    ];
    assert_eq!(
        page(11, &[&items[..], &bullets].concat()),
        "• godkänna förslaget,\n• avslå yrkandet.\n\n•"
    );
}

#[test]
fn times_drawn_last_stand_before_what_they_tell() {
    let items = [
        (130.0, 680.0, "Val av en ledamot som justerar"),
        (130.0, 666.0, "dagens protokoll"),
        (130.0, 640.0, "Kaffe"),
    ];
    let times = [(70.0, 680.0, "08.35"), (70.0, 640.0, "09.30")];
    assert_eq!(
        page(11, &[&items[..], &times].concat()),
        "08.35 Val av en ledamot som justerar\ndagens protokoll\n\n09.30 Kaffe"
    );
    // A margin that is drawn first, to its last mark.
    assert_eq!(
        page(11, &[&times[..], &items].concat()),
        "08.35 Val av en ledamot som justerar\ndagens protokoll\n\n09.30 Kaffe"
    );
    // In the middle of the height of a cell they may stand beside any line of the next.
    let cells = [
        (70.0, 666.0, "§ 12"),
        (130.0, 680.0, "Avgifter"),
        (130.0, 666.0, "Nämnden beslutar."),
    ];
    assert_eq!(page(11, &cells), "§ 12\n\nAvgifter\nNämnden beslutar.");
    // Figures are told apart by what stands behind them: no text, or text too far away.
    let sums = [(70.0, 680.0, "12.30"), (70.0, 640.0, "14.50")];
    for items in [
        [(130.0, 680.0, "17"), (130.0, 640.0, "21")],
        [(330.0, 680.0, "Kaffe"), (330.0, 640.0, "Bröd")],
    ] {
        let shown = page(11, &[&items[..], &sums].concat());
        assert!(shown.ends_with("12.30\n\n14.50"), "{shown}");
    }
}

#[test]
fn a_raised_mark_of_the_texts_size_stands_on_its_line() {
    let raised = |rise: &str, mark: &str| {
        one(&format!(
            "BT /F1 11 Tf 70 700 Td (Enligt lagen) Tj /F1 10 Tf {rise} Ts ({mark}) Tj /F1 11 Tf 0 Ts ( ska det ske) Tj ET"
        ))
    };
    for rise in ["3", "5", "6"] {
        assert_eq!(raised(rise, "1"), "Enligt lagen 1 ska det ske", "{rise}");
    }
    assert_eq!(
        one("BT /F1 11 Tf 70 700 Td (CO) Tj -5 Ts (2) Tj 0 Ts ( minskar) Tj ET"),
        "CO2 minskar"
    );
    // The line above is another one, and so is a number that stands elsewhere.
    assert_eq!(
        page(11, &[(70.0, 700.0, "Summa"), (300.0, 705.0, "12")]),
        "Summa\n\n12"
    );
}

#[test]
fn a_table_drawn_column_by_column_is_read_row_by_row() {
    let first = [
        (70.0, 680.0, "Verksamhet"),
        (70.0, 666.0, "Förskola"),
        (70.0, 652.0, "Skola"),
        (70.0, 638.0, "Fritid"),
    ];
    let budget = [
        (200.0, 680.0, "Budget"),
        (200.0, 666.0, "1 234"),
        (200.0, 652.0, "45 678"),
        (200.0, 638.0, "90"),
    ];
    let outcome = [
        (300.0, 680.0, "Utfall"),
        (300.0, 666.0, "1 200"),
        (300.0, 652.0, "44 000"),
    ];
    let head = [(70.0, 710.0, "Ekonomi")];
    let end = [(70.0, 610.0, "Efter tabellen.")];
    assert_eq!(
        page(10, &[&head[..], &first, &budget, &outcome, &end].concat()),
        "Ekonomi\n\nVerksamhet\tBudget\tUtfall\nFörskola\t1 234\t1 200\nSkola\t45 678\t44 000\nFritid\t90\n\nEfter tabellen."
    );
    // Two columns of names, or of prose, are read one after the other.
    let names = [
        (200.0, 680.0, "Handläggare"),
        (200.0, 666.0, "Siv Strand"),
        (200.0, 652.0, "Bo Ek"),
        (200.0, 638.0, "Ada Berg"),
    ];
    let text = page(10, &[&first[..], &names].concat());
    assert!(!text.contains('\t'), "{text}");
}

#[test]
fn figures_that_end_below_each_other_are_cells() {
    // Helvetica's figures are 5.56 points wide at 10 points, its blank 2.78.
    let ends = |text: &str| {
        let width: f32 = text
            .chars()
            .map(|char| if char == ' ' { 2.78 } else { 5.56 })
            .sum();
        move |right: f32| right - width
    };
    let rows = [["1 234", "345", "1 456"], ["45 678", "44 000", "154 400"]];
    let content: String = rows
        .iter()
        .zip(["Skola", "Fritid"])
        .zip([680, 666])
        .map(|((cells, head), y)| {
            let mut at = 70.0;
            let mut line = format!("BT /F1 10 Tf 70 {y} Td ({head}) Tj ");
            for (cell, right) in cells.iter().zip([200.0, 245.0, 290.0]) {
                let from = ends(cell)(right);
                line += &format!("{:.2} 0 Td ({cell}) Tj ", from - at);
                at = from;
            }
            line + "ET "
        })
        .collect();
    assert_eq!(
        one(&content),
        "Skola\t1 234\t345\t1 456\nFritid\t45 678\t44 000\t154 400"
    );
}

#[test]
fn cells_that_begin_below_each_other_stand_apart() {
    // Each cell is drawn by itself; the first of each row ends close before the second.
    let rows = [
        ("Handl\u{e4}ggare", 57.25, "F\u{f6}rskolan"),
        ("Handl\u{e4}ggning", 61.7, "Skolan"),
        ("Handl\u{e4}ggares", 62.25, "Fritiden"),
    ];
    let content = |right: bool| -> String {
        rows.iter()
            .zip(0u16..)
            .map(|((first, width, second), row)| {
                let (x, y) = (
                    70.0 + if right { 0.0 } else { 2.0 * f32::from(row) },
                    700 - 14 * row,
                );
                let at = if right { 141.0 } else { x + width + 10.0 };
                format!(
                    "BT /F1 10 Tf {x} {y} Td ({first}) Tj {:.2} 0 Td ({second}) Tj ET ",
                    at - x
                )
            })
            .collect()
    };
    let shown = one(&content(true));
    assert_eq!(shown.matches('\t').count(), 3, "{shown}");
    // Places that stand nowhere below each other are none of a column.
    let shown = one(&content(false));
    assert_eq!(shown.matches('\t').count(), 0, "{shown}");
}

#[test]
fn a_page_drawn_from_the_bottom_up_is_read_from_the_top_down() {
    let lines: Vec<String> = (1..=9)
        .map(|number| format!("rad {number} om vägar"))
        .collect();
    let mut pieces: Vec<(f32, f32, &str)> = lines
        .iter()
        .zip(0u16..)
        .map(|(line, at)| (70.0, 700.0 - 14.0 * f32::from(at), line.as_str()))
        .collect();
    pieces.reverse();
    assert_eq!(page(11, &pieces), lines.join("\n"));
}

#[test]
fn two_columns_whose_lines_all_go_on_are_prose() {
    let rows: &[&[&str]] = &[
        &[
            "Första spaltens rad handlar om",
            "Andra spalten tar upp frågan om",
        ],
        &[
            "skolor och vägar i området där",
            "äldreomsorg och hemtjänst samt",
        ],
        &[
            "barnen går varje dag till skolan",
            "de satsningar som görs på dem",
        ],
        &[
            "och att belysningen fungerar väl",
            "och kompetens i förvaltningen för",
        ],
        &[
            "under vinterns mörka månader.",
            "vård och omsorg i hela staden.",
        ],
    ];
    let columns = |column: usize| -> Vec<&str> { rows.iter().map(|row| row[column]).collect() };
    assert_eq!(
        across(11, &[70.0, 320.0], rows),
        format!("{}\n\n{}", columns(0).join("\n"), columns(1).join("\n"))
    );
    // Cells that begin anew are a table's.
    let mut table = rows.to_vec();
    table[2] = &[
        "Barnen går varje dag till skolan",
        "De satsningar som görs på dem",
    ];
    table[3] = &[
        "Belysningen fungerar väl här",
        "Kompetens i förvaltningen nu",
    ];
    let text = across(11, &[70.0, 320.0], &table);
    assert_eq!(text.matches('\t').count(), 5, "{text}");
}

/// Lines of prose, each with its number in the margin.
fn numbered(lines: &[&str], first: usize) -> Vec<u8> {
    let content: String = lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let (number, y) = (first + at, 700 - 14 * at);
            format!("BT /F1 11 Tf 50 {y} Td ({number}) Tj 30 0 Td ({line}) Tj ET ")
        })
        .collect();
    document(&[&latin(&content)], "", "", &[])
}

#[test]
fn the_numbers_of_lines_are_furniture() {
    let prose = [
        "Förvaltningen har sett över övergångsställena vid skolorna",
        "i området och föreslår åtgärder under året för barnens trygg-",
        "het på vägen till och från skolan i samråd med polisen",
        "och med de boende i området. Nämnden beslutar att godkänna",
        "förslaget och lägger det till handlingarna utan vidare åtgärd",
        "i ärendet.",
    ];
    let sheet = read(&numbered(&prose, 1)).pages.remove(0);
    let text = sheet.running_text();
    assert!(
        text.contains("barnens trygghet\npå vägen") && !text.contains('1'),
        "{text}"
    );
    assert!(sheet.text.contains('6'), "{}", sheet.text);
    // The items of a list and the rows of a table are numbered, too.
    let list = ["skolor", "vägar", "parker", "torg", "broar", "hamnar"];
    let text = read(&numbered(&list, 1)).pages[0].running_text();
    assert!(text.contains("3 parker"), "{text}");
}

#[test]
fn a_large_first_letter_is_part_of_its_word() {
    let initial = |letter: &str, rest: &str| {
        one(&format!(
            "BT /F1 40 Tf 70 672 Td ({letter}) Tj ET BT /F1 11 Tf 102 690 Td ({rest}) Tj 0 -14 Td (om trygga skolv\u{e4}gar) Tj ET"
        ))
    };
    assert_eq!(
        initial("N", "\u{e4}mnden beslutar att godk\u{e4}nna"),
        "Nämnden beslutar att godkänna\nom trygga skolvägar"
    );
    assert!(initial("I", "omr\u{e5}det finns skolor").starts_with("I området finns"));
}

#[test]
fn a_name_whose_letters_are_set_off_its_line_is_one_word() {
    // As TeX sets its own: Helvetica's T and E are 6.11 and 6.67 points wide at 10 points.
    let name = "Td (T) Tj 4.44 -2.2 Td (E) Tj 5.4 2.2 Td (X och mer) Tj ET";
    assert_eq!(one(&format!("BT /F1 10 Tf 70 700 {name}")), "TEX och mer");
    let before = "Td (L) Tj 2 2.1 Td /F1 7 Tf (A) Tj 3.2 -2.1 Td /F1 10 Tf (T) Tj";
    let name = name.replace("Td (T) Tj", before);
    assert_eq!(one(&format!("BT /F1 10 Tf 70 700 {name}")), "LATEX och mer");
    // Letters on lines of their own are none of a word.
    let text = one("BT /F1 10 Tf 70 700 Td (A) Tj 0 -11 Td (B) Tj 0 -11 Td (C) Tj ET");
    assert_eq!(text, "A\nB\nC");
}

#[test]
fn what_an_element_is_meant_to_say_counts() {
    let meant = |actual: &str| {
        tagged(
            "/P <</MCID 0>> BDC BT /F1 10 Tf 70 700 Td (bl.a.) Tj ET EMC \
             /P <</MCID 1>> BDC BT /F1 10 Tf 70 686 Td (f0rv@ltning) Tj ET EMC",
            &[1, 2],
            &[
                "<< /S /P /Pg 4 0 R /K 0 >>",
                &format!("<< /S /P /Pg 4 0 R /K 1 {actual} >>"),
            ],
        )
        .pages
        .remove(0)
        .text
    };
    assert_eq!(meant(""), "bl.a.\nf0rv@ltning");
    assert_eq!(meant("/ActualText (f\\366rvaltning)"), "bl.a.\nförvaltning");
    // A hyphen that breaks a word, and one that does not.
    let broken = |actual: &str| {
        tagged(
            "/P <</MCID 0>> BDC BT /F1 10 Tf 70 700 Td (F\u{f6}r\u{e4}ldrar i Sp\u{e5}nga) Tj ET EMC \
             /Span <</MCID 1>> BDC BT /F1 10 Tf 152.8 700 Td (-) Tj ET EMC \
             /P <</MCID 2>> BDC BT /F1 10 Tf 70 686 Td (Tensta) Tj ET EMC",
            &[1],
            &[
                "<< /S /P /Pg 4 0 R /K [0 @2 2] >>",
                &format!("<< /S /Span /Pg 4 0 R /K 1 {actual} >>"),
            ],
        )
        .pages
        .remove(0)
        .text
    };
    assert_eq!(broken(""), "Föräldrar i Spånga-Tensta");
    let text = broken("/ActualText <FEFF00AD>");
    assert!(!text.contains('-'), "{text}");
    // Nothing said for a text is a mistake.
    assert_eq!(meant("/ActualText ()"), "bl.a.\nf0rv@ltning");
}

#[test]
fn a_page_whose_lines_run_upwards_is_shown_level() {
    let rows = [
        ["Verksamhet", "Budget"],
        ["Skola", "12 300"],
        ["Fritid", "45 000"],
    ];
    for (matrix, sign) in [("0 1 -1 0", 1), ("0 -1 1 0", -1)] {
        let content: String = rows
            .iter()
            .enumerate()
            .flat_map(|(row, cells)| {
                cells.iter().enumerate().map(move |(column, cell)| {
                    let x = 300 + sign * 16 * row as i32;
                    let y = 400 + sign * 160 * column as i32;
                    format!("BT /F1 11 Tf {matrix} {x} {y} Tm ({cell}) Tj ET ")
                })
            })
            .collect();
        let sheet = read(&document(&[&latin(&content)], "", "", &[]))
            .pages
            .remove(0);
        let shown = grid(&sheet);
        let words: Vec<Vec<&str>> = shown
            .lines()
            .filter(|line| !line.is_empty())
            .map(|line| {
                line.split("  ")
                    .map(str::trim)
                    .filter(|cell| !cell.is_empty())
                    .collect()
            })
            .collect();
        assert_eq!(words, rows.map(|row| row.to_vec()), "{shown}");
    }
}

#[test]
fn another_block_of_a_letterhead_is_another_paragraph() {
    let head = |rows: &[(u32, u32, &str)]| {
        let words = rows.iter();
        let words = words.map(|(x, y, text)| format!("BT /F1 10 Tf {x} {y} Td ({text}) Tj ET "));
        one(&words.collect::<String>())
    };
    // Beside the last line of the block before it, and below that line.
    for y in [748, 736] {
        let rows = [
            (70, 760, "Handl\u{e4}ggare"),
            (70, 748, "Anna Ek"),
            (350, y, "Till"),
            (350, y - 12, "Kulturn\u{e4}mnden"),
        ];
        assert_eq!(
            head(&rows),
            "Handl\u{e4}ggare\nAnna Ek\n\nTill\nKulturn\u{e4}mnden",
            "{y}"
        );
    }
    // Back from the right.
    let rows = [
        (350, 760, "Till"),
        (350, 748, "Kulturn\u{e4}mnden"),
        (70, 736, "Lokaler f\u{f6}r dans"),
    ];
    assert_eq!(
        head(&rows),
        "Till\nKulturn\u{e4}mnden\n\nLokaler f\u{f6}r dans"
    );
    // Names belong to the word that announces them, and an item to its mark.
    let rows = [
        (70, 760, "N\u{e4}rvarande:"),
        (200, 748, "Anna Ek"),
        (200, 736, "Bo Alm"),
    ];
    assert_eq!(head(&rows), "N\u{e4}rvarande:\nAnna Ek\nBo Alm");
}
