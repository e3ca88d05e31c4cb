//! A labelled field with its hint and its error. Label, hint and error are in the same shadow root as the input,
//! because `for` and `aria-describedby` do not cross roots. Does not know when an answer is wrong.

use crate::platform::dom;
use crate::view::{Element, IntoChild, View, el};
use std::rc::Rc;

/// Returns the text of a field's current error; views that call it are redrawn when that changes.
pub type ErrorText = Rc<dyn Fn() -> Option<String>>;

/// For fields that never have an error.
pub fn no_error() -> ErrorText {
    Rc::new(|| None)
}

/// A single-line text field.
pub struct TextField {
    /// Id of the input; unique within the widget.
    pub id: String,
    /// The question, followed by “(optional)” if it is.
    pub label: String,
    /// Hint below the question; empty for none.
    pub hint: String,
    /// Initial text.
    pub value: String,
    /// The input's `type`.
    pub input_type: &'static str,
    /// The input's `inputmode`; empty for the default.
    pub input_mode: &'static str,
    /// The input's `autocomplete`.
    pub autocomplete: &'static str,
    /// The current error.
    pub error: ErrorText,
    /// Called with the text whenever it changes.
    pub on_input: Rc<dyn Fn(String)>,
}

/// Draws a text field.
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

/// Gives an input its id, and links it to its hint and its error for screen readers.
pub fn describe_input(input: Element, id: &str, hint: &str, error: &ErrorText) -> Element {
    let error = error.clone();
    input
        .attr("id", id)
        .attr("aria-describedby", &field_ids(id, hint))
        .attr("aria-invalid", move || {
            error().map(|_| String::from("true"))
        })
}

/// A field with one input, in this order: label, hint, error, input.
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

/// The container of a field, with a class that marks it while it has an error.
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

/// The value of `aria-describedby` for the field `id`: its hint, if it has one, and its error.
pub fn field_ids(id: &str, hint: &str) -> String {
    if hint.is_empty() {
        [id, "-fault"].concat()
    } else {
        [id, "-hint ", id, "-fault"].concat()
    }
}

/// The hint and the error. They are between label and input, so that people who use a screen magnifier see them
/// before the field.
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
