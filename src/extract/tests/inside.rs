//! What lies inside a document beside its pages: further documents, an outline, fonts that call letters by wrong names.

use super::super::sample::{document, file, first_extra, stream};
use super::super::{DEEPEST_ATTACHMENT, Heading, is_loss};
use super::{pages, read};

/// A catalog with `entries` for a file of one page, and further objects.
fn with_catalog(entries: &str, extra: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {entries} >>").into_bytes(),
        b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 595 842] >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /Annots [<< /Subtype /FileAttachment /Rect [9 9 20 20] /FS 5 0 R >>] >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R >>".to_vec(),
    ];
    objects.extend(extra.iter().cloned());
    file(&objects)
}

#[test]
fn documents_in_a_document_are_taken_out() {
    let inner = document(&[b"BT /F1 12 Tf 70 700 Td (Bilagan) Tj ET"], "", "", &[]);
    let outer = with_catalog(
        "/Collection << >> /Names << /EmbeddedFiles << /Kids [10 0 R 10 0 R] >> >> /AF [5 0 R]",
        &[
            br"<< /Type /Filespec /F (mapp\\\344r.pdf) /UF <FEFF00E40072002E007000640066> /EF << /F 6 0 R >> >>".to_vec(),
            stream("/Type /EmbeddedFile", &inner),
            b"<< /F (anteckning.txt) /EF << /F 8 0 R >> >>".to_vec(),
            stream("", "Nämnden sa nej.".as_bytes()),
            stream("", b"PK"),
            b"<< /Names [(a) 7 0 R (b) << /F (blad.xlsx) /EF << /F 9 0 R >> >> (c) << /F (anteckning.txt) /EF << /F 11 0 R >> >>] /Kids [10 0 R] >>".to_vec(),
            stream("", b"igen"),
        ],
    );
    let raw = read(&outer).expect("readable");
    let names: Vec<&str> = raw
        .attachments
        .iter()
        .map(|attachment| attachment.name.as_str())
        .collect();
    assert_eq!(names, ["anteckning.txt", "anteckning (2).txt", "är.pdf"]);
    assert_eq!(pages(&raw.attachments[2].bytes), ["Bilagan"]);
    assert_eq!(
        raw.notes,
        [
            "attachment `blad.xlsx` is not read: neither a PDF nor a text",
            "a portfolio of 3 documents",
        ]
    );
}

#[test]
fn what_lies_too_deep_is_lost_and_told() {
    let file = with_catalog(
        "/AF [5 0 R]",
        &[
            b"<< /Type /Filespec /F (inre.pdf) /EF << /F 6 0 R >> >>".to_vec(),
            stream("", &document(&[b""], "", "", &[])),
        ],
    );
    for depth in 0..=DEEPEST_ATTACHMENT {
        // The empty pages of this file are no text.
        let mut raw = read(&file).expect("readable");
        raw.note_what_is_too_deep(depth);
        let told: Vec<&String> = raw.notes.iter().filter(|note| is_loss(note)).collect();
        let expected = usize::from(depth == DEEPEST_ATTACHMENT);
        assert_eq!(told.len(), expected, "{told:?}");
        assert!(told.iter().all(|note| note.contains("inre.pdf")));
    }
}

#[test]
fn the_newest_revision_is_read_though_its_end_is_missing() {
    let old = document(&[b"BT /F1 12 Tf 70 700 Td (Gammal) Tj ET"], "", "", &[]);
    let new = stream("", b"BT /F1 12 Tf 70 700 Td (Ny) Tj ET");
    let table = b"xref\n0 0\ntrailer\n<< /Size 6 /Root 1 0 R >>\n";
    let file = [&old[..], b"5 0 obj\n", &new, b"\nendobj\n", table].concat();
    assert_eq!(pages(&file), ["Ny"]);
    let notes = read(&file).expect("readable").notes;
    assert!(
        notes.iter().any(|note| note.contains("damaged")),
        "{notes:?}"
    );
    assert_eq!(pages(&old), ["Gammal"]);
    // What stands behind the end and is no revision counts for nothing.
    let file = [&old[..], b"5 0 obj\n(x)\nendobj\n"].concat();
    assert_eq!(pages(&file), ["Gammal"]);
}

#[test]
fn the_outline_is_read_with_its_pages_and_ends() {
    let file = with_catalog(
        "/Outlines << /First 5 0 R >> /Dests << /slut [4 0 R /Fit] >> /Names << /Dests << /Names [(mitt) << /D [3 0 R /Fit] >>] >> >>",
        &[
            br"<< /Title (F\366rslag till beslut) /Dest [3 0 R /Fit] /Next 6 0 R /First 8 0 R >>".to_vec(),
            b"<< /Title <FEFF00C4007200650006E0064006500740020> /A << /S /GoTo /D (mitt) >> /Next 7 0 R >>".to_vec(),
            b"<< /Title (Bilagor) /Dest /slut /Next 5 0 R >>".to_vec(),
            b"<< /Title (Bakgrund) /Dest [1 /Fit] /First 5 0 R >>".to_vec(),
        ],
    );
    let raw = read(&file).expect("readable");
    let heading = |title: &str, level, page| Heading {
        title: title.to_owned(),
        level,
        page,
    };
    assert_eq!(
        (
            raw.outline[0].clone(),
            raw.outline[1].clone(),
            raw.outline[3].clone()
        ),
        (
            heading("Förslag till beslut", 1, Some(1)),
            heading("Bakgrund", 2, Some(2)),
            heading("Bilagor", 1, Some(2)),
        )
    );
    assert_eq!((raw.outline.len(), raw.outline[2].page), (4, Some(1)));
}

#[test]
fn letters_that_are_called_ornaments_cannot_be_trusted() {
    let extra = first_extra(1);
    let page = |first: u32, name: &str| {
        let map = format!(
            "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <41> <5a> <{first:04x}> endbfrange"
        );
        let glyph = stream("", b"600 0 0 0 500 700 d1 0 0 500 700 re f");
        let procs: String = ('A'..='Z')
            .map(|char| format!("/{char} {} 0 R ", extra + 1))
            .collect();
        let font = format!(
            "<< /Type /Font /Subtype /Type3 /BaseFont /{name} /FontBBox [0 0 600 800] /FontMatrix [0.001 0 0 0.001 0 0] \
             /FirstChar 65 /LastChar 90 /Widths [{}] /CharProcs << {procs} >> /Encoding << /Differences [65 {}] >> /ToUnicode {extra} 0 R >>",
            "600 ".repeat(26),
            ('A'..='Z')
                .map(|char| format!("/{char} "))
                .collect::<String>(),
        );
        let file = document(
            &[b"BT /F2 12 Tf 70 700 Td (NAMNDENBESLUTAR) Tj ET"],
            "",
            "",
            &[stream("", map.as_bytes()), glyph, font.into_bytes()],
        );
        let at = memchr::memmem::find(&file, b"/F1 3 0 R").expect("a font");
        let mut with_font = file;
        with_font.splice(at..at, format!("/F2 {} 0 R ", extra + 2).bytes());
        read(&with_font).expect("readable").pages.remove(0)
    };
    let ornaments = page(0x2701, "T3");
    assert!(
        ornaments
            .notes
            .iter()
            .any(|note| note.starts_with("text cannot be trusted")),
        "{ornaments:?}"
    );
    for sound in [page(0x41, "T3"), page(0x2701, "ZapfDingbats")] {
        assert!(sound.notes.is_empty(), "{sound:?}");
    }
}
