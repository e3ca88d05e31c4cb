//! POST of a request: what is refused, what is returned, and what is stored.

use std::thread;
use std::time::{Duration, Instant};

use crate::steps::{id_of, post_request, row};
use crate::support::{BASE, REQUESTS, Sandbox};

const LOCATION: [(&str, &str); 2] = [("lat", "40.6205"), ("long", "-89.918")];
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n-and-the-rest-of-a-picture";

fn pothole<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("service_code", "pothole"), ("attribute[depth]", "deep")];
    fields.extend(LOCATION);
    fields.extend(more);
    fields
}

#[test]
fn a_request_is_stored_as_it_was_sent_and_can_be_looked_up_at_once() {
    let sandbox = Sandbox::new(&[]);
    let sent = sandbox.post(
        REQUESTS,
        &pothole(&[
            ("attribute[lane][]", "bike"),
            ("attribute[lane][]", "curb"),
            ("description", "Beside the drain\nsecond line <b>"),
            ("address_string", "118 Oak Street"),
            ("email", "someone@example.com"),
            ("account_id", "a-7"),
        ]),
    );
    assert_eq!(sent.status, 201, "{}", sent.text());
    let receipt = &sent.rows()[0];
    assert_eq!(receipt["account_id"], "a-7");
    assert!(receipt["service_notice"].is_string());
    let id = receipt["service_request_id"].as_str().unwrap();
    let row = row(&sandbox, id);
    assert_eq!(row["description"], "Beside the drain\nsecond line <b>");
    assert_eq!(row["address"], "118 Oak Street");
    assert_eq!(row["status"], "open");
    assert_eq!(row["agency_responsible"], "Street Maintenance");
    assert_eq!(row["lat"], 40.6205);
    assert!(row["expected_datetime"].is_string());
    assert!(
        !row.to_string().contains("example.com"),
        "the contact is not public: {row}"
    );
    let listed = &sandbox.get(&format!("{REQUESTS}?page_size=1")).rows()[0];
    assert_eq!(listed["service_request_id"], id);
}

#[test]
fn the_error_names_each_invalid_field_and_nothing_is_stored() {
    let sandbox = Sandbox::new(&[]);
    let before = sandbox.get(REQUESTS).rows().len();
    let long = "x".repeat(4001);
    let place = ("address_string", "12 Main St");
    let hole = ("service_code", "pothole");
    let deep = ("attribute[depth]", "deep");
    for (fields, status, causes) in [
        (vec![], 400, vec!["service_code was not provided"]),
        (
            vec![("service_code", "nothing"), place],
            404,
            vec!["service_code nothing was not found"],
        ),
        (
            vec![hole],
            400,
            vec!["a location is required", "attribute[depth] is required"],
        ),
        (
            vec![hole, deep, ("lat", "40"), ("long", "")],
            400,
            vec!["long was not provided"],
        ),
        (
            vec![hole, deep, ("long", "40")],
            400,
            vec!["lat was not provided"],
        ),
        (
            vec![hole, deep, ("lat", "91"), ("long", "x")],
            400,
            vec!["lat is not a number", "long is not a number"],
        ),
        (
            vec![hole, deep, ("lat", "0"), ("long", "0.0")],
            400,
            vec!["both 0"],
        ),
        (
            vec![hole, place, ("attribute[depth]", "abyss")],
            400,
            vec!["attribute[depth] has no value abyss"],
        ),
        (
            vec![hole, place, deep, ("attribute[colour]", "red")],
            400,
            vec!["attribute[colour] is not asked"],
        ),
        (
            vec![hole, place, deep, ("description", &long)],
            400,
            vec!["description has 4001 characters"],
        ),
        (
            vec![hole, place, deep, ("email", "nobody")],
            400,
            vec!["email"],
        ),
        (
            vec![hole, place, deep, ("media_url", "javascript:alert(1)")],
            400,
            vec!["media_url"],
        ),
        (
            vec![
                ("service_code", "recycling-cart"),
                place,
                ("attribute[reason]", "broken"),
                ("attribute[size]", "64"),
            ],
            400,
            vec!["attribute[damage] is required"],
        ),
    ] {
        let response = sandbox.post(REQUESTS, &fields);
        assert_eq!(response.status, status, "{fields:?}: {}", response.text());
        let errors = response.errors();
        assert_eq!(errors.len(), causes.len(), "{fields:?}: {errors:?}");
        for (error, cause) in errors.iter().zip(causes) {
            assert!(error.contains(cause), "{error} does not contain {cause}");
        }
    }
    assert_eq!(sandbox.get(REQUESTS).rows().len(), before);
    let json = sandbox.post_raw(REQUESTS, "application/json", b"{}");
    assert_eq!(json.status, 415, "{}", json.text());
    let broken = sandbox.post_raw(REQUESTS, "multipart/form-data; boundary=x", b"--y");
    assert_eq!(broken.status, 400, "{}", broken.text());
}

#[test]
fn a_conditional_question_is_required_only_when_it_is_asked() {
    let sandbox = Sandbox::new(&[]);
    let response = post_request(
        &sandbox,
        "recycling-cart",
        &[("attribute[reason]", "first"), ("attribute[size]", "64")],
    );
    assert_eq!(response.status, 201, "{}", response.text());
}

#[test]
fn the_api_key_is_required_if_the_sandbox_was_started_with_one() {
    let sandbox = Sandbox::new(&["--api-key", "open-sesame"]);
    for (key, status) in [("", 403), ("wrong", 403), ("open-sesame", 201)] {
        let response = sandbox.post(REQUESTS, &pothole(&[("api_key", key)]));
        assert_eq!(response.status, status, "{key}: {}", response.text());
        if status == 403 {
            assert!(response.errors()[0].starts_with("api_key"));
        }
    }
    assert_eq!(sandbox.get(REQUESTS).status, 200, "reading requires no key");
    assert_eq!(
        sandbox.get("/frontdoor.json").json()["api_key"],
        "open-sesame"
    );
}

#[test]
fn a_batch_service_returns_a_token_that_gets_a_number_later() {
    let sandbox = Sandbox::new(&["--token-delay", "700"]);
    let sent = post_request(&sandbox, "tax-copy", &[("attribute[year]", "2025")]);
    let receipt = &sent.rows()[0];
    assert!(receipt.get("service_request_id").is_none(), "{receipt}");
    let token = receipt["token"].as_str().unwrap();
    let look_up = || sandbox.get(&format!("{BASE}/tokens/{token}.json")).rows()[0].clone();
    let first = look_up();
    assert_eq!(first["token"], token);
    assert!(first["service_request_id"].is_null());
    let start = Instant::now();
    let id = loop {
        if let Some(id) = look_up()["service_request_id"].as_str() {
            break id.to_owned();
        }
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "the token never got a number"
        );
        thread::sleep(Duration::from_millis(50));
    };
    assert_eq!(
        sandbox
            .get(&format!("{BASE}/requests/{id}.json"))
            .rows()
            .len(),
        1
    );
}

#[test]
fn a_black_box_service_returns_a_notice_and_only_the_clerk_sees_the_request() {
    let sandbox = Sandbox::new(&[]);
    let before = sandbox.get(REQUESTS).rows().len();
    let sent = post_request(&sandbox, "report-fraud", &[("attribute[what]", "firewood")]);
    assert_eq!(sent.status, 201, "{}", sent.text());
    let receipt = &sent.rows()[0];
    assert!(receipt.get("service_request_id").is_none() && receipt.get("token").is_none());
    assert!(
        receipt["service_notice"]
            .as_str()
            .unwrap()
            .contains("auditor")
    );
    assert_eq!(sandbox.get(REQUESTS).rows().len(), before);
    assert!(sandbox.get("/clerk").text().contains("(inside only)"));
}

#[test]
fn the_same_key_returns_the_first_response_again() {
    let sandbox = Sandbox::new(&[]);
    let refused = sandbox.post(
        REQUESTS,
        &[("service_code", "pothole"), ("idempotency_key", "draft-1")],
    );
    assert_eq!(
        refused.status, 400,
        "a refused request does not use up its key"
    );
    let first = sandbox.post(REQUESTS, &pothole(&[("idempotency_key", "draft-1")]));
    let again = sandbox.post(
        REQUESTS,
        &pothole(&[("idempotency_key", "draft-1"), ("description", "x")]),
    );
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(first.text(), again.text());
    let other = sandbox.post(REQUESTS, &pothole(&[("idempotency_key", "draft-2")]));
    assert_ne!(first.text(), other.text());
}

#[test]
fn the_same_request_that_is_sent_many_times_at_once_is_stored_once() {
    let sandbox = Sandbox::new(&[]);
    let before = sandbox.get(REQUESTS).rows().len();
    let responses: Vec<String> = thread::scope(|scope| {
        let threads: Vec<_> = (0..12)
            .map(|_| {
                scope.spawn(|| {
                    let response = sandbox.post(REQUESTS, &pothole(&[("idempotency_key", "one")]));
                    assert_eq!(response.status, 201, "{}", response.text());
                    response.text().to_owned()
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    assert!(
        responses.iter().all(|response| *response == responses[0]),
        "{responses:?}"
    );
    assert_eq!(sandbox.get(REQUESTS).rows().len(), before + 1);
}

#[test]
fn photos_are_stored_and_served_as_images_never_as_a_page() {
    let sandbox = Sandbox::new(&[]);
    let jpeg = b"\xff\xd8\xff\xe0<script>alert(1)</script>".as_slice();
    let sent = sandbox.post_with_files(REQUESTS, &pothole(&[]), &[PIXEL, jpeg]);
    let id = id_of(&sent);
    let row = &sandbox
        .get(&format!("{BASE}/requests/{id}.json?extensions=true"))
        .rows()[0];
    let urls = row["media_urls"].as_array().unwrap();
    assert_eq!(row["media_url"], urls[0]);
    for (url, kind, bytes) in [
        (&urls[0], "image/png", PIXEL),
        (&urls[1], "image/jpeg", jpeg),
    ] {
        let photo = sandbox.get(url.as_str().unwrap());
        assert_eq!(photo.bytes, bytes);
        assert_eq!(photo.header("content-type"), kind);
        assert_eq!(photo.header("x-content-type-options"), "nosniff");
        assert!(photo.header("content-security-policy").contains("sandbox"));
    }
    assert_eq!(sandbox.get("/media/none.png").status, 404);
}

#[test]
fn files_that_are_not_photos_too_large_or_too_many_are_refused() {
    let sandbox = Sandbox::new(&[]);
    let mut large = PIXEL.to_vec();
    large.resize(10 * 1024 * 1024 + 1, 0);
    for (files, cause) in [
        (vec![b"<html><script>".as_slice()], "media is not a photo"),
        (
            vec![b"<svg xmlns='http://www.w3.org/2000/svg'/>".as_slice()],
            "media is not a photo",
        ),
        (vec![large.as_slice()], "media is larger than 10 MB"),
        (vec![PIXEL; 6], "media has 6 files"),
    ] {
        let response = sandbox.post_with_files(REQUESTS, &pothole(&[]), &files);
        assert_eq!(response.status, 400, "{}", response.text());
        assert!(
            response.errors()[0].contains(cause),
            "{:?}",
            response.errors()
        );
    }
    let empty = sandbox.post_with_files(REQUESTS, &pothole(&[]), &[b""]);
    assert_eq!(
        empty.status,
        201,
        "an empty file field counts as missing: {}",
        empty.text()
    );
    let huge = vec![b'x'; 33 * 1024 * 1024];
    let response = sandbox.post_raw(REQUESTS, "application/x-www-form-urlencoded", &huge);
    assert_eq!(response.status, 413, "{}", response.text());
}
