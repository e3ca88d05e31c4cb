//! One question of a form: what answers it takes, and when it is asked at all. Which questions a service
//! has is the business of `questionnaire`.

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
    /// The name under which the answer is saved and sent: a field of GeoReport, or `attribute[CODE]`.
    pub name: String,
    /// The question, as the resident reads it.
    pub label: String,
    /// What helps to answer it; may be empty.
    pub hint: String,
    /// True if it must be answered.
    pub required: bool,
    /// The kind of answer it takes.
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
    /// Answers that mean that the form is the wrong one, and what to tell the resident.
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
    /// Nothing that a device could fill in.
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

    /// The values to choose from; none for other kinds.
    pub fn choices(&self) -> &[Choice] {
        match &self.kind {
            Kind::One(choices) | Kind::Many(choices) => choices,
            _ => &[],
        }
    }

    /// True if an answer to it can end the form.
    pub fn may_stop(&self) -> bool {
        let stops = |choices: &[Choice]| choices.iter().any(|choice| choice.stop.is_some());
        stops(self.choices())
            || self.rules.as_ref().is_some_and(|rules| {
                !rules.stops.is_empty() || rules.values.iter().any(|(_, values)| stops(values))
            })
    }

    /// True if it depends on the answer to the attribute of this code.
    pub fn depends_on(&self, code: &str) -> bool {
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
