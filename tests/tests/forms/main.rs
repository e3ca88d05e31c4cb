//! What a form asks of the resident: how they can be reached, and how much they may write.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod contact;
mod counting;
mod steps;
