//! The city's config for request forms: the section `report` of `frontdoor.json`. It is read with the first
//! form, because the first view does not need it.

use crate::config::{Contact, Fields};
use crate::i18n::{Key, Text, k};
use guide::ReadText as _;

/// What a city decides for its request forms.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct RequestConfig {
    /// What residents have to know before they type anything.
    pub notices: Vec<ServiceNotice>,
    /// Address of a list of more such notices, relative to this file; asked for with every form, so that
    /// a notice can be given without a change of this file.
    pub notices_url: Option<String>,
    /// How a typed address is found on the map.
    pub geocoder: Option<Geocoder>,
    /// How pictures are sent.
    pub photos: Photos,
    /// What is asked of the resident.
    pub contact: ContactConfig,
    /// Whom to ask about a place outside the city.
    pub outside: Option<Contact>,
    /// Metres within which open requests for the same are shown before the form goes on; 0 for never.
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

/// Default of `nearby`, in metres: about as far as one sees along a street.
const NEARBY_METRES: u32 = 250;
/// Upper limit of `photos.most`. Sensible: 3 to 10; every photo is some 400 KB to send.
const MAX_PHOTOS: u32 = 5;

/// What a resident has to know before typing: the request may not be for this form.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct ServiceNotice {
    /// Tells notices apart; without it, the title does.
    pub id: Option<String>,
    /// What it says: see the words one by one.
    pub kind: NoticeKind,
    /// Codes of the services it is about; without this, all of them.
    pub services: Vec<String>,
    /// The most important sentence.
    pub title: Text,
    /// What to do.
    pub text: Text,
    /// Telephone number of who helps.
    pub phone: Option<String>,
    /// Web address of who helps, or of more to read.
    pub link: Option<String>,
    /// From when it holds: a date, or a date and time with its zone (RFC 3339).
    pub from: Option<String>,
    /// Until when it holds; shown to residents.
    pub until: Option<String>,
}

/// What a notice says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename_all = "kebab-case")
)]
pub enum NoticeKind {
    /// Call, and do not write: someone is in danger.
    Emergency,
    /// Somebody else is in charge.
    NotOurs,
    /// The service is not there now.
    Paused,
    /// The city knows already. The form can be filled in all the same.
    #[default]
    Known,
}

/// Where addresses are looked up. Answers in the shape of Photon and of Nominatim are read.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Geocoder {
    /// Address with `{q}` for what was typed and, if it takes one, `{lang}` for the language.
    pub search: String,
    /// Address with `{lat}` and `{lon}`, for the address of a place on the map.
    pub reverse: Option<String>,
}

/// How pictures are sent.
#[derive(Clone, Debug, Default)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct Photos {
    /// How many a request may bring, 0 to 5. By itself 3 with the extension `media`, 1 with `upload`, and
    /// 0 with neither.
    pub most: Option<u32>,
    /// Address that takes a picture as multipart `file` and answers with its `media_url`; for endpoints
    /// that take no pictures themselves.
    pub upload: Option<String>,
    /// The endpoint takes pictures in the POST; from the extension `media`.
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub in_post: bool,
}

/// What is asked of the resident.
#[derive(Clone, Debug)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(default, deny_unknown_fields)
)]
pub struct ContactConfig {
    /// What is asked for, in this order; an empty list asks nothing.
    pub fields: Vec<ContactField>,
    /// What has to be given. By itself nothing.
    pub required: Vec<ContactField>,
    /// Why it is asked for, in the city's words.
    pub why: Text,
    /// Ways in which the city gets back to people. `post` needs the extension `preferred_contact`.
    pub ways: Vec<ContactMethod>,
    /// The endpoint takes the way as a field; from the extension `preferred_contact`.
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

/// Something a resident may say of themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename_all = "lowercase")
)]
pub enum ContactField {
    /// First and last name.
    Name,
    /// Telephone number.
    Phone,
    /// E-mail address.
    Email,
}

/// A way to get back to a resident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename_all = "lowercase")
)]
pub enum ContactMethod {
    /// A call.
    Phone,
    /// A text message.
    Text,
    /// An e-mail.
    Email,
    /// A letter.
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

    /// Its name in requests and in the config.
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(_, way)| *way == self)
            .map_or("", |(name, _)| name)
    }

    /// Its label, for residents.
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
    /// Reads what stands under `report`.
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

    /// How many pictures a request may bring.
    pub fn max_photos(&self) -> u32 {
        let default = match (&self.photos.upload, self.photos.in_post) {
            (Some(_), _) => 1,
            (None, true) => 3,
            (None, false) => return 0,
        };
        self.photos.most.unwrap_or(default).min(MAX_PHOTOS)
    }

    /// The ways that can be offered: a letter needs an address, which must not stand in what everybody
    /// reads, and a call needs a field for the number.
    pub fn contact_methods(&self) -> Vec<ContactMethod> {
        let has = |field| self.contact.fields.contains(&field);
        let mut ways = self.contact.ways.clone();
        ways.retain(|way| match way {
            ContactMethod::Phone | ContactMethod::Text => has(ContactField::Phone),
            ContactMethod::Email => has(ContactField::Email),
            ContactMethod::Post => self.contact.in_post,
            ContactMethod::None => self.contact.required.is_empty(),
        });
        ways
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
        let usual = Self::default();
        let list = |key| fields.list(key, |node| node.one_of(FIELDS));
        Self {
            fields: match fields.has("fields") {
                true => list("fields"),
                false => usual.fields,
            },
            required: list("required"),
            why: fields.text("why"),
            ways: match fields.has("ways") {
                true => fields.list("ways", |node| node.one_of(ContactMethod::NAMES)),
                false => usual.ways,
            },
            in_post: false,
        }
    }
}
