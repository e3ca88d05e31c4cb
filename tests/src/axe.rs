//! Accessibility checks with axe-core on the page as it is.

use anyhow::{Result, ensure};

use crate::environment;
use crate::page::{Page, Theme};

/// All rules of axe: WCAG 2.2 AA and best practices.
const RUN: &str = "
const done = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ['violations'] }).then(
  ({ violations }) => done(violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => `${node.target.flat().pop()} ${node.failureSummary}`).join(' | ')}`)),
  (error) => done([`axe: ${error}`]),
);";

/// The violations that axe-core finds, one line for each rule.
///
/// # Errors
/// axe-core is not installed or does not run.
pub async fn axe_violations(page: &Page) -> Result<Vec<String>> {
    if page.eval("typeof axe").await? != "object" {
        page.script(&environment::axe()?, Vec::new()).await?;
    }
    let result = page.browser.execute_async(RUN, Vec::new()).await?;
    Ok(result.convert()?)
}

/// Checks the page with axe-core on a phone and a desktop screen, light and dark.
///
/// # Errors
/// axe-core finds a violation or does not run.
pub async fn assert_accessible(page: &Page) -> Result<()> {
    for width in [320, 1280] {
        page.resize(width, 900).await?;
        for theme in [Theme::Light, Theme::Dark] {
            page.set_theme(theme).await?;
            let found = axe_violations(page).await?;
            ensure!(
                found.is_empty(),
                "at {width} px, {theme:?}:\n{}",
                found.join("\n")
            );
        }
    }
    Ok(())
}
