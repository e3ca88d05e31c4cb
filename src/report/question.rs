//! What a form asks: the questions and notices of each step, made from the city's own
//! definition and the fields that GeoReport has for every request. Knows no browser.

use crate::i18n::{Key, Words, k};
use crate::route::Step;
use open311::{Attribute, AttributeKind, Choice, Datatype, Definition};

/// GeoReport's limit for a description, in characters.
pub const DESCRIPTION_LIMIT: usize = 4000;

/// Something on a page of a form.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Something to read.
    Notice(String),
    /// Something to answer.
    Question(Question),
}

/// One question.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The name under which the answer is kept and sent: a field of GeoReport, or `attribute[CODE]`.
    pub name: String,
    /// The question in words.
    pub label: String,
    /// What helps to answer it; may be empty.
    pub hint: String,
    /// Whether the form goes on without an answer.
    pub required: bool,
    /// What kind of answer it takes.
    pub kind: Kind,
}

/// The kind of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// One line of text.
    Line(Purpose),
    /// Several lines, up to this many characters.
    Paragraph(usize),
    /// A number.
    Number,
    /// A date, and a time if there is one.
    Date,
    /// One of these.
    One(Vec<Choice>),
    /// Any of these.
    Many(Vec<Choice>),
}

/// What a line of text is for, so that the device can fill it in and show the right keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Nothing that a device would know.
    Free,
    /// Where something is; not where the resident lives, so the device fills in nothing.
    Place,
    /// The resident's first name.
    FirstName,
    /// The resident's last name.
    LastName,
    /// The resident's e-mail address.
    Email,
    /// The resident's telephone number.
    Phone,
}

impl Purpose {
    /// The `autocomplete` token (WHATWG HTML, 4.10.18.7).
    pub fn autocomplete(self) -> &'static str {
        match self {
            Self::Free | Self::Place => "off",
            Self::FirstName => "given-name",
            Self::LastName => "family-name",
            Self::Email => "email",
            Self::Phone => "tel",
        }
    }

    /// The `type` of the input.
    pub fn input_type(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "tel",
            _ => "text",
        }
    }
}

/// What a step of a service's form asks, in order; nothing for the last one, which only shows.
pub fn items(step: Step, definition: &Definition, words: &Words) -> Vec<Item> {
    match step {
        Step::Place => vec![Item::Question(Question {
            name: "address_string".into(),
            label: words.get(k::PLACE_LABEL).into(),
            hint: words.get(k::PLACE_HINT).into(),
            required: true,
            kind: Kind::Line(Purpose::Place),
        })],
        Step::Details => details(definition, words),
        Step::Contact => contact(words),
        Step::Check => Vec::new(),
    }
}

/// The questions of all steps.
pub fn questions(definition: &Definition, words: &Words) -> Vec<(Step, Question)> {
    Step::ALL
        .into_iter()
        .flat_map(|step| {
            items(step, definition, words)
                .into_iter()
                .filter_map(move |item| match item {
                    Item::Question(question) => Some((step, question)),
                    Item::Notice(_) => None,
                })
        })
        .collect()
}

fn details(definition: &Definition, words: &Words) -> Vec<Item> {
    let attributes = definition
        .attributes
        .iter()
        .map(|attribute| item(attribute, words));
    let asks_nothing = definition.attributes.is_empty();
    let description = Item::Question(Question {
        name: "description".into(),
        label: words
            .get(if asks_nothing {
                k::DESCRIPTION_ALONE
            } else {
                k::DESCRIPTION_LABEL
            })
            .into(),
        hint: words.get(k::DESCRIPTION_HINT).into(),
        required: false,
        kind: Kind::Paragraph(DESCRIPTION_LIMIT),
    });
    attributes.chain([description]).collect()
}

fn item(attribute: &Attribute, words: &Words) -> Item {
    let AttributeKind::Question {
        datatype,
        required,
        values,
    } = &attribute.kind
    else {
        return Item::Notice(attribute.description.clone());
    };
    let kind = match datatype {
        // A list with nothing in it cannot be chosen from, but the question can be answered.
        Datatype::SingleValueList | Datatype::MultiValueList if values.is_empty() => {
            Kind::Line(Purpose::Free)
        }
        Datatype::SingleValueList => Kind::One(values.clone()),
        Datatype::MultiValueList => Kind::Many(values.clone()),
        Datatype::String => Kind::Line(Purpose::Free),
        Datatype::Text => Kind::Paragraph(DESCRIPTION_LIMIT),
        Datatype::Number => Kind::Number,
        Datatype::Datetime => Kind::Date,
    };
    let own_hint = attribute.datatype_description.as_str();
    let hint = match kind {
        Kind::Many(_) if own_hint.is_empty() => words.get(k::CHOOSE_MANY),
        _ => own_hint,
    };
    Item::Question(Question {
        name: ["attribute[", &attribute.code, "]"].concat(),
        label: match attribute.description.is_empty() {
            true => attribute.code.clone(),
            false => attribute.description.clone(),
        },
        hint: hint.into(),
        required: *required,
        kind,
    })
}

fn contact(words: &Words) -> Vec<Item> {
    let line = |name: &str, label, hint: Option<Key>, purpose| {
        Item::Question(Question {
            name: name.into(),
            label: words.get(label).into(),
            hint: hint.map(|hint| words.get(hint)).unwrap_or_default().into(),
            required: false,
            kind: Kind::Line(purpose),
        })
    };
    vec![
        Item::Notice(words.get(k::CONTACT_WHY).into()),
        line("first_name", k::FIRST_NAME, None, Purpose::FirstName),
        line("last_name", k::LAST_NAME, None, Purpose::LastName),
        line("phone", k::PHONE, Some(k::PHONE_HINT), Purpose::Phone),
        line("email", k::EMAIL, Some(k::EMAIL_HINT), Purpose::Email),
    ]
}
