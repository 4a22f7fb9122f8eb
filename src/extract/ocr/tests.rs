//! The whole way from a scan to its lines, with engines that are scripts: what a good one reads is taken, and whatever a
//! bad one does costs its page and nothing else.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::{Options, Reread, available};
use crate::extract::sample::{document, file, first_extra, stream};
use crate::extract::{self, Origin, RawPage};

/// A page as large as A4 that shows a picture, and `content` over it.
fn scan(content: &[u8]) -> Vec<u8> {
    let picture = stream(
        "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8",
        &[0, 255, 255, 0],
    );
    let mut drawn = b"q 595 0 0 842 0 0 cm /X Do Q ".to_vec();
    drawn.extend(content);
    document(
        &[&drawn],
        &format!("/XObject << /X {} 0 R >>", first_extra(1)),
        "",
        &[picture],
    )
}

/// A script in `folder` that answers as the engine does when asked who it is, and else does `work`.
fn engine(folder: &Path, work: &str) -> PathBuf {
    let path = folder.join("tesseract");
    let script = format!(
        "#!/bin/sh\ncase \"$1\" in\n--version) echo 'tesseract 9.9.9';;\n--list-langs) printf 'List (2):\\nosd\\nswe\\n';;\n*) {work};;\nesac\n"
    );
    std::fs::write(&path, script).expect("a script");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).expect("its rights");
    path
}

/// What a good engine prints of a page.
fn table(lines: &[&str]) -> String {
    let mut out = "level\\tpage_num\\tblock_num\\n".to_owned();
    for (line, number) in lines.iter().zip(1..) {
        for (word, at) in line.split(' ').zip(0..) {
            out.push_str(&format!(
                "5\\t1\\t1\\t1\\t{number}\\t{}\\t{}\\t{}\\t90\\t40\\t95.0\\t{word}\\n",
                at + 1,
                200 + at * 100,
                300 + number * 60,
            ));
        }
    }
    format!("cat > /dev/null; printf '{out}'")
}

const GOOD: [&str; 3] = [
    "Nämnden beslutar att godkänna förvaltningens förslag till svar på skrivel-",
    "sen om de äldres boende och överlämnar ärendet till kommunstyrelsen för",
    "vidare beredning under våren och återkommer därefter med en redovisning",
];

fn page(file: &[u8], options: Options) -> RawPage {
    let options = extract::Options {
        ocr: options,
        ..extract::Options::default()
    };
    extract::text(Path::new("a.pdf"), file, &options)
        .expect("readable")
        .pages
        .remove(0)
}

#[test]
fn a_scan_is_read_with_its_lines_and_boxes() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = Options {
        engine: Some(engine(folder.path(), &table(&GOOD))),
        ..Options::default()
    };
    assert!(available(&options).expect("an engine").swedish);
    let page = page(&scan(b""), options);
    assert_eq!(page.origin, Origin::Ocr);
    assert_eq!(
        page.text.lines().next(),
        Some("Nämnden beslutar att godkänna förvaltningens förslag till svar på skrivelsen")
    );
    // 360 pixels from the top at 300 dots per inch.
    assert_eq!(page.lines[0].bbox[..2], [48.0, 86.4]);
    assert_eq!(page.lines.len(), 3);
}

#[test]
fn whatever_an_engine_does_costs_its_page_only() {
    for (work, note) in [
        (
            "sleep 999",
            "not read by OCR: the OCR engine took longer than 1 s",
        ),
        (
            "sleep 999 & wait",
            "not read by OCR: the OCR engine took longer than 1 s",
        ),
        (
            "kill -9 $$",
            "not read by OCR: the OCR engine ended with signal: 9 (SIGKILL)",
        ),
        (
            "echo 'no such language' >&2; exit 7",
            "not read by OCR: the OCR engine ended with exit status: 7 (no such language)",
        ),
        (
            "yes words",
            "not read by OCR: the OCR engine printed more than 16777216 bytes",
        ),
        (
            "head -c 100000 /dev/urandom",
            "not read by OCR: the OCR engine printed something else than a table of words",
        ),
        (
            "exit 0",
            "not read by OCR: the OCR engine printed something else than a table of words",
        ),
        (
            "echo 'level\tpage_num\tblock_num'",
            "OCR found no text on it",
        ),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        // Asked with time enough, even on a machine with much else to do.
        let mut options = Options {
            engine: Some(engine(folder.path(), work)),
            ..Options::default()
        };
        assert!(available(&options).is_some(), "{work}");
        options.seconds = if work.starts_with("sleep") { 1 } else { 60 };
        let page = page(&scan(b""), options);
        let read = note == "OCR found no text on it";
        let origin = if read {
            Origin::Ocr
        } else {
            Origin::PictureOnly
        };
        assert_eq!(
            (page.origin, page.text.as_str(), page.notes),
            (origin, "", vec![note.to_owned()]),
            "{work}"
        );
    }
}

#[test]
fn no_engine_leaves_the_page_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let silent = folder.path().join("silent");
    std::fs::write(&silent, "#!/bin/sh\nexit 1\n").expect("a script");
    std::fs::set_permissions(&silent, std::fs::Permissions::from_mode(0o700)).expect("its rights");
    let foreign = folder.path().join("foreign");
    std::fs::write(&foreign, "#!/bin/sh\necho tesseract 5.3.0; echo eng\n").expect("a script");
    std::fs::set_permissions(&foreign, std::fs::Permissions::from_mode(0o700)).expect("its rights");
    for (engine, there) in [
        (PathBuf::from("/nonexistent/tesseract"), false),
        (silent, false),
        // An engine without Swedish is one that must be told of, and that reads nothing.
        (foreign, true),
    ] {
        let options = Options {
            engine: Some(engine),
            ..Options::default()
        };
        let known = available(&options);
        assert_eq!(known.is_some(), there);
        assert!(known.is_none_or(|engine| !engine.swedish));
        let page = page(&scan(b""), options);
        assert_eq!((page.origin, page.notes.len()), (Origin::PictureOnly, 0));
    }
}

#[test]
fn no_page_is_read_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let called = folder.path().join("called");
    std::fs::create_dir(&called).expect("a folder");
    // It may write no files, so it makes folders.
    let work = format!("mkdir {}/$$; {}", called.display(), table(&GOOD));
    let options = Options {
        engine: Some(engine(folder.path(), &work)),
        cache: Some(folder.path().join("cache")),
        ..Options::default()
    };
    let calls = || std::fs::read_dir(&called).expect("a folder").count();
    let first = page(&scan(b""), options.clone());
    assert_eq!((first.origin, calls()), (Origin::Ocr, 1));
    assert_eq!(page(&scan(b""), options.clone()), first);
    assert_eq!(calls(), 1);
    // Another page is another.
    page(&scan(b"0 0 9 9 re f"), options);
    assert_eq!(calls(), 2);
}

#[test]
fn a_damaged_layer_is_read_again_and_both_readings_are_kept() {
    let layer = "BT 3 Tr /F1 12 Tf 14 TL 70 700 Td (Namnden beslutar att godkanna f6rvaltningens f6rslag till svar pa skrivel-) Tj T* \
        (sen om de aldres boende och dverlamnar drendet till kommunstyrelsen f6r) Tj T* \
        (vidare beredning under varen och aterkommer darefter med en redovisning) Tj ET";
    let file = scan(layer.as_bytes());
    let folder = tempfile::tempdir().expect("a folder");
    let reread = |when, work: &str| {
        let options = Options {
            engine: Some(engine(folder.path(), work)),
            reread: when,
            ..Options::default()
        };
        page(&file, options)
    };
    let read = reread(Reread::Auto, &table(&GOOD));
    assert_eq!(read.origin, Origin::Ocr);
    assert!(read.text.contains("överlämnar ärendet"), "{}", read.text);
    let other = read.other.expect("the layer");
    assert_eq!(other.origin, Origin::OcrLayer);
    assert!(other.text.contains("f6rvaltningens"), "{}", other.text);
    let never = reread(Reread::Never, &table(&GOOD));
    assert_eq!((never.origin, never.other), (Origin::OcrLayer, None));
    // A worse reading is kept beside.
    let worse = reread(Reread::Auto, &table(&["Ndmnden besl", "tar"]));
    assert_eq!(worse.origin, Origin::OcrLayer);
    assert_eq!(worse.other.expect("ours").origin, Origin::Ocr);
}

#[test]
fn a_page_that_stands_many_times_is_read_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let called = folder.path().join("called");
    std::fs::create_dir(&called).expect("a folder");
    let work = format!("mkdir {}/$$; {}", called.display(), table(&GOOD));
    let options = extract::Options {
        ocr: Options {
            engine: Some(engine(folder.path(), &work)),
            ..Options::default()
        },
        ..extract::Options::default()
    };
    let many = file(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!(
            "<< /Type /Pages /Kids [{}] /Count 300 /MediaBox [0 0 595 842] >>",
            "3 0 R ".repeat(300)
        )
        .into_bytes(),
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"
            .to_vec(),
        stream("", b"q 595 0 0 842 0 0 cm /X Do Q"),
        stream(
            "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8",
            &[0, 255, 255, 0],
        ),
    ]);
    let raw = extract::text(Path::new("a.pdf"), &many, &options).expect("readable");
    assert_eq!(raw.pages.len(), 300);
    assert!(raw.pages.iter().all(|page| page.origin == Origin::Ocr));
    assert_eq!(std::fs::read_dir(&called).expect("a folder").count(), 1);
}
