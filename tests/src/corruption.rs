//! What old servers, proxies and bad connections do to the bytes of a response.

/// A change to the body of a response. Its headers stay as they were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corruption {
    /// Only this many bytes remain, and the response claims to be complete.
    Truncated(usize),
    /// Encoded as Windows-1252, under headers that say UTF-8.
    Windows1252,
    /// Encoded as UTF-16, under headers that say UTF-8.
    Utf16,
    /// A byte order mark comes first.
    ByteOrderMark,
}

impl Corruption {
    /// Applies the change to a UTF-8 body.
    pub fn apply(self, mut bytes: Vec<u8>) -> Vec<u8> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match self {
            Self::Truncated(length) => {
                bytes.truncate(length);
                bytes
            }
            Self::Windows1252 => text(&bytes).chars().map(windows_1252).collect(),
            Self::Utf16 => text(&bytes)
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect(),
            Self::ByteOrderMark => ["\u{feff}".as_bytes(), &bytes].concat(),
        }
    }
}

/// The byte of a character, or a question mark if Windows-1252 does not have it.
fn windows_1252(char: char) -> u8 {
    match char {
        '€' => 0x80,
        '…' => 0x85,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '–' => 0x96,
        '—' => 0x97,
        other => u8::try_from(u32::from(other)).unwrap_or(b'?'),
    }
}
