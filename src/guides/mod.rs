//! Finding out how: the list of guides, one guide, and the questions that say for whom it is. The
//! views are a chunk of their own; the index, which the start view searches, is read with the first view.

mod action;
mod along;
mod calendar;
mod check;
mod clear;
mod list;
mod open;
mod paper;
mod parts;
mod progress;
mod says;
mod step;
mod whole;
mod words;

pub use along::CHECK;

use crate::api::{self, Early, Failure};
use crate::app::App;
use crate::config;
use crate::platform::dom;
use crate::platform::view::View;
use crate::route::Route;
use crate::ui::Journey;
use guide::Entry;
use leptos::wasm_split::SplitLoaderError;
use open311::Value;
use std::sync::atomic::AtomicBool;

/// The journey's code.
pub static JOURNEY: Journey = Journey {
    is_there: AtomicBool::new(false),
    fetch: || Box::pin(fetch()),
    draw: |app| Box::pin(draw(app)),
};

#[leptos::wasm_split::wasm_split(guides, wasm_split_path = leptos::wasm_split, fallible, preload(fetch))]
fn draw(app: App) -> Result<View, SplitLoaderError> {
    Ok(pages(app))
}

/// What is read first; what goes along falls back on it
/// (docs/decisions/0011-chunks-that-lead-on.md).
fn pages(app: App) -> View {
    match app.route() {
        Route::Guide { id, part } => open::guide(app, id, part),
        _ => list::list(app),
    }
}

/// The index: what can be found, and what only an opened guide needs.
#[derive(Default)]
pub struct Shelf {
    /// The guides; their addresses are absolute.
    pub entries: Vec<Entry>,
    /// The offices that guides name, as they were sent.
    offices: Value,
    /// Days on which no office is open, beside the config's.
    holidays: Vec<String>,
}

/// Fetches the index of guides.
///
/// # Errors
/// It is not to be had, or not an index.
pub async fn load_index(url: &str, early: &Early) -> Result<Shelf, Failure> {
    let value = api::file(url, early).await?;
    let (mut shelf, account) = config::read(&value, |fields| Shelf {
        entries: guide::Index::read_guides(fields),
        offices: fields.later("offices"),
        holidays: fields.strings("holidays"),
    });
    dom::tell(&account, url);
    for entry in &mut shelf.entries {
        entry.url = dom::resolve(&entry.url, url);
    }
    Ok(shelf)
}
