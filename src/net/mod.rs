//! The network: the city's endpoint, and files of the city or the widget. Calls return typed values or one
//! error. What the bytes mean is defined in the crate `open311`; this is the only place that names gloo-net.
//! Knows no view and no widget.

mod client;
mod error;
mod files;
pub mod geocoder;
pub mod guides;
mod load;
mod transport;
mod upload;

pub use client::Client;
pub use error::ApiError;
pub use files::{fetch_json, fetch_text};
pub use load::Load;
pub use transport::{Response, SEND_LIMIT_MS};
pub use upload::{Uploader, read_media_url};
