//! Service requests: what was asked for and where it stands (`requests.json`, `requests/ID.json`).

use crate::fields::{code, moment, read_agency, web_address, words};
use crate::list::Shape;
use crate::update::read_notes;
use crate::{Location, Moment, Reading, Status, Update, Value};

/// One service request. All texts that people read are plain text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ServiceRequest {
    /// `service_request_id`; the city's number.
    pub id: Option<String>,
    /// What to ask for the number with, where it is not there yet.
    pub token: Option<String>,
    /// Where it stands.
    pub status: Status,
    /// The city's own word for `status`, as plain text.
    pub status_text: Option<String>,
    /// The city's own name for where it stands, which is finer than `status`
    /// (Mark-a-Spot's `status_descriptive_name`, CitySDK's `detailed_status`).
    pub status_name: Option<String>,
    /// Why it stands there.
    pub status_notes: Option<String>,
    /// What was asked for.
    pub service_name: Option<String>,
    /// The code of what was asked for.
    pub service_code: Option<String>,
    /// What the resident wrote.
    pub description: Option<String>,
    /// Who does it.
    pub agency_responsible: Option<String>,
    /// What the city says about when and how.
    pub service_notice: Option<String>,
    /// Where, in words.
    pub address: Option<String>,
    /// Where, as the city's own address code.
    pub address_id: Option<String>,
    /// The postal code.
    pub zipcode: Option<String>,
    /// When it was asked for.
    pub requested: Option<Moment>,
    /// When it last changed.
    pub updated: Option<Moment>,
    /// When it is expected to be done.
    pub expected: Option<Moment>,
    /// Where, on the map.
    pub location: Option<Location>,
    /// A picture; absolute, or relative to the endpoint.
    pub media_url: Option<String>,
    /// What has happened so far, in the order sent (`extensions=true`).
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
pub fn read_requests(answer: &Value) -> Reading<ServiceRequest> {
    SHAPE.read(answer, read_request)
}

/// Reads of a list only what it takes to count: id, status, service, and when it was sent, changed and
/// expected. Cities send thousands of rows, and most of each is words. A row without an id is a bad row; what else
/// is odd is not told.
pub fn read_request_summaries(answer: &Value) -> Reading<ServiceRequest> {
    let rows = SHAPE.rows(answer);
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
        status_text: words(row, &["status"]),
        service_name: words(row, &["service_name"]),
        service_code: code(row, &["service_code"]),
        requested: moment(row, &["requested_datetime"]),
        updated: moment(row, &["updated_datetime"]),
        expected: moment(row, &["expected_datetime"]),
        ..ServiceRequest::default()
    })
}

fn read_request(row: &Value) -> Option<ServiceRequest> {
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
        status_text: words(row, &["status"]),
        status_name: words(extended, &["status_descriptive_name", "detailed_status"]),
        status_notes: words(row, &["status_notes", "status_note"]),
        service_name: words(row, &["service_name"]),
        service_code: code(row, &["service_code"]),
        description: words(row, &["description"]),
        agency_responsible: read_agency(row),
        service_notice: words(row, &["service_notice"]),
        address: words(row, &["address", "address_string"]),
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
