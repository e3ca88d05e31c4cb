//! Loading and errors: what happened in plain words, the city's own reasons, a button to try again, and the
//! phone number. Maps each [`ApiError`] to a phrase; never shows an error's own text.

use super::{call_link, message_heading, paragraph, row, secondary_button};
use crate::app::App;
use crate::net::ApiError;
use crate::platform::dom;
use crate::view::{View, el};
use frontdoor_core::i18n::k;

/// A line that says that something is being loaded, announced by screen readers (`role="status"`).
pub fn loading(app: App) -> View {
    el("p")
        .class("loading")
        .attr("role", "status")
        .child(app.t(k::LOADING))
        .into()
}

/// A message above a view, which screen readers announce (`role="alert"`) and which can take the focus.
pub fn message(app: App, heading: String, more: Vec<View>) -> View {
    el("div")
        .class("summary")
        .attr("role", "alert")
        .attr("tabindex", "-1")
        .on_mount(move |summary| app.focus_if_requested(dom::as_html(summary)))
        .child(message_heading(heading))
        .child(more)
        .into()
}

/// Says what went wrong and what to do: the city's reasons if it refused, the phone number, and a button that
/// calls `retry`.
pub fn load_error(app: App, error: &ApiError, retry: impl FnMut() + 'static) -> View {
    let mut more: Vec<View> = Vec::new();
    if error.is_refusal() {
        let reasons = error.reasons().iter();
        more.extend(reasons.map(|reason| paragraph("", reason.as_str())));
    }
    more.push(phone_line(app).into());
    more.push(row(secondary_button(app.t(k::PROBLEM_RETRY), retry)));
    message(app, error_text(app, error), more)
}

/// What went wrong, in one sentence.
pub fn error_text(app: App, error: &ApiError) -> String {
    app.t(match error {
        ApiError::TimedOut => k::PROBLEM_TIMED_OUT,
        ApiError::Unreachable => k::PROBLEM_UNREACHABLE,
        ApiError::Busy(Some(seconds)) => {
            return app.t_count(k::PROBLEM_BUSY_SECONDS, *seconds as usize, &[]);
        }
        ApiError::Busy(None) => k::PROBLEM_BUSY,
        ApiError::Refused(error) if error.status >= 500 => k::PROBLEM_TROUBLE,
        ApiError::Refused(_) => k::PROBLEM_REFUSED,
        ApiError::NotUnderstood => k::PROBLEM_TROUBLE,
    })
}

/// “Call 311”: a link to the first phone number of the config, if it has one.
pub fn phone_line(app: App) -> Option<View> {
    let phone = app.phone()?;
    Some(paragraph("", call_link(app, &phone)))
}
