//! The ten dialects, each as what it does otherwise than its neighbours.

use axum::http::StatusCode;

use super::codes::{Codes, Ids};
use super::dates::Dates;
use super::errors::Errors;
use super::profile::{
    DEFAULT_BASE, Definitions, Dialect, Empty, Extended, Extension, Flags, Media,
};
use super::wrapping::Wrap;

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

/// The specification to the letter and no extension: where the others start.
const STRICT: Dialect = Dialect {
    name: "",
    base: DEFAULT_BASE,
    cors: false,
    extensions: &[],
    most_rows: 50,
    bare_paths: false,
    codes: Codes::Own,
    ids: Ids::Own,
    dates: Dates::Offset,
    no_date: None,
    empty: Empty::Null,
    quoted_degrees: false,
    zero_place: false,
    flags: Flags::Real,
    statuses: ["open", "open", "open", "closed"],
    upper_updates: false,
    definitions: Definitions::Object,
    automated: false,
    keyword_list: false,
    without: &[],
    renamed: &[],
    recipients: false,
    markup: false,
    padded: false,
    media: Media::Address,
    extended: Extended::Nothing,
    service_list: Wrap::Bare,
    list: Wrap::Bare,
    single: Wrap::Bare,
    receipt: Wrap::Bare,
    updates: Wrap::Bare,
    whole_receipt: false,
    tokens: false,
    late: false,
    posted: StatusCode::CREATED,
    unknown_is_empty: false,
    errors: Errors::List,
    unknown_path: Errors::List,
};

static ALL: [Dialect; 10] = [
    Dialect {
        name: "seeclickfix",
        base: "/open311/v2/29",
        cors: true,
        extensions: &[Extension::Paging, Extension::Radius],
        most_rows: 20,
        codes: Codes::Digits,
        ids: Ids::Number,
        statuses: ["open", "acknowledged", "acknowledged", "closed"],
        errors: Errors::Wrapped,
        unknown_path: Errors::Page,
        ..STRICT
    },
    Dialect {
        name: "connected-bits",
        extensions: &[Extension::Paging, Extension::Notes, Extension::Media],
        codes: Codes::Hex,
        dates: Dates::BlankFraction,
        empty: Empty::Missing,
        statuses: ["Open", "Open", "Open", "Closed"],
        padded: true,
        extended: Extended::Notes,
        tokens: true,
        ..STRICT
    },
    Dialect {
        name: "bos311",
        base: "/services/apexrest/Open311/v1",
        extensions: &[Extension::Conditions],
        most_rows: 100,
        ids: Ids::Digits("10100"),
        dates: Dates::UtcFraction,
        definitions: Definitions::Boston,
        media: Media::Objects,
        single: Wrap::First,
        receipt: Wrap::First,
        whole_receipt: true,
        posted: StatusCode::OK,
        errors: Errors::Messages,
        unknown_path: Errors::Nothing,
        ..STRICT
    },
    Dialect {
        name: "ureport",
        base: "/bloomington/open311/v2",
        extensions: &[Extension::Paging, Extension::Media],
        most_rows: 1000,
        codes: Codes::Number,
        ids: Ids::Number,
        empty: Empty::Blank,
        zero_place: true,
        definitions: Definitions::Always,
        whole_receipt: true,
        posted: StatusCode::OK,
        unknown_path: Errors::Page,
        ..STRICT
    },
    Dialect {
        name: "klarschiff",
        base: "/citysdk",
        extensions: &[Extension::Notes],
        codes: Codes::Number,
        ids: Ids::Number,
        dates: Dates::OffsetFraction,
        definitions: Definitions::WithoutQuestions,
        late: true,
        extended: Extended::CitySdk,
        errors: Errors::Sentence,
        unknown_path: Errors::Text,
        ..STRICT
    },
    Dialect {
        name: "markaspot",
        base: "/georeport/v2",
        cors: true,
        extensions: &[Extension::Notes],
        ids: Ids::Digits("A-"),
        flags: Flags::Capital,
        renamed: &[
            ("status_notes", "status_note"),
            ("address", "address_string"),
        ],
        markup: true,
        extended: Extended::MarkASpot,
        list: Wrap::KeyAndMeta("requests"),
        single: Wrap::Keys("service_requests", "request"),
        receipt: Wrap::Keys("service_requests", "request"),
        errors: Errors::Message,
        unknown_path: Errors::Page,
        ..STRICT
    },
    Dialect {
        name: "6aika",
        base: "/efeedback/api/georeport/6aika",
        cors: true,
        extensions: &[Extension::Notes, Extension::Media, Extension::Radius],
        most_rows: 200,
        dates: Dates::NoZone,
        no_date: Some("null"),
        empty: Empty::Blank,
        renamed: &[("long", "lon")],
        extended: Extended::CitySdk,
        flags: Flags::Number,
        unknown_is_empty: true,
        errors: Errors::CodeDetail,
        unknown_path: Errors::CodeDetail,
        ..STRICT
    },
    Dialect {
        name: "fixmystreet",
        most_rows: 100,
        codes: Codes::Name,
        ids: Ids::Number,
        flags: Flags::Text,
        empty: Empty::Missing,
        statuses: ["open", "investigating", "action_scheduled", "fixed"],
        definitions: Definitions::None,
        without: &["keywords", "group"],
        recipients: true,
        service_list: Wrap::Key("services"),
        list: Wrap::Key("requests"),
        single: Wrap::Key("requests"),
        receipt: Wrap::Key("service_requests"),
        errors: Errors::Page,
        unknown_path: Errors::Page,
        ..STRICT
    },
    Dialect {
        name: "adapter",
        base: "/open311",
        extensions: &[Extension::Updates],
        most_rows: 1000,
        flags: Flags::Text,
        statuses: ["open", "in_progress", "action_scheduled", "closed"],
        upper_updates: true,
        definitions: Definitions::InList,
        automated: true,
        renamed: &[("group", "groups")],
        updates: Wrap::Key("service_request_updates"),
        errors: Errors::Object,
        unknown_path: Errors::Text,
        ..STRICT
    },
    Dialect {
        name: "libre311",
        base: "/api",
        cors: true,
        bare_paths: true,
        codes: Codes::Digits,
        ids: Ids::Number,
        dates: Dates::UtcFraction,
        empty: Empty::Missing,
        quoted_degrees: true,
        statuses: ["open", "assigned", "in_progress", "closed"],
        keyword_list: true,
        posted: StatusCode::OK,
        errors: Errors::Embedded,
        unknown_path: Errors::Embedded,
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
