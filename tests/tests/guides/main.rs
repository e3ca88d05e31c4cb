//! Finding out how: guides as residents read them, and as bad files are met.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod actions;
mod bad;
mod days;
mod forms;
mod languages;
mod own;
mod paper;
mod personal;
mod progress;
mod reading;
mod rich;
mod said;
mod take_along;
mod tongues;
mod ways;
mod windows;
