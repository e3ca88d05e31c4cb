//! The device's clock, timers, and date formats for machines.
//! Knows nothing of the city's clock or time zone.

use frontdoor_core::time::UnixMs;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, milliseconds: i32) -> i32;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: i32);
}

/// Waits about this many milliseconds.
pub async fn sleep(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        set_timeout(&resolve, milliseconds);
    });
    // Cannot fail: the promise is never rejected.
    let _ = JsFuture::from(promise).await;
}

/// Waits about this many milliseconds, or until an event of the window, whichever comes first.
pub async fn sleep_until(milliseconds: i32, event: &'static str) {
    let mut listener = None;
    let promise = Promise::new(&mut |resolve, _| {
        set_timeout(&resolve, milliseconds);
        listener = Some(super::history::WindowListener::new(event, move || {
            let _ = resolve.call0(&JsValue::NULL);
        }));
    });
    let _ = JsFuture::from(promise).await;
    drop(listener);
}

/// A callback that runs once after a delay, unless the timer is dropped first.
pub struct Timer {
    id: i32,
    _callback: Closure<dyn FnMut()>,
}

impl Timer {
    /// Runs `callback` after this many milliseconds.
    pub fn new(milliseconds: i32, callback: impl FnMut() + 'static) -> Self {
        let callback = Closure::<dyn FnMut()>::new(callback);
        let id = set_timeout(callback.as_ref().unchecked_ref(), milliseconds);
        Self {
            id,
            _callback: callback,
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(self.id);
    }
}

/// The current time by the device's clock.
pub fn now() -> UnixMs {
    UnixMs::from_js(js_sys::Date::now())
}

/// Parses an HTTP `Date` header; `None` if it is invalid.
pub fn parse_http_date(text: &str) -> Option<UnixMs> {
    let milliseconds = js_sys::Date::parse(text);
    milliseconds
        .is_finite()
        .then(|| UnixMs::from_js(milliseconds))
}

/// Formats a time as RFC 3339 in UTC, to the second.
pub fn rfc3339(time: UnixMs) -> String {
    let date = js_sys::Date::new(&time.to_js().into());
    let text = String::from(date.to_iso_string());
    match text.split_once('.') {
        Some((seconds, _)) => [seconds, "Z"].concat(),
        None => text,
    }
}

/// Offset from UTC, in minutes (positive east of Greenwich), of the device's time zone at this local time; 0 if
/// there is no such time. `month` is 1 to 12.
pub fn offset_minutes(year: u32, month: u32, day: u32, hour: u32, minute: u32) -> i32 {
    // JavaScript counts months from zero, and its offset has the opposite sign.
    let date = js_sys::Date::new_with_year_month_day_hr_min(
        year,
        month.saturating_sub(1) as i32,
        day as i32,
        hour as i32,
        minute as i32,
    );
    let behind = date.get_timezone_offset();
    if behind.is_finite() {
        -(behind as i32)
    } else {
        0
    }
}
