//! Finding a text in a text. The standard library's searcher is fast on long needles and takes two
//! kilobytes of wasm; the needles here are a few characters.

/// Where `needle` first stands in `text`, whatever the case of ASCII letters. The needle is ASCII.
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

/// What stands before and after the first `needle`.
pub(crate) fn split_around<'a>(text: &'a str, needle: &str) -> Option<(&'a str, &'a str)> {
    let place = find(text, needle)?;
    Some((text.get(..place)?, text.get(place + needle.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::{find, split_around};

    #[test]
    fn texts_are_found_in_any_case() {
        for (text, needle, place) in [
            ("abc", "c", Some(2)),
            ("üü</SCRIPT>", "</script", Some(4)),
            ("abc", "abcd", None),
            ("aab", "ab", Some(1)),
            ("", "a", None),
        ] {
            assert_eq!(find(text, needle), place, "{text}");
        }
        assert_eq!(split_around("ü-->b", "-->"), Some(("ü", "b")));
    }
}
