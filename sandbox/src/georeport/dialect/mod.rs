//! The same store behind the shapes of other systems: what differs from one GeoReport endpoint to
//! the next, told as data. A dialect is a list of conventions; each file here keeps one of them.
//!
//! No system is copied: a dialect collects what was met in the field with systems of its name.

mod arguments;
mod catalogue;
mod codes;
mod dates;
mod errors;
mod rows;
mod services;
mod wrapping;

use axum::body::Body;
use axum::http::{Response, StatusCode};
use serde_json::{Value, json};

use super::path::Resource;
use crate::answer::{Answer, Failure, Format, write};
use crate::clock::Zone;
pub(crate) use catalogue::{NAMES, named};
pub(crate) use codes::Catalog;
use codes::{Codes, Ids};
use dates::Dates;
use errors::Errors;
pub(super) use rows::STAGE;
use rows::{Extended, Media};
pub(super) use services::Definitions;
use services::Flags;
use wrapping::Wrap;

/// How one kind of endpoint speaks.
#[derive(Debug)]
pub(crate) struct Dialect {
    pub(crate) name: &'static str,
    /// Where the endpoint stands, as arbitrary as real ones.
    pub(crate) base: &'static str,
    /// Whether other sites' pages may read its answers.
    pub(crate) cors: bool,
    extensions: &'static [Extension],
    /// The longest list it gives.
    most_rows: u32,
    /// Paths without an ending are JSON.
    bare_paths: bool,
    codes: Codes,
    ids: Ids,
    dates: Dates,
    /// What stands where there is no date; else what stands where there is nothing.
    no_date: Option<&'static str>,
    empty: Empty,
    /// Degrees as text.
    quoted_degrees: bool,
    /// No place is the place 0/0.
    zero_place: bool,
    flags: Flags,
    /// Its words for received, in progress, waiting, closed.
    statuses: [&'static str; 4],
    /// Updates shout their status.
    upper_updates: bool,
    definitions: Definitions,
    /// It marks the questions that it answers by itself.
    automated: bool,
    keyword_list: bool,
    /// Fields of the service list that it does not have.
    without: &'static [&'static str],
    /// Fields of all rows that it calls otherwise.
    renamed: &'static [(&'static str, &'static str)],
    /// The agency as `{"recipient": […]}`.
    recipients: bool,
    /// Descriptions and notes are markup.
    markup: bool,
    /// Addresses stand between blanks.
    padded: bool,
    media: Media,
    extended: Extended,
    service_list: Wrap,
    list: Wrap,
    single: Wrap,
    receipt: Wrap,
    updates: Wrap,
    /// What was sent comes back whole.
    pub(super) whole_receipt: bool,
    /// Every request gets a token first.
    pub(super) tokens: bool,
    /// A request can be looked up only after a while: a cache, or a confirmation by e-mail.
    pub(super) late: bool,
    posted: StatusCode,
    /// An unknown number is an empty list, not an error.
    unknown_is_empty: bool,
    errors: Errors,
    unknown_path: Errors,
}

/// What goes beyond the specification. What a dialect has not got is really absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extension {
    /// `page` and `page_size`.
    Paging,
    /// `servicerequestupdates`.
    Updates,
    /// `extensions=true`: a request's history with the request.
    Notes,
    /// Photos in a multipart form.
    Media,
    /// `idempotency_key`.
    Idempotency,
    /// `lat`, `long` and `radius` on the list.
    Radius,
    /// `preferred_contact` and `postal_address`.
    PreferredContact,
    /// `dependencies` and `conditional_values` on attributes.
    Conditions,
}

impl Extension {
    /// The word for it in the widget's config.
    pub(crate) fn named(word: &str) -> Option<Self> {
        Some(match word {
            "paging" => Extension::Paging,
            "updates" => Extension::Updates,
            "notes" => Extension::Notes,
            "media" => Extension::Media,
            "idempotency" => Extension::Idempotency,
            "radius" => Extension::Radius,
            "preferred_contact" => Extension::PreferredContact,
            "conditions" => Extension::Conditions,
            _ => return None,
        })
    }
}

/// What stands where there is nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Empty {
    Null,
    Blank,
    Missing,
}

impl Dialect {
    pub(crate) fn has(&self, extension: Extension) -> bool {
        self.extensions.contains(&extension)
    }

    pub(super) fn has_bare_paths(&self) -> bool {
        self.bare_paths
    }

    /// Whether the path exists here at all.
    pub(super) fn knows(&self, resource: &Resource) -> bool {
        match resource {
            Resource::Updates => self.has(Extension::Updates),
            Resource::Definition(_) => self.definitions != Definitions::None,
            _ => true,
        }
    }

    /// The answer in this dialect.
    pub(super) fn respond(
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

    pub(super) fn respond_unknown(&self, failure: &Failure, format: Format) -> Response<Body> {
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

/// Puts nothing in the way this dialect writes it.
fn write_empties(empty: Empty, row: &mut Value) {
    let Some(fields) = row.as_object_mut() else {
        return;
    };
    match empty {
        Empty::Null => {}
        Empty::Missing => fields.retain(|_, value| !value.is_null()),
        Empty::Blank => fields
            .values_mut()
            .filter(|value| value.is_null())
            .for_each(|value| *value = json!("")),
    }
}
