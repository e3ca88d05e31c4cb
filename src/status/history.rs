//! Who has a request, since when, and what happened to it.

use super::promised::{setting, status_words};
use super::timeline::Event;
use crate::app::App;
use crate::i18n::k;
use crate::platform::intl;
use crate::platform::view::{View, el};
use crate::ui::{heading, safe_address};
use open311::{Moment, Parsed, ServiceRequest};

pub(super) fn facts(app: App, request: &ServiceRequest, events: &[Event]) -> View {
    let handed = events.iter().find_map(|event| event.agency.clone());
    let who = request.agency_responsible.clone().or(handed);
    let code = request.service_code.as_deref().unwrap_or_default();
    let phone = app.with_config(|config| {
        let mut contacts = config.contact.iter();
        let own = contacts.find(|contact| {
            contact.services.iter().any(|known| known == code)
                || who
                    .as_deref()
                    .is_some_and(|who| contact.name.all().any(|name| name == who))
        });
        own.and_then(|contact| contact.phone.clone())
    });
    let who_view = who.map(|who| {
        let call = phone
            .as_deref()
            .map(|phone| crate::ui::call_link(app, phone));
        View::from([
            View::from(who),
            call.map(|call| View::from([" ".into(), call])).into(),
        ])
    });
    let expected = request
        .expected
        .as_ref()
        .map(|moment| when(app, moment).into());
    let sent = request
        .requested
        .as_ref()
        .map(|moment| when(app, moment).into());
    let pairs: [(_, Option<View>); 3] = [
        (k::STATUS_WHO, who_view),
        (k::STATUS_EXPECTED, expected),
        (k::STATUS_ASKED_ON, sent),
    ];
    let rows: Vec<View> = pairs
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)))
        .map(|(key, value)| {
            el("div")
                .put(el("dt").put(app.t(key)))
                .put(el("dd").put(value))
                .into()
        })
        .collect();
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
            let at = event.moment.as_ref();
            let at = at.map(|moment| el("span").class("quiet").put(when(app, moment)));
            let photo = event
                .media_url
                .as_deref()
                .and_then(safe_address)
                .map(|address| {
                    el("img")
                        .class("photo")
                        .attr("loading", "lazy")
                        .attr("src", address)
                        .attr("alt", &app.t(k::STATUS_PHOTO))
                });
            el("li")
                .class(if index == 0 { "now" } else { "" })
                .put(el("span").class("own-words").put(words))
                .put(handed)
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

pub(super) fn picture(app: App, request: &ServiceRequest) -> View {
    let address = request.media_url.as_deref().and_then(safe_address);
    let photo = address.map(|address| {
        el("img")
            .class("photo")
            .attr("loading", "lazy")
            .attr("src", address)
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
