//! GET: discovery, services, definitions, requests, and the errors of invalid calls.

use std::collections::BTreeSet;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::support::{BASE, REQUESTS, Response, Sandbox};

fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap_or_default()
}

#[test]
fn the_sample_city_has_every_type_of_service_and_every_datatype() {
    let sandbox = Sandbox::new(&[]);
    let services = sandbox.get(&format!("{BASE}/services.json")).rows();
    assert!(services.len() >= 42, "{} services", services.len());
    let set = |field| {
        services
            .iter()
            .map(|row| text(row, field))
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(set("group").len(), 8);
    assert_eq!(
        set("type"),
        BTreeSet::from(["realtime", "batch", "blackbox"])
    );
    assert_eq!(set("service_code").len(), services.len());

    let mut datatypes = BTreeSet::new();
    let mut features = BTreeSet::new();
    for service in &services {
        let code = text(service, "service_code");
        let response = sandbox.get(&format!("{BASE}/services/{code}.json"));
        if service["metadata"] == false {
            assert_eq!(response.status, 404, "{code}");
            features.insert("no definition");
            continue;
        }
        let definition = response.json();
        assert_eq!(definition["service_code"], code);
        for attribute in definition["attributes"].as_array().unwrap() {
            datatypes.insert(text(attribute, "datatype").to_owned());
            let is_list = text(attribute, "datatype").ends_with("valuelist");
            let offers_times =
                text(attribute, "datatype") == "datetime" && attribute["values"].is_array();
            assert_eq!(
                is_list || offers_times,
                attribute["values"].is_array(),
                "{code}: {attribute}"
            );
            for (feature, is_present) in [
                ("notice", attribute["variable"] == false),
                ("required", attribute["required"] == true),
                ("hint", attribute["datatype_description"].is_string()),
                (
                    "hidden by the server",
                    attribute["automated"] == "server_set",
                ),
                ("hidden field", attribute["automated"] == "hidden_field"),
                ("conditional", attribute["dependencies"].is_object()),
                (
                    "fractional order",
                    attribute["order"].as_f64().is_some_and(|o| o.fract() > 0.0),
                ),
                ("no order", attribute["order"].is_null()),
                ("free times", offers_times),
                ("a stop", attribute["stops"].is_array()),
                (
                    "a value that stops",
                    attribute.to_string().contains("\"stop\":"),
                ),
                ("other values", attribute["conditional_values"].is_array()),
                (
                    "a group in a group",
                    attribute.to_string().matches("\"clause\":").count() == 2,
                ),
            ] {
                if is_present {
                    features.insert(feature);
                }
            }
        }
    }
    for datatype in [
        "string",
        "number",
        "datetime",
        "text",
        "singlevaluelist",
        "multivaluelist",
    ] {
        assert!(datatypes.remove(datatype), "no {datatype}");
    }
    assert_eq!(
        datatypes.len(),
        1,
        "one datatype is not in the specification: {datatypes:?}"
    );
    assert_eq!(features.len(), 14, "{features:?}");
}

#[test]
fn discovery_describes_this_endpoint_as_a_test() {
    let sandbox = Sandbox::new(&["--jurisdiction", "riverton.example"]);
    let discovery = sandbox.get(&format!("{BASE}/discovery.json")).json();
    let endpoint = &discovery["endpoints"][0];
    assert_eq!(endpoint["url"], format!("{}{BASE}", sandbox.origin));
    assert_eq!(endpoint["type"], "test");
}

#[test]
fn the_sample_city_has_several_hundred_requests_with_histories() {
    let sandbox = Sandbox::new(&[]);
    let rows = sandbox.get(&format!("{REQUESTS}?extensions=true")).rows();
    assert!(rows.len() > 200, "{} requests in 90 days", rows.len());
    let open = rows.iter().filter(|row| row["status"] == "open").count();
    assert!(
        open > 20 && open < rows.len() / 2,
        "{open} of {} are open",
        rows.len()
    );
    let mut dates = rows.iter().map(|row| text(row, "requested_datetime"));
    // The offset changes with summer time, so only the days are compared.
    assert!(dates.next().unwrap()[..10] > dates.next_back().unwrap()[..10]);
    let statuses: BTreeSet<&str> = rows
        .iter()
        .flat_map(|row| row["notes"].as_array().unwrap())
        .map(|note| text(note, "status"))
        .collect();
    for status in [
        "open",
        "in_progress",
        "waiting",
        "closed",
        "duplicate",
        "internal_referral",
    ] {
        assert!(statuses.contains(status), "no {status} in {statuses:?}");
    }
    let now = jiff::Timestamp::now();
    let is_late = |row: &&Value| {
        let expected: jiff::Timestamp = text(row, "expected_datetime").parse().unwrap();
        row["status"] == "open" && expected < now
    };
    let late = rows.iter().filter(is_late).count();
    assert!((3..30).contains(&late), "{late} are open and late");
    for row in &rows {
        assert!(
            text(row, "address").len() > 4 && row["lat"].is_number(),
            "{row}"
        );
        assert!(!text(row, "agency_responsible").is_empty());
    }
}

#[test]
fn each_filter_narrows_the_list_and_accepts_several_values() {
    let sandbox = Sandbox::new(&[]);
    let ids = |query: &str| -> Vec<String> {
        let rows = sandbox.get(&format!("{REQUESTS}?{query}")).rows();
        rows.iter()
            .map(|row| text(row, "service_request_id").to_owned())
            .collect()
    };
    let all = ids("");
    let (open, closed) = (ids("status=open"), ids("status=CLOSED"));
    assert_eq!(open.len() + closed.len(), all.len());
    assert_eq!(ids("status=open,closed"), all);
    assert_eq!(
        ids("status=&service_code="),
        all,
        "an empty argument counts as missing"
    );
    let (holes, lights) = (
        ids("service_code=pothole"),
        ids("service_code=street-light"),
    );
    assert_eq!(
        ids("service_code=pothole,street-light").len(),
        holes.len() + lights.len()
    );

    let two = format!("service_request_id={},{}&status=neither", all[5], all[1]);
    assert_eq!(
        ids(&two),
        [all[1].clone(), all[5].clone()],
        "ids override all else"
    );

    assert_eq!(ids("page_size=10"), all[..10]);
    assert_eq!(ids("page_size=10&page=3"), all[20..30]);
    assert!(ids("page=2").is_empty());

    let row = &sandbox
        .get(&format!("{BASE}/requests/{}.json", all[9]))
        .rows()[0];
    let datetime = text(row, "requested_datetime").replace('+', "%2B");
    let from = ids(&format!("start_date={datetime}"));
    let until = ids(&format!("end_date={datetime}"));
    assert_eq!(from.last(), Some(&all[9]));
    assert_eq!(until.first(), Some(&all[9]));
    assert_eq!(
        ids(&format!("start_date={datetime}&end_date={datetime}")),
        [all[9].clone()]
    );
}

#[test]
fn a_single_request_is_a_list_of_one_row_with_every_field() {
    let sandbox = Sandbox::new(&[]);
    let id =
        sandbox.get(&format!("{REQUESTS}?page_size=1")).rows()[0]["service_request_id"].clone();
    let rows = sandbox
        .get(&format!("{BASE}/requests/{}.json", id.as_str().unwrap()))
        .rows();
    assert_eq!(rows.len(), 1);
    let fields: Vec<&str> = rows[0]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        fields,
        [
            "service_request_id",
            "status",
            "status_notes",
            "service_name",
            "service_code",
            "description",
            "agency_responsible",
            "service_notice",
            "requested_datetime",
            "updated_datetime",
            "expected_datetime",
            "address",
            "address_id",
            "zipcode",
            "lat",
            "long",
            "media_url"
        ]
    );
}

#[test]
fn each_invalid_call_has_its_status_and_names_the_cause() {
    let sandbox = Sandbox::new(&[]);
    for (path, status, cause) in [
        (
            "/services/no-such.json",
            404,
            "service_code no-such was not found",
        ),
        (
            "/services/website.json",
            404,
            "service_code website has no definition",
        ),
        (
            "/requests/no-such.json",
            404,
            "service_request_id no-such was not found",
        ),
        ("/tokens/no-such.json", 404, "token no-such was not found"),
        (
            "/requests.json?status=late",
            400,
            "status late is not known",
        ),
        (
            "/requests.json?start_date=2026-01-01",
            400,
            "start_date 2026-01-01 is not a date and time",
        ),
        ("/requests.json?end_date=soon", 400, "end_date soon"),
        (
            "/requests.json?start_date=2026-01-01T00:00:00Z&end_date=2026-04-02T00:00:00Z",
            400,
            "span more than 90 days",
        ),
        (
            "/requests.json?start_date=2026-01-02T00:00:00Z&end_date=2026-01-01T00:00:00Z",
            400,
            "end_date is before start_date",
        ),
        ("/requests.json?page=0", 400, "page 0 is not a whole number"),
        ("/requests.json?page_size=1001", 400, "page_size 1001"),
        (
            "/servicerequestupdates.json?start_date=x",
            400,
            "start_date x",
        ),
        ("/offices.json", 404, "there is nothing at offices.json"),
        ("/services", 404, "names no format"),
        ("/services.csv", 404, "names no format"),
    ] {
        let response = sandbox.get(&format!("{BASE}{path}"));
        assert_eq!(response.status, status, "{path}: {}", response.text());
        let errors = response.errors();
        assert!(
            errors.len() == 1 && errors[0].contains(cause),
            "{path}: {errors:?}"
        );
    }
    let two = sandbox.get(&format!("{REQUESTS}?page=x&status=y")).errors();
    assert_eq!(two.len(), 2, "each invalid argument has an error: {two:?}");
    assert_eq!(
        sandbox.post(&format!("{BASE}/services.json"), &[]).status,
        405
    );
}

#[test]
fn the_jurisdiction_is_required_if_the_sandbox_was_started_with_one() {
    let sandbox = Sandbox::new(&["--jurisdiction", "riverton.example"]);
    for (query, status, cause) in [
        ("", 400, "jurisdiction_id was not provided"),
        ("?jurisdiction_id=", 400, "jurisdiction_id was not provided"),
        (
            "?jurisdiction_id=oakton.example",
            404,
            "jurisdiction_id oakton.example was not found",
        ),
    ] {
        for path in [
            "services",
            "services/pothole",
            "requests",
            "requests/1",
            "tokens/1",
        ] {
            let response = sandbox.get(&format!("{BASE}/{path}.json{query}"));
            assert_eq!(response.status, status, "{path}{query}");
            assert_eq!(response.errors(), [cause]);
        }
    }
    let path = format!("{BASE}/services.json?jurisdiction_id=riverton.example");
    assert_eq!(sandbox.get(&path).status, 200);
    let sent = sandbox.post(
        REQUESTS,
        &[
            ("jurisdiction_id", "riverton.example"),
            ("service_code", "dead-animal"),
            ("address_string", "12 Main St"),
        ],
    );
    assert_eq!(sent.status, 201, "{}", sent.text());
}

/// Reads the rows with `open311` and writes them again: what it writes must be what was sent.
fn assert_same_rows<T: Serialize + DeserializeOwned>(response: &Response) {
    let rows: Vec<T> = serde_json::from_str(response.text()).unwrap();
    let sent = response.rows();
    assert_eq!(rows.len(), sent.len());
    for (row, sent) in rows.iter().zip(&sent) {
        let written = serde_json::to_value(row).unwrap();
        for (name, value) in written.as_object().unwrap() {
            assert_eq!(value, &sent[name], "{name}: {sent}");
        }
    }
}

#[test]
fn services_and_requests_do_not_change_when_open311_reads_and_writes_them() {
    let sandbox = Sandbox::new(&[]);
    assert_same_rows::<open311::Service>(&sandbox.get(&format!("{BASE}/services.json")));
    assert_same_rows::<open311::ServiceRequest>(&sandbox.get(REQUESTS));
}
