//! Makes a machine ready for a command: looks first, installs only what is missing.
//!
//! With nothing missing it takes well under a second and prints nothing. System packages are installed by root on
//! Debian; anyone else is told which to install.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::native;
use crate::progress::{Step, heading, say};
use crate::project::Project;
use crate::tools::{NodeModules, Tools, Trunk, on_path};

const OLDEST_NODE: u32 = 20;

/// A browser and the WebDriver server that drives it.
#[derive(Debug, Clone)]
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Everything that the commands need, and the development server if it is wanted.
pub(crate) fn everything(project: &Project, with_trunk: bool) -> Result<()> {
    browser()?;
    nginx()?;
    python()?;
    widget(project)?;
    if with_trunk {
        trunk(project)?;
    }
    native::start(project, &[native::SANDBOX, native::WASM_TOOLS])?.finish()?;
    say("everything is set up");
    Ok(())
}

/// What building the widget needs.
pub(crate) fn widget(project: &Project) -> Result<Tools> {
    node()?;
    wasm_target()?;
    std_source()?;
    let node_modules = NodeModules::folder(project)?;
    install_missing(
        project,
        || node_modules.is_dir(),
        || NodeModules::install(project),
    )?;
    Ok(Tools {
        wasm_tools: project.program(native::WASM_TOOLS),
        node_modules,
    })
}

/// The development server.
pub(crate) fn trunk(project: &Project) -> Result<PathBuf> {
    let is_there = || Trunk::find(project).is_some();
    install_missing(project, is_there, || Trunk::install(project))?;
    Trunk::find(project).context("trunk is still not there")
}

fn install_missing(
    project: &Project,
    is_there: impl Fn() -> bool,
    install: impl FnOnce() -> Result<()>,
) -> Result<()> {
    if is_there() {
        return Ok(());
    }
    heading("Setting up tools");
    let _lock = project.lock()?;
    // Another run may have installed it while this one waited for the lock.
    if is_there() { Ok(()) } else { install() }
}

/// Node, for the JavaScript tools.
pub(crate) fn node() -> Result<()> {
    let output = Command::new("node").arg("--version").output();
    let version = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    let major = version.as_ref().ok().and_then(|text| {
        text.strip_prefix('v')?
            .split('.')
            .next()?
            .parse::<u32>()
            .ok()
    });
    match (major, version) {
        (Some(major), _) if major >= OLDEST_NODE => Ok(()),
        (Some(_), Ok(version)) => {
            bail!("Node {version} is too old: install Node {OLDEST_NODE} or newer, with npm")
        }
        _ => bail!("Node is missing: install Node {OLDEST_NODE} or newer, with npm"),
    }
}

/// The standard library for the wasm target.
pub(crate) fn wasm_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let mut ask = Command::new("rustc");
    ask.args(["--print", "target-libdir", "--target", TARGET]);
    let folder = Step::new("asking rustc for its targets").read(&mut ask)?;
    if PathBuf::from(String::from_utf8_lossy(&folder).trim()).is_dir() {
        return Ok(());
    }
    if on_path("rustup").is_none() {
        bail!(
            "Rust's target {TARGET} is missing, and rustup is not there to add it: install it as you installed Rust"
        );
    }
    Step::new("adding Rust's wasm target")
        .hint("Check the network, then run the same command again.")
        .run(Command::new("rustup").args(["target", "add", TARGET]))
}

/// The standard library's source, from which the release build makes a smaller one.
fn std_source() -> Result<()> {
    let mut ask = Command::new("rustc");
    ask.args(["--print", "sysroot"]);
    let sysroot = Step::new("asking rustc for its folder").read(&mut ask)?;
    let sysroot = PathBuf::from(String::from_utf8_lossy(&sysroot).trim());
    if sysroot
        .join("lib/rustlib/src/rust/library/Cargo.lock")
        .is_file()
    {
        return Ok(());
    }
    if on_path("rustup").is_none() {
        bail!(
            "the source of Rust's standard library is missing, and rustup is not there to add it: \
             install the package that holds it, often called rust-src"
        );
    }
    Step::new("adding the source of Rust's standard library")
        .hint("Check the network, then run the same command again.")
        .run(Command::new("rustup").args(["component", "add", "rust-src"]))
}

/// The browser that tests, measurements and screenshots use.
pub(crate) fn browser() -> Result<Browser> {
    if let Some(browser) = find_browser()? {
        return Ok(browser);
    }
    // The package only recommends fonts, and a page without them does not look like a resident's.
    let packages = ["chromium", "chromium-driver", "fonts-liberation"];
    let instead = "Install Chromium and the ChromeDriver of the same version, or name them in the \
                   environment as CHROMIUM and CHROMEDRIVER.";
    system_packages("Chromium or its driver", &packages, instead)?;
    find_browser()?.with_context(|| format!("Chromium is still not there. {instead}"))
}

fn find_browser() -> Result<Option<Browser>> {
    let chromium = named_or_found(
        "CHROMIUM",
        &["chromium", "chromium-browser", "google-chrome"],
    )?;
    let driver = named_or_found("CHROMEDRIVER", &["chromedriver"])?;
    Ok(chromium
        .zip(driver)
        .map(|(chromium, driver)| Browser { chromium, driver }))
}

fn named_or_found(variable: &str, names: &[&str]) -> Result<Option<PathBuf>> {
    if let Some(path) = env::var_os(variable).filter(|path| !path.is_empty()) {
        let path = PathBuf::from(path);
        if !path.is_file() {
            bail!("{variable} names {}, which is no file", path.display());
        }
        return Ok(Some(path));
    }
    Ok(names.iter().find_map(|name| on_path(name)))
}

/// A common web server: the widget is tested behind a path that it forwards.
pub(crate) fn nginx() -> Result<PathBuf> {
    // Debian's folder for it is on the PATH of root alone.
    let find = || {
        on_path("nginx")
            .or_else(|| Some(PathBuf::from("/usr/sbin/nginx")).filter(|path| path.is_file()))
    };
    if let Some(nginx) = find() {
        return Ok(nginx);
    }
    let instead = "Install nginx.";
    system_packages("nginx", &["nginx-light"], instead)?;
    find().with_context(|| format!("nginx is still not there. {instead}"))
}

/// Python with virtual environments: the sandbox is tested with GeoReport clients that others wrote in it.
pub(crate) fn python() -> Result<()> {
    let there = || {
        Command::new("python3")
            .args(["-c", "import venv, ensurepip"])
            .output()
            .is_ok_and(|output| output.status.success())
    };
    if there() {
        return Ok(());
    }
    let instead = "Install Python 3 with its module venv.";
    system_packages("Python 3 with venv", &["python3", "python3-venv"], instead)?;
    if !there() {
        bail!("Python 3 with venv is still not there. {instead}");
    }
    Ok(())
}

/// Installs Debian packages as root; for anyone else it fails with what to do `instead`.
fn system_packages(what: &str, packages: &[&str], instead: &str) -> Result<()> {
    if on_path("apt-get").is_none() {
        bail!("{what} is missing. {instead}");
    }
    let list = packages.join(" ");
    if !is_root() {
        bail!("{what} is missing. {instead} On Debian: sudo apt-get install {list}");
    }
    heading("Setting up system packages");
    Step::new("asking Debian for its packages")
        .hint("Check the network, then run the same command again.")
        .run(apt().arg("update"))?;
    Step::new(&format!("installing {list}")).hint(instead).run(
        apt()
            .args(["install", "-y", "--no-install-recommends"])
            .args(packages),
    )
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
