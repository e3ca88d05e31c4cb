//! The limits in `budgets.toml`, which is the only place they are written.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::project::{Project, read};

/// Limits in bytes after brotli.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Budgets {
    pub(crate) entry: u64,
    pub(crate) first_view: FirstView,
    pub(crate) chunks: BTreeMap<String, Chunk>,
    pub(crate) journeys: BTreeMap<String, Journey>,
    pub(crate) openings: BTreeMap<String, Opening>,
    pub(crate) modules: Modules,
}

/// What the first view fetches.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FirstView {
    pub(crate) all: u64,
    pub(crate) wasm: u64,
    /// With the style sheet, which is in it.
    pub(crate) javascript: u64,
}

/// A chunk of wasm.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Chunk {
    pub(crate) limit: u64,
    /// The chunk that is always loaded before this one, which holds nothing of it again.
    pub(crate) after: Option<String>,
}

/// Several chunks together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Journey {
    pub(crate) limit: u64,
    pub(crate) chunks: Vec<String>,
}

/// What is fetched until a resident can use the widget, where a page opens it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Opening {
    /// Of the widget's own files.
    pub(crate) limit: u64,
    /// Of the widget's own files and of what else is fetched.
    pub(crate) requests: usize,
    pub(crate) chunks: Vec<String>,
    pub(crate) modules: Vec<String>,
    /// What else is fetched, each with one request.
    pub(crate) answers: Vec<String>,
}

/// JavaScript modules of their own.
#[derive(Debug, Deserialize)]
pub(crate) struct Modules {
    /// The limit of a module that is not named.
    each: u64,
    #[serde(flatten)]
    named: BTreeMap<String, u64>,
}

impl Budgets {
    /// Reads the project's limits.
    pub(crate) fn load(project: &Project) -> Result<Self> {
        Self::parse(&read(&project.root.join("budgets.toml"))?)
    }

    fn parse(text: &str) -> Result<Self> {
        toml::from_str(text).context("budgets.toml is not as expected")
    }
}

impl Modules {
    /// The limit of a module.
    pub(crate) fn limit(&self, name: &str) -> u64 {
        self.named.get(name).copied().unwrap_or(self.each)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_of_this_project_can_be_read() {
        let limits = Budgets::parse(include_str!("../../budgets.toml")).unwrap();
        let view = &limits.first_view;
        assert!(view.wasm + view.javascript <= view.all);
        let named = limits.journeys.values().flat_map(|journey| &journey.chunks);
        for name in named.chain(
            limits
                .chunks
                .values()
                .filter_map(|chunk| chunk.after.as_ref()),
        ) {
            assert!(limits.chunks.contains_key(name), "there is no chunk {name}");
        }
        assert_eq!(limits.modules.limit("photos"), limits.modules.each);
    }

    #[test]
    fn a_limit_that_is_missing_or_unknown_is_named() {
        for (text, expected) in [
            ("entry = 2_000", "first_view"),
            ("entry = 2_000\nentrance = 1", "entrance"),
        ] {
            let error = format!("{:#}", Budgets::parse(text).unwrap_err());
            assert!(error.contains(expected), "{error}");
        }
    }
}
