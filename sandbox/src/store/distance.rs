//! An SQL function for distances, which SQLite does not have. The filter of the list calls it for each
//! row.

use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;

/// `metres_between(lat, long, lat, long)`; NULL if one of the arguments is not a number.
pub(super) const METRES_BETWEEN: &str = "metres_between";

/// The mean radius of the earth, in metres.
const EARTH_RADIUS: f64 = 6_371_008.8;

pub(super) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function(METRES_BETWEEN, 4, flags, |call| {
        let point = |at: usize| Some((degrees(call, at)?, degrees(call, at + 1)?));
        Ok(point(0)
            .zip(point(2))
            .map(|(one, other)| metres(one, other)))
    })
}

/// A recorded city may have coordinates as text, or none.
fn degrees(call: &Context, at: usize) -> Option<f64> {
    match call.get_raw(at) {
        ValueRef::Integer(number) => Some(number as f64),
        ValueRef::Real(number) => Some(number),
        ValueRef::Text(text) => std::str::from_utf8(text).ok()?.trim().parse().ok(),
        ValueRef::Null | ValueRef::Blob(_) => None,
    }
}

/// The haversine formula.
fn metres(one: (f64, f64), other: (f64, f64)) -> f64 {
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let across = half(one.1, other.1) * one.0.to_radians().cos() * other.0.to_radians().cos();
    2.0 * EARTH_RADIUS * (half(one.0, other.0) + across).sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_measured_on_the_globe() {
        for (one, other, expected) in [
            ((40.6205, -89.918), (40.6205, -89.918), 0.0),
            // One minute of latitude is about one nautical mile.
            ((40.0, -89.0), (40.0 + 1.0 / 60.0, -89.0), 1853.0),
            ((52.5200, 13.4050), (48.8566, 2.3522), 877_460.0),
            ((0.0, 179.5), (0.0, -179.5), 111_195.0),
        ] {
            let metres = metres(one, other);
            assert!(
                (metres - expected).abs() <= 10.0,
                "{one:?} {other:?}: {metres}"
            );
        }
    }
}
