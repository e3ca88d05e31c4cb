//! The published tools that the commands need beside this repository: which version, where it is, how to get it.
//!
//! A tool is installed into the cache under its version, in a temporary folder that is renamed at the end, so that an
//! installation is complete or not there at all. What splits and binds the wasm is no such tool: it is compiled with the
//! workspace (`xtask/wasm-tools`).

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::progress::Step;
use crate::project::{Project, fresh_folder, hash};

/// The development server, which cargo builds from its published crate. It takes minutes, so only `--watch` asks for
/// it; one on the PATH in the right version is used.
pub(crate) struct Trunk;

impl Trunk {
    /// 0.22 and later need a newer compiler than this project.
    const VERSION: &str = "0.21.14";

    /// Faster to build than to run: trunk waits for changes most of the time.
    const QUICK_BUILD: [(&str, &str); 3] = [
        ("CARGO_PROFILE_RELEASE_LTO", "false"),
        ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
        ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
    ];

    /// Where the program is, if it is there in the right version.
    pub(crate) fn find(project: &Project) -> Option<PathBuf> {
        let program = format!("trunk{}", env::consts::EXE_SUFFIX);
        let cached = Self::folder(project).join("bin").join(&program);
        if cached.is_file() {
            return Some(cached);
        }
        let found = on_path(&program)?;
        let output = Command::new(&found).arg("--version").output().ok()?;
        let answer = String::from_utf8_lossy(&output.stdout).into_owned();
        answer
            .split_whitespace()
            .any(|word| word.trim_start_matches('v') == Self::VERSION)
            .then_some(found)
    }

    /// Builds it into the cache.
    pub(crate) fn install(project: &Project) -> Result<()> {
        install_whole(&Self::folder(project), |folder| {
            let mut command = Command::new("cargo");
            command
                .args(["install", "trunk", "--version", Self::VERSION, "--locked"])
                // Without the features that look for updates and fetch tools over TLS.
                .arg("--no-default-features")
                .arg("--root")
                .arg(folder)
                .envs(Self::QUICK_BUILD)
                .env_remove("RUSTFLAGS")
                .env_remove("CARGO_TARGET_DIR");
            Step::new(&format!("installing trunk {}", Self::VERSION))
                .hint("Check the network, then run the same command again.")
                .run(&mut command)
        })
    }

    fn folder(project: &Project) -> PathBuf {
        project.cache.join(format!("trunk-{}", Self::VERSION))
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

/// The tools that building the widget runs.
#[derive(Debug, Clone)]
pub(crate) struct Tools {
    /// The program of `xtask/wasm-tools`, once cargo has built it.
    pub(crate) wasm_tools: PathBuf,
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
}
