//! What a response to a POST says about what was sent (rule 14). The endpoint has it, or has refused it, only if
//! the response says so in a form of the endpoint's own. Everything else is no answer: a login page, a gateway's
//! error, an empty body, a body that was cut off, somebody else's rows. No answer leaves a doubt.

use crate::fields::code;
use crate::{Receipt, ServiceError, ServiceKind, Value, error, read_error, receipt, update};
use json::parse;

/// What a response to a POST says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PostAnswer<T> {
    /// The endpoint has what was sent.
    Accepted(T),
    /// The endpoint refused it, in an error of its own. The status is 400 to 499, but never 408.
    Refused(ServiceError),
    /// It does not say whether the endpoint has it. The error holds what it says otherwise; its status may be 200.
    Unknown(ServiceError),
}

/// Reads the response to `POST requests`. Only a service of the kind [`ServiceKind::Blackbox`] may be answered with
/// a receipt that has neither a number nor a token.
pub fn read_request_answer(status: u16, body: &str, kind: ServiceKind) -> PostAnswer<Receipt> {
    let response = match good(status, body) {
        Ok(response) => response,
        Err(failure) => return failure.into(),
    };
    let mut accepted: Option<Receipt> = None;
    let rows = receipt::SHAPE.rows(&response);
    for item in rows {
        let row = receipt::SHAPE.row(item);
        let Some(receipt) = read_receipt_row(row) else {
            continue;
        };
        let is_other = accepted
            .as_ref()
            .is_some_and(|known| known.service_request_id != receipt.service_request_id);
        if is_other {
            // A list of requests, and nothing says which one was sent.
            return unknown(status, &response);
        }
        accepted = Some(receipt);
    }
    match accepted {
        Some(receipt) if receipt.service_request_id.is_some() || receipt.token.is_some() => {
            PostAnswer::Accepted(receipt)
        }
        Some(receipt) if kind == ServiceKind::Blackbox && rows.len() == 1 => {
            PostAnswer::Accepted(receipt)
        }
        _ => unknown(status, &response),
    }
}

/// Reads the response to `POST servicerequestupdates`, for an update of the request `id` that was sent with this
/// `update_id`.
pub fn read_update_answer(status: u16, body: &str, id: &str, update_id: &str) -> PostAnswer<()> {
    let response = match good(status, body) {
        Ok(response) => response,
        Err(failure) => return failure.into(),
    };
    let rows = update::SHAPE.rows(&response);
    let is_wrapped = update::SHAPE.knows(&response);
    let is_own = |item: &Value| {
        let row = update::SHAPE.row(item);
        let has = |names: &[&str], text: &str| {
            code(row, names).is_some_and(|found| found.eq_ignore_ascii_case(text))
        };
        if is_failure(row) {
            return false;
        }
        // Several rows are a list of updates, in which the new one has to be found.
        if rows.len() > 1 {
            return has(&["update_id", "id"], update_id);
        }
        id_of(row, &["update_id"]).is_some()
            || (id_of(row, &["id"]).is_some()
                && (is_wrapped || row.get("updated_datetime").is_some()))
            || has(&["service_request_id"], id)
    };
    if rows.iter().any(is_own) {
        PostAnswer::Accepted(())
    } else {
        unknown(status, &response)
    }
}

/// Reads the response to a POST of feedback with this `id`: a row with the same `id`.
pub fn read_feedback_answer(status: u16, body: &str, id: &str) -> PostAnswer<()> {
    let response = match good(status, body) {
        Ok(response) => response,
        Err(failure) => return failure.into(),
    };
    let row = response.items().first().unwrap_or(&response);
    if !is_failure(row) && code(row, &["id"]).is_some_and(|found| found == id) {
        PostAnswer::Accepted(())
    } else {
        unknown(status, &response)
    }
}

/// Why there is no usable response.
enum Failure {
    Refused(ServiceError),
    Unknown(ServiceError),
}

impl<T> From<Failure> for PostAnswer<T> {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(error) => Self::Refused(error),
            Failure::Unknown(error) => Self::Unknown(error),
        }
    }
}

fn unknown<T>(status: u16, response: &Value) -> PostAnswer<T> {
    PostAnswer::Unknown(error::read_value(status, response))
}

/// The response, if it has a status and a form from which something can be read.
fn good(status: u16, body: &str) -> Result<Value, Failure> {
    let Ok(response) = parse(body) else {
        return Err(Failure::Unknown(read_error(status, body)));
    };
    let is_good = (200..300).contains(&status);
    let mut error = error::read_value(status, &response);
    if is_good {
        // Some endpoints refuse with HTTP status 200.
        let code = error.code.as_deref().and_then(|code| code.parse().ok());
        match code {
            Some(code @ 400..600) if !is_receipt(&response) => error.status = code,
            _ if is_failure(&response) => return Err(Failure::Unknown(error)),
            _ => return Ok(response),
        }
    }
    let shape = own_error(&response);
    let is_own = match error.status {
        400 | 409 | 422 => shape != ErrorShape::None,
        // What gateways say, too: in the words of a gateway it is not the endpoint's answer.
        401..=406 | 410..500 => shape == ErrorShape::Own,
        _ => false,
    };
    Err(if is_own {
        Failure::Refused(error)
    } else {
        Failure::Unknown(error)
    })
}

fn is_receipt(response: &Value) -> bool {
    let rows = receipt::SHAPE.rows(response);
    rows.iter()
        .any(|item| id_of(receipt::SHAPE.row(item), &["service_request_id"]).is_some())
}

/// Whose error a body may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ErrorShape {
    /// No error that can be read.
    None,
    /// One that gateways write, too: `{"message": "…"}`, `{"error": "…"}`, or texts by names of fields.
    Common,
    /// GeoReport's `{code, description}`, or what endpoints are known to write in its place.
    Own,
}

fn own_error(value: &Value) -> ErrorShape {
    let has = |names: &[&str]| value.first(names).is_some();
    match value {
        Value::List(items) => items.first().map_or(ErrorShape::None, own_error),
        Value::Map(fields) => {
            let codes = ["code", "error_code", "errorCode", "_embedded"];
            if has(&["description", "detail", "errors"]) || (has(&["message"]) && has(&codes)) {
                ErrorShape::Own
            } else if let Some(inner @ (Value::Map(_) | Value::List(_))) = value.get("error") {
                own_error(inner)
            } else {
                let by_field = fields.iter().all(|(_, value)| !value.items().is_empty());
                let is_common = has(&["message", "error"]) || (by_field && !fields.is_empty());
                if is_common {
                    ErrorShape::Common
                } else {
                    ErrorShape::None
                }
            }
        }
        _ => ErrorShape::None,
    }
}

/// True if a row says that something failed, whatever else is in it.
fn is_failure(row: &Value) -> bool {
    let says_no = |name: &str| row.get(name).and_then(Value::as_bool) == Some(false);
    let has_error = |name: &str| {
        row.get(name)
            .is_some_and(|error| !error.is_blank() && error.as_bool() != Some(false))
    };
    let is_status = |name: &str| {
        let status = row.text_of(&[name]).and_then(|code| code.parse().ok());
        matches!(status, Some(400u16..600))
    };
    ["success", "ok"].into_iter().any(says_no)
        || ["error", "errors"].into_iter().any(has_error)
        || ["status", "code"].into_iter().any(is_status)
}

/// Fields that stand beside the number of a request, and in no other response.
const COMPANIONS: [&str; 7] = [
    "service_request_id",
    "service_notice",
    "account_id",
    "service_code",
    "service_name",
    "requested_datetime",
    "address",
];

/// A receipt, possibly without a number; `None` if the row is none.
fn read_receipt_row(row: &Value) -> Option<Receipt> {
    if is_failure(row) {
        return None;
    }
    let names = ["service_request_id", "service_notice", "account_id"];
    let is_marked = names.iter().any(|name| row.get(name).is_some());
    // Logins have tokens, and gateways give numbers to their errors.
    let is_alone = row.fields().len() == 1;
    let is_accompanied = COMPANIONS.iter().any(|name| row.get(name).is_some());
    let mut receipt = receipt::read_row(row);
    receipt.service_request_id = id_of(row, &["service_request_id"]);
    receipt.token = None;
    if is_alone || is_accompanied {
        let other = || id_of(row, &["request_id", "id"]);
        receipt.service_request_id = receipt.service_request_id.or_else(other);
        receipt.token = id_of(row, &["token"]);
    }
    let is_known = receipt.service_request_id.is_some() || receipt.token.is_some();
    (is_marked || is_known || row.get("token").is_some() && is_alone).then_some(receipt)
}

/// Longer texts are no numbers or tokens, in bytes. Real ones have up to 130.
const MAX_ID: usize = 256;

/// An id or a token that is one: programs write their words for “none” in place of a missing one.
fn id_of(row: &Value, names: &[&str]) -> Option<String> {
    const NONE: [&str; 7] = ["null", "none", "nil", "undefined", "false", "0", "-1"];
    let id = code(row, names)?;
    let is_none = NONE.iter().any(|none| id.eq_ignore_ascii_case(none));
    (!is_none && id.len() <= MAX_ID && !id.contains(char::is_control)).then_some(id)
}
