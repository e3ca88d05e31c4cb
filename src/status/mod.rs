//! Seeing where a request stands, and what comes after: look a request up, read where it is, who has it, what was
//! promised and what happened; tell the city something about it; see how the city does. In chunks of their own.

mod chart;
mod context;
mod history;
mod lookup;
mod lookup_page;
mod moment_text;
mod nearby_page;
mod own_requests;
mod promise_view;
mod rating;
mod reminders;
mod report_card_page;
mod request_page;
mod update_form;
mod update_wording;
mod watch;

use crate::app::{App, chunk, feedback};
use crate::view::View;
use frontdoor_core::route::Route;
use leptos::task::spawn_local;
use request_page::Extras;

chunk! {
    /// Look a request up, and read where it stands.
    pub static STATUS in status = pages;

    /// Tell the city something about a request.
    pub static UPDATE in update = |app| match app.route() {
        Route::Update { number, kind } => update_form::update_form(app, number, kind),
        _ => pages(app),
    };

    /// The two questions after a request is closed.
    static RATING in update = rating::rating;

    /// The place of a request on a map.
    static MAP in update = reminders::map;

    /// Saves the promised day of a request for the calendar; draws nothing.
    static CALENDAR in update = reminders::calendar;

    /// Turns notifications on; draws nothing.
    static NOTIFICATIONS in update = reminders::notifications;

    /// Sends feedback that has not arrived; draws nothing.
    static FEEDBACK in update = |app| {
        feedback::send(app);
        View::Nothing
    };

    /// How fast the city is, in figures.
    pub static REPORT_CARD in report_card = |app| match app.route() {
        Route::ReportCard => report_card_page::report_card_page(app),
        _ => pages(app),
    };

    /// Open requests near a place.
    pub static NEARBY in update = nearby_page::nearby_page;
}

/// What is read first. The other chunks fall back on it, so that the splitter need not make a file of each function
/// that they share (docs/decisions/0011-chunks-that-lead-on.md).
fn pages(app: App) -> View {
    if feedback::is_pending(app) {
        spawn_local(async move {
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
