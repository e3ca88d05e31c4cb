//! The outline of a service's form: its questions in pages of one topic each, and which of
//! them are asked, given the answers so far. Made from the city's own definition and the
//! fields that GeoReport has for every request. Knows no browser.

use super::answer::{self, Answer, Fault};
use super::draft::Draft;
use super::question::{DESCRIPTION_LIMIT, Item, Kind, Purpose, Question, Rules, attribute_code};
use super::setting::{ContactField, Setting, Way};
use crate::i18n::{Key, Words, k};
use crate::route::Step;
use open311::{
    Attribute, AttributeKind, Choice, Condition, Datatype, Definition, Moment, Operator,
};

/// A definition of so many questions is one page; a longer one is split.
const MOST_ON_A_PAGE: usize = 8;
/// A notice begins a new page when so many questions stand on the one before.
const ENOUGH_FOR_A_TOPIC: usize = 3;
/// Questions that depend on questions that depend on questions: further than this no city goes.
const LONGEST_CHAIN: usize = 16;

/// All that a service's form may ask, page by page.
pub struct Outline {
    pages: Vec<(Step, Vec<Item>)>,
    has_photos: bool,
}

/// What a form is made from.
pub struct Source<'a> {
    /// What the city asks for.
    pub definition: &'a Definition,
    /// What the city's config says of forms.
    pub setting: &'a Setting,
    /// The interface's words.
    pub words: &'a Words,
    /// Writes a moment of an appointment, such as “Tue, Dec 1, 9:00 AM”; None if it is none.
    pub moment: &'a dyn Fn(&str) -> Option<String>,
}

impl Outline {
    /// The outline of a service's form.
    pub fn new(source: &Source) -> Self {
        let words = source.words;
        let mut place = Question::new(
            "address_string",
            words.get(k::PLACE_LABEL),
            Kind::Line(Purpose::Place),
        );
        place.hint = words.get(k::PLACE_HINT).into();
        // A pin will do in its stead; see `fault`.
        place.required = true;
        let mut landmark = Question::new(
            "landmark",
            words.get(k::LANDMARK_LABEL),
            Kind::Line(Purpose::Place),
        );
        landmark.hint = words.get(k::LANDMARK_HINT).into();
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
            has_photos: source.setting.most_photos() > 0,
        }
    }

    /// What stands on the page of a step.
    pub fn items(&self, step: Step) -> &[Item] {
        self.pages
            .iter()
            .find(|(known, _)| *known == step)
            .map(|(_, items)| items.as_slice())
            .unwrap_or_default()
    }

    /// Every question there is, with its step.
    pub fn questions(&self) -> impl Iterator<Item = (Step, &Question)> {
        self.pages.iter().flat_map(|(step, items)| {
            items.iter().filter_map(move |item| match item {
                Item::Question(question) => Some((*step, question)),
                Item::Notice(_) => None,
            })
        })
    }

    /// The steps that this resident goes through: a page on which nothing is asked is left out.
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

    /// The step after this one; the last is the end of them.
    pub fn after(&self, step: Step, draft: &Draft) -> Step {
        let steps = self.steps(draft);
        // What is near is looked at between the place and the questions, and is no step of its own.
        let here = if step == Step::Nearby {
            Step::Place
        } else {
            step
        };
        let place = steps.iter().position(|known| *known == here);
        let next = match place {
            Some(place) => steps.get(place + 1),
            // The page is no longer asked: on with the first one that comes later in the outline.
            None => steps.iter().find(|known| rank(**known) > rank(here)),
        };
        next.copied().unwrap_or(Step::Check)
    }

    /// The questions that are asked now, with the values that there are now to choose from.
    pub fn asked(&self, draft: &Draft) -> Vec<(Step, Question)> {
        self.questions()
            .filter(|(_, question)| self.is_asked(question, draft))
            .map(|(step, question)| (step, self.as_asked(question, draft)))
            .collect()
    }

    /// Whether a question is asked, given the answers so far.
    pub fn is_asked(&self, question: &Question, draft: &Draft) -> bool {
        self.is_asked_at(question, draft, 0)
    }

    fn is_asked_at(&self, question: &Question, draft: &Draft, depth: usize) -> bool {
        let condition = question.rules.as_ref();
        let condition = condition.and_then(|rules| rules.asked_when.as_ref());
        condition.is_none_or(|condition| self.is_met(condition, draft, depth))
    }

    fn is_met(&self, condition: &Condition, draft: &Draft, depth: usize) -> bool {
        depth >= LONGEST_CHAIN || condition.is_met(&|code| self.answers_to(code, draft, depth + 1))
    }

    /// What was answered to the question of a code, if it is asked at all.
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

    /// A question with what there is now to choose from, and whether it has to be answered now.
    pub fn as_asked(&self, question: &Question, draft: &Draft) -> Question {
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

    /// What to tell, where an answer says that the request is not for this form.
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

    /// What is wrong with the answer to a question that is asked; None if it will do.
    pub fn fault(&self, asked: &Question, draft: &Draft) -> Option<Fault> {
        let answer = draft.answer(&asked.name);
        match asked.name.as_str() {
            // A place on the map is a place, too.
            "address_string" if answer.is_none_or(Answer::is_blank) => {
                draft.place.is_none().then_some(Fault::Empty)
            }
            "landmark" => (draft.needs_landmark() && answer.is_none_or(Answer::is_blank))
                .then_some(Fault::Empty),
            "description" => {
                let room = DESCRIPTION_LIMIT.saturating_sub(draft.added_to_description());
                let mut asked = asked.clone();
                asked.kind = Kind::Paragraph(room);
                answer::fault(&asked, answer)
            }
            _ => match self.stop(asked, draft) {
                Some(message) => Some(Fault::Stopped(message)),
                None => answer::fault(asked, answer),
            },
        }
    }

    /// A short name for what is asked: it changes when the questions do.
    pub fn print(&self) -> String {
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

/// The city's questions in pages of one topic: a notice begins a topic, and no page grows long.
fn details(source: &Source) -> Vec<Vec<Item>> {
    let attributes = &source.definition.attributes;
    let is_question =
        |attribute: &&Attribute| matches!(attribute.kind, AttributeKind::Question { .. });
    let is_short = attributes.iter().filter(is_question).count() <= MOST_ON_A_PAGE;
    let mut pages = vec![Vec::new()];
    let mut on_page = 0;
    for attribute in attributes {
        let item = item(attribute, source);
        let begins_a_topic = matches!(item, Item::Notice(_)) && on_page >= ENOUGH_FOR_A_TOPIC;
        if !is_short && (begins_a_topic || on_page == MOST_ON_A_PAGE) {
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
        source.words.get(label),
        Kind::Paragraph(DESCRIPTION_LIMIT),
    );
    description.hint = source.words.get(k::DESCRIPTION_HINT).into();
    if let Some(page) = pages.last_mut() {
        page.push(Item::Question(description));
    }
    pages
}

fn item(attribute: &Attribute, source: &Source) -> Item {
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
        // A list with nothing in it cannot be chosen from, but the question can be answered.
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
        (Kind::Many(_), _) if own_hint.is_empty() => source.words.get(k::CHOOSE_MANY),
        (Kind::One(_), Datatype::Datetime) if own_hint.is_empty() => {
            source.words.get(k::SLOTS_HINT)
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

/// Some systems send values with every datatype; those of an appointment are moments.
fn has_moments(values: &[Choice]) -> bool {
    let is_moment = |choice: &Choice| {
        Moment::read(&choice.key).is_some_and(|moment| moment.unix_milliseconds().is_some())
    };
    values.iter().any(is_moment)
}

/// Free times under the names that a resident reads.
fn slots(values: &[Choice], moment: &dyn Fn(&str) -> Option<String>) -> Vec<Choice> {
    let named = |choice: &Choice| Choice {
        name: moment(&choice.key).unwrap_or_else(|| choice.name.clone()),
        ..choice.clone()
    };
    values.iter().map(named).collect()
}

fn contact(source: &Source) -> Vec<Item> {
    let (setting, words) = (source.setting, source.words);
    let mut items = Vec::new();
    let line = |field: ContactField, name: &str, label: Key, hint: Option<Key>, purpose| {
        let mut question = Question::new(name, words.get(label), Kind::Line(purpose));
        question.hint = hint.map(|hint| words.get(hint)).unwrap_or_default().into();
        question.required = setting.contact.required.contains(&field);
        question
    };
    let chosen = |ways: &[Way]| Condition::Compare {
        attribute: "preferred_contact".into(),
        operator: Operator::In,
        values: ways.iter().map(|way| way.word().to_owned()).collect(),
    };
    for field in &setting.contact.fields {
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
                Some(chosen(&[Way::Phone, Way::Text])),
            ),
            ContactField::Email => (
                vec![line(
                    *field,
                    "email",
                    k::EMAIL,
                    Some(k::EMAIL_HINT),
                    Purpose::Email,
                )],
                Some(chosen(&[Way::Email])),
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
    let ways = setting.ways();
    if ways.len() > 1 {
        let choices = ways.iter().map(|way| Choice {
            key: way.word().to_owned(),
            name: words.get(way.name()).to_owned(),
            stop: None,
        });
        items.push(Item::Question(Question::new(
            "preferred_contact",
            words.get(k::PREFERRED_CONTACT),
            Kind::One(choices.collect()),
        )));
    }
    if ways.contains(&Way::Post) {
        let mut home = Question::new(
            "postal_address",
            words.get(k::POSTAL_ADDRESS),
            Kind::Line(Purpose::Home),
        );
        home.required = true;
        home.rules = Some(Box::new(Rules {
            asked_when: Some(chosen(&[Way::Post])),
            ..Rules::default()
        }));
        items.push(Item::Question(home));
    }
    items
}

/// True for the name of a question about the resident and not about the matter.
pub fn is_personal(name: &str) -> bool {
    attribute_code(name).is_none() && !matches!(name, "address_string" | "landmark" | "description")
}
