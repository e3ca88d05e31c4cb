//! The committed schema of `frontdoor.json` is the schema of the types that read it.
#![allow(clippy::unwrap_used)]

#[test]
fn the_committed_schema_is_up_to_date() {
    let parse = |schema: &str| serde_json::from_str::<serde_json::Value>(schema).unwrap();
    let committed = parse(include_str!("../frontdoor.schema.json"));
    // Parsed, because the order of keys depends on the features of serde_json in the build; and not `assert_eq!`,
    // which would print both files.
    assert!(
        parse(&frontdoor_core::config::schema()) == committed,
        "regenerate it: cargo run -p frontdoor-core --example schema --features schema --profile native \
         > core/frontdoor.schema.json"
    );
}
