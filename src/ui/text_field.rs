//! A labelled field with its hint and its error. Label, hint and error are in the same root as the input, so that
//! `for` and `aria-describedby` reach them.

use crate::platform::dom;
use crate::view::{Element, IntoChild, View, el};
use std::rc::Rc;

/// The text of a field's error now; what shows it is redrawn when it changes.
pub type ErrorText = Rc<dyn Fn() -> Option<String>>;

/// A field that is never wrong.
pub fn no_error() -> ErrorText {
    Rc::new(|| None)
}

/// A line of text to type.
pub struct TextField {
    /// The input's id; unique within the widget.
    pub id: String,
    /// The question, with “(optional)” if it is.
    pub label: String,
    /// What helps to answer; may be empty.
    pub hint: String,
    /// The text so far.
    pub value: String,
    /// `type` of the input.
    pub input_type: &'static str,
    /// `inputmode`; empty for the default.
    pub input_mode: &'static str,
    /// `autocomplete`.
    pub autocomplete: &'static str,
    /// The error.
    pub error: ErrorText,
    /// Called with the text whenever it changes.
    pub on_input: Rc<dyn Fn(String)>,
}

/// Draws a line of text.
pub fn text_field(text_field: TextField) -> View {
    let TextField {
        id,
        label,
        hint,
        value,
        input_type,
        input_mode,
        autocomplete,
        error,
        on_input,
    } = text_field;
    let mut input = el("input")
        .attr("type", input_type)
        .attr("autocomplete", autocomplete)
        .attr("spellcheck", "false");
    if !input_mode.is_empty() {
        input = input.attr("inputmode", input_mode);
    }
    let input = describe_input(input, &id, &hint, &error)
        .prop("value", value)
        .on("input", move |event| on_input(dom::value_of(&event)));
    form_group(&id, label, hint, &error, input)
}

/// An input, tied to its hint and its error.
pub fn describe_input(input: Element, id: &str, hint: &str, error: &ErrorText) -> Element {
    let error = error.clone();
    input
        .attr("id", id)
        .attr("aria-describedby", &field_ids(id, hint))
        .attr("aria-invalid", move || {
            error().map(|_| String::from("true"))
        })
}

/// A field of one input: label, hint, error, input.
pub fn form_group(
    id: &str,
    label: impl IntoChild,
    hint: String,
    error: &ErrorText,
    input: impl IntoChild,
) -> View {
    field("div", error)
        .child(el("label").attr("for", id).child(label))
        .child(hint_and_error(id, hint, error))
        .child(input)
        .into()
}

/// The frame of a field, marked while something is wrong with it.
pub fn field(tag: &'static str, error: &ErrorText) -> Element {
    let error = error.clone();
    el(tag).attr("class", move || {
        let class = if error().is_some() {
            "field bad"
        } else {
            "field"
        };
        Some(class.into())
    })
}

/// The ids for `aria-describedby` of the field `id`.
pub fn field_ids(id: &str, hint: &str) -> String {
    if hint.is_empty() {
        [id, "-fault"].concat()
    } else {
        [id, "-hint ", id, "-fault"].concat()
    }
}

/// The hint and the error, between label and input, so that people who use a screen magnifier meet them before
/// the field.
pub fn hint_and_error(id: &str, hint: String, error: &ErrorText) -> View {
    let error = error.clone();
    let hint = (!hint.is_empty()).then(|| {
        el("span")
            .class("hint")
            .attr("id", &[id, "-hint"].concat())
            .child(hint)
    });
    let error = el("span")
        .class("msg")
        .attr("id", &[id, "-fault"].concat())
        .child(move || error());
    [hint.into(), error.into()].into()
}
