//! The answer in a dialect: its rows are rewritten, then wrapped.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use serde_json::{Value, json};

use super::super::path::Resource;
use super::codes::Catalog;
use super::profile::{Definitions, Dialect, Extension};
use super::wrapping::Wrap;
use crate::answer::{Answer, Failure, Format, write};
use crate::clock::Zone;

impl Dialect {
    pub(in crate::georeport) fn has_bare_paths(&self) -> bool {
        self.bare_paths
    }

    /// Whether the path exists here at all.
    pub(in crate::georeport) fn knows(&self, resource: &Resource) -> bool {
        match resource {
            Resource::Updates => self.has(Extension::Updates),
            Resource::Definition(_) => self.definitions != Definitions::None,
            _ => true,
        }
    }

    /// The answer in this dialect.
    pub(in crate::georeport) fn respond(
        &self,
        catalog: &Catalog,
        zone: &Zone,
        resource: &Resource,
        result: Result<Answer, Failure>,
        format: Format,
    ) -> Response<Body> {
        let answer = match result {
            Ok(answer) => answer,
            Err(failure) if self.is_empty_answer(resource, &failure) => {
                Answer::new("service_requests", json!([]))
            }
            Err(failure) => return self.errors.respond(&failure, format),
        };
        let is_sent = answer.status == StatusCode::CREATED;
        let mut value = answer.value;
        self.each_row(resource, &mut value, |row| match resource {
            Resource::Services => self.service_row(catalog, row),
            Resource::Definition(_) => self.definition_row(catalog, row),
            Resource::Discovery => {}
            _ => self.request_row(catalog, zone, row),
        });
        let wrap = match resource {
            Resource::Discovery => Wrap::Bare,
            Resource::Definition(_) => self.definitions.wrap(),
            Resource::Services => self.service_list,
            Resource::Updates => self.updates,
            Resource::Requests if is_sent => self.receipt,
            Resource::Requests => self.list,
            Resource::Request(_) | Resource::Token(_) => self.single,
        };
        let status = if is_sent { self.posted } else { answer.status };
        let value = match format {
            Format::Json => wrap.around(value),
            Format::Xml => value,
        };
        write(status, answer.root, &value, format)
    }

    pub(in crate::georeport) fn respond_unknown(
        &self,
        failure: &Failure,
        format: Format,
    ) -> Response<Body> {
        self.unknown_path.respond(failure, format)
    }

    fn is_empty_answer(&self, resource: &Resource, failure: &Failure) -> bool {
        self.unknown_is_empty
            && failure.status == StatusCode::NOT_FOUND
            && matches!(resource, Resource::Request(_))
    }

    fn each_row(&self, resource: &Resource, value: &mut Value, mut change: impl FnMut(&mut Value)) {
        match value {
            Value::Array(rows) => rows.iter_mut().for_each(change),
            object if *resource != Resource::Discovery => change(object),
            _ => {}
        }
    }
}
