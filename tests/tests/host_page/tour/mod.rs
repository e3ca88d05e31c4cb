//! A tour through every view of the widget: how to get there, for the tests in this folder.

mod accessibility;
mod narrow;
mod phone;
mod screenshots;

use anyhow::{Context, Result, bail};
use frontdoor_tests::steps::common::{POST_REQUEST, SERVICES};
use frontdoor_tests::{Page, ROOT, Reply, Stage, en, stage};
use serde_json::Value;

/// All views, each once.
const VIEWS: [&str; 38] = [
    "start",
    "results",
    "no-results",
    "services",
    "emergency",
    "not-ours",
    "place",
    "map",
    "found",
    "outside",
    "nearby",
    "nearby-map",
    "details",
    "errors",
    "stop",
    "every-datatype",
    "photos",
    "contact",
    "check",
    "gap",
    "sent",
    "not-sent",
    "offer",
    "lookup",
    "lookup-error",
    "status",
    "not-found",
    "guides",
    "guide",
    "guide-check",
    "guide-answered",
    "act",
    "around",
    "report-card",
    "promises",
    "problem",
    // Last, because a waiting request is sent by the next view.
    "kept-for-later",
    "waiting",
];

/// A service with every datatype.
const EVERYTHING: &str = include_str!("../../data/everything.json");

/// Visits every third view, from this one on, and looks at it. Three tests share the views, so that
/// two run at a time.
fn each_view(first: usize, look: impl AsyncFn(&Stage) -> Result<()>) {
    stage(async |stage| {
        for view in VIEWS.iter().skip(first).step_by(3) {
            arrive(stage, view).await?;
            look(stage)
                .await
                .with_context(|| format!("in the view {view}"))?;
        }
        Ok(())
    });
}

/// Visits a view in English, and checks that it was reached.
async fn arrive(stage: &Stage, view: &str) -> Result<()> {
    visit(stage, view, "en")
        .await
        .with_context(|| format!("on the way to {view}"))?;
    match expected_text(view) {
        Some(text) => stage.page.sees(&text).await,
        None => Ok(()),
    }
}

/// Opens a view of the sample city's page, from wherever the window is.
pub(crate) async fn visit(stage: &Stage, view: &str, language: &str) -> Result<()> {
    let page = &stage.page;
    page.go("about:blank").await?;
    if view == "offer" {
        leave_draft(stage).await?;
    }
    let hash = match view {
        "start" | "results" | "no-results" | "problem" => "#/",
        "services" => "#/services",
        "emergency" => "#/report/sewer/place",
        "not-ours" => "#/report/traffic-signal/place",
        "place" | "map" | "found" | "outside" | "nearby" | "nearby-map" => "#/report/pothole/place",
        "stop" => "#/report/loose-dog/details",
        "photos" => "#/report/pothole/photos",
        "gap" => "#/report/pothole/check",
        "offer" => "#/report/graffiti/place",
        "details" | "errors" => "#/report/pothole/details",
        "every-datatype" => "#/report/everything/details",
        "contact" => "#/report/pothole/contact",
        "check" | "sent" | "kept-for-later" | "waiting" => "#/report/street-sweeping/place",
        // A service of its own, so that its draft is not offered in the views after it.
        "not-sent" => "#/report/tall-grass/place",
        "lookup" | "lookup-error" => "#/status",
        "status" => &format!("#/status/{}", some_request(stage).await?),
        "not-found" => "#/status/99-99999",
        "guides" => "#/guides",
        "guide" => "#/guide/park-shelter",
        "guide-check" | "guide-answered" => "#/guide/park-shelter/check",
        "act" => &format!("#/status/{}/add", some_request(stage).await?),
        "around" => "#/around",
        "report-card" => "#/report-card",
        "promises" => "#/promises",
        _ => bail!("no view {view}"),
    };
    match view {
        "problem" => {
            let body = "<h1>Service Unavailable</h1>";
            let reply = Reply::text(503, "text/html", body);
            stage.host.answer(SERVICES, reply);
        }
        "every-datatype" => {
            stage.host.answer(SERVICES, Reply::json(EVERYTHING));
            // The file is a list of one service that includes its definition.
            let definition = "/open311/v2/services/everything.json";
            stage.host.answer(definition, Reply::json(EVERYTHING));
        }
        _ => {}
    }
    page.open(&format!("{}{hash}", stage.host.url("/fd/index.html")))
        .await?;
    stage.host.restore(SERVICES);
    // The sample page is in English. The language button is pressed once, and the tab remembers it.
    let region = format!("{ROOT}.querySelector('[role=region][lang={language}]')");
    if page.eval(&format!("!!{region}")).await? != "true" {
        page.press(if language == "es" {
            "Español"
        } else {
            "English"
        })
        .await?;
        page.until(&region).await?;
    }
    page.until_gone(".loading").await?;
    finish(stage, view).await?;
    // Nothing of it is still loading when the next view opens.
    page.until_gone(".loading").await
}

/// Begins a request and closes its tab: what is stored for the tab goes, what is stored on the device
/// stays.
async fn leave_draft(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    let address = stage.host.url("/fd/index.html#/report/graffiti/place");
    page.open(&address).await?;
    page.until(&format!("!!{ADDRESS_FIELD}")).await?;
    // This flag is set by the first write to the device's database.
    page.script("localStorage.removeItem('front-door/0/waits')", Vec::new())
        .await?;
    page.script(TYPE, vec!["5 Elm St".into()]).await?;
    page.until("!!localStorage.getItem('front-door/0/waits')")
        .await?;
    page.script("sessionStorage.clear()", Vec::new()).await?;
    page.go("about:blank").await
}

const ADDRESS_FIELD: &str = "document.querySelector('front-door').shadowRoot?.querySelector('#q0')";

/// Does what a resident does in the view, so that it shows what its name says.
async fn finish(stage: &Stage, view: &str) -> Result<()> {
    let page = &stage.page;
    let submit = async || -> Result<()> {
        // The button may not be there yet, or be the one of the view before, which is marked as pressed.
        page.until_shown(".view .btn:not(.second, [data-pressed])")
            .await?;
        page.script(PRESS, Vec::new()).await.map(drop)
    };
    match view {
        "results" => page.script(TYPE, vec!["pothole".into()]).await.map(drop),
        "no-results" => page.script(TYPE, vec!["qqqq".into()]).await.map(drop),
        "errors" => submit().await,
        "lookup-error" => submit().await,
        "guide-answered" => {
            // The last choice is more people than any shelter holds.
            let choices = format!("[...{ROOT}.querySelectorAll('.choice input')]");
            page.until(&format!("{choices}.length === 4")).await?;
            page.script(&format!("{choices}.at(-1).click()"), Vec::new())
                .await?;
            submit().await?;
            page.until_shown(".promise.late").await
        }
        "report-card" => page.until_shown("table").await,
        "map" => open_map(page).await,
        "found" | "outside" | "nearby" | "nearby-map" => {
            page.script(TYPE, vec!["118 oak street".into()]).await?;
            press_location_button(page, FIND).await?;
            page.until(&format!(
                "{ROOT}.querySelector('.said')?.textContent.includes('118')"
            ))
            .await?;
            match view {
                "outside" => {
                    open_map(page).await?;
                    page.script(MOVE_PIN_WEST, Vec::new()).await?;
                    page.until_shown(".late[role=alert]").await
                }
                "nearby" | "nearby-map" => {
                    submit().await?;
                    page.until_shown(".near").await?;
                    if view == "nearby" {
                        return Ok(());
                    }
                    page.script(OPEN_MAP, Vec::new()).await?;
                    page.until_shown(".leaflet-container .number").await
                }
                _ => Ok(()),
            }
        }
        "stop" => {
            let attacks = format!(
                "[...{ROOT}.querySelectorAll('.choice')]
                .find((choice) => /attack/i.test(choice.textContent)).querySelector('input').click()"
            );
            page.script(&attacks, Vec::new()).await?;
            page.until_shown(".stop").await
        }
        "photos" => {
            page.script(CHOOSE_PHOTO, Vec::new()).await?;
            page.until_shown(".photos img").await
        }
        "gap" => {
            submit().await?;
            page.until_shown(".summary").await
        }
        "check" | "sent" | "not-sent" | "kept-for-later" | "waiting" => {
            page.script(TYPE, vec!["4 Main St, beside the bakery".into()])
                .await?;
            // Location, details, photos and contact: this service asks nothing of its own.
            for hash in ["details", "photos", "contact", "check"] {
                submit().await?;
                page.until(&format!("location.hash.endsWith('/{hash}')"))
                    .await?;
            }
            // The page's address changes before the view does.
            page.until_shown(".answers").await?;
            match view {
                "sent" => {
                    submit().await?;
                    page.until("location.hash.startsWith('#/sent/')").await
                }
                "not-sent" => not_sent(stage).await,
                "kept-for-later" | "waiting" => send_offline(stage, view).await,
                _ => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// Sends while the endpoint fails, which leads to a message and to what can be done now.
async fn not_sent(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    stage.host.answer(POST_REQUEST, Reply::status(503));
    page.script(PRESS, Vec::new()).await?;
    page.until_shown(".summary").await?;
    stage.host.restore(POST_REQUEST);
    Ok(())
}

/// Sends without a network, and goes to the start view to see what is waiting there.
async fn send_offline(stage: &Stage, view: &str) -> Result<()> {
    let page = &stage.page;
    page.script(NO_NETWORK, Vec::new()).await?;
    page.script(PRESS, Vec::new()).await?;
    page.until(&format!(
        "!{ROOT}.querySelector('.answers') && {ROOT}.querySelectorAll('.view .btn').length === 2"
    ))
    .await?;
    if view == "waiting" {
        page.script(PRESS_LAST, Vec::new()).await?;
        page.until_shown(".parcel").await?;
    }
    Ok(())
}

/// Makes the device claim that it has no network, for as long as this page is open.
const NO_NETWORK: &str =
    "Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });";
/// Presses “Back to start”, which is the last button.
const PRESS_LAST: &str = "[...document.querySelector('front-door').shadowRoot.querySelectorAll('.view .btn')].pop().click();";

const OPEN_MAP: &str = "document.querySelector('front-door').shadowRoot.querySelector('.view [aria-expanded]').click();";

/// The buttons of the location step, in their order.
const FIND: usize = 0;
const MAP: usize = 2;

async fn press_location_button(page: &Page, index: usize) -> Result<()> {
    let press = format!("{ROOT}.querySelectorAll('form > .row .btn.second')[{index}].click()");
    page.script(&press, Vec::new()).await.map(drop)
}

async fn open_map(page: &Page) -> Result<()> {
    press_location_button(page, MAP).await?;
    page.until_shown(".leaflet-container").await
}

/// Moves the pin out of the city with the keyboard.
const MOVE_PIN_WEST: &str = "
const map = document.querySelector('front-door').shadowRoot.querySelector('.leaflet-container');
for (let step = 0; step < 400; step += 1)
  map.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', code: 'ArrowLeft', bubbles: true, composed: true }));";
/// Chooses a photo that the script draws.
const CHOOSE_PHOTO: &str = "(async () => {
const root = document.querySelector('front-door').shadowRoot;
const canvas = Object.assign(document.createElement('canvas'), { width: 60, height: 40 });
canvas.getContext('2d').fillRect(10, 10, 20, 20);
const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'));
const files = new DataTransfer();
files.items.add(new File([blob], 'hole.png', { type: 'image/png' }));
const input = root.querySelector('#photo-choose');
input.files = files.files;
input.dispatchEvent(new Event('change', { bubbles: true }));
})()";

/// Types into the first field. The tour runs in every language, so it finds elements by selectors and
/// not by their texts.
const TYPE: &str = "
const input = document.querySelector('front-door').shadowRoot.querySelector('input, textarea');
input.value = arguments[0];
input.dispatchEvent(new Event('input', { bubbles: true }));";

/// Presses the main button, and marks it as pressed.
const PRESS: &str = "const button = document.querySelector('front-door').shadowRoot.querySelector('.view .btn:not(.second)');
    button.dataset.pressed = ''; button.click();";

/// The open request of the sample city with the longest history.
async fn some_request(stage: &Stage) -> Result<String> {
    let rows = stage
        .city
        .get("requests.json?status=open&extensions=true&page_size=100")
        .await?;
    let rows = rows.as_array().context("no list of requests")?;
    let notes = |row: &&Value| row["notes"].as_array().map_or(0, Vec::len);
    let row = rows.iter().max_by_key(notes).context("no open request")?;
    Ok(row["service_request_id"]
        .as_str()
        .context("a request without a number")?
        .to_owned())
}

/// A text that a view shows. A view without it was not reached.
fn expected_text(view: &str) -> Option<String> {
    let key = match view {
        "no-results" => "search.nothing",
        "services" => "services.heading",
        "place" => "place.heading",
        "emergency" => "notice.no-emergency",
        "not-ours" => "service.unknown-list",
        "map" => "place.close-map",
        "found" => "place.remove-pin",
        "outside" => "place.outside-more",
        "nearby" => "nearby.heading",
        "nearby-map" => "place.close-map",
        "not-sent" => "send.doubt-safe",
        "kept-for-later" => "outbox.kept-more",
        "waiting" => "outbox.heading",
        "stop" => "details.heading",
        "photos" => "photos.heading",
        "gap" => "check.heading",
        "offer" => "draft.heading",
        "details" | "every-datatype" => "details.heading",
        "errors" => "fault.not-chosen",
        "contact" => "how-to-reach.heading",
        "check" => "check.heading",
        "sent" => "sent.heading",
        "lookup" => "lookup.heading",
        "lookup-error" => "lookup.empty",
        "status" => "status.history",
        "not-found" => "status.not-found-why",
        "guides" => "guides.heading",
        "guide" => "fact.decides",
        "guide-check" => "guide.check-heading",
        "guide-answered" => "guide.show-anyway",
        "act" => "act.add-more",
        "around" => "around.show-more",
        "report-card" => "card.csv",
        "promises" => "promises.heading",
        "problem" => "problem.trouble",
        _ => return None,
    };
    Some(
        en(key)
            .split(['{', ':'])
            .next()
            .unwrap_or_default()
            .to_owned(),
    )
}
