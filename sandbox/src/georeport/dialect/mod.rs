//! The same store behind the shapes of other systems: what differs from one GeoReport endpoint to
//! the next, told as data. A dialect is a list of conventions; each file here keeps one of them.
//!
//! No system is copied: a dialect collects what was met in the field with systems of its name.

mod arguments;
mod catalogue;
mod codes;
mod dates;
mod errors;
mod profile;
mod respond;
mod rows;
mod services;
mod wrapping;

pub(crate) use catalogue::{NAMES, named};
pub(crate) use codes::Catalog;
pub(super) use profile::Definitions;
pub(crate) use profile::{DEFAULT_BASE, Dialect, Extension};
pub(super) use rows::STAGE;
