//! Generates the key constants and the compiled-in English phrases from `locales/en.json`.
//!
//! Keys are numbered in the order of their names. `cargo xtask build` writes the other languages' files in
//! the same order, so that the wasm needs no key names. Each constant holds its own phrase, so that the
//! splitter moves a phrase that only one journey uses into that journey's chunk
//! (docs/decisions/0006-words-travel-with-their-journey.md).

use std::{collections::BTreeMap, env, error::Error, fmt::Write as _, fs, path::Path};

use serde_json::Value;

const SOURCE: &str = "../locales/en.json";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={SOURCE}");
    let phrases: BTreeMap<String, Value> = serde_json::from_str(&fs::read_to_string(SOURCE)?)?;

    let mut keys = String::new();
    for (index, (name, phrase)) in phrases.iter().enumerate() {
        let constant = name.replace(['.', '-'], "_").to_uppercase();
        let (one, other) = match phrase {
            Value::String(phrase) => ("", phrase.as_str()),
            Value::Object(forms) => {
                let form =
                    |name: &str| forms.get(name).and_then(|v| v.as_str()).unwrap_or_default();
                (form("one"), form("other"))
            }
            other => {
                return Err(format!(
                    "{SOURCE}: `{name}` must be a string or an object of plural forms, not {other}"
                )
                .into());
            }
        };
        let _ = writeln!(
            keys,
            "/// `{name}` in the locale files.\npub const {constant}: Key = Key(&Phrase {{ index: {index}, one: {one:?}, other: {other:?} }});"
        );
    }
    let count = phrases.len();
    let code = format!(
        "/// The keys of the interface's phrases.\npub mod k {{\nuse super::{{Key, Phrase}};\n{keys}}}\n\n/// The number of phrases.\n#[cfg(test)]\nconst PHRASES: usize = {count};\n"
    );
    fs::write(Path::new(&env::var("OUT_DIR")?).join("phrases.rs"), code)?;
    Ok(())
}
