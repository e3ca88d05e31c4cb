//! Pages on which the widget cannot start: the page's own content stays, and one sentence tells the
//! webmaster what is wrong and how to fix it.

use anyhow::{Result, bail, ensure};
use frontdoor_tests::steps::common::SERVICES;
use frontdoor_tests::{Page, Reply, Stage, dist, en, host_page, stage};

const FALLBACK_TAG: &str =
    r#"<front-door config="/frontdoor.json"><p id="own">Call 311 instead.</p></front-door>"#;

/// The path of a built file, by a pattern that the entry script contains.
async fn built(stage: &Stage, pattern: &str) -> Result<String> {
    let find = "const text = await (await fetch('/fd/frontdoor.js')).text(); return text.match(new RegExp(arguments[0]))[0]";
    let name = stage.page.script(find, vec![pattern.into()]).await?;
    let name = name.as_str().unwrap_or_default().trim_start_matches("./");
    ensure!(!name.is_empty(), "no file like {pattern}");
    Ok(format!("{}{name}", dist::FOLDER))
}

/// Waits for the failure, and checks its event, its sentence in the console and the fallback.
async fn fails(page: &Page, cause: &str, text: &str) -> Result<()> {
    page.until("window.seen.failed.length").await?;
    let causes = page
        .eval("window.seen.failed.map(f => f.cause).join()")
        .await?;
    let mut errors = page.logged("errors").await?;
    ensure!(
        causes == cause,
        "the cause is {causes}, not {cause}: {errors:?}"
    );
    errors.retain(|line| line.starts_with("Frontdoor"));
    let [sentence] = errors.as_slice() else {
        bail!("not one sentence, but {errors:?}");
    };
    ensure!(
        sentence.contains(text),
        "“{sentence}” does not contain “{text}”"
    );
    shows_fallback(page).await
}

async fn shows_fallback(page: &Page) -> Result<()> {
    page.until("document.querySelector('#own').getBoundingClientRect().height > 0")
        .await
}

/// Opens a page without the widget, from which the names of the built files can be read.
async fn open_plain_page(stage: &Stage) -> Result<()> {
    stage
        .host
        .answer("/plain", Reply::html("<!doctype html><title>plain</title>"));
    stage.page.go(&stage.host.url("/plain")).await
}

#[test]
fn a_missing_wasm_leaves_the_fallback_and_says_what_to_copy() {
    stage(async |stage| {
        open_plain_page(stage).await?;
        let wasm = built(stage, dist::APP_WASM).await?;
        stage.host.answer(&wasm, Reply::status(404));
        stage.page.go(&stage.host.page(FALLBACK_TAG)).await?;
        fails(
            &stage.page,
            "not-found",
            "answered HTTP 404: copy the whole folder",
        )
        .await
    });
}

#[test]
fn a_page_in_place_of_the_wasm_is_named_with_its_type() {
    stage(async |stage| {
        open_plain_page(stage).await?;
        let wasm = built(stage, dist::APP_WASM).await?;
        stage.host.answer(&wasm, Reply::html("<h1>Not found</h1>"));
        stage.page.go(&stage.host.page(FALLBACK_TAG)).await?;
        fails(&stage.page, "mime-type", "text/html").await
    });
}

#[test]
fn a_wasm_with_the_wrong_type_works_with_a_warning() {
    stage(async |stage| {
        open_plain_page(stage).await?;
        let wasm = built(stage, dist::APP_WASM).await?;
        stage.host.answer(
            &wasm,
            Reply::passthrough().header("content-type", "application/octet-stream"),
        );
        stage.page.open(&stage.host.page(FALLBACK_TAG)).await?;
        stage.page.heading(&en("start.heading")).await?;
        let warnings = stage.page.logged("warnings").await?;
        ensure!(
            warnings
                .iter()
                .any(|line| line.contains("application/wasm")),
            "{warnings:?}"
        );
        Ok(())
    });
}

#[test]
fn a_missing_script_is_named() {
    stage(async |stage| {
        open_plain_page(stage).await?;
        let path = built(stage, dist::APP_SCRIPT).await?;
        stage.host.answer(&path, Reply::status(404));
        stage.page.go(&stage.host.page(FALLBACK_TAG)).await?;
        fails(&stage.page, "not-found", &path).await
    });
}

#[test]
fn a_policy_that_forbids_wasm_is_named_with_the_fix() {
    stage(async |stage| {
        let page = Reply::html(host_page("", FALLBACK_TAG)).header(
            "content-security-policy",
            "default-src 'self'; img-src data:; script-src 'self'",
        );
        stage.host.answer("/", page);
        stage.page.go(&stage.host.url("/")).await?;
        fails(&stage.page, "policy", "'wasm-unsafe-eval' to script-src").await
    });
}

#[test]
fn a_policy_that_forbids_fetching_is_named_with_the_directive() {
    stage(async |stage| {
        let policy = "default-src 'self'; img-src data:; script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'";
        stage.host.answer(
            "/",
            Reply::html(host_page("", FALLBACK_TAG)).header("content-security-policy", policy),
        );
        stage.page.go(&stage.host.url("/")).await?;
        fails(&stage.page, "policy", "to connect-src").await
    });
}

#[test]
fn a_browser_without_wasm_keeps_the_fallback() {
    stage(async |stage| {
        let head = "<script>delete window.WebAssembly</script>";
        let address = stage.host.page_with_head(head, FALLBACK_TAG);
        stage.page.go(&address).await?;
        fails(&stage.page, "no-webassembly", "no WebAssembly").await
    });
}

#[test]
fn a_missing_or_broken_config_is_named() {
    stage(async |stage| {
        let cases = [
            (Reply::status(404), "HTTP 404"),
            (
                Reply::json(r#"{"name": "Riverton" "endpoint": "x"}"#),
                "is not JSON",
            ),
            (Reply::html("<h1>Welcome</h1>"), "is not JSON"),
            (Reply::json(r#"{"name": "Riverton"}"#), "no endpoint"),
            (Reply::broken(), "could not be fetched"),
        ];
        for (reply, text) in cases {
            stage.host.answer("/frontdoor.json", reply);
            stage.page.go("about:blank").await?;
            stage.page.go(&stage.host.page(FALLBACK_TAG)).await?;
            fails(&stage.page, "config", text).await?;
        }
        Ok(())
    });
}

#[test]
fn unknown_and_invalid_config_keys_are_named_and_the_rest_works() {
    stage(async |stage| {
        let config = r#"{"nmae": "Riverton", "endpoint": "open311/v2", "contact": [{"phone": 311}, {"phone": "311"}]}"#;
        stage.host.answer("/frontdoor.json", Reply::json(config));
        stage.page.open(&stage.host.page(FALLBACK_TAG)).await?;
        stage.page.heading(&en("start.heading")).await?;
        let (warnings, errors) = (
            stage.page.logged("warnings").await?,
            stage.page.logged("errors").await?,
        );
        ensure!(
            warnings.iter().any(|line| line.contains("“nmae”")),
            "{warnings:?}"
        );
        ensure!(
            errors
                .iter()
                .any(|line| line.contains("“contact[0].phone” should be a string")),
            "{errors:?}"
        );
        Ok(())
    });
}

#[test]
fn an_endpoint_attribute_works_without_a_config() {
    stage(async |stage| {
        let tag = r#"<front-door endpoint="open311/v2" view="report" jurisdiction="riverton.example"></front-door>"#;
        stage.page.open(&stage.host.page(tag)).await?;
        stage.page.find("link", "Pothole").await?;
        stage.host.answer("/gone.json", Reply::status(404));
        let tag = tag.replace("view=", r#"config="/gone.json" view="#);
        stage.page.go("about:blank").await?;
        stage.page.open(&stage.host.page(&tag)).await?;
        stage.page.find("link", "Pothole").await.map(drop)
    });
}

#[test]
fn an_endpoint_on_another_site_without_cors_is_explained_to_webmaster_and_resident() {
    stage(async |stage| {
        // The same server under another host name is another site.
        let other = stage
            .host
            .url("/open311/v2")
            .replace("127.0.0.1", "localhost");
        let tag = format!(r#"<front-door endpoint="{other}"></front-door>"#);
        stage.page.open(&stage.host.page(&tag)).await?;
        stage.page.sees(&en("problem.unreachable")).await?;
        let warnings = stage.page.logged("warnings").await?;
        ensure!(
            warnings
                .iter()
                .any(|line| line.contains("CORS") && line.contains(&other)),
            "{warnings:?}"
        );
        Ok(())
    });
}

#[test]
fn nothing_is_fetched_until_the_element_comes_near() {
    stage(async |stage| {
        let tag = format!(r#"<div style="height: 9000px"></div>{FALLBACK_TAG}"#);
        stage.page.go(&stage.host.page(&tag)).await?;
        stage.page.until("customElements.get('front-door')").await?;
        // After two frames the intersection observer has been called.
        stage
            .page
            .script(
                "await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))",
                vec![],
            )
            .await?;
        ensure!(
            stage.host.seen("GET", "/frontdoor.json").is_empty(),
            "the config was fetched at once"
        );
        shows_fallback(&stage.page).await?;
        stage
            .page
            .eval("document.querySelector('front-door').scrollIntoView()")
            .await?;
        stage.page.ready().await?;
        ensure!(
            stage.host.seen("GET", "/frontdoor.json").len() == 1,
            "the config is fetched once"
        );
        ensure!(
            stage.host.seen("GET", SERVICES).len() == 1,
            "the service list is fetched once"
        );
        Ok(())
    });
}
