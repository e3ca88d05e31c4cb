//! Steps of the status view: requests of the sample city, and a request that a test makes up.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::en;
use crate::page::Page;
use crate::reply::Reply;
use crate::stage::Stage;
use crate::steps::common::{UPDATES, open_hash, open_tag};

/// The path of the request that [`made_up`] makes up.
pub const MADE_UP: &str = "/open311/v2/requests/7.json";

/// The number of the newest request.
pub async fn newest_number(stage: &Stage) -> Result<String> {
    let rows = stage.city.get("requests.json?page_size=1").await?;
    let number = rows.pointer("/0/service_request_id");
    let number = number.and_then(Value::as_str);
    Ok(number.context("no request")?.to_owned())
}

/// The number of one of the sample city's requests, by the part after the year.
pub async fn sample_number(stage: &Stage, last: &str) -> Result<String> {
    let newest = newest_number(stage).await?;
    let (year, _) = newest.split_once('-').context("a number without a year")?;
    Ok(format!("{year}-{last}"))
}

/// Opens the status of one of the sample city's requests, and returns its number.
pub async fn open_sample(stage: &Stage, last: &str) -> Result<String> {
    let id = sample_number(stage, last).await?;
    open_hash(stage, &format!("#/status/{id}")).await?;
    Ok(id)
}

/// A response with a made-up request, number 7, of a service without a standard that it could miss.
pub fn made_up(status: &str) -> Value {
    json!([{
        "service_request_id": "7", "status": status, "service_name": "Pothole", "service_code": "no-standard",
        "requested_datetime": "2026-11-01T10:00:00Z", "updated_datetime": "2026-11-02T10:00:00Z",
    }])
}

/// Serves a made-up request and its updates, and opens it.
pub async fn open_made_up(stage: &Stage, row: Value, updates: Value) -> Result<()> {
    let host = &stage.host;
    host.answer(MADE_UP, Reply::json(row.to_string()));
    host.answer(UPDATES, Reply::json(updates.to_string()));
    open_tag(stage, r#"request="7""#).await
}

/// Looks up a number on the page for it.
pub async fn look_up(page: &Page, number: &str) -> Result<()> {
    page.fill(&en("lookup.label"), number).await?;
    page.press(&en("lookup.press")).await
}

/// Puts a request that is followed into the place of one that was sent from this device, with this receipt.
const MAKE_OWN: &str = "window.isOwn = undefined;
const [receipt] = arguments;
(async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const database = await done(indexedDB.open('front-door'));
  const store = database.transaction('kept', 'readwrite').objectStore('kept');
  for (const key of await done(store.getAllKeys())) {
    if (!key.includes('followed/')) continue;
    const name = await done(store.get(key));
    await done(store.put(name, key.replace('followed/', 'mine/')));
    await done(store.put(receipt, key.replace('followed/', 'receipt/')));
    await done(store.delete(key));
  }
  database.close();
  window.isOwn = true;
})()";

/// Makes the open request one that was sent from this device, and opens it again. It has the receipt of the sample city's
/// requests.
pub async fn make_own(page: &Page, id: &str) -> Result<()> {
    page.press(&en("status.follow")).await?;
    page.database_contains(&format!("followed/{id}"), true)
        .await?;
    let receipt = json!(format!("sample-{id}"));
    page.script(MAKE_OWN, vec![receipt]).await?;
    page.until("window.isOwn === true").await?;
    page.reload().await
}

/// Opens one of the sample city's requests on the device that sent it, and returns its number.
pub async fn open_own_sample(stage: &Stage, last: &str) -> Result<String> {
    let id = open_sample(stage, last).await?;
    make_own(&stage.page, &id).await?;
    Ok(id)
}
