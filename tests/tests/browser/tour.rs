//! Every view of the widget and how to get to it: for the pictures and for axe.

use anyhow::{Context, Result, bail};
use frontdoor_tests::{Reply, Stage, en};

/// All views, each once.
pub(crate) const VIEWS: [&str; 38] = [
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
    // Last, because what waits goes out with the next view.
    "kept-for-later",
    "waiting",
];

/// A service with every kind of question.
const EVERYTHING: &str = include_str!("../data/everything.json");

const SERVICES: &str = "/open311/v2/services.json";

/// Goes to a view from wherever the window is, on the sample city's page.
pub(crate) async fn visit(stage: &Stage, view: &str, language: &str) -> Result<()> {
    let page = &stage.page;
    page.go("about:blank").await?;
    if view == "offer" {
        leave_a_draft(stage).await?;
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
        // What is left of it must not be offered to the views after this one.
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
            let page = "<h1>Service Unavailable</h1>";
            stage
                .host
                .answer(SERVICES, Reply::text(503, "text/html", page));
        }
        "every-datatype" => {
            stage.host.answer(SERVICES, Reply::json(EVERYTHING));
            // The file's rows have the definition in them, as a list of one.
            let definition = "/open311/v2/services/everything.json";
            stage.host.answer(definition, Reply::json(EVERYTHING));
        }
        _ => {}
    }
    page.open(&format!("{}{hash}", stage.host.url("/fd/index.html")))
        .await?;
    stage.host.heal(SERVICES);
    // The sample page is English. A resident presses the button once, and the tab keeps it.
    let region = format!(
        "document.querySelector('front-door').shadowRoot.querySelector('[role=region][lang={language}]')"
    );
    if page.eval(&format!("!!{region}")).await? != "true" {
        page.press(if language == "es" {
            "Español"
        } else {
            "English"
        })
        .await?;
        page.until(&region).await?;
    }
    page.until("!document.querySelector('front-door').shadowRoot.querySelector('.loading')")
        .await?;
    finish(stage, view).await?;
    // Nothing of it takes part in the next view.
    page.until("!document.querySelector('front-door').shadowRoot.querySelector('.loading')")
        .await
}

/// Begins a request, and closes the tab over it: what the tab kept goes, what the device keeps stays.
async fn leave_a_draft(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    let address = stage.host.url("/fd/index.html#/report/graffiti/place");
    page.open(&address).await?;
    page.until(&format!("!!{ADDRESS}")).await?;
    // The mark comes with the first writing to the device's database.
    page.script("localStorage.removeItem('front-door/0/waits')", Vec::new())
        .await?;
    page.script(TYPE, vec!["5 Elm St".into()]).await?;
    page.until("!!localStorage.getItem('front-door/0/waits')")
        .await?;
    page.script("sessionStorage.clear()", Vec::new()).await?;
    page.go("about:blank").await
}

const ADDRESS: &str = "document.querySelector('front-door').shadowRoot?.querySelector('#q0')";

/// What a resident does once there.
async fn finish(stage: &Stage, view: &str) -> Result<()> {
    let page = &stage.page;
    let submit = async || -> Result<()> {
        // What is to be pressed may still be on its way.
        // What is to be pressed may be that of the view before, which was pressed already.
        page.until("!!document.querySelector('front-door').shadowRoot.querySelector('.view .btn:not(.second, [data-pressed])')")
            .await?;
        page.script(PRESS, Vec::new()).await.map(drop)
    };
    match view {
        "results" => page.script(TYPE, vec!["pothole".into()]).await.map(drop),
        "no-results" => page.script(TYPE, vec!["qqqq".into()]).await.map(drop),
        "errors" => submit().await,
        "lookup-error" => submit().await,
        "guide-answered" => {
            // More people than any roof holds.
            page.until("document.querySelector('front-door').shadowRoot.querySelectorAll('.choice input').length === 4")
                .await?;
            let last = "[...document.querySelector('front-door').shadowRoot.querySelectorAll('.choice input')].at(-1).click()";
            page.script(last, Vec::new()).await?;
            submit().await?;
            page.until(
                "!!document.querySelector('front-door').shadowRoot.querySelector('.promise.late')",
            )
            .await
        }
        "report-card" => {
            page.until("!!document.querySelector('front-door').shadowRoot.querySelector('table')")
                .await
        }
        "map" => press_nth(stage, 2, "!!root.querySelector('.leaflet-container')").await,
        "found" | "outside" | "nearby" | "nearby-map" => {
            page.script(TYPE, vec!["118 oak street".into()]).await?;
            press_nth(
                stage,
                0,
                "root.querySelector('.said')?.textContent.includes('118')",
            )
            .await?;
            match view {
                "outside" => {
                    press_nth(stage, 2, "!!root.querySelector('.leaflet-container')").await?;
                    page.script(FAR_WEST, Vec::new()).await?;
                    page.until("!!document.querySelector('front-door').shadowRoot.querySelector('.late[role=alert]')")
                        .await
                }
                "nearby" | "nearby-map" => {
                    submit().await?;
                    page.until(
                        "!!document.querySelector('front-door').shadowRoot.querySelector('.near')",
                    )
                    .await?;
                    if view == "nearby" {
                        return Ok(());
                    }
                    page.script(OPEN_MAP, Vec::new()).await?;
                    page.until("!!document.querySelector('front-door').shadowRoot.querySelector('.leaflet-container .number')")
                        .await
                }
                _ => Ok(()),
            }
        }
        "stop" => {
            let attacks = "[...document.querySelector('front-door').shadowRoot.querySelectorAll('.choice')]
                .find((choice) => /attack/i.test(choice.textContent)).querySelector('input').click()";
            page.script(attacks, Vec::new()).await?;
            page.until("!!document.querySelector('front-door').shadowRoot.querySelector('.stop')")
                .await
        }
        "photos" => {
            page.script(PHOTO, Vec::new()).await?;
            page.until(
                "!!document.querySelector('front-door').shadowRoot.querySelector('.photos img')",
            )
            .await
        }
        "gap" => {
            submit().await?;
            page.until(
                "!!document.querySelector('front-door').shadowRoot.querySelector('.summary')",
            )
            .await
        }
        "check" | "sent" | "not-sent" | "kept-for-later" | "waiting" => {
            page.script(TYPE, vec!["4 Main St, beside the bakery".into()])
                .await?;
            // Place, details, pictures and contact: this service asks nothing of its own.
            for hash in ["details", "photos", "contact", "check"] {
                submit().await?;
                page.until(&format!("location.hash.endsWith('/{hash}')"))
                    .await?;
            }
            // The address comes before the view.
            page.until(
                "!!document.querySelector('front-door').shadowRoot.querySelector('.answers')",
            )
            .await?;
            match view {
                "sent" => {
                    submit().await?;
                    page.until("location.hash.startsWith('#/sent/')").await
                }
                "not-sent" => not_sent(stage).await,
                "kept-for-later" | "waiting" => kept(stage, view).await,
                _ => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// Sends while the city is in trouble, which leads to a message and to what can be done now.
async fn not_sent(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    stage.host.answer(POST, Reply::status(503));
    page.script(PRESS, Vec::new()).await?;
    page.until("!!document.querySelector('front-door').shadowRoot.querySelector('.summary')")
        .await?;
    stage.host.heal(POST);
    Ok(())
}

/// Sends without a network, and goes to the start view to see what waits there.
async fn kept(stage: &Stage, view: &str) -> Result<()> {
    let page = &stage.page;
    page.script(NO_NETWORK, Vec::new()).await?;
    page.script(PRESS, Vec::new()).await?;
    page.until("(() => { const root = document.querySelector('front-door').shadowRoot; return !root.querySelector('.answers') && root.querySelectorAll('.view .btn').length === 2; })()")
        .await?;
    if view == "waiting" {
        page.script(LAST_BUTTON, Vec::new()).await?;
        page.until("!!document.querySelector('front-door').shadowRoot.querySelector('.parcel')")
            .await?;
    }
    Ok(())
}

const POST: &str = "POST /open311/v2/requests.json";
/// What a device says of itself that has no network, for as long as this page is open.
const NO_NETWORK: &str =
    "Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });";
/// “Back to the start”, which stands last.
const LAST_BUTTON: &str = "[...document.querySelector('front-door').shadowRoot.querySelectorAll('.view .btn')].pop().click();";
const OPEN_MAP: &str = "document.querySelector('front-door').shadowRoot.querySelector('.view [aria-expanded]').click();";

/// Presses one of the buttons that help to say where it is: find, locate, map.
async fn press_nth(stage: &Stage, index: usize, done: &str) -> Result<()> {
    let page = &stage.page;
    let press = format!(
        "document.querySelector('front-door').shadowRoot.querySelectorAll('form > .row .btn.second')[{index}].click()"
    );
    page.script(&press, Vec::new()).await?;
    page.until(&format!(
        "(() => {{ const root = document.querySelector('front-door').shadowRoot; return {done}; }})()"
    ))
    .await
}

/// Walks the pin out of the city with the keyboard.
const FAR_WEST: &str = "
const map = document.querySelector('front-door').shadowRoot.querySelector('.leaflet-container');
for (let step = 0; step < 400; step += 1)
  map.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', code: 'ArrowLeft', bubbles: true, composed: true }));";
/// Chooses a picture that is drawn on the spot.
const PHOTO: &str = "(async () => {
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

/// A tour goes through every language, so it goes by what things are and not by their words.
const TYPE: &str = "
const input = document.querySelector('front-door').shadowRoot.querySelector('input, textarea');
input.value = arguments[0];
input.dispatchEvent(new Event('input', { bubbles: true }));";
const PRESS: &str = "const button = document.querySelector('front-door').shadowRoot.querySelector('.view .btn:not(.second)');
    button.dataset.pressed = ''; button.click();";

/// A request of the sample city with some history.
async fn some_request(stage: &Stage) -> Result<String> {
    let rows = stage
        .city
        .ask("requests.json?status=open&extensions=true&page_size=100")
        .await?;
    let rows = rows.as_array().context("no list of requests")?;
    let steps = |row: &&serde_json::Value| row["notes"].as_array().map_or(0, Vec::len);
    let row = rows.iter().max_by_key(steps).context("no open request")?;
    Ok(row["service_request_id"]
        .as_str()
        .context("a request without a number")?
        .to_owned())
}

/// The words a view must show before it is judged; a view that shows others was not reached.
pub(crate) fn sign(view: &str) -> Option<String> {
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
