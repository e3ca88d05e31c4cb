//! Service definitions: what a service asks for (`services/CODE.json`, rule 8).
//! Whatever comes, the result is a form that can be filled in.

use crate::fields::{code, plain, words};
use crate::list::{Shape, take_stock};
use crate::{Condition, Value};
use json::decimal;

/// What a service asks for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Definition {
    /// `service_code`, if it was sent.
    pub service_code: Option<String>,
    /// Sorted by `order`, stably, those without one last. What the server fills in itself is left out.
    pub attributes: Vec<Attribute>,
    /// How many attributes could not be used: no object, a question without a code, a notice without
    /// words.
    pub bad_rows: usize,
    /// How many were left out because the server fills them in itself (`automated`).
    pub automated: usize,
    /// How many fields of attributes were `null`.
    pub nulls: usize,
    /// Names of fields of attributes that this crate does not know, each once.
    pub unknown_fields: Vec<String>,
}

/// One question or notice of a service definition.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// What goes between the brackets of `attribute[…]`. Empty only for a notice.
    pub code: String,
    /// Whether it is to be answered or to be read.
    pub kind: AttributeKind,
    /// The question or the notice itself, plain text. The code where a question has no words.
    pub description: String,
    /// A hint how to answer, plain text; empty where there is none.
    pub datatype_description: String,
    /// `order` as it was sent.
    pub order: Option<f64>,
    /// When it is asked at all (`dependencies`); `None` is always.
    pub asked_when: Option<Condition>,
    /// Other values for other answers (`conditional_values`): the first whose condition is met takes the
    /// place of `values`.
    pub conditional_values: Vec<(Condition, Vec<Choice>)>,
    /// Answers with which the request is not for this form (`stops`), and what to tell, plain text.
    pub stops: Vec<(Condition, String)>,
}

/// `variable`: whether an attribute is to be answered or to be read.
#[derive(Debug, Clone, PartialEq)]
pub enum AttributeKind {
    /// To be read (`variable=false`).
    Notice,
    /// To be answered.
    Question {
        /// What kind of answer.
        datatype: Datatype,
        /// It must be answered.
        required: bool,
        /// What to choose from. Empty for the two list types only where `conditional_values` has some.
        values: Vec<Choice>,
    },
}

/// What kind of answer a question wants (`datatype`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Datatype {
    /// One line. Also a list type that offers nothing to choose from.
    String,
    /// A number.
    Number,
    /// A date and time.
    Datetime,
    /// Several lines. Also every unknown datatype.
    Text,
    /// One of the choices.
    SingleValueList,
    /// Any of the choices.
    MultiValueList,
}

/// One of the `values` of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub key: String,
    /// What is shown, plain text.
    pub name: String,
    /// With this answer the request is not for this form (`stop`): what to tell, plain text.
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

/// Reads `services/CODE.json`. What cannot be read is a definition without attributes.
pub fn read_definition(answer: &Value) -> Definition {
    let mut definition = Definition {
        service_code: read_service_code(answer),
        ..Definition::default()
    };
    // A code and a description are also what an error consists of: `[{"code":404,"description":…}]`.
    let parts = match answer {
        Value::List(items) => items,
        single => core::slice::from_ref(single),
    };
    let is_definition = parts.iter().any(|part| ATTRIBUTES.knows(part));
    for item in ATTRIBUTES.rows(answer) {
        let row = ATTRIBUTES.row(item);
        if row.get("service_code").is_some() && !ATTRIBUTES.knows(row) {
            // A definition without attributes.
            continue;
        }
        take_stock(
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

/// Puts an attribute after all of the same or a lower order. The standard library's sort would be four
/// kilobytes of wasm for a handful of questions that mostly come in order.
fn insert(attributes: &mut Vec<Attribute>, attribute: Attribute) {
    let before = |other: &Attribute| place(other) <= place(&attribute);
    let at = attributes
        .iter()
        .rposition(before)
        .map_or(0, |last| last + 1);
    attributes.insert(at, attribute);
}

fn place(attribute: &Attribute) -> f64 {
    attribute.order.unwrap_or(f64::INFINITY)
}

fn read_service_code(answer: &Value) -> Option<String> {
    let definition = answer.items().first().unwrap_or(answer);
    let definition = definition.get("service_definition").unwrap_or(definition);
    code(definition, &["service_code"])
}

fn is_automated(row: &Value) -> bool {
    row.text_of(&["automated"]).is_some_and(|automated| {
        automated.eq_ignore_ascii_case("server_set")
            || automated.eq_ignore_ascii_case("hidden_field")
    })
}

fn read_attribute(row: &Value) -> Option<Attribute> {
    let code = code(row, &["code"]);
    let description = words(row, &["description"]);
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
            // A question whose conditions cannot be read is shown to everybody, so nobody may be made
            // to answer it. The city checks again.
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
        datatype_description: words(row, &["datatype_description"]).unwrap_or_default(),
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
        // A stop whose condition cannot be read must stop nobody.
        let condition = Condition::read(stop).filter(|condition| !condition.is_unclear())?;
        Some((condition, words(stop, &["message"])?))
    });
    stops.collect()
}

fn read_datatype(row: &Value, values: &[Choice], has_conditional_values: bool) -> Datatype {
    const DATATYPES: [(&str, Datatype); 6] = [
        ("string", Datatype::String),
        ("number", Datatype::Number),
        ("datetime", Datatype::Datetime),
        ("text", Datatype::Text),
        ("singlevaluelist", Datatype::SingleValueList),
        ("multivaluelist", Datatype::MultiValueList),
    ];
    let name = row.text_of(&["datatype"]).unwrap_or_default();
    let datatype = DATATYPES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map_or(Datatype::Text, |(_, datatype)| *datatype);
    match datatype {
        // A required question with nothing to choose from could never be answered.
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

fn read_choice(row: &Value) -> Option<Choice> {
    if let Some(name) = plain(row) {
        let key = row.text()?.to_owned();
        return Some(Choice {
            key,
            name,
            stop: None,
        });
    }
    let (key, name) = match (code(row, &["key"]), words(row, &["name"])) {
        (Some(key), Some(name)) => (key, name),
        (Some(key), None) => (key.clone(), key),
        (None, Some(name)) => (name.clone(), name),
        (None, None) => return None,
    };
    Some(Choice {
        key,
        name,
        stop: words(row, &["stop"]),
    })
}
