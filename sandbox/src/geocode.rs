//! A geocoder for the sample map, in the shapes of Photon and of Nominatim, so that an address
//! search can be tried without another host. It looks up; it keeps nothing.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::RawQuery;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::http::{Response, StatusCode};
use axum::routing::get;
use serde_json::{Value, json};

use crate::form::Form;
use crate::sample::addresses::{self, Found};
use crate::state::AppState;

const CITY: &str = "Riverton";
const POSTCODE: &str = "61599";
const MOST: usize = 20;

pub(crate) fn router() -> Router<Arc<AppState>> {
    Router::new()
        .route("/geocode/photon", get(photon))
        .route("/geocode/photon/reverse", get(photon_reverse))
        .route("/geocode/nominatim", get(nominatim))
        .route("/geocode/nominatim/reverse", get(nominatim_reverse))
}

async fn photon(RawQuery(query): RawQuery) -> Response<Body> {
    let form = arguments(query);
    match form.get("q") {
        Some(words) => answer(&features(&addresses::find(words, limit(&form)))),
        None => refuse(&json!({ "message": "missing search term 'q'" })),
    }
}

async fn photon_reverse(RawQuery(query): RawQuery) -> Response<Body> {
    match point(&arguments(query)) {
        Some((lat, long)) => answer(&features(addresses::nearest(lat, long).as_slice())),
        None => refuse(&json!({ "message": "missing or wrong 'lat' and 'lon'" })),
    }
}

async fn nominatim(RawQuery(query): RawQuery) -> Response<Body> {
    let form = arguments(query);
    match form.get("q") {
        _ if !speaks_json(&form) => refuse(&nominatim_error("Parameter 'format' must be jsonv2")),
        Some(words) => {
            let found = addresses::find(words, limit(&form));
            answer(&found.iter().map(place).collect())
        }
        None => refuse(&nominatim_error("Nothing to search for.")),
    }
}

async fn nominatim_reverse(RawQuery(query): RawQuery) -> Response<Body> {
    let form = arguments(query);
    match point(&form) {
        _ if !speaks_json(&form) => refuse(&nominatim_error("Parameter 'format' must be jsonv2")),
        Some((lat, long)) => answer(
            &addresses::nearest(lat, long)
                .as_ref()
                .map_or_else(|| json!({ "error": "Unable to geocode" }), place),
        ),
        None => refuse(&nominatim_error(
            "Parameters 'lat' and 'lon' must be numbers",
        )),
    }
}

fn features(found: &[Found]) -> Value {
    let features: Vec<Value> = found.iter().map(feature).collect();
    json!({ "type": "FeatureCollection", "features": features })
}

fn feature(found: &Found) -> Value {
    let mut properties = json!({
        "type": if found.number.is_some() { "house" } else { "street" },
        "city": CITY,
        "postcode": POSTCODE,
        "country": "United States",
        "countrycode": "US",
    });
    if let Some(fields) = properties.as_object_mut() {
        // A house has no name of its own; a street is its name.
        match found.number {
            Some(number) => {
                fields.insert("housenumber".into(), json!(number.to_string()));
                fields.insert("street".into(), json!(found.street));
            }
            None => {
                fields.insert("name".into(), json!(found.street));
            }
        }
    }
    json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [found.long, found.lat] },
        "properties": properties,
    })
}

fn place(found: &Found) -> Value {
    let number = found.number.map(|number| number.to_string());
    let mut address = json!({});
    if let Some(fields) = address.as_object_mut() {
        if let Some(number) = &number {
            fields.insert("house_number".into(), json!(number));
        }
        for (name, value) in [
            ("road", found.street.as_str()),
            ("city", CITY),
            ("postcode", POSTCODE),
            ("country_code", "us"),
        ] {
            fields.insert(name.into(), json!(value));
        }
    }
    let house = number.map_or_else(String::new, |number| format!("{number}, "));
    json!({
        "place_id": place_id(found),
        "lat": found.lat.to_string(),
        "lon": found.long.to_string(),
        "category": if found.number.is_some() { "place" } else { "highway" },
        "type": if found.number.is_some() { "house" } else { "residential" },
        "display_name": format!("{house}{}, {CITY}, {POSTCODE}", found.street),
        "address": address,
    })
}

/// The same for the same place, as long as the map stays.
fn place_id(found: &Found) -> u64 {
    let text = format!("{:?} {}", found.number, found.street);
    text.bytes()
        .fold(7, |sum, byte| (sum * 31 + u64::from(byte)) % 1_000_000_007)
}

fn arguments(query: Option<String>) -> Form {
    Form::from_encoded(query.unwrap_or_default().as_bytes())
}

fn limit(form: &Form) -> usize {
    let asked = form.get("limit").and_then(|text| text.parse().ok());
    asked.unwrap_or(10).clamp(1, MOST)
}

fn point(form: &Form) -> Option<(f64, f64)> {
    let number = |name: &str| form.get(name)?.parse::<f64>().ok();
    Some((number("lat")?, number("lon")?))
}

fn speaks_json(form: &Form) -> bool {
    matches!(form.get("format"), None | Some("jsonv2" | "json"))
}

fn nominatim_error(message: &str) -> Value {
    json!({ "error": { "code": 400, "message": message } })
}

fn answer(value: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(value.to_string()));
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

fn refuse(value: &Value) -> Response<Body> {
    let mut response = answer(value);
    *response.status_mut() = StatusCode::BAD_REQUEST;
    response
}
