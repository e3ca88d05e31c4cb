//! The browser: one file per browser concern, and the only place that names web-sys, js-sys or wasm-bindgen.
//! Everything here is small and decides nothing; it returns plain Rust values, or handles that callers only
//! pass on.

pub mod abort;
pub mod allocator;
pub mod console;
pub mod device_store;
pub mod dom;
pub mod encoding;
pub mod focus;
pub mod geolocation;
pub mod history;
pub mod host_page;
pub mod intl;
pub mod lazy_module;
pub mod map;
pub mod notification;
pub mod photos;
pub mod prefetch;
pub mod random;
pub mod share;
pub mod time;
pub mod url;
pub mod web_storage;
