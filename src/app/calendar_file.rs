//! Calendar files: the dates of a guide, the day that was promised for a request. Their code is a chunk of its own,
//! which no view needs.

use crate::platform::random::random_key;
use crate::platform::{share, time};
use frontdoor_core::calendar::{self, Event};
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;

/// Saves dates as a calendar file; nothing happens if the code cannot be fetched.
pub fn save(event: Event) {
    spawn_local(async move {
        let _ = write_and_save(event).await;
    });
}

#[leptos::wasm_split::wasm_split(calendar, wasm_split_path = leptos::wasm_split, fallible)]
fn write_and_save(event: Event) -> Result<(), SplitLoaderError> {
    let stamp = time::rfc3339(time::now()).replace(['-', ':'], "");
    let file = calendar::file(&event, &stamp, &random_key());
    share::save("calendar.ics".into(), "text/calendar;charset=utf-8", file);
    Ok(())
}
