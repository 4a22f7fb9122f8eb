//! What the two readers say of the same files.

use std::path::{Path, PathBuf};

use lopdf::{Document, Object};

use super::super::sample;
use super::direct::Direct;

/// Unpacked bytes of one stream, at most.
const STREAM: usize = 64 << 20;

/// Whether two objects say the same: how a number or a string was written is no matter.
fn same(ours: &Object, theirs: &Object) -> bool {
    match (ours, theirs) {
        (Object::Array(ours), Object::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(a, b)| same(a, b))
        }
        (Object::Dictionary(ours), Object::Dictionary(theirs)) => {
            ours.len() == theirs.len()
                && theirs
                    .iter()
                    .all(|(key, b)| ours.get(key).is_ok_and(|a| same(a, b)))
        }
        (Object::Stream(ours), Object::Stream(theirs)) => {
            let (a, b) = (ours.dict.clone(), theirs.dict.clone());
            ours.content == theirs.content && same(&a.into(), &b.into())
        }
        (Object::String(ours, _), Object::String(theirs, _)) => ours == theirs,
        _ => match (ours.as_float(), theirs.as_float()) {
            (Ok(a), Ok(b)) => (a - b).abs() <= f32::EPSILON * a.abs().max(1.0),
            _ => ours == theirs,
        },
    }
}

/// Compares all that lopdf finds in a file with what is read directly; how many objects those are.
fn compare(bytes: &[u8], name: &Path) -> usize {
    let theirs = Document::load_mem(bytes).expect("lopdf opens it");
    let ours = Direct::open(bytes, STREAM).unwrap_or_else(|| panic!("{} is sound", name.display()));
    for (&id, object) in &theirs.objects {
        let Some(found) = ours.get(id) else {
            panic!("{}: no object {id:?}", name.display());
        };
        // A length that another object tells is put in its place by lopdf.
        if let (Object::Stream(a), Object::Stream(b)) = (found, object) {
            assert_eq!(a.content, b.content, "{}: {id:?}", name.display());
            continue;
        }
        assert!(
            same(found, object),
            "{}: {id:?}\n{found:?}\n{object:?}",
            name.display()
        );
    }
    assert!(!ours.is_doubtful(), "{}", name.display());
    theirs.objects.len()
}

fn pdfs(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            pdfs(&path, out);
        } else if path.extension().is_some_and(|ending| ending == "pdf") {
            out.push(path);
        }
    }
}

#[test]
fn both_readers_find_the_same_in_the_sample() {
    let mut files = Vec::new();
    pdfs(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"),
        &mut files,
    );
    files.sort();
    let mut sound = 0;
    for path in &files {
        let bytes = std::fs::read(path).expect("the file");
        if Direct::open(&bytes, STREAM).is_some() {
            compare(&bytes, path);
            sound += 1;
        }
    }
    assert!(
        sound * 10 >= files.len() * 9,
        "{sound} of {} are read directly",
        files.len()
    );
}

/// A file with a cross-reference stream and two objects in an object stream.
fn packed(filter: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.5\n".to_vec();
    let inside =
        "1 0 2 34 << /Type /Catalog /Pages 2 0 R >>   << /Type /Pages /Kids [] /Count 0 >>";
    let at = out.len();
    out.extend(
        format!(
            "3 0 obj << /Type /ObjStm /N 2 /First 9 {filter} /Length {} >>\nstream\n{inside}\nendstream endobj\n",
            inside.len()
        )
        .bytes(),
    );
    let table = out.len();
    let row = |kind: u8, value: usize, last: u8| [kind, (value >> 8) as u8, value as u8, last];
    let rows = [
        row(0, 0, 0),
        row(2, 3, 0),
        row(2, 3, 1),
        row(1, at, 0),
        row(1, table, 0),
    ]
    .concat();
    out.extend(
        format!(
            "4 0 obj << /Type /XRef /Size 5 /W [1 2 1] /Root 1 0 R /Length {} >>\nstream\n",
            rows.len()
        )
        .bytes(),
    );
    out.extend(rows);
    out.extend(format!("\nendstream endobj\nstartxref\n{table}\n%%EOF\n").bytes());
    out
}

#[test]
fn streams_of_objects_are_read() {
    let bytes = packed("");
    let direct = Direct::open(&bytes, STREAM).expect("a sound file");
    let Some(Object::Dictionary(pages)) = direct.get((2, 0)) else {
        panic!("an object in a stream");
    };
    assert!(pages.has_type(b"Pages"));
    assert!(direct.get((2, 1)).is_none(), "another generation");
    assert!(!direct.is_doubtful());
    // What tells how to unpack a stream of objects could lie in it.
    assert!(Direct::open(&packed("/Filter 1 0 R"), STREAM).is_none());
}

#[test]
fn what_a_hybrid_file_hides_from_old_readers_is_found() {
    let mut bytes = packed("");
    let stream = memchr::memmem::find(&bytes, b"4 0 obj").expect("a table");
    let objects = memchr::memmem::find(&bytes, b"3 0 obj").expect("a stream of objects");
    let trailer = format!("trailer << /Size 5 /Root 1 0 R /XRefStm {stream}");
    // The objects in the stream are free in the table beside it, as the standard has it ...
    let table = bytes.len();
    bytes.extend(
        format!(
            "xref\n0 4\n0000000001 65535 f \n0000000002 00000 f \n0000000000 00000 f \n{objects:010} 00000 n \n{trailer} >>\n"
        )
        .bytes(),
    );
    let end = |table: usize| format!("startxref\n{table}\n%%EOF\n").into_bytes();
    let beside = [bytes.clone(), end(table)].concat();
    // ... or in the one before, as Word writes it.
    let last = bytes.len();
    let word = [
        bytes.clone(),
        format!("xref\n0 0\n{trailer} /Prev {table} >>\n").into_bytes(),
        end(last),
    ]
    .concat();
    for bytes in [beside, word] {
        let direct = Direct::open(&bytes, STREAM).expect("a sound file");
        assert!(direct.get((1, 0)).is_some() && direct.get((2, 0)).is_some());
    }
}

#[test]
fn the_newest_entry_of_a_number_counts() {
    let mut bytes = sample::file(&[
        b"<< /Type /Catalog >>".to_vec(),
        b"(old)".to_vec(),
        b"(gone)".to_vec(),
    ]);
    let before = memchr::memmem::rfind(&bytes, b"xref\n0").expect("a table");
    let at = bytes.len();
    bytes.extend(b"2 0 obj (new) endobj\n");
    let table = bytes.len();
    bytes.extend(
        format!(
            "xref\n2 2\n{at:010} 00000 n \n0000000000 00001 f \ntrailer << /Size 4 /Root 1 0 R /Prev {before} >>\nstartxref\n{table}\n%%EOF\n"
        )
        .bytes(),
    );
    let direct = Direct::open(&bytes, STREAM).expect("a sound file");
    assert!(matches!(direct.get((2, 0)), Some(Object::String(text, _)) if text == b"new"));
    assert!(direct.get((3, 0)).is_none());
    compare(&bytes, Path::new("updated"));
}

#[test]
fn what_is_not_sound_is_left_to_others() {
    let sound = sample::document(&[b"BT /F1 12 Tf (Nota) Tj ET"], "", "", &[]);
    assert!(Direct::open(&sound, STREAM).is_some());
    let changed = |what: &str, by: &str| {
        let at = memchr::memmem::rfind(&sound, what.as_bytes()).expect(what);
        [&sound[..at], by.as_bytes(), &sound[at + what.len()..]].concat()
    };
    for (what, by) in [
        ("5 0 obj", "6 0 obj"),
        ("5 0 obj", "5 1 obj"),
        ("startxref\n", "startxref\n9"),
        ("/Root", "/Toor"),
        ("/Root 1 0 R", "/Root 1 0 R /Encrypt 9 0 R"),
        ("/Root 1 0 R", "/Root 1 0 R /Prev 7"),
        ("00000 n", "00000 x"),
    ] {
        assert!(
            Direct::open(&changed(what, by), STREAM).is_none(),
            "{what} {by}"
        );
    }
    // Found out only when it is read.
    for (what, by) in [
        ("/Length 25", "/Length 35"),
        ("/Kids [4 0 R ]", "/Kids [4 0 R x"),
    ] {
        let bytes = changed(what, by);
        let direct = Direct::open(&bytes, STREAM).expect("a sound table");
        for number in 0..9 {
            direct.get((number, 0));
        }
        assert!(direct.is_doubtful(), "{what} {by}");
    }
}

proptest::proptest! {
    #[test]
    fn no_change_of_bytes_makes_it_fall(at in 0usize..2000, byte: u8, packs: bool) {
        let mut bytes = if packs {
            packed("")
        } else {
            sample::document(&[b"BT /F1 12 Tf (Nota) Tj ET"], "", "", &[])
        };
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Some(direct) = Direct::open(&bytes, STREAM) {
            for number in 0..12 {
                direct.get((number, 0));
                direct.bytes((number, 0));
            }
        }
    }
}
