//! A service's form: its questions in pages of one topic each, and which of them are asked given the
//! answers so far. Made from the city's service definition and the fields that GeoReport has for every
//! request.

use super::answer::{self, Answer, AnswerError};
use super::config::{ContactField, ContactMethod, RequestConfig};
use super::draft::Draft;
use super::question::{DESCRIPTION_LIMIT, Item, Kind, Purpose, Question, Rules, attribute_code};
use crate::i18n::{Catalog, Key, k};
use crate::route::Step;
use open311::{
    Attribute, AttributeKind, Choice, Condition, Datatype, Definition, Moment, Operator,
};

/// A definition of at most this many questions is one page; a longer one is split. More makes long pages,
/// fewer makes many. Sensible: 4 to 12.
const MAX_PER_PAGE: usize = 8;
/// A notice begins a new page if the page before has at least this many questions.
const MIN_PER_TOPIC: usize = 3;
/// Questions that depend on each other are followed this deep; deeper ones, and circles, count as asked.
const MAX_CONDITION_DEPTH: usize = 16;

/// All questions of a service's form, page by page.
pub struct Questionnaire {
    pages: Vec<(Step, Vec<Item>)>,
    has_photos: bool,
}

/// What a questionnaire is made from.
pub struct QuestionnaireInputs<'a> {
    /// The service definition.
    pub definition: &'a Definition,
    /// The city's config for request forms.
    pub config: &'a RequestConfig,
    /// The interface's texts.
    pub catalog: &'a Catalog,
    /// Formats the time of an appointment, such as “Tue, Dec 1, 9:00 AM”; `None` if it is no time.
    pub moment: &'a dyn Fn(&str) -> Option<String>,
}

impl Questionnaire {
    /// Builds the questionnaire of a service.
    pub fn new(source: &QuestionnaireInputs) -> Self {
        let catalog = source.catalog;
        let mut place = Question::new(
            "address_string",
            catalog.get(k::PLACE_LABEL),
            Kind::Line(Purpose::Place),
        );
        place.hint = catalog.get(k::PLACE_HINT).into();
        // A pin on the map answers it too; see `check`.
        place.required = true;
        let mut landmark = Question::new(
            "landmark",
            catalog.get(k::LANDMARK_LABEL),
            Kind::Line(Purpose::Place),
        );
        landmark.hint = catalog.get(k::LANDMARK_HINT).into();
        let mut pages = vec![(
            Step::Place,
            vec![Item::Question(place), Item::Question(landmark)],
        )];
        for (index, page) in details(source).into_iter().enumerate() {
            pages.push((Step::Details(index.min(254) as u8), page));
        }
        let contact = contact(source);
        if !contact.is_empty() {
            pages.push((Step::Contact, contact));
        }
        Self {
            pages,
            has_photos: source.config.max_photos() > 0,
        }
    }

    /// The items on the page of a step.
    pub fn items(&self, step: Step) -> &[Item] {
        self.pages
            .iter()
            .find(|(known, _)| *known == step)
            .map(|(_, items)| items.as_slice())
            .unwrap_or_default()
    }

    /// All questions, with their steps.
    pub fn questions(&self) -> impl Iterator<Item = (Step, &Question)> {
        self.pages.iter().flat_map(|(step, items)| {
            items.iter().filter_map(move |item| match item {
                Item::Question(question) => Some((*step, question)),
                Item::Notice(_) => None,
            })
        })
    }

    /// The steps that this resident goes through; pages on which nothing is asked are left out.
    pub fn steps(&self, draft: &Draft) -> Vec<Step> {
        let mut steps = Vec::new();
        for (step, items) in &self.pages {
            if *step == Step::Contact {
                steps.extend(self.has_photos.then_some(Step::Photos));
            }
            let is_asked = |item: &Item| match item {
                Item::Question(question) => self.is_asked(question, draft),
                Item::Notice(_) => false,
            };
            if items.iter().any(is_asked) {
                steps.push(*step);
            }
        }
        if self.has_photos && !steps.contains(&Step::Photos) {
            steps.push(Step::Photos);
        }
        steps.push(Step::Check);
        steps
    }

    /// The step after this one; the review if there is none.
    pub fn after(&self, step: Step, draft: &Draft) -> Step {
        let steps = self.steps(draft);
        // Nearby requests are shown between the place and the questions, and are no step of their own.
        let here = if step == Step::Nearby {
            Step::Place
        } else {
            step
        };
        let index = steps.iter().position(|known| *known == here);
        let next = match index {
            Some(index) => steps.get(index + 1),
            // The page is no longer asked: continue with the first step that comes later in the form.
            None => steps.iter().find(|known| rank(**known) > rank(here)),
        };
        next.copied().unwrap_or(Step::Check)
    }

    /// The questions that are asked given the answers so far, resolved ([`Questionnaire::resolve`]).
    pub fn active_questions(&self, draft: &Draft) -> Vec<(Step, Question)> {
        self.questions()
            .filter(|(_, question)| self.is_asked(question, draft))
            .map(|(step, question)| (step, self.resolve(question, draft)))
            .collect()
    }

    /// True if a question is asked given the answers so far.
    pub fn is_asked(&self, question: &Question, draft: &Draft) -> bool {
        self.is_asked_at(question, draft, 0)
    }

    fn is_asked_at(&self, question: &Question, draft: &Draft, depth: usize) -> bool {
        let condition = question.rules.as_ref();
        let condition = condition.and_then(|rules| rules.asked_when.as_ref());
        condition.is_none_or(|condition| self.is_met(condition, draft, depth))
    }

    fn is_met(&self, condition: &Condition, draft: &Draft, depth: usize) -> bool {
        depth >= MAX_CONDITION_DEPTH
            || condition.is_met(&|code| self.answers_to(code, draft, depth + 1))
    }

    /// The answers to the question of a code; none if it is not asked.
    fn answers_to(&self, code: &str, draft: &Draft, depth: usize) -> Vec<String> {
        let question = self
            .questions()
            .map(|(_, question)| question)
            .find(|question| question.code().unwrap_or(&question.name) == code);
        match question {
            Some(question) if self.is_asked_at(question, draft, depth) => {
                draft.answers(&question.name)
            }
            _ => Vec::new(),
        }
    }

    /// A question with the values and the `required` that apply given the answers so far.
    pub fn resolve(&self, question: &Question, draft: &Draft) -> Question {
        let mut asked = question.clone();
        if let Some(rules) = &question.rules {
            let is_met = |condition: &Condition| self.is_met(condition, draft, 0);
            asked.required |= rules.required_when.as_ref().is_some_and(is_met);
            let values = rules.values.iter().find(|(condition, _)| is_met(condition));
            if let (Some((_, values)), Kind::One(choices) | Kind::Many(choices)) =
                (values, &mut asked.kind)
            {
                choices.clone_from(values);
            }
        }
        asked
    }

    /// What to tell the resident if an answer means that the form is the wrong one.
    pub fn stop(&self, asked: &Question, draft: &Draft) -> Option<String> {
        let given = draft.answers(&asked.name);
        let by_choice = asked
            .choices()
            .iter()
            .filter(|choice| given.contains(&choice.key))
            .find_map(|choice| choice.stop.clone());
        let stops = asked.rules.as_ref().map(|rules| rules.stops.as_slice());
        by_choice.or_else(|| {
            let mut stops = stops.unwrap_or_default().iter();
            stops
                .find(|(condition, _)| !given.is_empty() && self.is_met(condition, draft, 0))
                .map(|(_, message)| message.clone())
        })
    }

    /// Checks the answer to a resolved question; `None` if it is valid.
    pub fn check(&self, asked: &Question, draft: &Draft) -> Option<AnswerError> {
        let answer = draft.answer(&asked.name);
        match asked.name.as_str() {
            // A pin on the map answers it too.
            "address_string" if answer.is_none_or(Answer::is_blank) => {
                draft.pin.is_none().then_some(AnswerError::Empty)
            }
            "landmark" => (draft.needs_landmark() && answer.is_none_or(Answer::is_blank))
                .then_some(AnswerError::Empty),
            "description" => {
                let room = DESCRIPTION_LIMIT.saturating_sub(draft.added_to_description());
                let mut asked = asked.clone();
                asked.kind = Kind::Paragraph(room);
                answer::check(&asked, answer)
            }
            _ => match self.stop(asked, draft) {
                Some(message) => Some(AnswerError::Stopped(message)),
                None => answer::check(asked, answer),
            },
        }
    }

    /// A hash of the questions (FNV-1a): it changes when the city changes its form.
    pub fn fingerprint(&self) -> String {
        let mut state: u32 = 0x811c_9dc5;
        let mut take = |text: &str| {
            for byte in text.bytes().chain([0]) {
                state = (state ^ u32::from(byte)).wrapping_mul(0x0100_0193);
            }
        };
        for (_, question) in self.questions().filter(|(_, q)| q.code().is_some()) {
            take(&question.name);
            take(&question.label);
            question
                .choices()
                .iter()
                .for_each(|choice| take(&choice.key));
        }
        state.to_string()
    }
}

fn rank(step: Step) -> u16 {
    match step {
        Step::Place | Step::Nearby => 0,
        Step::Details(page) => 1 + u16::from(page),
        Step::Photos => 300,
        Step::Contact => 301,
        Step::Check => 302,
    }
}

/// The city's questions in pages of one topic each: a notice begins a topic, and no page grows long.
fn details(source: &QuestionnaireInputs) -> Vec<Vec<Item>> {
    let attributes = &source.definition.attributes;
    let is_question =
        |attribute: &&Attribute| matches!(attribute.kind, AttributeKind::Question { .. });
    let is_short = attributes.iter().filter(is_question).count() <= MAX_PER_PAGE;
    let mut pages = vec![Vec::new()];
    let mut on_page = 0;
    for attribute in attributes {
        let item = item(attribute, source);
        let begins_a_topic = matches!(item, Item::Notice(_)) && on_page >= MIN_PER_TOPIC;
        if !is_short && (begins_a_topic || on_page == MAX_PER_PAGE) {
            pages.push(Vec::new());
            on_page = 0;
        }
        on_page += usize::from(matches!(item, Item::Question(_)));
        if let Some(page) = pages.last_mut() {
            page.push(item);
        }
    }
    let label = match attributes.is_empty() {
        true => k::DESCRIPTION_ALONE,
        false => k::DESCRIPTION_LABEL,
    };
    let mut description = Question::new(
        "description",
        source.catalog.get(label),
        Kind::Paragraph(DESCRIPTION_LIMIT),
    );
    description.hint = source.catalog.get(k::DESCRIPTION_HINT).into();
    if let Some(page) = pages.last_mut() {
        page.push(Item::Question(description));
    }
    pages
}

fn item(attribute: &Attribute, source: &QuestionnaireInputs) -> Item {
    let AttributeKind::Question {
        datatype,
        required,
        values,
    } = &attribute.kind
    else {
        return Item::Notice(attribute.description.clone());
    };
    let has_other_values = !attribute.conditional_values.is_empty();
    let kind = match datatype {
        // An empty list offers nothing to choose, but the question can still be answered.
        Datatype::SingleValueList | Datatype::MultiValueList
            if values.is_empty() && !has_other_values =>
        {
            Kind::Line(Purpose::Free)
        }
        Datatype::SingleValueList => Kind::One(values.clone()),
        Datatype::MultiValueList => Kind::Many(values.clone()),
        Datatype::String => Kind::Line(Purpose::Free),
        Datatype::Text => Kind::Paragraph(DESCRIPTION_LIMIT),
        Datatype::Number => Kind::Number,
        Datatype::Datetime if has_moments(values) => Kind::One(slots(values, source.moment)),
        Datatype::Datetime => Kind::Date,
    };
    let own_hint = attribute.datatype_description.as_str();
    let hint = match (&kind, datatype) {
        (Kind::Many(_), _) if own_hint.is_empty() => source.catalog.get(k::CHOOSE_MANY),
        (Kind::One(_), Datatype::Datetime) if own_hint.is_empty() => {
            source.catalog.get(k::SLOTS_HINT)
        }
        _ => own_hint,
    };
    let rules = Rules {
        asked_when: attribute.asked_when.clone(),
        required_when: None,
        values: attribute.conditional_values.clone(),
        stops: attribute.stops.clone(),
    };
    let is_plain = rules == Rules::default();
    Item::Question(Question {
        name: ["attribute[", &attribute.code, "]"].concat(),
        label: match attribute.description.is_empty() {
            true => attribute.code.clone(),
            false => attribute.description.clone(),
        },
        hint: hint.into(),
        required: *required,
        kind,
        rules: (!is_plain).then(|| Box::new(rules)),
    })
}

/// Some systems send values with every datatype; those of an appointment are times.
fn has_moments(values: &[Choice]) -> bool {
    let is_moment = |choice: &Choice| {
        Moment::read(&choice.key).is_some_and(|moment| moment.unix_milliseconds().is_some())
    };
    values.iter().any(is_moment)
}

/// The values of an appointment with their times formatted.
fn slots(values: &[Choice], moment: &dyn Fn(&str) -> Option<String>) -> Vec<Choice> {
    let named = |choice: &Choice| Choice {
        name: moment(&choice.key).unwrap_or_else(|| choice.name.clone()),
        ..choice.clone()
    };
    values.iter().map(named).collect()
}

fn contact(source: &QuestionnaireInputs) -> Vec<Item> {
    let (config, catalog) = (source.config, source.catalog);
    let mut items = Vec::new();
    let line = |field: ContactField, name: &str, label: Key, hint: Option<Key>, purpose| {
        let mut question = Question::new(name, catalog.get(label), Kind::Line(purpose));
        question.hint = hint
            .map(|hint| catalog.get(hint))
            .unwrap_or_default()
            .into();
        question.required = config.contact.required.contains(&field);
        question
    };
    let chosen = |methods: &[ContactMethod]| Condition::Compare {
        attribute: "preferred_contact".into(),
        operator: Operator::In,
        values: methods.iter().map(|way| way.name().to_owned()).collect(),
    };
    for field in &config.contact.fields {
        let (questions, needed_for) = match *field {
            ContactField::Name => (
                vec![
                    line(
                        *field,
                        "first_name",
                        k::FIRST_NAME,
                        None,
                        Purpose::FirstName,
                    ),
                    line(*field, "last_name", k::LAST_NAME, None, Purpose::LastName),
                ],
                None,
            ),
            ContactField::Phone => (
                vec![line(
                    *field,
                    "phone",
                    k::PHONE,
                    Some(k::PHONE_HINT),
                    Purpose::Phone,
                )],
                Some(chosen(&[ContactMethod::Phone, ContactMethod::Text])),
            ),
            ContactField::Email => (
                vec![line(
                    *field,
                    "email",
                    k::EMAIL,
                    Some(k::EMAIL_HINT),
                    Purpose::Email,
                )],
                Some(chosen(&[ContactMethod::Email])),
            ),
        };
        items.extend(questions.into_iter().map(|mut question| {
            if let Some(condition) = &needed_for {
                question.rules = Some(Box::new(Rules {
                    required_when: Some(condition.clone()),
                    ..Rules::default()
                }));
            }
            Item::Question(question)
        }));
    }
    if items.is_empty() {
        return items;
    }
    let methods = config.contact_methods();
    if methods.len() > 1 {
        let choices = methods.iter().map(|way| Choice {
            key: way.name().to_owned(),
            name: catalog.get(way.label()).to_owned(),
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
            asked_when: Some(chosen(&[ContactMethod::Post])),
            ..Rules::default()
        }));
        items.push(Item::Question(home));
    }
    items
}

/// True for the name of a question about the resident rather than the problem.
pub fn is_personal(name: &str) -> bool {
    attribute_code(name).is_none() && !matches!(name, "address_string" | "landmark" | "description")
}
