//! Requests, receipts and updates: statuses, dates, places and photos in this dialect's writing.

use serde_json::{Map, Value, json};

use super::codes::Catalog;
use super::profile::{Dialect, Extended, Media, write_empties};
use crate::clock::Zone;
use crate::store::requests::as_text;
use crate::store::stage::Stage;

/// Where the row's stage stands until the dialect has put its own word for it.
pub(in crate::georeport) const STAGE: &str = "stage of this row";

/// Fields that no other system has.
const OUR_OWN: [&str; 3] = ["linked_request_id", "type", "author"];

impl Dialect {
    pub(super) fn request_row(&self, catalog: &Catalog, zone: &Zone, row: &mut Value) {
        self.own_code_out(catalog, row);
        let Some(fields) = row.as_object_mut() else {
            return;
        };
        let stage = fields.shift_remove(STAGE);
        for name in OUR_OWN {
            fields.shift_remove(name);
        }
        let stage = stage
            .as_ref()
            .and_then(Value::as_str)
            .and_then(Stage::named);
        if let Some(stage) = stage {
            fields.insert("status".into(), json!(self.word(stage)));
        } else if let Some(status) = fields.get_mut("status") {
            self.update_status(status);
        }
        self.write_dates(zone, fields);
        if let Some(id) = fields.get_mut("service_request_id")
            && let Some(own) = as_text(id)
        {
            *id = self.ids.outside(&own);
        }
        if self.zero_place && fields.get("lat").is_some_and(Value::is_null) {
            for name in ["lat", "long"] {
                fields.insert(name.into(), json!(0));
            }
        }
        if self.quoted_degrees {
            for name in ["lat", "long"] {
                if let Some(text) = fields.get(name).and_then(as_text) {
                    fields.insert(name.into(), json!(text));
                }
            }
        }
        if self.recipients
            && let Some(agency) = fields.get("agency_responsible").and_then(as_text)
        {
            fields.insert(
                "agency_responsible".into(),
                json!({ "recipient": [agency] }),
            );
        }
        if self.padded
            && let Some(address) = fields.get("address").and_then(as_text)
        {
            fields.insert("address".into(), json!(format!("     {address} ")));
        }
        if self.markup {
            for name in ["description", "status_notes"] {
                if let Some(text) = fields.get(name).and_then(as_text) {
                    fields.insert(name.into(), json!(paragraphs(&text)));
                }
            }
        }
        self.write_media(fields);
        self.write_extended(zone, stage, fields);
        self.rename(row);
        write_empties(self.empty, row);
    }

    fn word(&self, stage: Stage) -> &'static str {
        let place = Stage::ALL.iter().position(|known| *known == stage);
        place
            .and_then(|place| self.statuses.get(place))
            .copied()
            .unwrap_or_default()
    }

    fn update_status(&self, status: &mut Value) {
        if self.upper_updates
            && let Some(word) = status.as_str()
        {
            *status = json!(word.to_uppercase());
        }
    }

    fn write_dates(&self, zone: &Zone, fields: &mut Map<String, Value>) {
        for (name, value) in fields {
            if !name.ends_with("_datetime") {
                continue;
            }
            match (value.as_str(), self.no_date) {
                (Some(text), _) => *value = json!(self.dates.write(text, zone)),
                (None, Some(word)) => *value = json!(word),
                (None, None) => {}
            }
        }
    }

    fn write_media(&self, fields: &mut Map<String, Value>) {
        if self.media == Media::Objects
            && let Some(url) = fields.get("media_url").and_then(as_text)
        {
            let name = url.rsplit('/').next().unwrap_or_default();
            let objects = json!([{ "id": name, "url": url, "tags": ["Create"] }]);
            fields.insert("media_url".into(), objects);
        }
    }

    fn write_extended(&self, zone: &Zone, stage: Option<Stage>, fields: &mut Map<String, Value>) {
        let Some(notes) = fields.shift_remove("notes") else {
            return;
        };
        let urls = fields.shift_remove("media_urls").unwrap_or_default();
        let notes: Vec<Note> = notes
            .as_array()
            .into_iter()
            .flatten()
            .map(|note| self.note(zone, note))
            .collect();
        let stage = stage.unwrap_or(Stage::Received);
        match self.extended {
            Extended::Nothing => {}
            Extended::Notes => {
                let each = |note: Note| json!({ "datetime": note.at, "type": note.status, "summary": note.text });
                fields.insert("notes".into(), notes.into_iter().map(each).collect());
            }
            Extended::MarkASpot => {
                let each = |note: Note| json!({ "status_note": paragraphs(&note.text), "status": note.status, "updated_datetime": note.at });
                let notes: Vec<Value> = notes.into_iter().map(each).collect();
                let own =
                    json!({ "status_descriptive_name": stage.words(), "status_notes": notes });
                fields.insert("extended_attributes".into(), json!({ "markaspot": own }));
            }
            Extended::CitySdk => {
                let word = match stage {
                    Stage::Received => "RECEIVED",
                    Stage::InProgress => "IN_PROCESS",
                    Stage::Waiting => "PENDING",
                    Stage::Closed => "PROCESSED",
                };
                fields.insert(
                    "extended_attributes".into(),
                    json!({ "detailed_status": word, "media_urls": urls, "service_object_id": null }),
                );
            }
        }
    }

    fn note(&self, zone: &Zone, note: &Value) -> Note {
        let text = |name: &str| note.get(name).and_then(Value::as_str).unwrap_or_default();
        Note {
            at: self.dates.write(text("updated_datetime"), zone),
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

/// Text as a page editor would have kept it.
fn paragraphs(text: &str) -> String {
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!("<p>{}</p>\r\n", escaped.replace('\n', "<br />\r\n"))
}
