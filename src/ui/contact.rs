//! The contact block at the foot of every view: the same ways to reach a person, in
//! the same place (WCAG 2.2, 3.2.6), and whether somebody is there now.

use super::{call_link, heading, paragraph, paragraph_of};
use crate::app::App;
use crate::config::{Contact, Hours};
use crate::i18n::k;
use crate::platform::view::{View, el};
use crate::platform::{intl, time};
use guide::{Day, OpenState, open_state};

/// The block with the contact points of the config: the first in view, the others to be opened.
pub fn contact_block(app: App) -> View {
    let state = app.state();
    let config = &state.setting().config;
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
            .put(el("summary").put(app.t(k::CONTACT_OTHERS)))
            .put(others)
    });
    el("div")
        .class("contact")
        .attr("part", "contact")
        .put(paragraph_of("emergency", emergency))
        .put(heading(app.t(k::CONTACT_HEADING)))
        .put(first)
        .put(others)
        .into()
}

/// One way to reach the city, and whether somebody is there now.
pub fn contact_point(app: App, contact: &Contact) -> View {
    let phone = contact.phone.as_deref().map(|phone| call_link(app, phone));
    let email = contact.email.as_deref().map(|email| {
        el("a")
            .class("reach")
            .attr("href", &["mailto:", email].concat())
            .put(email)
    });
    let place = [app.text(&contact.name), app.text(&contact.address)];
    let place = place
        .iter()
        .filter(|part| !part.is_empty())
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    el("div")
        .class("point")
        .put(paragraph("row", [phone.into(), email.into()]))
        .put(paragraph_of("", place))
        .put(open_line(app, &contact.hours, &[]))
        .put(paragraph_of("quiet", app.text(&contact.note)))
        .into()
}

/// “Open now, until 6 pm”, or when it opens again; `closed` are days of its own (`YYYY-MM-DD`) beside the
/// city's holidays.
pub fn open_line(app: App, hours: &[Hours], closed: &[String]) -> View {
    let state = app.state();
    let config = &state.setting().config;
    let zone = config.time_zone.as_deref();
    let now = time::now();
    let Some((day, minute)) = intl::zone_clock(zone, now) else {
        return View::Nothing;
    };
    let is_closed = |ahead: u8| {
        // Around noon no change of the clocks leads to another day.
        let minutes = f64::from(ahead) * 1440.0 + 720.0 - f64::from(minute);
        let moment = now + minutes * 60_000.0;
        intl::iso_day(zone, moment)
            .is_some_and(|day| config.holidays.contains(&day) || closed.contains(&day))
    };
    let state =
        Day::from_monday(day).and_then(|today| open_state(hours, today, minute, &is_closed));
    let language = app.language();
    let clock = |minute| intl::clock(&language, minute).unwrap_or_default();
    match state {
        None => View::Nothing,
        Some(OpenState::Open { until }) => {
            let until = app.t_with(k::CONTACT_UNTIL, &[("time", &clock(until))]);
            el("p")
                .put(el("span").class("good").put(app.t(k::CONTACT_OPEN)))
                .put(until)
                .into()
        }
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
