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
use serde::Serialize;
use serde_json::{Value, json};

use crate::form::Form;
use crate::json::to_value;
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
        Some(query) => ok(&FeatureCollection::of(&addresses::find(
            query,
            limit(&form),
        ))),
        None => bad_request(&json!({ "message": "missing search term 'q'" })),
    }
}

async fn photon_reverse(RawQuery(query): RawQuery) -> Response {
    match point(&arguments(query)) {
        Some((lat, long)) => ok(&FeatureCollection::of(
            addresses::nearest(lat, long).as_slice(),
        )),
        None => bad_request(&json!({ "message": "missing or wrong 'lat' and 'lon'" })),
    }
}

async fn nominatim(RawQuery(query): RawQuery) -> Response {
    let form = arguments(query);
    match form.get("q") {
        _ if !wants_json(&form) => wrong_format(),
        Some(query) => {
            let matches = addresses::find(query, limit(&form));
            ok(&matches.iter().map(NominatimPlace::of).collect::<Vec<_>>())
        }
        None => bad_request(&nominatim_error("Nothing to search for.")),
    }
}

async fn nominatim_reverse(RawQuery(query): RawQuery) -> Response {
    let form = arguments(query);
    match point(&form) {
        _ if !wants_json(&form) => wrong_format(),
        Some((lat, long)) => match addresses::nearest(lat, long) {
            Some(house) => ok(&NominatimPlace::of(&house)),
            None => ok(&json!({ "error": "Unable to geocode" })),
        },
        None => bad_request(&nominatim_error(
            "Parameters 'lat' and 'lon' must be numbers",
        )),
    }
}

/// GeoJSON, as Photon returns it.
#[derive(Serialize)]
struct FeatureCollection<'a> {
    r#type: &'static str,
    features: Vec<Feature<'a>>,
}

#[derive(Serialize)]
struct Feature<'a> {
    r#type: &'static str,
    geometry: Point,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Point {
    r#type: &'static str,
    /// Longitude, latitude.
    coordinates: [f64; 2],
}

#[derive(Serialize)]
struct Properties<'a> {
    r#type: &'static str,
    city: &'static str,
    postcode: &'static str,
    country: &'static str,
    countrycode: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    housenumber: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    street: Option<&'a str>,
    /// Of a street; a house has no name.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
}

impl<'a> FeatureCollection<'a> {
    fn of(matches: &'a [AddressMatch]) -> Self {
        FeatureCollection {
            r#type: "FeatureCollection",
            features: matches.iter().map(Feature::of).collect(),
        }
    }
}

impl<'a> Feature<'a> {
    fn of(address: &'a AddressMatch) -> Self {
        let is_house = address.number.is_some();
        let street = address.street.as_str();
        Feature {
            r#type: "Feature",
            geometry: Point {
                r#type: "Point",
                coordinates: [address.long, address.lat],
            },
            properties: Properties {
                r#type: if is_house { "house" } else { "street" },
                city: CITY,
                postcode: POSTCODE,
                country: "United States",
                countrycode: "US",
                housenumber: address.number.map(|number| number.to_string()),
                street: is_house.then_some(street),
                name: (!is_house).then_some(street),
            },
        }
    }
}

/// A place, as Nominatim returns it.
#[derive(Serialize)]
struct NominatimPlace<'a> {
    place_id: u64,
    lat: String,
    lon: String,
    category: &'static str,
    r#type: &'static str,
    display_name: String,
    address: NominatimAddress<'a>,
}

#[derive(Serialize)]
struct NominatimAddress<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    house_number: Option<String>,
    road: &'a str,
    city: &'static str,
    postcode: &'static str,
    country_code: &'static str,
}

impl<'a> NominatimPlace<'a> {
    fn of(address: &'a AddressMatch) -> Self {
        let number = address.number.map(|number| number.to_string());
        let (category, kind) = match number {
            Some(_) => ("place", "house"),
            None => ("highway", "residential"),
        };
        let house = number
            .as_ref()
            .map_or_else(String::new, |number| format!("{number}, "));
        NominatimPlace {
            place_id: place_id(address),
            lat: address.lat.to_string(),
            lon: address.long.to_string(),
            category,
            r#type: kind,
            display_name: format!("{house}{}, {CITY}, {POSTCODE}", address.street),
            address: NominatimAddress {
                house_number: number,
                road: &address.street,
                city: CITY,
                postcode: POSTCODE,
                country_code: "us",
            },
        }
    }
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
    bad_request(&nominatim_error("Parameter 'format' must be jsonv2"))
}

fn nominatim_error(message: &str) -> Value {
    json!({ "error": { "code": 400, "message": message } })
}

fn ok(value: &impl Serialize) -> Response {
    respond(StatusCode::OK, value)
}

fn bad_request(value: &Value) -> Response {
    respond(StatusCode::BAD_REQUEST, value)
}

fn respond(status: StatusCode, value: &impl Serialize) -> Response {
    let body = Body::from(to_value(value).to_string());
    (status, [(CONTENT_TYPE, JSON_TYPE)], body).into_response()
}
