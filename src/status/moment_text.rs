//! Points in time as text, in the city's time zone and the language in use.
//! Does not know what happened at that time.

use crate::app::App;
use crate::platform::intl;
use frontdoor_core::time::UnixMs;
use open311::{Moment, Parsed};

/// A point in time in the city's time zone, without a time of day if it has none; unchanged if it cannot be parsed.
pub(super) fn moment_text(app: App, moment: &Moment) -> String {
    let language = app.language();
    let zone = app.time_zone();
    match moment.parsed {
        Some(Parsed::Unix(unix)) => intl::day_and_time(&language, zone.as_deref(), UnixMs(unix)),
        Some(Parsed::Civil(civil)) if civil.time.is_some() => {
            intl::day_and_time(&language, Some("UTC"), UnixMs(civil.as_if_utc()))
        }
        Some(Parsed::Civil(civil)) => intl::day(&language, Some("UTC"), UnixMs(civil.as_if_utc())),
        None => None,
    }
    .unwrap_or_else(|| moment.text.clone())
}
