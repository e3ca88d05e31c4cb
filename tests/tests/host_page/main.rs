//! The widget on other people's pages: embedding, start, language, keyboard, failures; and a tour through
//! every view.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod announcements;
mod boot;
mod embedding;
mod events;
mod examples;
mod history;
mod hostile_page;
mod keyboard;
mod language;
mod leaks;
mod outages;
mod tour;
mod trap;
