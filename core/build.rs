//! Turns `locales/en.json` into the key constants and the compiled-in English.
//!
//! Keys are numbered in the order of their names; the other languages' files are
//! written in the same order by `cargo xtask build`, so that no name reaches the wasm.
//! Each constant holds its own phrase, so that a phrase travels with the code that uses it:
//! the splitter moves what only one journey says into that journey's chunk.

use std::{collections::BTreeMap, env, error::Error, fmt::Write as _, fs, path::Path};

use serde_json::Value;

const SOURCE: &str = "../locales/en.json";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={SOURCE}");
    let words: BTreeMap<String, Value> = serde_json::from_str(&fs::read_to_string(SOURCE)?)?;

    let mut keys = String::new();
    for (index, (name, phrase)) in words.iter().enumerate() {
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
    let count = words.len();
    let code = format!(
        "/// One constant for each phrase of the interface.\npub mod k {{\nuse super::{{Key, Phrase}};\n{keys}}}\n\n/// How many phrases there are.\n#[cfg(test)]\nconst PHRASES: usize = {count};\n"
    );
    fs::write(Path::new(&env::var("OUT_DIR")?).join("phrases.rs"), code)?;
    Ok(())
}
