//! The command line, as xtask calls it.

#![allow(clippy::unwrap_used)]

use std::process::Command;

fn fails_with(arguments: &[&str], expected: &str) {
    let output = Command::new(env!("CARGO_BIN_EXE_wasm-tools"))
        .args(arguments)
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{arguments:?}");
    assert!(error.contains(expected), "{arguments:?}: {error}");
}

#[test]
fn a_wrong_call_shows_the_usage() {
    for arguments in [
        &[][..],
        &["split", "a.wasm"],
        &["shrink", "a.wasm", "b", "c"],
    ] {
        fails_with(arguments, "wasm-tools split INPUT.wasm FOLDER STEM");
    }
}

#[test]
fn a_missing_file_is_named() {
    for verb in ["split", "bind"] {
        fails_with(&[verb, "missing.wasm", ".", "app"], "missing.wasm");
    }
}
