//! Other people's pages: strict policies, wild styles, greedy key handlers, patched
//! built-ins, and elements that are doubled, moved and put back.

use anyhow::{Result, ensure};
use frontdoor_tests::{Page, Reply, Stage, en, host_page, stage};

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
                      img-src 'self' data:; base-uri 'none'; form-action 'none'";
const TAG: &str = r#"<front-door config="/frontdoor.json"></front-door>"#;

/// From the start view to the city's number.
async fn asks_for_a_pothole(page: &Page) -> Result<()> {
    page.press(&en("way.ask")).await?;
    page.press("Pothole").await?;
    page.fill(&en("place.label"), "118 Oak Street, j k / ? g")
        .await?;
    page.press(&en("continue")).await?;
    page.choose("How deep is it?", "I don’t know").await?;
    page.press(&en("continue")).await?;
    crate::steps::no_photos(page).await?;
    page.heading(&en("how-to-reach.heading")).await?;
    page.press(&en("continue")).await?;
    page.heading(&en("check.heading")).await?;
    page.sees("118 Oak Street, j k / ? g").await?;
    page.press(&en("send")).await?;
    page.heading(&en("sent.heading")).await
}

async fn is_clean(page: &Page) -> Result<()> {
    for list in ["violations", "uncaught", "errors"] {
        let told = page.told(list).await?;
        ensure!(told.is_empty(), "{list}: {told:?}");
    }
    Ok(())
}

async fn on_page(stage: &Stage, head: &str, body: &str) -> Result<()> {
    stage.host.answer("/", Reply::html(host_page(head, body)));
    stage.page.open(&stage.host.url("/")).await
}

#[test]
fn the_strictest_policy_that_allows_wasm_is_kept_all_the_way() {
    stage(async |stage| {
        let page = Reply::html(host_page("", TAG)).header("content-security-policy", POLICY);
        stage.host.answer("/", page);
        stage.page.open(&stage.host.url("/")).await?;
        asks_for_a_pothole(&stage.page).await?;
        is_clean(&stage.page).await
    });
}

#[test]
fn wild_styles_of_the_page_do_not_get_in() {
    stage(async |stage| {
        let wild = "<style>
            * { color: red !important; font-size: 40px !important; display: block !important; float: left !important;
                letter-spacing: 1em !important; text-transform: uppercase !important; visibility: visible }
            button, a, input, h2 { display: none !important; position: fixed !important; opacity: 0 !important }
            p { line-height: 5 !important }
        </style>";
        on_page(stage, wild, TAG).await?;
        let style = |selector: &str, property: &str| {
            format!(
                "getComputedStyle(document.querySelector('front-door').shadowRoot.querySelector({selector:?})).{property}"
            )
        };
        ensure!(
            stage.page.eval(&style("h2", "textTransform")).await? == "none",
            "capitals came in"
        );
        ensure!(
            stage.page.eval(&style("h2", "letterSpacing")).await? == "normal",
            "wide letters came in"
        );
        ensure!(
            stage.page.eval(&style(".fd", "color")).await? != "rgb(255, 0, 0)",
            "red came in"
        );
        asks_for_a_pothole(&stage.page).await
    });
}

#[test]
fn key_handlers_of_the_page_do_not_take_the_keys_of_somebody_who_types() {
    stage(async |stage| {
        let greedy = "<script>
            window.taken = [];
            for (const type of ['keydown', 'keypress', 'keyup']) {
                document.addEventListener(type, (event) => { taken.push(event.key); event.preventDefault(); });
            }
        </script>";
        on_page(stage, greedy, TAG).await?;
        asks_for_a_pothole(&stage.page).await?;
        ensure!(
            stage.page.eval("taken.length").await? == "0",
            "the page saw keys"
        );
        Ok(())
    });
}

#[test]
fn a_form_around_the_element_is_not_sent() {
    stage(async |stage| {
        let body = format!(
            r#"<form action="/elsewhere" onsubmit="window.outerWasSent = 1">{TAG}<input name="q"></form>"#
        );
        on_page(stage, "", &body).await?;
        asks_for_a_pothole(&stage.page).await?;
        ensure!(
            stage.page.eval("window.outerWasSent").await? == "undefined",
            "the outer form was submitted"
        );
        ensure!(
            stage.host.seen("GET", "/elsewhere").is_empty(),
            "the page was left"
        );
        Ok(())
    });
}

#[test]
fn patched_built_ins_do_not_change_what_is_sent() {
    stage(async |stage| {
        let patches = "<script>
            // As libraries of old do. `toJSON` only where no driver of the browser needs it.
            const within = (stack) => stack.includes('/fd/');
            Array.prototype.toJSON = function () { return within(new Error().stack) ? 'patched' : [...this]; };
            Array.prototype.first = function () { return this[0]; };
            Array.prototype.each = Array.prototype.forEach;
            Object.prototype.extra = 1;
        </script>";
        on_page(stage, patches, TAG).await?;
        asks_for_a_pothole(&stage.page).await?;
        let sent = stage.host.seen("POST", "/open311/v2/requests.json");
        ensure!(sent.len() == 1, "sent {} times", sent.len());
        ensure!(
            !sent[0].body.contains("patched") && sent[0].body.contains("118+Oak+Street"),
            "{}",
            sent[0].body
        );
        Ok(())
    });
}

#[test]
fn two_elements_have_a_state_each_and_share_the_wasm() {
    stage(async |stage| {
        let tag = |id: &str| {
            format!(
                r#"<front-door id="{id}" config="/frontdoor.json" service="pothole"></front-door>"#
            )
        };
        on_page(stage, "", &[tag("a"), tag("b")].concat()).await?;
        let (one, two) = (stage.page.widget(0), stage.page.widget(1));
        two.stands().await?;
        one.fill(&en("place.label"), "first").await?;
        two.fill(&en("place.label"), "second").await?;
        one.press(&en("continue")).await?;
        one.heading(&en("details.heading")).await?;
        two.holds(&en("place.label"), "second").await?;
        one.press(&en("back")).await?;
        one.holds(&en("place.label"), "first").await?;
        stage.page.reload().await?;
        two.holds(&en("place.label"), "second").await?;
        one.holds(&en("place.label"), "first").await?;
        let wasm = "performance.getEntriesByType('resource').filter(e => /app-.*wasm/.test(e.name)).length";
        ensure!(
            stage.page.eval(wasm).await? == "1",
            "the wasm was fetched twice"
        );
        Ok(())
    });
}

#[test]
fn the_script_may_stand_on_the_page_twice() {
    stage(async |stage| {
        let twice = r#"<script type="module" src="/fd/frontdoor.js"></script>
            <script type="module" src="/fd/frontdoor.js?v=2"></script>"#;
        on_page(stage, twice, TAG).await?;
        asks_for_a_pothole(&stage.page).await?;
        is_clean(&stage.page).await
    });
}

#[test]
fn a_moved_element_keeps_what_was_typed_and_where_the_resident_was() {
    stage(async |stage| {
        let body = [r#"<div id="elsewhere"></div>"#, TAG].concat();
        on_page(stage, "", &body).await?;
        let page = &stage.page;
        page.press(&en("way.see")).await?;
        page.fill(&en("lookup.label"), "26-0118").await?;
        page.script(
            "document.querySelector('#elsewhere').append(document.querySelector('front-door'))",
            vec![],
        )
        .await?;
        page.holds(&en("lookup.label"), "26-0118").await?;
        page.heading(&en("lookup.heading")).await?;
        is_clean(page).await
    });
}

#[test]
fn an_element_that_was_removed_and_put_back_shows_the_same_view() {
    stage(async |stage| {
        on_page(stage, "", TAG).await?;
        let page = &stage.page;
        page.press(&en("way.ask")).await?;
        page.press("Pothole").await?;
        page.fill(&en("place.label"), "118 Oak Street").await?;
        let away = "window.kept = document.querySelector('front-door'); kept.remove();
            await new Promise((later) => setTimeout(later, 60));
            const isEmpty = !kept.shadowRoot.querySelector('.fd');
            document.querySelector('main').append(kept);
            return isEmpty;";
        ensure!(
            page.script(away, vec![]).await? == true,
            "the widget lives on without a page"
        );
        page.stands().await?;
        page.heading(&en("place.heading")).await?;
        page.holds(&en("place.label"), "118 Oak Street").await?;
        is_clean(page).await
    });
}
