//! The feature `serde`: rows are written under GeoReport's names, and reading them again gives the same rows.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use open311::form::{AnswerValue, AttributeAnswer, Post};
use open311::{
    Condition, Datatype, Definition, KnownStatus, Location, Moment, Operator, Receipt, Service,
    ServiceError, ServiceKind, ServiceRequest, Stage, Status, Update, Value, json, read_definition,
    read_error, read_receipt, read_requests, read_services, read_updates,
};
use proptest::prelude::*;
use serde_json::{from_str, from_value, json, to_string, to_value};
use values::{any_fields, any_text, any_value};

#[path = "common/values.rs"]
mod values;

/// JSON text, through serde and this crate's own reader.
fn written<T: serde::Serialize>(value: &T) -> Value {
    json::parse(&to_string(value).unwrap()).unwrap()
}

#[test]
fn a_request_is_written_under_the_names_of_georeport() {
    let answer = r#"[{"request_id": 7, "status": "Fixed - Council", "lon": "7.5", "latitude": 50,
        "address_string": "8th & Judah", "requested_datetime": "2026-11-23T06:37:38-06:00",
        "notes": [{"type": "question", "summary": "Where?", "datetime": "2026-11-24"}],
        "extended_attributes": {"markaspot": {"status_descriptive_name": "Erledigt"}}}]"#;
    let reading = read_requests(&json::parse(answer).unwrap());
    assert_eq!(
        to_value(&reading.rows[0]).unwrap(),
        json!({
            "service_request_id": "7",
            "status": "Fixed - Council",
            "requested_datetime": "2026-11-23T06:37:38-06:00",
            "address": "8th & Judah",
            "lat": 50,
            "long": 7.5,
            "notes": [{"type": "question", "title": "Where?", "updated_datetime": "2026-11-24"}],
            "extended_attributes": {"detailed_status": "Erledigt"}
        })
    );
}

#[test]
fn a_service_and_its_definition_are_written_under_the_names_of_georeport() {
    let service: Service =
        from_str(r#"{"service_code": 1, "type": "BATCH", "keywords": ["a", "b"]}"#).unwrap();
    assert_eq!(
        to_value(&service).unwrap(),
        json!({"service_code": "1", "service_name": "1", "metadata": false, "type": "batch", "keywords": "a, b"})
    );
    let definition: Definition = from_str(
        r#"{"service_code": 1, "attributes": [
            {"code": "a", "datatype": "singlevaluelist", "required": "true", "values": [{"key": 1, "name": "One"}],
             "dependencies": {"conditions": [{"attribute": "b", "op": "geq", "value": 2}]}},
            {"variable": false, "description": "Call 911"}]}"#,
    )
    .unwrap();
    assert_eq!(
        to_value(&definition).unwrap(),
        json!({"service_code": "1", "attributes": [
            {"variable": true, "code": "a", "datatype": "singlevaluelist", "required": true, "description": "a",
             "values": [{"key": "1", "name": "One"}],
             "dependencies": {"clause": "AND", "conditions": [{"attribute": "b", "op": "gte", "value": "2"}]}},
            {"variable": false, "required": false, "description": "Call 911"}]})
    );
}

#[test]
fn small_types_are_written_as_the_words_of_georeport() {
    assert_eq!(to_value(ServiceKind::Blackbox).unwrap(), "blackbox");
    assert_eq!(
        to_value(Datatype::MultiValueList).unwrap(),
        "multivaluelist"
    );
    assert_eq!(to_value(Operator::GreaterOrEqual).unwrap(), "gte");
    assert_eq!(to_value(Stage::Unknown).unwrap(), "unknown");
    assert_eq!(to_value(Status::Unstated).unwrap(), json!(null));
    assert_eq!(
        from_value::<Operator>(json!("leq")).unwrap(),
        Operator::LessOrEqual
    );
    assert_eq!(
        from_value::<Status>(json!("Wird geprüft")).unwrap(),
        Status::Other("Wird geprüft".into())
    );
    for known in [
        KnownStatus::Received,
        KnownStatus::UnderReview,
        KnownStatus::Acknowledged,
        KnownStatus::Planned,
        KnownStatus::InProgress,
        KnownStatus::OnHold,
        KnownStatus::Referred,
        KnownStatus::Done,
        KnownStatus::Declined,
        KnownStatus::NotResponsible,
        KnownStatus::Duplicate,
        KnownStatus::Withdrawn,
        KnownStatus::Archived,
    ] {
        assert_eq!(Status::read(known.word()), Status::Known(known));
        let word = to_value(known).unwrap();
        assert_eq!(from_value::<KnownStatus>(word).unwrap(), known);
    }
}

#[test]
fn a_status_without_the_city_s_word_is_written_in_ours() {
    let request = ServiceRequest {
        id: Some("7".into()),
        status: Status::Known(KnownStatus::InProgress),
        status_text: Some("Done".into()),
        ..ServiceRequest::default()
    };
    assert_eq!(to_value(&request).unwrap()["status"], "in progress");
}

#[test]
fn what_cannot_be_read_is_an_error_that_says_what_was_expected() {
    for (error, expected) in [
        (
            from_str::<ServiceRequest>(r#"{"status": "open"}"#).unwrap_err(),
            "expected a service request with an id or a token",
        ),
        (
            from_str::<Service>("[]").unwrap_err(),
            "expected a service with a service_code",
        ),
        (
            from_str::<Location>(r#"{"lat": 91, "long": 0}"#).unwrap_err(),
            "expected a lat and a long",
        ),
        (
            from_str::<Moment>(r#"" ""#).unwrap_err(),
            "expected a date and time",
        ),
        (
            from_str::<Datatype>(r#""geometry""#).unwrap_err(),
            "expected a datatype of GeoReport",
        ),
        (
            from_str::<Post>(r#"[["a"]]"#).unwrap_err(),
            "expected a list of names and values",
        ),
    ] {
        assert!(error.to_string().contains(expected), "{error}");
    }
}

/// Checks that coordinates differ by no more than the precision of `json::decimal`, and makes them equal.
fn align(found: &mut Option<Location>, expected: Option<Location>) -> Result<(), TestCaseError> {
    if let (Some(found), Some(expected)) = (found.as_mut(), expected) {
        prop_assert!((found.lat - expected.lat).abs() <= expected.lat.abs() * 1e-15);
        prop_assert!((found.long - expected.long).abs() <= expected.long.abs() * 1e-15);
        *found = expected;
    }
    Ok(())
}

/// A definition without the statistics, which are not written.
fn attributes(definition: &Definition) -> Definition {
    Definition {
        service_code: definition.service_code.clone(),
        attributes: definition.attributes.clone(),
        ..Definition::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_are_read_as_the_same_rows_after_writing(rows in prop::collection::vec(any_fields(), 0..4)) {
        let rows = Value::List(rows.into_iter().map(Value::Map).collect());

        let requests = read_requests(&rows).rows;
        let mut again = read_requests(&written(&requests)).rows;
        prop_assert_eq!(again.len(), requests.len());
        for (found, expected) in again.iter_mut().zip(&requests) {
            align(&mut found.location, expected.location)?;
        }
        prop_assert_eq!(&again, &requests);

        let services = read_services(&rows).rows;
        prop_assert_eq!(&read_services(&written(&services)).rows, &services);

        let updates = read_updates(&rows).rows;
        prop_assert_eq!(&read_updates(&written(&updates)).rows, &updates);

        let receipt = read_receipt(&rows);
        prop_assert_eq!(read_receipt(&written(&receipt)), receipt);
    }

    #[test]
    fn a_definition_is_read_as_the_same_definition_after_writing(rows in prop::collection::vec(any_fields(), 0..4)) {
        let rows = rows.into_iter().map(|mut fields| {
            fields.push(("code".into(), "a".into()));
            Value::Map(fields)
        });
        let definition = Value::object(vec![("attributes", Value::List(rows.collect()))]);
        let definition = read_definition(&definition);
        let mut again = read_definition(&written(&definition));
        for (found, expected) in again.attributes.iter_mut().zip(&definition.attributes) {
            // Orders are read within the precision of `json::decimal`.
            if let (Some(order), Some(as_read)) = (found.order, expected.order)
                && (order - as_read).abs() <= as_read.abs() * 1e-15
            {
                found.order = expected.order;
            }
        }
        prop_assert_eq!(attributes(&again), attributes(&definition));
    }

    #[test]
    fn an_error_is_read_as_the_same_error_after_writing(status: u16, value in any_value(), text in any_text()) {
        for body in [json::write(&value), text] {
            let error = read_error(status, &body);
            prop_assert_eq!(from_str::<ServiceError>(&to_string(&error).unwrap()).unwrap(), error);
        }
    }

    #[test]
    fn a_post_is_read_as_the_same_pairs_after_writing(
        code in "[a-z0-9]{1,8}",
        one in any_text(),
        many in prop::collection::vec(any_text(), 0..4),
        description in any_text(),
    ) {
        let answer = |value| AttributeAnswer { code: code.clone(), value };
        let post = Post {
            service_code: "1".into(),
            description,
            location: Location::new(40.5, -89.25),
            attributes: vec![answer(AnswerValue::One(one)), answer(AnswerValue::Many(many))],
            ..Post::default()
        };
        let again: Post = from_str(&to_string(&post).unwrap()).unwrap();
        prop_assert_eq!(again.pairs(), post.pairs());
    }
}

#[test]
fn single_rows_are_deserialized_by_the_tolerant_readers() {
    let update: Update = from_str(r#"{"id": 5, "summary": "<b>Fixed</b>"}"#).unwrap();
    assert_eq!(update.title.as_deref(), Some("Fixed"));
    let receipt: Receipt = from_str(r#"[{"service_request_id": 638344}]"#).unwrap();
    assert_eq!(receipt.service_request_id.as_deref(), Some("638344"));
    let condition: Condition = from_str(r#"{"attribute": "a", "op": "like"}"#).unwrap();
    assert_eq!(condition, Condition::Unknown);
    let wrapped: ServiceRequest = from_str(r#"{"request": {"service_request_id": 7}}"#).unwrap();
    assert_eq!(wrapped.id.as_deref(), Some("7"));
}
