//! The request journey: the list of services, a service's form step by step, the review, sending, and the
//! confirmation. In three chunks: services and location, questions and photos, and sending. The rules are in
//! `frontdoor_core::request`; this journey does not know the other journeys.

mod answer_rows;
mod confirmation_page;
mod contact_page;
mod field;
mod form;
#[cfg(feature = "gallery")]
pub mod gallery;
mod interstitial;
mod journey;
mod location_page;
mod nearby_page;
mod outbox;
mod photo_list;
mod photos_page;
mod question_page;
mod readiness;
mod review_page;
mod send_outcome;
mod sent_copy;
mod services;
mod store;
mod submit;

use crate::app::{App, chunk};
use crate::ui::reactive;
use crate::view::View;
use frontdoor_core::route::{Route, Step};
use journey::RequestJourney;
use leptos::wasm_split::SplitLoaderError;

chunk! {
    /// The list of services, and the location: the first question of every form.
    pub static FORM in request = pages;

    /// The questions, what is nearby, photos, and contact details.
    pub static QUESTIONS in questions = later_pages;

    /// The review, sending, and the confirmation.
    pub static SEND in send = |app| match app.route() {
        Route::Form { service, step: Step::Check } => {
            open(app);
            review_page::review_page(app, service)
        }
        Route::Sent { service, reference } => {
            confirmation_page::confirmation_page(app, service, reference)
        }
        _ => later_pages(app),
    };

    /// The requests and drafts saved on this device, for the start view.
    pub static SAVED in send = |app| {
        let journey = open(app);
        reactive(move || outbox::saved(app, &journey))
    };
}

/// The chunk that draws a step of a form.
pub fn chunk_of(step: Step) -> &'static crate::app::Chunk {
    match step {
        Step::Place => &FORM,
        Step::Nearby | Step::Details(_) | Step::Photos | Step::Contact => &QUESTIONS,
        Step::Check => &SEND,
    }
}

/// The pages that are opened first. The other chunks fall back on them, so that what they share is in the file of these
/// (docs/decisions/0011-chunks-that-lead-on.md).
fn pages(app: App) -> View {
    open(app);
    match app.route() {
        Route::Form { service, .. } => location_page::location_page(app, service),
        _ => services::services(app, &SAVED),
    }
}

/// The pages between the location and the review.
fn later_pages(app: App) -> View {
    let Route::Form { service, step } = app.route() else {
        return pages(app);
    };
    open(app);
    match step {
        Step::Place => pages(app),
        Step::Nearby => nearby_page::nearby_page(app, service),
        Step::Photos => photos_page::photos_page(app, service),
        Step::Contact => contact_page::contact_page(app, service),
        _ => question_page::details_page(app, service, step),
    }
}

/// The journey, set up to send the outbox as soon as it has something to send.
fn open(app: App) -> std::rc::Rc<RequestJourney> {
    let journey = RequestJourney::of(app);
    journey.store.on_pending(|app| {
        app.spawn(async move {
            // Without network the code may fail to load; the next view then tries again.
            let _ = send_outbox(app).await;
        });
    });
    journey
}

/// Sends the pending requests in the outbox.
#[leptos::wasm_split::wasm_split(send, wasm_split_path = leptos::wasm_split, fallible)]
fn send_outbox(app: App) -> Result<(), SplitLoaderError> {
    outbox::send_when_online(app, &RequestJourney::of(app));
    Ok(())
}
