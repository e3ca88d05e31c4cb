//! What all handlers share: the options, the database, the city's files and the dialect.
//!
//! It must not know any route or handler; the router in `server.rs` is above both.

use jiff::Timestamp;
use serde_json::Value;

use crate::city::City;
use crate::clock::Zone;
use crate::georeport::dialect::{DEFAULT_BASE, Dialect, ServiceCodes};
use crate::options::Options;
use crate::store::Store;

pub(crate) struct AppState {
    pub(crate) options: Options,
    pub(crate) store: Store,
    pub(crate) city: City,
    pub(crate) zone: Zone,
    /// `None`: the endpoint follows the specification.
    pub(crate) dialect: Option<&'static Dialect>,
    /// The database contains a recorded city instead of the sample city.
    pub(crate) is_recorded: bool,
    pub(crate) started: Timestamp,
}

impl AppState {
    /// The path of the endpoint.
    pub(crate) fn base(&self) -> &'static str {
        self.dialect.map_or(DEFAULT_BASE, |dialect| dialect.base)
    }

    fn service_codes(&self) -> Option<ServiceCodes> {
        let dialect = self.dialect?;
        let codes = self
            .store
            .run(|tx| Ok(ServiceCodes::read(tx, dialect.codes)?));
        codes.ok()
    }

    /// One of the city's files, with the services named as the endpoint names them.
    pub(crate) fn with_external_codes(&self, mut value: Value) -> Value {
        if let Some(codes) = self.service_codes() {
            codes.translate(&mut value);
        }
        value
    }

    /// The city's own code of a service, from the code that the endpoint uses.
    pub(crate) fn internal_code(&self, external: &str) -> String {
        let codes = self.service_codes();
        codes.map_or_else(|| external.to_owned(), |codes| codes.internal(external))
    }
}
