//! Updates of a service request: mySociety's `servicerequestupdates`, and the `notes` that other dialects put
//! into the request itself.

use crate::fields::{code, moment, read_agency, text, web_address};
use crate::list::Shape;
use crate::{Moment, Reading, Stage, Status, Value, plain_text};

/// An update of a service request. All texts for people are plain text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Update {
    /// The update's own id.
    pub id: Option<String>,
    /// The service request; notes inside a request do not name it.
    pub service_request_id: Option<String>,
    /// The status since this update; often not stated.
    pub status: Status,
    /// The city's own word for `status`.
    pub status_text: Option<String>,
    /// A headline (`title`, `summary`).
    pub title: Option<String>,
    /// What happened.
    pub description: Option<String>,
    /// When it happened (`updated_datetime`).
    pub updated: Option<Moment>,
    /// The URL of a picture; absolute, or relative to the endpoint.
    pub media_url: Option<String>,
    /// The office or company in charge since, if it was handed over (`agency_responsible`).
    pub agency: Option<String>,
    /// Whether the city asks the resident a question (`"type": "question"`, `"needs_answer": true`).
    pub is_question: bool,
    /// Who wrote it.
    pub author: Author,
}

/// Who wrote an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Author {
    /// The city, or the endpoint does not say.
    #[default]
    City,
    /// The person who sent the request (`"author": "resident"`).
    Resident,
    /// Another person (`"author": "other"`).
    Other,
}

impl Author {
    /// Its name in a row; empty for the city.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::City => "",
            Self::Resident => "resident",
            Self::Other => "other",
        }
    }
}

pub(crate) const SHAPE: Shape = Shape {
    wrappers: &[
        "service_request_updates",
        "servicerequestupdates",
        "request_updates",
        "updates",
        "service_request_update",
        "request_update",
        "update",
    ],
    marks: &["update_id", "service_request_id"],
    known: &[
        "update_id",
        "id",
        "service_request_id",
        "status",
        "type",
        "title",
        "summary",
        "description",
        "status_note",
        "status_notes",
        "updated_datetime",
        "datetime",
        "media_url",
        "media_urls",
        "agency_responsible",
        "author",
        "needs_answer",
    ],
};

/// Reads `servicerequestupdates.json`. A row without any known field is a bad row.
pub fn read_updates(response: &Value) -> Reading<Update> {
    SHAPE.read(response, read_update)
}

/// Reads the history in a service request.
pub(crate) fn read_notes(notes: &Value) -> Vec<Update> {
    read_updates(notes).rows
}

pub(crate) fn read_update(row: &Value) -> Option<Update> {
    let says = |name: &str, word: &str| {
        let text = row.text_of(&[name]);
        text.is_some_and(|text| text.eq_ignore_ascii_case(word))
    };
    let mut authors = [Author::Resident, Author::Other].into_iter();
    let author = authors.find(|author| says("author", author.name()));
    let author = author.unwrap_or_default();
    let needs_answer = row.get("needs_answer").and_then(Value::as_bool);
    let status = status_word(row);
    let status_text = plain_text(status);
    let update = Update {
        id: code(row, &["update_id", "id"]),
        service_request_id: code(row, &["service_request_id"]),
        status: Status::read(status),
        status_text: (!status_text.is_empty()).then_some(status_text),
        title: text(row, &["title", "summary"]),
        description: text(row, &["description", "status_note", "status_notes"]),
        updated: moment(row, &["updated_datetime", "datetime"]),
        media_url: web_address(row, &["media_url", "media_urls"]),
        agency: read_agency(row),
        is_question: says("type", "question") || needs_answer == Some(true),
        author,
    };
    (update != Update::default()).then_some(update)
}

/// The status of a row, in the endpoint's word; empty if it has none.
fn status_word(row: &Value) -> &str {
    let kind = row.text_of(&["type"]).unwrap_or_default();
    let kind_status = Status::read(kind);
    if let Some(status) = row.text_of(&["status"]) {
        // "withdrawn" beside "closed" is more specific.
        let is_finer = matches!(kind_status, Status::Known(_))
            && kind_status.stage() == Status::read(status).stage();
        return if is_finer { kind } else { status };
    }
    // Connected Bits: `type` is "opened" or "closed", or another kind of note.
    match kind_status.stage() {
        Stage::Unknown => "",
        Stage::Open | Stage::Closed => kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::KnownStatus;
    use json::parse;

    #[test]
    fn a_type_that_is_more_specific_is_the_status() {
        let status = |fields: &str| update(fields).status;
        let withdrawn = Status::Known(KnownStatus::Withdrawn);
        assert_eq!(
            status(r#""status": "closed", "type": "withdrawn""#),
            withdrawn
        );
        assert_eq!(
            status(r#""status": "closed", "type": "question""#),
            Status::Closed
        );
        assert_eq!(
            status(r#""status": "open", "type": "withdrawn""#),
            Status::Open
        );
    }

    fn update(fields: &str) -> Update {
        let row = parse(&["[{\"update_id\": 1, ", fields, "}]"].concat()).unwrap();
        read_updates(&row).rows.remove(0)
    }

    #[test]
    fn the_city_s_own_word_is_kept_beside_the_status() {
        for (fields, status, word) in [
            (r#""status": "CLOSED""#, Status::Closed, Some("CLOSED")),
            (
                r#""status": "<b>Los</b>""#,
                Status::Other("Los".into()),
                Some("Los"),
            ),
            (
                r#""status": " ", "type": "opened""#,
                Status::Open,
                Some("opened"),
            ),
            (r#""type": "question""#, Status::Unstated, None),
            (r#""status": null"#, Status::Unstated, None),
        ] {
            let found = update(fields);
            assert_eq!(
                (found.status, found.status_text.as_deref()),
                (status, word),
                "{fields}"
            );
        }
    }

    #[test]
    fn a_question_is_recognized_by_its_type_or_by_needs_answer() {
        for (fields, expected) in [
            (r#""type": "Question""#, true),
            (r#""needs_answer": true"#, true),
            (r#""needs_answer": "True""#, true),
            (r#""needs_answer": false, "type": "note""#, false),
            (r#""needs_answer": null"#, false),
        ] {
            assert_eq!(update(fields).is_question, expected, "{fields}");
        }
    }

    #[test]
    fn the_author_is_the_sender_of_the_request_another_person_or_the_city() {
        for (fields, expected) in [
            (r#""author": "Resident""#, Author::Resident),
            (r#""author": "other""#, Author::Other),
            (r#""author": "Public Works""#, Author::City),
            (r#""author": null"#, Author::City),
        ] {
            assert_eq!(update(fields).author, expected, "{fields}");
        }
    }
}
