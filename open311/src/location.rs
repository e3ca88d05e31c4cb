//! Where something is, and the only place that turns text into a fractional number and back.
//!
//! `str::parse::<f64>` alone is 12 KB of brotli, most of it tables that do not compress; a location
//! needs six decimals.

use crate::Value;

/// A point on the globe in degrees, WGS 84.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Location {
    /// North of the equator, -90 to 90.
    pub lat: f64,
    /// East of Greenwich, -180 to 180.
    pub long: f64,
}

impl Location {
    /// `None` for what lies outside the globe, for what is no number, and for 0/0, which is how many
    /// servers write "no location".
    pub fn new(lat: f64, long: f64) -> Option<Self> {
        let on_the_globe = lat.abs() <= 90.0 && long.abs() <= 180.0;
        (on_the_globe && (lat != 0.0 || long != 0.0)).then_some(Self { lat, long })
    }

    /// `lat` and `long` as they are sent: six decimals, which is about a hand's breadth.
    pub fn texts(&self) -> (String, String) {
        (six_decimals(self.lat), six_decimals(self.long))
    }

    /// The place that a row names, under any of the names that are used for it.
    pub fn read(row: &Value) -> Option<Self> {
        let lat = row.text_of(&["lat", "latitude"])?;
        let long = row.text_of(&["long", "lon", "lng", "longitude"])?;
        Self::new(decimal(lat)?, decimal(long)?)
    }
}

/// A decimal number as JSON or a person writes it: `-1.5`, `.5`, `2e3`. No infinities, no blanks.
/// Within a unit in the last place or two of the nearest `f64`.
pub fn decimal(text: &str) -> Option<f64> {
    let (negative, unsigned) = sign(text);
    let mut exponent = 0;
    let mut mantissa = 0u64;
    let mut any_digit = false;
    let mut after_point = false;
    let mut chars = unsigned.chars();
    while let Some(char) = chars.next() {
        match char {
            '.' if !after_point => after_point = true,
            'e' | 'E' => {
                exponent += whole(chars.as_str())?;
                break;
            }
            _ => {
                let digit = char.to_digit(10)?;
                any_digit = true;
                // An f64 holds 17 digits; further ones only move the point.
                if mantissa < 100_000_000_000_000_000 {
                    mantissa = mantissa * 10 + u64::from(digit);
                    exponent -= i32::from(after_point);
                } else {
                    exponent += i32::from(!after_point);
                }
            }
        }
    }
    let value = scale(mantissa as f64, exponent);
    let value = if negative { -value } else { value };
    (any_digit && value.is_finite()).then_some(value)
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(unsigned) => (true, unsigned),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// A whole number of at most four digits, as in an exponent.
fn whole(text: &str) -> Option<i32> {
    let (negative, digits) = sign(text);
    if digits.is_empty() || digits.len() > 4 {
        return None;
    }
    let mut number = 0;
    for char in digits.chars() {
        number = number * 10 + char.to_digit(10)? as i32;
    }
    Some(if negative { -number } else { number })
}

fn scale(mut value: f64, exponent: i32) -> f64 {
    // Past 400 the value is zero or infinite whatever the digits are.
    let steps = exponent.unsigned_abs().min(400);
    // Powers up to 10^22 are exact, so that ordinary numbers are rounded once.
    let mut left = steps;
    while left > 0 {
        let step = left.min(22);
        let mut power = 1.0;
        for _ in 0..step {
            power *= 10.0;
        }
        if exponent < 0 {
            value /= power;
        } else {
            value *= power;
        }
        left -= step;
    }
    value
}

fn six_decimals(degrees: f64) -> String {
    let millionths = (degrees.abs() * 1e6 + 0.5) as u64;
    let mut text = String::new();
    if degrees < 0.0 && millionths > 0 {
        text.push('-');
    }
    let mut place = 100_000_000u64;
    let mut started = false;
    while place > 0 {
        let digit = millionths / place % 10;
        started |= digit > 0 || place <= 1_000_000;
        if started {
            text.push(char::from(b'0' + digit as u8));
        }
        if place == 1_000_000 {
            text.push('.');
        }
        place /= 10;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_numbers_are_read_exactly_as_the_standard_library_reads_them() {
        for text in [
            "41.858724777757864",
            "-87.66475146237676",
            "50.936597223574",
            "6.96852398907956",
            "0",
            "-0.0",
            "1e2",
            "1E-7",
            "+3.5",
            ".5",
            "5.",
            "000012.50",
        ] {
            let expected: f64 = text.parse().unwrap();
            let found = decimal(text).unwrap();
            assert!(
                (found - expected).abs() <= expected.abs() * 3e-16,
                "{text}: {found} for {expected}"
            );
        }
    }

    #[test]
    fn what_is_no_decimal_number_is_none() {
        for text in [
            "", "-", ".", "e5", "1e", "1e99999", "1e999", "NaN", "inf", "1,5", "1.2.3", "0x10",
            "1 2", "٣", "--1",
        ] {
            assert_eq!(decimal(text), None, "{text}");
        }
    }

    #[test]
    fn a_location_is_sent_with_six_decimals() {
        let cases = [
            (
                (41.858724777757864, -87.66475146237676),
                ("41.858725", "-87.664751"),
            ),
            ((0.0, 0.0000004), ("0.000000", "0.000000")),
            ((-0.0000004, 180.0), ("0.000000", "180.000000")),
            ((-90.0, -0.1), ("-90.000000", "-0.100000")),
            ((9.9999996, 10.05), ("10.000000", "10.050000")),
        ];
        for ((lat, long), (lat_text, long_text)) in cases {
            let texts = Location::new(lat, long).unwrap().texts();
            assert_eq!(texts, (lat_text.to_owned(), long_text.to_owned()));
        }
    }
}
