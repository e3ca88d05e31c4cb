//! Which crates the bytes of a wasm come from, by the names of its functions.
//!
//! A generic function counts for the crate that its code was written in, not for the one that uses it: that is the first
//! crate in its name.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::wasm_file::{CODE, CUSTOM, DATA, WasmFile};

/// Names with their bytes, the heaviest first.
type Sizes = Vec<(String, u64)>;

/// Where the bytes are.
pub(crate) struct Weights {
    /// By crate, and by part of the wasm where it is not code.
    pub(crate) crates: Sizes,
    /// By function.
    pub(crate) functions: Sizes,
}

/// Weighs a wasm that still has its names.
pub(crate) fn weigh(wasm: &[u8]) -> Result<Weights> {
    let file = WasmFile::parse(wasm)?;
    let names = file.function_names()?;
    let mut sizes = BTreeMap::new();
    let mut rest = 0;
    for section in &file.sections {
        let size = section.body.len() as u64;
        match section.id {
            DATA => drop(sizes.insert("(data: texts and tables)".to_owned(), size)),
            CODE | CUSTOM => {}
            _ => rest += size,
        }
    }
    sizes.insert("(types, imports, exports, tables)".to_owned(), rest);
    let mut functions = Vec::new();
    for (number, body) in (file.imported_functions()?..).zip(file.bodies()?) {
        let symbol = names.get(&number).copied().unwrap_or_default();
        let name = format!("{:#}", rustc_demangle::demangle(symbol));
        let size = body.len() as u64;
        *sizes.entry(crate_of(&name)).or_default() += size;
        functions.push((name, size));
    }
    Ok(Weights {
        crates: heaviest_first(sizes.into_iter().collect()),
        functions: heaviest_first(functions),
    })
}

fn heaviest_first(mut sizes: Sizes) -> Sizes {
    sizes.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    sizes
}

/// The first crate in the readable name of a function.
fn crate_of(name: &str) -> String {
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    let first = name
        .match_indices("::")
        .filter_map(|(end, _)| name.get(..end)?.rsplit(|c| !in_word(c)).next())
        .find(|word| !word.is_empty());
    match first {
        Some(first) => first.to_owned(),
        None if name.starts_with("__wbindgen") || name.starts_with("__wbg") => {
            "wasm_bindgen".to_owned()
        }
        None => "(no crate in the name)".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_belongs_to_the_first_crate_in_its_name() {
        for (name, expected) in [
            ("core::fmt::write", "core"),
            (
                "<leptos::view::Thing as tachys::view::Render>::build",
                "leptos",
            ),
            (
                "<&mut alloc::vec::Vec<u8> as core::fmt::Debug>::fmt",
                "alloc",
            ),
            ("<[frontdoor::Service]>::sort", "frontdoor"),
            ("__wbindgen_malloc", "wasm_bindgen"),
            ("memcpy", "(no crate in the name)"),
        ] {
            assert_eq!(crate_of(name), expected, "{name}");
        }
    }
}
