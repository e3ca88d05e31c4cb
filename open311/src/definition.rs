//! Service definitions: the questions of a service (`services/CODE.json`, rule 8). Whatever the endpoint
//! sends, the result is a form that can be filled in.

use crate::fields::{code, plain, text};
use crate::list::{Shape, collect_statistics};
use crate::{Condition, Value};
use json::decimal;

/// The questions of a service.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Definition {
    /// `service_code`, if sent.
    pub service_code: Option<String>,
    /// Sorted by `order`, stably, attributes without one last. Without those that the server fills in itself.
    pub attributes: Vec<Attribute>,
    /// How many attributes could not be used: not an object, a question without a code, a notice without text.
    pub bad_rows: usize,
    /// How many were skipped because the server fills them in itself (`automated`).
    pub automated: usize,
    /// How many fields of the attributes were `null`.
    pub nulls: usize,
    /// Unknown fields of the attributes, each name once, at most a hundred.
    pub unknown_fields: Vec<String>,
}

/// One question or notice of a service definition.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// The name between the brackets of `attribute[…]`. Empty only for a notice.
    pub code: String,
    /// Whether it is a question or a notice.
    pub kind: AttributeKind,
    /// The question or the notice, plain text; the code for a question without text.
    pub description: String,
    /// A hint how to answer, plain text; empty if there is none.
    pub datatype_description: String,
    /// `order` as sent.
    pub order: Option<f64>,
    /// When it is asked (`dependencies`); `None` means always.
    pub asked_when: Option<Condition>,
    /// Choices that depend on other answers (`conditional_values`): the first whose condition is met replaces
    /// `values`.
    pub conditional_values: Vec<(Condition, Vec<Choice>)>,
    /// Answers for which this form is the wrong one (`stops`), with the message to show, plain text.
    pub stops: Vec<(Condition, String)>,
}

/// Whether an attribute is a question or a notice (`variable`).
#[derive(Debug, Clone, PartialEq)]
pub enum AttributeKind {
    /// A text to read (`variable=false`).
    Notice,
    /// A question to answer.
    Question {
        /// The kind of answer.
        datatype: Datatype,
        /// Whether an answer is required.
        required: bool,
        /// The choices. For the two list types empty only if `conditional_values` has some.
        values: Vec<Choice>,
    },
}

/// The kind of answer (`datatype`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Datatype {
    /// One line of text. Also a list type without choices.
    String,
    /// A number.
    Number,
    /// A date and time.
    Datetime,
    /// Several lines of text. Also every unknown datatype.
    Text,
    /// One choice.
    SingleValueList,
    /// Any number of choices.
    MultiValueList,
}

/// A choice of a list (`values`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The value to send.
    pub key: String,
    /// The text to show, plain text.
    pub name: String,
    /// If set, this form is the wrong one for this answer (`stop`): the message to show, plain text.
    pub stop: Option<String>,
}

const ATTRIBUTES: Shape = Shape {
    wrappers: &[
        "attributes",
        "attribute",
        "service_definition",
        "service_definitions",
    ],
    marks: &["variable", "datatype", "required", "order", "values"],
    known: &[
        "variable",
        "code",
        "datatype",
        "required",
        "datatype_description",
        "order",
        "description",
        "values",
        "automated",
        "dependencies",
        "conditional_values",
        "conditionalValues",
        "stops",
    ],
};

const CHOICES: Shape = Shape {
    wrappers: &["value", "values"],
    marks: &["key", "name"],
    known: &["key", "name", "stop"],
};

/// The datatypes by their names in `datatype`.
pub(crate) const DATATYPES: [(&str, Datatype); 6] = [
    ("string", Datatype::String),
    ("number", Datatype::Number),
    ("datetime", Datatype::Datetime),
    ("text", Datatype::Text),
    ("singlevaluelist", Datatype::SingleValueList),
    ("multivaluelist", Datatype::MultiValueList),
];

/// Reads `services/CODE.json`. An unreadable response is a definition without attributes.
pub fn read_definition(response: &Value) -> Definition {
    let mut definition = Definition {
        service_code: read_service_code(response),
        ..Definition::default()
    };
    // An error also has a code and a description: `[{"code":404,"description":…}]`.
    let parts = match response {
        Value::List(items) => items,
        single => core::slice::from_ref(single),
    };
    let is_definition = parts.iter().any(|part| ATTRIBUTES.knows(part));
    for item in ATTRIBUTES.rows(response) {
        let row = ATTRIBUTES.row(item);
        if row.get("service_code").is_some() && !ATTRIBUTES.knows(row) {
            // A definition without attributes.
            continue;
        }
        collect_statistics(
            row,
            ATTRIBUTES.known,
            &mut definition.nulls,
            &mut definition.unknown_fields,
        );
        if is_automated(row) {
            definition.automated += 1;
        } else {
            match read_attribute(row) {
                Some(attribute) if is_definition => {
                    insert(&mut definition.attributes, attribute);
                }
                _ => definition.bad_rows += 1,
            }
        }
    }
    definition
}

/// Inserts an attribute after all of the same or a lower order. The standard library's sort would be four
/// kilobytes of wasm for a handful of questions that are mostly sorted already.
fn insert(attributes: &mut Vec<Attribute>, attribute: Attribute) {
    let before = |other: &Attribute| rank(other) <= rank(&attribute);
    let at = attributes
        .iter()
        .rposition(before)
        .map_or(0, |last| last + 1);
    attributes.insert(at, attribute);
}

fn rank(attribute: &Attribute) -> f64 {
    attribute.order.unwrap_or(f64::INFINITY)
}

fn read_service_code(response: &Value) -> Option<String> {
    let definition = response.items().first().unwrap_or(response);
    let definition = definition.get("service_definition").unwrap_or(definition);
    code(definition, &["service_code"])
}

fn is_automated(row: &Value) -> bool {
    row.text_of(&["automated"]).is_some_and(|automated| {
        automated.eq_ignore_ascii_case("server_set")
            || automated.eq_ignore_ascii_case("hidden_field")
    })
}

pub(crate) fn read_attribute(row: &Value) -> Option<Attribute> {
    let code = code(row, &["code"]);
    let description = text(row, &["description"]);
    let flag = |name: &str| row.get(name).and_then(Value::as_bool);
    let asked_when = row.get("dependencies").and_then(Condition::read);
    let conditional_values = read_conditional_values(row);
    let (code, description, kind) = if flag("variable") == Some(false) {
        (
            code.unwrap_or_default(),
            description?,
            AttributeKind::Notice,
        )
    } else {
        let code = code?;
        let description = description.unwrap_or_else(|| code.clone());
        let values = read_choices(row);
        let kind = AttributeKind::Question {
            datatype: read_datatype(row, &values, !conditional_values.is_empty()),
            // A question with unreadable conditions is shown to everybody, so it must not be required. The
            // city validates again.
            required: flag("required").unwrap_or_default()
                && !asked_when.as_ref().is_some_and(Condition::is_unclear),
            values,
        };
        (code, description, kind)
    };
    Some(Attribute {
        code,
        kind,
        description,
        datatype_description: text(row, &["datatype_description"]).unwrap_or_default(),
        order: row.text_of(&["order"]).and_then(decimal),
        asked_when,
        conditional_values,
        stops: read_stops(row),
    })
}

fn read_conditional_values(row: &Value) -> Vec<(Condition, Vec<Choice>)> {
    let cases = row.first(&["conditional_values", "conditionalValues"]);
    let cases = cases.map(Value::items).unwrap_or_default().iter();
    cases
        .filter_map(|case| {
            let condition = case.first(&["dependent_on", "dependentOn"])?;
            Some((Condition::read(condition)?, read_choices(case)))
        })
        .filter(|(_, values)| !values.is_empty())
        .collect()
}

fn read_stops(row: &Value) -> Vec<(Condition, String)> {
    let stops = row.get("stops").map(Value::items).unwrap_or_default();
    let stops = stops.iter().filter_map(|stop| {
        // A stop with an unreadable condition must not stop anybody.
        let condition = Condition::read(stop).filter(|condition| !condition.is_unclear())?;
        Some((condition, text(stop, &["message"])?))
    });
    stops.collect()
}

fn read_datatype(row: &Value, values: &[Choice], has_conditional_values: bool) -> Datatype {
    let name = row.text_of(&["datatype"]).unwrap_or_default();
    let datatype = DATATYPES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map_or(Datatype::Text, |(_, datatype)| *datatype);
    match datatype {
        // A required question without choices could never be answered.
        Datatype::SingleValueList | Datatype::MultiValueList
            if values.is_empty() && !has_conditional_values =>
        {
            Datatype::String
        }
        datatype => datatype,
    }
}

fn read_choices(row: &Value) -> Vec<Choice> {
    let values = row.get("values").unwrap_or(&Value::Null);
    CHOICES.read(values, read_choice).rows
}

pub(crate) fn read_choice(row: &Value) -> Option<Choice> {
    if let Some(name) = plain(row) {
        let key = row.text()?.to_owned();
        return Some(Choice {
            key,
            name,
            stop: None,
        });
    }
    let (key, name) = match (code(row, &["key"]), text(row, &["name"])) {
        (Some(key), Some(name)) => (key, name),
        (Some(key), None) => (key.clone(), key),
        (None, Some(name)) => (name.clone(), name),
        (None, None) => return None,
    };
    Some(Choice {
        key,
        name,
        stop: text(row, &["stop"]),
    })
}
