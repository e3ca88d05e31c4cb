//! Coordinates: read under any of the field names that endpoints use, and sent with six decimals.

use json::{Value, decimal};

/// A point in degrees, WGS 84.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Location {
    /// Latitude, -90 to 90.
    pub lat: f64,
    /// Longitude, -180 to 180.
    pub long: f64,
}

impl Location {
    /// A location; `None` if a coordinate is out of range or not a number, and for 0/0, which many servers send
    /// for "no location".
    pub fn new(lat: f64, long: f64) -> Option<Self> {
        let is_in_range = lat.abs() <= 90.0 && long.abs() <= 180.0;
        (is_in_range && (lat != 0.0 || long != 0.0)).then_some(Self { lat, long })
    }

    /// Latitude and longitude as they are sent: with six decimals, about 11 cm.
    pub fn texts(&self) -> (String, String) {
        (six_decimals(self.lat), six_decimals(self.long))
    }

    /// The coordinates of a row: `lat` or `latitude`, and `long`, `lon`, `lng` or `longitude`.
    pub fn read(row: &Value) -> Option<Self> {
        let lat = row.text_of(&["lat", "latitude"])?;
        let long = row.text_of(&["long", "lon", "lng", "longitude"])?;
        Self::new(decimal(lat)?, decimal(long)?)
    }
}

fn six_decimals(degrees: f64) -> String {
    let millionths = (degrees.abs() * 1e6 + 0.5) as u64;
    let mut text = String::new();
    if degrees < 0.0 && millionths > 0 {
        text.push('-');
    }
    let mut unit = 100_000_000u64;
    let mut started = false;
    while unit > 0 {
        let digit = millionths / unit % 10;
        started |= digit > 0 || unit <= 1_000_000;
        if started {
            text.push(char::from(b'0' + digit as u8));
        }
        if unit == 1_000_000 {
            text.push('.');
        }
        unit /= 10;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

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
