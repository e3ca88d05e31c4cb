//! Pictures of every view. The browser tests know the views, so they take the pictures.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::progress::{Step, say};
use crate::project::{Project, files};
use crate::tests::browser_tests;
use crate::{bundle, sandbox, setup};

/// Takes the pictures into the folder, which is made when it is not there.
pub(crate) fn run(project: &Project, folder: Option<&Path>) -> Result<()> {
    let folder = match folder {
        Some(folder) => std::env::current_dir()?.join(folder),
        None => project.root.join("screenshots"),
    };
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let browser = setup::browser()?;
    let tools = setup::widget(project)?;
    let build = bundle::build(project, &tools, false)?;
    let program = sandbox::build(project)?;
    let mut command = browser_tests(project, &tools, &browser, &build.dist, &program);
    command
        .env("FRONTDOOR_SCREENSHOTS", &folder)
        .arg("screenshots");
    if !Step::new("taking pictures").show(&mut command, |_| {})? {
        bail!("the pictures could not be taken; the reason stands above");
    }
    let pictures: Vec<PathBuf> = files(&folder, "png")?;
    if pictures.is_empty() {
        bail!("no test of the package frontdoor-tests has `screenshots` in its name");
    }
    say(format!(
        "{} pictures are in {}",
        pictures.len(),
        folder.display()
    ));
    Ok(())
}
