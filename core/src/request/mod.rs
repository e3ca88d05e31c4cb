//! The request journey: what a service's form asks, what a resident answered, and what is sent to the city.
//!
//! It must not know how a form is drawn, how anything is fetched, or how drafts are stored.

pub mod address_match;
pub mod answer;
pub mod boundary;
pub mod candidates;
pub mod config;
pub mod doubt;
pub mod draft;
pub mod location;
pub mod mark;
pub mod nearby;
pub mod notice;
pub mod photo;
pub mod prefill;
pub mod question;
pub mod questionnaire;
pub mod queued;
pub mod reference;
pub mod sending;
pub mod submission;
pub mod wording;

#[cfg(test)]
mod tests;
