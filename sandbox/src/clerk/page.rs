//! The words and markup of the clerk's pages. Every value goes through `Text`, which escapes it.

use std::fmt;

use serde_json::Value;

use crate::server::App;
use crate::store::media::Photo;
use crate::store::requests::{Stored, as_text};
use crate::store::steps::{Stage, Update};

/// Text on its way into a page.
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

pub(super) fn refusal(messages: &[String]) -> String {
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

pub(super) fn list(
    app: &App,
    rows: &[Stored],
    stage: Option<Stage>,
    page: u64,
    pages: u64,
    total: u64,
    more: &str,
) -> String {
    let link = |name: &str, words: &str, current: bool| {
        let current = if current {
            " aria-current=\"page\""
        } else {
            ""
        };
        format!("<li><a href=\"/clerk{name}\"{current}>{words}</a></li>")
    };
    let mut filters = link("", "All", stage.is_none());
    for choice in Stage::ALL {
        let name = format!("?status={}", choice.name());
        filters.push_str(&link(&name, choice.words(), stage == Some(choice)));
    }
    let items: String = rows.iter().map(|request| row(app, request)).collect();
    let status = stage.map_or_else(String::new, |stage| format!("status={}&amp;", stage.name()));
    let step = |to: u64, words: &str| format!("<a href=\"/clerk?{status}page={to}\">{words}</a>");
    let back = if page > 1 {
        step(page - 1, "‹ Newer")
    } else {
        String::new()
    };
    let on = if page < pages {
        step(page + 1, "Older ›")
    } else {
        String::new()
    };
    let list = if items.is_empty() {
        "<p>Nothing here.</p>".to_owned()
    } else {
        format!("<ol class=\"rows\">{items}</ol>")
    };
    frame(
        "Requests",
        &format!(
            "<h1>{}: requests</h1><nav aria-label=\"Filter\"><ul class=\"filters\">{filters}</ul></nav>\
             <p class=\"quiet\">{total} requests, newest first. Page {page} of {pages}.</p>\
             {list}\
             <nav class=\"pages\" aria-label=\"Pages\">{back}{on}</nav>{more}",
            Text(&app.city.name()),
        ),
    )
}

fn row(app: &App, request: &Stored) -> String {
    format!(
        "<li><a href=\"/clerk/{}\"><span class=\"stage {}\">{}</span><b>{}</b>\
         <span>{}</span><span class=\"quiet\">{} · {}</span></a></li>",
        request.number,
        request.stage.name(),
        request.stage.words(),
        Text(&field(request, "service_name")),
        Text(&place(request)),
        Text(&name(request)),
        Text(&moment(app, request, "requested_datetime")),
    )
}

/// In the words of people where it can be read, as it was sent where not.
fn moment(app: &App, request: &Stored, name: &str) -> String {
    let text = field(request, name);
    app.zone
        .read_tolerantly(&text)
        .map_or(text, |at| app.zone.words(at))
}

pub(super) fn one(
    app: &App,
    request: &Stored,
    photos: &[Photo],
    history: &[Update],
    agencies: &[String],
    moved: bool,
) -> String {
    let moved = if moved {
        "<p class=\"moved\" role=\"status\">Moved on.</p>"
    } else {
        ""
    };
    frame(
        &name(request),
        &format!(
            "<p><a href=\"/clerk\">‹ All requests</a></p>{moved}\
             <p class=\"quiet\">{}</p><h1>{}</h1>\
             <p><span class=\"stage {}\">{}</span></p><p class=\"story\">{}</p>{}{}\
             <h2>Move it on</h2>{}<h2>What happened</h2><ol class=\"time\" reversed>{}</ol>",
            Text(&name(request)),
            Text(&field(request, "service_name")),
            request.stage.name(),
            request.stage.words(),
            Text(&field(request, "description")),
            facts(app, request),
            photo_list(request, photos),
            form(request, agencies),
            history
                .iter()
                .rev()
                .map(|update| entry(app, update))
                .collect::<String>(),
        ),
    )
}

fn facts(app: &App, request: &Stored) -> String {
    let mut rows = String::new();
    let mut add = |words: &str, value: &str| {
        if !value.is_empty() {
            rows.push_str(&format!(
                "<div><dt>{}</dt><dd>{}</dd></div>",
                Text(words),
                Text(value)
            ));
        }
    };
    add("Where", &place(request));
    add("Who has it", &field(request, "agency_responsible"));
    add("Came in", &moment(app, request, "requested_datetime"));
    add("Promised", &moment(app, request, "expected_datetime"));
    add("Token", request.token.as_deref().unwrap_or_default());
    for part in [&request.answers, &request.contact] {
        for (code, value) in part.as_object().into_iter().flatten() {
            let value = match value {
                Value::Array(items) => items
                    .iter()
                    .filter_map(as_text)
                    .collect::<Vec<_>>()
                    .join(", "),
                other => as_text(other).unwrap_or_default(),
            };
            add(code, &value);
        }
    }
    format!("<dl>{rows}</dl>")
}

fn photo_list(request: &Stored, photos: &[Photo]) -> String {
    let mut list: String = photos
        .iter()
        .map(|photo| {
            let shows = photo.description.as_deref();
            format!(
                "<p><img src=\"{}\" alt=\"{}\"></p>",
                Text(&photo.path),
                Text(shows.unwrap_or("Photo that came with the request")),
            )
        })
        .collect();
    // Only our own photos are shown: an address from outside would tell that site we looked.
    let url = field(request, "media_url");
    if !url.starts_with("/media/") {
        list.push_str(&format!("<p class=\"quiet\">{}</p>", Text(&url)));
    }
    list
}

fn form(request: &Stored, agencies: &[String]) -> String {
    let choices: String = Stage::ALL
        .into_iter()
        .map(|stage| {
            let checked = if stage == request.stage {
                " checked"
            } else {
                ""
            };
            format!(
                "<label><input type=\"radio\" name=\"stage\" value=\"{}\"{checked}>{}</label>",
                stage.name(),
                stage.words()
            )
        })
        .collect();
    let offices: String = agencies
        .iter()
        .map(|name| format!("<option value=\"{}\">", Text(name)))
        .collect();
    format!(
        "<form method=\"post\" action=\"/clerk/{}\"><fieldset><legend>Where does it stand?</legend>{choices}</fieldset>\
         <label for=\"note\">What should the resident know?</label>\
         <textarea id=\"note\" name=\"note\" rows=\"3\" maxlength=\"2000\"></textarea>\
         <label for=\"agency\">Who has it?</label>\
         <input id=\"agency\" name=\"agency\" list=\"agencies\" maxlength=\"100\" value=\"{}\">\
         <datalist id=\"agencies\">{offices}</datalist>\
         <label for=\"expected\">New date, if the promise changes (optional)</label>\
         <input id=\"expected\" name=\"expected\" type=\"date\">\
         <button>Move it on</button></form>",
        request.number,
        Text(&field(request, "agency_responsible")),
    )
}

fn entry(app: &App, update: &Update) -> String {
    let text = |name: &str| {
        update
            .row
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let status = match text("status") {
        "open" => "received".to_owned(),
        "internal_referral" => "handed over".to_owned(),
        other => other.replace('_', " "),
    };
    let who = if update.by_resident {
        " · the resident"
    } else {
        ""
    };
    format!(
        "<li><b>{}</b><br>{}<br><span class=\"quiet\">{}{who}</span></li>",
        Text(&status),
        Text(text("description")),
        Text(&app.zone.words(update.at)),
    )
}

fn field(request: &Stored, name: &str) -> String {
    request.row.get(name).and_then(as_text).unwrap_or_default()
}

/// What a resident knows it by. A black-box request has a number only in here.
fn name(request: &Stored) -> String {
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

fn place(request: &Stored) -> String {
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
    fn text_from_a_resident_never_becomes_markup() {
        let escaped = Text("<script>\"a\" & 'b'</script>").to_string();
        assert_eq!(
            escaped,
            "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;"
        );
    }
}
