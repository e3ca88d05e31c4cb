//! Reads the responses of geocoders: addresses found for a typed text or for a point on the map.
//!
//! It does not fetch anything and does not know the templates of the addresses to fetch.

use json::{Value, decimal};
use open311::Location;

/// An address that a geocoder found.
#[derive(Clone, Debug, PartialEq)]
pub struct AddressMatch {
    /// The address as a resident writes it.
    pub address: String,
    /// Its location.
    pub location: Location,
}

/// The maximum number of matches offered, which should fit on the screen of a phone. Sensible: 3 to 8.
const MAX_MATCHES: usize = 5;

/// Reads a geocoder's response: Photon's features, Nominatim's rows or single row, or GeoJSON of either. Matches
/// without an address or a location are left out, and so are repeated addresses.
pub fn read_address_matches(response: &Value) -> Vec<AddressMatch> {
    let rows = match response {
        Value::List(rows) => rows.as_slice(),
        _ => match response.get("features") {
            Some(features) => features.items(),
            None => core::slice::from_ref(response),
        },
    };
    let mut found: Vec<AddressMatch> = Vec::new();
    for row in rows.iter().filter_map(read_row) {
        if found.len() < MAX_MATCHES && !found.iter().any(|known| known.address == row.address) {
            found.push(row);
        }
    }
    found
}

fn read_row(row: &Value) -> Option<AddressMatch> {
    let properties = row.get("properties").unwrap_or(row);
    let location = match row
        .get("geometry")
        .and_then(|geometry| geometry.get("coordinates"))
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
    Some(AddressMatch {
        address: open311::plain_text(&address(properties)?),
        location,
    })
}

/// House number and street, in the order customary in the country, and the town.
fn address(properties: &Value) -> Option<String> {
    let parts = properties.get("address").unwrap_or(properties);
    let street = parts.text_of(&["street", "road", "pedestrian", "footway"]);
    let number = parts.text_of(&["housenumber", "house_number"]);
    let town = parts.text_of(&["city", "town", "village"]);
    let display = properties.text_of(&["display_name"]);
    let name = properties.text_of(&["name"]);
    let line = match (street, number) {
        (Some(street), Some(number)) => {
            // If the long name starts with the street, people write it first, too.
            if display.is_some_and(|display| display.starts_with(street)) {
                [street, " ", number].concat()
            } else {
                [number, " ", street].concat()
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
    use json::parse;

    #[test]
    fn responses_of_photon_and_nominatim_are_read() {
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
            let found = read_address_matches(&parse(text).unwrap());
            let found: Vec<&str> = found.iter().map(|found| found.address.as_str()).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
