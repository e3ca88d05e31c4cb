//! What all pages of the clerk share. Every value goes through `Text`, which escapes it.

use std::fmt;

use crate::json::text_field;
use crate::state::AppState;
use crate::store::requests::StoredRequest;

/// Text, escaped for HTML content and attributes.
pub(super) struct Text<'a>(pub(super) &'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => out.write_str("&amp;")?,
                '<' => out.write_str("&lt;")?,
                '>' => out.write_str("&gt;")?,
                '"' => out.write_str("&quot;")?,
                '\'' => out.write_str("&#39;")?,
                _ => write!(out, "{c}")?,
            }
        }
        Ok(())
    }
}

pub(super) fn frame(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <title>{}</title><link rel=\"stylesheet\" href=\"/clerk/style.css\"></head><body>\
         <p class=\"what\">For trying and testing. No real city gets what is sent here.</p>\
         <main>{body}</main></body></html>\n",
        Text(title)
    )
}

pub(super) fn welcome(city: &str, base: &str) -> String {
    let city = Text(city).to_string();
    frame(
        "Sandbox",
        &format!(
            "<h1>{city}: sandbox</h1>\
             <p>A sample city’s Open311 GeoReport v2 endpoint.</p>\
             <ul class=\"links\"><li><a href=\"/clerk\">The clerk’s page</a></li>\
             <li><a href=\"{base}/services.json\">Services</a></li>\
             <li><a href=\"{base}/requests.json?page_size=25\">Requests</a></li>\
             <li><a href=\"{base}/discovery.json\">Discovery</a></li>\
             <li><a href=\"/frontdoor.json\">The city’s config</a></li>\
             <li><a href=\"/guides/index.json\">Guides</a></li></ul>"
        ),
    )
}

pub(super) fn error(messages: &[String]) -> String {
    let messages: String = messages
        .iter()
        .map(|text| format!("<p>{}</p>", Text(text)))
        .collect();
    frame(
        "That did not work",
        &format!(
            "<p><a href=\"/clerk\">‹ All requests</a></p><h1>That did not work</h1>{messages}"
        ),
    )
}

/// A date of the row, readable if it can be parsed, else as it was sent.
pub(super) fn date(app: &AppState, request: &StoredRequest, name: &str) -> String {
    let text = field(request, name);
    app.zone
        .parse_lenient(&text)
        .map_or(text, |at| app.zone.format_readable(at))
}

pub(super) fn field(request: &StoredRequest, name: &str) -> String {
    text_field(&request.row, name).unwrap_or_default()
}

/// The id of the request. That of a black-box request is never told to the resident.
pub(super) fn display_id(request: &StoredRequest) -> String {
    let id = request
        .id
        .clone()
        .unwrap_or_else(|| format!("row {}", request.number));
    if request.visible.is_none() {
        format!("{id} (inside only)")
    } else {
        id
    }
}

pub(super) fn location(request: &StoredRequest) -> String {
    let address = field(request, "address");
    let address = if address.is_empty() {
        field(request, "address_id")
    } else {
        address
    };
    match (address.is_empty(), field(request, "lat")) {
        (true, lat) if !lat.is_empty() => format!("{lat}, {}", field(request, "long")),
        _ => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_resident_is_escaped() {
        let escaped = Text("<script>\"a\" & 'b'</script>").to_string();
        assert_eq!(
            escaped,
            "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;"
        );
    }
}
