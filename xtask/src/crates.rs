//! Which crates the bytes of a wasm are from, by the names of its functions.
//!
//! A generic function counts for the crate that its code was written in, not for the one that uses
//! it: it is the first crate in its name.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use anyhow::Result;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

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
    let mut names = HashMap::new();
    let mut bodies = Vec::new();
    let mut imported = 0;
    let mut rest = 0;
    let mut sizes = BTreeMap::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                rest += length(&section.range());
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(length(&body.range())),
            Payload::DataSection(section) => {
                sizes.insert(
                    "(data: texts and tables)".to_owned(),
                    length(&section.range()),
                );
            }
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(section) = section.as_known() {
                    for name in section {
                        if let Name::Function(map) = name? {
                            for naming in map {
                                let naming = naming?;
                                names.insert(naming.index, naming.name);
                            }
                        }
                    }
                }
            }
            Payload::CodeSectionStart { .. } => {}
            other => rest += other.as_section().map_or(0, |(_, range)| length(&range)),
        }
    }
    let mut functions = Vec::new();
    for (index, size) in (imported..).zip(bodies) {
        let name = names.get(&index).copied().unwrap_or_default();
        let plain = format!("{:#}", rustc_demangle::demangle(name));
        *sizes.entry(crate_of(&plain)).or_default() += size;
        functions.push((plain, size));
    }
    sizes.insert("(types, imports, exports, tables)".to_owned(), rest);
    Ok(Weights {
        crates: heaviest_first(sizes.into_iter().collect()),
        functions: heaviest_first(functions),
    })
}

fn heaviest_first(mut sizes: Sizes) -> Sizes {
    sizes.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    sizes
}

fn length(range: &Range<u64>) -> u64 {
    range.end - range.start
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
