//! The contact block at the foot of every view: the same ways to reach a person in the same place (WCAG 2.2,
//! 3.2.6 Consistent Help), and whether they are open now. Opening hours are computed in the crate `guide`.

use super::{call_link, heading, optional_paragraph, paragraph};
use crate::app::App;
use crate::platform::{intl, time};
use crate::view::{View, el};
use frontdoor_core::config::{Contact, Hours};
use frontdoor_core::i18n::k;
use frontdoor_core::time::MINUTE;
use guide::{Day, OpenState, open_state};

/// The contact points of the config: the first one visible, the others in a `details` element.
pub fn contact_block(app: App) -> View {
    let options = app.options();
    let config = &options.config;
    let emergency = app.text(&config.emergency);
    if config.contact.is_empty() && emergency.is_empty() {
        return View::Nothing;
    }
    let mut points = config
        .contact
        .iter()
        .map(|contact| contact_point(app, contact));
    let first = points.next();
    let others: Vec<View> = points.collect();
    let others = (!others.is_empty()).then(|| {
        el("details")
            .child(el("summary").child(app.t(k::CONTACT_OTHERS)))
            .child(others)
    });
    el("div")
        .class("contact")
        .attr("part", "contact")
        .child(optional_paragraph("emergency", emergency))
        .child(heading(app.t(k::CONTACT_HEADING)))
        .child(first)
        .child(others)
        .into()
}

/// One contact point: phone, email, address, whether it is open now, and a note.
pub fn contact_point(app: App, contact: &Contact) -> View {
    let phone = contact.phone.as_deref().map(|phone| call_link(app, phone));
    let email = contact.email.as_deref().map(|email| {
        el("a")
            .class("reach")
            .attr("href", &["mailto:", email].concat())
            .child(email)
    });
    let address = [app.text(&contact.name), app.text(&contact.address)];
    let address = address
        .iter()
        .filter(|line| !line.is_empty())
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    el("div")
        .class("point")
        .child(paragraph("row", [phone.into(), email.into()]))
        .child(optional_paragraph("", address))
        .child(opening_status(app, &contact.hours, &[]))
        .child(optional_paragraph("quiet", app.text(&contact.note)))
        .into()
}

/// “Open now until 6 pm”, or when it opens again; nothing if that is unknown. `closed` are days (`YYYY-MM-DD`)
/// in addition to the city's holidays.
pub fn opening_status(app: App, hours: &[Hours], closed: &[String]) -> View {
    let options = app.options();
    let config = &options.config;
    let zone = config.time_zone.as_deref();
    let now = time::now();
    let Some((day, minute)) = intl::zone_clock(zone, now) else {
        return View::Nothing;
    };
    let is_closed = |ahead: u8| {
        // Noon, because at that time a change to or from daylight saving time cannot shift the date.
        let minutes = i64::from(ahead) * 1440 + 720 - i64::from(minute);
        intl::iso_day(zone, now.plus(minutes * MINUTE))
            .is_some_and(|day| config.holidays.contains(&day) || closed.contains(&day))
    };
    let state =
        Day::from_monday(day).and_then(|today| open_state(hours, today, minute, &is_closed));
    let language = app.language();
    let clock = |minute| intl::time_of_day(&language, minute).unwrap_or_default();
    match state {
        None => View::Nothing,
        Some(OpenState::Open { until }) => paragraph(
            "good",
            app.t_with(k::CONTACT_OPEN_UNTIL, &[("time", &clock(until))]),
        ),
        Some(OpenState::Closed { opens, in_days }) => {
            let weekday =
                intl::weekday(&language, (day + usize::from(in_days)) % 7).unwrap_or_default();
            let values = [("time", clock(opens)), ("day", weekday)];
            let values: Vec<(&str, &str)> = values
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            let key = match in_days {
                0 => k::CONTACT_OPENS_TODAY,
                1 => k::CONTACT_OPENS_TOMORROW,
                _ => k::CONTACT_OPENS_ON,
            };
            paragraph("", app.t_with(key, &values))
        }
    }
}
