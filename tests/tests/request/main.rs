//! Asking for something: from the search for a service to the number that the city gives.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod accessibility;
mod boundary;
mod character_count;
mod confirmation;
mod contact;
mod datatypes;
mod drafts;
mod error_responses;
mod failed_sends;
mod hostile_data;
mod journey;
mod large_data;
mod location;
mod map;
mod map_keyboard;
mod nearby;
mod notices;
mod outages;
mod outbox;
mod photos;
mod questions;
mod saved_answers;
mod search;
mod send_once;
mod shared_computer;
mod typing_speed;
mod unknown_outcome;
mod validation;
