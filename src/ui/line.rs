//! A labelled line of text with its hint and its error: the part that most forms are
//! made of. Label, hint and error live in the same root as the input, so that
//! `for` and `aria-describedby` reach them.

use crate::platform::dom;
use crate::platform::view::{Element, View, el};
use std::rc::Rc;

/// What is wrong with a field, in words; followed by what shows it.
pub type Fault = Rc<dyn Fn() -> Option<String>>;

/// A line of text to type.
pub struct Line {
    /// The input's id; unique within the widget.
    pub id: String,
    /// The question, with “(optional)” where it is.
    pub label: String,
    /// What helps to answer; may be empty.
    pub hint: String,
    /// What is typed already.
    pub value: String,
    /// `type` of the input.
    pub input_type: &'static str,
    /// `inputmode`; empty for the default.
    pub input_mode: &'static str,
    /// `autocomplete`.
    pub autocomplete: &'static str,
    /// What is wrong with it, in words.
    pub fault: Fault,
    /// Called with the text whenever it changes.
    pub typed: Rc<dyn Fn(String)>,
}

/// Draws a line of text.
pub fn line(line: Line) -> View {
    let Line {
        id,
        label,
        hint,
        value,
        input_type,
        input_mode,
        autocomplete,
        fault,
        typed,
    } = line;
    let input = el("input")
        .attr("type", input_type)
        .attr("autocomplete", autocomplete)
        .attr("spellcheck", "false");
    let input = match input_mode.is_empty() {
        true => input,
        false => input.attr("inputmode", input_mode),
    };
    let input = fill_in(input, &id, &hint, &fault)
        .prop("value", value)
        .on("input", move |event| typed(dom::value_of(&event)));
    labelled(&id, label, hint, &fault, input)
}

/// An input or its like, tied to its hint and its error.
pub fn fill_in(input: Element, id: &str, hint: &str, fault: &Fault) -> Element {
    let fault = fault.clone();
    input
        .attr("id", id)
        .attr("aria-describedby", &describe(id, hint))
        .live_attr("aria-invalid", move || {
            fault().map(|_| String::from("true"))
        })
}

/// A field of one input: label, hint, error, input.
pub fn labelled(id: &str, label: String, hint: String, fault: &Fault, input: Element) -> View {
    field("div", fault)
        .put(el("label").attr("for", id).put(label))
        .put(hint_and_fault(id, hint, fault))
        .put(input)
        .into()
}

/// The frame of a field, marked when something is wrong with it.
pub fn field(tag: &'static str, fault: &Fault) -> Element {
    let fault = fault.clone();
    el(tag).live_attr("class", move || {
        Some(
            if fault().is_some() {
                "field bad"
            } else {
                "field"
            }
            .into(),
        )
    })
}

/// The ids that `aria-describedby` of the field `id` names.
pub fn describe(id: &str, hint: &str) -> String {
    match hint.is_empty() {
        true => [id, "-fault"].concat(),
        false => [id, "-hint ", id, "-fault"].concat(),
    }
}

/// The hint and the place of the error, between label and input, so that a zoomed-in
/// reader meets them before the field.
pub fn hint_and_fault(id: &str, hint: String, fault: &Fault) -> View {
    let fault = fault.clone();
    let words = el("span").class("hint").attr("id", &[id, "-hint"].concat());
    let hint = (!hint.is_empty()).then(|| words.put(hint));
    let fault = el("span")
        .class("msg")
        .attr("id", &[id, "-fault"].concat())
        .live(move || fault().into());
    [hint.into(), fault.into()].into()
}
