//! Rule 8: service definitions of any shape become usable forms.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use open311::{Attribute, AttributeKind, Datatype, json, read_definition};

fn attributes(json: &str) -> Vec<Attribute> {
    read_definition(&json::parse(json).unwrap()).attributes
}

#[test]
fn rule_08_automated_attributes_are_hidden_even_if_required() {
    let answer = json::parse(
        r#"{"service_code":1,"attributes":[
            {"code":"a","automated":"server_set","required":"true","datatype":"string"},
            {"code":"b","automated":"hidden_field","required":true,"variable":true},
            {"code":"c","automated":"","required":true},
            {"code":"d","automated":null}
        ]}"#,
    );
    let definition = read_definition(&answer.unwrap());
    let codes: Vec<_> = definition.attributes.iter().map(|a| &*a.code).collect();
    assert_eq!(codes, ["c", "d"]);
    assert_eq!(definition.automated, 2);
    assert_eq!(definition.service_code.as_deref(), Some("1"));
}

#[test]
fn rule_08_attributes_are_sorted_by_order_stably() {
    let answer = r#"[
        {"code":"none","order":null},{"code":"2.5","order":2.5},{"code":"2","order":"2"},
        {"code":"last","order":"x"},{"code":"-1","order":-1},{"code":"2 again","order":2.0},
        {"code":"900","order":900}
    ]"#;
    let attributes = attributes(answer);
    let codes: Vec<_> = attributes.iter().map(|a| &*a.code).collect();
    assert_eq!(codes, ["-1", "2", "2 again", "2.5", "900", "none", "last"]);
}

#[test]
fn rule_08_every_datatype_is_known_and_an_unknown_one_reads_as_text() {
    for (sent, expected) in [
        (r#""string""#, Datatype::String),
        (r#""Number""#, Datatype::Number),
        (r#""datetime""#, Datatype::Datetime),
        (r#""text""#, Datatype::Text),
        (
            r#""singlevaluelist","values":[{"key":1,"name":"x"}]"#,
            Datatype::SingleValueList,
        ),
        (
            r#""multivaluelist","values":{"value":{"key":1,"name":"x"}}"#,
            Datatype::MultiValueList,
        ),
        (r#""singlevaluelist","values":[]"#, Datatype::String),
        (r#""multivaluelist","values":null"#, Datatype::String),
        (r#""geometry""#, Datatype::Text),
        ("null", Datatype::Text),
        ("{}", Datatype::Text),
    ] {
        let attributes = attributes(&format!(r#"[{{"code":"a","datatype":{sent}}}]"#));
        let AttributeKind::Question {
            datatype, required, ..
        } = &attributes[0].kind
        else {
            panic!("a question")
        };
        assert_eq!((*datatype, *required), (expected, false), "{sent}");
    }
}

#[test]
fn rule_08_an_attribute_with_variable_false_is_a_notice() {
    for variable in ["false", r#""False""#, "0"] {
        let attributes = attributes(&format!(
            r#"[{{"variable":{variable},"code":"n","required":true,"description":"<p>Call 911</p>"}}]"#
        ));
        assert_eq!(attributes[0].kind, AttributeKind::Notice);
        assert_eq!(attributes[0].description, "Call 911");
    }
}

#[test]
fn rule_08_any_response_gives_a_usable_form() {
    for (answer, questions, bad_rows) in [
        ("null", 0, 0),
        ("[]", 0, 0),
        ("{}", 0, 0),
        (r#""""#, 0, 0),
        (r#"{"service_code":1}"#, 0, 0),
        (r#"[{"service_code":1}]"#, 0, 0),
        (r#"{"service_code":1,"attributes":null}"#, 0, 0),
        (r#"{"service_code":1,"attributes":[]}"#, 0, 0),
        (
            r#"{"service_code":1,"attributes":{"attribute":{"code":"a"}}}"#,
            1,
            0,
        ),
        (
            r#"{"service_definition":{"service_code":1,"attributes":[{"code":"a"}]}}"#,
            1,
            0,
        ),
        (
            r#"[{"service_code":1,"attributes":[{"code":"a"},{"code":"b"}]}]"#,
            2,
            0,
        ),
        (r#"[{"code":"a","variable":true},{"code":"b"}]"#, 2, 0),
        (
            r#"{"attributes":[{"code":"a"},{"code":null},7,null,{"variable":false}]}"#,
            1,
            4,
        ),
        (
            r#"{"errors":[{"code":404,"description":"No such service"}]}"#,
            0,
            1,
        ),
        (r#"[{"code":404,"description":"No such service"}]"#, 0, 1),
        (r#"{"code":404,"description":"No such service"}"#, 0, 1),
    ] {
        let definition = read_definition(&json::parse(answer).unwrap());
        let found = (definition.attributes.len(), definition.bad_rows);
        assert_eq!(found, (questions, bad_rows), "{answer}");
    }
}

#[test]
fn rule_08_a_question_with_unreadable_conditions_is_never_required() {
    let text = r#"[{"code":"a","required":true,"datatype":"string","dependencies":{"clause":"AND","conditions":[{"attribute":"b"}]}},
        {"code":"b","required":true,"datatype":"string","dependencies":null},
        {"code":"c","required":true,"dependencies":{"clause":"AND","conditions":[{"attribute":"b","op":"eq","value":"x"}]}}]"#;
    let found: Vec<(bool, bool)> = read_definition(&json::parse(text).unwrap())
        .attributes
        .iter()
        .map(|attribute| {
            let required = matches!(
                attribute.kind,
                AttributeKind::Question { required: true, .. }
            );
            (required, attribute.asked_when.is_some())
        })
        .collect();
    assert_eq!(found, [(false, true), (true, false), (true, true)]);
}

#[test]
fn conditional_values_and_stops_are_read_in_both_spellings() {
    let text = r#"[{"code":"size","datatype":"singlevaluelist","required":true,
        "conditional_values":[{"dependent_on":{"clause":"AND","conditions":[{"attribute":"pet","op":"eq","value":"dog"}]},
                               "values":[{"key":"big","name":"Big","stop":"Call <b>911</b>"}]}],
        "stops":[{"clause":"AND","conditions":[{"attribute":"pet","op":"eq","value":"wolf"}],"message":"We do not do <i>wolves</i>."},
                 {"message":"stops nobody"},
                 {"conditions":[{"attribute":"pet"}],"message":"stops nobody either"}]},
        {"code":"kind","datatype":"multivaluelist",
         "conditionalValues":[{"dependentOn":{"conditions":[{"attribute":"pet","op":"neq","value":"x"}]},"values":["a","b"]}]}]"#;
    let definition = read_definition(&json::parse(text).unwrap());
    let [size, kind] = definition.attributes.as_slice() else {
        panic!("{definition:?}")
    };
    assert!(matches!(
        size.kind,
        AttributeKind::Question {
            datatype: Datatype::SingleValueList,
            ..
        }
    ));
    assert_eq!(
        size.conditional_values[0].1[0].stop.as_deref(),
        Some("Call 911")
    );
    let stops: Vec<&str> = size
        .stops
        .iter()
        .map(|(_, message)| message.as_str())
        .collect();
    assert_eq!(stops, ["We do not do wolves."]);
    assert_eq!(kind.conditional_values[0].1.len(), 2);
}
