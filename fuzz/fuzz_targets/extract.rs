//! Any bytes as a PDF: text or a reason, never a panic.
#![no_main]

use std::path::Path;

use diarium::extract;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut options = extract::Options::default();
    options.ocr.on = false;
    let _ = extract::text(Path::new("a.pdf"), bytes, &options);
});
