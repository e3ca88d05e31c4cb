//! The status journey: look up a request, read its status, who is responsible, what was promised and what happened;
//! send the city an update; rate a closed request; read the city's report card. In separate chunks. The rules are in
//! `frontdoor_core::status`; this journey does not know the other journeys.

mod chart;
mod context;
#[cfg(feature = "gallery")]
pub mod gallery;
mod history;
mod lookup;
mod lookup_page;
mod moment_text;
mod nearby_page;
mod other_ways;
mod own_requests;
mod promise_view;
mod rating;
mod reminders;
mod report_card_page;
mod request_page;
mod update_form;
mod update_outbox;
mod update_photo;
mod update_send;
mod update_state;
mod update_wording;
mod watch;

use crate::app::{App, chunk, feedback};
use crate::view::View;
use frontdoor_core::route::Route;
use request_page::Extras;

chunk! {
    /// Looking up a request, and the request's page.
    pub static STATUS in status = pages;

    /// The form for an update of a request.
    pub static UPDATE in update = |app| match app.route() {
        Route::Update { number, kind } => update_form::update_form(app, number, kind),
        _ => pages(app),
    };

    /// The rating questions after a request is closed.
    static RATING in update = rating::rating;

    /// The location of a request on a map.
    static MAP in update = reminders::map;

    /// Saves the promised day of a request as a calendar file; draws nothing.
    static CALENDAR in update = reminders::calendar;

    /// Turns notifications on; draws nothing.
    static NOTIFICATIONS in update = reminders::notifications;

    /// Sends pending feedback; draws nothing.
    static FEEDBACK in update = |app| {
        feedback::send(app);
        View::Nothing
    };

    /// Sends the updates that wait for the network; draws nothing.
    pub static UNSENT in update = |app| {
        update_outbox::send_when_online(app);
        View::Nothing
    };

    /// The city's public report card.
    pub static REPORT_CARD in report_card = |app| match app.route() {
        Route::ReportCard => report_card_page::report_card_page(app),
        _ => pages(app),
    };

    /// Open requests near a location.
    pub static NEARBY in update = nearby_page::nearby_page;
}

/// The pages that are opened first. The other chunks fall back on them, so that the splitter does not make a separate
/// file for each function that they share (docs/decisions/0011-chunks-that-lead-on.md).
fn pages(app: App) -> View {
    if feedback::is_pending(app) {
        app.spawn(async move {
            FEEDBACK.run(app).await;
        });
    }
    match app.route() {
        Route::Status { number } => request_page::request_page(
            app,
            number,
            Extras {
                rating: &RATING,
                map: &MAP,
                calendar: &CALENDAR,
                notifications: &NOTIFICATIONS,
            },
        ),
        _ => lookup_page::lookup_page(app),
    }
}
