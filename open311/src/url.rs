//! Builds URLs below an endpoint's base URL. Cities choose base URLs freely, often with a path and sometimes
//! with a query string; nothing is added that the caller did not ask for.

/// Joins an endpoint's base URL and a path such as `requests.json?status=open`.
///
/// Base and path are separated by one slash; the base's query string is kept and comes first; its fragment is
/// dropped. Nothing is inserted, neither `/v2` nor a host, so a base such as `/open311` on the city's own
/// site works.
///
/// ```
/// assert_eq!(open311::join("/open311", "requests.json?page=2"), "/open311/requests.json?page=2");
/// ```
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

/// An id or a code as one path segment: everything but letters, digits and `-._~` is percent-encoded, so an
/// id that contains a slash or a `#` stays one segment.
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
