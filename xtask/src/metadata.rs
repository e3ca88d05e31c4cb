//! The packages of the workspace, as cargo describes them.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::progress::Step;
use crate::project::Project;

/// The part of `cargo metadata` that is used here.
#[derive(Debug, Deserialize)]
pub(crate) struct Metadata {
    pub(crate) packages: Vec<Package>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    manifest_path: PathBuf,
    pub(crate) dependencies: Vec<Dependency>,
    pub(crate) targets: Vec<Target>,
    metadata: Option<Tables>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    pub(crate) rename: Option<String>,
}

/// A library, a program, a test or another thing that cargo builds from a package.
#[derive(Debug, Deserialize)]
pub(crate) struct Target {
    pub(crate) name: String,
    kind: Vec<String>,
    pub(crate) src_path: PathBuf,
}

/// `[package.metadata]` of a manifest.
#[derive(Debug, Deserialize)]
struct Tables {
    frontdoor: Option<Own>,
}

#[derive(Debug, Deserialize)]
struct Own {
    #[serde(default)]
    unnamed: Vec<String>,
}

impl Metadata {
    /// Asks cargo about the workspace's own packages.
    pub(crate) fn load(project: &Project) -> Result<Self> {
        let mut command = Command::new("cargo");
        command
            .current_dir(&project.root)
            .args(["metadata", "--no-deps", "--format-version", "1"]);
        let json = Step::new("asking cargo for the packages").read(&mut command)?;
        serde_json::from_slice(&json).context("`cargo metadata` answers in an unknown form")
    }
}

impl Package {
    /// The folder of its manifest.
    pub(crate) fn folder(&self) -> Result<&Path> {
        let manifest = &self.manifest_path;
        manifest
            .parent()
            .with_context(|| format!("{} is in no folder", manifest.display()))
    }

    /// The dependencies that it has for their features alone, by `package.metadata.frontdoor.unnamed`.
    pub(crate) fn unnamed(&self) -> &[String] {
        let own = self
            .metadata
            .as_ref()
            .and_then(|tables| tables.frontdoor.as_ref());
        own.map_or(&[], |own| &own.unnamed)
    }
}

impl Target {
    pub(crate) fn is_library(&self) -> bool {
        self.kind.iter().any(|kind| kind.ends_with("lib"))
    }

    pub(crate) fn is_program(&self) -> bool {
        self.kind.iter().any(|kind| kind == "bin")
    }
}
