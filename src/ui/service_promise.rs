//! The service standard that the city promises for a service, shown before and after sending a request. Reads the
//! config only, not whether a promise was kept.

use super::paragraph;
use crate::app::App;
use crate::view::{View, el};
use frontdoor_core::config::Standard;
use frontdoor_core::i18n::k;

/// “We answer within 24 hours”, and how long the work usually takes. `None` if the city promises nothing for this
/// service.
pub fn service_promise(app: App, service_code: &str) -> Option<View> {
    let lines = promise_lines(app, service_code);
    let (first, rest) = lines.split_first()?;
    let rest: Vec<View> = rest
        .iter()
        .map(|line| paragraph("", line.as_str()))
        .collect();
    let first = el("b").child(first.as_str());
    Some(
        el("div")
            .class("promise")
            .attr("part", "promise")
            .child(first)
            .child(rest)
            .into(),
    )
}

/// The promise as lines of text; empty if the city promises nothing for this service.
pub fn promise_lines(app: App, service_code: &str) -> Vec<String> {
    app.with_config(|config| {
        let standard = config.standard(service_code);
        standard.map_or_else(Vec::new, |standard| lines(app, standard))
    })
}

fn lines(app: App, standard: &Standard) -> Vec<String> {
    let hours = standard
        .answer_hours
        .map(|hours| app.t_count(k::PROMISE_ANSWER, hours as usize, &[]));
    let own = Some(app.text(&standard.text)).filter(|text| !text.is_empty());
    let days = standard
        .done_days
        .map(|days| app.t_count(k::PROMISE_DONE, days as usize, &[]));
    [hours, own.or(days)].into_iter().flatten().collect()
}
