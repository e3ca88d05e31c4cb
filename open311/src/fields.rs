//! Reads the fields of a row under any of their names (rules 1, 2, 6, 13). Codes and ids are kept as sent;
//! texts for people become plain text.

use crate::search::split_around;
use crate::{Moment, Value, plain_text};

/// A code, id or number: trimmed, otherwise unchanged.
pub(crate) fn code(row: &Value, names: &[&str]) -> Option<String> {
    row.text_of(names).map(str::to_owned)
}

/// A text for people, as plain text.
pub(crate) fn text(row: &Value, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| plain(row.get(name)?))
}

/// A text for people, as plain text; `None` if nothing is left.
pub(crate) fn plain(value: &Value) -> Option<String> {
    let text = plain_text(value.text()?);
    (!text.is_empty()).then_some(text)
}

pub(crate) fn moment(row: &Value, names: &[&str]) -> Option<Moment> {
    names
        .iter()
        .find_map(|name| Moment::read(row.get(name)?.text()?))
}

/// The URL of a picture, absolute or relative to the endpoint. Only `http` and `https`: a `javascript:` URL must
/// never become a link.
pub(crate) fn web_address(row: &Value, names: &[&str]) -> Option<String> {
    let value = row.first(names)?;
    let first = value.items().first().unwrap_or(value);
    // Boston sends objects.
    let text = first
        .text()
        .or_else(|| first.text_of(&["url", "media_url"]))?;
    // Some servers put several URLs into one text.
    let text = split_around(text, ",http").map_or(text, |(first, _)| first);
    let scheme_end = text.find([':', '/', '?', '#']).unwrap_or(0);
    let safe = match text.split_at_checked(scheme_end) {
        Some((scheme, rest)) if rest.starts_with(':') => {
            scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
        }
        _ => true,
    };
    // Browsers remove control characters before they read the scheme.
    let safe = safe && !text.contains(|char: char| char.is_control());
    safe.then(|| text.to_owned())
}

/// The agency as text. FixMyStreet sends `{"recipient":["…"]}` where the specification has a text.
pub(crate) fn read_agency(row: &Value) -> Option<String> {
    let agency = row.get("agency_responsible")?;
    let agency = agency.get("recipient").unwrap_or(agency);
    let names: Vec<String> = agency.items().iter().filter_map(plain).collect();
    if names.is_empty() {
        plain(agency)
    } else {
        Some(names.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use json::parse;

    #[test]
    fn only_http_urls_are_accepted() {
        let cases = [
            (
                r#""https://c.example/a b.jpg""#,
                Some("https://c.example/a b.jpg"),
            ),
            (r#""HTTP://c.example/a:b""#, Some("HTTP://c.example/a:b")),
            (r#""/media/1.jpg""#, Some("/media/1.jpg")),
            (r#""media/1:2.jpg""#, Some("media/1:2.jpg")),
            (
                r#"["https://c.example/1","https://c.example/2"]"#,
                Some("https://c.example/1"),
            ),
            (
                r#""https://c.example/1,https://c.example/2""#,
                Some("https://c.example/1"),
            ),
            (
                r#"[{"id":7,"url":"https://c.example/1.jpg","tags":[]}]"#,
                Some("https://c.example/1.jpg"),
            ),
            (r#"[{"url":"javascript:alert(1)"}]"#, None),
            (r#"" ""#, None),
            (r#"[null]"#, None),
            (r#""javascript:alert(1)""#, None),
            (r#""java\tscript:alert(1)""#, None),
            (r#""\u0001javascript:alert(1)""#, None),
            (r#""data:text/html,x""#, None),
        ];
        for (json, expected) in cases {
            let row = Value::Map(vec![("media_url".into(), parse(json).unwrap())]);
            assert_eq!(
                web_address(&row, &["media_url"]).as_deref(),
                expected,
                "{json}"
            );
        }
    }
}
