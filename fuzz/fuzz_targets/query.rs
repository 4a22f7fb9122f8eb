//! Any query line: a plan or an error, in no time.
#![no_main]

use diarium::query;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|line: &str| {
    let _ = query::parse(line);
});
