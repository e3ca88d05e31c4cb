//! What is drawn, and when: elements built straight into the page's DOM, redrawn by leptos's reactive graph.
//! It speaks leptos's builder vocabulary (`child`, `attr`, `prop`, `on`, a closure for what is reactive; `get`,
//! `get_untracked`, `with`, `update`) but has one view type, so that its code is in the wasm once and not once
//! for every shape of view (docs/decisions/0001-one-view-type.md has the bytes). Knows nothing of the widget.

mod element;
mod signal;

pub use element::{Element, IntoAttribute, IntoChild, Mounted, View, el};
pub use signal::Signal;
