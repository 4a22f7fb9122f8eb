//! The door, tried on small files: what a person would read on them, and that nothing makes it fall.

mod inside;
mod trust;

use std::path::Path;

use super::sample::{document, file, first_extra, stream};
use super::{Error, Limits, Options, Origin, RawText, Reader, ocr, text};

fn read(bytes: &[u8]) -> Result<RawText, Error> {
    text(Path::new("a.pdf"), bytes, &unread())
}

/// What OCR would read is another test's.
fn unread() -> Options {
    Options {
        ocr: ocr::Options {
            on: false,
            ..ocr::Options::default()
        },
        ..Options::default()
    }
}

fn pages(bytes: &[u8]) -> Vec<String> {
    read(bytes)
        .expect("a readable document")
        .pages
        .into_iter()
        .map(|page| page.text)
        .collect()
}

fn one(content: &[u8]) -> String {
    pages(&document(&[content], "", "", &[])).remove(0)
}

#[test]
fn what_content_says_is_read_as_a_person_does() {
    for (content, text) in [
        (&b"BT /F1 12 Tf 70 700 Td (N\xe4mnden) Tj ET"[..], "Nämnden"),
        // Blanks from geometry, by TJ and by moves.
        (b"BT /F1 12 Tf 70 700 Td [(svar)-300(p\xe5)] TJ ET", "svar på"),
        (b"BT /F1 12 Tf 70 700 Td [(sk)-20(ri)15(velse)] TJ ET", "skrivelse"),
        (b"BT /F1 12 Tf 70 700 Td (till) Tj 24 0 Td (Till) Tj ET", "till Till"),
        // Letters set apart.
        (b"BT /F1 12 Tf 4 Tc 70 700 Td (Beslut) Tj ET", "Beslut"),
        (b"BT /F1 12 Tf 70 700 Td [(B)-300(e)-300(s)-300(l)-300(u)-300(t)] TJ ET", "Beslut"),
        (b"BT /F1 12 Tf 70 700 Td (F \xf6 r s l a g) Tj ET", "Förslag"),
        // Lines, paragraphs, a word over a line's end.
        (
            b"BT /F1 12 Tf 14 TL 70 700 Td (om utred-) Tj T* (ningen av) Tj T* (saken.) Tj 0 -40 Td (Nytt) Tj ET",
            "om utredningen\nav\nsaken.\n\nNytt",
        ),
        // Bold by drawing twice.
        (b"BT /F1 12 Tf 70 700 Td (Rubrik) Tj 0.3 0 Td (Rubrik) Tj ET", "Rubrik"),
        // An accent drawn over its letter, before and after.
        (b"BT /F1 12 Tf 70 700 Td [(\xa8)334(a)] TJ ET", "ä"),
        (b"BT /F1 12 Tf 70 700 Td [(o)445(\xa8)] TJ ET", "ö"),
        // What is meant counts, not what is drawn.
        (b"BT /F1 12 Tf 70 700 Td /Span <</ActualText (meningen)>> BDC (m3n1ng) Tj EMC ET", "meningen"),
        (
            b"BT /F1 12 Tf 70 700 Td (arbets) Tj /Span <</ActualText <FEFF00AD>>> BDC ( ) Tj EMC 0 -14 Td (tid nu) Tj ET",
            "arbetstid\nnu",
        ),
        // A raised digit is no part of the word.
        (b"BT /F1 12 Tf 70 700 Td (budget) Tj /F1 7 Tf 5 Ts (1) Tj ET", "budget 1"),
        // Turned text.
        (b"BT /F1 12 Tf 0 1 -1 0 300 400 Tm (lodr\xe4tt) Tj ET", "lodrätt"),
        // Off the page.
        (b"BT /F1 12 Tf 70 -700 Td (dolt) Tj ET", ""),
        // Inline pictures hold no text.
        (b"BI /W 2 /H 1 /BPC 8 /CS /G ID (a EI b) Tj EI BT /F1 9 Tf 70 700 Td (kvar) Tj ET", "kvar"),
    ] {
        assert_eq!(one(content), text, "{}", String::from_utf8_lossy(content));
    }
}

#[test]
fn rows_of_a_table_are_lines_and_columns_of_a_head_are_not() {
    let table = b"BT /F1 10 Tf 70 700 Td (Enhet) Tj 200 0 Td (Utfall) Tj -200 -14 Td (Hemtj\xe4nst) Tj 200 0 Td (12,5) Tj ET";
    assert_eq!(one(table), "Enhet\tUtfall\nHemtjänst\t12,5");
    let head = b"BT /F1 10 Tf 70 714 Td (Handl\xe4ggare) Tj 0 -14 Td (Anna Ek) Tj 200 0 Td (Till) Tj 0 -14 Td (Socialn\xe4mnden) Tj ET";
    assert_eq!(one(head), "Handläggare\nAnna Ek\n\nTill\nSocialnämnden");
}

#[test]
fn pages_are_turned() {
    let content =
        b"BT /F1 12 Tf 0 1 -1 0 300 100 Tm (F\xf6rsta) Tj 0 1 -1 0 314 100 Tm (andra) Tj ET";
    let file = document(&[content], "", "/Rotate 90", &[]);
    assert_eq!(pages(&file), ["Första\nandra"]);
    let page = read(&file).expect("readable").pages.remove(0);
    assert!(
        page.lines[0].bbox[1] < page.lines[1].bbox[1],
        "{:?}",
        page.lines
    );
}

#[test]
fn forms_fields_and_stamps_are_read() {
    let extra = first_extra(1);
    let form = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 595 842]",
        b"BT /F1 12 Tf 70 700 Td (i formen) Tj ET /X Do",
    );
    let stamp = stream(
        &format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F1 3 0 R >> /XObject << /X {extra} 0 R >> >>"
        ),
        b"BT /F1 10 Tf 2 5 Td (Inkom 2016-04-14) Tj ET",
    );
    let file = document(
        &[b"/X Do"],
        &format!("/XObject << /X {extra} 0 R >>"),
        &format!(
            "/Annots [<< /Subtype /Stamp /Rect [100 500 200 520] /AP << /N {} 0 R >> >> \
             << /Subtype /Widget /Rect [100 400 300 414] /V (ifyllt) >> << /Subtype /Stamp /F 2 /Rect [0 0 9 9] /AP << /N {} 0 R >> >>]",
            extra + 1,
            extra + 1
        ),
        &[form, stamp],
    );
    assert_eq!(pages(&file), ["i formen\n\nInkom 2016-04-14\n\nifyllt"]);
}

#[test]
fn origins_are_told_apart() {
    let extra = first_extra(1);
    let picture = stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
        b"0",
    );
    for (content, origin) in [
        (&b"q 595 0 0 842 0 0 cm /X Do Q"[..], Origin::PictureOnly),
        (
            b"q 595 0 0 842 0 0 cm /X Do Q BT 3 Tr /F1 12 Tf 70 700 Td (16pande) Tj ET",
            Origin::OcrLayer,
        ),
        (
            b"BT /F1 12 Tf 70 700 Td (under bilden) Tj ET q 595 0 0 842 0 0 cm /X Do Q",
            Origin::OcrLayer,
        ),
        (
            b"q 60 0 0 60 70 750 cm /X Do Q BT /F1 12 Tf 70 700 Td (med vapen) Tj ET",
            Origin::BornDigital,
        ),
        (b"0 0 10 10 re f", Origin::Empty),
    ] {
        let file = document(
            &[content],
            &format!("/XObject << /X {extra} 0 R >>"),
            "",
            std::slice::from_ref(&picture),
        );
        assert_eq!(
            read(&file).expect("readable").pages[0].origin,
            origin,
            "{}",
            String::from_utf8_lossy(content)
        );
    }
}

#[test]
fn letters_drawn_as_outlines_are_a_picture() {
    let curves = |count| b"10 10 m 1 2 3 4 5 6 c 7 8 9 10 v f ".repeat(count);
    for (count, origin) in [(20, Origin::Empty), (300, Origin::PictureOnly)] {
        let bytes = document(&[&curves(count)], "", "", &[]);
        let raw = read(&bytes).expect("a document");
        assert_eq!(raw.pages[0].origin, origin, "{count}");
    }
}

#[test]
fn running_lines_are_furniture_and_stay_in_the_text() {
    let contents: Vec<Vec<u8>> = (1..=3)
        .map(|number| {
            format!(
                "BT /F1 10 Tf 500 810 Td (Sida {number} \\(3\\)) Tj ET BT /F1 12 Tf 70 700 Td (Br\\366dtext {number}00) Tj ET \
                 BT /F1 8 Tf 70 30 Td (Box 490) Tj ET"
            )
            .into_bytes()
        })
        .collect();
    let contents: Vec<&[u8]> = contents.iter().map(Vec::as_slice).collect();
    let raw = read(&document(&contents, "", "", &[])).expect("readable");
    for page in &raw.pages {
        assert_eq!(
            page.running_text().trim(),
            format!("Brödtext {}00", page.number)
        );
        let furniture: Vec<&str> = page
            .furniture
            .iter()
            .map(|&(start, end)| &page.text[start..end])
            .collect();
        assert_eq!(
            furniture,
            [format!("Sida {} (3)", page.number).as_str(), "Box 490"]
        );
    }
}

#[test]
fn the_structure_tree_orders_what_is_drawn() {
    let extra = first_extra(1);
    let content = b"BT /F1 12 Tf 70 600 Td /P <</MCID 1>> BDC (sedan detta) Tj EMC 0 100 Td /P <</MCID 0>> BDC (f\xf6rst detta) Tj EMC ET \
                    /Artifact <</Type /Pagination /Subtype /Footer>> BDC BT /F1 8 Tf 70 20 Td (sidfot) Tj ET EMC";
    let mut file = document(
        &[content],
        "",
        "",
        &[
            format!(
                "<< /Type /StructTreeRoot /K [{0} 0 R {0} 0 R {1} 0 R] >>",
                extra + 1,
                extra + 2
            )
            .into_bytes(),
            b"<< /S /P /Pg 4 0 R /K 0 >>".to_vec(),
            b"<< /S /P /Pg 4 0 R /K [<< /Type /MCR /Pg 4 0 R /MCID 1 >>] >>".to_vec(),
        ],
    );
    let catalog = b"<< /Type /Catalog /Pages 2 0 R >>";
    let at = memchr::memmem::find(&file, catalog).expect("a catalog");
    // The table of offsets is wrong after this, which is mended on the way.
    file.splice(
        at..at + catalog.len(),
        format!("<< /Type /Catalog /Pages 2 0 R /StructTreeRoot {extra} 0 R >>").bytes(),
    );
    let page = read(&file).expect("readable").pages.remove(0);
    assert_eq!(page.running_text().trim(), "först detta\n\nsedan detta");
    assert_eq!(page.text.lines().last(), Some("sidfot"));
}

#[test]
fn fonts_that_say_nothing_are_noted() {
    let extra = first_extra(1);
    let file = document(
        &[b"BT /F2 12 Tf 70 700 Td <000100020003> Tj ET"],
        "",
        "",
        &[b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X >>] >>".to_vec()],
    );
    let file = replace(&file, b"/F1 3 0 R", &format!("/F2 {extra} 0 R"));
    let page = read(&file).expect("readable").pages.remove(0);
    assert!(
        page.notes
            .iter()
            .any(|note| note.starts_with("text cannot be trusted")),
        "{:?}",
        page.notes
    );
}

fn replace(bytes: &[u8], what: &[u8], by: &str) -> Vec<u8> {
    let at = memchr::memmem::find(bytes, what).expect("the bytes to replace");
    let mut out = bytes.to_vec();
    out.splice(at..at + what.len(), by.bytes());
    out
}

#[test]
fn broken_files_are_read_as_far_as_they_go() {
    let whole = document(
        &[
            b"BT /F1 12 Tf 70 700 Td (kvar) Tj ET",
            b"BT /F1 12 Tf 70 700 Td (mer) Tj ET",
        ],
        "",
        "",
        &[],
    );
    assert_eq!(read(&whole).expect("readable").reader, Reader::Direct);
    let xref = memchr::memmem::rfind(&whole, b"xref\n0").expect("a table");
    assert_eq!(
        pages(&whole[..xref]),
        ["kvar", "mer"],
        "without table and trailer"
    );
    let second = memchr::memmem::find(&whole, b"6 0 obj").expect("the second page");
    let cut = read(&whole[..second]).expect("readable");
    assert_eq!(cut.pages[0].text, "kvar");
    assert!(!cut.notes.is_empty());
    let far = replace(&whole, b"startxref\n", "startxref\n9");
    assert_eq!(pages(&far), ["kvar", "mer"]);
    assert_eq!(read(&far).expect("readable").reader, Reader::Parser);
    let mut later = whole.clone();
    later.extend(b"5 0 obj\n<< /Length 35 >>\nstream\nBT /F1 12 Tf 70 700 Td (nyare) Tj ET\nendstream\nendobj\n%%EOF");
    let later = replace(&later, b"startxref\n", "startxref\n9");
    assert_eq!(pages(&later), ["nyare", "mer"], "the newest wins");
}

#[test]
fn what_is_no_document_is_an_error() {
    for bytes in [
        &b"<!DOCTYPE html><html>"[..],
        b"PK\x03\x04 docx",
        b"\x1f\x8b\x08",
        b"hej",
        b"%PDF-1.7\n%%EOF",
    ] {
        assert!(
            matches!(read(bytes), Err(Error::Kind(_) | Error::Broken(_))),
            "{bytes:?}"
        );
    }
    assert!(matches!(read(b""), Err(Error::Nothing)));
    let limits = Limits {
        file_bytes: 3,
        ..Limits::default()
    };
    let options = Options {
        limits,
        ..Options::default()
    };
    assert!(matches!(
        text(Path::new("a.pdf"), b"%PDF", &options),
        Err(Error::TooLarge { .. })
    ));
    assert!(matches!(
        text(Path::new("a.doc"), b"x", &Options::default()),
        Err(Error::Kind(_))
    ));
}

#[test]
fn work_has_an_end() {
    // Forms that draw forms, a page tree that holds itself, one page many times.
    let extra = first_extra(1);
    let forms: Vec<Vec<u8>> = (0..30)
        .map(|at| {
            stream(
                &format!(
                    "/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {} 0 R >> >>",
                    extra + at + 1
                ),
                b"/X Do /X Do /X Do /X Do",
            )
        })
        .collect();
    let file = document(
        &[b"/X Do"],
        &format!("/XObject << /X {extra} 0 R >>"),
        "",
        &forms,
    );
    let page = read(&file).expect("readable").pages.remove(0);
    assert!(
        page.notes.iter().any(|note| note.contains("limit")),
        "{:?}",
        page.notes
    );
    let tree = replace(
        &document(&[b"BT /F1 12 Tf 70 700 Td (en) Tj ET"], "", "", &[]),
        b"/Kids [4 0 R ]",
        &format!("/Kids [2 0 R {}]", "4 0 R ".repeat(50)),
    );
    assert_eq!(pages(&tree).len(), 50);
    let limits = Limits {
        pages: 7,
        ..Limits::default()
    };
    let raw = text(
        Path::new("a.pdf"),
        &tree,
        &Options {
            limits,
            ..Options::default()
        },
    )
    .expect("readable");
    assert_eq!(raw.pages.len(), 7);
    assert!(raw.notes.iter().any(|note| note.contains("limit")));
}

#[test]
fn plain_text_gets_its_words_together() {
    let raw = text(
        Path::new("a.txt"),
        "Spånga-\nTensta tar\n\u{c}sida två".as_bytes(),
        &Options::default(),
    )
    .expect("readable");
    let pages: Vec<&str> = raw.pages.iter().map(|page| page.text.as_str()).collect();
    assert_eq!(pages, ["Spånga-Tensta\ntar\n", "sida två"]);
    assert_eq!(
        super::plain("Spånga-\nTensta".as_bytes()).pages[0].text,
        "Spånga-\nTensta"
    );
}

#[test]
fn a_word_over_a_page_is_whole() {
    let file = document(
        &[
            b"BT /F1 12 Tf 70 300 Td (om f\xf6rvalt-) Tj ET",
            b"BT /F1 12 Tf 70 700 Td (ningen nu) Tj ET",
        ],
        "",
        "",
        &[],
    );
    assert_eq!(pages(&file), ["om förvaltningen", "nu"]);
}

#[test]
fn a_word_over_a_column_is_whole_if_it_is_known() {
    let columns = |note: &str, next: &str| {
        one(format!(
            "BT /F1 10 Tf 12 TL 70 700 Td (Under \u{e5}ret) Tj T* (har f\u{f6}rvalt-) Tj ET {note} \
             BT /F1 10 Tf 12 TL 320 700 Td ({next} redovisat) Tj T* (ett utfall) Tj ET"
        )
        .chars()
        .map(|char| char as u8)
        .collect::<Vec<_>>()
        .as_slice())
    };
    let note = "BT /F1 7 Tf 70 640 Td (1 Se bilaga.) Tj ET";
    for (note, next, text) in [
        (
            "",
            "ningen",
            "Under året\nhar förvaltningen\nredovisat\nett utfall",
        ),
        (
            note,
            "ningen",
            "Under året\nhar förvaltningen\n\n1 Se bilaga.\n\nredovisat\nett utfall",
        ),
        (
            "",
            "wkrpq",
            "Under året\nhar förvalt-\n\nwkrpq redovisat\nett utfall",
        ),
        (
            "",
            "Brantevalla",
            "Under året\nhar förvalt-\n\nBrantevalla redovisat\nett utfall",
        ),
    ] {
        assert_eq!(columns(note, next), text);
    }
}

#[test]
fn a_letterhead_is_read_though_it_is_an_artifact() {
    let page = |number: u8| {
        format!(
            "BT /F1 12 Tf 70 600 Td (Br\\366dtext) Tj ET /Artifact <</Type /Pagination /Subtype /Header>> BDC \
             BT /F1 9 Tf 70 800 Td (Dnr 2016/300) Tj 400 0 Td (Sida {number} \\(2\\)) Tj ET EMC"
        )
        .into_bytes()
    };
    let raw = read(&document(&[&page(1), &page(2)], "", "", &[])).expect("readable");
    assert!(
        raw.pages[0].text.starts_with("Dnr 2016/300"),
        "{}",
        raw.pages[0].text
    );
    assert!(raw.pages[0].text.ends_with("Brödtext"));
    assert_eq!(raw.pages[1].running_text().trim(), "Brödtext");
}

#[test]
fn a_file_without_pages_has_none() {
    let empty = file(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [] /Count 0 >>".to_vec(),
    ]);
    let raw = read(&empty).expect("a document");
    assert!(raw.pages.is_empty());
    assert!(!raw.notes.is_empty());
}

/// The invariants of what the door gives.
fn check(raw: &RawText) {
    for page in &raw.pages {
        for &(start, end) in &page.furniture {
            assert!(
                page.text
                    .get(start..end)
                    .is_some_and(|line| !line.is_empty() && !line.contains('\n'))
            );
        }
        for line in &page.lines {
            assert!(
                page.text
                    .get(line.start..line.end)
                    .is_some_and(|text| !text.contains('\n')),
                "{line:?}"
            );
        }
        let _ = page.running_text();
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn no_change_of_bytes_makes_it_fall(
        places in proptest::collection::vec((0.0..1.0f64, proptest::num::u8::ANY), 1..12),
        cut in 0.2..1.0f64,
    ) {
        let contents: [&[u8]; 2] = [
            b"q BT /F1 12 Tf 70 700 Td [(Sk)-20(rivelse)] TJ /Span <</ActualText (x)>> BDC (y) Tj EMC ET Q /X Do",
            b"BI /W 1 ID x EI BT /F1 12 Tf 1 0 0 1 70 700 Tm (mer) ' ET",
        ];
        let mut bytes = document(&contents, "/XObject << /X 5 0 R >>", "/Annots [<< /Subtype /Widget /V (a) /Rect [1 2 3 4] >>]", &[]);
        for (place, byte) in places {
            let at = (place * bytes.len() as f64) as usize;
            bytes[at] = byte;
        }
        bytes.truncate((cut * bytes.len() as f64) as usize);
        if let Ok(raw) = read(&bytes) {
            check(&raw);
        }
    }

    #[test]
    fn no_content_makes_it_fall(content in proptest::collection::vec(proptest::sample::select(vec![
        "BT", "ET", "q", "Q", "/F1 12 Tf", "1 0 0 1 9 9 cm", "70 700 Td", "(text)", "<00>", "Tj", "TJ", "[(a) -999 (b)]", "'", "\"", "T*",
        "/Span <</ActualText (\u{e5})>> BDC", "/Artifact BMC", "EMC", "/X Do", "BI", "ID", "EI", "3 Tr", "-1e9", "99999999999 Tc", "Tm", "0 0 0 0 0 0 Tm",
        "70 690 m", "300 690 l", "90 650 l", "60 680 200 40 re", "60 680 0.5 40 re", "S", "f*", "n", "m", "re",
        "<<", ">>", "[", "]", "(", ")", "1 2 3 4 5 6 Tm", "1e38 0 0 1e38 0 0 cm", "Tw", "100 Tz", "-100 Tz",
    ]), 0..60)) {
        let bytes = document(&[content.join(" ").as_bytes()], "", "", &[]);
        check(&read(&bytes).expect("readable"));
    }
}

#[test]
fn pages_read_side_by_side_are_those_read_in_order() {
    let contents: Vec<Vec<u8>> = (1..=100)
        .map(|number| {
            format!(
                "BT /F1 10 Tf 500 810 Td (Sida {number} \\(100\\)) Tj ET BT /F1 12 Tf 14 TL 70 700 Td (Br\\366dtext {number}00) Tj \
                 T* (om utred-) Tj T* (ningen av saken) Tj ET"
            )
            .into_bytes()
        })
        .collect();
    let contents: Vec<&[u8]> = contents.iter().map(Vec::as_slice).collect();
    let file = document(&contents, "", "", &[]);
    let in_order = read(&file).expect("readable");
    assert_eq!(in_order.pages.len(), 100);
    for threads in [2, 3, 16] {
        let options = Options {
            threads,
            ..unread()
        };
        let raw = text(Path::new("a.pdf"), &file, &options).expect("readable");
        assert!(raw == in_order, "with {threads} threads");
    }
}

#[test]
fn the_newest_revision_is_what_is_read() {
    let mut file = document(
        &[b"BT /F1 12 Tf 70 700 Td (gammal lydelse) Tj ET"],
        "",
        "",
        &[],
    );
    let start = memchr::memmem::rfind(&file, b"startxref").expect("its end");
    let before: usize = std::str::from_utf8(&file[start..])
        .expect("plain")
        .lines()
        .nth(1)
        .and_then(|line| line.parse().ok())
        .expect("a number");
    for revision in ["ny lydelse", "allra nyast"] {
        let at = file.len();
        file.extend(b"5 0 obj\n");
        file.extend(stream(
            "",
            format!("BT /F1 12 Tf 70 700 Td ({revision}) Tj ET").as_bytes(),
        ));
        file.extend(b"\nendobj\n");
        let xref = file.len();
        file.extend(
            format!(
                "xref\n5 1\n{at:010} 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R /Prev {before} >>\nstartxref\n{xref}\n%%EOF\n"
            )
            .bytes(),
        );
        assert_eq!(pages(&file), [revision]);
    }
    // Also when the way to it is lost.
    let end = memchr::memmem::rfind(&file, b"startxref").expect("its end");
    file.truncate(end);
    file.extend(b"startxref\n9\n%%EOF\n");
    assert_eq!(pages(&file), ["allra nyast"]);
}
