//! Pictures of every view. The browser tests know the views, so they take the pictures.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::progress::{Step, say};
use crate::project::{Mode, Project, files};
use crate::tests::{BROWSER_TESTS, browser_environment};
use crate::{bundle, native, setup};

/// Takes the pictures into the folder, which is made when it is not there.
pub(crate) fn run(project: &Project, folder: Option<&Path>) -> Result<()> {
    let folder = match folder {
        Some(folder) => std::env::current_dir()?.join(folder),
        None => project.root.join("screenshots"),
    };
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let browser = setup::browser()?;
    let tools = setup::widget(project)?;
    let programs = native::start(project, &[native::SANDBOX, native::WASM_TOOLS])?;
    let build = bundle::build(project, &tools, Mode::Release, programs)?;
    let mut command = Command::new("cargo");
    command.current_dir(&project.root).args([
        "test",
        "--package",
        BROWSER_TESTS,
        "--profile",
        "native",
    ]);
    browser_environment(&mut command, project, &tools, &browser, &build.dist);
    command
        .env("FRONTDOOR_SCREENSHOTS", &folder)
        .arg("screenshots");
    if !Step::new("taking pictures").show(&mut command, |_| {})? {
        bail!("the pictures could not be taken; the reason is above");
    }
    let pictures: Vec<PathBuf> = files(&folder, "png")?;
    if pictures.is_empty() {
        bail!("no test of the package {BROWSER_TESTS} has `screenshots` in its name");
    }
    say(format!(
        "{} pictures are in {}",
        pictures.len(),
        folder.display()
    ));
    Ok(())
}
