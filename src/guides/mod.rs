//! Finding out how: the list of guides and one guide. The views are a chunk of their
//! own; the index, which the start view searches, is read with the first view.

mod guide;
mod list;
mod model;

pub use model::{Action, Entry, Facts, Guide, Step};

use crate::api::{self, Early, Failure};
use crate::app::App;
use crate::config::{self, Fields};
use crate::platform::dom;
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

#[leptos::wasm_split::wasm_split(guides, wasm_split_path = leptos::wasm_split, fallible, preload(fetch))]
fn draw(app: App) -> Result<View, SplitLoaderError> {
    Ok(match app.route() {
        Route::Guide { id } => guide::guide(app, id),
        _ => list::list(app),
    })
}

/// Fetches the index of guides; the addresses in it become absolute.
///
/// # Errors
/// It is not to be had, or not an index.
pub async fn load_index(url: &str, early: &Early) -> Result<Vec<Entry>, Failure> {
    let mut entries = load(url, early, model::read_index).await?;
    for entry in &mut entries {
        entry.url = dom::resolve(&entry.url, url);
    }
    Ok(entries)
}

/// Fetches and reads a file of the city's guides. What is odd about it is told to the webmaster.
async fn load<T>(url: &str, early: &Early, read: fn(&Fields) -> T) -> Result<T, Failure> {
    let value = api::file(url, early).await?;
    let (read, account) = config::read(&value, read);
    account.tell(url);
    Ok(read)
}
