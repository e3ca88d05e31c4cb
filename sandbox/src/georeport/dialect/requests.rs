//! Requests, receipts and updates in a dialect: statuses, dates, locations and photos.
//!
//! Rows are rewritten as JSON values: those of a recorded city have fields of their own.

use serde_json::{Map, Value, json};

use super::profile::{Dialect, ExtendedData, MediaFormat};
use super::service_codes::ServiceCodes;
use crate::clock::Zone;
use crate::json::{as_text, str_field};
use crate::store::stage::Stage;

/// The field with the stage of a request, until its status in the dialect replaces it.
pub(in crate::georeport) const STAGE: &str = "stage of this row";

/// Fields that only this sandbox has.
const OWN_FIELDS: [&str; 3] = ["linked_request_id", "type", "author"];

type Fields = Map<String, Value>;

impl Dialect {
    pub(super) fn rewrite_request(&self, codes: &ServiceCodes, zone: &Zone, row: &mut Value) {
        self.rewrite_service_code(codes, row);
        let Some(fields) = row.as_object_mut() else {
            return;
        };
        let stage = fields.shift_remove(STAGE);
        let stage = stage.and_then(|name| Stage::from_name(name.as_str()?));
        for name in OWN_FIELDS {
            fields.shift_remove(name);
        }
        self.rewrite_status(stage, fields);
        self.rewrite_dates(zone, fields);
        rewrite_text(fields, "service_request_id", |id| self.ids.external(&id));
        self.rewrite_location(fields);
        if self.agency_as_recipients {
            rewrite_text(
                fields,
                "agency_responsible",
                |agency| json!({ "recipient": [agency] }),
            );
        }
        if self.html_texts {
            for name in ["description", "status_notes"] {
                rewrite_text(fields, name, |text| json!(as_html(&text)));
            }
        }
        if self.media == MediaFormat::Objects {
            rewrite_text(fields, "media_url", |url| {
                let name = url.rsplit('/').next().unwrap_or_default();
                json!([{ "id": name, "url": url, "tags": ["Create"] }])
            });
        }
        self.rewrite_extended_data(zone, stage, fields);
        self.rename_fields(row);
        self.missing.rewrite(row);
    }

    fn rewrite_status(&self, stage: Option<Stage>, fields: &mut Fields) {
        if let Some(stage) = stage {
            fields.insert("status".into(), json!(self.status(stage)));
        } else if self.uppercase_update_status
            && let Some(status) = fields.get_mut("status")
            && let Some(name) = status.as_str()
        {
            // The rows of updates have a status, but no stage.
            *status = json!(name.to_uppercase());
        }
    }

    fn status(&self, stage: Stage) -> &'static str {
        let [received, in_progress, waiting, closed] = self.statuses;
        match stage {
            Stage::Received => received,
            Stage::InProgress => in_progress,
            Stage::Waiting => waiting,
            Stage::Closed => closed,
        }
    }

    fn rewrite_dates(&self, zone: &Zone, fields: &mut Fields) {
        for (name, value) in fields {
            if !name.ends_with("_datetime") {
                continue;
            }
            match (value.as_str(), self.missing_date) {
                (Some(text), _) => *value = json!(self.dates.rewrite(text, zone)),
                (None, Some(text)) => *value = json!(text),
                (None, None) => {}
            }
        }
    }

    fn rewrite_location(&self, fields: &mut Fields) {
        if self.zero_location && fields.get("lat").is_some_and(Value::is_null) {
            for name in ["lat", "long"] {
                fields.insert(name.into(), json!(0));
            }
        }
        if self.coordinates_as_text {
            for name in ["lat", "long"] {
                rewrite_text(fields, name, |text| json!(text));
            }
        }
        if self.padded_addresses {
            rewrite_text(fields, "address", |address| {
                json!(format!("     {address} "))
            });
        }
    }

    fn rewrite_extended_data(&self, zone: &Zone, stage: Option<Stage>, fields: &mut Fields) {
        let Some(notes) = fields.shift_remove("notes") else {
            return;
        };
        let media_urls = fields.shift_remove("media_urls").unwrap_or_default();
        let notes = notes.as_array().into_iter().flatten();
        let notes = notes.map(|note| self.note(zone, note));
        let stage = stage.unwrap_or(Stage::Received);
        match self.extended {
            ExtendedData::Nothing => {}
            ExtendedData::Notes => {
                let notes: Value = notes
                    .map(|note| {
                        json!({ "datetime": note.at, "type": note.status, "summary": note.text })
                    })
                    .collect();
                fields.insert("notes".into(), notes);
            }
            ExtendedData::MarkASpot => {
                let notes: Value = notes
                    .map(|note| {
                        json!({
                            "status_note": as_html(&note.text),
                            "status": note.status,
                            "updated_datetime": note.at,
                        })
                    })
                    .collect();
                let attributes = json!({ "markaspot": {
                    "status_descriptive_name": stage.label(),
                    "status_notes": notes,
                } });
                fields.insert("extended_attributes".into(), attributes);
            }
            ExtendedData::CitySdk => {
                let status = match stage {
                    Stage::Received => "RECEIVED",
                    Stage::InProgress => "IN_PROCESS",
                    Stage::Waiting => "PENDING",
                    Stage::Closed => "PROCESSED",
                };
                let attributes = json!({
                    "detailed_status": status,
                    "media_urls": media_urls,
                    "service_object_id": null,
                });
                fields.insert("extended_attributes".into(), attributes);
            }
        }
    }

    fn note(&self, zone: &Zone, note: &Value) -> Note {
        let text = |name: &str| str_field(note, name).unwrap_or_default();
        Note {
            at: self.dates.rewrite(text("updated_datetime"), zone),
            status: text("status").to_owned(),
            text: text("description").to_owned(),
        }
    }
}

struct Note {
    at: String,
    status: String,
    text: String,
}

/// Replaces a field that is a text or a number; other values are not changed.
fn rewrite_text(fields: &mut Fields, name: &str, rewrite: impl FnOnce(String) -> Value) {
    if let Some(value) = fields.get_mut(name)
        && let Some(text) = as_text(value)
    {
        *value = rewrite(text);
    }
}

/// HTML as the editor of a content management system would store it.
fn as_html(text: &str) -> String {
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!("<p>{}</p>\r\n", escaped.replace('\n', "<br />\r\n"))
}
