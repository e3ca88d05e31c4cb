//! `frontdoor.json` as strict types. What a webmaster writes is checked once, here: unknown keys are reported,
//! and invalid values are reported with their path and what was expected; the rest still works.
//!
//! The published JSON Schema is generated from these types, so their documentation is what webmasters read
//! in their editors. This module does not fetch the file and does not resolve the addresses in it.

pub use guide::{Hours, Text};
pub use json::{Diagnostics, Fields, InvalidValue, Node, read, read_list, read_section};

use guide::ReadText as _;
use json::Value;

/// The configuration of Frontdoor for one city. Addresses are absolute or relative to this file. A text is a
/// string for all languages, or an object of strings by language tag.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Config {
    /// Name of the city as it is used in sentences, for example `City of Riverton`.
    pub name: Text,
    /// Base URL of the GeoReport v2 endpoint, for example `/open311/v2`; requests then go to
    /// `/open311/v2/services.json` and so on. Nothing is inserted in between, so include `v2` if the endpoint
    /// has it in its paths. Required, unless the `endpoint` attribute of the tag is set.
    pub endpoint: Option<String>,
    /// `jurisdiction_id` sent with every request to the endpoint. Needed only if the endpoint serves several
    /// jurisdictions.
    pub jurisdiction: Option<String>,
    /// `api_key` sent with a service request. Everyone who visits the page can read it: if the key must stay
    /// secret, let the city's own server forward requests to the endpoint and add the key there.
    pub api_key: Option<String>,
    /// Languages offered, as BCP 47 tags; the first one is used if none of them is the resident's. The interface
    /// is translated into `en`, `en-GB` and `es`. Default: `["en", "es"]`.
    pub languages: Vec<String>,
    /// IANA time zone of the city, for example `America/Chicago`. Opening hours and dates are shown in it.
    /// Default: the time zone of the resident's device.
    pub time_zone: Option<String>,
    /// Days on which all offices are closed, as `YYYY-MM-DD`, for example `["2026-11-26", "2026-12-25"]`. They do
    /// not count as working days.
    pub holidays: Vec<String>,
    /// Ways to reach the city, the most useful one first. The first one is shown at the bottom of every view,
    /// the others can be opened there. The first phone number in the list is the one named in messages.
    pub contact: Vec<Contact>,
    /// What to do in an emergency, for example `In an emergency, call 911.` Shown above the contact details at
    /// the bottom of every view.
    pub emergency: Text,
    /// What the city promises everyone who sends a request. The first commitment is shown on the start view.
    pub commitments: Vec<Commitment>,
    /// Service standards: how soon the city replies and completes the work. The first standard that names a
    /// service applies to it, otherwise the first one without `services`.
    pub standards: Vec<Standard>,
    /// The most requested services and guides, by service code or guide id, most requested first. They are
    /// shown on the start view and come first among equally good search results.
    pub popular: Vec<String>,
    /// Address of the index of guides, for example `guides/index.json`. Without it, no guides are shown.
    pub guides: Option<String>,
    /// Address that receives residents' feedback as form-urlencoded POST requests. Without it, residents are not
    /// asked for feedback.
    pub feedback: Option<String>,
    /// The map of the city. Without it, no map is offered.
    pub map: Option<Map>,
    /// Address of the privacy notice; linked wherever personal data is requested.
    pub privacy: Option<String>,
    /// The extensions to GeoReport v2 that the endpoint supports.
    pub extensions: Vec<Extension>,
    /// Format of the endpoint's responses. Default: `json`; if the endpoint does not serve JSON, XML is tried, and
    /// setting `xml` here saves that extra request.
    pub format: Format,
    /// Synonyms for the search, by language, for example `{"en": [["trash", "garbage"], ["pothole", "hole"]]}`.
    /// Searching for one word of a list also finds services and guides that contain another.
    #[cfg_attr(
        feature = "schema",
        schemars(with = "std::collections::BTreeMap<String, Vec<Vec<String>>>")
    )]
    pub synonyms: Value,
    /// Settings for request forms.
    #[cfg_attr(
        feature = "schema",
        schemars(with = "crate::request::config::RequestConfig")
    )]
    pub report: Value,
    /// Settings for the time after a request was sent: status, promises and feedback.
    #[cfg_attr(
        feature = "schema",
        schemars(with = "crate::status::config::StatusConfig")
    )]
    pub status: Value,
}

/// Format of an endpoint's responses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename_all = "lowercase")
)]
pub enum Format {
    /// JSON, as in `services.json`.
    #[default]
    Json,
    /// XML, as in `services.xml`.
    Xml,
}

/// A way to reach the city: a phone number, an email address, an office.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Contact {
    /// Name, for example `City Hall`.
    pub name: Text,
    /// Codes of the services this contact is responsible for; it is named before a request for one of them is
    /// sent.
    pub services: Vec<String>,
    /// Phone number as people write it, for example `(555) 010-0170` or `311`.
    pub phone: Option<String>,
    /// Email address.
    pub email: Option<String>,
    /// Street address, for example `12 Main St`.
    pub address: Text,
    /// Opening hours in the city's time zone. `holidays` are closed.
    pub hours: Vec<Hours>,
    /// An additional line, for example which languages are spoken.
    pub note: Text,
}

/// A promise to everyone who sends a request.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Commitment {
    /// The promise in one sentence.
    pub title: Text,
    /// What the promise means in practice.
    pub text: Text,
}

/// A service standard: how soon the city replies and when the work is done.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Standard {
    /// Codes of the services the standard applies to. Default: all services that no other standard names.
    pub services: Vec<String>,
    /// Hours until the first reply, counted around the clock, for example `24`.
    pub answer_hours: Option<u32>,
    /// Working days until the work is usually done, for example `3`; see `holidays` and `status.working_days`.
    pub done_days: Option<u32>,
    /// The standard in the city's own words.
    pub text: Text,
}

/// The map of the city.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Map {
    /// Center of the city as latitude and longitude (WGS 84, degrees), for example `[40.62, -89.92]`.
    pub center: Option<(f64, f64)>,
    /// Initial zoom level, from 0 (the world) to 20 (a house). Default: 14.
    pub zoom: Option<u32>,
    /// URL template of map tiles, for example `https://tiles.example/{z}/{x}/{y}.png`. Default: none; the map is
    /// then a plain grid with the boundary, and no other host is contacted.
    pub tiles: Option<String>,
    /// Attribution of the tiles, as their license requires it.
    pub attribution: Option<String>,
    /// Address of the city's boundary as GeoJSON. Residents are told if a place is outside of it. Without it,
    /// places are not checked.
    pub boundary: Option<String>,
}

/// An extension to GeoReport v2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename_all = "lowercase")
)]
pub enum Extension {
    /// `servicerequestupdates`: the endpoint serves the history of a request and accepts updates from residents.
    Updates,
    /// `extensions=true`: the endpoint returns a request with its history (`notes`) or with a more detailed
    /// status.
    Notes,
    /// The endpoint accepts the form field `idempotency_key` and never creates a second request for the same key.
    Idempotency,
    /// The endpoint accepts photos in the POST request itself, as multipart `media`.
    Media,
    /// The endpoint accepts the form fields `preferred_contact` and `postal_address`: how the resident wants to be
    /// contacted.
    #[cfg_attr(feature = "schema", schemars(rename = "preferred_contact"))]
    PreferredContact,
    /// The endpoint filters the list of requests by `lat`, `long` and `radius` (in metres).
    Radius,
    /// The endpoint accepts the form field `linked_request_id`: the number of an earlier request that a new one
    /// follows up on.
    #[cfg_attr(feature = "schema", schemars(rename = "linked_request"))]
    LinkedRequest,
    /// The endpoint returns a secret (`receipt`) for each new request, and requires it as a form field of the same name
    /// from whoever withdraws the request, answers a question about it, reminds the city or rates its work.
    Receipt,
    /// The endpoint accepts the form field `confirmation` with updates that need a proof: it asks the sender of the
    /// request to confirm them, for example by e-mail, and does nothing before that.
    Confirmation,
}

impl Config {
    /// Reads a config file. Problems are reported to the diagnostics of `fields`; whatever is valid is kept.
    pub fn read(fields: &Fields) -> Self {
        Self {
            name: fields.text("name"),
            endpoint: fields.string("endpoint"),
            jurisdiction: fields.string("jurisdiction"),
            api_key: fields.string("api_key"),
            languages: fields.strings("languages"),
            time_zone: fields.string("time_zone"),
            holidays: fields.strings("holidays"),
            contact: fields.list("contact", |node| Some(node.object(Contact::read))),
            emergency: fields.text("emergency"),
            commitments: fields.list("commitments", |node| Some(node.object(Commitment::read))),
            standards: fields.list("standards", |node| Some(node.object(Standard::read))),
            popular: fields.strings("popular"),
            guides: fields.string("guides"),
            feedback: fields.string("feedback"),
            map: fields.object("map", Map::read),
            privacy: fields.string("privacy"),
            extensions: fields.list("extensions", |node| node.one_of(Extension::NAMES)),
            format: fields
                .get("format")
                .and_then(|node| node.one_of(Format::NAMES))
                .unwrap_or_default(),
            synonyms: fields.raw("synonyms"),
            report: fields.raw("report"),
            status: fields.raw("status"),
        }
    }

    /// True if the endpoint supports the extension.
    pub fn offers(&self, extension: Extension) -> bool {
        self.extensions.contains(&extension)
    }

    /// The standard that applies to a service: the first that names it, else the first for all services.
    pub fn standard(&self, service_code: &str) -> Option<&Standard> {
        let named =
            |standard: &&Standard| standard.services.iter().any(|code| code == service_code);
        self.standards
            .iter()
            .find(named)
            .or_else(|| self.standards.iter().find(|s| s.services.is_empty()))
    }
}

impl Format {
    const NAMES: &[(&str, Self)] = &[("json", Self::Json), ("xml", Self::Xml)];
}

impl Contact {
    /// Reads a contact.
    pub fn read(fields: &Fields) -> Self {
        Self {
            name: fields.text("name"),
            services: fields.strings("services"),
            phone: fields.string("phone"),
            email: fields.string("email"),
            address: fields.text("address"),
            hours: fields.list("hours", |node| Some(node.object(Hours::read))),
            note: fields.text("note"),
        }
    }
}

impl Commitment {
    fn read(fields: &Fields) -> Self {
        Self {
            title: fields.text("title"),
            text: fields.text("text"),
        }
    }
}

impl Standard {
    fn read(fields: &Fields) -> Self {
        Self {
            services: fields.strings("services"),
            answer_hours: fields.number("answer_hours"),
            done_days: fields.number("done_days"),
            text: fields.text("text"),
        }
    }
}

impl Map {
    fn read(fields: &Fields) -> Self {
        Self {
            center: fields.pair("center"),
            zoom: fields.number("zoom"),
            tiles: fields.string("tiles"),
            attribution: fields.string("attribution"),
            boundary: fields.string("boundary"),
        }
    }
}

impl Extension {
    const NAMES: &[(&str, Self)] = &[
        ("updates", Self::Updates),
        ("notes", Self::Notes),
        ("idempotency", Self::Idempotency),
        ("media", Self::Media),
        ("preferred_contact", Self::PreferredContact),
        ("linked_request", Self::LinkedRequest),
        ("radius", Self::Radius),
        ("receipt", Self::Receipt),
        ("confirmation", Self::Confirmation),
    ];
}

/// The JSON Schema of `frontdoor.json`, with which editors complete and validate the file.
#[cfg(feature = "schema")]
pub fn schema() -> String {
    use schemars::transform::{RecursiveTransform, Transform as _};

    let mut schema = schemars::schema_for!(Config);
    RecursiveTransform(tidy).transform(&mut schema);
    guide::WithoutDefaultsOfReferences.transform(&mut schema);
    schema.insert("title".into(), "Frontdoor configuration".into());
    // An unknown key is most often a typo: the widget warns about it, and so should an editor.
    schema.insert("additionalProperties".into(), false.into());
    // The key by which a file names its schema.
    let properties = schema.get_mut("properties");
    if let Some(properties) = properties.and_then(|value| value.as_object_mut()) {
        properties.insert(
            "$schema".into(),
            schemars::json_schema!({ "type": "string" }).into(),
        );
    }
    format!("{:#}", schema.as_value())
}

/// Joins the lines of a description, which are wrapped for the source file: editors would keep the breaks. Removes
/// defaults of `null`, which mean nothing to a webmaster; schemars writes them for types that can be serialized, and
/// whether a type can depends on the features of the build.
#[cfg(feature = "schema")]
fn tidy(schema: &mut schemars::Schema) {
    let description = schema.get("description").and_then(|text| text.as_str());
    if let Some(joined) = description.map(|text| text.replace('\n', " ")) {
        schema.insert("description".into(), joined.into());
    }
    if schema
        .get("default")
        .is_some_and(|default| default.is_null())
    {
        schema.remove("default");
    }
}

#[cfg(test)]
mod tests;
