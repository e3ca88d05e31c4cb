//! Seeing where it stands: look a request up by its number, and read in words where it
//! is, who has it and what happened. A chunk of its own, fetched when it is opened.

mod lookup;
pub mod sentence;
mod view;

use crate::app::App;
use crate::platform::view::View;
use crate::route::Route;
use crate::ui::Journey;
use leptos::wasm_split::SplitLoaderError;
use std::sync::atomic::AtomicBool;

/// The journey's code.
pub static JOURNEY: Journey = Journey {
    is_there: AtomicBool::new(false),
    fetch: || Box::pin(fetch()),
    draw: |app| Box::pin(draw(app)),
};

#[leptos::wasm_split::wasm_split(status, wasm_split_path = leptos::wasm_split, fallible, preload(fetch))]
fn draw(app: App) -> Result<View, SplitLoaderError> {
    Ok(match app.route() {
        Route::Status { id } => view::view(app, id),
        _ => lookup::lookup(app),
    })
}
