//! The whole journey against every way in which an endpoint speaks, and behind a forwarding path.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod dialects;
mod services_kinds;
mod steps;
