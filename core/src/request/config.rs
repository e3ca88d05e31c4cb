//! The city's settings for request forms: the section `report` of `frontdoor.json`.
//!
//! It is separate from [`crate::config`], and read when the first form is opened, because the first view does
//! not need it. The documentation of these types is part of the published JSON Schema. When a notice applies
//! is up to [`super::notice`].

use crate::config::{Contact, Fields};
use crate::i18n::{Key, Text, k};
use guide::ReadText as _;

/// Settings for request forms.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct RequestConfig {
    /// Notices that residents see before they fill in a form.
    pub notices: Vec<ServiceNotice>,
    /// Address of a JSON file with a list of further notices, for example `notices.json`. It is fetched with every
    /// form, so that a notice can be published without changing this file.
    pub notices_url: Option<String>,
    /// The geocoder, which finds a typed address on the map. Without it, addresses are sent as they are typed.
    pub geocoder: Option<Geocoder>,
    /// How photos are sent.
    pub photos: Photos,
    /// Which contact details residents are asked for.
    pub contact: ContactConfig,
    /// Whom residents are referred to if a place is outside the city; see `map.boundary`.
    pub outside: Option<Contact>,
    /// Radius, in metres, within which open requests for the same service are shown before the questions. Default:
    /// 250, about as far as one sees along a street; 0 turns this off.
    pub nearby: u32,
}

impl Default for RequestConfig {
    fn default() -> Self {
        Self {
            notices: Vec::new(),
            notices_url: None,
            geocoder: None,
            photos: Photos::default(),
            contact: ContactConfig::default(),
            outside: None,
            nearby: NEARBY_METRES,
        }
    }
}

/// The default of `nearby`, in metres: about as far as one sees along a street. Sensible: 100 to 500.
const NEARBY_METRES: u32 = 250;
/// The upper limit of `photos.most`. Each photo adds about 400 KB to the upload. Sensible: 3 to 10.
const MAX_PHOTOS: u32 = 5;

/// A notice shown before a form, for example that another authority is responsible.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct ServiceNotice {
    /// Unique id of the notice, by which the widget remembers that it was read. Default: the title.
    pub id: Option<String>,
    /// The kind of notice, which decides whether the form can still be filled in. Default: `known`.
    pub kind: NoticeKind,
    /// Codes of the services the notice is about. Without any, it is shown above the list of services instead of
    /// before a form.
    pub services: Vec<String>,
    /// The most important sentence. A notice without a title is ignored.
    pub title: Text,
    /// What to do instead, or what to expect.
    pub text: Text,
    /// Phone number of whoever can help.
    pub phone: Option<String>,
    /// Web address of whoever can help, or of further information.
    pub link: Option<String>,
    /// When the notice starts to apply: a date such as `2027-05-01`, or a date and time with a time zone (RFC 3339)
    /// such as `2027-05-01T08:00:00-05:00`. Default: immediately.
    pub from: Option<String>,
    /// When the notice ends, in the same format as `from`; a date ends when that day begins. Shown to residents.
    /// Default: never.
    pub until: Option<String>,
}

/// The kind of a notice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename_all = "kebab-case")
)]
pub enum NoticeKind {
    /// Someone may be in danger: call instead of sending a request. The form can still be filled in.
    Emergency,
    /// Someone else is responsible. The form cannot be filled in.
    NotOurs,
    /// The service is suspended for now. The form cannot be filled in.
    Paused,
    /// The city already knows about the problem. The form can still be filled in.
    #[default]
    Known,
}

/// A geocoder that responds like Photon or like Nominatim.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Geocoder {
    /// URL template for finding an address, with `{q}` for the typed text and optionally `{lang}` for the language,
    /// for example `https://geo.example/api?q={q}&lang={lang}`.
    pub search: String,
    /// URL template for finding the address of a point on the map, with `{lat}` and `{lon}`, for example
    /// `https://geo.example/reverse?lat={lat}&lon={lon}`.
    pub reverse: Option<String>,
}

/// How photos are sent.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Photos {
    /// Maximum number of photos per request, 0 to 5. Default: 1 with `upload`, 3 with the extension `media`. With
    /// neither, photos are not offered.
    pub most: Option<u32>,
    /// Address that receives a photo as multipart `file` and responds with its `media_url`; for endpoints that do
    /// not accept photos themselves.
    pub upload: Option<String>,
    /// True if the endpoint accepts photos in the POST request: set by the caller if it has the extension `media`.
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub in_post: bool,
}

/// Which contact details residents are asked for.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct ContactConfig {
    /// The contact details asked for, in this order; an empty list asks for none. Default:
    /// `["name", "phone", "email"]`.
    pub fields: Vec<ContactField>,
    /// The contact details that must be given. Default: none, so that requests can be sent anonymously.
    pub required: Vec<ContactField>,
    /// Why the city asks for contact details.
    pub why: Text,
    /// The ways offered to contact the resident. `post` needs the extension `preferred_contact`, the others need
    /// the respective field, and `none` is offered only if nothing is required. Default: all of them.
    pub ways: Vec<ContactMethod>,
    /// True if the endpoint accepts the preferred way as a form field: set by the caller if it has the extension
    /// `preferred_contact`.
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub in_post: bool,
}

impl Default for ContactConfig {
    fn default() -> Self {
        Self {
            fields: vec![ContactField::Name, ContactField::Phone, ContactField::Email],
            required: Vec::new(),
            why: Text::default(),
            ways: vec![
                ContactMethod::Phone,
                ContactMethod::Text,
                ContactMethod::Email,
                ContactMethod::Post,
                ContactMethod::None,
            ],
            in_post: false,
        }
    }
}

/// A contact detail of a resident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename_all = "lowercase")
)]
pub enum ContactField {
    /// First and last name.
    Name,
    /// Phone number.
    Phone,
    /// Email address.
    Email,
}

/// A way to contact a resident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename_all = "lowercase")
)]
pub enum ContactMethod {
    /// By phone.
    Phone,
    /// By text message.
    Text,
    /// By email.
    Email,
    /// By letter.
    Post,
    /// Not at all.
    None,
}

impl ContactMethod {
    const NAMES: &[(&str, Self)] = &[
        ("phone", Self::Phone),
        ("text", Self::Text),
        ("email", Self::Email),
        ("post", Self::Post),
        ("none", Self::None),
    ];

    /// Its name in the config and in the form field `preferred_contact`.
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(_, method)| *method == self)
            .map_or("", |(name, _)| name)
    }

    /// Its label for residents.
    pub fn label(self) -> Key {
        match self {
            Self::Phone => k::WAY_PHONE,
            Self::Text => k::WAY_TEXT,
            Self::Email => k::WAY_EMAIL,
            Self::Post => k::WAY_POST,
            Self::None => k::WAY_NONE,
        }
    }
}

impl RequestConfig {
    /// Reads the section `report`. Problems are reported to the diagnostics of `fields`.
    pub fn read(fields: &Fields) -> Self {
        Self {
            notices: fields.list("notices", |node| Some(node.object(ServiceNotice::read))),
            notices_url: fields.string("notices_url"),
            geocoder: fields.object("geocoder", |fields| Geocoder {
                search: fields.required("search"),
                reverse: fields.string("reverse"),
            }),
            photos: fields.object("photos", Photos::read).unwrap_or_default(),
            contact: fields
                .object("contact", ContactConfig::read)
                .unwrap_or_default(),
            outside: fields.object("outside", Contact::read),
            nearby: fields.number("nearby").unwrap_or(NEARBY_METRES),
        }
    }

    /// The maximum number of photos per request; 0 if photos cannot be sent.
    pub fn max_photos(&self) -> u32 {
        let default = match (&self.photos.upload, self.photos.in_post) {
            (Some(_), _) => 1,
            (None, true) => 3,
            (None, false) => return 0,
        };
        self.photos.most.unwrap_or(default).min(MAX_PHOTOS)
    }

    /// The ways that can be offered: calls and text messages need the field for the number, emails the one for
    /// the address, and letters a separate form field, because a postal address must not be put into the
    /// description, which is public.
    pub fn contact_methods(&self) -> Vec<ContactMethod> {
        let has = |field| self.contact.fields.contains(&field);
        let mut methods = self.contact.ways.clone();
        methods.retain(|method| match method {
            ContactMethod::Phone | ContactMethod::Text => has(ContactField::Phone),
            ContactMethod::Email => has(ContactField::Email),
            ContactMethod::Post => self.contact.in_post,
            ContactMethod::None => self.contact.required.is_empty(),
        });
        methods
    }
}

impl ServiceNotice {
    /// Reads a notice.
    pub fn read(fields: &Fields) -> Self {
        const KINDS: &[(&str, NoticeKind)] = &[
            ("emergency", NoticeKind::Emergency),
            ("not-ours", NoticeKind::NotOurs),
            ("paused", NoticeKind::Paused),
            ("known", NoticeKind::Known),
        ];
        Self {
            id: fields.get("id").and_then(|node| node.any_text()),
            kind: fields
                .get("kind")
                .and_then(|node| node.one_of(KINDS))
                .unwrap_or_default(),
            services: fields.strings("services"),
            title: fields.text("title"),
            text: fields.text("text"),
            phone: fields.string("phone"),
            link: fields.string("link"),
            from: fields.string("from"),
            until: fields.string("until"),
        }
    }
}

impl Photos {
    fn read(fields: &Fields) -> Self {
        Self {
            most: fields.number("most"),
            upload: fields.string("upload"),
            in_post: false,
        }
    }
}

impl ContactConfig {
    fn read(fields: &Fields) -> Self {
        const FIELDS: &[(&str, ContactField)] = &[
            ("name", ContactField::Name),
            ("phone", ContactField::Phone),
            ("email", ContactField::Email),
        ];
        let default = Self::default();
        let list = |key| fields.list(key, |node| node.one_of(FIELDS));
        Self {
            fields: if fields.has("fields") {
                list("fields")
            } else {
                default.fields
            },
            required: list("required"),
            why: fields.text("why"),
            ways: if fields.has("ways") {
                fields.list("ways", |node| node.one_of(ContactMethod::NAMES))
            } else {
                default.ways
            },
            in_post: false,
        }
    }
}
