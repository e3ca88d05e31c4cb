//! What Frontdoor knows without a browser: what a form asks and what is sent, promises and time lines,
//! working days, search, routes, the config, the interface's texts, and what is saved on the device.
//!
//! Plain values in, plain values out. This crate names no browser, no network and no view, which its
//! `Cargo.toml` guarantees; the widget in `src/` draws and fetches. Its tests run on the host in seconds.
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
