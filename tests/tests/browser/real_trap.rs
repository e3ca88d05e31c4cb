//! A trap that the wasm makes itself, and not a script that throws through it: an allocation
//! without end, asked for through the widget's own glue.

use anyhow::Result;
use frontdoor_tests::{Page, Reply, en, host_page, stage};

use crate::steps::tag_for;

/// In the page's own script: browsers hide the errors of a driver's scripts from the page.
const RUIN: &str = r#"<script>
async function ruin() {
  const entry = await (await fetch("/fd/frontdoor.js")).text();
  const [name] = entry.match(/app-\w+\.js/);
  const glue = await import(`/fd/${name}`);
  const wasm = await glue.default();
  addEventListener("error", ({ error }) => (window.isTrap = error instanceof WebAssembly.RuntimeError));
  setTimeout(() => wasm.__wbindgen_malloc(-1, 1));
}
</script>"#;

#[test]
fn after_a_real_trap_a_new_start_gives_back_the_view_and_every_journey() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .host
            .answer("/", Reply::html(host_page(RUIN, &tag_for("pothole"))));
        page.open(&stage.host.url("/")).await?;
        page.fill(&en("place.label"), "118 Oak Street").await?;
        page.script("ruin()", Vec::new()).await?;
        page.until("window.isTrap").await?;
        page.sees(&en("stopped")).await?;
        page.sees("Call 311.").await?;
        is_told_once(page).await?;

        page.press(&en("stopped.again")).await?;
        page.holds(&en("place.label"), "118 Oak Street").await?;
        page.press(&en("continue")).await?;
        page.heading(&en("details.heading")).await?;
        // The other journeys' code has to find its way into the new instance.
        for heading in ["place.heading", "services.heading", "start.heading"] {
            page.press(&en("back")).await?;
            page.heading(&en(heading)).await?;
        }
        page.press(&en("way.how")).await?;
        page.press("Reserve a park shelter").await?;
        page.sees("Pick a shelter and a date").await?;
        is_told_once(page).await
    });
}

async fn is_told_once(page: &Page) -> Result<()> {
    let told = page.told("errors").await?;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(
        page.eval("window.seen.failed.map((one) => one.cause).join()")
            .await?,
        "trap"
    );
    Ok(())
}
