//! Which addresses that a city wrote may be opened.

/// An address that a city wrote, if a browser may open it: `https`, `http`, `mailto`,
/// `tel`, or a path of the same site. Never a script.
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
    fn only_addresses_that_cannot_run_anything_are_opened() {
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
