//! Pages a second, by stage: `load` (the file's table and its tree of pages), `decode` (load and all that the pages draw), `text` (decode, layout and
//! the rest: all of reading), and `inflate`, unpacking the pages' content alone, which is the floor. What the stages take of
//! the whole is printed at the end. `EXTRACT_BENCH=FILE` takes a PDF of your own instead of the one written here.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use diarium::extract;

fn main() {
    divan::main();
    // Not when the benches are only listed or run as tests.
    if !std::env::args().any(|arg| arg == "--list" || arg == "--test") {
        let _ = writeln!(std::io::stdout(), "{}", shares());
    }
}

/// What each stage takes of all of reading, by the fastest of several runs on one thread.
fn shares() -> String {
    let options = extract::Options::default();
    let packed = contents();
    let fastest = |stage: &dyn Fn() -> usize| {
        (0..7)
            .map(|_| {
                let start = std::time::Instant::now();
                std::hint::black_box(stage());
                start.elapsed()
            })
            .min()
            .unwrap_or_default()
            .as_secs_f64()
    };
    let all = fastest(&|| {
        extract::text(Path::new("bench.pdf"), &DOCUMENT, &options)
            .expect("a document")
            .pages
            .len()
    });
    let decode = fastest(&|| extract::glyphs(&DOCUMENT, &options).expect("a document"));
    let load = fastest(&|| extract::pages(&DOCUMENT, &options).expect("a document"));
    let inflate = fastest(&|| unpacked(&packed));
    let share = |part: f64| 100.0 * part.max(0.0) / all;
    format!(
        "all of reading {:.3} ms a page; of it load {:.0} %, decode {:.0} %, layout and the rest {:.0} %; inflate alone {:.0} %",
        1000.0 * all / pages() as f64,
        share(load),
        share(decode - load),
        share(all - decode),
        share(inflate),
    )
}

/// Pages of the document that is written here.
const PAGES: usize = 200;

static DOCUMENT: LazyLock<Vec<u8>> = LazyLock::new(|| match std::env::var_os("EXTRACT_BENCH") {
    Some(path) => std::fs::read(path).expect("the file that EXTRACT_BENCH names"),
    None => written(),
});

/// A document of [`PAGES`] pages of text as office programs set it: one `TJ` a line, kerned, packed by deflate.
fn written() -> Vec<u8> {
    const LINE: [&str; 4] = [
        "[(F)20(\\366rvaltningen bed\\366mer att kostnaden f\\366r hemtj\\344n)-5(sten)]TJ",
        "[(uppg\\345r till 40)-250(500)-250(000 kronor, det vill s\\344ga 12,5)]TJ",
        "[(procent av budgeten, och f\\366resl\\345r att n\\344mnden)10( godk\\344n-)]TJ",
        "[(ner tj\\344nsteutl\\345tandet som svar p\\345 skrivelsen.)]TJ",
    ];
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    let mut add = |out: &mut Vec<u8>, body: &[u8]| {
        offsets.push(out.len());
        let _ = writeln!(out, "{} 0 obj", offsets.len());
        out.extend(body);
        out.extend(b"\nendobj\n");
    };
    let kids: String = (0..PAGES).fold(String::new(), |mut kids, page| {
        let _ = write!(kids, "{} 0 R ", 4 + 2 * page);
        kids
    });
    add(&mut out, b"<< /Type /Catalog /Pages 2 0 R >>");
    add(
        &mut out,
        format!("<< /Type /Pages /Kids [{kids}] /Count {PAGES} /MediaBox [0 0 595 842] >>")
            .as_bytes(),
    );
    add(
        &mut out,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
    );
    for page in 0..PAGES {
        let mut content = format!(
            "BT /F1 9 Tf 500 800 Td (Sida {} \\({PAGES}\\)) Tj ET BT /F1 11 Tf 14 TL 70 740 Td ",
            page + 1
        );
        for line in 0..46 {
            let _ = write!(content, "{} T* ", LINE[(page + line) % LINE.len()]);
        }
        content.push_str("ET");
        let mut packer =
            flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(content.as_bytes()).expect("memory");
        let packed = packer.finish().expect("memory");
        add(
            &mut out,
            format!(
                "<< /Type /Page /Parent 2 0 R /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
                5 + 2 * page
            )
            .as_bytes(),
        );
        let mut stream = format!(
            "<< /Filter /FlateDecode /Length {} >>\nstream\n",
            packed.len()
        )
        .into_bytes();
        stream.extend(packed);
        stream.extend(b"\nendstream");
        add(&mut out, &stream);
    }
    let xref = out.len();
    let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1);
    for offset in &offsets {
        let _ = writeln!(out, "{offset:010} 00000 n ");
    }
    let _ = write!(
        out,
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n",
        offsets.len() + 1
    );
    out
}

fn pages() -> usize {
    lopdf::Document::load_mem(&DOCUMENT)
        .expect("a document")
        .get_pages()
        .len()
}

#[divan::bench]
fn load(bencher: divan::Bencher<'_, '_>) {
    bencher
        .counter(divan::counter::ItemsCount::new(pages()))
        .bench(|| extract::pages(&DOCUMENT, &extract::Options::default()).expect("a document"));
}

/// The parser that stands behind ours, for files that are not sound: what `load` is measured against.
#[divan::bench]
fn load_by_lopdf(bencher: divan::Bencher<'_, '_>) {
    bencher
        .counter(divan::counter::ItemsCount::new(pages()))
        .bench(|| lopdf::Document::load_mem(&DOCUMENT).expect("a document"));
}

/// The pages' content as it is packed.
fn contents() -> Vec<Vec<u8>> {
    let document = lopdf::Document::load_mem(&DOCUMENT).expect("a document");
    document
        .get_pages()
        .values()
        .flat_map(|&page| document.get_page_contents(page))
        .filter_map(|id| {
            document
                .get_object(id)
                .ok()?
                .as_stream()
                .ok()
                .map(|stream| stream.content.clone())
        })
        .collect()
}

/// Unpacks all contents; how many bytes they have.
fn unpacked(packed: &[Vec<u8>]) -> usize {
    packed
        .iter()
        .map(|packed| {
            let mut out = Vec::new();
            let _ = flate2::write::ZlibDecoder::new(&mut out).write_all(packed);
            out.len()
        })
        .sum()
}

#[divan::bench]
fn inflate(bencher: divan::Bencher<'_, '_>) {
    let packed = contents();
    bencher
        .counter(divan::counter::ItemsCount::new(pages()))
        .bench(|| unpacked(&packed));
}

#[divan::bench]
fn decode(bencher: divan::Bencher<'_, '_>) {
    let options = extract::Options::default();
    bencher
        .counter(divan::counter::ItemsCount::new(pages()))
        .bench(|| extract::glyphs(&DOCUMENT, &options).expect("a document"));
}

#[divan::bench]
fn text(bencher: divan::Bencher<'_, '_>) {
    let options = extract::Options::default();
    bencher
        .counter(divan::counter::ItemsCount::new(pages()))
        .bench(|| extract::text(Path::new("bench.pdf"), &DOCUMENT, &options).expect("a document"));
}
