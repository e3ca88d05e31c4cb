//! Reads requests and services out of answers and files, whatever their format.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use json::Value;
use open311::{Moment, Parsed, Service, ServiceRequest};

use crate::count::Request;
use crate::xml;

/// A document in JSON or XML. `None` if it is neither.
pub(crate) fn read_document(text: &str) -> Option<Value> {
    let text = text.trim_start_matches('\u{feff}');
    json::parse(text).ok().or_else(|| xml::read(text))
}

/// The rows of requests of a document.
pub(crate) fn read_rows(document: &Value) -> Vec<ServiceRequest> {
    open311::read_requests(document).rows
}

/// Requests that have a text and a service, each once, in the order of their numbers.
#[derive(Default)]
pub(crate) struct Collected {
    pub(crate) requests: Vec<Request>,
    known: BTreeSet<String>,
    /// Rows without a text or a service.
    pub(crate) empty: usize,
}

impl Collected {
    /// Takes the rows that are not known yet; how many these are.
    pub(crate) fn add(&mut self, rows: Vec<ServiceRequest>) -> usize {
        let mut new = 0;
        for row in rows {
            let id = row
                .id
                .clone()
                .or_else(|| row.token.clone())
                .unwrap_or_default();
            if !self.known.insert(id) {
                continue;
            }
            new += 1;
            match request(&row) {
                Some(request) => self.requests.push(request),
                None => self.empty += 1,
            }
        }
        new
    }

    /// The requests from the oldest to the newest, in one order whatever the order of the files.
    pub(crate) fn sorted(mut self) -> Vec<Request> {
        self.requests.sort_by(|a, b| {
            let key =
                |request: &Request| (request.at, request.service.clone(), request.text.clone());
            key(a).cmp(&key(b))
        });
        self.requests
    }
}

fn request(row: &ServiceRequest) -> Option<Request> {
    let service = row.service_code.clone()?;
    let text = row
        .description
        .clone()
        .filter(|text| !text.trim().is_empty())?;
    let parts = [&row.address, &row.address_id, &row.zipcode];
    let address: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    let address = address.join(" ");
    let coordinates = row.location.map(|location| {
        let (lat, long) = location.texts();
        format!("{lat} {long}")
    });
    Some(Request {
        service,
        text,
        place: if row.address.is_some() {
            address.clone()
        } else {
            coordinates.unwrap_or_default()
        },
        address,
        at: row.requested.as_ref().map(seconds).unwrap_or_default(),
    })
}

/// Local times are taken as they are: a few hours do not change which fifth is the newest.
fn seconds(moment: &Moment) -> i64 {
    match moment.parsed {
        Some(Parsed::Unix(milliseconds)) => milliseconds / 1000,
        Some(Parsed::Civil(civil)) => civil.as_if_utc() / 1000,
        None => 0,
    }
}

/// Reads files of requests, and the files in folders.
///
/// # Errors
/// A file that cannot be read, or that is neither JSON nor XML.
pub(crate) fn from_files(paths: &[PathBuf]) -> Result<Collected, String> {
    let mut collected = Collected::default();
    for path in paths {
        for file in files(path)? {
            collected.add(read_rows(&read_file(&file)?));
        }
    }
    Ok(collected)
}

/// Reads a file of services.
///
/// # Errors
/// It cannot be read, or is neither JSON nor XML.
pub(crate) fn services_of(path: &Path) -> Result<Vec<Service>, String> {
    let mut services = Vec::new();
    for file in files(path)? {
        services.extend(open311::read_services(&read_file(&file)?).rows);
    }
    Ok(services)
}

/// The file, or the files of the folder in the order of their names.
fn files(path: &Path) -> Result<Vec<PathBuf>, String> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let problem = |error| format!("{} cannot be read: {error}", path.display());
    let mut all = Vec::new();
    for entry in fs::read_dir(path).map_err(problem)? {
        let file = entry.map_err(problem)?.path();
        let ending = file.extension().and_then(|ending| ending.to_str());
        if matches!(ending, Some("json" | "xml")) {
            all.push(file);
        }
    }
    all.sort();
    Ok(all)
}

fn read_file(path: &Path) -> Result<Value, String> {
    let text = fs::read_to_string(path)
        .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    read_document(&text).ok_or_else(|| format!("{} is neither JSON nor XML", path.display()))
}
