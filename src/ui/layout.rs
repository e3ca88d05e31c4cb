//! Layout of views, and when they are redrawn.
//! Knows nothing of what is drawn.

use crate::view::{IntoChild, Signal, View, el};

/// Views side by side, wrapping onto further lines.
pub fn row(views: impl IntoChild) -> View {
    el("div").class("row").child(views).into()
}

/// Views below each other, redrawn whenever a signal that `draw` reads changes.
pub fn reactive<V: Into<View>>(draw: impl Fn() -> V + 'static) -> View {
    el("div").class("stack").child(draw).into()
}

/// Draws a value and redraws it only when it has changed: a field that somebody is typing in must not be
/// redrawn because of another field. Draws nothing for `None`.
pub fn reactive_if_changed<T: PartialEq + 'static>(
    value: impl Fn() -> Option<T> + 'static,
    draw: impl Fn(&T) -> View + 'static,
) -> View {
    reactive_if_different(value, T::eq, draw)
}

/// Like [`reactive_if_changed`], for values that may look the same without being equal: `same_view` returns true
/// if no redraw is needed.
pub fn reactive_if_different<T: 'static>(
    value: impl Fn() -> Option<T> + 'static,
    same_view: fn(&T, &T) -> bool,
    draw: impl Fn(&T) -> View + 'static,
) -> View {
    let drawn = Signal::new(None);
    let latest = drawn.clone();
    el("div")
        .class("stack")
        .attr("hidden", move || {
            let now = value();
            let is_nothing = now.is_none();
            let is_same = latest.with_untracked(|before: &Option<T>| match (before, &now) {
                (Some(before), Some(now)) => same_view(before, now),
                (before, now) => before.is_none() && now.is_none(),
            });
            if !is_same {
                latest.set(now);
            }
            is_nothing.then(String::new)
        })
        .child(move || drawn.with(|value| value.as_ref().map(&draw)))
        .into()
}
