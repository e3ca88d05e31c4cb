//! Where something is: read under any of the names that endpoints use, and sent with six decimals.

use json::{Value, decimal};

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
