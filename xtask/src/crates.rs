//! Which crates the bytes of a wasm are from, by the names of its functions.
//!
//! A generic function counts for the crate that its code was written in, not for the one that uses
//! it: it is the first crate in its name.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use anyhow::Result;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// Crates and other parts with their bytes, the heaviest first.
pub(crate) fn weigh(wasm: &[u8]) -> Result<Vec<(String, u64)>> {
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
    for (index, size) in (imported..).zip(bodies) {
        let name = names.get(&index).copied().unwrap_or_default();
        *sizes.entry(crate_of(name)).or_default() += size;
    }
    sizes.insert("(types, imports, exports, tables)".to_owned(), rest);
    let mut sizes: Vec<_> = sizes.into_iter().collect();
    sizes.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    Ok(sizes)
}

fn length(range: &Range<u64>) -> u64 {
    range.end - range.start
}

/// The first crate in the name of a function.
fn crate_of(name: &str) -> String {
    let plain = format!("{:#}", rustc_demangle::demangle(name));
    let Some((before, _)) = plain.split_once("::") else {
        let support = plain.starts_with("__wbindgen") || plain.starts_with("__wbg");
        let part = if support {
            "wasm_bindgen"
        } else {
            "(no crate in the name)"
        };
        return part.to_owned();
    };
    before
        .rsplit(|c: char| !c.is_alphanumeric() && c != '_')
        .next()
        .unwrap_or(before)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_belongs_to_the_first_crate_in_its_name() {
        for (name, expected) in [
            ("_ZN4core3fmt5write17h0123456789abcdefE", "core"),
            (
                "<leptos::view::Thing as tachys::view::Render>::build",
                "leptos",
            ),
            (
                "<&mut alloc::vec::Vec<u8> as core::fmt::Debug>::fmt",
                "alloc",
            ),
            ("__wbindgen_malloc", "wasm_bindgen"),
            ("memcpy", "(no crate in the name)"),
        ] {
            assert_eq!(crate_of(name), expected, "{name}");
        }
    }
}
