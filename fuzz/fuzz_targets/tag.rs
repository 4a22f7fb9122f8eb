//! Any text: each tag points into its page.
#![no_main]

use diarium::{extract, repair, tag};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let clean = repair::text(&extract::plain(text.as_bytes()));
    let tags = tag::tags(&clean, "");
    for dnr in &tags.dnr {
        let page = clean.pages.iter().find(|page| page.number == dnr.place.page);
        assert!(page.is_some_and(|page| page.text.get(dnr.place.range()).is_some()));
    }
    let _ = tag::matters(&clean, "");
});
