//! A parsed value is equal after writing and parsing; an error has a position in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use open311::json::{parse, write};

fuzz_target!(|text: &str| {
    match parse(text) {
        Ok(value) => assert_eq!(parse(&write(&value)), Ok(value)),
        Err(error) => assert!(text.is_char_boundary(error.offset) && error.line > 0),
    }
});
