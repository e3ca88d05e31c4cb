//! Riverton, the sample city: its services and notices, and about three hundred requests with their
//! histories.

pub(crate) mod addresses;
mod event;
mod history;
mod insert;
mod notices;
mod random;
mod requests;
mod services;
mod showcase;
mod showcase_requests;
pub(crate) mod streets;

use jiff::Timestamp;
use rusqlite::Transaction;

use crate::clock::{self, Zone};
use crate::store;

/// Fills a new database.
pub(crate) fn fill(tx: &Transaction, now: Timestamp, zone: &Zone) -> Result<(), String> {
    services::fill(tx)?;
    notices::fill(tx, now, zone)?;
    requests::fill(tx, now, zone)
}

/// Gives a sample city of version 1 today's services and notices. Its requests are not changed.
pub(crate) fn renew(tx: &Transaction, zone: &Zone) -> Result<(), String> {
    let kind = store::fact(tx, "kind").map_err(|error| error.to_string())?;
    if kind.as_deref() != Some("sample") {
        return Ok(());
    }
    tx.execute("DELETE FROM services", [])
        .map_err(|error| error.to_string())?;
    services::fill(tx)?;
    notices::fill(tx, clock::now(), zone)
}
