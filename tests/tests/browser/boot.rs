//! Pages on which the widget cannot start, and what residents and the webmaster get there:
//! the page's own words stay, and one sentence says what is wrong and what to do.

use anyhow::{Result, bail, ensure};
use frontdoor_tests::{Page, Reply, Stage, en, eventually, host_page, stage};

const TAG: &str =
    r#"<front-door config="/frontdoor.json"><p id="own">Call 311 instead.</p></front-door>"#;

/// The path of a built file whose name begins so.
async fn built(stage: &Stage, pattern: &str) -> Result<String> {
    let entry = stage.page.script(
        "const text = await (await fetch('/fd/frontdoor.js')).text(); return text.match(new RegExp(arguments[0]))[0]",
        vec![pattern.into()],
    );
    let name = entry
        .await?
        .as_str()
        .unwrap_or_default()
        .trim_start_matches("./")
        .to_owned();
    ensure!(!name.is_empty(), "no file like {pattern}");
    Ok(format!("/fd/{name}"))
}

/// Waits for the failure and looks at all that it must leave behind.
async fn fails(page: &Page, cause: &str, words: &str) -> Result<()> {
    page.until("window.seen.failed.length").await?;
    let told = page
        .eval("window.seen.failed.map(f => f.cause).join()")
        .await?;
    ensure!(
        told == cause,
        "the cause is {told}, not {cause}: {:?}",
        page.told("errors").await?
    );
    let errors: Vec<String> = page
        .told("errors")
        .await?
        .into_iter()
        .filter(|line| line.starts_with("Frontdoor"))
        .collect();
    let [sentence] = errors.as_slice() else {
        bail!("one sentence, not {errors:?}");
    };
    ensure!(
        sentence.contains(words),
        "“{sentence}” does not say “{words}”"
    );
    shows_fallback(page).await
}

async fn shows_fallback(page: &Page) -> Result<()> {
    let seen = async || {
        let height = page
            .eval("document.querySelector('#own').getBoundingClientRect().height > 0")
            .await?;
        Ok((height != "true").then(|| String::from("the page's own words are hidden")))
    };
    eventually("the page's own words", seen).await
}

/// A page without the widget, from which the built files' names can be read.
async fn look_around(stage: &Stage) -> Result<()> {
    stage
        .host
        .answer("/plain", Reply::html("<!doctype html><title>plain</title>"));
    stage.page.go(&stage.host.url("/plain")).await
}

#[test]
fn a_missing_wasm_leaves_the_page_s_own_words_and_says_what_to_copy() {
    stage(async |stage| {
        look_around(stage).await?;
        let wasm = built(stage, r"\./app-\w+_bg\.wasm").await?;
        stage.host.answer(&wasm, Reply::status(404));
        stage.page.go(&stage.host.page(TAG)).await?;
        fails(
            &stage.page,
            "not-found",
            "answered HTTP 404: copy the whole folder",
        )
        .await
    });
}

#[test]
fn a_page_in_the_place_of_the_wasm_is_named_with_its_type() {
    stage(async |stage| {
        look_around(stage).await?;
        let wasm = built(stage, r"\./app-\w+_bg\.wasm").await?;
        stage.host.answer(&wasm, Reply::html("<h1>Not found</h1>"));
        stage.page.go(&stage.host.page(TAG)).await?;
        fails(&stage.page, "mime-type", "text/html").await
    });
}

#[test]
fn a_wasm_of_the_wrong_type_works_and_the_webmaster_is_told() {
    stage(async |stage| {
        look_around(stage).await?;
        let wasm = built(stage, r"\./app-\w+_bg\.wasm").await?;
        stage.host.answer(
            &wasm,
            Reply::passed().header("content-type", "application/octet-stream"),
        );
        stage.page.open(&stage.host.page(TAG)).await?;
        stage.page.heading(&en("start.heading")).await?;
        let warnings = stage.page.told("warnings").await?;
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
fn a_missing_glue_or_style_sheet_is_a_failure_with_its_name() {
    stage(async |stage| {
        for pattern in [r"\./app-\w+\.js", r"\./frontdoor-\w+\.css"] {
            look_around(stage).await?;
            let path = built(stage, pattern).await?;
            stage.host.answer(&path, Reply::status(404));
            stage.page.go(&stage.host.page(TAG)).await?;
            fails(&stage.page, "not-found", &path).await?;
            stage.host.heal(&path);
        }
        Ok(())
    });
}

#[test]
fn a_policy_against_wasm_is_named_with_its_cure() {
    stage(async |stage| {
        let page = Reply::html(host_page("", TAG)).header(
            "content-security-policy",
            "default-src 'self'; img-src data:; script-src 'self'",
        );
        stage.host.answer("/", page);
        stage.page.go(&stage.host.url("/")).await?;
        fails(&stage.page, "policy", "'wasm-unsafe-eval' to script-src").await
    });
}

#[test]
fn a_policy_against_fetching_is_named_with_the_directive() {
    stage(async |stage| {
        let policy = "default-src 'self'; img-src data:; script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'";
        stage.host.answer(
            "/",
            Reply::html(host_page("", TAG)).header("content-security-policy", policy),
        );
        stage.page.go(&stage.host.url("/")).await?;
        fails(&stage.page, "policy", "to connect-src").await
    });
}

#[test]
fn a_browser_without_wasm_keeps_the_page_s_own_words() {
    stage(async |stage| {
        stage.host.answer(
            "/",
            Reply::html(host_page("<script>delete window.WebAssembly</script>", TAG)),
        );
        stage.page.go(&stage.host.url("/")).await?;
        fails(&stage.page, "no-webassembly", "no WebAssembly").await
    });
}

#[test]
fn a_config_that_is_missing_or_broken_is_named() {
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
        for (reply, words) in cases {
            stage.host.answer("/frontdoor.json", reply);
            stage.page.go("about:blank").await?;
            stage.page.go(&stage.host.page(TAG)).await?;
            fails(&stage.page, "config", words).await?;
        }
        Ok(())
    });
}

#[test]
fn unknown_and_wrong_keys_of_the_config_are_named_and_the_rest_works() {
    stage(async |stage| {
        let config = r#"{"nmae": "Riverton", "endpoint": "open311/v2", "contact": [{"phone": 311}, {"phone": "311"}]}"#;
        stage.host.answer("/frontdoor.json", Reply::json(config));
        stage.page.open(&stage.host.page(TAG)).await?;
        stage.page.heading(&en("start.heading")).await?;
        let (warnings, errors) = (
            stage.page.told("warnings").await?,
            stage.page.told("errors").await?,
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
fn an_endpoint_of_another_site_without_cors_is_said_to_the_webmaster_and_to_the_resident() {
    stage(async |stage| {
        // The same server under another name is another site.
        let other = stage
            .host
            .url("/open311/v2")
            .replace("127.0.0.1", "localhost");
        let tag = format!(r#"<front-door endpoint="{other}"></front-door>"#);
        stage.page.open(&stage.host.page(&tag)).await?;
        stage.page.sees(&en("problem.unreachable")).await?;
        let warnings = stage.page.told("warnings").await?;
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
        let tag = format!(r#"<div style="height: 9000px"></div>{TAG}"#);
        stage.page.go(&stage.host.page(&tag)).await?;
        stage.page.until("customElements.get('front-door')").await?;
        // Two frames: the observer has had its say.
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
        stage.page.stands().await?;
        ensure!(
            stage.host.seen("GET", "/frontdoor.json").len() == 1,
            "the config is fetched once"
        );
        ensure!(
            stage.host.seen("GET", "/open311/v2/services.json").len() == 1,
            "so is the service list"
        );
        Ok(())
    });
}
