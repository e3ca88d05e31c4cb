//! Rules 7 and 9 to 12: what is sent, and what the responses mean. Each test is one rule, and its table has the
//! cases of the rule.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use open311::form::{AnswerValue, AttributeAnswer, IDEMPOTENCY_KEY, Post, encode};
use open311::{
    Location, Lookup, join, json, look_up_request, look_up_token, path_segment, read_error,
    read_receipt,
};

#[test]
fn rule_07_errors_of_every_shape_become_messages_and_keep_the_http_status() {
    let page = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title><style>p{}</style></head>\
        <body><h1>502 Bad <i>Gateway</i></h1><nav>Home About Contact</nav><hr>server/1.2</body></html>";
    for (body, code, messages) in [
        (
            r#"[{"code":403,"description":"Invalid api_key received"}]"#,
            Some("403"),
            vec!["Invalid api_key received"],
        ),
        (
            r#"{"code":"404","description":"jurisdiction_id not found"}"#,
            Some("404"),
            vec!["jurisdiction_id not found"],
        ),
        (
            r#"{"error":"Not <b>allowed</b>"}"#,
            None,
            vec!["Not allowed"],
        ),
        (
            r#"{"error":{"code":17,"message":"Too long"}}"#,
            Some("17"),
            vec!["Too long"],
        ),
        (
            r#"{"errors":[{"code":1,"description":"One"},{"code":2,"description":"Two"}]}"#,
            Some("1"),
            vec!["One", "Two"],
        ),
        (
            r#"{"errors":{"address":["can't be blank"],"first_name":["is odd","is long"]}}"#,
            None,
            vec![
                "address: can't be blank",
                "first name: is odd",
                "first name: is long",
            ],
        ),
        (
            r#"{"code":400,"detail":"A text"}"#,
            Some("400"),
            vec!["A text"],
        ),
        (
            r#"{"code":400,"detail":{"email":"Not an address","other":null}}"#,
            Some("400"),
            vec!["email: Not an address"],
        ),
        (
            r#"{"code":400,"detail":["One",{"message":"Two"}]}"#,
            Some("400"),
            vec!["One", "Two"],
        ),
        (
            r#"{"timestamp":1,"status":500,"error":"Server Error","message":"No luck","path":"/x"}"#,
            None,
            vec!["No luck", "Server Error"],
        ),
        (
            r#"{"error":true,"message":"Same","detail":"Same"}"#,
            None,
            vec!["Same"],
        ),
        (
            r#"{"errors":{"first<br>name":["is\nodd"]}}"#,
            None,
            vec!["first name: is odd"],
        ),
        (r#""Just a text""#, None, vec!["Just a text"]),
        (page, None, vec!["502 Bad Gateway"]),
        (
            "<p>Sorry,<br>we are <b>closed</b>.</p>",
            None,
            vec!["Sorry, we are closed."],
        ),
        (
            "<?xml version=\"1.0\"?><errors><error><code>404</code><description>No such \
             request</description></error></errors>",
            None,
            vec!["404 No such request"],
        ),
        (
            "HTTP/1.1 403 Forbidden \n\n<?xml version=\"1.0\"?>\n<error>Invalid api_key</error>",
            None,
            vec!["HTTP/1.1 403 Forbidden Invalid api_key"],
        ),
        ("[Warning] disk full", None, vec!["[Warning] disk full"]),
        ("Service  unavailable\n", None, vec!["Service unavailable"]),
        ("", None, vec![]),
        (" \n", None, vec![]),
        ("{}", None, vec![]),
        ("[]", None, vec![]),
        ("null", None, vec![]),
        (r#"{"error":404,"ok":false}"#, None, vec![]),
        (r#"{"errors":[{"code":400,"descr"#, None, vec![]),
    ] {
        let error = read_error(418, body);
        assert_eq!(error.status, 418);
        assert_eq!(error.messages, messages, "{body}");
        assert_eq!(error.code.as_deref(), code, "{body}");
    }
}

#[test]
fn rule_07_error_messages_are_few_and_short() {
    let many = format!(
        "[{}]",
        r#"{"description":"A"},"#.repeat(9) + r#"{"description":"B"}"#
    );
    assert_eq!(read_error(400, &many).messages, ["A", "B"]);
    let ten: Vec<String> = (0..10).map(|n| format!("\"{n}!\"")).collect();
    let ten = format!("[{}]", ten.join(","));
    assert_eq!(read_error(400, &ten).messages.len(), 5);
    for body in ["ü".repeat(5000), format!("\"{}\"", "ü ".repeat(5000))] {
        let messages = read_error(500, &body).messages;
        assert_eq!(messages.len(), 1);
        assert_eq!(messages[0].chars().count(), 300);
        assert!(messages[0].ends_with('…'));
    }
}

#[test]
fn rule_09_a_post_is_a_form_with_attribute_codes_in_brackets() {
    let answer = |code: &str, value| AttributeAnswer {
        code: code.into(),
        value,
    };
    let post = Post {
        service_code: " 001 ".into(),
        jurisdiction_id: "city.example".into(),
        location: Location::new(41.858724777757864, -87.66475146237676),
        attributes: vec![
            answer("TYPE", AnswerValue::One("large & brown".into())),
            answer(
                "DAYS",
                AnswerValue::Many(vec!["mo".into(), " ".into(), "fr".into()]),
            ),
            answer("NONE", AnswerValue::One(" ".into())),
            answer("FEW", AnswerValue::Many(vec![])),
        ],
        description: "Straße 5:\n100% = ~*-._'(😀)".into(),
        email: String::new(),
        ..Post::default()
    };
    assert_eq!(
        encode(&post.pairs()),
        "jurisdiction_id=city.example&service_code=001&lat=41.858725&long=-87.664751\
         &attribute%5BTYPE%5D=large+%26+brown&attribute%5BDAYS%5D%5B%5D=mo\
         &attribute%5BDAYS%5D%5B%5D=fr\
         &description=Stra%C3%9Fe+5%3A%0A100%25+%3D+%7E*-._%27%28%F0%9F%98%80%29"
    );
    assert_eq!(encode(&[]), "");
}

#[test]
fn rule_09_a_receipt_has_an_id_a_token_or_neither() {
    for (answer, id, token) in [
        (
            r#"[{"service_request_id":293944,"account_id":null}]"#,
            Some("293944"),
            None,
        ),
        (r#"{"service_request_id":"A-1"}"#, Some("A-1"), None),
        (
            r#"{"service_requests":[{"service_request_id":"A-1"}]}"#,
            Some("A-1"),
            None,
        ),
        (
            r#"{"service_requests":{"request":{"service_request_id":1}}}"#,
            Some("1"),
            None,
        ),
        (r#"[{"request":{"service_request_id":1}}]"#, Some("1"), None),
        (
            r#"[{"token":"12345","service_request_id":""}]"#,
            None,
            Some("12345"),
        ),
        (
            r#"{"service_request_id":638344,"token":12345}"#,
            Some("638344"),
            Some("12345"),
        ),
        (r#"[{"service_notice":"x"},{"token":1}]"#, None, Some("1")),
        (r#"[{"service_notice":"Thank you"}]"#, None, None),
        ("[]", None, None),
        ("null", None, None),
        ("true", None, None),
        (r#"[null,7,"x"]"#, None, None),
    ] {
        let receipt = read_receipt(&json::parse(answer).unwrap());
        assert_eq!(receipt.service_request_id.as_deref(), id, "{answer}");
        assert_eq!(receipt.token.as_deref(), token, "{answer}");
    }
    let notice = r#"{"service_request_id":1,"service_notice":" <p>Within 24 hours</p> "}"#;
    let receipt = read_receipt(&json::parse(notice).unwrap());
    assert_eq!(receipt.service_notice.as_deref(), Some("Within 24 hours"));
}

#[test]
fn rule_10_a_draft_is_sent_with_its_idempotency_key_as_a_form_field() {
    let post = Post {
        service_code: "1".into(),
        idempotency_key: "6f1c".into(),
        ..Post::default()
    };
    assert_eq!(encode(&post.pairs()), "service_code=1&idempotency_key=6f1c");
    assert_eq!(IDEMPOTENCY_KEY, "idempotency_key");
}

#[test]
fn rule_11_after_a_post_not_found_and_an_empty_response_mean_not_yet() {
    for (status, body) in [
        (404, ""),
        (404, "<html><title>Not found</title></html>"),
        (404, r#"[{"code":404,"description":"No such request"}]"#),
        (200, ""),
        (200, "[]"),
        (200, "{}"),
        (200, "null"),
        (200, r#"{"service_requests":[]}"#),
        (200, r#"{"service_requests":{"request":null}}"#),
        (200, r#"[{"code":"404","description":"No such request"}]"#),
        (
            200,
            r#"[{"service_request_id":null,"service_notice":"Wait"}]"#,
        ),
        (202, ""),
        (204, ""),
    ] {
        assert_eq!(look_up_request(status, body, "7"), Lookup::NotYet, "{body}");
        assert_eq!(look_up_token(status, body), Lookup::NotYet, "{body}");
    }
    assert_eq!(look_up_token(200, r#"[{"token":"t"}]"#), Lookup::NotYet);
}

#[test]
fn rule_11_only_the_requested_row_is_found() {
    for (body, id, expected) in [
        (
            r#"[{"service_request_id":7,"status":"open"}]"#,
            "7",
            Some("7"),
        ),
        (r#"{"service_request_id":"A-7"}"#, " a-7 ", Some("A-7")),
        (r#"[{"service_request_id":"0007"}]"#, "7", Some("0007")),
        (
            r#"[{"service_request_id":6},{"service_request_id":7}]"#,
            "7",
            Some("7"),
        ),
        (
            r#"[{"service_request_id":6},{"service_request_id":8}]"#,
            "7",
            None,
        ),
    ] {
        let found = match look_up_request(200, body, id) {
            Lookup::Found(request) => request.id,
            Lookup::NotYet => None,
            Lookup::Failed(error) => panic!("{error:?}"),
        };
        assert_eq!(found.as_deref(), expected, "{body}");
    }
    let Lookup::Found(receipt) = look_up_token(200, r#"[{"token":"t","service_request_id":7}]"#)
    else {
        panic!("found");
    };
    assert_eq!(receipt.service_request_id.as_deref(), Some("7"));
}

#[test]
fn rule_11_anything_else_is_a_failure_with_its_messages() {
    for (status, body, message) in [
        (500, "", None),
        (
            403,
            r#"[{"code":403,"description":"Invalid key"}]"#,
            Some("Invalid key"),
        ),
        (
            200,
            r#"{"errors":[{"code":500,"description":"Down"}]}"#,
            Some("Down"),
        ),
        (
            200,
            "<html><title>Please log in</title></html>",
            Some("Please log in"),
        ),
        (200, r#"[{"service_request_id":"#, None),
    ] {
        for failure in [
            match look_up_request(status, body, "7") {
                Lookup::Failed(error) => error,
                other => panic!("{body}: {other:?}"),
            },
            match look_up_token(status, body) {
                Lookup::Failed(error) => error,
                other => panic!("{body}: {other:?}"),
            },
        ] {
            assert_eq!(failure.status, status);
            assert_eq!(
                failure.messages.first().map(String::as_str),
                message,
                "{body}"
            );
        }
    }
}

/// Distinguishing a CORS refusal from other failures is the widget's part of rule 12, because only the browser
/// knows. This crate's part is to leave a path on the city's own site unchanged.
#[test]
fn rule_12_paths_are_joined_to_any_base_and_nothing_is_added() {
    for (base, path, expected) in [
        ("/open311", "services.json", "/open311/services.json"),
        ("open311/v2", "services.json", "open311/v2/services.json"),
        (
            "https://c.example/api/",
            "/requests.json",
            "https://c.example/api/requests.json",
        ),
        (
            "https://c.example//",
            "requests.json",
            "https://c.example/requests.json",
        ),
        (
            "https://c.example",
            "requests.json?page=2",
            "https://c.example/requests.json?page=2",
        ),
        (
            "https://c.example/?jurisdiction_id=c.example#top",
            "requests.json?page=2",
            "https://c.example/requests.json?jurisdiction_id=c.example&page=2",
        ),
        (
            "https://c.example/x?a=1&",
            "y.json",
            "https://c.example/x/y.json?a=1",
        ),
        ("/", "services.json", "/services.json"),
        ("", "services.json", "services.json"),
        (" https://c.example/v2 ", "", "https://c.example/v2"),
    ] {
        assert_eq!(join(base, path), expected);
    }
    assert_eq!(path_segment("14-01100669"), "14-01100669");
    assert_eq!(path_segment("#7/a b?ü"), "%237%2Fa%20b%3F%C3%BC");
}
