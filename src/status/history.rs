//! Who has a request, since when, and what happened to it.

use super::promised::{setting, status_words};
use super::timeline::Event;
use crate::app::App;
use crate::config::{Config, Contact};
use crate::i18n::k;
use crate::platform::view::{View, el};
use crate::platform::{dom, intl};
use crate::ui::{contact_point, heading, safe_address};
use open311::{Moment, Parsed, ServiceRequest};

pub(super) fn facts(app: App, request: &ServiceRequest, events: &[Event]) -> View {
    let handed = events.iter().find_map(|event| event.agency.clone());
    let who = request.agency_responsible.clone().or(handed);
    let code = request.service_code.as_deref().unwrap_or_default();
    let contact = app.with_config(|config| {
        let is_of = |contact: &&Contact| {
            contact.services.iter().any(|known| known == code)
                || who
                    .as_deref()
                    .is_some_and(|who| contact.name.all().any(|name| name == who))
        };
        config.contact.iter().find(is_of).cloned()
    });
    let who_view = who.map(|who| match contact {
        // With its name and all the ways to reach it.
        Some(contact) if contact.name.all().any(|name| name == who) => contact_point(app, &contact),
        Some(contact) => [who.into(), contact_point(app, &contact)].into(),
        None => who.into(),
    });
    let sent = request
        .requested
        .as_ref()
        .map(|moment| when(app, moment).into());
    let mut rows = Vec::new();
    let mut add = |key, value: Option<View>| {
        if let Some(value) = value {
            let name = el("dt").put(app.t(key));
            rows.push(el("div").put(name).put(el("dd").put(value)).into());
        }
    };
    add(k::STATUS_WHO, who_view);
    add(k::STATUS_ASKED_ON, sent);
    match rows.is_empty() {
        true => View::Nothing,
        false => el("dl").class("facts").put(rows).into(),
    }
}

/// What happened, newest first.
pub(super) fn history(app: App, events: &[Event]) -> View {
    let setting = setting(app);
    let rows: Vec<View> = events
        .iter()
        .enumerate()
        .map(|(index, event)| {
            let words = event.words.clone().unwrap_or_else(|| {
                let status = event.status.clone().unwrap_or_default();
                status_words(app, &setting, event.status_text.as_deref(), &status)
            });
            let handed = event.agency.as_deref().map(|agency| {
                let words = app.t_with(k::STATUS_HANDED, &[("office", agency)]);
                el("span").class("quiet").put(words)
            });
            let by = event.is_own.then(|| {
                let words = app.t(k::STATUS_BY_RESIDENT);
                el("span").class("quiet").put(words)
            });
            let at = event.moment.as_ref();
            let at = at.map(|moment| el("span").class("quiet").put(when(app, moment)));
            let photo = picture(app, event.media_url.as_deref());
            el("li")
                .class(if index == 0 { "now" } else { "" })
                .put(el("span").class("own-words").put(words))
                .put(handed)
                .put(by)
                .put(photo)
                .put(at)
                .into()
        })
        .collect();
    match rows.is_empty() {
        true => View::Nothing,
        false => el("div")
            .put(heading(app.t(k::STATUS_HISTORY)))
            .put(el("ol").class("time").put(rows))
            .into(),
    }
}

/// A picture; its address may be relative to the endpoint.
pub(super) fn picture(app: App, address: Option<&str>) -> View {
    let address = address.and_then(safe_address);
    let endpoint = |config: &Config| config.endpoint.clone().unwrap_or_default();
    let photo = address.map(|address| {
        let endpoint = dom::resolve(
            &app.with_config(endpoint),
            &app.state().setting().config_url,
        );
        el("img")
            .class("photo")
            .attr("loading", "lazy")
            .attr("src", &dom::resolve(address, &[&endpoint, "/"].concat()))
            .attr("alt", &app.t(k::STATUS_PHOTO))
    });
    photo.into()
}

/// A moment in the city's time; as it was sent, where it cannot be understood.
pub(super) fn when(app: App, moment: &Moment) -> String {
    let language = app.language();
    let zone = app.time_zone();
    match moment.parsed {
        Some(Parsed::Unix(milliseconds)) => {
            intl::day_and_time(&language, zone.as_deref(), milliseconds as f64)
        }
        Some(Parsed::Civil(civil)) if civil.time.is_some() => {
            intl::day_and_time(&language, Some("UTC"), civil.as_if_utc() as f64)
        }
        Some(Parsed::Civil(civil)) => intl::day(&language, Some("UTC"), civil.as_if_utc() as f64),
        None => None,
    }
    .unwrap_or_else(|| moment.text.clone())
}
