//! The ten dialects, each as its differences from the specification.

use axum::http::StatusCode;

use super::dates::DateFormat;
use super::errors::ErrorFormat;
use super::profile::{
    BooleanFormat, DEFAULT_BASE, Definitions, Dialect, ExtendedData, Extension, MediaFormat,
    Missing,
};
use super::request_ids::IdFormat;
use super::service_codes::CodeFormat;
use super::wrapping::Wrapper;

pub(crate) const NAMES: [&str; 10] = [
    "seeclickfix",
    "connected-bits",
    "bos311",
    "ureport",
    "klarschiff",
    "markaspot",
    "6aika",
    "fixmystreet",
    "adapter",
    "libre311",
];

pub(crate) fn named(name: &str) -> Option<&'static Dialect> {
    ALL.iter().find(|dialect| dialect.name == name)
}

/// The specification without any extension, from which the others differ.
const STRICT: Dialect = Dialect {
    name: "",
    base: DEFAULT_BASE,
    cors: false,
    extensions: &[],
    max_rows: 50,
    bare_paths: false,
    codes: CodeFormat::Internal,
    ids: IdFormat::Internal,
    dates: DateFormat::Offset,
    missing_date: None,
    missing: Missing::Null,
    coordinates_as_text: false,
    zero_location: false,
    booleans: BooleanFormat::Json,
    statuses: ["open", "open", "open", "closed"],
    uppercase_update_status: false,
    definitions: Definitions::Object,
    has_automated: false,
    keyword_list: false,
    omitted_service_fields: &[],
    renamed_fields: &[],
    agency_as_recipients: false,
    html_texts: false,
    padded_addresses: false,
    media: MediaFormat::Address,
    extended: ExtendedData::Nothing,
    service_list: Wrapper::None,
    request_list: Wrapper::None,
    single_request: Wrapper::None,
    receipt: Wrapper::None,
    updates: Wrapper::None,
    receipt_is_full_row: false,
    tokens: false,
    delayed: false,
    created_status: StatusCode::CREATED,
    unknown_request_is_empty: false,
    errors: ErrorFormat::List,
    unknown_path: ErrorFormat::List,
};

static ALL: [Dialect; 10] = [
    Dialect {
        name: "seeclickfix",
        base: "/open311/v2/29",
        cors: true,
        extensions: &[Extension::Paging, Extension::Radius],
        max_rows: 20,
        codes: CodeFormat::Digits,
        ids: IdFormat::Number,
        statuses: ["open", "acknowledged", "acknowledged", "closed"],
        errors: ErrorFormat::Wrapped,
        unknown_path: ErrorFormat::HtmlPage,
        ..STRICT
    },
    Dialect {
        name: "connected-bits",
        extensions: &[Extension::Paging, Extension::Notes, Extension::Media],
        codes: CodeFormat::Hex,
        dates: DateFormat::SpaceFraction,
        missing: Missing::Omitted,
        statuses: ["Open", "Open", "Open", "Closed"],
        padded_addresses: true,
        extended: ExtendedData::Notes,
        tokens: true,
        ..STRICT
    },
    Dialect {
        name: "bos311",
        base: "/services/apexrest/Open311/v1",
        extensions: &[Extension::Conditions],
        max_rows: 100,
        ids: IdFormat::Digits("10100"),
        dates: DateFormat::UtcFraction,
        definitions: Definitions::Boston,
        media: MediaFormat::Objects,
        single_request: Wrapper::First,
        receipt: Wrapper::First,
        receipt_is_full_row: true,
        created_status: StatusCode::OK,
        errors: ErrorFormat::Messages,
        unknown_path: ErrorFormat::EmptyBody,
        ..STRICT
    },
    Dialect {
        name: "ureport",
        base: "/bloomington/open311/v2",
        extensions: &[Extension::Paging, Extension::Media],
        max_rows: 1000,
        codes: CodeFormat::Number,
        ids: IdFormat::Number,
        missing: Missing::EmptyText,
        zero_location: true,
        definitions: Definitions::Always,
        receipt_is_full_row: true,
        created_status: StatusCode::OK,
        unknown_path: ErrorFormat::HtmlPage,
        ..STRICT
    },
    Dialect {
        name: "klarschiff",
        base: "/citysdk",
        extensions: &[Extension::Notes],
        codes: CodeFormat::Number,
        ids: IdFormat::Number,
        dates: DateFormat::OffsetFraction,
        definitions: Definitions::WithoutQuestions,
        delayed: true,
        extended: ExtendedData::CitySdk,
        errors: ErrorFormat::SingleSentence,
        unknown_path: ErrorFormat::PlainText,
        ..STRICT
    },
    Dialect {
        name: "markaspot",
        base: "/georeport/v2",
        cors: true,
        extensions: &[Extension::Notes],
        ids: IdFormat::Digits("A-"),
        booleans: BooleanFormat::CapitalizedText,
        renamed_fields: &[
            ("status_notes", "status_note"),
            ("address", "address_string"),
        ],
        html_texts: true,
        extended: ExtendedData::MarkASpot,
        request_list: Wrapper::KeyAndMeta("requests"),
        single_request: Wrapper::Keys("service_requests", "request"),
        receipt: Wrapper::Keys("service_requests", "request"),
        errors: ErrorFormat::Message,
        unknown_path: ErrorFormat::HtmlPage,
        ..STRICT
    },
    Dialect {
        name: "6aika",
        base: "/efeedback/api/georeport/6aika",
        cors: true,
        extensions: &[Extension::Notes, Extension::Media, Extension::Radius],
        max_rows: 200,
        dates: DateFormat::NoZone,
        missing_date: Some("null"),
        missing: Missing::EmptyText,
        renamed_fields: &[("long", "lon")],
        extended: ExtendedData::CitySdk,
        booleans: BooleanFormat::Number,
        unknown_request_is_empty: true,
        errors: ErrorFormat::CodeDetail,
        unknown_path: ErrorFormat::CodeDetail,
        ..STRICT
    },
    Dialect {
        name: "fixmystreet",
        max_rows: 100,
        codes: CodeFormat::Name,
        ids: IdFormat::Number,
        booleans: BooleanFormat::Text,
        missing: Missing::Omitted,
        statuses: ["open", "investigating", "action_scheduled", "fixed"],
        definitions: Definitions::None,
        omitted_service_fields: &["keywords", "group"],
        agency_as_recipients: true,
        service_list: Wrapper::Key("services"),
        request_list: Wrapper::Key("requests"),
        single_request: Wrapper::Key("requests"),
        receipt: Wrapper::Key("service_requests"),
        errors: ErrorFormat::HtmlPage,
        unknown_path: ErrorFormat::HtmlPage,
        ..STRICT
    },
    Dialect {
        name: "adapter",
        base: "/open311",
        extensions: &[Extension::Updates],
        max_rows: 1000,
        booleans: BooleanFormat::Text,
        statuses: ["open", "in_progress", "action_scheduled", "closed"],
        uppercase_update_status: true,
        definitions: Definitions::InList,
        has_automated: true,
        renamed_fields: &[("group", "groups")],
        updates: Wrapper::Key("service_request_updates"),
        errors: ErrorFormat::Object,
        unknown_path: ErrorFormat::PlainText,
        ..STRICT
    },
    Dialect {
        name: "libre311",
        base: "/api",
        cors: true,
        bare_paths: true,
        codes: CodeFormat::Digits,
        ids: IdFormat::Number,
        dates: DateFormat::UtcFraction,
        missing: Missing::Omitted,
        coordinates_as_text: true,
        statuses: ["open", "assigned", "in_progress", "closed"],
        keyword_list: true,
        created_status: StatusCode::OK,
        errors: ErrorFormat::Embedded,
        unknown_path: ErrorFormat::Embedded,
        ..STRICT
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_a_dialect_and_every_dialect_has_its_name() {
        for name in NAMES {
            assert_eq!(named(name).map(|dialect| dialect.name), Some(name));
        }
        assert!(named("").is_none() && named("Libre311").is_none());
    }
}
