//! What happens to a real answer on its way: what old servers, proxies and bad lines do to bytes.

/// Something that happens to an answer's bytes. Its headers stay as they were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Only so many bytes are left, and the answer claims that this is all.
    First(usize),
    /// Windows-1252, under headers that say UTF-8.
    Windows1252,
    /// UTF-16, under headers that say UTF-8.
    Utf16,
    /// A byte order mark stands in front.
    Marked,
}

impl Turn {
    /// What is left of the bytes.
    pub fn bytes(self, mut bytes: Vec<u8>) -> Vec<u8> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match self {
            Self::First(count) => {
                bytes.truncate(count);
                bytes
            }
            Self::Windows1252 => text(&bytes).chars().map(windows_1252).collect(),
            Self::Utf16 => text(&bytes)
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect(),
            Self::Marked => ["\u{feff}".as_bytes(), &bytes].concat(),
        }
    }
}

/// The byte of a character; a question mark for what Windows-1252 has not got.
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
