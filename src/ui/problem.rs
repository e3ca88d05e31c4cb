//! Waiting, and bad news: what happened in plain words, the city's own reasons,
//! a way to try again, and the telephone beside it.

use super::{call_address, message_heading, paragraph, row, second_button};
use crate::api::Failure;
use crate::app::App;
use crate::i18n::k;
use crate::platform::view::{View, el};

/// Says that something is on its way.
pub fn loading(app: App) -> View {
    el("p")
        .class("loading")
        .attr("role", "status")
        .put(app.t(k::LOADING))
        .into()
}

/// Says what went wrong and what can be done now.
pub fn problem(app: App, failure: &Failure, retry: impl FnMut() + 'static) -> View {
    let reasons: Vec<View> = match failure.is_refusal() {
        true => failure
            .reasons()
            .iter()
            .map(|reason| paragraph("", reason.as_str()))
            .collect(),
        false => Vec::new(),
    };
    el("div")
        .class("summary")
        .attr("role", "alert")
        .attr("tabindex", "-1")
        .put(message_heading(failure_in_words(app, failure)))
        .put(reasons)
        .put(by_phone(app))
        .put(row(second_button(app.t(k::PROBLEM_RETRY), retry)))
        .into()
}

/// What went wrong, in one sentence.
pub fn failure_in_words(app: App, failure: &Failure) -> String {
    app.t(match failure {
        Failure::TimedOut => k::PROBLEM_TIMED_OUT,
        Failure::Unreachable => k::PROBLEM_UNREACHABLE,
        Failure::Busy(Some(seconds)) => {
            return app.t_count(k::PROBLEM_BUSY_SECONDS, *seconds as usize, &[]);
        }
        Failure::Busy(None) => k::PROBLEM_BUSY,
        Failure::Refused(error) if error.status >= 500 => k::PROBLEM_TROUBLE,
        Failure::Refused(_) => k::PROBLEM_REFUSED,
        Failure::NotUnderstood => k::PROBLEM_TROUBLE,
    })
}

/// “Call 311”: the first number of the config.
pub fn by_phone(app: App) -> Option<View> {
    let phone = app.with_config(|config| {
        config
            .contact
            .iter()
            .find_map(|contact| contact.phone.clone())
    })?;
    Some(paragraph("", call_link(app, &phone)))
}

/// A link that calls.
pub fn call_link(app: App, phone: &str) -> View {
    let words = app.t_with(k::CONTACT_CALL, &[("phone", phone)]);
    el("a")
        .class("reach")
        .attr("href", &call_address(phone))
        .put(words)
        .into()
}
