//! Papers damaged at random, the same in each run: what the fuzz targets of `fuzz/` do without end, done for a moment on
//! the toolchain that everybody has. `DIARIUM_DRILLS=1` does it for longer.

use std::path::Path;

use diarium::{extract, query, repair, tag};

use crate::shelf::root;

/// Numbers without order, from a seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end.max(1)
    }

    /// `bytes` with a few things wrong.
    fn damaged(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for _ in 0..=self.below(8) {
            let at = self.below(bytes.len());
            match self.below(5) {
                0 => bytes[at] ^= 1 << self.below(8),
                1 => bytes[at] = self.below(256) as u8,
                2 => bytes.truncate(at.max(1)),
                3 => {
                    let end = (at + self.below(64)).min(bytes.len());
                    let piece = bytes[at..end].to_vec();
                    let to = self.below(bytes.len());
                    bytes.splice(to..to, piece);
                }
                _ => {
                    let digit = bytes[at..].iter().position(u8::is_ascii_digit);
                    if let Some(digit) = digit {
                        bytes.splice(at + digit..=at + digit, b"999999999".iter().copied());
                    }
                }
            }
        }
        bytes
    }
}

fn rounds(few: usize) -> usize {
    few * if std::env::var_os("DIARIUM_DRILLS").is_some() {
        20
    } else {
        1
    }
}

#[test]
fn damaged_papers_are_text_or_a_reason() {
    let mut options = extract::Options::default();
    options.ocr.on = false;
    let mut chance = Chance(7);
    for entry in std::fs::read_dir(root().join("tests/data")).expect("the test data") {
        let path = entry.expect("a file").path();
        let bytes = std::fs::read(&path).unwrap_or_default();
        if bytes.is_empty() || bytes.len() > 200_000 {
            continue;
        }
        for _ in 0..rounds(20) {
            let damaged = chance.damaged(&bytes);
            if let Ok(raw) = extract::text(Path::new("a.pdf"), &damaged, &options) {
                let clean = repair::text(&raw);
                for (page, clean) in raw.pages.iter().zip(&clean.pages) {
                    assert_eq!(page.text, clean.original(), "{}", path.display());
                }
                let _ = (tag::tags(&clean, ""), tag::matters(&clean, ""));
            }
        }
    }
}

#[test]
fn damaged_queries_are_a_plan_or_an_error() {
    let mut chance = Chance(11);
    let lines = [
        "\"ekonomiskt bistånd\" -hyra OR (svar:V parti:MP)",
        "datum:2016..2018 dnr:HL2019/619 skol*",
    ];
    for line in lines {
        for _ in 0..rounds(500) {
            let damaged = chance.damaged(line.as_bytes());
            let _ = query::parse(&String::from_utf8_lossy(&damaged));
        }
    }
    for deep in ["(", "-", "\"", "NOT ", "a OR ("] {
        let _ = query::parse(&deep.repeat(50_000));
    }
}

#[test]
fn what_the_fuzz_targets_begin_with_holds_their_laws() {
    let seeds = |kind: &str| -> Vec<String> {
        let folder = root().join("fuzz/seeds").join(kind);
        let files = std::fs::read_dir(folder).expect("the seeds");
        files
            .map(|file| std::fs::read(file.expect("a file").path()).expect("its bytes"))
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .collect()
    };
    let texts = seeds("text");
    assert!(texts.len() >= 3);
    for text in &texts {
        let raw = extract::plain(text.as_bytes());
        let clean = repair::text(&raw);
        for (page, clean) in raw.pages.iter().zip(&clean.pages) {
            assert_eq!(page.text, clean.original());
        }
        for dnr in &tag::tags(&clean, "").dnr {
            let mut pages = clean.pages.iter();
            let page = pages.find(|page| page.number == dnr.place.page);
            assert!(page.is_some_and(|page| page.text.get(dnr.place.range()).is_some()));
        }
        let _ = tag::matters(&clean, "");
    }
    let lines = seeds("query");
    assert!(lines.len() >= 10);
    for line in &lines {
        if let Ok(node) = query::parse(line) {
            let printed = node.to_string();
            assert_eq!(
                query::parse(&printed).map(|node| node.to_string()).ok(),
                Some(printed)
            );
        }
    }
}
