//! Substring search. The standard library's is fast for long needles and costs two kilobytes of wasm; the
//! needles here are a few characters long.

/// The byte offset of the first `needle` in `text`, ignoring ASCII case. The needle must be ASCII.
pub(crate) fn find(text: &str, needle: &str) -> Option<usize> {
    let mut rest = text.as_bytes();
    while let Some(head) = rest.get(..needle.len()) {
        if head.eq_ignore_ascii_case(needle.as_bytes()) {
            return Some(text.len() - rest.len());
        }
        rest = rest.get(1..)?;
    }
    None
}

/// The text before and after the first `needle`.
pub(crate) fn split_around<'a>(text: &'a str, needle: &str) -> Option<(&'a str, &'a str)> {
    let at = find(text, needle)?;
    Some((text.get(..at)?, text.get(at + needle.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::{find, split_around};

    #[test]
    fn search_ignores_case() {
        for (text, needle, at) in [
            ("abc", "c", Some(2)),
            ("üü</SCRIPT>", "</script", Some(4)),
            ("abc", "abcd", None),
            ("aab", "ab", Some(1)),
            ("", "a", None),
        ] {
            assert_eq!(find(text, needle), at, "{text}");
        }
        assert_eq!(split_around("ü-->b", "-->"), Some(("ü", "b")));
    }
}
