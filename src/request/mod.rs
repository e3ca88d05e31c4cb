//! Asking for something: the list of services, a service's form step by step, the review, and what the city
//! responded. In chunks of their own: the place and the questions, the photos, and the sending.

mod confirmation_page;
mod contact_page;
mod field;
mod form;
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
mod sent_copy;
mod services;
mod store;
mod submit;

use crate::app::{App, chunk};
use crate::ui::reactive;
use crate::view::View;
use frontdoor_core::route::{Route, Step};
use journey::RequestJourney;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;

chunk! {
    /// The list of services, the place, and the questions.
    pub static FORM in request = pages;

    /// Photos.
    pub static PHOTOS in photos = |app| match app.route() {
        Route::Form { service, step: Step::Photos } => {
            open(app);
            photos_page::photos_page(app, service)
        }
        _ => pages(app),
    };

    /// The review, sending, and what the city responded.
    pub static SEND in send = |app| match app.route() {
        Route::Form { service, step: Step::Check } => {
            open(app);
            review_page::review_page(app, service)
        }
        Route::Form { service, step: Step::Photos } => {
            open(app);
            photos_page::photos_page(app, service)
        }
        Route::Sent { service, reference } => {
            confirmation_page::confirmation_page(app, service, reference)
        }
        _ => pages(app),
    };

    /// What is saved on this device, for the start view.
    pub static SAVED in send = |app| {
        let journey = open(app);
        reactive(move || outbox::saved(app, &journey))
    };
}

/// The chunk that draws a step of a form.
pub fn chunk_of(step: Step) -> &'static crate::app::Chunk {
    match step {
        Step::Place | Step::Nearby | Step::Details(_) | Step::Contact => &FORM,
        Step::Photos => &PHOTOS,
        Step::Check => &SEND,
    }
}

/// What comes first. The other chunks fall back on it, so that the splitter need not make a file of each function
/// that they share (docs/decisions/0011-chunks-that-lead-on.md).
fn pages(app: App) -> View {
    open(app);
    match app.route() {
        Route::Form { service, step } => match step {
            Step::Place => location_page::location_page(app, service),
            Step::Nearby => nearby_page::nearby_page(app, service),
            Step::Contact => contact_page::contact_page(app, service),
            _ => question_page::details_page(app, service, step),
        },
        _ => services::services(app, &SAVED),
    }
}

/// The journey, with the outbox sent as soon as something is in it.
fn open(app: App) -> std::rc::Rc<RequestJourney> {
    let journey = RequestJourney::of(app);
    journey.store.on_pending(|app| {
        spawn_local(async move {
            // Without the network its code may not be here; then the next view tries again.
            let _ = send_outbox(app).await;
        });
    });
    journey
}

/// Sends what is pending in the outbox.
#[leptos::wasm_split::wasm_split(send, wasm_split_path = leptos::wasm_split, fallible)]
fn send_outbox(app: App) -> Result<(), SplitLoaderError> {
    outbox::send_when_online(app, &RequestJourney::of(app));
    Ok(())
}
