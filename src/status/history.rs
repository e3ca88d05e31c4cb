//! Who is responsible for a request, since when, and what happened to it. The events themselves are computed in
//! `frontdoor_core::status::timeline`.

use super::context::StatusContext;
use super::moment_text::moment_text;
use super::promise_view::status_text;
use crate::app::App;
use crate::platform::url;
use crate::ui::{contact_point, heading, safe_address};
use crate::view::{View, el};
use frontdoor_core::config::Contact;
use frontdoor_core::i18n::k;
use frontdoor_core::status::timeline::Event;
use open311::{Author, ServiceRequest};

/// The agency responsible for the request, and when it was sent; nothing if both are unknown.
pub(super) fn facts(app: App, request: &ServiceRequest, events: &[Event]) -> View {
    let handed_over = events.iter().find_map(|event| event.agency.clone());
    let agency = request.agency_responsible.clone().or(handed_over);
    let sent_at = request.requested.as_ref();
    let sent_at = sent_at.map(|moment| moment_text(app, moment).into());
    let mut rows = Vec::new();
    let mut add = |key, value: Option<View>| {
        if let Some(value) = value {
            let name = el("dt").child(app.t(key));
            let value = el("dd").child(value);
            rows.push(el("div").child(name).child(value).into());
        }
    };
    add(k::STATUS_WHO, agency_view(app, request, agency));
    add(k::STATUS_ASKED_ON, sent_at);
    if rows.is_empty() {
        return View::Nothing;
    }
    el("dl").class("facts").child(rows).into()
}

/// The agency, with its contact details if the config has them.
fn agency_view(app: App, request: &ServiceRequest, agency: Option<String>) -> Option<View> {
    let agency = agency?;
    let code = request.service_code.as_deref().unwrap_or_default();
    let has_name = |contact: &Contact| contact.name.all().any(|name| name == agency);
    let contact = app.with_config(|config| {
        let is_in_charge = |contact: &&Contact| {
            contact.services.iter().any(|known| known == code) || has_name(contact)
        };
        config.contact.iter().find(is_in_charge).cloned()
    });
    Some(match contact {
        // The contact already shows the name.
        Some(contact) if has_name(&contact) => contact_point(app, &contact),
        Some(contact) => [agency.into(), contact_point(app, &contact)].into(),
        None => agency.into(),
    })
}

/// The events of a request, newest first; nothing if there are none.
pub(super) fn history(app: App, events: &[Event]) -> View {
    let context = StatusContext::of(app);
    let rows: Vec<View> = events
        .iter()
        .enumerate()
        .map(|(index, event)| event_row(app, &context, event, index == 0))
        .collect();
    if rows.is_empty() {
        return View::Nothing;
    }
    el("div")
        .child(heading(app.t(k::STATUS_HISTORY)))
        .child(el("ol").class("time").child(rows))
        .into()
}

fn event_row(app: App, context: &StatusContext, event: &Event, is_newest: bool) -> View {
    let text = event.words.clone().unwrap_or_else(|| {
        let status = event.status.clone().unwrap_or_default();
        status_text(app, &context.config, event.status_text.as_deref(), &status)
    });
    let quiet = |text: String| el("span").class("quiet").child(text);
    let handed_over = event.agency.as_deref();
    let handed_over =
        handed_over.map(|agency| quiet(app.t_with(k::STATUS_HANDED, &[("office", agency)])));
    let author = match event.author {
        Author::City => None,
        Author::Resident => Some(k::STATUS_BY_RESIDENT),
        Author::Other => Some(k::STATUS_BY_OTHER),
    };
    let author = author.map(|key| quiet(app.t(key)));
    let at = event.moment.as_ref();
    let at = at.map(|moment| quiet(moment_text(app, moment)));
    el("li")
        .class(if is_newest { "now" } else { "" })
        .child(el("span").class("own-words").child(text))
        .child(handed_over)
        .child(author)
        .child(photo(app, event.media_url.as_deref()))
        .child(at)
        .into()
}

/// A photo; its URL may be relative to the endpoint. Nothing if the URL is not safe to open.
pub(super) fn photo(app: App, address: Option<&str>) -> View {
    let address = address.and_then(safe_address);
    let photo = address.map(|address| {
        let endpoint = app.with_config(|config| config.endpoint.clone().unwrap_or_default());
        let endpoint = [&app.resolve(&endpoint), "/"].concat();
        el("img")
            .class("photo")
            .attr("loading", "lazy")
            .attr("src", &url::resolve(address, &endpoint))
            .attr("alt", &app.t(k::STATUS_PHOTO))
    });
    photo.into()
}
