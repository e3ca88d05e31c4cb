//! The requests of this device: those sent from it, and those followed on it; and what else it has saved about one of
//! them: the proof that it sent the request, and what was written to the city and is not sent. They can be erased, and are
//! not saved on a computer that others use. Knows only numbers and names; their status is fetched by `lookup`.

use super::lookup::RequestSnapshot;
use crate::app::App;
use frontdoor_core::ids::RequestNumber;
use frontdoor_core::status::update_draft::{UpdateDraft, id_of};
use frontdoor_core::status::update_kind::UpdateKind;
use frontdoor_core::storage::{Entry, Row, Saved, Table};

/// A request that was sent from this device or is followed on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OwnRequest {
    /// The request's number or token.
    pub(super) number: RequestNumber,
    /// Name of the service.
    pub(super) service_name: String,
    /// True if it was sent from this device, false if it is followed.
    pub(super) is_mine: bool,
}

/// All requests of this device, those sent from it first; empty if its database cannot be opened.
pub(super) async fn all(app: App) -> Vec<OwnRequest> {
    let Some(device) = app.device().await else {
        return Vec::new();
    };
    let mut all: Vec<OwnRequest> = Vec::new();
    for (table, is_mine) in [(Table::Own, true), (Table::Followed, false)] {
        for (number, service_name) in device.texts(table).await {
            if !all.iter().any(|known| known.number == number.as_str()) {
                all.push(OwnRequest {
                    number: number.into(),
                    service_name,
                    is_mine,
                });
            }
        }
    }
    all
}

/// What this device has saved about a request.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct SavedFacts {
    /// True if the request is among those of this device: sent from it, or followed on it.
    pub(super) is_listed: bool,
    /// True if it was sent from this device: only then may it be withdrawn and rated here, and the city's questions
    /// answered.
    pub(super) is_sender: bool,
    /// The secret that proves it to the city, if the city gave one; otherwise empty.
    pub(super) receipt: String,
    /// What was written to the city about it and is not sent.
    pub(super) unsent: Vec<UpdateDraft>,
}

/// What this device has saved about a request.
pub(super) async fn saved_facts(app: App, snapshot: &RequestSnapshot) -> SavedFacts {
    let mut facts = SavedFacts::default();
    let Some(device) = app.device().await else {
        return facts;
    };
    let number = snapshot.number();
    // One loop, so that the wasm has only one place that waits for the database.
    for table in [Table::Own, Table::Followed, Table::Receipts, Table::Updates] {
        for (id, text) in device.texts(table).await {
            if table == Table::Updates {
                let draft = UpdateDraft::from_text(&text);
                facts
                    .unsent
                    .extend(draft.filter(|draft| draft.number == number && !draft.is_blank()));
            } else if number == id.as_str() || snapshot.query == id.as_str() {
                facts.is_listed = true;
                match table {
                    Table::Own => facts.is_sender = true,
                    Table::Receipts => facts.receipt = text,
                    _ => {}
                }
            }
        }
    }
    // A receipt is a proof, too.
    facts.is_sender |= !facts.receipt.is_empty();
    facts
}

/// Follows a request on this device; false if this is not saved beyond the tab.
pub(super) async fn follow(app: App, number: &RequestNumber, service_name: &str) -> bool {
    let Some(device) = app.device().await else {
        return false;
    };
    let is_saved = device.put(Row::Followed(number), service_name).done().await;
    is_saved && device.is_persistent() && !app.is_shared_computer()
}

/// Erases everything that this device has saved about a request.
pub(super) async fn erase(app: App, number: &RequestNumber) {
    super::lookup::erase(app, number);
    app.erase(Entry::Rated(number));
    app.erase(Entry::Answered(number));
    let ids = UpdateKind::ALL.map(|kind| id_of(number, kind));
    for id in &ids {
        app.erase(Entry::Update(id));
    }
    if let Some(device) = app.device().await {
        let rows = [
            Row::Own(number),
            Row::Followed(number),
            Row::Receipt(number),
        ];
        let updates = ids
            .iter()
            .flat_map(|id| [Row::Update(id), Row::UpdateSends(id)]);
        for row in rows.into_iter().chain(updates) {
            let _ = device.remove(row);
        }
    }
}
