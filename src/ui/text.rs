//! Headings, paragraphs, and text for screen readers.
//! Knows no phrase: callers pass the text.

use crate::app::App;
use crate::platform::dom;
use crate::view::{Element, IntoChild, View, el};

/// The heading of a view. It takes the focus when the view is opened, so that a screen reader reads where the
/// resident is now.
pub fn title(app: App, text: impl IntoChild) -> View {
    title_element(app).child(text).into()
}

// Separate from the generic function, so that it is compiled once.
fn title_element(app: App) -> Element {
    el("h2")
        .class("title")
        .attr("part", "title")
        .attr("tabindex", "-1")
        .on_mount(move |heading| app.focus_if_requested(dom::as_html(heading)))
}

/// The heading of a message. It is above the view's own heading, and so has the same level.
pub fn message_heading(text: String) -> View {
    el("h2").class("message").child(text).into()
}

/// A heading below the view's own (`h3`).
pub fn heading(text: String) -> View {
    el("h3").child(text).into()
}

/// A paragraph.
pub fn paragraph(class: &'static str, text: impl IntoChild) -> View {
    el("p").class(class).child(text).into()
}

/// A paragraph; nothing if the text is empty.
pub fn optional_paragraph(class: &'static str, text: String) -> View {
    if text.is_empty() {
        View::Nothing
    } else {
        paragraph(class, text)
    }
}

/// Text for screen readers only, after the visible text of a button or link: “Change” becomes “Change Pothole”.
pub fn hidden(text: &str) -> View {
    el("span").class("vh").child([" ", text].concat()).into()
}

/// A line that screen readers announce whenever it changes.
pub fn status_line<V: Into<View>>(text: impl Fn() -> V + 'static) -> View {
    el("p")
        .class("quiet said")
        .attr("role", "status")
        .child(text)
        .into()
}
