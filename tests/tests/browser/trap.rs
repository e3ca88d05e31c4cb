//! When the wasm breaks later on: the page's own words come back, the webmaster and the page
//! hear of it, and starting again brings back the view with all that was typed.

use anyhow::{Result, ensure};
use frontdoor_tests::{Reply, Stage, en, host_page, stage};

const TAG: &str = r#"<front-door config="/frontdoor.json" service="pothole"><p id="own">Call 311.</p></front-door>"#;

/// In the page's own script: browsers hide the errors of a driver's scripts from the page.
const SABOTAGE: &str = "<script>
    function sabotage() {
        const own = Document.prototype.createTextNode;
        Document.prototype.createTextNode = function () {
            Document.prototype.createTextNode = own;
            throw new WebAssembly.RuntimeError('unreachable');
        };
    }
</script>";

/// Lets the next text that the wasm draws throw through it, which leaves it in pieces.
async fn break_it(stage: &Stage, press: &str) -> Result<()> {
    stage.page.script("sabotage()", vec![]).await?;
    stage.page.press(press).await?;
    stage.page.until("window.seen.failed.length").await
}

#[test]
fn a_trap_brings_back_the_page_s_own_words_and_starting_again_what_was_typed() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .host
            .answer("/", Reply::html(host_page(SABOTAGE, TAG)));
        page.open(&stage.host.url("/")).await?;
        page.fill(&en("place.label"), "118 Oak Street").await?;
        page.press(&en("continue")).await?;
        page.heading(&en("details.heading")).await?;
        page.choose("How deep is it?", "I don’t know").await?;
        break_it(stage, &en("back")).await?;

        ensure!(
            page.eval("window.seen.failed[0].cause").await? == "trap",
            "the cause is a trap"
        );
        page.until("document.querySelector('#own').getBoundingClientRect().height")
            .await?;
        page.until(&format!(
            "document.querySelector('front-door').shadowRoot.textContent.includes({:?})",
            en("stopped")
        ))
        .await?;
        let errors = page.told("errors").await?;
        ensure!(
            errors
                .iter()
                .filter(|line| line.starts_with("Frontdoor"))
                .count()
                == 1,
            "{errors:?}"
        );

        let again =
            "document.querySelector('front-door').shadowRoot.querySelector('button').click()";
        page.script(again, vec![]).await?;
        page.stands().await?;
        page.heading(&en("details.heading")).await?;
        ensure!(
            page.is_chosen("How deep is it?", "I don’t know").await?,
            "the answer is lost"
        );
        page.press(&en("back")).await?;
        // What lies above, because the way here went with the wasm that broke.
        page.press("Pothole").await?;
        page.holds(&en("place.label"), "118 Oak Street").await
    });
}

#[test]
fn a_second_trap_is_survived_as_the_first_was() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .host
            .answer("/", Reply::html(host_page(SABOTAGE, TAG)));
        page.open(&stage.host.url("/")).await?;
        page.fill(&en("place.label"), "118 Oak Street").await?;
        for _ in 1..=2 {
            page.script("window.seen.failed.length = 0", vec![]).await?;
            break_it(stage, &en("back")).await?;
            let again =
                "document.querySelector('front-door').shadowRoot.querySelector('button').click()";
            page.script(again, vec![]).await?;
            page.stands().await?;
            page.heading(&en("place.heading")).await?;
            page.holds(&en("place.label"), "118 Oak Street").await?;
        }
        Ok(())
    });
}

#[test]
fn another_script_s_error_does_not_stop_the_widget() {
    stage(async |stage| {
        let page = &stage.page;
        stage
            .host
            .answer("/", Reply::html(host_page(SABOTAGE, TAG)));
        page.open(&stage.host.url("/")).await?;
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
