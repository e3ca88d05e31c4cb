//! Asking for something: the list of services, a service's form step by step, check
//! your answers, and what the city said. A chunk of its own, fetched when it is opened.

pub mod answer;
mod check;
pub mod draft;
mod field;
mod form;
pub mod question;
mod sent;
mod services;
mod words;

#[cfg(test)]
mod tests;

use crate::app::App;
use crate::platform::view::View;
use crate::platform::{dom, storage};
use crate::route::{Reference, Route, Step};
use crate::ui::Journey;
use draft::Draft;
use leptos::wasm_split::SplitLoaderError;
use std::sync::atomic::AtomicBool;

/// The journey's code.
pub static JOURNEY: Journey = Journey {
    is_there: AtomicBool::new(false),
    fetch: || Box::pin(fetch()),
    draw: |app| Box::pin(draw(app)),
};

#[leptos::wasm_split::wasm_split(report, wasm_split_path = leptos::wasm_split, fallible, preload(fetch))]
fn draw(app: App) -> Result<View, SplitLoaderError> {
    Ok(match app.route() {
        Route::Report {
            service,
            step: Step::Check,
        } => check::check(app, service),
        Route::Report { service, step } => form::form(app, service, step),
        Route::Sent { service, reference } => sent::sent(app, service, reference),
        _ => services::services(app),
    })
}

/// The draft of a service's request: as it was kept, or a new one.
fn load_draft(app: App, service: &str) -> Draft {
    let kept = storage::read(&draft_key(app, service));
    kept.and_then(|kept| Draft::read(&kept))
        .unwrap_or_else(|| Draft::new(dom::random_key()))
}

/// Keeps a draft on the device.
fn keep_draft(app: App, service: &str, draft: &Draft) {
    storage::write(&draft_key(app, service), &draft.write());
}

/// Forgets a draft, after it was sent.
fn forget_draft(app: App, service: &str) {
    storage::remove(&draft_key(app, service));
}

fn draft_key(app: App, service: &str) -> String {
    app.key(&["draft/", service].concat())
}

/// What the city gave to find a request by.
fn reference(receipt: open311::Receipt) -> Reference {
    match (receipt.service_request_id, receipt.token) {
        (Some(id), _) => Reference::Number(id),
        (None, Some(token)) => Reference::Token(token),
        (None, None) => Reference::Nothing,
    }
}
