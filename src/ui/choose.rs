//! A question with its options under it, one of which is chosen, all in view.

use super::line::{Fault, describe, field, hint_and_fault};
use crate::platform::view::{View, el};
use std::rc::Rc;

/// A question with a few options.
pub struct Choose {
    /// Begins the ids of its inputs; unique within the widget.
    pub id: String,
    /// The question.
    pub label: View,
    /// What helps to answer; may be empty.
    pub hint: String,
    /// Names and words of the options.
    pub options: Vec<(String, View)>,
    /// The name of the one that is chosen.
    pub chosen: Option<String>,
    /// What is wrong with it, in words.
    pub fault: Fault,
    /// Called with the name of the one that is chosen now.
    pub told: Rc<dyn Fn(&str)>,
}

/// Draws it. The first option has the id `ID-0`, to be led to from a summary of mistakes.
pub fn choose(question: Choose) -> View {
    let Choose {
        id,
        label,
        hint,
        options,
        chosen,
        fault,
        told,
    } = question;
    let mut rows = Vec::with_capacity(options.len());
    for (place, (name, words)) in options.into_iter().enumerate() {
        let is_chosen = chosen.as_deref() == Some(name.as_str());
        let told = told.clone();
        let input = el("input")
            .attr("type", "radio")
            .attr("name", &id)
            .attr("id", &[&id, "-", &place.to_string()].concat())
            .prop("checked", is_chosen)
            .on("change", move |_| told(&name));
        let row = el("label").class("choice").put(input);
        rows.push(row.put(el("span").put(words)).into());
    }
    field("fieldset", &fault)
        .attr("aria-describedby", &describe(&id, &hint))
        .put(el("legend").put(label))
        .put(hint_and_fault(&id, hint, &fault))
        .put(rows)
        .into()
}
