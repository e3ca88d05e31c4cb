//! The whole journey against every way in which endpoints speak and fail, and behind a forwarding path.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod captive_portal;
mod credentials;
mod dialects;
mod encodings;
mod fault_form;
mod fault_location;
mod fault_sending;
mod fault_table;
mod faults;
mod nginx;
mod recorded;
mod service_types;
mod truncated_responses;
mod truncated_text;
mod xml_equivalence;
mod xml_only;
mod xml_samples;
