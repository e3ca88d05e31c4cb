//! What a look-up means shortly after a POST (rule 11): tokens take minutes, caches too, and some cities
//! wait for a confirmation by e-mail. "Not found" is then no failure.

use crate::{
    Receipt, ServiceError, ServiceRequest, Value, read_error, read_receipt, read_requests,
};
use crate::{receipt, request};
use json::parse;

/// What the answer to a look-up means.
#[derive(Debug, Clone, PartialEq)]
pub enum Lookup<T> {
    /// It is there.
    Found(T),
    /// It is not there, or not yet: after a POST, ask again later.
    NotYet,
    /// The city's server says something else.
    Failed(ServiceError),
}

/// Classifies the answer to `requests/ID.json`. Found is only what was asked for: of several rows the
/// one with this `id`, because servers that ignore a filter send everybody's requests.
pub fn look_up_request(status: u16, body: &str, id: &str) -> Lookup<Box<ServiceRequest>> {
    let answer = match answer(status, body) {
        Lookup::Found(answer) => answer,
        Lookup::NotYet => return Lookup::NotYet,
        Lookup::Failed(error) => return Lookup::Failed(error),
    };
    let mut reading = read_requests(&answer);
    let id = id.trim();
    let asked_for = |row: &ServiceRequest| {
        row.id
            .as_deref()
            .is_some_and(|found| found.eq_ignore_ascii_case(id))
    };
    let row = match reading.rows.iter().position(asked_for) {
        Some(place) => reading.rows.into_iter().nth(place),
        // A single one may write its number differently, with zeros or a sign in front.
        None if reading.rows.len() == 1 => reading.rows.pop(),
        None => None,
    };
    match row {
        Some(row) => Lookup::Found(Box::new(row)),
        None if request::SHAPE.fits(&answer) => Lookup::NotYet,
        None => failure(status, body),
    }
}

/// Classifies the answer to `tokens/TOKEN.json`. Found means that the number is there.
pub fn look_up_token(status: u16, body: &str) -> Lookup<Receipt> {
    let answer = match answer(status, body) {
        Lookup::Found(answer) => answer,
        Lookup::NotYet => return Lookup::NotYet,
        Lookup::Failed(error) => return Lookup::Failed(error),
    };
    let receipt = read_receipt(&answer);
    if receipt.service_request_id.is_some() {
        Lookup::Found(receipt)
    } else if receipt::SHAPE.fits(&answer) {
        Lookup::NotYet
    } else {
        failure(status, body)
    }
}

fn answer(status: u16, body: &str) -> Lookup<Value> {
    if !(200..300).contains(&status) {
        return failure(status, body);
    }
    if body.trim().is_empty() {
        return Lookup::NotYet;
    }
    match parse(body) {
        Ok(answer) => Lookup::Found(answer),
        Err(_) => failure(status, body),
    }
}

fn failure<T>(status: u16, body: &str) -> Lookup<T> {
    let error = read_error(status, body);
    // Some servers put the 404 into the body of a 200.
    let not_found = status == 404 || error.code.as_deref() == Some("404");
    if not_found {
        Lookup::NotYet
    } else {
        Lookup::Failed(error)
    }
}
