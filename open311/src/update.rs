//! Updates: what has happened to a service request. mySociety's `servicerequestupdates`, and the
//! `notes` that other dialects put into the request itself.

use crate::fields::{code, moment, read_agency, web_address, words};
use crate::list::Shape;
use crate::{Moment, Reading, Stage, Status, Value, plain_text};

/// One thing that happened to a service request. All texts that people read are plain text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Update {
    /// The update's own id.
    pub id: Option<String>,
    /// Which service request it is about; notes inside a request do not say.
    pub service_request_id: Option<String>,
    /// Where the request stands since; often not said.
    pub status: Status,
    /// The city's own word for `status`, as plain text.
    pub status_text: Option<String>,
    /// A headline (`title`, `summary`).
    pub title: Option<String>,
    /// What happened.
    pub description: Option<String>,
    /// When.
    pub updated: Option<Moment>,
    /// A picture; absolute, or relative to the endpoint.
    pub media_url: Option<String>,
    /// Who has the request since, where it was handed over.
    pub agency: Option<String>,
    /// The city asks the resident something (`"type": "question"`, `"needs_answer": true`).
    pub is_question: bool,
    /// The resident said it (`"author": "resident"`).
    pub is_own: bool,
}

const SHAPE: Shape = Shape {
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

/// Reads `servicerequestupdates.json`. A row that says nothing is a bad row.
pub fn read_updates(answer: &Value) -> Reading<Update> {
    SHAPE.read(answer, read_update)
}

/// Reads the history inside a service request.
pub(crate) fn read_notes(notes: &Value) -> Vec<Update> {
    read_updates(notes).rows
}

fn read_update(row: &Value) -> Option<Update> {
    let says = |name: &str, word: &str| {
        let text = row.text_of(&[name]);
        text.is_some_and(|text| text.eq_ignore_ascii_case(word))
    };
    let needs_answer = row.get("needs_answer").and_then(Value::as_bool);
    let status = status_word(row);
    let status_text = plain_text(status);
    let update = Update {
        id: code(row, &["update_id", "id"]),
        service_request_id: code(row, &["service_request_id"]),
        status: Status::read(status),
        status_text: (!status_text.is_empty()).then_some(status_text),
        title: words(row, &["title", "summary"]),
        description: words(row, &["description", "status_note", "status_notes"]),
        updated: moment(row, &["updated_datetime", "datetime"]),
        media_url: web_address(row, &["media_url", "media_urls"]),
        agency: read_agency(row),
        is_question: says("type", "question") || needs_answer == Some(true),
        is_own: says("author", "resident"),
    };
    (update != Update::default()).then_some(update)
}

/// The word that says where the request stands; empty where none does.
fn status_word(row: &Value) -> &str {
    let kind = row.text_of(&["type"]).unwrap_or_default();
    let told = Status::read(kind);
    if let Some(status) = row.text_of(&["status"]) {
        // "withdrawn" beside "closed" says which kind of closed.
        let is_finer =
            matches!(told, Status::Known(_)) && told.stage() == Status::read(status).stage();
        return if is_finer { kind } else { status };
    }
    // Connected Bits: "opened" and "closed" stand among words for other kinds of notes.
    match told.stage() {
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
    fn a_kind_that_says_it_more_finely_is_the_status() {
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
    fn the_city_s_word_stays_beside_what_it_means() {
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
    fn a_question_says_that_it_is_one() {
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
}
