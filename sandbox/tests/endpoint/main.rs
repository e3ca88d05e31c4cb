//! The endpoint as a client sees it: the binary is started, and all goes over HTTP.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it did not expect has failed"
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
mod submitting;
mod updates;
mod upload;
mod xml;
