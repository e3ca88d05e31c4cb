//! Where something is: the pin a resident sets, how accurate it is, and how far two points are apart.

use json::{Value, decimal};
use open311::Location;

/// Above this accuracy radius, in metres, a device's position does not tell which side of the block is
/// meant, and a landmark is asked for. Sensible: 30 (often asked) to 300 (a crew may search the block).
const VAGUE_METRES: f64 = 100.0;

/// A point on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Pin {
    /// Where.
    pub location: Location,
    /// What the point comes from.
    pub origin: PinOrigin,
}

/// What a point comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PinOrigin {
    /// The resident put it on the map.
    Map,
    /// A typed address was looked up.
    Address,
    /// The device's own position, accurate to this many metres.
    Device(f64),
}

impl Pin {
    /// True if a crew could not find the place without a landmark.
    pub fn is_vague(&self) -> bool {
        matches!(self.origin, PinOrigin::Device(metres) if metres > VAGUE_METRES)
    }

    /// As saved with a draft.
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

    /// As it was saved; `None` if it cannot be read.
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

/// Metres between two points of one city, as on a flat map: accurate to a few metres in ten kilometres.
pub fn metres(a: Location, b: Location) -> f64 {
    const METRES_PER_DEGREE: f64 = 111_195.0;
    let north = (a.lat - b.lat) * METRES_PER_DEGREE;
    let mut turn = (a.long - b.long).abs();
    if turn > 180.0 {
        turn = 360.0 - turn;
    }
    let east = turn * METRES_PER_DEGREE * cosine((a.lat + b.lat) / 2.0);
    (north * north + east * east).sqrt()
}

/// The cosine of an angle of at most 90 degrees, accurate to a millionth. The standard library's is kilobytes.
fn cosine(degrees: f64) -> f64 {
    let x = degrees * core::f64::consts::PI / 180.0;
    let square = x * x;
    // Taylor's series, with as many terms as 90 degrees need.
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
    fn distances_are_right_to_a_hundredth() {
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
    fn the_cosine_is_the_standard_library_s() {
        for degrees in -90..=90 {
            let degrees = f64::from(degrees);
            assert!((cosine(degrees) - degrees.to_radians().cos()).abs() < 1e-6);
        }
    }
}
