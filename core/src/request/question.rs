//! A question of a form: its text, the kind of answer it accepts, and the rules that depend on other answers.
//!
//! It does not evaluate the rules and does not know which questions a form has; see [`super::questionnaire`].

use open311::{Choice, Condition};

/// The maximum length of a description, in characters (GeoReport v2, POST Service Request).
pub const DESCRIPTION_LIMIT: usize = 4000;

/// An item on a page of a form.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A text to read.
    Notice(String),
    /// A question to answer.
    Question(Question),
}

/// A question of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The name under which the answer is saved and sent: a GeoReport field, or `attribute[CODE]`.
    pub name: String,
    /// The question, as the resident reads it.
    pub label: String,
    /// Help with answering it; may be empty.
    pub hint: String,
    /// True if it must be answered.
    pub required: bool,
    /// The kind of answer it takes.
    pub kind: Kind,
    /// The rules that depend on other answers; `None` for most questions.
    pub rules: Option<Box<Rules>>,
}

/// The rules of a question that depend on other answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// The question is asked only if this is met; `None` for always.
    pub asked_when: Option<Condition>,
    /// The question must also be answered if this is met, even if it is not `required`.
    pub required_when: Option<Condition>,
    /// Alternative values to choose from; the first whose condition is met replaces the usual ones.
    pub values: Vec<(Condition, Vec<Choice>)>,
    /// Answers that mean that this is the wrong form, each with what to tell the resident.
    pub stops: Vec<(Condition, String)>,
}

/// The kind of answer a question accepts.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// One line of text.
    Line(Purpose),
    /// Several lines, up to this many characters.
    Paragraph(usize),
    /// A number.
    Number,
    /// A date with an optional time.
    Date,
    /// One of these values.
    One(Vec<Choice>),
    /// Any number of these values.
    Many(Vec<Choice>),
}

/// The purpose of a line of text, by which the device autofills it and shows a suitable keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// No purpose for which a device has data.
    Free,
    /// The location of the problem. It is not where the resident lives, so the device must not autofill it.
    Place,
    /// The resident's first name.
    FirstName,
    /// The resident's last name.
    LastName,
    /// The resident's e-mail address.
    Email,
    /// The resident's phone number.
    Phone,
    /// The resident's postal address.
    Home,
}

impl Question {
    /// An optional question without a hint that is always asked.
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

    /// The attribute's code if this is one of the service's own questions.
    pub fn code(&self) -> Option<&str> {
        attribute_code(&self.name)
    }

    /// The values to choose from; empty for other kinds.
    pub fn choices(&self) -> &[Choice] {
        match &self.kind {
            Kind::One(choices) | Kind::Many(choices) => choices,
            _ => &[],
        }
    }

    /// True if some answer to it would mean that this is the wrong form.
    pub fn may_stop(&self) -> bool {
        let stops = |choices: &[Choice]| choices.iter().any(|choice| choice.stop.is_some());
        stops(self.choices())
            || self.rules.as_ref().is_some_and(|rules| {
                !rules.stops.is_empty() || rules.values.iter().any(|(_, values)| stops(values))
            })
    }

    /// True if a rule depends on the answer to the attribute with this code.
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

/// The code in a name of the form `attribute[CODE]`; `None` for other names.
pub fn attribute_code(name: &str) -> Option<&str> {
    name.strip_prefix("attribute[")?.strip_suffix(']')
}

impl Purpose {
    /// The value of the `autocomplete` attribute (WHATWG HTML, 4.10.18.7).
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

    /// The value of the `type` attribute of the input.
    pub fn input_type(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "tel",
            _ => "text",
        }
    }
}
