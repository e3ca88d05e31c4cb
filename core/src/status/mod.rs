//! Seeing where a request stands: its number as people type it, what was promised and what happened.

pub mod calendar_day;
pub mod config;
pub mod number;
pub mod on_time;
pub mod promise;
pub mod report_card;
pub mod timeline;
pub mod update_kind;
pub mod wording;
pub mod working_days;
