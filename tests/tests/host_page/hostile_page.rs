//! Other people's pages: strict policies, global styles, greedy key handlers and patched built-ins.

use anyhow::ensure;
use frontdoor_tests::steps::common::{REQUESTS, console_is_clean};
use frontdoor_tests::steps::request::send_pothole;
use frontdoor_tests::{ROOT, Reply, host_page, stage};

/// The strictest Content-Security-Policy under which the widget works.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
                      img-src 'self' data:; base-uri 'none'; form-action 'none'";
const TAG: &str = r#"<front-door config="/frontdoor.json"></front-door>"#;

#[test]
fn the_strictest_policy_that_allows_wasm_is_never_violated() {
    stage(async |stage| {
        let page = Reply::html(host_page("", TAG)).header("content-security-policy", POLICY);
        stage.host.answer("/", page);
        stage.page.open(&stage.host.url("/")).await?;
        send_pothole(&stage.page).await?;
        console_is_clean(&stage.page).await
    });
}

#[test]
fn global_styles_of_the_page_do_not_get_in() {
    stage(async |stage| {
        let greedy = "<style>
            * { color: red !important; font-size: 40px !important; display: block !important; float: left !important;
                letter-spacing: 1em !important; text-transform: uppercase !important; visibility: visible }
            button, a, input, h2 { display: none !important; position: fixed !important; opacity: 0 !important }
            p { line-height: 5 !important }
        </style>";
        stage
            .page
            .open(&stage.host.page_with_head(greedy, TAG))
            .await?;
        let style = |selector: &str, property: &str| {
            format!("getComputedStyle({ROOT}.querySelector({selector:?})).{property}")
        };
        ensure!(
            stage.page.eval(&style("h2", "textTransform")).await? == "none",
            "text-transform got in"
        );
        ensure!(
            stage.page.eval(&style("h2", "letterSpacing")).await? == "normal",
            "letter-spacing got in"
        );
        ensure!(
            stage.page.eval(&style(".fd", "color")).await? != "rgb(255, 0, 0)",
            "color got in"
        );
        send_pothole(&stage.page).await
    });
}

#[test]
fn key_handlers_of_the_page_do_not_see_the_keys_of_a_resident_who_types() {
    stage(async |stage| {
        let greedy = "<script>
            window.seenKeys = [];
            for (const type of ['keydown', 'keypress', 'keyup']) {
                document.addEventListener(type, (event) => { seenKeys.push(event.key); event.preventDefault(); });
            }
        </script>";
        stage
            .page
            .open(&stage.host.page_with_head(greedy, TAG))
            .await?;
        send_pothole(&stage.page).await?;
        ensure!(
            stage.page.eval("seenKeys.length").await? == "0",
            "the page saw keys"
        );
        Ok(())
    });
}

#[test]
fn patched_built_ins_do_not_change_what_is_sent() {
    stage(async |stage| {
        let patches = "<script>
            // As old libraries do. `toJSON` only for the widget, because ChromeDriver needs the original.
            const within = (stack) => stack.includes('/fd/');
            Array.prototype.toJSON = function () { return within(new Error().stack) ? 'patched' : [...this]; };
            Array.prototype.first = function () { return this[0]; };
            Array.prototype.each = Array.prototype.forEach;
            Object.prototype.extra = 1;
        </script>";
        stage
            .page
            .open(&stage.host.page_with_head(patches, TAG))
            .await?;
        send_pothole(&stage.page).await?;
        let posts = stage.host.seen("POST", REQUESTS);
        ensure!(posts.len() == 1, "posted {} times", posts.len());
        let body = &posts[0].body;
        ensure!(
            !body.contains("patched") && body.contains("118+Oak+Street"),
            "{body}"
        );
        Ok(())
    });
}
