//! Finding out how: guides as residents read them, and as bad files are met.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod actions;
mod bad;
mod languages;
mod own;
mod personal;
mod progress;
mod reading;
mod said;
mod take_along;
