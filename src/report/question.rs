//! What a form asks: one question, what answers it takes, and when it is asked at all.
//! Which questions a service has is the business of `outline`. Knows no browser.

use open311::{Choice, Condition};

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
    /// What depends on other answers; None for most.
    pub rules: Option<Box<Rules>>,
}

/// What depends on other answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// When it is asked; None is always.
    pub asked_when: Option<Condition>,
    /// When it has to be answered, beside `required`.
    pub required_when: Option<Condition>,
    /// Other values to choose from.
    pub values: Vec<(Condition, Vec<Choice>)>,
    /// Answers with which the request is not for this form, and what to tell.
    pub stops: Vec<(Condition, String)>,
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
    /// The resident's postal address.
    Home,
}

impl Question {
    /// A question that everybody is asked.
    pub fn new(name: &str, label: &str, kind: Kind) -> Self {
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            hint: String::new(),
            required: false,
            kind,
            rules: None,
        }
    }

    /// The attribute's code, where it is one of the service's own.
    pub fn code(&self) -> Option<&str> {
        attribute_code(&self.name)
    }

    /// What there is to choose from; nothing for other kinds.
    pub fn choices(&self) -> &[Choice] {
        match &self.kind {
            Kind::One(choices) | Kind::Many(choices) => choices,
            _ => &[],
        }
    }

    /// Whether an answer to it may end the form.
    pub fn may_stop(&self) -> bool {
        let stops = |choices: &[Choice]| choices.iter().any(|choice| choice.stop.is_some());
        stops(self.choices())
            || self.rules.as_ref().is_some_and(|rules| {
                !rules.stops.is_empty() || rules.values.iter().any(|(_, values)| stops(values))
            })
    }

    /// Whether the answer to the attribute of this code matters to it.
    pub fn looks_at(&self, code: &str) -> bool {
        let Some(rules) = &self.rules else {
            return false;
        };
        let single = rules.asked_when.iter().chain(&rules.required_when);
        let values = rules.values.iter().map(|(condition, _)| condition);
        let stops = rules.stops.iter().map(|(condition, _)| condition);
        single
            .chain(values)
            .chain(stops)
            .any(|condition| condition.looks_at(code))
    }
}

/// The code in `attribute[CODE]`.
pub fn attribute_code(name: &str) -> Option<&str> {
    name.strip_prefix("attribute[")?.strip_suffix(']')
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
            Self::Home => "street-address",
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
