//! The committed schema of `frontdoor.json` is that of the types that read it.
#![allow(clippy::unwrap_used)]

#[test]
fn the_committed_schema_is_up_to_date() {
    let committed = include_str!("../frontdoor.schema.json");
    // Not `assert_eq!`, which would print both files.
    assert!(
        frontdoor_core::config::schema() == committed.trim_end(),
        "write it again: cargo run -p frontdoor-core --example schema --features schema > core/frontdoor.schema.json"
    );
}
