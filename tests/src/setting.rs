//! Where the built widget, the sandbox and the browser are: told by `cargo xtask test`
//! through the environment, with what a plain `cargo test` can find as default.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

/// The folder that a webmaster would copy to a server.
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
    std::fs::read_to_string(&file).map_err(|error| {
        anyhow::anyhow!(
            "{}: {error}; `cargo xtask test` installs it",
            file.display()
        )
    })
}

/// Which browser the tests drive.
pub(crate) fn browser() -> String {
    env::var("FRONTDOOR_BROWSER").unwrap_or_else(|_| "chromium".into())
}

/// The folder for pictures, where somebody asked for them.
pub fn screenshots_folder() -> Option<PathBuf> {
    env::var_os("FRONTDOOR_SCREENSHOTS").map(PathBuf::from)
}

fn path(name: &str, default: impl FnOnce() -> PathBuf) -> PathBuf {
    env::var_os(name).map_or_else(default, PathBuf::from)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
