//! The arguments of a POST that every service shares: where, what and who.

use serde_json::{Map, Value, json};

use crate::form::Form;

/// "At most 4000 characters", says the specification.
const LONGEST_DESCRIPTION: usize = 4000;
const LONGEST_KEY: usize = 200;
/// How a resident may want to hear from the city.
const WAYS: [&str; 5] = ["phone", "text", "email", "post", "none"];

/// What was sent, checked.
pub(super) struct Submission {
    pub(super) location: Option<(f64, f64)>,
    pub(super) address: Option<String>,
    pub(super) address_id: Option<String>,
    pub(super) description: Option<String>,
    pub(super) media_url: Option<String>,
    /// The number of an earlier request that this one follows; whether there is one is not checked here.
    pub(super) linked: Option<String>,
    /// Private: never part of a public row.
    pub(super) contact: Value,
}

pub(super) fn read(form: &Form, problems: &mut Vec<String>) -> Submission {
    let text = |name: &str| form.get(name).map(str::to_owned);
    let location = location(form, problems);
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
        problems.push(
            "a location is required: lat and long, or address_string, or address_id".to_owned(),
        );
    }
    let most = [
        ("description", LONGEST_DESCRIPTION),
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
        ("idempotency_key", LONGEST_KEY),
    ];
    for (name, most) in most {
        let length = form.get(name).map_or(0, |value| value.chars().count());
        if length > most {
            problems.push(format!(
                "{name} has {length} characters, at most {most} are kept"
            ));
        }
    }
    if submission
        .media_url
        .as_ref()
        .is_some_and(|url| !is_web_address(url))
    {
        problems
            .push("media_url is not a web address that starts with http:// or https://".to_owned());
    }
    if let Some(way) = form.get("preferred_contact")
        && !WAYS.contains(&way)
    {
        problems.push(format!(
            "preferred_contact {way} is not known: use {}",
            WAYS.join(", ")
        ));
    }
    if form.get("email").is_some_and(|email| !is_email(email)) {
        problems.push("email is not an e-mail address".to_owned());
    }
    submission
}

/// Both numbers, in range. 0/0 is what a client without a location sends, so it is not one.
fn location(form: &Form, problems: &mut Vec<String>) -> Option<(f64, f64)> {
    let mut number = |name: &str, most: f64| match form.get(name) {
        None => Err(false),
        Some(text) => match text.parse::<f64>() {
            Ok(number) if number.abs() <= most => Ok(number),
            _ => {
                problems.push(format!(
                    "{name} is not a number from -{most} to {most}: {text}"
                ));
                Err(true)
            }
        },
    };
    let (lat, long) = (number("lat", 90.0), number("long", 180.0));
    match (lat, long) {
        (Ok(0.0), Ok(0.0)) => {
            problems.push("lat and long are both 0, which is no place in the city".to_owned());
            None
        }
        (Ok(lat), Ok(long)) => Some((lat, long)),
        (Err(false), Ok(_)) => {
            problems.push("lat was not provided; long alone is no place".to_owned());
            None
        }
        (Ok(_), Err(false)) => {
            problems.push("long was not provided; lat alone is no place".to_owned());
            None
        }
        _ => None,
    }
}

fn contact(form: &Form) -> Value {
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
    Value::Object(contact)
}

fn is_web_address(url: &str) -> bool {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

/// As much as can be said without writing to it.
fn is_email(email: &str) -> bool {
    let parts = email.rsplit_once('@');
    parts.is_some_and(|(name, domain)| {
        !name.is_empty() && !domain.is_empty() && !email.contains(char::is_whitespace)
    })
}
