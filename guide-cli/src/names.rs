//! Names that are safe in files and addresses, and names of languages.

/// Small letters, digits, hyphens: what is safe in a file name and in an address.
pub(crate) fn is_id(id: &str) -> bool {
    let ends = id.starts_with('-') || id.ends_with('-');
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !id.is_empty() && !ends && id.bytes().all(fits)
}

/// A tag as in BCP 47: two or three letters, and more after hyphens.
pub(crate) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}
