//! The result opens no element and has no control characters.
#![no_main]

use libfuzzer_sys::fuzz_target;
use open311::plain_text;

fuzz_target!(|text: &str| {
    let plain = plain_text(text);
    let opens = |char: char| char.is_ascii_alphabetic() || "/!?".contains(char);
    assert!(!plain.split('<').skip(1).any(|part| part.starts_with(opens)));
    assert!(!plain.contains(|char: char| char.is_control() && char != '\n'));
    assert!(!plain.contains("\n\n\n") && plain.trim() == plain);
});
