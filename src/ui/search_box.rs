//! A search box: a text field of type `search`.
//! Does not know what is searched.

use super::text_field::{TextField, no_error, text_field};
use crate::view::{Signal, View};
use std::rc::Rc;

/// A search box; `query` is set at every keystroke.
pub fn search_box(id: &str, label: String, query: &Signal<String>) -> View {
    let query = query.clone();
    text_field(TextField {
        id: id.into(),
        label,
        hint: String::new(),
        value: String::new(),
        input_type: "search",
        input_mode: "search",
        autocomplete: "off",
        error: no_error(),
        on_input: Rc::new(move |text| query.set(text)),
    })
}
