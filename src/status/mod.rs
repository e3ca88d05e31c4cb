//! Seeing where it stands, and what comes after: look a request up, read in words where it is, who
//! has it, what was promised and what happened; say something about it; see how the city does. In
//! chunks of their own, fetched when they are opened.

mod act;
mod act_words;
mod around;
mod beside;
pub mod card;
mod card_view;
mod clock;
pub mod day;
mod device;
mod figures;
mod history;
mod look;
mod lookup;
pub mod number;
pub mod promise;
mod promised;
mod rate;
pub mod sentence;
mod shown;
pub mod timeline;
mod view;
pub mod words;
pub mod working;

pub use words::Setting;

use crate::app::App;
use crate::platform::view::View;
use crate::route::Route;
use crate::ui::Journey;
use leptos::wasm_split::SplitLoaderError;
use std::sync::atomic::{AtomicBool, Ordering};

/// Look a request up, and read where it stands.
pub static JOURNEY: Journey = Journey {
    is_there: AtomicBool::new(false),
    fetch: || Box::pin(fetch()),
    draw: |app| Box::pin(draw(app)),
};

/// Say something about a request.
pub static ACT: Journey = Journey {
    is_there: AtomicBool::new(false),
    fetch: || Box::pin(fetch_act()),
    draw: |app| Box::pin(draw_act(app)),
};

/// The two questions after a request is closed.
pub static RATE: Journey = Journey {
    is_there: AtomicBool::new(false),
    fetch: || Box::pin(fetch_rate()),
    draw: |app| Box::pin(draw_rate(app)),
};

/// The place of a request on a map.
pub static BESIDE: Journey = Journey {
    is_there: AtomicBool::new(false),
    fetch: || Box::pin(fetch_beside()),
    draw: |app| Box::pin(draw_beside(app)),
};

/// The promised day of a request for the calendar.
pub static CALENDAR: Journey = Journey {
    is_there: AtomicBool::new(false),
    fetch: || Box::pin(fetch_calendar()),
    draw: |app| Box::pin(draw_calendar(app)),
};

/// Notices of the device's own when something changes.
pub static NOTICE: Journey = Journey {
    is_there: AtomicBool::new(false),
    fetch: || Box::pin(fetch_notice()),
    draw: |app| Box::pin(draw_notice(app)),
};

/// Sends what residents have said of the city's work and has not arrived; there is nothing to see.
pub static FEEDBACK: Journey = Journey {
    is_there: AtomicBool::new(false),
    fetch: || Box::pin(fetch_feedback()),
    draw: |app| Box::pin(draw_feedback(app)),
};

/// Fetches code that is nothing to look at, and lets it do its work. True if it was to be had.
async fn run(app: App, journey: &'static Journey) -> bool {
    journey.prefetch().await;
    let is_there = journey.is_there.load(Ordering::Relaxed);
    if is_there && !app.is_gone() {
        let _ = (journey.draw)(app).await;
    }
    is_there
}

/// What was said and could not be sent then is sent now.
fn send_what_waits(app: App) {
    if crate::feedback::waits(app) {
        leptos::task::spawn_local(async move {
            run(app, &FEEDBACK).await;
        });
    }
}

/// How fast the city is, in figures.
pub static CARD: Journey = Journey {
    is_there: AtomicBool::new(false),
    fetch: || Box::pin(fetch_card()),
    draw: |app| Box::pin(draw_card(app)),
};

/// Open requests around a place.
pub static AROUND: Journey = Journey {
    is_there: AtomicBool::new(false),
    fetch: || Box::pin(fetch_around()),
    draw: |app| Box::pin(draw_around(app)),
};

#[leptos::wasm_split::wasm_split(status, wasm_split_path = leptos::wasm_split, fallible, preload(fetch))]
fn draw(app: App) -> Result<View, SplitLoaderError> {
    Ok(pages(app))
}

/// What is read first. The other chunks fall back on it: whoever opens them has it already, and the
/// splitter need not make a file of each function that they share
/// (docs/decisions/0011-chunks-that-lead-on.md).
fn pages(app: App) -> View {
    match app.route() {
        Route::Status { id } => view::view(app, id),
        _ => lookup::lookup(app),
    }
}

#[leptos::wasm_split::wasm_split(act, wasm_split_path = leptos::wasm_split, fallible, preload(fetch_act))]
fn draw_act(app: App) -> Result<View, SplitLoaderError> {
    Ok(match app.route() {
        Route::Act { id, act } => act::act(app, id, act),
        _ => pages(app),
    })
}

#[leptos::wasm_split::wasm_split(act, wasm_split_path = leptos::wasm_split, fallible, preload(fetch_rate))]
fn draw_rate(app: App) -> Result<View, SplitLoaderError> {
    Ok(rate::rate(app))
}

#[leptos::wasm_split::wasm_split(act, wasm_split_path = leptos::wasm_split, fallible, preload(fetch_beside))]
fn draw_beside(app: App) -> Result<View, SplitLoaderError> {
    Ok(beside::map(app))
}

#[leptos::wasm_split::wasm_split(act, wasm_split_path = leptos::wasm_split, fallible, preload(fetch_calendar))]
fn draw_calendar(app: App) -> Result<View, SplitLoaderError> {
    Ok(beside::calendar(app))
}

#[leptos::wasm_split::wasm_split(act, wasm_split_path = leptos::wasm_split, fallible, preload(fetch_notice))]
fn draw_notice(app: App) -> Result<View, SplitLoaderError> {
    Ok(beside::notice(app))
}

#[leptos::wasm_split::wasm_split(act, wasm_split_path = leptos::wasm_split, fallible, preload(fetch_feedback))]
fn draw_feedback(app: App) -> Result<View, SplitLoaderError> {
    crate::feedback::send(app);
    Ok(View::Nothing)
}

#[leptos::wasm_split::wasm_split(card, wasm_split_path = leptos::wasm_split, fallible, preload(fetch_card))]
fn draw_card(app: App) -> Result<View, SplitLoaderError> {
    Ok(match app.route() {
        Route::Card => card_view::card(app),
        _ => pages(app),
    })
}

#[leptos::wasm_split::wasm_split(act, wasm_split_path = leptos::wasm_split, fallible, preload(fetch_around))]
fn draw_around(app: App) -> Result<View, SplitLoaderError> {
    Ok(around::around(app))
}
