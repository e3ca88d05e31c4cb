//! URLs, resolved and compared by the browser's own rules.
//! Knows no URL of the widget or the city.

/// Resolves `path` against `base`; `path` unchanged if the result is not a valid URL.
pub fn resolve(path: &str, base: &str) -> String {
    web_sys::Url::new_with_base(path, base).map_or_else(|_| path.to_owned(), |url| url.href())
}

/// True if `address`, resolved against the page, has the page's scheme, host and port.
pub fn is_same_origin(address: &str) -> bool {
    let Some(location) = web_sys::window().map(|window| window.location()) else {
        return true;
    };
    let here = location.origin().unwrap_or_default();
    web_sys::Url::new_with_base(address, &location.href().unwrap_or_default())
        .is_ok_and(|url| url.origin() == here)
}
