//! Sending, once: what is lost on the way, what waits on the device, what is kept and what is erased.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod confirmation;
mod drafts;
mod once;
mod outbox;
mod shared;
mod steps;
mod unclear;
