//! Dates of a guide for the resident's calendar: the ones that are not over, or so long from today.

use super::open::Open;
use super::says::Says;
use crate::app::App;
use crate::ics::{Event, file};
use crate::platform::{copy, dom, intl, time};
use guide::{Calendar, Duration, Unit};

/// Saves a calendar file.
pub(super) fn save(app: App, open: &Open, calendar: &Calendar) {
    let says = Says::new(app, &open.guide);
    let [title, place, text] =
        [&calendar.title, &calendar.place, &calendar.text].map(|text| says.words(text));
    let event = Event {
        title: &title,
        place: &place,
        text: &text,
        dates: &dates(app, open, calendar),
        minutes: calendar.minutes.unwrap_or(60),
        remind: calendar.remind,
    };
    let stamp = time::rfc3339(time::now()).replace(['-', ':'], "");
    let file = file(&event, &stamp, &dom::random_key());
    copy::save("calendar.ics".into(), "text/calendar;charset=utf-8", file);
}

/// The dates that are not over yet.
fn dates(app: App, open: &Open, calendar: &Calendar) -> Vec<String> {
    let zone = app.time_zone();
    let now = time::now();
    let minute = intl::zone_clock(zone.as_deref(), now).map_or(720, |(_, minute)| minute);
    // Around noon no change of the clocks leads to another day.
    let noon = now + (720.0 - f64::from(minute)) * 60_000.0;
    let day = |ahead: u32| {
        let moment = noon + f64::from(ahead) * 86_400_000.0;
        intl::iso_day(zone.as_deref(), moment).unwrap_or_default()
    };
    if let Some(from_now) = calendar.from_now {
        return vec![day(days_ahead(app, open, from_now, &day))];
    }
    let today = day(0);
    let dates = calendar.dates.iter();
    dates.filter(|date| **date >= today).cloned().collect()
}

/// How many days of the calendar a time is from today on.
fn days_ahead(app: App, open: &Open, wanted: Duration, day: &dyn Fn(u32) -> String) -> u32 {
    /// Nobody is promised more.
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
