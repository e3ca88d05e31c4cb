//! Finds code that must not be in the wasm, by the names of functions: tables that do not compress, and serde.

use std::fs;

use anyhow::{Context, Result};

use crate::bundle::Build;
use crate::crates;
use crate::wasm::STEM;

/// Part of a function's name, and why it must not be there.
const FORBIDDEN: [(&str, &str); 7] = [
    // Parts of the standard library that bring tables with them: each is larger than many a view, and one careless line
    // brings it in (docs/decisions/0012-no-tables-of-fractions-and-letters.md).
    (
        "dec2flt",
        "text is read as a fraction, which needs a table (docs/decisions/0012)",
    ),
    (
        "flt2dec",
        "a fraction is written, which needs a table (docs/decisions/0012)",
    ),
    ("unicode_data::conversions", CASE),
    // The iterator over the table; the function that reads the table may be inlined.
    ("char::CaseMappingIter", CASE),
    // Leptos depends on serde; nothing that the widget calls may (docs/decisions/0002-reading-without-serde.md).
    ("serde::", SERDE),
    ("serde_core::", SERDE),
    ("serde_json::", SERDE),
];
const CASE: &str = "case is changed beyond the letters of ASCII, which needs a table (docs/decisions/0012 and 0016)";
const SERDE: &str = "the widget reads and writes without serde (docs/decisions/0002)";

/// A sentence for each forbidden thing in each wasm file.
pub(crate) fn find(build: &Build) -> Result<Vec<String>> {
    let stems = build.wasm.chunks.iter().map(|chunk| chunk.name.as_str());
    let mut found = Vec::new();
    for stem in stems.chain([STEM]) {
        let path = build.wasm.split.join(format!("{stem}.wasm"));
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let weights = crates::weigh(&bytes)?;
        let names = weights.functions.iter().map(|(name, _)| name.as_str());
        found.extend(in_names(stem, names));
    }
    Ok(found)
}

/// The first function for each entry of the table.
fn in_names<'a>(stem: &str, names: impl Iterator<Item = &'a str> + Clone) -> Vec<String> {
    let mut found = Vec::new();
    for (part, why) in FORBIDDEN {
        if let Some(name) = names.clone().find(|name| has_path(name, part)) {
            found.push(format!("{name} in {stem}: {why}"));
        }
    }
    found
}

/// Whether a name contains a path, and not only a longer word that ends with it.
fn has_path(name: &str, path: &str) -> bool {
    name.match_indices(path).any(|(start, _)| {
        let before = name.get(..start).unwrap_or_default();
        !before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_code_is_found_by_its_names() {
        for (name, expected) in [
            (
                "<frontdoor::Config as serde_core::Serialize>::serialize::<X>",
                1,
            ),
            ("serde_json::de::from_str::<frontdoor::Config>", 1),
            ("core::num::dec2flt::parse", 1),
            ("<core::char::CaseMappingIter as Iterator>::next", 1),
            ("frontdoor::no_serde::read", 0),
            ("<open311::Value as json::Read>::read", 0),
        ] {
            assert_eq!(
                in_names("app", [name].into_iter()).len(),
                expected,
                "{name}"
            );
        }
    }
}
