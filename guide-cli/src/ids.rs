//! Ids that are safe in file names and URLs, and language tags.

/// True for lower case letters a-z, digits, and hyphens that are neither first nor last.
pub(crate) fn is_id(id: &str) -> bool {
    let has_hyphen_at_end = id.starts_with('-') || id.ends_with('-');
    let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !id.is_empty() && !has_hyphen_at_end && id.bytes().all(is_allowed)
}

/// True for a language tag as in BCP 47: two or three letters, optionally followed by subtags.
pub(crate) fn is_language_tag(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let primary = subtags.next().unwrap_or_default();
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && subtags.all(|subtag| {
            (1..=8).contains(&subtag.len())
                && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}
