//! Service requests and their status (`requests.json`, `requests/ID.json`).

use crate::fields::{code, moment, read_agency, text, web_address};
use crate::list::Shape;
use crate::update::read_notes;
use crate::{Location, Moment, Reading, Status, Update, Value};

/// A service request. All texts for people are plain text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ServiceRequest {
    /// `service_request_id`; the city's number.
    pub id: Option<String>,
    /// The token to look the number up with, if there is no number yet.
    pub token: Option<String>,
    /// The status by its meaning.
    pub status: Status,
    /// The city's own word for `status`.
    pub status_text: Option<String>,
    /// The city's own, more specific status (Mark-a-Spot's `status_descriptive_name`, CitySDK's
    /// `detailed_status`).
    pub status_name: Option<String>,
    /// Why it has this status.
    pub status_notes: Option<String>,
    /// The name of the requested service.
    pub service_name: Option<String>,
    /// The code of the requested service.
    pub service_code: Option<String>,
    /// What the resident wrote.
    pub description: Option<String>,
    /// The office or company in charge.
    pub agency_responsible: Option<String>,
    /// What the city says about when and how it responds.
    pub service_notice: Option<String>,
    /// The address as text.
    pub address: Option<String>,
    /// The city's own address code.
    pub address_id: Option<String>,
    /// The postal code.
    pub zipcode: Option<String>,
    /// When it was submitted (`requested_datetime`).
    pub requested: Option<Moment>,
    /// When it last changed (`updated_datetime`).
    pub updated: Option<Moment>,
    /// When it is expected to be done (`expected_datetime`).
    pub expected: Option<Moment>,
    /// The coordinates.
    pub location: Option<Location>,
    /// The URL of a picture; absolute, or relative to the endpoint.
    pub media_url: Option<String>,
    /// The history, in the order sent (`extensions=true`).
    pub notes: Vec<Update>,
}

const ID: [&str; 3] = ["service_request_id", "request_id", "id"];

pub(crate) const SHAPE: Shape = Shape {
    wrappers: &["requests", "service_requests", "request", "service_request"],
    marks: &["service_request_id", "request_id", "id", "token"],
    known: &[
        "service_request_id",
        "request_id",
        "id",
        "token",
        "status",
        "status_notes",
        "status_note",
        "service_name",
        "service_code",
        "description",
        "agency_responsible",
        "service_notice",
        "requested_datetime",
        "updated_datetime",
        "expected_datetime",
        "address",
        "address_string",
        "address_id",
        "zipcode",
        "lat",
        "latitude",
        "long",
        "lon",
        "lng",
        "longitude",
        "media_url",
        "media_urls",
        "notes",
        "extended_attributes",
    ],
};

/// Reads `requests.json` and `requests/ID.json`. A row with neither an id nor a token is a bad row.
pub fn read_requests(response: &Value) -> Reading<ServiceRequest> {
    SHAPE.read(response, read_request)
}

/// Reads only what statistics need: id, status, service, and the dates. Cities send thousands of rows, and most
/// of each row is text. A row without an id is a bad row; nulls and unknown fields are not counted.
pub fn read_request_summaries(response: &Value) -> Reading<ServiceRequest> {
    let rows = SHAPE.rows(response);
    let summaries: Vec<ServiceRequest> = rows.iter().filter_map(read_summary).collect();
    Reading {
        bad_rows: rows.len() - summaries.len(),
        rows: summaries,
        ..Reading::default()
    }
}

fn read_summary(item: &Value) -> Option<ServiceRequest> {
    let row = SHAPE.row(item);
    Some(ServiceRequest {
        id: Some(code(row, &ID)?),
        status: Status::read(row.text_of(&["status"]).unwrap_or_default()),
        status_text: text(row, &["status"]),
        service_name: text(row, &["service_name"]),
        service_code: code(row, &["service_code"]),
        requested: moment(row, &["requested_datetime"]),
        updated: moment(row, &["updated_datetime"]),
        expected: moment(row, &["expected_datetime"]),
        ..ServiceRequest::default()
    })
}

pub(crate) fn read_request(row: &Value) -> Option<ServiceRequest> {
    let id = code(row, &ID);
    let token = code(row, &["token"]);
    if id.is_none() && token.is_none() {
        return None;
    }
    let extended = row.get("extended_attributes").unwrap_or(&Value::Null);
    let extended = extended.get("markaspot").unwrap_or(extended);
    let history = row
        .first(&["notes"])
        .or_else(|| extended.first(&["status_notes"]));
    Some(ServiceRequest {
        id,
        token,
        status: Status::read(row.text_of(&["status"]).unwrap_or_default()),
        status_text: text(row, &["status"]),
        status_name: text(extended, &["status_descriptive_name", "detailed_status"]),
        status_notes: text(row, &["status_notes", "status_note"]),
        service_name: text(row, &["service_name"]),
        service_code: code(row, &["service_code"]),
        description: text(row, &["description"]),
        agency_responsible: read_agency(row),
        service_notice: text(row, &["service_notice"]),
        address: text(row, &["address", "address_string"]),
        address_id: code(row, &["address_id"]),
        zipcode: code(row, &["zipcode"]),
        requested: moment(row, &["requested_datetime"]),
        updated: moment(row, &["updated_datetime"]),
        expected: moment(row, &["expected_datetime"]),
        location: Location::read(row),
        media_url: web_address(row, &["media_url", "media_urls"])
            .or_else(|| web_address(extended, &["media_urls"])),
        notes: history.map(read_notes).unwrap_or_default(),
    })
}
