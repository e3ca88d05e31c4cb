//! Real answers of real cities in XML, read by the widget's part and the crate, and held against
//! what the browser itself finds in their elements. The recordings stay outside of the project: in
//! the folder that `OPEN311_RECORDED` names, or beside the project. Where they are not, it is said.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use frontdoor_tests::{Stage, stage};
use open311::{
    Moment, ServiceRequest, Status, decimal, json, plain_text, read_error, read_receipt,
    read_requests, read_services,
};
use serde_json::json;

use crate::xml_twins::converted;

fn folder() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/open311/recorded");
    let folder = std::env::var_os("OPEN311_RECORDED").map_or(PathBuf::from(beside), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!(
        "recorded answers in XML are left out: no folder {}. Set OPEN311_RECORDED to point at them.",
        folder.display()
    );
    None
}

/// Names and contents of all recorded XML, in order of their names.
fn recorded() -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in folder()
        .map(std::fs::read_dir)
        .transpose()?
        .into_iter()
        .flatten()
    {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "xml") {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            files.push((name.into_owned(), std::fs::read_to_string(&path)?));
        }
    }
    files.sort();
    Ok(files)
}

type Row = BTreeMap<String, String>;

/// The rows of each text as the browser's own parser has them: names and words of their elements.
async fn elements(stage: &Stage, texts: &[String]) -> Result<Vec<Vec<Row>>> {
    const READ: &str = "
        const rows = (text) => Array.from(new DOMParser().parseFromString(text, 'text/xml').documentElement.children);
        const words = (row) => Object.fromEntries(Array.from(row.children, (one) => [one.localName, one.textContent.trim()]));
        return arguments[0].map((text) => rows(text).map(words));";
    let told = stage.page.script(READ, vec![json!(texts)]).await?;
    Ok(serde_json::from_value(told)?)
}

/// How many rows each of them has.
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
fn every_recorded_list_reads_to_what_stands_in_its_elements() {
    stage(async |stage| {
        let lists: Vec<_> = recorded()?
            .into_iter()
            .filter(|(name, _)| COUNTS.iter().any(|(known, _)| known == name))
            .collect();
        let texts: Vec<String> = lists.iter().map(|(_, text)| text.clone()).collect();
        let turned = converted(stage, &texts).await?;
        let rows = elements(stage, &texts).await?;
        for (((name, _), turned), rows) in lists.iter().zip(&turned).zip(&rows) {
            let value = json::parse(turned).with_context(|| format!("{name}: {turned}"))?;
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
                    let words = |field: &str| plain_text(row.get(field).map_or("", String::as_str));
                    assert_eq!(service.code, words("service_code"), "{name}");
                    assert_eq!(service.name, words("service_name"), "{name}");
                    assert_eq!(service.description, words("description"), "{name}");
                    assert_eq!(service.metadata, words("metadata") == "true", "{name}");
                    assert_eq!(service.group.clone().unwrap_or_default(), words("group"));
                    assert_eq!(service.keywords.is_empty(), words("keywords").is_empty());
                }
            } else {
                let reading = read_requests(&value);
                assert_eq!(
                    (reading.rows.len(), reading.bad_rows),
                    (rows.len(), 0),
                    "{name}"
                );
                for (request, row) in reading.rows.iter().zip(rows) {
                    same_request(request, row).context(name.clone())?;
                }
            }
        }
        Ok(())
    });
}

fn same_request(request: &ServiceRequest, row: &Row) -> Result<()> {
    let raw = |field: &str| row.get(field).map_or("", String::as_str);
    let own = |text: &Option<String>| text.clone().unwrap_or_default();
    for (read, field) in [
        (&request.id, "service_request_id"),
        (&request.service_code, "service_code"),
        (&request.service_name, "service_name"),
        (&request.description, "description"),
        (&request.status_notes, "status_notes"),
        (&request.agency_responsible, "agency_responsible"),
        (&request.address, "address"),
    ] {
        let words = plain_text(raw(field));
        ensure!(own(read) == words, "{field}: {read:?}, and not {words}");
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
        let is_understood = read.as_ref().is_none_or(|moment| moment.parsed.is_some());
        ensure!(is_understood, "{field}: {read:?}");
    }
    let place = decimal(raw("lat")).zip(decimal(raw("long")));
    let place = place.filter(|place| *place != (0.0, 0.0));
    let read = request.location.map(|at| (at.lat, at.long));
    ensure!(read == place, "{read:?}, and not {place:?}");
    Ok(())
}

#[test]
fn recorded_receipts_tokens_definitions_and_errors_are_read() {
    stage(async |stage| {
        let files = recorded()?;
        for (name, text) in &files {
            let turned = converted(stage, std::slice::from_ref(text))
                .await?
                .remove(0);
            let read = || json::parse(&turned).with_context(|| format!("{name}: {turned}"));
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
                    let told = format!("{:?}", question.kind);
                    for words in ["SingleValueList", "required: true", "Ford", "Chrysler"] {
                        assert!(told.contains(words), "no {words} in {told}");
                    }
                }
                // The widget reads an error as it came.
                "SPEC-error-403-bare-error.xml" => {
                    assert!(turned.starts_with("refused"), "{turned}");
                    let said = read_error(403, text).messages.join(" ");
                    assert!(said.contains("Invalid api_key received"), "{said}");
                    assert!(!said.contains('<'), "{said}");
                }
                "CONNECTEDBITS-error-404.xml" => {
                    let said = read_error(404, text).messages.join(" ");
                    assert!(said.contains("Service request not found with id"), "{said}");
                    assert!(!said.contains('<'), "{said}");
                }
                other => assert!(is_list, "{other} is new: say what it reads to"),
            }
        }
        Ok(())
    });
}
