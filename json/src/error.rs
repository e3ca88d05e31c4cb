//! Why a text is not JSON, and where. English, for logs and for authors of files; not for residents.

use core::fmt;

/// Why a text is not JSON, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseError {
    /// What is wrong.
    pub kind: ParseErrorKind,
    /// Position in bytes, counted from 0 at the start of the text.
    pub offset: usize,
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
}

/// The ways in which a text can break the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParseErrorKind {
    /// The text is empty or ends inside a value.
    UnexpectedEnd,
    /// A character that the grammar does not allow at this position.
    UnexpectedCharacter,
    /// Something follows the value.
    TrailingCharacters,
    /// A number that breaks the grammar, such as `01` or `1.`.
    InvalidNumber,
    /// A backslash followed by something that is not an escape.
    InvalidEscape,
    /// An unescaped control character in a string.
    ControlCharacter,
    /// Nested deeper than [`DEPTH_LIMIT`](crate::DEPTH_LIMIT).
    TooDeep,
}

impl ParseErrorKind {
    /// The kind in a few English words.
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
