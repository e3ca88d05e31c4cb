//! The committed schema of `frontdoor.json` must match the types that read it.
#![allow(clippy::unwrap_used)]

#[test]
fn the_committed_schema_is_up_to_date() {
    let committed = include_str!("../frontdoor.schema.json");
    // Not `assert_eq!`, which would print both schemas in full.
    assert!(
        frontdoor_core::config::schema() == committed.trim_end(),
        "regenerate it: cargo run -p frontdoor-core --example schema --features schema --profile native > core/frontdoor.schema.json"
    );
}
