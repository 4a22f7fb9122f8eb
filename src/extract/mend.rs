//! A document whose cross-reference table is wrong in places → the same with the objects that it leads astray from, found by
//! searching the file for them.

use lopdf::xref::XrefEntry;
use lopdf::{Document, Object, ObjectId};

use super::lexer::{Lexer, Token};

/// Puts objects in the place of those that the table of `doc` does not lead to; `search` finds all objects of the file, and is
/// asked only when one entry is wrong, or the file is `cut`: then its last object may be there in part. Says how many objects
/// were put in.
pub(super) fn mend(
    bytes: &[u8],
    doc: &mut Document,
    cut: bool,
    search: impl FnOnce() -> Option<Document>,
) -> usize {
    let offset = memchr::memmem::find(bytes, b"%PDF-").unwrap_or(0);
    let is_wrong = |number: u32, entry: &XrefEntry| match *entry {
        XrefEntry::Normal {
            offset: at,
            generation,
        } => !stands_at(
            bytes,
            offset.saturating_add(at as usize),
            number,
            generation,
        ),
        _ => false,
    };
    // The parser leaves out what it can make nothing of, wherever it stands; of a locked file also what it needs no more.
    let locked = doc.encryption_state.is_some();
    let is_missing = |number: u32, entry: &XrefEntry| match *entry {
        XrefEntry::Normal { generation, .. } => {
            !locked && !doc.objects.contains_key(&(number, generation))
        }
        _ => false,
    };
    let entries = &doc.reference_table.entries;
    let is_sound = |(&number, entry): (&u32, &XrefEntry)| {
        !is_wrong(number, entry) && !is_missing(number, entry)
    };
    if !cut && entries.iter().all(is_sound) {
        return 0;
    }
    let Some(found) = search() else { return 0 };
    let mut put = 0;
    for (id, object) in found.objects {
        let astray = match doc.reference_table.entries.get(&id.0) {
            Some(entry @ XrefEntry::Normal { generation, .. }) => {
                *generation == id.1 && (is_wrong(id.0, entry) || !doc.objects.contains_key(&id))
            }
            Some(XrefEntry::Compressed { .. }) => id.1 == 0 && !doc.objects.contains_key(&id),
            // What was deleted stays so.
            Some(XrefEntry::Free | XrefEntry::UnusableFree) => false,
            None => !doc.objects.contains_key(&id),
        };
        let is_table = matches!(&object, Object::Stream(stream)
            if stream.dict.has_type(b"XRef") || stream.dict.has_type(b"ObjStm"));
        if astray && !is_table {
            doc.objects.insert(id, object);
            doc.max_id = doc.max_id.max(id.0);
            put += 1;
        }
    }
    put
}

/// Whether the name of an object stands at `at`: `N G obj`.
fn stands_at(bytes: &[u8], at: usize, number: u32, generation: u16) -> bool {
    let Some(rest) = bytes.get(at..) else {
        return false;
    };
    // A table may lead to the line end before the object.
    let mut lexer = Lexer::new(&rest[..rest.len().min(64)]);
    let id: ObjectId = (number, generation);
    lexer.token() == Some(Token::Number(f64::from(id.0)))
        && lexer.token() == Some(Token::Number(f64::from(id.1)))
        && matches!(lexer.token(), Some(Token::Word(word)) if word.starts_with(b"obj"))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use crate::extract::sample::{document, file};
    use crate::extract::{Options, Reader, text};

    /// A file of three pages whose entries of these objects in the table lead to a place some bytes before them.
    fn astray(numbers: &[usize]) -> Vec<u8> {
        let pages: [&[u8]; 3] = [
            b"BT /F1 12 Tf 70 700 Td (Protokoll) Tj ET",
            b"BT /F1 12 Tf 70 700 Td (Beslutet) Tj ET",
            b"BT /F1 12 Tf 70 700 Td (Bilagan) Tj ET",
        ];
        let mut file = document(&pages, "", "", &[]);
        let table = memchr::memmem::rfind(&file, b"\nxref\n").expect("a table");
        let rows = table
            + memchr::memmem::find(&file[table..], b"0000000000 65535").expect("the first entry");
        for number in numbers {
            let row = rows + 20 * number;
            let at: usize = std::str::from_utf8(&file[row..row + 10])
                .expect("digits")
                .parse()
                .expect("a number");
            file.splice(row..row + 10, format!("{:010}", at - 9).bytes());
        }
        file
    }

    #[test]
    fn what_the_table_leads_astray_from_is_searched_for() {
        // A font, a page, the contents of one, and all of the second half of the file.
        for numbers in [&[3][..], &[6], &[7], &[6, 7, 8, 9]] {
            let raw = text("p.pdf".as_ref(), &astray(numbers), &Options::default()).expect("text");
            let read: Vec<&str> = raw.pages.iter().map(|page| page.text.as_str()).collect();
            assert_eq!(read, ["Protokoll", "Beslutet", "Bilagan"], "{numbers:?}");
            assert!(
                raw.notes
                    .iter()
                    .any(|note| note.contains("cross-reference")),
                "{numbers:?}: {:?}",
                raw.notes
            );
        }
        let raw = text("p.pdf".as_ref(), &astray(&[]), &Options::default()).expect("text");
        assert_eq!((raw.reader, raw.notes.len()), (Reader::Direct, 0));
    }

    #[test]
    fn what_is_left_of_a_cut_stream_is_read() {
        let lines: String = (0..400)
            .map(|at| format!("1 0 0 1 70 {} Tm (Rad {} av {}) Tj ", 800 - at, at, at * at))
            .collect();
        let content = format!("BT /F1 1 Tf {lines} ET");
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(content.as_bytes()).expect("packed");
        let packed = packer.finish().expect("packed");
        let stream = crate::extract::sample::stream("/Filter /FlateDecode", &packed);
        let page = "<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>";
        let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
        let tree = "<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 /MediaBox [0 0 595 842] >>";
        let objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            tree.into(),
            page.into(),
            font.into(),
            stream,
        ];
        let mut file = file(&objects);
        let end = memchr::memmem::rfind(&file, b"endstream").expect("a stream");
        file.truncate(end - packed.len() / 3);
        let raw = text("p.pdf".as_ref(), &file, &Options::default()).expect("text");
        assert!(
            raw.pages[0].text.contains("Rad 150 av 22500"),
            "{:?}",
            raw.pages[0].text
        );
        assert!(!raw.pages[0].text.contains("Rad 390"));
        assert!(
            raw.pages[0]
                .notes
                .iter()
                .any(|note| crate::extract::is_loss(note))
        );
    }

    #[test]
    fn contents_that_are_not_there_are_told_of() {
        let page = |contents: usize| {
            format!("<< /Type /Page /Parent 2 0 R /Contents {contents} 0 R >>").into_bytes()
        };
        let read = |contents: usize| {
            let stream = crate::extract::sample::stream("", b"BT 12 0 0 12 70 700 Tm (A) Tj ET");
            let tree = b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 595 842] >>";
            let objects = [
                b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
                tree.to_vec(),
                page(5),
                page(contents),
                stream,
            ];
            text("p.pdf".as_ref(), &file(&objects), &Options::default()).expect("text")
        };
        let lost = |raw: &crate::extract::RawText| {
            raw.pages[1]
                .notes
                .iter()
                .any(|note| crate::extract::is_loss(note))
        };
        assert!(lost(&read(17)));
        assert!(!lost(&read(5)));
    }
}
