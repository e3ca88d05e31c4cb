//! A geocoder for the sample map with the APIs of Photon and of Nominatim, so that an address search
//! can be tried without another host. It stores nothing.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use serde_json::{Map, Value, json};

use crate::form::Form;
use crate::response::JSON_TYPE;
use crate::sample::addresses::{self, AddressMatch};
use crate::state::AppState;

const CITY: &str = "Riverton";
const POSTCODE: &str = "61599";
/// How many matches a search returns at most, whatever `limit` says.
const MAX_MATCHES: usize = 20;
const DEFAULT_MATCHES: usize = 10;

pub(crate) fn router() -> Router<Arc<AppState>> {
    Router::new()
        .route("/geocode/photon", get(photon))
        .route("/geocode/photon/reverse", get(photon_reverse))
        .route("/geocode/nominatim", get(nominatim))
        .route("/geocode/nominatim/reverse", get(nominatim_reverse))
}

async fn photon(RawQuery(query): RawQuery) -> Response {
    let form = arguments(query);
    match form.get("q") {
        Some(query) => ok(features(&addresses::find(query, limit(&form)))),
        None => bad_request(json!({ "message": "missing search term 'q'" })),
    }
}

async fn photon_reverse(RawQuery(query): RawQuery) -> Response {
    match point(&arguments(query)) {
        Some((lat, long)) => ok(features(addresses::nearest(lat, long).as_slice())),
        None => bad_request(json!({ "message": "missing or wrong 'lat' and 'lon'" })),
    }
}

async fn nominatim(RawQuery(query): RawQuery) -> Response {
    let form = arguments(query);
    match form.get("q") {
        _ if !wants_json(&form) => wrong_format(),
        Some(query) => {
            let matches = addresses::find(query, limit(&form));
            ok(matches.iter().map(place).collect())
        }
        None => bad_request(nominatim_error("Nothing to search for.")),
    }
}

async fn nominatim_reverse(RawQuery(query): RawQuery) -> Response {
    let form = arguments(query);
    match point(&form) {
        _ if !wants_json(&form) => wrong_format(),
        Some((lat, long)) => {
            let house = addresses::nearest(lat, long);
            let unknown = || json!({ "error": "Unable to geocode" });
            ok(house.as_ref().map_or_else(unknown, place))
        }
        None => bad_request(nominatim_error(
            "Parameters 'lat' and 'lon' must be numbers",
        )),
    }
}

/// GeoJSON, as Photon returns it.
fn features(matches: &[AddressMatch]) -> Value {
    let features: Vec<Value> = matches.iter().map(feature).collect();
    json!({ "type": "FeatureCollection", "features": features })
}

fn feature(address: &AddressMatch) -> Value {
    let mut properties = json!({
        "type": if address.number.is_some() { "house" } else { "street" },
        "city": CITY,
        "postcode": POSTCODE,
        "country": "United States",
        "countrycode": "US",
    });
    if let Some(fields) = properties.as_object_mut() {
        // A street has a name, a house does not.
        match address.number {
            Some(number) => {
                fields.insert("housenumber".into(), json!(number.to_string()));
                fields.insert("street".into(), json!(address.street));
            }
            None => {
                fields.insert("name".into(), json!(address.street));
            }
        }
    }
    json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [address.long, address.lat] },
        "properties": properties,
    })
}

/// A place, as Nominatim returns it.
fn place(address: &AddressMatch) -> Value {
    let number = address.number.map(|number| number.to_string());
    let (category, kind, prefix) = match &number {
        Some(number) => ("place", "house", format!("{number}, ")),
        None => ("highway", "residential", String::new()),
    };
    let parts = [
        ("house_number", number.as_deref()),
        ("road", Some(address.street.as_str())),
        ("city", Some(CITY)),
        ("postcode", Some(POSTCODE)),
        ("country_code", Some("us")),
    ];
    let parts = parts.into_iter();
    let parts: Map<String, Value> = parts
        .filter_map(|(name, value)| Some((name.to_owned(), json!(value?))))
        .collect();
    json!({
        "place_id": place_id(address),
        "lat": address.lat.to_string(),
        "lon": address.long.to_string(),
        "category": category,
        "type": kind,
        "display_name": format!("{prefix}{}, {CITY}, {POSTCODE}", address.street),
        "address": parts,
    })
}

/// The same number for the same place, as long as the map does not change.
fn place_id(address: &AddressMatch) -> u64 {
    let text = format!("{:?} {}", address.number, address.street);
    text.bytes()
        .fold(7, |sum, byte| (sum * 31 + u64::from(byte)) % 1_000_000_007)
}

fn arguments(query: Option<String>) -> Form {
    Form::from_encoded(query.unwrap_or_default().as_bytes())
}

fn limit(form: &Form) -> usize {
    let limit = form.get("limit").and_then(|text| text.parse().ok());
    limit.unwrap_or(DEFAULT_MATCHES).clamp(1, MAX_MATCHES)
}

fn point(form: &Form) -> Option<(f64, f64)> {
    let number = |name: &str| form.get(name)?.parse::<f64>().ok();
    Some((number("lat")?, number("lon")?))
}

fn wants_json(form: &Form) -> bool {
    matches!(form.get("format"), None | Some("jsonv2" | "json"))
}

fn wrong_format() -> Response {
    bad_request(nominatim_error("Parameter 'format' must be jsonv2"))
}

fn nominatim_error(message: &str) -> Value {
    json!({ "error": { "code": 400, "message": message } })
}

fn ok(value: Value) -> Response {
    respond(StatusCode::OK, &value)
}

fn bad_request(value: Value) -> Response {
    respond(StatusCode::BAD_REQUEST, &value)
}

fn respond(status: StatusCode, value: &Value) -> Response {
    let body = Body::from(value.to_string());
    (status, [(CONTENT_TYPE, JSON_TYPE)], body).into_response()
}
