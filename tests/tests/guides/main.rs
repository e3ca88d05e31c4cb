//! Finding out how: guides as residents read them, and guide files with errors.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod actions;
mod bad_files;
mod days;
mod eligibility;
mod feedback;
mod navigation;
mod prefill;
mod print_and_copy;
mod progress;
mod reading;
mod rich_text;
mod translations;
mod windows;
