//! Scanned papers: read by the OCR engine where one is on the machine, told of where none is.

use std::path::Path;
use std::process::{Command, Stdio};

use lopdf::{Document, Object, Stream, dictionary};

use crate::shelf::{Shelf, diarium, pdf, root, skipped};

const TEXT: &str = "Socialnämnden\nTjänsteutlåtande\n\nSvar på skrivelse om familjerådgivning\n\nFörslag till beslut\n\n\
    Nämnden beslutar att godkänna förvaltningens tjänsteutlåtande\nsom svar på skrivelsen om köerna till rådgivningen.\n";

/// What a scanner makes of a PDF's first page: a picture of it, turned by `turn` degrees, in a PDF.
fn scanned(paper: &[u8], turn: i64) -> Vec<u8> {
    use std::io::Write;
    let mut child = diarium()
        .args(["draw-page", "--dpi", "200"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child
        .stdin
        .take()
        .expect("its input")
        .write_all(paper)
        .expect("it reads");
    let pgm = child.wait_with_output().expect("it ends").stdout;
    let mut parts = pgm.splitn(4, |&byte| byte == b'\n');
    let size = parts.by_ref().nth(1).expect("the size");
    let size: Vec<i64> = String::from_utf8_lossy(size)
        .split(' ')
        .map(|side| side.parse().expect("a number"))
        .collect();
    let grey = parts.nth(1).expect("the picture").to_vec();
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let picture = document.add_object(Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => size[0], "Height" => size[1],
            "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8,
        },
        grey,
    ));
    let content = document.add_object(Stream::new(
        dictionary! {},
        b"q 595 0 0 842 0 0 cm /X Do Q".to_vec(),
    ));
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content, "Rotate" => turn,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Resources" => dictionary! { "XObject" => dictionary! { "X" => picture } },
    });
    let tree = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(tree));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    document.compress();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("a PDF");
    bytes
}

/// Whether the engine can read Swedish here; without it the story is skipped.
fn engine() -> bool {
    let languages = Command::new("tesseract").arg("--list-langs").output();
    let there = languages.is_ok_and(|said| {
        let said = [said.stdout, said.stderr].concat();
        String::from_utf8_lossy(&said)
            .lines()
            .any(|line| line.trim() == "swe")
    });
    if !there {
        skipped("tesseract with its Swedish data is not on this machine");
    }
    there
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn a_scan_is_read_however_it_lies() {
    if !engine() {
        return;
    }
    let shelf = Shelf::new();
    for turn in [0, 90, 180] {
        let name = format!("skannad-{turn}.pdf");
        shelf.put(&name, scanned(&pdf(TEXT), turn));
        let read = || {
            let output = diarium()
                .env_remove("DIARIUM_NO_OCR")
                .env("DIARIUM_OCR_CACHE", shelf.index().join("cache"))
                .arg("extract")
                .arg(shelf.corpus().join(&name))
                .output()
                .expect("the program runs");
            String::from_utf8(output.stdout).expect("UTF-8")
        };
        let text = read();
        let (read_words, truth) = (words(&text), words(TEXT));
        let right = truth
            .iter()
            .filter(|word| read_words.contains(word))
            .count();
        assert!(right + 2 >= truth.len(), "turned by {turn}: {text}");
        assert_eq!(read(), text);
    }
}

#[test]
fn a_scan_waits_for_an_engine_and_is_found_when_it_has_come() {
    let shelf = Shelf::new().file("skannad.pdf", scanned(&pdf(TEXT), 0));
    let ingest = |tesseract: &str, full: &[&str]| {
        diarium()
            .env_remove("DIARIUM_NO_OCR")
            .env("DIARIUM_CORPUS", shelf.corpus())
            .env("DIARIUM_INDEX", shelf.index())
            .env("DIARIUM_TESSERACT", tesseract)
            .arg("ingest")
            .args(full)
            .output()
            .expect("the program runs")
    };
    let said = ingest("/nonexistent/tesseract", &[]);
    let err = String::from_utf8_lossy(&said.stderr);
    assert!(
        err.contains("1 ocr-needed")
            && err.contains("apt-get install tesseract-ocr tesseract-ocr-swe"),
        "{err}"
    );
    assert!(shelf.search("familjerådgivning").is_empty());
    if engine() {
        let said = ingest("tesseract", &["--full"]);
        let err = String::from_utf8_lossy(&said.stderr);
        assert!(!err.contains("ocr-needed"), "{err}");
        assert_eq!(shelf.search("familjerådgivning"), ["skannad.pdf"]);
    }
}

#[test]
fn what_ocr_read_of_a_forgotten_paper_goes_with_it() {
    if !engine() {
        return;
    }
    let shelf = Shelf::new().file("skannad.pdf", scanned(&pdf(TEXT), 0));
    let cache = shelf.index().with_file_name("readings");
    let flag = cache.to_str().expect("a path");
    let said = shelf.run_with_ocr(&["ingest", "--ocr-cache", flag]);
    assert_eq!(said.code, 0, "{said:?}");
    std::fs::write(cache.join("notes.txt"), "of somebody else").expect("a file");
    let kept = || {
        walkdir::WalkDir::new(&cache)
            .into_iter()
            .flatten()
            .filter(|entry| entry.file_type().is_file())
            .count()
    };
    assert_eq!(kept(), 3, "a reading, and who read it");
    // A later run that keeps its readings elsewhere does not make the folder unknown.
    assert_eq!(shelf.run_with_ocr(&["ingest"]).code, 0);
    let said = shelf.run(&["forget", "skannad.pdf"]);
    assert!(said.code == 0 && said.err.contains("readings"), "{said:?}");
    assert_eq!(kept(), 1, "only what others put there is left");
}

#[test]
fn a_list_of_passwords_opens_what_is_locked() {
    let shelf = Shelf::new();
    let list = shelf.corpus().join("ord");
    std::fs::write(&list, "fel\r\n\nnyckel\n").expect("a list");
    let locked = root().join("tests/data/locked-nyckel.pdf");
    let run = |list: &Path| {
        diarium()
            .arg("extract")
            .arg("--passwords")
            .arg(list)
            .arg(&locked)
            .output()
            .expect("the program runs")
    };
    let said = run(&list);
    assert!(said.status.success(), "{said:?}");
    assert!(said.stdout.len() > 500);
    let said = run(&shelf.corpus().join("none"));
    let err = String::from_utf8_lossy(&said.stderr);
    assert!(
        said.status.code() == Some(2) && err.contains("passwords"),
        "{err}"
    );
}

/// An OCR engine in `folder` that says it is there, and does `work` when it is to read.
fn stand_in(folder: &Path, work: &str) -> String {
    use std::os::unix::fs::PermissionsExt;
    std::fs::create_dir_all(folder).expect("a folder");
    let path = folder.join("tesseract");
    let script = format!(
        "#!/bin/sh\ncase \"$1\" in\n--version) echo 'tesseract 9.9.9';;\n--list-langs) printf 'List (2):\\nosd\\nswe\\n';;\n*) {work};;\nesac\n"
    );
    std::fs::write(&path, script).expect("an engine");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("its rights");
    folder.display().to_string()
}

/// What an engine says of a page with one word.
const ONE_WORD: &str = r"while read -r line; do :; done; printf 'level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n5\t1\t1\t1\t1\t1\t100\t100\t300\t40\t95\tGungställningen\n'";

/// Runs `diarium` with only what lies in `path` to find an OCR engine.
fn with_engine(shelf: &Shelf, path: &str, args: &[&str]) -> crate::shelf::Said {
    let mut command = diarium();
    command.args(args).env_remove("DIARIUM_NO_OCR");
    shelf.said(command.env("PATH", path))
}

#[test]
fn an_engine_that_fails_on_everything_costs_no_paper_its_text() {
    let shelf = Shelf::new().file("a.pdf", scanned(&pdf(TEXT), 0));
    let engines = tempfile::tempdir().expect("a folder");
    let broken = stand_in(&engines.path().join("broken"), "echo no >&2; exit 1");
    for night in 1..=4 {
        let said = with_engine(&shelf, &broken, &["ingest"]);
        assert_eq!(said.code, 3, "night {night}: {said:?}");
        assert!(said.err.contains("no page was read by OCR"), "{said:?}");
    }
    let good = stand_in(&engines.path().join("good"), ONE_WORD);
    let said = with_engine(&shelf, &good, &["ingest"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(shelf.search("gungställningen").len(), 1, "{said:?}");
    // What was read stays, whoever builds the index anew without the engine.
    let none = engines.path().join("none").display().to_string();
    let said = with_engine(&shelf, &none, &["ingest", "--full"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(shelf.search("gungställningen").len(), 1, "{said:?}");
}

#[test]
fn a_page_that_kills_a_sound_engine_is_tried_in_three_runs() {
    let shelf = Shelf::new().file("a.pdf", scanned(&pdf(TEXT), 0));
    let engines = tempfile::tempdir().expect("a folder");
    // An empty page is small.
    let work = format!("[ $(/usr/bin/wc -c) -lt 200000 ] || exit 1; {ONE_WORD}");
    let engine = stand_in(&engines.path().join("dies"), &work);
    for night in 1..=3 {
        let said = with_engine(&shelf, &engine, &["ingest"]);
        assert_eq!(said.code, 0, "night {night}: {said:?}");
    }
    let waiting = shelf.run(&["status", "--state", "ocr-needed"]);
    assert!(
        waiting
            .out
            .contains("in 3 runs; --retry-failed tries again"),
        "{waiting:?}"
    );
}
