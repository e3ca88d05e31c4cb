//! JSON (RFC 8259): a [`Value`], a strict reader and writer, and [`fields`], which reads hand-written files
//! and reports by path what does not fit. This crate knows nothing of cities or services.
//!
//! It does not use serde, because it is part of the widget: reader and writer together are 3 KB of brotli
//! (docs/decisions/0002-reading-without-serde.md).
//!
//! ```
//! let value = json::parse(r#"{"service_request_id": 12345678901234567890, "status": " open "}"#)?;
//! assert_eq!(value.text_of(&["service_request_id"]), Some("12345678901234567890"));
//! assert_eq!(value.text_of(&["state", "status"]), Some("open"));
//! assert_eq!(json::write(&json::Value::List(vec![value.get("status").cloned().unwrap_or_default()])), r#"[" open "]"#);
//! # Ok::<(), json::ParseError>(())
//! ```
//!
//! # Features
//!
//! `serde` (off by default, never in the widget's wasm): [`Value`] implements `Serialize` and `Deserialize`,
//! so that native tools can pass it to and from other serde formats.
#![forbid(unsafe_code)]

mod error;
pub mod fields;
mod number;
mod reader;
#[cfg(feature = "serde")]
mod serialize;
mod value;
mod writer;

pub use error::{ParseError, ParseErrorKind};
pub use fields::{
    Diagnostics, Fields, InvalidValue, Node, read, read_list, read_section, read_value,
};
pub use number::decimal;
pub use reader::{DEPTH_LIMIT, parse};
pub use value::Value;
pub use writer::write;
