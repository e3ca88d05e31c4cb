//! The committed JSON Schemas for editors are up to date.
#![allow(clippy::unwrap_used)]

use std::process::Command;

fn schema(document: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_guide"))
        .args(["schema", document])
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_committed_schemas_are_those_of_the_types() {
    for (document, file, committed) in [
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
            schema(document),
            committed,
            "update it: cargo run -p guide-cli -- schema {document} > {file}"
        );
    }
}
