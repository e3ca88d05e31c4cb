//! Puts a request of the sample city into the database, with its history.

use rusqlite::Transaction;
use serde_json::{Value, json};

use super::story::Case;
use super::streets::Place;
use crate::clock::Zone;
use crate::store::requests::{self, Id, New, Stored};
use crate::store::services::Service;
use crate::store::stage::Stage;
use crate::store::steps::{self, Step};

/// What the resident told.
pub(super) struct Told {
    pub(super) place: Place,
    pub(super) description: String,
    pub(super) answers: Value,
    /// The earlier request that it follows: its number in the database, and the one that people know.
    pub(super) follows: Option<(i64, String)>,
}

pub(super) fn insert(
    tx: &Transaction,
    service: &Service,
    case: &Case,
    told: Told,
    steps: &[Step],
    zone: &Zone,
) -> rusqlite::Result<Option<Stored>> {
    let expected = zone.working_days_later(case.requested, case.done_days);
    let requested = zone.write(case.requested);
    let place = told.place;
    let mut row = json!({
            "status": "open",
            "status_notes": null,
            "service_name": service.row.get("service_name"),
            "service_code": case.code,
            "description": told.description,
            "agency_responsible": case.agency,
            "service_notice": service.notice(),
            "requested_datetime": requested,
            "updated_datetime": requested,
            "expected_datetime": zone.write(expected),
            "address": place.address,
            "address_id": null,
            "zipcode": "61599",
            "lat": place.lat,
            "long": place.long,
            "media_url": null,
    });
    if let (Some((_, id)), Some(fields)) = (&told.follows, row.as_object_mut()) {
        fields.insert("linked_request_id".into(), json!(id));
    }
    let new = New {
        id: Id::Next {
            year: zone.local(case.requested).year(),
        },
        stage: Stage::Received,
        requested: case.requested,
        updated: case.requested,
        due: Some(expected),
        visible: Some(case.requested),
        token: None,
        key: None,
        row,
        answers: told.answers,
        contact: json!({}),
    };
    let Some(mut stored) = requests::insert(tx, new)? else {
        return Ok(None);
    };
    if let Some((earlier, _)) = told.follows {
        requests::link(tx, stored.number, earlier)?;
    }
    for step in steps {
        steps::apply(tx, &mut stored, step, zone)?;
    }
    Ok(Some(stored))
}
