//! Where the built widget, the sandbox and the browser are. `cargo xtask test` says so through
//! environment variables; each has a default that works for a plain `cargo test`.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// The folder that a webmaster copies to a server.
pub(crate) fn dist() -> Result<PathBuf> {
    let folder = path("FRONTDOOR_DIST", || root().join("dist"));
    ensure!(
        folder.join("frontdoor.js").exists(),
        "{} has no frontdoor.js: build it with `cargo xtask build`",
        folder.display()
    );
    Ok(folder)
}

/// The sandbox's program.
pub(crate) fn sandbox() -> Result<PathBuf> {
    let program = path("FRONTDOOR_SANDBOX", || {
        path("CARGO_TARGET_DIR", || root().join("target")).join("native/sandbox")
    });
    ensure!(
        program.exists(),
        "{} is missing: build it with `cargo build -p sandbox --profile native`",
        program.display()
    );
    Ok(program)
}

pub(crate) fn chromium() -> PathBuf {
    path("CHROMIUM", || "/usr/bin/chromium".into())
}

pub(crate) fn driver() -> PathBuf {
    path("CHROMEDRIVER", || "/usr/bin/chromedriver".into())
}

pub(crate) fn nginx() -> PathBuf {
    path("NGINX", || "/usr/sbin/nginx".into())
}

/// The source of axe-core.
pub(crate) fn axe() -> Result<String> {
    let modules = path("FRONTDOOR_NODE_MODULES", || root().join("node_modules"));
    let file = modules.join("axe-core/axe.min.js");
    std::fs::read_to_string(&file).with_context(|| {
        format!(
            "cannot read {}: `cargo xtask test` installs it",
            file.display()
        )
    })
}

/// Name of the browser that the tests drive.
pub(crate) fn browser() -> String {
    env::var("FRONTDOOR_BROWSER").unwrap_or_else(|_| "chromium".into())
}

/// The folder for screenshots, if any were asked for.
pub fn screenshots_folder() -> Option<PathBuf> {
    env::var_os("FRONTDOOR_SCREENSHOTS").map(PathBuf::from)
}

fn path(name: &str, default: impl FnOnce() -> PathBuf) -> PathBuf {
    env::var_os(name).map_or_else(default, PathBuf::from)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
