//! What one GeoReport endpoint does otherwise than the specification says, as data.
//!
//! Only the conventions are here; each file beside this one carries out one of them.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::codes::{Codes, Ids};
use super::dates::Dates;
use super::errors::Errors;
use super::wrapping::Wrap;

/// Where the endpoint is, unless a dialect says otherwise.
pub(crate) const DEFAULT_BASE: &str = "/open311/v2";

/// How one kind of endpoint speaks.
#[derive(Debug)]
pub(crate) struct Dialect {
    pub(crate) name: &'static str,
    /// Where the endpoint stands, as arbitrary as real ones.
    pub(crate) base: &'static str,
    /// Whether other sites' pages may read its answers.
    pub(crate) cors: bool,
    pub(super) extensions: &'static [Extension],
    /// The longest list it gives.
    pub(super) most_rows: u32,
    /// Paths without an ending are JSON.
    pub(super) bare_paths: bool,
    pub(crate) codes: Codes,
    pub(super) ids: Ids,
    pub(super) dates: Dates,
    /// What stands where there is no date; else what stands where there is nothing.
    pub(super) no_date: Option<&'static str>,
    pub(super) empty: Empty,
    /// Degrees as text.
    pub(super) quoted_degrees: bool,
    /// No place is the place 0/0.
    pub(super) zero_place: bool,
    pub(super) flags: Flags,
    /// Its words for received, in progress, waiting, closed.
    pub(super) statuses: [&'static str; 4],
    /// Updates shout their status.
    pub(super) upper_updates: bool,
    pub(in crate::georeport) definitions: Definitions,
    /// It marks the questions that it answers by itself.
    pub(super) automated: bool,
    pub(super) keyword_list: bool,
    /// Fields of the service list that it does not have.
    pub(super) without: &'static [&'static str],
    /// Fields of all rows that it calls otherwise.
    pub(super) renamed: &'static [(&'static str, &'static str)],
    /// The agency as `{"recipient": […]}`.
    pub(super) recipients: bool,
    /// Descriptions and notes are markup.
    pub(super) markup: bool,
    /// Addresses stand between blanks.
    pub(super) padded: bool,
    pub(super) media: Media,
    pub(super) extended: Extended,
    pub(super) service_list: Wrap,
    pub(super) list: Wrap,
    pub(super) single: Wrap,
    pub(super) receipt: Wrap,
    pub(super) updates: Wrap,
    /// What was sent comes back whole.
    pub(in crate::georeport) whole_receipt: bool,
    /// Every request gets a token first.
    pub(in crate::georeport) tokens: bool,
    /// A request can be looked up only after a while: a cache, or a confirmation by e-mail.
    pub(in crate::georeport) late: bool,
    pub(super) posted: StatusCode,
    /// An unknown number is an empty list, not an error.
    pub(super) unknown_is_empty: bool,
    pub(super) errors: Errors,
    pub(super) unknown_path: Errors,
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
pub(super) enum Empty {
    Null,
    Blank,
    Missing,
}

/// How a photo is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    Address,
    /// `[{"id": …, "url": …, "tags": […]}]`
    Objects,
}

/// What `extensions=true` adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extended {
    Nothing,
    /// `notes: [{datetime, type, summary}]`
    Notes,
    /// `extended_attributes.markaspot`
    MarkASpot,
    /// `extended_attributes` of CitySDK
    CitySdk,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::georeport) enum Definitions {
    /// `{service_code, attributes}`; an error for a service that has none.
    Object,
    /// The same inside a list of one.
    InList,
    /// Boston's: with what it wants to know of the place and of the reporter.
    Boston,
    /// A service without questions has an empty list of them.
    Always,
    /// Only the service's own row, in a list of one.
    WithoutQuestions,
    /// There is no such path.
    None,
}

impl Definitions {
    pub(super) fn wrap(self) -> Wrap {
        match self {
            Definitions::InList => Wrap::List,
            _ => Wrap::Bare,
        }
    }
}

/// How a yes or no is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flags {
    Real,
    Text,
    Capital,
    Number,
}

impl Flags {
    pub(super) fn write(self, value: &mut Value) {
        let Value::Bool(flag) = *value else {
            return;
        };
        *value = match (self, flag) {
            (Flags::Real, flag) => json!(flag),
            (Flags::Text, flag) => json!(flag.to_string()),
            (Flags::Capital, true) => json!("True"),
            (Flags::Capital, false) => json!("False"),
            (Flags::Number, flag) => json!(u8::from(flag)),
        };
    }
}

impl Dialect {
    pub(crate) fn has(&self, extension: Extension) -> bool {
        self.extensions.contains(&extension)
    }
}

/// Puts nothing in the way this dialect writes it.
pub(super) fn write_empties(empty: Empty, row: &mut Value) {
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
