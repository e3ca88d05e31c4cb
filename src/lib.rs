//! Frontdoor's widget: a city's front door on the web. This crate draws and fetches; what can be known without a
//! browser is in `frontdoor-core`. Imports go down only, in this order (ARCHITECTURE.md; `cargo xtask check`
//! fails on any other):
//!
//! `platform` < `net` < `view` < `app` < `ui` < `request` | `status` | `guides` < `home` < `shell` < `mount`

pub mod app;
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
