#![no_main]

#[path = "../../tests/suite/entries.rs"]
#[allow(dead_code)]
mod entries;

libfuzzer_sys::fuzz_target!(|data: &[u8]| entries::drawings(data));
