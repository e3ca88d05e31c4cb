//! The response in a dialect: its rows are rewritten, then wrapped.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::Value;

use super::super::path::Resource;
use super::profile::{Definitions, Dialect, Extension};
use super::service_codes::ServiceCodes;
use super::wrapping::Wrapper;
use crate::clock::Zone;
use crate::response::{ApiError, Format, Payload, write};

impl Dialect {
    pub(in crate::georeport) fn has_resource(&self, resource: &Resource) -> bool {
        match resource {
            Resource::Updates => self.has(Extension::Updates),
            Resource::Definition(_) => self.definitions != Definitions::None,
            _ => true,
        }
    }

    pub(in crate::georeport) fn respond(
        &self,
        codes: &ServiceCodes,
        zone: &Zone,
        resource: &Resource,
        result: Result<Payload, ApiError>,
        format: Format,
    ) -> Response {
        let payload = match result {
            Ok(payload) => payload,
            Err(error) if self.is_empty_list(resource, &error) => {
                Payload::new("service_requests", Value::Array(Vec::new()))
            }
            Err(error) => return self.errors.respond(&error, format),
        };
        let is_created = payload.status == StatusCode::CREATED;
        let status = if is_created {
            self.created_status
        } else {
            payload.status
        };
        let mut value = payload.value;
        for row in rows(&mut value) {
            match resource {
                Resource::Discovery => {}
                Resource::Services => self.rewrite_service(codes, row),
                Resource::Definition(_) => self.rewrite_definition(codes, row),
                _ => self.rewrite_request(codes, zone, row),
            }
        }
        if format == Format::Json {
            value = self.wrapper(resource, is_created).wrap(value);
        }
        write(status, payload.root, &value, format)
    }

    pub(in crate::georeport) fn respond_unknown_path(
        &self,
        error: &ApiError,
        format: Format,
    ) -> Response {
        self.unknown_path.respond(error, format)
    }

    fn wrapper(&self, resource: &Resource, is_created: bool) -> Wrapper {
        match resource {
            Resource::Discovery => Wrapper::None,
            Resource::Definition(_) if self.definitions == Definitions::InList => Wrapper::List,
            Resource::Definition(_) => Wrapper::None,
            Resource::Services => self.service_list,
            Resource::Updates => self.updates,
            Resource::Requests if is_created => self.receipt,
            Resource::Requests => self.request_list,
            Resource::Request(_) | Resource::Token(_) => self.single_request,
        }
    }

    fn is_empty_list(&self, resource: &Resource, error: &ApiError) -> bool {
        self.unknown_request_is_empty
            && error.status == StatusCode::NOT_FOUND
            && matches!(resource, Resource::Request(_))
    }
}

/// The rows of a list, or one object.
fn rows(value: &mut Value) -> &mut [Value] {
    match value {
        Value::Array(rows) => rows,
        object => std::slice::from_mut(object),
    }
}
