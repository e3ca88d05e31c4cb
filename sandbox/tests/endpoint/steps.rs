//! Steps that many tests have in common.

use std::cell::RefCell;
use std::collections::HashMap;

use serde_json::Value;

use crate::support::{BASE, REQUESTS, Response, Sandbox, UPDATES};

/// Posts a request of this service, with an address and these fields.
pub(crate) fn post_request(
    sandbox: &Sandbox,
    service_code: &str,
    more: &[(&str, &str)],
) -> Response {
    let mut fields = vec![
        ("service_code", service_code),
        ("address_string", "12 Main St"),
    ];
    fields.extend(more);
    sandbox.post(REQUESTS, &fields)
}

/// Posts a request and returns its id.
pub(crate) fn new_request(sandbox: &Sandbox, service_code: &str, more: &[(&str, &str)]) -> String {
    id_of(&post_request(sandbox, service_code, more))
}

thread_local! {
    /// The receipts of the requests that this test has posted, by id.
    static RECEIPTS: RefCell<HashMap<String, String>> = RefCell::default();
}

/// The id in the response to a POST. Keeps the receipt for `new_update`.
pub(crate) fn id_of(sent: &Response) -> String {
    assert_eq!(sent.status, 201, "{}", sent.text());
    let rows = sent.rows();
    let id = rows[0]["service_request_id"].as_str().unwrap().to_owned();
    if let Some(receipt) = rows[0]["receipt"].as_str() {
        RECEIPTS.with_borrow_mut(|receipts| receipts.insert(id.clone(), receipt.to_owned()));
    }
    id
}

/// The receipt of a request that this test has posted, or of one of the sample city.
pub(crate) fn receipt_of(id: &str) -> String {
    let own = RECEIPTS.with_borrow(|receipts| receipts.get(id).cloned());
    own.unwrap_or_else(|| format!("sample-{id}"))
}

/// The row of a request.
pub(crate) fn row(sandbox: &Sandbox, id: &str) -> Value {
    let path = format!("{BASE}/requests/{id}.json");
    sandbox.get(&path).rows().remove(0)
}

/// The row of a request with its history in `notes`.
pub(crate) fn row_with_notes(sandbox: &Sandbox, id: &str) -> Value {
    let path = format!("{BASE}/requests/{id}.json?extensions=true");
    sandbox.get(&path).rows().remove(0)
}
/// The updates of a request.
pub(crate) fn history(sandbox: &Sandbox, id: &str) -> Vec<Value> {
    sandbox
        .get(&format!("{UPDATES}?service_request_id={id}"))
        .rows()
}

/// Posts an update of the request's sender and returns its id.
pub(crate) fn new_update(sandbox: &Sandbox, id: &str, fields: &[(&str, &str)]) -> String {
    let receipt = receipt_of(id);
    let mut fields = fields.to_vec();
    fields.push(("receipt", &receipt));
    fields.push(("service_request_id", id));
    let sent = sandbox.post(UPDATES, &fields);
    assert_eq!(sent.status, 201, "{fields:?}: {}", sent.text());
    sent.rows()[0]["update_id"].as_str().unwrap().to_owned()
}

/// The path of the clerk's page of a request.
pub(crate) fn clerk_path(id: &str) -> String {
    let digits: String = id.chars().filter(char::is_ascii_digit).collect();
    let number: u32 = digits[digits.len() - 5..].parse().unwrap();
    format!("/clerk/{number}")
}

/// The clerk's page of a request.
pub(crate) fn clerk_page(sandbox: &Sandbox, id: &str) -> String {
    sandbox.get(&clerk_path(id)).text().to_owned()
}

/// Submits one of the clerk's forms for a request. The name is empty for the form of the stage.
pub(crate) fn clerk_action(sandbox: &Sandbox, id: &str, name: &str, fields: &[(&str, &str)]) {
    let page = clerk_path(id);
    let path = match name {
        "" => page.clone(),
        name => format!("{page}/{name}"),
    };
    let response = sandbox.post(&path, fields);
    assert_eq!(
        response.status,
        303,
        "{name} {fields:?}: {}",
        response.text()
    );
    assert_eq!(response.header("location"), format!("{page}?moved=1"));
}

/// Checks that the text contains all these in this order.
pub(crate) fn assert_in_order(text: &str, expected: &[&str]) {
    let mut rest = text;
    for expected in expected {
        let at = rest
            .find(expected)
            .unwrap_or_else(|| panic!("{expected} is missing or in another place: {text}"));
        rest = &rest[at..];
    }
}
