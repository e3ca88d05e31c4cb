//! Frontdoor's domain logic: request forms and submissions, promises and timelines, working days, search,
//! routes, the config, the interface's texts, and the formats of what is saved on the device.
//!
//! Everything here takes plain values and returns plain values. The crate must not know a browser, a
//! network or a view, which its dependencies guarantee; drawing and fetching are up to the widget in
//! `src/`. Its tests run on the host in seconds.
#![forbid(unsafe_code)]

pub mod calendar;
pub mod config;
pub mod i18n;
pub mod ids;
pub mod print;
pub mod request;
pub mod route;
pub mod search;
pub mod status;
pub mod storage;
pub mod time;

#[cfg(test)]
mod model;
