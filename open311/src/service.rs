//! Services: what a resident can ask for (`services.json`).

use crate::fields::{code, plain, words};
use crate::list::Shape;
use crate::{Reading, Value};

/// One thing that a resident can ask for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Service {
    /// `service_code`; never empty.
    pub code: String,
    /// `service_name` as plain text; the code where there is none.
    pub name: String,
    /// Plain text; empty where there is none.
    pub description: String,
    /// There is a service definition to ask for.
    pub metadata: bool,
    /// How the city answers a POST.
    pub kind: ServiceKind,
    /// Words to find it by; may be empty.
    pub keywords: Vec<String>,
    /// The group it is listed under, plain text.
    pub group: Option<String>,
}

/// How the city answers a POST of this service (`type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ServiceKind {
    /// With a number at once. Also what is taken for an unknown `type`.
    #[default]
    Realtime,
    /// With a token; the number comes later.
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

/// Reads `services.json`. A row without a `service_code` is a bad row.
pub fn read_services(answer: &Value) -> Reading<Service> {
    SHAPE.read(answer, read_service)
}

fn read_service(row: &Value) -> Option<Service> {
    let code = code(row, &["service_code"])?;
    Some(Service {
        name: words(row, &["service_name"]).unwrap_or_else(|| code.clone()),
        description: words(row, &["description"]).unwrap_or_default(),
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
    let kind = row.text_of(&["type"]).unwrap_or_default();
    if kind.eq_ignore_ascii_case("batch") {
        ServiceKind::Batch
    } else if kind.eq_ignore_ascii_case("blackbox") {
        ServiceKind::Blackbox
    } else {
        ServiceKind::Realtime
    }
}

fn read_keywords(row: &Value) -> Vec<String> {
    let Some(keywords) = row.get("keywords") else {
        return Vec::new();
    };
    if let Value::List(items) = keywords {
        return items.iter().filter_map(plain).collect();
    }
    let text = plain(keywords).unwrap_or_default();
    text.split([',', ';', '\n'])
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
