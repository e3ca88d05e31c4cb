//! `frontdoor.json` as one strict type. What a webmaster writes loosely is checked
//! here once: unknown keys warn, wrong ones name their path and what was expected.
//! The published schema is generated from these types.

pub use guide::{Hours, Text};
pub use json::{Diagnostics, Fields, InvalidValue, Node, read, read_list, read_section};

use guide::ReadText as _;
use json::Value;

/// The config file of a city: who it is, where its endpoint is, and what it promises.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Config {
    /// The city's name, as in “City of Riverton”.
    pub name: Text,
    /// Base URL of the GeoReport v2 endpoint, relative to this file. The paths of the
    /// specification are added to it as it stands: no `/v2` is ever put in between.
    pub endpoint: Option<String>,
    /// `jurisdiction_id` sent with every call; only where the endpoint serves several.
    pub jurisdiction: Option<String>,
    /// `api_key` sent with a request. It can be read by everyone who visits the page:
    /// an endpoint whose key must stay secret belongs behind a forwarding path.
    pub api_key: Option<String>,
    /// Languages offered (BCP 47 tags), the first one being the default. Interface words exist for `en` and `es`.
    pub languages: Vec<String>,
    /// IANA time zone of the city, such as `America/Chicago`; opening hours and dates are shown in it.
    pub time_zone: Option<String>,
    /// Days on which no office is open, `YYYY-MM-DD`.
    pub holidays: Vec<String>,
    /// Ways to reach the city, the most useful first; the first stands at the foot of every view.
    pub contact: Vec<Contact>,
    /// What to do in an emergency, shown before anything else.
    pub emergency: Text,
    /// What the city promises everyone who asks for something.
    pub commitments: Vec<Commitment>,
    /// How fast a service is: the first that names the service applies.
    pub standards: Vec<Standard>,
    /// Codes of services and ids of guides that people ask for most, shown on the start view.
    pub popular: Vec<String>,
    /// Address of the index of guides, relative to this file; without it there are no guides.
    pub guides: Option<String>,
    /// Address that takes what residents say of the city's work (form-urlencoded POST), relative to this
    /// file; without it nobody is asked.
    pub feedback: Option<String>,
    /// Where the city lies, for views with a map.
    pub map: Option<Map>,
    /// Address of the privacy notice, linked where personal data is asked for.
    pub privacy: Option<String>,
    /// What the endpoint can do beyond GeoReport v2.
    pub extensions: Vec<Extension>,
    /// How the endpoint writes its answers. By itself `json`; where that is not to be had, `xml` is tried.
    pub format: Format,
    /// Words that mean the same, by language: `{"en": [["trash", "garbage"], …]}`. Whoever searches for one
    /// of a list finds what holds another.
    #[cfg_attr(
        feature = "schema",
        schemars(with = "std::collections::BTreeMap<String, Vec<Vec<String>>>")
    )]
    pub synonyms: Value,
    /// What request forms ask and offer.
    #[cfg_attr(
        feature = "schema",
        schemars(with = "crate::request::config::RequestConfig")
    )]
    pub report: Value,
    /// What stands where residents look after sending.
    #[cfg_attr(
        feature = "schema",
        schemars(with = "crate::status::config::StatusConfig")
    )]
    pub status: Value,
}

/// How an endpoint writes its answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename_all = "lowercase")
)]
pub enum Format {
    /// JSON (`services.json`).
    #[default]
    Json,
    /// XML (`services.xml`).
    Xml,
}

/// A way to reach the city: a telephone, a counter, a mailbox.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Contact {
    /// What it is called, such as “City Hall”.
    pub name: Text,
    /// Codes of the services that it is in charge of; their forms name it before sending.
    pub services: Vec<String>,
    /// Telephone number as people write it.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Street address.
    pub address: Text,
    /// When somebody is there, in the city's time zone.
    pub hours: Vec<Hours>,
    /// One more line, such as which languages are spoken.
    pub note: Text,
}

/// A promise to everyone.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Commitment {
    /// The promise in one sentence.
    pub title: Text,
    /// What it means.
    pub text: Text,
}

/// A service standard: how soon the city answers and how soon it is done.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Standard {
    /// Codes of the services it holds for; without this, all that no other standard names.
    pub services: Vec<String>,
    /// Hours until the first answer.
    pub answer_hours: Option<u32>,
    /// Working days until it is usually done.
    pub done_days: Option<u32>,
    /// The promise in the city's own words.
    pub text: Text,
}

/// Where the city lies.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Map {
    /// Latitude and longitude (WGS 84, degrees) of the middle of the city.
    pub center: Option<(f64, f64)>,
    /// Zoom level to start at, 0 to 20.
    pub zoom: Option<u32>,
    /// URL template of map tiles; none by default.
    pub tiles: Option<String>,
    /// Whom the tiles are from, as their licence wants it to be said.
    pub attribution: Option<String>,
    /// Address of the city's boundary as GeoJSON, relative to this file.
    pub boundary: Option<String>,
}

/// What an endpoint may offer beyond GeoReport v2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename_all = "lowercase")
)]
pub enum Extension {
    /// `servicerequestupdates`: the history of a request.
    Updates,
    /// `extensions=true`: a request with its history in it (`notes`), or with a finer name of its status.
    Notes,
    /// The form field `idempotency_key`: the same key never makes a second request.
    Idempotency,
    /// Photographs in the POST itself, as multipart `media`.
    Media,
    /// The form fields `preferred_contact` and `postal_address`: how the resident wants to be reached.
    #[cfg_attr(feature = "schema", schemars(rename = "preferred_contact"))]
    PreferredContact,
    /// `lat`, `long` and `radius` (metres) narrow the list of requests.
    Radius,
    /// The form field `linked_request_id`: the number of an earlier request that a new one follows.
    #[cfg_attr(feature = "schema", schemars(rename = "linked_request"))]
    LinkedRequest,
}

impl Config {
    /// Reads a config file.
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

    /// True if the endpoint offers `extension`.
    pub fn offers(&self, extension: Extension) -> bool {
        self.extensions.contains(&extension)
    }

    /// The standard that holds for a service: the one that names it, else the one for all.
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
    /// Reads a way to reach the city.
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
    ];
}

/// The JSON Schema of `frontdoor.json`, for editors that complete and check while somebody writes.
#[cfg(feature = "schema")]
pub fn schema() -> String {
    let mut schema = schemars::schema_for!(Config);
    schema.insert("title".into(), "The config of Frontdoor".into());
    // An unknown key is most often a typing mistake: the widget warns of it, and so should an editor.
    schema.insert("additionalProperties".into(), false.into());
    // A file may name its schema.
    let properties = schema.get_mut("properties");
    if let Some(properties) = properties.and_then(|value| value.as_object_mut()) {
        properties.insert(
            "$schema".into(),
            schemars::json_schema!({ "type": "string" }).into(),
        );
    }
    format!("{:#}", schema.as_value())
}

#[cfg(test)]
mod tests;
