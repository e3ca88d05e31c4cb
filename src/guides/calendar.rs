//! Saves dates of a guide as a calendar file: the dates that are not over, or one date that is some time from today.
//! The file format is in `frontdoor_core::calendar`.

use super::open::OpenGuide;
use super::text::GuideText;
use crate::app::{App, calendar_file};
use crate::platform::{intl, time};
use frontdoor_core::calendar::Event;
use frontdoor_core::time::{DAY, MINUTE, UnixMs};
use guide::{Calendar, Duration, Unit};

/// Saves the dates of `calendar` as a calendar file.
pub(super) fn save(app: App, open: &OpenGuide, calendar: &Calendar) {
    let text = GuideText::new(app, &open.guide);
    let [title, place, description] =
        [&calendar.title, &calendar.place, &calendar.text].map(|field| text.plain(field));
    calendar_file::save(Event {
        title,
        place,
        text: description,
        dates: dates(app, open, calendar),
        minutes: calendar.minutes.unwrap_or(60),
        remind: calendar.remind,
    });
}

/// The dates (`YYYY-MM-DD`) that are not over.
fn dates(app: App, open: &OpenGuide, calendar: &Calendar) -> Vec<String> {
    let zone = app.time_zone();
    let now = time::now();
    let minute = intl::zone_clock(zone.as_deref(), now).map_or(720, |(_, minute)| minute);
    // Counted from noon, so that a change to or from daylight saving time cannot shift the date.
    let noon = now.0 + (720 - i64::from(minute)) * MINUTE;
    let day = |ahead: u32| {
        let moment = UnixMs(noon + i64::from(ahead) * DAY);
        intl::iso_day(zone.as_deref(), moment).unwrap_or_default()
    };
    if let Some(from_now) = calendar.from_now {
        return vec![day(days_ahead(app, open, from_now, &day))];
    }
    let today = day(0);
    let dates = calendar.dates.iter();
    dates.filter(|date| **date >= today).cloned().collect()
}

/// Number of days from today until a duration is over; months count 30 days, years 365.
fn days_ahead(app: App, open: &OpenGuide, wanted: Duration, day: &dyn Fn(u32) -> String) -> u32 {
    /// Longest duration, in the guide's unit; limits the loop over working days. Sensible: 100 to 10 000.
    const MOST: u32 = 1000;
    let number = wanted.most.min(MOST);
    match wanted.unit {
        Unit::Minute | Unit::Hour => 0,
        Unit::Day => number,
        Unit::Week => number * 7,
        Unit::Month => number * 30,
        Unit::Year => number * 365,
        Unit::WorkingDay => {
            let zone = app.time_zone();
            let today = intl::zone_clock(zone.as_deref(), time::now());
            let weekday = today.map_or(0, |(day, _)| day as u32);
            let (mut left, mut ahead) = (number, 0);
            let is_holiday = |date: &String| {
                open.holidays.contains(date)
                    || app.with_config(|config| config.holidays.contains(date))
            };
            while left > 0 && ahead < MOST * 3 {
                ahead += 1;
                if (weekday + ahead) % 7 < 5 && !is_holiday(&day(ahead)) {
                    left -= 1;
                }
            }
            ahead
        }
    }
}
