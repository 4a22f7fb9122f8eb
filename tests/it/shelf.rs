//! A stage for a story: a folder of papers, an index, and the built program.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, Stream, dictionary};
use serde_json::Value;

/// The checkout.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Says that something is not tested on this machine, and why: where people look, and in the file that DIARIUM_SKIPPED names, as
/// nobody is shown what a good test prints.
pub(crate) fn skipped(why: &str) {
    eprintln!("skipped: {why}");
    if let Some(path) = std::env::var_os("DIARIUM_SKIPPED") {
        let file = std::fs::File::options()
            .create(true)
            .append(true)
            .open(path);
        let told = file.and_then(|mut file| writeln!(file, "skipped: {why}"));
        told.expect("the file that DIARIUM_SKIPPED names can be written");
    }
}

/// A folder of `../shared`, where that stands beside the checkout; a user's machine has none, and the test is skipped.
pub(crate) fn shared(folder: &str) -> Option<PathBuf> {
    let path = root().join("../shared").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    skipped(&format!("../shared/{folder} is not on this machine"));
    None
}

/// What a run of the program said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    fn of(output: Output) -> Said {
        Said {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("the program writes UTF-8"),
            err: String::from_utf8(output.stderr).expect("the program writes UTF-8"),
        }
    }

    /// One JSON value a line of the answer.
    pub(crate) fn json(&self) -> Vec<Value> {
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).expect("a JSON object a line"))
            .collect()
    }

    /// The papers of a `--json` answer, in order.
    pub(crate) fn files(&self) -> Vec<String> {
        assert!(self.code < 2, "{self:?}");
        self.json()
            .iter()
            // When no paper is listed one line says so, and has no file.
            .filter(|hit| !hit["file"].is_null() || hit["total"].is_null())
            .map(|hit| hit["file"].as_str().expect("a file").to_owned())
            .collect()
    }
}

/// The program.
pub(crate) fn diarium() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diarium"));
    command
        .env_remove("DIARIUM_CORPUS")
        .env_remove("DIARIUM_INDEX")
        .env_remove("DIARIUM_TESSERACT")
        .env_remove("DIARIUM_OCR_CACHE")
        // What an engine reads differs from machine to machine; the stories about it say that they want one.
        .env("DIARIUM_NO_OCR", "1")
        .stdin(Stdio::null());
    command
}

/// A folder of papers and the place of their index; both go with it.
pub(crate) struct Shelf {
    folder: tempfile::TempDir,
}

impl Shelf {
    pub(crate) fn new() -> Shelf {
        let shelf = Shelf {
            folder: tempfile::tempdir().expect("a folder for the test"),
        };
        std::fs::create_dir(shelf.corpus()).expect("a corpus folder");
        shelf
    }

    pub(crate) fn corpus(&self) -> PathBuf {
        self.folder.path().join("corpus")
    }

    pub(crate) fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Shelf {
        self.put(name, content);
        self
    }

    pub(crate) fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.corpus().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder in the corpus");
        std::fs::write(path, content).expect("a paper in the corpus");
    }

    pub(crate) fn run(&self, args: &[&str]) -> Said {
        self.said(diarium().args(args))
    }

    /// Runs the program with OCR where the machine has an engine; other stories are the same on every machine.
    pub(crate) fn run_with_ocr(&self, args: &[&str]) -> Said {
        self.said(diarium().args(args).env_remove("DIARIUM_NO_OCR"))
    }

    /// The folder of the generation that answers.
    pub(crate) fn generation(&self) -> PathBuf {
        let layout = std::fs::read_dir(self.index())
            .expect("the index")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.join("CURRENT").is_file())
            .max()
            .expect("a layout");
        let current = std::fs::read_to_string(layout.join("CURRENT")).expect("the note");
        layout.join(current.trim())
    }

    /// Reads the index through, and finds no fault.
    pub(crate) fn whole(&self) -> Said {
        let said = self.run(&["verify"]);
        assert_eq!(said.code, 0, "{said:?}");
        said
    }

    /// Runs the program by way of another, that is given `before` and then the program's name.
    pub(crate) fn run_under(&self, other: &str, before: &[&str], args: &[&str]) -> Said {
        let program = diarium();
        let mut command = Command::new(other);
        command.args(before).arg(program.get_program()).args(args);
        for (name, value) in program.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        self.said(&mut command)
    }

    pub(crate) fn said(&self, command: &mut Command) -> Said {
        let output = command
            .env("DIARIUM_CORPUS", self.corpus())
            .env("DIARIUM_INDEX", self.index())
            .output()
            .expect("the program runs");
        Said::of(output)
    }

    /// `ingest`, its figures as JSON.
    pub(crate) fn ingest(&self) -> Value {
        let said = self.run(&["ingest", "--json"]);
        assert!(said.code == 0 || said.code == 3, "{said:?}");
        said.json().remove(0)
    }

    /// The papers that a search finds, best first.
    pub(crate) fn search(&self, query: &str) -> Vec<String> {
        self.run(&["search", "--json", "--limit", "1000", query])
            .files()
    }

    /// The papers that answer a party, newest first.
    pub(crate) fn answers(&self, party: &str) -> Vec<String> {
        self.run(&["answers", "--json", party]).files()
    }
}

/// Lines that a page of [`pdf`] holds.
const LINES: usize = 56;

/// A PDF of `text`, set in Helvetica as a plain program would; a form feed begins a page, and so does a full one.
pub(crate) fn pdf(text: &str) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let pages_id = document.new_object_id();
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
    });
    let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let mut kids: Vec<Object> = Vec::new();
    let lines: Vec<Vec<&str>> = text
        .split('\u{c}')
        .map(|page| page.lines().collect())
        .collect();
    for page in lines.iter().flat_map(|lines| lines.chunks(LINES)) {
        let mut operations = vec![
            Operation::new("BT", vec![]),
            Operation::new("Tf", vec!["F1".into(), 10.into()]),
            Operation::new("Td", vec![60.into(), 800.into()]),
            Operation::new("TL", vec![13.into()]),
        ];
        for line in page {
            operations.push(Operation::new(
                "Tj",
                vec![Object::string_literal(win_ansi(line))],
            ));
            operations.push(Operation::new("T*", vec![]));
        }
        operations.push(Operation::new("ET", vec![]));
        let content = Content { operations }.encode().expect("a content stream");
        let content = document.add_object(Stream::new(dictionary! {}, content));
        kids.push(
            document
                .add_object(dictionary! {
                    "Type" => "Page", "Parent" => pages_id, "Contents" => content,
                })
                .into(),
        );
    }
    let count = kids.len() as i64;
    document.objects.insert(
        pages_id,
        dictionary! {
            "Type" => "Pages", "Kids" => kids, "Count" => count, "Resources" => resources,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        }
        .into(),
    );
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages_id });
    document.trailer.set("Root", catalog);
    document.compress();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("a PDF");
    bytes
}

/// `line` in the encoding that the font is said to have.
fn win_ansi(line: &str) -> Vec<u8> {
    line.chars()
        .map(|c| match c {
            '–' => 0x96,
            '—' => 0x97,
            '’' => 0x92,
            '“' => 0x93,
            '”' => 0x94,
            '•' | '\u{f0b7}' => 0x95,
            '…' => 0x85,
            '€' => 0x80,
            c => u8::try_from(u32::from(c)).unwrap_or(b'?'),
        })
        .collect()
}

/// A PDF of `text` with documents inside it: their names and bytes.
pub(crate) fn pdf_with(text: &str, inside: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut document = Document::load_mem(&pdf(text)).expect("our own PDF");
    let mut names: Vec<Object> = Vec::new();
    for (name, bytes) in inside {
        let name = lopdf::text_string(name);
        let embedded = Stream::new(dictionary! { "Type" => "EmbeddedFile" }, bytes.clone());
        let embedded = document.add_object(embedded);
        let file = document.add_object(dictionary! {
            "Type" => "Filespec", "F" => name.clone(), "UF" => name.clone(),
            "EF" => dictionary! { "F" => embedded },
        });
        names.extend([name, file.into()]);
    }
    let catalog = document.catalog_mut().expect("a catalog");
    catalog.set(
        "Names",
        dictionary! { "EmbeddedFiles" => dictionary! { "Names" => names } },
    );
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("a PDF");
    bytes
}
