//! Bytes as text.

/// Decodes UTF-8; anything else as Windows-1252, which old servers send without saying so.
pub fn decode(bytes: Vec<u8>) -> String {
    match String::from_utf8(bytes) {
        Ok(text) => match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        },
        Err(error) => web_sys::TextDecoder::new_with_label("windows-1252")
            .and_then(|decoder| decoder.decode_with_u8_array(error.as_bytes()))
            .unwrap_or_default(),
    }
}
