//! Bytes as text. Knows nothing of where the bytes come from; servers' `charset` is not consulted, because old
//! servers often leave it out.

/// Decodes UTF-8, without a byte order mark. Bytes that are not valid UTF-8 are decoded as Windows-1252, which
/// old servers send undeclared.
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
