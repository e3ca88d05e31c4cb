//! Which URLs in a city's documents may be opened.

/// The trimmed URL if a browser may open it: `https`, `http`, `mailto`, `tel`, or a path of the same site. `None` for
/// scripts and anything else.
///
/// ```
/// assert_eq!(guide::safe_address(" /parks"), Some("/parks"));
/// assert_eq!(guide::safe_address("javascript:alert(1)"), None);
/// ```
pub fn safe_address(address: &str) -> Option<&str> {
    let address = address.trim();
    let scheme = address
        .split(['/', '?', '#'])
        .next()
        .and_then(|head| head.split_once(':'))
        .map(|(scheme, _)| scheme);
    let is_safe = scheme.is_none_or(|scheme| {
        ["https", "http", "mailto", "tel"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known))
    });
    (is_safe && !address.chars().any(char::is_control)).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_urls_that_cannot_run_a_script_are_safe() {
        for good in [
            "https://x.example/a:b",
            "/parks",
            "parks?a=b:c",
            "mailto:a@b.example",
            "TEL:311",
            "#top",
        ] {
            assert_eq!(safe_address(good), Some(good));
        }
        for bad in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "java\nscript:x",
            "data:text/html,x",
            "vbscript:x",
        ] {
            assert_eq!(safe_address(bad), None, "{bad}");
        }
    }
}
