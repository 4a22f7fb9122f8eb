//! Any text: undoing the repairs gives it back.
#![no_main]

use diarium::{extract, repair};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let raw = extract::plain(text.as_bytes());
    for (page, clean) in raw.pages.iter().zip(repair::text(&raw).pages) {
        assert_eq!(page.text, clean.original());
    }
});
