//! Asking for something, as a resident does it: finding the service, the place, the questions, pictures, contact.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod accessible;
mod boundary;
mod finding;
mod map;
mod nearby;
mod notices;
mod photos;
mod place;
mod questions;
mod quick;
mod steps;
