//! Calendar files (iCalendar): dates of a guide, or the day promised for a request. The format is in
//! `frontdoor_core::calendar`. The code is a separate chunk, which no view needs.

use crate::platform::random::random_key;
use crate::platform::{share, time};
use frontdoor_core::calendar::{self, Event};
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;

/// Saves dates as a calendar file; no effect if the code cannot be fetched.
pub fn save(event: Event) {
    let stamp = time::rfc3339(time::now()).replace(['-', ':'], "");
    spawn_local(async move {
        if let Ok(file) = write(event, stamp, random_key()).await {
            share::save("calendar.ics".into(), "text/calendar;charset=utf-8", file);
        }
    });
}

// Contains the format only: code that other chunks need too, such as the clock, would become shared chunks.
#[leptos::wasm_split::wasm_split(calendar, wasm_split_path = leptos::wasm_split, fallible)]
fn write(event: Event, stamp: String, key: String) -> Result<String, SplitLoaderError> {
    Ok(calendar::file(&event, &stamp, &key))
}
