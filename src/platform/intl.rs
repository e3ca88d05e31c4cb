//! Dates, times, numbers and plurals in the conventions of a language (`Intl`). A time zone that the browser
//! does not know falls back to the browser's own, a language to English. Knows nothing of the widget's texts.

use frontdoor_core::time::UnixMs;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DateTimeFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(language: &str, options: &Object) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn format(this: &DateTimeFormat, milliseconds: f64) -> Result<String, JsValue>;
    #[wasm_bindgen(method, js_name = formatToParts, catch)]
    fn format_to_parts(this: &DateTimeFormat, milliseconds: f64) -> Result<Array, JsValue>;

    #[wasm_bindgen(js_namespace = Intl)]
    type PluralRules;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(language: &str) -> Result<PluralRules, JsValue>;
    #[wasm_bindgen(method)]
    fn select(this: &PluralRules, count: f64) -> String;

    #[wasm_bindgen(js_namespace = Intl)]
    type NumberFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(language: &str) -> Result<NumberFormat, JsValue>;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn with_options(language: &str, options: &Object) -> Result<NumberFormat, JsValue>;
    #[wasm_bindgen(method)]
    fn format(this: &NumberFormat, number: f64) -> String;

    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(language: &str, options: &Object) -> Result<DisplayNames, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<Option<String>, JsValue>;
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in pairs {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    options
}

fn date_time(language: &str, zone: Option<&str>, shape: &[(&str, &str)]) -> Option<DateTimeFormat> {
    let zoned = options(shape);
    if let Some(zone) = zone {
        let _ = Reflect::set(&zoned, &"timeZone".into(), &zone.into());
    }
    DateTimeFormat::new(language, &zoned)
        .or_else(|_| DateTimeFormat::new("en", &options(shape)))
        .ok()
}

/// Day and time, such as “Tue, Nov 24, 2:00 PM”.
pub fn day_and_time(language: &str, zone: Option<&str>, time: UnixMs) -> Option<String> {
    let shape = [
        ("weekday", "short"),
        ("day", "numeric"),
        ("month", "short"),
        ("hour", "numeric"),
        ("minute", "2-digit"),
    ];
    date_time(language, zone, &shape)?.format(time.to_js()).ok()
}

/// A day with its year, such as “November 24, 2026”.
pub fn day(language: &str, zone: Option<&str>, time: UnixMs) -> Option<String> {
    date_time(language, zone, &[("dateStyle", "long")])?
        .format(time.to_js())
        .ok()
}

/// A minute of the day (0 to 1440) formatted in a language, such as “6:00 PM”.
pub fn time_of_day(language: &str, minute: u16) -> Option<String> {
    let shape = [("hour", "numeric"), ("minute", "2-digit")];
    date_time(language, Some("UTC"), &shape)?
        .format(f64::from(minute) * 60_000.0)
        .ok()
}

/// The name of a weekday, `from_monday` days after Monday.
pub fn weekday(language: &str, from_monday: usize) -> Option<String> {
    // 1970-01-05 was a Monday.
    let monday = 4.0 * 86_400_000.0;
    let day = monday + from_monday as f64 * 86_400_000.0;
    date_time(language, Some("UTC"), &[("weekday", "long")])?
        .format(day)
        .ok()
}

/// Day of the week (0 is Monday) and minute of the day (0 to 1439) in a time zone.
pub fn zone_clock(zone: Option<&str>, time: UnixMs) -> Option<(usize, u16)> {
    let shape = [
        ("weekday", "short"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("hourCycle", "h23"),
    ];
    let parts = date_time("en", zone, &shape)?
        .format_to_parts(time.to_js())
        .ok()?;
    let part = |wanted: &str| {
        parts.iter().find_map(|part| {
            let kind = Reflect::get(&part, &"type".into()).ok()?;
            (kind == wanted)
                .then(|| Reflect::get(&part, &"value".into()).ok()?.as_string())
                .flatten()
        })
    };
    let name = part("weekday")?;
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let day = days.iter().position(|known| *known == name)?;
    let (hour, minute): (u16, u16) = (part("hour")?.parse().ok()?, part("minute")?.parse().ok()?);
    Some((day, hour * 60 + minute))
}

/// The order in which a language writes day, month and year, as the letters `d`, `m` and `y`. Falls back to
/// `m`, `d`, `y`.
pub fn date_order(language: &str) -> [char; 3] {
    let parts =
        date_time(language, Some("UTC"), &[]).and_then(|format| format.format_to_parts(0.0).ok());
    let mut order = [' '; 3];
    let kinds = parts
        .iter()
        .flat_map(|parts| parts.iter().collect::<Vec<_>>());
    let letters = kinds.filter_map(|part| {
        match Reflect::get(&part, &"type".into())
            .ok()?
            .as_string()?
            .as_str()
        {
            "day" => Some('d'),
            "month" => Some('m'),
            "year" => Some('y'),
            _ => None,
        }
    });
    order
        .iter_mut()
        .zip(letters)
        .for_each(|(slot, letter)| *slot = letter);
    if order.contains(&' ') {
        ['m', 'd', 'y']
    } else {
        order
    }
}

/// The CLDR plural category of a count (`one`, `few`, `other`…).
pub fn plural_category(language: &str, count: f64) -> String {
    PluralRules::new(language).map_or_else(|_| String::from("other"), |rules| rules.select(count))
}

/// A number with the language's separators.
pub fn number(language: &str, number: f64) -> String {
    NumberFormat::new(language)
        .map(|format| format.format(number))
        .unwrap_or_default()
}

/// An amount of money in a currency (ISO 4217), such as “$35”; whole amounts have no cents.
pub fn money(language: &str, amount: f64, currency: &str) -> String {
    let shape = options(&[
        ("style", "currency"),
        ("currency", currency),
        ("currencyDisplay", "narrowSymbol"),
    ]);
    if amount.fract() == 0.0 {
        let _ = Reflect::set(&shape, &"minimumFractionDigits".into(), &0.into());
    }
    match NumberFormat::with_options(language, &shape) {
        Ok(format) => format.format(amount),
        Err(_) => [&number(language, amount), " ", currency].concat(),
    }
}

/// The calendar day in a time zone, as `YYYY-MM-DD`.
pub fn iso_day(zone: Option<&str>, time: UnixMs) -> Option<String> {
    // Swedish writes dates in ISO 8601.
    let shape = [
        ("year", "numeric"),
        ("month", "2-digit"),
        ("day", "2-digit"),
    ];
    date_time("sv", zone, &shape)?.format(time.to_js()).ok()
}

/// A text with its first letter in upper case, by the rules of its language. Uses the browser's table of
/// capitals; Rust's own would add 4.7 KB to the first view.
pub fn capitalized(text: &str, language: &str) -> String {
    let mut letters = text.chars();
    let first: js_sys::JsString = letters.next().map(String::from).unwrap_or_default().into();
    let mut capital = String::from(first.to_locale_upper_case(Some(language)));
    capital.push_str(letters.as_str());
    capital
}

/// A language's name in that language, such as “español”; the tag itself if the browser has no name for it.
pub fn language_name(tag: &str) -> String {
    DisplayNames::new(tag, &options(&[("type", "language")]))
        .ok()
        .and_then(|names| names.of(tag).ok().flatten())
        .unwrap_or_else(|| tag.to_owned())
}
