//! The status journey: looking up a request by its number, what happened to it, and what was promised.
//!
//! It works on requests that were already fetched, and must not know how they are fetched, stored or drawn.

pub mod calendar_day;
pub mod config;
pub mod number;
pub mod on_time;
pub mod promise;
pub mod report_card;
pub mod timeline;
pub mod update_draft;
pub mod update_kind;
pub mod update_sending;
pub mod update_sends;
pub mod wording;
pub mod working_days;

#[cfg(test)]
mod tests;
