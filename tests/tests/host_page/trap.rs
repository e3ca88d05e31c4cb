//! When the wasm traps: the page's own content returns, the webmaster and the page hear of it, and a
//! restart brings back the view with everything that was typed.

use anyhow::{Result, ensure};
use frontdoor_tests::steps::common::go_on;
use frontdoor_tests::steps::request::{KNOWN_ADDRESS, service_tag};
use frontdoor_tests::{Page, ROOT, Stage, en, stage};

const FALLBACK_TAG: &str = r#"<front-door config="/frontdoor.json" service="pothole"><p id="own">Call 311.</p></front-door>"#;

/// In a script of the page, because browsers hide errors in a driver's scripts from the page.
const SABOTAGE: &str = "<script>
    function sabotage() {
        const own = Document.prototype.createTextNode;
        Document.prototype.createTextNode = function () {
            Document.prototype.createTextNode = own;
            throw new WebAssembly.RuntimeError('unreachable');
        };
    }
</script>";

async fn open_with_sabotage(stage: &Stage) -> Result<()> {
    let address = stage.host.page_with_head(SABOTAGE, FALLBACK_TAG);
    stage.page.open(&address).await
}

/// Presses the button that starts the widget again.
async fn restart(page: &Page) -> Result<()> {
    let press = format!("{ROOT}.querySelector('button').click()");
    page.script(&press, Vec::new()).await?;
    page.ready().await
}

/// Presses something, and lets the next text node that the wasm creates throw through it.
async fn trap_on_press(stage: &Stage, press: &str) -> Result<()> {
    stage.page.script("sabotage()", vec![]).await?;
    stage.page.press(press).await?;
    stage.page.until("window.seen.failed.length").await
}

#[test]
fn a_trap_brings_back_the_fallback_and_a_restart_what_was_typed() {
    stage(async |stage| {
        let page = &stage.page;
        open_with_sabotage(stage).await?;
        page.fill(&en("place.label"), KNOWN_ADDRESS).await?;
        go_on(page, "details.heading").await?;
        page.choose("How deep is it?", "I don’t know").await?;
        trap_on_press(stage, &en("back")).await?;

        ensure!(
            page.eval("window.seen.failed[0].cause").await? == "trap",
            "the cause is a trap"
        );
        page.until("document.querySelector('#own').getBoundingClientRect().height")
            .await?;
        page.until(&format!("{ROOT}.textContent.includes({:?})", en("stopped")))
            .await?;
        let mut errors = page.logged("errors").await?;
        errors.retain(|line| line.starts_with("Frontdoor"));
        ensure!(errors.len() == 1, "{errors:?}");

        restart(page).await?;
        page.heading(&en("details.heading")).await?;
        ensure!(
            page.is_chosen("How deep is it?", "I don’t know").await?,
            "the answer is lost"
        );
        page.press(&en("back")).await?;
        // Back goes up to the first step, because the trail of views was lost with the wasm.
        page.press("Pothole").await?;
        page.holds(&en("place.label"), KNOWN_ADDRESS).await
    });
}

#[test]
fn a_second_trap_is_survived_like_the_first() {
    stage(async |stage| {
        let page = &stage.page;
        open_with_sabotage(stage).await?;
        page.fill(&en("place.label"), KNOWN_ADDRESS).await?;
        for _ in 1..=2 {
            page.script("window.seen.failed.length = 0", vec![]).await?;
            trap_on_press(stage, &en("back")).await?;
            restart(page).await?;
            page.heading(&en("place.heading")).await?;
            page.holds(&en("place.label"), KNOWN_ADDRESS).await?;
        }
        Ok(())
    });
}

#[test]
fn an_error_of_another_script_does_not_stop_the_widget() {
    stage(async |stage| {
        let page = &stage.page;
        open_with_sabotage(stage).await?;
        let other = "dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('theirs') }));
            setTimeout(() => { throw new Error('theirs too') });";
        page.script(other, vec![]).await?;
        page.until("window.seen.uncaught.length > 1").await?;
        ensure!(
            page.eval("window.seen.failed.length").await? == "0",
            "the widget was stopped"
        );
        page.fill(&en("place.label"), "still here").await?;
        page.holds(&en("place.label"), "still here").await
    });
}

/// In a script of the page, because browsers hide errors in a driver's scripts from the page.
const EXHAUST_MEMORY: &str = r#"<script>
async function exhaustMemory() {
  const entry = await (await fetch("/fd/frontdoor.js")).text();
  const [name] = entry.match(/app-\w+\.js/);
  const glue = await import(`/fd/${name}`);
  const wasm = await glue.default();
  addEventListener("error", ({ error }) => (window.isTrap = error instanceof WebAssembly.RuntimeError));
  setTimeout(() => wasm.__wbindgen_malloc(-1, 1));
}
</script>"#;

#[test]
fn after_a_real_trap_a_restart_brings_back_the_view_and_every_journey() {
    stage(async |stage| {
        let page = &stage.page;
        let address = stage
            .host
            .page_with_head(EXHAUST_MEMORY, &service_tag("pothole"));
        page.open(&address).await?;
        page.fill(&en("place.label"), KNOWN_ADDRESS).await?;
        page.script("exhaustMemory()", Vec::new()).await?;
        page.until("window.isTrap").await?;
        page.sees(&en("stopped")).await?;
        page.sees("Call 311.").await?;
        is_reported_once(page).await?;

        page.press(&en("stopped.again")).await?;
        page.holds(&en("place.label"), KNOWN_ADDRESS).await?;
        page.press(&en("continue")).await?;
        page.heading(&en("details.heading")).await?;
        // The chunks of the other journeys must link to the new instance.
        for heading in ["place.heading", "services.heading", "start.heading"] {
            page.press(&en("back")).await?;
            page.heading(&en(heading)).await?;
        }
        page.press(&en("way.how")).await?;
        page.press("Reserve a park shelter").await?;
        page.sees("Pick a shelter and a date").await?;
        is_reported_once(page).await
    });
}

async fn is_reported_once(page: &Page) -> Result<()> {
    let errors = page.logged("errors").await?;
    assert_eq!(errors.len(), 1, "{errors:?}");
    let causes = "window.seen.failed.map((one) => one.cause).join()";
    assert_eq!(page.eval(causes).await?, "trap");
    Ok(())
}
