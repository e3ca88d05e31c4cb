//! Every row is read or counted, and a look-up finds only rows with a number or a token.
#![no_main]

use libfuzzer_sys::fuzz_target;
use open311::{Lookup, json, look_up_request, read_requests};

fuzz_target!(|text: &str| {
    if let Lookup::Found(request) = look_up_request(200, text, "7") {
        assert!(request.id.is_some() || request.token.is_some());
    }
    let Ok(answer) = json::parse(text) else {
        return;
    };
    let reading = read_requests(&answer);
    if answer.items().len() > 1 {
        assert_eq!(reading.rows.len() + reading.bad_rows, answer.items().len());
    }
    for request in reading.rows {
        assert!(request.id.is_some() || request.token.is_some());
        if let Some(location) = request.location {
            assert!(location.lat.abs() <= 90.0 && location.long.abs() <= 180.0);
        }
    }
});
