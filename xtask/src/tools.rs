//! What the commands need that is not in this repository: which version, where it is, how to get it.
//!
//! A tool in the cache or on the PATH in the right version is used; anything else is installed into
//! the cache under its version, in a temporary folder that is renamed at the end, so that an
//! installation is there whole or not at all.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::progress::Step;
use crate::project::{Project, fresh_folder, hash};

/// A program that cargo builds from a published crate.
pub(crate) struct CargoTool {
    /// The crate's name.
    pub(crate) name: &'static str,
    /// The exact version.
    pub(crate) version: String,
    /// The program it holds.
    binary: &'static str,
    /// True when the program tells its version, so that one on the PATH can be trusted.
    tells_version: bool,
    options: &'static [&'static str],
}

/// Faster to build than to run: these tools work for a second or less.
const QUICK_BUILD: &[(&str, &str)] = &[
    ("CARGO_PROFILE_RELEASE_LTO", "false"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
];

impl CargoTool {
    /// The generator of the JavaScript glue; it refuses a wasm made for another version.
    pub(crate) fn wasm_bindgen(project: &Project) -> Result<Self> {
        Ok(Self {
            name: "wasm-bindgen-cli",
            version: project.locked_version("wasm-bindgen")?,
            binary: "wasm-bindgen",
            tells_version: true,
            options: &[],
        })
    }

    /// Splits the wasm by journey.
    pub(crate) fn wasm_split() -> Self {
        Self {
            name: "wasm-split-cli",
            version: "0.2.4".to_owned(),
            binary: "wasm-split-cli",
            tells_version: false,
            options: &["--features", "build-binary"],
        }
    }

    /// The development server. 0.22 and later need a newer compiler than this project.
    pub(crate) fn trunk() -> Self {
        Self {
            name: "trunk",
            version: "0.21.14".to_owned(),
            binary: "trunk",
            tells_version: true,
            options: &["--locked"],
        }
    }

    /// Where the program is, if it is there in the right version.
    pub(crate) fn find(&self, project: &Project) -> Option<PathBuf> {
        let program = format!("{}{}", self.binary, env::consts::EXE_SUFFIX);
        let cached = self.folder(project).join("bin").join(&program);
        if cached.is_file() {
            return Some(cached);
        }
        let found = self.tells_version.then(|| on_path(&program)).flatten()?;
        let told = Command::new(&found).arg("--version").output().ok()?;
        let told = String::from_utf8_lossy(&told.stdout).into_owned();
        told.split_whitespace()
            .any(|word| word.trim_start_matches('v') == self.version)
            .then_some(found)
    }

    /// Builds the tool into the cache.
    pub(crate) fn install(&self, project: &Project) -> Result<()> {
        // Published under another name than its program's.
        let package = match self.name {
            "wasm-split-cli" => "wasm_split_cli_support",
            name => name,
        };
        let what = format!("installing {} {}", self.name, self.version);
        install_whole(&self.folder(project), |folder| {
            let mut command = Command::new("cargo");
            command
                .args(["install", package, "--version", &self.version, "--root"])
                .arg(folder)
                .args(self.options)
                .envs(QUICK_BUILD.iter().copied())
                .env_remove("RUSTFLAGS")
                .env_remove("CARGO_TARGET_DIR");
            Step::new(&what)
                .hint("Check the network, then run the same command again: it goes on from here.")
                .run(&mut command)
        })
    }

    fn folder(&self, project: &Project) -> PathBuf {
        project
            .cache
            .join(format!("{}-{}", self.name, self.version))
    }
}

/// The JavaScript tools, pinned by `package-lock.json`.
pub(crate) struct NodeModules;

impl NodeModules {
    /// The folder `node_modules` for the lock file as it is now.
    pub(crate) fn folder(project: &Project) -> Result<PathBuf> {
        let path = project.root.join("package-lock.json");
        let lock = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let name = format!("npm-{}", hash(&[&lock]));
        Ok(project.cache.join(name).join("node_modules"))
    }

    /// Installs them into the cache.
    pub(crate) fn install(project: &Project) -> Result<()> {
        let modules = Self::folder(project)?;
        let folder = modules.parent().context("node_modules has no parent")?;
        install_whole(folder, |folder| {
            for name in ["package.json", "package-lock.json"] {
                let from = project.root.join(name);
                fs::copy(&from, folder.join(name))
                    .with_context(|| format!("cannot copy {}", from.display()))?;
            }
            // esbuild's script would put a native program where `node` expects JavaScript.
            Step::new("installing the JavaScript tools of package-lock.json")
                .hint("Check the network and that npm works here, then run the same command again.")
                .run(
                    Command::new("npm")
                        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                        .current_dir(folder),
                )
        })
    }
}

fn install_whole(folder: &Path, install: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    // One name is enough: the lock lets one run install, and it sweeps up after one that was killed.
    let name = folder.file_name().context("a tool's folder has no name")?;
    let unfinished = folder.with_file_name(format!("{}.unfinished", name.to_string_lossy()));
    fresh_folder(&unfinished)?;
    let result = install(&unfinished).and_then(|()| {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::rename(&unfinished, folder)
            .with_context(|| format!("cannot move the installation to {}", folder.display()))
    });
    if result.is_err() {
        // What is left of a failed installation is of no use, and its removal may fail quietly.
        let _ = fs::remove_dir_all(&unfinished);
    }
    result
}

/// The first program of that name on the PATH.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
}

/// The programs that building the widget runs.
#[derive(Debug, Clone)]
pub(crate) struct Tools {
    pub(crate) wasm_bindgen: PathBuf,
    pub(crate) wasm_split: PathBuf,
    pub(crate) node_modules: PathBuf,
}

impl Tools {
    /// `wasm-opt` as published on npm. V8's first compiler alone is twice as fast for it: most runs
    /// are too short for the second one to pay.
    pub(crate) fn wasm_opt(&self) -> Command {
        let mut command = Command::new("node");
        command
            .arg("--liftoff-only")
            .arg(self.node_modules.join("binaryen/bin/wasm-opt"));
        command
    }

    /// Bundles and minifies JavaScript and CSS.
    pub(crate) fn esbuild(&self) -> Command {
        let mut command = Command::new("node");
        command.arg(self.node_modules.join("esbuild/bin/esbuild"));
        command
    }

    /// Changes when any of the tools does.
    pub(crate) fn fingerprint(&self) -> String {
        format!("{self:?}")
    }
}
