//! Draws a question as the field that suits its answer. Fields are not bound to a signal each: input goes into the
//! draft at once, and a field is redrawn only with its page, so that a form with 200 questions is as fast as one with
//! two. Does not validate answers and does not know the draft.

use crate::app::App;
use crate::platform::time::Timer;
use crate::platform::{dom, intl};
use crate::ui::{
    self, ErrorText, TextField, describe_input, field_ids, form_group, hint_and_error, text_field,
};
use crate::view::{Element, Signal, View, el};
use frontdoor_core::i18n::k;
use frontdoor_core::request::answer::{Answer, DateParts};
use frontdoor_core::request::question::{Kind, Purpose, Question};
use open311::Choice;
use std::{cell::RefCell, rc::Rc};

/// Called with the complete answer whenever it changes.
pub(super) type OnAnswer = Rc<dyn Fn(Answer)>;

/// A question with more values than this is drawn as a drop-down list instead of radio buttons. Sensible: 5 to 12.
const MAX_RADIOS: usize = 8;

/// A question, drawn on a page.
pub(super) struct Field {
    pub(super) app: App,
    /// Id of the input, or of the first one if there are several.
    pub(super) id: String,
    pub(super) question: Question,
    /// The current answer.
    pub(super) answer: Option<Answer>,
    /// The current error.
    pub(super) error: ErrorText,
    pub(super) on_answer: OnAnswer,
}

/// Draws a field whose answer is a line of text, whatever its kind.
pub(super) fn draw_line(mut field: Field) -> View {
    mark_optional(&mut field);
    let purpose = match field.question.kind {
        Kind::Line(purpose) => purpose,
        _ => Purpose::Free,
    };
    text(field, purpose.input_type(), "", purpose.autocomplete())
}

fn mark_optional(field: &mut Field) {
    if !field.question.required {
        field.question.label = field
            .app
            .t_with(k::OPTIONAL, &[("label", &field.question.label)]);
    }
}

/// Draws a field.
pub(super) fn draw_field(mut field: Field) -> View {
    mark_optional(&mut field);
    match field.question.kind.clone() {
        Kind::Line(purpose) => text(field, purpose.input_type(), "", purpose.autocomplete()),
        Kind::Number => text(field, "text", "decimal", Purpose::Free.autocomplete()),
        Kind::Paragraph(limit) => paragraph(field, limit),
        Kind::Date => date(field),
        Kind::One(choices) if choices.len() > MAX_RADIOS => select(field, choices),
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
        error,
        on_answer,
        ..
    } = field;
    text_field(TextField {
        id,
        label: question.label,
        hint: question.hint,
        value,
        input_type,
        input_mode,
        autocomplete,
        error,
        on_input: Rc::new(move |text| on_answer(Answer::One(text))),
    })
}

/// Pause in typing before the character count is announced, in milliseconds: otherwise screen readers would speak
/// over every letter. Sensible: 500 to 2,000.
const COUNT_PAUSE_MS: i32 = 1_000;
/// The character count is announced only if fewer characters than this are left. Sensible: 50 to 500.
const MAX_ANNOUNCED: usize = 400;

fn paragraph(field: Field, limit: usize) -> View {
    let value = field.typed();
    let Field {
        app,
        id,
        question,
        error,
        on_answer,
        ..
    } = field;
    let count = intl::number(&app.language(), limit as f64);
    let hint = app.t_with(k::CHARACTER_LIMIT, &[("count", &count)]);
    let hint = if question.hint.is_empty() {
        hint
    } else {
        [&question.hint, " ", &hint].concat()
    };
    let length = Signal::new(value.trim().chars().count());
    let counted = length.clone();
    let pause = RefCell::new(None::<Timer>);
    let area = el("textarea").attr("rows", "4").prop("value", value);
    let area = area.on("input", move |event| {
        let text = dom::value_of(&event);
        let now = text.trim().chars().count();
        on_answer(Answer::One(text));
        counted.set(now);
        let announce = move || app.announce(remaining(app, now, limit));
        let is_near_limit = now + MAX_ANNOUNCED > limit;
        pause.replace(is_near_limit.then(|| Timer::new(COUNT_PAUSE_MS, announce)));
    });
    let area = describe_input(area, &id, &hint, &error);
    // Visible while typing, and announced only when typing pauses. No `maxlength`: it would cut off pasted text.
    let count = el("p")
        .class("quiet count")
        .attr("aria-hidden", "true")
        .child(move || {
            let length = length.get();
            (length > 0).then(|| remaining(app, length, limit))
        });
    let area = ui::field("div", &error)
        .child(el("label").attr("for", &id).child(question.label))
        .child(hint_and_error(&id, hint, &error))
        .child(area)
        .child(count);
    area.into()
}

/// How many characters are left, or over the limit.
fn remaining(app: App, length: usize, limit: usize) -> String {
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
        error,
        on_answer,
        ..
    } = field;
    let first = el("option").attr("value", "").child(app.t(k::CHOOSE_ONE));
    let options: Vec<View> = choices
        .into_iter()
        .map(|choice| {
            el("option")
                .attr("value", &choice.key)
                .child(choice.name)
                .into()
        })
        .collect();
    let select = el("select")
        .child(first)
        .child(options)
        .prop("value", value);
    let select = select.on("change", move |event| {
        on_answer(Answer::One(dom::value_of(&event)))
    });
    let select = describe_input(select, &id, &question.hint, &error);
    form_group(&id, question.label, question.hint, &error, select)
}

fn radios(field: Field, choices: Vec<Choice>) -> View {
    let chosen = field.typed();
    let on_answer = field.on_answer.clone();
    let is_chosen = move |key: &str| key == chosen;
    group(
        field,
        choices,
        "radio",
        &is_chosen,
        Rc::new(move |key, _| on_answer(Answer::One(key))),
    )
}

fn boxes(field: Field, choices: Vec<Choice>) -> View {
    let order: Vec<String> = choices.iter().map(|choice| choice.key.clone()).collect();
    let before = field.ticked();
    let ticked = RefCell::new(before.clone());
    let on_answer = field.on_answer.clone();
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
        on_answer(Answer::Many(in_order));
    };
    let is_chosen = move |key: &str| before.iter().any(|ticked| ticked == key);
    group(field, choices, "checkbox", &is_chosen, Rc::new(tick))
}

/// A question with all its choices visible, as radio buttons or checkboxes.
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
        error,
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
                .child(input)
                .child(el("span").child(choice.name))
                .into()
        })
        .collect();
    fieldset(&id, question, &error).child(choices).into()
}

/// The container of a question that has several inputs.
fn fieldset(id: &str, question: Question, error: &ErrorText) -> Element {
    ui::field("fieldset", error)
        .attr("aria-describedby", &field_ids(id, &question.hint))
        .child(el("legend").child(question.label))
        .child(hint_and_error(id, question.hint, error))
}

/// The id of one of several inputs; the first has the field's own id, for links from the error summary.
fn nth(id: &str, index: usize) -> String {
    match index {
        0 => id.to_owned(),
        _ => [id, "-", &index.to_string()].concat(),
    }
}

/// Inputs for day, month and year in the language's order, and for a time.
fn date(field: Field) -> View {
    let Field {
        app,
        id,
        question,
        answer,
        error,
        on_answer,
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
        on_answer(Answer::Date(parts.clone()));
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
            let (set, error) = (set.clone(), error.clone());
            let input = match part {
                't' => el("input").attr("type", "time"),
                _ => el("input")
                    .attr("type", "text")
                    .attr("inputmode", "numeric"),
            };
            let input = input
                .attr("id", &input_id)
                .attr("autocomplete", "off")
                .attr("aria-invalid", move || {
                    error().map(|_| String::from("true"))
                })
                .prop("value", value.as_str())
                .on("input", move |event| set(part, dom::value_of(&event)));
            el("div")
                .class(class)
                .child(el("label").attr("for", &input_id).child(app.t(label)))
                .child(input)
                .into()
        })
        .collect();
    fieldset(&id, question, &error)
        .child(el("div").class("parts").child(inputs))
        .into()
}
