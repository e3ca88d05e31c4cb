//! Recorded XML of real cities, read by the widget's module and the crate, and compared with what the
//! browser's own parser finds. The recordings are not part of the project: `OPEN311_RECORDED` names
//! their folder. Without them the tests say so and pass.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use frontdoor_tests::{Stage, stage};
use open311::{
    Moment, ServiceRequest, Status, json, plain_text, read_error, read_receipt, read_requests,
    read_services,
};
use serde_json::json;

use crate::xml_equivalence::converted;

fn folder() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/open311/recorded");
    let folder = std::env::var_os("OPEN311_RECORDED").map_or(PathBuf::from(beside), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!(
        "recorded XML is skipped: no folder {}. OPEN311_RECORDED names another one.",
        folder.display()
    );
    None
}

/// Names and contents of all recorded XML files, sorted by name.
fn recorded() -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in folder()
        .map(std::fs::read_dir)
        .transpose()?
        .into_iter()
        .flatten()
    {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "xml") {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            files.push((name.into_owned(), std::fs::read_to_string(&path)?));
        }
    }
    files.sort();
    Ok(files)
}

type Row = BTreeMap<String, String>;

/// The rows of each document as the browser's own parser reads them: names and texts of their elements.
async fn elements(stage: &Stage, texts: &[String]) -> Result<Vec<Vec<Row>>> {
    const READ: &str = "
        const rows = (text) => Array.from(new DOMParser().parseFromString(text, 'text/xml').documentElement.children);
        const fields = (row) => Object.fromEntries(Array.from(row.children, (one) => [one.localName, one.textContent.trim()]));
        return arguments[0].map((text) => rows(text).map(fields));";
    let rows = stage.page.script(READ, vec![json!(texts)]).await?;
    Ok(serde_json::from_value(rows)?)
}

/// How many rows each recorded list has.
const COUNTS: [(&str, usize); 7] = [
    ("GIESSEN-services.xml", 8),
    ("SANFRANCISCO-requests-2012.xml", 56),
    ("SANFRANCISCO-services-2012.xml", 38),
    ("SPEC-request-single.xml", 1),
    ("SPEC-requests-empty.xml", 0),
    ("TORONTO-request-single.xml", 1),
    ("TORONTO-requests-multi.xml", 2),
];

#[test]
fn every_recorded_list_reads_to_the_text_of_its_elements() {
    stage(async |stage| {
        let lists: Vec<_> = recorded()?
            .into_iter()
            .filter(|(name, _)| COUNTS.iter().any(|(known, _)| known == name))
            .collect();
        let texts: Vec<String> = lists.iter().map(|(_, text)| text.clone()).collect();
        let documents = converted(stage, &texts).await?;
        let rows = elements(stage, &texts).await?;
        for (((name, _), document), rows) in lists.iter().zip(&documents).zip(&rows) {
            let value = json::parse(document).with_context(|| format!("{name}: {document}"))?;
            println!("{name}: {} rows", rows.len());
            let expected = COUNTS.iter().find(|(known, _)| known == name);
            assert_eq!(
                Some(rows.len()),
                expected.map(|(_, count)| *count),
                "{name}"
            );
            if name.contains("services") {
                let reading = read_services(&value);
                assert_eq!(
                    (reading.rows.len(), reading.bad_rows),
                    (rows.len(), 0),
                    "{name}"
                );
                for (service, row) in reading.rows.iter().zip(rows) {
                    let text = |field: &str| plain_text(row.get(field).map_or("", String::as_str));
                    assert_eq!(service.code, text("service_code"), "{name}");
                    assert_eq!(service.name, text("service_name"), "{name}");
                    assert_eq!(service.description, text("description"), "{name}");
                    assert_eq!(service.metadata, text("metadata") == "true", "{name}");
                    assert_eq!(service.group.clone().unwrap_or_default(), text("group"));
                    assert_eq!(service.keywords.is_empty(), text("keywords").is_empty());
                }
            } else {
                let reading = read_requests(&value);
                assert_eq!(
                    (reading.rows.len(), reading.bad_rows),
                    (rows.len(), 0),
                    "{name}"
                );
                for (request, row) in reading.rows.iter().zip(rows) {
                    check_request(request, row).context(name.clone())?;
                }
            }
        }
        Ok(())
    });
}

fn check_request(request: &ServiceRequest, row: &Row) -> Result<()> {
    let raw = |field: &str| row.get(field).map_or("", String::as_str);

    for (read, field) in [
        (&request.id, "service_request_id"),
        (&request.service_code, "service_code"),
        (&request.service_name, "service_name"),
        (&request.description, "description"),
        (&request.status_notes, "status_notes"),
        (&request.agency_responsible, "agency_responsible"),
        (&request.address, "address"),
    ] {
        let text = plain_text(raw(field));
        let value = read.clone().unwrap_or_default();
        ensure!(value == text, "{field}: {read:?} instead of {text}");
    }
    ensure!(request.status == Status::read(raw("status")), "{row:?}");
    for (read, field) in [
        (&request.requested, "requested_datetime"),
        (&request.updated, "updated_datetime"),
        (&request.expected, "expected_datetime"),
    ] {
        ensure!(
            *read == Moment::read(raw(field)),
            "{field}: {read:?}, {row:?}"
        );
        let is_parsed = read.as_ref().is_none_or(|moment| moment.parsed.is_some());
        ensure!(is_parsed, "{field}: {read:?}");
    }
    let coordinates = json::decimal(raw("lat")).zip(json::decimal(raw("long")));
    let coordinates = coordinates.filter(|coordinates| *coordinates != (0.0, 0.0));
    let read = request
        .location
        .map(|location| (location.lat, location.long));
    ensure!(read == coordinates, "{read:?} instead of {coordinates:?}");
    Ok(())
}

#[test]
fn recorded_receipts_tokens_definitions_and_errors_are_read() {
    stage(async |stage| {
        let files = recorded()?;
        for (name, text) in &files {
            let document = converted(stage, std::slice::from_ref(text))
                .await?
                .remove(0);
            let read = || json::parse(&document).with_context(|| format!("{name}: {document}"));
            let is_list = COUNTS.iter().any(|(known, _)| known == name);
            match name.as_str() {
                "SPEC-post-response.xml" => {
                    let receipt = read_receipt(&read()?);
                    assert_eq!(receipt.service_request_id.as_deref(), Some("293944"));
                    let notice = receipt.service_notice.unwrap_or_default();
                    assert!(notice.starts_with("The City will inspect"), "{notice}");
                    assert_eq!(receipt.account_id, None);
                }
                "SPEC-token-resolved.xml" => {
                    let receipt = read_receipt(&read()?);
                    assert_eq!(receipt.service_request_id.as_deref(), Some("638344"));
                    assert_eq!(receipt.token.as_deref(), Some("12345"));
                }
                "SPEC-service-definition-unwrapped.xml" => {
                    let definition = open311::read_definition(&read()?);
                    assert_eq!(definition.service_code.as_deref(), Some("DMV66"));
                    let [question] = definition.attributes.as_slice() else {
                        panic!("{definition:?}");
                    };
                    assert_eq!(question.code, "WHISHETN");
                    let kind = format!("{:?}", question.kind);
                    for part in ["SingleValueList", "required: true", "Ford", "Chrysler"] {
                        assert!(kind.contains(part), "no {part} in {kind}");
                    }
                }
                // The widget reads an error without converting it.
                "SPEC-error-403-bare-error.xml" => {
                    assert!(document.starts_with("refused"), "{document}");
                    let message = read_error(403, text).messages.join(" ");
                    assert!(message.contains("Invalid api_key received"), "{message}");
                    assert!(!message.contains('<'), "{message}");
                }
                "CONNECTEDBITS-error-404.xml" => {
                    let message = read_error(404, text).messages.join(" ");
                    assert!(
                        message.contains("Service request not found with id"),
                        "{message}"
                    );
                    assert!(!message.contains('<'), "{message}");
                }
                other => assert!(is_list, "{other} is new: add what it reads to"),
            }
        }
        Ok(())
    });
}
