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

mod answering;
mod around;
mod city;
mod clerk;
mod conditional;
mod dialects;
mod feedback;
mod geocode;
mod keeping;
mod many;
mod notices;
mod orders;
mod people;
mod reading;
mod recorded;
mod satisfaction;
mod showcase;
mod submitting;
mod updates;
mod upload;
mod xml;
