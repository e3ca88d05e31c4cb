//! Responses truncated at every byte: no reader panics, and none returns a number or a token that the city did not
//! send. A wrong number is worse than none.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use open311::{
    Lookup, json, look_up_request, look_up_token, read_definition, read_error, read_receipt,
    read_requests, read_services, read_updates,
};

const SERVICES: &str = r#"[
  {"service_code": "029", "service_name": "Straße & Gehweg – “Loch”", "description": "<p>Ein Loch, <b>tief</b> &uuml;ber 5 cm</p>",
   "metadata": true, "type": "batch", "keywords": "loch, straße, größe", "group": "Straßen"},
  {"service_code": 30, "service_name": "\u00c1rbol ca\u00eddo \ud83c\udf33", "metadata": "false", "type": "realtime", "keywords": null}
]
"#;

const DEFINITION: &str = r#"{"service_code": "029", "attributes": [
  {"variable": true, "code": "GRÖSSE", "datatype": "singlevaluelist", "required": "true", "order": 1,
   "description": "Wie groß?", "values": [{"key": 123, "name": "Ein Fuß"}, {"key": "ZWEI", "name": "Zwei Füße"}]},
  {"variable": false, "code": "note", "datatype": "text", "description": "Bitte 10 € bereithalten", "order": "2"}
]}"#;

const REQUESTS: &str = r#"{"requests": [
  {"service_request_id": 638344, "status": "open", "service_code": "029", "description": "Glas überall 🚲",
   "requested_datetime": "2026-11-23T06:37:38-06:00", "lat": 37.762221815, "long": -122.4651145, "media_url": "http://city.example/1.jpg"},
  {"service_request_id": "26-01187", "token": "t-77aa", "status": "closed", "lat": "0", "long": "0", "address": "8th Ave & Judah"},
  {"token": "t-88bb", "status": null}
]}"#;

const RECEIPT: &str = r#"[{"service_request_id": 12345678, "token": null, "service_notice": "Wir antworten in 24 Stunden – spätestens.", "account_id": "A-9"}]"#;

const TOKEN: &str = "\u{feff}{\"service_requests\": {\"request\": {\"token\": \"6ba7b810-9dad\", \"service_request_id\": \"26-01187\"}}}\n";

/// Valid JSON and not a response: it is not the number of a request.
const BARE: &str = "12345678\n";

const UPDATES: &str = r#"[{"update_id": "868", "service_request_id": "26-01187", "status": "waiting",
  "updated_datetime": "2026-11-19T09:10:00-06:00", "description": "Spät dran. Es tut uns leid – “wirklich”.", "media_url": null},
  {"update_id": 869, "service_request_id": 2601187, "status": "closed", "description": "Fertig 🎉"}]"#;

const ERROR: &str = r#"{"message": "Bad Request", "_embedded": {"errors": [{"message": "Die Adresse liegt außerhalb"}]},
  "code": 4041, "request_id": "0815"}"#;

const PAGE: &str = "<!doctype html><html><head><title>Störung</title></head><body><h1>Wartung bis 18 Uhr</h1><script>go(404)</script></body></html>";

const ALL: [(&str, &str); 9] = [
    ("services", SERVICES),
    ("definition", DEFINITION),
    ("requests", REQUESTS),
    ("receipt", RECEIPT),
    ("token", TOKEN),
    ("a bare number", BARE),
    ("updates", UPDATES),
    ("error", ERROR),
    ("page", PAGE),
];

/// A response truncated at each of its bytes, as a browser decodes it.
fn cuts(text: &str) -> impl Iterator<Item = (usize, String)> + '_ {
    let cut = |end: usize| String::from_utf8_lossy(&text.as_bytes()[..end]).into_owned();
    (0..=text.len()).map(move |end| (end, cut(end)))
}

/// Everything in a response that could be taken for the number of a request or the token of a receipt,
/// whatever was requested.
fn numbers(body: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let Ok(value) = json::parse(body) {
        let receipt = read_receipt(&value);
        found.extend([
            receipt.service_request_id,
            receipt.token,
            receipt.account_id,
        ]);
        for row in read_requests(&value).rows {
            found.extend([row.id, row.token]);
        }
        for row in read_updates(&value).rows {
            found.extend([row.id, row.service_request_id]);
        }
        let codes = read_services(&value).rows.into_iter();
        found.extend(codes.map(|service| Some(service.code)));
        let asked = read_definition(&value).attributes.into_iter();
        found.extend(asked.map(|attribute| Some(attribute.code)));
    }
    for id in ["638344", "26-01187", "12345678"] {
        if let Lookup::Found(row) = look_up_request(200, body, id) {
            found.extend([row.id, row.token]);
        }
    }
    if let Lookup::Found(receipt) = look_up_token(200, body) {
        found.extend([receipt.service_request_id, receipt.token]);
    }
    found.into_iter().flatten().collect()
}

#[test]
fn no_truncated_response_has_a_number_that_the_whole_one_does_not_have() {
    for (name, text) in ALL {
        let whole = numbers(text);
        let mut given = 0;
        for (end, cut) in cuts(text) {
            let found = numbers(&cut);
            given += usize::from(!found.is_empty());
            for number in found {
                assert!(
                    whole.contains(&number),
                    "{name} cut at {end} gives {number}"
                );
            }
        }
        // If the whole one had no numbers, this would prove nothing.
        let gives = !matches!(name, "a bare number" | "page" | "error");
        assert!(!gives || given > 0, "{name} gives nothing even when whole");
    }
    assert!(numbers(REQUESTS).contains(&"638344".to_owned()));
    assert!(numbers(RECEIPT).contains(&"12345678".to_owned()));
    assert!(numbers(TOKEN).contains(&"26-01187".to_owned()));
    assert_eq!(numbers(BARE), Vec::<String>::new());
}

#[test]
fn a_truncated_response_is_not_valid_json() {
    for (name, text) in ALL.into_iter().filter(|(name, _)| *name != "a bare number") {
        let end_of_it = text.trim_end().len();
        for (end, cut) in cuts(text) {
            let is_whole = end >= end_of_it && name != "page";
            assert_eq!(json::parse(&cut).is_ok(), is_whole, "{name} cut at {end}");
        }
    }
}

#[test]
fn a_truncated_look_up_is_neither_found_nor_missing() {
    let length = RECEIPT.len();
    for (end, cut) in cuts(RECEIPT).take(length).skip(1) {
        let request = look_up_request(200, &cut, "12345678");
        assert!(
            matches!(request, Lookup::Failed(_)),
            "cut at {end}: {request:?}"
        );
        let token = look_up_token(200, &cut);
        assert!(
            matches!(token, Lookup::Failed(_)),
            "cut at {end}: {token:?}"
        );
    }
}

#[test]
fn a_truncated_error_has_its_status_and_neither_half_a_code_nor_markup() {
    for (name, text) in ALL {
        let whole = read_error(500, text);
        for status in [200, 400, 404, 429, 500, 503] {
            for (end, cut) in cuts(text) {
                let error = read_error(status, &cut);
                assert_eq!(error.status, status, "{name} cut at {end}");
                assert!(
                    error.code.is_none() || error.code == whole.code,
                    "{name} cut at {end}: {error:?}"
                );
                // A truncated tag is shown as text; a whole tag never is.
                for message in &error.messages {
                    let is_clean = !message.contains(['>', '{', '[']);
                    assert!(is_clean, "{name} cut at {end} says {message}");
                }
            }
        }
    }
    assert_eq!(read_error(400, ERROR).code.as_deref(), Some("4041"));
}
