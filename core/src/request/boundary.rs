//! The city's boundary, to find out whether a point is in the city.
//!
//! It reads GeoJSON that was already fetched, and draws nothing.

use json::{Value, decimal};
use open311::Location;

/// The city's boundary: rings of points (longitude, latitude), as in GeoJSON (RFC 7946).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Boundary(Vec<Vec<(f64, f64)>>);

impl Boundary {
    /// Reads GeoJSON: polygons and multipolygons, alone, in features or in collections. `None` if there are none.
    pub fn read(value: &Value) -> Option<Self> {
        let mut rings = Vec::new();
        collect_rings(value, &mut rings, 0);
        (!rings.is_empty()).then_some(Self(rings))
    }

    /// True if the point is inside. Holes are outside; for a point on the line the result may be either.
    pub fn contains(&self, point: Location) -> bool {
        let crossings = self.0.iter().map(|ring| crossings(ring, point));
        crossings.sum::<usize>() % 2 == 1
    }
}

fn collect_rings(value: &Value, rings: &mut Vec<Vec<(f64, f64)>>, depth: usize) {
    /// Collections nested more deeply than this are ignored. Real files have two levels. Sensible: 3 to 20.
    const MAX_DEPTH: usize = 6;
    if depth > MAX_DEPTH {
        return;
    }
    let inside = ["features", "geometries"]
        .iter()
        .filter_map(|name| value.get(name));
    for part in inside.flat_map(Value::items) {
        collect_rings(part, rings, depth + 1);
    }
    if let Some(geometry) = value.get("geometry") {
        collect_rings(geometry, rings, depth + 1);
    }
    let coordinates = value
        .get("coordinates")
        .map(Value::items)
        .unwrap_or_default();
    match value.text_of(&["type"]) {
        Some("Polygon") => rings.extend(coordinates.iter().filter_map(ring)),
        Some("MultiPolygon") => {
            rings.extend(coordinates.iter().flat_map(Value::items).filter_map(ring));
        }
        _ => {}
    }
}

fn ring(value: &Value) -> Option<Vec<(f64, f64)>> {
    let point = |point: &Value| match point.items() {
        [long, lat, ..] => Some((decimal(long.text()?)?, decimal(lat.text()?)?)),
        _ => None,
    };
    let points: Vec<_> = value.items().iter().filter_map(point).collect();
    (points.len() >= 3).then_some(points)
}

/// How often a ray from the point eastwards crosses the ring.
fn crossings(ring: &[(f64, f64)], point: Location) -> usize {
    let next = ring.iter().skip(1).chain(ring.first());
    let crosses = |((x1, y1), (x2, y2)): (&(f64, f64), &(f64, f64))| {
        (*y1 > point.lat) != (*y2 > point.lat)
            && point.long < (x2 - x1) * (point.lat - y1) / (y2 - y1) + x1
    };
    ring.iter().zip(next).filter(|pair| crosses(*pair)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use json::parse;

    fn at(lat: f64, long: f64) -> Location {
        Location::new(lat, long).unwrap()
    }

    #[test]
    fn points_inside_the_rings_are_inside_and_points_in_holes_are_not() {
        let square = "[[0,0],[10,0],[10,10],[0,10],[0,0]]";
        let hole = "[[4,4],[6,4],[6,6],[4,6],[4,4]]";
        let island = "[[20,20],[21,20],[21,21],[20,20]]";
        let polygon = format!(r#"{{"type":"Polygon","coordinates":[{square},{hole}]}}"#);
        let many =
            format!(r#"{{"type":"MultiPolygon","coordinates":[[{square},{hole}],[{island}]]}}"#);
        for text in [
            polygon.clone(),
            many.clone(),
            format!(r#"{{"type":"Feature","geometry":{many}}}"#),
            format!(
                r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","geometry":{polygon}}}]}}"#
            ),
        ] {
            let boundary = Boundary::read(&parse(&text).unwrap()).unwrap();
            for (lat, long, inside) in [
                (5.0, 2.0, true),
                (5.0, 5.0, false),
                (5.0, -2.0, false),
                (5.0, 12.0, false),
                (11.0, 5.0, false),
            ] {
                assert_eq!(
                    boundary.contains(at(lat, long)),
                    inside,
                    "{lat} {long} {text}"
                );
            }
        }
    }

    #[test]
    fn a_file_without_polygons_is_no_boundary() {
        for text in [
            "{}",
            "null",
            r#"{"type":"Polygon"}"#,
            r#"{"type":"Polygon","coordinates":[[[0,0],[1,1]]]}"#,
            r#"{"type":"Point","coordinates":[0,0]}"#,
        ] {
            assert_eq!(Boundary::read(&parse(text).unwrap()), None, "{text}");
        }
    }
}
