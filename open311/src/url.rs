//! Addresses at an endpoint. Base addresses are the city's own choice, often with a path and sometimes
//! with a query; nothing is ever added that the caller did not ask for.

/// Joins an endpoint's base address and a path such as `requests.json?status=open`.
///
/// One slash comes between them, the base's query string stays and comes first, its fragment goes.
/// Nothing is inserted: no `/v2`, no host, so that a base like `/open311` on the city's own site works.
pub fn join(base: &str, path: &str) -> String {
    let base = base.split('#').next().unwrap_or_default().trim();
    let (base, base_query) = base.split_once('?').unwrap_or((base, ""));
    let (path, path_query) = path.split_once('?').unwrap_or((path, ""));
    let path = path.trim_start_matches('/');
    let mut url = base.to_owned();
    if !path.is_empty() {
        url.truncate(base.trim_end_matches('/').len());
        if !base.is_empty() {
            url.push('/');
        }
        url.push_str(path);
    }
    let mut mark = '?';
    for query in [base_query, path_query] {
        let query = query.trim_matches('&');
        if !query.is_empty() {
            url.push(mark);
            url.push_str(query);
            mark = '&';
        }
    }
    url
}

/// An id or a code as one segment of a path: everything but letters, digits and `-._~` is encoded, so
/// that an id with a slash or a `#` in it stays one segment.
pub fn path_segment(text: &str) -> String {
    let mut segment = String::new();
    for byte in text.trim().bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            segment.push(char::from(byte));
        } else {
            percent_encode(&mut segment, byte);
        }
    }
    segment
}

pub(crate) fn percent_encode(out: &mut String, byte: u8) {
    out.push('%');
    for digit in [byte >> 4, byte & 15] {
        out.extend(char::from_digit(u32::from(digit), 16).map(|char| char.to_ascii_uppercase()));
    }
}
