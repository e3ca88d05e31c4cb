//! A token counts as found only with a number.
#![no_main]

use libfuzzer_sys::fuzz_target;
use open311::{Lookup, json, look_up_token, read_receipt};

fuzz_target!(|text: &str| {
    if let Lookup::Found(receipt) = look_up_token(200, text) {
        assert!(receipt.service_request_id.is_some());
    }
    if let Ok(answer) = json::parse(text) {
        let receipt = read_receipt(&answer);
        assert_ne!(receipt.service_request_id.as_deref(), Some(""));
        assert_ne!(receipt.token.as_deref(), Some(""));
    }
});
