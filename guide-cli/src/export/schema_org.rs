//! The classes of schema.org that are exported, with the properties that are used, in the order of the output.

use serde::{Serialize, Serializer};

use crate::pretty_json::Amount;

/// The value of a property. Empty values are left out.
pub(super) trait Property {
    fn is_empty(&self) -> bool {
        false
    }
}

impl Property for usize {}

impl Property for Amount {}

impl Property for String {
    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Property> Property for Option<T> {
    fn is_empty(&self) -> bool {
        self.as_ref().is_none_or(Property::is_empty)
    }
}

impl<T> Property for Vec<T> {
    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

/// Defines classes: `@type` is the name of the struct, and empty properties are left out.
macro_rules! classes {
    ($($class:ident { $($(#[$attribute:meta])* $property:ident: $type:ty,)* })*) => {$(
        #[derive(Debug, Default, PartialEq, Serialize)]
        #[serde(tag = "@type", rename_all = "camelCase")]
        pub(super) struct $class {$(
            #[serde(skip_serializing_if = "Property::is_empty")]
            $(#[$attribute])*
            pub(super) $property: $type,
        )*}

        impl Property for $class {}
    )*};
}

classes! {
    GovernmentService {
        #[serde(rename = "@id")]
        id: String,
        identifier: String,
        name: LocalizedText,
        description: LocalizedText,
        service_type: LocalizedText,
        provider: Option<Reference>,
        service_operator: Option<Reference>,
        hours_available: Vec<OpeningHoursSpecification>,
        service_output: Option<Thing>,
        offers: Vec<Offer>,
        available_channel: Vec<ServiceChannel>,
        subject_of: Option<Reference>,
    }

    GovernmentOrganization {
        #[serde(rename = "@id")]
        id: String,
        name: LocalizedText,
        telephone: Option<String>,
        email: Option<String>,
        address: LocalizedText,
        location: Option<Place>,
    }

    Place {
        name: LocalizedText,
        address: LocalizedText,
        telephone: Option<String>,
        has_map: Option<String>,
        opening_hours_specification: Vec<OpeningHoursSpecification>,
        description: LocalizedText,
    }

    OpeningHoursSpecification {
        day_of_week: Vec<&'static str>,
        opens: String,
        closes: String,
        valid_from: Option<String>,
        valid_through: Option<String>,
    }

    Thing {
        name: LocalizedText,
    }

    Offer {
        name: LocalizedText,
        description: LocalizedText,
        price: Option<Amount>,
        price_currency: Option<String>,
        price_specification: Option<PriceSpecification>,
    }

    PriceSpecification {
        min_price: Option<Amount>,
        max_price: Option<Amount>,
        price_currency: Option<String>,
    }

    ServiceChannel {
        name: LocalizedText,
        service_url: Option<String>,
        service_location: Option<Place>,
        service_phone: Option<ContactPoint>,
        available_language: Option<Languages>,
    }

    ContactPoint {
        telephone: String,
    }

    HowTo {
        #[serde(rename = "@id")]
        id: String,
        name: LocalizedText,
        description: LocalizedText,
        r#abstract: LocalizedText,
        in_language: Option<Languages>,
        about: Option<Reference>,
        date_modified: Option<String>,
        total_time: Option<String>,
        supply: Vec<HowToSupply>,
        step: Vec<HowToItem>,
    }

    HowToSection {
        position: usize,
        name: LocalizedText,
        description: LocalizedText,
        item_list_element: Vec<HowToItem>,
    }

    HowToStep {
        position: usize,
        name: LocalizedText,
        text: LocalizedText,
        url: Option<String>,
        item_list_element: Vec<HowToDirection>,
    }

    HowToDirection {
        text: LocalizedText,
        description: LocalizedText,
        total_time: Option<String>,
        supply: Vec<HowToSupply>,
    }

    HowToSupply {
        name: LocalizedText,
        description: LocalizedText,
    }
}

/// The exported document.
#[derive(Debug, Serialize)]
pub(super) struct Document {
    #[serde(rename = "@context")]
    pub(super) context: &'static str,
    #[serde(rename = "@graph")]
    pub(super) graph: Vec<Node>,
}

/// A node of the graph.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Node {
    Service(GovernmentService),
    HowTo(HowTo),
    Organization(GovernmentOrganization),
}

/// An item of a `HowTo` or of a section.
#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum HowToItem {
    Section(HowToSection),
    Step(HowToStep),
    Direction(HowToDirection),
}

/// A reference to a node of the graph.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Reference {
    #[serde(rename = "@id")]
    pub(super) id: String,
}

impl Property for Reference {}

impl Reference {
    pub(super) fn to(id: &str) -> Option<Self> {
        Some(Self { id: id.to_owned() })
    }
}

/// Language tags (BCP 47).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum Languages {
    One(String),
    Several(Vec<String>),
}

impl Property for Languages {
    fn is_empty(&self) -> bool {
        match self {
            Self::One(tag) => tag.is_empty(),
            Self::Several(tags) => tags.is_empty(),
        }
    }
}

/// A text: one value, or a list of values in several languages.
#[derive(Debug, Default, PartialEq)]
pub(super) struct LocalizedText(pub(super) Vec<TextValue>);

/// A text for all languages, or in one.
#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum TextValue {
    Plain(String),
    InLanguage {
        #[serde(rename = "@value")]
        value: String,
        #[serde(rename = "@language")]
        language: String,
    },
}

impl Property for LocalizedText {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for LocalizedText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [only] => only.serialize(serializer),
            several => several.serialize(serializer),
        }
    }
}
