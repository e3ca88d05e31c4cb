//! What every handler shares: the options, the database, the city's files and the dialect.
//!
//! It knows no route and no handler; the router in `server.rs` is above both.

use jiff::Timestamp;
use serde_json::Value;

use crate::city::City;
use crate::clock::Zone;
use crate::georeport::dialect::{Catalog, DEFAULT_BASE, Dialect};
use crate::options::Options;
use crate::store::Store;

/// What every handler may use.
pub(crate) struct AppState {
    pub(crate) options: Options,
    pub(crate) store: Store,
    pub(crate) city: City,
    pub(crate) zone: Zone,
    /// The manner in which the endpoint speaks; none is the specification's.
    pub(crate) dialect: Option<&'static Dialect>,
    /// The database holds a recorded city, not the sample.
    pub(crate) recorded: bool,
    pub(crate) started: Timestamp,
}

impl AppState {
    /// The path of the endpoint.
    pub(crate) fn base(&self) -> &'static str {
        self.dialect.map_or(DEFAULT_BASE, |dialect| dialect.base)
    }

    /// Codes of services in the city's own files, as the endpoint calls them.
    pub(crate) fn in_dialect(&self, mut value: Value) -> Value {
        if let Some(dialect) = self.dialect
            && let Ok(catalog) = self.store.run(|tx| Catalog::read(tx, dialect.codes))
        {
            catalog.translate(&mut value);
        }
        value
    }

    /// The city's own code of a service that the endpoint calls so.
    pub(crate) fn own_code(&self, outside: &str) -> String {
        let catalog = self.dialect.and_then(|dialect| {
            let catalog = self.store.run(|tx| Catalog::read(tx, dialect.codes));
            catalog.ok()
        });
        catalog.map_or_else(|| outside.to_owned(), |catalog| catalog.own(outside))
    }
}
