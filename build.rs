//! Turns `locales/en.json` into the key constants and the compiled-in English.
//!
//! Keys are numbered in the order of their names; the other languages' files are
//! written in the same order by `cargo xtask build`, so that no name reaches the wasm.

use std::{collections::BTreeMap, env, fmt::Write as _, fs, path::Path};

fn main() {
    let source = Path::new("locales/en.json");
    println!("cargo::rerun-if-changed={}", source.display());
    let text = fs::read_to_string(source).unwrap_or_else(|e| panic!("locales/en.json: {e}"));
    let words: BTreeMap<String, serde_json::Value> =
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("locales/en.json: {e}"));

    let mut keys = String::new();
    let mut english = String::new();
    for (index, (name, phrase)) in words.iter().enumerate() {
        let constant = name.replace(['.', '-'], "_").to_uppercase();
        let _ = writeln!(keys, "/// `{name}` in the locale files.\npub const {constant}: Key = Key({index});");
        match phrase {
            serde_json::Value::String(one) => {
                let _ = writeln!(english, "    English::One({one:?}),");
            }
            serde_json::Value::Object(forms) => {
                let form = |name: &str| forms.get(name).and_then(|v| v.as_str()).unwrap_or_default();
                let _ = writeln!(english, "    English::Plural({:?}, {:?}),", form("one"), form("other"));
            }
            other => panic!("locales/en.json: `{name}` must be a string or an object of plural forms, not {other}"),
        }
    }
    let count = words.len();
    let code = format!(
        "/// One constant for each phrase of the interface.\npub mod k {{\nuse super::Key;\n{keys}}}\n\nstatic ENGLISH: [English; {count}] = [\n{english}];\n"
    );
    let out = env::var("OUT_DIR").unwrap_or_default();
    fs::write(Path::new(&out).join("words.rs"), code).unwrap_or_else(|e| panic!("writing words.rs: {e}"));
}
