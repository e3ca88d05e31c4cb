//! Strategies for property tests: arbitrary JSON under the field names that the readers know.

use open311::Value;
use proptest::prelude::*;

const FIELDS: &[&str] = &[
    "service_request_id",
    "token",
    "status",
    "status_notes",
    "service_code",
    "service_name",
    "description",
    "metadata",
    "type",
    "keywords",
    "group",
    "groups",
    "lat",
    "long",
    "agency_responsible",
    "requested_datetime",
    "media_url",
    "notes",
    "extended_attributes",
    "attributes",
    "attribute",
    "variable",
    "code",
    "datatype",
    "required",
    "order",
    "values",
    "automated",
    "key",
    "name",
    "value",
    "requests",
    "services",
    "service_requests",
    "request",
    "meta",
    "error",
    "errors",
    "detail",
    "message",
    "markaspot",
    "status_notes",
    "recipient",
    "updated_datetime",
    "update_id",
    "service_request_updates",
    "author",
    "needs_answer",
    "title",
    "order",
    "dependencies",
    "conditional_values",
    "stops",
    "stop",
    "clause",
    "conditions",
    "op",
    "dependent_on",
    "detailed_status",
];

/// Texts of the kinds that the readers parse.
pub(crate) fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[<>&;/!a-z\"'= \n#0-9-]{0,40}",
        "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{0,4})?(Z|[+-][0-9:]{0,5})?",
        "-?[0-9]{0,3}\\.?[0-9]{0,20}(e-?[0-9]{1,4})?",
        prop::sample::select(vec![
            "true",
            "False",
            "open",
            "null",
            " ",
            "blackbox",
            "server_set"
        ])
        .prop_map(str::to_owned),
    ]
}

/// Values with the field names of GeoReport.
pub(crate) fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|number| Value::Number(number.to_string())),
        any::<f32>().prop_map(|number| Value::Number(format!("{number:e}"))),
        any_text().prop_map(Value::Text),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        let name = prop::sample::select(FIELDS).prop_map(str::to_owned);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::List),
            prop::collection::vec((name, inner), 0..6).prop_map(Value::Map),
        ]
    })
}

/// Fields of a row.
pub(crate) fn any_fields() -> impl Strategy<Value = Vec<(String, Value)>> {
    let name = prop::sample::select(FIELDS).prop_map(str::to_owned);
    prop::collection::vec((name, any_value()), 0..12)
}
