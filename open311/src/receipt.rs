//! Receipts: the response to a POST, and to a token (rule 9).

use crate::fields::{code, text};
use crate::list::Shape;
use json::Value;

/// The response to a POST, or to `tokens/TOKEN`: a number, a token to poll, or neither.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Receipt {
    /// The city's number.
    pub service_request_id: Option<String>,
    /// The token to look the number up with later.
    pub token: Option<String>,
    /// The secret that proves who sent the request (extension `receipt`).
    pub receipt: Option<String>,
    /// What the city says about when and how it responds, plain text.
    pub service_notice: Option<String>,
    /// The resident's account at the city.
    pub account_id: Option<String>,
}

pub(crate) const SHAPE: Shape = Shape {
    wrappers: &["service_requests", "requests", "request", "service_request"],
    marks: &["service_request_id", "request_id", "id", "token"],
    known: &[],
};

/// Reads the response to a POST, or to `tokens/TOKEN`. An unreadable response is an empty receipt; whether that
/// means "received" depends on the HTTP status and on the [`ServiceKind`](crate::ServiceKind).
pub fn read_receipt(response: &Value) -> Receipt {
    let mut best = Receipt::default();
    for item in SHAPE.rows(response) {
        let receipt = read_row(SHAPE.row(item));
        if receipt.service_request_id.is_some() || receipt.token.is_some() {
            return receipt;
        }
        if best == Receipt::default() {
            best = receipt;
        }
    }
    best
}

pub(crate) fn read_row(row: &Value) -> Receipt {
    Receipt {
        service_request_id: code(row, &["service_request_id", "request_id", "id"]),
        token: code(row, &["token"]),
        receipt: code(row, &["receipt"]),
        service_notice: text(row, &["service_notice"]),
        account_id: code(row, &["account_id"]),
    }
}
