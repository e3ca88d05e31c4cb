//! The pin that a resident sets for a request, its accuracy, and the distance between two points.
//!
//! It does not know a map, an address or the device's sensors.

use json::{Value, decimal};
use open311::Location;

/// If a device's position is less accurate than this, in metres, it does not tell which side of a block is
/// meant, and a landmark is required. Sensible: 30 (it is often required) to 300 (crews may have to search).
const VAGUE_METRES: f64 = 100.0;

/// A point on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Pin {
    /// The point.
    pub location: Location,
    /// How the point was determined.
    pub origin: PinOrigin,
}

/// How a point was determined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PinOrigin {
    /// The resident placed it on the map.
    Map,
    /// It was found for a typed address.
    Address,
    /// It is the device's position, accurate to this many metres.
    Device(f64),
}

impl Pin {
    /// True if it is too inaccurate for a crew to find the location without a landmark.
    pub fn is_vague(&self) -> bool {
        matches!(self.origin, PinOrigin::Device(metres) if metres > VAGUE_METRES)
    }

    /// Encodes the pin to be saved with a draft.
    pub fn to_json(&self) -> Value {
        let (lat, long) = self.location.texts();
        let origin = match self.origin {
            PinOrigin::Map => "map".into(),
            PinOrigin::Address => "address".into(),
            PinOrigin::Device(metres) => (metres as u32).to_string(),
        };
        Value::object(vec![
            ("lat", lat.into()),
            ("long", long.into()),
            ("origin", origin.into()),
        ])
    }

    /// Decodes a pin that was saved; `None` if it cannot be read.
    pub fn from_json(value: &Value) -> Option<Self> {
        let number = |name| decimal(value.get(name)?.text()?);
        Some(Self {
            location: Location::new(number("lat")?, number("long")?)?,
            origin: match value.string_of("origin")?.as_str() {
                "map" => PinOrigin::Map,
                "address" => PinOrigin::Address,
                metres => PinOrigin::Device(decimal(metres)?),
            },
        })
    }
}

/// The distance between two points of a city in metres, computed on a flat map: accurate to a few metres in ten
/// kilometres.
pub fn metres(a: Location, b: Location) -> f64 {
    const METRES_PER_DEGREE: f64 = 111_195.0;
    let north = (a.lat - b.lat) * METRES_PER_DEGREE;
    let mut degrees = (a.long - b.long).abs();
    if degrees > 180.0 {
        degrees = 360.0 - degrees;
    }
    let east = degrees * METRES_PER_DEGREE * cosine((a.lat + b.lat) / 2.0);
    (north * north + east * east).sqrt()
}

/// The cosine of an angle from -90 to 90 degrees, accurate to a millionth. The standard library's adds kilobytes
/// to the wasm.
fn cosine(degrees: f64) -> f64 {
    let x = degrees * core::f64::consts::PI / 180.0;
    let square = x * x;
    // The Taylor series, with as many terms as 90 degrees need.
    let mut term = 1.0;
    let mut sum = 1.0;
    for step in 1..8 {
        let n = f64::from(step * 2);
        term *= -square / (n * (n - 1.0));
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, long: f64) -> Location {
        Location::new(lat, long).unwrap()
    }

    #[test]
    fn distances_are_accurate_to_one_percent() {
        let cases = [
            (at(40.62, -89.918), at(40.62, -89.918), 0.0),
            (at(40.62, -89.918), at(40.6211, -89.918), 122.3),
            (at(40.62, -89.918), at(40.62, -89.9165), 126.6),
            (at(60.17, 24.94), at(60.17, 24.95), 553.2),
            (at(-1.29, 36.82), at(-1.30, 36.82), 1112.0),
            (at(51.5, 179.9995), at(51.5, -179.9995), 69.2),
        ];
        for (a, b, expected) in cases {
            let found = metres(a, b);
            assert!(
                (found - expected).abs() <= expected * 0.01,
                "{a:?} {b:?}: {found}"
            );
        }
    }

    #[test]
    fn the_cosine_agrees_with_the_standard_library() {
        for degrees in -90..=90 {
            let degrees = f64::from(degrees);
            assert!((cosine(degrees) - degrees.to_radians().cos()).abs() < 1e-6);
        }
    }
}
