//! Pages in small, each with one thing that a person sees at once.

mod apart;
mod drawn;
mod order;
mod tables;
mod wrapped;

use std::path::Path;

use crate::extract::sample::{document, first_extra, stream};
use crate::extract::{Options, RawText, grid, text};

fn read(bytes: &[u8]) -> RawText {
    text(Path::new("a.pdf"), bytes, &Options::default()).expect("a readable document")
}

fn one(content: &str) -> String {
    read(&document(&[&latin(content)], "", "", &[]))
        .pages
        .remove(0)
        .text
}

/// Text as WinAnsi has it, as far as Swedish goes.
fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|char| char as u32 as u8).collect()
}

/// A document with a structure tree; `elements` are numbered from the tree's number + 1, the page is object 4.
fn tagged(content: &str, kids: &[usize], elements: &[&str]) -> RawText {
    let root = first_extra(1);
    let kids: String = kids
        .iter()
        .map(|kid| format!("{} 0 R ", root + kid))
        .collect();
    let mut extra = vec![format!("<< /Type /StructTreeRoot /K [{kids}] >>").into_bytes()];
    for element in elements {
        // `@n` stands for the element of that number.
        let mut text = (*element).to_owned();
        for number in 1..=elements.len() {
            text = text.replace(&format!("@{number} "), &format!("{} 0 R ", root + number));
        }
        extra.push(text.into_bytes());
    }
    let mut bytes = document(&[&latin(content)], "", "", &extra);
    let catalog = b"<< /Type /Catalog /Pages 2 0 R >>";
    let at = memchr::memmem::find(&bytes, catalog).expect("a catalog");
    bytes.splice(
        at..at + catalog.len(),
        format!("<< /Type /Catalog /Pages 2 0 R /StructTreeRoot {root} 0 R >>").bytes(),
    );
    read(&bytes)
}

#[test]
fn cells_stand_apart() {
    for (content, text) in [
        // Numbers with blanks of their own.
        (
            "BT /F1 10 Tf 70 700 Td (Summa) Tj 150 0 Td (435 650) Tj 80 0 Td (443 600) Tj ET",
            "Summa\t435 650\t443 600",
        ),
        // What a number or a bullet stands before is no cell.
        (
            // A justified line of few words, each placed on its own; and cells that are as far from each other because all of
            // them are as wide.
            "BT /F1 10 Tf 70 700 Td (Svar ) Tj 60.56 0 Td (p\u{e5} ) Tj 51.12 0 Td (skrivelsen ) Tj 84.45 0 Td (om) Tj ET",
            "Svar på skrivelsen om",
        ),
        (
            "BT /F1 10 Tf 70 700 Td (2014 ) Tj 60 0 Td (2015 ) Tj 60 0 Td (2016 ) Tj 60 0 Td (2017) Tj ET",
            "2014\t2015\t2016\t2017",
        ),
        (
            "BT /F1 10 Tf 70 700 Td (1.) Tj 40 0 Td (Godk\u{e4}nna) Tj ET",
            "1. Godkänna",
        ),
        (
            "BT /F1 10 Tf 70 700 Td (\u{95}) Tj 40 0 Td (Godk\u{e4}nna) Tj ET",
            "• Godkänna",
        ),
        // A justified line with few words is one cell.
        ("BT /F1 10 Tf 70 700 Td [(av )-4000(den)] TJ ET", "av den"),
        (
            "BT /F1 10 Tf 70 700 Td (av ) Tj 20 0 Td ( den) Tj ET",
            "av den",
        ),
        // A cell that ends a hair before the next.
        (
            "BT /F1 9 Tf 70 700 Td (f\u{f6}rfarandet) Tj ET BT /F1 9 Tf 114.6 700 Td (P\u{e5} grund) Tj ET",
            "förfarandet På grund",
        ),
        // The leaders of a table of contents are set apart; its words are parted as elsewhere.
        (
            "BT /F1 10 Tf 70 700 Td [(1.1)-1000(Vad)-250(\u{e4}r)-250(en)-829(.)-500(.)-500(.)-500(.)-500(.)-500(.)-500(.)-500(.)-500(.)-500(.)-500(.)-500(.)-500(.)-500(.)-500(.)-500(.)-500(.)-500(.)-500(.)-500(.)-500(.)-500(7)] TJ ET",
            "1.1 Vad \u{e4}r en\t7",
        ),
        // The blank between two words as the spacing of the letters beside it; a word whose letters are set apart.
        (
            "BT /F1 10 Tf 70 700 Td (ko) Tj 3 Tc 10.56 0 Td (pa) Tj 0 Tc 14.12 0 Td (v den) Tj ET",
            "kop av den",
        ),
        (
            "BT /F1 10 Tf 70 700 Td (kop) Tj 3 Tc 16.12 0 Td (ia) Tj 10.78 0 Td (vd) Tj 0 Tc 13.56 0 Td (en) Tj ET",
            "kopi av den",
        ),
        (
            "BT /F1 10 Tf 70 700 Td (kopi) Tj 3 Tc 18.34 0 Td [(aa)300(vd)] TJ 0 Tc 27.68 0 Td (en) Tj ET",
            "kopia av den",
        ),
        // A line set so tight that its blanks are narrow; a font whose widths are too small for one letter.
        (
            "BT /F1 10 Tf 70 700 Td [(de)-140(sm)10(\u{e5})-140(kom)-140(ifr\u{e5}n)20(a)-140(torget)] TJ ET",
            "de små kom ifråna torget",
        ),
        (
            "BT /F1 10 Tf 70 700 Td [(sm)-120(\u{e5}kom)-120(m)-120(una)-20(ltorg)] TJ ET",
            "småkommunaltorg",
        ),
        (
            "BT /F1 10 Tf 70 700 Td [(R)-120(A)-120(P)-120(P)-120(O)-120(R)-120(T)] TJ ET",
            "RAPPORT",
        ),
        // A blank painted over once more when the next word has begun.
        (
            "BT /F1 10 Tf 70 700 Td (den r) Tj 3 Tr 16.68 0 Td ( ) Tj 0 Tr 6.11 0 Td (apport) Tj ET",
            "den rapport",
        ),
        // An OCR engine's words, each with a blank and a baseline of its own.
        (
            "BT 3 Tr /F1 10 Tf 1 0 0 1 70 700 Tm (den ) Tj ET BT 3 Tr /F1 10 Tf 1 0 0 1 87 702 Tm (nya ) Tj ET BT 3 Tr /F1 10 Tf 1 0 0 1 104 699 Tm (planen) Tj ET",
            "den nya planen",
        ),
        // The scale of a drawing, said as spacing of its digits.
        ("BT /F1 10 Tf 22 Tc 70 700 Td (0123) Tj ET", "0 1 2 3"),
        // A table of numbers of one digit.
        (
            "BT /F1 10 Tf 70 700 Td [(0)-600(1)-600(0)-600(0)-600(1)-600(1)-600(0)-600(1)-600(0)] TJ ET",
            "0 1 0 0 1 1 0 1 0",
        ),
        (
            "BT /F1 10 Tf 70 700 Td (till ) Tj 3 Tc (nu) Tj 0 Tc ( och ) Tj 3 Tc (senare) Tj ET",
            "till nu och senare",
        ),
        // Letters that are placed one by one with loose rounding are words all the same.
        (
            "BT /F1 10 Tf 70 700 Td (d) Tj 6.6 0 Td (e) Tj 6.6 0 Td (n) Tj ET",
            "den",
        ),
        // Leaders.
        (
            "BT /F1 10 Tf 70 700 Td (1 Inledning ............................. 2) Tj ET",
            "1 Inledning\t2",
        ),
    ] {
        assert_eq!(one(content), text, "{content}");
    }
}

/// A page of Helvetica: font size, then left edge, baseline and text of each piece, in the order in which they are drawn.
fn page(size: u32, pieces: &[(f32, f32, &str)]) -> String {
    let content: String = pieces
        .iter()
        .map(|(x, y, text)| format!("BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET "))
        .collect();
    one(&content)
}

/// Rows that are drawn across, 14 points apart, their cells at `columns`; an empty cell is not drawn.
fn across(size: u32, columns: &[f32], rows: &[&[&str]]) -> String {
    let mut pieces = Vec::new();
    for (row, y) in rows.iter().zip(0u16..) {
        for (&cell, &x) in row.iter().zip(columns) {
            if !cell.is_empty() {
                pieces.push((x, 700.0 - 14.0 * f32::from(y), cell));
            }
        }
    }
    page(size, &pieces)
}

#[test]
fn a_letterhead_drawn_by_rows_is_read_by_columns() {
    let letter: &[&[&str]] = &[
        &["Handläggare", "Till"],
        &["Ylva Ek", "Socialnämnden"],
        &["Telefon: 08-508 12 345", "2021-04-20"],
    ];
    assert_eq!(
        across(10, &[70.0, 320.0], letter),
        "Handläggare\nYlva Ek\nTelefon: 08-508 12 345\n\nTill\nSocialnämnden\n2021-04-20"
    );
    // Columns so close that only their edges tell them apart.
    assert_eq!(
        across(10, &[70.0, 178.0], letter),
        "Handläggare\nYlva Ek\nTelefon: 08-508 12 345\n\nTill\nSocialnämnden\n2021-04-20"
    );
    assert_eq!(
        across(
            10,
            &[70.0, 220.0, 370.0],
            &[
                &["Vår handläggare", "Datum:", "Diarienummer"],
                &["Ylva Ek", "2021-03-12", "KS 2021/345"],
            ]
        ),
        "Vår handläggare\nYlva Ek\n\nDatum:\n2021-03-12\n\nDiarienummer\nKS 2021/345"
    );
    // Who writes and what the paper is, in print of their own, and the number of the page.
    let names: &[&[&str]] = &[
        &["Socialförvaltningen", "Tjänsteutlåtande", "Sida 1 (3)"],
        &["Avdelningen för social omsorg", "Dnr 1.2.1-123/2021"],
        &["", "2021-03-12"],
    ];
    assert_eq!(
        across(10, &[70.0, 300.0, 470.0], names),
        "Socialförvaltningen\nAvdelningen för social omsorg\n\nTjänsteutlåtande\nDnr 1.2.1-123/2021\n2021-03-12\n\nSida 1 (3)"
    );
    // The title begins below the first column.
    assert_eq!(
        across(
            10,
            &[70.0, 320.0],
            &[letter[0], letter[1], &["Svar på motion", ""]]
        ),
        "Handläggare\nYlva Ek\n\nTill\nSocialnämnden\n\nSvar på motion"
    );
    // Lists of cases, and tables whose heads are other words.
    for table in [
        &[
            &["Handläggare", "Datum"][..],
            &["Ylva Ek", "2021-03-12"],
            &["Bo Ek", "2021-03-14"],
        ][..],
        &[
            &["Datum", "Diarienummer"],
            &["2021-03-12", "KS 2021/345"],
            &["2021-03-14", "KS 2021/346"],
        ],
        &[&["Enhet", "Till och med"], &["Hemtjänst", "2022"]],
        &[&["Handläggare", "Kostnad"], &["Ylva Ek", "12,5"]],
    ] {
        let rows: Vec<String> = table.iter().map(|row| row.join("\t")).collect();
        assert_eq!(across(10, &[70.0, 320.0], table), rows.join("\n"));
    }
}

#[test]
fn an_empty_cell_between_two_keeps_its_place() {
    let columns = [70.0, 220.0, 290.0, 360.0];
    assert_eq!(
        across(
            10,
            &columns,
            &[
                &["Verksamhet", "Budget", "Utfall", "Anmärkning"],
                &["Hemtjänst", "12 500", "13 000", "Högre volym"],
                &["Dagverksamhet", "", "950", "Ej budgeterad"],
                &["Boende", "8 000", "", "Stängt"],
                &["Bidrag", "", "", "Nytt"],
                &["Summa", "20 500", "13 950", ""],
            ]
        ),
        "Verksamhet\tBudget\tUtfall\tAnmärkning\nHemtjänst\t12 500\t13 000\tHögre volym\n\
         Dagverksamhet\t\t950\tEj budgeterad\nBoende\t8 000\t\tStängt\nBidrag\t\t\tNytt\n\
         Summa\t20 500\t13 950"
    );
    // A head that stands over two columns, a row that reaches over them, a row of its own.
    assert_eq!(
        across(
            10,
            &columns,
            &[
                &["Enhet", "Kostnader", "", "Not"],
                &["", "2018", "2019", ""],
                &["Centrum", "14", "12", "a"],
                &["Norr", "en lång anmärkning om året", "", "b"],
            ]
        ),
        "Enhet\tKostnader\t\tNot\n2018\t2019\nCentrum\t14\t12\ta\n\
         Norr\ten lång anmärkning om året\tb"
    );
    // The place of what is behind an empty cell.
    let content = "BT /F1 10 Tf 70 700 Td (Enhet) Tj 100 0 Td (2018) Tj 100 0 Td (2019) Tj \
        -200 -14 Td (Norr) Tj 200 0 Td (14) Tj ET";
    let raw = read(&document(&[&latin(content)], "", "", &[]));
    let line = &raw.pages[0].lines[1];
    assert_eq!(line.cells, [170.0, 270.0]);
    assert_eq!(&raw.pages[0].text[line.start..line.end], "Norr\t\t14");
}

#[test]
fn heads_of_narrow_columns_are_cells() {
    assert_eq!(
        across(
            10,
            &[70.0, 203.0, 229.0],
            &[
                &["Nyckeltal", "2014", "2015"],
                &["Öppna ärenden per handlägg", "18,4", "17,9"],
                &["Sjukfrånvaro, procent", "7,1", "6,8"],
                &["Personal", "2", "9"],
            ]
        ),
        "Nyckeltal\t2014\t2015\nÖppna ärenden per handlägg\t18,4\t17,9\n\
         Sjukfrånvaro, procent\t7,1\t6,8\nPersonal\t2\t9"
    );
    // The number of an item is none.
    assert_eq!(
        page(
            10,
            &[
                (70.0, 700.0, "#1 Enhet"),
                (172.0, 700.0, "Utfall"),
                (70.0, 686.0, "Rad"),
                (95.0, 686.0, "noll"),
                (70.0, 672.0, "[12]"),
                (95.0, 672.0, "Norr"),
            ]
        ),
        "#1 Enhet\tUtfall\nRad noll\n[12] Norr"
    );
    // Words that are placed one by one below a table are no cells.
    assert_eq!(
        page(
            10,
            &[
                (70.0, 700.0, "Enhet"),
                (172.0, 700.0, "Utfall"),
                (70.0, 686.0, "och den"),
                (110.0, 686.0, "nya"),
                (131.0, 686.0, "planen"),
                (172.0, 686.0, "ska"),
                (192.0, 686.0, "gälla nu"),
            ]
        ),
        "Enhet\tUtfall\noch den nya planen ska gälla nu"
    );
}

#[test]
fn prose_in_two_columns_is_read_column_by_column() {
    let rows: &[&[&str]] = &[
        &[
            "Nämnden har under året arbetat",
            "Ekonomin är i balans. Nämnden",
        ],
        &[
            "med att utveckla hemtjänsten och",
            "redovisar ett överskott på två",
        ],
        &[
            "särskilda boenden. Antalet plat-",
            "miljoner kronor. Intäkterna blev",
        ],
        &[
            "ser har ökat med tolv och kön har",
            "högre än budgeterat på grund av",
        ],
        &[
            "minskat. Personalomsättningen",
            "statsbidrag för äldreomsorgen.",
        ],
        &["var fortfarande hög.", ""],
    ];
    assert_eq!(
        across(11, &[70.0, 320.0], rows),
        "Nämnden har under året arbetat\nmed att utveckla hemtjänsten och\nsärskilda boenden. Antalet \
         platser\nhar ökat med tolv och kön har\nminskat. Personalomsättningen\nvar fortfarande hög.\n\n\
         Ekonomin är i balans. Nämnden\nredovisar ett överskott på två\nmiljoner kronor. Intäkterna \
         blev\nhögre än budgeterat på grund av\nstatsbidrag för äldreomsorgen."
    );
    // Rows of a table: without a broken word, with figures, each begun anew.
    for table in [
        &rows[..2],
        &[
            &[
                "Utreda behovet av nya loka-",
                "100 000 kronor 2022 till 2023",
            ][..],
            &[
                "ler för fritidsgårdar i hela",
                "250 000 kronor 2022 till 2024",
            ],
            &[
                "kommunen och dess närhet som",
                "300 000 kronor 2023 till 2025",
            ],
            &[
                "behövs för alla de som går dit",
                "410 000 kronor 2023 till 2026",
            ],
        ],
        &[
            &[
                "Rektor vid skolan svarar för upp-",
                "Våren med slut före sommaren",
            ],
            &[
                "Följningen görs av förvaltningen",
                "Hösten med början efter den",
            ],
            &[
                "Anställa fler skolsköterskor snart",
                "Vintern om det finns pengar",
            ],
            &[
                "Skriva en plan för skolvägarna nu",
                "Sommaren efter det nämnden",
            ],
        ],
    ] {
        let text = across(11, &[70.0, 320.0], table);
        assert_eq!(text.matches('\t').count(), table.len(), "{text}");
    }
}

#[test]
fn a_blank_that_is_taken_back_is_none() {
    for (content, text) in [
        // As wide as the blank is; somewhat less; and a blank behind which the next word is set anew.
        (
            "BT /F1 10 Tf 70 700 Td [(plat )278(ser nu)] TJ ET",
            "platser nu",
        ),
        (
            "BT /F1 10 Tf 70 700 Td [(plat )60(ser nu)] TJ ET",
            "plat ser nu",
        ),
        (
            "BT /F1 10 Tf 70 700 Td (en ) Tj 13.9 0 Td (plan) Tj ET",
            "en plan",
        ),
        // The words of an OCR engine overlap as the picture has them.
        (
            "BT 3 Tr /F1 10 Tf 70 700 Td (den ) Tj ET BT 3 Tr /F1 10 Tf 86.7 700 Td (nya ) Tj ET",
            "den nya",
        ),
    ] {
        assert_eq!(one(content), text, "{content}");
    }
}

#[test]
fn a_line_says_where_its_cells_begin() {
    let raw = read(&document(
        &[b"BT /F1 10 Tf 70 700 Td (Summa) Tj 150 0 Td (435 650) Tj 80 0 Td (443 600) Tj ET"],
        "",
        "",
        &[],
    ));
    let line = &raw.pages[0].lines[0];
    assert_eq!(line.cells, [220.0, 300.0]);
    assert_eq!((line.bbox[0], line.size, line.bold), (70.0, 10.0, false));
}

#[test]
fn boxes_are_as_the_page_is_seen() {
    // The same place on the page as it is seen: 100 points from its left edge, 50 below its top.
    for (turn, content) in [
        (0, "BT /F1 12 Tf 1 0 0 1 100 792 Tm (Rubrik) Tj ET"),
        (90, "BT /F1 12 Tf 0 1 -1 0 50 100 Tm (Rubrik) Tj ET"),
        (180, "BT /F1 12 Tf -1 0 0 -1 495 50 Tm (Rubrik) Tj ET"),
        (270, "BT /F1 12 Tf 0 -1 1 0 545 742 Tm (Rubrik) Tj ET"),
    ] {
        let raw = read(&document(
            &[content.as_bytes()],
            "",
            &format!("/Rotate {turn}"),
            &[],
        ));
        let line = &raw.pages[0].lines[0];
        let [left, top, right, bottom] = line.bbox;
        assert!((left - 100.0).abs() < 0.1, "{turn}: {line:?}");
        assert!(
            top < 50.0 && bottom > 50.0 && bottom - top < 13.0,
            "{turn}: {line:?}"
        );
        assert!(right > 130.0 && right < 145.0, "{turn}: {line:?}");
        assert_eq!(line.size, 12.0);
    }
}

#[test]
fn a_note_follows_the_paragraph_that_it_belongs_to() {
    let raw = tagged(
        "BT /F1 12 Tf 70 700 Td /P <</MCID 0>> BDC (Enligt lagen) Tj EMC /F1 7 Tf 5 Ts /Lbl <</MCID 1>> BDC (1) Tj EMC \
         /F1 12 Tf 0 Ts 0 -14 Td /P <</MCID 2>> BDC (g\u{e4}ller detta.) Tj EMC 0 -28 Td /P <</MCID 3>> BDC (Nytt stycke.) Tj EMC ET \
         BT /F1 8 Tf 70 100 Td /Note <</MCID 4>> BDC (1 Prop. 2019/20:117.) Tj EMC ET",
        &[1, 3],
        &[
            "<< /S /P /Pg 4 0 R /K [0 1 @2 2] >>",
            "<< /S /Note /Pg 4 0 R /K [4] >>",
            "<< /S /P /Pg 4 0 R /K [3] >>",
        ],
    );
    assert_eq!(
        raw.pages[0].text,
        "Enligt lagen 1\ngäller detta.\n\n1 Prop. 2019/20:117.\n\nNytt stycke."
    );
}

#[test]
fn the_tree_says_what_a_cell_is() {
    let raw = tagged(
        "BT /F1 10 Tf 70 700 Td /TD <</MCID 0>> BDC (12) Tj EMC 14 0 Td /TD <</MCID 1>> BDC (400) Tj EMC 0 -20 Td ET",
        &[1],
        &[
            "<< /S /TR /Pg 4 0 R /K [@2 @3 ] >>",
            "<< /S /TD /Pg 4 0 R /K [0] >>",
            "<< /S /TD /Pg 4 0 R /K [1] >>",
        ],
    );
    assert_eq!(raw.pages[0].text, "12\t400");
}

#[test]
fn fields_stand_beside_their_labels() {
    let content = "BT /F1 10 Tf 70 700 Td (Namn:) Tj 0 -30 Td (Motivering) Tj 0 -100 Td (Datum:) Tj 200 0 Td (Ort:) Tj ET";
    let field = |value: &str, rect: &str| {
        format!("<< /Subtype /Widget /FT /Tx /Rect [{rect}] /V ({value}) >>")
    };
    let raw = read(&document(
        &[content.as_bytes()],
        "",
        &format!(
            "/Annots [{} {} {} {} {}]",
            field("Ylva Ek", "120 698 300 710"),
            field("Rad ett\\nrad tv\\345", "70 640 500 666"),
            field("Brantevalla", "310 568 400 580"),
            field("2021-03-04", "120 568 200 580"),
            field("utan etikett", "400 300 500 312"),
        ),
        &[],
    ));
    assert_eq!(
        raw.pages[0].text.replace("\n\n", "\n").replace('\t', " "),
        "Namn: Ylva Ek\nMotivering\nRad ett\nrad två\nDatum: 2021-03-04 Ort: Brantevalla\nutan etikett"
    );
}

#[test]
fn ornaments_without_names_are_bullets() {
    let extra = first_extra(1);
    let program = stream("/Subtype /Type1C", b"\x01\x00\x04\x02");
    let font = format!(
        "<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+StandardSymbolsPS /FirstChar 1 /LastChar 1 /Widths [500] \
         /FontDescriptor << /Type /FontDescriptor /FontName /ABCDEF+StandardSymbolsPS /Flags 4 /FontFile3 {extra} 0 R >> >>"
    );
    let raw = read(&document(
        &[b"BT /F2 10 Tf 70 700 Td <01> Tj /F1 10 Tf 12 0 Td (att) Tj ET"],
        "",
        "",
        std::slice::from_ref(&program),
    ));
    assert!(raw.pages[0].text.ends_with("att"));
    let bytes = document(
        &[b"BT /F2 10 Tf 70 700 Td <01> Tj /F1 10 Tf 12 0 Td (att) Tj ET"],
        "",
        "",
        &[program, font.into_bytes()],
    );
    let at = memchr::memmem::find(&bytes, b"/F1 3 0 R").expect("a font");
    let mut with_font = bytes;
    with_font.splice(at..at, format!("/F2 {} 0 R ", extra + 1).bytes());
    let raw = read(&with_font);
    assert_eq!(raw.pages[0].text, "• att");
    assert!(raw.pages[0].notes.is_empty());
}

#[test]
fn a_terminal_shows_columns_where_they_stand() {
    let content = "BT /F1 9 Tf 70 800 Td (Handl\u{e4}ggare) Tj 0 -12 Td (Ylva Ek) Tj ET BT /F1 9 Tf 320 800 Td (Till) Tj 0 -12 Td (Kommunstyrelsen) Tj ET \
        BT /F1 11 Tf 70 750 Td (Svar p\u{e5} motion om skolv\u{e4}gar) Tj ET \
        BT /F1 9 Tf 70 700 Td (Verksamhet) Tj 200 0 Td (Budget) Tj 100 0 Td (Utfall) Tj -300 -12 Td (F\u{f6}rskola) Tj 200 0 Td (125 400) Tj 100 0 Td (124 900) Tj ET";
    let raw = read(&document(&[&latin(content)], "", "", &[]));
    expect_test::expect![[r#"
        Handläggare                                                              Till
        Ylva Ek                                                                  Kommunstyrelsen


        Svar på motion om skolvägar



        Verksamhet                                                 Budget                       Utfall
        Förskola                                                   125 400                      124 900"#]]
    .assert_eq(&grid(&raw.pages[0]));
}

#[test]
fn raised_marks_stand_apart_from_words() {
    let raised = |word: &str, mark: &str, behind: &str| {
        one(&format!(
            "BT /F1 10 Tf 70 700 Td ({word}) Tj /F1 6 Tf 4 Ts ({mark}) Tj /F1 10 Tf 0 Ts ({behind}) Tj ET"
        ))
    };
    for (word, mark, shown) in [
        ("LSS", "8,9", "LSS 8,9 och mer"),
        ("skolan", "8\u{96}10", "skolan 8–10 och mer"),
        ("n\u{e4}mnden", "1\\)", "nämnden 1) och mer"),
        ("lagen", "1,2,3", "lagen 1,2,3 och mer"),
        ("Malm\u{f6}", "1, 2", "Malmö 1, 2 och mer"),
        ("\\(LOU", "4a", "(LOU 4a och mer"),
        ("EU", "12\\)", "EU 12) och mer"),
        ("Backen", "1,2*", "Backen 1,2* och mer"),
        ("staden", "a", "staden a och mer"),
        ("Dalen", "17, b", "Dalen 17, b och mer"),
        ("CMI", "c", "CMI c och mer"),
        ("staden", "a,b", "staden a,b och mer"),
        ("kommunen", "iv", "kommunen iv och mer"),
        ("e-tj\u{e4}nsten", "b\\)", "e-tjänsten b) och mer"),
        // Not these: units, exponents, ordinals, charges, abbreviations and what is no mark at all.
        ("25 m", "2", "25 m2 och mer"),
        ("km", "2,", "km2, och mer"),
        ("3 kg/m", "2", "3 kg/m2 och mer"),
        ("Ca", "2+", "Ca2+ och mer"),
        ("SO4", "2-", "SO42- och mer"),
        ("den 1", "a", "den 1a och mer"),
        ("den 3", "1,2", "den 31,2 och mer"),
        ("N", "o", "No och mer"),
        ("XVI", "e", "XVIe och mer"),
        ("Mm", "e", "Mme och mer"),
        ("Program", "TM", "ProgramTM och mer"),
        ("Program", "(C)", "Program(C) och mer"),
        ("A4", "b", "A4b och mer"),
    ] {
        let mark = if mark == "(C)" { "\\(C\\)" } else { mark };
        assert_eq!(raised(word, mark, " och mer"), shown);
    }
    // A letter within a word.
    assert_eq!(raised("kommu", "n", "en i dag"), "kommunen i dag");
}
