//! Interprets look-ups shortly after a POST (rule 11). Tokens and caches take minutes, and some cities wait for
//! a confirmation by e-mail, so "not found" is not a failure then.

use crate::{
    Receipt, ServiceError, ServiceRequest, Value, read_error, read_receipt, read_requests,
};
use crate::{receipt, request};
use json::parse;

/// The result of a look-up.
#[derive(Debug, Clone, PartialEq)]
pub enum Lookup<T> {
    /// The endpoint has it.
    Found(T),
    /// The endpoint does not have it, or not yet: after a POST, ask again later.
    NotYet,
    /// The endpoint reports something else.
    Failed(ServiceError),
}

/// Interprets the response to `requests/ID.json`, given its HTTP status. Of several rows only the one with
/// this `id` counts as found, because servers that ignore a filter return everybody's requests.
pub fn look_up_request(status: u16, body: &str, id: &str) -> Lookup<Box<ServiceRequest>> {
    let response = match response(status, body) {
        Lookup::Found(response) => response,
        Lookup::NotYet => return Lookup::NotYet,
        Lookup::Failed(error) => return Lookup::Failed(error),
    };
    let mut reading = read_requests(&response);
    let id = id.trim();
    let asked_for = |row: &ServiceRequest| {
        row.id
            .as_deref()
            .is_some_and(|found| found.eq_ignore_ascii_case(id))
    };
    let row = match reading.rows.iter().position(asked_for) {
        Some(index) => reading.rows.into_iter().nth(index),
        // A single row may spell its number differently, with leading zeros or a prefix.
        None if reading.rows.len() == 1 => reading.rows.pop(),
        None => None,
    };
    match row {
        Some(row) => Lookup::Found(Box::new(row)),
        None if request::SHAPE.fits(&response) => Lookup::NotYet,
        None => failure(status, body),
    }
}

/// Interprets the response to `tokens/TOKEN.json`, given its HTTP status. Found means that the receipt has a
/// `service_request_id`.
pub fn look_up_token(status: u16, body: &str) -> Lookup<Receipt> {
    let response = match response(status, body) {
        Lookup::Found(response) => response,
        Lookup::NotYet => return Lookup::NotYet,
        Lookup::Failed(error) => return Lookup::Failed(error),
    };
    let receipt = read_receipt(&response);
    if receipt.service_request_id.is_some() {
        Lookup::Found(receipt)
    } else if receipt::SHAPE.fits(&response) {
        Lookup::NotYet
    } else {
        failure(status, body)
    }
}

fn response(status: u16, body: &str) -> Lookup<Value> {
    if !(200..300).contains(&status) {
        return failure(status, body);
    }
    if body.trim().is_empty() {
        return Lookup::NotYet;
    }
    match parse(body) {
        Ok(response) => Lookup::Found(response),
        Err(_) => failure(status, body),
    }
}

fn failure<T>(status: u16, body: &str) -> Lookup<T> {
    let error = read_error(status, body);
    // Some servers send the 404 in the body of a 200.
    let not_found = status == 404 || error.code.as_deref() == Some("404");
    if not_found {
        Lookup::NotYet
    } else {
        Lookup::Failed(error)
    }
}
