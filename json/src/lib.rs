//! JSON (RFC 8259): a [`Value`], a strict reader and writer, and [`fields`], which reads files that
//! people write by hand and names by path what does not fit. It knows nothing of cities or services.
//!
//! Not serde: this code is part of the widget, and reader and writer together are 3 KB of brotli
//! (docs/decisions/0002-reading-without-serde.md).
//!
//! ```
//! let value = json::parse(r#"{"service_request_id": 12345678901234567890, "status": " open "}"#)?;
//! assert_eq!(value.text_of(&["service_request_id"]), Some("12345678901234567890"));
//! assert_eq!(value.text_of(&["state", "status"]), Some("open"));
//! assert_eq!(json::write(&json::Value::List(vec![value.get("status").cloned().unwrap_or_default()])), r#"[" open "]"#);
//! # Ok::<(), json::ParseError>(())
//! ```
#![forbid(unsafe_code)]

pub mod fields;
mod number;
mod reader;
mod value;
mod writer;

pub use fields::{Diagnostics, Fields, InvalidValue, Node, read, read_list, read_section};
pub use number::decimal;
pub use reader::parse;
pub use value::Value;
pub use writer::write;

use core::fmt;

/// How deep arrays and objects may nest: deeper ones would exhaust the stack of a browser's wasm.
pub const DEPTH_LIMIT: usize = 64;

/// Why a text is not JSON, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseError {
    /// What is wrong there.
    pub kind: ParseErrorKind,
    /// In bytes from the start of the text.
    pub offset: usize,
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
}

/// What can be wrong with a text that is not JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParseErrorKind {
    /// The text ends in the middle of a value, or is empty.
    UnexpectedEnd,
    /// A character that cannot stand here.
    UnexpectedCharacter,
    /// Something after the value.
    TrailingCharacters,
    /// A number against the grammar, such as `01` or `1.`.
    InvalidNumber,
    /// A backslash with something that is no escape.
    InvalidEscape,
    /// A raw control character inside a text.
    ControlCharacter,
    /// Nested deeper than [`DEPTH_LIMIT`].
    TooDeep,
}

impl ParseErrorKind {
    /// A few English words for a log; not for residents.
    pub fn words(self) -> &'static str {
        match self {
            Self::UnexpectedEnd => "the text ends too early",
            Self::UnexpectedCharacter => "unexpected character",
            Self::TrailingCharacters => "something follows the value",
            Self::InvalidNumber => "not a number of JSON",
            Self::InvalidEscape => "not an escape of JSON",
            Self::ControlCharacter => "raw control character in a text",
            Self::TooDeep => "nested too deep",
        }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "not JSON: {} at line {}, column {}",
            self.kind.words(),
            self.line,
            self.column
        )
    }
}

impl core::error::Error for ParseError {}
