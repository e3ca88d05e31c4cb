//! Where the built widget keeps its parts, for tests that look at one of them alone.

use anyhow::{Context, Result};

use crate::setting;

/// The path on a test server of the part of this stem, such as `xml`.
///
/// # Errors
/// The built widget has none.
pub fn part(stem: &str) -> Result<String> {
    let start = format!("{stem}-");
    let names = std::fs::read_dir(setting::dist()?)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let name = names
        .filter(|name| name.starts_with(&start))
        .find(|name| name.ends_with(".js"))
        .with_context(|| format!("the built widget has no part {stem}"))?;
    Ok(format!("/fd/{name}"))
}
