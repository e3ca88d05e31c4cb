//! Builds the pages of a questionnaire from the city's service definition and the fields that GeoReport v2 has
//! for every request: location, description and contact details.
//!
//! It decides on which page a question is; which questions are asked is up to the parent module.

use crate::i18n::{Catalog, Key, k};
use crate::request::config::{ContactField, ContactMethod, RequestConfig};
use crate::request::question::{DESCRIPTION_LIMIT, Item, Kind, Purpose, Question, Rules};
use crate::route::Step;
use open311::{
    Attribute, AttributeKind, Choice, Condition, Datatype, Definition, Moment, Operator,
};

/// A definition with at most this many questions is a single page; a longer one is split. A higher number makes
/// pages longer, a lower one makes more of them. Sensible: 4 to 12.
const MAX_PER_PAGE: usize = 8;
/// In a form that is split, a notice starts a new page if the current page has at least this many questions. A
/// lower number makes more and shorter pages. Sensible: 1 to [`MAX_PER_PAGE`].
const MIN_PER_TOPIC: usize = 3;

/// What a questionnaire is built from.
pub struct QuestionnaireInputs<'a> {
    /// The service definition.
    pub definition: &'a Definition,
    /// The city's config for request forms.
    pub config: &'a RequestConfig,
    /// The interface's texts.
    pub catalog: &'a Catalog,
    /// Formats the time of an appointment for residents, such as “Tue, Dec 1, 9:00 AM”; `None` if the text is
    /// not a time.
    pub moment: &'a dyn Fn(&str) -> Option<String>,
}

/// All pages of a service's form.
pub(super) fn pages(inputs: &QuestionnaireInputs) -> Vec<(Step, Vec<Item>)> {
    let mut pages = vec![(Step::Place, location(inputs))];
    for (index, page) in details(inputs).into_iter().enumerate() {
        pages.push((Step::Details(index.min(254) as u8), page));
    }
    let contact = contact(inputs);
    if !contact.is_empty() {
        pages.push((Step::Contact, contact));
    }
    pages
}

fn location(inputs: &QuestionnaireInputs) -> Vec<Item> {
    let catalog = inputs.catalog;
    let question = |name: &str, label: Key, hint: Key| {
        let mut question = Question::new(name, catalog.get(label), Kind::Line(Purpose::Place));
        question.hint = catalog.get(hint).into();
        question
    };
    let mut address = question("address_string", k::PLACE_LABEL, k::PLACE_HINT);
    // A pin on the map is an answer, too; see `Questionnaire::check`.
    address.required = true;
    let landmark = question("landmark", k::LANDMARK_LABEL, k::LANDMARK_HINT);
    vec![Item::Question(address), Item::Question(landmark)]
}

/// The city's own questions and the description, in pages of one topic each. A notice starts a topic; pages are
/// limited in length.
fn details(inputs: &QuestionnaireInputs) -> Vec<Vec<Item>> {
    let attributes = &inputs.definition.attributes;
    let is_question =
        |attribute: &&Attribute| matches!(attribute.kind, AttributeKind::Question { .. });
    let is_short = attributes.iter().filter(is_question).count() <= MAX_PER_PAGE;
    let mut pages = vec![Vec::new()];
    let mut on_page = 0;
    for attribute in attributes {
        let item = item(attribute, inputs);
        let starts_topic = matches!(item, Item::Notice(_)) && on_page >= MIN_PER_TOPIC;
        if !is_short && (starts_topic || on_page == MAX_PER_PAGE) {
            pages.push(Vec::new());
            on_page = 0;
        }
        on_page += usize::from(matches!(item, Item::Question(_)));
        if let Some(page) = pages.last_mut() {
            page.push(item);
        }
    }
    let label = if attributes.is_empty() {
        k::DESCRIPTION_ALONE
    } else {
        k::DESCRIPTION_LABEL
    };
    let mut description = Question::new(
        "description",
        inputs.catalog.get(label),
        Kind::Paragraph(DESCRIPTION_LIMIT),
    );
    description.hint = inputs.catalog.get(k::DESCRIPTION_HINT).into();
    if let Some(page) = pages.last_mut() {
        page.push(Item::Question(description));
    }
    pages
}

fn item(attribute: &Attribute, inputs: &QuestionnaireInputs) -> Item {
    let AttributeKind::Question {
        datatype,
        required,
        values,
    } = &attribute.kind
    else {
        return Item::Notice(attribute.description.clone());
    };
    let has_conditional_values = !attribute.conditional_values.is_empty();
    let kind = match datatype {
        // An empty list offers nothing to choose, but the question can still be answered.
        Datatype::SingleValueList | Datatype::MultiValueList
            if values.is_empty() && !has_conditional_values =>
        {
            Kind::Line(Purpose::Free)
        }
        Datatype::SingleValueList => Kind::One(values.clone()),
        Datatype::MultiValueList => Kind::Many(values.clone()),
        Datatype::String => Kind::Line(Purpose::Free),
        Datatype::Text => Kind::Paragraph(DESCRIPTION_LIMIT),
        Datatype::Number => Kind::Number,
        Datatype::Datetime if has_times(values) => Kind::One(appointments(values, inputs.moment)),
        Datatype::Datetime => Kind::Date,
    };
    let own_hint = attribute.datatype_description.as_str();
    let hint = match (&kind, datatype) {
        (Kind::Many(_), _) if own_hint.is_empty() => inputs.catalog.get(k::CHOOSE_MANY),
        (Kind::One(_), Datatype::Datetime) if own_hint.is_empty() => {
            inputs.catalog.get(k::SLOTS_HINT)
        }
        _ => own_hint,
    };
    let label = if attribute.description.is_empty() {
        &attribute.code
    } else {
        &attribute.description
    };
    let rules = Rules {
        asked_when: attribute.asked_when.clone(),
        required_when: None,
        values: attribute.conditional_values.clone(),
        stops: attribute.stops.clone(),
    };
    let has_rules = rules != Rules::default();
    Item::Question(Question {
        name: ["attribute[", &attribute.code, "]"].concat(),
        label: label.clone(),
        hint: hint.into(),
        required: *required,
        kind,
        rules: has_rules.then(|| Box::new(rules)),
    })
}

/// True if values of a `datetime` are appointments to choose from. Some systems send values with every datatype.
fn has_times(values: &[Choice]) -> bool {
    let is_time = |choice: &Choice| {
        Moment::read(&choice.key).is_some_and(|moment| moment.unix_milliseconds().is_some())
    };
    values.iter().any(is_time)
}

/// The values of an appointment, with their times formatted for residents.
fn appointments(values: &[Choice], moment: &dyn Fn(&str) -> Option<String>) -> Vec<Choice> {
    let formatted = |choice: &Choice| Choice {
        name: moment(&choice.key).unwrap_or_else(|| choice.name.clone()),
        ..choice.clone()
    };
    values.iter().map(formatted).collect()
}

/// A question for a contact detail.
struct ContactQuestion {
    field: ContactField,
    /// The GeoReport field.
    name: &'static str,
    label: Key,
    hint: Option<Key>,
    purpose: Purpose,
    /// The ways to be contacted that need an answer.
    needed_for: &'static [ContactMethod],
}

/// In the order in which they are asked within a field.
const CONTACT_QUESTIONS: [ContactQuestion; 4] = [
    ContactQuestion {
        field: ContactField::Name,
        name: "first_name",
        label: k::FIRST_NAME,
        hint: None,
        purpose: Purpose::FirstName,
        needed_for: &[],
    },
    ContactQuestion {
        field: ContactField::Name,
        name: "last_name",
        label: k::LAST_NAME,
        hint: None,
        purpose: Purpose::LastName,
        needed_for: &[],
    },
    ContactQuestion {
        field: ContactField::Phone,
        name: "phone",
        label: k::PHONE,
        hint: Some(k::PHONE_HINT),
        purpose: Purpose::Phone,
        needed_for: &[ContactMethod::Phone, ContactMethod::Text],
    },
    ContactQuestion {
        field: ContactField::Email,
        name: "email",
        label: k::EMAIL,
        hint: Some(k::EMAIL_HINT),
        purpose: Purpose::Email,
        needed_for: &[ContactMethod::Email],
    },
];

/// The questions for the contact details that the config asks for, and for how to contact the resident; empty
/// if it asks for none.
fn contact(inputs: &QuestionnaireInputs) -> Vec<Item> {
    let (config, catalog) = (inputs.config, inputs.catalog);
    let mut items = Vec::new();
    for field in &config.contact.fields {
        for of_field in CONTACT_QUESTIONS
            .iter()
            .filter(|known| known.field == *field)
        {
            let label = catalog.get(of_field.label);
            let mut question = Question::new(of_field.name, label, Kind::Line(of_field.purpose));
            question.hint = of_field
                .hint
                .map(|hint| catalog.get(hint))
                .unwrap_or_default()
                .into();
            question.required = config.contact.required.contains(field);
            if !of_field.needed_for.is_empty() {
                question.rules = Some(Box::new(Rules {
                    required_when: Some(prefers(of_field.needed_for)),
                    ..Rules::default()
                }));
            }
            items.push(Item::Question(question));
        }
    }
    if items.is_empty() {
        return items;
    }
    let methods = config.contact_methods();
    if methods.len() > 1 {
        let choices = methods.iter().map(|method| Choice {
            key: method.name().to_owned(),
            name: catalog.get(method.label()).to_owned(),
            stop: None,
        });
        items.push(Item::Question(Question::new(
            "preferred_contact",
            catalog.get(k::PREFERRED_CONTACT),
            Kind::One(choices.collect()),
        )));
    }
    if methods.contains(&ContactMethod::Post) {
        let mut home = Question::new(
            "postal_address",
            catalog.get(k::POSTAL_ADDRESS),
            Kind::Line(Purpose::Home),
        );
        home.required = true;
        home.rules = Some(Box::new(Rules {
            asked_when: Some(prefers(&[ContactMethod::Post])),
            ..Rules::default()
        }));
        items.push(Item::Question(home));
    }
    items
}

/// The condition that the resident prefers one of these ways to be contacted.
fn prefers(methods: &[ContactMethod]) -> Condition {
    Condition::Compare {
        attribute: "preferred_contact".into(),
        operator: Operator::In,
        values: methods
            .iter()
            .map(|method| method.name().to_owned())
            .collect(),
    }
}
