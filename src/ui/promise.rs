//! The city's promise for a service, shown before sending and after.

use super::paragraph;
use crate::app::App;
use crate::config::Standard;
use crate::i18n::k;
use crate::platform::view::{View, el};

/// “We answer within 24 hours”, and what is usual until it is done. None if the city promises nothing here.
pub fn promise(app: App, service_code: &str) -> Option<View> {
    let lines = promise_lines(app, service_code);
    let (first, rest) = lines.split_first()?;
    let rest: Vec<View> = rest
        .iter()
        .map(|line| paragraph("", line.as_str()))
        .collect();
    let first = el("b").put(first.as_str());
    Some(
        el("div")
            .class("promise")
            .attr("part", "promise")
            .put(first)
            .put(rest)
            .into(),
    )
}

/// The promise as lines of text; none if the city promises nothing here.
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
