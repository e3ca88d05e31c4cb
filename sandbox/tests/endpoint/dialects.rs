//! The dialects, read with the crate with which the widget reads them: a request must come back as it was
//! sent, and what a system does not have must be absent.

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

use crate::steps::{clerk_action, clerk_page};
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
        let response = self.sandbox.get(&format!("{}/{path}", self.base));
        (response.status, response.text().to_owned())
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
        let response = self.sandbox.post_raw(&path, FORM, body.as_bytes());
        (response.status, response.text().to_owned())
    }

    /// Sends a request and waits for its id.
    fn send(&self, post: &Post) -> String {
        let (status, text) = self.post(post);
        assert!(status == 200 || status == 201, "{status} {text}");
        let receipt = read_receipt(&json::parse(&text).unwrap());
        if let Some(id) = receipt.service_request_id {
            return id;
        }
        let token = receipt
            .token
            .unwrap_or_else(|| panic!("neither id nor token: {text}"));
        for _ in 0..100 {
            let (status, body) = self.get(&format!("tokens/{token}.json"));
            match look_up_token(status, &body) {
                Lookup::Found(receipt) => return receipt.service_request_id.unwrap(),
                Lookup::NotYet => thread::sleep(Duration::from_millis(20)),
                Lookup::Failed(error) => panic!("{error:?}"),
            }
        }
        panic!("the token never got an id");
    }

    /// Some systems publish a request only after a delay.
    fn look_up(&self, id: &str) -> ServiceRequest {
        for _ in 0..100 {
            let (status, body) = self.get(&format!("requests/{}.json", path_segment(id)));
            match look_up_request(status, &body, id) {
                Lookup::Found(request) => return *request,
                Lookup::NotYet => thread::sleep(Duration::from_millis(20)),
                Lookup::Failed(error) => panic!("{id}: {error:?}: {body}"),
            }
        }
        panic!("{id} was never published");
    }
}

/// A request for a recycling cart, with the required answers.
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
        // There is no such path, or the definition has no questions.
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
fn a_request_comes_back_as_it_was_sent_in_every_dialect() {
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
        let filtered = format!(
            "requests.json?service_code={}",
            path_segment(&post.service_code)
        );
        let narrowed = read_requests(&city.read(&filtered));
        assert!(!narrowed.rows.is_empty(), "{name}");
        for row in narrowed.rows {
            assert_eq!(
                row.service_code.as_deref(),
                Some(post.service_code.as_str()),
                "{name}"
            );
        }
        let page = clerk_page(&city.sandbox, &id);
        assert!(page.contains("someone@example.com"), "{name}: {page}");
        assert_eq!(
            page.contains("lid, wheel"),
            !post.attributes.is_empty(),
            "{name}"
        );
    }
}

#[test]
fn each_stage_has_its_status_in_every_dialect() {
    for (name, statuses) in [
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
        for (stage, status) in ["received", "in_progress", "waiting", "closed"]
            .iter()
            .zip(statuses)
        {
            let fields = [("stage", *stage), ("note", "A note & more < less")];
            clerk_action(&city.sandbox, &id, "", &fields);
            let request = city.look_up(&id);
            let (_, text) = city.get(&format!("requests/{id}.json"));
            assert!(
                text.contains(&format!("\"status\":\"{status}\"")),
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
