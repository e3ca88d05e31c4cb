//! The schemas that editors use while somebody writes a guide.
#![allow(clippy::unwrap_used)]

use std::process::Command;

fn printed(of: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_guide"))
        .args(["schema", of])
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_schemas_beside_the_code_are_those_of_the_types() {
    for (of, file, kept) in [
        (
            "guide",
            "guide/guide.schema.json",
            include_str!("../../guide/guide.schema.json"),
        ),
        (
            "index",
            "guide/guide-index.schema.json",
            include_str!("../../guide/guide-index.schema.json"),
        ),
    ] {
        assert_eq!(
            printed(of),
            kept,
            "write it anew: cargo run -p guide-cli -- schema {of} > {file}"
        );
    }
}
