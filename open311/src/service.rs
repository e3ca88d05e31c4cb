//! Services: what a resident can request (`services.json`).

use crate::fields::{code, plain, text};
use crate::list::Shape;
use crate::{Reading, Value};

/// A service that a resident can request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Service {
    /// `service_code`; never empty.
    pub code: String,
    /// `service_name`, plain text; the code if there is none.
    pub name: String,
    /// Plain text; empty if there is none.
    pub description: String,
    /// Whether the service has a service definition to fetch.
    pub metadata: bool,
    /// How the endpoint answers a POST (`type`).
    pub kind: ServiceKind,
    /// Search keywords, plain text; may be empty.
    pub keywords: Vec<String>,
    /// The group under which it is listed, plain text.
    pub group: Option<String>,
}

/// How an endpoint answers a POST for a service (`type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ServiceKind {
    /// With a number at once. Also used for an unknown `type`.
    #[default]
    Realtime,
    /// With a token; the number follows later.
    Batch,
    /// With neither.
    Blackbox,
}

const SHAPE: Shape = Shape {
    wrappers: &["services", "service", "service_requests"],
    marks: &["service_code"],
    known: &[
        "service_code",
        "service_name",
        "description",
        "metadata",
        "type",
        "keywords",
        "group",
        "groups",
        "group_id",
    ],
};

/// The kinds by their names in `type`.
pub(crate) const KINDS: [(&str, ServiceKind); 3] = [
    ("realtime", ServiceKind::Realtime),
    ("batch", ServiceKind::Batch),
    ("blackbox", ServiceKind::Blackbox),
];

/// What separates keywords that come as one text: the specification has commas.
pub(crate) const KEYWORD_SEPARATORS: [char; 3] = [',', ';', '\n'];

/// Reads `services.json`. A row without a `service_code` is a bad row.
pub fn read_services(response: &Value) -> Reading<Service> {
    SHAPE.read(response, read_service)
}

pub(crate) fn read_service(row: &Value) -> Option<Service> {
    let code = code(row, &["service_code"])?;
    Some(Service {
        name: text(row, &["service_name"]).unwrap_or_else(|| code.clone()),
        description: text(row, &["description"]).unwrap_or_default(),
        metadata: row
            .get("metadata")
            .and_then(Value::as_bool)
            .unwrap_or_default(),
        kind: read_kind(row),
        keywords: read_keywords(row),
        group: read_group(row),
        code,
    })
}

fn read_kind(row: &Value) -> ServiceKind {
    let name = row.text_of(&["type"]).unwrap_or_default();
    KINDS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map_or(ServiceKind::Realtime, |(_, kind)| *kind)
}

fn read_keywords(row: &Value) -> Vec<String> {
    let Some(keywords) = row.get("keywords") else {
        return Vec::new();
    };
    if let Value::List(items) = keywords {
        return items.iter().filter_map(plain).collect();
    }
    let text = plain(keywords).unwrap_or_default();
    text.split(KEYWORD_SEPARATORS)
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn read_group(row: &Value) -> Option<String> {
    let group = row.first(&["group", "groups", "group_id"])?;
    match group {
        Value::List(groups) => groups.iter().find_map(plain),
        group => plain(group),
    }
}
