//! Line icons that take the colour of the surrounding text. All of them decorate a text beside them, and are
//! hidden from screen readers.

use crate::view::{View, el};

/// An icon, named after its meaning.
#[derive(Clone, Copy)]
pub enum Icon {
    /// Submit a request.
    Ask,
    /// Read a guide.
    How,
    /// Look up the status of a request.
    See,
}

/// Draws an icon.
pub fn icon(icon: Icon) -> View {
    let lines = match icon {
        Icon::Ask => "M4 5h16v11H9l-5 4zM8 9h8M8 12h5",
        Icon::How => {
            "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7M12 17h.01"
        }
        Icon::See => "M3 12h4l3-7 4 14 3-7h4",
    };
    let path = el("path").attr("d", lines);
    el("svg")
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .child(path)
        .into()
}
