//! How parts are put together, and when they are redrawn.

use crate::view::{IntoChild, Signal, View, el};

/// Things in a row that wraps.
pub fn row(things: impl IntoChild) -> View {
    el("div").class("row").child(things).into()
}

/// Things below each other, redrawn whenever a signal that `draw` reads changes.
pub fn reactive<V: Into<View>>(draw: impl Fn() -> V + 'static) -> View {
    el("div").class("stack").child(draw).into()
}

/// Draws a value, and redraws it only when it has changed: a field that somebody types in must not be redrawn
/// because of another field. Draws nothing for `None`.
pub fn reactive_if_changed<T: PartialEq + 'static>(
    value: impl Fn() -> Option<T> + 'static,
    draw: impl Fn(&T) -> View + 'static,
) -> View {
    reactive_if_different(value, T::eq, draw)
}

/// As [`reactive_if_changed`], for values that are drawn the same without being equal: `same_view` says when.
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
