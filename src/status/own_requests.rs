//! The requests of this device: those sent from it, and those followed on it. They can be erased, and are not saved
//! on a computer that others use. Knows only numbers and names; their status is fetched by `lookup`.

use crate::app::App;
use frontdoor_core::ids::RequestNumber;
use frontdoor_core::storage::{Entry, Row, Table};

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

/// True if a request was sent from this device or is followed on it.
pub(super) async fn knows(app: App, number: &RequestNumber) -> bool {
    all(app).await.iter().any(|own| own.number == *number)
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
    if let Some(device) = app.device().await {
        device.remove(Row::Own(number)).done().await;
        device.remove(Row::Followed(number)).done().await;
    }
}
