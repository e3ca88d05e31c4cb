//! Rules 1, 2, 3 and 6: the shapes of lists and fields. Each test is one rule, and its table has the cases of the
//! rule.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use common::request;
use open311::{
    AttributeKind, Location, Status, json, read_definition, read_requests, read_services,
    read_updates,
};

#[test]
fn rule_01_codes_and_ids_are_text_number_or_null_and_are_read_as_text() {
    for (sent, expected) in [
        (r#""006""#, Some("006")),
        ("12345678901234567890", Some("12345678901234567890")),
        (r#"" A-1 ""#, Some("A-1")),
        ("0", Some("0")),
        ("null", None),
        (r#""""#, None),
    ] {
        for field in ["service_code", "address_id", "zipcode", "token"] {
            let row = request(&format!("\"{field}\":{sent}"));
            let found = match field {
                "service_code" => row.service_code,
                "address_id" => row.address_id,
                "zipcode" => row.zipcode,
                _ => row.token,
            };
            assert_eq!(found.as_deref(), expected, "{field}: {sent}");
        }
    }
    let values = r#"[{"key":1,"name":"One"},{"key":null,"name":"Two"},{"key":"3"},4]"#;
    let definition = json::parse(&format!(
        r#"[{{"code":7,"datatype":"singlevaluelist","values":{values}}}]"#
    ));
    let definition = read_definition(&definition.unwrap());
    let AttributeKind::Question { values, .. } = &definition.attributes[0].kind else {
        panic!("a question")
    };
    let pairs: Vec<_> = values.iter().map(|v| (&*v.key, &*v.name)).collect();
    assert_eq!(
        pairs,
        [("1", "One"), ("Two", "Two"), ("3", "3"), ("4", "4")]
    );
}

#[test]
fn rule_01_coordinates_are_number_or_text_and_zero_zero_is_none() {
    for (sent, expected) in [
        (r#""lat":41.5,"long":-87.25"#, Some((41.5, -87.25))),
        (r#""lat":" 41.5 ","long":"-87.25""#, Some((41.5, -87.25))),
        (r#""lat":"4.15e1","long":0"#, Some((41.5, 0.0))),
        (r#""lat":0,"long":0"#, None),
        (r#""lat":"0.0","long":"-0""#, None),
        (r#""lat":"","long":"""#, None),
        (r#""lat":null,"long":null"#, None),
        (r#""lat":41.5"#, None),
        (r#""lat":"NaN","long":"inf""#, None),
        (r#""lat":"41,5","long":"7,1""#, None),
        (r#""lat":5800000.1,"long":333000.9"#, None),
        (r#""lat":[41.5],"long":{"x":1}"#, None),
    ] {
        let expected = expected.map(|(lat, long)| Location { lat, long });
        assert_eq!(request(sent).location, expected, "{sent}");
    }
}

#[test]
fn rule_01_booleans_are_true_or_a_text_or_one() {
    for (sent, expected) in [
        ("true", true),
        (r#""true""#, true),
        (r#""True""#, true),
        (r#"" TRUE ""#, true),
        ("1", true),
        (r#""1""#, true),
        ("false", false),
        (r#""False""#, false),
        ("0", false),
        ("null", false),
        (r#""""#, false),
        (r#""maybe""#, false),
        ("[true]", false),
    ] {
        let answer = format!(r#"[{{"service_code":1,"metadata":{sent}}}]"#);
        let reading = read_services(&json::parse(&answer).unwrap());
        assert_eq!(reading.rows[0].metadata, expected, "{sent}");
    }
}

#[test]
fn rule_02_missing_null_empty_and_white_space_are_equivalent() {
    let nothing = request(r#""x":1"#);
    for blank in ["null", r#""""#, r#""  \t\r\n ""#, r#""\u00a0""#] {
        let fields: Vec<String> =
            "token status status_notes service_name service_code description \
             agency_responsible service_notice address address_id zipcode requested_datetime \
             updated_datetime expected_datetime lat long media_url notes"
                .split_whitespace()
                .map(|name| format!("\"{name}\":{blank}"))
                .collect();
        assert_eq!(request(&fields.join(",")), nothing, "{blank}");
    }
    assert_eq!(nothing.status, Status::Unstated);
    let padded = request(r#""description":"\n\t  Tall grass \n","zipcode":" 01234 ""#);
    assert_eq!(padded.description.as_deref(), Some("Tall grass"));
    assert_eq!(padded.zipcode.as_deref(), Some("01234"));
}

#[test]
fn rule_03_lists_are_bare_or_wrapped_or_a_single_object() {
    for (answer, rows, bad_rows) in [
        (
            r#"[{"service_request_id":1},{"service_request_id":2}]"#,
            2,
            0,
        ),
        (r#"{"requests":[{"service_request_id":1}]}"#, 1, 0),
        (r#"{"service_requests":[{"service_request_id":1}]}"#, 1, 0),
        (
            r#"{"service_requests":{"request":{"service_request_id":1}}}"#,
            1,
            0,
        ),
        (
            r#"{"service_requests":{"request":[{"service_request_id":1},{"token":2}]}}"#,
            2,
            0,
        ),
        (r#"{"service_request_id":1}"#, 1, 0),
        (
            r#"{"meta":{"page":1},"requests":[{"service_request_id":1}]}"#,
            1,
            0,
        ),
        (
            r#"[{"requests":[{"service_request_id":1},{"service_request_id":2}]}]"#,
            2,
            0,
        ),
        (
            r#"[{"request":{"service_request_id":1}},{"request":{"service_request_id":2}}]"#,
            2,
            0,
        ),
        ("[]", 0, 0),
        ("{}", 0, 0),
        ("null", 0, 0),
        (r#""""#, 0, 0),
        (r#"{"meta":{"page":1}}"#, 0, 0),
        (r#"{"requests":null}"#, 0, 0),
        (r#"{"service_requests":{"request":""}}"#, 0, 0),
        (
            r#"[{"service_request_id":1},null,7,"x",[],{"status":"open"},{"token":"t"}]"#,
            2,
            5,
        ),
        (r#""none found""#, 0, 1),
        (r#"{"error":"none found"}"#, 0, 1),
    ] {
        let reading = read_requests(&json::parse(answer).unwrap());
        assert_eq!(
            (reading.rows.len(), reading.bad_rows),
            (rows, bad_rows),
            "{answer}"
        );
    }
    for (answer, rows, bad_rows) in [
        (r#"[{"service_code":1}]"#, 1, 0),
        (
            r#"{"services":[{"service_code":1},{"service_code":null}]}"#,
            1,
            1,
        ),
        (
            r#"{"services":{"service":[{"service_code":1}]},"meta":{}}"#,
            1,
            0,
        ),
        (r#"{"service_code":"a"}"#, 1, 0),
    ] {
        let reading = read_services(&json::parse(answer).unwrap());
        assert_eq!(
            (reading.rows.len(), reading.bad_rows),
            (rows, bad_rows),
            "{answer}"
        );
    }
    for (answer, rows, bad_rows) in [
        (r#"[{"update_id":1,"service_request_id":2}]"#, 1, 0),
        (r#"{"service_request_updates":[{"update_id":1},{}]}"#, 1, 1),
        (
            r#"{"service_request_updates":{"request_update":{"update_id":1}}}"#,
            1,
            0,
        ),
    ] {
        let reading = read_updates(&json::parse(answer).unwrap());
        assert_eq!(
            (reading.rows.len(), reading.bad_rows),
            (rows, bad_rows),
            "{answer}"
        );
    }
}

#[test]
fn rule_06_synonyms_are_read_as_the_same_field() {
    for (one, other) in [
        (r#""status_notes":"x""#, r#""status_note":"x""#),
        (r#""address":"x""#, r#""address_string":"x""#),
        (r#""address":"x""#, r#""address":"","address_string":"x""#),
        (r#""lat":1,"long":2"#, r#""lat":1,"lon":2"#),
        (
            r#""media_url":"https://c.example/1""#,
            r#""media_urls":["https://c.example/1"]"#,
        ),
        (
            r#""agency_responsible":"x""#,
            r#""agency_responsible":{"recipient":["x"]}"#,
        ),
        (
            r#""notes":[{"updated_datetime":"2012-05-22","title":"x","description":"y"}]"#,
            r#""notes":[{"datetime":"2012-05-22","summary":"x","description":"y"}]"#,
        ),
        (
            r#""notes":[{"description":"x","status":"closed"}]"#,
            r#""extended_attributes":{"markaspot":{"status_notes":[{"status_note":"x","status":"closed"}]}}"#,
        ),
    ] {
        assert_eq!(request(one), request(other), "{one} and {other}");
    }
    for group in [
        r#""group":"Street""#,
        r#""groups":["Street","Other"]"#,
        r#""group":"","group_id":"Street""#,
    ] {
        let answer = format!(r#"[{{"service_code":1,{group}}}]"#);
        let reading = read_services(&json::parse(&answer).unwrap());
        assert_eq!(reading.rows[0].group.as_deref(), Some("Street"), "{group}");
        assert!(reading.unknown_fields.is_empty());
    }
    let status_name = request(
        r#""extended_attributes":{"markaspot":{"status_descriptive_name":"In Bearbeitung"}}"#,
    );
    assert_eq!(status_name.status_name.as_deref(), Some("In Bearbeitung"));
}
