//! serde for the public types, for native tools only: the widget is built without this feature.
//!
//! A row is written as a [`Value`] under the field names of GeoReport and read by the tolerant readers of this
//! crate. Blank fields are left out, because a reader takes them for missing. Three things do not survive:
//! statistics such as [`Definition::bad_rows`]; the last digit or two of coordinates, see [`json::decimal`]; and
//! a date or a status that the endpoint sent inside HTML tags, which is recognized once the tags are gone.

use crate::form::Post;
use crate::{
    Attribute, AttributeKind, Author, Choice, Condition, Datatype, Definition, KnownStatus,
    Location, Moment, Operator, Receipt, Service, ServiceError, ServiceKind, ServiceRequest, Stage,
    Status, Update,
};
use crate::{condition, definition, error, plain_text, receipt, request, service, update};
use json::Value;
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

/// Implements both traits of serde by a function that writes a [`Value`] and one that reads it.
macro_rules! through_json {
    ($($type:ty, $expected:literal, $write:expr, $read:expr;)*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let write: fn(&$type) -> Value = $write;
                write(self).serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let read: fn(&Value) -> Option<$type> = $read;
                let value = Value::deserialize(deserializer)?;
                read(&value).ok_or_else(|| D::Error::custom(concat!("expected ", $expected)))
            }
        }
    )*};
}

through_json! {
    ServiceRequest, "a service request with an id or a token", write_request,
        |row| request::read_request(request::SHAPE.row(row));
    Service, "a service with a service_code", write_service, service::read_service;
    Update, "an update", write_update, update::read_update;
    Receipt, "a receipt", write_receipt, |row| Some(receipt::read_receipt(row));
    ServiceError, "an error with a status", write_error, read_error;
    Definition, "a service definition", write_definition,
        |definition| Some(definition::read_definition(definition));
    Attribute, "an attribute with a code", write_attribute, definition::read_attribute;
    Choice, "a choice with a key or a name", write_choice, definition::read_choice;
    Condition, "a condition", write_condition, Condition::read;
    Location, "a lat and a long", write_location, Location::read;
    Moment, "a date and time", |moment| plain(&moment.text), |text| Moment::read(text.text()?);
    Status, "a status", write_status,
        |status| Some(Status::read(status.text().unwrap_or_default()));
    KnownStatus, "a status that dialects use", |status| status.word().into(),
        |status| match Status::read(status.text()?) {
            Status::Known(known) => Some(known),
            _ => None,
        };
    Stage, "one of open, closed, unknown", |stage| word(&STAGES, stage), |stage| named(&STAGES, stage);
    ServiceKind, "one of realtime, batch, blackbox", |kind| word(&service::KINDS, kind),
        |kind| named(&service::KINDS, kind);
    Datatype, "a datatype of GeoReport", |datatype| word(&definition::DATATYPES, datatype),
        |datatype| named(&definition::DATATYPES, datatype);
    Operator, "an operator", |operator| word(&condition::OPERATORS, operator),
        |operator| named(&condition::OPERATORS, operator);
    Post, "a list of names and values", write_post, read_post;
}

const STAGES: [(&str, Stage); 3] = [
    ("open", Stage::Open),
    ("closed", Stage::Closed),
    ("unknown", Stage::Unknown),
];

/// The first word for a meaning.
fn word<T: PartialEq>(words: &[(&str, T)], meaning: &T) -> Value {
    let found = words.iter().find(|(_, known)| known == meaning);
    found.map_or(Value::Null, |(word, _)| (*word).into())
}

fn named<T: Copy>(words: &[(&str, T)], value: &Value) -> Option<T> {
    let text = value.text()?;
    let found = words
        .iter()
        .find(|(word, _)| word.eq_ignore_ascii_case(text))?;
    Some(found.1)
}

/// A row without its blank fields.
fn row(fields: Vec<(&str, Value)>) -> Value {
    let fields = fields.into_iter().filter(|(_, value)| !value.is_blank());
    Value::object(fields.collect())
}

fn code(code: &Option<String>) -> Value {
    code.as_deref().map_or(Value::Null, Value::from)
}

/// A plain text. Its `&` is escaped if reading would otherwise take it for a character reference.
fn plain(text: &str) -> Value {
    if plain_text(text) == text {
        text.into()
    } else {
        text.replace('&', "&amp;").into()
    }
}

/// A name for which readers fall back to the code. A code is not plain text, and must not become a name as such.
fn name(name: &str, code: &str) -> Value {
    if name == code && plain_text(name) != name {
        Value::Null
    } else {
        plain(name)
    }
}

fn text(text: &Option<String>) -> Value {
    text.as_deref().map_or(Value::Null, plain)
}

fn moment(moment: &Option<Moment>) -> Value {
    moment
        .as_ref()
        .map_or(Value::Null, |moment| plain(&moment.text))
}

fn number(number: f64) -> Value {
    Value::Number(number.to_string())
}

fn list<T>(items: &[T], write: fn(&T) -> Value) -> Value {
    Value::List(items.iter().map(write).collect())
}

fn write_request(request: &ServiceRequest) -> Value {
    let (lat, long) = coordinates(request.location);
    row(vec![
        ("service_request_id", code(&request.id)),
        ("token", code(&request.token)),
        ("status", city_status(&request.status, &request.status_text)),
        ("status_notes", text(&request.status_notes)),
        ("service_name", text(&request.service_name)),
        ("service_code", code(&request.service_code)),
        ("description", text(&request.description)),
        ("agency_responsible", text(&request.agency_responsible)),
        ("service_notice", text(&request.service_notice)),
        ("requested_datetime", moment(&request.requested)),
        ("updated_datetime", moment(&request.updated)),
        ("expected_datetime", moment(&request.expected)),
        ("address", text(&request.address)),
        ("address_id", code(&request.address_id)),
        ("zipcode", code(&request.zipcode)),
        ("lat", lat),
        ("long", long),
        ("media_url", code(&request.media_url)),
        ("notes", list(&request.notes, write_update)),
        (
            "extended_attributes",
            row(vec![("detailed_status", text(&request.status_name))]),
        ),
    ])
}

/// The city's own word if it has the meaning of the status, otherwise this crate's word.
fn city_status(status: &Status, city_word: &Option<String>) -> Value {
    match city_word {
        Some(word) if Status::read(word) == *status => plain(word),
        _ => write_status(status),
    }
}

fn write_status(status: &Status) -> Value {
    match status {
        Status::Unstated => Value::Null,
        Status::Open => "open".into(),
        Status::Closed => "closed".into(),
        Status::Known(known) => known.word().into(),
        Status::Other(text) => plain(text),
    }
}

fn coordinates(location: Option<Location>) -> (Value, Value) {
    location.map_or((Value::Null, Value::Null), |location| {
        (number(location.lat), number(location.long))
    })
}

fn write_location(location: &Location) -> Value {
    let (lat, long) = coordinates(Some(*location));
    Value::object(vec![("lat", lat), ("long", long)])
}

fn write_update(update: &Update) -> Value {
    let flag = |flag: bool, word: &str| if flag { word.into() } else { Value::Null };
    row(vec![
        ("update_id", code(&update.id)),
        ("service_request_id", code(&update.service_request_id)),
        ("status", city_status(&update.status, &update.status_text)),
        ("type", flag(update.is_question, "question")),
        (
            "author",
            flag(update.author != Author::City, update.author.name()),
        ),
        ("title", text(&update.title)),
        ("description", text(&update.description)),
        ("updated_datetime", moment(&update.updated)),
        ("media_url", code(&update.media_url)),
        ("agency_responsible", text(&update.agency)),
    ])
}

fn write_service(service: &Service) -> Value {
    row(vec![
        ("service_code", service.code.as_str().into()),
        ("service_name", name(&service.name, &service.code)),
        ("description", plain(&service.description)),
        ("metadata", service.metadata.into()),
        ("type", word(&service::KINDS, &service.kind)),
        ("keywords", keywords(&service.keywords)),
        ("group", text(&service.group)),
    ])
}

/// One text, as the specification has it; a list if a keyword contains a separator.
fn keywords(keywords: &[String]) -> Value {
    let has_separator = |keyword: &String| keyword.contains(service::KEYWORD_SEPARATORS);
    if keywords.iter().any(has_separator) {
        list(keywords, |keyword| plain(keyword))
    } else {
        plain(&keywords.join(", "))
    }
}

fn write_receipt(receipt: &Receipt) -> Value {
    row(vec![
        ("service_request_id", code(&receipt.service_request_id)),
        ("token", code(&receipt.token)),
        ("receipt", code(&receipt.receipt)),
        ("service_notice", text(&receipt.service_notice)),
        ("account_id", code(&receipt.account_id)),
    ])
}

/// GeoReport's error has no field for the HTTP status, and one message.
fn write_error(error: &ServiceError) -> Value {
    row(vec![
        ("status", i64::from(error.status).into()),
        ("code", code(&error.code)),
        ("messages", list(&error.messages, |message| plain(message))),
    ])
}

fn read_error(value: &Value) -> Option<ServiceError> {
    let status = u16::try_from(value.i64_of("status")?).ok()?;
    Some(error::read_error(status, &json::write(value)))
}

fn write_definition(definition: &Definition) -> Value {
    row(vec![
        ("service_code", code(&definition.service_code)),
        ("attributes", list(&definition.attributes, write_attribute)),
    ])
}

fn write_attribute(attribute: &Attribute) -> Value {
    let (is_question, datatype, required, choices) = match &attribute.kind {
        AttributeKind::Notice => (false, Value::Null, false, Value::Null),
        AttributeKind::Question {
            datatype,
            required,
            values,
        } => (
            true,
            word(&definition::DATATYPES, datatype),
            *required,
            list(values, write_choice),
        ),
    };
    row(vec![
        ("variable", is_question.into()),
        ("code", attribute.code.as_str().into()),
        ("datatype", datatype),
        ("required", required.into()),
        (
            "datatype_description",
            plain(&attribute.datatype_description),
        ),
        ("order", attribute.order.map_or(Value::Null, number)),
        ("description", name(&attribute.description, &attribute.code)),
        ("values", choices),
        (
            "dependencies",
            attribute
                .asked_when
                .as_ref()
                .map_or(Value::Null, write_condition),
        ),
        (
            "conditional_values",
            list(&attribute.conditional_values, |(condition, values)| {
                row(vec![
                    ("dependent_on", write_condition(condition)),
                    ("values", list(values, write_choice)),
                ])
            }),
        ),
        (
            "stops",
            list(&attribute.stops, |(condition, message)| {
                let mut fields = condition_fields(condition);
                fields.push(("message", plain(message)));
                row(fields)
            }),
        ),
    ])
}

fn write_choice(choice: &Choice) -> Value {
    row(vec![
        ("key", choice.key.as_str().into()),
        ("name", name(&choice.name, &choice.key)),
        ("stop", text(&choice.stop)),
    ])
}

fn write_condition(condition: &Condition) -> Value {
    Value::object(condition_fields(condition))
}

fn condition_fields(condition: &Condition) -> Vec<(&'static str, Value)> {
    let clause = |clause: &str, parts: &[Condition]| {
        vec![
            ("clause", clause.into()),
            ("conditions", list(parts, write_condition)),
        ]
    };
    match condition {
        Condition::All(parts) => clause("AND", parts),
        Condition::Any(parts) => clause("OR", parts),
        // Reads as unknown again, because it names no attribute.
        Condition::Unknown => vec![("op", "unknown".into())],
        Condition::Compare {
            attribute,
            operator,
            values,
        } => vec![
            ("attribute", attribute.as_str().into()),
            ("op", word(&condition::OPERATORS, operator)),
            (
                "value",
                match values.as_slice() {
                    [value] => value.as_str().into(),
                    values => Value::texts(values),
                },
            ),
        ],
    }
}

fn write_post(post: &Post) -> Value {
    let pairs = post.pairs();
    list(&pairs, |(name, value)| {
        Value::texts(&[name.clone(), value.clone()])
    })
}

fn read_post(pairs: &Value) -> Option<Post> {
    let pairs: Option<Vec<(String, String)>> = pairs
        .items()
        .iter()
        .map(|pair| match pair.items() {
            [name, value] => Some((name.string()?, value.string()?)),
            _ => None,
        })
        .collect();
    pairs.map(Post::from_pairs)
}
