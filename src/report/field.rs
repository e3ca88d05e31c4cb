//! Draws a question as the field that suits its answer. Fields are not bound to a
//! signal each: what is typed goes into the draft at once, and a field is drawn anew
//! only with its page, so that a form of 200 questions stays as quick as one of two.

use super::answer::{Answer, DateParts};
use super::question::{Kind, Purpose, Question};
use crate::app::App;
use crate::i18n::k;
use crate::live::Live;
use crate::platform::time::Timer;
use crate::platform::view::{Element, View, el};
use crate::platform::{dom, intl};
use crate::ui::{self, Fault, Line, describe, fill_in, hint_and_fault, labelled, line};
use open311::Choice;
use std::{cell::RefCell, rc::Rc};

/// Called with the whole answer whenever it changes.
pub(super) type Answered = Rc<dyn Fn(Answer)>;

/// More values than this are chosen from a list that opens.
const MOST_RADIOS: usize = 8;

/// A question's place on a page.
pub(super) struct Field {
    pub(super) app: App,
    /// Id of the input, or of the first of several.
    pub(super) id: String,
    pub(super) question: Question,
    /// The answer so far.
    pub(super) answer: Option<Answer>,
    pub(super) fault: Fault,
    pub(super) answered: Answered,
}

/// Draws a field.
pub(super) fn field(mut field: Field) -> View {
    if !field.question.required {
        field.question.label = field
            .app
            .t_with(k::OPTIONAL, &[("label", &field.question.label)]);
    }
    match field.question.kind.clone() {
        Kind::Line(purpose) => text(field, purpose.input_type(), "", purpose.autocomplete()),
        Kind::Number => text(field, "text", "decimal", Purpose::Free.autocomplete()),
        Kind::Paragraph(limit) => paragraph(field, limit),
        Kind::Date => date(field),
        Kind::One(choices) if choices.len() > MOST_RADIOS => select(field, choices),
        Kind::One(choices) => radios(field, choices),
        Kind::Many(choices) => boxes(field, choices),
    }
}

impl Field {
    fn typed(&self) -> String {
        match &self.answer {
            Some(Answer::One(text)) => text.clone(),
            _ => String::new(),
        }
    }

    fn ticked(&self) -> Vec<String> {
        match &self.answer {
            Some(Answer::Many(keys)) => keys.clone(),
            _ => Vec::new(),
        }
    }
}

fn text(
    field: Field,
    input_type: &'static str,
    input_mode: &'static str,
    autocomplete: &'static str,
) -> View {
    let value = field.typed();
    let Field {
        id,
        question,
        fault,
        answered,
        ..
    } = field;
    line(Line {
        id,
        label: question.label,
        hint: question.hint,
        value,
        input_type,
        input_mode,
        autocomplete,
        fault,
        typed: Rc::new(move |text| answered(Answer::One(text))),
    })
}

/// How long typing has to pause before the count is said, in milliseconds.
const PAUSE: i32 = 1_000;
/// Nobody wants to hear the count while there is plenty of room.
const PLENTY: usize = 400;

fn paragraph(field: Field, limit: usize) -> View {
    let value = field.typed();
    let Field {
        app,
        id,
        question,
        fault,
        answered,
        ..
    } = field;
    let count = intl::number(&app.language(), limit as f64);
    let hint = app.t_with(k::CHARACTER_LIMIT, &[("count", &count)]);
    let hint = match question.hint.is_empty() {
        true => hint,
        false => [&question.hint, " ", &hint].concat(),
    };
    let length = Live::new(value.trim().chars().count());
    let counted = length.clone();
    let pause = RefCell::new(None::<Timer>);
    let area = el("textarea").attr("rows", "4").prop("value", value);
    let area = area.on("input", move |event| {
        let text = dom::value_of(&event);
        let now = text.trim().chars().count();
        answered(Answer::One(text));
        counted.set(now);
        let say = (now + PLENTY > limit)
            .then(|| Timer::new(PAUSE, move || app.announce(room(app, now, limit))));
        pause.replace(say);
    });
    let area = fill_in(area, &id, &hint, &fault);
    // Seen while typing, and said only when typing pauses: nothing is ever cut off.
    let count = el("p")
        .class("quiet count")
        .attr("aria-hidden", "true")
        .live(move || {
            let length = length.get();
            match length {
                0 => View::Nothing,
                _ => room(app, length, limit).into(),
            }
        });
    let area = ui::field("div", &fault)
        .put(el("label").attr("for", &id).put(question.label))
        .put(hint_and_fault(&id, hint, &fault))
        .put(area)
        .put(count);
    area.into()
}

/// How many characters are left, or are too many.
fn room(app: App, length: usize, limit: usize) -> String {
    match limit.checked_sub(length) {
        Some(left) => app.t_count(k::CHARACTERS_LEFT, left, &[]),
        None => app.t_count(k::CHARACTERS_OVER, length - limit, &[]),
    }
}

fn select(field: Field, choices: Vec<Choice>) -> View {
    let value = field.typed();
    let Field {
        app,
        id,
        question,
        fault,
        answered,
        ..
    } = field;
    let first = el("option").attr("value", "").put(app.t(k::CHOOSE_ONE));
    let options: Vec<View> = choices
        .into_iter()
        .map(|choice| {
            el("option")
                .attr("value", &choice.key)
                .put(choice.name)
                .into()
        })
        .collect();
    let select = el("select").put(first).put(options).prop("value", value);
    let select = select.on("change", move |event| {
        answered(Answer::One(dom::value_of(&event)))
    });
    let select = fill_in(select, &id, &question.hint, &fault);
    labelled(&id, question.label, question.hint, &fault, select)
}

fn radios(field: Field, choices: Vec<Choice>) -> View {
    let chosen = field.typed();
    let answered = field.answered.clone();
    let is_chosen = move |key: &str| key == chosen;
    group(
        field,
        choices,
        "radio",
        &is_chosen,
        Rc::new(move |key, _| answered(Answer::One(key))),
    )
}

fn boxes(field: Field, choices: Vec<Choice>) -> View {
    let order: Vec<String> = choices.iter().map(|choice| choice.key.clone()).collect();
    let before = field.ticked();
    let ticked = RefCell::new(before.clone());
    let answered = field.answered.clone();
    let tick = move |key: String, is_ticked: bool| {
        let mut ticked = ticked.borrow_mut();
        ticked.retain(|known| *known != key);
        if is_ticked {
            ticked.push(key);
        }
        let in_order = order
            .iter()
            .filter(|key| ticked.contains(key))
            .cloned()
            .collect();
        answered(Answer::Many(in_order));
    };
    let is_chosen = move |key: &str| before.iter().any(|ticked| ticked == key);
    group(field, choices, "checkbox", &is_chosen, Rc::new(tick))
}

/// A question with its choices under it, all in view.
fn group(
    field: Field,
    choices: Vec<Choice>,
    input_type: &'static str,
    is_chosen: &dyn Fn(&str) -> bool,
    choose: Rc<dyn Fn(String, bool)>,
) -> View {
    let Field {
        id,
        question,
        fault,
        ..
    } = field;
    let choices: Vec<View> = choices
        .into_iter()
        .enumerate()
        .map(|(index, choice)| {
            let choose = choose.clone();
            let is_chosen = is_chosen(&choice.key);
            let input = el("input")
                .attr("id", &nth(&id, index))
                .attr("type", input_type)
                .attr("name", &id)
                .prop("checked", is_chosen)
                .on("change", move |event| {
                    choose(choice.key.clone(), dom::is_checked(&event))
                });
            el("label")
                .class("choice")
                .put(input)
                .put(el("span").put(choice.name))
                .into()
        })
        .collect();
    asked_together(&id, question, &fault).put(choices).into()
}

/// The frame of a question that several inputs answer.
fn asked_together(id: &str, question: Question, fault: &Fault) -> Element {
    ui::field("fieldset", fault)
        .attr("aria-describedby", &describe(id, &question.hint))
        .put(el("legend").put(question.label))
        .put(hint_and_fault(id, question.hint, fault))
}

/// The id of one of several inputs; that of the first is the field's own.
fn nth(id: &str, index: usize) -> String {
    match index {
        0 => id.to_owned(),
        _ => [id, "-", &index.to_string()].concat(),
    }
}

/// Day, month and year in the language's order, and a time.
fn date(field: Field) -> View {
    let Field {
        app,
        id,
        question,
        answer,
        fault,
        answered,
    } = field;
    let shown = match answer {
        Some(Answer::Date(parts)) => parts,
        _ => DateParts::default(),
    };
    let parts = RefCell::new(shown.clone());
    let set: Rc<dyn Fn(char, String)> = Rc::new(move |part, text| {
        let mut parts = parts.borrow_mut();
        match part {
            'd' => parts.day = text,
            'm' => parts.month = text,
            'y' => parts.year = text,
            _ => parts.time = text,
        }
        answered(Answer::Date(parts.clone()));
    });
    let order = intl::date_order(&app.language())
        .into_iter()
        .chain(['t'])
        .enumerate();
    let inputs: Vec<View> = order
        .map(|(index, part)| {
            let (label, value, class) = match part {
                'd' => (k::DATE_DAY, &shown.day, "part"),
                'm' => (k::DATE_MONTH, &shown.month, "part"),
                'y' => (k::DATE_YEAR, &shown.year, "part year"),
                _ => (k::DATE_TIME, &shown.time, "part time"),
            };
            let input_id = nth(&id, index);
            let (set, fault) = (set.clone(), fault.clone());
            let input = match part {
                't' => el("input").attr("type", "time"),
                _ => el("input")
                    .attr("type", "text")
                    .attr("inputmode", "numeric"),
            };
            let input = input
                .attr("id", &input_id)
                .attr("autocomplete", "off")
                .live_attr("aria-invalid", move || {
                    fault().map(|_| String::from("true"))
                })
                .prop("value", value.as_str())
                .on("input", move |event| set(part, dom::value_of(&event)));
            el("div")
                .class(class)
                .put(el("label").attr("for", &input_id).put(app.t(label)))
                .put(input)
                .into()
        })
        .collect();
    asked_together(&id, question, &fault)
        .put(el("div").class("parts").put(inputs))
        .into()
}
