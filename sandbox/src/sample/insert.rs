//! Inserts a request of the sample city with its history.

use rusqlite::Transaction;
use serde_json::{Map, Value};

use super::history::Case;
use super::streets::Location;
use crate::clock::Zone;
use crate::json::to_value;
use crate::store::new_update::{self, NewUpdate};
use crate::store::request_row::RequestRow;
use crate::store::requests::{self, IdSource, NewRequest, StoredRequest};
use crate::store::services::Service;
use crate::store::stage::Stage;

/// What the resident sent.
pub(super) struct SampleRequest {
    pub(super) location: Location,
    pub(super) description: String,
    pub(super) answers: Map<String, Value>,
    /// The number and the id of the earlier request that this one follows.
    pub(super) follows: Option<(i64, String)>,
}

pub(super) fn insert(
    tx: &Transaction,
    service: &Service,
    case: &Case,
    request: SampleRequest,
    updates: &[NewUpdate],
    zone: &Zone,
) -> rusqlite::Result<Option<StoredRequest>> {
    let expected = zone.working_days_later(case.requested, case.done_days);
    let row = RequestRow {
        description: Some(&request.description),
        agency_responsible: Some(&case.agency),
        expected_datetime: Some(zone.format(expected)),
        address: Some(&request.location.address),
        zipcode: Some("61599"),
        lat: Some(request.location.lat),
        long: Some(request.location.long),
        linked_request_id: request.follows.as_ref().map(|(_, id)| id.as_str()),
        ..RequestRow::new(service, zone.format(case.requested))
    };
    let new = NewRequest {
        id: IdSource::Next {
            year: zone.local(case.requested).year(),
        },
        stage: Stage::Received,
        requested: case.requested,
        updated: case.requested,
        due: Some(expected),
        visible: Some(case.requested),
        token: None,
        key: None,
        row: to_value(row),
        answers: request.answers,
        contact: Map::new(),
    };
    let Some(mut stored) = requests::insert(tx, new)? else {
        return Ok(None);
    };
    if let Some((earlier, _)) = request.follows {
        requests::link(tx, stored.number, earlier)?;
    }
    // Known, so that the sample city can be tried as the sender of any of its requests.
    if let Some(id) = &stored.id {
        requests::set_secret(tx, stored.number, &format!("sample-{id}"))?;
    }
    for update in updates {
        new_update::apply(tx, &mut stored, update, zone)?;
    }
    Ok(Some(stored))
}
