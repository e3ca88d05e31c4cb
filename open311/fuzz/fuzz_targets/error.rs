//! Error messages are short, on one line, and never markup.
#![no_main]

use libfuzzer_sys::fuzz_target;
use open311::read_error;

fuzz_target!(|body: &str| {
    let error = read_error(500, body);
    assert!(error.status == 500 && error.messages.len() <= 5);
    for message in &error.messages {
        assert!(!message.is_empty() && message.chars().count() <= 300);
        assert!(!message.contains(['\n', '\r']));
        let opens = |char: char| char.is_ascii_alphabetic() || "/!?".contains(char);
        assert!(
            !message
                .split('<')
                .skip(1)
                .any(|part| part.starts_with(opens))
        );
    }
});
