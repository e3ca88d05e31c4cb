//! Receipts: what a city answers to a POST, and to a token (rule 9).

use crate::fields::{code, words};
use crate::list::Shape;
use json::Value;

/// The answer to a POST, or to `tokens/TOKEN`: a number, or a token to poll, or neither.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Receipt {
    /// The city's number.
    pub service_request_id: Option<String>,
    /// What to ask for the number with later.
    pub token: Option<String>,
    /// What the city says about when and how, plain text.
    pub service_notice: Option<String>,
    /// The resident's diagnostics at the city.
    pub account_id: Option<String>,
}

pub(crate) const SHAPE: Shape = Shape {
    wrappers: &["service_requests", "requests", "request", "service_request"],
    marks: &["service_request_id", "request_id", "id", "token"],
    known: &[],
};

/// Reads the answer to a POST, or to `tokens/TOKEN`. What cannot be read is a receipt with nothing in
/// it; whether that means "received" is for the HTTP status and the kind of service to say.
pub fn read_receipt(answer: &Value) -> Receipt {
    let mut best = Receipt::default();
    for item in SHAPE.rows(answer) {
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

fn read_row(row: &Value) -> Receipt {
    Receipt {
        service_request_id: code(row, &["service_request_id", "request_id", "id"]),
        token: code(row, &["token"]),
        service_notice: words(row, &["service_notice"]),
        account_id: code(row, &["account_id"]),
    }
}
