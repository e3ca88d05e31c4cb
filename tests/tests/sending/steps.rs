//! What several tests do on their way.

use anyhow::{Context, Result};
use frontdoor_tests::{Page, Reply, Stage, en, eventually};
use thirtyfour::WindowHandle;

/// A page with one widget that has the sample city's config.
pub(crate) const TAG: &str =
    r#"<front-door config="/frontdoor.json"><p>Call 311.</p></front-door>"#;

pub(crate) const REQUESTS: &str = "/open311/v2/requests.json";
pub(crate) const POST: &str = "POST /open311/v2/requests.json";
pub(crate) const WORDS: &str = "Glass on the bike lane.";
pub(crate) const ADDRESS: &str = "4 Main St";

/// The page that starts with a service's form.
pub(crate) fn form(stage: &Stage, service: &str) -> String {
    stage.host.page(&format!(
        r#"<front-door config="/frontdoor.json" service="{service}"><p>Call 311.</p></front-door>"#
    ))
}

/// Opens the form of a service that asks nothing of its own.
pub(crate) async fn start(stage: &Stage) -> Result<()> {
    stage.page.open(&form(stage, "street-sweeping")).await?;
    stage.page.heading(&en("place.heading")).await
}

/// Fills in its first two pages.
pub(crate) async fn half_way(page: &Page, words: &str) -> Result<()> {
    page.fill(&en("place.label"), ADDRESS).await?;
    page.press(&en("continue")).await?;
    page.fill(&en("description.alone"), words).await
}

/// Fills in what is left, and goes to the last page before sending.
pub(crate) async fn to_check_with(page: &Page, words: &str) -> Result<()> {
    half_way(page, words).await?;
    page.press(&en("continue")).await?;
    page.heading(&en("photos.heading")).await?;
    page.press(&en("continue")).await?;
    page.fill(&en("first-name"), "Ada").await?;
    page.fill(&en("last-name"), "Byron").await?;
    page.fill(&en("email"), "ada@example.org").await?;
    page.press(&en("continue")).await?;
    page.heading(&en("check.heading")).await
}

/// The same with words that any request may have.
pub(crate) async fn to_check(page: &Page) -> Result<()> {
    to_check_with(page, WORDS).await
}

/// Opens the form and goes to its last page; the city answers what is sent then so.
pub(crate) async fn ready_to_send(stage: &Stage, reply: Reply) -> Result<()> {
    stage.host.answer(POST, reply);
    start(stage).await?;
    to_check(&stage.page).await
}

/// Through a form that has all its answers.
pub(crate) async fn through(page: &Page) -> Result<()> {
    for heading in ["place", "details", "photos", "how-to-reach"] {
        page.heading(&en(&format!("{heading}.heading"))).await?;
        page.press(&en("continue")).await?;
    }
    page.heading(&en("check.heading")).await
}

/// The number that the city gave, as it can be read on the page.
pub(crate) async fn number(page: &Page) -> Result<String> {
    let label = en("sent.number");
    page.sees(&label).await?;
    let text = page.text().await?;
    let (_, after) = text.split_once(&label).context("no number")?;
    let number = after.split_whitespace().next();
    Ok(number.context("no number after its label")?.to_owned())
}

/// How many requests the widget has posted.
pub(crate) fn posts(stage: &Stage) -> usize {
    stage.host.seen("POST", REQUESTS).len()
}

/// Waits until so many have arrived.
pub(crate) async fn posted(stage: &Stage, count: usize) -> Result<()> {
    let there = async || {
        let seen = posts(stage);
        Ok((seen < count).then(|| format!("{seen} of them")))
    };
    eventually(&format!("{count} posts"), there).await
}

/// How many requests the city has.
pub(crate) async fn at_the_city(stage: &Stage) -> Result<usize> {
    let rows = stage.city.ask("requests.json?page_size=1000").await?;
    Ok(rows.as_array().context("no list")?.len())
}

/// Opens another window of the same browser and goes to it; gives the one before.
pub(crate) async fn another_window(page: &Page) -> Result<WindowHandle> {
    let before = page.browser.window().await?;
    let new = page.browser.new_tab().await?;
    page.browser.switch_to_window(new).await?;
    Ok(before)
}

/// Closes the window, and goes to that one.
pub(crate) async fn close_for(page: &Page, other: WindowHandle) -> Result<()> {
    page.browser.close_window().await?;
    Ok(page.browser.switch_to_window(other).await?)
}

/// Closes the window and opens a new one: what was kept for the tab is gone.
pub(crate) async fn leave_and_come_back(page: &Page) -> Result<()> {
    let old = another_window(page).await?;
    let new = page.browser.window().await?;
    page.browser.switch_to_window(old).await?;
    close_for(page, new).await
}

const READ: &str = "window.onDevice = undefined;
(async () => {
  const all = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  const done = (asked) => new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  for (const { name } of await indexedDB.databases()) {
    const base = await done(indexedDB.open(name));
    for (const store of base.objectStoreNames) {
      const kept = base.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([done(kept.getAllKeys()), done(kept.getAll())]);
      all.push(JSON.stringify([keys, values]));
    }
    base.close();
  }
  window.onDevice = all.join('\\n');
})()";

/// All that the site keeps on the device.
pub(crate) async fn on_device(page: &Page) -> Result<String> {
    page.script(READ, Vec::new()).await?;
    page.until("window.onDevice !== undefined").await?;
    page.eval("window.onDevice").await
}

/// Waits until the device's database holds these words, or does not hold them any more.
pub(crate) async fn device_holds(page: &Page, words: &str, wanted: bool) -> Result<()> {
    let holds = async || {
        let kept = on_device(page).await?;
        let database = kept.lines().skip(2).collect::<String>();
        Ok((database.contains(words) != wanted).then_some(kept))
    };
    eventually(&format!("“{words}” on the device: {wanted}"), holds).await
}
