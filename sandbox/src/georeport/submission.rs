//! The arguments of a POST that all services have in common: location, description and contact.

use serde_json::{Map, Value, json};

use crate::form::Form;

/// "At most 4000 characters", says the specification.
const MAX_DESCRIPTION_CHARS: usize = 4000;
const MAX_KEY_CHARS: usize = 200;
/// How a resident can ask to be contacted.
const CONTACT_CHANNELS: [&str; 5] = ["phone", "text", "email", "post", "none"];

/// The validated arguments.
pub(super) struct Submission {
    pub(super) location: Option<(f64, f64)>,
    pub(super) address: Option<String>,
    pub(super) address_id: Option<String>,
    pub(super) description: Option<String>,
    pub(super) media_url: Option<String>,
    /// The id of an earlier request that this one follows; not checked here.
    pub(super) linked: Option<String>,
    /// Private: never part of a public row.
    pub(super) contact: Map<String, Value>,
}

/// Reads the arguments; each invalid one adds a sentence to `errors`.
pub(super) fn read(form: &Form, errors: &mut Vec<String>) -> Submission {
    let text = |name: &str| form.get(name).map(str::to_owned);
    let location = location(form, errors);
    let submission = Submission {
        location,
        address: text("address_string"),
        address_id: text("address_id"),
        description: text("description"),
        media_url: text("media_url"),
        linked: text("linked_request_id"),
        contact: contact(form),
    };
    let location_was_sent = form.get("lat").is_some() || form.get("long").is_some();
    if !location_was_sent && submission.address.is_none() && submission.address_id.is_none() {
        errors.push(
            "a location is required: lat and long, or address_string, or address_id".to_owned(),
        );
    }
    let limits = [
        ("description", MAX_DESCRIPTION_CHARS),
        ("address_string", 500),
        ("address_id", 100),
        ("media_url", 2000),
        ("email", 254),
        ("first_name", 100),
        ("last_name", 100),
        ("phone", 50),
        ("device_id", 200),
        ("account_id", 200),
        ("postal_address", 500),
        ("idempotency_key", MAX_KEY_CHARS),
    ];
    for (name, max) in limits {
        let length = form.get(name).map_or(0, |value| value.chars().count());
        if length > max {
            errors.push(format!(
                "{name} has {length} characters, at most {max} are kept"
            ));
        }
    }
    if submission
        .media_url
        .as_ref()
        .is_some_and(|url| !is_web_address(url))
    {
        errors
            .push("media_url is not a web address that starts with http:// or https://".to_owned());
    }
    if let Some(channel) = form.get("preferred_contact")
        && !CONTACT_CHANNELS.contains(&channel)
    {
        errors.push(format!(
            "preferred_contact {channel} is not known: use {}",
            CONTACT_CHANNELS.join(", ")
        ));
    }
    if form.get("email").is_some_and(|email| !is_email(email)) {
        errors.push("email is not an e-mail address".to_owned());
    }
    submission
}

enum Coordinate {
    Missing,
    Invalid,
    Valid(f64),
}

/// `lat` and `long`, in range. 0/0 is refused: clients send it when they have no location.
fn location(form: &Form, errors: &mut Vec<String>) -> Option<(f64, f64)> {
    let mut coordinate = |name: &str, max: f64| match form.get(name) {
        None => Coordinate::Missing,
        Some(text) => match text.parse::<f64>() {
            Ok(number) if number.abs() <= max => Coordinate::Valid(number),
            _ => {
                errors.push(format!(
                    "{name} is not a number from -{max} to {max}: {text}"
                ));
                Coordinate::Invalid
            }
        },
    };
    let error = match (coordinate("lat", 90.0), coordinate("long", 180.0)) {
        (Coordinate::Valid(0.0), Coordinate::Valid(0.0)) => {
            "lat and long are both 0, which is no place in the city"
        }
        (Coordinate::Valid(lat), Coordinate::Valid(long)) => return Some((lat, long)),
        (Coordinate::Missing, Coordinate::Valid(_)) => {
            "lat was not provided; long alone is no place"
        }
        (Coordinate::Valid(_), Coordinate::Missing) => {
            "long was not provided; lat alone is no place"
        }
        _ => return None,
    };
    errors.push(error.to_owned());
    None
}

fn contact(form: &Form) -> Map<String, Value> {
    let mut contact = Map::new();
    for name in [
        "email",
        "first_name",
        "last_name",
        "phone",
        "preferred_contact",
        "postal_address",
        "device_id",
        "account_id",
    ] {
        if let Some(value) = form.get(name) {
            contact.insert(name.to_owned(), json!(value));
        }
    }
    contact
}

fn is_web_address(url: &str) -> bool {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

/// Only the form is checked; whether the address exists shows when a mail is sent.
fn is_email(email: &str) -> bool {
    let parts = email.rsplit_once('@');
    parts.is_some_and(|(name, domain)| {
        !name.is_empty() && !domain.is_empty() && !email.contains(char::is_whitespace)
    })
}
