//! Filing papers, and asking.
//!
//! The papers are those of `tests/gold/text`, or the files of `DIARIUM_BENCH_CORPUS` (at most 2,000 of them), as
//! `tests/retrieval/big.py` writes them. Questions go to a small index of these, or to the index in `DIARIUM_BENCH_INDEX`.
//! With `DIARIUM_BENCH_WORDS=FILE` the words that big.py draws from are written to that file, and nothing is measured.
#![expect(clippy::print_stderr, reason = "how many papers each question finds")]

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use diarium::index::{Generation, Reader, Summary, Writer};
use diarium::query::{self, Request, Sort, Tier};
use diarium::record::{self, Entry, Record, State};
use diarium::{extract, lexicon, repair, tag};
use divan::counter::BytesCount;

fn main() {
    if let Some(file) = std::env::var_os("DIARIUM_BENCH_WORDS") {
        std::fs::write(file, words()).expect("a file that can be written");
        return;
    }
    divan::main();
}

/// Every word that was counted, with its count, a word a line.
fn words() -> String {
    use fst::Streamer;
    let model = lexicon::model();
    let mut out = String::new();
    let Some(map) = model.words() else { return out };
    let mut words = map.stream();
    while let Some((word, id)) = words.next() {
        let count = u32::try_from(id).map_or(0, |id| model.count(id));
        out.push_str(&format!("{}\t{count}\n", String::from_utf8_lossy(word)));
    }
    out
}

/// Files of a folder and of the folders in it, in the order of their names.
fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files(&path, out);
        } else {
            out.push(path);
        }
    }
}

/// The papers, ready to be filed, and the bytes of their text.
fn papers() -> &'static (Vec<(Entry, Record)>, usize) {
    static PAPERS: OnceLock<(Vec<(Entry, Record)>, usize)> = OnceLock::new();
    PAPERS.get_or_init(|| {
        let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/text");
        let folder = std::env::var_os("DIARIUM_BENCH_CORPUS").map_or(gold, PathBuf::from);
        let mut paths = Vec::new();
        files(&folder, &mut paths);
        let mut bytes = 0;
        let papers = paths.iter().take(2_000).map(|path| {
            let text = std::fs::read(path).expect("a paper");
            bytes += text.len();
            let raw = extract::plain(&text);
            let clean = repair::text(&raw);
            let tags = tag::tags(&clean, "");
            let entry = Entry {
                file: path.display().to_string().into(),
                size: text.len() as u64,
                modified: 0,
                hash: path.display().to_string().into(),
                state: State::Indexed,
                reason: None,
            };
            (entry, Record::new(raw, clean, tags, Vec::new()))
        });
        (papers.collect(), bytes)
    })
}

/// Files all papers in `folder`.
fn filed(folder: &Path) {
    let writer = Writer::fresh(folder).expect("an index");
    for (entry, record) in &papers().0 {
        writer.put(entry, Some(record)).expect("a paper is filed");
    }
    let generation = Generation {
        version: record::VERSION,
        reading: record::READING,
        engine: None,
        finished: jiff::Timestamp::UNIX_EPOCH,
        corpus: String::new(),
        corpus_path: None,
        summary: Summary::default(),
        forgotten: Vec::new(),
        learned: None,
        ocr_caches: Vec::new(),
    };
    let ready = writer.commit(&generation, false).expect("a generation");
    ready.publish().expect("an index that answers");
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn filing(bencher: divan::Bencher<'_, '_>) {
    let bytes = papers().1;
    bencher
        .with_inputs(|| tempfile::tempdir().expect("a folder"))
        .counter(BytesCount::new(bytes))
        .bench_local_refs(|folder| filed(folder.path()));
}

fn reader() -> &'static Reader {
    static INDEX: OnceLock<(Option<tempfile::TempDir>, Reader)> = OnceLock::new();
    let (_, reader) = INDEX.get_or_init(|| match std::env::var_os("DIARIUM_BENCH_INDEX") {
        Some(folder) => (None, Reader::open(Path::new(&folder)).expect("an index")),
        None => {
            let folder = tempfile::tempdir().expect("a folder");
            filed(folder.path());
            let reader = Reader::open(folder.path()).expect("an index");
            (Some(folder), reader)
        }
    });
    reader
}

/// Questions of each kind; a name, the query, and whether the newest come first.
const QUESTIONS: &[(&str, &str, bool)] = &[
    ("term, common", "förvaltningen", false),
    ("term", "hemtjänst", false),
    ("term, rare", "rötningsanläggning", false),
    ("compound part", "anläggning", false),
    ("and", "hemtjänst kostnader", false),
    ("and of three", "nämnden hemtjänst kostnader", false),
    (
        "filter and date",
        "hemtjänst parti:V datum:2016..2018",
        true,
    ),
    ("prefix", "bibl*", false),
    ("distance 1", "hemtjanst~", false),
    ("phrase", "\"delade turer\"", false),
    ("phrase of function words", "\"som är i den\"", false),
    (
        "phrase with function words",
        "\"i en skrivelse till nämnden\"",
        false,
    ),
    ("near", "hemtjänst near/5 natt", false),
];

/// The first ten papers without their passages, as a warm program answers.
#[divan::bench(args = 0..QUESTIONS.len())]
fn asking(bencher: divan::Bencher<'_, '_>, number: usize) {
    ask(bencher, number, true);
}

/// The first ten papers with their passages.
#[divan::bench(args = 0..QUESTIONS.len())]
fn asking_for_passages(bencher: divan::Bencher<'_, '_>, number: usize) {
    ask(bencher, number, false);
}

fn ask(bencher: divan::Bencher<'_, '_>, number: usize, bare: bool) {
    let (name, query, newest) = QUESTIONS[number];
    let request = Request {
        query: query.to_owned(),
        tier: Tier::Original,
        sort: if newest { Sort::Date } else { Sort::Relevance },
        limit: 10,
        bare,
        ..Request::default()
    };
    let found = query::search(reader(), &request).expect("an answer");
    eprintln!("{number} {name}: {} papers", found.total);
    bencher.bench(|| query::search(reader(), divan::black_box(&request)));
}
