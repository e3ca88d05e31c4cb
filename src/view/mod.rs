//! The view layer: elements built directly in the page's DOM, redrawn by leptos's reactive graph.
//! It uses leptos's builder vocabulary (`child`, `attr`, `prop`, `on`, closures for reactive values; `get`,
//! `get_untracked`, `with`, `update`) but has one view type, so that its code is in the wasm once instead of
//! once per shape of view (docs/decisions/0001-one-view-type.md has the bytes). Knows nothing of the widget.

mod element;
mod signal;

pub use element::{Element, IntoAttribute, IntoChild, Mounted, View, el};
pub use signal::Signal;
