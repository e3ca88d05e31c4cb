//! Seeing where a request stands, and what a resident can do about it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod device;
mod headline;
mod lookup;
mod nearby;
mod promises;
mod proof;
mod rating;
mod refresh;
mod report_card;
mod request_page;
mod unsent_updates;
mod updates;
