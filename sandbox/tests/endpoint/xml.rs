//! XML: every response is well-formed, has the elements of the specification, and says the same as JSON.

use roxmltree::{Document, Node};

use crate::support::{BASE, REQUESTS, Sandbox};

fn path_of(node: Node) -> String {
    let names: Vec<&str> = node
        .ancestors()
        .filter(Node::is_element)
        .map(|n| n.tag_name().name())
        .collect();
    names.into_iter().rev().collect::<Vec<_>>().join("/")
}

#[test]
fn every_response_is_well_formed_and_has_the_names_of_the_specification() {
    let sandbox = Sandbox::new(&[]);
    let hostile = "a & b < c > \u{1} ]]> \u{202e}right to left\u{202c} \u{1f600}";
    let sent = sandbox.post(
        &format!("{BASE}/requests.xml"),
        &[
            ("service_code", "website"),
            ("address_string", hostile),
            ("description", hostile),
        ],
    );
    assert_eq!(sent.status, 201, "{}", sent.text());
    let document = Document::parse(sent.text()).unwrap();
    let id = document
        .descendants()
        .find(|n| n.has_tag_name("service_request_id"))
        .unwrap();
    assert_eq!(path_of(id), "service_requests/request/service_request_id");
    let single = format!("requests/{}", id.text().unwrap());
    for (path, status, expected) in [
        (
            "discovery",
            200,
            "discovery/endpoints/endpoint/formats/format",
        ),
        ("services", 200, "services/service/service_code"),
        (
            "services/recycling-cart",
            200,
            "service_definition/attributes/attribute/values/value/key",
        ),
        ("services/none", 404, "errors/error/description"),
        (
            "requests",
            200,
            "service_requests/request/requested_datetime",
        ),
        ("requests?page=900", 200, "service_requests"),
        ("requests?status=x", 400, "errors/error/code"),
        (&single, 200, "service_requests/request/description"),
        (
            &format!("{single}?extensions=true"),
            200,
            "service_requests/request/notes/note/status",
        ),
        (
            "servicerequestupdates",
            200,
            "service_request_updates/request_update/update_id",
        ),
        ("tokens/none", 404, "errors/error/description"),
    ] {
        let (name, query) = path.split_once('?').unwrap_or((path, ""));
        let response = sandbox.get(&format!("{BASE}/{name}.xml?{query}"));
        assert_eq!(response.status, status, "{path}");
        assert_eq!(response.header("content-type"), "text/xml; charset=utf-8");
        let document = Document::parse(response.text()).unwrap_or_else(|e| panic!("{path}: {e}"));
        let paths = || document.descendants().filter(Node::is_element).map(path_of);
        assert!(
            paths().any(|path| path == expected),
            "{path} has no {expected}"
        );
    }
    let response = sandbox.get(&format!("{BASE}/{single}.xml"));
    let document = Document::parse(response.text()).unwrap();
    let description = document
        .descendants()
        .find(|n| n.has_tag_name("description"))
        .unwrap();
    assert_eq!(
        description.text(),
        Some(hostile.replace('\u{1}', "\u{fffd}").as_str())
    );
}

#[test]
fn an_xml_only_city_has_no_json_paths() {
    let sandbox = Sandbox::new(&["--xml-only"]);
    let fields = [
        ("service_code", "website"),
        ("address_string", "12 Main St"),
    ];
    for path in [
        "discovery",
        "services",
        "services/pothole",
        "requests",
        "requests/1",
        "tokens/1",
    ] {
        let refused = sandbox.get(&format!("{BASE}/{path}.json"));
        let document = Document::parse(refused.text()).unwrap();
        assert!(document.root_element().has_tag_name("errors"), "{path}");
        assert_eq!(
            (refused.status, refused.header("content-type")),
            (404, "text/xml; charset=utf-8")
        );
    }
    assert_eq!(sandbox.post(REQUESTS, &fields).status, 404);
    assert!(
        sandbox
            .get(&format!("{BASE}/offices"))
            .text()
            .contains("<errors>")
    );
    let sent = sandbox.post(&format!("{BASE}/requests.xml"), &fields);
    assert_eq!(sent.status, 201, "{}", sent.text());
    let document = Document::parse(sent.text()).unwrap();
    let id = document
        .descendants()
        .find(|n| n.has_tag_name("service_request_id"))
        .unwrap();
    let single = sandbox.get(&format!("{BASE}/requests/{}.xml", id.text().unwrap()));
    assert!(
        single.text().contains("<address>12 Main St</address>"),
        "{}",
        single.text()
    );
    let discovery = sandbox.get(&format!("{BASE}/discovery.xml"));
    assert!(
        !discovery.text().contains("application/json"),
        "{}",
        discovery.text()
    );
}

#[test]
fn xml_and_json_have_the_same_rows() {
    let sandbox = Sandbox::new(&[]);
    for (path, row_name) in [
        ("services", "service"),
        ("requests", "request"),
        ("servicerequestupdates", "request_update"),
    ] {
        let rows = sandbox
            .get(&format!("{BASE}/{path}.json?page_size=50"))
            .rows();
        let response = sandbox.get(&format!("{BASE}/{path}.xml?page_size=50"));
        let document = Document::parse(response.text()).unwrap();
        let elements: Vec<Node> = document
            .root_element()
            .children()
            .filter(Node::is_element)
            .collect();
        assert_eq!(elements.len(), rows.len());
        for (element, row) in elements.iter().zip(&rows) {
            assert_eq!(element.tag_name().name(), row_name);
            for field in element.children() {
                let value = &row[field.tag_name().name()];
                let text = value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned);
                let text = if value.is_null() { "" } else { &text };
                assert_eq!(field.text().unwrap_or_default(), text);
            }
        }
    }
}
