//! Frontdoor: a city's front door on the web. The widget's library; `main.rs` is what
//! JavaScript calls. The core (routes, config, search, questions, words) knows no
//! browser; `platform` is the only place that does.

pub mod api;
pub mod app;
pub mod config;
pub mod feedback;
pub mod guides;
pub mod i18n;
pub mod ics;
pub mod live;
pub mod mount;
pub mod paper;
pub mod platform;
pub mod report;
pub mod route;
pub mod search;
pub mod status;
pub mod ui;
