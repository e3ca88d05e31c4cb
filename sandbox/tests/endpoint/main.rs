//! The endpoint from the view of a client: the tests start the binary and talk HTTP to it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "an unexpected value fails the test"
)]

#[path = "../support/mod.rs"]
mod support;

mod city_files;
mod clerk_actions;
mod clerk_page;
mod conditions;
mod contact;
mod dialects;
mod durability;
mod feedback;
mod geocode;
mod large_list;
mod nearby;
mod notices;
mod reading;
mod recorded;
mod resident_updates;
mod satisfaction;
mod showcase;
mod steps;
mod submitting;
mod updates;
mod upload;
mod xml;
