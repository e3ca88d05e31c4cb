//! Other systems' shapes, read with the crate that the widget reads them with: what was sent has to
//! come back, and what a system has not got has to be absent.

mod errors;
mod formats;
mod missing_features;

use std::thread;
use std::time::Duration;

use open311::form::{AnswerValue, AttributeAnswer, Post, encode};
use open311::{
    Location, Lookup, Service, ServiceRequest, Stage, json, look_up_request, look_up_token,
    path_segment, read_definition, read_receipt, read_requests, read_services,
};
use serde_json::Value;

use crate::support::{Folder, Sandbox};

const NAMES: [&str; 10] = [
    "seeclickfix",
    "connected-bits",
    "bos311",
    "ureport",
    "klarschiff",
    "markaspot",
    "6aika",
    "fixmystreet",
    "adapter",
    "libre311",
];
const DESCRIPTION: &str = "The lid is broken & < 2 inches wide.\nIt is üblich, \"see\" it.";
const FORM: &str = "application/x-www-form-urlencoded";

struct City {
    sandbox: Sandbox,
    base: String,
    config: Value,
    _folder: Folder,
}

impl City {
    fn start(name: &str) -> Self {
        City::start_with_delay(name, "200")
    }

    fn start_with_delay(name: &str, delay: &str) -> Self {
        let folder = Folder::new();
        let sandbox = Sandbox::start(&folder, &["--dialect", name, "--token-delay", delay]);
        let config = sandbox.get("/frontdoor.json").json();
        let base = format!("/{}", config["endpoint"].as_str().unwrap());
        City {
            sandbox,
            base,
            config,
            _folder: folder,
        }
    }

    fn get(&self, path: &str) -> (u16, String) {
        let answer = self.sandbox.get(&format!("{}/{path}", self.base));
        (answer.status, answer.text().to_owned())
    }

    fn read(&self, path: &str) -> open311::Value {
        let (status, text) = self.get(path);
        assert_eq!(status, 200, "{path}: {text}");
        json::parse(&text).unwrap()
    }

    fn service(&self, name: &str) -> Service {
        let services = read_services(&self.read("services.json"));
        assert_eq!((services.rows.len(), services.bad_rows), (53, 0));
        let found = services.rows.into_iter().find(|row| row.name == name);
        found.unwrap_or_else(|| panic!("no {name}"))
    }

    fn post(&self, post: &Post) -> (u16, String) {
        let body = encode(&post.pairs());
        let path = format!("{}/requests.json", self.base);
        let answer = self.sandbox.post_raw(&path, FORM, body.as_bytes());
        (answer.status, answer.text().to_owned())
    }

    /// Sends it and follows it to its number.
    fn send(&self, post: &Post) -> String {
        let (status, text) = self.post(post);
        assert!(status == 200 || status == 201, "{status} {text}");
        let receipt = read_receipt(&json::parse(&text).unwrap());
        if let Some(id) = receipt.service_request_id {
            return id;
        }
        let token = receipt
            .token
            .unwrap_or_else(|| panic!("neither number nor token: {text}"));
        for _ in 0..100 {
            let (status, body) = self.get(&format!("tokens/{token}.json"));
            match look_up_token(status, &body) {
                Lookup::Found(receipt) => return receipt.service_request_id.unwrap(),
                Lookup::NotYet => thread::sleep(Duration::from_millis(20)),
                Lookup::Failed(error) => panic!("{error:?}"),
            }
        }
        panic!("the token never became a number");
    }

    /// Some show a request only after a while.
    fn look_up(&self, id: &str) -> ServiceRequest {
        for _ in 0..100 {
            let (status, body) = self.get(&format!("requests/{}.json", path_segment(id)));
            match look_up_request(status, &body, id) {
                Lookup::Found(request) => return *request,
                Lookup::NotYet => thread::sleep(Duration::from_millis(20)),
                Lookup::Failed(error) => panic!("{id}: {error:?}: {body}"),
            }
        }
        panic!("{id} was never shown");
    }

    fn clerk(&self, id: &str) -> String {
        let digits: String = id.chars().filter(char::is_ascii_digit).collect();
        let number: u32 = digits[digits.len() - 5..].parse().unwrap();
        format!("/clerk/{number}")
    }
}

/// A recycling cart, with the answers that the definition asks for.
fn cart(city: &City) -> Post {
    let service = city.service("Recycling cart");
    let path = format!("services/{}.json", path_segment(&service.code));
    let attributes = if service.metadata {
        let definition = read_definition(&city.read(&path));
        assert_eq!(
            definition.service_code.as_deref(),
            Some(service.code.as_str())
        );
        assert_eq!(definition.bad_rows, 0);
        let codes: Vec<&str> = definition
            .attributes
            .iter()
            .map(|a| a.code.as_str())
            .collect();
        assert_eq!(codes, ["reason", "damage", "size", "people", "place"]);
        vec![
            AttributeAnswer {
                code: "reason".into(),
                value: AnswerValue::One("broken".into()),
            },
            AttributeAnswer {
                code: "damage".into(),
                value: AnswerValue::Many(vec!["lid".into(), "wheel".into()]),
            },
            AttributeAnswer {
                code: "size".into(),
                value: AnswerValue::One("64".into()),
            },
        ]
    } else {
        // There is no such path, or nothing is asked there.
        let (status, text) = city.get(&path);
        if status == 200 {
            let definition = read_definition(&json::parse(&text).unwrap());
            assert!(
                definition.attributes.is_empty() && definition.bad_rows == 0,
                "{text}"
            );
        } else {
            assert_eq!(status, 404, "{text}");
        }
        Vec::new()
    };
    Post {
        service_code: service.code,
        location: Location::new(40.6205, -89.918),
        address_string: "118 Oak Street".into(),
        attributes,
        description: DESCRIPTION.into(),
        email: "someone@example.com".into(),
        idempotency_key: "draft-1".into(),
        ..Post::default()
    }
}

fn assert_came_back(name: &str, post: &Post, request: &ServiceRequest) {
    assert_eq!(request.description.as_deref(), Some(DESCRIPTION), "{name}");
    assert_eq!(request.address.as_deref(), Some("118 Oak Street"), "{name}");
    assert_eq!(
        request.service_name.as_deref(),
        Some("Recycling cart"),
        "{name}"
    );
    assert_eq!(
        request.service_code.as_deref(),
        Some(post.service_code.as_str()),
        "{name}"
    );
    assert_eq!(
        request.agency_responsible.as_deref(),
        Some("Solid Waste"),
        "{name}"
    );
    let place = request
        .location
        .unwrap_or_else(|| panic!("{name}: no location"));
    assert!(
        (place.lat - 40.6205).abs() < 1e-6 && (place.long + 89.918).abs() < 1e-6,
        "{name}"
    );
    for moment in [&request.requested, &request.updated, &request.expected] {
        let moment = moment.as_ref().unwrap_or_else(|| panic!("{name}: no date"));
        assert!(moment.parsed.is_some(), "{name}: {moment:?}");
    }
    assert_eq!(
        request.status.stage(),
        Stage::Open,
        "{name}: {:?}",
        request.status
    );
}

#[test]
fn what_was_sent_comes_back_in_every_dialect() {
    for name in NAMES {
        let city = City::start(name);
        let post = cart(&city);
        let id = city.send(&post);
        assert_came_back(name, &post, &city.look_up(&id));
        let list = read_requests(&city.read("requests.json"));
        assert_eq!(list.bad_rows, 0, "{name}");
        let row = &list.rows[0];
        assert_eq!(row.id.as_deref(), Some(id.as_str()), "{name}");
        assert_came_back(name, &post, row);
        let of_service = format!(
            "requests.json?service_code={}",
            path_segment(&post.service_code)
        );
        let narrowed = read_requests(&city.read(&of_service));
        assert!(!narrowed.rows.is_empty(), "{name}");
        for row in narrowed.rows {
            assert_eq!(
                row.service_code.as_deref(),
                Some(post.service_code.as_str()),
                "{name}"
            );
        }
        let page = city.sandbox.get(&city.clerk(&id)).text().to_owned();
        assert!(page.contains("someone@example.com"), "{name}: {page}");
        assert_eq!(
            page.contains("lid, wheel"),
            !post.attributes.is_empty(),
            "{name}"
        );
    }
}

#[test]
fn a_request_that_moves_on_does_so_in_the_dialects_words() {
    for (name, words) in [
        (
            "seeclickfix",
            ["open", "acknowledged", "acknowledged", "closed"],
        ),
        ("connected-bits", ["Open", "Open", "Open", "Closed"]),
        ("bos311", ["open", "open", "open", "closed"]),
        ("ureport", ["open", "open", "open", "closed"]),
        ("klarschiff", ["open", "open", "open", "closed"]),
        ("markaspot", ["open", "open", "open", "closed"]),
        ("6aika", ["open", "open", "open", "closed"]),
        (
            "fixmystreet",
            ["open", "investigating", "action_scheduled", "fixed"],
        ),
        (
            "adapter",
            ["open", "in_progress", "action_scheduled", "closed"],
        ),
        ("libre311", ["open", "assigned", "in_progress", "closed"]),
    ] {
        let city = City::start(name);
        let id = city.send(&cart(&city));
        for (stage, word) in ["received", "in_progress", "waiting", "closed"]
            .iter()
            .zip(words)
        {
            let fields = [("stage", *stage), ("note", "A note & more < less")];
            assert_eq!(city.sandbox.post(&city.clerk(&id), &fields).status, 303);
            let request = city.look_up(&id);
            let (_, text) = city.get(&format!("requests/{id}.json"));
            assert!(
                text.contains(&format!("\"status\":\"{word}\"")),
                "{name}: {text}"
            );
            assert_eq!(
                request.status_notes.as_deref(),
                Some("A note & more < less"),
                "{name}"
            );
            let open = if *stage == "closed" {
                Stage::Closed
            } else {
                Stage::Open
            };
            assert_eq!(request.status.stage(), open, "{name}: {:?}", request.status);
        }
    }
}
