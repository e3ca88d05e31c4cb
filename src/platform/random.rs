//! Random keys, from the browser's cryptographic generator; from `Math.random` only where there is none. Does
//! not know what a key is for.

/// Returns 32 random hexadecimal digits (128 bits).
pub fn random_key() -> String {
    let mut bytes = [0u8; 16];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    if crypto.is_none_or(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_err()) {
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    let digits = |byte: &u8| {
        [byte >> 4, byte & 15].map(|n| char::from_digit(u32::from(n), 16).unwrap_or('0'))
    };
    bytes.iter().flat_map(digits).collect()
}
