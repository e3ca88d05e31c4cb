//! A question with a few options, of which one is chosen: a `fieldset` with a `legend`, so that screen readers
//! read the question with each option. Does not know what is asked.

use super::text_field::{ErrorText, field, field_ids, hint_and_error};
use crate::view::{View, el};
use std::rc::Rc;

/// A question with a few options.
pub struct RadioGroup {
    /// Prefix of the inputs' ids; unique within the widget.
    pub id: String,
    /// The question.
    pub label: View,
    /// Hint below the question; empty for none.
    pub hint: String,
    /// Names and labels of the options.
    pub options: Vec<(String, View)>,
    /// Name of the chosen option.
    pub chosen: Option<String>,
    /// The current error.
    pub error: ErrorText,
    /// Called with the name of the option that the resident chooses.
    pub on_choose: Rc<dyn Fn(&str)>,
}

/// Draws a radio group. The first option has the id `ID-0`, for links from the error summary.
pub fn radio_group(group: RadioGroup) -> View {
    let RadioGroup {
        id,
        label,
        hint,
        options,
        chosen,
        error,
        on_choose,
    } = group;
    let mut rows = Vec::with_capacity(options.len());
    for (index, (name, label)) in options.into_iter().enumerate() {
        let is_chosen = chosen.as_deref() == Some(name.as_str());
        let on_choose = on_choose.clone();
        let input = el("input")
            .attr("type", "radio")
            .attr("name", &id)
            .attr("id", &[&id, "-", &index.to_string()].concat())
            .prop("checked", is_chosen)
            .on("change", move |_| on_choose(&name));
        let row = el("label").class("choice").child(input);
        rows.push(row.child(el("span").child(label)).into());
    }
    field("fieldset", &error)
        .attr("aria-describedby", &field_ids(&id, &hint))
        .child(el("legend").child(label))
        .child(hint_and_error(&id, hint, &error))
        .child(rows)
        .into()
}
