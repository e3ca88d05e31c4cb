//! Lets axe-core judge what stands in the window.

use anyhow::{Result, bail};
use serde_json::Value;

use crate::page::Page;
use crate::setting;

/// All rules that axe has, those of WCAG 2.2 AA and its good practices alike.
const RUN: &str = "
const done = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ['violations'] }).then(
  ({ violations }) => done(violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => `${node.target.flat().pop()} ${node.failureSummary}`).join(' | ')}`)),
  (error) => done([`axe: ${error}`]),
);";

/// What axe-core objects to, one line for each rule.
///
/// # Errors
/// axe-core is not installed, or does not run.
pub async fn violations(page: &Page) -> Result<Vec<String>> {
    if page.eval("typeof axe").await? != "object" {
        page.script(&setting::axe()?, Vec::new()).await?;
    }
    let told = page.browser.execute_async(RUN, Vec::new()).await?;
    match told.json() {
        Value::Array(lines) => Ok(lines.iter().map(Value::to_string).collect()),
        other => bail!("axe answers {other}"),
    }
}
