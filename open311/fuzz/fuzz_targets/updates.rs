//! Every row is read or counted, and no update is empty.
#![no_main]

use libfuzzer_sys::fuzz_target;
use open311::{Update, json, read_updates};

fuzz_target!(|text: &str| {
    let Ok(answer) = json::parse(text) else {
        return;
    };
    let reading = read_updates(&answer);
    if answer.items().len() > 1 {
        assert_eq!(reading.rows.len() + reading.bad_rows, answer.items().len());
    }
    assert!(
        reading
            .rows
            .iter()
            .all(|update| *update != Update::default())
    );
});
