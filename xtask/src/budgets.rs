//! The limits in `budgets.toml`. They are read from there and stand nowhere else.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use crate::project::{Project, read};

/// Limits in bytes after brotli.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Budgets {
    pub(crate) entry: u64,
    pub(crate) first_view: u64,
    pub(crate) wasm: u64,
    pub(crate) javascript: u64,
    pub(crate) style: u64,
    pub(crate) journey: u64,
    pub(crate) own: u64,
    pub(crate) card: u64,
    pub(crate) guides: u64,
    pub(crate) status: u64,
    pub(crate) report: u64,
    pub(crate) request: u64,
    pub(crate) part: u64,
    pub(crate) map: u64,
    pub(crate) xml: u64,
}

impl Budgets {
    /// Reads the project's limits.
    pub(crate) fn load(project: &Project) -> Result<Self> {
        Self::parse(&read(&project.root.join("budgets.toml"))?)
    }

    /// Of TOML this takes comments and `name = number`: there is nothing else to say in that file.
    fn parse(text: &str) -> Result<Self> {
        let mut limits = BTreeMap::new();
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let (name, number) = line
                .split_once('=')
                .with_context(|| format!("budgets.toml: {line:?} is not `name = number`"))?;
            let bytes = number
                .trim()
                .replace('_', "")
                .parse::<u64>()
                .with_context(|| format!("budgets.toml: {line:?} has no whole number of bytes"))?;
            limits.insert(name.trim(), bytes);
        }
        let limit = |name: &str| {
            limits
                .get(name)
                .copied()
                .with_context(|| format!("budgets.toml has no limit `{name}`"))
        };
        Ok(Self {
            entry: limit("entry")?,
            first_view: limit("first_view")?,
            wasm: limit("wasm")?,
            javascript: limit("javascript")?,
            style: limit("style")?,
            journey: limit("journey")?,
            own: limit("own")?,
            card: limit("card")?,
            guides: limit("guides")?,
            status: limit("status")?,
            report: limit("report")?,
            request: limit("request")?,
            part: limit("part")?,
            map: limit("map")?,
            xml: limit("xml")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_of_this_project_can_be_read() {
        let limits = Budgets::parse(include_str!("../../budgets.toml")).unwrap();
        assert!(limits.wasm + limits.javascript + limits.style <= limits.first_view);
    }

    #[test]
    fn a_limit_that_is_missing_is_named() {
        let error = Budgets::parse("entry = 2_000 # bytes").unwrap_err();
        assert!(error.to_string().contains("first_view"));
    }
}
