//! Steps of every journey: tags, paths of the endpoint, going on, alerts and what must not happen.

use anyhow::{Context, Result, bail, ensure};

use crate::en;
use crate::page::{Page, ROOT, eventually};
use crate::reply::Reply;
use crate::stage::Stage;

/// A tag with the sample city's config.
pub const TAG: &str = r#"<front-door config="/frontdoor.json"><p>Call 311.</p></front-door>"#;
/// The same, with the view in the page's address.
pub const HASH_TAG: &str =
    r#"<front-door config="/frontdoor.json" history="hash"><p>Call 311.</p></front-door>"#;

pub const SERVICES: &str = "/open311/v2/services.json";
pub const POTHOLE: &str = "/open311/v2/services/pothole.json";
pub const REQUESTS: &str = "/open311/v2/requests.json";
pub const GET_REQUESTS: &str = "GET /open311/v2/requests.json";
pub const POST_REQUEST: &str = "POST /open311/v2/requests.json";
pub const TOKENS: &str = "/open311/v2/tokens/*";
pub const UPDATES: &str = "/open311/v2/servicerequestupdates.json";
pub const NOTICES: &str = "/notices.json";
pub const FEEDBACK: &str = "/feedback";

/// A one-pixel image.
pub const PNG: [u8; 67] = [
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0,
    1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, 0x49, 0x44, 0x41, 0x54,
    0x78, 0xda, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0xe5, 0x27, 0xde, 0xfc, 0, 0, 0, 0, 0x49, 0x45, 0x4e,
    0x44, 0xae, 0x42, 0x60, 0x82,
];

/// A tag with the sample city's config and these attributes.
pub fn tag(attributes: &str) -> String {
    TAG.replace("<front-door", &format!("<front-door {attributes}"))
}

/// Opens a page whose tag has these attributes.
pub async fn open_tag(stage: &Stage, attributes: &str) -> Result<()> {
    stage.page.open(&stage.host.page(&tag(attributes))).await
}

/// Opens a view by its hash, on a page whose address follows the view.
pub async fn open_hash(stage: &Stage, hash: &str) -> Result<()> {
    let address = format!("{}{hash}", stage.host.page(HASH_TAG));
    stage.page.open(&address).await
}

/// Presses “Continue” and waits for the next view: its heading (by its key) gets the focus. Until then
/// the page may still scroll, and a press would miss its button.
pub async fn go_on(page: &Page, heading: &str) -> Result<()> {
    page.press(&en("continue")).await?;
    page.focus_on("heading", &en(heading)).await
}

/// Waits until one of these texts (by their keys) is a heading, and returns its key.
pub async fn one_of<'a>(page: &Page, keys: &[&'a str]) -> Result<&'a str> {
    let is_missing = async || {
        let names = page.names("heading").await?;
        let is_there = keys.iter().any(|key| names.contains(&en(key)));
        Ok((!is_there).then_some(names.join(" | ")))
    };
    eventually(&keys.join(" or "), is_missing).await?;
    let names = page.names("heading").await?;
    let found = keys.iter().find(|key| names.contains(&en(key)));
    found.copied().context("the heading is gone again")
}

/// Waits until this many requests to the test server have arrived.
pub async fn arrived(stage: &Stage, method: &str, path: &str, count: usize) -> Result<()> {
    let is_missing = async || {
        let seen = stage.host.seen(method, path).len();
        Ok((seen < count).then(|| format!("{seen} of them")))
    };
    eventually(&format!("{count} × {method} {path}"), is_missing).await
}

/// The beginning of a text (by its key) up to its first placeholder.
pub fn text_before_placeholder(key: &str) -> String {
    let text = en(key);
    text.split('{').next().unwrap_or_default().trim().to_owned()
}

/// The word after a label.
pub async fn word_after(page: &Page, label: &str) -> Result<String> {
    let text = page.text().await?;
    let (_, after) = text
        .split_once(label)
        .with_context(|| format!("no “{label}” in {text}"))?;
    let word = after.split_whitespace().next();
    Ok(word.context("nothing after the label")?.to_owned())
}

/// Waits until an alert contains all these texts, and the city's phone number beside them.
pub async fn alerts(page: &Page, texts: &[&str]) -> Result<()> {
    let is_missing = async || {
        let alerts = page.names("alert").await?.join("\n");
        let is_there = texts.iter().all(|text| alerts.contains(text));
        Ok((!is_there || !alerts.contains("Call 311")).then_some(alerts))
    };
    eventually(&format!("an alert with {texts:?}"), is_missing).await
}

/// Waits for a problem (by its key), and checks its alert.
pub async fn shows_problem(page: &Page, key: &str) -> Result<()> {
    page.sees(&en(key)).await?;
    check_alert(page, &en(key)).await
}

/// Checks that there is one alert, with this message, the phone number and a way to try again.
pub async fn check_alert(page: &Page, message: &str) -> Result<()> {
    let alerts = page.names("alert").await?;
    let [alert] = alerts.as_slice() else {
        bail!("not one alert: {alerts:?}");
    };
    for text in [message, "Call 311", &en("problem.retry")] {
        ensure!(alert.contains(text), "no “{text}” in the alert: {alert}");
    }
    Ok(())
}

/// Checks that no script of other people's data has run, and that none of their markup is in the
/// widget. Scripts in the tests' data set `window.ran`.
pub async fn nothing_ran(page: &Page) -> Result<()> {
    ensure!(
        page.eval("window.ran").await? == "undefined",
        "a script ran"
    );
    let foreign = format!(
        "{ROOT}.querySelectorAll('img, script, iframe, b b, [onerror], [href^=javascript]').length"
    );
    ensure!(page.eval(&foreign).await? == "0", "foreign markup");
    // An override that stays open would reverse the text after it.
    let text = page.text().await?;
    ensure!(!text.contains('\u{202e}'), "an open override: {text}");
    Ok(())
}

/// Checks that the page has logged no error, and no violation of its Content-Security-Policy.
pub async fn console_is_clean(page: &Page) -> Result<()> {
    for list in ["violations", "uncaught", "errors"] {
        let lines = page.logged(list).await?;
        ensure!(lines.is_empty(), "{list}: {lines:?}");
    }
    Ok(())
}

/// Opens the list of services, whose request gets this reply each time that it is tried again.
pub async fn open_services(stage: &Stage, reply: Reply) -> Result<()> {
    stage.host.answer(SERVICES, reply);
    open_tag(stage, r#"view="report""#).await
}
