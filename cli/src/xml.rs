//! GeoReport in XML as the JSON that the same endpoint would have sent, so that one reader is enough.

use json::Value;
use roxmltree::Node;

/// Elements that are lists even with one child.
const LISTS: [&str; 8] = [
    "services",
    "requests",
    "service_requests",
    "service_request_updates",
    "errors",
    "attributes",
    "values",
    "notes",
];

/// Reads a document. `None` if it is not well-formed.
pub(crate) fn read(text: &str) -> Option<Value> {
    let options = roxmltree::ParsingOptions {
        allow_dtd: false,
        nodes_limit: 5_000_000,
    };
    let text = text.trim_start_matches('\u{feff}').trim();
    let document = roxmltree::Document::parse_with_options(text, options).ok()?;
    Some(content(document.root_element()))
}

fn content(element: Node) -> Value {
    let children: Vec<Node> = element.children().filter(Node::is_element).collect();
    let name = element.tag_name().name();
    if LISTS.contains(&name) {
        return Value::List(children.into_iter().map(content).collect());
    }
    if children.is_empty() {
        let texts = element.children().filter_map(|node| node.text());
        return Value::Text(texts.collect::<String>().trim().to_owned());
    }
    let field = |child: Node| (child.tag_name().name().to_owned(), content(child));
    Value::Map(children.into_iter().map(field).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_in_xml_read_as_in_json() {
        let xml = r#"<?xml version="1.0"?><service_requests><request>
            <service_request_id>7</service_request_id><service_code>006</service_code>
            <description>A &amp; B <![CDATA[<hole>]]></description><address/></request></service_requests>"#;
        let json = r#"[{"service_request_id": "7", "service_code": "006", "description": "A & B <hole>", "address": ""}]"#;
        assert_eq!(read(xml), json::parse(json).ok());
        assert_eq!(read("<a><b></a>"), None);
    }
}
