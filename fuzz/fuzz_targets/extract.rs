//! Any bytes as a PDF: text or a reason; never a crash, a hang or all the memory.
#![no_main]

use std::path::Path;

use diarium::extract;
use libfuzzer_sys::fuzz_target;

fuzz_target!(
    init: {
        // What a library panics of is caught at the room's door, by design; the engine's own hook would end the run there.
        std::panic::set_hook(Box::new(|_| {}));
    },
    |bytes: &[u8]| {
        let mut options = extract::Options::default();
        options.ocr.on = false;
        let _ = extract::text(Path::new("a.pdf"), bytes, &options);
    }
);
