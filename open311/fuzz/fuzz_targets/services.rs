//! Every row is read or counted, and every service has a code and a name.
#![no_main]

use libfuzzer_sys::fuzz_target;
use open311::{json, read_services};

fuzz_target!(|text: &str| {
    let Ok(answer) = json::parse(text) else {
        return;
    };
    let reading = read_services(&answer);
    if answer.items().len() > 1 {
        assert_eq!(reading.rows.len() + reading.bad_rows, answer.items().len());
    }
    for service in reading.rows {
        assert!(!service.code.is_empty() && !service.name.is_empty());
    }
});
