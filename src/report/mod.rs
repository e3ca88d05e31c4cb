//! Asking for something: the list of services, a service's form step by step, check your
//! answers, and what the city said. In chunks of their own, fetched when they are opened: the
//! place and the questions, the pictures, and the sending.

pub mod answer;
mod before;
mod check;
mod contact_page;
mod copy;
pub mod draft;
mod field;
mod form;
mod keep;
pub(crate) mod map_view;
mod nearby;
pub mod notice;
mod outbox;
pub mod outline;
mod page;
pub mod parcel;
pub mod photo;
mod photos_page;
mod pictures;
pub mod place;
pub mod post;
mod prefill;
pub mod question;
mod send;
mod sent;
mod services;
mod setting;
mod state;
mod where_page;
mod words;

pub use prefill::{LINKED, PREFILL};
pub use setting::Setting;
pub use state::WAITS;

#[cfg(test)]
mod tests;

use crate::app::App;
use crate::platform::view::View;
use crate::route::{Route, Step};
use crate::ui::Journey;
use leptos::wasm_split::SplitLoaderError;
use std::sync::atomic::AtomicBool;

/// The list of services, the place, and the questions.
pub static JOURNEY: Journey = Journey {
    is_there: AtomicBool::new(false),
    fetch: || Box::pin(fetch()),
    draw: |app| Box::pin(draw(app)),
};

/// Pictures.
pub static PHOTOS: Journey = Journey {
    is_there: AtomicBool::new(false),
    fetch: || Box::pin(fetch_photos()),
    draw: |app| Box::pin(draw_photos(app)),
};

/// Check, send, and what the city said.
pub static SEND: Journey = Journey {
    is_there: AtomicBool::new(false),
    fetch: || Box::pin(fetch_send()),
    draw: |app| Box::pin(draw_send(app)),
};

/// What waits on this device, for the start view.
pub static WAITING: Journey = Journey {
    is_there: AtomicBool::new(false),
    fetch: || Box::pin(fetch_waiting()),
    draw: |app| Box::pin(draw_waiting(app)),
};

/// The journey that draws a place in the widget.
pub fn journey(step: Step) -> &'static Journey {
    match step {
        Step::Place | Step::Nearby | Step::Details(_) | Step::Contact => &JOURNEY,
        Step::Photos => &PHOTOS,
        Step::Check => &SEND,
    }
}

#[leptos::wasm_split::wasm_split(report, wasm_split_path = leptos::wasm_split, fallible, preload(fetch))]
fn draw(app: App) -> Result<View, SplitLoaderError> {
    Ok(pages(app))
}

/// What comes first; the chunks after it fall back on it
/// (docs/decisions/0011-chunks-that-lead-on.md).
fn pages(app: App) -> View {
    match app.route() {
        Route::Report { service, step } => match step {
            Step::Place => where_page::place(app, service),
            Step::Nearby => nearby::nearby(app, service),
            Step::Contact => contact_page::contact(app, service),
            _ => form::details(app, service, step),
        },
        _ => services::services(app),
    }
}

#[leptos::wasm_split::wasm_split(photos, wasm_split_path = leptos::wasm_split, fallible, preload(fetch_photos))]
fn draw_photos(app: App) -> Result<View, SplitLoaderError> {
    Ok(match app.route() {
        Route::Report {
            service,
            step: Step::Photos,
        } => photos_page::photos(app, service),
        _ => pages(app),
    })
}

#[leptos::wasm_split::wasm_split(send, wasm_split_path = leptos::wasm_split, fallible, preload(fetch_send))]
fn draw_send(app: App) -> Result<View, SplitLoaderError> {
    Ok(match app.route() {
        Route::Report {
            service,
            step: Step::Check,
        } => check::check(app, service),
        Route::Report {
            service,
            step: Step::Photos,
        } => photos_page::photos(app, service),
        Route::Sent { service, reference } => sent::sent(app, service, reference),
        _ => pages(app),
    })
}

#[leptos::wasm_split::wasm_split(send, wasm_split_path = leptos::wasm_split, fallible, preload(fetch_waiting))]
fn draw_waiting(app: App) -> Result<View, SplitLoaderError> {
    let report = state::Report::of(app);
    Ok(crate::ui::stack(move || outbox::waiting(app, &report)))
}

/// Sends what is due from the outbox.
#[leptos::wasm_split::wasm_split(send, wasm_split_path = leptos::wasm_split, fallible)]
fn watch_outbox(app: App) -> Result<(), SplitLoaderError> {
    outbox::watch(app, &state::Report::of(app));
    Ok(())
}
