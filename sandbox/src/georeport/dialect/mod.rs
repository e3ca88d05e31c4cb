//! The same city with the data formats of other systems. A dialect is a list of conventions: the
//! differences between one GeoReport endpoint and the next, as data.
//!
//! No system is copied: a dialect collects what real endpoints of systems of its name do.

mod arguments;
mod dates;
mod errors;
mod fields;
mod profile;
mod request_ids;
mod requests;
mod respond;
mod service_codes;
mod services;
mod systems;
mod wrapping;

pub(super) use profile::Definitions;
pub(crate) use profile::{DEFAULT_BASE, Dialect, Extension};
pub(super) use requests::STAGE;
pub(crate) use service_codes::ServiceCodes;
pub(crate) use systems::{NAMES, named};
