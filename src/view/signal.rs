//! Reactive values: when one changes, the views that read it are redrawn. A signal is leptos's trigger with a
//! cell beside it, because a leptos signal is compiled again for each type it holds, about 3 KB each
//! (docs/decisions/0001-one-view-type.md). Knows neither views nor the widget.

use leptos::prelude::{ArcTrigger, Notify as _, Track as _};
use std::{cell::RefCell, rc::Rc};

/// A reactive value. Clones share the value, as with leptos's `ArcRwSignal`.
pub struct Signal<T>(Rc<Inner<T>>);

struct Inner<T> {
    value: RefCell<T>,
    trigger: ArcTrigger,
}

impl<T> Signal<T> {
    /// Creates a signal with its initial value.
    pub fn new(value: T) -> Self {
        Self(Rc::new(Inner {
            value: RefCell::new(value),
            trigger: ArcTrigger::new(),
        }))
    }

    /// Reads the value and tracks it. `read` must not set the signal: its value is borrowed.
    pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.0.trigger.track();
        self.with_untracked(read)
    }

    /// Reads the value without tracking it.
    pub fn with_untracked<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.0.value.borrow())
    }

    /// Tracks the value without reading it.
    pub fn track(&self) {
        self.0.trigger.track();
    }

    /// Replaces the value and redraws whatever tracks it.
    pub fn set(&self, value: T) {
        drop(self.0.value.replace(value));
        self.0.trigger.notify();
    }

    /// Changes the value in place and redraws whatever tracks it.
    pub fn update(&self, change: impl FnOnce(&mut T)) {
        change(&mut self.0.value.borrow_mut());
        self.0.trigger.notify();
    }

    /// Changes the value in place without redrawing anything.
    pub fn update_untracked<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        change(&mut self.0.value.borrow_mut())
    }
}

impl Signal<()> {
    /// Redraws whatever tracks this signal.
    pub fn notify(&self) {
        self.0.trigger.notify();
    }
}

impl<T: Clone> Signal<T> {
    /// Clones the value and tracks it.
    pub fn get(&self) -> T {
        self.with(T::clone)
    }

    /// Clones the value without tracking it.
    pub fn get_untracked(&self) -> T {
        self.with_untracked(T::clone)
    }
}

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}
