//! How one GeoReport endpoint differs from the specification, as data.
//!
//! Only the conventions are here; the files beside this one implement them.

use axum::http::StatusCode;

use super::dates::DateFormat;
use super::errors::ErrorFormat;
use super::request_ids::IdFormat;
use super::service_codes::CodeFormat;
use super::wrapping::Wrapper;

/// The path of the endpoint, unless a dialect has another.
pub(crate) const DEFAULT_BASE: &str = "/open311/v2";

#[derive(Debug)]
pub(crate) struct Dialect {
    pub(crate) name: &'static str,
    /// The path of the endpoint, as arbitrary as those of real ones.
    pub(crate) base: &'static str,
    /// Whether pages of other sites can read the responses.
    pub(crate) cors: bool,
    pub(super) extensions: &'static [Extension],
    /// The length of the longest list.
    pub(super) max_rows: u32,
    /// Paths without an extension are JSON.
    pub(in crate::georeport) bare_paths: bool,
    pub(crate) codes: CodeFormat,
    pub(super) ids: IdFormat,
    pub(super) dates: DateFormat,
    /// Replaces a missing date; `None`: like other missing values.
    pub(super) missing_date: Option<&'static str>,
    pub(super) missing: Missing,
    /// `lat` and `long` are strings.
    pub(super) coordinates_as_text: bool,
    /// A missing location is 0/0.
    pub(super) zero_location: bool,
    pub(super) booleans: BooleanFormat,
    /// Its statuses for received, in progress, waiting, closed.
    pub(super) statuses: [&'static str; 4],
    pub(super) uppercase_update_status: bool,
    pub(in crate::georeport) definitions: Definitions,
    /// Definitions contain the attributes that the server fills in, marked `automated`.
    pub(super) has_automated: bool,
    /// `keywords` is a list instead of a string.
    pub(super) keyword_list: bool,
    /// Fields of the service list that it does not have.
    pub(super) omitted_service_fields: &'static [&'static str],
    /// The specification's name and its own name of fields in all rows.
    pub(super) renamed_fields: &'static [(&'static str, &'static str)],
    /// The agency is `{"recipient": […]}`.
    pub(super) agency_as_recipients: bool,
    /// Descriptions and notes are HTML.
    pub(super) html_texts: bool,
    /// Addresses have spaces before and after them.
    pub(super) padded_addresses: bool,
    pub(super) media: MediaFormat,
    pub(super) extended: ExtendedData,
    pub(super) service_list: Wrapper,
    pub(super) request_list: Wrapper,
    pub(super) single_request: Wrapper,
    pub(super) receipt: Wrapper,
    pub(super) updates: Wrapper,
    /// A POST returns the row of the request.
    pub(in crate::georeport) receipt_is_full_row: bool,
    /// Every POST returns a token.
    pub(in crate::georeport) tokens: bool,
    /// A request is public only after a delay: the system has a cache or asks for a confirmation by
    /// e-mail.
    pub(in crate::georeport) delayed: bool,
    /// The HTTP status of a successful POST.
    pub(super) created_status: StatusCode,
    /// An unknown request is an empty list, not an error.
    pub(super) unknown_request_is_empty: bool,
    pub(super) errors: ErrorFormat,
    pub(super) unknown_path: ErrorFormat,
}

/// A feature beyond the specification. What a dialect does not have is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extension {
    /// `page` and `page_size`.
    Paging,
    /// `servicerequestupdates`.
    Updates,
    /// `extensions=true`: the history of a request in its row.
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
    /// From its name in `extensions` of the widget's config.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
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

/// How a missing value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    Null,
    EmptyText,
    Omitted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MediaFormat {
    Address,
    /// `[{"id": …, "url": …, "tags": […]}]`
    Objects,
}

/// What `extensions=true` adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ExtendedData {
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
    /// `{service_code, attributes}`; an error for a service without a definition.
    Object,
    /// The same inside a list of one.
    InList,
    /// Boston's: also says what is required of the location and the reporter.
    Boston,
    /// A service without a definition has an empty list of attributes.
    Always,
    /// Only the row of the service, in a list of one.
    WithoutQuestions,
    /// There is no such path.
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BooleanFormat {
    Json,
    /// `"true"`
    Text,
    /// `"True"`
    CapitalizedText,
    /// `1`
    Number,
}

impl Dialect {
    pub(crate) fn has(&self, extension: Extension) -> bool {
        self.extensions.contains(&extension)
    }

    pub(super) fn has_questions(&self) -> bool {
        !matches!(
            self.definitions,
            Definitions::None | Definitions::WithoutQuestions
        )
    }
}
