//! Finds tables in the wasm that do not compress (docs/decisions/0012-no-tables-of-fractions-and-letters.md).

use std::fs;

use anyhow::{Context, Result};

use crate::bundle::Build;
use crate::crates;
use crate::wasm::STEM;

/// Parts of the standard library that bring tables with them, and when they are used. Each of them is
/// larger than many a view, and one careless line brings it into the wasm.
const TABLES: [(&str, &str); 3] = [
    ("dec2flt", "text is read as a fraction"),
    ("flt2dec", "a fraction is written"),
    (
        "unicode_data::conversions",
        "case is changed beyond the letters of ASCII",
    ),
];

/// The tables that are in the wasm, each with the chunk that has it.
pub(crate) fn tables(build: &Build) -> Result<Vec<String>> {
    let Some(split) = build.parts.loader.parent() else {
        return Ok(Vec::new());
    };
    let stems = build.parts.chunks.iter().map(|chunk| chunk.stem.as_str());
    let mut found = Vec::new();
    for stem in stems.chain([STEM]) {
        let path = split.join(format!("{stem}.wasm"));
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let weights = crates::weigh(&bytes)?;
        for (table, why) in TABLES {
            if weights
                .functions
                .iter()
                .any(|(name, _)| name.contains(table))
            {
                found.push(format!("{table} in {stem}, because {why}"));
            }
        }
    }
    Ok(found)
}
