//! What is read can be written and read again; what is refused has a place in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use open311::json::{parse, write};

fuzz_target!(|text: &str| {
    match parse(text) {
        Ok(value) => assert_eq!(parse(&write(&value)), Ok(value)),
        Err(error) => assert!(text.is_char_boundary(error.offset) && error.line > 0),
    }
});
