//! The only place that touches the browser: one file for each concern. Everything
//! here is small and decides nothing; what it gives back is plain Rust.

pub mod copy;
pub mod dom;
pub mod intl;
pub mod kept;
pub mod map;
pub mod notice;
pub mod part;
pub mod photos;
pub mod storage;
pub mod time;
pub mod view;
