//! Views whose code is loaded when they are opened.
//! Knows no particular chunk.

use super::{load_error, loading, reactive};
use crate::app::{App, Chunk};
use crate::net::ApiError;
use crate::view::{Signal, View};
use leptos::task::spawn_local;

/// The view of a chunk. Shows a loading line until the code is loaded, and a button to try again if that failed.
pub fn lazy_view(app: App, chunk: &'static Chunk) -> View {
    if chunk.is_loaded() {
        return chunk.draw_now(app);
    }
    let is_loaded = Signal::new(None);
    let loaded = is_loaded.clone();
    let load = move || {
        loaded.set(None);
        let loaded = loaded.clone();
        spawn_local(async move { loaded.set(Some(chunk.load().await)) });
    };
    load();
    reactive(move || match is_loaded.get() {
        None => loading(app),
        Some(true) => chunk.draw_now(app),
        Some(false) => load_error(app, &ApiError::Unreachable, load.clone()),
    })
}
