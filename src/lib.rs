//! Frontdoor's widget: a city's front door on the web. This crate draws and fetches; everything that does not need
//! a browser is in `frontdoor-core`. A module imports only modules to its left (ARCHITECTURE.md;
//! `cargo xtask check` enforces this):
//!
//! `platform` < `net` < `view` < `app` < `ui` < `request` | `status` | `guides` < `home` < `shell` < `mount`

pub mod app;
#[cfg(feature = "gallery")]
pub mod gallery;
pub mod guides;
pub mod home;
pub mod mount;
pub mod net;
pub mod platform;
pub mod request;
pub mod shell;
pub mod status;
pub mod ui;
pub mod view;
