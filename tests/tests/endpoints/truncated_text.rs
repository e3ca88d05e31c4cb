//! Real responses cut off after every byte, read by the crate as the widget reads them: nothing
//! panics, and no number comes out that the city did not give.

use anyhow::{Context, Result};
use frontdoor_tests::steps::common::REQUESTS;
use frontdoor_tests::{Corruption, Sandbox};
use open311::{
    Lookup, json, look_up_request, look_up_token, read_definition, read_error, read_receipt,
    read_requests, read_services,
};
use serde_json::Value;

/// Decodes bytes like the widget: as UTF-8, or else as Latin-1.
fn decode(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}

/// Every beginning of a text, with its length in bytes.
fn beginnings(text: &str) -> impl Iterator<Item = (usize, String)> {
    let bytes = text.as_bytes();
    (0..bytes.len()).map(move |end| {
        let cut = Corruption::Truncated(end).apply(bytes.to_vec());
        (end, decode(&cut))
    })
}

/// Reads a text in every way: none may panic.
fn read_every_way(text: &str) {
    for status in [200, 404, 500] {
        let _ = read_error(status, text);
    }
    let _ = json::parse(text);
}

/// Checks that no beginning of a response is read as JSON.
fn no_beginning_is_json(what: &str, text: &str) {
    let mut inside_a_character = 0;
    for (end, cut) in beginnings(text) {
        read_every_way(&cut);
        inside_a_character += usize::from(!text.is_char_boundary(end));
        let read = json::parse(&cut);
        assert!(read.is_err(), "{what} after {end} bytes reads as {read:?}");
    }
    println!(
        "{what}: {} beginnings, {inside_a_character} of them inside a character",
        text.len()
    );
}

/// A sandbox without a browser.
struct City {
    sandbox: Sandbox,
    client: reqwest::Client,
}

impl City {
    async fn text(&self, path: &str) -> Result<String> {
        let bytes = self.sandbox.bytes(&format!("/open311/v2/{path}")).await?;
        Ok(String::from_utf8(bytes)?.trim().to_owned())
    }

    async fn post(&self, body: &'static str) -> Result<String> {
        let url = format!("{}{REQUESTS}", self.sandbox.origin());
        let request = self
            .client
            .post(url)
            .header("content-type", "application/x-www-form-urlencoded");
        let response = request.body(body).send().await?.error_for_status()?;
        Ok(response.text().await?.trim().to_owned())
    }
}

fn with_city(test: impl AsyncFnOnce(City) -> Result<()>) {
    let runtime = tokio::runtime::Runtime::new().expect("the runtime did not start");
    let outcome = runtime.block_on(async {
        let sandbox = Sandbox::start(&[])?;
        let client = reqwest::Client::new();
        test(City { sandbox, client }).await
    });
    if let Err(error) = outcome {
        panic!("{error:#}");
    }
}

#[test]
fn truncated_lists_and_definitions_are_not_read() {
    with_city(async |city| {
        let services = city.text("services.json").await?;
        let definition = city.text("services/pothole.json").await?;
        let requests = city.text("requests.json?page_size=60").await?;
        assert!(definition.contains('’'), "only ASCII");
        let whole = read_services(&json::parse(&services)?);
        assert_eq!((whole.rows.len(), whole.bad_rows), (53, 0));
        assert_eq!(
            read_definition(&json::parse(&definition)?).attributes.len(),
            3
        );
        assert_eq!(read_requests(&json::parse(&requests)?).rows.len(), 60);
        no_beginning_is_json("services", &services);
        no_beginning_is_json("a definition", &definition);
        no_beginning_is_json("requests", &requests);
        Ok(())
    });
}

#[test]
fn a_truncated_receipt_gives_no_number_and_no_token() {
    with_city(async |city| {
        let body = "service_code=street-sweeping&address_string=4+Main+St&description=Glass";
        let receipt = city.post(body).await?;
        let whole = read_receipt(&json::parse(&receipt)?);
        assert!(whole.service_request_id.is_some(), "{receipt}");
        let body = "service_code=tax-copy&address_string=4+Main+St&attribute[year]=2025";
        let token = city.post(body).await?;
        let whole = read_receipt(&json::parse(&token)?);
        let name = whole.token.context("no token")?;
        for (what, text) in [("a receipt", &receipt), ("a token", &token)] {
            no_beginning_is_json(what, text);
            for (end, cut) in beginnings(text) {
                let found = look_up_token(200, &cut);
                let is_nothing = matches!(found, Lookup::Failed(_))
                    || (end == 0 && matches!(found, Lookup::NotYet));
                assert!(is_nothing, "{what} after {end} bytes: {found:?}");
            }
        }
        let look = city.text(&format!("tokens/{name}.json")).await?;
        no_beginning_is_json("a look at a token", &look);
        Ok(())
    });
}

#[test]
fn a_truncated_look_up_finds_no_request() {
    with_city(async |city| {
        let list = city.text("requests.json?page_size=5").await?;
        let rows: Value = serde_json::from_str(&list)?;
        let id = rows[2]["service_request_id"].as_str().context("no id")?;
        let one = city.text(&format!("requests/{id}.json")).await?;
        for text in [&one, &list] {
            let whole = look_up_request(200, text, id);
            assert!(matches!(whole, Lookup::Found(row) if row.id.as_deref() == Some(id)));
            for (end, cut) in beginnings(text) {
                let found = look_up_request(200, &cut, id);
                assert!(!matches!(found, Lookup::Found(_)), "after {end}: {found:?}");
                // Only an empty response means “not there yet”.
                let is_not_yet = matches!(found, Lookup::NotYet);
                assert_eq!(is_not_yet, cut.is_empty(), "after {end}: {found:?}");
            }
        }
        Ok(())
    });
}
