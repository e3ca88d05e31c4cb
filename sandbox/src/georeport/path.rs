//! The resource and the format that a path names.

use percent_encoding::percent_decode_str;

use crate::response::Format;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Resource {
    Discovery,
    Services,
    Definition(String),
    Requests,
    Request(String),
    Token(String),
    Updates,
}

/// Parses the path after the base, such as `/services/pothole.json`. With `bare_paths`, a path without
/// an extension is JSON. The error is a sentence for the client.
pub(super) fn parse(path: &str, bare_paths: bool) -> Result<(Resource, Format), String> {
    let path = path.trim_matches('/');
    let (name, extension) = path.rsplit_once('.').unwrap_or((path, ""));
    let (name, format) = match extension {
        "json" => (name, Format::Json),
        "xml" => (name, Format::Xml),
        _ if bare_paths => (path, Format::Json),
        _ => return Err(format!("{path} names no format: end it with .json or .xml")),
    };
    let (kind, id) = match name.split_once('/') {
        Some((kind, id)) => (
            kind,
            Some(percent_decode_str(id).decode_utf8_lossy().into_owned()),
        ),
        None => (name, None),
    };
    let resource = match (kind, id) {
        ("discovery", None) => Resource::Discovery,
        ("services", None) => Resource::Services,
        ("services", Some(code)) => Resource::Definition(code),
        ("requests", None) => Resource::Requests,
        ("requests", Some(id)) => Resource::Request(id),
        ("tokens", Some(token)) => Resource::Token(token),
        ("servicerequestupdates", None) => Resource::Updates,
        _ => return Err(format!("there is nothing at {path}")),
    };
    Ok((resource, format))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_of_the_specification_is_parsed() {
        for (path, expected) in [
            ("/services.json", Ok((Resource::Services, Format::Json))),
            (
                "/services/006.xml",
                Ok((Resource::Definition("006".into()), Format::Xml)),
            ),
            (
                "/services/a.b%20c.json",
                Ok((Resource::Definition("a.b c".into()), Format::Json)),
            ),
            ("/requests.xml", Ok((Resource::Requests, Format::Xml))),
            (
                "/requests/26-00001.json",
                Ok((Resource::Request("26-00001".into()), Format::Json)),
            ),
            (
                "/tokens/abc.json",
                Ok((Resource::Token("abc".into()), Format::Json)),
            ),
            (
                "/servicerequestupdates.json",
                Ok((Resource::Updates, Format::Json)),
            ),
            ("/discovery.xml", Ok((Resource::Discovery, Format::Xml))),
        ] {
            assert_eq!(parse(path, false), expected, "{path}");
            assert_eq!(parse(path, true), expected, "{path}");
        }
    }

    #[test]
    fn a_path_without_an_extension_is_json_if_bare_paths_are_allowed() {
        for (path, resource) in [
            ("/services", Resource::Services),
            ("/services/a.b", Resource::Definition("a.b".into())),
            ("/requests/26-00001", Resource::Request("26-00001".into())),
        ] {
            assert_eq!(parse(path, true), Ok((resource, Format::Json)), "{path}");
        }
        assert!(parse("/offices", true).is_err());
    }

    #[test]
    fn unknown_paths_are_refused() {
        for path in [
            "/services",
            "/services.csv",
            "/tokens.json",
            "/offices.json",
            "",
            "/",
        ] {
            assert!(parse(path, false).is_err(), "{path}");
        }
    }
}
