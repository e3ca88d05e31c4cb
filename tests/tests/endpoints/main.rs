//! The whole journey against every way in which an endpoint speaks, and behind a forwarding path.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod answers;
mod dialects;
mod encodings;
mod fault_cells;
mod fault_place;
mod fault_sends;
mod fault_table;
mod faults;
mod nginx;
mod recorded;
mod services_kinds;
mod steps;
mod truncated;
mod xml_only;
mod xml_samples;
mod xml_twins;
