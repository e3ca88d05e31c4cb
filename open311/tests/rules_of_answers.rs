//! Rule 14: what a response to a POST says about what was sent. Each table has the cases of one kind of POST.
#![allow(clippy::unwrap_used, clippy::panic)]

use open311::{
    PostAnswer, Receipt, ServiceKind, read_error, read_feedback_answer, read_request_answer,
    read_update_answer,
};

const NUMBERED: ServiceKind = ServiceKind::Realtime;
const BLACK_BOX: ServiceKind = ServiceKind::Blackbox;
const ID: &str = "26-01189";
const KEY: &str = "6f1c";

/// Responses that say nothing about what was sent, whatever it was.
fn no_answers() -> Vec<(u16, String)> {
    let texts = [
        (200, ""),
        (204, ""),
        (200, " \n"),
        (202, ""),
        (200, "<!doctype html><title>WiFi</title><form>Log in</form>"),
        (
            200,
            "<html xmlns='http://www.w3.org/1999/xhtml'><p>Thank you</p></html>",
        ),
        (200, "null"),
        (200, "42"),
        (200, "true"),
        (200, "[]"),
        (200, "{}"),
        (200, "[null]"),
        (200, r#""maintenance""#),
        (200, r#"{"error":"nothing was stored"}"#),
        (200, r#"{"error":"no such request"}"#),
        (200, r#"{"success":false,"message":"captcha wrong"}"#),
        (200, r#"{"success":true}"#),
        (200, r#"{"ok":true,"status":"ok"}"#),
        (200, r#"{"message":"Welcome"}"#),
        (200, r#"{"errors":["No luck"]}"#),
        (
            200,
            r#"[{"code":500,"description":"Database down, nothing was stored"}]"#,
        ),
        (200, r#"[{"service_request_id":"26-0"#),
        (200, r#"[{"update_id":"6f1c""#),
        (200, r#"{"id":"6f1c"}{"id":"6f1c"}"#),
        (200, r#"[{"service_request_id":null,"error":"full"}]"#),
        (200, r#"{"service_request_id":"26-01189","success":false}"#),
        (
            200,
            r#"{"id":"6f1c","update_id":"6f1c","error":{"code":9}}"#,
        ),
        (200, r#"{"token":"eyJhbGciOiJIUzI1NiJ9","expires_in":3600}"#),
        (
            200,
            r#"{"request_id":"7f0e-11","message":"Are you human?"}"#,
        ),
        (301, r#"[{"service_request_id":"1"}]"#),
        (307, ""),
        (0, ""),
        (400, "<h1>Bad Request</h1>"),
        (401, r#"{"message":"Unauthorized"}"#),
        (403, "<html><title>403 Forbidden</title></html>"),
        (404, r#"{"error":"Not Found"}"#),
        (404, ""),
        (408, r#"[{"code":408,"description":"Too slow"}]"#),
        (409, "<h1>Conflict</h1>"),
        (413, "<h1>413 Request Entity Too Large</h1>"),
        (422, ""),
        (429, "Too many requests"),
        (429, r#"{"message":"API rate limit exceeded"}"#),
        (500, r#"[{"code":500,"description":"No luck"}]"#),
        (
            502,
            r#"[{"service_request_id":"26-01189","update_id":"6f1c"}]"#,
        ),
        (503, r#"{"error":"maintenance"}"#),
    ];
    let mut all: Vec<(u16, String)> = texts
        .into_iter()
        .map(|(status, text)| (status, text.to_owned()))
        .collect();
    all.push((200, "[".repeat(100_000)));
    all.push((200, "[".repeat(500) + &"]".repeat(500)));
    all
}

/// Refusals in the endpoint's own words: status, body, the status that counts, and the first message.
const REFUSALS: [(u16, &str, u16, &str); 19] = [
    (
        400,
        r#"[{"code":400,"description":"lanes is required"}]"#,
        400,
        "lanes is required",
    ),
    (400, r#"{"code":"400","description":"No"}"#, 400, "No"),
    (400, r#"{"error":"No"}"#, 400, "No"),
    (400, r#"{"message":"No"}"#, 400, "No"),
    (400, r#"[{"message":"No","errorCode":"BAD"}]"#, 400, "No"),
    (400, r#"{"lat":["No number"]}"#, 400, "lat: No number"),
    (
        400,
        r#"{"code":400,"detail":{"description":["Say more"]}}"#,
        400,
        "description: Say more",
    ),
    (
        400,
        r#"{"code":400,"detail":{"non_field_errors":["No such service"]}}"#,
        400,
        "No such service",
    ),
    (401, r#"[{"description":"Key?"}]"#, 401, "Key?"),
    (
        403,
        r#"{"type":"forbidden","code":"middleware_26","message":"Missing API key"}"#,
        403,
        "Missing API key",
    ),
    (
        404,
        r#"{"errors":[{"code":404,"description":"No such service"}]}"#,
        404,
        "No such service",
    ),
    (
        409,
        r#"[{"code":409,"description":"Known already"}]"#,
        409,
        "Known already",
    ),
    (409, r#"{"error":"Duplicate"}"#, 409, "Duplicate"),
    (
        413,
        r#"[{"code":413,"description":"Too large"}]"#,
        413,
        "Too large",
    ),
    (
        422,
        r#"{"errors":{"address":["can't be blank"]}}"#,
        422,
        "address: can't be blank",
    ),
    (
        400,
        r#"{"message":"Bad Request","_embedded":{"errors":[{"message":"No"}]}}"#,
        400,
        "No",
    ),
    (429, r#"[{"description":"Slow down"}]"#, 429, "Slow down"),
    (200, r#"[{"code":400,"description":"No"}]"#, 400, "No"),
    (201, r#"{"code":"403","description":"No"}"#, 403, "No"),
];

fn refused<T: std::fmt::Debug>(answer: PostAnswer<T>, body: &str) -> (u16, Vec<String>) {
    match answer {
        PostAnswer::Refused(error) => (error.status, error.messages),
        other => panic!("{body}: {other:?}"),
    }
}

#[test]
fn rule_14_what_is_in_no_form_of_the_endpoint_says_nothing() {
    for (status, body) in no_answers() {
        let shown: String = body.chars().take(80).collect();
        for kind in [NUMBERED, BLACK_BOX] {
            let answer = read_request_answer(status, &body, kind);
            assert!(
                matches!(answer, PostAnswer::Unknown(_)),
                "request, {status} {shown}: {answer:?}"
            );
        }
        let answer = read_update_answer(status, &body, ID, KEY);
        assert!(
            matches!(answer, PostAnswer::Unknown(_)),
            "update, {status} {shown}: {answer:?}"
        );
        let answer = read_feedback_answer(status, &body, KEY);
        assert!(
            matches!(answer, PostAnswer::Unknown(_)),
            "feedback, {status} {shown}: {answer:?}"
        );
    }
}

#[test]
fn rule_14_a_refusal_is_an_error_of_the_endpoint_s_own() {
    for (status, body, expected, message) in REFUSALS {
        for answer in [
            refused(read_request_answer(status, body, NUMBERED), body),
            refused(read_request_answer(status, body, BLACK_BOX), body),
            refused(read_update_answer(status, body, ID, KEY), body),
            refused(read_feedback_answer(status, body, KEY), body),
        ] {
            assert_eq!(answer.0, expected, "{body}");
            assert_eq!(
                answer.1.first().map(String::as_str),
                Some(message),
                "{body}"
            );
        }
    }
}

#[test]
fn rule_14_what_was_said_besides_is_kept_for_people() {
    let body = r#"[{"code":500,"description":"Database down"}]"#;
    let PostAnswer::Unknown(error) = read_request_answer(200, body, BLACK_BOX) else {
        panic!("{body}");
    };
    assert_eq!(error.status, 500);
    assert_eq!(error.messages, ["Database down"]);
}

#[test]
fn rule_14_a_request_is_accepted_with_a_receipt() {
    let number = |id: &str| (Some(id.to_owned()), None);
    let token = |token: &str| (None, Some(token.to_owned()));
    for (status, body, expected) in [
        (201, r#"[{"service_request_id":293944}]"#, number("293944")),
        (
            200,
            r#"[{"service_request_id":"A-1","service_notice":"","account_id":null}]"#,
            number("A-1"),
        ),
        (
            200,
            r#"{"service_requests":{"request":{"service_request_id":1}}}"#,
            number("1"),
        ),
        (201, r#"[{"token":"t-1"}]"#, token("t-1")),
        (
            201,
            r#"[{"service_request_id":null,"token":"t-1"}]"#,
            token("t-1"),
        ),
        (200, r#"{"id":7}"#, number("7")),
        (200, r#"{"requests":[{"request_id":"7"}]}"#, number("7")),
        (
            201,
            r#"[{"id":"7","service_code":"171","requested_datetime":"2026-11-24T12:00:00Z"}]"#,
            number("7"),
        ),
        // The whole request instead of a receipt; its status is a word.
        (
            201,
            r#"[{"service_request_id":"q389dnqm","status":"open","description":"x","code":""}]"#,
            number("q389dnqm"),
        ),
        (
            201,
            r#"[{"service_request_id":"7"},{"service_request_id":"7"}]"#,
            number("7"),
        ),
        (
            200,
            r#"{"service_requests":[{"service_request_id":"20","account_id":"null"}],"errors":[]}"#,
            number("20"),
        ),
        (
            200,
            r#"[{"service_request_id":"20","error":null,"success":true}]"#,
            number("20"),
        ),
    ] {
        let answer = read_request_answer(status, body, NUMBERED);
        let PostAnswer::Accepted(receipt) = answer else {
            panic!("{body}: {answer:?}");
        };
        assert_eq!((receipt.service_request_id, receipt.token), expected);
    }
}

#[test]
fn rule_14_words_for_none_are_no_number_and_other_people_s_rows_are_no_receipt() {
    for body in [
        r#"[{"service_request_id":"null"}]"#,
        r#"[{"service_request_id":"undefined"}]"#,
        r#"[{"service_request_id":0}]"#,
        r#"[{"service_request_id":"-1"}]"#,
        r#"[{"service_request_id":"1\u000a2"}]"#,
        r#"[{"service_request_id":"7","status":"open"},{"service_request_id":"8"}]"#,
        r#"[{"service_notice":"Thank you"}]"#,
        r#"[{"service_request_id":null,"service_notice":null}]"#,
    ] {
        let answer = read_request_answer(200, body, NUMBERED);
        assert!(matches!(answer, PostAnswer::Unknown(_)), "{body}");
    }
    let long = format!(r#"[{{"service_request_id":"{}"}}]"#, "9".repeat(300));
    let answer = read_request_answer(200, &long, NUMBERED);
    assert!(matches!(answer, PostAnswer::Unknown(_)));
}

#[test]
fn rule_14_a_black_box_is_answered_with_a_row_that_has_a_receipt_s_fields() {
    for body in [
        r#"[{"service_request_id":null}]"#,
        r#"[{"service_request_id":"","service_notice":null,"account_id":null}]"#,
        r#"{"service_requests":[{"service_notice":"Thank you"}]}"#,
        r#"[{"account_id":"17"}]"#,
        r#"[{"token":null}]"#,
    ] {
        let answer = read_request_answer(201, body, BLACK_BOX);
        let PostAnswer::Accepted(receipt) = answer else {
            panic!("{body}: {answer:?}");
        };
        assert_eq!((receipt.service_request_id, receipt.token), (None, None));
    }
    let answer = read_request_answer(200, r#"[{"service_request_id":"5"}]"#, BLACK_BOX);
    let expected = Receipt {
        service_request_id: Some("5".into()),
        ..Receipt::default()
    };
    assert_eq!(answer, PostAnswer::Accepted(expected));
}

#[test]
fn rule_14_an_update_is_accepted_with_its_row() {
    for (status, body, is_accepted) in [
        (201, r#"[{"update_id":"6f1c"}]"#, true),
        (200, r#"[{"update_id":"99"}]"#, true),
        (
            200,
            r#"{"service_request_updates":[{"update_id":3}]}"#,
            true,
        ),
        (200, r#"{"service_request_updates":[{"id":3}]}"#, true),
        (
            200,
            r#"[{"id":3,"updated_datetime":"2026-11-24T12:00:00Z"}]"#,
            true,
        ),
        (
            200,
            r#"{"service_request_id":"26-01189","status":"open"}"#,
            true,
        ),
        (200, r#"[{"update_id":"1"},{"update_id":"6f1c"}]"#, true),
        // A list of earlier updates.
        (200, r#"[{"update_id":"1"},{"update_id":"2"}]"#, false),
        (200, r#"[{"service_request_id":"26-01190"}]"#, false),
        (200, r#"[{"update_id":null}]"#, false),
        (200, r#"[{"update_id":"null"}]"#, false),
        (200, r#"{"service_request_updates":[]}"#, false),
        (200, r#"{"id":3}"#, false),
    ] {
        let answer = read_update_answer(status, body, ID, KEY);
        assert_eq!(answer == PostAnswer::Accepted(()), is_accepted, "{body}");
        assert!(!matches!(answer, PostAnswer::Refused(_)), "{body}");
    }
}

#[test]
fn rule_14_feedback_is_accepted_with_its_own_id() {
    for (body, is_accepted) in [
        (r#"{"id":"6f1c"}"#, true),
        (r#"[{"id":"6f1c","about":"step"}]"#, true),
        (r#"{"id":"6f1d"}"#, false),
        (r#"{"id":null}"#, false),
        (r#"{"thanks":true}"#, false),
    ] {
        let answer = read_feedback_answer(201, body, KEY);
        assert_eq!(answer == PostAnswer::Accepted(()), is_accepted, "{body}");
    }
}

#[test]
fn rule_14_fields_of_a_request_are_named_in_errors_about_them() {
    for (body, messages) in [
        (
            r#"{"detail":{"description":["This field is required."],"lat":["No number"]}}"#,
            vec!["description: This field is required.", "lat: No number"],
        ),
        (
            r#"{"title":["Too long"],"non_field_errors":["No such service"]}"#,
            vec!["title: Too long", "No such service"],
        ),
        (r#"{"errors":{"base":["No"]}}"#, vec!["No"]),
        // A list of messages, and no field.
        (r#"{"code":400,"description":["A","B"]}"#, vec!["A", "B"]),
    ] {
        assert_eq!(read_error(400, body).messages, messages, "{body}");
    }
}
