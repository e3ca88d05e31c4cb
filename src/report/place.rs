//! Where something is: a point on the map and how sure it is, whether it lies in the city, and
//! how far two points are apart. Knows no browser.

use super::draft::{as_text, field, text};
use open311::{Location, Value, decimal};

/// A position that is less sure than this many metres does not say which side of the block.
const VAGUE: f64 = 100.0;

/// A point on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Where.
    pub location: Location,
    /// Where the point is from.
    pub origin: Origin,
}

/// Where a point is from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Origin {
    /// The resident put it on the map.
    Map,
    /// A typed address was looked up.
    Address,
    /// The device says so, give or take this many metres.
    Device(f64),
}

impl Place {
    /// True if it is too vague to be found without a word more.
    pub fn is_vague(&self) -> bool {
        matches!(self.origin, Origin::Device(metres) if metres > VAGUE)
    }

    /// As it is kept.
    pub fn write(&self) -> Value {
        let (lat, long) = self.location.texts();
        let origin = match self.origin {
            Origin::Map => "map".into(),
            Origin::Address => "address".into(),
            Origin::Device(metres) => (metres as u32).to_string(),
        };
        Value::Map(vec![
            field("lat", text(&lat)),
            field("long", text(&long)),
            field("origin", text(&origin)),
        ])
    }

    /// As it was kept.
    pub fn read(value: &Value) -> Option<Self> {
        let number = |name| decimal(value.get(name)?.text()?);
        let origin = value.get("origin").and_then(as_text)?;
        Some(Self {
            location: Location::new(number("lat")?, number("long")?)?,
            origin: match origin.as_str() {
                "map" => Origin::Map,
                "address" => Origin::Address,
                metres => Origin::Device(decimal(metres)?),
            },
        })
    }
}

/// Metres between two points of one city. As on a flat map, which is right to a few metres in
/// ten kilometres.
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

/// The cosine of an angle of at most 90 degrees, to a millionth: the standard library's is kilobytes.
fn cosine(degrees: f64) -> f64 {
    let x = degrees * core::f64::consts::PI / 180.0;
    let square = x * x;
    // Taylor's series, as far as it matters at 90 degrees.
    let mut term = 1.0;
    let mut sum = 1.0;
    for step in 1..8 {
        let n = f64::from(step * 2);
        term *= -square / (n * (n - 1.0));
        sum += term;
    }
    sum
}

/// The city's boundary: rings of points (longitude, latitude), as in GeoJSON (RFC 7946).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Boundary(Vec<Vec<(f64, f64)>>);

impl Boundary {
    /// Reads GeoJSON: polygons, alone, in features or in collections. None where there is none.
    pub fn read(value: &Value) -> Option<Self> {
        let mut rings = Vec::new();
        gather(value, &mut rings, 0);
        (!rings.is_empty()).then_some(Self(rings))
    }

    /// Whether a point lies inside. A hole is outside; a point on the line may be either.
    pub fn contains(&self, point: Location) -> bool {
        let crossings = self.0.iter().map(|ring| crossings(ring, point));
        crossings.sum::<usize>() % 2 == 1
    }
}

fn gather(value: &Value, rings: &mut Vec<Vec<(f64, f64)>>, depth: usize) {
    const DEEPEST: usize = 6;
    if depth > DEEPEST {
        return;
    }
    let inside = ["features", "geometries"]
        .iter()
        .filter_map(|name| value.get(name));
    for part in inside.flat_map(Value::items) {
        gather(part, rings, depth + 1);
    }
    if let Some(geometry) = value.get("geometry") {
        gather(geometry, rings, depth + 1);
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

/// How often a line from the point to the east crosses the ring.
fn crossings(ring: &[(f64, f64)], point: Location) -> usize {
    let next = ring.iter().skip(1).chain(ring.first());
    let crosses = |((x1, y1), (x2, y2)): (&(f64, f64), &(f64, f64))| {
        (*y1 > point.lat) != (*y2 > point.lat)
            && point.long < (x2 - x1) * (point.lat - y1) / (y2 - y1) + x1
    };
    ring.iter().zip(next).filter(|pair| crosses(*pair)).count()
}

/// An address that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// As a resident writes it.
    pub address: String,
    /// Where it is.
    pub location: Location,
}

/// As many as fit on a phone.
const MOST_FOUND: usize = 5;

/// Reads what a geocoder answers: Photon's features, Nominatim's rows or single row, or GeoJSON of
/// either. What has no address or no place is left out.
pub fn read_found(answer: &Value) -> Vec<Found> {
    let rows = match answer {
        Value::List(rows) => rows.as_slice(),
        _ => match answer.get("features") {
            Some(features) => features.items(),
            None => core::slice::from_ref(answer),
        },
    };
    let mut found: Vec<Found> = Vec::new();
    for row in rows.iter().filter_map(read_row) {
        if found.len() < MOST_FOUND && !found.iter().any(|known| known.address == row.address) {
            found.push(row);
        }
    }
    found
}

fn read_row(row: &Value) -> Option<Found> {
    let properties = row.get("properties").unwrap_or(row);
    let location = match row
        .get("geometry")
        .and_then(|place| place.get("coordinates"))
    {
        Some(point) => match point.items() {
            [long, lat, ..] => Location::new(decimal(lat.text()?)?, decimal(long.text()?)?),
            _ => None,
        },
        None => {
            let number = |names: &[&str]| decimal(row.text_of(names)?);
            Location::new(number(&["lat"])?, number(&["lon", "long", "lng"])?)
        }
    }?;
    Some(Found {
        address: open311::plain_text(&address(properties)?),
        location,
    })
}

/// House number and street in the order of the country's own name for the place, and the town.
fn address(properties: &Value) -> Option<String> {
    let parts = properties.get("address").unwrap_or(properties);
    let street = parts.text_of(&["street", "road", "pedestrian", "footway"]);
    let number = parts.text_of(&["housenumber", "house_number"]);
    let town = parts.text_of(&["city", "town", "village"]);
    let display = properties.text_of(&["display_name"]);
    let name = properties.text_of(&["name"]);
    let line = match (street, number) {
        (Some(street), Some(number)) => {
            // Where the long name has the street first, people write it so.
            let street_first = display.is_some_and(|display| display.starts_with(street));
            match street_first {
                true => [street, " ", number].concat(),
                false => [number, " ", street].concat(),
            }
        }
        _ => match (name, street, display) {
            (Some(name), Some(street), _) if name != street => [name, ", ", street].concat(),
            (Some(name), ..) => name.to_owned(),
            (None, Some(street), _) => street.to_owned(),
            (None, None, display) => return display.map(str::to_owned),
        },
    };
    Some(match town {
        Some(town) if town != line => [&line, ", ", town].concat(),
        _ => line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use open311::json::parse;

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

    #[test]
    fn a_point_is_inside_a_boundary_or_not() {
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
    fn what_is_no_boundary_is_none() {
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

    #[test]
    fn geocoders_of_both_shapes_are_read() {
        let cases = [
            (
                r#"{"type":"FeatureCollection","features":[
                    {"geometry":{"type":"Point","coordinates":[-89.92,40.62]},
                     "properties":{"housenumber":"12","street":"Main St","city":"Riverton","postcode":"61555"}},
                    {"geometry":{"coordinates":[-89.92,40.62]},"properties":{"name":"City Hall","street":"Main St","city":"Riverton"}},
                    {"geometry":{"coordinates":["x",1]},"properties":{"name":"No place"}},
                    {"geometry":{"coordinates":[1,1]},"properties":{}}]}"#,
                vec!["12 Main St, Riverton", "City Hall, Main St, Riverton"],
            ),
            (
                r#"[{"lat":"50.93","lon":"6.95","display_name":"Domkloster 4, Altstadt, Köln",
                     "address":{"house_number":"4","road":"Domkloster","city":"Köln"}},
                    {"lat":"40.62","lon":"-89.92","display_name":"12, Main St, Riverton",
                     "address":{"house_number":"12","road":"Main St","city":"Riverton"}}]"#,
                vec!["Domkloster 4, Köln", "12 Main St, Riverton"],
            ),
            (
                r#"{"lat":"40.62","lon":"-89.92","display_name":"A <b>bench</b> in the park"}"#,
                vec!["A bench in the park"],
            ),
            (r#"{"error":"Unable to geocode"}"#, vec![]),
            ("[]", vec![]),
            (r#""text""#, vec![]),
        ];
        for (text, expected) in cases {
            let found = read_found(&parse(text).unwrap());
            let found: Vec<&str> = found.iter().map(|found| found.address.as_str()).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
