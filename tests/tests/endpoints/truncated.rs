//! Real answers that break off after any byte, read as the widget reads them: nothing falls over,
//! and no number comes out that the city did not give.

use anyhow::{Context, Result};
use frontdoor_tests::{Sandbox, Turn};
use open311::{
    Lookup, json, look_up_request, look_up_token, read_definition, read_error, read_receipt,
    read_requests, read_services,
};
use serde_json::Value;

/// Bytes as the widget takes them: UTF-8, and what is none as an old server's.
fn decode(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}

/// The text after each byte of it, with how many there were.
fn beginnings(text: &str) -> impl Iterator<Item = (usize, String)> {
    let bytes = text.as_bytes();
    (0..bytes.len()).map(move |end| {
        let cut = Turn::First(end).bytes(bytes.to_vec());
        (end, decode(&cut))
    })
}

/// Reads it in every way there is: none may fall over.
fn read_all(text: &str) {
    for status in [200, 404, 500] {
        let _ = read_error(status, text);
    }
    let _ = json::parse(text);
}

fn no_answer(what: &str, text: &str) {
    let mut inside_a_character = 0;
    for (end, cut) in beginnings(text) {
        read_all(&cut);
        inside_a_character += usize::from(!text.is_char_boundary(end));
        let read = json::parse(&cut);
        assert!(read.is_err(), "{what} after {end} bytes is {read:?}");
    }
    println!(
        "{what}: {} beginnings, {inside_a_character} of them inside a character",
        text.len()
    );
}

struct Real {
    city: Sandbox,
    client: reqwest::Client,
}

impl Real {
    async fn text(&self, path: &str) -> Result<String> {
        let bytes = self.city.bytes(&format!("/open311/v2/{path}")).await?;
        Ok(String::from_utf8(bytes)?.trim().to_owned())
    }

    async fn post(&self, body: &'static str) -> Result<String> {
        let url = format!("{}/open311/v2/requests.json", self.city.origin());
        let request = self
            .client
            .post(url)
            .header("content-type", "application/x-www-form-urlencoded");
        let answer = request.body(body).send().await?.error_for_status()?;
        Ok(answer.text().await?.trim().to_owned())
    }
}

fn with_city(test: impl AsyncFnOnce(Real) -> Result<()>) {
    let runtime = tokio::runtime::Runtime::new().expect("no runtime");
    let outcome = runtime.block_on(async {
        let city = Sandbox::start(&[])?;
        let client = reqwest::Client::new();
        test(Real { city, client }).await
    });
    if let Err(error) = outcome {
        panic!("{error:#}");
    }
}

#[test]
fn lists_and_definitions_that_break_off_are_no_answers() {
    with_city(async |real| {
        let services = real.text("services.json").await?;
        let definition = real.text("services/pothole.json").await?;
        let requests = real.text("requests.json?page_size=60").await?;
        assert!(definition.contains('’'), "no character of several bytes");
        let whole = read_services(&json::parse(&services)?);
        assert_eq!((whole.rows.len(), whole.bad_rows), (53, 0));
        assert_eq!(
            read_definition(&json::parse(&definition)?).attributes.len(),
            3
        );
        assert_eq!(read_requests(&json::parse(&requests)?).rows.len(), 60);
        no_answer("services", &services);
        no_answer("a definition", &definition);
        no_answer("requests", &requests);
        Ok(())
    });
}

#[test]
fn a_receipt_that_breaks_off_gives_no_number_and_no_token() {
    with_city(async |real| {
        let body = "service_code=street-sweeping&address_string=4+Main+St&description=Glass";
        let receipt = real.post(body).await?;
        let whole = read_receipt(&json::parse(&receipt)?);
        assert!(whole.service_request_id.is_some(), "{receipt}");
        let body = "service_code=tax-copy&address_string=4+Main+St&attribute[year]=2025";
        let token = real.post(body).await?;
        let whole = read_receipt(&json::parse(&token)?);
        let name = whole.token.context("no token")?;
        for (what, text) in [("a receipt", &receipt), ("a token", &token)] {
            no_answer(what, text);
            for (end, cut) in beginnings(text) {
                let found = look_up_token(200, &cut);
                let is_nothing = matches!(found, Lookup::Failed(_))
                    || (end == 0 && matches!(found, Lookup::NotYet));
                assert!(is_nothing, "{what} after {end} bytes: {found:?}");
            }
        }
        let look = real.text(&format!("tokens/{name}.json")).await?;
        no_answer("a look at a token", &look);
        Ok(())
    });
}

#[test]
fn a_look_up_that_breaks_off_finds_nothing_and_nobody_else() {
    with_city(async |real| {
        let list = real.text("requests.json?page_size=5").await?;
        let rows: Value = serde_json::from_str(&list)?;
        let id = rows[2]["service_request_id"].as_str().context("no id")?;
        let one = real.text(&format!("requests/{id}.json")).await?;
        for text in [&one, &list] {
            let whole = look_up_request(200, text, id);
            assert!(matches!(whole, Lookup::Found(row) if row.id.as_deref() == Some(id)));
            for (end, cut) in beginnings(text) {
                let found = look_up_request(200, &cut, id);
                assert!(!matches!(found, Lookup::Found(_)), "after {end}: {found:?}");
                // Not there yet is said only where nothing came at all.
                let is_said = matches!(found, Lookup::NotYet);
                assert_eq!(is_said, cut.is_empty(), "after {end}: {found:?}");
            }
        }
        Ok(())
    });
}
