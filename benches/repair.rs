//! How fast pages are judged and repaired, in bytes of text a second on one core.
//!
//! The text is made here: sentences of a board's papers, written for the purpose, sound and then damaged the way an English
//! OCR engine damages them. `warm` repairs text whose words this thread has met, as in a long run; `cold` text whose words
//! are all new, which no run meets for long.

use std::fmt::Write;

use diarium::extract::{RawPage, RawText};
use diarium::{lexicon, repair};
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

const SENTENCES: &[&str] = &[
    "Förvaltningen föreslår att nämnden godkänner tjänsteutlåtandet som svar på skrivelsen.",
    "Ärendet har beretts inom avdelningen för äldreomsorg i samråd med pensionärsrådet.",
    "Många av de boende är över åttio år och behöver hjälp under både dagar och nätter.",
    "Under våren har personalomsättningen ökat något, och vakanser fylls av vikarier.",
    "Kostnaden beräknas till cirka fyra miljoner kronor och ryms inom nämndens budget.",
    "Därför är det viktigt att följa upp hur resurserna används på varje enhet.",
];

/// A page of about two thousand letters; `turn` varies the order of the sentences.
fn page(turn: usize, damaged: bool) -> String {
    let mut out = String::new();
    for line in 0..26 {
        let sentence = SENTENCES[(line * 5 + turn) % SENTENCES.len()];
        let _ = writeln!(out, "{sentence}");
    }
    if damaged {
        let marks = [
            ('ä', ["a", "é", "d"]),
            ('ö', ["o", "é", "6"]),
            ('å', ["a", "é", "a"]),
            ('Ä', ["A", "A", "A"]),
        ];
        let mut count = turn;
        let mut read = String::new();
        for c in out.chars() {
            match marks.iter().find(|(mark, _)| *mark == c) {
                Some((_, ways)) => {
                    count += 1;
                    read.push_str(ways[count % 5 % 3]);
                }
                None => read.push(c),
            }
        }
        return read;
    }
    out
}

fn pages(damaged: bool) -> RawText {
    let pages = (0..40)
        .map(|number| RawPage {
            number: number + 1,
            text: page(number as usize, damaged),
            ..RawPage::default()
        })
        .collect();
    RawText {
        pages,
        ..RawText::default()
    }
}

fn bytes(raw: &RawText) -> BytesCount {
    BytesCount::new(raw.pages.iter().map(|page| page.text.len()).sum::<usize>())
}

#[divan::bench]
fn judge_sound_pages(bencher: Bencher<'_, '_>) {
    let raw = pages(false);
    bencher.counter(bytes(&raw)).bench(|| {
        raw.pages
            .iter()
            .map(|page| lexicon::judge(&page.text).score)
            .sum::<f32>()
    });
}

#[divan::bench]
fn repair_sound_pages(bencher: Bencher<'_, '_>) {
    let raw = pages(false);
    bencher.counter(bytes(&raw)).bench(|| repair::text(&raw));
}

#[divan::bench]
fn repair_damaged_pages_warm(bencher: Bencher<'_, '_>) {
    let raw = pages(true);
    repair::text(&raw);
    bencher.counter(bytes(&raw)).bench(|| repair::text(&raw));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn repair_damaged_pages_cold(bencher: Bencher<'_, '_>) {
    let raw = pages(true);
    // A new thread has met no words.
    bencher.counter(bytes(&raw)).bench(|| {
        std::thread::scope(|scope| scope.spawn(|| repair::text(&raw).pages.len()).join())
            .unwrap_or_default()
    });
}
